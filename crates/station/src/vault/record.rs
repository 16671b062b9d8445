//! One record as one row: its key and value, padded and encrypted.

use super::VaultError;
use super::aead;
use super::keys::{RecordKey, Scope};
use crate::limits::{ID_BYTES_MAX, RECORD_BYTES_MAX, RECORD_PAD_BYTES};
use crate::store::{Key, Space, Value};
use zeroize::Zeroizing;

/// Bytes of a record's plaintext before its id: scope, space, lengths of id and value.
const HEADER_BYTES: usize = Scope::BYTES + 1 + 2 + 4;

/// Whether a change keeps the limits; checked before anything is written.
pub(super) fn check(key: &Key, value: Option<&Value>) -> Result<(), VaultError> {
    if key.id.len() > ID_BYTES_MAX {
        return Err(VaultError::Limit("the name of a record is too long"));
    }
    if value.is_some_and(|value| value.len() > RECORD_BYTES_MAX) {
        return Err(VaultError::Limit("a record is too long"));
    }
    Ok(())
}

/// The plaintext of a record: everything of its key, the value, zeros to a multiple of the padding (VAULT-7).
pub(super) fn encode(key: &Key, value: &[u8]) -> Zeroizing<Vec<u8>> {
    let used = HEADER_BYTES + key.id.len() + value.len();
    let padded = used.next_multiple_of(RECORD_PAD_BYTES);
    let mut plain = Zeroizing::new(Vec::with_capacity(padded));
    plain.extend_from_slice(&Scope::of(key).to_bytes());
    plain.push(key.space.0);
    plain.extend_from_slice(&(key.id.len() as u16).to_be_bytes());
    plain.extend_from_slice(&(value.len() as u32).to_be_bytes());
    plain.extend_from_slice(&key.id);
    plain.extend_from_slice(value);
    plain.resize(padded, 0);
    plain
}

/// Reads what [`encode`] wrote; nothing if it is anything else.
pub(super) fn decode(plain: &[u8]) -> Option<(Key, Value)> {
    let (header, rest) = plain.split_at_checked(HEADER_BYTES)?;
    let (scope, lengths) = header.split_at_checked(Scope::BYTES)?;
    let &[space, i0, i1, v0, v1, v2, v3] = lengths else { return None };
    let (id, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes([i0, i1])))?;
    let (value, zeros) = rest.split_at_checked(u32::from_be_bytes([v0, v1, v2, v3]) as usize)?;
    let Scope { room, day } = Scope::from_bytes(scope)?;
    if zeros.len() >= RECORD_PAD_BYTES || zeros.iter().any(|byte| *byte != 0) {
        return None;
    }
    Some((Key { space: Space(space), room, day, id: id.to_vec() }, Zeroizing::new(value.to_vec())))
}

/// Encrypts a record for its row: the row's id is the associated data (VAULT-7).
pub(super) fn seal(
    record_key: &RecordKey,
    id: &[u8],
    key: &Key,
    value: &[u8],
) -> Result<Vec<u8>, VaultError> {
    aead::seal(&record_key.records(), id, &encode(key, value))
}

/// Decrypts a row, and refuses one whose contents name another row (VAULT-7).
pub(super) fn open(record_key: &RecordKey, id: &[u8], body: &[u8]) -> Result<(Key, Value), VaultError> {
    aead::open(&record_key.records(), id, body)
        .and_then(|plain| decode(&plain))
        .filter(|(key, _)| record_key.row_id(key) == id)
        .ok_or(VaultError::Damaged("a record does not open (VAULT-7)"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use backchannel_wire::RoomId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_encoded_decodes_and_any_cut_does_not_panic(
            space: u8, room: Option<[u8; 16]>, day: Option<u32>,
            id in proptest::collection::vec(any::<u8>(), 0..ID_BYTES_MAX),
            value in proptest::collection::vec(any::<u8>(), 0..600),
            cut: prop::sample::Index,
        ) {
            let key = Key { space: Space(space), room: room.map(RoomId), day, id };
            let plain = encode(&key, &value);
            prop_assert_eq!(plain.len() % RECORD_PAD_BYTES, 0);
            prop_assert_eq!(decode(&plain), Some((key, value.into())));
            let _ = decode(&plain[..cut.index(plain.len())]);
        }

        #[test]
        fn hostile_plaintext_does_not_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = decode(&bytes);
        }
    }
}
