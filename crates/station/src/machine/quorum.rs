//! Changes of one's own roster: proposed by the head, approved by a quorum of the version before, then shown to everybody
//! (docs/spec/roster.md, ROSTER-16 to ROSTER-18).

use super::envelope::Class;
use super::item::Item;
use super::room::Who;
use super::{Machine, Told};
use crate::api::{ErrorKind, Failure};
use crate::limits::COLLECTED_MAX;
use backchannel_assurance::roster::{self, approval_context, check_next};
use backchannel_assurance::{Approval, Member, Version, dv};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{MemberId, PartyNo, RoomId};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A next version of the own roster that waits for its quorum.
#[derive(Clone, Encode, Decode)]
pub struct Proposed {
    /// The version.
    #[n(0)]
    version: ByteVec,
    /// Who approved it so far, the head among them.
    #[n(1)]
    approvers: BTreeSet<MemberId>,
    /// Whom it takes off, with the reason.
    #[n(2)]
    removing: Option<(MemberId, String)>,
}

impl Proposed {
    /// The version, if it is sound.
    pub fn version(&self) -> Option<Version> {
        Version::from_bytes(&self.version).ok()
    }
}

/// Approvals of one version, for the verifiers of each room.
pub type ByRoom = BTreeMap<RoomId, Vec<Approval>>;

/// What becomes of a wanted change of the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is in force.
    Made,
    /// It waits for others to approve it.
    Proposed,
}

impl Machine {
    /// Makes the next version of the own roster, or proposes it where more than the head must approve. Nothing if it would break
    /// a rule, or another change waits.
    pub(super) fn change_roster(
        &mut self,
        members: Vec<Member>,
        quorum: u8,
        removing: Option<(MemberId, String)>,
    ) -> Option<Change> {
        let previous = self.me.roster(self.me.party()).cloned()?;
        let next = Version {
            channel: previous.channel,
            party: previous.party,
            number: previous.number.checked_add(1)?,
            previous: Some(previous.head()),
            quorum,
            members,
        };
        check_next(&previous, &next).ok()?;
        if self.me.profile.proposed.is_some() {
            return None;
        }
        let version = ByteVec::from(next.to_bytes());
        let approvers = BTreeSet::from([self.me.member()]);
        let proposed = Proposed { version, approvers, removing };
        if previous.quorum <= 1 {
            return self.adopt(&previous, next, &proposed).then_some(Change::Made);
        }
        self.say_at_home(Class::Machine, &Item::Proposal(proposed.version.to_vec()));
        let what = format!(
            "Version {} of the roster waits until {} of its heads and principals have approved it.",
            next.number, previous.quorum
        );
        self.tell(Told::new("roster-proposed", what));
        self.me.profile.proposed = Some(proposed);
        self.profile_dirty = true;
        Some(Change::Proposed)
    }

    /// Takes a version that its quorum approved, and shows it in every room.
    fn adopt(&mut self, previous: &Version, next: Version, proposed: &Proposed) -> bool {
        // Before the roster forgets them.
        let seats = proposed.removing.as_ref().map(|(member, _)| self.seats_of(*member));
        if !self.me.add_roster_version(next.clone()) {
            return false;
        }
        self.profile_dirty = true;
        let rooms: Vec<RoomId> = self.rooms.keys().copied().collect();
        for room in rooms {
            let approvals = self.approvals_in(room, previous, &next);
            self.say(room, Class::Handshake, &Item::Roster { version: next.to_bytes(), approvals });
        }
        self.rosters_changed();
        self.say_roster_changed();
        if let (Some((member, reason)), Some(seats)) = (&proposed.removing, seats) {
            self.clear_out(*member, reason, seats);
        }
        true
    }

    /// The own approval and the others' for whoever verifies in a room.
    pub(super) fn approvals_in(&mut self, room: RoomId, previous: &Version, next: &Version) -> Vec<Approval> {
        let mut approvals = self.approvals(room, previous, next);
        approvals.extend(self.me.profile.collected.get(&(room, next.number)).into_iter().flatten());
        approvals
    }

    fn say_at_home(&mut self, class: Class, item: &Item) {
        if let Some(home) = self.room_of(RoomKind::Delegation(self.me.party())) {
            self.say(home, class, item);
        }
    }

