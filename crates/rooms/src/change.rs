//! Changing a room: staging a change of our own, and applying it once its commit was seen sealed.

use crate::crypto::{Crypto, Seed};
use crate::error::{RoomError, Rule};
use crate::group::{RoomGroup, check_psk_name};
use crate::limits::*;
use crate::profile::{self, Leaf};
use crate::provider::Provider;
use crate::receive::{Observed, observe};
use crate::signer::LeafSigner;
use backchannel_wire::tagged::Tag;
use backchannel_wire::{SeatNo, UtcMs};
use openmls::group::{CommitMessageBundle, MlsGroup};
use openmls::prelude::*;
use openmls::schedule::PreSharedKeyId;
use rand_core::{CryptoRng, RngCore};

const NONCE: Tag = Tag("backchannel rooms psk nonce v1");

/// A change of a room. Every one also gives its author's leaf a fresh encryption key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing but the fresh key.
    Update,
    /// A newcomer takes a free seat.
    Add {
        /// What the newcomer left.
        key_package: Vec<u8>,
    },
    /// A member leaves its seat.
    Remove {
        /// The seat.
        seat: SeatNo,
    },
    /// A newcomer takes the seat of a member that leaves in the same commit.
    Replace {
        /// The seat.
        seat: SeatNo,
        /// What the newcomer left.
        key_package: Vec<u8>,
    },
    /// A pre-shared key, known to all members already, is mixed in.
    Psk {
        /// Its name.
        id: Vec<u8>,
    },
}

/// What staging a change yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// To send to the members, in cells.
    pub commit: Vec<u8>,
    /// To leave for the newcomer, in the lobby.
    pub welcome: Option<Vec<u8>>,
}

/// What applying a commit changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The epoch now.
    pub epoch: u64,
    /// Who took a seat.
    pub added: Option<Leaf>,
    /// Who left a seat.
    pub removed: Option<Leaf>,
    /// Whether that was this station, which now holds nothing of the room.
    pub self_removed: bool,
}

/// A change that was checked against the room.
enum Proposals {
    Update,
    Add(Box<KeyPackage>),
    Remove(LeafNodeIndex),
    Replace(LeafNodeIndex, Box<KeyPackage>),
    Psk(PreSharedKeyId),
}

impl RoomGroup {
    /// Makes a commit of a change, with a note its receivers can trust to be the author's. The room stays in its epoch
    /// until [`apply_staged`](Self::apply_staged).
    pub fn stage(
        &mut self,
        change: &Change,
        note: &[u8],
        rng: &mut (impl RngCore + CryptoRng),
        now: UtcMs,
    ) -> Result<Staged, RoomError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(Rule::TooLong.into());
        }
        if self.has_staged() {
            return Err(RoomError::AlreadyStaged);
        }
        let seed = Seed::draw(rng);
        let proposals = self.prepare(change, &seed, now)?;
        let bundle = self.attempt(Some(seed), |group, provider, signer| {
            group.set_aad(note.to_vec());
            let bundle = commit(group, provider, signer, proposals);
            group.set_aad(Vec::new());
            bundle
        })?;
        encode(bundle)
    }

    /// Whether a change of our own is staged.
    pub fn has_staged(&self) -> bool {
        self.group.as_ref().is_some_and(|group| group.pending_commit().is_some())
    }

    /// Forgets the staged change, if there is one.
    pub fn drop_staged(&mut self) -> Result<(), RoomError> {
        self.attempt(None, |group, provider, _| {
            group
                .clear_pending_commit(provider.storage())
                .map_err(|_| RoomError::Internal("staged change not dropped"))
        })
    }

    /// Applies the staged change. To be called when its commit was seen sealed, and was the first of its epoch.
    pub fn apply_staged(&mut self) -> Result<Outcome, RoomError> {
        let staged = self.open()?.pending_commit().ok_or(RoomError::NothingStaged)?;
        let observed = observe(self, staged, self.open()?.own_leaf_index())?;
        self.attempt(None, |group, provider, _| {
            group.merge_pending_commit(provider).map_err(|_| RoomError::Internal("change not applied"))
        })?;
        self.after_commit(observed, false)
    }

    /// Finishes a merged commit. The group is loaded again, so that nothing of the old epoch stays in memory; a station
    /// that was removed deletes what it holds (ROOM-15).
    pub(crate) fn after_commit(
        &mut self,
        observed: Observed,
        self_removed: bool,
    ) -> Result<Outcome, RoomError> {
        let epoch = self.epoch()?;
        let (added, removed) = observed.into_parts();
        if self_removed {
            self.group = None;
            self.store.wipe();
            self.store.keep();
        } else {
            self.reload()?;
        }
        Ok(Outcome { epoch, added, removed, self_removed })
    }

    fn prepare(&self, change: &Change, seed: &Seed, now: UtcMs) -> Result<Proposals, RoomError> {
        Ok(match change {
            Change::Update => Proposals::Update,
            Change::Add { key_package } => Proposals::Add(self.admit(key_package, None, now)?),
            Change::Remove { seat } => Proposals::Remove(self.other(*seat)?),
            Change::Replace { seat, key_package } => {
                let leaving = self.other(*seat)?;
                Proposals::Replace(leaving, self.admit(key_package, Some(*seat), now)?)
            }
            Change::Psk { id } => Proposals::Psk(psk_id(id, seed)?),
        })
    }

    /// A member other than this station (ROOM-14).
    fn other(&self, seat: SeatNo) -> Result<LeafNodeIndex, RoomError> {
        let (index, _) = self.find(seat)?;
        if index == self.open()?.own_leaf_index() { Err(Rule::RemovesItself.into()) } else { Ok(index) }
    }

    fn admit(
        &self,
        bytes: &[u8],
        replaced: Option<SeatNo>,
        now: UtcMs,
    ) -> Result<Box<KeyPackage>, RoomError> {
        let crypto = Crypto::without_randomness();
        let (package, leaf) = profile::read_key_package(bytes, self.room, now, &crypto)?;
        check_newcomer(&leaf, &self.members()?, replaced)?;
        Ok(Box::new(package))
    }
}

