//! Rehearses the shipped scenario on one core: prints, for each variant, what it came to, and how many channel-years were
//! run a minute. A channel-year is a year of 365 days in which restraint held.

use backchannel_rehearsal::run::{Cause, Trial};
use backchannel_rehearsal::scenario::will_it_hold;
use backchannel_rehearsal::world::Rehearsal;
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
    let variants = match will_it_hold() {
        Ok(variants) => variants,
        Err(faults) => {
            eprintln!("{faults}");
            return ExitCode::FAILURE;
        }
    };
    let heads = ["runs", "1 y", "all", "question", "incidents/y", "cost/y", "years/min", "us/year"];
    println!("{:>20} {}", "", heads.map(|head| format!("{head:>11}")).join(" "));
    for (name, _, rehearsal) in variants {
        let varied = changes.iter().try_fold(rehearsal, |varied, (name, value)| varied.vary(name, value));
        match varied {
            Ok(rehearsal) => measure(&name, &rehearsal, runs),
            Err(faults) => eprintln!("{name}: {faults}"),
        }
    }
    ExitCode::SUCCESS
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
