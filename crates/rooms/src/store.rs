//! A room's state: rows in memory, changed by whole operations, handed to the vault as batches.
//!
//! OpenMLS writes in the middle of its operations. The store therefore keeps, for the operation under way, every row's
//! value from before it: a failed operation is undone as if it had never begun, and a finished one adds its rows to the
//! batch that the vault must make durable before any of its results leave the station.

use backchannel_wire::tagged::{self, Tag};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

const KEY: Tag = Tag("backchannel rooms row v1");

/// The name of a row: a hash, so that names show nothing.
pub type RowKey = [u8; 32];
/// The content of a row.
pub type Row = Zeroizing<Vec<u8>>;
/// Rows to write, or to delete where there is no value.
pub type Changes = Vec<(RowKey, Option<Row>)>;

/// Why a row could not be read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StoreError {
    /// The row is not what was written.
    #[error("a stored row is damaged")]
    Damaged,
    /// OpenMLS asked to store something the rooms never use.
    #[error("rooms do not store this")]
    Unused,
}

/// The rows of one room or newcomer.
#[derive(Default)]
pub(crate) struct Store {
    rows: RefCell<BTreeMap<RowKey, Row>>,
    before: RefCell<BTreeMap<RowKey, Option<Row>>>,
    changed: RefCell<BTreeSet<RowKey>>,
}

impl Store {
    /// A store that holds the given rows, none of them changed.
    pub(crate) fn loaded(rows: impl IntoIterator<Item = (RowKey, Row)>) -> Self {
        Self { rows: RefCell::new(rows.into_iter().collect()), ..Self::default() }
    }

    /// All rows.
    pub(crate) fn rows(&self) -> Vec<(RowKey, Row)> {
        self.rows.borrow().iter().map(|(key, row)| (*key, row.clone())).collect()
    }

    /// Makes the operation under way final.
    pub(crate) fn keep(&self) {
        self.changed.borrow_mut().extend(std::mem::take(&mut *self.before.borrow_mut()).into_keys());
    }

    /// Undoes the operation under way; whether there was anything to undo.
    pub(crate) fn undo(&self) -> bool {
        let before = std::mem::take(&mut *self.before.borrow_mut());
        let any = !before.is_empty();
        let mut rows = self.rows.borrow_mut();
        for (key, row) in before {
            match row {
                Some(row) => rows.insert(key, row),
                None => rows.remove(&key),
            };
        }
        any
    }

    /// The rows changed by finished operations since the last call.
    pub(crate) fn take_changes(&self) -> Changes {
        let changed = std::mem::take(&mut *self.changed.borrow_mut());
        let rows = self.rows.borrow();
        changed.into_iter().map(|key| (key, rows.get(&key).cloned())).collect()
    }

    /// Counts every row as changed: the vault has none of them yet.
    pub(crate) fn mark_all_changed(&self) {
        self.changed.borrow_mut().extend(self.rows.borrow().keys().copied());
    }

    /// Deletes every row.
    pub(crate) fn wipe(&self) {
        let keys: Vec<RowKey> = self.rows.borrow().keys().copied().collect();
        keys.into_iter().for_each(|key| self.put(key, None));
    }

    fn put(&self, key: RowKey, row: Option<Row>) {
        let mut rows = self.rows.borrow_mut();
        let old = match row {
            Some(row) => rows.insert(key, row),
            None => rows.remove(&key),
        };
        self.before.borrow_mut().entry(key).or_insert(old);
    }

    /// Writes a value under a kind and a key.
    pub(crate) fn write(
        &self,
        kind: &str,
        key: &impl Serialize,
        value: &impl Serialize,
    ) -> Result<(), StoreError> {
        self.write_row(kind, key, encode(value)?)
    }

    /// Writes what is encoded already.
    pub(crate) fn write_row(&self, kind: &str, key: &impl Serialize, row: Row) -> Result<(), StoreError> {
        self.put(row_key(kind, key)?, Some(row));
        Ok(())
    }

    /// Reads what was written under a kind and a key.
    pub(crate) fn read<T: DeserializeOwned>(
        &self,
        kind: &str,
        key: &impl Serialize,
    ) -> Result<Option<T>, StoreError> {
        let rows = self.rows.borrow();
        rows.get(&row_key(kind, key)?).map(|row| decode(row)).transpose()
    }

