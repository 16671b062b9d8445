//! The plaintext of an MLS message: what another member's station says.
#![no_main]

use backchannel_station::machine::envelope::Envelope;
use backchannel_wire::canonical;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(envelope) = canonical::from_slice::<Envelope>(data) {
        assert_eq!(canonical::to_vec(&envelope), data);
    }
});
