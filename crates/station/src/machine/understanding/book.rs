//! The record of understandings: notes in, in the order of their coming; states out, as a pure function of them.
//!
//! What people wrote leaves memory while the records are locked; what the states are computed from stays.

use super::gate::Barred;
use super::item::{Deed, Note, Said, Shown, SideOf, Spot, UnderstandingId, What};
use super::kept::{Chains, Kept, Outline, Version};
use super::pen;
use crate::limits::{NOTES_OF_AUTHOR_MAX, SHOWN_OF_TRY_MAX, SHOWN_UNNAMED_MAX, UNDERSTANDINGS_MAX};
use crate::machine::room::Who;
use backchannel_accord::life::{self, Act, Clock, Event, Kind, Position, Setting, Status, Text, Viewer};
use backchannel_accord::limits::{APPROVERS_MAX, PARTIES_OF_LIFE_MAX, TEXTS_OF_LIFE_MAX};
use backchannel_accord::understanding::{Digest, Frozen, Understanding};
use backchannel_accord::words::At;
use backchannel_accord::{Author, Lang, RoomKind};
use backchannel_assurance::ceremony::{CeremonyId, OpeningId};
use backchannel_wire::{Beat, MemberId, PartyNo, Role, SeatNo, UtcMs, canonical};
use std::collections::{BTreeMap, BTreeSet};

/// Where notes that parties report to the intermediary begin to be numbered: they share a beat and a seat with others.
pub const REPORTED_FROM: u16 = 0x8000;

/// Each note has two places in the order: the first submission begins the text as well (LIFE-7).
pub fn next(spot: Spot) -> Spot {
    Spot { nth: spot.nth.saturating_add(1), ..spot }
}

/// The record.
pub struct Book {
    clock: Clock,
    /// Beats that the registry missed.
    missed: Vec<(Beat, Beat)>,
    pen: PartyNo,
    all: BTreeMap<UnderstandingId, Kept>,
    /// The versions of rosters known here.
    chains: Chains,
    shown: BTreeMap<CeremonyId, Vec<(Spot, Who, Shown)>>,
    /// Of which tries somebody showed something in a room.
    shown_by: BTreeMap<(MemberId, RoomKind), BTreeSet<CeremonyId>>,
    openings: BTreeMap<OpeningId, CeremonyId>,
    next: u64,
    last: BTreeMap<(RoomKind, u8), Spot>,
    /// The notes themselves, for whoever joins later; nothing while they are locked away.
    notes: Vec<Note>,
    /// Where something stands, and whether it is a note of the sides.
    spots: BTreeSet<(Spot, bool)>,
}

impl Book {
    /// An empty record under a channel's clock, where that side holds the pen.
    pub fn new(clock: Clock, pen: PartyNo) -> Self {
        Self {
            clock,
            missed: Vec::new(),
            pen,
            all: BTreeMap::new(),
            chains: Chains::new(),
            shown: BTreeMap::new(),
            shown_by: BTreeMap::new(),
            openings: BTreeMap::new(),
            next: 1,
            last: BTreeMap::new(),
            notes: Vec::new(),
            spots: BTreeSet::new(),
        }
    }

    /// Makes the record again from what the vault holds. Numbers given out before stay given out.
    pub fn load(&mut self, records: &[(Vec<u8>, Vec<u8>)]) {
        let (chains, missed) = (std::mem::take(&mut self.chains), std::mem::take(&mut self.missed));
        *self = Self { next: self.next, chains, missed, ..Self::new(self.clock, self.pen) };
        let read = |(id, bytes): &(Vec<u8>, Vec<u8>)| {
            Some((number_of(id)?, canonical::from_slice::<Note>(bytes).ok()?))
        };
        let mut notes: Vec<(u64, Note)> = records.iter().filter_map(read).collect();
        notes.sort_by_key(|(number, _)| *number);
        for (number, note) in notes {
            self.next = self.next.max(number.saturating_add(1));
            self.take(&note);
        }
    }

    /// Learns which versions of rosters are known here: a change counts once its version is (DEED-17).
    pub fn know(&mut self, chains: Chains) {
        self.chains = chains;
    }

    /// Learns in which beats the relay was not there: they do not count towards G (INCIDENT-4).
    pub fn know_missed(&mut self, missed: Vec<(Beat, Beat)>) {
        self.missed = missed;
    }

    /// The versions of rosters known here.
    pub fn chains(&self) -> &Chains {
        &self.chains
    }

    /// The records are locked: what people wrote leaves memory.
    pub fn strip(&mut self) {
        self.notes.clear();
        for kept in self.all.values_mut() {
            kept.table = None;
            kept.comments.clear();
            kept.versions.values_mut().for_each(|version| version.frozen = None);
        }
    }

