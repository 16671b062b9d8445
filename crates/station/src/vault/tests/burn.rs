//! Burned is gone, here (P10).

use super::*;

/// A vault with records of two rooms and days and without, and everything that must be unfindable after a burn of
/// `ROOM`'s first day: the row's bytes and its key.
fn filled(dir: &Path) -> (Vault, Vec<Vec<u8>>) {
    let mut vault = create(dir);
    for (room, day) in [(ROOM, 1), (ROOM, 2), (OTHER, 1)] {
        put(&mut vault, key("dispatch").in_room(room).on_day(day), "CANARY dispatch");
    }
    put(&mut vault, key("state").in_room(ROOM), "room state");
    put(&mut vault, key("state"), "state");
    let State::Open(open) = &vault.state else { panic!("open") };
    let scope = Scope { room: Some(ROOM), day: Some(1) };
    let record_key = &open.keys[&scope];
    let row = &db::with_prefix(&vault.db, &record_key.scope_prefix()).unwrap()[0];
    let wrapped: Vec<u8> = vault
        .db
        .query_row("SELECT body FROM keys WHERE id = ?1", [&open.vault_key.key_row_id(scope)[..]], |row| {
            row.get(0)
        })
        .unwrap();
    let old_slot = std::fs::read(slot::path(dir)).unwrap();
    let traces = vec![
        row.id.clone(),
        row.body[..32].to_vec(),
        row.body[100..132].to_vec(),
        wrapped,
        // The old disk secret and the old wrapped vault key.
        old_slot[49..81].to_vec(),
        old_slot[81..153].to_vec(),
    ];
    for trace in &traces {
        assert!(found(dir, trace));
    }
    (vault, traces)
}

fn assert_burned(dir: &Path, traces: &[Vec<u8>]) {
    for (n, trace) in traces.iter().enumerate() {
        assert!(!found(dir, trace), "trace {n} in {:?}", std::fs::read_dir(dir).unwrap().collect::<Vec<_>>());
    }
}

#[test]
fn no_byte_of_a_burned_day_is_left_and_the_rest_is() {
    // VAULT-5, VAULT-12
    let home = home();
    let (mut vault, traces) = filled(home.path());
    let mut survivors = Batch::new();
    survivors.put(key("summary").in_room(ROOM), b"counter 7".to_vec());
    vault.burn_day(ROOM, 1, &survivors).unwrap();
    assert_burned(home.path(), &traces);
    for mut vault in [vault, open_after(home.path())] {
        assert_eq!(text(&mut vault, &key("dispatch").in_room(ROOM).on_day(1)), None);
        assert!(text(&mut vault, &key("dispatch").in_room(ROOM).on_day(2)).is_some());
        assert!(text(&mut vault, &key("dispatch").in_room(OTHER).on_day(1)).is_some());
        assert_eq!(text(&mut vault, &key("state").in_room(ROOM)).as_deref(), Some("room state"));
        assert_eq!(text(&mut vault, &key("state")).as_deref(), Some("state"));
        assert_eq!(text(&mut vault, &key("summary").in_room(ROOM)).as_deref(), Some("counter 7"));
        assert_burned(home.path(), &traces);
    }
}

fn open_after(dir: &Path) -> Vault {
    let copy = crashed(dir);
    Vault::open(&copy.keep(), &right()).unwrap()
}

#[test]
fn a_burned_room_takes_its_state_and_leaves_the_others() {
    // VAULT-12
    let home = home();
    let (mut vault, traces) = filled(home.path());
    vault.burn_room(ROOM, &Batch::new()).unwrap();
    assert_burned(home.path(), &traces);
    assert_eq!(text(&mut vault, &key("state").in_room(ROOM)), None);
    assert_eq!(text(&mut vault, &key("dispatch").in_room(ROOM).on_day(2)), None);
    assert!(text(&mut vault, &key("dispatch").in_room(OTHER).on_day(1)).is_some());
}

#[test]
fn records_written_after_the_burn_of_their_day_get_a_new_key() {
    // VAULT-5
    let home = home();
    let (mut vault, _) = filled(home.path());
    let scope = Scope { room: Some(ROOM), day: Some(1) };
    let record_key = |vault: &Vault| match &vault.state {
        State::Open(open) => open.keys.get(&scope).map(|key| key.records().to_vec()),
        _ => None,
    };
    let before = record_key(&vault);
    vault.burn_day(ROOM, 1, &Batch::new()).unwrap();
    assert_eq!(record_key(&vault), None);
    put(&mut vault, key("later").in_room(ROOM).on_day(1), "later");
    assert!(record_key(&vault).is_some() && record_key(&vault) != before);
    drop(vault);
    assert_eq!(text(&mut open(home.path()), &key("later").in_room(ROOM).on_day(1)).as_deref(), Some("later"));
}

