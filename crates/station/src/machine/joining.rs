//! Founding rooms, knocking, sponsoring and coming back: everything that goes through the lobby (docs/spec/joining.md).

use super::item::Item;
use super::mail::{self, Answer, Knock, OpenedKnock};
use super::profile::{Invited, Standing};
use super::room::{Entry, Pace, Purpose, Room, Wish};
use super::seating::{answer_counts, knock_is_new, may_sit, seat_keys};
use super::{Machine, envelope::Class};
use crate::limits::{
    KNOCK_AGAIN_BEATS, KNOCK_RETRY_BEATS, LOBBY_POLL_BEATS, REVOKE_BEATS, REVOKE_BEATS_MAX,
    SPONSOR_STEP_BEATS,
};
use backchannel_assurance::{IkPublic, Version};
use backchannel_rooms::{Newcomer, RoomGroup};
use backchannel_wire::chain::Position;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::limits::SEATS_MAX;
use backchannel_wire::lobby::{Blob, LobbyReply, LobbyRequest, RefusalKind, SeatClaim};
use backchannel_wire::{Beat, MemberId, PartyNo, RoomId, SeatNo, UtcMs, canonical};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// What a lobby call was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Where the chain of a room to be founded stands.
    Found(RoomId),
    /// A knock was left.
    Knock(RoomId),
    /// The answer to a knock.
    Answer(RoomId),
    /// Somebody's knock.
    TakeKnock(RoomId),
    /// A welcome was left.
    Welcome(RoomId, SeatNo),
    /// A knock too old to be answered was taken away.
    TurnAway(RoomId, SeatNo),
    /// A seat's token was replaced.
    Revoke(RoomId, SeatNo),
}

/// A newcomer whose welcome has to be left once the commit is sealed.
#[derive(Clone, Encode, Decode)]
pub struct Expected {
    #[n(0)]
    ik: IkPublic,
    #[n(1)]
    party: PartyNo,
    #[n(2)]
    member: MemberId,
}

/// The state of joining; small, and kept in one record.
#[derive(Clone, Default, Encode, Decode)]
pub struct Joining {
    /// Newcomers this station adds, by room and seat.
    #[n(0)]
    pub expected: BTreeMap<(RoomId, u8), Expected>,
    /// Welcomes not left yet, by room and seat.
    #[n(1)]
    pub letters: BTreeMap<(RoomId, u8), minicbor::bytes::ByteVec>,
    /// Tokens to be replaced at the relay: the seat, and what takes its place.
    #[n(2)]
    pub revoking: BTreeMap<(RoomId, u8), super::profile::Replaced>,
}

/// What joining remembers only while the process runs.
#[derive(Default)]
pub struct JoiningMemory {
    /// When each room was last asked about.
    asked: BTreeMap<RoomId, Beat>,
    /// Since when a knock has waited in each room.
    knocks: BTreeMap<RoomId, Beat>,
    /// When a knock without an answer is left again: it may never have arrived, or its answer may be for an older one.
    knock_again: BTreeMap<RoomId, Beat>,
    /// When tokens were first to be replaced.
    revoke: Option<Beat>,
    /// When a seat was last seen to be left.
    pub removed: Option<Beat>,
    /// Calls under way.
    pub calls: BTreeMap<u64, Errand>,
}

impl Machine {
    /// Moves joining on; called once a beat.
    pub(super) fn join_step(&mut self, beat: Beat, now: UtcMs) {
        for place in self.me.profile.places.clone() {
            let room = place.spot.room;
            match &place.standing {
                Standing::Outside
                    if self.me.founder(place.spot.kind) == Some(self.me.party()) && self.me.is_head() =>
                {
                    self.ask(room, beat, LOBBY_POLL_BEATS, Errand::Found(room), LobbyRequest::RoomInfo);
                }
                Standing::Outside => self.knock(room, beat, now, false),
                Standing::Knocked(_) | Standing::Returning(_) => {
                    let again = matches!(place.standing, Standing::Returning(_));
                    let pause = beat.plus(KNOCK_RETRY_BEATS);
                    if beat < *self.joining_memory.knock_again.entry(room).or_insert(pause) {
                        self.ask(
                            room,
                            beat,
                            LOBBY_POLL_BEATS,
                            Errand::Answer(room),
                            LobbyRequest::TakeAnswer,
                        );
                    } else {
                        self.knock(room, beat, now, again);
                    }
                }
                Standing::Inside if self.rooms.get(&room).is_some_and(|entered| entered.stuck) => {
                    self.knock(room, beat, now, true);
                }
                Standing::Inside | Standing::Removed => {}
            }
        }
        self.leave_letters(beat);
    }