    /// The texts of clauses that are frozen or on the table, each once.
    pub fn texts(&self) -> Vec<(UnderstandingId, Lang, String)> {
        let mut out = Vec::new();
        for (id, kept) in &self.all {
            let frozen = kept.versions.values().filter_map(|version| version.frozen.as_ref());
            let texts = frozen.map(Frozen::text).chain(kept.table.as_ref());
            for (lang, text) in texts.flat_map(|text| &text.clauses).flat_map(|clause| clause.texts.iter()) {
                let text = text.to_owned();
                if !out.iter().any(|(of, _, same)| of == id && *same == text) {
                    out.push((*id, lang.clone(), text));
                }
            }
        }
        out
    }

    /// The notes in the order in which they were taken; nothing while they are locked away.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Whether something stands on record where this does.
    pub fn has(&self, note: &Note) -> bool {
        self.spots.contains(&(note.spot, matches!(note.what, What::Sides(..))))
    }

    /// A new note's name in the vault.
    pub fn number(&mut self) -> Vec<u8> {
        let number = self.next;
        self.next = self.next.saturating_add(1);
        [&b"u"[..], &number.to_be_bytes()].concat()
    }

    /// Every understanding.
    pub fn iter(&self) -> impl Iterator<Item = (UnderstandingId, &Kept)> {
        self.all.iter().map(|(id, kept)| (*id, kept))
    }

    /// One understanding.
    pub fn get(&self, id: UnderstandingId) -> Option<&Kept> {
        self.all.get(&id)
    }

    /// The understanding of which a version has this digest.
    pub fn of_digest(&self, digest: &Digest) -> Option<UnderstandingId> {
        self.iter().find(|(_, kept)| kept.version(digest).is_some()).map(|(id, _)| id)
    }

    /// The try of an opening that was deposited under.
    pub fn opened(&self, id: &OpeningId) -> Option<CeremonyId> {
        self.openings.get(id).copied()
    }

    /// Where the next note of a seat stands. What came late because something before it was lost stands behind that, so that
    /// a seat's notes keep their order (DEED-1).
    pub fn place(&self, room: RoomKind, seat: u8, beat: Beat) -> Spot {
        match self.last.get(&(room, seat)) {
            Some(last) if last.beat >= beat => Spot { nth: last.nth.saturating_add(2), ..*last },
            _ => Spot { beat, room, seat, nth: 0 },
        }
    }

    /// Whether what a deed of this author carries holds, given what is on record (DEED-5 to DEED-7).
    pub fn check(&self, said: &Said, who: Who, at: (Beat, UtcMs)) -> Result<(), Barred> {
        let kept = match (self.all.get(&said.id), &said.deed) {
            (Some(kept), _) => kept,
            (None, Deed::Submitted(_)) if self.all.len() >= UNDERSTANDINGS_MAX => return Err(Barred::Full),
            (None, Deed::Submitted(bytes)) => {
                return Understanding::from_bytes(bytes).map(drop).map_err(|_| Barred::Content);
            }
            _ => return Err(Barred::Unknown),
        };
        if kept.notes.get(&who.member).is_some_and(|notes| *notes >= NOTES_OF_AUTHOR_MAX) {
            return Err(Barred::Full);
        }
        let holds = match &said.deed {
            Deed::Submitted(bytes) => Understanding::from_bytes(bytes).is_ok(),
            Deed::Frozen(bytes) => Frozen::from_bytes(bytes).is_ok_and(|frozen| kept.continues(&frozen)),
            Deed::Proposed(proposal) => kept.may_propose(proposal, who, at),
            _ => true,
        };
        if holds { Ok(()) } else { Err(Barred::Content) }
    }

    /// Whether sides that were passed on find a place (DEED-7, DEED-19).
    pub fn has_room_for_sides(
        &self,
        id: UnderstandingId,
        sides: &BTreeMap<PartyNo, SideOf>,
    ) -> Result<(), Barred> {
        let bounded = |side: &SideOf| side.approvers.len() <= APPROVERS_MAX;
        if sides.len() > PARTIES_OF_LIFE_MAX || !sides.values().all(bounded) {
            return Err(Barred::Bounds);
        }
        let room = match self.all.get(&id) {
            Some(kept) => kept.sides_noted <= TEXTS_OF_LIFE_MAX,
            None => self.all.len() < UNDERSTANDINGS_MAX,
        };
        room.then_some(()).ok_or(Barred::Full)
    }

    /// Whether what is left of a burned text finds a place (DEED-7, DEED-19).
    pub fn has_room_for_outline(
        &self,
        id: UnderstandingId,
        frozen: Option<(u32, Digest)>,
        outline: &Outline,
    ) -> Result<(), Barred> {
        let holds = match self.all.get(&id) {
            Some(kept) => kept.may_outline(frozen, outline),
            None if self.all.len() >= UNDERSTANDINGS_MAX => return Err(Barred::Full),
            None => outline.is_bounded(),
        };
        holds.then_some(()).ok_or(Barred::Content)
    }

