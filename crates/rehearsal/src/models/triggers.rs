//! Triggers under imperfect monitoring: how long must a punishment be that false alarms set off as well?
//!
//! Each period of restraint an alarm rings with probability `a`, or with `b` if one side deviates. After an alarm both
//! sides fall back on the payoff of punishment for a number of periods, then return to restraint. Payoffs are averages
//! per period, discounted by `d` from one period to the next. Source: Green and Porter, "Noncooperative Collusion under
//! Imperfect Price Information", Econometrica 52 (1984), 87-100; Abreu, Milgrom and Pearce, "Information and Timing in
//! Repeated Partnerships", Econometrica 59 (1991), 1713-1733.

use super::oracle::Oracle;

/// The longest punishment that is told from a permanent one, in periods. With weekly periods it lasts 19,000 years.
pub const PERIODS_MAX: u32 = 1_000_000;

/// Why a trigger problem was refused.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum TriggerError {
    /// The payoffs are no dilemma.
    #[error(
        "the payoffs are no dilemma; write what temptation, restraint and punishment pay in falling order, as 5, 3, 1"
    )]
    Payoffs,
    /// A probability of an alarm is out of range.
    #[error("an alarm cannot ring with probability {0}; write a number from 0 to 1")]
    Alarm(f64),
    /// The discount factor is out of range.
    #[error(
        "{0} is no discount factor; write a number above 0 and below 1, as 0.95 to lose a twentieth a period"
    )]
    Discount(f64),
    /// A rate is out of range.
    #[error("{0} is no rate; write a number a unit of time, at least 0, and above 0 for impatience")]
    Rate(f64),
    /// A window is out of range.
    #[error("a report cannot come every {0} units of time; write a length above 0")]
    Window(f64),
}

/// What a period pays: averages in any one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payoffs {
    temptation: f64,
    restraint: f64,
    punishment: f64,
}

impl Payoffs {
    /// Payoffs of deviating alone, of restraint on both sides and of punishment, in falling order. What the other side
    /// of a deviation gets plays no part.
    pub fn new(temptation: f64, restraint: f64, punishment: f64) -> Result<Self, TriggerError> {
        let finite = temptation.is_finite() && punishment.is_finite();
        let falling = temptation > restraint && restraint > punishment;
        (finite && falling).then_some(Self { temptation, restraint, punishment }).ok_or(TriggerError::Payoffs)
    }
}

/// The parameters of the model: payoffs, what is observed, and patience.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trigger {
    payoffs: Payoffs,
    alarm: f64,
    alarm_if_deviates: f64,
    discount: f64,
}

/// Whether some length of punishment sustains restraint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Restraint {
    /// It holds.
    Holds {
        /// The shortest punishment that suffices, in periods.
        periods: u32,
        /// What restraint then pays each side, an average per period.
        value: f64,
    },
    /// Only a punishment of more than [`PERIODS_MAX`] periods suffices.
    OnlyBeyond,
    /// No punishment of any length suffices.
    Never,
}

impl Trigger {
    /// The problem in which an alarm rings with probability `alarm`, or `alarm_if_deviates`, in each period, and a
    /// period later counts `discount` times as much. Refuses numbers outside the model's range.
    pub fn new(
        payoffs: Payoffs,
        alarm: f64,
        alarm_if_deviates: f64,
        discount: f64,
    ) -> Result<Self, TriggerError> {
        if let Some(bad) = [alarm, alarm_if_deviates].into_iter().find(|one| !(0.0..=1.0).contains(one)) {
            return Err(TriggerError::Alarm(bad));
        }
        if !(f64::MIN_POSITIVE..1.0).contains(&discount) {
            return Err(TriggerError::Discount(discount));
        }
        Ok(Self { payoffs, alarm, alarm_if_deviates, discount })
    }

    /// The share of all that is still to come that a punishment of so many periods covers: `1 - d^T`.
    fn weight(&self, periods: u32) -> f64 {
        -(f64::from(periods) * self.discount.ln()).exp_m1()
    }

    fn value_at(&self, weight: f64) -> f64 {
        let (now, lost) = (1.0 - self.discount, self.alarm * self.discount * weight);
        (now * self.payoffs.restraint + lost * self.payoffs.punishment) / (now + lost)
    }

    /// What restraint pays each side with a punishment of so many periods, an average per period.
    pub fn value(&self, periods: u32) -> f64 {
        self.value_at(self.weight(periods))
    }

    /// Whether a punishment of so many periods makes restraint pay more than deviating once.
    pub fn holds(&self, periods: u32) -> bool {
        let weight = self.weight(periods);
        let loss = self.value_at(weight) - self.payoffs.punishment;
        let feared = self.discount * (self.alarm_if_deviates - self.alarm) * weight * loss;
        feared >= (1.0 - self.discount) * (self.payoffs.temptation - self.payoffs.restraint)
    }

