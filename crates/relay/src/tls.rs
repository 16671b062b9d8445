//! TLS 1.3 with the hybrid key exchange and nothing weaker.

use crate::init::{CERTIFICATE_FILE, KEY_FILE, KeyFileError};
use rustls::crypto::CryptoProvider;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::NoServerSessionStorage;
use std::path::Path;
use std::sync::Arc;

/// Why TLS could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A key file is missing or damaged.
    #[error(transparent)]
    File(#[from] KeyFileError),
    /// The library refuses the key or the certificate.
    #[error("the certificate or its key is refused: {0}")]
    Refused(#[from] rustls::Error),
}

/// The library's provider with one key exchange group. Trimmed features must not bring a classical one back.
fn provider() -> Arc<CryptoProvider> {
    let kx_groups = vec![aws_lc_rs::kx_group::X25519MLKEM768];
    Arc::new(CryptoProvider { kx_groups, ..aws_lc_rs::default_provider() })
}

pub(crate) fn certificate(dir: &Path) -> Result<CertificateDer<'static>, KeyFileError> {
    let path = dir.join(CERTIFICATE_FILE);
    let pem = std::fs::read(&path).map_err(|error| KeyFileError::Read(path.clone(), error))?;
    CertificateDer::from_pem_slice(&pem).map_err(|_| KeyFileError::Content(path))
}

fn private_key(dir: &Path) -> Result<PrivateKeyDer<'static>, KeyFileError> {
    let path = dir.join(KEY_FILE);
    let pem = std::fs::read(&path).map_err(|error| KeyFileError::Read(path.clone(), error))?;
    PrivateKeyDer::from_pem_slice(&zeroize::Zeroizing::new(pem)).map_err(|_| KeyFileError::Content(path))
}

pub(crate) fn server_config(dir: &Path) -> Result<Arc<rustls::ServerConfig>, TlsError> {
    let mut config = rustls::ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_no_client_auth()
        .with_single_cert(vec![certificate(dir)?], private_key(dir)?)?;
    // Nothing is resumed: a ticket would be state that outlives its connection.
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    config.max_early_data_size = 0;
    Ok(Arc::new(config))
}
