//! From an event to an affair that a side looks into: noticing, opening, answering, and what is made of the answer
//! (REH-9 to REH-12, REH-16, REH-22).

use super::affair::{Affair, Standing, Taken};
use super::courier::{carry, convinces, hours};
use super::draws::{Draw, Mark};
use super::play::World;
use super::queue::Step;
use super::sources::{DAY_MS, HOUR_MS, Happens};
use super::story::{Note, Witness};
use crate::model::{Deed, Moment, Own, RuleKind};
use crate::run::Cause;
use backchannel_accord::life::{Act, Agreed, Answer, Established, Finding, IncidentAct, Intent};
use backchannel_wire::UtcMs;

impl<W: Witness> World<'_, W> {
    /// An event begins an affair, unless it is an occasion that is not taken (REH-9, REH-22).
    pub(super) fn happens(&mut self, kind: Happens, side: usize, mark: Mark) {
        let affair = Affair::new(mark, kind, side, self.now);
        if kind == Happens::Opportunity && !self.is_tempted(side, mark) {
            return;
        }
        let number = self.affairs.len() as u32;
        self.affairs.push(affair);
        self.tell(|| Note::Occurred { affair: number, kind, actor: affair.actor });
        if kind == Happens::Opportunity && mark.chance(Draw::Open, self.own(Own::OpenBreach, side)) {
            return self.end(self.now, Cause::Breach);
        }
        let (observer, eyes) = (
            affair.observer,
            match kind {
                Happens::FalseAlarm => Own::NoticesFalseAlarm,
                Happens::Accident => Own::NoticesAccident,
                Happens::NonPartyAct => Own::NoticesNonPartyAct,
                Happens::Opportunity => Own::NoticesBreach,
            },
        );
        let noticed = mark.chance(Draw::Notices, self.own(eyes, observer));
        if noticed {
            let after = hours(mark, Draw::NoticedAfter, &self.plan.model, Own::NoticingHours, observer);
            self.queue.put(self.now + after, Step::Notices(number));
        }
        if kind == Happens::Accident && self.has_channel() {
            self.report(number, side);
        }
        let affair = &mut self.affairs[number as usize];
        if !noticed && !affair.is_told {
            // Nobody will ever know.
            affair.standing = Standing::Over;
        }
    }

    /// Whether an occasion is worth a breach: its size, drawn, against what restraint is worth (REH-22).
    fn is_tempted(&self, side: usize, mark: Mark) -> bool {
        let (mine, stakes) = (&self.sides[side], &self.plan.stakes[side]);
        mark.exponential(Draw::Gain, 1.0) >= stakes.tempting(mine.credence(self.now), mine.strong)
    }

    /// Whoever had the accident may report it before it is asked.
    fn report(&mut self, number: u32, side: usize) {
        let affair = self.affairs[number as usize];
        let contrite = self.plan.model.rule(side) == RuleKind::Contrite;
        if contrite || affair.mark.chance(Draw::SelfReports, self.own(Own::SelfReports, side)) {
            self.affairs[number as usize].is_told = true;
            let found_out = hours(affair.told, Draw::FoundOut, &self.plan.model, Own::FindingOutHours, side);
            let draws = (Draw::ReportBeats, Draw::ReportLoss);
            self.post(self.now + found_out, side, affair.mark, draws, Step::Reported(number));
        }
    }

    /// A report is sealed, with its explanation; words follow it. Who has complained by then is answered instead.
    pub(super) fn reported(&mut self, number: u32) {
        let Affair { actor, occurred, standing, .. } = self.affairs[number as usize];
        if !matches!(standing, Standing::Unnoticed) {
            return;
        }
        if !self.open_incident(number, actor, occurred) {
            return;
        }
        self.clarify(number, (Answer::Accident, true));
        self.send_words(number, self.now);
        // Nobody had to see it: it is told.
        self.take_notice(number, 1.0);
    }

    /// A side notices, and takes it for something (REH-9).
    pub(super) fn notices(&mut self, number: u32) {
        let affair = self.affairs[number as usize];
        if affair.standing != Standing::Unnoticed {
            return;
        }
        let kind = match affair.kind {
            Happens::FalseAlarm => 0,
            Happens::Accident => 1,
            Happens::NonPartyAct => 2,
            Happens::Opportunity => 3,
        };
        let mut drawn = affair.mark.unit(Draw::Seen);
        let taken = Taken::ALL.into_iter().position(|taken| {
            drawn -= self.plan.model.attribution(affair.observer, kind, taken as usize);
            drawn < 0.0
        });
        match taken {
            Some(taken) => self.take_notice(number, self.plan.worth[affair.observer].seen[taken]),
            None => {
                self.affairs[number as usize].standing = Standing::Over;
                self.tell(|| Note::Dismissed { affair: number });
            }
        }
    }

    /// A side begins to look into an affair, with a first belief (REH-10).
    fn take_notice(&mut self, number: u32, seen: f64) {
        let Affair { observer, actor, mark, kind, .. } = self.affairs[number as usize];
        let (odds, now) = (self.sides[observer].odds_of_breach(self.now) * seen, self.now);
        let threat = mark.chance(Draw::Threatens, self.own(Own::Threatens, observer));
        let affair = &mut self.affairs[number as usize];
        (affair.standing, affair.odds, affair.threat) = (Standing::Open, odds, threat);
        self.sides[observer].noticed.push(now);
        if kind != Happens::Opportunity {
            self.count_alarm(observer);
        }
        if matches!(kind, Happens::Accident | Happens::Opportunity) {
            let standing = (self.own(Own::StandingDays, actor) * DAY_MS) as u64;
            self.sides[actor].at_fault_until = now + standing;
        }
        if kind == Happens::FalseAlarm && mark.chance(Draw::SecondLook, self.own(Own::SecondLook, observer)) {
            let after = hours(mark, Draw::SecondLookAfter, &self.plan.model, Own::SecondLookHours, observer);
            self.affairs[number as usize].second_look = true;
            self.queue.put(now + after, Step::SecondLook(number));
        }
        let belief = self.belief(number);
        self.tell(|| Note::Noticed { affair: number, belief });
        self.react(number, belief);
    }

    /// What a side does about an alarm at once (REH-17, REH-18, REH-19).
    fn react(&mut self, number: u32, belief: f64) {
        let Affair { observer, mark, opened, .. } = self.affairs[number as usize];
        if self.plan.model.rule(observer) == RuleKind::Table {
            match self.read_table(number, Moment::Alarm) {
                Deed::Nothing | Deed::PublicWords => return self.dismiss(number),
                Deed::OpenIncident => {}
                Deed::Notice => return self.give_notice(number),
                Deed::Strike => return self.strike(number),
            }
        } else if opened.is_some() && belief <= self.bar(observer) {
            return self.clear(number);
        } else if belief <= self.own(Own::OpensAbove, observer) {
            return self.dismiss(number);
        }
        let patience = hours(mark, Draw::Patience, &self.plan.model, Own::PatienceHours, observer);
        if self.has_channel() && mark.chance(Draw::HairTrigger, self.own(Own::HairTrigger, observer)) {
            self.affairs[number as usize].hair = true;
            return self.queue.put(self.now, Step::Deadline(number));
        }
        // Who asks waits at least until what it asks is sealed.
        let asked =
            if self.has_channel() && opened.is_none() { self.consult(number, belief) } else { self.now };
        self.queue.put(asked.max(self.now + patience), Step::Deadline(number));
    }

    /// It is too small to be looked into.
    fn dismiss(&mut self, number: u32) {
        self.tell(|| Note::Dismissed { affair: number });
        self.affairs[number as usize].standing = Standing::Over;
    }

    /// Posts an opening at once, or at the next set time if it is not urgent and can still be opened then (REH-16); when it
    /// will be sealed.
    fn consult(&mut self, number: u32, belief: f64) -> u64 {
        let Affair { observer, mark, occurred, .. } = self.affairs[number as usize];
        let pact = &self.plan.pact;
        let urgent = belief > self.own(Own::UrgentAbove, observer);
        let set_time = pact.set_times_ms.filter(|_| !urgent).map(|span| (self.now / span + 1) * span);
        let window = Some(pact.terms.complaint_ms).filter(|window| *window > 0);
        let in_time = |at: &u64| window.is_none_or(|window| *at < occurred + window);
        let posted = set_time.filter(in_time).unwrap_or(self.now);
        let at = self.seal_at(posted, mark, (Draw::OpeningBeats, Draw::OpeningLoss));
        self.queue.seal(at, observer, Step::Opened(number));
        self.affairs[number as usize].due = self.due(at);
        at
    }

    /// By when an answer to what is sealed then is due; for ever without a reply time.
    fn due(&self, opened: u64) -> u64 {
        let reply = self.plan.pact.terms.reply_ms;
        if reply > 0 { opened.saturating_add(reply) } else { u64::MAX }
    }

    /// A complaint is sealed; what its side found out in the meantime keeps it from being opened at all.
    pub(super) fn opened(&mut self, number: u32) {
        let Affair { observer, occurred, standing, opened, .. } = self.affairs[number as usize];
        if !matches!(standing, Standing::Open | Standing::Noticed) || opened.is_some() {
            return;
        }
        if self.open_incident(number, observer, occurred) {
            let due = self.due(self.now);
            self.affairs[number as usize].due = due;
            if due < u64::MAX {
                self.queue.put(due, Step::ReplyDue(number));
            }
            self.answer(number, due);
        } else {
            // Nobody is asked, so nobody owes an answer: too late a complaint, or one more than a year takes (REH-27).
            self.affairs[number as usize].due = u64::MAX;
        }
    }

    fn open_incident(&mut self, number: u32, by: usize, occurred: u64) -> bool {
        let of = self.plan.pact.parties[self.affairs[number as usize].actor];
        let act = IncidentAct::Opened { of, occurred: UtcMs(occurred), clause: None };
        if self.admit(by, self.about(number, act)).is_err() {
            return false;
        }
        self.incidents += u32::from(self.now <= self.horizon());
        self.affairs[number as usize].opened = Some(self.now);
        self.look_at_question();
        true
    }

    /// The side whose act it was finds out, and posts what it says of it (REH-11).
    fn answer(&mut self, number: u32, due: u64) {
        let affair = self.affairs[number as usize];
        let (actor, mark, told) = (affair.actor, affair.mark, affair.told);
        self.affairs[number as usize].is_told = true;
        // A side that did it on purpose answers less often, by as much as an answer is worth.
        let mut answers = self.own(Own::Answers, actor);
        if affair.is_breach() && !told.chance(Draw::Admits, self.own(Own::Admits, actor)) {
            answers /= self.own(Own::WorthOfCode, affair.observer);
        }
        if !mark.chance(Draw::Answers, answers) {
            return;
        }
        let ready = self.now + hours(told, Draw::FoundOut, &self.plan.model, Own::FindingOutHours, actor);
        let mut posted = ready;
        if due < u64::MAX && ready < due {
            let rest = (due - ready) as f64 * self.own(Own::WorksToDeadline, actor);
            posted = ready + rest as u64;
        } else if due < u64::MAX && mark.chance(Draw::Provisional, self.own(Own::Provisional, actor)) {
            let early = due.saturating_sub(PROVISIONAL_BEATS * self.plan.clock.beat_ms).max(self.now);
            self.post(
                early,
                actor,
                mark,
                (Draw::ProvisionalBeats, Draw::ProvisionalLoss),
                Step::Provisional(number),
            );
        }
        self.post(posted, actor, mark, (Draw::AnswerBeats, Draw::AnswerLoss), Step::Answered(number));
        let admitted = affair.is_breach() && told.chance(Draw::Admits, self.own(Own::Admits, actor));
        if !admitted {
            self.send_words(number, posted);
        }
    }

    /// Gives words to the intermediary, whatever becomes of them on the way (REH-14).
    fn send_words(&mut self, number: u32, given: u64) {
        let affair = self.affairs[number as usize];
        if let Some(carried) = carry(&self.plan.model, &mut self.absence, &affair, given) {
            let convince = carried.whole && convinces(&affair, self.plan.worth[affair.observer].convinces);
            // What they are worth is known when they arrive; nobody looks before.
            self.affairs[number as usize].pending = convince;
            self.queue.put(carried.at, Step::Words(number));
        }
    }

    /// An answer in part is sealed: that somebody answers is all it says.
    pub(super) fn provisional(&mut self, number: u32) {
        if self.affairs[number as usize].answer.is_none() {
            self.clarify(number, (Answer::Denied, false));
            self.weigh(number);
        }
    }

    /// The answer is sealed; who is wrongly accused also contests.
    pub(super) fn answered(&mut self, number: u32) {
        let affair = self.affairs[number as usize];
        let admits =
            affair.is_breach() && affair.told.chance(Draw::Admits, self.own(Own::Admits, affair.actor));
        let says = if admits { (Answer::Admitted, false) } else { affair.truth() };
        if affair.answer != Some(says) {
            self.clarify(number, says);
        }
        if affair.kind == Happens::FalseAlarm {
            let _ = self.admit(affair.actor, self.about(number, IncidentAct::Contested));
        }
        self.weigh(number);
    }

    fn clarify(&mut self, number: u32, (answer, remedy): (Answer, bool)) {
        let actor = self.affairs[number as usize].actor;
        let act = self.about(number, IncidentAct::Clarified { answer, remedy });
        if self.admit(actor, act).is_ok() {
            self.affairs[number as usize].answer = Some((answer, remedy));
        }
    }

    /// Words arrive (REH-11).
    pub(super) fn words(&mut self, number: u32) {
        let affair = &mut self.affairs[number as usize];
        let convince = affair.pending;
        affair.words = Some(convince);
        self.tell(|| Note::Words { affair: number, convince });
        self.weigh(number);
    }

    /// The reply time is over: silence speaks (REH-11).
    pub(super) fn reply_due(&mut self, number: u32) {
        self.affairs[number as usize].silent = true;
    }

    /// Its own staff find that an alarm was false.
    pub(super) fn second_look(&mut self, number: u32) {
        self.clear(number);
    }

    /// Weighs an affair again after something of an answer came.
    fn weigh(&mut self, number: u32) {
        let Affair { observer, standing, .. } = self.affairs[number as usize];
        if !matches!(standing, Standing::Open | Standing::Noticed) {
            return;
        }
        if self.plan.model.rule(observer) == RuleKind::Table {
            match self.read_table(number, Moment::Answer) {
                Deed::Strike => return self.strike(number),
                Deed::Notice if standing == Standing::Open => return self.give_notice(number),
                _ => {}
            }
        }
        if self.belief(number) <= self.bar(observer) {
            self.clear(number);
        }
    }

    /// Belief of the side that looks that it was a breach (REH-11).
    pub(super) fn belief(&self, number: u32) -> f64 {
        let affair = &self.affairs[number as usize];
        self.plan.worth[affair.observer].belief(affair)
    }

    /// Belief above which a side holds something to be a breach (REH-18).
    pub(super) fn bar(&self, side: usize) -> f64 {
        let bayes = self.plan.model.rule(side) == RuleKind::Bayes;
        self.own(if bayes { Own::Threshold } else { Own::Convinced }, side)
    }

    /// An affair is explained: a notice over it is taken back, its incident is closed, what was withheld over it is given
    /// (REH-12, REH-20, REH-21).
    fn clear(&mut self, number: u32) {
        let Affair { observer, standing, .. } = self.affairs[number as usize];
        if !matches!(standing, Standing::Open | Standing::Noticed) {
            return;
        }
        self.tell(|| Note::Cleared { affair: number });
        self.affairs[number as usize].standing = Standing::Over;
        let gain = self.own(Own::TrustGain, observer);
        self.sides[observer].learn(self.now, gain);
        if standing == Standing::Noticed {
            self.take_notice_back(number);
        }
        self.close(number);
        self.try_renewal(observer);
    }

    /// Posts the words that close an incident, as long as it holds anything: who opened it over a false alarm drops it,
    /// everything else all settle alike.
    pub(super) fn close(&mut self, number: u32) {
        let Affair { observer, mark, opened, kind, words, answer, .. } = self.affairs[number as usize];
        let holds = opened.is_some_and(|opened| self.now < opened + self.plan.pact.terms.brake_ms);
        if !holds {
            return;
        }
        let draws = (Draw::FirstWordBeats, Draw::FirstWordLoss);
        let dropped = kind == Happens::FalseAlarm && words.is_none() && answer.is_none();
        let step = if dropped { Step::Dropped(number) } else { Step::Settled(number, observer as u8) };
        self.post(self.now, observer, mark, draws, step);
    }

    pub(super) fn dropped(&mut self, number: u32) {
        let observer = self.affairs[number as usize].observer;
        let act =
            |by| Act::Incident { id: super::affair::incident_id(number), act: IncidentAct::Dropped { by } };
        if self.admit_word(observer, act).is_ok() {
            self.look_at_question();
        }
    }

    /// A side's word to close an incident is sealed, over an accident beside its part in a joint finding; the other joins.
    pub(super) fn settled(&mut self, number: u32, side: usize) {
        let Affair { observer, actor, mark, kind, .. } = self.affairs[number as usize];
        let id = super::affair::incident_id(number);
        let accident = kind == Happens::Accident;
        if accident {
            let finding = Finding { established: Established::Substantiated, intent: Intent::Accidental };
            let _ = self.admit_word(side, |by| Act::Incident { id, act: IncidentAct::Found { finding, by } });
        }
        let agreed = if accident { Agreed::Remedied } else { Agreed::Reaffirmed };
        let act = |by| Act::Incident { id, act: IncidentAct::Settled { agreed, by } };
        if self.admit_word(side, act).is_err() {
            return;
        }
        if side == observer {
            let draws = (Draw::LastWordBeats, Draw::LastWordLoss);
            self.post(self.now, actor, mark, draws, Step::Settled(number, actor as u8));
        } else {
            self.look_at_question();
        }
    }
}

/// Beats before the reply time is over at which an answer in part is posted, so that it is sealed in time.
const PROVISIONAL_BEATS: u64 = 4;

/// Milliseconds of hours, for what is drawn in other units.
pub(super) fn hours_ms(hours: f64) -> u64 {
    (hours * HOUR_MS) as u64
}
