//! False alarms: how soon does one bring an arrangement down, and how soon do two that come close together?
//!
//! Incidents come at random at a steady rate (a Poisson process). Either each brings the arrangement down with some
//! probability, or two within a window do. Source: Naus, "The Distribution of the Size of the Maximum Cluster of Points
//! on a Line", Journal of the American Statistical Association 60 (1965), 532-538; Glaz, Naus and Wallenstein, Scan
//! Statistics (2001); Kingman, Poisson Processes (1993), for thinning.

use super::oracle::Oracle;

/// The most incidents expected within the time asked about, so that sums stay short.
pub const INCIDENTS_MAX: f64 = 1e6;
/// From here on, Stirling's series for a factorial is exact to the last digit.
const STIRLING_MIN: u32 = 16;
const DAYS_A_YEAR: f64 = 365.0;

/// Why a question about false alarms was refused.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum FalseAlarmError {
    /// The rate is out of range.
    #[error("incidents cannot come at a rate of {0} a year; write a number above 0")]
    Rate(f64),
    /// The probability is out of range.
    #[error("an incident cannot bring the arrangement down with probability {0}; write a number from 0 to 1")]
    Probability(f64),
    /// The window is out of range.
    #[error("{0} years are no window; write a length of at least 0, as 7/365 for a week")]
    Window(f64),
    /// The time is out of range.
    #[error("{0} years are no time to survive; write a length of at least 0")]
    Years(f64),
    /// So many incidents are expected that the sums would not end.
    #[error("{0} incidents are expected in that time; ask about a time with at most 1,000,000")]
    Incidents(f64),
}

/// A length of time of at least 0 in which not too many incidents are expected.
fn expected(rate: f64, years: f64) -> Result<f64, FalseAlarmError> {
    if !(0.0..f64::INFINITY).contains(&years) {
        return Err(FalseAlarmError::Years(years));
    }
    let expected = rate * years;
    if expected <= INCIDENTS_MAX { Ok(expected) } else { Err(FalseAlarmError::Incidents(expected)) }
}

fn checked_rate(rate_a_year: f64) -> Result<f64, FalseAlarmError> {
    let sound = (f64::MIN_POSITIVE..f64::INFINITY).contains(&rate_a_year);
    sound.then_some(rate_a_year).ok_or(FalseAlarmError::Rate(rate_a_year))
}

/// The probability that the arrangement breaks down within so many years where each incident, `rate_a_year` of them,
/// brings it down with probability `p`: `1 - exp(-rate p t)`.
pub fn single(rate_a_year: f64, p: f64, years: f64) -> Result<f64, FalseAlarmError> {
    let rate = checked_rate(rate_a_year)?;
    if !(0.0..=1.0).contains(&p) {
        return Err(FalseAlarmError::Probability(p));
    }
    if !(0.0..f64::INFINITY).contains(&years) {
        return Err(FalseAlarmError::Years(years));
    }
    Ok(-(-rate * p * years).exp_m1())
}

/// An arrangement that two incidents within a window bring down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clusters {
    rate: f64,
    window: f64,
}

impl Clusters {
    /// Incidents that come `rate_a_year` times a year and bring the arrangement down when two follow each other within
    /// `window_years`. Refuses what is no rate or no window.
    pub fn new(rate_a_year: f64, window_years: f64) -> Result<Self, FalseAlarmError> {
        let rate = checked_rate(rate_a_year)?;
        if !(0.0..f64::INFINITY).contains(&window_years) {
            return Err(FalseAlarmError::Window(window_years));
        }
        Ok(Self { rate, window: window_years })
    }

    /// The probability that the arrangement survives so many years: the sum over the number of incidents of the
    /// probability of that number with none closer than the window to the last, `e^(-rt) [r (t-(n-1)w)+]^n / n!`.
    ///
    /// Each term is a Poisson probability with the shortened mean times `e^(-(n-1)rw)`: none overflows, none is
    /// negative.
    pub fn survival(&self, years: f64) -> Result<f64, FalseAlarmError> {
        let mean = expected(self.rate, years)?;
        let mut sum = (-mean).exp();
        for n in 1..=last_count(mean) {
            let taken = self.window * f64::from(n - 1) * self.rate;
            if taken >= mean {
                break;
            }
            sum += (ln_poisson(n, mean - taken) - taken).exp();
        }
        Ok(sum.min(1.0))
    }

