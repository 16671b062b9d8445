//! What the machine asks to be made durable: records under keys, gathered into one atomic batch.
//!
//! The machine yields a [`Batch`] with its effects; nothing of those effects may leave the station before the batch is
//! committed (P9). The vault is one store of batches; tests use a map.

use backchannel_wire::RoomId;
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// A kind of record. The machine names its spaces as constants; a store gives them no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Space(pub u8);

/// The contents of a record. Wiped when dropped.
pub type Value = Zeroizing<Vec<u8>>;

/// The name of one record.
///
/// `room` and `day` decide which encryption key the vault uses, and so what a burn destroys: a record that belongs to
/// a day (days since 1970-01-01 UTC) goes with that day, a record of a room without a day only with the room.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The kind of record.
    pub space: Space,
    /// The room it belongs to, if any.
    pub room: Option<RoomId>,
    /// The day it belongs to, in days since 1970-01-01 UTC, if any.
    pub day: Option<u32>,
    /// The name within the space, room and day; at most [`crate::limits::ID_BYTES_MAX`] bytes.
    pub id: Vec<u8>,
}

impl Key {
    /// A record that belongs to no room and no day.
    pub fn new(space: Space, id: impl Into<Vec<u8>>) -> Self {
        Self { space, room: None, day: None, id: id.into() }
    }

    /// The same record, belonging to `room`.
    pub fn in_room(self, room: RoomId) -> Self {
        Self { room: Some(room), ..self }
    }

    /// The same record, belonging to the day `day` (days since 1970-01-01 UTC).
    pub fn on_day(self, day: u32) -> Self {
        Self { day: Some(day), ..self }
    }
}

impl fmt::Debug for Key {
    /// Shows the kind only: the room, the day and the name tell who spoke when.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}, ..)", self.space.0)
    }
}

/// Changes that become durable together or not at all. For each key the last change asked for is the one that counts.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Batch {
    changes: BTreeMap<Key, Option<Value>>,
}

impl Batch {
    /// A batch without changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a record, replacing what it held.
    pub fn put(&mut self, key: Key, value: impl Into<Value>) {
        self.changes.insert(key, Some(value.into()));
    }

    /// Erases a record; one that does not exist is no error.
    pub fn delete(&mut self, key: Key) {
        self.changes.insert(key, None);
    }

    /// Adds the changes of a later batch; where both change a key, the later counts.
    pub fn extend(&mut self, later: Batch) {
        self.changes.extend(later.changes);
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many records the batch changes.
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    /// Every change in key order: a key with its new value, or with nothing if it is erased.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, Option<&Value>)> {
        self.changes.iter().map(|(key, value)| (key, value.as_ref()))
    }

    /// The records written, in key order.
    pub fn puts(&self) -> impl Iterator<Item = (&Key, &Value)> {
        self.iter().filter_map(|(key, value)| value.map(|value| (key, value)))
    }

    /// The records erased, in key order.
    pub fn deletes(&self) -> impl Iterator<Item = &Key> {
        self.iter().filter(|(_, value)| value.is_none()).map(|(key, _)| key)
    }
}

impl fmt::Debug for Batch {
    /// Shows counts only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Batch({} puts, {} deletes)", self.puts().count(), self.deletes().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_change_of_a_key_counts_within_and_across_batches() {
        let key = |id: &[u8]| Key::new(Space(1), id);
        let mut first = Batch::new();
        first.put(key(b"a"), b"old".to_vec());
        first.put(key(b"a"), b"new".to_vec());
        first.delete(key(b"b"));
        let mut later = Batch::new();
        later.put(key(b"b"), b"back".to_vec());
        later.delete(key(b"a"));
        first.extend(later);
        assert_eq!(
            first.puts().map(|(key, value)| (&key.id[..], &value[..])).collect::<Vec<_>>(),
            [(&b"b"[..], &b"back"[..])]
        );
        assert_eq!(first.deletes().collect::<Vec<_>>(), [&key(b"a")]);
        assert_eq!(first.len(), 2);
    }

    #[test]
    fn debug_shows_no_name_and_no_value() {
        let mut batch = Batch::new();
        let key = Key::new(Space(7), b"CANARY-ID".to_vec()).in_room(RoomId([0x5a; 16])).on_day(20_000);
        batch.put(key.clone(), b"CANARY-VALUE".to_vec());
        assert_eq!(format!("{batch:?} {key:?}"), "Batch(1 puts, 0 deletes) Key(7, ..)");
    }
}
