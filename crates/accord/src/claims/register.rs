//! The register of one room: entries in their order, and the claims that follow from them.

use super::entry::{Act, ClaimId, Content, Entry};
use crate::limits::{
    AMENDMENTS_MAX, CLAIMS_MAX, CLAIMS_OF_MEMBER_MAX, CREDENCES_OF_MEMBER_MAX, ENTRIES_OF_MEMBER_MAX,
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
    /// Its number among the entries of that seat in that beat.
    #[n(2)]
    pub nth: u16,
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

/// Why an entry leaves no trace.
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

/// What follows from the entries.
#[derive(Default)]
struct Folded {
    claims: BTreeMap<ClaimId, Claim>,
    /// Of each member, how many claims it entered and how many entries of it count.
    of_members: BTreeMap<MemberId, (usize, usize)>,
}

impl Folded {
    /// Whether an entry follows from what stands before it (CLAIM-4, CLAIM-7).
    fn judge(&self, who: &Author, entry: &Entry) -> Result<(), Barred> {
        let (claims, entries) = self.of_members.get(&who.member).copied().unwrap_or_default();
        if entries >= ENTRIES_OF_MEMBER_MAX {
            return Err(Barred::Full);
        }
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
        let counts = self.of_members.entry(who.member).or_default();
        counts.1 = counts.1.saturating_add(1);
        if matches!(entry.act, Act::Entered(_)) {
            counts.0 = counts.0.saturating_add(1);
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

/// The register.
#[derive(Default)]
pub struct Register {
    entries: BTreeMap<Spot, (Author, Entry)>,
    folded: Folded,
}

impl Register {
    /// Makes it again from what was kept of it.
    pub fn load(kept: impl IntoIterator<Item = Noted>) -> Self {
        let entries = kept.into_iter().map(|Noted { spot, who, entry }| (spot, (who, entry))).collect();
        let mut register = Self { entries, folded: Folded::default() };
        register.fold();
        register
    }

    /// Where the next entry of a seat stands. What completes after something that the seat said later stands behind that (CLAIM-6).
    pub fn place(&self, seat: u8, beat: Beat) -> Spot {
        match self.entries.keys().rev().find(|spot| spot.seat == seat) {
            Some(last) if last.beat >= beat => Spot { nth: last.nth.saturating_add(1), ..*last },
            _ => Spot { beat, seat, nth: 0 },
        }
    }

    /// Whether an entry could be made now, behind everything else.
    pub fn judge(&self, who: &Author, entry: &Entry) -> Result<(), Barred> {
        self.folded.judge(who, entry)
    }

    /// Takes entries in at their places, each judged by what stands before it; those refused leave nothing behind.
    pub fn take(&mut self, new: Vec<Noted>) -> Vec<Result<(), Barred>> {
        let mut fates = Vec::new();
        for Noted { spot, who, entry } in &new {
            let stored = self.entries.values().filter(|(author, _)| author.member == who.member).count();
            let fate = match self.entries.contains_key(spot) {
                true => Err(Barred::Taken),
                false if stored >= ENTRIES_OF_MEMBER_MAX => Err(Barred::Full),
                false => Ok(()),
            };
            if fate.is_ok() {
                self.entries.insert(*spot, (*who, entry.clone()));
            }
            fates.push(fate);
        }
        let refused = self.fold();
        for (fate, Noted { spot, .. }) in fates.iter_mut().zip(&new) {
            if let (Ok(()), Some(barred)) = (&fate, refused.get(spot)) {
                *fate = Err(*barred);
                self.entries.remove(spot);
            }
        }
        fates
    }

    /// Folds everything again; what does not follow, and why.
    fn fold(&mut self) -> BTreeMap<Spot, Barred> {
        let (mut folded, mut refused) = (Folded::default(), BTreeMap::new());
        for (spot, (who, entry)) in &self.entries {
            match folded.judge(who, entry) {
                Ok(()) => folded.apply(*spot, who, entry),
                Err(barred) => drop(refused.insert(*spot, barred)),
            }
        }
        self.folded = folded;
        refused
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
        all.sort_by_key(|(_, claim)| claim.entered);
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
        spots.sort_unstable();
        let of = |spot| self.at(spot).map(|(who, entry)| (spot, who, &entry.act));
        spots.into_iter().filter_map(of).collect()
    }
}