    /// The probability that the arrangement breaks down within so many years. It is not computed as what survival
    /// leaves of 1, so that it is right to the last digits where it is rare.
    ///
    /// Of `n` incidents all are apart with probability `(1 - (n-1)w/t)^n`.
    pub fn breakdown(&self, years: f64) -> Result<f64, FalseAlarmError> {
        let mean = expected(self.rate, years)?;
        if mean <= 0.0 {
            return Ok(0.0);
        }
        let mut sum = 0.0;
        for n in 2..=last_count(mean) {
            let taken = self.window * f64::from(n - 1) / years;
            let close = if taken >= 1.0 { 1.0 } else { -(f64::from(n) * (-taken).ln_1p()).exp_m1() };
            sum += ln_poisson(n, mean).exp() * close;
        }
        Ok(sum.min(1.0))
    }

    /// The mean time to breakdown in years, infinite where the window is 0: the first incident, then as many more as it
    /// takes until one follows within the window, `1/r + 1/(r(1-e^(-rw)))`.
    pub fn mean_years(&self) -> f64 {
        let close = -(-self.rate * self.window).exp_m1();
        (1.0 + 1.0 / close) / self.rate
    }
}

/// A number of incidents so far above the mean that more are less probable than the rounding of all fewer.
fn last_count(mean: f64) -> u32 {
    (mean + 12.0 * mean.sqrt() + 60.0) as u32
}

/// The logarithm of the probability of `n` incidents where `mean` are expected (Loader, "Fast and Accurate Computation
/// of Binomial Probabilities", 2000): no two large numbers are subtracted.
fn ln_poisson(n: u32, mean: f64) -> f64 {
    let count = f64::from(n);
    if n < STIRLING_MIN {
        let factorial: f64 = (1..=n).map(f64::from).product();
        return count * mean.ln() - mean - factorial.ln();
    }
    -deviance(count, mean) - stirling_error(count) - (std::f64::consts::TAU * count).ln() / 2.0
}

/// How far the logarithm of `n!` is above `ln(sqrt(2 pi n) (n/e)^n)`, for `n` from [`STIRLING_MIN`].
fn stirling_error(n: f64) -> f64 {
    let square = n * n;
    let tail =
        1.0 / 1260.0 - (1.0 / 1680.0 - (1.0 / 1188.0 - 691.0 / (360_360.0 * square)) / square) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - tail / square) / square) / n
}

