use super::*;
use proptest::prelude::*;

/// What rounding and the solver's tolerance may leave.
const SOLVED: f64 = 1e-6;

fn model(p: f64, theta: f64, q: f64) -> PrivateStrength {
    PrivateStrength::new(p, theta, q).expect("in range")
}

fn any_model() -> impl Strategy<Value = PrivateStrength> {
    (0.501..=1.0, 0.001..=0.999, 0.001..=0.999).prop_map(|(p, theta, q)| model(p, theta, q))
}

/// Models in which the strong prefer war with the weak to halves, so that peace is not free.
fn hard_model() -> impl Strategy<Value = PrivateStrength> {
    (0.501..=0.999, 0.0..=1.0, 0.001..=0.999).prop_map(|(theta, win, q): (f64, f64, f64)| {
        let least = (0.5_f64 / theta).max(0.501);
        model((least + win * (1.0 - least)).min(1.0), theta, q)
    })
}

/// Models with an intensity of at least 1: to fight the weak, the strong give up more than war costs equal sides.
fn intense_model() -> impl Strategy<Value = PrivateStrength> {
    (0.667..=0.999, 0.0..=1.0, 0.001..=0.999).prop_map(|(theta, win, q): (f64, f64, f64)| {
        let least = (1.0 - theta / 2.0) / theta;
        model((least + win * (1.0 - least)).clamp(0.501, 1.0), theta, q)
    })
}

/// Models in which the strong gain nothing over halves by fighting the weak.
fn mild_model() -> impl Strategy<Value = PrivateStrength> {
    (0.001..=0.998, 0.0..=1.0, 0.001..=0.999).prop_map(|(theta, win, q): (f64, f64, f64)| {
        let most = (0.5 / theta).min(1.0);
        model((0.501 + win * (most - 0.501)).clamp(0.501, most), theta, q)
    })
}

#[test]
fn the_published_values_come_out() {
    for oracle in oracles() {
        assert!(oracle.passed(), "{oracle:?}");
    }
}

#[test]
fn the_parameters_of_the_paper_come_out() {
    assert!((model(0.8, 0.8, 0.5).gamma() - 1.4).abs() < 1e-12);
    assert!((model(0.8, 0.8, 0.5).lambda() - 1.0).abs() < 1e-12);
    assert!((model(0.7, 0.8, 0.2).gamma() - 0.6).abs() < 1e-12);
}

#[test]
fn mediation_adds_at_three_of_the_published_points_and_nothing_at_the_fourth() {
    assert_eq!(mediation_adds(&model(0.8, 0.8, 0.5)), Ok(true));
    assert_eq!(mediation_adds(&model(0.7, 0.8, 0.2)), Ok(true));
    assert_eq!(mediation_adds(&model(0.8, 0.8, 0.6)), Ok(true));
    assert_eq!(mediation_adds(&model(0.8, 0.8, 0.3)), Ok(false));
}

#[test]
fn finer_splits_do_not_change_the_mediators_value() {
    for (p, theta, q) in [(0.8, 0.8, 0.5), (0.7, 0.8, 0.2), (0.8, 0.8, 0.6), (0.8, 0.8, 0.3)] {
        let model = model(p, theta, q);
        let three = mediator(&model).expect("solved").peace;
        for pieces in [4_u32, 10, 24, 48] {
            let grid: Vec<f64> = (0..pieces / 2).map(|k| f64::from(k) / f64::from(pieces)).collect();
            let fine = mediator_with(&model, &grid).expect("solved").peace;
            assert!((fine - three).abs() < 1e-8, "{model:?} {pieces} pieces: {fine} against {three}");
        }
    }
}

#[test]
fn numbers_out_of_range_are_refused_with_a_hint() {
    assert_eq!(PrivateStrength::new(0.5, 0.8, 0.5), Err(MediationError::Win(0.5)));
    assert_eq!(PrivateStrength::new(0.8, 1.0, 0.5), Err(MediationError::WarPie(1.0)));
    assert_eq!(PrivateStrength::new(0.8, 0.8, 0.0), Err(MediationError::Strong(0.0)));
    assert!(matches!(PrivateStrength::new(f64::NAN, 0.8, 0.5), Err(MediationError::Win(_))));
    assert!(matches!(PrivateStrength::new(0.8, 0.8, f64::INFINITY), Err(MediationError::Strong(_))));
    assert_eq!(mediator_with(&model(0.8, 0.8, 0.5), &[0.3, 1.2]), Err(MediationError::Share(1.2)));
    assert!(MediationError::WarPie(2.0).to_string().contains("write a number from 0.001 to 0.999"));
}

/// How probable each share is for a side that made this report, when the other made that one, and how probable war is.
fn lines(plan: &Plan, own: Strength, other: Strength) -> (Vec<(f64, f64)>, f64) {
    let reports = match (own, other) {
        (Strength::Strong, Strength::Strong) => Reports::BothStrong,
        (Strength::Weak, Strength::Weak) => Reports::BothWeak,
        _ => Reports::OneStrong,
    };
    let turned = own == Strength::Weak && other == Strength::Strong;
    let mut splits = Vec::new();
    let mut war = 0.0;
    for line in plan.advice.iter().filter(|line| line.reports == reports) {
        match line.outcome {
            Outcome::Split { first } => {
                splits.push((if turned { 1.0 - first } else { first }, line.probability));
            }
            Outcome::War => war += line.probability,
        }
    }
    (splits, war)
}

/// The shares a side may be recommended, each once.
fn shares(plan: &Plan) -> Vec<f64> {
    let mut out: Vec<f64> = Vec::new();
    for own in Strength::BOTH {
        for other in Strength::BOTH {
            out.extend(lines(plan, own, other).0.iter().map(|(share, _)| share));
        }
    }
    out.sort_by(f64::total_cmp);
    out.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    out
}