    /// Deletes what was written under a kind and a key.
    pub(crate) fn delete(&self, kind: &str, key: &impl Serialize) -> Result<(), StoreError> {
        self.put(row_key(kind, key)?, None);
        Ok(())
    }
}

fn row_key(kind: &str, key: &impl Serialize) -> Result<RowKey, StoreError> {
    Ok(tagged::hash(KEY, &[kind.as_bytes(), encode(key)?.as_slice()]))
}

/// Reads a value; the bytes come from our own storage.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, StoreError> {
    minicbor_serde::from_slice(bytes).map_err(|_| StoreError::Damaged)
}

/// Writes a value without leaving copies behind in freed memory.
pub(crate) fn encode(value: &impl Serialize) -> Result<Row, StoreError> {
    let mut serializer = minicbor_serde::Serializer::new(Wiping::default());
    value.serialize(&mut serializer).map_err(|_| StoreError::Damaged)?;
    Ok(serializer.into_encoder().into_writer().0)
}

/// A buffer that overwrites what it held when it grows.
#[derive(Default)]
struct Wiping(Row);

impl minicbor::encode::Write for Wiping {
    type Error = std::convert::Infallible;

    fn write_all(&mut self, bytes: &[u8]) -> Result<(), Self::Error> {
        let needed = self.0.len() + bytes.len();
        if needed > self.0.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity(needed.max(self.0.capacity() * 2).max(256)));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}

/// Encodes rows as one blob, for a newcomer or an exported room.
pub(crate) fn to_blob(version: u8, rows: &[(RowKey, Row)]) -> Row {
    let total = 1 + rows.iter().map(|(key, row)| key.len() + 4 + row.len()).sum::<usize>();
    let mut out = Zeroizing::new(Vec::with_capacity(total));
    out.push(version);
    for (key, row) in rows {
        out.extend_from_slice(key);
        out.extend_from_slice(&(row.len() as u32).to_be_bytes());
        out.extend_from_slice(row);
    }
    out
}

/// Reads what [`to_blob`] wrote.
pub(crate) fn from_blob(version: u8, blob: &[u8]) -> Option<Vec<(RowKey, Row)>> {
    let (first, mut rest) = blob.split_first()?;
    if *first != version {
        return None;
    }
    let mut rows = Vec::new();
    while !rest.is_empty() {
        let (key, after) = rest.split_first_chunk::<32>()?;
        let (length, after) = after.split_first_chunk::<4>()?;
        let (row, after) = after.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        rows.push((*key, Zeroizing::new(row.to_vec())));
        rest = after;
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undone_operation_leaves_no_trace() {
        let store = Store::default();
        store.write("a", &1, &"first").unwrap();
        store.keep();
        assert_eq!(store.take_changes().len(), 1);
        store.write("a", &1, &"second").unwrap();
        store.write("b", &1, &"other").unwrap();
        store.delete("a", &1).unwrap();
        assert!(store.undo());
        assert_eq!(store.read::<String>("a", &1).unwrap().as_deref(), Some("first"));
        assert_eq!(store.read::<String>("b", &1).unwrap(), None);
        assert!(store.take_changes().is_empty());
    }

    #[test]
    fn a_batch_holds_the_last_value_and_deletions() {
        let store = Store::default();
        store.write("a", &1, &"x").unwrap();
        store.write("b", &1, &"y").unwrap();
        store.delete("b", &1).unwrap();
        store.keep();
        let changes = store.take_changes();
        assert_eq!(changes.iter().filter(|(_, row)| row.is_none()).count(), 1);
        assert_eq!(changes.len(), 2);
    }

    #[test]
    fn a_blob_reads_back_and_a_cut_one_is_refused() {
        let rows = vec![([1; 32], Zeroizing::new(vec![1, 2, 3])), ([2; 32], Zeroizing::new(vec![]))];
        let blob = to_blob(1, &rows);
        assert_eq!(from_blob(1, &blob), Some(rows));
        assert_eq!(from_blob(2, &blob), None);
        assert_eq!(from_blob(1, &blob[..blob.len() - 1]), None);
        assert_eq!(from_blob(1, &[]), None);
    }
}
