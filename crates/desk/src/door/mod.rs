//! Who may come in: one link for one browser, and no request that a page of the desk did not make (docs/spec/pages.md).

mod guard;
mod headers;
mod sessions;

pub use guard::{Act, Fields, Knock, Refused, Visit};
pub use headers::put as put_headers;
pub use sessions::{Entered, Sessions, Theme};

use rand_core::{OsRng, RngCore};
use sha2::{Digest, Sha256};
use std::net::Ipv4Addr;
use zeroize::Zeroizing;

/// A fresh secret of 32 bytes, as 64 hexadecimal digits.
pub fn secret() -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0; 32]);
    OsRng.fill_bytes(&mut *bytes);
    Zeroizing::new(backchannel_wire::ids::hex(&*bytes))
}

/// An address of this machine that no other server has: browsers send a cookie to every port of the address that set it, and what an
/// earlier server of an address left in the browser would stay with its next (DOOR-2).
pub fn address() -> Ipv4Addr {
    let mut bytes = [0; 3];
    OsRng.fill_bytes(&mut bytes);
    // Neither the first nor the last of its net, and not the one that others use.
    Ipv4Addr::new(127, 1 + bytes[0] % 254, bytes[1], 1 + bytes[2] % 254)
}

/// What is kept of a secret that somebody else holds.
fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}
