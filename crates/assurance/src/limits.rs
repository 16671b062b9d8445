//! Every size and bound of this crate, with its reason.

/// Recipients of one sealed box: the members of the largest delegation, or every seat of the largest room.
pub const RECIPIENTS_MAX: usize = 16;
/// Bytes of a sealed box's content: above the lobby's 96 KiB blob, so that the lobby's own bound is the one that is met.
pub const SEALED_PLAIN_BYTES_MAX: usize = 128 * 1024;
/// Bytes of the context that a box, a MAC or a proof is bound to: names and identifiers, never content.
pub const CONTEXT_BYTES_MAX: usize = 1024;
/// Bytes of an MLS group id inside a vouch: a room id is 16, and no suite needs more than a hash.
pub const GROUP_ID_BYTES_MAX: usize = 64;
/// Bytes of a display label: fits a terminal column and a few words in any script.
pub const LABEL_BYTES_MAX: usize = 48;
/// Members of one roster version: the seats of the largest room.
pub const MEMBERS_MAX: usize = 16;
/// Approvals carried with one roster version: each of [`MEMBERS_MAX`] members to each other party and the intermediary.
pub const APPROVALS_MAX: usize = MEMBERS_MAX * PARTIES_MAX;
/// Bytes of one encoded roster version: 16 members of at most 200 bytes, and its head.
pub const ROSTER_BYTES_MAX: usize = 4 * 1024;
/// Sides of one channel: the intermediary and 8 parties (DESIGN.md, "Scale").
pub const PARTIES_MAX: usize = 9;
/// Rooms one station has a seat in: the intermediary's caucuses with 8 parties, its own delegation room, and one to spare.
pub const ROOMS_MAX: usize = 10;
/// Bytes of a relay's address: a host name of 253 bytes, a colon and a port, in brackets if need be.
pub const ADDRESS_BYTES_MAX: usize = 262;
/// Bytes of an invitation before armouring: every list at its bound is below 3 KiB.
pub const INVITATION_BYTES_MAX: usize = 4 * 1024;
/// Bytes of an invitation as text, with whatever line breaks and quoting it collected on the way.
pub const INVITATION_TEXT_BYTES_MAX: usize = 4 * INVITATION_BYTES_MAX;
/// Columns of an invitation written as a file: what mail leaves unwrapped.
pub const INVITATION_COLUMNS: usize = 72;
/// The longest beat, one hour: a slower channel would not be a brake.
pub const BEAT_MS_MAX: u32 = 3_600_000;
/// The shortest beat: below it, honest clocks and networks look like faults.
pub const BEAT_MS_MIN: u32 = 50;
/// Words of the list that envoy words are drawn from.
pub const WORD_LIST: usize = 2048;
/// Words that envoys carry: 12 of 11 bits are 132 bits, beyond any search, so that no slow hash is needed.
pub const ENVOY_WORDS: usize = 12;
/// Words compared after a commit-then-open exchange: 44 bits, and an attacker has one guess.
pub const COMPARED_WORDS: usize = 4;
/// Bytes of a phrase as typed: 12 words of at most 8 letters, with generous spacing.
pub const PHRASE_BYTES_MAX: usize = 1024;
/// Suggestions given for a word that is not in the list: few enough to read.
pub const SUGGESTIONS_MAX: usize = 3;
/// Bytes of a leaf's pseudonym (the random MLS credential).
pub const LEAF_PSEUDONYM_BYTES: usize = 16;
