//! Passphrases, files, and what a hand in the files can do.

use super::*;
use std::collections::BTreeSet;

fn damaged<T>(result: Result<T, VaultError>) -> bool {
    matches!(result, Err(VaultError::Damaged(_)))
}

fn filled() -> (tempfile::TempDir, Key, Key) {
    let home = home();
    let (a, b) = (key("a").in_room(ROOM).on_day(1), key("b").in_room(ROOM).on_day(1));
    let mut vault = create(home.path());
    put(&mut vault, a.clone(), "one");
    put(&mut vault, b.clone(), "two");
    (home, a, b)
}

fn sql(dir: &Path, statement: &str) {
    Connection::open(db::path(dir)).unwrap().execute_batch(statement).unwrap();
}

#[test]
fn what_was_committed_is_there_after_reopening() {
    let (home, a, b) = filled();
    let mut vault = open(home.path());
    assert_eq!(text(&mut vault, &a).as_deref(), Some("one"));
    let all: Vec<_> = vault.load(Space(3)).unwrap().into_iter().map(|(key, _)| key).collect();
    assert_eq!(all, [a.clone(), b]);
    assert!(vault.load(Space(4)).unwrap().is_empty());
    delete(&mut vault, a.clone());
    assert_eq!(text(&mut vault, &a), None);
}

#[test]
fn a_wrong_passphrase_is_refused_and_says_so() {
    // VAULT-2, VAULT-3
    let (home, ..) = filled();
    let error = Vault::open(home.path(), &passphrase("wrong-CANARY")).unwrap_err();
    assert!(matches!(error, VaultError::WrongPassphrase));
    assert!(!format!("{error:?} {error} {}", error.hint()).contains("CANARY"));
    assert!(matches!(Passphrase::new(Vec::new()), Err(VaultError::BadPassphrase(_))));
    assert!(matches!(Passphrase::new(vec![b'x'; 1025]), Err(VaultError::BadPassphrase(_))));
}

#[test]
fn a_passphrase_file_gives_its_first_line() {
    let home = home();
    let file = home.path().join("passphrase");
    for contents in ["correct horse", "correct horse\n", "correct horse\r\n", "correct horse\nmore"] {
        std::fs::write(&file, contents).unwrap();
        assert!(Passphrase::from_file(&file).unwrap().0 == right().0, "{contents:?}");
    }
    std::fs::write(&file, vec![b'x'; 5000]).unwrap();
    assert!(matches!(Passphrase::from_file(&file), Err(VaultError::BadPassphrase(_))));
}

#[test]
fn a_second_opener_is_refused() {
    // VAULT-13
    let home = home();
    let vault = create(home.path());
    assert!(matches!(Vault::open(home.path(), &right()), Err(VaultError::InUse)));
    assert!(matches!(Vault::create(home.path(), &right(), CHEAP), Err(VaultError::InUse)));
    drop(vault);
    assert!(matches!(Vault::create(home.path(), &right(), CHEAP), Err(VaultError::AlreadyExists)));
    open(home.path());
}

#[test]
fn other_directories_and_versions_are_told_apart() {
    // VAULT-1
    let (home, ..) = filled();
    let keys = slot::path(home.path());
    let good = std::fs::read(&keys).unwrap();
    assert!(matches!(Vault::open(&home.path().join("nowhere"), &right()), Err(VaultError::NotAVault)));
    let with = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] ^= byte;
        std::fs::write(&keys, bytes).unwrap();
        Vault::open(home.path(), &right())
    };
    assert!(matches!(with(0, 1), Err(VaultError::NotAVault)));
    assert!(matches!(with(16, 3), Err(VaultError::Version(2))));
    for at in 17..good.len() {
        assert!(damaged(with(at, 1)), "byte {at}");
    }
    for len in 0..good.len() {
        std::fs::write(&keys, &good[..len]).unwrap();
        let error = Vault::open(home.path(), &right()).unwrap_err();
        assert!(matches!(error, VaultError::Damaged(_) | VaultError::NotAVault), "{len} bytes: {error}");
    }
    std::fs::write(&keys, &good).unwrap();
    open(home.path());
}

