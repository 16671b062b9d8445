//! Rosters and vouches: who sits behind a leaf, and what one's own station shows the others (docs/spec/joining.md).

use super::envelope::Class;
use super::item::{Item, SeatVouch};
use super::profile::{Invited, Replaced};
use super::quorum::Change;
use super::room::{Purpose, Who, Wish};
use super::{Machine, Told};
use crate::limits::{PENDING_VOUCHES_MAX, SHOW_AGAIN_BEATS};
use crate::sabotage::{Sabotage, on};
use backchannel_assurance::roster::{self, approve, verify_approvals};
use backchannel_assurance::vouch::{self, End, Statement};
use backchannel_assurance::{Approval, IkPublic, VerifierAnnouncement, Version, YPublic};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::limits::SEATS_MAX;
use backchannel_wire::token::{Revoker, SeatToken};
use backchannel_wire::{Beat, MemberId, PartyNo, RoomId, SeatNo, UtcMs, canonical};
use rand_core::RngCore;
use std::collections::BTreeMap;

/// Vouches of a seat that could not be judged yet, because a roster is missing.
#[derive(Default)]
pub struct PendingVouches(BTreeMap<(RoomId, u8), Vec<u8>>, BTreeMap<(RoomId, u8), VerifierAnnouncement>);

impl PendingVouches {
    /// Keeps what a leaf announced until its vouch says whose it is.
    pub fn keep_verifier(&mut self, room: RoomId, seat: SeatNo, item: &Item) {
        if let Item::Verifier(announcement) = item {
            self.1.insert((room, seat.get()), *announcement);
        }
    }
}

impl Machine {
    /// Says who this station is in a room, with a vouch for every seat whose person is known but not vouched to yet.
    /// With `introduce`, says it even if there is nobody to vouch to.
    pub(super) fn vouch_in(&mut self, room: RoomId, introduce: bool) {
        let vouches = self.new_vouches(room);
        if vouches.is_empty() && !introduce {
            return;
        }
        let party = self.me.party();
        let Some(roster) = self.me.roster(party).map(|version| version.number) else { return };
        for vouch in &vouches {
            self.vouched_to.insert((room, vouch.seat));
        }
        let item = Item::Vouches { party, member: self.me.member(), roster, vouches };
        self.say(room, Class::Handshake, &item);
    }

    fn new_vouches(&self, room: RoomId) -> Vec<SeatVouch> {
        let Some(entered) = self.rooms.get(&room) else { return Vec::new() };
        let (Some(leaf_key), Some(mine)) = (entered.own_leaf_key(), self.me.roster(self.me.party())) else {
            return Vec::new();
        };
        let author = End { seat: entered.spot.seat, leaf_key, roster: mine.head() };
        entered
            .peers()
            .filter(|(seat, _)| !self.vouched_to.contains(&(room, seat.get())))
            .filter_map(|(seat, peer)| {
                let (party, member) = self.me.profile.claims.get(&(room, seat.get()))?;
                let version = self.me.roster(*party)?;
                let person = version.member(*member)?;
                let recipient = End { seat, leaf_key: peer.leaf_key, roster: version.head() };
                let statement = Statement { group_id: &room.0, author, recipient };
                let vouch = vouch::vouch(&self.me.ik, &person.ik, &statement).ok()?;
                Some(SeatVouch { seat: seat.get(), roster: version.number, vouch })
            })
            .collect()
    }