    /// Whether what somebody shows of a ceremony in a room is new, and there is room for it (DEED-7).
    pub fn shows(&self, author: MemberId, room: RoomKind, shown: &Shown) -> Result<bool, Barred> {
        let of_try = self.shown.get(&shown.sid()).map(Vec::as_slice).unwrap_or_default();
        let of_author = of_try.iter().filter(|(spot, who, _)| (who.member, spot.room) == (author, room));
        if of_author.clone().any(|(.., other)| other == shown) {
            return Ok(false);
        }
        if of_author.count() >= SHOWN_OF_TRY_MAX {
            return Err(Barred::Full);
        }
        let named = |sid: &CeremonyId| self.all.values().any(|kept| kept.named(sid).is_some());
        let Some(by) = self.shown_by.get(&(author, room)).filter(|by| by.len() >= SHOWN_UNNAMED_MAX) else {
            return Ok(true);
        };
        if by.contains(&shown.sid()) || named(&shown.sid()) {
            return Ok(true);
        }
        let unnamed = by.iter().filter(|sid| !named(sid)).count();
        if unnamed < SHOWN_UNNAMED_MAX { Ok(true) } else { Err(Barred::Full) }
    }

    /// Takes a note in.
    pub fn take(&mut self, note: &Note) {
        self.notes.push(note.clone());
        self.spots.insert((note.spot, matches!(note.what, What::Sides(..))));
        if note.spot.nth < REPORTED_FROM {
            let last = self.last.entry((note.spot.room, note.spot.seat)).or_insert(note.spot);
            *last = note.spot.max(*last);
        }
        match &note.what {
            What::Sides(id, sides) => {
                self.all.entry(*id).or_insert_with(Kept::new).known_rosters(sides);
            }
            What::Outlined(id, frozen, outline) => {
                let kept = self.all.entry(*id).or_insert_with(Kept::new);
                kept.take_outline((note.spot, note.who), *frozen, outline);
            }
            What::Deed(said) => {
                if let Some(kept) = self.all.get_mut(&said.id) {
                    kept.take(note.spot, note.who, &said.deed);
                }
            }
            What::Shown(shown) => {
                if let Shown::HandedIn(sid, opening) = shown {
                    self.openings.insert(*opening, *sid);
                }
                self.shown_by.entry((note.who.member, note.spot.room)).or_default().insert(shown.sid());
                self.shown.entry(shown.sid()).or_default().push((note.spot, note.who, *shown));
            }
        }
    }

    /// The state of an understanding at an instant, seen with somebody's eyes (DEED-11).
    pub fn status(&self, id: UnderstandingId, viewer: Viewer, at: At) -> Option<Status> {
        let kept = self.all.get(&id)?;
        let setting = self.setting(kept, viewer.clone())?;
        let mut events = self.events(kept);
        events.extend(self.succession(kept, &viewer));
        Some(life::status(&setting, &events, at))
    }

    /// The version that binds, or was tried last, or was frozen last: what a state speaks of.
    pub fn version_of(&self, id: UnderstandingId, status: &Status) -> Option<&Version> {
        let kept = self.all.get(&id)?;
        let binds = status.digest.filter(|_| status.until.is_some());
        binds.and_then(|digest| kept.version(&Digest(digest))).or_else(|| kept.last().map(|(_, last)| last))
    }

    /// Another understanding that was settled in the place of this one: this one ends in the instant in which that one enters
    /// into force, and the parties agreed to it where the last word that it needed was said (DEED-18).
    fn succession(&self, old: &Kept, viewer: &Viewer) -> Option<Event> {
        let of =
            |version: &Version| version.outline.supersedes.and_then(|digest| old.version(&digest)).is_some();
        let new = self.all.values().filter(|new| new.versions.values().any(of));
        let settled = new.filter_map(|new| self.settled(new, old, viewer));
        settled.min_by_key(|event| event.position)
    }

    /// Where a text was settled whose entry in the place of another is certain. It names the version that binds, and has the
    /// same parties.
    fn settled(&self, new: &Kept, old: &Kept, viewer: &Viewer) -> Option<Event> {
        let (setting, before) = (self.setting(new, viewer.clone())?, self.setting(old, viewer.clone())?);
        let (mut events, old_events) = (self.events(new), self.events(old));
        events.sort_unstable();
        let decides = |event: &&Event| matches!(event.act.kind(), Kind::Acknowledged | Kind::Told);
        events.iter().filter(decides).find_map(|event| {
            let at = At { beat: event.position.beat, utc: event.position.utc };
            let act = life::supersede(&life::status(&setting, &events, at))?;
            let Act::Superseded { by, .. } = &act else { return None };
            let version = new.version(&Digest(*by))?;
            let named = version.outline.supersedes?;
            let binds = life::status(&before, &old_events, at).digest == Some(named.0);
            let same = |old: &Version| old.outline.parties.keys().eq(version.outline.parties.keys());
            (binds && old.version(&named).is_some_and(same)).then(|| Event { act, ..event.clone() })
        })
    }

