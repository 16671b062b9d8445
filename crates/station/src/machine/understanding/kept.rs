//! One understanding on record: its versions, each with its own sides, and what was said of it.

use super::book::next;
use super::item::{Deed, Proposal, SideOf, Spot};
use super::terms;
use crate::limits::{PROPOSALS_AHEAD_MAX, PROPOSALS_OF_AUTHOR_MAX};
use crate::machine::room::Who;
use backchannel_accord::Texts;
use backchannel_accord::life::{self, Act, Side, Sides};
use backchannel_accord::limits::{PARTIES_OF_LIFE_MAX, TEXTS_OF_LIFE_MAX};
use backchannel_accord::understanding::{Digest, Form, Frozen, Understanding, Voice};
use backchannel_assurance::ceremony::CeremonyId;
use backchannel_assurance::{DepositaryPublic, RosterHead};
use backchannel_wire::{Beat, MemberId, PartyNo, UtcMs};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// The versions of each party's roster known here, in their order.
pub type Chains = BTreeMap<PartyNo, Vec<(RosterHead, SideOf)>>;

/// What of a text is kept while its words are locked away, or once they were burned.
#[derive(Clone, Encode, Decode)]
pub struct Outline {
    /// How the sides are bound.
    #[n(0)]
    pub form: Form,
    /// Who speaks.
    #[n(1)]
    pub voice: Voice,
    /// The parties, and how many of each the text wants to approve.
    #[n(2)]
    pub parties: BTreeMap<PartyNo, u8>,
    /// Its time, once nothing is missing.
    #[n(3)]
    pub terms: Option<life::Terms>,
    /// The version whose place it takes.
    #[n(4)]
    pub supersedes: Option<Digest>,
    /// Milliseconds between its set times, if it has any.
    #[n(5)]
    pub set_times_ms: Option<u64>,
    /// Milliseconds after a query's time is over from which each step of its ladder is open.
    #[n(6)]
    pub ladder_ms: Option<[u64; 3]>,
}

impl Outline {
    /// Of a text.
    pub fn of(text: &Understanding) -> Self {
        let parties = text.parties.iter().map(|party| (party.number, party.quorum)).collect();
        let (terms, supersedes) = (terms::of_life(text), text.supersedes);
        let set_times_ms = text.timing.set_times.map(|span| span.0);
        let ladder = text.timing.ladder;
        let ladder_ms = ladder.map(|steps| [steps.second.0, steps.meeting.0, steps.complaint.0]);
        Self { form: text.form, voice: text.voice, parties, terms, supersedes, set_times_ms, ladder_ms }
    }

    /// Whether it could be a text's (LIFE-26, LIFE-27).
    pub fn is_bounded(&self) -> bool {
        let parties = (2..=PARTIES_OF_LIFE_MAX).contains(&self.parties.len());
        parties && self.terms.as_ref().is_none_or(|terms| terms.check().is_ok())
    }

    /// Its sides by these rosters: at least as many as the roster says, and as the text says; everybody who is named in the
    /// joint form (DEED-10).
    pub fn sides(&self, rosters: &BTreeMap<PartyNo, SideOf>) -> Sides {
        let rosters = rosters.iter().map(|(party, side)| (*party, raw(side))).collect();
        Sides::new(&rosters, self.parties.clone(), self.form == Form::Joint)
    }
}

/// A side as its roster says.
fn raw(side: &SideOf) -> Side {
    Side { quorum: side.quorum, approvers: side.approvers.iter().copied().collect() }
}

/// A frozen version on record.
pub struct Version {
    /// Its digest.
    pub digest: Digest,
    /// What stays while it is locked away.
    pub outline: Outline,
    /// The text itself.
    pub frozen: Option<Frozen>,
    /// As the rosters were known when it was frozen.
    rosters: BTreeMap<PartyNo, SideOf>,
}