/// What a side gets by reporting `report`, computed from the table alone, with Bayes' rule: it accepts a share where
/// `accepts` says so, given the share and what war is worth after it.
fn payoff(
    model: &PrivateStrength,
    plan: &Plan,
    own: Strength,
    report: Strength,
    accepts: impl Fn(f64, f64) -> bool,
) -> f64 {
    let mut total = 0.0;
    for other in Strength::BOTH {
        total += model.prior(other) * lines(plan, report, other).1 * model.war(own, other);
    }
    for share in shares(plan) {
        let (mut seen, mut war) = (0.0, 0.0);
        for other in Strength::BOTH {
            for (one, probability) in lines(plan, report, other).0 {
                if (one - share).abs() < 1e-9 {
                    seen += model.prior(other) * probability;
                    war += model.prior(other) * probability * model.war(own, other);
                }
            }
        }
        if seen > 0.0 {
            total += if accepts(share, war / seen) { share * seen } else { war };
        }
    }
    total
}

/// Checks a mediator's plan from its table alone, by the definition and not by the programme's rows.
fn check_plan(model: &PrivateStrength, plan: &Plan) -> Result<(), TestCaseError> {
    let q = model.q;
    let mut peace = 0.0;
    for (own, other, weight) in [
        (Strength::Strong, Strength::Strong, q * q),
        (Strength::Strong, Strength::Weak, 2.0 * q * (1.0 - q)),
        (Strength::Weak, Strength::Weak, (1.0 - q) * (1.0 - q)),
    ] {
        let (splits, war) = lines(plan, own, other);
        let split: f64 = splits.iter().map(|(_, probability)| probability).sum();
        prop_assert!((split + war - 1.0).abs() < SOLVED);
        peace += weight * split;
    }
    prop_assert!((peace - plan.peace).abs() < SOLVED, "{peace} in the table of {plan:?}");
    for own in Strength::BOTH {
        // A split counts in proportion to its probability: one that almost never comes is rounding.
        let best = payoff(model, plan, own, own, |share, war| share > war);
        let obeyed = payoff(model, plan, own, own, |_, _| true);
        prop_assert!(obeyed > best - SOLVED, "{own:?} disobeys {plan:?}");
        let lied = payoff(model, plan, own, own.other(), |share, war| share > war);
        prop_assert!(obeyed > lied - SOLVED, "{own:?} lies to {plan:?}: {lied} above {obeyed}");
    }
    Ok(())
}

/// Separating talk in closed form where the strong do not want to pass for weak (intensity at least 1).
fn talk_closed_form(model: &PrivateStrength) -> f64 {
    let (lambda, gamma) = (model.lambda(), model.gamma());
    let unequal = if lambda < gamma / 2.0 { 1.0 / (1.0 + gamma - 2.0 * lambda) } else { 1.0 };
    let both_strong = ((2.0 * lambda - gamma) / (lambda * (2.0 + gamma))).max(0.0);
    (1.0 + 2.0 * lambda * unequal + lambda * lambda * both_strong) / (1.0 + lambda).powi(2)
}

proptest! {
    #[test]
    fn the_programmes_agree_with_the_closed_form_everywhere(model in prop_oneof![any_model(), hard_model()]) {
        let expected = closed_form(&model);
        let arbitrator = arbitrator(&model).expect("solved").peace;
        let mediator = mediator(&model).expect("solved").peace;
        prop_assert!((arbitrator - expected).abs() < SOLVED, "arbitrator {arbitrator}, closed {expected}");
        prop_assert!((mediator - expected).abs() < SOLVED, "mediator {mediator}, closed {expected}");
    }

    #[test]
    fn nobody_does_better_than_the_arbitrator_and_the_mediator_does_no_worse_than_talk(model in hard_model()) {
        let talk = separating_talk(&model).expect("solved").peace;
        let mediator = mediator_with(&model, &[0.05, 0.2, 0.35]).expect("solved").peace;
        let arbitrator = arbitrator(&model).expect("solved").peace;
        prop_assert!(talk <= mediator + SOLVED);
        prop_assert!(mediator <= arbitrator + SOLVED);
    }

    #[test]
    fn separating_talk_agrees_with_its_closed_form_where_conflict_is_intense(model in intense_model()) {
        let talk = separating_talk(&model).expect("solved").peace;
        prop_assert!((talk - talk_closed_form(&model)).abs() < SOLVED, "{talk}");
    }

    #[test]
    fn mediation_adds_nothing_exactly_where_conflict_is_intense_and_strength_rare(model in intense_model()) {
        let gain = closed_form(&model) - talk_closed_form(&model);
        let (lambda, gamma) = (model.lambda(), model.gamma());
        prop_assert_eq!(2.0 * lambda > gamma, gain > 1e-12);
        // Between these two, what mediation adds is smaller than what the solver can tell from nothing.
        if !(0.1 * ADDS_MIN..=10.0 * ADDS_MIN).contains(&gain) {
            prop_assert_eq!(mediation_adds(&model), Ok(2.0 * lambda > gamma));
        }
    }

    #[test]
    fn where_the_strong_gain_nothing_over_halves_peace_is_certain(model in mild_model()) {
        prop_assert!((mediator(&model).expect("solved").peace - 1.0).abs() < SOLVED);
        prop_assert!((separating_talk(&model).expect("solved").peace - 1.0).abs() < SOLVED);
        prop_assert_eq!(mediation_adds(&model), Ok(false));
    }

    #[test]
    fn every_plan_of_the_mediator_is_obeyed_and_told_the_truth(model in hard_model()) {
        let plan = mediator(&model).expect("solved");
        check_plan(&model, &plan)?;
    }
}
