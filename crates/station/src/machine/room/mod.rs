//! One seat of one room: cells in, items out, and the other way round.
//!
//! Knows MLS through `rooms`, the relay's chain through `wire`, and nothing of what the items mean.

mod build;
mod commits;
mod hold;
mod missed;
mod pace;
mod sealed;
mod silent;
mod state;
#[cfg(test)]
mod tests;

pub use commits::{Purpose, Wish};
pub use pace::Pace;
pub use state::{Entry, Kept, Spot};

use hold::Hold;
use missed::Missed;
use silent::Silent;
use state::Written;

use super::assembly::Assembly;
use super::envelope::{Class, OtherHead, PerClass, Pulse};
use super::order::{Incoming, Waiting};
use super::outbox::{Carried, Fate, ItemTag, Outbox, OutboxError, Part};
use super::watch::{AlarmKind, Watch};
use crate::limits::*;
use backchannel_rooms::RoomGroup;
use backchannel_wire::cell::CellKey;
use backchannel_wire::chain::{Position, RoomChain};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::token::HeadMacKey;
use backchannel_wire::{Beat, Head, MemberId, MessageId, PartyNo, Role, RoomId, SeatNo};
use minicbor::{Decode, Encode};
use rand_chacha::ChaCha20Rng;
use std::collections::{BTreeMap, VecDeque};

/// Who sits behind a leaf, as its vouch and its party's roster say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Who {
    /// The side.
    #[n(0)]
    pub party: PartyNo,
    /// The person's pseudonym on its roster.
    #[n(1)]
    pub member: MemberId,
    /// The person's role.
    #[n(2)]
    pub role: Role,
}

/// A member of the room other than this station.
#[derive(Clone, Encode, Decode)]
pub struct Peer {
    /// The random credential of its leaf.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub pseudonym: [u8; 16],
    /// Its leaf key.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub leaf_key: [u8; 32],
    /// Who it is; nothing until its vouch came (VOUCH rules).
    #[n(2)]
    pub who: Option<Who>,
    /// The epoch in which its leaf was added: older keys do not open its cells.
    #[n(3)]
    since_epoch: u64,
    /// The beat in which its leaf was added.
    #[n(4)]
    pub since: Beat,
    /// The highest cell counter received.
    #[n(5)]
    counter: u64,
    /// What came of its stream.
    #[n(6)]
    incoming: Option<Incoming>,
    #[n(7)]
    assembly: Assembly,
    #[n(8)]
    waiting: Waiting,
    /// What it has receipted of this station's stream.
    #[n(9)]
    receipted: Option<PerClass>,
    /// The last pulse of this station it has receipted.
    #[n(10)]
    pub receipted_pulse: u64,
    /// Whether its records are locked, by its last pulse.
    #[n(11)]
    pub locked: bool,
    /// The beat of its last pulse.
    #[n(12)]
    pub pulse_beat: Option<Beat>,
    /// Beats in a row in which this station's own cell was sealed and none of this seat that opens.
    #[n(13)]
    pub away: u64,
    /// The beat of the cell with the highest counter; 0 before the first.
    #[n(14)]
    counter_at: Beat,
    /// Since when nobody on this seat has vouched, its former leaves counted in.
    #[n(15)]
    pub unvouched: Beat,
    /// What its last pulse said it has sent, and the last beat it had processed then.
    #[n(16)]
    told: Option<(Beat, PerClass)>,
}

/// What is kept of a member whose leaf went, in case its station comes back.
#[derive(Clone, Default, Encode, Decode)]
struct Former {
    /// What came of its stream.
    #[n(0)]
    incoming: Option<Incoming>,
    /// What it has receipted of this station's stream.
    #[n(1)]
    receipted: Option<PerClass>,
    /// Since when nobody on this seat has vouched, if it left without.
    #[n(2)]
    unvouched: Option<Beat>,
}

impl From<Peer> for Former {
    fn from(peer: Peer) -> Self {
        let unvouched = peer.who.is_none().then_some(peer.unvouched);
        Self { incoming: peer.incoming, receipted: peer.receipted, unvouched }
    }
}

