//! The record of understandings: notes in, in the order of their coming; states out, as a pure function of them.
//!
//! What people wrote leaves memory while the records are locked; what the states are computed from stays.

use super::gate::Barred;
use super::item::{Deed, Note, Proposal, Said, Shown, SideOf, Spot, UnderstandingId, What};
use super::{pen, terms};
use crate::limits::{NOTES_OF_AUTHOR_MAX, SHOWN_OF_AUTHOR_MAX, TRIES_FOLLOWED_MAX, UNDERSTANDINGS_MAX};
use crate::machine::room::Who;
use backchannel_accord::life::{Act, Clock, Event, Kind, Position, Setting, Side, Status, Viewer};
use backchannel_accord::understanding::{Digest, Form, Frozen, Understanding, Voice};
use backchannel_accord::words::At;
use backchannel_accord::{Author, RoomKind, Texts, life};
use backchannel_assurance::DepositaryPublic;
use backchannel_assurance::ceremony::{CeremonyId, OpeningId};
use backchannel_wire::{Beat, MemberId, PartyNo, SeatNo, UtcMs, canonical};
use std::collections::{BTreeMap, BTreeSet};

/// Where notes that parties report to the intermediary begin to be numbered: they share a beat and a seat with others.
pub const REPORTED_FROM: u16 = 0x8000;

/// What of a text is kept while its words are locked away.
#[derive(Clone)]
pub struct Outline {
    /// How the sides are bound.
    pub form: Form,
    /// Who speaks.
    pub voice: Voice,
    /// The parties, and how many of each the text wants to approve.
    pub parties: BTreeMap<PartyNo, u8>,
    /// Its time, once nothing is missing.
    pub terms: Option<life::Terms>,
    /// The version whose place it takes.
    pub supersedes: Option<Digest>,
}

impl Outline {
    fn of(text: &Understanding) -> Self {
        let parties = text.parties.iter().map(|party| (party.number, party.quorum)).collect();
        let (terms, supersedes) = (terms::of_life(text), text.supersedes);
        Self { form: text.form, voice: text.voice, parties, terms, supersedes }
    }
}

/// What a party says through its quorum: each of its people for itself, and it counts with the last of them (DEED-15).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Together {
    /// It reaffirms until then.
    Reaffirmed(UtcMs),
    /// It gives notice for then; whether on urgent grounds.
    Notice(UtcMs, bool),
    /// It takes its notice back.
    NoticeBack,
}

impl Together {
    fn of(deed: &Deed) -> Option<Self> {
        match deed {
            Deed::Reaffirmed(until) => Some(Self::Reaffirmed(*until)),
            Deed::Notice { effective, urgent } => Some(Self::Notice(*effective, urgent.is_some())),
            Deed::NoticeBack => Some(Self::NoticeBack),
            _ => None,
        }
    }

    fn act(self, by: BTreeSet<MemberId>) -> Act {
        match self {
            Self::Reaffirmed(until) => Act::Reaffirmed { until, by },
            Self::Notice(effective, urgent) => Act::NoticeGiven { effective, urgent, by },
            Self::NoticeBack => Act::NoticeTakenBack { by },
        }
    }
}

/// A frozen version on record.
pub struct Version {
    /// Its digest.
    pub digest: Digest,
    /// What stays while it is locked away.
    pub outline: Outline,
    /// The text itself.
    pub frozen: Option<Frozen>,
}

/// A comment on record.
pub struct Comment {
    /// Who made it.
    pub who: Who,
    /// When it was sealed.
    pub beat: Beat,
    /// The clause; the whole text if absent.
    pub clause: Option<String>,
    /// The comment.
    pub text: Texts,
}

/// One understanding.
pub struct Kept {
    /// As the rosters were known when the version frozen last was frozen.
    sides: BTreeMap<PartyNo, SideOf>,
    /// What parties said since of their rosters, in order.
    rosters: Vec<(Spot, Who, SideOf)>,
    acts: Vec<(Spot, Who, Act)>,
    /// The tries proposed, in order.
    pub proposals: Vec<Proposal>,
    /// What binds a party once its quorum said it.
    together: Vec<(Spot, Who, Together)>,
    /// How many notes each person has here.
    notes: BTreeMap<MemberId, usize>,
    /// The key under which the depositary certifies a release; the first one said stands.
    pub depositary: Option<DepositaryPublic>,
    begun: BTreeMap<CeremonyId, (Digest, UtcMs)>,
    /// Its frozen versions.
    pub versions: BTreeMap<u32, Version>,
    /// The text that lies before the parties; nothing while it is locked away.
    pub table: Option<Understanding>,
    /// What of that text stays.
    pub outline: Option<Outline>,
    /// What the parties said of it.
    pub comments: Vec<Comment>,
}

