//! Locked and unlocked.

use super::*;

#[test]
fn a_locked_vault_takes_and_does_not_show() {
    // VAULT-14
    let home = home();
    let mut vault = create(home.path());
    put(&mut vault, key("a"), "one");
    vault.lock().unwrap();
    vault.lock().unwrap();
    assert!(vault.is_locked());
    assert!(matches!(vault.get(&key("a")), Err(VaultError::Locked)));
    assert!(matches!(vault.load(Space(3)), Err(VaultError::Locked)));
    assert!(matches!(vault.burn_room(ROOM, &Batch::new()), Err(VaultError::Locked)));
    assert!(matches!(vault.change_passphrase(&right(), &right()), Err(VaultError::Locked)));
    put(&mut vault, key("b").in_room(ROOM).on_day(2), "two");
    assert!(matches!(vault.unlock(&passphrase("wrong")), Err(VaultError::WrongPassphrase)));
    assert!(vault.is_locked());
    vault.unlock(&right()).unwrap();
    assert_eq!(text(&mut vault, &key("a")).as_deref(), Some("one"));
    assert_eq!(text(&mut vault, &key("b").in_room(ROOM).on_day(2)).as_deref(), Some("two"));
}

#[test]
fn changes_made_while_locked_replay_in_order() {
    // VAULT-9
    let home = home();
    let mut vault = create(home.path());
    put(&mut vault, key("erased"), "before");
    put(&mut vault, key("rewritten"), "before");
    vault.lock().unwrap();
    delete(&mut vault, key("erased"));
    delete(&mut vault, key("rewritten"));
    put(&mut vault, key("rewritten"), "first");
    put(&mut vault, key("rewritten"), "second");
    put(&mut vault, key("fleeting"), "third");
    delete(&mut vault, key("fleeting"));
    let entries: i64 = vault.db.query_row("SELECT count(*) FROM sealed", [], |row| row.get(0)).unwrap();
    assert_eq!(entries, 3, "one for each record");
    vault.unlock(&right()).unwrap();
    let held: Vec<_> =
        vault.load(Space(3)).unwrap().into_iter().map(|(key, value)| (key, value.to_vec())).collect();
    assert_eq!(held, [(key("rewritten"), b"second".to_vec())]);
    let left: i64 = vault.db.query_row("SELECT count(*) FROM sealed", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}

#[test]
fn a_crash_while_locked_loses_nothing() {
    // VAULT-10
    let home = home();
    let mut vault = create(home.path());
    put(&mut vault, key("a"), "one");
    vault.lock().unwrap();
    let empty = crashed(home.path());
    put(&mut vault, key("b"), "two");
    let copy = crashed(home.path());
    assert_eq!(text(&mut open(empty.path()), &key("a")).as_deref(), Some("one"));
    let mut again = open(copy.path());
    assert!(!again.is_locked());
    assert_eq!(text(&mut again, &key("b")).as_deref(), Some("two"));
    // And the folding is durable.
    drop(again);
    assert_eq!(text(&mut open(copy.path()), &key("b")).as_deref(), Some("two"));
}

#[test]
fn a_hand_in_the_sealed_entries_is_noticed() {
    // VAULT-9, VAULT-10
    for statement in [
        "DELETE FROM sealed WHERE seq = 1",
        "DELETE FROM sealed; UPDATE head SET sealed = NULL",
        "UPDATE head SET sealed = NULL",
        "UPDATE head SET sealed = x'00'",
        "UPDATE head SET sealed = CAST(x'00000000000000000000000000000000' || substr(sealed, 17) AS BLOB)",
        "UPDATE sealed SET body = CAST(x'00' || substr(body, 2) AS BLOB) WHERE seq = 1 AND substr(body, 1, 1) <> x'00';
         UPDATE sealed SET body = CAST(x'01' || substr(body, 2) AS BLOB) WHERE seq = 2 AND substr(body, 1, 1) <> x'01'",
        "UPDATE sealed SET body = CAST(substr(body, 1, 100) || x'000000' || substr(body, 104) AS BLOB) WHERE seq = 1",
        "UPDATE sealed SET id = CAST(x'00' || substr(id, 2) AS BLOB) WHERE seq = 1",
        "INSERT INTO sealed (id, body) VALUES (x'00', x'00')",
    ] {
        let home = home();
        let mut vault = create(home.path());
        vault.lock().unwrap();
        put(&mut vault, key("a"), "one");
        put(&mut vault, key("b"), "two");
        drop(vault);
        Connection::open(db::path(home.path())).unwrap().execute_batch(statement).unwrap();
        let result = Vault::open(home.path(), &right());
        assert!(matches!(result, Err(VaultError::Damaged(_))), "{statement}");
    }
}

#[test]
fn a_session_put_back_to_an_earlier_state_is_noticed_by_the_process_that_ran_it() {
    // VAULT-10
    let home = home();
    let mut vault = create(home.path());
    vault.lock().unwrap();
    put(&mut vault, key("a"), "one");
    let (_, head) = db::head(&vault.db).unwrap();
    put(&mut vault, key("b"), "two");
    vault.db.execute("DELETE FROM sealed WHERE seq = 2", []).unwrap();
    vault.db.execute("UPDATE head SET sealed = ?1", [head]).unwrap();
    assert!(matches!(vault.unlock(&right()), Err(VaultError::Damaged(_))));
}

#[test]
fn what_a_locked_process_holds_does_not_open_what_it_sealed() {
    // VAULT-9: the session's secret alone is not enough; the private key comes from the vault key.
    let home = home();
    let mut vault = create(home.path());
    vault.lock().unwrap();
    put(&mut vault, key("a"), "one");
    let State::Locked(session) = &vault.state else { panic!("locked") };
    let row = db::sealed(&vault.db, 1).unwrap();
    assert!(!session.opens_with(&VaultKey::random().unwrap(), &row));
    vault.unlock(&right()).unwrap();
    assert_eq!(text(&mut vault, &key("a")).as_deref(), Some("one"));
}

#[test]
fn a_locked_commit_that_was_written_but_reported_failed_is_found_again() {
    let home = home();
    let mut vault = create(home.path());
    vault.lock().unwrap();
    put(&mut vault, key("a"), "one");
    let State::Locked(session) = &mut vault.state else { panic!("locked") };
    session.pretend_unknown();
    put(&mut vault, key("b"), "two");
    vault.unlock(&right()).unwrap();
    assert_eq!(vault.load(Space(3)).unwrap().len(), 2);
}

#[test]
fn a_changed_passphrase_replaces_the_old_one() {
    // VAULT-3
    let home = home();
    let mut vault = create(home.path());
    put(&mut vault, key("a"), "one");
    let new = passphrase("battery staple");
    assert!(matches!(vault.change_passphrase(&new, &new), Err(VaultError::WrongPassphrase)));
    vault.change_passphrase(&right(), &new).unwrap();
    assert_eq!(text(&mut vault, &key("a")).as_deref(), Some("one"));
    vault.lock().unwrap();
    assert!(matches!(vault.unlock(&right()), Err(VaultError::WrongPassphrase)));
    vault.unlock(&new).unwrap();
    drop(vault);
    assert!(matches!(Vault::open(home.path(), &right()), Err(VaultError::WrongPassphrase)));
    assert_eq!(text(&mut Vault::open(home.path(), &new).unwrap(), &key("a")).as_deref(), Some("one"));
}