/// A cell handed to the connection whose beat is not sealed yet.
#[derive(Clone, Encode, Decode)]
struct Posted {
    #[n(0)]
    beat: Beat,
    #[cbor(n(1), with = "minicbor::bytes")]
    hash: [u8; 32],
    #[n(2)]
    carried: Vec<Carried>,
    /// Whether it left when its beat was over; a station that starts again knows of none that did.
    #[cbor(skip)]
    late: bool,
}

/// The cell key of an epoch.
#[derive(Clone)]
struct EpochKey {
    epoch: u64,
    authenticator: [u8; 8],
    key: CellKey,
    superseded: Option<Beat>,
}

/// The station's own commit on its way.
#[derive(Clone, Encode, Decode)]
struct OwnCommit {
    #[n(0)]
    message: MessageId,
    #[cbor(n(1), with = "minicbor::bytes")]
    bytes: Vec<u8>,
    #[n(2)]
    parts: Vec<Part>,
    #[n(3)]
    wish: Wish,
    #[cbor(n(4), with = "minicbor::bytes")]
    welcome: Option<Vec<u8>>,
}

/// How this station's leaf was removed.
pub struct Removal {
    /// In this beat.
    pub beat: Beat,
    /// Who committed.
    pub committer: SeatNo,
    /// Whether another leaf took its place in the same commit, as when a station is let in again.
    pub replaced: bool,
    /// What the committer said of it.
    pub note: Vec<u8>,
}

/// What a room tells the machine.
pub enum RoomEvent {
    /// A pulse was authenticated.
    Pulse {
        /// From this seat.
        seat: SeatNo,
        /// Sealed in this beat.
        beat: Beat,
        /// The pulse.
        pulse: Box<Pulse>,
    },
    /// What became of an item of ours.
    Fate(Fate),
    /// A commit took effect.
    Committed {
        /// In this beat.
        beat: Beat,
        /// Who committed.
        committer: SeatNo,
        /// Whose leaf was added.
        added: Option<SeatNo>,
        /// Whose leaf was removed.
        removed: Option<SeatNo>,
        /// The id of the secret agreed elsewhere that was taken in.
        psk: Option<Vec<u8>>,
        /// What the committer said of it.
        note: Vec<u8>,
        /// Ours: why, and the welcome for a newcomer.
        own: Option<(Purpose, Option<Vec<u8>>)>,
    },
    /// This station's leaf was removed: it reads nothing from here on.
    RemovedSelf(Removal),
    /// An alarm was raised.
    Raise(AlarmKind, Option<SeatNo>, Beat),
    /// An alarm is over.
    Clear(AlarmKind, Option<SeatNo>, Beat),
    /// The station cannot go on with its leaf and must rejoin.
    MustRejoin(&'static str),
}

/// An item delivered in its turn.
pub struct Delivered {
    /// From this seat.
    pub seat: SeatNo,
    /// Its class.
    pub class: Class,
    /// Its number within the seat's stream and class.
    pub number: u64,
    /// The beat that completed it.
    pub beat: Beat,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The beat from which it counts (TRANSPORT-10).
    pub dated: Beat,
}

/// One seat of one room.
pub struct Room {
    /// The room's fixed properties.
    pub spot: Spot,
    group: RoomGroup,
    chain: RoomChain,
    mac_key: HeadMacKey,
    /// How far the chain was followed.
    pub position: Position,
    history: VecDeque<(Beat, Head)>,
    counter: u64,
    keys: Vec<EpochKey>,
    posted: VecDeque<Posted>,
    /// What is on its way out.
    pub outbox: Outbox,
    peers: BTreeMap<u8, Peer>,
    former: BTreeMap<u8, Former>,
    watch: Watch,
    pulse_number: u64,
    pulse_beat: Beat,
    pulse_wanted: bool,
    own_commit: Option<OwnCommit>,
    wishes: VecDeque<Wish>,
    hold: Hold,
    pace: Pace,
    missed: Missed,
    silent: Silent,
    last_update: Beat,
    sealed_pulse: u64,
    /// The first beat for which this leaf may have posted.
    own_from: Beat,
    /// Set when the vault turned out to be an old copy: the numbers of its stream were used already.
    forgotten: bool,
    /// Wishes the group refused, with the reason.
    pub refused: Vec<(Purpose, String)>,
    /// Set when the station cannot go on: nothing is posted but fillers until it has rejoined.
    pub stuck: bool,
    epoch: u64,
    /// Beats in a row in which cells came and none opened.
    deaf: u64,
    could_not_follow: bool,
    written: Written,
}

/// What the machine adds to a pulse.
#[derive(Default)]
pub struct PulseExtras {
    /// Heads of the party's other rooms.
    pub others: Vec<OtherHead>,
    /// Digests and marks for the registry, filled up with random values.
    pub digests: Option<[Head; DIGEST_SLOTS]>,
    /// Marks of passages that arrived unaltered.
    pub matched: Option<[Head; DIGEST_SLOTS]>,
    /// Whether the records are locked.
    pub locked: bool,
}

impl Room {
    /// The last beats since this station started, each with what became of its cell.
    pub fn recent_beats(&self) -> impl Iterator<Item = (u64, super::watch::Own)> {
        self.watch.recent()
    }