    fn setting(&self, kept: &Kept, viewer: Viewer) -> Option<Setting> {
        let text = |version: &Version| {
            // What could never be tried is none: its numbers ask for people whom a party does not have.
            let sides = Some(version.sides(&self.chains)).filter(life::Sides::is_sound)?;
            Some((version.digest.0, Text { terms: version.outline.terms.clone()?, sides }))
        };
        let texts = kept.versions.values().filter_map(text).collect();
        let parties = kept.shape()?.parties.keys().copied().collect();
        let setting = Setting::new(self.clock, viewer, self.pen, parties, texts).ok()?;
        Some(setting.with_missed(self.missed.iter().copied()))
    }

    fn events(&self, kept: &Kept) -> Vec<Event> {
        let acts = kept.acts.iter().filter_map(|(spot, who, act)| self.event(*spot, *who, act.clone()));
        let mut out: Vec<Event> = acts.collect();
        for (spot, who, side) in kept.changes(&self.chains) {
            out.extend(self.event(next(spot), who, Act::RosterChanged { side }));
        }
        for (sid, named) in kept.tries() {
            let begun = Act::CeremonyBegun { sid: sid.0, digest: named.digest.0, expiry: named.expiry };
            out.extend(self.event(next(named.spot), named.who, begun));
        }
        for (sid, named) in kept.names().filter_map(|sid| Some((sid, kept.named(sid)?))) {
            for (spot, who, shown) in self.shown.get(sid).into_iter().flatten() {
                let act = shown_act(shown, named.expiry, self.sealed(spot.beat));
                let who = custody_of(*spot, *who, shown);
                out.extend(act.and_then(|act| self.event(next(*spot), who, act)));
            }
        }
        out
    }

    fn sealed(&self, beat: Beat) -> UtcMs {
        let beats = beat.0.saturating_add(1).saturating_mul(self.clock.beat_ms);
        UtcMs(self.clock.t0.0.saturating_add(beats))
    }

    fn event(&self, spot: Spot, who: Who, act: Act) -> Option<Event> {
        let utc = self.sealed(spot.beat);
        let seat = SeatNo::new(spot.seat)?;
        let position = Position { beat: spot.beat, room: spot.room, seat, nth: spot.nth, utc };
        let drafts = matches!(act.kind(), Kind::Drafted | Kind::Submitted | Kind::Frozen | Kind::Abandoned);
        let who = pen::author(self.pen, who, drafts);
        let author = Author { party: who.party, member: who.member, role: who.role };
        Some(Event::new(position, author, act))
    }
}

/// The gentlemen's form has no certificate: its release is dated when it was sealed, at the latest before EXPIRY, since
/// what was deposited in time may be repeated after it (DEED-12).
fn shown_act(shown: &Shown, expiry: UtcMs, sealed: UtcMs) -> Option<Act> {
    Some(match *shown {
        Shown::HandedIn(..) => return None,
        Shown::Deposited(sid) => Act::Deposited { sid: sid.0 },
        Shown::Withdrawn(sid) => Act::DepositWithdrawn { sid: sid.0 },
        Shown::Destroyed(sid) => Act::Destroyed { sid: sid.0 },
        Shown::Acknowledged(sid, _) => Act::Acknowledged { sid: sid.0 },
        Shown::Released(sid, certified) => {
            let before = UtcMs(expiry.0.saturating_sub(1));
            Act::Released { sid: sid.0, released_at: certified.unwrap_or(sealed.min(before)) }
        }
    })
}

/// What lies with the depositary lies there in the name of the party in whose caucus it says so.
fn custody_of(spot: Spot, who: Who, shown: &Shown) -> Who {
    match (shown, spot.room) {
        (Shown::Deposited(_) | Shown::Withdrawn(_), RoomKind::Caucus(party)) => {
            Who { party, role: Role::Head, ..who }
        }
        _ => who,
    }
}

fn number_of(id: &[u8]) -> Option<u64> {
    let (first, number) = id.split_first()?;
    (*first == b'u').then(|| number.try_into().ok().map(u64::from_be_bytes)).flatten()
}

/// Whether a record of what was said is one of these notes.
pub fn is_note(id: &[u8]) -> bool {
    number_of(id).is_some()
}