#[test]
fn stretching_that_would_exhaust_the_machine_is_refused() {
    // VAULT-2
    for stretch in [Stretch { memory_kib: u32::MAX, passes: 1 }, Stretch { memory_kib: 8, passes: u32::MAX }]
    {
        assert!(matches!(Vault::create(home().path(), &right(), stretch), Err(VaultError::Limit(_))));
        assert!(damaged(stretch.apply(&right(), &[0; 16])));
    }
}

#[test]
fn an_altered_row_or_key_is_noticed() {
    // VAULT-5, VAULT-7, VAULT-8
    for table in ["rows", "keys"] {
        for at in ["1", "30", "length(body)"] {
            let (home, ..) = filled();
            // Flips a bit inside: SQLite has no blob arithmetic, so one byte becomes another.
            sql(
                home.path(),
                &format!(
                    "UPDATE {table} SET body = CAST(substr(body, 1, {at} - 1) ||
                        CASE hex(substr(body, {at}, 1)) WHEN '00' THEN x'01' ELSE x'00' END ||
                        substr(body, {at} + 1) AS BLOB)
                     WHERE rowid = 1"
                ),
            );
            let noticed = Vault::open(home.path(), &right()).and_then(|mut vault| vault.load(Space(3)));
            assert!(damaged(noticed), "{table} {at}");
        }
    }
}

#[test]
fn swapped_rows_are_noticed() {
    // VAULT-7, VAULT-8
    let (home, a, b) = filled();
    sql(
        home.path(),
        "CREATE TEMP TABLE t AS SELECT rowid AS r, body FROM rows;
         UPDATE rows SET body = (SELECT body FROM t WHERE r = 3 - rows.rowid)",
    );
    assert!(damaged(Vault::open(home.path(), &right())));
    // The row's own check, apart from the manifest's: a body under another id of the same key does not open.
    let record_key = keys::RecordKey::random().unwrap();
    let body = record::seal(&record_key, &record_key.row_id(&a), &a, b"one").unwrap();
    assert!(record::open(&record_key, &record_key.row_id(&a), &body).is_ok());
    assert!(damaged(record::open(&record_key, &record_key.row_id(&b), &body)));
    let misnamed = record::seal(&record_key, &record_key.row_id(&b), &a, b"one").unwrap();
    assert!(damaged(record::open(&record_key, &record_key.row_id(&b), &misnamed)));
}

#[test]
fn a_row_lost_added_or_put_back_is_noticed() {
    // VAULT-8
    for statement in [
        "DELETE FROM rows WHERE rowid = 1",
        "DELETE FROM keys",
        "INSERT INTO rows (id, body) VALUES (x'00', x'00')",
        "UPDATE head SET manifest = x'00'",
        "UPDATE head SET generation = 2",
        "DELETE FROM head",
    ] {
        let (home, ..) = filled();
        sql(home.path(), statement);
        assert!(damaged(Vault::open(home.path(), &right())), "{statement}");
    }
    let (home, a, _) = filled();
    let before = crashed(home.path());
    let mut vault = open(home.path());
    put(&mut vault, a, "newer");
    drop(vault);
    sql(
        home.path(),
        &format!(
            "ATTACH '{}' AS old; UPDATE rows SET body = (SELECT o.body FROM old.rows o WHERE o.id = rows.id)",
            db::path(before.path()).display()
        ),
    );
    assert!(damaged(Vault::open(home.path(), &right())));
}

#[test]
fn a_file_that_is_no_database_is_damaged() {
    let (home, ..) = filled();
    std::fs::write(db::path(home.path()), vec![7; 8192]).unwrap();
    assert!(damaged(Vault::open(home.path(), &right())));
    std::fs::remove_file(db::path(home.path())).unwrap();
    assert!(matches!(Vault::open(home.path(), &right()), Err(VaultError::NotAVault)));
}

