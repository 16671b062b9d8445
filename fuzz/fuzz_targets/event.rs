//! An event of the diplomacy: what any member of a room may send.
#![no_main]

use backchannel_accord::Event;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(event) = Event::from_bytes(data) {
        assert_eq!(event.to_bytes(), data);
    }
});
