//! The register of one room: entries in their order, and the claims that follow from them.

use super::entry::{Act, ClaimId, Content, Entry};
use crate::limits::{
    AMENDMENTS_MAX, CLAIM_ORDER_BEATS, CLAIMS_MAX, CLAIMS_OF_MEMBER_MAX, CREDENCES_OF_MEMBER_MAX,
    ENTRIES_OF_MEMBER_MAX, REGISTER_ENTRIES_MAX,
};
use crate::rules::{Author, RoomKind};
use backchannel_wire::{Beat, MemberId, PartyNo, Role};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// Where an entry stands in the order that all stations of the room share (CLAIM-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Spot {
    /// The beat that sealed it.
    #[n(0)]
    pub beat: Beat,
    /// The seat that said it.
    #[n(1)]
    pub seat: u8,
    /// The number of the item that it came in, which grows from one entry of an author at a seat to the next.
    #[n(2)]
    pub nth: u64,
}

/// An entry on record.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Noted {
    /// Where it stands.
    #[n(0)]
    pub spot: Spot,
    /// Who made it.
    #[n(1)]
    pub who: Author,
    /// The entry.
    #[n(2)]
    pub entry: Entry,
}

/// Why an entry is refused, or counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Barred {
    /// Not in the author's own delegation room.
    #[error("the register is kept in the own delegation's room and nowhere else (CLAIM-1)")]
    Room,
    /// By an observer.
    #[error("an observer reads the register and does not write in it (CLAIM-1)")]
    Observer,
    /// Above a bound, or without the words it needs.
    #[error("it is empty, or longer than such an entry may be (CLAIM-2)")]
    Bounds,
    /// A claim of that id is there.
    #[error("a claim of that id is in the register already (CLAIM-4)")]
    Taken,
    /// There is no such claim.
    #[error("no claim of that id is in the register (CLAIM-4)")]
    Unknown,
    /// By somebody who did not enter it.
    #[error("only whoever entered a claim amends or withdraws it (CLAIM-4)")]
    NotAuthor,
    /// It was withdrawn.
    #[error("the claim was withdrawn (CLAIM-4)")]
    Withdrawn,
    /// It is no credence.
    #[error("a credence is a whole number from 0 to 100, and has reasons (CLAIM-5)")]
    Credence,
    /// There is no more room.
    #[error("the register holds no more of this (CLAIM-7)")]
    Full,
}

/// Whether somebody may make an entry in this room, read by a station of the side `own`; what stands on record is not looked at.
pub fn admissible(who: &Author, room: RoomKind, own: PartyNo, entry: &Entry) -> Result<(), Barred> {
    if room != RoomKind::Delegation(own) || who.party != own {
        return Err(Barred::Room);
    }
    if who.role == Role::Observer {
        return Err(Barred::Observer);
    }
    entry.check()
}

/// One claim, by the places of its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Where it was entered.
    pub entered: Spot,
    /// Who entered it.
    pub by: Author,
    /// Where it was amended, in order.
    pub amended: Vec<Spot>,
    /// Where it was withdrawn.
    pub withdrawn: Option<Spot>,
    /// Where each member said how far it believes it, in order.
    pub credences: BTreeMap<MemberId, Vec<Spot>>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is on record and counts.
    Counts,
    /// It is on record, and does not follow from what stands before it, as far as that is on record: it counts for nothing.
    Idle(Barred),
    /// It left no trace.
    Refused(Barred),
}

/// What follows from the entries.
#[derive(Default)]
struct Folded {
    claims: BTreeMap<ClaimId, Claim>,
    /// Where each entry stands in the order.
    places: BTreeMap<Spot, Place>,
    /// How many claims each member entered.
    of_members: BTreeMap<MemberId, usize>,
}

