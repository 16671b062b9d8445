//! The incomplete beta function, its inverse, and quantiles of the normal and Student's distribution.
//!
//! Written here because the libraries that have them stop their continued fraction after 140 steps: with a million
//! runs that leaves five digits. Parameters are those of counts: positive and finite.

use std::f64::consts::TAU;

/// Steps of the continued fraction; about the root of the larger parameter are needed.
const STEPS_MAX: u32 = 1_000_000;
/// Steps towards a quantile; bisection alone would need fewer than that.
const SEARCH_MAX: u32 = 200;
/// From here on, Stirling's series for the gamma function is exact to the last digit.
const STIRLING_MIN: f64 = 16.0;
/// Degrees of freedom from which Student's quantile is that of the normal distribution, corrected.
const FREEDOM_LARGE: f64 = 1e4;

/// Both tails of the beta distribution at a point, and its density there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beta {
    /// The probability below.
    pub below: f64,
    /// The probability above; neither is computed as what the other leaves of 1 where it is the smaller.
    pub above: f64,
    /// The density.
    pub density: f64,
}

/// The beta distribution with parameters `a` and `b` at `x` between 0 and 1. Source: NIST Digital Library of
/// Mathematical Functions, 8.17.22, evaluated by the modified method of Lentz (Numerical Recipes, 3rd edition, 6.4).
pub(super) fn beta(a: f64, b: f64, x: f64) -> Beta {
    let y = 1.0 - x;
    let power = power(a, b, x, y);
    let density = power / (x * y);
    if x < (a + 1.0) / (a + b + 2.0) {
        let below = (power * fraction(a, b, x) / a).min(1.0);
        Beta { below, above: 1.0 - below, density }
    } else {
        let above = (power * fraction(b, a, y) / b).min(1.0);
        Beta { below: 1.0 - above, above, density }
    }
}

/// The probability of `k` successes in `n` trials with probability `p` strictly between 0 and 1.
pub(super) fn binomial(k: u64, n: u64, p: f64) -> f64 {
    let (a, b) = (k as f64 + 1.0, n.saturating_sub(k) as f64 + 1.0);
    power(a, b, p, 1.0 - p) / ((n as f64 + 1.0) * p * (1.0 - p))
}

/// `x^a y^b / B(a, b)` without loss for large parameters (Loader, "Fast and Accurate Computation of Binomial
/// Probabilities", 2000).
fn power(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let stirling = stirling_error(n) - stirling_error(a) - stirling_error(b);
    (a * b / (TAU * n)).sqrt() * (stirling - deviance(a, n * x) - deviance(b, n * y)).exp()
}

/// The continued fraction of the incomplete beta function.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / (1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for step in 1..STEPS_MAX {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / (1.0 + even * d);
        c = 1.0 + even / c;
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / (1.0 + odd * d);
        c = 1.0 + odd / c;
        h *= d * c;
        if (d * c - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    h
}

/// How far the logarithm of the gamma function is above `(z - 1/2) ln z - z + ln(2 pi) / 2`.
fn stirling_error(mut z: f64) -> f64 {
    let mut below = 0.0;
    while z < STIRLING_MIN {
        below += (z + 0.5) * (1.0 / z).ln_1p() - 1.0;
        z += 1.0;
    }
    let square = z * z;
    let tail =
        1.0 / 1260.0 - (1.0 / 1680.0 - (1.0 / 1188.0 - 691.0 / (360_360.0 * square)) / square) / square;
    below + (1.0 / 12.0 - (1.0 / 360.0 - tail / square) / square) / z
}

/// `n ln(n/mean) + mean - n` without loss where the two are close.
fn deviance(n: f64, mean: f64) -> f64 {
    let difference = n - mean;
    if difference.abs() >= 0.1 * (n + mean) {
        return n * (n / mean).ln() - difference;
    }
    let ratio = difference / (n + mean);
    let (mut sum, mut power) = (difference * ratio, 2.0 * n * ratio);
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

/// Which tail of a distribution a quantile cuts off.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tail {
    /// So much probability lies below.
    Below(f64),
    /// So much probability lies above.
    Above(f64),
}

/// The quantile of the beta distribution with parameters of at least 1.
pub(super) fn beta_quantile(a: f64, b: f64, tail: Tail) -> f64 {
    beta_search(a, b, tail, beta_guess(a, b, tail))
}

/// A first guess (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.5.22).
fn beta_guess(a: f64, b: f64, tail: Tail) -> f64 {
    let above = match tail {
        Tail::Below(p) => -normal_quantile(p),
        Tail::Above(p) => normal_quantile(p),
    };
    let third = (above * above - 3.0) / 6.0;
    let (one, other) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let h = 2.0 / (one + other);
    let w = above * (third + h).max(0.0).sqrt() / h - (other - one) * (third + 5.0 / 6.0 - 2.0 / (3.0 * h));
    a / (a + b * (2.0 * w).exp())
}

/// Halley's method within brackets, from a first guess.
fn beta_search(a: f64, b: f64, tail: Tail, guess: f64) -> f64 {
    let (mut low, mut high, mut x) = (0.0, 1.0, guess);
    for _ in 0..SEARCH_MAX {
        if !(x > low && x < high) {
            x = 0.5 * (low + high);
        }
        let at = beta(a, b, x);
        let excess = match tail {
            Tail::Below(p) => at.below - p,
            Tail::Above(p) => p - at.above,
        };
        *(if excess > 0.0 { &mut high } else { &mut low }) = x;
        let step = excess / at.density;
        let bend = (step * ((a - 1.0) / x - (b - 1.0) / (1.0 - x))).clamp(-1.0, 1.0);
        let next = x - step / (1.0 - 0.5 * bend);
        let done = excess == 0.0 || (next - x).abs() <= 2.0 * f64::EPSILON * x;
        if done || high - low <= f64::EPSILON * low {
            break;
        }
        x = next;
    }
    x
}

