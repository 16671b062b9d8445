//! A cell's plaintext: what a member of the room may have put together by hand.
#![no_main]

use backchannel_fuzz::sized;
use backchannel_wire::cell::CellPlain;
use backchannel_wire::limits::CELL_PLAIN_BYTES;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let bytes: [u8; CELL_PLAIN_BYTES] = sized(data, CELL_PLAIN_BYTES).try_into().expect("cut to this length");
    if let Ok(plain) = CellPlain::from_bytes(&bytes) {
        assert_eq!(plain.to_bytes(), Ok(bytes));
    }
});
