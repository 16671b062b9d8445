//! Every size and bound of the rooms, with its reason.

use backchannel_wire::limits::FRAGMENT_BYTES_MAX;

/// Bytes an MLS private message adds to an application plaintext that needs a two-byte length (64 to 16,383 bytes):
/// framing 2 + 2, group id 1 + 16, epoch 8, content type 1, empty associated data 1, encrypted sender data 1 + 28,
/// ciphertext length 2; inside it the plaintext's length 2, signature 2 + 64 and the tag 16.
pub const MESSAGE_OVERHEAD_BYTES: usize = 4 + 17 + 8 + 1 + 1 + 29 + 2 + 2 + 66 + 16;
/// The longest application plaintext: its message is alone in one cell, because a message in two cells could be lost by half.
pub const MESSAGE_BYTES_MAX: usize = FRAGMENT_BYTES_MAX - MESSAGE_OVERHEAD_BYTES;
/// The longest note of a commit: a reason in a few words, a beat number and room to grow.
pub const NOTE_BYTES_MAX: usize = 256;
/// The longest commit: an update of 16 members is below 32 KiB in any state of the tree.
pub const COMMIT_BYTES_MAX: usize = 64 * 1024;
/// The longest welcome: what a lobby blob of 96 KiB holds beside its sealing.
pub const WELCOME_BYTES_MAX: usize = 92 * 1024;
/// The longest key package: one of the profile has below 2,800 bytes.
pub const KEY_PACKAGE_BYTES_MAX: usize = 4096;
/// The longest name of a pre-shared key.
pub const PSK_ID_BYTES_MAX: usize = 64;
/// How long a key package may be used after it was made, in milliseconds: 28 days, longer than any pairing should take.
pub const KEY_PACKAGE_LIFE_MS: u64 = 28 * 24 * 3600 * 1000;
/// How far into the future a key package's end may lie beyond its life, in milliseconds: two clocks an hour apart.
pub const CLOCK_SKEW_MS: u64 = 3600 * 1000;
/// Messages of one sender that may arrive after a later one: each costs a kept key, and cells of one seat come in order.
pub const OUT_OF_ORDER_MAX: u32 = 5;
/// Messages of one sender that may be missing before the next that arrives: bounds the work one message can cause.
pub const SKIPPED_MAX: u32 = 1000;
