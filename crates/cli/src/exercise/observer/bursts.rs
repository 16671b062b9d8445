//! Cuts one direction of a connection into bursts, and bursts into frames.
//!
//! A tap sees TCP's pieces of TLS records, so a frame has no visible end but the silence after it. On a busy machine
//! one frame may come in two pieces, and two frames may come together. Neither is a sign of talk, and neither may
//! hide one: so a frame size is taken from the commonest burst, and everything else must be explained by it, or it is
//! reported as a size of its own.

use super::Row;
use crate::exercise::limits::{FRAME_QUARTERS, QUIET_PART_OF_BEAT};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes that came without a silence between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burst {
    /// When the first of them came.
    pub start_us: u64,
    /// When the last of them came.
    pub end_us: u64,
    /// How many.
    pub bytes: u64,
}

/// What one direction of a connection consisted of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frames {
    /// The distinct sizes.
    pub sizes: BTreeSet<u64>,
    /// How many frames of the base size.
    pub count: u64,
    /// Frames that came together with the one before.
    pub merged: u64,
    /// Frames that came in more than one piece.
    pub split: u64,
    /// Beats without a frame between the first and the last.
    pub gaps: u64,
    /// Frames beyond one a beat.
    pub extra: u64,
    /// Bytes before the first frame.
    pub handshake_bytes: u64,
    /// Bytes after the last whole frame: a frame cut off by the end, or the notice of it.
    pub closing_bytes: u64,
}

/// Cuts one direction into bursts at each silence of a quarter of a beat.
pub fn cut(rows: &[Row], up: bool, beat_us: u64) -> Vec<Burst> {
    let quiet_us = beat_us / QUIET_PART_OF_BEAT;
    let mut bursts: Vec<Burst> = Vec::new();
    for row in rows.iter().filter(|row| row.up == up && row.bytes > 0) {
        match bursts.last_mut() {
            Some(last) if row.t_us.saturating_sub(last.end_us) < quiet_us => {
                last.end_us = row.t_us;
                last.bytes += row.bytes;
            }
            _ => bursts.push(Burst { start_us: row.t_us, end_us: row.t_us, bytes: row.bytes }),
        }
    }
    bursts
}

/// The commonest size of a burst, the smaller of two that are as common; none without bursts.
pub fn base_size<'a>(bursts: impl Iterator<Item = &'a Burst>) -> Option<(u64, u64)> {
    let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
    for burst in bursts {
        *counts.entry(burst.bytes).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(size, count)| (*count, std::cmp::Reverse(*size)))
}

/// Explains the bursts of one direction by frames of `base` bytes. (EXER-12)
pub fn frames(bursts: &[Burst], base: u64, beat_us: u64) -> Frames {
    let mut found = Frames::default();
    let first = bursts.iter().position(|burst| burst.bytes == base).unwrap_or(bursts.len());
    found.handshake_bytes = bursts.iter().take(first).map(|burst| burst.bytes).sum();
    let bursts = bursts.get(first..).unwrap_or_default();
    let mut at = 0;
    let mut last_us = None;
    while let Some(burst) = bursts.get(at) {
        let (taken, bytes) = whole(bursts, at, base, beat_us);
        if bytes % base == 0 {
            let frames = bytes / base;
            found.sizes.insert(base);
            found.count += frames;
            found.merged += frames - 1;
            found.split += u64::from(taken > 1);
            last_us = bursts.get(at + taken - 1).map(|last| last.end_us);
        } else if at + taken == bursts.len() && burst.bytes < base.saturating_mul(2) {
            found.closing(burst.bytes, base);
        } else {
            found.sizes.insert(burst.bytes);
        }
        at += taken;
    }
    found.beats_missed(bursts.first().map(|burst| burst.start_us), last_us, beat_us);
    found
}

/// How many bursts from `at` on make a whole number of frames, if a few within one beat do; otherwise one.
fn whole(bursts: &[Burst], at: usize, base: u64, beat_us: u64) -> (usize, u64) {
    let Some(first) = bursts.get(at) else { return (1, 0) };
    let window_us = beat_us * FRAME_QUARTERS / 4;
    let mut bytes = 0;
    for (taken, burst) in bursts.get(at..).unwrap_or_default().iter().enumerate() {
        // A piece belongs to a frame only if it came before the next beat's frame was due.
        if burst.start_us.saturating_sub(first.start_us) > window_us {
            break;
        }
        bytes += burst.bytes;
        if bytes % base == 0 {
            return (taken + 1, bytes);
        }
    }
    (1, first.bytes)
}

impl Frames {
    /// The last burst of a connection may be cut short, or carry the notice of its end: it is reported apart.
    fn closing(&mut self, bytes: u64, base: u64) {
        if bytes > base {
            self.count += 1;
            self.sizes.insert(base);
        }
        self.closing_bytes = bytes % base;
    }

    fn beats_missed(&mut self, first_us: Option<u64>, last_us: Option<u64>, beat_us: u64) {
        let (Some(first), Some(last)) = (first_us, last_us) else { return };
        let due = (last.saturating_sub(first) + beat_us / 2) / beat_us.max(1) + 1;
        self.gaps = due.saturating_sub(self.count);
        self.extra = self.count.saturating_sub(due);
    }
}
