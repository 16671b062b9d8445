//! Every size and bound of the wire formats, with its reason.

/// Seats in the largest room: what one MLS group and one down frame carry comfortably, and what a received-vector holds.
pub const SEATS_MAX: usize = 16;
/// The capacities a room may have.
pub const CAPACITIES: [u8; 4] = [2, 4, 8, 16];
/// Bytes of a cell: holds a 1.6 KiB message whole, and costs a thin line 400 bytes a second at the default beat.
pub const CELL_BYTES: usize = 2048;
/// Bytes of a cell's nonce (XChaCha20-Poly1305).
pub const CELL_NONCE_BYTES: usize = 24;
/// Bytes of a cell's authentication tag (Poly1305).
pub const CELL_TAG_BYTES: usize = 16;
/// Bytes of a cell's plaintext.
pub const CELL_PLAIN_BYTES: usize = CELL_BYTES - CELL_NONCE_BYTES - CELL_TAG_BYTES;
/// Bytes of a cell's plaintext before its first fragment: version, flags, counter, head beat, head, epoch authenticator, received vector.
pub const CELL_HEADER_BYTES: usize = 1 + 1 + 8 + 8 + 32 + 8 + SEATS_MAX * 8;
/// Bytes a cell has for fragments.
pub const CELL_BODY_BYTES: usize = CELL_PLAIN_BYTES - CELL_HEADER_BYTES;
/// Bytes before a fragment's content: kind, message id, index, count, length.
pub const FRAGMENT_HEADER_BYTES: usize = 1 + 16 + 2 + 2 + 2;
/// The longest content of a fragment that is alone in its cell.
pub const FRAGMENT_BYTES_MAX: usize = CELL_BODY_BYTES - FRAGMENT_HEADER_BYTES;
/// Fragments of one message: 1,024 are 1.8 MB, more than the longest dispatch with its translations.
pub const FRAGMENTS_MAX: u16 = 1024;
/// Bytes of one canonical structure that is decoded whole.
pub const STRUCTURE_BYTES_MAX: usize = 2 * 1024 * 1024;