    /// The weight of punishment at which restraint and deviating pay the same, or nothing where more punishment never
    /// helps: where the false alarms it makes dearer outweigh what it deters.
    ///
    /// With `V - P = (1-d)(R-P) / (1-d+adK)` the incentive is linear in the weight `K`, which is `1 - d^T`.
    fn least_weight(&self) -> Option<f64> {
        let gain = self.payoffs.temptation - self.payoffs.restraint;
        let deterred =
            (self.alarm_if_deviates - self.alarm) * (self.payoffs.restraint - self.payoffs.punishment);
        let slope = deterred - self.alarm * gain;
        (slope > 0.0).then(|| (1.0 - self.discount) * gain / (self.discount * slope))
    }

    /// The shortest punishment that sustains restraint. That there is none is told from the limit of a punishment that
    /// never ends, not by search.
    pub fn shortest(&self) -> Restraint {
        let Some(least) = self.least_weight().filter(|least| *least < 1.0) else { return Restraint::Never };
        let periods = ((-least).ln_1p() / self.discount.ln()).ceil();
        if periods > f64::from(PERIODS_MAX) {
            return Restraint::OnlyBeyond;
        }
        // The quotient may be off by one: the incentive itself decides.
        let periods = periods as u32;
        let near = periods.saturating_sub(1).max(1)..=periods.saturating_add(1);
        match near.into_iter().find(|periods| self.holds(*periods)) {
            Some(periods) if periods <= PERIODS_MAX => {
                Restraint::Holds { periods, value: self.value(periods) }
            }
            _ => Restraint::OnlyBeyond,
        }
    }

    /// The most that restraint can pay each side under any punishment that sustains it, whole periods or not, an
    /// average per period: `R - a (T0-R) / (b-a)`, where the incentive just binds. Nothing where restraint never holds.
    pub fn ceiling(&self) -> Option<f64> {
        self.least_weight().filter(|least| *least < 1.0).map(|least| self.value_at(least))
    }
}

/// Reports of good news: how often it comes, and how impatient the sides are, each a rate a unit of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GoodNews {
    rate: f64,
    rate_if_deviates: f64,
    impatience: f64,
}

/// One line of the table of windows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowRow {
    /// The length of the window, in units of time.
    pub window: f64,
    /// The problem to which it leads.
    pub trigger: Trigger,
    /// Whether restraint holds.
    pub restraint: Restraint,
    /// The most that restraint can pay, or nothing where it never holds.
    pub ceiling: Option<f64>,
}

impl GoodNews {
    /// Good news that comes at `rate`, or at `rate_if_deviates`, to sides that discount at `impatience`. Refuses what
    /// is no rate.
    pub fn new(rate: f64, rate_if_deviates: f64, impatience: f64) -> Result<Self, TriggerError> {
        let rates = [rate, rate_if_deviates, impatience];
        if let Some(bad) = rates.into_iter().find(|one| !(0.0..f64::INFINITY).contains(one)) {
            return Err(TriggerError::Rate(bad));
        }
        if impatience <= 0.0 {
            return Err(TriggerError::Rate(impatience));
        }
        Ok(Self { rate, rate_if_deviates, impatience })
    }

    /// The problem in which each window without good news is an alarm. Refuses a window that is not above 0 or in which
    /// nothing later counts.
    pub fn within(&self, payoffs: Payoffs, window: f64) -> Result<Trigger, TriggerError> {
        if !(f64::MIN_POSITIVE..f64::INFINITY).contains(&window) {
            return Err(TriggerError::Window(window));
        }
        let none = |rate: f64| (-rate * window).exp();
        Trigger::new(payoffs, none(self.rate), none(self.rate_if_deviates), none(self.impatience))
    }

    /// What each of these windows does to restraint, in the order given.
    pub fn windows(&self, payoffs: Payoffs, windows: &[f64]) -> Result<Vec<WindowRow>, TriggerError> {
        let row = |window: &f64| {
            let trigger = self.within(payoffs, *window)?;
            let (restraint, ceiling) = (trigger.shortest(), trigger.ceiling());
            Ok(WindowRow { window: *window, trigger, restraint, ceiling })
        };
        windows.iter().map(row).collect()
    }
}

/// Whether the table shows that faster reporting destroys restraint: it holds in some window, and in a shorter one not.
pub fn faster_destroys(rows: &[WindowRow]) -> bool {
    let holds = |row: &&WindowRow| matches!(row.restraint, Restraint::Holds { .. });
    let longest = rows.iter().filter(holds).map(|row| row.window).fold(0.0, f64::max);
    rows.iter().any(|row| !holds(&row) && row.window < longest)
}

