//! The line between two parties as their messages make it: schedule, checks, suspension, and when a person was last there
//! (docs/spec/line.md, LINE rules). Nothing here says why something was not answered.

use super::{Clock, Item, Ledger};
use crate::event::{Addressee, Event};
use crate::templated::{Gist, message_text};
use crate::words::{At, DispatchId};
use backchannel_wire::{PartyNo, UtcMs};

/// Checks of each side that a state names, the newest.
const CHECKS_SHOWN: usize = 4;

/// When line checks are made: from an instant on, every so many milliseconds, the sides in turn (LINE-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Milliseconds from one check to the next.
    pub every_ms: u64,
    /// When the first one is made.
    pub from: UtcMs,
    /// When the later of the two sides had said so.
    pub since: UtcMs,
    /// Who makes the first, third, fifth.
    pub first: PartyNo,
    /// Who makes the others.
    pub second: PartyNo,
}

impl Schedule {
    /// The turn under way at an instant: its beginning, and whose it is.
    pub fn turn(&self, now: UtcMs) -> Option<(UtcMs, PartyNo)> {
        let number = now.0.checked_sub(self.from.0)?.checked_div(self.every_ms)?;
        let start = UtcMs(self.from.0.saturating_add(number.saturating_mul(self.every_ms)));
        Some((start, if number.is_multiple_of(2) { self.first } else { self.second }))
    }

    /// When the next check is to be made, and by whom.
    pub fn next(&self, now: UtcMs) -> (UtcMs, PartyNo) {
        match self.turn(now) {
            None => (self.from, self.first),
            Some((start, by)) => {
                let other = if by == self.first { self.second } else { self.first };
                (UtcMs(start.0.saturating_add(self.every_ms)), other)
            }
        }
    }

    /// What is sent up to a tenth of a turn before it begins is of that turn: clocks and beats are not the same.
    fn of_turn(&self, start: UtcMs, at: UtcMs) -> bool {
        at.0.saturating_add(self.every_ms / 10) >= start.0
    }

    /// The last turn of a side of which half is over.
    fn overdue(&self, side: PartyNo, now: UtcMs) -> Option<UtcMs> {
        let (start, by) = self.turn(UtcMs(now.0.saturating_sub(self.every_ms / 2)))?;
        let start =
            if by == side { start } else { UtcMs(start.0.checked_sub(self.every_ms)?.max(self.from.0)) };
        (self.turn(start)?.1 == side && start >= self.since).then_some(start)
    }
}

/// One side holds the line suspended (LINE-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// Who.
    pub by: PartyNo,
    /// The message that said so.
    pub id: DispatchId,
    /// Since when.
    pub from: UtcMs,
    /// Until when, if it was said.
    pub until: Option<UtcMs>,
}

/// One line check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// The message.
    pub id: DispatchId,
    /// Its number.
    pub number: u64,
    /// Who made it.
    pub by: PartyNo,
    /// Whether a station made it of itself.
    pub automatic: bool,
    /// When it was sent.
    pub sent: At,
    /// When a station of the other side had it.
    pub received: Option<At>,
    /// When a person there read it.
    pub read: Option<At>,
    /// When a person answered.
    pub answered: Option<At>,
    /// Until when an answer is asked.
    pub due: Option<UtcMs>,
}

/// What is to be said of a line that was not answered; never why (LINE-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unanswered {
    /// A check was not answered by a person in its time.
    Check(DispatchId),
    /// The other side's check, to be made at this instant, did not come.
    Missing(UtcMs),
}

/// The state of the line between two parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineState {
    /// The schedule in force, if both said the same.
    pub schedule: Option<Schedule>,
    /// Who holds it suspended.
    pub suspended: Vec<Suspension>,
    /// The newest checks, the oldest first.
    pub checks: Vec<Check>,
}

/// One message between two parties, as this station knows it.
pub(super) struct Sent<'a> {
    pub(super) id: DispatchId,
    pub(super) here: DispatchId,
    pub(super) by: PartyNo,
    pub(super) at: At,
    pub(super) received: Option<At>,
    pub(super) read: Option<At>,
    pub(super) clock: Option<Clock>,
    pub(super) gist: &'a Gist,
}