impl Kept {
    fn new(sides: BTreeMap<PartyNo, SideOf>) -> Self {
        Self {
            sides,
            rosters: Vec::new(),
            acts: Vec::new(),
            proposals: Vec::new(),
            together: Vec::new(),
            notes: BTreeMap::new(),
            depositary: None,
            begun: BTreeMap::new(),
            versions: BTreeMap::new(),
            table: None,
            outline: None,
            comments: Vec::new(),
        }
    }

    /// The version frozen last.
    pub fn last(&self) -> Option<(u32, &Version)> {
        self.versions.last_key_value().map(|(number, version)| (*number, version))
    }

    /// The version of a digest.
    pub fn version(&self, digest: &Digest) -> Option<&Version> {
        self.versions.values().find(|version| version.digest == *digest)
    }

    /// Who approves for each party of the text by what is on record now (DEED-10, DEED-17).
    pub fn approvers(&self) -> BTreeMap<PartyNo, Side> {
        let mut sides = self.first_sides();
        for (_, who, side) in &self.rosters {
            self.change_side(&mut sides, who.party, side);
        }
        sides
    }

    /// Who approves for each party before its roster changed.
    fn first_sides(&self) -> BTreeMap<PartyNo, Side> {
        let parties = self.shape().map(|outline| outline.parties.keys().copied()).into_iter().flatten();
        parties.filter_map(|party| Some((party, self.side(party, self.sides.get(&party)?)?))).collect()
    }

    fn shape(&self) -> Option<&Outline> {
        self.last().map(|(_, version)| &version.outline).or(self.outline.as_ref())
    }

    /// At least as many as the roster says, and as the text says.
    fn side(&self, party: PartyNo, of: &SideOf) -> Option<Side> {
        let outline = self.shape()?;
        let wanted = *outline.parties.get(&party)?;
        let all = u8::try_from(of.approvers.len()).unwrap_or(u8::MAX);
        // Everybody who is named signs in the joint form.
        let least = if outline.form == Form::Joint { all } else { of.quorum };
        Some(Side { quorum: least.max(wanted), approvers: of.approvers.iter().copied().collect() })
    }

    /// A side that could never reach its quorum changes nothing (LIFE-19).
    fn change_side(&self, sides: &mut BTreeMap<PartyNo, Side>, party: PartyNo, of: &SideOf) {
        let can = |side: &Side| (1..=side.approvers.len()).contains(&usize::from(side.quorum));
        if let Some(side) = self.side(party, of).filter(can) {
            sides.insert(party, side);
        }
    }

    fn take(&mut self, spot: Spot, who: Who, deed: &Deed) {
        *self.notes.entry(who.member).or_default() += 1;
        match deed {
            Deed::Submitted(bytes) => {
                if self.acts.is_empty() {
                    self.acts.push((spot, who, Act::Drafted));
                }
                if let Ok(text) = Understanding::from_bytes(bytes) {
                    self.outline = Some(Outline::of(&text));
                    self.table = Some(text);
                }
            }
            Deed::Frozen(bytes) => {
                if let Ok(frozen) = Frozen::from_bytes(bytes) {
                    let outline = Outline::of(frozen.text());
                    let version = Version { digest: frozen.digest(), outline, frozen: Some(frozen.clone()) };
                    self.versions.entry(frozen.number()).or_insert(version);
                    let act = Act::Frozen { version: frozen.number(), digest: frozen.digest().0 };
                    self.acts.push((next(spot), who, act));
                }
                return;
            }
            Deed::Commented { clause, text } => {
                let (clause, text) = (clause.clone(), text.clone());
                self.comments.push(Comment { who, beat: spot.beat, clause, text });
            }
            Deed::Reaffirmed(_) | Deed::Notice { .. } | Deed::NoticeBack => {
                self.together.extend(Together::of(deed).map(|what| (spot, who, what)));
                return;
            }
            Deed::Depositary(key) => {
                self.depositary.get_or_insert(*key);
                return;
            }
            Deed::Proposed(proposal) => {
                self.proposals.push(*proposal);
                return;
            }
            Deed::Roster(_, side) => {
                self.rosters.push((spot, who, side.clone()));
                self.rosters.sort_by_key(|(spot, ..)| *spot);
                return;
            }
            Deed::Begun { sid, digest, expiry } => drop(self.begun.entry(*sid).or_insert((*digest, *expiry))),
            _ => {}
        }
        self.acts.extend(act_of(deed).map(|act| (next(spot), who, act)));
    }
}

/// Each note has two places in the order: the first submission begins the text as well (LIFE-7).
fn next(spot: Spot) -> Spot {
    Spot { nth: spot.nth.saturating_add(1), ..spot }
}