    /// The room's identifier.
    pub fn id(&self) -> RoomId {
        self.spot.room
    }

    /// The kind of room.
    pub fn kind(&self) -> RoomKind {
        self.spot.kind
    }

    /// The other members by seat.
    pub fn peers(&self) -> impl Iterator<Item = (SeatNo, &Peer)> {
        self.peers.iter().filter_map(|(seat, peer)| Some((SeatNo::new(*seat)?, peer)))
    }

    /// One other member.
    pub fn peer(&self, seat: SeatNo) -> Option<&Peer> {
        self.peers.get(&seat.get())
    }

    /// The station's own leaf key.
    pub fn own_leaf_key(&self) -> Option<[u8; 32]> {
        self.group.own_leaf().ok().map(|leaf| leaf.signature_key)
    }

    /// The MLS epoch.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The last beat processed.
    pub fn last_beat(&self) -> Beat {
        Beat(self.position.next.0.saturating_sub(1))
    }

    /// The last beat up to which everything that was said here came (TRANSPORT-11).
    pub fn whole_through(&self) -> Beat {
        self.missed.whole_through(self.last_beat())
    }

    /// Beats in which nobody's cell was sealed here.
    pub fn silent(&self) -> &Silent {
        &self.silent
    }

    /// Whether everybody who may say something said, since this station can read again, that it has all they sent.
    fn nothing_owed(&self, entered: Beat) -> bool {
        self.peers.values().all(|peer| match (peer.who, peer.told, &peer.incoming) {
            (Some(who), ..) if who.role == Role::Observer => true,
            (Some(_), Some((beat, sent)), Some(incoming)) => {
                let came = sent.iter().zip(incoming.through).all(|(sent, through)| *sent <= through);
                beat.plus(1) >= entered && came
            }
            _ => false,
        })
    }

    /// The number of the last own pulse that was sealed.
    pub fn sealed_pulse(&self) -> u64 {
        self.sealed_pulse
    }

    /// The number the next pulse will have.
    pub fn next_pulse(&self) -> u64 {
        self.pulse_number + 1
    }

    /// Whether every other member has vouched.
    pub fn all_vouched(&self) -> bool {
        self.peers.values().all(|peer| peer.who.is_some())
    }

    /// The seat on which a person sits.
    pub fn seat_of(&self, who: MemberId) -> Option<SeatNo> {
        self.peers().find(|(_, peer)| peer.who.is_some_and(|known| known.member == who)).map(|(seat, _)| seat)
    }

    /// The head known for a beat, if it is recent.
    pub fn head_at(&self, beat: Beat) -> Option<Head> {
        self.history.iter().rev().find(|(at, _)| *at == beat).map(|(_, head)| *head)
    }

