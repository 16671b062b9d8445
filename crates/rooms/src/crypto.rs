//! The cryptography OpenMLS uses: RustCrypto's, with every random choice derived from one seed an operation.
//!
//! The underlying library draws the randomness of an HPKE encapsulation from the system. Simulations replay by seed, so
//! encapsulations are done here. OpenMLS seals several ciphertexts in parallel and in no fixed order; hence each
//! encapsulation's randomness is derived from the seed and everything that is sealed, and not from a sequence.

use backchannel_wire::tagged::{self, Tag};
use hpke_rs::hpke_types::{AeadAlgorithm, KdfAlgorithm, KemAlgorithm};
use hpke_rs::{Hpke, Mode};
use hpke_rs_rust_crypto::HpkeRustCrypto;
use openmls_rust_crypto::RustCrypto;
use openmls_traits::crypto::OpenMlsCrypto;
use openmls_traits::random::OpenMlsRand;
use openmls_traits::types::*;
use rand_chacha::ChaCha20Rng;
use rand_core::{CryptoRng, RngCore, SeedableRng};
use std::cell::RefCell;
use tls_codec::SecretVLBytes;
use zeroize::Zeroizing;

const ENCAPSULATION: Tag = Tag("backchannel rooms encapsulation v1");
const STREAM: Tag = Tag("backchannel rooms stream v1");

/// The randomness of one operation.
pub(crate) struct Seed(Zeroizing<[u8; 32]>);

impl Seed {
    /// Draws a seed from the caller's generator.
    pub(crate) fn draw(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut());
        Self(seed)
    }

    /// Bytes for a use of our own, named by the tag.
    pub(crate) fn derive(&self, tag: Tag) -> Zeroizing<[u8; 32]> {
        tagged::derive(self.0.as_ref(), tag, &[])
    }
}

/// RustCrypto with seeded encapsulation. Without a seed it refuses every operation that needs randomness.
pub(crate) struct Crypto {
    inner: RustCrypto,
    seed: Option<Seed>,
}

impl Crypto {
    /// For one operation that may need randomness.
    pub(crate) fn seeded(seed: Seed) -> Self {
        Self { inner: RustCrypto::default(), seed: Some(seed) }
    }

    /// For operations that need none.
    pub(crate) fn without_randomness() -> Self {
        Self { inner: RustCrypto::default(), seed: None }
    }

    /// The generator OpenMLS draws from itself.
    pub(crate) fn stream(&self) -> Stream {
        let rng = self.seed.as_ref().map(|seed| ChaCha20Rng::from_seed(*seed.derive(STREAM)));
        Stream(RefCell::new(rng))
    }

    fn encapsulate(
        &self,
        receiver: &[u8],
        parts: [&[u8]; 3],
    ) -> Result<(Vec<u8>, SharedSecret), CryptoError> {
        let seed = self.seed.as_ref().ok_or(CryptoError::InsufficientRandomness)?;
        let key = x_wing::EncapsulationKey::try_from(receiver).map_err(|_| CryptoError::InvalidPublicKey)?;
        let mut randomness = Zeroizing::new([0; 64]);
        for (half, name) in randomness.chunks_exact_mut(32).zip([b"0", b"1"]) {
            let inputs = [name.as_slice(), receiver, parts[0], parts[1], parts[2]];
            half.copy_from_slice(tagged::derive(seed.0.as_ref(), ENCAPSULATION, &inputs).as_ref());
        }
        let (ciphertext, shared) = key.encapsulate_deterministic((&*randomness).into());
        Ok((ciphertext.to_vec(), Zeroizing::new(shared.to_vec())))
    }
}

type SharedSecret = Zeroizing<Vec<u8>>;

/// OpenMLS's own random bytes.
pub(crate) struct Stream(RefCell<Option<ChaCha20Rng>>);

/// An operation that needs no randomness asked for some.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("this operation was given no randomness")]
pub(crate) struct NoRandomness;

impl Stream {
    fn fill(&self, out: &mut [u8]) -> Result<(), NoRandomness> {
        self.0.borrow_mut().as_mut().ok_or(NoRandomness)?.fill_bytes(out);
        Ok(())
    }
}

impl OpenMlsRand for Stream {
    type Error = NoRandomness;

    fn random_array<const N: usize>(&self) -> Result<[u8; N], Self::Error> {
        let mut out = [0; N];
        self.fill(&mut out)?;
        Ok(out)
    }

    fn random_vec(&self, len: usize) -> Result<Vec<u8>, Self::Error> {
        let mut out = vec![0; len];
        self.fill(&mut out)?;
        Ok(out)
    }
}