#[test]
fn an_image_from_before_the_burn_does_not_help_with_what_is_left() {
    // VAULT-3, VAULT-12: an old slot in the place of the new one opens nothing.
    let home = home();
    let (mut vault, _) = filled(home.path());
    let old_slot = std::fs::read(slot::path(home.path())).unwrap();
    vault.burn_day(ROOM, 1, &Batch::new()).unwrap();
    drop(vault);
    std::fs::write(slot::path(home.path()), old_slot).unwrap();
    assert!(matches!(Vault::open(home.path(), &right()), Err(VaultError::Damaged(_))));
}

#[test]
fn the_old_slot_is_overwritten_and_not_only_unlinked() {
    // VAULT-3: a second name keeps the old file reachable.
    let (home, elsewhere) = (home(), super::home());
    let (mut vault, _) = filled(home.path());
    let old = elsewhere.path().join("old");
    std::fs::hard_link(slot::path(home.path()), &old).unwrap();
    vault.burn_day(ROOM, 1, &Batch::new()).unwrap();
    let bytes = std::fs::read(&old).unwrap();
    assert!(bytes.len() > 100 && bytes.iter().all(|byte| *byte == 0));
}

/// Runs a burn up to its transaction and no further.
fn cut_after_transaction(vault: &mut Vault, dir: &Path) {
    let State::Open(open) = &mut vault.state else { panic!("open") };
    let scope = Scope { room: Some(ROOM), day: Some(1) };
    let stretched = open.stretched.clone();
    let next = open.rotate(&mut vault.db, dir, stretched, |other| other != scope, &Batch::new()).unwrap();
    vault.state = State::Open(Box::new(next));
}

#[test]
fn a_burn_cut_short_after_its_transaction_is_finished_on_opening() {
    // VAULT-12
    let home = home();
    let (mut vault, traces) = filled(home.path());
    cut_after_transaction(&mut vault, home.path());
    let copy = crashed(home.path());
    let mut again = open(copy.path());
    assert_burned(copy.path(), &traces);
    assert_eq!(text(&mut again, &key("dispatch").in_room(ROOM).on_day(1)), None);
    assert_eq!(text(&mut again, &key("state")).as_deref(), Some("state"));
    assert!(!slot::pending(copy.path()));
}

#[test]
fn a_burn_cut_short_before_its_transaction_did_not_happen() {
    // VAULT-12
    let home = home();
    let (vault, _) = filled(home.path());
    let State::Open(state) = &vault.state else { panic!("open") };
    let next = state.stretched.slot(state.generation + 1, &VaultKey::random().unwrap()).unwrap();
    slot::prepare(home.path(), &next).unwrap();
    for whole in [true, false] {
        let copy = crashed(home.path());
        if !whole {
            let bytes = std::fs::read(slot::next_path(copy.path())).unwrap();
            std::fs::write(slot::next_path(copy.path()), &bytes[..bytes.len() / 2]).unwrap();
        }
        let mut again = open(copy.path());
        assert!(text(&mut again, &key("dispatch").in_room(ROOM).on_day(1)).is_some());
        assert!(!slot::pending(copy.path()));
    }
}

#[test]
fn a_burn_that_failed_leaves_a_vault_that_must_be_opened_again() {
    let home = home();
    let (mut vault, _) = filled(home.path());
    vault.db.execute_batch("PRAGMA query_only = ON").unwrap();
    assert!(vault.burn_day(ROOM, 1, &Batch::new()).is_err());
    assert!(matches!(vault.get(&key("state")), Err(VaultError::Unfinished)));
    let mut batch = Batch::new();
    batch.delete(key("state"));
    assert!(matches!(vault.commit(&batch), Err(VaultError::Unfinished)));
    drop(vault);
    assert!(text(&mut open(home.path()), &key("dispatch").in_room(ROOM).on_day(1)).is_some());
}

#[test]
fn burning_everything_works_on_a_locked_vault_and_leaves_no_file() {
    // VAULT-12
    let home = home();
    let (mut vault, _) = filled(home.path());
    vault.lock().unwrap();
    vault.burn_all().unwrap();
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    assert!(!Vault::exists(home.path()));
}

#[test]
fn what_was_sealed_before_a_burn_is_sealed_to_a_key_that_is_gone_after() {
    // VAULT-9, VAULT-12: remnants of sealed entries must not outlive the burn either.
    let home = home();
    let (mut vault, _) = filled(home.path());
    let seed = |vault: &Vault| match &vault.state {
        State::Open(open) => Zeroizing::new(open.vault_key.seal_seed().to_vec()),
        _ => panic!("open"),
    };
    let before = seed(&vault);
    vault.burn_day(ROOM, 1, &Batch::new()).unwrap();
    assert!(seed(&vault) != before);
}
