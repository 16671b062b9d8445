//! A box left in the lobby by a stranger.
#![no_main]

use backchannel_assurance::{IdentityKey, sealed};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mine = IdentityKey::from_bytes(&[7; 32]);
    // Nobody can make a box for this key by chance.
    assert!(sealed::open(&mine, b"fuzz", data).is_err());
});