    /// Vouches came from a seat (VOUCH-4): believed only if they hold for this station's own fresh leaf.
    pub(super) fn vouches_came(&mut self, room: RoomId, seat: SeatNo, item: &Item) {
        let Item::Vouches { party, member, .. } = item else { return };
        let claim = (*party, *member);
        let vouched = self
            .rooms
            .get(&room)
            .and_then(|entered| entered.peer(seat))
            .is_some_and(|peer| peer.who.is_some());
        if !vouched && self.me.claim(room, seat.get(), claim.0, claim.1) {
            self.vouched_to.remove(&(room, seat.get()));
            self.profile_dirty = true;
        }
        self.heal_roster(room, seat, item);
        if !self.judge_vouches(room, seat, item) && self.pending_vouches.0.len() < PENDING_VOUCHES_MAX {
            self.pending_vouches.0.insert((room, seat.get()), canonical::to_vec(item));
        }
        self.vouch_in(room, false);
    }

    /// A vouch made over an older version of this party's roster: its author may have missed the later ones.
    fn heal_roster(&mut self, room: RoomId, seat: SeatNo, item: &Item) {
        let Item::Vouches { vouches, .. } = item else { return };
        let Some(own_seat) = self.rooms.get(&room).map(|entered| entered.spot.seat.get()) else { return };
        let current = self.me.roster(self.me.party()).map(|version| version.number);
        let known = vouches.iter().find(|vouch| vouch.seat == own_seat).map(|vouch| vouch.roster);
        let Some(known) = known.filter(|known| current.is_some_and(|current| *known < current)) else {
            return;
        };
        // Whoever asks again and again is shown it now and then.
        let now = self.last_beat();
        let before = self.shown_rosters.get(&(room, seat.get())).copied();
        if shows_again(before, now) {
            self.shown_rosters.insert((room, seat.get()), now);
            self.show_roster(room, known);
        }
    }

    /// Whether nothing is left to wait for.
    fn judge_vouches(&mut self, room: RoomId, seat: SeatNo, item: &Item) -> bool {
        let Item::Vouches { party, member, roster, vouches } = item else { return true };
        let Some(entered) = self.rooms.get(&room) else { return true };
        let (own_seat, Some(peer)) = (entered.spot.seat, entered.peer(seat)) else { return true };
        let Some(mine) = vouches.iter().find(|vouch| vouch.seat == own_seat.get()) else { return true };
        let theirs = self.me.roster_version(*party, *roster);
        let own = self.me.roster_version(self.me.party(), mine.roster);
        let (Some(theirs), Some(own), Some(leaf_key)) = (theirs, own, entered.own_leaf_key()) else {
            return false;
        };
        let Some(person) = theirs.member(*member) else { return true };
        // The current roster decides whether and as what the person may act.
        let Some(current) = self.me.person(*party, *member) else { return true };
        let taken = entered.seat_of(*member).is_some_and(|other| other != seat);
        let statement = Statement {
            group_id: &room.0,
            author: End { seat, leaf_key: peer.leaf_key, roster: theirs.head() },
            recipient: End { seat: own_seat, leaf_key, roster: own.head() },
        };
        let belongs = belongs(entered.kind(), *party);
        let holds = vouch::verify(&self.me.ik, &person.ik, &statement, &mine.vouch).is_ok();
        let who = Who { party: *party, member: *member, role: current.role };
        let already = peer.who == Some(who);
        if holds && belongs && !taken && !already {
            if let Some(entered) = self.rooms.get_mut(&room) {
                entered.vouched(seat, who);
            }
            self.me.profile.proven.insert((room, seat.get()), (*party, *member));
            self.me.profile.claims.insert((room, seat.get()), (*party, *member));
            self.profile_dirty = true;
            let label = self.me.person_label(*party, *member);
            self.tell(
                Told::new("member-joined", format!("{label} is in the room and vouched for."))
                    .room(room)
                    .name(label),
            );
            if let Some(announcement) = self.pending_vouches.1.remove(&(room, seat.get())) {
                self.verifier_came(room, who, &Item::Verifier(announcement));
            }
            self.member_vouched(room, who);
        }
        true
    }

