//! The lobby: one request, one reply, then the connection closes.

use super::room::Room;
use super::{Channel, CloseReason, ConnId, Effect, Machine, Writing};
use crate::model::{Batch, ChannelRow, Mailbox, Op, RoomRow, Waiting};
use backchannel_wire::chain::RoomChain;
use backchannel_wire::frame::FrameShape;
use backchannel_wire::limits::{CHANNEL_ROOMS_MAX, SEATS_MAX};
use backchannel_wire::lobby::*;
use backchannel_wire::plan::ChannelPlan;
use backchannel_wire::token::Revoker;
use backchannel_wire::{Beat, RoomId, SeatNo, UtcMs};

/// What a request changes once it is durable, and whom to tell.
pub(super) struct AfterStore {
    to: ConnId,
    change: Change,
    reply: LobbyReply,
}

enum Change {
    Created(ChannelRow, Vec<RoomRow>),
    Follows(RoomId, SeatNo, Beat),
    Put(RoomId, Waiting),
    Answered(RoomId, Waiting),
    Replaced(RoomId, SeatNo, SeatKeys),
}

type Refusal = (RefusalKind, u64);

/// What a request leads to.
enum Outcome {
    Reply(LobbyReply),
    Fetch { room: RoomId, seat: SeatNo, mailbox: Mailbox, from: SeatNo },
    Store(Vec<Op>, Change, LobbyReply),
}

const MALFORMED: Refusal = (RefusalKind::Malformed, 0);
const BAD_TOKEN: Refusal = (RefusalKind::BadToken, 0);
const NOT_FOUND: Refusal = (RefusalKind::NotFound, 0);

impl Machine {
    /// The one message of a lobby connection.
    pub fn lobby(&mut self, from: ConnId, bytes: &[u8], now: UtcMs) {
        let Ok(request) = LobbyRequest::decode(bytes) else {
            return self.reply(from, &refused(MALFORMED));
        };
        match self.answer(request, now) {
            Ok(Outcome::Reply(reply)) => self.reply(from, &reply),
            Ok(Outcome::Fetch { room, seat, mailbox, from: left_by }) => {
                self.effects.push(Effect::Fetch { to: from, room, seat, mailbox, from: left_by });
            }
            Ok(Outcome::Store(ops, change, reply)) => {
                self.store(Batch { ops }, Writing::Lobby(AfterStore { to: from, change, reply }));
            }
            Err(refusal) => {
                if refusal.0 == RefusalKind::BadToken {
                    self.effects.push(Effect::WrongToken { from });
                }
                self.reply(from, &refused(refusal));
            }
        }
    }

    fn reply(&mut self, to: ConnId, reply: &LobbyReply) {
        if let Ok(bytes) = reply.encode() {
            self.send(to, bytes);
        }
        self.close(to, CloseReason::Answered);
    }

    fn answer(&mut self, request: LobbyRequest, now: UtcMs) -> Result<Outcome, Refusal> {
        match request {
            LobbyRequest::CreateChannel(request) => self.create(request, now),
            LobbyRequest::RoomInfo(claim) => self.room_info(&claim, now),
            LobbyRequest::PutKnock { claim, blob } => self.put_knock(&claim, blob, now),
            LobbyRequest::TakeKnock(claim) => self.take_knock(&claim, now),
            LobbyRequest::PutAnswer { claim, for_seat, blob } => self.put_answer(&claim, for_seat, blob, now),
            LobbyRequest::TakeAnswer(claim) => self.take_answer(&claim, now),
            LobbyRequest::ReplaceToken { room, seat, revoker, keys } => {
                self.replace_token(room, seat, &revoker, keys, now)
            }
        }
    }

    /// LOBBY-5, LOBBY-6: the token first, so that a stranger learns nothing else; then the rate.
    fn claimed(&mut self, claim: &SeatClaim, now: UtcMs) -> Result<&mut Room, Refusal> {
        let room = self.rooms.get_mut(&claim.room).ok_or(BAD_TOKEN)?;
        let seat = room.seat(claim.seat).ok_or(BAD_TOKEN)?;
        if seat.keys.token != claim.token.hash() {
            return Err(BAD_TOKEN);
        }
        let rate = self.lobby_rate.take(&(claim.room, claim.seat), now);
        rate.map_err(|after_ms| (RefusalKind::RateLimited, after_ms))?;
        Ok(room)
    }

