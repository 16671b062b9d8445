//! The vault under wrong passphrases, hostile files, crashes, locking and burning.

mod burn;
mod files;
mod lock;
mod memory;
mod model;

use super::*;
use zeroize::Zeroizing;

const CHEAP: Stretch = Stretch { memory_kib: 8, passes: 1 };
const ROOM: RoomId = RoomId([0x11; 16]);
const OTHER: RoomId = RoomId([0x22; 16]);

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.as_bytes().to_vec()).unwrap()
}

fn right() -> Passphrase {
    passphrase("correct horse")
}

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn create(dir: &Path) -> Vault {
    Vault::create(dir, &right(), CHEAP).unwrap()
}

fn open(dir: &Path) -> Vault {
    Vault::open(dir, &right()).unwrap()
}

fn key(id: &str) -> Key {
    Key::new(Space(3), id.as_bytes())
}

fn put(vault: &mut Vault, key: Key, value: &str) {
    let mut batch = Batch::new();
    batch.put(key, value.as_bytes().to_vec());
    vault.commit(&batch).unwrap();
}

fn delete(vault: &mut Vault, key: Key) {
    let mut batch = Batch::new();
    batch.delete(key);
    vault.commit(&batch).unwrap();
}

fn text(vault: &mut Vault, key: &Key) -> Option<String> {
    vault.get(key).unwrap().map(|value| String::from_utf8(value.to_vec()).unwrap())
}

/// What the disk holds at this moment, as a crash would leave it: the files are copied while the vault is open.
fn crashed(dir: &Path) -> tempfile::TempDir {
    let copy = home();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
    }
    copy
}

/// Whether any file of the directory holds the bytes.
fn found(dir: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(dir).unwrap().any(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}