    /// A roster came that vouches may have waited for.
    fn judge_pending(&mut self) {
        for ((room, seat), bytes) in std::mem::take(&mut self.pending_vouches.0) {
            let (Some(seat), Ok(item)) = (SeatNo::new(seat), canonical::from_slice::<Item>(&bytes)) else {
                continue;
            };
            if !self.judge_vouches(room, seat, &item) {
                self.pending_vouches.0.insert((room, seat.get()), bytes);
            }
        }
        let rooms: Vec<RoomId> = self.rooms.keys().copied().collect();
        for room in rooms {
            self.vouch_in(room, false);
        }
    }

    /// A seat has a new leaf, and its committer said whose it is.
    pub(super) fn seat_taken(&mut self, room: RoomId, seat: SeatNo, note: &[u8]) {
        self.vouched_to.remove(&(room, seat.get()));
        self.pending_vouches.0.remove(&(room, seat.get()));
        self.pending_vouches.1.remove(&(room, seat.get()));
        if let Ok((party, member)) = canonical::from_slice::<(PartyNo, MemberId)>(note) {
            self.me.claim(room, seat.get(), party, member);
            self.profile_dirty = true;
        }
        self.announce_again(room);
        self.vouch_in(room, true);
    }

    /// The leaf of a seat is gone. Whose seat it is stays known while its station may come back.
    pub(super) fn seat_left(&mut self, room: RoomId, seat: SeatNo) {
        self.vouched_to.remove(&(room, seat.get()));
        self.pending_vouches.0.remove(&(room, seat.get()));
        self.pending_vouches.1.remove(&(room, seat.get()));
        self.forget_departed(room);
        self.joining_memory.removed = Some(self.last_beat());
    }

    /// A newcomer has not heard this head's verifier key.
    fn announce_again(&mut self, room: RoomId) {
        let known = self.me.profile.announced.get(&(room, self.me.party())).copied();
        if let Some(announcement) = known.filter(|_| self.me.is_head()) {
            self.say(room, Class::Handshake, &Item::Verifier(announcement));
        }
    }

    /// The context of a verifier key: this channel, this room, this delegation, and nothing longer-lived.
    pub(super) fn verifier_context(&self, room: RoomId, party: PartyNo) -> Vec<u8> {
        let mut out = b"backchannel verifier v1".to_vec();
        out.extend_from_slice(&self.me.channel().0);
        out.extend_from_slice(&room.0);
        out.push(party.0);
        out
    }

    /// A head announced its verifier key; the first proven one in a room stands.
    pub(super) fn verifier_came(&mut self, room: RoomId, who: Who, item: &Item) {
        let Item::Verifier(announcement) = item else { return };
        let context = self.verifier_context(room, who.party);
        let known = self.me.profile.announced.contains_key(&(room, who.party));
        if who.role == backchannel_wire::Role::Head && !known && announcement.check(&context).is_ok() {
            self.me.profile.announced.insert((room, who.party), *announcement);
            self.profile_dirty = true;
            // Versions shown before this key was known came without a proof for it.
            if who.party != self.me.party() {
                self.show_roster(room, 1);
                self.approve_again(room);
            }
        }
    }

    /// Shows a room every version of the own roster after number `known`, with approvals for whoever verifies there now.
    pub(super) fn show_roster(&mut self, room: RoomId, known: u32) {
        let Some(chain) = self.me.rosters.get(&self.me.party()).filter(|_| self.me.is_head()).cloned() else {
            return;
        };
        for pair in chain.windows(2) {
            if let [previous, next] = pair
                && next.number > known
            {
                let approvals = self.approvals_in(room, previous, next);
                self.say(room, Class::Handshake, &Item::Roster { version: next.to_bytes(), approvals });
            }
        }
    }

