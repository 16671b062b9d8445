//! What each station is served: the records its slots need next, in order, in frames of one size.

use super::room::Room;
use super::{ConnId, Effect, Machine};
use crate::hooks::{Recipient, ToSeat};
use crate::model::{Chunk, Link, LinkBody};
use backchannel_wire::chain::{HeadMac, Position};
use backchannel_wire::frame::{DownFrame, Record, SlotRecord, SlotStatus};
use backchannel_wire::{Beat, RoomId, SeatNo};

/// One seat of a connection, and how far it has been served.
pub(super) struct Slot {
    pub room: RoomId,
    pub seat: SeatNo,
    position: Position,
    /// Whether the position is known to lie on the relay's chain.
    checked: bool,
    /// The position is known not to lie on it: nothing is served before a later segment starts.
    stray: bool,
    loaded: Option<Chunk>,
    loading: bool,
}

/// What a slot needs next.
enum Next {
    Record(Record, Position),
    Nothing,
    Load,
    Stray,
}

impl Slot {
    pub fn new(room: RoomId, seat: SeatNo, position: Position) -> Self {
        Self { room, seat, position, checked: false, stray: false, loaded: None, loading: false }
    }

    /// The first beat that was not served.
    pub fn served_to(&self) -> Beat {
        self.position.next
    }

    pub fn take_chunk(&mut self, chunk: Chunk) {
        self.loaded = Some(chunk);
        self.loading = false;
    }

    fn advance(&mut self, to: Position) {
        self.position = to;
        self.checked = true;
        self.stray = false;
        if self.loaded.as_ref().is_some_and(|chunk| !chunk.links.iter().any(|link| link.is_beyond(&to))) {
            self.loaded = None;
        }
    }

    fn next(&self, room: &Room) -> Next {
        if self.stray {
            return self.next_of_stray(room);
        }
        if let Some((base, links)) = room.recent_from(&self.position) {
            return self.choose(room, base, links);
        }
        match &self.loaded {
            Some(chunk) => self.choose(room, &chunk.base, chunk.links.iter()),
            None => Next::Load,
        }
    }

    /// BEAT-9: who does not stand on the chain continues with the present segment, if it lies above.
    fn next_of_stray(&self, room: &Room) -> Next {
        let above = room.position.segment > self.position.segment && room.segment_first >= self.position.next;
        if !above {
            return Next::Stray;
        }
        let start = room.chain.genesis(room.position.segment, room.segment_first);
        Next::Record(Record::SegmentStart { segment: start.segment, first: start.next }, start)
    }

    fn choose<'a>(&self, room: &Room, base: &Position, mut links: impl Iterator<Item = &'a Link>) -> Next {
        let at = &self.position;
        if base.next > at.next && base.segment >= at.segment {
            let (segment, first, head) = (base.segment, base.next, base.head);
            return Next::Record(Record::Pruned { segment, first, head, mac: HeadMac([0; 32]) }, *base);
        }
        match links.find(|link| link.is_beyond(at)) {
            None if *at == room.position => Next::Nothing,
            None => Next::Stray,
            Some(link) if link.is_start() && link.first >= at.next => serve_link(link, at),
            Some(link)
                if link.segment == at.segment && link.first <= at.next && self.stands_before(room, link) =>
            {
                serve_link(link, at)
            }
            Some(_) => Next::Stray,
        }
    }

    fn stands_before(&self, room: &Room, link: &Link) -> bool {
        self.checked || link.follow(&room.chain, &self.position).is_ok_and(|after| after.head == link.head)
    }
}

fn serve_link(link: &Link, at: &Position) -> Next {
    let (head, mac) = (link.head, HeadMac([0; 32]));
    let record = match &link.body {
        LinkBody::SegmentStart => Record::SegmentStart { segment: link.segment, first: link.first },
        LinkBody::EmptyRun { sealed_at } => {
            Record::EmptyRun { first: at.next, last: link.last, sealed_at: *sealed_at, head, mac }
        }
        LinkBody::Beat(sealed) => Record::Beat { sealed: sealed.clone(), head, mac },
    };
    Next::Record(record, link.after())
}

