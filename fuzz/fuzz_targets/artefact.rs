//! An artefact of a joint assurance, as bytes and as text.
#![no_main]

use backchannel_assurance::joint::Artefact;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(artefact) = Artefact::from_bytes(data) {
        assert_eq!(artefact.to_bytes(), data);
        assert_eq!(Artefact::from_text(&artefact.to_text()).ok(), Some(artefact.clone()));
        let _ = artefact.verify();
    }
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = Artefact::from_text(text);
    }
});