    /// The next version of a party's roster came (ROSTER-10 to ROSTER-15).
    pub(super) fn roster_came(&mut self, room: RoomId, seat: SeatNo, beat: Beat, item: &Item) {
        let Item::Roster { version, approvals } = item else { return };
        let Ok(next) = Version::from_bytes(version) else { return };
        let Some(previous) = self.me.roster(next.party).cloned() else { return };
        if next.number <= previous.number {
            return;
        }
        let own_party = next.party == self.me.party();
        let entered = self.rooms.get(&room);
        let author = entered.and_then(|room| room.peer(seat)).and_then(|peer| peer.who);
        let from_own_head =
            own_party && entered.is_some_and(|room| head_speaks(room.kind(), author, next.party));
        // Inside a delegation the head's authenticated word is enough, and nobody else's (JOIN-9); toward the others a quorum is
        // proven.
        let accepted = if from_own_head {
            roster::check_next(&previous, &next).is_ok()
        } else {
            let verifier = self.me.profile.announced.get(&(room, self.me.party())).map(|known| known.key);
            let at = self.utc_of(beat);
            verifier.is_some_and(|key| verify_approvals(&previous, &next, approvals, &key, at).is_ok())
        };
        let label = self.me.label(next.party);
        if accepted && self.me.add_roster_version(next.clone()) {
            self.profile_dirty = true;
            self.tell(
                Told::new("roster", format!("The roster of {label} has a new version, {}.", next.number))
                    .name(label),
            );
            self.rosters_changed();
        } else if !own_party {
            self.tell(
                Told::new(
                    "refused",
                    format!("A new roster of {label} was shown without the proof it needs, and not taken."),
                )
                .name(label),
            );
        }
    }

    /// The intermediary introduces another party by its roster. The first one stands; what follows comes with proofs.
    pub(super) fn introduced(&mut self, item: &Item) {
        let Item::Introduce(chain) = item else { return };
        let versions = chain.iter().map(|bytes| Version::from_bytes(bytes)).collect::<Result<Vec<_>, _>>();
        let Ok(versions) = versions else { return };
        let Some(party) = versions.first().map(|first| first.party) else { return };
        // A registry that is out of reach for the moment changes nothing: what follows comes there, with proofs.
        let has_registry = self.me.profile.places.iter().any(|place| place.spot.kind == RoomKind::Registry);
        let known = self.me.rosters.contains_key(&party);
        if party == self.me.party() || (known && has_registry) {
            return;
        }
        if self.me.take_roster_chain(versions) {
            self.profile_dirty = true;
            let label = self.me.label(party);
            self.tell(
                Told::new(
                    "roster",
                    format!(
                        "The intermediary introduced {label}. Only the intermediary vouches for it so far."
                    ),
                )
                .name(label),
            );
            self.rosters_changed();
        }
    }

    pub(super) fn rosters_changed(&mut self) {
        self.know_rosters();
        for room in self.rooms.keys().copied().collect::<Vec<_>>() {
            self.forget_departed(room);
        }
        self.judge_pending();
        self.check_words();
        self.tries_lose_rosters();
        if self.me.party() == PartyNo::INTERMEDIARY {
            self.introduce_everybody();
        }
    }

    /// The intermediary tells every caucus about the other parties.
    pub(super) fn introduce_everybody(&mut self) {
        if self.me.party() != PartyNo::INTERMEDIARY {
            return;
        }
        let caucuses: Vec<(RoomId, PartyNo)> = self
            .rooms
            .values()
            .filter_map(|room| match room.kind() {
                RoomKind::Caucus(party) => Some((room.id(), party)),
                _ => None,
            })
            .collect();
        let parties: Vec<PartyNo> = self.me.parties().collect();
        for (room, party) in caucuses {
            for other in parties.iter().filter(|other| **other != party) {
                let Some(chain) = self.me.rosters.get(other) else { continue };
                let told = self.introduced.get(&(room, *other)).copied().unwrap_or(0);
                let alone = self.rooms.get(&room).is_none_or(|room| room.peers().next().is_none());
                if alone || chain.len() <= told {
                    continue;
                }
                let item = Item::Introduce(chain.iter().map(|version| version.to_bytes().into()).collect());
                self.introduced.insert((room, *other), chain.len());
                self.say(room, Class::Machine, &item);
            }
        }
    }

