//! An understanding or a frozen version of one: what any member of a room may send.
#![no_main]

use backchannel_accord::understanding::{Frozen, Understanding, check, diff};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = Understanding::from_bytes(data) {
        assert_eq!(text.to_bytes(), data);
        check(&text);
        assert!(diff(&text, &text).is_empty());
    }
    if let Ok(frozen) = Frozen::from_bytes(data) {
        assert_eq!(frozen.to_bytes(), data);
        assert!(!frozen.follows(&frozen));
    }
});
