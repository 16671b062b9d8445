//! One room: who sits where, what was posted and not yet sealed, and the sealing itself.

use super::ConnId;
use crate::limits::{
    JOINING_BEATS, PENDING_BEATS_MAX, RECENT_CURSOR_BEATS, RECENT_LINKS_MAX, SEGMENT_BEATS_MIN,
};
use crate::model::{Cursors, Link, LinkBody, Mailbox, RoomRow, Waiting};
use backchannel_wire::cell::Cell;
use backchannel_wire::chain::{ChainError, Position, RoomChain, SealedBeat};
use backchannel_wire::limits::{EMPTY_RUN_BEATS_MAX, SEATS_MAX};
use backchannel_wire::lobby::SeatKeys;
use backchannel_wire::{Beat, SeatNo, UtcMs};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

pub(super) struct Seat {
    pub keys: SeatKeys,
    pub cursor: Option<Beat>,
    pub held_by: Option<ConnId>,
}

/// A segment that must be opened because a station holds what the store does not.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    above: u32,
    first: Beat,
}

pub(super) struct Room {
    pub chain: RoomChain,
    pub position: Position,
    pub segment_first: Beat,
    pub seats: Vec<Seat>,
    pub waiting: Vec<Waiting>,
    pub pruned_below: Beat,
    recent_base: Position,
    recent: VecDeque<Link>,
    pending: BTreeMap<Beat, Vec<Option<Cell>>>,
    wanted: Option<Wanted>,
    grace_until: Option<UtcMs>,
}

/// What one tick adds to a room's chain.
pub(super) struct Seal {
    pub links: Vec<Link>,
    pub position: Position,
    pub segment_first: Beat,
}

impl Room {
    /// A room as it was before the relay started: it may wait for its seats.
    pub fn restored(row: RoomRow, grace_until: UtcMs) -> Self {
        Self { grace_until: Some(grace_until), ..Self::created(row) }
    }

    /// A room that did not exist before.
    pub fn created(row: RoomRow) -> Self {
        let seat = |(keys, cursor)| Seat { keys, cursor, held_by: None };
        Self {
            chain: row.chain,
            position: row.position,
            segment_first: row.segment_first,
            seats: row.seats.into_iter().zip(row.cursors).map(seat).collect(),
            waiting: row.waiting,
            pruned_below: Beat(0),
            recent_base: row.position,
            recent: VecDeque::new(),
            pending: BTreeMap::new(),
            wanted: None,
            grace_until: None,
        }
    }

    pub fn seat(&self, seat: SeatNo) -> Option<&Seat> {
        self.seats.get(seat.index())
    }

    pub fn seat_mut(&mut self, seat: SeatNo) -> Option<&mut Seat> {
        self.seats.get_mut(seat.index())
    }

    pub fn cursors(&self) -> Cursors {
        let mut out = [None; SEATS_MAX];
        out.iter_mut().zip(&self.seats).for_each(|(cursor, seat)| *cursor = seat.cursor);
        out
    }

    /// Whether anybody would notice its next beat.
    fn is_awake(&self) -> bool {
        self.wanted.is_some()
            || !self.pending.is_empty()
            || self.seats.iter().any(|seat| seat.held_by.is_some())
    }

    /// Whether a knock of another seat waits.
    pub fn knock_for(&self, seat: SeatNo) -> bool {
        self.waiting.iter().any(|waiting| waiting.mailbox == Mailbox::Knock && waiting.seat != seat)
    }

    /// Takes a cell for sealing; says whether it is the seat's first for the beat.
    pub fn post(&mut self, beat: Beat, seat: SeatNo, cell: Cell) -> bool {
        let places = self.seats.len();
        let cells = self.pending.entry(beat).or_insert_with(|| vec![None; places]);
        let first = match cells.get_mut(seat.index()) {
            Some(place @ None) => {
                *place = Some(cell);
                true
            }
            _ => false,
        };
        while self.pending.len() > PENDING_BEATS_MAX {
            self.pending.pop_first();
        }
        first
    }

    /// BEAT-9: asks for a segment above everything a station showed and everything sealed.
    pub fn want_segment(&mut self, shown: &Position) {
        let before =
            self.wanted.unwrap_or(Wanted { above: self.position.segment, first: self.position.next });
        self.wanted =
            Some(Wanted { above: before.above.max(shown.segment), first: before.first.max(shown.next) });
    }

    /// BEAT-8: after a start, missed beats are not sealed before the seats that followed closely have shown their positions.
    fn waits(&mut self, now: UtcMs) -> bool {
        let Some(until) = self.grace_until else { return false };
        let near = self.position.next.0.saturating_sub(RECENT_CURSOR_BEATS);
        let missing =
            |seat: &Seat| seat.held_by.is_none() && seat.cursor.is_some_and(|cursor| cursor.0 >= near);
        let waits = now < until && self.seats.iter().any(missing);
        if !waits {
            self.grace_until = None;
        }
        waits
    }