impl Version {
    /// Its sides when it was frozen. A roster that was not known here then is as it is known now.
    pub fn sides(&self, chains: &Chains) -> Sides {
        let now = |party: &PartyNo| Some((*party, chains.get(party)?.last()?.1.clone()));
        let mut rosters: BTreeMap<_, _> = self.outline.parties.keys().filter_map(now).collect();
        rosters.extend(self.rosters.clone());
        self.outline.sides(&rosters)
    }
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

/// What a head says a try is called, and what it is a try of.
#[derive(Clone, Copy)]
pub struct Named {
    /// Where it said so.
    pub spot: Spot,
    /// Who said it.
    pub who: Who,
    /// The text.
    pub digest: Digest,
    /// EXPIRY.
    pub expiry: UtcMs,
}

/// One understanding.
pub struct Kept {
    /// As the rosters were known when the version was frozen that comes next.
    rosters: BTreeMap<PartyNo, SideOf>,
    /// How often that was noted.
    pub sides_noted: usize,
    /// What heads said since of their rosters, in order.
    changes: Vec<(Spot, Who, RosterHead, SideOf)>,
    /// What else changes its state.
    pub acts: Vec<(Spot, Who, Act)>,
    /// The tries proposed, in order.
    proposals: Vec<(Spot, Who, Proposal)>,
    /// How many notes each person has here.
    pub notes: BTreeMap<MemberId, usize>,
    /// The key under which the depositary certifies a release; the first one said stands.
    pub depositary: Option<DepositaryPublic>,
    named: BTreeMap<CeremonyId, BTreeMap<PartyNo, Named>>,
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
    /// Nothing of it is on record yet.
    pub fn new() -> Self {
        Self {
            rosters: BTreeMap::new(),
            sides_noted: 0,
            changes: Vec::new(),
            acts: Vec::new(),
            proposals: Vec::new(),
            notes: BTreeMap::new(),
            depositary: None,
            named: BTreeMap::new(),
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

    /// What the text is about that was frozen last, or lies before the parties.
    pub fn shape(&self) -> Option<&Outline> {
        self.last().map(|(_, version)| &version.outline).or(self.outline.as_ref())
    }

    /// The rosters as they were known for the version that is frozen next.
    pub fn known_rosters(&mut self, rosters: &BTreeMap<PartyNo, SideOf>) {
        self.rosters.clone_from(rosters);
        self.sides_noted += 1;
    }

    /// Whether what a pen froze is on record already.
    pub fn has_version(&self, frozen: &Frozen) -> bool {
        self.versions.get(&frozen.number()).is_some_and(|version| version.digest == frozen.digest())
    }

    /// Who approves a version by what is on record now (DEED-10, DEED-17).
    pub fn sides(&self, version: &Version, chains: &Chains) -> Sides {
        let mut sides = version.sides(chains);
        for (_, who, side) in self.changes(chains) {
            sides.change(who.party, &side);
        }
        sides
    }

    /// The changes of rosters that count: of a version that is known here, that says what the head said, and that is not
    /// older than the one before, nor than the one under which a version was frozen before (DEED-17).
    pub fn changes(&self, chains: &Chains) -> Vec<(Spot, Who, Side)> {
        let mut newest: BTreeMap<PartyNo, usize> = BTreeMap::new();
        let mut out = Vec::new();
        for (spot, who, head, side) in &self.changes {
            let chain = chains.get(&who.party).map(Vec::as_slice).unwrap_or_default();
            let Some(at) = chain.iter().position(|known| known == &(*head, side.clone())) else { continue };
            let frozen = self.frozen_under(who.party, *spot, chain);
            if newest.get(&who.party).copied().max(frozen).is_none_or(|newest| newest <= at) {
                newest.insert(who.party, at);
                out.push((*spot, *who, raw(side)));
            }
        }
        out
    }

    /// The newest of a party's rosters under which something had been frozen before.
    fn frozen_under(&self, party: PartyNo, before: Spot, chain: &[(RosterHead, SideOf)]) -> Option<usize> {
        let frozen = |spot: &Spot, act: &Act| match act {
            Act::Frozen { digest, .. } if *spot < before => self.version(&Digest(*digest)),
            _ => None,
        };
        let versions = self.acts.iter().filter_map(|(spot, _, act)| frozen(spot, act));
        let rosters = versions.filter_map(|version| version.rosters.get(&party));
        rosters.filter_map(|roster| chain.iter().rposition(|(_, side)| side == roster)).max()
    }

    /// The tries proposed, in order; of two of one number the first.
    pub fn proposals(&self) -> impl Iterator<Item = &Proposal> {
        let first = |at: usize, one: &Proposal| {
            !self.proposals[..at].iter().any(|(.., other)| other.number == one.number)
        };
        self.proposals
            .iter()
            .enumerate()
            .filter(move |(at, (.., one))| first(*at, one))
            .map(|(_, (.., one))| one)
    }

    /// The number of the latest try proposed.
    pub fn last_try(&self) -> u32 {
        self.proposals.iter().map(|(.., one)| one.number).max().unwrap_or_default()
    }

    /// What heads say the tries are called, each where it said so (LIFE-12).
    pub fn tries(&self) -> impl Iterator<Item = (CeremonyId, &Named)> {
        self.named.iter().flat_map(|(sid, by)| by.values().map(|named| (*sid, named)))
    }

    /// The names of tries.
    pub fn names(&self) -> impl Iterator<Item = &CeremonyId> {
        self.named.keys()
    }

    /// What the first head of a party of its text says of a try.
    pub fn named(&self, sid: &CeremonyId) -> Option<&Named> {
        let of_text = |named: &&Named| {
            let version = self.version(&named.digest);
            version.is_some_and(|version| version.outline.parties.contains_key(&named.who.party))
        };
        self.named.get(sid)?.values().filter(of_text).min_by_key(|named| named.spot)
    }

    /// Takes a deed that was admitted.
    pub fn take(&mut self, spot: Spot, who: Who, deed: &Deed) {
        *self.notes.entry(who.member).or_default() += 1;
        match deed {
            Deed::Submitted(bytes) => {
                self.begin(spot, who);
                if let Ok(text) = Understanding::from_bytes(bytes) {
                    self.outline = Some(Outline::of(&text));
                    self.table = Some(text);
                }
            }
            Deed::Frozen(bytes) => return self.take_frozen(spot, who, bytes),
            Deed::Commented { clause, text } => {
                let (clause, text) = (clause.clone(), text.clone());
                self.comments.push(Comment { who, beat: spot.beat, clause, text });
            }
            Deed::Depositary(key) => drop(self.depositary.get_or_insert(*key)),
            Deed::Proposed(proposal) => {
                self.proposals.push((spot, who, *proposal));
                self.proposals.sort_by_key(|(spot, ..)| *spot);
            }
            Deed::Roster(head, side) => {
                self.changes.push((spot, who, *head, side.clone()));
                self.changes.sort_by_key(|(spot, ..)| *spot);
            }
            Deed::Begun { sid, digest, expiry } => {
                let named = Named { spot, who, digest: *digest, expiry: *expiry };
                let of = self.named.entry(*sid).or_default().entry(who.party).or_insert(named);
                if spot < of.spot {
                    *of = named;
                }
            }
            _ => {}
        }
        self.acts.extend(act_of(who, deed).map(|act| (next(spot), who, act)));
    }

    /// The first submission begins the text as well (LIFE-7).
    fn begin(&mut self, spot: Spot, who: Who) {
        if self.acts.is_empty() {
            self.acts.push((spot, who, Act::Drafted));
        }
    }

    fn take_frozen(&mut self, spot: Spot, who: Who, bytes: &[u8]) {
        let Ok(frozen) = Frozen::from_bytes(bytes) else { return };
        let (number, digest, outline) = (frozen.number(), frozen.digest(), Outline::of(frozen.text()));
        self.take_version((spot, who), (number, digest), outline, Some(frozen));
    }

    fn take_version(
        &mut self,
        (spot, who): (Spot, Who),
        (number, digest): (u32, Digest),
        outline: Outline,
        frozen: Option<Frozen>,
    ) {
        self.acts.push((next(spot), who, Act::Frozen { version: number, digest: digest.0 }));
        let version = Version { digest, outline, frozen, rosters: self.rosters.clone() };
        self.versions.entry(number).or_insert(version);
    }

    /// Takes what is left of a text whose words were burned: submitted, or frozen under a number and a digest.
    pub fn take_outline(
        &mut self,
        (spot, who): (Spot, Who),
        frozen: Option<(u32, Digest)>,
        outline: &Outline,
    ) {
        *self.notes.entry(who.member).or_default() += 1;
        if let Some(frozen) = frozen {
            return self.take_version((spot, who), frozen, outline.clone(), None);
        }
        self.begin(spot, who);
        self.outline = Some(outline.clone());
        self.table = None;
        self.acts.push((next(spot), who, Act::Submitted));
    }

    /// Whether what is left of a burned text keeps to the bounds of a text, and follows what is on record.
    pub fn may_outline(&self, frozen: Option<(u32, Digest)>, outline: &Outline) -> bool {
        let follows = |(number, _): (u32, Digest)| {
            self.last().is_none_or(|(last, _)| number > last) && self.versions.len() < TEXTS_OF_LIFE_MAX
        };
        outline.is_bounded() && frozen.is_none_or(follows)
    }

    /// Whether a frozen version follows what is on record; the same one again says nothing new.
    pub fn continues(&self, frozen: &Frozen) -> bool {
        if terms::of_life(frozen.text()).is_none() {
            return false;
        }
        if self.has_version(frozen) {
            return true;
        }
        let follows = match self.last() {
            Some((number, last)) if frozen.number() == number.saturating_add(1) => {
                frozen.before() == Some(last.digest)
            }
            Some((number, _)) => frozen.number() > number,
            None => true,
        };
        follows && self.versions.len() < TEXTS_OF_LIFE_MAX
    }

    /// Whether a head may propose this in a beat: nobody else's proposals hinder it (DEED-6).
    pub fn may_propose(&self, proposal: &Proposal, who: Who, (beat, at): (Beat, UtcMs)) -> bool {
        let Some(version) = self.version(&proposal.digest) else { return false };
        let Some(terms) = &version.outline.terms else { return false };
        let mine =
            |(_, by, one): &&(Spot, Who, Proposal)| by.member == who.member && one.digest == proposal.digest;
        let last = self.last_try();
        // Of two in one beat the order decides, which is not that of arrival.
        let raced = |(spot, by, one): &(Spot, Who, Proposal)| {
            one.number == proposal.number && spot.beat == beat && by.party != who.party
        };
        let follows = proposal.number > last && proposal.number - last <= PROPOSALS_AHEAD_MAX;
        version.outline.parties.contains_key(&who.party)
            && self.proposals.iter().filter(mine).count() < PROPOSALS_OF_AUTHOR_MAX
            && (follows || self.proposals.iter().any(raced))
            && at < proposal.limit
            && proposal.limit <= proposal.expiry
            && proposal.expiry <= terms.latest_expiry
    }
}

/// What a deed does to the state, if one person's word is enough or counts with others' (DEED-15).
fn act_of(who: Who, deed: &Deed) -> Option<Act> {
    let by = || [who.member].into();
    Some(match deed {
        Deed::Submitted(_) => Act::Submitted,
        Deed::Commented { .. } => Act::Commented,
        Deed::Approved(digest) => Act::Approved { digest: digest.0 },
        Deed::TakenBack(digest) => Act::ApprovalTakenBack { digest: digest.0 },
        Deed::Abandoned => Act::Abandoned,
        Deed::Told(zone) => Act::Told { zone: *zone },
        Deed::Reaffirmed(until) => Act::Reaffirmed { until: *until, by: by() },
        Deed::Notice { effective, urgent } => {
            Act::NoticeGiven { effective: *effective, urgent: urgent.is_some(), by: by() }
        }
        Deed::NoticeBack => Act::NoticeTakenBack { by: by() },
        Deed::Incident(id, about) => Act::Incident { id: *id, act: about.act(who.member) },
        Deed::Frozen(_) | Deed::Proposed(_) | Deed::Depositary(_) | Deed::Roster(..) | Deed::Begun { .. } => {
            return None;
        }
    })
}
