//! A published number beside what is computed here.

/// One number that others published, and what this crate computes for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Oracle {
    /// The quantity and its parameters, in words.
    pub name: &'static str,
    /// Where the number, or the formula it follows from, was published.
    pub source: &'static str,
    /// The published number.
    pub expected: f64,
    /// How far the computed number may be from it: half of the last digit that was published.
    pub tolerance: f64,
    /// The computed number, or NaN where the computation was refused.
    pub got: f64,
}

impl Oracle {
    /// The distance between the computed and the published number, NaN where the computation was refused.
    pub fn error(&self) -> f64 {
        (self.got - self.expected).abs()
    }

    /// Whether the computed number is within the tolerance. A refused computation does not pass.
    pub fn passed(&self) -> bool {
        self.error() <= self.tolerance
    }
}

#[cfg(test)]
mod tests {
    use super::Oracle;

    fn oracle(got: f64) -> Oracle {
        Oracle { name: "a half", source: "none", expected: 0.5, tolerance: 0.01, got }
    }

    #[test]
    fn a_number_within_the_tolerance_passes_and_one_outside_it_does_not() {
        assert!(oracle(0.5).passed());
        assert!(oracle(0.495).passed());
        assert!(!oracle(0.52).passed());
        assert!((oracle(0.52).error() - 0.02).abs() < 1e-12);
    }

    #[test]
    fn a_refused_computation_does_not_pass() {
        assert!(!oracle(f64::NAN).passed());
    }
}
