//! Between whom a text is, and how many of each party must say something together.

use super::refusal::Refusal;
use crate::limits::{APPROVERS_MAX, PARTIES_OF_LIFE_MAX};
use backchannel_wire::{MemberId, PartyNo};
use std::collections::{BTreeMap, BTreeSet};

/// Who approves for a party: its roster's quorum, heads and principals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// How many must.
    pub quorum: u8,
    /// Who may.
    pub approvers: BTreeSet<MemberId>,
}

impl Side {
    /// Whether enough of these may approve.
    pub(super) fn reached(&self, by: &BTreeSet<MemberId>) -> bool {
        by.intersection(&self.approvers).count() >= usize::from(self.quorum.max(1))
    }

    /// Refuses what nobody says who may.
    pub(super) fn anybody(&self, by: &BTreeSet<MemberId>) -> Result<(), Refusal> {
        if by.is_disjoint(&self.approvers) { Err(Refusal::Quorum) } else { Ok(()) }
    }

    /// Whether a party's word is its own with what these people say, beside those who said the same before; kept until it
    /// is. Refuses what all of them said before.
    pub(super) fn join<W: Ord>(
        &self,
        words: &mut BTreeMap<(PartyNo, W), BTreeSet<MemberId>>,
        word: (PartyNo, W),
        by: &BTreeSet<MemberId>,
    ) -> Result<bool, Refusal> {
        // Whom a quorum says it at once needs no keeping.
        if self.reached(by) && !words.contains_key(&word) {
            return Ok(true);
        }
        let said = words.entry(word).or_default();
        let before = said.len();
        said.extend(by.intersection(&self.approvers));
        if said.len() == before { Err(Refusal::Repeated) } else { Ok(self.reached(said)) }
    }

    pub(super) fn sound(&self) -> bool {
        let people = self.approvers.len();
        (1..=people).contains(&usize::from(self.quorum)) && people <= APPROVERS_MAX
    }
}

/// The sides of one text: its parties, by the rosters under which it was frozen, as they changed since (LIFE-19). A version
/// frozen later has its own, and alters nothing of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    of: BTreeMap<PartyNo, Side>,
    least: BTreeMap<PartyNo, u8>,
    everyone: bool,
}

impl Sides {
    /// The parties of a text, each with the number of people it asks for at least; more if a roster wants more, and
    /// `everyone` if all who are named sign.
    pub fn new(rosters: &BTreeMap<PartyNo, Side>, least: BTreeMap<PartyNo, u8>, everyone: bool) -> Self {
        let mut sides = Self { of: BTreeMap::new(), least, everyone };
        let known = rosters.iter().filter_map(|(party, roster)| Some((*party, sides.side(*party, roster)?)));
        sides.of = known.collect();
        sides
    }

    /// The parties.
    pub fn parties(&self) -> impl Iterator<Item = PartyNo> {
        self.least.keys().copied()
    }

    /// Who approves for a party.
    pub fn get(&self, party: PartyNo) -> Option<&Side> {
        self.of.get(&party)
    }

    /// Whether there are parties enough and not too many, the intermediary not among them (LIFE-27).
    pub(super) fn has_parties(&self) -> bool {
        let parties = (2..=PARTIES_OF_LIFE_MAX).contains(&self.least.len());
        parties && !self.least.contains_key(&PartyNo::INTERMEDIARY)
    }

    /// Whether every party has a quorum that can be had (LIFE-27).
    pub fn is_sound(&self) -> bool {
        self.has_parties() && self.of.len() == self.least.len() && self.is_possible()
    }

    /// Whether every party whose roster is known has a quorum that can be had.
    pub fn is_possible(&self) -> bool {
        self.of.values().all(Side::sound)
    }

    /// A roster changed. A side that could never reach its quorum changes nothing (LIFE-19).
    pub fn change(&mut self, party: PartyNo, roster: &Side) {
        if let Some(side) = self.side(party, roster).filter(Side::sound) {
            self.of.insert(party, side);
        }
    }

    /// At least as many as the roster says, and as the text says.
    fn side(&self, party: PartyNo, roster: &Side) -> Option<Side> {
        let wanted = *self.least.get(&party)?;
        let all = u8::try_from(roster.approvers.len()).unwrap_or(u8::MAX);
        let least = if self.everyone { all } else { roster.quorum };
        Some(Side { quorum: least.max(wanted), approvers: roster.approvers.clone() })
    }
}

impl From<BTreeMap<PartyNo, Side>> for Sides {
    /// As the rosters say.
    fn from(of: BTreeMap<PartyNo, Side>) -> Self {
        let least = of.keys().map(|party| (*party, 1)).collect();
        Self { of, least, everyone: false }
    }
}
