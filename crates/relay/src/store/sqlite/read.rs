//! Reading back what the store wrote; anything else in the file is refused, never guessed at.

use super::{KIND_BEAT, KIND_EMPTY, KIND_START, room_id};
use crate::model::*;
use crate::store::StoreError;
use crate::store::memory::served_bytes;
use backchannel_wire::chain::{Position, RoomChain, SealedBeat};
use backchannel_wire::frame::FrameShape;
use backchannel_wire::limits::{CELL_BYTES, SEATS_MAX};
use backchannel_wire::lobby::SeatKeys;
use backchannel_wire::plan::ChannelPlan;
use backchannel_wire::token::{HeadMacKey, RevokerHash, TokenHash};
use backchannel_wire::{Beat, ChannelId, Head, RoomId, SeatNo, UtcMs};
use rusqlite::{Connection, Row, params};
use std::sync::Arc;

pub(super) fn snapshot(db: &Connection) -> Result<Snapshot, StoreError> {
    let channels =
        collect(db, "SELECT channel, t0, beat_ms, frame_rooms, down_cells FROM channels", channel)?;
    let mut statement = db.prepare(
        "SELECT id, room, channel, capacity, segment, next, head, segment_first, cursors FROM rooms ORDER BY room",
    )?;
    let mut rows = statement.query([])?;
    let mut rooms = Vec::new();
    while let Some(row) = rows.next()? {
        rooms.push(room(db, row)?);
    }
    Ok(Snapshot { channels, rooms })
}

fn collect<T>(
    db: &Connection,
    sql: &str,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(read(row)?);
    }
    Ok(out)
}

fn channel(row: &Row<'_>) -> Result<ChannelRow, StoreError> {
    let shape = FrameShape::new(row.get(3)?, row.get(4)?).ok_or(StoreError::Unreadable("a frame shape"))?;
    let plan = ChannelPlan::new(row.get(2)?, shape).ok_or(StoreError::Unreadable("a beat length"))?;
    Ok(ChannelRow { channel: ChannelId(row.get(0)?), t0: UtcMs(beat(row, 1)?.0), plan })
}

fn room(db: &Connection, row: &Row<'_>) -> Result<RoomRow, StoreError> {
    let id: i64 = row.get(0)?;
    let chain = RoomChain::new(ChannelId(row.get(2)?), RoomId(row.get(1)?), row.get(3)?)
        .map_err(|_| StoreError::Unreadable("a capacity"))?;
    let seats = seats(db, id)?;
    if seats.len() != usize::from(chain.capacity()) {
        return Err(StoreError::Unreadable("a number of seats"));
    }
    Ok(RoomRow {
        chain,
        position: position(row, 4)?,
        segment_first: beat(row, 7)?,
        cursors: cursors_from(&row.get::<_, Vec<u8>>(8)?)?,
        seats,
        waiting: waiting(db, id)?,
    })
}

/// Three columns from `at`: segment, next beat, head.
fn position(row: &Row<'_>, at: usize) -> Result<Position, StoreError> {
    Ok(Position { segment: row.get(at)?, next: beat(row, at + 1)?, head: Head(row.get(at + 2)?) })
}

fn beat(row: &Row<'_>, at: usize) -> Result<Beat, StoreError> {
    u64::try_from(row.get::<_, i64>(at)?).map(Beat).map_err(|_| StoreError::Unreadable("a negative number"))
}

fn seat(row: &Row<'_>, at: usize) -> Result<SeatNo, StoreError> {
    SeatNo::new(row.get(at)?).ok_or(StoreError::Unreadable("a seat number"))
}

fn seats(db: &Connection, room: i64) -> Result<Vec<SeatKeys>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT token, revoker, head_mac FROM seats WHERE room = ? ORDER BY seat")?;
    let keys = statement.query_map([room], |row| {
        Ok(SeatKeys {
            token: TokenHash(row.get(0)?),
            revoker: RevokerHash(row.get(1)?),
            head_mac: HeadMacKey::new(row.get(2)?),
        })
    })?;
    Ok(keys.collect::<Result<_, _>>()?)
}

