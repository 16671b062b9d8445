//! Every bound of the desk, with its reason.

/// Bytes of a request's body: a dispatch of a megabyte with its form fields, as the station's socket takes it.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Browsers that may be logged in at a time: a desk, a wall screen, and some opened by mistake.
pub const SESSIONS_MAX: usize = 8;
/// Links that were made and not used: more than anybody opens at once.
pub const LINKS_MAX: usize = 8;
/// Milliseconds for which a link may be used: the time a slow browser needs to start.
pub const LINK_MS: u64 = 5 * 60_000;
/// Pages that follow the desk at a time.
pub const FOLLOWERS_MAX: usize = 32;
/// Milliseconds for which the desk waits for an answer of the station: longer than stretching a passphrase and a vacuum.
pub const ANSWER_MS: u64 = 30_000;
/// Milliseconds between two looks at the station at least: what happens in between is told in one.
pub const LOOK_MS_MIN: u64 = 250;
/// Milliseconds between two tries to reach a station that does not answer.
pub const RETRY_MS: u64 = 1_000;
/// Minutes without a key or a click after which a desk locks its station, unless the person chose otherwise.
pub const LOCK_AFTER_MINUTES: u64 = 15;
/// Minutes that can be chosen.
pub const LOCK_CHOICES: [u64; 5] = [5, 15, 30, 60, 240];
/// Rows of a list on one page: a screen or three, laid out at once by any browser.
pub const ROWS: usize = 50;
/// Entries that are looked at for what happened lately.
pub const RECENT: usize = 8;
/// Beats of the strip.
pub const STRIP_BEATS: u64 = 60;
/// Passages of a dispatch that is written on a page: more is written to a file and sent by command.
pub const PASSAGES_MAX: usize = 16;
/// Bytes of the file of preferences.
pub const PREFERENCES_BYTES_MAX: u64 = 4_096;
/// Milliseconds after which a rehearsal on a page shows what it has: with drawing and the way there and back within a second.
pub const REHEARSE_MS: u64 = 600;
/// Milliseconds after which it stops though it has nothing to show yet: a machine so slow, or runs so long, are no matter for a page.
pub const REHEARSE_MS_MAX: u64 = 10_000;
