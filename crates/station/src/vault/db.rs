//! The SQLite file: ciphertext under blinded names, and nothing else.

use super::VaultError;
use super::aead::Secret;
use super::manifest::{Manifest, element};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

const NAME: &str = "vault.db";

/// `secure_delete` overwrites what is erased; nothing is spilled to temporary files; `locking_mode` keeps the index of
/// the write-ahead log in memory, so that there is one file less (VAULT-11).
const PRAGMAS: &str = "
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
";

// Rowid tables: blobs in WITHOUT ROWID tables cost several times their size.
const SCHEMA: &str = "
    CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), generation INTEGER NOT NULL, manifest BLOB NOT NULL,
        sealed BLOB) STRICT;
    CREATE TABLE keys (id BLOB NOT NULL UNIQUE, body BLOB NOT NULL) STRICT;
    CREATE TABLE rows (id BLOB NOT NULL UNIQUE, body BLOB NOT NULL) STRICT;
    CREATE TABLE sealed (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, body BLOB NOT NULL) STRICT;
";

/// One row of a table as stored.
pub(super) struct Row {
    pub id: Vec<u8>,
    pub body: Vec<u8>,
}

/// The tables that the manifest counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Keys,
    Rows,
    Sealed,
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Rows => "rows",
            Self::Sealed => "sealed",
        }
    }
}

/// Whether a database is in the directory.
pub(super) fn exists(dir: &Path) -> bool {
    path(dir).exists()
}

pub(super) fn path(dir: &Path) -> PathBuf {
    dir.join(NAME)
}

/// Makes an empty database, readable by the owner alone; the write-ahead log takes its mode.
pub(super) fn create(dir: &Path) -> Result<Connection, VaultError> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path(dir))?;
    let db = connect(dir)?;
    db.execute_batch(SCHEMA)?;
    Ok(db)
}

/// Opens the database of an existing vault.
pub(super) fn connect(dir: &Path) -> Result<Connection, VaultError> {
    if !exists(dir) {
        return Err(VaultError::NotAVault);
    }
    let db = Connection::open(path(dir))?;
    db.execute_batch(PRAGMAS)?;
    Ok(db)
}