/// `n ln(n/mean) + mean - n` without loss where the two are close.
fn deviance(n: f64, mean: f64) -> f64 {
    let difference = n - mean;
    if difference.abs() >= 0.1 * (n + mean) {
        return n * (n / mean).ln() - difference;
    }
    let ratio = difference / (n + mean);
    let mut sum = difference * ratio;
    let mut power = 2.0 * n * ratio;
    for j in 1..40 {
        power *= ratio * ratio;
        let next = sum + power / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

const SOURCE: &str =
    "Naus, Journal of the American Statistical Association 60 (1965); Scan Statistics (2001)";

/// The published probabilities and times, each beside what is computed.
pub fn oracles() -> Vec<Oracle> {
    let clusters = |rate, days: f64| Clusters::new(rate, days / DAYS_A_YEAR);
    let row = |name, expected, tolerance, got: Result<f64, FalseAlarmError>| Oracle {
        name,
        source: SOURCE,
        expected,
        tolerance,
        got: got.unwrap_or(f64::NAN),
    };
    vec![
        row(
            "survival of 5 years, 4 incidents a year, two within 7 days",
            0.252529,
            5e-7,
            clusters(4.0, 7.0).and_then(|one| one.survival(5.0)),
        ),
        row(
            "mean years to breakdown, 4 incidents a year, two within 7 days",
            3.635527,
            5e-7,
            clusters(4.0, 7.0).map(|one| one.mean_years()),
        ),
        row(
            "breakdown within a year, 1 incident a year, two within a day",
            0.002_721_09,
            5e-9,
            clusters(1.0, 1.0).and_then(|one| one.breakdown(1.0)),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand_chacha::ChaCha8Rng;
    use rand_core::{RngCore, SeedableRng};

    fn clusters(rate: f64, window: f64) -> Clusters {
        Clusters::new(rate, window).expect("in range")
    }

    fn near(got: f64, expected: f64, part: f64) {
        assert!((got / expected - 1.0).abs() < part, "{got} against {expected}");
    }

    #[test]
    fn the_published_values_come_out() {
        for oracle in oracles() {
            assert!(oracle.passed(), "{oracle:?}");
        }
    }

    #[test]
    fn an_incident_that_brings_down_now_and_then_does_so_as_a_rarer_one_would_always() {
        near(single(2.0, 0.01, 10.0).expect("in range"), 1.0 - (-0.2_f64).exp(), 1e-12);
        near(single(std::f64::consts::LN_2, 1.0, 1.0).expect("in range"), 0.5, 1e-12);
        near(single(1e-9, 1e-6, 1.0).expect("in range"), 1e-15, 1e-12);
    }

    #[test]
    fn a_rare_breakdown_is_right_to_many_digits() {
        // For a narrow window: r^2 w t, less terms of the order of its square and of r^2 w^2.
        near(clusters(1.0, 1e-12).breakdown(1.0).expect("in range"), 1e-12, 1e-11);
        // For a wide window: two incidents or more, x^2/2 - x^3/3 + x^4/8.
        let x: f64 = 1e-6;
        let two = x * x / 2.0 - x.powi(3) / 3.0 + x.powi(4) / 8.0;
        near(clusters(x, 10.0).breakdown(1.0).expect("in range"), two, 1e-12);
        // The same narrow window among many incidents.
        near(clusters(1e4, 1e-20).breakdown(1.0).expect("in range"), 1e-12, 1e-10);
    }

    #[test]
    fn many_incidents_neither_overflow_nor_vanish() {
        // Pairs closer than a narrow window are themselves a Poisson process.
        let many = clusters(1e4, 1e-8);
        near(many.survival(1.0).expect("in range"), (-1.0_f64).exp(), 1e-3);
        near(many.breakdown(1.0).expect("in range"), 1.0 - (-1.0_f64).exp(), 1e-3);
        // Of 10,000 expected incidents hardly any may come: too rare to write, but not nonsense.
        let hopeless = clusters(1e4, 1.0 / 365.0);
        assert!((0.0..1e-100).contains(&hopeless.survival(1.0).expect("in range")));
        assert!((hopeless.breakdown(1.0).expect("in range") - 1.0).abs() < 1e-10);
        // A window as long as the time: none or one incident.
        near(clusters(500.0, 1.0).survival(1.0).expect("in range"), 501.0 * (-500.0_f64).exp(), 1e-12);
    }

    #[test]
    fn the_mean_time_is_the_area_under_survival() {
        let four = clusters(4.0, 7.0 / 365.0);
        let (steps, end) = (40_000_u32, 100.0);
        let step = end / f64::from(steps);
        let height = |k: u32| four.survival(step * f64::from(k)).expect("in range");
        let inner: f64 = (1..steps).map(height).sum();
        let area = step * (inner + (height(0) + height(steps)) / 2.0);
        near(area, four.mean_years(), 1e-5);
    }

    #[test]
    fn without_a_window_nothing_breaks_down() {
        assert_eq!(clusters(4.0, 0.0).breakdown(5.0), Ok(0.0));
        assert_eq!(clusters(4.0, 0.0).mean_years(), f64::INFINITY);
        near(clusters(4.0, 0.0).survival(5.0).expect("in range"), 1.0, 1e-12);
    }

    #[test]
    fn numbers_out_of_range_are_refused_with_a_hint() {
        assert_eq!(Clusters::new(0.0, 0.1), Err(FalseAlarmError::Rate(0.0)));
        assert_eq!(Clusters::new(1.0, -0.1), Err(FalseAlarmError::Window(-0.1)));
        assert!(matches!(Clusters::new(f64::NAN, 0.1), Err(FalseAlarmError::Rate(_))));
        assert_eq!(clusters(1.0, 0.1).survival(-1.0), Err(FalseAlarmError::Years(-1.0)));
        assert_eq!(clusters(1e300, 1e300).survival(0.0), Ok(1.0));
        near(clusters(1e300, 1e300).survival(1e-300).expect("in range"), 2.0 * (-1.0_f64).exp(), 1e-12);
        assert_eq!(clusters(1e6, 0.1).breakdown(2.0), Err(FalseAlarmError::Incidents(2e6)));
        assert_eq!(single(1.0, 1.5, 1.0), Err(FalseAlarmError::Probability(1.5)));
        assert_eq!(single(1.0, 0.5, f64::INFINITY), Err(FalseAlarmError::Years(f64::INFINITY)));
        assert!(FalseAlarmError::Window(-1.0).to_string().contains("7/365 for a week"));
    }

    /// Runs of the simulation, and the standard errors within which it has to agree.
    const RUNS: u32 = 100_000;
    const ERRORS: f64 = 4.0;

    /// The time to the next incident: minus the logarithm of a uniform number above 0, over the rate.
    fn gap(rate: f64, rng: &mut ChaCha8Rng) -> f64 {
        let uniform = ((rng.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
        -uniform.ln() / rate
    }

    /// When two incidents first follow each other within the window, in years.
    fn broken_at(rate: f64, window: f64, rng: &mut ChaCha8Rng) -> f64 {
        let mut now = gap(rate, rng);
        loop {
            let next = gap(rate, rng);
            now += next;
            if next < window {
                return now;
            }
        }
    }

    #[test]
    fn simulation_agrees_within_its_error() {
        let mut rng = ChaCha8Rng::seed_from_u64(6);
        for (rate, window, years) in [(4.0, 7.0 / 365.0, 5.0), (1.0, 1.0 / 365.0, 1.0), (10.0, 0.3, 0.5)] {
            let model = clusters(rate, window);
            let times: Vec<f64> = (0..RUNS).map(|_| broken_at(rate, window, &mut rng)).collect();
            let runs = f64::from(RUNS);
            let broken = times.iter().filter(|time| **time <= years).count() as f64 / runs;
            let expected = model.breakdown(years).expect("in range");
            let error = (expected * (1.0 - expected) / runs).sqrt();
            assert!((broken - expected).abs() < ERRORS * error, "{broken} against {expected}");
            let mean = times.iter().sum::<f64>() / runs;
            let variance = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (runs - 1.0);
            let error = (variance / runs).sqrt();
            assert!((mean - model.mean_years()).abs() < ERRORS * error, "{mean} against the mean");
        }
    }

    #[test]
    fn the_logarithm_of_a_poisson_probability_is_that_of_the_product() {
        for mean in [0.001, 1.0, 15.5, 16.0, 30.0, 100.0] {
            let mut probability = f64::exp(-mean);
            for n in 1..170_u32 {
                probability *= mean / f64::from(n);
                if probability > 1e-280 {
                    near(ln_poisson(n, mean).exp(), probability, 1e-12);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn survival_and_breakdown_add_up_to_one(mean in 1e-6..1e4_f64, part in 0.0..1.5_f64, years in 0.01..50.0_f64) {
            // Windows from nothing to more than the time, most of them narrow.
            let model = clusters(mean / years, years * part.powi(8));
            let (survival, breakdown) = (model.survival(years).expect("in"), model.breakdown(years).expect("in"));
            prop_assert!((survival + breakdown - 1.0).abs() < 1e-11, "{survival} and {breakdown}");
        }

        #[test]
        fn more_incidents_wider_windows_and_longer_times_break_more(
            rate in 0.01..50.0_f64, window in 0.0..0.5_f64, years in 0.1..20.0_f64, more in 1.0..2.0_f64,
        ) {
            let base = clusters(rate, window).breakdown(years).expect("in range");
            for other in [
                clusters(rate * more, window).breakdown(years),
                clusters(rate, window * more).breakdown(years),
                clusters(rate, window).breakdown(years * more),
            ] {
                prop_assert!(other.expect("in range") >= base - 1e-12);
            }
        }
    }
}
