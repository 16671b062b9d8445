//! What happened in one run, told step by step.

use super::sources::Happens;
use crate::run::{Cause, Run};
use backchannel_accord::life::{Event, Refusal};

/// Something that happened. Sides are 0 and 1, affairs are numbered in the order in which they began.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// An event of a source began an affair.
    Occurred {
        /// The affair.
        affair: u32,
        /// Of which kind.
        kind: Happens,
        /// Whose act it is, or is taken to be.
        actor: usize,
    },
    /// A side notices it.
    Noticed {
        /// The affair.
        affair: u32,
        /// Its belief in a breach then.
        belief: f64,
    },
    /// It is seen to be nothing, or is too small to be looked into.
    Dismissed {
        /// The affair.
        affair: u32,
    },
    /// The rules took an act of the registry.
    Admitted(Box<Event>),
    /// The rules refused one.
    Refused(Box<Event>, Refusal),
    /// Words of explanation arrive.
    Words {
        /// The affair.
        affair: u32,
        /// Whether they convince.
        convince: bool,
    },
    /// A side waits, since the text is in question, until then in milliseconds of UTC.
    Waits {
        /// The affair.
        affair: u32,
        /// Until when.
        until: u64,
    },
    /// It is explained, or its own staff found that it was false.
    Cleared {
        /// The affair.
        affair: u32,
    },
    /// It is let pass.
    Passed {
        /// The affair.
        affair: u32,
    },
    /// Restraint is suspended over it.
    Suspended {
        /// The affair.
        affair: u32,
        /// Until when, in milliseconds of UTC.
        until: u64,
    },
    /// A side does not reaffirm.
    Withholds {
        /// The side.
        side: usize,
    },
    /// Restraint is over.
    Over(Cause),
}

/// Who is told of what happens.
pub(super) trait Witness {
    /// Whether it hears anything: what nobody hears is not told.
    const HEARS: bool;
    /// Hears of something at milliseconds after the entry.
    fn hear(&mut self, at_ms: u64, note: Note);
}

/// Nobody.
#[derive(Clone)]
pub(super) struct Deaf;

impl Witness for Deaf {
    const HEARS: bool = false;

    fn hear(&mut self, _: u64, _: Note) {}
}

impl Witness for &mut Vec<(u64, Note)> {
    const HEARS: bool = true;

    fn hear(&mut self, at_ms: u64, note: Note) {
        self.push((at_ms, note));
    }
}

/// One run, told.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// What it came to.
    pub run: Run,
    /// What happened, at milliseconds after the entry.
    pub notes: Vec<(u64, Note)>,
    /// Acts that the rules refused.
    pub refused: u32,
}

impl Story {
    /// Every act the rules took, in order.
    pub fn events(&self) -> Vec<Event> {
        let admitted = |(_, note): &(u64, Note)| match note {
            Note::Admitted(event) => Some(event.as_ref().clone()),
            _ => None,
        };
        self.notes.iter().filter_map(admitted).collect()
    }
}

/// Something to happen at a set time instead of what sources draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happening {
    /// Milliseconds after the entry.
    pub at_ms: u64,
    /// What.
    pub what: Happens,
    /// With whom it arises, or whose act it is: 0 or 1.
    pub side: usize,
}
