//! Every bound of the exercises, with its reason.

use std::time::Duration;

/// Bytes of a scenario file: some hundreds of steps with their drafts.
pub const SCENARIO_BYTES_MAX: u64 = 1024 * 1024;
/// Stations of an exercise: the processes one desk machine still runs at a quarter-second beat.
pub const STATIONS_MAX: usize = 24;
/// Steps of an exercise: what a person sits through.
pub const STEPS_MAX: usize = 200;
/// The shortest beat a scenario may ask for: below it two busy cores no longer seal every beat.
pub const BEAT_MS_MIN: u64 = 100;
/// The longest beat a scenario may ask for: the watch floor's, so that an exercise ends the same day.
pub const BEAT_MS_MAX: u64 = 60_000;
/// Bytes `@FILLER@` may stand for: a dispatch that takes some dozens of beats to leave.
pub const FILLER_BYTES_MAX: usize = 256 * 1024;
/// Beats an expectation waits unless it says otherwise: re-sends included (48 beats and more), and a slow machine.
pub const WITHIN_BEATS_DEFAULT: u64 = 80;
/// Beats an expectation may wait: an hour at the watch floor's beat.
pub const WITHIN_BEATS_MAX: u64 = 3_600;

/// Bytes of a path to a station's socket that the operating system takes (`sun_path` without its final zero).
pub const SOCKET_PATH_BYTES_MAX: usize = 107;
/// How long one command may take: the slowest opens a vault on a busy machine.
pub const COMMAND_WAIT: Duration = Duration::from_secs(60);
/// How long the relay and the taps may take until they listen.
pub const LISTEN_WAIT: Duration = Duration::from_secs(15);
/// How long a station may take until its local socket answers: a vault is opened first.
pub const STATION_WAIT: Duration = Duration::from_secs(30);
/// Beats until every station of the cast has joined its rooms and vouched for the others: a busy machine was seen to need 200, and nothing is
/// wrong with a channel that takes longer.
pub const JOIN_BEATS_MAX: u64 = 960;
/// How long a process may take to end after its standard input is closed, before it is killed.
pub const STOP_WAIT: Duration = Duration::from_secs(5);
/// How often a start that is being waited for is looked at.
pub const LOOK_AGAIN: Duration = Duration::from_millis(40);
/// How long one request for journal entries waits at a station.
pub const JOURNAL_WAIT_MS: u64 = 1_000;
/// Journal entries kept of one station: far above what an exercise makes.
pub const JOURNAL_ENTRIES_MAX: usize = 100_000;

/// Bytes the tap takes in one read: above any frame, so that a read is cut by the network and not by the tap.
pub const TAP_READ_BYTES: usize = 256 * 1024;
/// Connections a tap holds at once: a station has one for its beat and a few for the lobby.
pub const TAP_CONNECTIONS_MAX: usize = 64;

/// A silence of this part of a beat ends a burst in the observer's account.
pub const QUIET_PART_OF_BEAT: u64 = 4;
/// Bursts of one frame that a busy machine cut apart are put together again if they fit in this many quarters of
/// a beat.
pub const FRAME_QUARTERS: u64 = 3;
/// A connection on which a station sent fewer frames than this tells nothing about its frame size.
pub const FRAMES_TO_JUDGE: u64 = 4;
/// One beat in this many may be missed by a station on a busy machine. It never depends on what is said.
pub const BEATS_PER_GAP: u64 = 20;

/// Bytes of one pattern that is looked for: long enough never to occur by chance, short enough that a piece of a
/// text that fills half a line is found.
pub const PATTERN_BYTES: usize = 24;
/// Pieces of one long text that are looked for, spread over the whole of it.
pub const PIECES_MAX: usize = 32;
/// Bytes of the shortest needle: shorter ones occur by chance in a program's memory.
pub const NEEDLE_BYTES_MIN: usize = 8;
/// Bytes of memory or file scanned at a time.
pub const SCAN_CHUNK_BYTES: usize = 4 * 1024 * 1024;
/// Bytes of a memory page, in which a program's own file is compared with its image.
pub const PAGE_BYTES: usize = 4_096;

/// Beats from sent to acknowledged when the line is idle.
pub const IDLE_LATENCY_BEATS_MAX: u64 = 4;
