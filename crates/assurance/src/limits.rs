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
/// Words shown of a text's digest: 66 bits, beyond what somebody could search for a second text to match, and short enough
/// to be read out.
pub const DIGEST_WORDS: usize = 6;
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
/// Parties of one ceremony: every party of the largest channel (DESIGN.md, "Scale").
pub const CEREMONY_PARTIES_MAX: usize = PARTIES_MAX - 1;
/// The fewest parties of a ceremony: assurances are given to somebody else.
pub const CEREMONY_PARTIES_MIN: usize = 2;
/// Signers of one party: everybody on the largest roster.
pub const SIGNERS_MAX: usize = MEMBERS_MAX;
/// Signers of all parties of one ceremony.
pub const ALL_SIGNERS_MAX: usize = SIGNERS_MAX * CEREMONY_PARTIES_MAX;
/// Bytes of the encoded terms: 8 parties of 90 bytes and 16 signers of 53 bytes each stay below 8 KiB.
pub const TERMS_BYTES_MAX: usize = 8 * 1024;
/// Beats past its expiry in which an understanding may still be acknowledged: a day at one second.
pub const GRACE_BEATS_MAX: u32 = 86_400;
/// Beats that one try may take, from its first message to the deposit: a week at one second.
pub const TRY_BEATS_MAX: u32 = 604_800;
/// Proofs of one deposit in the gentlemen's form: each of 16 signers to each of 7 other parties.
pub const CONSENTS_MAX: usize = SIGNERS_MAX * (CEREMONY_PARTIES_MAX - 1);
/// Bytes of one message of a ceremony: a release of 8 deposits of 112 proofs of 137 bytes is 120 KiB.
pub const CEREMONY_MESSAGE_BYTES_MAX: usize = 160 * 1024;
/// Bytes of a machine's kept state: a release, the terms, and what was heard of each party.
pub const CEREMONY_STATE_BYTES_MAX: usize = 2 * CEREMONY_MESSAGE_BYTES_MAX;
/// Bytes of one signer's partial sum, sealed to its head: a scalar, and a box for one recipient.
pub const SEALED_PARTIAL_BYTES_MAX: usize = 256;
/// Bytes of an encoded artefact: the terms, a salt, a signature and a certificate.
pub const ARTEFACT_BYTES_MAX: usize = TERMS_BYTES_MAX + 512;
/// Bytes of an artefact as text, with whatever line breaks and quoting it collected on the way.
pub const ARTEFACT_TEXT_BYTES_MAX: usize = 4 * ARTEFACT_BYTES_MAX;
/// Messages a party's machine keeps because another room was behind: several from each of a party's signers and each head.
pub const EARLY_MESSAGES_MAX: usize = 4 * MEMBERS_MAX;
