//! The way of words: how long they take, and whether and how they arrive (REH-14, REH-15).

use super::affair::Affair;
use super::draws::{Draw, Mark, Stream};
use super::play::ABSENCE_DRAWS;
use super::sources::{DAY_MS, HOUR_MS};
use crate::model::{Courier, Model, Own, Shared};

/// When the intermediary is there.
#[derive(Clone, Debug)]
pub(super) struct Absence {
    stream: Stream,
    /// Where stretches end that were drawn so far; in the first it is there, and in every other one from then on.
    ends: Vec<f64>,
    /// Mean lengths of stretches of presence and of absence; none if it is gone for good.
    means: Option<(f64, f64)>,
}

impl Absence {
    pub(super) fn new(model: &Model, entry: u64, mark: Mark) -> Self {
        let days = |which| model.shared(which) * DAY_MS;
        let mut stream = Stream::of(mark.child(ABSENCE_DRAWS));
        let (absent, entry) = (days(Shared::AbsentStretchDays), entry as f64);
        if model.courier() != Courier::Absent {
            return Self { stream, ends: vec![f64::INFINITY], means: None };
        }
        if absent <= 0.0 {
            return Self { stream, ends: vec![entry + days(Shared::AbsentFromDays)], means: None };
        }
        let present = days(Shared::PresentStretchDays);
        let until = entry - present * stream.next().ln();
        Self { stream, ends: vec![until], means: Some((present, absent)) }
    }

    /// Draws what comes after the stretches that are known afresh (REH-31).
    pub(super) fn draw_afresh(&mut self, mark: Mark) {
        self.stream = Stream::of(mark);
    }

    /// The first instant from this one on at which somebody is there; none if nobody comes back. It is the
    /// same in whatever order instants are asked for.
    pub(super) fn next_present(&mut self, at: u64) -> Option<u64> {
        let instant = at as f64;
        while let Some(last) = self.ends.last().copied().filter(|last| instant >= *last) {
            let (present, absent) = self.means?;
            let mean = if self.ends.len().is_multiple_of(2) { present } else { absent };
            self.ends.push(last - mean * self.stream.next().ln());
        }
        let stretch = self.ends.partition_point(|end| *end <= instant);
        if stretch.is_multiple_of(2) { Some(at) } else { self.ends.get(stretch).map(|end| *end as u64) }
    }
}

/// What becomes of the words of one explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Carried {
    /// When they arrive.
    pub(super) at: u64,
    /// Whether they say what was said.
    pub(super) whole: bool,
}

/// Carries words given to the intermediary at an instant; nothing if they never arrive.
pub(super) fn carry(model: &Model, absence: &mut Absence, affair: &Affair, given: u64) -> Option<Carried> {
    let (mark, shared) = (affair.mark, |which| model.shared(which));
    let mut hours = mark.exponential(Draw::Courier, shared(Shared::CourierHours));
    let mut whole = !mark.chance(Draw::Garbled, shared(Shared::Garbles));
    let mut from = given;
    match model.courier() {
        Courier::None => return None,
        Courier::Faithful => {}
        Courier::Slow => hours *= shared(Shared::SlowFactor),
        Courier::Biased if Some(affair.actor) == model.favoured() => {}
        Courier::Biased if mark.chance(Draw::Dropped, shared(Shared::BiasDrops)) => return None,
        Courier::Biased => hours *= shared(Shared::BiasFactor),
        Courier::Faithless if mark.chance(Draw::Dropped, shared(Shared::Withholds)) => return None,
        Courier::Faithless => whole &= !mark.chance(Draw::Altered, shared(Shared::Alters)),
        Courier::Absent => from = absence.next_present(given)?,
    }
    if shared(Shared::ReadBack) > 0.0 {
        hours += shared(Shared::ReadBackHours);
        whole |= mark.chance(Draw::Caught, shared(Shared::ReadBackCatches));
    }
    Some(Carried { at: from.saturating_add((hours * HOUR_MS) as u64), whole })
}

/// Whether words convince that arrive whole: those of a breach seldom do (REH-11).
pub(super) fn convinces(affair: &Affair, convinces: [f64; 2]) -> bool {
    affair.mark.chance(Draw::Convinces, convinces[usize::from(affair.is_breach())])
}

