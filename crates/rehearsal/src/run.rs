//! One run: what became of a restraint from the beginning to the horizon.

use serde::Serialize;

/// Why restraint ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// A side acted on an alarm that was false.
    FalseAlarm,
    /// A side acted on an accident.
    Accident,
    /// A side acted on what somebody did who is no party.
    NonParty,
    /// A side acted on a real breach.
    Breach,
    /// A side gave notice, and it took effect.
    Notice,
    /// Its term ran out without renewal.
    Lapse,
}

impl Cause {
    /// Every one.
    pub const ALL: [Self; 6] =
        [Self::FalseAlarm, Self::Accident, Self::NonParty, Self::Breach, Self::Notice, Self::Lapse];

    /// Its name in JSON and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::FalseAlarm => "false-alarm",
            Self::Accident => "accident",
            Self::NonParty => "non-party",
            Self::Breach => "breach",
            Self::Notice => "notice",
            Self::Lapse => "lapse",
        }
    }
}

/// What one run came to. All times in milliseconds of simulated time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Run {
    /// Until when restraint held: when it ended, or the horizon.
    pub held_ms: u64,
    /// Why it ended; none if it held to the horizon.
    pub cause: Option<Cause>,
    /// How long the understanding was in question.
    pub question_ms: u64,
    /// Alarms that were false, accidents and acts of non-parties that a side took notice of.
    pub alarms: u32,
    /// Incidents opened in the registry.
    pub incidents: u32,
    /// What false alarms cost both sides together, in the model's own unit of payoff.
    pub cost: f64,
}

/// A model that can be run: pure, and the same for the same seed and number on any thread.
pub trait Trial: Sync {
    /// Run number `run` of a study with that seed. The same `run` of two variants draws the same events (common random numbers).
    fn run(&self, seed: u64, run: u64) -> Run;
    /// The horizon in milliseconds.
    fn horizon_ms(&self) -> u64;
}
