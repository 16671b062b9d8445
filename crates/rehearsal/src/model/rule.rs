//! How a side decides: one of six rules, the last of which is a table that people wrote.

use super::rows::DAY_MS;
use backchannel_accord::life::State;
use std::fmt;

/// How a side decides what it does about an affair (REH-18).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// What it holds to be a breach ends restraint.
    Unforgiving,
    /// As that, but it lets a breach pass with some probability.
    Generous,
    /// As that, but not while it has a fault of its own to answer for; it reports its own accidents.
    Contrite,
    /// A breach suspends restraint for a time.
    Trigger,
    /// Restraint ends when its belief in a breach is above a threshold.
    Bayes,
    /// A table says what is done.
    Table,
}

impl RuleKind {
    /// Every one.
    pub const ALL: [Self; 6] =
        [Self::Unforgiving, Self::Generous, Self::Contrite, Self::Trigger, Self::Bayes, Self::Table];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unforgiving => "unforgiving",
            Self::Generous => "generous",
            Self::Contrite => "contrite",
            Self::Trigger => "trigger",
            Self::Bayes => "bayes",
            Self::Table => "table",
        }
    }

    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// What becomes of words and acts on their way (REH-14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Courier {
    /// The intermediary carries what it is given.
    Faithful,
    /// Everything takes longer.
    Slow,
    /// The words of one side are dropped, or take longer.
    Biased,
    /// Words are withheld or altered.
    Faithless,
    /// Nobody carries words, from some day on or for stretches; the relay goes on.
    Absent,
    /// There is no channel.
    None,
}

impl Courier {
    /// Every one.
    pub const ALL: [Self; 6] =
        [Self::Faithful, Self::Slow, Self::Biased, Self::Faithless, Self::Absent, Self::None];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Faithful => "faithful",
            Self::Slow => "slow",
            Self::Biased => "biased",
            Self::Faithless => "faithless",
            Self::Absent => "absent",
            Self::None => "none",
        }
    }

    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// When a table is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// When an alarm is noticed.
    Alarm,
    /// When something of an answer arrives.
    Answer,
    /// When the side's patience is over.
    Deadline,
}

impl Moment {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Alarm, Self::Answer, Self::Deadline];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alarm => "alarm",
            Self::Answer => "answer",
            Self::Deadline => "deadline",
        }
    }
}

/// What a row of a table does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Nothing: an alarm is forgotten, a deadline passes.
    Nothing,
    /// An incident is opened; at a deadline, it is waited for as long as the text is in question.
    OpenIncident,
    /// Notice is given.
    Notice,
    /// Restraint is abandoned at once.
    Strike,
    /// A public threat; the rows below are read as well.
    PublicWords,
}

impl Deed {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Nothing, Self::OpenIncident, Self::Notice, Self::Strike, Self::PublicWords];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::OpenIncident => "open-incident",
            Self::Notice => "notice",
            Self::Strike => "strike",
            Self::PublicWords => "public-words",
        }
    }
}

/// States a row can ask for, by their names in the file. What was renewed is in effect.
pub const STATES: [(&str, State); 3] =
    [("in-effect", State::InEffect), ("in-question", State::InQuestion), ("suspended", State::Suspended)];

/// A row: all its conditions hold, or it is passed over (REH-19).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The moment.
    pub at: Option<Moment>,
    /// The state of the understanding.
    pub state: Option<State>,
    /// Whether the affair was answered.
    pub answered: Option<bool>,
    /// The least and the most belief in a breach.
    pub belief: Option<(f64, f64)>,
    /// At least so many alarms noticed within so many milliseconds, this one among them.
    pub incidents: Option<(u32, u64)>,
    /// What is done.
    pub then: Deed,
}

/// What is known when a table is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scene<'a> {
    /// The moment.
    pub at: Moment,
    /// The state of the understanding.
    pub state: State,
    /// Whether the affair was answered.
    pub answered: bool,
    /// Belief in a breach.
    pub belief: f64,
    /// Milliseconds of every alarm this side noticed, in order.
    pub noticed: &'a [u64],
    /// The instant, in the same count.
    pub now: u64,
}

