//! What may be wrong with a vault, for the one who must act.

use std::io;

/// Why the vault did not do what was asked. No variant carries a secret, a record's name or its contents.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The passphrase does not open this vault.
    #[error("the passphrase does not open this vault")]
    WrongPassphrase,
    /// The file given as a passphrase cannot be one.
    #[error("the passphrase {0}")]
    BadPassphrase(&'static str),
    /// Another process holds the vault (VAULT-13).
    #[error("another station has this vault open")]
    InUse,
    /// There is no vault in the directory.
    #[error("there is no vault here")]
    NotAVault,
    /// A vault, or a part of one, is already in the directory.
    #[error("there is a vault here already")]
    AlreadyExists,
    /// The files were altered, swapped or cut.
    #[error("the vault is damaged: {0}")]
    Damaged(&'static str),
    /// The vault was made by another version of this program.
    #[error("the vault has version {0}, this program reads version {version}", version = super::slot::VERSION)]
    Version(u8),
    /// The vault is locked (VAULT-14).
    #[error("the vault is locked")]
    Locked,
    /// A burn failed on the way; only opening the files again tells whether it happened.
    #[error("a burn did not end")]
    Unfinished,
    /// A bound named in `limits.rs` would be exceeded.
    #[error("the vault refuses it: {0}")]
    Limit(&'static str),
    /// The file system failed.
    #[error("the vault's files cannot be used: {0}")]
    Io(#[from] io::Error),
    /// The database failed.
    #[error("the vault's database failed: {0}")]
    Database(rusqlite::Error),
}

impl VaultError {
    /// What the person may do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::WrongPassphrase => "check the passphrase file; a forgotten passphrase cannot be recovered",
            Self::BadPassphrase(_) => "give a file whose first line is the passphrase",
            Self::InUse => "stop the other station first, or give another --home",
            Self::NotAVault => "check --home, or create the station with `convene` or `accept`",
            Self::AlreadyExists => "give another --home, or move the files away",
            Self::Damaged(_) => "restore the directory from a copy, or rejoin the channel with a new station",
            Self::Version(_) => "use the version of the program that made it",
            Self::Locked => "unlock the station",
            Self::Unfinished => "stop the station and start it again: the burn is then finished or undone",
            Self::Limit(_) => "unlock the station, or send less at once",
            Self::Io(_) | Self::Database(_) => "check the disk's free space and the rights of the directory",
        }
    }
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DatabaseLocked, NotADatabase};
        match error.sqlite_error_code() {
            Some(DatabaseCorrupt | NotADatabase) => Self::Damaged("the database file is not whole"),
            Some(DatabaseBusy | DatabaseLocked) => Self::InUse,
            _ => Self::Database(error),
        }
    }
}