    pub(super) fn claim(&self, room: RoomId) -> Option<SeatClaim> {
        let place = self.me.place(room)?;
        Some(SeatClaim { room, seat: place.spot.seat, token: self.me.token(place)? })
    }

    /// One lobby call about a room, unless one is under way or was made less than `pause` beats ago.
    fn ask(
        &mut self,
        room: RoomId,
        beat: Beat,
        pause: u64,
        errand: Errand,
        request: impl FnOnce(SeatClaim) -> LobbyRequest,
    ) {
        let soon = self.joining_memory.asked.get(&room).is_some_and(|asked| beat.since(*asked) < pause);
        if soon || self.joining_memory.calls.values().any(|call| *call == errand) {
            return;
        }
        let Some(claim) = self.claim(room) else { return };
        self.joining_memory.asked.insert(room, beat);
        self.call(errand, request(claim));
    }

    pub(super) fn call(&mut self, errand: Errand, request: LobbyRequest) {
        self.next_call += 1;
        self.joining_memory.calls.insert(self.next_call, errand);
        self.effect_later(super::Effect::Lobby(self.next_call, Box::new(request)));
    }

    /// Leaves a key package for whoever lets this station into the room.
    pub(super) fn knock(&mut self, room: RoomId, beat: Beat, now: UtcMs, again: bool) {
        let Some(place) = self.me.place(room).cloned() else { return };
        let soon =
            self.joining_memory.asked.get(&room).is_some_and(|asked| beat.since(*asked) < KNOCK_RETRY_BEATS);
        let recipients = self.sponsors(room, again);
        let Some(claim) = self.claim(room) else { return };
        if soon || recipients.is_empty() {
            return;
        }
        let Ok(newcomer) = Newcomer::new(&mut self.rng, now, place.spot.seat, room) else { return };
        let party = self.me.party();
        let first_roster = self.me.is_head() && matches!(place.spot.kind, RoomKind::Caucus(_)) && !again;
        let knock = Knock {
            party,
            member: self.me.member(),
            ik: self.me.ik.public(),
            y: self.me.y.public(),
            roster: first_roster
                .then(|| self.me.roster_version(party, 1).map(|first| first.to_bytes().into()))
                .flatten(),
            package: newcomer.key_package().to_vec(),
            again,
            beat: self.knock_beat(now),
        };
        let mail_place = self.mail_place(room, place.spot.seat);
        let key = (!again).then_some(&self.me.invitation.knock_key);
        let Some(blob) = knock.seal(&mail_place, &self.me.ik, key, &recipients, &mut self.rng) else {
            return;
        };
        let kept = newcomer.to_bytes().to_vec();
        if let Some(place) = self.me.place_mut(room) {
            place.standing = if again { Standing::Returning(kept) } else { Standing::Knocked(kept) };
        }
        self.profile_dirty = true;
        self.joining_memory.asked.insert(room, beat);
        self.joining_memory.knock_again.insert(room, beat.plus(KNOCK_AGAIN_BEATS));
        self.call(Errand::Knock(room), LobbyRequest::PutKnock { claim, blob });
    }

    fn mail_place(&self, room: RoomId, seat: SeatNo) -> mail::Place {
        mail::Place { channel: self.me.channel(), room, seat }
    }

    /// Whom a knock is sealed to: the sponsor at first, every person known to have a seat there on coming back
    /// (JOIN-4).
    fn sponsors(&self, room: RoomId, again: bool) -> Vec<IkPublic> {
        let Some(place) = self.me.place(room) else { return Vec::new() };
        let head = |party: PartyNo| self.me.roster(party).and_then(Version::head_member).map(|head| head.ik);
        if !again {
            return match place.spot.kind {
                _ if !self.me.is_head() => vec![self.me.invitation.sponsor],
                RoomKind::Caucus(_) => vec![self.me.invitation.intermediary],
                kind => self.me.founder(kind).and_then(head).into_iter().collect(),
            };
        }
        let mine = self.me.ik.public();
        let seats = self.me.profile.claims.range((room, 0)..=(room, SEATS_MAX as u8));
        let known =
            seats.filter_map(|(_, (party, member))| self.me.person(*party, *member)).map(|known| known.ik);
        known.filter(|ik| *ik != mine).collect()
    }