fn act_of(deed: &Deed) -> Option<Act> {
    Some(match deed {
        Deed::Submitted(_) => Act::Submitted,
        Deed::Commented { .. } => Act::Commented,
        Deed::Approved(digest) => Act::Approved { digest: digest.0 },
        Deed::TakenBack(digest) => Act::ApprovalTakenBack { digest: digest.0 },
        Deed::Abandoned => Act::Abandoned,
        Deed::Begun { sid, digest, expiry } => {
            Act::CeremonyBegun { sid: sid.0, digest: digest.0, expiry: *expiry }
        }
        Deed::Told(zone) => Act::Told { zone: *zone },
        Deed::Reaffirmed(_) | Deed::Notice { .. } | Deed::NoticeBack => return None,
        Deed::Frozen(_) | Deed::Proposed(_) | Deed::Depositary(_) | Deed::Roster(..) => return None,
    })
}

/// The record.
pub struct Book {
    clock: Clock,
    pen: PartyNo,
    all: BTreeMap<UnderstandingId, Kept>,
    shown: Vec<(Spot, Who, Shown)>,
    shown_by: BTreeMap<(MemberId, RoomKind), usize>,
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
            pen,
            all: BTreeMap::new(),
            shown: Vec::new(),
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
        *self = Self { next: self.next, ..Self::new(self.clock, self.pen) };
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