/// Whether a newcomer's seat is free (ROOM-4), or is the one that is given up for it (ROOM-13).
pub(crate) fn check_newcomer(leaf: &Leaf, members: &[Leaf], replaced: Option<SeatNo>) -> Result<(), Rule> {
    if replaced.is_some_and(|seat| seat != leaf.seat) {
        return Err(Rule::ReplacedSeat);
    }
    let clash = |member: &Leaf| {
        let same_seat = member.seat == leaf.seat && replaced != Some(leaf.seat);
        same_seat || member.pseudonym == leaf.pseudonym || member.signature_key == leaf.signature_key
    };
    if members.iter().any(clash) { Err(Rule::SeatTaken) } else { Ok(()) }
}

fn psk_id(id: &[u8], seed: &Seed) -> Result<PreSharedKeyId, RoomError> {
    check_psk_name(id)?;
    Ok(PreSharedKeyId::external(id.to_vec(), seed.derive(NONCE).to_vec()))
}

fn commit(
    group: &mut MlsGroup,
    provider: &Provider<'_>,
    signer: &LeafSigner,
    proposals: Proposals,
) -> Result<CommitMessageBundle, RoomError> {
    let builder = group.commit_builder().consume_proposal_store(false).force_self_update(true);
    let builder = match proposals {
        Proposals::Update => builder,
        Proposals::Add(package) => builder.propose_adds([*package]),
        Proposals::Remove(index) => builder.propose_removals([index]),
        Proposals::Replace(index, package) => builder.propose_removals([index]).propose_adds([*package]),
        Proposals::Psk(id) => {
            builder.add_proposal(Proposal::PreSharedKey(Box::new(PreSharedKeyProposal::new(id))))
        }
    };
    builder
        .load_psks(provider.storage())
        .map_err(|_| RoomError::UnknownPsk)?
        .create_group_info(false)
        .build(provider.rand(), provider.crypto(), signer, |_| true)
        .map_err(|_| RoomError::Internal("commit not made"))?
        .stage_commit(provider)
        .map_err(|_| RoomError::Internal("commit not staged"))
}

fn encode(bundle: CommitMessageBundle) -> Result<Staged, RoomError> {
    const ENCODING: RoomError = RoomError::Internal("commit not encoded");
    let welcome = bundle.to_welcome_msg();
    Ok(Staged {
        commit: bundle.into_commit().to_bytes().map_err(|_| ENCODING)?,
        welcome: welcome.map(|welcome| welcome.to_bytes()).transpose().map_err(|_| ENCODING)?,
    })
}