const SOURCE: &str =
    "Green and Porter, Econometrica 52 (1984); Abreu, Milgrom and Pearce, Econometrica 59 (1991)";
/// Half of the last digit of a number given with six.
const SIX_DIGITS: f64 = 5e-7;

/// The shortest punishment as a number, 0 where there is none, and the value it leaves, NaN where there is none.
fn numbers(trigger: Result<Trigger, TriggerError>) -> (f64, f64, f64) {
    let Ok(trigger) = trigger else { return (f64::NAN, f64::NAN, f64::NAN) };
    let ceiling = trigger.ceiling().unwrap_or(f64::NAN);
    match trigger.shortest() {
        Restraint::Holds { periods, value } => (f64::from(periods), value, ceiling),
        Restraint::OnlyBeyond => (f64::INFINITY, f64::NAN, ceiling),
        Restraint::Never => (0.0, f64::NAN, ceiling),
    }
}

/// The published lengths and values, each beside what is computed for payoffs of 5, 3 and 1. A length of 0 means that
/// no punishment suffices.
pub fn oracles() -> Vec<Oracle> {
    let payoffs = Payoffs::new(5.0, 3.0, 1.0);
    let alarms = |a, b, d| numbers(payoffs.and_then(|payoffs| Trigger::new(payoffs, a, b, d)));
    let window =
        |length| numbers(payoffs.and_then(|payoffs| GoodNews::new(1.0, 0.2, 0.02)?.within(payoffs, length)));
    let length = |name, expected, got| Oracle { name, source: SOURCE, expected, tolerance: 0.0, got };
    let value = |name, expected, got| Oracle { name, source: SOURCE, expected, tolerance: SIX_DIGITS, got };
    let clear = alarms(0.05, 0.5, 0.95);
    let (four, two, one, half) = (window(4.0), window(2.0), window(1.0), window(0.5));
    vec![
        length("shortest punishment, a .05, b .5, d .95", 3.0, clear.0),
        value("value of restraint, a .05, b .5, d .95", 2.761348, clear.1),
        value("ceiling of that value, a .05, b .5, d .95", 2.777778, clear.2),
        length("shortest punishment, a .1, b .15, d .95: none", 0.0, alarms(0.1, 0.15, 0.95).0),
        length("shortest punishment, window 4", 3.0, four.0),
        value("value of restraint, window 4", 2.910361, four.1),
        length("shortest punishment, window 2", 3.0, two.0),
        value("value of restraint, window 2", 2.454555, two.1),
        length("shortest punishment, window 1", 14.0, one.0),
        value("value of restraint, window 1", 1.367152, one.1),
        length("shortest punishment, window 0.5: none", 0.0, half.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn payoffs() -> Payoffs {
        Payoffs::new(5.0, 3.0, 1.0).expect("a dilemma")
    }

    fn trigger(alarm: f64, alarm_if_deviates: f64, discount: f64) -> Trigger {
        Trigger::new(payoffs(), alarm, alarm_if_deviates, discount).expect("in range")
    }

    #[test]
    fn the_published_values_come_out() {
        for oracle in oracles() {
            assert!(oracle.passed(), "{oracle:?}");
        }
    }

    #[test]
    fn where_alarms_tell_little_no_punishment_suffices() {
        for discount in [0.5, 0.95, 0.999_999] {
            assert_eq!(trigger(0.1, 0.15, discount).shortest(), Restraint::Never);
            assert_eq!(trigger(0.1, 0.15, discount).ceiling(), None);
        }
    }

    #[test]
    fn faster_reporting_destroys_restraint() {
        let news = GoodNews::new(1.0, 0.2, 0.02).expect("rates");
        let rows = news.windows(payoffs(), &[4.0, 2.0, 1.0, 0.5]).expect("windows");
        assert!(faster_destroys(&rows));
        assert!(!faster_destroys(rows.get(..3).expect("three of the four")));
        let ceilings: Vec<f64> = rows.iter().filter_map(|row| row.ceiling).collect();
        assert_eq!(ceilings.len(), 3);
        assert!(ceilings.is_sorted_by(|a, b| a > b), "{ceilings:?}");
    }

    #[test]
    fn a_punishment_beyond_the_bound_is_told_from_none() {
        let costly = Payoffs::new(1e8, 3.0, 1.0).expect("a dilemma");
        // The temptation outweighs all that is to come but a hundredth: only a nearly permanent punishment deters.
        let far = Trigger::new(costly, 0.0, 1.0, 1.0 - 1.01e-8).expect("in range");
        assert_eq!(far.shortest(), Restraint::OnlyBeyond);
        let never = Trigger::new(costly, 0.0, 1.0, 1.0 - 3e-8).expect("in range");
        assert_eq!(never.shortest(), Restraint::Never);
    }

    #[test]
    fn the_most_patient_need_the_shortest_punishments() {
        assert!(matches!(trigger(0.05, 0.5, 1.0 - 1e-9).shortest(), Restraint::Holds { periods: 3, .. }));
    }

    #[test]
    fn without_false_alarms_restraint_costs_nothing() {
        let clear = trigger(0.0, 0.5, 0.95);
        assert_eq!(clear.ceiling(), Some(3.0));
        assert!(matches!(clear.shortest(), Restraint::Holds { value, .. } if value == 3.0));
    }

    #[test]
    fn numbers_out_of_range_are_refused_with_a_hint() {
        assert_eq!(Payoffs::new(3.0, 3.0, 1.0), Err(TriggerError::Payoffs));
        assert_eq!(Payoffs::new(5.0, f64::NAN, 1.0), Err(TriggerError::Payoffs));
        assert_eq!(Payoffs::new(f64::INFINITY, 3.0, 1.0), Err(TriggerError::Payoffs));
        assert_eq!(Trigger::new(payoffs(), -0.1, 0.5, 0.9), Err(TriggerError::Alarm(-0.1)));
        assert_eq!(Trigger::new(payoffs(), 0.1, 1.5, 0.9), Err(TriggerError::Alarm(1.5)));
        assert_eq!(Trigger::new(payoffs(), 0.1, 0.5, 1.0), Err(TriggerError::Discount(1.0)));
        assert_eq!(GoodNews::new(1.0, -0.2, 0.02), Err(TriggerError::Rate(-0.2)));
        assert_eq!(GoodNews::new(1.0, 0.2, 0.0), Err(TriggerError::Rate(0.0)));
        let news = GoodNews::new(1.0, 0.2, 0.02).expect("rates");
        assert_eq!(news.windows(payoffs(), &[1.0, 0.0]), Err(TriggerError::Window(0.0)));
        assert!(matches!(news.within(payoffs(), 1e9), Err(TriggerError::Discount(_))));
        assert!(TriggerError::Alarm(2.0).to_string().contains("from 0 to 1"));
    }

    /// Periods that the search by brute force tries.
    const TRIED: u32 = 3_000;

    fn any_trigger() -> impl Strategy<Value = Trigger> {
        let payoffs =
            (0.01..5.0, 0.01..5.0).prop_map(|(gain, loss)| Payoffs::new(3.0 + gain, 3.0, 3.0 - loss));
        (payoffs, 0.0..0.5, 0.0..=1.0, 0.05..0.999).prop_map(|(payoffs, a, b, d)| {
            Trigger::new(payoffs.expect("a dilemma"), a, b, d).expect("in range")
        })
    }

    proptest! {
        #[test]
        fn the_shortest_punishment_is_what_a_search_finds(trigger in any_trigger()) {
            let searched = (1..=TRIED).find(|periods| trigger.holds(*periods));
            match trigger.shortest() {
                Restraint::Holds { periods, value } if periods <= TRIED => {
                    prop_assert_eq!(searched, Some(periods));
                    prop_assert_eq!(value, trigger.value(periods));
                }
                _ => prop_assert_eq!(searched, None),
            }
        }

        #[test]
        fn the_value_satisfies_its_recursion(trigger in any_trigger(), periods in 1_u32..200) {
            let (a, d) = (trigger.alarm, trigger.discount);
            let value = trigger.value(periods);
            let later = d.powi(periods as i32);
            let punished = (1.0 - later) * trigger.payoffs.punishment + later * value;
            let next = (1.0 - d) * trigger.payoffs.restraint + d * ((1.0 - a) * value + a * punished);
            prop_assert!((next - value).abs() < 1e-12);
        }

        #[test]
        fn the_ceiling_is_the_published_one_and_no_length_exceeds_it(trigger in any_trigger()) {
            let Some(ceiling) = trigger.ceiling() else { return Ok(()) };
            let gain = trigger.payoffs.temptation - trigger.payoffs.restraint;
            let (a, b) = (trigger.alarm, trigger.alarm_if_deviates);
            prop_assert!((ceiling - (trigger.payoffs.restraint - a * gain / (b - a))).abs() < 1e-9);
            if let Restraint::Holds { value, .. } = trigger.shortest() {
                prop_assert!(value <= ceiling + 1e-9);
            }
        }
    }
}