    /// Takes an item for every other member, or for some; gives its number within its class.
    pub fn send(
        &mut self,
        class: Class,
        tag: ItemTag,
        bytes: &[u8],
        only: Option<&[SeatNo]>,
        rng: &mut ChaCha20Rng,
    ) -> Result<u64, OutboxError> {
        let seats = self.peers.keys().chain(self.former.keys());
        let all: Vec<SeatNo> = seats.filter_map(|seat| SeatNo::new(*seat)).collect();
        self.outbox.push(class, tag, bytes, only.unwrap_or(&all), rng).map(|(_, number)| number)
    }

    /// Whether there is anybody to send to: a member, or one who may come back.
    pub fn has_recipients(&self) -> bool {
        !(self.peers.is_empty() && self.former.is_empty())
    }

    /// The seats whose leaves went and for which things are still kept.
    pub fn former_seats(&self) -> Vec<SeatNo> {
        self.former.keys().filter_map(|seat| SeatNo::new(*seat)).collect()
    }

    /// Somebody who is not here has this seat and may come back: what is said from now on is for that person too.
    pub fn expect_back(&mut self, seat: SeatNo) {
        if seat != self.spot.seat && !self.peers.contains_key(&seat.get()) {
            self.former.entry(seat.get()).or_default();
        }
    }

    /// Keeps nothing more for a seat whose leaf went; gives the items nobody is left for (TRANSPORT-6).
    pub fn forget(&mut self, seat: SeatNo) -> Vec<Fate> {
        self.former.remove(&seat.get());
        self.outbox.forget_seat(seat).0
    }

    /// Makes the next cell carry a pulse.
    pub fn want_pulse(&mut self) {
        self.pulse_wanted = true;
    }

    /// Notes who sits on a seat: its vouch was verified.
    pub fn vouched(&mut self, seat: SeatNo, who: Who) {
        if let Some(peer) = self.peers.get_mut(&seat.get()) {
            peer.who = Some(who);
        }
    }

    /// The next item whose turn it is. Only vouches are taken from a seat that is not vouched yet.
    pub fn next_item(&mut self) -> Option<Delivered> {
        for (seat, peer) in &mut self.peers {
            let Some(incoming) = &mut peer.incoming else { continue };
            let classes = if peer.who.is_some() { &Class::ALL[..] } else { &Class::ALL[..1] };
            for class in classes {
                let Some((number, mut whole)) = incoming.next(*class) else { continue };
                self.pulse_wanted |= *class > Class::Machine;
                let bytes = std::mem::take(&mut whole.bytes);
                let (seat, beat, dated) = (SeatNo::new(*seat)?, whole.beat, whole.dated);
                return Some(Delivered { seat, class: *class, number, beat, bytes, dated });
            }
        }
        None
    }

    /// The station's own random credential.
    pub fn own_pseudonym(&self) -> Option<[u8; 16]> {
        self.group.own_leaf().ok().map(|leaf| leaf.pseudonym.0)
    }

    /// What decides which commits are valid, for a newcomer.
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// Whether this station has brought this change under way already.
    pub fn wishes_for(&self, purpose: &Purpose) -> bool {
        let own = self.own_commit.iter().map(|own| &own.wish);
        own.chain(&self.wishes).any(|wish| wish.purpose == *purpose)
    }

    /// Adds a secret agreed elsewhere, for a commit that takes it in.
    pub fn add_psk(
        &mut self,
        id: &[u8],
        secret: &zeroize::Zeroizing<[u8; 32]>,
    ) -> Result<(), backchannel_rooms::RoomError> {
        self.group.add_psk(id, secret)
    }

    /// Whether the last cell built carries anything (sabotage only).
    pub fn said_something(&self) -> bool {
        self.posted.back().is_some_and(|posted| !posted.carried.is_empty())
    }

    /// Forgets the last cell built, as if it had never been (sabotage only).
    pub fn take_back(&mut self) {
        if self.posted.pop_back().is_some() {
            self.counter -= 1;
        }
    }

    /// Drops all that waits to leave (sabotage only).
    pub fn forget_outbox(&mut self) {
        self.outbox = Outbox::new(self.outbox.stream);
    }

    /// The cell keys and leaf keys in memory, for an exercise's search of the relay's memory.
    pub fn needles(&self) -> Vec<Vec<u8>> {
        self.keys.iter().map(|key| key.key.expose().to_vec()).collect()
    }
}