    /// LOBBY-7: the operator's token, a sound plan, no identifier used before, and space for it.
    fn create(&mut self, request: ChannelRequest, now: UtcMs) -> Result<Outcome, Refusal> {
        if !self.settings.operator.fits(&request.operator) {
            return Err(BAD_TOKEN);
        }
        let shape = FrameShape::new(request.frame_rooms, request.down_cells).ok_or(MALFORMED)?;
        let plan = ChannelPlan::new(request.beat_ms, shape).ok_or(MALFORMED)?;
        if let Some(existing) = self.channels.get(&request.channel) {
            let same = existing.plan == plan && self.holds_rooms(existing, &request);
            let reply = LobbyReply::Created { t0: existing.t0, beat_ms: request.beat_ms };
            return if same { Ok(Outcome::Reply(reply)) } else { Err(MALFORMED) };
        }
        if self.channels.len() >= self.settings.channels_max {
            return Err((RefusalKind::Limit, 0));
        }
        let rooms = self.new_rooms(&request)?;
        // Channels with one length of beat share their beats' ends, so that one transaction seals them all.
        let t0 = UtcMs(now.0 - now.0 % u64::from(request.beat_ms));
        let row = ChannelRow { channel: request.channel, t0, plan };
        let reply = LobbyReply::Created { t0, beat_ms: request.beat_ms };
        let op = Op::Create { channel: row.clone(), rooms: rooms.clone() };
        Ok(Outcome::Store(vec![op], Change::Created(row, rooms), reply))
    }

    /// Whether a channel was made by this very request, whose reply may have been lost.
    fn holds_rooms(&self, channel: &Channel, request: &ChannelRequest) -> bool {
        let same = |plan: &RoomPlan| {
            self.rooms.get(&plan.room).is_some_and(|room| {
                channel.rooms.contains(&plan.room) && room.seats.iter().map(|seat| &seat.keys).eq(&plan.seats)
            })
        };
        channel.rooms.len() == request.rooms.len() && request.rooms.iter().all(same)
    }

    fn new_rooms(&self, request: &ChannelRequest) -> Result<Vec<RoomRow>, Refusal> {
        let mut rooms: Vec<RoomRow> = Vec::with_capacity(request.rooms.len().min(CHANNEL_ROOMS_MAX));
        if request.rooms.is_empty() || request.rooms.len() > CHANNEL_ROOMS_MAX {
            return Err(MALFORMED);
        }
        for plan in &request.rooms {
            let chain = RoomChain::new(request.channel, plan.room, plan.capacity).map_err(|_| MALFORMED)?;
            let known =
                self.rooms.contains_key(&plan.room) || rooms.iter().any(|row| row.chain.room == plan.room);
            if known || plan.seats.len() != usize::from(plan.capacity) {
                return Err(MALFORMED);
            }
            rooms.push(RoomRow {
                chain,
                position: chain.genesis(0, Beat(0)),
                segment_first: Beat(0),
                cursors: [None; SEATS_MAX],
                seats: plan.seats.clone(),
                waiting: Vec::new(),
            });
        }
        Ok(rooms)
    }

    fn room_info(&mut self, claim: &SeatClaim, now: UtcMs) -> Result<Outcome, Refusal> {
        let room = self.claimed(claim, now)?;
        let (id, position, capacity) = (room.chain.channel, room.position, room.chain.capacity());
        let (mut cursors, segment_first) = (Box::new(room.cursors()), room.segment_first);
        let channel = self.channels.get(&id).ok_or(BAD_TOKEN)?;
        let reply = LobbyReply::RoomInfo(RoomInfo {
            t0: channel.t0,
            beat_ms: channel.plan.beat_ms(),
            capacity,
            segment: position.segment,
            next: position.next,
            head: position.head,
        });
        match cursors.get_mut(claim.seat.index()) {
            // BEAT-11: who asks where the chain stands is about to follow it; what comes next is kept for the seat.
            Some(cursor @ None) => {
                *cursor = Some(position.next);
                let op = Op::Append { room: claim.room, links: Vec::new(), position, segment_first, cursors };
                Ok(Outcome::Store(vec![op], Change::Follows(claim.room, claim.seat, position.next), reply))
            }
            _ => Ok(Outcome::Reply(reply)),
        }
    }

    /// LOBBY-8: one knock a seat; a new one replaces the earlier and makes its answer void.
    fn put_knock(&mut self, claim: &SeatClaim, blob: Blob, now: UtcMs) -> Result<Outcome, Refusal> {
        self.claimed(claim, now)?;
        let (room, seat) = (claim.room, claim.seat);
        let waiting = Waiting { seat, mailbox: Mailbox::Knock, from: seat, at: now };
        let ops =
            vec![Op::DropBlob { room, seat, mailbox: Mailbox::Answer }, Op::PutBlob { room, waiting, blob }];
        Ok(Outcome::Store(ops, Change::Put(room, waiting), LobbyReply::Done))
    }

    fn take_knock(&mut self, claim: &SeatClaim, now: UtcMs) -> Result<Outcome, Refusal> {
        let room = self.claimed(claim, now)?;
        let knocks = room.waiting.iter().filter(|w| w.mailbox == Mailbox::Knock && w.seat != claim.seat);
        let seat = knocks.map(|waiting| waiting.seat).min().ok_or(NOT_FOUND)?;
        Ok(Outcome::Fetch { room: claim.room, seat, mailbox: Mailbox::Knock, from: seat })
    }