    /// Takes the answer of a lobby call; `None` if it failed on the way.
    pub(super) fn lobby_came(&mut self, ticket: u64, reply: Option<LobbyReply>, now: UtcMs) {
        let Some(errand) = self.joining_memory.calls.remove(&ticket) else { return };
        match (errand, reply) {
            (Errand::Found(room), Some(LobbyReply::RoomInfo(info))) => {
                let position = Position { segment: info.segment, next: info.next, head: info.head };
                self.found(room, position, now);
            }
            (Errand::Answer(room), Some(LobbyReply::Answer { blob, .. })) => self.answered(room, &blob, now),
            (Errand::TakeKnock(room), Some(LobbyReply::Knock { from_seat, blob })) => {
                self.knocked(room, from_seat, &blob, now);
            }
            // Done, or somebody else answered first.
            (
                Errand::Welcome(room, seat),
                Some(LobbyReply::Done | LobbyReply::Refused { kind: RefusalKind::NotFound, .. }),
            ) => {
                self.joining.letters.remove(&(room, seat.get()));
                self.joining_dirty = true;
            }
            (Errand::Revoke(room, seat), Some(LobbyReply::Done)) => {
                if let Some(replaced) = self.joining.revoking.remove(&(room, seat.get())) {
                    self.me.profile.replaced.insert((room, seat.get()), replaced);
                    self.profile_dirty = true;
                    self.joining_dirty = true;
                }
            }
            // The knock never arrived: it is left again.
            (Errand::Knock(room), reply) if reply != Some(LobbyReply::Done) => self.knock_lost(room),
            _ => {}
        }
    }

    fn knock_lost(&mut self, room: RoomId) {
        if let Some(place) = self.me.place_mut(room)
            && matches!(place.standing, Standing::Knocked(_))
        {
            place.standing = Standing::Outside;
            self.profile_dirty = true;
        }
    }

    /// The relay said where a room's chain stands: its founder starts there (JOIN-5).
    /// A delegate's first answer comes from its own head, and one of the delegation room from a colleague; anybody else may
    /// introduce a side that was not met yet, and change no roster that is known (JOIN-10).
    fn take_answered_rosters(&mut self, answer: &Answer, kind: RoomKind, again: bool) {
        let mine = self.me.party();
        for chain in &answer.rosters {
            let chain = chain.iter().map(|bytes| Version::from_bytes(bytes)).collect::<Result<Vec<_>, _>>();
            let Ok(chain) = chain else { continue };
            let Some(party) = chain.first().map(|first| first.party) else { continue };
            let known = self.me.roster(party).is_some();
            if answer_counts(kind, again, self.me.is_head(), party == mine, known) {
                self.me.take_roster_chain(chain);
            }
        }
        self.know_rosters();
    }

    fn knock_anew(&mut self, room: RoomId, again: bool, now: UtcMs) {
        let beat = self.beat_at(now);
        self.knock(room, beat, now, again);
    }

    fn found(&mut self, room: RoomId, position: Position, now: UtcMs) {
        let Some(place) = self.me.place(room).cloned() else { return };
        let (Standing::Outside, Some(token)) = (&place.standing, self.me.token(&place)) else { return };
        let Ok(group) = RoomGroup::found(&mut self.rng, now, room, place.spot.seat) else { return };
        let entry = Entry { position, pace: Pace::default() };
        if let Ok(entered) = Room::enter(place.spot, group, &token, entry, &mut self.rng) {
            self.enter(entered, false);
        }
    }

    /// A welcome came: the station enters the room.
    fn answered(&mut self, room: RoomId, blob: &Blob, now: UtcMs) {
        let Some(place) = self.me.place(room).cloned() else { return };
        let mail_place = self.mail_place(room, place.spot.seat);
        let (kept, again) = match &place.standing {
            Standing::Knocked(kept) => (kept, false),
            Standing::Returning(kept) => (kept, true),
            _ => return,
        };
        let (Some(answer), Some(token)) =
            (Answer::open(&mail_place, &self.me.ik, blob), self.me.token(&place))
        else {
            return;
        };
        let Ok(newcomer) = Newcomer::from_bytes(kept) else { return };
        let Ok(group) = RoomGroup::join(&newcomer, &answer.welcome, now) else {
            // The answer is to an earlier knock that was thought lost.
            return self.knock_anew(room, again, now);
        };
        self.take_answered_rosters(&answer, place.spot.kind, again);
        for (seat, party, member) in &answer.seats {
            self.me.claim(room, *seat, *party, *member);
        }
        let position = Position { segment: answer.segment, next: answer.next, head: answer.head };
        let entry = Entry { position, pace: answer.pace };
        let former = if again { self.rooms.remove(&room) } else { None };
        let entered = match former {
            Some(former) => former.reenter(group, entry, &token, &mut self.rng),
            None => Room::enter(place.spot, group, &token, entry, &mut self.rng),
        };
        if let Ok(entered) = entered {
            self.enter(entered, again);
        }
    }

