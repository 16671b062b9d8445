//! A transcript of the gentlemen's form, as anybody may leak or invent one.
#![no_main]

use backchannel_assurance::gentle::Transcript;
use backchannel_wire::canonical;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(transcript) = canonical::from_slice::<Transcript>(data) {
        assert_eq!(canonical::to_vec(&transcript), data);
        let _ = transcript.verify();
    }
});