/// Writes whatever the log holds into the database and empties the log.
pub(super) fn truncate_log(db: &Connection) -> Result<(), VaultError> {
    Ok(db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

/// Rewrites the whole file, so that nothing of an erased row is left in its free pages.
pub(super) fn rewrite(db: &Connection) -> Result<(), VaultError> {
    truncate_log(db)?;
    db.execute_batch("VACUUM")?;
    truncate_log(db)
}

/// The generation of the vault key the database is under.
pub(super) fn generation(db: &Connection) -> Result<u64, VaultError> {
    db.query_row("SELECT generation FROM head", [], |row| row.get::<_, i64>(0))
        .optional()?
        .and_then(|n| u64::try_from(n).ok())
        .ok_or(VaultError::Damaged("the database has no head"))
}

/// The manifest, and the locked session's if there is one; both still encrypted.
pub(super) fn head(db: &Connection) -> Result<(Vec<u8>, Option<Vec<u8>>), VaultError> {
    db.query_row("SELECT manifest, sealed FROM head", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .ok_or(VaultError::Damaged("the database has no head"))
}

pub(super) fn set_head(tx: &Transaction<'_>, generation: u64, manifest: &[u8]) -> Result<(), VaultError> {
    let generation = i64::try_from(generation).map_err(|_| VaultError::Limit("too many burns"))?;
    tx.execute(
        "INSERT INTO head (one, generation, manifest) VALUES (1, ?1, ?2)
         ON CONFLICT (one) DO UPDATE SET generation = excluded.generation, manifest = excluded.manifest",
        params![generation, manifest],
    )?;
    Ok(())
}

pub(super) fn set_sealed_head(tx: &Transaction<'_>, sealed: Option<&[u8]>) -> Result<(), VaultError> {
    tx.execute("UPDATE head SET sealed = ?1", [sealed])?;
    Ok(())
}

/// The parts of a row's body that the manifest counts.
fn ends(body: &[u8]) -> (&[u8], &[u8]) {
    (&body[..body.len().min(24)], &body[body.len().saturating_sub(16)..])
}

/// Writes or (with no body) erases one row and keeps the manifest with it.
pub(super) fn set(
    tx: &Transaction<'_>,
    table: Table,
    (elements, manifest): (&Secret, &mut Manifest),
    id: &[u8],
    body: Option<&[u8]>,
) -> Result<(), VaultError> {
    let name = table.name();
    let old: Option<(Vec<u8>, Vec<u8>)> = tx
        .prepare_cached(&format!("SELECT substr(body, 1, 24), substr(body, -16) FROM {name} WHERE id = ?1"))?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((head, tail)) = &old {
        manifest.remove(element(elements, name, id, head, tail));
    }
    // A sealed entry that replaces another goes to the end of the order.
    if old.is_some() && (body.is_none() || table == Table::Sealed) {
        tx.prepare_cached(&format!("DELETE FROM {name} WHERE id = ?1"))?.execute([id])?;
    }
    if let Some(body) = body {
        let (head, tail) = ends(body);
        manifest.add(element(elements, name, id, head, tail));
        tx.prepare_cached(&format!(
            "INSERT INTO {name} (id, body) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET body = excluded.body"
        ))?
        .execute(params![id, body])?;
    }
    Ok(())
}

/// Counts the rows of the tables afresh.
pub(super) fn count(db: &Connection, tables: &[Table], elements: &Secret) -> Result<Manifest, VaultError> {
    let mut manifest = Manifest::default();
    for table in tables {
        let name = table.name();
        let mut query =
            db.prepare(&format!("SELECT id, substr(body, 1, 24), substr(body, -16) FROM {name}"))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (id, head, tail): (Vec<u8>, Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            manifest.add(element(elements, name, &id, &head, &tail));
        }
    }
    Ok(manifest)
}

pub(super) fn get(db: &Connection, id: &[u8]) -> Result<Option<Vec<u8>>, VaultError> {
    Ok(db
        .prepare_cached("SELECT body FROM rows WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// Ids are one length, so those with the prefix lie between the prefix and the prefix followed by 0xff to the end.
fn end_of(prefix: &[u8]) -> Vec<u8> {
    let mut last = prefix.to_vec();
    last.resize(super::keys::ROW_ID_BYTES + 1, 0xff);
    last
}

/// The rows of `rows` whose id begins with `prefix`.
pub(super) fn with_prefix(db: &Connection, prefix: &[u8]) -> Result<Vec<Row>, VaultError> {
    let mut query = db.prepare_cached("SELECT id, body FROM rows WHERE id >= ?1 AND id <= ?2")?;
    let rows =
        query.query_map([prefix, &end_of(prefix)], |row| Ok(Row { id: row.get(0)?, body: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Erases the rows of `rows` whose id begins with `prefix`, without counting.
pub(super) fn erase_prefix(tx: &Transaction<'_>, prefix: &[u8]) -> Result<(), VaultError> {
    tx.execute("DELETE FROM rows WHERE id >= ?1 AND id <= ?2", params![prefix, end_of(prefix)])?;
    Ok(())
}

/// Every row of the key table.
pub(super) fn key_rows(db: &Connection) -> Result<Vec<Row>, VaultError> {
    let mut query = db.prepare("SELECT id, body FROM keys")?;
    let rows = query.query_map([], |row| Ok(Row { id: row.get(0)?, body: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The ids of the sealed entries in the order in which they were made.
pub(super) fn sealed_order(db: &Connection) -> Result<Vec<i64>, VaultError> {
    let mut query = db.prepare("SELECT seq FROM sealed ORDER BY seq")?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One sealed entry.
pub(super) fn sealed(db: &Connection, seq: i64) -> Result<Row, VaultError> {
    Ok(db
        .prepare_cached("SELECT id, body FROM sealed WHERE seq = ?1")?
        .query_row([seq], |row| Ok(Row { id: row.get(0)?, body: row.get(1)? }))?)
}
