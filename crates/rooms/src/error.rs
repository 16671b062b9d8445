//! Why an operation of a room was refused.

/// A rule of docs/spec/rooms.md that something broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rule {
    /// Another cipher suite, protocol version or wire format (ROOM-1).
    #[error("it is not of the room's suite and framing (ROOM-1)")]
    Suite,
    /// The leaf is not exactly of the profile (ROOM-2).
    #[error("the leaf is not of the profile (ROOM-2)")]
    Leaf,
    /// The leaf was made for another room (ROOM-3).
    #[error("the leaf was made for another room (ROOM-3)")]
    LeafRoom,
    /// The seat is taken, or a pseudonym or key is used twice (ROOM-4).
    #[error("the seat or pseudonym is taken (ROOM-4)")]
    SeatTaken,
    /// The key package is too old or made for too long (ROOM-5).
    #[error("the key package is not valid at this time (ROOM-5)")]
    Lifetime,
    /// The group's context or configuration is not the profile's (ROOM-6).
    #[error("the group is not of the profile (ROOM-6)")]
    Group,
    /// The proposals are not one of the allowed changes (ROOM-7).
    #[error("the commit is not one of the allowed changes (ROOM-7)")]
    Change,
    /// The commit has no update path (ROOM-8).
    #[error("the commit has no update path (ROOM-8)")]
    NoPath,
    /// The commit changes more of the committer's leaf than its encryption key (ROOM-9).
    #[error("the commit changes the committer's leaf (ROOM-9)")]
    LeafChanged,
    /// The sender is not a member, or is a proposal by itself (ROOM-10).
    #[error("only members' messages and commits are accepted (ROOM-10)")]
    Sender,
    /// A size is above its limit (ROOM-11).
    #[error("it is longer than allowed (ROOM-11)")]
    TooLong,
    /// An application message carries associated data (ROOM-12).
    #[error("the message carries associated data (ROOM-12)")]
    AssociatedData,
    /// The replacing key package names another seat than the one it replaces (ROOM-13).
    #[error("a replacement must take the seat it replaces (ROOM-13)")]
    ReplacedSeat,
    /// A station cannot remove or replace itself (ROOM-14).
    #[error("a station cannot remove itself (ROOM-14)")]
    RemovesItself,
}

/// Why an operation of a room was refused. The room is then as it was before (ROOM-17); after [`RoomError::Internal`], load
/// it again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoomError {
    /// The bytes are not the expected structure, or were altered.
    #[error("the bytes are not a message of this kind")]
    Malformed,
    /// The message belongs to another epoch (ROOM-15).
    #[error("the message is of epoch {theirs}, the room is at {ours} (ROOM-15)")]
    WrongEpoch {
        /// The message's epoch.
        theirs: u64,
        /// The room's epoch.
        ours: u64,
    },
    /// The message belongs to another room.
    #[error("the message belongs to another room")]
    WrongRoom,
    /// This station is not, or is no more, a member, or no member has that seat.
    #[error("not a member of the room")]
    NotMember,
    /// This station wrote the message itself.
    #[error("the message is our own")]
    Own,
    /// A rule of the room was broken.
    #[error("refused: {0}")]
    Refused(Rule),
    /// The message was received before, or is further behind or ahead of its sender's last than is kept (ROOM-16).
    #[error("the message was received before, or is too far from its sender's last (ROOM-16)")]
    TooDistant,
    /// The message does not open: it was altered, or made with other keys.
    #[error("the message does not open")]
    Unopened,
    /// The commit is authentic, but this station cannot follow it and must rejoin if the others do (ROOM-19). It could not be
    /// judged by all of the rules, so the others may have refused it.
    #[error("the commit cannot be followed by this station (ROOM-19)")]
    CannotFollow,
    /// No pre-shared key of that name is kept.
    #[error("no pre-shared key of that name is kept")]
    UnknownPsk,
    /// A change of our own is staged already.
    #[error("a change is staged already")]
    AlreadyStaged,
    /// No change of our own is staged.
    #[error("no change is staged")]
    NothingStaged,
    /// The stored state is damaged, or the MLS library failed.
    #[error("the room's state or library failed: {0}")]
    Internal(&'static str),
}

impl From<Rule> for RoomError {
    fn from(rule: Rule) -> Self {
        Self::Refused(rule)
    }
}
