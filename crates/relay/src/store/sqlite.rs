//! The default store: one SQLite file, durable before anything leaves (WAL, synchronous=FULL).

mod read;

use super::{Store, StoreError};
use crate::model::{Batch, Chunk, Link, LinkBody, Mailbox, Op, RoomRow, Snapshot, Waiting};
use backchannel_wire::chain::{Position, SealedBeat};
use backchannel_wire::limits::CELL_BYTES;
use backchannel_wire::lobby::{Blob, SeatKeys};
use backchannel_wire::{Beat, RoomId, SeatNo};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::path::Path;

/// Grows by one with each change of the schema.
const SCHEMA_VERSION: i64 = 1;
const KIND_START: u8 = 0;
const KIND_EMPTY: u8 = 1;
const KIND_BEAT: u8 = 2;

/// Keeps everything in one file.
pub struct SqliteStore {
    connection: Connection,
}

impl SqliteStore {
    /// Opens the file, or makes it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.set_prepared_statement_cache_capacity(32);
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version > SCHEMA_VERSION {
            return Err(StoreError::Unreadable("a schema"));
        }
        connection.execute_batch(include_str!("schema.sql"))?;
        connection.pragma_update(None, "user_version", SCHEMA_VERSION)?;
        Ok(Self { connection })
    }
}

impl Store for SqliteStore {
    fn load(&mut self) -> Result<Snapshot, StoreError> {
        read::snapshot(&self.connection)
    }

    fn apply(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for op in &batch.ops {
            apply_op(&transaction, op)?;
        }
        Ok(transaction.commit()?)
    }

    fn links(&mut self, room: &RoomId, from: &Position, bytes_max: usize) -> Result<Chunk, StoreError> {
        read::links(&self.connection, room, from, bytes_max)
    }

    fn blob(&mut self, room: &RoomId, seat: SeatNo, mailbox: Mailbox) -> Result<Option<Blob>, StoreError> {
        let id = room_id(&self.connection, room)?;
        let bytes: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT blob FROM lobby WHERE room = ? AND seat = ? AND mailbox = ?")?
            .query_row(params![id, seat.get(), mailbox as u8], |row| row.get(0))
            .optional()?;
        bytes.map(|bytes| Blob::new(bytes).ok_or(StoreError::Unreadable("a lobby blob"))).transpose()
    }

    fn roll_back(&mut self, beats: u64) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for row in read::snapshot(&transaction)?.rooms {
            roll_back_room(&transaction, &row, beats)?;
        }
        Ok(transaction.commit()?)
    }
}

fn apply_op(db: &Transaction<'_>, op: &Op) -> Result<(), StoreError> {
    match op {
        Op::Create { channel, rooms } => {
            let shape = channel.plan.shape();
            db.prepare_cached(
                "INSERT INTO channels (channel, t0, beat_ms, frame_rooms, down_cells) VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![
                channel.channel.0,
                number(channel.t0.0)?,
                channel.plan.beat_ms(),
                shape.rooms(),
                shape.down_cells()
            ])?;
            rooms.iter().try_for_each(|room| insert_room(db, room))
        }
        Op::Append { room, links, position, segment_first, cursors } => {
            let id = room_id(db, room)?;
            links.iter().try_for_each(|link| insert_link(db, id, link))?;
            db.prepare_cached(
                "UPDATE rooms SET segment = ?, next = ?, head = ?, segment_first = ?, cursors = ? WHERE id = ?",
            )?
            .execute(params![
                position.segment,
                number(position.next.0)?,
                position.head.0,
                number(segment_first.0)?,
                cursors_blob(cursors),
                id
            ])?;
            Ok(())
        }
        Op::Prune { room, below } => prune(db, room_id(db, room)?, *below),
        Op::ReplaceKeys { room, seat, keys } => replace_keys(db, room_id(db, room)?, *seat, keys),
        Op::PutBlob { room, waiting, blob } => put_blob(db, room_id(db, room)?, waiting, blob),
        Op::DropBlob { room, seat, mailbox } => {
            db.prepare_cached("DELETE FROM lobby WHERE room = ? AND seat = ? AND mailbox = ?")?
                .execute(params![room_id(db, room)?, seat.get(), *mailbox as u8])?;
            Ok(())
        }
    }
}

fn room_id(db: &Connection, room: &RoomId) -> Result<i64, StoreError> {
    db.prepare_cached("SELECT id FROM rooms WHERE room = ?")?
        .query_row([room.0], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::Missing)
}

fn insert_room(db: &Connection, row: &RoomRow) -> Result<(), StoreError> {
    let (position, next) = (&row.position, number(row.position.next.0)?);
    db.prepare_cached(
        "INSERT INTO rooms (room, channel, capacity, segment, next, head, segment_first, cursors,
            base_segment, base_next, base_head) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        row.chain.room.0,
        row.chain.channel.0,
        row.chain.capacity(),
        position.segment,
        next,
        position.head.0,
        number(row.segment_first.0)?,
        cursors_blob(&row.cursors),
        position.segment,
        next,
        position.head.0
    ])?;
    let id = db.last_insert_rowid();
    for (seat, keys) in row.seats.iter().enumerate() {
        db.prepare_cached("INSERT INTO seats (room, seat, token, revoker, head_mac) VALUES (?, ?, ?, ?, ?)")?
            .execute(params![id, seat, keys.token.0, keys.revoker.0, keys.head_mac.expose()])?;
    }
    Ok(())
}

