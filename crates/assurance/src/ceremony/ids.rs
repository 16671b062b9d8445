//! Identifiers of a ceremony, each its own type.

use crate::secret::Secret32;
use backchannel_wire::ids::hex;
use minicbor::{Decode, Encode};
use std::fmt;

macro_rules! bytes32 {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

        impl $name {
            /// The bytes.
            pub fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// Lower-case hexadecimal form.
            pub fn to_hex(&self) -> String {
                hex(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.to_hex().get(..8).unwrap_or_default())
            }
        }
    };
}

bytes32!(
    /// The identifier of one try of a ceremony (sid), random from all sides.
    CeremonyId
);
bytes32!(
    /// What a depositary's ceremony is named by: the hash of its whole opening, so that nobody can take a name in advance.
    OpeningId
);
bytes32!(
    /// The digest of a text's canonical form, made by whoever knows texts.
    TextDigest
);
bytes32!(
    /// What every proof and signature of one try is bound to (ctx): the salt, the identifier and the terms.
    Context
);

/// Thirty-two random bytes from all sides that keep a context meaningless to a depositary who knows the text. Never
/// deposited; public with the artefact of a joint assurance.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Salt(#[n(0)] Secret32);

impl Salt {
    /// Takes a salt's bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret32::from_bytes(bytes))
    }

    /// The salt's bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.expose()
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Salt(..)")
    }
}

/// What a party is called towards the depositary in one try, so that what a depositary keeps or lets slip names nobody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Alias(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl fmt::Debug for Alias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Alias({})", hex(&self.0).get(..8).unwrap_or_default())
    }
}
