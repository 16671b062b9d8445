//! What other members send: received, then verified, and, if it is a commit, applied or dropped by the caller.

use crate::change::{Outcome, check_newcomer};
use crate::error::{RoomError, Rule};
use crate::group::{RoomGroup, check_psk_name};
use crate::limits::*;
use crate::profile::{self, Leaf};
use crate::provider::Provider;
use openmls::framing::errors::MessageDecryptionError;
use openmls::group::{StageCommitError, ValidationError};
use openmls::prelude::{
    tls_codec::{Deserialize as _, Serialize as _},
    *,
};
use openmls::schedule::errors::PskError;
use openmls::schedule::{PreSharedKeyId, Psk};

/// What a commit does, beside giving its author a fresh key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observed {
    /// Nothing else.
    Updated,
    /// A newcomer takes a free seat.
    Added(Leaf),
    /// A member leaves its seat.
    Removed(Leaf),
    /// A newcomer takes the seat of a member that leaves.
    Replaced {
        /// Who leaves.
        left: Leaf,
        /// Who comes.
        came: Leaf,
    },
    /// The pre-shared key of this name is mixed in.
    Psk(Vec<u8>),
}

impl Observed {
    /// The leaf that comes and the one that leaves.
    pub fn leaves(&self) -> (Option<&Leaf>, Option<&Leaf>) {
        match self {
            Self::Updated | Self::Psk(_) => (None, None),
            Self::Added(leaf) => (Some(leaf), None),
            Self::Removed(leaf) => (None, Some(leaf)),
            Self::Replaced { left, came } => (Some(came), Some(left)),
        }
    }

    /// Who comes and who leaves.
    pub(crate) fn into_parts(self) -> (Option<Leaf>, Option<Leaf>) {
        match self {
            Self::Updated | Self::Psk(_) => (None, None),
            Self::Added(leaf) => (Some(leaf), None),
            Self::Removed(leaf) => (None, Some(leaf)),
            Self::Replaced { left, came } => (Some(came), Some(left)),
        }
    }
}

/// A message that passed every check of the room.
pub enum Received {
    /// An application message.
    Message {
        /// Who wrote it.
        sender: Leaf,
        /// What it says.
        plaintext: Vec<u8>,
    },
    /// A commit, not applied yet.
    Commit(Box<Verified>),
}

/// A commit that MLS and the room's rules accept. Receiving it changed nothing; the caller judges it by rules of its own
/// and hands it to [`RoomGroup::apply`], or drops it.
pub struct Verified {
    staged: StagedCommit,
    authenticator: [u8; 32],
    committer: Leaf,
    observed: Observed,
    note: Vec<u8>,
    removes_us: bool,
}

impl Verified {
    /// Who made the commit.
    pub fn committer(&self) -> &Leaf {
        &self.committer
    }

    /// What it does.
    pub fn observed(&self) -> &Observed {
        &self.observed
    }

    /// The note its author put into it.
    pub fn note(&self) -> &[u8] {
        &self.note
    }

    /// Whether it removes this station.
    pub fn removes_us(&self) -> bool {
        self.removes_us
    }

    /// The epoch it leads to.
    pub fn next_epoch(&self) -> u64 {
        self.staged.epoch().as_u64()
    }

    /// The epoch authenticator after it, if this station stays.
    pub fn next_authenticator(&self) -> Option<[u8; 32]> {
        self.staged.epoch_authenticator().and_then(|value| value.as_slice().try_into().ok())
    }
}

impl RoomGroup {
    /// Opens and verifies what another member sent. A message is taken once (ROOM-16); a commit changes nothing until
    /// applied, and what is refused changes nothing either (ROOM-17).
    pub fn receive(&mut self, bytes: &[u8]) -> Result<Received, RoomError> {
        let message = self.parse(bytes)?;
        let received = self.process(message);
        match &received {
            Ok(Received::Message { .. }) => self.store.keep(),
            Ok(Received::Commit(_)) | Err(_) => self.revert()?,
        }
        received
    }