impl Ledger {
    /// The state of the line between two parties at an instant.
    pub fn line(&self, one: PartyNo, other: PartyNo, now: UtcMs) -> LineState {
        let (first, second) = (one.min(other), one.max(other));
        let sent = self.between(first, second);
        let suspended = [first, second].iter().filter_map(|by| suspension(&sent, *by, now)).collect();
        let mut checks: Vec<Check> = Vec::new();
        for by in [first, second] {
            let of = sent.iter().filter(|one| one.by == by && one.gist.code == "line-check");
            let mut of: Vec<Check> = of.filter_map(check).collect();
            checks.append(&mut of.split_off(of.len().saturating_sub(CHECKS_SHOWN)));
        }
        checks.sort_by_key(|check| check.sent);
        LineState { schedule: schedule(&sent, first, second), suspended, checks }
    }

    /// The messages between two parties, in the order of the record.
    pub(super) fn between(&self, one: PartyNo, other: PartyNo) -> Vec<Sent<'_>> {
        let each = self.order.iter().filter_map(|id| Some((*id, self.items.get(id)?)));
        each.filter_map(|(id, item)| {
            let (original, by, to) = self.ends(id, item)?;
            let gist = item.gist.as_ref()?;
            let ours = (by, to) == (one, other) || (by, to) == (other, one);
            let read = match item.carriage.get(&to) {
                Some(carrying) => carrying.read,
                None => item.first(&item.reads),
            };
            let (received, clock) = (self.provided(item), self.clock(id));
            ours.then(|| Sent {
                id: original,
                here: id,
                by,
                at: item.admitted.at(),
                received,
                read,
                clock,
                gist,
            })
        })
        .collect()
    }

    /// The original's name, who wrote it and for whom, of what one party says to another. The intermediary knows it by the original.
    pub(super) fn ends(&self, id: DispatchId, item: &Item) -> Option<(DispatchId, PartyNo, PartyNo)> {
        match &item.admitted.event {
            _ if !self.speaks(item) => None,
            Event::Dispatch(dispatch) => match dispatch.to {
                Addressee::Party(to) if item.admitted.author.party != PartyNo::INTERMEDIARY => {
                    Some((id, item.admitted.author.party, to))
                }
                _ => None,
            },
            // What came by the registry first is known by it.
            Event::Conveyance(conveyance) if self.came_first(conveyance) => None,
            Event::Conveyance(conveyance) if self.desk.party != PartyNo::INTERMEDIARY => {
                Some((conveyance.of.dispatch, conveyance.of.party, item.addressed()?))
            }
            _ => None,
        }
    }

    /// When a person of a side was last known to be there: wrote, read or read back. What a station does of itself is none (LINE-5).
    pub fn last_human(&self, side: PartyNo) -> Option<At> {
        let each = self.items.iter().flat_map(|(id, item)| {
            let by = self.ends(*id, item).map_or(item.admitted.author.party, |(_, by, _)| by);
            let automatic = item.gist.as_ref().is_some_and(|gist| gist.value("made") == Some("automatic"));
            let wrote = (by == side && !automatic).then(|| item.admitted.at());
            let carried = item.carriage.get(&side);
            let told =
                carried.into_iter().flat_map(|one| [one.read, one.read_back.as_ref().map(|back| back.at)]);
            let here = item.reads.iter().filter(|mark| mark.party == side).map(|mark| Some(mark.at));
            let seen: Vec<Option<At>> = told.chain(here).chain([wrote]).collect();
            seen
        });
        each.flatten().max()
    }

    /// What is to be said of the line from `me` to `other`, if anything (LINE-3). While it is suspended, nothing is.
    pub fn unanswered(&self, me: PartyNo, other: PartyNo, now: UtcMs) -> Option<Unanswered> {
        let state = self.line(me, other, now);
        if !state.suspended.is_empty() {
            return None;
        }
        let mine = state.checks.iter().rev().find(|check| check.by == me && check.received.is_some());
        let unanswered = mine.filter(|check| {
            let over = check.due.is_some_and(|due| due <= now);
            let since = state.checks.iter().any(|one| one.by == other && one.sent > check.sent);
            over && check.answered.is_none() && !since
        });
        let missing = state.schedule.and_then(|schedule| {
            let start = schedule.overdue(other, now)?;
            let came = state.checks.iter().any(|check| {
                check.by == other && check.received.is_some_and(|at| schedule.of_turn(start, at.utc))
            });
            (!came).then_some(start)
        });
        unanswered.map(|check| Unanswered::Check(check.id)).or(missing.map(Unanswered::Missing))
    }

    /// The number of the check that this station's side is to make now by the schedule, if it made none in its turn (LINE-2).
    pub fn check_due(&self, other: PartyNo, now: UtcMs) -> Option<u64> {
        let me = self.desk.party;
        let state = self.line(me, other, now);
        let schedule = state.schedule.filter(|_| state.suspended.is_empty())?;
        let (start, by) = schedule.turn(now)?;
        let made = state.checks.iter().any(|check| check.by == me && schedule.of_turn(start, check.sent.utc));
        (by == me && !made && start >= schedule.since).then(|| self.next_check(other))
    }

    /// The number of this side's next check: one above its last.
    pub fn next_check(&self, other: PartyNo) -> u64 {
        let me = self.desk.party;
        let sent = self.between(me.min(other), me.max(other));
        let own = sent.iter().filter(|one| one.by == me && one.gist.code == "line-check");
        own.filter_map(|one| one.gist.number("number")).max().unwrap_or(0).saturating_add(1)
    }

    /// The other side's newest check that nobody here answered: its name here, and its number.
    pub fn open_check(&self, other: PartyNo) -> Option<(DispatchId, u64)> {
        let each = self.order.iter().rev().filter_map(|id| Some((*id, self.items.get(id)?)));
        let mut theirs = each.filter(|(id, item)| {
            let from = self.ends(*id, item).is_some_and(|(_, by, _)| by == other);
            from && self.clock(*id).is_some_and(|clock| clock.answered.is_none())
        });
        theirs.find_map(|(id, item)| {
            let gist = item.gist.as_ref().filter(|gist| gist.code == "line-check")?;
            Some((id, gist.number("number")?))
        })
    }

    /// Whether another party showed that it holds a set of own templates and codebooks: it sent something under it (FILES-2).
    pub fn holds(&self, other: PartyNo, set: &str) -> bool {
        let me = self.desk.party;
        let sent = self.between(me.min(other), me.max(other));
        sent.iter().any(|one| one.by == other && one.gist.set.as_deref() == Some(set))
    }

    /// The messages of which nothing is kept beside their texts: they were written under a set that was not held here.
    pub fn unknown_messages(&self) -> Vec<(DispatchId, &Event, UtcMs)> {
        let each = self.items.iter().filter(|(_, item)| item.gist.is_none());
        let each = each.map(|(id, item)| (*id, &item.admitted.event, item.admitted.utc));
        each.filter(|(_, event, _)| message_text(event).is_some()).collect()
    }

    /// What is kept of a message beside its text, if the item is one.
    pub fn gist(&self, id: DispatchId) -> Option<&Gist> {
        self.items.get(&id)?.gist.as_ref()
    }
}