    fn enter(&mut self, room: Room, again: bool) {
        let id = room.id();
        if room.kind() == RoomKind::Registry {
            // Whatever a party was shown before its first station was there, nobody receipted, and so it never left.
            let mine = self.me.party();
            let seats = self.me.profile.claims.range((id, 0)..=(id, SEATS_MAX as u8));
            let colleague = seats.into_iter().any(|(_, (party, _))| *party == mine);
            self.desk.registry_entered(self.me.is_head() && !again && !colleague);
        }
        self.room_entered(id, room.last_beat());
        self.rooms.insert(id, room);
        if again {
            self.forget_expected(id);
        }
        self.expect_departed(id);
        self.forget_departed(id);
        // What was vouched before was vouched for another leaf.
        self.vouched_to.retain(|(known, _)| *known != id);
        if let Some(place) = self.me.place_mut(id) {
            place.standing = Standing::Inside;
        }
        self.profile_dirty = true;
        self.effect_later(super::Effect::Reconnect);
        self.tell(super::Told::new("room-ready", "A room was entered.").room(id));
        self.greet(id);
        if matches!(self.rooms.get(&id).map(Room::kind), Some(RoomKind::Delegation(_))) {
            self.ask_for_record();
            if !again {
                self.ask_for_claims();
            }
        }
    }

    /// What a station says first in a room: its verifier key, who it is, and what it vouches.
    fn greet(&mut self, room: RoomId) {
        if let Some(key) = self.me.verifier(room) {
            let context = self.verifier_context(room, self.me.party());
            let announcement = key.announce(&mut self.rng, &context);
            self.me.profile.announced.insert((room, self.me.party()), announcement);
            self.say(room, Class::Handshake, &Item::Verifier(announcement));
        }
        self.vouch_in(room, true);
    }

    /// A room's frame says that a knock waits there.
    pub(super) fn knock_waits(&mut self, room: RoomId, waits: bool, beat: Beat) {
        if !waits {
            self.joining_memory.knocks.remove(&room);
            return;
        }
        let since = *self.joining_memory.knocks.entry(room).or_insert(beat);
        // Members take turns, so that one answers and the others need not.
        let Some(entered) = self.rooms.get(&room) else { return };
        let rank = entered.peers().filter(|(seat, _)| *seat < entered.spot.seat).count() as u64;
        let waited = beat.since(since);
        if entered.stuck || waited < rank * 2 {
            return;
        }
        self.ask(room, beat, LOBBY_POLL_BEATS * 2, Errand::TakeKnock(room), LobbyRequest::TakeKnock);
    }

    /// A knock was fetched: if it is for this station and its sender shows who it is, the station sponsors it.
    fn knocked(&mut self, room: RoomId, seat: SeatNo, blob: &Blob, now: UtcMs) {
        let place = self.mail_place(room, seat);
        let mine =
            self.rooms.get(&room).map(|entered| (entered.stuck, entered.spot.seat, entered.last_beat()));
        let Some((false, own, last)) = mine else { return };
        let barred = self.rooms.get(&room).is_some_and(|entered| entered.pace().is_barred(own, last));
        let Some(opened) = Knock::open(&place, &self.me.ik, blob).filter(|_| !barred) else { return };
        let wished = [Purpose::Add(seat), Purpose::Replace(seat)];
        let under_way =
            self.rooms.get(&room).is_some_and(|entered| wished.iter().any(|wish| entered.wishes_for(wish)));
        let left = self.joining.letters.contains_key(&(room, seat.get()));
        if under_way || left {
            return;
        }
        // A relay in league with somebody may let it knock anywhere: only a side that belongs there is let in (JOIN-8).
        let parties = self.me.parties().count();
        let mine = self.me.place(room).map(|place| place.spot);
        let elsewhere = self.rooms.get(&room).and_then(|entered| entered.seat_of(opened.knock.member));
        let twice = elsewhere.is_some_and(|held| held != seat);
        let old = self.rooms.get(&room).is_none_or(|entered| {
            !knock_is_new(opened.knock.beat, entered.pace().changed(seat), entered.last_beat())
        });
        if old {
            return self.turn_away(room, seat);
        }
        if twice || !mine.is_some_and(|spot| may_sit(&spot, seat, opened.knock.party, parties)) {
            return;
        }
        let known = self.me.person(opened.knock.party, opened.knock.member).cloned();
        let admitted = match known {
            Some(known) if opened.knock.ik == known.ik => {
                opened.is_from(&place, &self.me.ik, &known.ik) && self.seat_fits(room, seat, &opened.knock)
            }
            Some(_) => false,
            None => self.invited_knocks(room, seat, &place, &opened, now),
        };
        if admitted && self.my_turn(room, seat, &opened.knock) {
            self.sponsor(room, seat, &opened.knock);
        }
    }

