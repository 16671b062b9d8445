//! A version of another party's roster.
#![no_main]

use backchannel_assurance::Version;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(version) = Version::from_bytes(data) {
        assert_eq!(version.to_bytes(), data);
    }
});