    /// Seals every beat up to and including `through`, as far as `budget` empty beats allow; changes nothing yet.
    pub fn seal(&mut self, through: Beat, now: UtcMs, budget: &mut u64) -> Result<Option<Seal>, ChainError> {
        if !self.is_awake() || self.waits(now) {
            return Ok(None);
        }
        let mut seal = Seal { links: Vec::new(), position: self.position, segment_first: self.segment_first };
        let lasted = self.position.segment == 0 || through.since(self.segment_first) >= SEGMENT_BEATS_MIN;
        if let Some(wanted) = self.wanted.filter(|_| lasted) {
            seal.open_segment(&self.chain, wanted);
        }
        while seal.position.next <= through {
            let Some(link) = self.next_link(&seal.position, through, now, budget)? else { break };
            seal.position = link.after();
            seal.links.push(link);
        }
        Ok((!seal.links.is_empty()).then_some(seal))
    }

    fn next_link(
        &self,
        at: &Position,
        through: Beat,
        now: UtcMs,
        budget: &mut u64,
    ) -> Result<Option<Link>, ChainError> {
        let posted = self.pending.range(at.next..=through).next();
        if let Some((beat, cells)) = posted.filter(|(beat, _)| **beat == at.next) {
            let sealed = SealedBeat { beat: *beat, sealed_at: now, cells: cells.clone() };
            let head = self.chain.after_beat(at, &sealed)?.head;
            let body = LinkBody::Beat(Arc::new(sealed));
            return Ok(Some(Link { segment: at.segment, first: *beat, last: *beat, head, body }));
        }
        let end = posted.map_or(through, |(beat, _)| Beat(beat.0.saturating_sub(1)));
        let beats = end.since(at.next).saturating_add(1).min(EMPTY_RUN_BEATS_MAX).min(*budget);
        if beats == 0 {
            return Ok(None);
        }
        *budget -= beats;
        let last = at.next.plus(beats - 1);
        let head = self.chain.after_empty_run(at, last, now)?.head;
        let body = LinkBody::EmptyRun { sealed_at: now };
        Ok(Some(Link { segment: at.segment, first: at.next, last, head, body }))
    }

    /// Takes over what has become durable.
    pub fn sealed(&mut self, seal: Seal) {
        if seal.position.segment > self.position.segment {
            self.wanted = None;
        }
        self.position = seal.position;
        self.segment_first = seal.segment_first;
        self.pending = self.pending.split_off(&self.position.next);
        self.recent.extend(seal.links);
        self.trim();
    }

    /// A connection has left a seat, unless another has taken it meanwhile.
    pub fn leave(&mut self, seat: SeatNo, from: ConnId) {
        if let Some(seat) = self.seat_mut(seat).filter(|seat| seat.held_by == Some(from)) {
            seat.held_by = None;
        }
        self.trim();
    }

    /// Keeps links in memory only while somebody is connected.
    fn trim(&mut self) {
        let keep = if self.seats.iter().any(|seat| seat.held_by.is_some()) { RECENT_LINKS_MAX } else { 0 };
        while self.recent.len() > keep {
            if let Some(link) = self.recent.pop_front() {
                self.recent_base = link.after();
            }
        }
    }

    /// The links in memory and the position before them, if somebody at `at` needs nothing older.
    pub fn recent_from(&self, at: &Position) -> Option<(&Position, impl Iterator<Item = &Link>)> {
        let base = &self.recent_base;
        let covered = at.segment > base.segment || (at.segment == base.segment && at.next >= base.next);
        covered.then(|| (base, self.recent.iter()))
    }

    /// BEAT-11: the lowest beat that must be kept: what some seat still lacks, but nothing older than the retention limit. While
    /// lobby mail waits, somebody is about to follow from a little below the head.
    pub fn keep_from(&self, current: Beat, retention_beats: u64) -> Beat {
        let mut lacking = self.seats.iter().filter_map(|seat| seat.cursor).min().unwrap_or(Beat(0));
        if !self.waiting.is_empty() {
            lacking = lacking.min(Beat(current.0.saturating_sub(JOINING_BEATS)));
        }
        lacking.max(Beat(current.0.saturating_sub(retention_beats))).min(self.position.next)
    }
}

impl Seal {
    fn open_segment(&mut self, chain: &RoomChain, wanted: Wanted) {
        let segment = wanted.above.saturating_add(1);
        let genesis = chain.genesis(segment, wanted.first.max(self.position.next));
        self.position = genesis;
        self.segment_first = genesis.next;
        self.links.push(Link::start(&genesis));
    }
}
