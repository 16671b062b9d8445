//! Bounds of the relay that no operator needs to change, each with its reason. The others are in relay.toml.

/// Links of a room kept in memory for its connected seats: one frame may be missed without a read from the store.
pub const RECENT_LINKS_MAX: usize = 3;
/// Beats of posted cells a room holds before they are sealed: more than the longest restart grace; older ones count as absent.
pub const PENDING_BEATS_MAX: usize = 16;
/// Empty beats hashed in one tick over all rooms: about a quarter of a second, so that a long outage cannot stall the beat.
pub const EMPTY_BEATS_PER_TICK: u64 = 400_000;
/// A room's links are dropped in steps of so many beats, so that most beats delete nothing.
pub const PRUNE_STEP_BEATS: u64 = 16;
/// Beats kept behind the head while lobby mail waits: a newcomer's welcome names the beat of the commit that let it in,
/// and it may fetch the welcome some minutes later.
pub const JOINING_BEATS: u64 = 256;
/// How close to the head a seat's cursor was if the relay waits for it after a restart.
pub const RECENT_CURSOR_BEATS: u64 = 16;
/// How far above its own a station's segment may be: more restorations than any store has seen, far from the end of u32.
pub const SEGMENTS_AHEAD_MAX: u32 = 64;
/// Beats a segment lasts at least, so that a seat that lies about its position cannot alarm its room all the time.
pub const SEGMENT_BEATS_MIN: u64 = 12;
/// Pause between two looks for rooms and lobby blobs past their term.
pub const SWEEP_MS: u64 = 10 * 60 * 1000;
/// Addresses remembered for rate limits: about 1 MiB; beyond it the least recently seen are forgotten.
pub const ADDRESSES_MAX: usize = 8_192;
/// Inputs waiting for the engine: a beat of a full relay; beyond it connections wait their turn.
pub const INPUT_QUEUE_MAX: usize = 4_096;
/// Bytes a connection reads at once: an up frame of the default shape.
pub const READ_BUFFER_BYTES: usize = 8 * 1024;
/// Pause before the store is loaded again after it failed.
pub const RELOAD_PAUSE_MS: u64 = 500;
/// Times the store is loaded again before the relay gives up.
pub const RELOADS_MAX: u32 = 20;
/// Milliseconds in one minute, the unit of the rate limits.
pub const MINUTE_MS: u64 = 60 * 1000;
/// Messages one beat connection may send in a second: twice what the shortest beat allows.
pub const FRAMES_PER_SECOND_MAX: u32 = 40;
/// Longest sleep before the clock is looked at again, for a clock that was set meanwhile.
pub const CLOCK_LOOK_MS: u64 = 1_000;
