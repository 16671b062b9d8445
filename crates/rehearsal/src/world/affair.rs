//! One affair: what happened, what a side took it for, and what it made of what it was told.

use super::draws::Mark;
use super::sources::Happens;
use crate::model::{Model, Own};
use crate::run::Cause;
use backchannel_accord::life::{Answer, IncidentId};

/// What somebody is taken to have done, in the order of attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A deliberate breach of the other.
    Breach,
    /// An accident of the other.
    Accident,
    /// An act of a non-party.
    NonPartyAct,
}

impl Taken {
    pub(super) const ALL: [Self; 3] = [Self::Breach, Self::Accident, Self::NonPartyAct];
}

/// Where an affair stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nobody who decides knows of it.
    Unnoticed,
    /// It is looked into.
    Open,
    /// Notice was given over it, or would have been if the terms knew notice.
    Noticed,
    /// It is over.
    Over,
}

/// One affair. Instants in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Affair {
    pub(super) mark: Mark,
    /// The same for what may be looked at more than once: what its actor finds and admits, and how the observer judges.
    pub(super) told: Mark,
    pub(super) judged: Mark,
    /// Whether that was looked at: then it stays as it is (REH-31).
    pub(super) is_told: bool,
    pub(super) is_judged: bool,
    pub(super) kind: Happens,
    /// Whose act it is, or is taken to be.
    pub(super) actor: usize,
    /// Who looks.
    pub(super) observer: usize,
    pub(super) occurred: u64,
    pub(super) standing: Standing,
    /// Odds of a breach from what was seen.
    pub(super) odds: f64,
    /// It acts without asking.
    pub(super) hair: bool,
    /// The reply time passed without an answer.
    pub(super) silent: bool,
    /// The answer that stands in the registry.
    pub(super) answer: Option<(Answer, bool)>,
    /// Its own staff are about to find out that it was false.
    pub(super) second_look: bool,
    /// Whether the words on their way will convince.
    pub(super) pending: bool,
    /// Words arrived: whether they convince.
    pub(super) words: Option<bool>,
    /// It has an incident in the registry, opened then.
    pub(super) opened: Option<u64>,
    /// By when an answer is due; for ever if none is.
    pub(super) due: u64,
    /// Somebody threatened in public.
    pub(super) threat: bool,
    /// What is suspended is so until then.
    pub(super) suspended_until: u64,
}

impl Affair {
    pub(super) fn new(mark: Mark, kind: Happens, side: usize, occurred: u64) -> Self {
        // A false alarm arises with the one who looks; everything else is of the one whose act it is.
        let observer = if kind == Happens::FalseAlarm { side } else { 1 - side };
        Self {
            mark,
            told: mark,
            judged: mark,
            is_told: false,
            is_judged: false,
            kind,
            actor: 1 - observer,
            observer,
            occurred,
            standing: Standing::Unnoticed,
            odds: 0.0,
            hair: false,
            silent: false,
            answer: None,
            second_look: false,
            pending: false,
            words: None,
            opened: None,
            due: u64::MAX,
            threat: false,
            suspended_until: 0,
        }
    }

    pub(super) fn is_breach(&self) -> bool {
        self.kind == Happens::Opportunity
    }

    /// Why restraint ends if it ends over this.
    pub(super) fn cause(&self) -> Cause {
        match self.kind {
            Happens::FalseAlarm => Cause::FalseAlarm,
            Happens::Accident => Cause::Accident,
            Happens::NonPartyAct => Cause::NonParty,
            Happens::Opportunity => Cause::Breach,
        }
    }

    /// What its actor says of it in the registry, if it says what is so, and whether it offers to make it good.
    pub(super) fn truth(&self) -> (Answer, bool) {
        match self.kind {
            Happens::Accident => (Answer::Accident, true),
            Happens::FalseAlarm | Happens::NonPartyAct | Happens::Opportunity => (Answer::Denied, false),
        }
    }
}

/// The name of the incident of an affair.
pub(super) fn incident_id(number: u32) -> IncidentId {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    id
}

/// What evidence is worth to one side, as factors on the odds of a breach (REH-10, REH-11).
#[derive(Clone, Copy, Debug)]
pub(super) struct Worth {
    /// Of what it took an alarm for.
    pub(super) seen: [f64; 3],
    convincing: f64,
    unconvincing: f64,
    code: f64,
    admission: f64,
    silence: f64,
    /// The probability that words convince, if nothing was done on purpose and if something was.
    pub(super) convinces: [f64; 2],
}

/// Factors above which nothing is more certain: one in a billion.
const FACTOR_MAX: f64 = 1e9;