    /// LOBBY-9: only a seat that knocked is answered; the answer takes its knock away.
    fn put_answer(
        &mut self,
        claim: &SeatClaim,
        for_seat: SeatNo,
        blob: Blob,
        now: UtcMs,
    ) -> Result<Outcome, Refusal> {
        let room = self.claimed(claim, now)?;
        if for_seat == claim.seat || !room.has(for_seat, Mailbox::Knock) {
            return Err(NOT_FOUND);
        }
        let room = claim.room;
        let waiting = Waiting { seat: for_seat, mailbox: Mailbox::Answer, from: claim.seat, at: now };
        let ops = vec![
            Op::DropBlob { room, seat: for_seat, mailbox: Mailbox::Knock },
            Op::PutBlob { room, waiting, blob },
        ];
        Ok(Outcome::Store(ops, Change::Answered(room, waiting), LobbyReply::Done))
    }

    fn take_answer(&mut self, claim: &SeatClaim, now: UtcMs) -> Result<Outcome, Refusal> {
        let room = self.claimed(claim, now)?;
        let mut waiting = room.waiting.iter();
        let answer =
            waiting.find(|w| w.mailbox == Mailbox::Answer && w.seat == claim.seat).ok_or(NOT_FOUND)?;
        Ok(Outcome::Fetch { room: claim.room, seat: claim.seat, mailbox: Mailbox::Answer, from: answer.from })
    }

    /// LOBBY-10: who holds the revoker replaces the token, and whoever uses the old one is put out.
    fn replace_token(
        &mut self,
        room: RoomId,
        seat: SeatNo,
        revoker: &Revoker,
        keys: SeatKeys,
        now: UtcMs,
    ) -> Result<Outcome, Refusal> {
        let known = self.rooms.get(&room).and_then(|room| room.seat(seat)).ok_or(BAD_TOKEN)?;
        if known.keys.revoker != revoker.hash() {
            return Err(BAD_TOKEN);
        }
        self.lobby_rate.take(&(room, seat), now).map_err(|after_ms| (RefusalKind::RateLimited, after_ms))?;
        let op = Op::ReplaceKeys { room, seat, keys: keys.clone() };
        Ok(Outcome::Store(vec![op], Change::Replaced(room, seat, keys), LobbyReply::Done))
    }

    pub(super) fn lobby_stored(&mut self, after: AfterStore) {
        match after.change {
            Change::Created(row, rooms) => {
                let mut channel = Channel::new(&row);
                channel.rooms.extend(rooms.iter().map(|room| room.chain.room));
                self.rooms.extend(rooms.into_iter().map(|row| (row.chain.room, Room::created(row))));
                self.channels.insert(row.channel, channel);
            }
            Change::Follows(room, seat, next) => {
                let seat = self.rooms.get_mut(&room).and_then(|room| room.seat_mut(seat));
                seat.into_iter().for_each(|seat| seat.cursor = Some(next));
            }
            Change::Put(room, waiting) => self.put_waiting(&room, waiting, Mailbox::Answer),
            Change::Answered(room, waiting) => self.put_waiting(&room, waiting, Mailbox::Knock),
            Change::Replaced(room, seat, keys) => self.put_out(&room, seat, keys),
        }
        self.reply(after.to, &after.reply);
    }

    /// Notes a blob and forgets the one it makes void.
    fn put_waiting(&mut self, room: &RoomId, waiting: Waiting, void: Mailbox) {
        let Some(room) = self.rooms.get_mut(room) else { return };
        room.waiting
            .retain(|w| w.seat != waiting.seat || (w.mailbox != waiting.mailbox && w.mailbox != void));
        room.waiting.push(waiting);
    }

    fn put_out(&mut self, room: &RoomId, seat: SeatNo, keys: SeatKeys) {
        let Some(room) = self.rooms.get_mut(room) else { return };
        room.waiting.retain(|waiting| waiting.seat != seat);
        let Some(seat) = room.seat_mut(seat) else { return };
        seat.keys = keys;
        seat.cursor = None;
        if let Some(before) = seat.held_by.take() {
            self.close(before, CloseReason::Revoked);
        }
    }

    /// What [`Effect::Fetch`] asked for.
    pub fn fetched(&mut self, to: ConnId, mailbox: Mailbox, from_seat: SeatNo, blob: Option<Blob>) {
        let reply = match (blob, mailbox) {
            (Some(blob), Mailbox::Knock) => LobbyReply::Knock { from_seat, blob },
            (Some(blob), Mailbox::Answer) => LobbyReply::Answer { from_seat, blob },
            (None, _) => refused(NOT_FOUND),
        };
        self.reply(to, &reply);
    }
}

impl Room {
    fn has(&self, seat: SeatNo, mailbox: Mailbox) -> bool {
        self.waiting.iter().any(|waiting| waiting.seat == seat && waiting.mailbox == mailbox)
    }
}

fn refused((kind, retry_after_ms): Refusal) -> LobbyReply {
    LobbyReply::Refused { kind, retry_after_ms }
}
