//! A roster changed: who approves from here on, said in the registry so that it counts from one beat everywhere (DEED-17).

use super::item::{Deed, SideOf, UnderstandingId};
use super::kept::Kept;
use crate::machine::Machine;
use backchannel_assurance::Version;
use backchannel_wire::PartyNo;
use backchannel_wire::ids::RoomKind;
use std::collections::BTreeMap;

/// Who approves for a side by a version of its roster.
pub(super) fn side_of(roster: &Version) -> SideOf {
    let approvers = roster.members.iter().filter(|member| member.approves());
    SideOf { quorum: roster.quorum, approvers: approvers.map(|member| member.pseudonym).collect() }
}

impl Machine {
    /// Who approves for each party by the rosters known now.
    pub(super) fn sides_now(&self) -> BTreeMap<PartyNo, SideOf> {
        self.me.parties().filter_map(|party| Some((party, side_of(self.me.roster(party)?)))).collect()
    }

    /// The head tells everybody that its party's roster changed, for each understanding on record.
    pub(in crate::machine) fn say_roster_changed(&mut self) {
        let Some(registry) = self.room_of(RoomKind::Registry).filter(|_| self.me.is_head()) else { return };
        let mine = self.me.party();
        let Some(roster) = self.me.roster(mine) else { return };
        let deed = Deed::Roster(roster.head(), side_of(roster));
        let concerns = |kept: &Kept| kept.shape().is_some_and(|outline| outline.parties.contains_key(&mine));
        let of = self.understandings.book.iter().filter(|(_, kept)| concerns(kept));
        let ids: Vec<UnderstandingId> = of.map(|(id, _)| id).collect();
        for id in ids {
            self.say_in(&[registry], id, &deed);
        }
    }

    /// The record learns which versions of rosters are known here (DEED-17).
    pub(in crate::machine) fn know_rosters(&mut self) {
        let of =
            |chain: &Vec<Version>| chain.iter().map(|version| (version.head(), side_of(version))).collect();
        let chains = self.me.rosters.iter().map(|(party, chain)| (*party, of(chain))).collect();
        self.understandings.book.know(chains);
    }
}
