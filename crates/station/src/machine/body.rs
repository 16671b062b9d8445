//! Long bodies: sealed once under a fresh key and cut into fragments that outlive epochs (docs/spec/transport.md).

use backchannel_wire::MessageId;
use backchannel_wire::tagged::{self, Tag};
use chacha20poly1305::aead::AeadInPlace;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use rand_core::{CryptoRng, RngCore};
use zeroize::Zeroizing;

const HASH: Tag = Tag("backchannel body v1");
const ASSOCIATED: &[u8] = b"backchannel body v1";

/// A body made ready to leave.
pub struct SealedBody {
    /// Its message id.
    pub message: MessageId,
    /// Its key.
    pub key: Zeroizing<[u8; 32]>,
    /// The ciphertext: nonce, body, tag.
    pub bytes: Vec<u8>,
}

impl SealedBody {
    /// Seals `plain` under a fresh key.
    pub fn new(plain: &[u8], rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        let mut nonce = [0; 24];
        let mut message = MessageId([0; 16]);
        rng.fill_bytes(key.as_mut());
        rng.fill_bytes(&mut nonce);
        rng.fill_bytes(&mut message.0);
        let mut sealed = plain.to_vec();
        let tag = XChaCha20Poly1305::new((&*key).into())
            .encrypt_in_place_detached(XNonce::from_slice(&nonce), ASSOCIATED, &mut sealed)
            .expect("bodies are far below the cipher's length limit");
        let mut bytes = nonce.to_vec();
        bytes.extend_from_slice(&sealed);
        bytes.extend_from_slice(&tag);
        Self { message, key, bytes }
    }
}

/// The hash by which a lead names its body.
pub fn hash(bytes: &[u8]) -> [u8; 32] {
    tagged::hash(HASH, &[bytes])
}

/// Opens a body; nothing if it is not what the key sealed.
pub fn open(key: &[u8; 32], bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, rest) = bytes.split_at_checked(24)?;
    let (sealed, tag) = rest.split_at_checked(rest.len().checked_sub(16)?)?;
    let mut plain = Zeroizing::new(sealed.to_vec());
    XChaCha20Poly1305::new(key.into())
        .decrypt_in_place_detached(XNonce::from_slice(nonce), ASSOCIATED, plain.as_mut_slice(), tag.into())
        .ok()?;
    Some(plain)
}

/// How many fragments of `step` bytes a message of `length` bytes has.
pub fn fragment_count(length: usize, step: usize) -> u16 {
    u16::try_from(length.div_ceil(step)).unwrap_or(u16::MAX)
}

/// The content of fragment `index` of a message cut every `step` bytes.
pub fn fragment(bytes: &[u8], index: u16, step: usize) -> &[u8] {
    let start = usize::from(index) * step;
    bytes.get(start..bytes.len().min(start + step)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::SeedableRng;

    #[test]
    fn a_body_opens_whole_and_only_under_its_key() {
        let mut rng = rand_chacha::ChaCha20Rng::seed_from_u64(1);
        let plain = vec![7; 5000];
        let sealed = SealedBody::new(&plain, &mut rng);
        let count = fragment_count(sealed.bytes.len(), 1799);
        assert_eq!(count, 3);
        let joined: Vec<u8> =
            (0..count).flat_map(|index| fragment(&sealed.bytes, index, 1799).to_vec()).collect();
        assert_eq!(joined, sealed.bytes);
        assert_eq!(open(&sealed.key, &joined).as_deref(), Some(&plain));
        assert!(open(&[0; 32], &joined).is_none());
        assert!(open(&sealed.key, &joined[..30]).is_none());
        assert!(open(&sealed.key, &joined[1..]).is_none());
    }
}