impl Machine {
    /// Finds out where the slots of a connection stand, so that what they need is at hand when the beat ends.
    pub(super) fn locate(&mut self, to: ConnId) {
        let Some(connection) = self.connections.get_mut(&to) else { return };
        let Some(channel) = self.channels.get(&connection.channel) else { return };
        let bytes_max = channel.plan.shape().record_bytes();
        for (at, slot) in (0u8..).zip(&mut connection.slots) {
            let Some(slot) = slot else { continue };
            let Some(room) = self.rooms.get_mut(&slot.room) else { continue };
            match slot.next(room) {
                Next::Load if !slot.loading => {
                    slot.loading = true;
                    let (room, from) = (slot.room, slot.position);
                    self.effects.push(Effect::Load { to, slot: at, room, from, bytes_max });
                }
                Next::Stray => {
                    slot.stray = true;
                    // A segment that already lies above serves the slot as it is.
                    if matches!(slot.next(room), Next::Stray) {
                        room.want_segment(&slot.position);
                    }
                }
                _ => {}
            }
        }
    }

    /// Sends one frame, whatever there is to send.
    pub(super) fn serve(&mut self, to: ConnId, beat: Beat) {
        let mut records = self.pick(to);
        let Some(connection) = self.connections.get(&to) else { return };
        let Some(channel) = self.channels.get(&connection.channel) else { return };
        let shape = *channel.plan.shape();
        let seats = connection.slots.iter().map(|slot| {
            let slot = slot.as_ref()?;
            Some(ToSeat { chain: self.rooms.get(&slot.room)?.chain, seat: slot.seat })
        });
        let recipient = Recipient { channel: connection.channel, seats: seats.collect() };
        let mut slots: Vec<_> = connection.slots.iter().map(|slot| self.status(slot.as_ref())).collect();
        slots.resize(usize::from(shape.rooms()), SlotStatus::default());
        self.hooks.serve(&recipient, beat, &mut records);
        records.iter_mut().for_each(|record| self.authenticate(&recipient, record));
        let frame = DownFrame { beat, slots, records };
        // Only a faithless hook can overfill a frame; the station then notices what is missing.
        let bytes =
            frame.encode(&shape).or_else(|_| DownFrame { records: Vec::new(), ..frame }.encode(&shape));
        if let Ok(bytes) = bytes {
            self.send(to, bytes);
        }
        self.locate(to);
    }

    /// FRAME-11: one record a slot at a time, in turns, until nothing more fits.
    fn pick(&mut self, to: ConnId) -> Vec<SlotRecord> {
        let mut records = Vec::new();
        let Some(connection) = self.connections.get_mut(&to) else { return records };
        let Some(channel) = self.channels.get(&connection.channel) else { return records };
        let mut space = channel.plan.shape().record_bytes();
        loop {
            let before = records.len();
            for (at, slot) in (0u8..).zip(&mut connection.slots) {
                let Some(slot) = slot else { continue };
                let Some(room) = self.rooms.get(&slot.room) else { continue };
                let Next::Record(record, after) = slot.next(room) else { continue };
                let Some(rest) = space.checked_sub(record.size()) else { continue };
                space = rest;
                slot.advance(after);
                records.push(SlotRecord { slot: at, record });
            }
            if records.len() == before {
                return records;
            }
        }
    }

    fn status(&self, slot: Option<&Slot>) -> SlotStatus {
        let Some(slot) = slot else { return SlotStatus::default() };
        let knock = self.rooms.get(&slot.room).is_some_and(|room| room.knock_for(slot.seat));
        SlotStatus { active: true, knock }
    }

    /// MACs the record's head to the seat that receives it.
    fn authenticate(&self, to: &Recipient, record: &mut SlotRecord) {
        let seat = to.seats.get(usize::from(record.slot)).copied().flatten();
        let Some(ToSeat { chain, seat }) = seat else { return };
        let Some(keys) = self.rooms.get(&chain.room).and_then(|room| room.seat(seat)).map(|seat| &seat.keys)
        else {
            return;
        };
        match &mut record.record {
            Record::Beat { sealed, head, mac } => *mac = chain.mac(&keys.head_mac, seat, sealed.beat, head),
            Record::EmptyRun { last, head, mac, .. } => *mac = chain.mac(&keys.head_mac, seat, *last, head),
            Record::Pruned { first, head, mac, .. } => {
                let before = Beat(first.0.saturating_sub(1));
                *mac = chain.mac(&keys.head_mac, seat, before, head);
            }
            Record::SegmentStart { .. } => {}
        }
    }
}