    /// The own head proposes the next version: people are told, and nothing changes (ROSTER-16).
    pub(super) fn proposal_came(&mut self, bytes: &[u8]) {
        let (Ok(next), Some(previous)) = (Version::from_bytes(bytes), self.me.roster(self.me.party())) else {
            return;
        };
        if check_next(previous, &next).is_err() {
            return;
        }
        let number = next.number;
        self.me.profile.proposed =
            Some(Proposed { version: bytes.to_vec().into(), approvers: BTreeSet::new(), removing: None });
        self.profile_dirty = true;
        let what = format!(
            "Your head of delegation proposes version {number} of the roster. See delegation list, and approve it with \
             delegation approve {number}."
        );
        self.tell(Told::new("roster-proposed", what));
    }

    /// The person at this station approves the version that its head proposed.
    pub(super) fn delegation_approve(&mut self, number: u32) -> Result<Value, Failure> {
        let refused = |what: &str, hint: &str| Failure::new(ErrorKind::Refused, what, hint);
        let none = || {
            refused(
                "No such version of the roster waits for approval.",
                "See delegation list for what waits.",
            )
        };
        let previous = self.me.roster(self.me.party()).cloned().ok_or_else(none)?;
        let next = self
            .me
            .profile
            .proposed
            .as_ref()
            .and_then(Proposed::version)
            .filter(|next| next.number == number);
        let next = next.filter(|next| check_next(&previous, next).is_ok()).ok_or_else(none)?;
        if !previous.member(self.me.member()).is_some_and(Member::approves) {
            return Err(refused("Only heads and principals approve a roster.", "Ask one of them."));
        }
        if self.me.is_head() {
            return Err(refused(
                "Who proposes a version has approved it already.",
                "Ask a principal to approve it.",
            ));
        }
        if !self.me.profile.approved.contains(&number) {
            self.me.profile.approved.push(number);
            self.profile_dirty = true;
        }
        let rooms: Vec<RoomId> = self.rooms.keys().copied().collect();
        self.send_approvals(rooms, &previous, &next);
        Ok(json!({ "v": 1, "approved": number }))
    }

    fn send_approvals(&mut self, rooms: Vec<RoomId>, previous: &Version, next: &Version) {
        let mut by_room = ByRoom::new();
        for room in rooms {
            by_room.insert(room, self.approvals(room, previous, next));
        }
        let item = Item::Approved { number: next.number, head: next.head(), by_room };
        self.say_at_home(Class::Machine, &item);
    }

    /// A verifier's key became known: what this station approved before is shown to it too, through the head (ROSTER-18).
    pub(super) fn approve_again(&mut self, room: RoomId) {
        for number in self.me.profile.approved.clone() {
            let party = self.me.party();
            let before =
                number.checked_sub(1).and_then(|before| self.me.roster_version(party, before)).cloned();
            let (Some(before), Some(version)) = (before, self.me.roster_version(party, number).cloned())
            else {
                continue;
            };
            self.send_approvals(vec![room], &before, &version);
        }
    }

    /// A colleague approves a version (ROSTER-17); with the last one needed, the version is shown to everybody.
    pub(super) fn approved_came(
        &mut self,
        who: Who,
        number: u32,
        head: roster::RosterHead,
        by_room: &ByRoom,
    ) {
        if !self.me.is_head() {
            return;
        }
        let party = self.me.party();
        let waiting = self.me.profile.proposed.as_ref().and_then(Proposed::version);
        let waiting = waiting.filter(|next| next.number == number && next.head() == head);
        let made = self.me.roster_version(party, number).filter(|made| made.head() == head).cloned();
        let previous =
            number.checked_sub(1).and_then(|before| self.me.roster_version(party, before)).cloned();
        let (Some(previous), Some(next)) = (previous, waiting.clone().or_else(|| made.clone())) else {
            return;
        };
        if !previous.member(who.member).is_some_and(Member::approves)
            || !self.collect(who, &previous, &next, by_room)
        {
            return;
        }
        if made.is_some() {
            by_room.keys().for_each(|room| self.show_roster(*room, number.saturating_sub(1)));
            return;
        }
        let Some(mut proposed) = self.me.profile.proposed.take() else { return };
        self.profile_dirty = true;
        proposed.approvers.insert(who.member);
        let label = self.me.person_label(party, who.member);
        self.tell(
            Told::new("roster-approved", format!("{label} approved version {number} of the roster."))
                .name(label),
        );
        if proposed.approvers.len() < usize::from(previous.quorum) {
            self.me.profile.proposed = Some(proposed);
        } else {
            self.adopt(&previous, next, &proposed);
        }
    }