impl fmt::Display for Row {
    /// As it stands in a file, on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(at) = self.at {
            write!(f, "at = {}, ", at.name())?;
        }
        if let Some((name, _)) = STATES.iter().find(|(_, state)| self.state == Some(*state)) {
            write!(f, "state = {name}, ")?;
        }
        if let Some(answered) = self.answered {
            write!(f, "answered = {answered}, ")?;
        }
        if let Some((least, most)) = self.belief {
            write!(f, "belief = {least} to {most}, ")?;
        }
        if let Some((count, window_ms)) = self.incidents {
            write!(f, "incidents_at_least = {count}, within_days = {}, ", window_ms as f64 / DAY_MS)?;
        }
        write!(f, "then = {}", self.then.name())
    }
}

impl Row {
    /// Whether its conditions hold (REH-19).
    pub fn holds(&self, scene: &Scene<'_>) -> bool {
        let within = |(count, window): (u32, u64)| {
            let recent = scene.noticed.iter().rev().take_while(|at| **at + window >= scene.now);
            recent.take(count as usize).count() >= count as usize
        };
        self.at.is_none_or(|at| at == scene.at)
            && self.state.is_none_or(|state| state == scene.state)
            && self.answered.is_none_or(|answered| answered == scene.answered)
            && self.belief.is_none_or(|(low, high)| (low..=high).contains(&scene.belief))
            && self.incidents.is_none_or(within)
    }
}

/// What a table does in a scene, and whether it threatens in public on the way; nothing if no row holds (REH-19).
pub fn read(table: &[Row], scene: &Scene<'_>) -> (Deed, bool) {
    let mut public = false;
    for row in table.iter().filter(|row| row.holds(scene)) {
        if row.then == Deed::PublicWords {
            public = true;
        } else {
            return (row.then, public);
        }
    }
    (Deed::Nothing, public)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: Row =
        Row { at: None, state: None, answered: None, belief: None, incidents: None, then: Deed::Strike };
    const SCENE: Scene<'static> = Scene {
        at: Moment::Alarm,
        state: State::InEffect,
        answered: false,
        belief: 0.4,
        noticed: &[100, 180, 200],
        now: 200,
    };

    // REH-19
    #[test]
    fn a_row_holds_if_all_it_asks_for_is_so() {
        assert!(ANY.holds(&SCENE));
        let no = [
            Row { at: Some(Moment::Answer), ..ANY },
            Row { state: Some(State::InQuestion), ..ANY },
            Row { answered: Some(true), ..ANY },
            Row { belief: Some((0.5, 1.0)), ..ANY },
            Row { incidents: Some((3, 99)), ..ANY },
        ];
        assert!(no.iter().all(|row| !row.holds(&SCENE)));
        let yes = [
            Row { at: Some(Moment::Alarm), state: Some(State::InEffect), answered: Some(false), ..ANY },
            Row { belief: Some((0.4, 0.4)), ..ANY },
            Row { incidents: Some((3, 100)), ..ANY },
            Row { incidents: Some((2, 20)), ..ANY },
        ];
        assert!(yes.iter().all(|row| row.holds(&SCENE)));
    }

    // REH-19
    #[test]
    fn the_first_row_that_holds_decides_and_public_words_read_on() {
        let public = Row { then: Deed::PublicWords, ..ANY };
        let never = Row { belief: Some((0.9, 1.0)), ..ANY };
        let open = Row { then: Deed::OpenIncident, ..ANY };
        assert_eq!(read(&[never, open, ANY], &SCENE), (Deed::OpenIncident, false));
        assert_eq!(read(&[public, never, open], &SCENE), (Deed::OpenIncident, true));
        assert_eq!(read(&[public], &SCENE), (Deed::Nothing, true));
        assert_eq!(read(&[], &SCENE), (Deed::Nothing, false));
    }

    #[test]
    fn every_name_leads_back_to_what_it_names() {
        assert!(RuleKind::ALL.into_iter().all(|one| RuleKind::named(one.name()) == Some(one)));
        assert!(Courier::ALL.into_iter().all(|one| Courier::named(one.name()) == Some(one)));
        assert_eq!((RuleKind::named("kind"), Courier::named("kind")), (None, None));
    }
}