fn hpke(config: &HpkeConfig) -> Result<Hpke<HpkeRustCrypto>, CryptoError> {
    match config {
        HpkeConfig(HpkeKemType::XWingKemDraft6, HpkeKdfType::HkdfSha256, HpkeAeadType::AesGcm128) => {
            Ok(Hpke::new(
                Mode::Base,
                KemAlgorithm::XWingDraft06,
                KdfAlgorithm::HkdfSha256,
                AeadAlgorithm::Aes128Gcm,
            ))
        }
        _ => Err(CryptoError::UnsupportedCiphersuite),
    }
}

impl OpenMlsCrypto for Crypto {
    fn supports(&self, suite: Ciphersuite) -> Result<(), CryptoError> {
        if suite == crate::profile::SUITE { Ok(()) } else { Err(CryptoError::UnsupportedCiphersuite) }
    }

    fn supported_ciphersuites(&self) -> Vec<Ciphersuite> {
        vec![crate::profile::SUITE]
    }

    fn hkdf_extract(&self, hash: HashType, salt: &[u8], ikm: &[u8]) -> Result<SecretVLBytes, CryptoError> {
        self.inner.hkdf_extract(hash, salt, ikm)
    }

    fn hmac(&self, hash: HashType, key: &[u8], message: &[u8]) -> Result<SecretVLBytes, CryptoError> {
        self.inner.hmac(hash, key, message)
    }

    fn hkdf_expand(
        &self,
        hash: HashType,
        prk: &[u8],
        info: &[u8],
        okm_len: usize,
    ) -> Result<SecretVLBytes, CryptoError> {
        self.inner.hkdf_expand(hash, prk, info, okm_len)
    }

    fn hash(&self, hash: HashType, data: &[u8]) -> Result<Vec<u8>, CryptoError> {
        self.inner.hash(hash, data)
    }

    fn aead_encrypt(
        &self,
        alg: AeadType,
        key: &[u8],
        data: &[u8],
        nonce: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        self.inner.aead_encrypt(alg, key, data, nonce, aad)
    }

    fn aead_decrypt(
        &self,
        alg: AeadType,
        key: &[u8],
        ct_tag: &[u8],
        nonce: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        self.inner.aead_decrypt(alg, key, ct_tag, nonce, aad)
    }

    fn signature_key_gen(&self, _: SignatureScheme) -> Result<(Vec<u8>, Vec<u8>), CryptoError> {
        Err(CryptoError::UnsupportedSignatureScheme)
    }

    fn verify_signature(
        &self,
        alg: SignatureScheme,
        data: &[u8],
        pk: &[u8],
        signature: &[u8],
    ) -> Result<(), CryptoError> {
        self.inner.verify_signature(alg, data, pk, signature)
    }

    fn sign(&self, alg: SignatureScheme, data: &[u8], key: &[u8]) -> Result<Vec<u8>, CryptoError> {
        self.inner.sign(alg, data, key)
    }

    fn hpke_seal(
        &self,
        config: HpkeConfig,
        pk_r: &[u8],
        info: &[u8],
        aad: &[u8],
        ptxt: &[u8],
    ) -> Result<HpkeCiphertext, CryptoError> {
        let hpke = hpke(&config)?;
        let (kem_output, shared) = self.encapsulate(pk_r, [info, aad, ptxt])?;
        let mut context =
            hpke.key_schedule(&shared, info, &[], &[]).map_err(|_| CryptoError::SenderSetupError)?;
        let ciphertext = context.seal(aad, ptxt).map_err(|_| CryptoError::HpkeEncryptionError)?;
        Ok(HpkeCiphertext { kem_output: kem_output.into(), ciphertext: ciphertext.into() })
    }

    fn hpke_open(
        &self,
        config: HpkeConfig,
        input: &HpkeCiphertext,
        sk_r: &[u8],
        info: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        self.inner.hpke_open(config, input, sk_r, info, aad)
    }

    fn hpke_setup_sender_and_export(
        &self,
        _: HpkeConfig,
        _: &[u8],
        _: &[u8],
        _: &[u8],
        _: usize,
    ) -> Result<(KemOutput, ExporterSecret), CryptoError> {
        // Only an external commit needs this, and rooms have none.
        Err(CryptoError::SenderSetupError)
    }

    fn hpke_setup_receiver_and_export(
        &self,
        _: HpkeConfig,
        _: &[u8],
        _: &[u8],
        _: &[u8],
        _: &[u8],
        _: usize,
    ) -> Result<ExporterSecret, CryptoError> {
        Err(CryptoError::ReceiverSetupError)
    }

    fn derive_hpke_keypair(&self, config: HpkeConfig, ikm: &[u8]) -> Result<HpkeKeyPair, CryptoError> {
        self.inner.derive_hpke_keypair(config, ikm)
    }
}
