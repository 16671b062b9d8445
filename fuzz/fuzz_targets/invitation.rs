//! An invitation: pasted text, or the bytes inside its armour.
#![no_main]

use backchannel_assurance::Invitation;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = Invitation::from_text(text);
    }
    if let Ok(invitation) = Invitation::from_bytes(data) {
        assert_eq!(invitation.to_bytes().expect("it was read").as_slice(), data);
        let text = invitation.to_text().expect("it was read");
        assert!(Invitation::from_text(&text).is_ok());
    }
});
