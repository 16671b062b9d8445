//! The long-lived keys of a person on a channel, and the keys proofs are addressed to (docs/spec/primitives.md).

use crate::scalar::canonical_scalar;
use backchannel_wire::ids::hex;
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::traits::IsIdentity;
use curve25519_dalek::{MontgomeryPoint, RistrettoPoint, Scalar};
use minicbor::{Decode, Encode, Encoder, bytes::ByteArray, decode, encode};
use rand_core::{CryptoRng, RngCore};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// Why bytes were not a key, or two keys cannot be used together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The bytes are another encoding of a key, or none.
    #[error("the bytes are not the canonical encoding of a key (PRIM-5)")]
    NotCanonical,
    /// The point is the identity, or of small order.
    #[error("the key is a point that every secret would match (PRIM-5)")]
    Weak,
    /// The other side's key is one's own.
    #[error("the other key is one's own (PRIM-7)")]
    Own,
}

/// A person's identity key IK: an X25519 secret, for agreement only; nothing is ever signed with it.
#[derive(Clone, ZeroizeOnDrop)]
pub struct IdentityKey(StaticSecret);

impl IdentityKey {
    /// A fresh random key.
    pub fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        Self(StaticSecret::random_from_rng(rng))
    }

    /// Takes a key from the vault.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(StaticSecret::from(*bytes))
    }

    /// The secret's bytes, for the vault.
    pub fn expose(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public half.
    pub fn public(&self) -> IkPublic {
        IkPublic(PublicKey::from(&self.0).to_bytes())
    }

    /// The X25519 shared secret with another's key; refuses an all-zero one and one's own key.
    pub(crate) fn agree(&self, other: &IkPublic) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        if self.public() == *other {
            return Err(KeyError::Own);
        }
        shared(&self.0, other)
    }
}

/// The X25519 shared secret; refuses an all-zero one (PRIM-5).
pub(crate) fn shared(secret: &StaticSecret, other: &IkPublic) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let shared = secret.diffie_hellman(&PublicKey::from(other.0));
    if !shared.was_contributory() {
        return Err(KeyError::Weak);
    }
    Ok(Zeroizing::new(shared.to_bytes()))
}

/// The public half of an [`IdentityKey`], checked to be canonical and not of small order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IkPublic([u8; 32]);

impl IkPublic {
    /// Checks and takes a public key.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| KeyError::NotCanonical)?;
        if !below_field_prime(&bytes) {
            return Err(KeyError::NotCanonical);
        }
        // Clamped scalars are multiples of the cofactor, so that any of them takes a point of small order to zero.
        if MontgomeryPoint(bytes).mul_clamped([1; 32]).0 == [0; 32] {
            return Err(KeyError::Weak);
        }
        Ok(Self(bytes))
    }

    /// The key's bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Whether 32 little-endian bytes are below 2^255 - 19. Public data: the time may depend on it.
fn below_field_prime(bytes: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = bytes;
    match high {
        0..0x7f => true,
        0x7f => *low < 0xed || middle.iter().any(|byte| *byte != 0xff),
        _ => false,
    }
}

macro_rules! checked_bytes {
    ($name:ident, $what:literal) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let text = hex(self.as_bytes());
                write!(f, concat!(stringify!($name), "({})"), text.get(..8).unwrap_or_default())
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: encode::Write>(
                &self,
                e: &mut Encoder<W>,
                _: &mut C,
            ) -> Result<(), encode::Error<W::Error>> {
                e.bytes(self.as_bytes())?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, ctx: &mut C) -> Result<Self, decode::Error> {
                let bytes = ByteArray::<32>::decode(d, ctx)?;
                Self::from_bytes(bytes.as_slice()).map_err(|_| decode::Error::message($what))
            }
        }
    };
}

checked_bytes!(IkPublic, "not an identity key");

macro_rules! group_key {
    ($(#[$secret_doc:meta])* $secret:ident, $(#[$public_doc:meta])* $public:ident, $what:literal) => {
        $(#[$secret_doc])*
        #[derive(Clone, ZeroizeOnDrop)]
        pub struct $secret(Scalar);

        impl $secret {
            /// A fresh random key.
            pub fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Self {
                Self(Scalar::random(rng))
            }

            /// Takes a key from the vault: a canonical scalar that is not zero.
            pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
                match canonical_scalar(bytes) {
                    None => Err(KeyError::NotCanonical),
                    Some(scalar) if scalar == Scalar::ZERO => Err(KeyError::Weak),
                    Some(scalar) => Ok(Self(scalar)),
                }
            }

            /// The secret's bytes, for the vault.
            pub fn expose(&self) -> Zeroizing<[u8; 32]> {
                Zeroizing::new(self.0.to_bytes())
            }

            /// The public half.
            pub fn public(&self) -> $public {
                $public::of(RistrettoPoint::mul_base(&self.0))
            }

            pub(crate) fn scalar(&self) -> &Scalar {
                &self.0
            }
        }

        $(#[$public_doc])*
        #[derive(Clone, Copy)]
        pub struct $public {
            bytes: [u8; 32],
            point: RistrettoPoint,
        }

        impl $public {
            fn of(point: RistrettoPoint) -> Self {
                Self { bytes: point.compress().to_bytes(), point }
            }

            /// Checks and takes a public key: a canonical ristretto255 encoding, not of the identity.
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
                let point = CompressedRistretto::from_slice(bytes)
                    .ok()
                    .and_then(|compressed| compressed.decompress())
                    .ok_or(KeyError::NotCanonical)?;
                if point.is_identity() {
                    return Err(KeyError::Weak);
                }
                Ok(Self::of(point))
            }

            /// The key's bytes.
            pub fn as_bytes(&self) -> &[u8; 32] {
                &self.bytes
            }

            pub(crate) fn point(&self) -> &RistrettoPoint {
                &self.point
            }
        }

        impl PartialEq for $public {
            fn eq(&self, other: &Self) -> bool {
                self.bytes == other.bytes
            }
        }

        impl Eq for $public {}

        impl PartialOrd for $public {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $public {
            fn cmp(&self, other: &Self) -> Ordering {
                self.bytes.cmp(&other.bytes)
            }
        }

        impl Hash for $public {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.bytes.hash(state);
            }
        }

        checked_bytes!($public, $what);
    };
}

group_key!(
    /// The secret of a signing key Y: what a principal approves with. Only proofs addressed to one verifier are made
    /// with it here.
    SigningKey,
    /// A signing key Y on a roster.
    YPublic,
    "not a signing key"
);
group_key!(
    /// The secret of a verifier key D, fresh for each delegation and room: whoever holds it can make alike every proof
    /// addressed to it, which is why a proof shows an outsider nothing.
    VerifierKey,
    /// A verifier key D, as announced. Proofs are addressed only to a [`crate::ProvenVerifier`].
    DPublic,
    "not a verifier key"
);
group_key!(
    /// The secret with which a depositary certifies the release of a joint assurance. It signs certificates alone, which
    /// anybody can check, and so is never a signing key of a roster.
    DepositaryKey,
    /// The public half of a [`DepositaryKey`], as an understanding names it.
    DepositaryPublic,
    "not a depositary's key"
);

impl SigningKey {
    /// A secret that was computed here; nothing if it is zero.
    pub(crate) fn from_scalar(scalar: Scalar) -> Option<Self> {
        (scalar != Scalar::ZERO).then_some(Self(scalar))
    }
}

impl YPublic {
    /// A point that was computed here; nothing if it is the identity.
    pub(crate) fn from_point(point: RistrettoPoint) -> Option<Self> {
        (!point.is_identity()).then(|| Self::of(point))
    }
}
