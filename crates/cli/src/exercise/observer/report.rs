//! The observer's account of all connections.

use super::Capture;
use super::bursts::{Burst, Frames, base_size, cut, frames};
use crate::exercise::limits::{BEATS_PER_GAP, FRAMES_TO_JUDGE};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A beat connection.
#[derive(Clone, Debug, Serialize)]
pub struct Connection {
    /// The station.
    pub who: String,
    /// When it was opened, in microseconds since 1970.
    pub opened_us: u64,
    /// The distinct sizes of what it sent each beat.
    pub up_frame_bytes: Vec<u64>,
    /// The distinct sizes of what it was sent each beat.
    pub down_frame_bytes: Vec<u64>,
    /// Frames it sent.
    pub beats: u64,
    /// Beats without a frame, in the direction that missed more.
    pub gaps: u64,
    /// Frames beyond one a beat, in the direction with more.
    pub extra: u64,
    /// Frames that came together with the one before, both directions.
    pub merged: u64,
    /// Frames that came in pieces, both directions.
    pub split: u64,
    /// Bytes before the first frame, up and down.
    pub handshake_bytes: [u64; 2],
    /// Bytes after the last whole frame, up and down.
    pub closing_bytes: [u64; 2],
}

/// A connection to the lobby, or one that ended before a frame passed.
#[derive(Clone, Debug, Serialize)]
pub struct Lobby {
    /// The station.
    pub who: String,
    /// All bytes it sent.
    pub up_bytes: u64,
    /// All bytes it was sent.
    pub down_bytes: u64,
}

/// All that the observer can tell.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Observer {
    /// The beat connections.
    pub connections: Vec<Connection>,
    /// The others: outside the promise of silence, and caused by joining only.
    pub lobby: Vec<Lobby>,
}

/// What the observer makes of the captures at a beat of so many milliseconds.
pub fn observe(captures: &[Capture], beat_ms: u64) -> Observer {
    let beat_us = beat_ms.saturating_mul(1_000).max(1);
    let cuts: Vec<_> = captures
        .iter()
        .map(|capture| (capture, cut(&capture.rows, true, beat_us), cut(&capture.rows, false, beat_us)))
        .collect();
    let mut bases: BTreeMap<(&str, bool), u64> = BTreeMap::new();
    for (capture, _, _) in &cuts {
        for up in [true, false] {
            // Only a connection that repeats itself shows what a frame is: a lobby's single burst is none, however many
            // such connections there are.
            let repeats =
                |bursts: &[Burst]| base_size(bursts.iter()).is_some_and(|(_, n)| n >= FRAMES_TO_JUDGE);
            let of_this_line = cuts
                .iter()
                .filter(|(other, _, _)| other.who == capture.who)
                .map(|(_, ups, downs)| if up { ups } else { downs })
                .filter(|bursts| repeats(bursts))
                .flatten();
            if let Some((size, _)) = base_size(of_this_line) {
                bases.insert((&capture.who, up), size);
            }
        }
    }
    let mut observer = Observer::default();
    for (capture, ups, downs) in &cuts {
        let base = |up: bool| bases.get(&(capture.who.as_str(), up)).copied();
        match (base(true), base(false)) {
            (Some(up), Some(down)) if ups.iter().any(|burst| burst.bytes == up) => observer
                .connections
                .push(connection(capture, &frames(ups, up, beat_us), &frames(downs, down, beat_us))),
            _ => observer.lobby.push(Lobby {
                who: capture.who.clone(),
                up_bytes: sum(ups),
                down_bytes: sum(downs),
            }),
        }
    }
    observer
}

fn sum(bursts: &[Burst]) -> u64 {
    bursts.iter().map(|burst| burst.bytes).sum()
}

fn connection(capture: &Capture, up: &Frames, down: &Frames) -> Connection {
    Connection {
        who: capture.who.clone(),
        opened_us: capture.rows.first().map_or(0, |row| row.t_us),
        up_frame_bytes: up.sizes.iter().copied().collect(),
        down_frame_bytes: down.sizes.iter().copied().collect(),
        beats: up.count,
        gaps: up.gaps.max(down.gaps),
        extra: up.extra.max(down.extra),
        merged: up.merged + down.merged,
        split: up.split + down.split,
        handshake_bytes: [up.handshake_bytes, down.handshake_bytes],
        closing_bytes: [up.closing_bytes, down.closing_bytes],
    }
}

impl Observer {
    /// The sizes of frames up and down, for a sentence.
    pub fn sizes(&self) -> (String, String) {
        let told = |of: fn(&Connection) -> &Vec<u64>| {
            let all: BTreeSet<u64> = self.connections.iter().flat_map(|c| of(c).iter().copied()).collect();
            all.iter().map(u64::to_string).collect::<Vec<_>>().join(" or ")
        };
        (told(|c| &c.up_frame_bytes), told(|c| &c.down_frame_bytes))
    }

    /// Why the frames of the connections are not all of one size; none if they are. (EXER-12)
    pub fn uneven_sizes(&self) -> Option<String> {
        if self.connections.is_empty() {
            return Some("The taps saw no beat connection at all.".to_owned());
        }
        let sizes = |of: fn(&Connection) -> &Vec<u64>| {
            self.connections.iter().flat_map(|c| of(c).iter().copied()).collect::<BTreeSet<u64>>()
        };
        let (up, down) = (sizes(|c| &c.up_frame_bytes), sizes(|c| &c.down_frame_bytes));
        (up.len() > 1 || down.len() > 1)
            .then(|| format!("Frames up had the sizes {up:?}, frames down {down:?}; each should be one."))
    }

    /// Which station did not keep the beat; none if all did. Connections opened in one of these times, in microseconds since 1970, are
    /// left out: the relay's clock ran slow, as the story wanted. (EXER-13)
    pub fn uneven_beats(&self, slow: &[(u64, u64)]) -> Option<String> {
        let uneven = |c: &&Connection| {
            if slow.iter().any(|(from, until)| (*from..*until).contains(&c.opened_us)) {
                return false;
            }
            let allowed = 1 + c.beats / BEATS_PER_GAP;
            c.gaps > allowed || c.extra > allowed
        };
        let told = |c: &Connection| {
            format!("{} missed {} and doubled {} of {} beats", c.who, c.gaps, c.extra, c.beats + c.gaps)
        };
        let all: Vec<_> = self.connections.iter().filter(uneven).map(told).collect();
        (!all.is_empty()).then(|| format!("{}.", all.join("; ")))
    }
}