impl Worth {
    /// What a side makes of evidence about the other, which knows the model's rates and probabilities as they are.
    pub(super) fn of(model: &Model, observer: usize) -> Self {
        let (own, other) = (|which| model.own(which, observer), |which| model.own(which, 1 - observer));
        let (words, convinces) = (own(Own::WorthOfWords), other(Own::Convinces));
        Self {
            seen: std::array::from_fn(|seen| seen_factor(model, observer, seen)),
            convincing: 1.0 / words,
            unconvincing: ((1.0 - convinces / words) / (1.0 - convinces)).min(FACTOR_MAX),
            code: 1.0 / own(Own::WorthOfCode),
            admission: own(Own::WorthOfAdmission),
            silence: own(Own::WorthOfSilence),
            convinces: [convinces, convinces / words],
        }
    }

    /// Belief in a breach: odds of what was seen, by every piece of evidence that arrived (REH-11).
    pub(super) fn belief(&self, affair: &Affair) -> f64 {
        let mut odds = affair.odds;
        odds *= match affair.answer {
            Some((Answer::Admitted, _)) => self.admission,
            Some(_) => self.code,
            None if affair.silent => self.silence,
            None => 1.0,
        };
        odds *= match affair.words {
            Some(true) => self.convincing,
            Some(false) => self.unconvincing,
            None => 1.0,
        };
        odds / (1.0 + odds)
    }
}

/// How many times more probable it is to take a breach for this than anything else that is noticed and not seen to be
/// nothing (REH-10).
fn seen_factor(model: &Model, observer: usize, seen: usize) -> f64 {
    const NOTHING: usize = 3;
    const BREACH: usize = 3;
    let other = 1 - observer;
    let weights = [
        model.own(Own::FalseAlarms, observer) * model.own(Own::NoticesFalseAlarm, observer),
        model.own(Own::Accidents, other) * model.own(Own::NoticesAccident, observer),
        model.own(Own::NonPartyActs, other) * model.own(Own::NoticesNonPartyAct, observer),
    ];
    let cell = |kind: usize, seen: usize| model.attribution(observer, kind, seen);
    let sum = |of: &dyn Fn(usize) -> f64| -> f64 {
        weights.iter().enumerate().map(|(kind, weight)| weight * of(kind)).sum()
    };
    let (innocent, all) = (sum(&|kind| cell(kind, seen)), sum(&|kind| 1.0 - cell(kind, NOTHING)));
    let told = 1.0 - cell(BREACH, NOTHING);
    if all <= 0.0 || told <= 0.0 {
        return 1.0;
    }
    let guilty = cell(BREACH, seen) / told;
    if innocent > 0.0 {
        (guilty * all / innocent).min(FACTOR_MAX)
    } else if guilty > 0.0 {
        FACTOR_MAX
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn affair() -> Affair {
        Affair { odds: 1.0, ..Affair::new(Mark::run(1, 1), Happens::FalseAlarm, 0, 0) }
    }

    // REH-10
    #[test]
    fn what_was_seen_counts_by_how_often_a_breach_looks_so() {
        let mut model = Model::default();
        for key in ["false_alarms_per_year", "non_party_acts_per_year"] {
            model.set(key, 0.0).unwrap();
        }
        // Accidents alone: a breach is taken for one with .7 of .95, an accident with .3 of .95.
        let worth = Worth::of(&model, 0);
        assert!((worth.seen[0] - 0.7 / 0.3).abs() < 1e-12);
        assert!((worth.seen[1] - 0.15 / 0.6).abs() < 1e-12);
        model.set("accidents_per_year", 0.0).unwrap();
        assert_eq!(Worth::of(&model, 0).seen, [1.0; 3]);
    }

    // REH-11
    #[test]
    fn evidence_moves_the_odds_by_its_likelihoods() {
        let worth = Worth::of(&Model::default(), 0);
        let belief = |change: &dyn Fn(&mut Affair)| {
            let mut affair = affair();
            change(&mut affair);
            let belief = worth.belief(&affair);
            belief / (1.0 - belief)
        };
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        near(belief(&|_| ()), 1.0);
        near(belief(&|affair| affair.words = Some(true)), 1.0 / 6.0);
        // Eight of ten innocent explanations convince, and eight of sixty of a breach.
        near(belief(&|affair| affair.words = Some(false)), (1.0 - 0.8 / 6.0) / 0.2);
        near(belief(&|affair| affair.silent = true), 1.5);
        near(belief(&|affair| affair.answer = Some((Answer::Denied, false))), 1.0 / 1.5);
        near(belief(&|affair| affair.answer = Some((Answer::Admitted, true))), 20.0);
        // An answer that came after all takes the silence away.
        let late =
            |affair: &mut Affair| (affair.silent, affair.answer) = (true, Some((Answer::Denied, false)));
        near(belief(&late), 1.0 / 1.5);
    }
}