    /// The records are locked: what people wrote leaves memory.
    pub fn strip(&mut self) {
        self.notes.clear();
        for kept in self.all.values_mut() {
            kept.table = None;
            kept.comments.clear();
            kept.versions.values_mut().for_each(|version| version.frozen = None);
        }
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
    pub fn check(&self, said: &Said, author: MemberId, at: UtcMs) -> Result<(), Barred> {
        let kept = match (self.all.get(&said.id), &said.deed) {
            (Some(kept), _) => kept,
            (None, Deed::Submitted(_)) if self.all.len() >= UNDERSTANDINGS_MAX => return Err(Barred::Full),
            (None, Deed::Submitted(bytes)) => {
                return Understanding::from_bytes(bytes).map(drop).map_err(|_| Barred::Content);
            }
            _ => return Err(Barred::Unknown),
        };
        if kept.notes.get(&author).is_some_and(|notes| *notes >= NOTES_OF_AUTHOR_MAX) {
            return Err(Barred::Full);
        }
        let holds = match &said.deed {
            Deed::Submitted(bytes) => Understanding::from_bytes(bytes).is_ok(),
            Deed::Frozen(bytes) => Frozen::from_bytes(bytes).is_ok_and(|frozen| kept.continues(&frozen)),
            Deed::Proposed(proposal) => kept.may_propose(proposal, at),
            _ => true,
        };
        if holds { Ok(()) } else { Err(Barred::Content) }
    }

    /// Whether more of what this person shows of ceremonies in a room is kept.
    pub fn has_room(&self, author: MemberId, room: RoomKind) -> bool {
        self.shown_by.get(&(author, room)).is_none_or(|shown| *shown < SHOWN_OF_AUTHOR_MAX)
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
                let kept = self.all.entry(*id).or_insert_with(|| Kept::new(BTreeMap::new()));
                kept.sides.clone_from(sides);
            }
            What::Deed(said) => {
                if let Some(kept) = self.all.get_mut(&said.id) {
                    kept.take(note.spot, note.who, &said.deed);
                }
            }
            What::Shown(shown) => {
                if let Shown::Deposited(sid, opening) = shown {
                    self.openings.insert(*opening, *sid);
                }
                *self.shown_by.entry((note.who.member, note.spot.room)).or_default() += 1;
                self.shown.push((note.spot, note.who, *shown));
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

    /// Another understanding of the same parties that was settled in the place of this one: this one ends in the instant in which
    /// that one enters into force, and the parties agreed to it where the last word that it needed was said (DEED-18).
    fn succession(&self, old: &Kept, viewer: &Viewer) -> Option<Event> {
        let sides: Vec<PartyNo> = old.approvers().into_keys().collect();
        let takes_its_place = |new: &&Kept| {
            let of = |version: &Version| {
                version.outline.supersedes.and_then(|digest| old.version(&digest)).is_some()
            };
            new.versions.values().any(of) && new.approvers().into_keys().eq(sides.iter().copied())
        };
        let settled =
            self.all.values().filter(takes_its_place).filter_map(|new| self.settled(new, old, viewer));
        settled.min_by_key(|event| event.position)
    }

    /// Where a text was settled whose entry in the place of another is certain.
    fn settled(&self, new: &Kept, old: &Kept, viewer: &Viewer) -> Option<Event> {
        let setting = self.setting(new, viewer.clone())?;
        let mut events = self.events(new);
        events.sort_unstable();
        let decides = |event: &&Event| matches!(event.act.kind(), Kind::Acknowledged | Kind::Told);
        events.iter().filter(decides).find_map(|event| {
            let at = At { beat: event.position.beat, utc: event.position.utc };
            let act = life::supersede(&life::status(&setting, &events, at))?;
            let Act::Superseded { by, .. } = &act else { return None };
            let version = new.version(&Digest(*by))?;
            version.outline.supersedes.and_then(|digest| old.version(&digest))?;
            Some(Event { act, ..event.clone() })
        })
    }

    fn setting(&self, kept: &Kept, viewer: Viewer) -> Option<Setting> {
        let term = |version: &Version| Some((version.digest.0, version.outline.terms.clone()?));
        let texts = kept.versions.values().filter_map(term).collect();
        Setting::new(self.clock, viewer, self.pen, kept.first_sides(), texts).ok()
    }

    fn events(&self, kept: &Kept) -> Vec<Event> {
        let mut out: Vec<Event> =
            kept.acts.iter().filter_map(|(spot, who, act)| self.event(*spot, *who, act.clone())).collect();
        for (spot, who, act) in kept.by_quorum() {
            out.extend(self.event(next(spot), who, act));
        }
        for (spot, who, side) in &kept.rosters {
            let side = kept.side(who.party, side);
            out.extend(side.and_then(|side| self.event(next(*spot), *who, Act::RosterChanged { side })));
        }
        for (spot, who, shown) in &self.shown {
            if let Some((_, expiry)) = kept.begun.get(&shown.sid()) {
                let act = shown_act(shown, *expiry, self.sealed(spot.beat));
                out.extend(self.event(next(*spot), *who, act));
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

impl Kept {
    /// What parties said through their quorums, in the order in which it was complete.
    fn by_quorum(&self) -> Vec<(Spot, Who, Act)> {
        let mut sides = self.first_sides();
        let mut rosters = self.rosters.iter().peekable();
        let mut said = self.together.clone();
        said.sort_unstable_by_key(|(spot, ..)| *spot);
        let mut open: BTreeMap<(PartyNo, Together), BTreeSet<MemberId>> = BTreeMap::new();
        let mut out = Vec::new();
        for (spot, who, what) in said {
            while let Some((_, by, side)) = rosters.next_if(|(changed, ..)| *changed < spot) {
                self.change_side(&mut sides, by.party, side);
            }
            let Some(side) = sides.get(&who.party).filter(|side| side.approvers.contains(&who.member)) else {
                continue;
            };
            let by = open.entry((who.party, what)).or_default();
            by.insert(who.member);
            if by.len() >= usize::from(side.quorum) {
                let by = open.remove(&(who.party, what)).unwrap_or_default();
                out.push((spot, who, what.act(by)));
            }
        }
        out
    }

    /// A notice that some of a party's people gave, for the others to join.
    pub fn notice_begun(&self, party: PartyNo, urgent: bool) -> Option<UtcMs> {
        self.together.iter().rev().find_map(|(_, who, what)| match what {
            Together::Notice(effective, of) if who.party == party && *of == urgent => Some(*effective),
            _ => None,
        })
    }

    /// Whether a frozen version follows what is on record; the same one again says nothing new.
    fn continues(&self, frozen: &Frozen) -> bool {
        if terms::of_life(frozen.text()).is_none() {
            return false;
        }
        match self.last() {
            Some((number, last)) if frozen.number() == number => last.digest == frozen.digest(),
            Some((number, last)) if frozen.number() == number.saturating_add(1) => {
                frozen.before() == Some(last.digest)
            }
            Some((number, _)) => frozen.number() > number,
            None => true,
        }
    }

    fn may_propose(&self, proposal: &Proposal, at: UtcMs) -> bool {
        let last = self.proposals.last().map_or(0, |last| last.number);
        let latest = self.version(&proposal.digest).and_then(|version| version.outline.terms.as_ref());
        proposal.number > last
            && proposal.number <= TRIES_FOLLOWED_MAX
            && at < proposal.limit
            && proposal.limit <= proposal.expiry
            && latest.is_some_and(|terms| proposal.expiry <= terms.latest_expiry)
    }
}

/// The gentlemen's form has no certificate: its release is dated when it was sealed, at the latest before EXPIRY, since
/// what was deposited in time may be repeated after it (DEED-12).
fn shown_act(shown: &Shown, expiry: UtcMs, sealed: UtcMs) -> Act {
    match *shown {
        Shown::Deposited(sid, _) => Act::Deposited { sid: sid.0 },
        Shown::Withdrawn(sid) => Act::DepositWithdrawn { sid: sid.0 },
        Shown::Destroyed(sid) => Act::Destroyed { sid: sid.0 },
        Shown::Acknowledged(sid, _) => Act::Acknowledged { sid: sid.0 },
        Shown::Released(sid, certified) => {
            let before = UtcMs(expiry.0.saturating_sub(1));
            Act::Released { sid: sid.0, released_at: certified.unwrap_or(sealed.min(before)) }
        }
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
