//! Results made by hand: invented numbers in the shape of a real study, for pages to be looked at and checked.

use backchannel_rehearsal::results::{
    Assumption, Bar, Choice, Estimate, Lack, OracleRow, Point, Rare, Results, Searched, Variant,
};
use backchannel_rehearsal::run::Cause;

const RUNS: u64 = 40_000;
const YEARS: f64 = 5.0;
const YEAR_DAYS: f64 = 365.0;

/// A share with the interval that so many runs give.
fn share(value: f64) -> Estimate {
    let half = 1.96 * (value * (1.0 - value) / 40_000.0).sqrt();
    Estimate { value, low: (value - half).max(0.0), high: (value + half).min(1.0) }
}

fn plain(value: f64, half: f64) -> Estimate {
    Estimate { value, low: value - half, high: value + half }
}

fn pairs(terms: &[(&str, &str)]) -> Vec<(String, String)> {
    terms.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A variant whose restraint ends at a steady rate a year, and by so much more at each yearly renewal.
fn variant(name: &str, terms: &[(&str, &str)], rate: f64, renewal: f64, parts: [f64; 6]) -> Variant {
    let at = |day: f64| (-rate * day / YEAR_DAYS).exp() * (1.0 - renewal).powf((day / 90.0).floor() / 4.0);
    let days = (0..=365_u32).map(|step| f64::from(step) * 5.0);
    let curve: Vec<Point> = days.map(|day| Point { day, survival: share(at(day)) }).collect();
    let end = at(YEARS * YEAR_DAYS);
    let whole: f64 = parts.iter().sum();
    let causes = Cause::ALL.iter().zip(parts);
    Variant {
        name: name.to_owned(),
        terms: pairs(terms),
        runs: RUNS,
        curve,
        survival_1y: share(at(YEAR_DAYS)),
        survival: share(end),
        causes: causes
            .map(|(cause, part)| (cause.name().to_owned(), share((1.0 - end) * part / whole)))
            .collect(),
        question: share(0.004 + rate * 0.06),
        cost: plain(1.2 + rate * 11.0, 0.03),
        against_first: None,
        rare: Some(rare(name, 1.0 - end)),
    }
}

/// A breakdown by splitting: one found, one found roughly, and none found.
fn rare(name: &str, value: f64) -> Rare {
    let found = Estimate { value, low: value * 0.9, high: value * 1.1 };
    let lacks = (name == "brake-72h").then_some(Lack::Unreached);
    Rare {
        probability: lacks.is_none().then_some(found),
        lacks,
        trials: 160_000,
        repeats: 32,
        is_rough: name == "brake-24h",
    }
}

fn variants() -> Vec<Variant> {
    let mut all = vec![
        variant(
            "with-channel",
            &[("brake", "24h"), ("courier", "faithful")],
            0.052,
            0.006,
            [3.0, 2.0, 2.5, 1.0, 0.6, 0.4],
        ),
        variant("without-channel", &[("courier", "none")], 0.31, 0.012, [9.0, 4.0, 6.0, 1.0, 0.5, 0.8]),
        variant("brake-0h", &[("brake", "0h")], 0.118, 0.006, [5.0, 3.0, 3.5, 1.0, 2.6, 0.4]),
        variant("brake-6h", &[("brake", "6h")], 0.083, 0.006, [4.0, 2.4, 3.0, 1.0, 1.5, 0.4]),
        variant("brake-24h", &[("brake", "24h")], 0.052, 0.006, [3.0, 2.0, 2.5, 1.0, 0.6, 0.4]),
        variant("brake-72h", &[("brake", "72h")], 0.0485, 0.006, [2.7, 1.9, 2.4, 1.2, 0.5, 0.4]),
        variant("courier-faithful", &[("courier", "faithful")], 0.052, 0.006, [3.0, 2.0, 2.5, 1.0, 0.6, 0.4]),
        variant("courier-absent", &[("courier", "absent")], 0.21, 0.03, [8.0, 3.0, 5.0, 1.0, 0.7, 3.0]),
        variant(
            "courier-faithless",
            &[("courier", "faithless")],
            0.162,
            0.009,
            [6.0, 2.5, 4.0, 2.2, 1.0, 0.6],
        ),
    ];
    let first = all[0].survival.value;
    for one in all.iter_mut().skip(1) {
        let gap = one.survival.value - first;
        one.against_first = Some(plain(gap, 0.0021));
    }
    all
}

fn bar(name: &str, values: (&str, &str), survival: (f64, f64), is_term: bool) -> Bar {
    Bar {
        name: name.to_owned(),
        values: (values.0.to_owned(), values.1.to_owned()),
        survival: (share(survival.0), share(survival.1)),
        is_term,
        difference: plain(survival.1 - survival.0, 0.004),
        runs: RUNS / 4,
    }
}

fn tornado() -> Vec<Bar> {
    vec![
        bar("false_alarms_per_year", ("0.5", "12"), (0.841, 0.522), false),
        bar("brake", ("0h", "72h"), (0.538, 0.761), true),
        bar("attribution.false_alarm.breach", ("0.2", "0.9"), (0.812, 0.631), false),
        bar("reply", ("2h", "48h"), (0.792, 0.664), true),
        bar("channel.courier_hours", ("0.1", "24"), (0.771, 0.668), false),
        bar("notice", ("24h", "90d"), (0.703, 0.774), true),
        bar("impatience_per_year", ("0.1", "2"), (0.769, 0.712), false),
        bar("read-back", ("no", "yes"), (0.718, 0.748), true),
        bar("duration", ("180d", "1y"), (0.736, 0.757), true),
        bar("complaint", ("12h", "72h"), (0.743, 0.751), true),
        bar("batching", ("0h", "24h"), (0.748, 0.744), true),
    ]
}

fn choice(brake: &str, reply: &str, survival: f64, cost: f64, on_frontier: bool) -> Choice {
    Choice {
        terms: pairs(&[("brake", brake), ("reply", reply)]),
        survival: share(survival),
        cost: plain(cost, 0.05),
        on_frontier,
        runs: RUNS / 4,
    }
}

fn frontier() -> Vec<Choice> {
    vec![
        choice("0h", "48h", 0.512, 0.9, true),
        choice("6h", "24h", 0.633, 1.15, true),
        choice("12h", "12h", 0.702, 1.6, true),
        choice("24h", "12h", 0.748, 2.1, true),
        choice("48h", "6h", 0.779, 3.0, true),
        choice("72h", "2h", 0.797, 4.4, true),
        choice("0h", "2h", 0.571, 2.2, false),
        choice("6h", "2h", 0.662, 2.7, false),
        choice("12h", "48h", 0.641, 1.9, false),
        choice("24h", "48h", 0.688, 2.5, false),
        choice("48h", "48h", 0.716, 3.4, false),
        choice("72h", "48h", 0.727, 4.1, false),
        choice("72h", "24h", 0.744, 4.6, false),
    ]
}

fn assumption(key: &str, value: &str, source: Option<&str>, matters: Option<f64>) -> Assumption {
    Assumption { key: key.to_owned(), value: value.to_owned(), source: source.map(str::to_owned), matters }
}

fn assumptions() -> Vec<Assumption> {
    vec![
        assumption("both.false_alarms_per_year", "4", None, Some(0.319)),
        assumption(
            "both.attribution.false_alarm.breach",
            "0.5",
            Some(
                "Jervis, Perception and Misperception in International Politics (1976), ch. 4: order of magnitude only",
            ),
            Some(0.181),
        ),
        assumption("channel.courier_hours", "1", Some("measured on scenarios/quiet-pact"), Some(0.103)),
        assumption("both.impatience_per_year", "0.5", None, Some(0.057)),
        assumption(
            "first.accidents_per_year",
            "0.7",
            Some("Gottemoeller and others, incidents at sea 1972 to 1990"),
            None,
        ),
        assumption("both.non_party_acts_per_year", "3", None, None),
        assumption(
            "first.rule",
            "contrite",
            Some("Wu and Axelrod, Journal of Conflict Resolution 39 (1995)"),
            None,
        ),
    ]
}

fn oracle(name: &str, source: &str, expected: f64, got: f64) -> OracleRow {
    OracleRow {
        name: name.to_owned(),
        source: source.to_owned(),
        expected,
        got,
        passed: (expected - got).abs() < 1e-6,
    }
}

fn oracles() -> Vec<OracleRow> {
    let mediation = "Hörner, Morelli, Squintani, Review of Economic Studies 82 (2015)";
    vec![
        oracle("mediator value at p .8, theta .8, q .5", mediation, 0.857_142_857, 0.857_142_857_142_9),
        oracle("mediator value at p .7, theta .8, q .2", mediation, 0.930_909, 0.930_909_090_9),
        oracle("generous tit-for-tat in the long run, noise 1 %", "closed form", 2.970_322, 2.970_322_18),
        oracle("no two incidents within 7 days for 5 years, 4 a year", "Erlang", 0.252_529, 0.252_529_41),
    ]
}

/// The quiet pact in nine variants.
pub fn results() -> Results {
    let steps = [100_u64, 300, 1_000, 3_000, 10_000, 20_000, 40_000];
    let drift = [0.06, -0.035, 0.018, -0.008, 0.004, -0.001, 0.0];
    let end = variants()[0].survival.value;
    let convergence = steps.iter().zip(drift).map(|(runs, drift)| {
        #[expect(clippy::cast_precision_loss, reason = "a count of runs")]
        let half = 1.96 * (0.19 / *runs as f64).sqrt();
        (*runs, plain(end + drift, half))
    });
    Results {
        title: "The quiet pact, with and without the channel".to_owned(),
        notice: "It predicts nothing.".to_owned(),
        seed: 20_260_117,
        years: YEARS,
        level: 0.95,
        partial: false,
        variants: variants(),
        terms: pairs(&[("brake", "24h"), ("reply", "12h"), ("notice", "72h")]),
        tornado: tornado(),
        left_out: vec!["temptation".to_owned()],
        frontier: frontier(),
        best: frontier().get(4).cloned(),
        searched: Some(Searched {
            cost_max: Some(3.5),
            looked_at: 13,
            impossible: 2,
            whole: true,
            keeps_cost: true,
            chosen_by: Some(share(0.786)),
        }),
        convergence: convergence.collect(),
        oracles: oracles(),
        assumptions: assumptions(),
        remarks: vec![
            ("mediation-adds-nothing".to_owned(), pairs(&[("p", "0.8"), ("theta", "0.8"), ("q", "0.3")])),
            (
                "faster-reporting-destroys".to_owned(),
                pairs(&[("D", "0.5"), ("a", "0.6065"), ("b", "0.9048")]),
            ),
        ],
    }
}