fn insert_link(db: &Connection, room: i64, link: &Link) -> Result<(), StoreError> {
    let (kind, sealed_at, cells) = match &link.body {
        LinkBody::SegmentStart => (KIND_START, 0, None),
        LinkBody::EmptyRun { sealed_at } => (KIND_EMPTY, number(sealed_at.0)?, None),
        LinkBody::Beat(sealed) => (KIND_BEAT, number(sealed.sealed_at.0)?, Some(cells_blob(sealed))),
    };
    db.prepare_cached(
        "INSERT INTO links (room, segment, first, last, kind, sealed_at, head, cells) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        room,
        link.segment,
        number(link.first.0)?,
        number(link.last.0)?,
        kind,
        sealed_at,
        link.head.0,
        cells
    ])?;
    Ok(())
}

fn prune(db: &Connection, room: i64, below: Beat) -> Result<(), StoreError> {
    let below = number(below.0)?;
    let last = db
        .prepare_cached("SELECT segment, last, kind, head FROM links WHERE room = ? AND last < ? ORDER BY last DESC, id DESC LIMIT 1")?
        .query_row(params![room, below], |row| {
            let after = i64::from(row.get::<_, u8>(2)? != KIND_START);
            Ok((row.get::<_, u32>(0)?, row.get::<_, i64>(1)? + after, row.get::<_, Vec<u8>>(3)?))
        })
        .optional()?;
    let Some((segment, next, head)) = last else { return Ok(()) };
    db.prepare_cached("UPDATE rooms SET base_segment = ?, base_next = ?, base_head = ? WHERE id = ?")?
        .execute(params![segment, next, head, room])?;
    db.prepare_cached("DELETE FROM links WHERE room = ? AND last < ?")?.execute(params![room, below])?;
    Ok(())
}

fn replace_keys(db: &Connection, room: i64, seat: SeatNo, keys: &SeatKeys) -> Result<(), StoreError> {
    let changed = db
        .prepare_cached("UPDATE seats SET token = ?, revoker = ?, head_mac = ? WHERE room = ? AND seat = ?")?
        .execute(params![keys.token.0, keys.revoker.0, keys.head_mac.expose(), room, seat.get()])?;
    if changed != 1 {
        return Err(StoreError::Missing);
    }
    let mut cursors = read::cursors(db, room)?;
    if let Some(cursor) = cursors.get_mut(seat.index()) {
        *cursor = None;
    }
    db.prepare_cached("UPDATE rooms SET cursors = ? WHERE id = ?")?
        .execute(params![cursors_blob(&cursors), room])?;
    db.prepare_cached("DELETE FROM lobby WHERE room = ? AND seat = ?")?.execute(params![room, seat.get()])?;
    Ok(())
}

fn put_blob(db: &Connection, room: i64, waiting: &Waiting, blob: &Blob) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO lobby (room, seat, mailbox, from_seat, at, blob) VALUES (?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        room,
        waiting.seat.get(),
        waiting.mailbox as u8,
        waiting.from.get(),
        number(waiting.at.0)?,
        blob.bytes()
    ])?;
    Ok(())
}

fn roll_back_room(db: &Connection, row: &RoomRow, beats: u64) -> Result<(), StoreError> {
    let id = room_id(db, &row.chain.room)?;
    let target = number(row.position.next.0.saturating_sub(beats))?;
    db.execute("DELETE FROM links WHERE room = ? AND last >= ?", params![id, target])?;
    let chunk = read::links(db, &row.chain.room, &Position { next: Beat(0), ..row.position }, usize::MAX)?;
    let position = chunk.links.last().map_or(chunk.base, Link::after);
    let start = chunk.links.iter().rev().find(|link| link.is_start());
    db.execute(
        "UPDATE rooms SET segment = ?, next = ?, head = ?, segment_first = ? WHERE id = ?",
        params![
            position.segment,
            number(position.next.0)?,
            position.head.0,
            number(start.map_or(0, |link| link.first.0))?,
            id
        ],
    )?;
    Ok(())
}

/// SQLite's integers end at 2^63 - 1; beats and instants beyond are refused rather than wrapped.
fn number(value: u64) -> Result<i64, StoreError> {
    i64::try_from(value).map_err(|_| StoreError::Unreadable("a number"))
}

/// One presence byte and eight bytes of beat a seat.
fn cursors_blob(cursors: &crate::model::Cursors) -> Vec<u8> {
    cursors
        .iter()
        .flat_map(|cursor| {
            let beat = cursor.unwrap_or_default().0.to_be_bytes();
            std::iter::once(u8::from(cursor.is_some())).chain(beat)
        })
        .collect()
}

/// A byte a seat, 1 where it was present, then the cells of those present.
fn cells_blob(sealed: &SealedBeat) -> Vec<u8> {
    let present = sealed.cells.iter().flatten().count();
    let mut out = Vec::with_capacity(sealed.cells.len() + present * CELL_BYTES);
    out.extend(sealed.cells.iter().map(|cell| u8::from(cell.is_some())));
    sealed.cells.iter().flatten().for_each(|cell| out.extend_from_slice(&cell[..]));
    out
}
