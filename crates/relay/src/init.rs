//! `relay init`: makes the keys and the configuration of a new relay.

use crate::config::DEFAULT_TOML;
use backchannel_wire::ids::{hex, unhex};
use backchannel_wire::token::OperatorToken;
use rand_core::{CryptoRng, RngCore};
use sha2::{Digest, Sha256};
use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The relay's certificate.
pub const CERTIFICATE_FILE: &str = "certificate.pem";
/// The certificate's private key.
pub const KEY_FILE: &str = "certificate-key.pem";
/// The token that permits to create channels, in hexadecimal.
pub const OPERATOR_FILE: &str = "operator.token";
/// The configuration.
pub const CONFIG_FILE: &str = "relay.toml";
/// The database.
pub const STORE_FILE: &str = "relay.sqlite";
/// Where a running relay says at which address it accepts connections.
pub const LISTENING_FILE: &str = "listening";

/// SHA-256 of a certificate's DER form, by which stations know the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pin(pub [u8; 32]);

impl Pin {
    /// The pin of a certificate.
    pub fn of(der: &[u8]) -> Self {
        Self(Sha256::digest(der).into())
    }
}

impl std::fmt::Display for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// Why a relay could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// Something of that name is there already; nothing was changed.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// A file could not be written.
    #[error("{path} cannot be written: {why}", path = .0.display(), why = .1)]
    Write(PathBuf, io::Error),
    /// The certificate could not be made.
    #[error("the certificate cannot be made: {0}")]
    Certificate(#[from] rcgen::Error),
}

/// Why a file of the relay could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It could not be read.
    #[error("{path} cannot be read: {why}", path = .0.display(), why = .1)]
    Read(PathBuf, io::Error),
    /// It does not hold what it should.
    #[error("{} does not hold what `relay init` wrote", .0.display())]
    Content(PathBuf),
}

/// Makes the relay's directory: certificate, keys, operator's token and relay.toml. Refuses to overwrite any of them.
/// Returns the pin that goes into invitations.
pub fn init(dir: &Path, rng: &mut (impl RngCore + CryptoRng)) -> Result<Pin, InitError> {
    for name in [CERTIFICATE_FILE, KEY_FILE, OPERATOR_FILE, CONFIG_FILE, STORE_FILE] {
        let path = dir.join(name);
        if path.exists() {
            return Err(InitError::Exists(path));
        }
    }
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.map_err(|error| InitError::Write(dir.to_owned(), error))?;
    let key = rcgen::KeyPair::generate()?;
    // The name is the same for every relay: pins identify it, and a certificate should say nothing more.
    let certificate = rcgen::CertificateParams::new(vec!["relay".to_owned()])?.self_signed(&key)?;
    let mut token = Zeroizing::new([0; 32]);
    rng.fill_bytes(token.as_mut());
    write_new(&dir.join(KEY_FILE), 0o600, Zeroizing::new(key.serialize_pem()).as_bytes())?;
    write_new(&dir.join(OPERATOR_FILE), 0o600, Zeroizing::new(hex(token.as_ref()) + "\n").as_bytes())?;
    write_new(&dir.join(CERTIFICATE_FILE), 0o644, certificate.pem().as_bytes())?;
    write_new(&dir.join(CONFIG_FILE), 0o644, DEFAULT_TOML.as_bytes())?;
    Ok(Pin::of(certificate.der()))
}

fn write_new(path: &Path, mode: u32, content: &[u8]) -> Result<(), InitError> {
    let written =
        OpenOptions::new().write(true).create_new(true).mode(mode).open(path).and_then(|mut file| {
            file.write_all(content)?;
            file.sync_all()
        });
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => InitError::Exists(path.to_owned()),
        _ => InitError::Write(path.to_owned(), error),
    })
}

/// Reads the operator's token of a relay on this machine.
pub fn operator_token(dir: &Path) -> Result<OperatorToken, KeyFileError> {
    let path = dir.join(OPERATOR_FILE);
    let text = std::fs::read_to_string(&path).map_err(|error| KeyFileError::Read(path.clone(), error))?;
    let text = Zeroizing::new(text);
    let bytes = unhex(text.trim()).map(Zeroizing::new).ok_or_else(|| KeyFileError::Content(path.clone()))?;
    let token = bytes.as_slice().try_into().map_err(|_| KeyFileError::Content(path))?;
    Ok(OperatorToken::new(token))
}

/// Reads the pin of a relay on this machine.
pub fn pin(dir: &Path) -> Result<Pin, KeyFileError> {
    Ok(Pin::of(&crate::tls::certificate(dir)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn init_writes_secrets_for_the_owner_only_and_never_overwrites() {
        let dir = tempfile::tempdir().unwrap();
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let made = init(dir.path(), &mut rng).unwrap();
        assert_eq!(pin(dir.path()).unwrap(), made);
        assert!(operator_token(dir.path()).is_ok());
        for name in [KEY_FILE, OPERATOR_FILE] {
            let mode = std::fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
        assert!(matches!(init(dir.path(), &mut rng), Err(InitError::Exists(_))));
        assert_eq!(pin(dir.path()).unwrap(), made);
    }

    #[test]
    fn a_damaged_token_file_is_named() {
        let dir = tempfile::tempdir().unwrap();
        for content in ["", "zz", "00", &"0".repeat(66)] {
            std::fs::write(dir.path().join(OPERATOR_FILE), content).unwrap();
            assert!(matches!(operator_token(dir.path()), Err(KeyFileError::Content(_))), "{content}");
        }
    }
}