/// How many standard errors on each side hold a part `level` of Student's distribution with so many degrees of
/// freedom, at least 1.
pub(super) fn student(level: f64, freedom: f64) -> f64 {
    let z = normal_quantile(0.5 + 0.5 * level);
    let square = z * z;
    if freedom > FREEDOM_LARGE {
        // Abramowitz and Stegun, 26.7.5.
        let first = z * (square + 1.0) / 4.0;
        let second = z * ((5.0 * square + 16.0) * square + 3.0) / 96.0;
        return z + (first + second / freedom) / freedom;
    }
    // t^2 / (freedom + t^2) has a beta distribution.
    let part = beta_search(0.5, 0.5 * freedom, Tail::Below(level), square / (freedom + square));
    (freedom * part / (1.0 - part)).sqrt()
}

/// The quantile of the normal distribution, for tails of at least 1e-10. Source: Wichura, "Algorithm AS 241: The
/// Percentage Points of the Normal Distribution", Applied Statistics 37 (1988), PPND16.
pub(super) fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * quotient(0.180625 - q * q, &MIDDLE);
    }
    let r = (-p.min(1.0 - p).ln()).sqrt();
    quotient(r - 1.6, &TAILS).copysign(q)
}

/// A quotient of two polynomials of degree 7, constants first.
fn quotient(x: f64, [above, below]: &[[f64; 8]; 2]) -> f64 {
    let value = |terms: &[f64; 8]| terms.iter().rev().fold(0.0, |sum, term| sum * x + term);
    value(above) / value(below)
}

const MIDDLE: [[f64; 8]; 2] = [
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
];
const TAILS: [[f64; 8]; 2] = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    fn near(got: f64, expected: f64, part: f64) {
        assert!((got - expected).abs() <= part * expected.abs(), "{got:e} against {expected:e}");
    }

    /// By mpmath 1.3 with 40 digits, and by scipy 1.17 for the last three.
    const BETAS: [(f64, f64, f64, f64); 9] = [
        (1.0, 1.0, 0.3, 0.3),
        (2.0, 3.0, 0.5, 0.6875),
        (0.5, 0.5, 0.1, 0.204_832_764_699_133_45),
        (10.0, 1.0, 0.9, 0.348_678_440_1),
        (500.0, 501.0, 0.48, 0.108_581_063_254_378_17),
        (100.0, 2.0, 0.9, 0.000_292_175_387_763_462_3),
        (5e4, 5e4 + 1.0, 0.4995, 0.377_115_122_949_725_5),
        (5e5, 5e5 + 1.0, 0.4999, 0.421_131_351_927_003_6),
        (9e5, 1e5 + 1.0, 0.8999, 0.370_275_419_470_321_3),
    ];

    #[test]
    fn the_incomplete_beta_function_is_right_up_to_a_million_trials() {
        for (a, b, x, expected) in BETAS {
            near(beta(a, b, x).below, expected, 2e-12);
            near(beta(b, a, 1.0 - x).above, expected, 2e-11);
        }
    }

    #[test]
    fn normal_quantiles_are_those_of_forty_digits() {
        for (p, expected) in [
            (0.975, 1.959_963_984_540_054_2),
            (0.995, 2.575_829_303_548_901),
            (0.6, 0.253_347_103_135_799_8),
            (0.9995, 3.290_526_731_491_895),
            (0.025, -1.959_963_984_540_054_2),
            (1e-10, -6.361_340_902_404_056),
        ] {
            near(normal_quantile(p), expected, 1e-14);
        }
        assert_eq!(normal_quantile(0.5), 0.0);
    }

    #[test]
    fn students_quantiles_are_those_of_scipy() {
        for (freedom, level, expected) in [
            (1.0, 0.95, 12.706_204_736_174_7),
            (1.0, 0.999, 636.619_248_768_79),
            (2.0, 0.90, 2.919_985_580_353_72),
            (5.0, 0.99, 4.032_142_983_555_23),
            (30.0, 0.95, 2.042_272_456_301_24),
            (1000.0, 0.999, 3.300_282_648_423_94),
            (1e4, 0.95, 1.960_201_239_890_63),
            (2e4, 0.999, 3.291_013_283_364_29),
            (1e6, 0.95, 1.959_966_356_814_11),
        ] {
            near(student(level, freedom), expected, 1e-10);
        }
    }

    #[test]
    fn a_quantile_leads_back_to_its_probability() {
        for (a, b) in [(1.0, 1.0), (1.0, 1e6), (3.0, 7.0), (1e6, 1.0), (2e5, 8e5), (1.0, 10.0)] {
            for p in [5e-5, 0.005, 0.025, 0.25, 0.5] {
                let low = beta(a, b, beta_quantile(a, b, Tail::Below(p)));
                let high = beta(a, b, beta_quantile(a, b, Tail::Above(p)));
                for (got, at) in [(low.below, low), (high.above, high)] {
                    // As near as neighbouring numbers are.
                    let apart = (got - p).abs();
                    assert!(apart <= 1e-10 * p + at.density * f64::EPSILON, "{a} {b}: {got:e} against {p}");
                }
            }
        }
    }

    #[test]
    fn binomial_probabilities_add_up() {
        for (n, p) in [(1, 0.3), (10, 0.5), (1000, 0.01), (5000, 0.999)] {
            near((0..=n).map(|k| binomial(k, n, p)).sum(), 1.0, 1e-12);
        }
        near(binomial(2, 4, 0.5), 0.375, 1e-14);
    }
}