#[test]
fn files_are_the_owners_and_the_database_has_its_settings() {
    // VAULT-11
    let home = home();
    let dir = home.path().join("station");
    let mut vault = create(&dir);
    put(&mut vault, key("a"), "one");
    assert_eq!(std::fs::metadata(&dir).unwrap().permissions().mode() & 0o777, 0o700);
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(&dir).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
        names.insert(entry.file_name().into_string().unwrap());
    }
    assert_eq!(names, ["vault.db", "vault.db-wal", "vault.keys", "vault.lock"].map(String::from).into());
    for (pragma, value) in [("secure_delete", 1), ("temp_store", 2), ("synchronous", 2)] {
        let set: i64 = vault.db.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0)).unwrap();
        assert_eq!(set, value, "{pragma}");
    }
}

#[test]
fn no_file_holds_plaintext_names_or_keys() {
    // VAULT-4, VAULT-6, VAULT-7
    let home = home();
    let mut vault = create(home.path());
    let record =
        Key::new(Space(9), b"CANARY-NAME".to_vec()).in_room(RoomId(*b"CANARY-ROOM-0001")).on_day(0x5ca1_ab1e);
    put(&mut vault, record.clone(), "CANARY-VALUE");
    let State::Open(open) = &vault.state else { panic!("open") };
    let mut needles: Vec<Vec<u8>> = vec![
        b"CANARY".to_vec(),
        b"correct horse".to_vec(),
        0x5ca1_ab1e_u32.to_be_bytes().to_vec(),
        0x5ca1_ab1e_u32.to_le_bytes().to_vec(),
        open.vault_key.0.to_vec(),
        open.vault_key.seal_seed().to_vec(),
        open.stretched.secret.to_vec(),
    ];
    needles.extend(open.keys.values().map(|key| key.records().to_vec()));
    let during = crashed(home.path());
    vault.lock().unwrap();
    put(&mut vault, record, "CANARY-SEALED");
    let locked = crashed(home.path());
    drop(vault);
    for dir in [home.path(), during.path(), locked.path()] {
        for (n, needle) in needles.iter().enumerate() {
            assert!(!found(dir, needle), "needle {n}");
        }
    }
    // The search finds what is there.
    assert!(found(home.path(), b"backchannelvault"));
}

#[test]
fn an_erased_record_leaves_the_files_soon() {
    // VAULT-11
    let home = home();
    let mut vault = create(home.path());
    put(&mut vault, key("old"), "gone");
    let body: Vec<u8> = vault.db.query_row("SELECT body FROM rows", [], |row| row.get(0)).unwrap();
    delete(&mut vault, key("old"));
    for n in 0..SCRUB_COMMITS {
        put(&mut vault, key(&format!("{n}")), "later");
    }
    assert!(!found(crashed(home.path()).path(), &body[..64]));
}

#[test]
fn what_is_too_long_is_refused_before_anything_is_written() {
    let home = home();
    let mut vault = create(home.path());
    let mut batch = Batch::new();
    batch.put(key("fine"), b"fine".to_vec());
    batch.put(Key::new(Space(3), vec![0; 257]), b"long name".to_vec());
    assert!(matches!(vault.commit(&batch), Err(VaultError::Limit(_))));
    let mut batch = Batch::new();
    batch.put(key("long"), vec![0; crate::limits::RECORD_BYTES_MAX + 1]);
    assert!(matches!(vault.commit(&batch), Err(VaultError::Limit(_))));
    assert!(vault.load(Space(3)).unwrap().is_empty());
}

#[test]
fn a_commit_that_was_written_but_reported_failed_is_found_again() {
    let home = home();
    let mut vault = create(home.path());
    put(&mut vault, key("a"), "one");
    let State::Open(open) = &vault.state else { panic!("open") };
    let before = (open.keys.clone(), open.manifest);
    put(&mut vault, key("b").in_room(ROOM), "two");
    let State::Open(open) = &mut vault.state else { panic!("open") };
    open.pretend_unknown(before);
    put(&mut vault, key("b").in_room(ROOM), "two again");
    drop(vault);
    let mut vault = super::open(home.path());
    assert_eq!(text(&mut vault, &key("b").in_room(ROOM)).as_deref(), Some("two again"));
}

#[test]
fn nothing_secret_is_shown() {
    let home = home();
    let vault = create(home.path());
    assert_eq!(format!("{vault:?}"), "Vault(open)");
}