    /// Applies a commit that was verified in the epoch the room is still in. A change of our own that was staged is
    /// dropped: another was first.
    pub fn apply(&mut self, verified: Verified) -> Result<Outcome, RoomError> {
        if self.epoch_authenticator()? != verified.authenticator {
            let theirs = verified.next_epoch().saturating_sub(1);
            return Err(RoomError::WrongEpoch { theirs, ours: self.epoch()? });
        }
        let Verified { staged, observed, removes_us, .. } = verified;
        self.attempt(None, |group, provider, _| {
            group.merge_staged_commit(provider, staged).map_err(|_| RoomError::Internal("commit not applied"))
        })?;
        self.after_commit(observed, removes_us)
    }

    /// The checks that need no key (ROOM-1, ROOM-10, ROOM-11, ROOM-15).
    fn parse(&self, bytes: &[u8]) -> Result<ProtocolMessage, RoomError> {
        if bytes.len() > COMMIT_BYTES_MAX {
            return Err(Rule::TooLong.into());
        }
        let message = MlsMessageIn::tls_deserialize_exact(bytes).map_err(|_| RoomError::Malformed)?;
        let MlsMessageBodyIn::PrivateMessage(message) = message.extract() else {
            return Err(Rule::Suite.into());
        };
        let message = ProtocolMessage::from(message);
        let (theirs, ours) = (message.epoch().as_u64(), self.epoch()?);
        if message.group_id().as_slice() != self.room.0 {
            Err(RoomError::WrongRoom)
        } else if message.content_type() == ContentType::Proposal {
            Err(Rule::Sender.into())
        } else if theirs != ours {
            Err(RoomError::WrongEpoch { theirs, ours })
        } else {
            Ok(message)
        }
    }

    fn process(&mut self, message: ProtocolMessage) -> Result<Received, RoomError> {
        let provider = Provider::without_randomness(&self.store);
        let group = self.group.as_mut().ok_or(RoomError::NotMember)?;
        let processed = group.process_message(&provider, message).map_err(refusal)?;
        let (sender, note) = (processed.sender().clone(), processed.aad().to_vec());
        let content = processed.into_content();
        if matches!(content, ProcessedMessageContent::OwnPrivateMessage) {
            return Err(RoomError::Own);
        }
        let Sender::Member(index) = sender else { return Err(Rule::Sender.into()) };
        let sender = self.leaf_at(index)?;
        match content {
            ProcessedMessageContent::ApplicationMessage(_) if !note.is_empty() => {
                Err(Rule::AssociatedData.into())
            }
            ProcessedMessageContent::ApplicationMessage(message) => {
                Ok(Received::Message { sender, plaintext: message.into_bytes() })
            }
            ProcessedMessageContent::StagedCommitMessage(staged) => {
                self.verify(*staged, index, sender, note).map(|verified| Received::Commit(Box::new(verified)))
            }
            _ => Err(Rule::Sender.into()),
        }
    }

    fn leaf_at(&self, index: LeafNodeIndex) -> Result<Leaf, RoomError> {
        let node = self.open()?.public_group().leaf(index).ok_or(RoomError::NotMember)?;
        Ok(profile::read_leaf(node, self.room)?.0)
    }

    fn verify(
        &self,
        staged: StagedCommit,
        index: LeafNodeIndex,
        committer: Leaf,
        note: Vec<u8>,
    ) -> Result<Verified, RoomError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(Rule::TooLong.into());
        }
        let observed = observe(self, &staged, index)?;
        let (authenticator, removes_us) = (self.epoch_authenticator()?, staged.self_removed());
        Ok(Verified { staged, authenticator, committer, observed, note, removes_us })
    }
}