    /// A person who returns takes the seat the station knows it on; a head takes the first seat of its block.
    fn seat_fits(&self, room: RoomId, seat: SeatNo, knock: &Knock) -> bool {
        let claimed = self.me.profile.claims.get(&(room, seat.get()));
        match claimed {
            Some((party, member)) => *party == knock.party && *member == knock.member,
            None => {
                let invited = self.me.profile.invited.iter().find(|invited| invited.member == knock.member);
                let seat_known = invited.and_then(|invited| invited.seats.get(&room));
                seat_known.is_none_or(|known| *known == seat.get())
            }
        }
    }

    /// On a return any member may sponsor; the first in seat order does at once, the others if it did not (JOIN-4).
    fn my_turn(&self, room: RoomId, seat: SeatNo, knock: &Knock) -> bool {
        let Some(entered) = self.rooms.get(&room) else { return false };
        if !knock.again {
            return true;
        }
        let before =
            entered.peers().filter(|(other, _)| *other < entered.spot.seat && *other != seat).count() as u64;
        let since = self.joining_memory.knocks.get(&room).copied().unwrap_or_default();
        entered.last_beat().since(since) >= before * SPONSOR_STEP_BEATS
    }

    /// The first knock of somebody this station invited (JOIN-2).
    fn invited_knocks(
        &mut self,
        room: RoomId,
        seat: SeatNo,
        place: &mail::Place,
        opened: &OpenedKnock,
        now: UtcMs,
    ) -> bool {
        let knock = &opened.knock;
        let matches = |invited: &&Invited| {
            invited.member == knock.member
                && invited.party == knock.party
                && invited.seats.get(&room) == Some(&seat.get())
                && now < invited.expires
        };
        let Some(invited) = self.me.profile.invited.iter().find(matches).cloned() else { return false };
        if !opened.is_invited(place, &invited.knock_key) {
            return false;
        }
        if invited.party == self.me.party() {
            return self.add_to_roster(&invited, knock.ik, knock.y, now);
        }
        // The head of another party, met by the intermediary: it brings its party's first roster.
        let first = knock.roster.as_ref().and_then(|bytes| Version::from_bytes(bytes).ok());
        let fits = |first: &Version| {
            first.party == knock.party
                && first
                    .head_member()
                    .is_some_and(|head| head.ik == knock.ik && head.pseudonym == knock.member)
        };
        match first {
            Some(first) if fits(&first) && self.me.take_roster_chain(vec![first.clone()]) => {
                self.profile_dirty = true;
                self.introduce_everybody();
                true
            }
            _ => false,
        }
    }

    fn sponsor(&mut self, room: RoomId, seat: SeatNo, knock: &Knock) {
        let expected = Expected { ik: knock.ik, party: knock.party, member: knock.member };
        self.joining.expected.insert((room, seat.get()), expected);
        self.joining_dirty = true;
        let note = canonical::to_vec(&(knock.party, knock.member));
        let occupied = self.rooms.get(&room).is_some_and(|entered| entered.peer(seat).is_some());
        let purpose = if occupied { Purpose::Replace(seat) } else { Purpose::Add(seat) };
        self.wish(room, Wish { purpose, material: knock.package.clone(), note, knock: knock.beat });
    }