    /// A delegate this head invited knocked: the next version of the roster names it, and everybody is shown. Whether it is in
    /// force already; otherwise the delegate knocks again.
    pub(super) fn add_to_roster(&mut self, invited: &Invited, ik: IkPublic, y: YPublic, now: UtcMs) -> bool {
        let Some(previous) = self.me.roster(self.me.party()).cloned() else { return false };
        let mut members = previous.members.clone();
        members.push(self.me.member_entry(invited.member, invited.label.clone(), invited.role, ik, y, now));
        members.sort_by_key(|member| member.pseudonym);
        self.change_roster(members, previous.quorum, None) == Some(Change::Made)
    }

    /// This station's approval, for every other side's verifier in the room.
    pub(super) fn approvals(&mut self, room: RoomId, previous: &Version, next: &Version) -> Vec<Approval> {
        let mine = self.me.party();
        let others: Vec<_> = self
            .me
            .profile
            .announced
            .range((room, PartyNo(0))..=(room, PartyNo(u8::MAX)))
            .filter(|((_, party), _)| *party != mine)
            .map(|((_, party), announcement)| (*party, *announcement))
            .collect();
        let member = self.me.member();
        others
            .into_iter()
            .filter_map(|(party, announcement)| {
                let proven = announcement.check(&self.verifier_context(room, party)).ok()?;
                approve(&mut self.rng, &self.me.y, member, previous, next, &proven).ok()
            })
            .collect()
    }

    /// Removes a delegate: off the roster, out of every room, and its seats' tokens replaced (JOIN-7).
    pub(super) fn remove_delegate(&mut self, member: MemberId, reason: &str) -> Option<Change> {
        let previous = self.me.roster(self.me.party()).cloned()?;
        let members = previous.members.iter().filter(|known| known.pseudonym != member).cloned().collect();
        self.change_roster(members, previous.quorum, Some((member, reason.to_owned())))
    }

    /// The seats of one of the delegation's people.
    pub(super) fn seats_of(&self, member: MemberId) -> Vec<(RoomId, u8)> {
        let claims = self.me.profile.claims.iter();
        claims
            .filter(|(_, (party, known))| *party == self.me.party() && *known == member)
            .map(|(at, _)| *at)
            .collect()
    }

    /// Somebody is off the roster: its leaves go, and its seats get other tokens.
    pub(super) fn clear_out(&mut self, member: MemberId, reason: &str, seats: Vec<(RoomId, u8)>) {
        let note: Vec<u8> = reason.bytes().take(backchannel_rooms::limits::NOTE_BYTES_MAX).collect();
        let mut note = String::from_utf8_lossy(&note).into_owned().into_bytes();
        note.truncate(backchannel_rooms::limits::NOTE_BYTES_MAX);
        for (room, seat) in seats.into_iter().filter(|_| !on(Sabotage::LingeringMember)) {
            let (Some(seat_no), Some(entered)) = (SeatNo::new(seat), self.rooms.get(&room)) else {
                continue;
            };
            if entered.peer(seat_no).is_some() {
                let purpose = Purpose::Remove(seat_no);
                self.wish(room, Wish { note: note.clone(), ..Wish::new(purpose) });
            }
            self.replace_token(room, seat);
        }
        self.me.profile.invited.retain(|invited| invited.member != member);
    }

    fn replace_token(&mut self, room: RoomId, seat: u8) {
        let (mut token, mut revoker) = ([0; 32], [0; 32]);
        self.rng.fill_bytes(&mut token);
        self.rng.fill_bytes(&mut revoker);
        let replaced = Replaced { token: SeatToken::new(token), revoker: Revoker::new(revoker) };
        self.joining.revoking.insert((room, seat), replaced);
        self.joining_dirty = true;
    }

