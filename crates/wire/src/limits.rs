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
/// Beats of one empty-run record: a day at 1.3 s, and what a station hashes in well under a second before it can check the head.
pub const EMPTY_RUN_BEATS_MAX: u64 = 65_536;
/// Bytes before the slots of a hello, a hello acknowledgement, an up frame or a down frame.
pub const FRAME_HEADER_BYTES: usize = 16;
/// Room slots of a frame: a caucus with each of 8 parties and an own delegation room, with space to spare.
pub const FRAME_ROOMS_MAX: u8 = 16;
/// Room slots of a frame unless the channel was convened with others: caucus, delegation room, registry and one spare.
pub const FRAME_ROOMS_DEFAULT: u8 = 4;
/// Cells in the live share of a down frame: every slot of the largest frame with the largest room.
pub const DOWN_CELLS_MAX: u16 = 256;
/// Cells in the live share of a down frame unless convened with others: caucus 4, delegation room 4, registry 8.
pub const DOWN_CELLS_DEFAULT: u16 = 16;
/// Bytes of one slot of a hello: room, seat, token, segment, next beat, head.
pub const HELLO_SLOT_BYTES: usize = 16 + 1 + 32 + 4 + 8 + 32;
/// Bytes of one slot of a hello acknowledgement: state, segment, next beat.
pub const HELLO_ACK_SLOT_BYTES: usize = 1 + 4 + 8;
/// Bytes of a sealed beat's record besides its cells: kind, slot, beat, sealed-at, capacity, presence, head, MAC.
pub const BEAT_RECORD_BYTES: usize = 1 + 1 + 8 + 8 + 1 + 2 + 32 + 32;
/// How many live shares a down frame holds: one for the beat just sealed and one for catching up.
pub const DOWN_SHARES: usize = 2;
/// Shortest beat: below it a round trip over a real network no longer fits into a beat.
pub const BEAT_MS_MIN: u32 = 50;
/// Longest beat: ten minutes, the thinnest line anybody could still call a line.
pub const BEAT_MS_MAX: u32 = 600_000;
/// Bytes of a lobby blob: a welcome with the tree of 32 members under the hybrid suite is 88,313 bytes.
pub const LOBBY_BLOB_BYTES: usize = 96 * 1024;
/// Bytes of a lobby message in either direction: a blob and 4 KiB for what names it.
pub const LOBBY_BYTES: usize = LOBBY_BLOB_BYTES + 4 * 1024;
/// Rooms of a channel: a caucus and a delegation room for each of 8 parties, the registry, the intermediary's own room, and spares.
pub const CHANNEL_ROOMS_MAX: usize = 24;
