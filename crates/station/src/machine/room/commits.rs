//! The station's own wishes to change the group, and the hold while any commit is in flight (docs/spec/rooms.md).

use super::pace::SeatChange;
use super::{OwnCommit, Part, Room};
use crate::limits::UPDATE_BEATS;
use crate::machine::body::fragment_count;
use backchannel_rooms::{Change, RoomError};
use backchannel_wire::limits::FRAGMENT_BYTES_MAX;
use backchannel_wire::{Beat, MessageId, SeatNo, UtcMs};
use minicbor::{Decode, Encode};
use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;
use std::collections::VecDeque;

/// Why the station commits.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Purpose {
    /// The scheduled update of its own leaf.
    #[n(0)]
    Update,
    /// A newcomer takes this seat.
    #[n(1)]
    Add(#[n(0)] SeatNo),
    /// A station comes back on this seat with a new leaf.
    #[n(2)]
    Replace(#[n(0)] SeatNo),
    /// The member of this seat leaves.
    #[n(3)]
    Remove(#[n(0)] SeatNo),
    /// The envoy words are taken in.
    #[n(4)]
    Words,
}

impl Purpose {
    /// What a commit of this purpose by `committer` does to the seats.
    pub(super) fn seats(&self, committer: SeatNo) -> SeatChange {
        let (added, removed) = match self {
            Self::Add(seat) => (Some(*seat), None),
            Self::Replace(seat) => (Some(*seat), Some(*seat)),
            Self::Remove(seat) => (None, Some(*seat)),
            Self::Update | Self::Words => (None, None),
        };
        SeatChange { committer, added, removed }
    }
}

/// A change the station wants to bring about.
#[derive(Clone, Encode, Decode)]
pub struct Wish {
    /// Why.
    #[n(0)]
    pub purpose: Purpose,
    /// The newcomer's key package, or the id of the secret taken in.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub material: Vec<u8>,
    /// What every member is told of it.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub note: Vec<u8>,
    /// The beat of the knock it answers (JOIN-11); 0 where it answers none.
    #[n(3)]
    pub knock: Beat,
}

impl Wish {
    /// A wish that needs nothing more.
    pub fn new(purpose: Purpose) -> Self {
        Self { purpose, material: Vec::new(), note: Vec::new(), knock: Beat(0) }
    }

    fn change(&self) -> Change {
        match &self.purpose {
            Purpose::Update => Change::Update,
            Purpose::Add(_) => Change::Add { key_package: self.material.clone() },
            Purpose::Replace(seat) => Change::Replace { seat: *seat, key_package: self.material.clone() },
            Purpose::Remove(seat) => Change::Remove { seat: *seat },
            Purpose::Words => Change::Psk { id: self.material.clone() },
        }
    }
}

impl Room {
    /// Notes a wish, unless the same is noted already.
    pub fn wish(&mut self, wish: Wish) {
        let under_way = self.own_commit.as_ref().is_some_and(|own| own.wish.purpose == wish.purpose);
        if !under_way && !self.wishes.iter().any(|noted| noted.purpose == wish.purpose) {
            self.wishes.push_back(wish);
        }
    }

    /// Drops wishes that no longer make sense, and gives their purposes.
    pub fn drop_wishes(&mut self, stale: impl Fn(&Self, &Wish) -> bool) -> Vec<Purpose> {
        let wishes = std::mem::take(&mut self.wishes);
        let (gone, kept): (VecDeque<_>, VecDeque<_>) = wishes.into_iter().partition(|wish| stale(self, wish));
        self.wishes = kept;
        gone.into_iter().map(|wish| wish.purpose).collect()
    }

    /// Whether content waits: a commit is in flight, so what leaves now might be read by a member it removes, or
    /// somebody is not vouched for (TRANSPORT-7).
    pub fn holds_content(&self, now: Beat) -> bool {
        self.own_commit.is_some() || self.hold.is_on(now) || !self.all_vouched()
    }

    /// Stages the first wish if nobody's commit is in flight and the spacing rule allows it. A wish the group
    /// refuses is dropped and returned with the reason.
    pub(super) fn stage_wish(
        &mut self,
        beat: Beat,
        now: UtcMs,
        rng: &mut ChaCha20Rng,
    ) -> Option<(Wish, RoomError)> {
        self.wish_update(beat);
        let in_flight = self.hold.is_on(beat);
        if self.own_commit.is_some() {
            return None;
        }
        // Nobody stops a removal, least of all its own, by a commit that never comes whole; and what must wait holds up nothing
        // else. The commit is judged by the beat that completes it, which is this one at the earliest.
        let removes = |wish: &Wish| matches!(wish.purpose, Purpose::Remove(_));
        let may = |wish: &Wish| self.pace.allows(&wish.purpose.seats(self.spot.seat), beat);
        let first = self.wishes.iter().position(removes);
        let first = first.or_else(|| self.wishes.iter().position(may).filter(|_| !in_flight))?;
        let wish = self.wishes.remove(first)?;
        match self.group.stage(&wish.change(), &wish.note, rng, now) {
            Ok(staged) => {
                let mut message = MessageId([0; 16]);
                rng.fill_bytes(&mut message.0);
                let count = fragment_count(staged.commit.len(), FRAGMENT_BYTES_MAX);
                self.own_commit = Some(OwnCommit {
                    message,
                    bytes: staged.commit,
                    parts: vec![Part::Waiting; usize::from(count)],
                    wish,
                    welcome: staged.welcome,
                });
                None
            }
            Err(error) => Some((wish, error)),
        }
    }

    fn wish_update(&mut self, beat: Beat) {
        // Staggered, so that members do not all commit in one beat.
        let due = UPDATE_BEATS + 8 * u64::from(self.spot.seat.get());
        if beat.since(self.last_update) >= due && !self.peers.is_empty() {
            self.wish(Wish::new(Purpose::Update));
        }
    }

    /// Another commit won: the wish is tried again in the new epoch, where the group says if it is moot.
    pub(super) fn drop_own_commit(&mut self) {
        let Some(own) = self.own_commit.take() else { return };
        // A group that cannot drop what it staged cannot stage again either, and then says so.
        let _ = self.group.drop_staged();
        self.wishes.push_front(own.wish);
    }
}