    /// This station's commit that lets somebody in was sealed: only now is the welcome made ready for the lobby
    /// (JOIN-6).
    pub(super) fn welcomed(&mut self, room: RoomId, seat: SeatNo, welcome: Vec<u8>) {
        let Some(expected) = self.joining.expected.remove(&(room, seat.get())) else { return };
        self.joining_dirty = true;
        let Some(entered) = self.rooms.get(&room) else { return };
        let position = entered.position;
        let mut seats: Vec<_> = self
            .me
            .profile
            .claims
            .range((room, 0)..=(room, SEATS_MAX as u8))
            .map(|((_, seat), (party, member))| (*seat, *party, *member))
            .collect();
        seats.push((entered.spot.seat.get(), self.me.party(), self.me.member()));
        let answer = Answer {
            welcome,
            segment: position.segment,
            next: position.next,
            head: position.head,
            pace: entered.pace().clone(),
            rosters: self.rosters_for(expected.party, entered.kind()),
            seats,
        };
        let place = self.mail_place(room, seat);
        if let Some(blob) = answer.seal(&place, &expected.ik, &mut self.rng) {
            self.joining.letters.insert((room, seat.get()), blob.bytes().to_vec().into());
        }
    }

    /// A wish to let somebody in was refused by the group: the newcomer knocks again in its own time.
    pub(super) fn not_welcomed(&mut self, room: RoomId, seat: SeatNo) {
        self.joining.expected.remove(&(room, seat.get()));
        self.joining_dirty = true;
    }

    /// A newcomer gets the rosters of the sides it meets in that room.
    fn rosters_for(&self, party: PartyNo, kind: RoomKind) -> Vec<Vec<minicbor::bytes::ByteVec>> {
        let own = party == self.me.party();
        let meets = |other: PartyNo| match kind {
            RoomKind::Caucus(caucus) => other == PartyNo::INTERMEDIARY || other == caucus,
            RoomKind::Delegation(_) => true,
            RoomKind::Registry => other != PartyNo::INTERMEDIARY,
        };
        self.me
            .roster_bytes()
            .into_iter()
            .filter(|chain| {
                let first = chain.first().and_then(|bytes| Version::from_bytes(bytes).ok());
                first.is_some_and(|first| own || meets(first.party))
            })
            .collect()
    }

    fn leave_letters(&mut self, beat: Beat) {
        let letters: Vec<_> = self.joining.letters.iter().map(|(at, blob)| (*at, blob.clone())).collect();
        for ((room, seat), bytes) in letters {
            let (Some(for_seat), Some(blob), Some(claim)) =
                (SeatNo::new(seat), Blob::new(bytes.into()), self.claim(room))
            else {
                continue;
            };
            if !self.joining_memory.calls.values().any(|call| *call == Errand::Welcome(room, for_seat)) {
                self.call(Errand::Welcome(room, for_seat), LobbyRequest::PutAnswer { claim, for_seat, blob });
            }
        }
        self.revoke_tokens(beat);
    }

    /// Seats of removed delegates get other tokens, so that nothing is served to them any more.
    ///
    /// First the station is removed from every room and has had the beats to see it: a station cut off before could not
    /// tell its owner why.
    fn revoke_tokens(&mut self, beat: Beat) {
        if self.joining.revoking.is_empty() {
            self.joining_memory.revoke = None;
            return;
        }
        let asked = *self.joining_memory.revoke.get_or_insert(beat);
        let seated = |(room, seat): &(RoomId, u8)| {
            let seat = SeatNo::new(*seat);
            self.rooms.get(room).zip(seat).is_some_and(|(room, seat)| room.peer(seat).is_some())
        };
        let patience = if self.joining.revoking.keys().any(seated) { REVOKE_BEATS_MAX } else { REVOKE_BEATS };
        let removed = self.joining_memory.removed.unwrap_or(asked);
        if beat.since(removed.max(asked)) < patience {
            return;
        }
        let revoking: Vec<_> =
            self.joining.revoking.iter().map(|(at, replaced)| (*at, replaced.clone())).collect();
        for ((room, seat), replaced) in revoking {
            let Some(seat) = SeatNo::new(seat) else { continue };
            let Some(revoker) = self.me.revoker(room, seat) else { continue };
            if self.joining_memory.calls.values().any(|call| *call == Errand::Revoke(room, seat)) {
                continue;
            }
            let keys = seat_keys(&replaced.token, &replaced.revoker);
            self.call(Errand::Revoke(room, seat), LobbyRequest::ReplaceToken { room, seat, revoker, keys });
        }
    }
}
