//! When a side's patience is over: what its rule makes of the affair, and how it abandons restraint (REH-17 to REH-20, REH-23,
//! REH-24).

use super::affair::{Affair, Standing};
use super::draws::Draw;
use super::play::World;
use super::queue::Step;
use super::sources::{DAY_MS, YEAR_MS};
use super::story::{Note, Witness};
use crate::model::{Deed, Moment, Own, RuleKind, Scene, read};
use backchannel_accord::life::{Act, Agreed, IncidentAct};
use backchannel_wire::UtcMs;

/// What a rule makes of an affair at the end of a side's patience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// It is let pass.
    Pass,
    /// It is waited for as long as the text is in question, then let pass.
    Wait,
    /// Restraint is abandoned, after waiting as long as the text is in question by whoever honours that.
    Abandon,
    /// Restraint is abandoned without waiting.
    Strike,
    /// Notice is given.
    Notice,
    /// Restraint is suspended.
    Suspend,
}

impl<W: Witness> World<'_, W> {
    /// A side's patience is over (REH-17).
    pub(super) fn deadline(&mut self, number: u32) {
        let Affair { observer, standing, judged, hair, answer, due, .. } = self.affairs[number as usize];
        if standing != Standing::Open {
            return;
        }
        let waits = !hair && answer.is_none() && due < u64::MAX && self.now <= due;
        if waits && judged.chance(Draw::WaitsForReply, self.own(Own::WaitsForReply, observer)) {
            return self.queue.put(due.saturating_add(1), Step::Deadline(number));
        }
        self.affairs[number as usize].is_judged = true;
        match self.verdict(number) {
            Verdict::Pass => self.pass(number),
            Verdict::Wait if self.is_in_question() => self.wait(number),
            Verdict::Wait => self.pass(number),
            Verdict::Abandon => self.abandon(number),
            Verdict::Strike => self.strike(number),
            Verdict::Notice => self.give_notice(number),
            Verdict::Suspend => self.suspend(number),
        }
    }

    /// What the rule of the side makes of it (REH-18, REH-19).
    fn verdict(&mut self, number: u32) -> Verdict {
        let Affair { observer, judged, .. } = self.affairs[number as usize];
        let held = self.belief(number) > self.bar(observer);
        match self.plan.model.rule(observer) {
            RuleKind::Table => match self.read_table(number, Moment::Deadline) {
                Deed::Nothing | Deed::PublicWords => Verdict::Pass,
                Deed::OpenIncident => Verdict::Wait,
                Deed::Notice => Verdict::Notice,
                Deed::Strike => Verdict::Strike,
            },
            _ if !held => Verdict::Pass,
            RuleKind::Generous if judged.chance(Draw::Generous, self.own(Own::Generosity, observer)) => {
                Verdict::Pass
            }
            RuleKind::Contrite if self.now < self.sides[observer].at_fault_until => Verdict::Pass,
            RuleKind::Trigger => Verdict::Suspend,
            RuleKind::Unforgiving | RuleKind::Generous | RuleKind::Contrite | RuleKind::Bayes => {
                Verdict::Abandon
            }
        }
    }

    /// Reads a side's table; a row with public words makes a threat (REH-19).
    pub(super) fn read_table(&mut self, number: u32, at: Moment) -> Deed {
        let Affair { observer, answer, words, .. } = self.affairs[number as usize];
        let scene = Scene {
            at,
            state: self.state(),
            answered: answer.is_some() || words.is_some(),
            belief: self.belief(number),
            noticed: &self.sides[observer].noticed,
            now: self.now,
        };
        let (deed, public) = read(self.plan.model.table(observer), &scene);
        self.affairs[number as usize].threat |= public;
        deed
    }

    /// It is let pass, unless a threat in public forces the side's hand (REH-23).
    fn pass(&mut self, number: u32) {
        let Affair { observer, judged, threat, hair, .. } = self.affairs[number as usize];
        if threat && !hair {
            let (mine, stakes) = (&self.sides[observer], &self.plan.stakes[observer]);
            let margin = stakes.margin(mine.credence(self.now), mine.strong);
            if judged.exponential(Draw::Audience, self.own(Own::AudienceCost, observer)) > margin.max(0.0) {
                return self.abandon(number);
            }
        }
        self.tell(|| Note::Passed { affair: number });
        self.affairs[number as usize].standing = Standing::Over;
        if self.belief(number) > self.bar(observer) {
            self.hold_against(observer);
        }
        self.close(number);
    }

    /// An affair that was not explained lowers credence, and is remembered (REH-12, REH-21).
    fn hold_against(&mut self, observer: usize) {
        let (loss, days) = (self.own(Own::TrustLoss, observer), self.own(Own::GrudgeDays, observer));
        let side = &mut self.sides[observer];
        side.learn(self.now, loss);
        side.grudge_until = self.now + (days * DAY_MS) as u64;
    }

    fn wait(&mut self, number: u32) {
        let until = self.question_until;
        self.tell(|| Note::Waits { affair: number, until });
        self.queue.put(until, Step::Deadline(number));
    }

    /// Restraint is abandoned: by notice, or at once, but not while the text is in question by whoever honours that (REH-17, REH-20).
    fn abandon(&mut self, number: u32) {
        let Affair { observer, judged, hair, .. } = self.affairs[number as usize];
        if !hair && self.has_channel() && judged.chance(Draw::Lawful, self.own(Own::Lawful, observer)) {
            return self.give_notice(number);
        }
        let honours = !hair && judged.chance(Draw::HonoursBrake, self.own(Own::HonoursBrake, observer));
        if honours && self.is_in_question() {
            return self.wait(number);
        }
        self.strike(number);
    }

    /// Restraint is over at once.
    pub(super) fn strike(&mut self, number: u32) {
        let cause = self.affairs[number as usize].cause();
        self.end(self.now, cause);
    }

    /// Posts a notice of withdrawal; without a channel there is nobody to give it to (REH-20, REH-25).
    pub(super) fn give_notice(&mut self, number: u32) {
        let Affair { observer, mark, .. } = self.affairs[number as usize];
        if !self.has_channel() {
            return self.strike(number);
        }
        self.affairs[number as usize].standing = Standing::Noticed;
        self.hold_against(observer);
        self.sides[observer].notices += 1;
        if self.sides[observer].notices == 1 {
            self.post(self.now, observer, mark, (Draw::NoticeBeats, Draw::NoticeLoss), Step::Notice(number));
        }
    }

    /// A notice is sealed, if the affair was not cleared on the way; it takes effect as soon as the terms allow. Where they
    /// know no notice, the side lets the term run out (REH-20).
    pub(super) fn notice(&mut self, number: u32) {
        let observer = self.affairs[number as usize].observer;
        let side = &self.sides[observer];
        if side.notices == 0 || side.gave_notice {
            return;
        }
        let Some(effective) = self.life.earliest_notice(false, UtcMs(self.now)) else { return };
        let act = |by| Act::NoticeGiven { effective, urgent: false, by };
        if self.admit_word(observer, act).is_ok() {
            self.sides[observer].gave_notice = true;
            // A reaffirmation that waited for the other's fell with it.
            self.sides.iter_mut().for_each(|side| side.reaffirmed = false);
            self.look_at_end();
        }
    }

    /// The affair over which notice was given is cleared: once none is left, the notice is taken back.
    pub(super) fn take_notice_back(&mut self, number: u32) {
        let Affair { observer, mark, .. } = self.affairs[number as usize];
        let side = &mut self.sides[observer];
        side.notices -= 1;
        if side.notices == 0 && side.gave_notice {
            let draws = (Draw::NoticeBeats, Draw::NoticeLoss);
            self.post(self.now, observer, mark.child(1), draws, Step::NoticeBack(observer as u8));
        }
    }

    /// A notice taken back is sealed; both sides can renew again.
    pub(super) fn notice_back(&mut self, side: usize) {
        if self.sides[side].notices > 0 || !self.sides[side].gave_notice {
            return;
        }
        if self.admit_word(side, |by| Act::NoticeTakenBack { by }).is_ok() {
            self.sides[side].gave_notice = false;
            self.look_at_end();
            (0..2).for_each(|side| self.try_renewal(side));
        }
    }

    /// Restraint is suspended for T: by agreement in the registry where the affair has an incident, else by one side alone.
    /// Meanwhile each side strikes at its own rate (REH-24).
    fn suspend(&mut self, number: u32) {
        let Affair { observer, mark, opened, .. } = self.affairs[number as usize];
        let length = (self.own(Own::TriggerDays, observer) * DAY_MS) as u64;
        let until = self.now + length;
        self.tell(|| Note::Suspended { affair: number, until });
        let affair = &mut self.affairs[number as usize];
        (affair.standing, affair.suspended_until) = (Standing::Over, until);
        self.hold_against(observer);
        if opened.is_some() {
            let draws = (Draw::FirstWordBeats, Draw::FirstWordLoss);
            self.post(self.now, observer, mark, draws, Step::Suspended(number, observer as u8));
        }
        // Where suspensions overlap, strikes were drawn up to the end of the one before.
        let from = self.drawn_until.max(self.now);
        self.drawn_until = from.max(until);
        let strikes: f64 = (0..2).map(|side| self.own(Own::SuspendedStrikes, side)).sum();
        if strikes > 0.0 {
            let after = mark.exponential(Draw::StrikesAfter, YEAR_MS / strikes);
            if after < until.saturating_sub(from) as f64 {
                self.queue.put(from + after as u64, Step::Strikes(number));
            }
        }
    }

    /// A side's word to suspend is sealed; the other joins, and it is suspended.
    pub(super) fn suspended(&mut self, number: u32, side: usize) {
        let Affair { observer, actor, mark, suspended_until, .. } = self.affairs[number as usize];
        let agreed = Agreed::Suspended(UtcMs(suspended_until));
        let act = |by| Act::Incident {
            id: super::affair::incident_id(number),
            act: IncidentAct::Settled { agreed, by },
        };
        if self.admit_word(side, act).is_err() {
            return;
        }
        if side == observer {
            let draws = (Draw::LastWordBeats, Draw::LastWordLoss);
            self.post(self.now, actor, mark, draws, Step::Suspended(number, actor as u8));
        } else {
            self.look_at_question();
        }
    }
}