    /// A free seat for a delegate in each of the party's rooms, in the head's blocks.
    pub(super) fn free_seats(&self) -> Option<BTreeMap<RoomId, u8>> {
        let taken = |room: RoomId, seat: u8| {
            self.me.profile.claims.contains_key(&(room, seat))
                || self.joining.revoking.contains_key(&(room, seat))
                || self.me.profile.invited.iter().any(|invited| invited.seats.get(&room) == Some(&seat))
        };
        self.me
            .profile
            .places
            .iter()
            .map(|place| {
                let spot = place.spot;
                let last = match spot.kind {
                    // The registry is divided among the parties; a head sits on its block's first seat.
                    RoomKind::Registry => {
                        let block = spot.capacity / u8::try_from(self.me.parties().count()).ok()?.max(1);
                        spot.seat.get() + block.max(1) - 1
                    }
                    _ => spot.capacity - 1,
                };
                let first = spot.seat.get() + 1;
                (first..=last.min(SEATS_MAX as u8 - 1))
                    .find(|seat| !taken(spot.room, *seat))
                    .map(|seat| (spot.room, seat))
            })
            .collect()
    }
}

/// Whether the author, as its vouch and roster say, is the head of the delegation whose room this is (JOIN-9).
fn head_speaks(kind: RoomKind, author: Option<Who>, party: PartyNo) -> bool {
    let head = |who: Who| who.party == party && who.role == backchannel_wire::Role::Head;
    kind == RoomKind::Delegation(party) && author.is_some_and(head)
}

/// Whoever may not send has no word on what the others sent either.
pub(super) fn passes_digests(who: Who) -> bool {
    who.role != backchannel_wire::Role::Observer
}

/// Whether a roster shown at some beat is shown again now.
fn shows_again(before: Option<Beat>, now: Beat) -> bool {
    before.is_none_or(|before| now.since(before) >= SHOW_AGAIN_BEATS)
}

/// Which sides have a place in a room of this kind.
fn belongs(kind: RoomKind, party: PartyNo) -> bool {
    match kind {
        RoomKind::Caucus(caucus) => party == caucus || party == PartyNo::INTERMEDIARY,
        RoomKind::Delegation(own) => party == own,
        RoomKind::Registry => party != PartyNo::INTERMEDIARY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backchannel_wire::Role;

    /// JOIN-9
    #[test]
    fn only_the_vouched_head_changes_the_roster_without_proof_and_only_at_home() {
        let party = PartyNo(1);
        let who = |party, role| Some(Who { party: PartyNo(party), member: MemberId([1; 16]), role });
        let home = RoomKind::Delegation(party);
        assert!(head_speaks(home, who(1, Role::Head), party));
        for author in
            [None, who(1, Role::Envoy), who(1, Role::Principal), who(1, Role::Observer), who(2, Role::Head)]
        {
            assert!(!head_speaks(home, author, party));
        }
        assert!(!head_speaks(RoomKind::Registry, who(1, Role::Head), party));
        assert!(!head_speaks(RoomKind::Caucus(party), who(1, Role::Head), party));
    }

    #[test]
    fn an_observer_passes_no_digests_on() {
        let who = |role| Who { party: PartyNo(1), member: MemberId([1; 16]), role };
        assert!(!passes_digests(who(Role::Observer)));
        assert!([Role::Head, Role::Principal, Role::Envoy].into_iter().all(|role| passes_digests(who(role))));
    }

    #[test]
    fn whoever_asks_again_and_again_is_shown_a_roster_now_and_then() {
        assert!(shows_again(None, Beat(5)));
        assert!(!shows_again(Some(Beat(5)), Beat(6)));
        assert!(!shows_again(Some(Beat(5)), Beat(4 + SHOW_AGAIN_BEATS)));
        assert!(shows_again(Some(Beat(5)), Beat(5 + SHOW_AGAIN_BEATS)));
    }
}
