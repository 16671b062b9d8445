//! A new file for a secret: only its owner may read it, and it takes the place of nothing.

use crate::errors;
use backchannel_station::api::Failure;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// (CMD-8) A file made before the secret exists, so that a secret that is told once is not lost to a path that cannot be
/// written. Dropped without [`Self::write`], it is removed again.
pub struct SecretFile {
    path: PathBuf,
    file: Option<File>,
}

impl SecretFile {
    /// Makes the file; refuses a path where something is.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(|error| errors::unwritable(path, &error))?;
        Ok(Self { path: path.to_owned(), file: Some(file) })
    }

    /// Writes the secret on one line, durably.
    pub fn write(mut self, secret: &str) -> Result<PathBuf, Failure> {
        let Some(mut file) = self.file.take() else { return Ok(self.path.clone()) };
        file.write_all(secret.as_bytes())
            .and_then(|()| file.write_all(b"\n"))
            .and_then(|()| file.sync_all())
            .map_err(|error| errors::unwritable(&self.path, &error))?;
        Ok(self.path.clone())
    }
}

impl Drop for SecretFile {
    fn drop(&mut self) {
        if self.file.is_some() {
            // It is empty: leaving it behind would only be untidy.
            let _ = fs::remove_file(&self.path);
        }
    }
}