impl Folded {
    /// Whether an entry follows from what stands before it (CLAIM-4, CLAIM-7).
    fn judge(&self, who: &Author, entry: &Entry) -> Result<(), Barred> {
        let claims = self.of_members.get(&who.member).copied().unwrap_or_default();
        let known = self.claims.get(&entry.id);
        let room = |free: bool| if free { Ok(()) } else { Err(Barred::Full) };
        let Some(claim) = known else {
            return match entry.act {
                Act::Entered(_) => room(claims < CLAIMS_OF_MEMBER_MAX && self.claims.len() < CLAIMS_MAX),
                _ => Err(Barred::Unknown),
            };
        };
        match entry.act {
            Act::Entered(_) => Err(Barred::Taken),
            _ if claim.withdrawn.is_some() => Err(Barred::Withdrawn),
            Act::Believed(..) => {
                let changes = claim.credences.get(&who.member).map_or(0, Vec::len);
                room(changes < CREDENCES_OF_MEMBER_MAX)
            }
            _ if claim.by.member != who.member => Err(Barred::NotAuthor),
            Act::Amended(_) => room(claim.amended.len() < AMENDMENTS_MAX),
            Act::Withdrawn => Ok(()),
        }
    }

    fn apply(&mut self, spot: Spot, who: &Author, entry: &Entry) {
        if matches!(entry.act, Act::Entered(_)) {
            let claims = self.of_members.entry(who.member).or_default();
            *claims = claims.saturating_add(1);
            let (amended, withdrawn, credences) = (Vec::new(), None, BTreeMap::new());
            let claim = Claim { entered: spot, by: *who, amended, withdrawn, credences };
            self.claims.insert(entry.id, claim);
            return;
        }
        let Some(claim) = self.claims.get_mut(&entry.id) else { return };
        match entry.act {
            Act::Entered(_) => {}
            Act::Amended(_) => claim.amended.push(spot),
            Act::Withdrawn => claim.withdrawn = Some(spot),
            Act::Believed(..) => claim.credences.entry(who.member).or_default().push(spot),
        }
    }
}

/// Where an entry stands in the order: the beat from which it counts, the seat, the number (CLAIM-6).
pub type Place = (Beat, u8, u64);

/// The register.
#[derive(Default)]
pub struct Register {
    entries: BTreeMap<Spot, (Author, Entry)>,
    /// How many entries of each member are on record.
    of_members: BTreeMap<MemberId, usize>,
    folded: Folded,
}

impl Register {
    /// Makes it again from what was kept of it; of two at one place the later stands.
    pub fn load(kept: impl IntoIterator<Item = Noted>) -> Self {
        let mut register = Self::default();
        kept.into_iter().for_each(|noted| register.put(noted));
        register.fold();
        register
    }

    /// Whether an entry could be made now, behind everything else.
    pub fn judge(&self, who: &Author, entry: &Entry) -> Result<(), Barred> {
        self.room_for(who.member)?;
        self.folded.judge(who, entry)
    }

    /// Takes entries in at their places, each judged by what stands before it (CLAIM-6). What does not follow stays on record:
    /// what it follows from may still come.
    pub fn take(&mut self, new: Vec<Noted>) -> Vec<Fate> {
        let mut places = Vec::new();
        for noted in new {
            let (spot, free) = (noted.spot, !self.has(noted.spot));
            let room = if free { self.room_for(noted.who.member) } else { Err(Barred::Taken) };
            if room.is_ok() {
                self.put(noted);
            }
            places.push(room.map(|()| spot));
        }
        let idle = self.fold();
        let fate = |place: Result<Spot, Barred>| match place.map(|spot| idle.get(&spot)) {
            Ok(None) => Fate::Counts,
            Ok(Some(barred)) => Fate::Idle(*barred),
            Err(barred) => Fate::Refused(barred),
        };
        places.into_iter().map(fate).collect()
    }

    /// Takes what the room itself brought: it stands in the place of what somebody said had stood there.
    pub fn hear(&mut self, noted: Noted) -> Fate {
        let spot = noted.spot;
        if !self.has(spot) {
            return self.take(vec![noted]).pop().unwrap_or(Fate::Refused(Barred::Full));
        }
        self.put(noted);
        self.fold().get(&spot).map_or(Fate::Counts, |barred| Fate::Idle(*barred))
    }

    /// Whether an entry of a member has a place (CLAIM-7).
    fn room_for(&self, member: MemberId) -> Result<(), Barred> {
        let own = self.of_members.get(&member).copied().unwrap_or_default();
        let free = own < ENTRIES_OF_MEMBER_MAX && self.entries.len() < REGISTER_ENTRIES_MAX;
        if free { Ok(()) } else { Err(Barred::Full) }
    }

    fn put(&mut self, Noted { spot, who, entry }: Noted) {
        let count = self.of_members.entry(who.member).or_default();
        *count = count.saturating_add(1);
        if let Some((before, _)) = self.entries.insert(spot, (who, entry)) {
            let count = self.of_members.entry(before.member).or_default();
            *count = count.saturating_sub(1);
        }
    }