fn check(sent: &Sent<'_>) -> Option<Check> {
    Some(Check {
        id: sent.id,
        number: sent.gist.number("number")?,
        by: sent.by,
        automatic: sent.gist.value("made") != Some("person"),
        sent: sent.at,
        received: sent.received,
        read: sent.read,
        answered: sent.clock.and_then(|clock| clock.answered),
        due: sent.clock.map(|clock| clock.due),
    })
}

/// A schedule is in force once the last that each side said is the same (LINE-1).
fn schedule(sent: &[Sent<'_>], first: PartyNo, second: PartyNo) -> Option<Schedule> {
    let last = |by: PartyNo| {
        let of = sent.iter().rev().find(|one| one.by == by && one.gist.code == "line-schedule")?;
        let every = of.gist.number("every")?.checked_mul(60_000)?;
        Some((every, of.gist.instant("from")?, of.received?.utc))
    };
    let ((every_ms, from, since), (every, start, later)) = (last(first)?, last(second)?);
    let same = (every_ms, from) == (every, start);
    same.then_some(Schedule { every_ms, from, since: since.max(later), first, second })
}

fn suspension(sent: &[Sent<'_>], by: PartyNo, now: UtcMs) -> Option<Suspension> {
    let of = |one: &&Sent<'_>| {
        let about = matches!(one.gist.code.as_str(), "line-suspension" | "line-resumption");
        one.by == by && about && one.gist.instant("from").is_some_and(|from| from <= now)
    };
    let last = sent.iter().rev().find(of)?;
    let (from, until) = (last.gist.instant("from")?, last.gist.instant("until"));
    let holds = last.gist.code == "line-suspension" && until.is_none_or(|until| until > now);
    holds.then_some(Suspension { by, id: last.id, from, until })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: u64 = 3_600_000;

    fn hourly() -> Schedule {
        let (first, second) = (PartyNo(1), PartyNo(2));
        Schedule { every_ms: HOUR, from: UtcMs(10 * HOUR), since: UtcMs(10 * HOUR), first, second }
    }

    // LINE-1
    #[test]
    fn the_sides_take_turns_from_the_first_instant_on() {
        let (one, other) = (PartyNo(1), PartyNo(2));
        assert_eq!(
            (hourly().turn(UtcMs(10 * HOUR - 1)), hourly().next(UtcMs(0))),
            (None, (UtcMs(10 * HOUR), one))
        );
        assert_eq!(hourly().turn(UtcMs(10 * HOUR)), Some((UtcMs(10 * HOUR), one)));
        assert_eq!(hourly().turn(UtcMs(12 * HOUR - 1)), Some((UtcMs(11 * HOUR), other)));
        assert_eq!(hourly().next(UtcMs(11 * HOUR)), (UtcMs(12 * HOUR), one));
        let never = Schedule { every_ms: 0, ..hourly() };
        assert_eq!(never.turn(UtcMs(11 * HOUR)), None);
    }

    // LINE-3
    #[test]
    fn a_turn_is_overdue_when_half_of_it_is_over_and_not_before_the_schedule_was_agreed() {
        let half = HOUR / 2;
        assert_eq!(hourly().overdue(PartyNo(1), UtcMs(10 * HOUR + half - 1)), None);
        assert_eq!(hourly().overdue(PartyNo(1), UtcMs(10 * HOUR + half)), Some(UtcMs(10 * HOUR)));
        assert_eq!(hourly().overdue(PartyNo(1), UtcMs(12 * HOUR)), Some(UtcMs(10 * HOUR)));
        assert_eq!(hourly().overdue(PartyNo(2), UtcMs(11 * HOUR + half - 1)), None);
        let late = Schedule { since: UtcMs(10 * HOUR + 1), ..hourly() };
        assert_eq!(late.overdue(PartyNo(1), UtcMs(11 * HOUR)), None);
        assert_eq!(late.overdue(PartyNo(1), UtcMs(12 * HOUR + half)), Some(UtcMs(12 * HOUR)));
    }

    proptest! {
        // LINE-1
        #[test]
        fn every_instant_has_one_turn_and_no_two_in_a_row_are_of_one_side(every in 60_000u64..700_000_000, from in 0u64..4_000_000_000_000, now in 0u64..8_000_000_000_000) {
            let schedule = Schedule { every_ms: every, from: UtcMs(from), ..hourly() };
            let (next, by) = schedule.next(UtcMs(now));
            match schedule.turn(UtcMs(now)) {
                None => prop_assert!(now < from && next.0 == from),
                Some((start, whose)) => {
                    prop_assert!(start.0 <= now && now < start.0 + every && next.0 == start.0 + every);
                    prop_assert_ne!(whose, by);
                    prop_assert_eq!(schedule.turn(next), Some((next, by)));
                }
            }
        }

        // CLOCK-3
        #[test]
        fn the_marks_of_a_clock_come_in_order_and_an_answer_stops_them(started in 0u64..4_000_000_000_000, whole in 1u64..1_000_000_000, after in 0u64..2_000_000_000) {
            use super::super::clock::Mark;
            let clock = Clock { started: UtcMs(started), due: UtcMs(started + whole), answered: None, answers: PartyNo(1) };
            let marks = clock.marks();
            prop_assert!(marks.windows(2).all(|two| two[0].1 <= two[1].1 && two[0].0 < two[1].0));
            let mark = clock.mark(UtcMs(started + after));
            prop_assert_eq!(mark == Some(Mark::Over), after >= whole);
            prop_assert_eq!(mark.is_none(), after < whole - whole / 2);
            let at = At { beat: backchannel_wire::Beat(1), utc: UtcMs(started) };
            prop_assert_eq!(Clock { answered: Some(at), ..clock }.mark(UtcMs(started + after)), None);
        }
    }
}