fn waiting(db: &Connection, room: i64) -> Result<Vec<Waiting>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT seat, mailbox, from_seat, at FROM lobby WHERE room = ? ORDER BY id")?;
    let mut rows = statement.query([room])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let mailbox = if row.get::<_, u8>(1)? == 0 { Mailbox::Knock } else { Mailbox::Answer };
        out.push(Waiting { seat: seat(row, 0)?, mailbox, from: seat(row, 2)?, at: UtcMs(beat(row, 3)?.0) });
    }
    Ok(out)
}

pub(super) fn cursors(db: &Connection, room: i64) -> Result<Cursors, StoreError> {
    let blob: Vec<u8> =
        db.prepare_cached("SELECT cursors FROM rooms WHERE id = ?")?.query_row([room], |row| row.get(0))?;
    cursors_from(&blob)
}

fn cursors_from(blob: &[u8]) -> Result<Cursors, StoreError> {
    let (seats, rest) = blob.as_chunks::<9>();
    if seats.len() != SEATS_MAX || !rest.is_empty() {
        return Err(StoreError::Unreadable("cursors"));
    }
    let mut out = [None; SEATS_MAX];
    for (cursor, [present, beat @ ..]) in out.iter_mut().zip(seats) {
        *cursor = (*present == 1).then(|| Beat(u64::from_be_bytes(*beat)));
    }
    Ok(out)
}

pub(super) fn links(
    db: &Connection,
    room: &RoomId,
    from: &Position,
    bytes_max: usize,
) -> Result<Chunk, StoreError> {
    let id = room_id(db, room)?;
    let (base, capacity) = db
        .prepare_cached("SELECT base_segment, base_next, base_head, capacity FROM rooms WHERE id = ?")?
        .query_row([id], |row| Ok((position(row, 0), row.get(3)?)))?;
    let mut statement = db.prepare_cached(
        "SELECT segment, first, last, kind, sealed_at, head, cells FROM links WHERE room = ? AND last >= ? ORDER BY last, id",
    )?;
    let mut rows = statement.query(params![id, super::number(from.next.0)?])?;
    let (mut links, mut bytes) = (Vec::new(), 0);
    while bytes < bytes_max
        && let Some(row) = rows.next()?
    {
        let link = link(row, capacity)?;
        bytes += served_bytes(&link);
        links.push(link);
    }
    Ok(Chunk { base: base?, links })
}

fn link(row: &Row<'_>, capacity: usize) -> Result<Link, StoreError> {
    let (first, sealed_at) = (beat(row, 1)?, UtcMs(beat(row, 4)?.0));
    let body = match row.get(3)? {
        KIND_START => LinkBody::SegmentStart,
        KIND_EMPTY => LinkBody::EmptyRun { sealed_at },
        KIND_BEAT => {
            let cells = cells(&row.get::<_, Vec<u8>>(6)?, capacity).ok_or(StoreError::Unreadable("cells"))?;
            LinkBody::Beat(Arc::new(SealedBeat { beat: first, sealed_at, cells }))
        }
        _ => return Err(StoreError::Unreadable("a kind of link")),
    };
    Ok(Link { segment: row.get(0)?, first, last: beat(row, 2)?, head: Head(row.get(5)?), body })
}

fn cells(blob: &[u8], capacity: usize) -> Option<Vec<Option<backchannel_wire::cell::Cell>>> {
    let (presence, packed) = blob.split_at_checked(capacity)?;
    let (present, rest) = packed.as_chunks::<CELL_BYTES>();
    let mut present = present.iter();
    let cells = presence
        .iter()
        .map(|mark| if *mark == 1 { present.next().map(|cell| Some(Box::new(*cell))) } else { Some(None) })
        .collect::<Option<Vec<_>>>()?;
    (rest.is_empty() && present.next().is_none()).then_some(cells)
}