/// Reads what a commit does, and refuses any that is not of the profile (ROOM-4, ROOM-7 to ROOM-9, ROOM-13).
pub(crate) fn observe(
    room: &RoomGroup,
    staged: &StagedCommit,
    committer: LeafNodeIndex,
) -> Result<Observed, RoomError> {
    check_path(room, staged, committer)?;
    let (mut came, mut left, mut psk, mut count) = (None, None, None, 0);
    for queued in staged.queued_proposals() {
        count += 1;
        let inline = queued.proposal_or_ref_type() == ProposalOrRefType::Proposal;
        if !inline || queued.sender() != &Sender::Member(committer) {
            return Err(Rule::Change.into());
        }
        match queued.proposal() {
            Proposal::Add(add) => came = Some(profile::check_key_package(add.key_package(), room.room)?.0),
            Proposal::Remove(remove) => left = Some(room.leaf_at(remove.removed())?),
            Proposal::PreSharedKey(proposal) => psk = Some(external_name(proposal)?),
            _ => return Err(Rule::Change.into()),
        }
    }
    if let Some(leaf) = &came {
        check_newcomer(leaf, &room.members()?, left.as_ref().map(|leaf| leaf.seat))?;
    }
    match (count, came, left, psk) {
        (0, ..) => Ok(Observed::Updated),
        (1, Some(leaf), ..) => Ok(Observed::Added(leaf)),
        (1, _, Some(leaf), _) => Ok(Observed::Removed(leaf)),
        (1, .., Some(name)) => Ok(Observed::Psk(name)),
        (2, Some(came), Some(left), _) => Ok(Observed::Replaced { left, came }),
        _ => Err(Rule::Change.into()),
    }
}

/// The committer's leaf gets a new encryption key and nothing else (ROOM-8, ROOM-9).
fn check_path(room: &RoomGroup, staged: &StagedCommit, committer: LeafNodeIndex) -> Result<(), RoomError> {
    let new = staged.update_path_leaf_node().ok_or(Rule::NoPath)?;
    let old = room.open()?.public_group().leaf(committer).ok_or(RoomError::NotMember)?;
    let same = new.credential() == old.credential()
        && new.signature_key() == old.signature_key()
        && new.extensions() == old.extensions()
        && new.capabilities() == old.capabilities();
    if same { Ok(()) } else { Err(Rule::LeafChanged.into()) }
}

fn external_name(proposal: &PreSharedKeyProposal) -> Result<Vec<u8>, Rule> {
    // The proposal's encoding is the name's; OpenMLS gives no other way to it.
    let bytes = proposal.tls_serialize_detached().map_err(|_| Rule::Change)?;
    let id = PreSharedKeyId::tls_deserialize_exact(&bytes).map_err(|_| Rule::Change)?;
    match id.psk() {
        Psk::External(psk) => check_psk_name(psk.psk_id()).map(|()| psk.psk_id().to_vec()),
        _ => Err(Rule::Change),
    }
}

/// Sorts OpenMLS's refusals by what the caller can do about them.
fn refusal<S>(error: ProcessMessageError<S>) -> RoomError {
    match error {
        ProcessMessageError::ValidationError(error) => unverified(error),
        ProcessMessageError::InvalidCommit(error) => uncommitted(error),
        ProcessMessageError::StorageError(_) | ProcessMessageError::LibraryError(_) => {
            RoomError::Internal("message not processed")
        }
        ProcessMessageError::GroupStateError(_) => RoomError::NotMember,
        _ => Rule::Sender.into(),
    }
}

fn unverified(error: ValidationError) -> RoomError {
    match error {
        ValidationError::UnableToDecrypt(
            MessageDecryptionError::SecretTreeError(_) | MessageDecryptionError::GenerationOutOfBound,
        ) => RoomError::TooDistant,
        ValidationError::UnknownMember => RoomError::NotMember,
        ValidationError::LibraryError(_) => RoomError::Internal("message not verified"),
        _ => RoomError::Unopened,
    }
}

/// A commit that passed MLS's checks of signature and proposals, but leads this station elsewhere than its author, cannot
/// be followed: others may be able to (ROOM-19). Any other fault is one all members see.
fn uncommitted(error: StageCommitError) -> RoomError {
    match error {
        StageCommitError::ConfirmationTagMismatch
        | StageCommitError::UpdatePathError(_)
        | StageCommitError::MissingDecryptionKey
        | StageCommitError::OwnKeyNotFound
        | StageCommitError::PskError(PskError::KeyNotFound) => RoomError::CannotFollow,
        StageCommitError::RequiredPathNotFound => Rule::NoPath.into(),
        StageCommitError::LibraryError(_) => RoomError::Internal("commit not staged"),
        _ => Rule::Change.into(),
    }
}