    /// Keeps a colleague's approvals; not if one of them is not its own or does not hold.
    fn collect(&mut self, who: Who, previous: &Version, next: &Version, by_room: &ByRoom) -> bool {
        let Some(y) = previous.member(who.member).map(|member| member.y) else { return false };
        let ctx = approval_context(previous, next, who.member);
        let holds = |approval: &Approval| {
            approval.approver == who.member
                && dv::verify(&approval.proof, &y, &approval.verifier, &ctx).is_ok()
        };
        let known = |(room, approvals): (&RoomId, &Vec<Approval>)| {
            let verifiers = self.me.profile.announced.range((*room, PartyNo(0))..=(*room, PartyNo(u8::MAX)));
            let verifiers: BTreeSet<_> = verifiers.map(|(_, known)| known.key).collect();
            approvals.iter().all(|approval| holds(approval) && verifiers.contains(&approval.verifier))
        };
        if !by_room.iter().all(known) {
            return false;
        }
        let collected = &mut self.me.profile.collected;
        for (room, approvals) in by_room {
            let kept = collected.entry((*room, next.number)).or_default();
            kept.retain(|kept| {
                !approvals.iter().any(|new| (new.approver, new.verifier) == (kept.approver, kept.verifier))
            });
            kept.extend(approvals);
        }
        // The oldest versions go first: whoever lacks them after so long is convened anew.
        while collected.len() > COLLECTED_MAX {
            let Some(oldest) = collected.keys().min_by_key(|(_, number)| *number).copied() else { break };
            collected.remove(&oldest);
        }
        self.profile_dirty = true;
        true
    }

    /// Sets how many heads and principals must approve what the delegation decides.
    pub(super) fn delegation_quorum(&mut self, quorum: u8) -> Result<Value, Failure> {
        self.only_head()?;
        let members =
            self.me.roster(self.me.party()).map(|roster| roster.members.clone()).unwrap_or_default();
        match self.change_roster(members, quorum, None) {
            Some(change) => Ok(json!({ "v": 1, "quorum": quorum, "waits": change == Change::Proposed })),
            None => Err(self.change_refused()),
        }
    }

    /// Drops the change that waits for approval.
    pub(super) fn delegation_drop(&mut self) -> Result<Value, Failure> {
        self.only_head()?;
        let Some(dropped) = self.me.profile.proposed.take() else {
            return Err(Failure::new(
                ErrorKind::Refused,
                "No change of the roster waits.",
                "See delegation list.",
            ));
        };
        self.profile_dirty = true;
        let number = dropped.version().map(|version| version.number);
        Ok(json!({ "v": 1, "dropped": number }))
    }

    /// Why a change of the roster was not made.
    pub(super) fn change_refused(&self) -> Failure {
        match self.me.profile.proposed {
            Some(_) => Failure::new(
                ErrorKind::Refused,
                "Another change of the roster waits for approval.",
                "Have it approved with delegation approve, or drop it with delegation drop.",
            ),
            None => Failure::new(
                ErrorKind::Refused,
                "The roster would break its rules.",
                "Check that enough heads and principals are there for the quorum.",
            ),
        }
    }

    /// What waits for approval, for the list of the delegation.
    pub(super) fn proposed_json(&self) -> Option<Value> {
        let proposed = self.me.profile.proposed.as_ref()?;
        let version = proposed.version()?;
        let current = self.me.roster(self.me.party())?;
        check_next(current, &version).ok()?;
        let label = |member: &Member| member.label.as_str().to_owned();
        let missing = |from: &Version, other: &Version| {
            let gone = from.members.iter().filter(|member| other.member(member.pseudonym).is_none());
            gone.map(label).collect::<Vec<_>>()
        };
        Some(json!({
            "number": version.number, "adds": missing(&version, current), "removes": missing(current, &version),
            "quorum": version.quorum, "needs": current.quorum,
            "approved": proposed.approvers.len().max(usize::from(self.me.profile.approved.contains(&version.number))),
        }))
    }
}
