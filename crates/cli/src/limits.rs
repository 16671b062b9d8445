//! Every bound of the commands, with its reason.

use std::time::Duration;

/// Bytes of a draft, rendering or invitation that is read from a file: the longest dispatch with its translations.
pub const INPUT_BYTES_MAX: u64 = 2 * 1024 * 1024;
/// Bytes of a file that a program wrote: an exported register has 20 MiB at most, and an interrupted rehearsal of many choices
/// comes to some of them.
pub const LONG_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// How long a command waits for the station's answer: the slowest, unlocking, takes a second on a slow machine.
pub const ANSWER_WAIT: Duration = Duration::from_secs(60);
/// How long one request of `watch --follow` waits for something to happen before it asks again.
pub const WATCH_WAIT: Duration = Duration::from_secs(20);
/// Columns of text for people: what every terminal and a printed page hold.
pub const COLUMNS: usize = 80;
