//! What is stored after a change holds no secret from before it.

use super::*;
use crate::store::{Row, RowKey};
use minicbor::data::Type;
use minicbor::decode::Decoder;
use std::collections::BTreeSet;

/// Every byte string of 16 bytes or more in a stored room, whether written as bytes or as a list of numbers.
fn strings(rows: &[(RowKey, Row)]) -> BTreeSet<Vec<u8>> {
    let mut found = BTreeSet::new();
    rows.iter().for_each(|(_, row)| collect(&mut Decoder::new(row), &mut found));
    found.retain(|string| string.len() >= 16);
    found
}

fn collect(decoder: &mut Decoder<'_>, found: &mut BTreeSet<Vec<u8>>) {
    match decoder.datatype().unwrap() {
        Type::Array | Type::ArrayIndef => {
            let mut probe = decoder.probe();
            if let Ok(numbers) = probe.decode::<Vec<u8>>() {
                found.insert(numbers);
            }
            each(decoder.array().unwrap(), 1, decoder, found);
        }
        Type::Map | Type::MapIndef => each(decoder.map().unwrap(), 2, decoder, found),
        Type::Bytes => {
            found.insert(decoder.bytes().unwrap().to_vec());
        }
        _ => decoder.skip().unwrap(),
    }
}

fn each(count: Option<u64>, items: u64, decoder: &mut Decoder<'_>, found: &mut BTreeSet<Vec<u8>>) {
    match count {
        Some(count) => (0..count * items).for_each(|_| collect(decoder, found)),
        None => {
            while decoder.datatype().unwrap() != Type::Break {
                collect(decoder, found);
            }
            decoder.skip().unwrap();
        }
    }
}

/// What every member's key package and welcome show: no secrets.
fn public(member: &RoomGroup) -> BTreeSet<Vec<u8>> {
    let tree = minicbor_serde::to_vec(member.open().unwrap().treesync()).unwrap();
    let mut public = BTreeSet::from([ROOM.0.to_vec()]);
    collect(&mut Decoder::new(&tree), &mut public);
    public
}

#[test]
fn nothing_secret_of_the_old_epoch_is_stored_after_an_update() {
    // ROOM-15
    let mut rng = rng();
    let (mut first, mut second) = pair(&mut rng);
    let said = second.encrypt(b"one", &mut rng).unwrap();
    first.receive(&said).unwrap();
    let identity: BTreeSet<_> = [first.signer.secret().to_vec()].into();
    let (before, shared) = (strings(&first.store.rows()), public(&first));
    assert!(before.len() > 12, "the search found {} strings", before.len());

    let staged = first.stage(&Change::Update, b"", &mut rng, NOW).unwrap();
    apply(&mut second, &staged.commit);
    first.apply_staged().unwrap();
    let after = strings(&first.store.rows());
    let kept: Vec<_> = after.intersection(&before).filter(|string| !shared.contains(*string)).collect();
    let kept: Vec<_> = kept.into_iter().filter(|string| !identity.contains(*string)).collect();
    assert!(kept.is_empty(), "{} strings are stored still", kept.len());
}

#[test]
fn a_dropped_change_leaves_no_secret_of_its_epoch() {
    // ROOM-15
    let mut rng = rng();
    let (mut first, mut second) = pair(&mut rng);
    let before = first.store.rows();
    first.stage(&Change::Update, b"", &mut rng, NOW).unwrap();
    let staged = strings(&first.store.rows());
    let others = second.stage(&Change::Update, b"", &mut rng, NOW).unwrap();
    apply(&mut first, &others.commit);
    let after = strings(&first.store.rows());
    let fresh: BTreeSet<_> = staged.difference(&strings(&before)).cloned().collect();
    assert!(fresh.len() > 5);
    assert_eq!(fresh.intersection(&after).count(), 0);
}

#[test]
fn a_removed_station_holds_nothing() {
    // ROOM-15
    let mut rng = rng();
    let (mut first, mut second) = pair(&mut rng);
    second.take_changes();
    let held = second.store.rows().len();
    let staged = first.stage(&Change::Remove { seat: seat(1) }, b"", &mut rng, NOW).unwrap();
    apply(&mut second, &staged.commit);
    assert!(second.store.rows().is_empty());
    let changes = second.take_changes();
    assert!(changes.len() >= held && changes.iter().all(|(_, row)| row.is_none()));
}