/// Hours of a side, as milliseconds drawn for something.
pub(super) fn hours(mark: Mark, draw: Draw, model: &Model, which: Own, side: usize) -> u64 {
    (mark.exponential(draw, model.own(which, side)) * HOUR_MS) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::sources::Happens;

    fn model(kind: &str, changes: &[(&str, f64)]) -> Model {
        let mut model = Model::default();
        model.set_word("channel", kind).unwrap();
        changes.iter().for_each(|(key, value)| model.set(key, *value).unwrap());
        model
    }

    /// Of many explanations of a false alarm that arises with a side: the share that arrives, the share of these that is
    /// whole, and the mean of their hours.
    fn many(model: &Model, observer: usize) -> (f64, f64, f64) {
        let count = 20_000u64;
        let (mut arrived, mut whole, mut hours) = (0.0, 0.0, 0.0);
        let mut absence = Absence::new(model, 0, Mark::run(1, 1));
        for run in 0..count {
            let affair = Affair::new(Mark::run(2, run), Happens::FalseAlarm, observer, 0);
            if let Some(carried) = carry(model, &mut absence, &affair, 0) {
                arrived += 1.0;
                whole += f64::from(u8::from(carried.whole));
                hours += carried.at as f64 / HOUR_MS;
            }
        }
        (arrived / count as f64, whole / arrived, hours / arrived)
    }

    fn near(got: (f64, f64, f64), expected: (f64, f64, f64)) {
        let close = |a: f64, b: f64| a.is_nan() && b.is_nan() || (a - b).abs() < 0.02 * b.max(1.0);
        assert!(close(got.0, expected.0) && close(got.1, expected.1) && close(got.2, expected.2), "{got:?}");
    }

    // REH-14
    #[test]
    fn each_courier_does_with_words_what_it_is_called_after() {
        near(many(&model("faithful", &[]), 0), (1.0, 0.95, 1.0));
        near(many(&model("slow", &[("slow_factor", 5.0)]), 0), (1.0, 0.95, 5.0));
        near(many(&model("faithless", &[]), 0), (0.5, 0.475, 1.0));
        near(many(&model("none", &[]), 0), (0.0, f64::NAN, f64::NAN));
        near(many(&model("absent", &[]), 0), (0.0, f64::NAN, f64::NAN));
        // What alarms the first side is the second's to explain, whom a courier of the first does not favour.
        let mut biased = Model::default();
        biased.set_word("towards", "first").unwrap();
        biased.set_word("channel", "biased").unwrap();
        near(many(&biased, 0), (0.5, 0.95, 6.0));
        near(many(&biased, 1), (1.0, 0.95, 1.0));
        biased.set_word("towards", "second").unwrap();
        near(many(&biased, 0), (1.0, 0.95, 1.0));
    }

    // REH-15
    #[test]
    fn a_read_back_takes_time_and_puts_right_what_was_altered() {
        let changes = [("read_back", 1.0), ("read_back_hours", 2.0), ("read_back_catches", 0.8)];
        near(many(&model("faithful", &changes), 0), (1.0, 0.99, 3.0));
        near(many(&model("faithless", &changes), 0), (0.5, 1.0 - 0.525 * 0.2, 3.0));
    }

    // REH-14
    #[test]
    fn an_intermediary_is_absent_for_good_or_for_stretches() {
        let day = DAY_MS as u64;
        let mut gone = Absence::new(&model("absent", &[("absent_from_days", 3.0)]), 0, Mark::run(1, 1));
        assert_eq!(gone.next_present(2 * day), Some(2 * day));
        assert_eq!(gone.next_present(3 * day), None);
        let stretches = [("absent_stretch_days", 10.0), ("present_stretch_days", 30.0)];
        let mut comes = Absence::new(&model("absent", &stretches), 0, Mark::run(1, 1));
        // Whatever was asked for before.
        let mut asked = Absence::new(&model("absent", &stretches), 0, Mark::run(1, 1));
        let _ = asked.next_present(900 * day);
        assert!((0..900).all(|at| comes.next_present(at * day) == asked.next_present(at * day)));
        let mut comes = Absence::new(&model("absent", &stretches), 0, Mark::run(1, 1));
        let days = 100_000;
        let there = (0..days).filter(|at| comes.next_present(at * day) == Some(at * day)).count();
        assert!((there as f64 / days as f64 - 0.75).abs() < 0.02, "{there}");
    }
}
