//! What the station observed, for people to follow: a journal in memory, and alarms that are kept.

use super::watch::AlarmKind;
use crate::limits::{ALARMS_MAX, JOURNAL_MAX};
use backchannel_wire::{Beat, RoomId, UtcMs};
use minicbor::{Decode, Encode};
use std::collections::VecDeque;

/// One line of the journal.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number; grows over restarts too.
    pub n: u64,
    /// The beat it belongs to.
    pub beat: Beat,
    /// When that was.
    pub utc: UtcMs,
    /// A stable word for what happened.
    pub kind: &'static str,
    /// The room, if any.
    pub room: Option<RoomId>,
    /// The dispatch, if any.
    pub id: Option<String>,
    /// An alarm's name, or a person's label.
    pub name: Option<String>,
    /// A sentence.
    pub what: String,
}

/// The journal.
pub struct Journal {
    next: u64,
    lines: VecDeque<Line>,
}

impl Journal {
    /// A journal that continues above every earlier one of this station: numbers start at the clock.
    pub fn new(now: UtcMs) -> Self {
        Self { next: now.0.saturating_mul(1000), lines: VecDeque::new() }
    }

    /// Adds a line; its number is set here.
    pub fn add(&mut self, mut line: Line) {
        self.next += 1;
        line.n = self.next;
        self.lines.push_back(line);
        if self.lines.len() > JOURNAL_MAX {
            self.lines.pop_front();
        }
    }

    /// The lines after number `since`.
    pub fn since(&self, since: u64) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.n > since)
    }

    /// The number of the last line.
    pub fn last(&self) -> u64 {
        self.next
    }
}

/// An alarm as kept.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Alarm {
    /// What was observed.
    #[n(0)]
    pub kind: AlarmKind,
    /// Where.
    #[n(1)]
    pub room: Option<RoomId>,
    /// On which seat.
    #[n(2)]
    pub seat: Option<u8>,
    /// In which beat.
    #[n(3)]
    pub beat: Beat,
    /// Whether it is still observed.
    #[n(4)]
    pub open: bool,
    /// What was observed, in a sentence.
    #[n(5)]
    pub what: String,
}

/// The alarms of a station.
#[derive(Clone, Default, Encode, Decode)]
pub struct Alarms {
    #[n(0)]
    all: VecDeque<Alarm>,
}

impl Alarms {
    /// Raises an alarm, unless the same one is open; whether it is new.
    pub fn raise(&mut self, alarm: Alarm) -> bool {
        let same = |held: &Alarm| {
            held.open && held.kind == alarm.kind && held.room == alarm.room && held.seat == alarm.seat
        };
        // Two altered passages are two alarms.
        if alarm.kind != AlarmKind::Altered && self.all.iter().any(same) {
            return false;
        }
        self.all.push_back(alarm);
        if self.all.len() > ALARMS_MAX {
            let gone = self.all.iter().position(|held| !held.open).unwrap_or(0);
            self.all.remove(gone);
        }
        true
    }

    /// An alarm is no longer observed; whether one was open.
    pub fn clear(&mut self, kind: AlarmKind, room: Option<RoomId>, seat: Option<u8>) -> bool {
        let mut any = false;
        for held in &mut self.all {
            if held.open && held.kind == kind && held.room == room && held.seat == seat {
                held.open = false;
                any = true;
            }
        }
        any
    }

    /// All, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Alarm> {
        self.all.iter()
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        self.all.iter().filter(|alarm| alarm.open).count()
    }
}

/// What a person can do about an alarm, in a sentence.
pub fn advice(kind: AlarmKind) -> &'static str {
    match kind {
        AlarmKind::Fork => {
            "Two stations were shown different beats. Compare records by another path before relying on \
                anything since; ask the operator of the relay."
        }
        AlarmKind::Gap => {
            "Cells handed to the relay did not reach the room. Expect delay; if it goes on, use another path."
        }
        AlarmKind::AlteredCell => {
            "The relay served another cell in your place. Treat the relay as faithless and tell the \
                other side by another path."
        }
        AlarmKind::Withheld => {
            "Your cells reach the relay and are not sealed. Check the line; if it goes on, use another path."
        }
        AlarmKind::Silent => {
            "Nothing has come for a while. The cause is not known: check the line, then ask by another path."
        }
        AlarmKind::Skew => {
            "The relay's beats and this machine's clock part. Check this machine's time first, then ask \
                the operator."
        }
        AlarmKind::Unreadable => {
            "A member's cells cannot be opened here. It may need to rejoin; ask it by another path."
        }
        AlarmKind::Altered => {
            "The passage is not what its author sealed. Do not rely on it; ask for it to be carried again."
        }
        AlarmKind::Restored => {
            "The relay went back to an older state. What was not acknowledged is sent again; ask the \
                operator what happened."
        }
        AlarmKind::Chain => {
            "A beat did not follow from the one before and was refused. The station tries again; ask \
                the operator if it goes on."
        }
        AlarmKind::Unanswered => {
            "Nobody answered a line check. The cause is not known: send another, and ask by another path if it \
                goes on."
        }
    }
}