    /// Folds everything again (CLAIM-4); what does not follow, and why.
    fn fold(&mut self) -> BTreeMap<Spot, Barred> {
        let (mut folded, mut idle) = (Folded::default(), BTreeMap::new());
        for (place, spot) in self.in_order() {
            folded.places.insert(spot, place);
            let Some((who, entry)) = self.entries.get(&spot) else { continue };
            match folded.judge(who, entry) {
                Ok(()) => folded.apply(spot, who, entry),
                Err(barred) => drop(idle.insert(spot, barred)),
            }
        }
        self.folded = folded;
        idle
    }

    /// All in their order: by the beat, or one up to [`CLAIM_ORDER_BEATS`] later in which something was sealed that the author
    /// had said before (CLAIM-6). It follows from what is on record, however that came.
    fn in_order(&self) -> Vec<(Place, Spot)> {
        let mut of_authors: BTreeMap<(u8, MemberId), Vec<Spot>> = BTreeMap::new();
        for (spot, (who, _)) in &self.entries {
            of_authors.entry((spot.seat, who.member)).or_default().push(*spot);
        }
        let mut all = Vec::new();
        for mut spots in of_authors.into_values() {
            spots.sort_unstable_by_key(|spot| (spot.nth, spot.beat));
            let mut from = Beat(0);
            for spot in spots {
                from = from.max(spot.beat);
                // What is further apart was no delay: numbers begin anew where a vault was put back.
                let late = from.since(spot.beat) <= CLAIM_ORDER_BEATS;
                all.push(((if late { from } else { spot.beat }, spot.seat, spot.nth), spot));
            }
        }
        all.sort_unstable();
        all
    }

    /// Where an entry stands in the order; what is not on record stands where it was sealed.
    pub fn place(&self, spot: Spot) -> Place {
        self.folded.places.get(&spot).copied().unwrap_or((spot.beat, spot.seat, spot.nth))
    }

    /// The records are locked: words and figures leave memory, what entries are judged by stays.
    pub fn strip(&mut self) {
        for (_, entry) in self.entries.values_mut() {
            *entry = entry.without_words();
        }
    }

    /// Every entry in its order, for whoever joins later.
    pub fn noted(&self) -> impl Iterator<Item = Noted> {
        self.entries.iter().map(|(spot, (who, entry))| Noted { spot: *spot, who: *who, entry: entry.clone() })
    }

    /// Whether something stands on record where this does.
    pub fn has(&self, spot: Spot) -> bool {
        self.entries.contains_key(&spot)
    }

    /// The claims in the order in which they were entered.
    pub fn claims(&self) -> Vec<(ClaimId, &Claim)> {
        let mut all: Vec<(ClaimId, &Claim)> =
            self.folded.claims.iter().map(|(id, claim)| (*id, claim)).collect();
        all.sort_by_key(|(_, claim)| self.place(claim.entered));
        all
    }

    /// One claim.
    pub fn claim(&self, id: ClaimId) -> Option<&Claim> {
        self.folded.claims.get(&id)
    }

    /// What a claim says now.
    pub fn content(&self, claim: &Claim) -> Option<&Content> {
        let (_, entry) = self.entries.get(claim.amended.last().unwrap_or(&claim.entered))?;
        match &entry.act {
            Act::Entered(content) | Act::Amended(content) => Some(content),
            _ => None,
        }
    }

    /// The entry that stands somewhere, and who made it.
    pub fn at(&self, spot: Spot) -> Option<(&Author, &Entry)> {
        self.entries.get(&spot).map(|(who, entry)| (who, entry))
    }

    /// Everything that counts of a claim, in its order.
    pub fn history(&self, claim: &Claim) -> Vec<(Spot, &Author, &Act)> {
        let changes = claim.amended.iter().chain(&claim.withdrawn).chain(claim.credences.values().flatten());
        let mut spots: Vec<Spot> = std::iter::once(&claim.entered).chain(changes).copied().collect();
        spots.sort_unstable_by_key(|spot| self.place(*spot));
        let of = |spot| self.at(spot).map(|(who, entry)| (spot, who, &entry.act));
        spots.into_iter().filter_map(of).collect()
    }
}
