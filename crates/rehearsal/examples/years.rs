//! Rehearses the shipped scenario on one core: prints, for each variant, what it came to, and how many channel-years were
//! run a minute; then the plain one over one core and over all. A channel-year is a year of 365 days in which restraint held.

use backchannel_rehearsal::results::{Point, Variant};
use backchannel_rehearsal::run::{Cause, Trial};
use backchannel_rehearsal::scenario::will_it_hold;
use backchannel_rehearsal::statistics::Level;
use backchannel_rehearsal::study::{Arm, Control, Plan, variants};
use backchannel_rehearsal::world::Rehearsal;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "years [RUNS] [NAME=VALUE ...]";
const YEAR_MS: f64 = 365.0 * 86_400_000.0;
const SEED: u64 = 7;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let runs = args.next().map_or(Ok(20_000), |text| text.parse::<u64>());
    let changes: Option<Vec<(String, String)>> = args
        .map(|pair| pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())))
        .collect();
    let (Ok(runs), Some(changes)) = (runs, changes) else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    let all = match will_it_hold() {
        Ok(variants) => variants,
        Err(faults) => {
            eprintln!("{faults}");
            return ExitCode::FAILURE;
        }
    };
    let heads = ["runs", "1 y", "all", "question", "incidents/y", "cost/y", "years/min", "us/year"];
    println!("{:>20} {}", "", heads.map(|head| format!("{head:>11}")).join(" "));
    let mut plain = None;
    for (name, _, rehearsal) in all {
        match rehearsal.vary_all(&changes) {
            Ok(rehearsal) => {
                measure(&name, &rehearsal, runs);
                plain.get_or_insert(rehearsal);
            }
            Err((_, faults)) => eprintln!("{name}: {faults}"),
        }
    }
    plain.iter().for_each(|rehearsal| over_threads(rehearsal, runs.saturating_mul(4)));
    ExitCode::SUCCESS
}

/// The plain variant as a study runs it: on one thread, on two, and so on up to all that there are, and how much that
/// gains.
#[expect(
    clippy::disallowed_methods,
    reason = "an example may read the clock: it measures how long runs take"
)]
fn over_threads(rehearsal: &Rehearsal, runs: u64) {
    let all = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut one = None;
    for threads in (1..=all).filter(|threads| threads.is_power_of_two() || *threads == all) {
        let dates = Plan::even_dates(rehearsal.horizon_ms(), 121);
        let Ok(plan) = Plan::new(SEED, runs, dates, Level::NINETY_FIVE) else { return };
        let arm = Arm { name: "plain".to_owned(), terms: Vec::new(), trial: rehearsal };
        let control = Control { threads: NonZeroUsize::new(threads), ..Control::default() };
        let began = Instant::now();
        let held = match variants(&[arm], &plan, &control) {
            Ok(study) => study.found.iter().map(mean_years).sum::<f64>() * runs as f64,
            Err(error) => return eprintln!("{error}"),
        };
        let took = began.elapsed().as_secs_f64();
        let pace = held / took * 60.0;
        let gain = pace / *one.get_or_insert(pace);
        println!("{threads} threads: {pace:.0} channel-years a minute, {gain:.2} times one thread");
    }
}

/// The mean of the years that restraint held: the area under its curve, by trapezes.
fn mean_years(variant: &Variant) -> f64 {
    let days = |pair: &[Point]| {
        (pair[1].day - pair[0].day) * (pair[0].survival.value + pair[1].survival.value) / 2.0
    };
    variant.curve.windows(2).map(days).sum::<f64>() / 365.0
}

#[expect(
    clippy::disallowed_methods,
    reason = "an example may read the clock: it measures how long runs take"
)]
fn measure(name: &str, rehearsal: &Rehearsal, runs: u64) {
    let began = Instant::now();
    let (mut held, mut question, mut incidents, mut cost) = (0u64, 0u64, 0u64, 0.0);
    let (mut year, mut causes) = (0u64, [0u64; Cause::ALL.len()]);
    for run in 0..runs {
        let run = rehearsal.run(SEED, run);
        (held, question) = (held + run.held_ms, question + run.question_ms);
        (incidents, cost) = (incidents + u64::from(run.incidents), cost + run.cost);
        year += u64::from(run.held_ms as f64 >= YEAR_MS);
        for (count, cause) in causes.iter_mut().zip(Cause::ALL) {
            *count += u64::from(run.cause == Some(cause));
        }
    }
    let took = began.elapsed().as_secs_f64();
    let (years, share) = (held as f64 / YEAR_MS, |count: u64| count as f64 / runs as f64);
    let all = 1.0 - share(causes.iter().sum());
    let rates = (question as f64 / held as f64, incidents as f64 / years, cost / years);
    let (pace, each) = (years / took * 60.0, took / years * 1e6);
    println!(
        "{name:>20} {runs:>11} {:>11.4} {all:>11.4} {:>11.4} {:>11.2} {:>11.2} {pace:>11.0} {each:>11.1}",
        share(year),
        rates.0,
        rates.1,
        rates.2
    );
    let causes = causes
        .map(share)
        .into_iter()
        .zip(Cause::ALL)
        .map(|(share, cause)| format!("{} {share:.3}", cause.name()));
    println!("{:>20} {}", "", causes.collect::<Vec<_>>().join(", "));
}
