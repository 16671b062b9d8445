//! Rehearses the small case of REH-29 on one core: how often restraint holds to the horizon, why it ends, the same from
//! the chain that solves it exactly, and how many years were run a second. `dev/compare` sets this beside Mesa.

use backchannel_rehearsal::absorb::{Case, Outlook};
use backchannel_rehearsal::model::{Faults, Model, Shared};
use backchannel_rehearsal::run::{Cause, Run, Trial};
use backchannel_rehearsal::scenario::PACT;
use backchannel_rehearsal::world::{Rehearsal, read_text};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "agents --model FILE --brake SPAN --term SPAN [--lives N] [--seed S]";
const YEAR_MS: f64 = 365.0 * 86_400_000.0;

#[derive(Default)]
struct Options {
    model: String,
    brake: String,
    term: String,
    lives: u64,
    seed: u64,
}

/// What came of all lives.
#[derive(Default)]
struct Sum {
    survived: u64,
    causes: [u64; Cause::ALL.len()],
    years: f64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match options(&arguments).and_then(|options| report(&options)) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn options(arguments: &[String]) -> Result<Options, String> {
    let mut options = Options { lives: 100_000, seed: 1, ..Options::default() };
    let mut words = arguments.iter();
    while let Some(flag) = words.next() {
        match flag.as_str() {
            "--model" => options.model = value(flag, words.next())?,
            "--brake" => options.brake = value(flag, words.next())?,
            "--term" => options.term = value(flag, words.next())?,
            "--lives" => options.lives = value(flag, words.next())?,
            "--seed" => options.seed = value(flag, words.next())?,
            _ => return Err(format!("`{flag}` is not known")),
        }
    }
    Ok(options)
}

fn value<T: std::str::FromStr>(flag: &str, word: Option<&String>) -> Result<T, String> {
    word.and_then(|word| word.parse().ok()).ok_or_else(|| format!("{flag} needs a value"))
}

fn report(options: &Options) -> Result<String, String> {
    if options.lives == 0 {
        return Err("--lives needs at least one".to_owned());
    }
    let model = std::fs::read_to_string(&options.model).map_err(|e| format!("{}: {e}", options.model))?;
    let rehearsal = small(&model, options).map_err(|faults| faults.to_string())?;
    let case = Case::of(&rehearsal).map_err(|fault| fault.to_string())?;
    let beat_ms = rehearsal.model().shared(Shared::BeatSeconds) * 1_000.0;
    let exact = case.after((rehearsal.horizon_ms() as f64 / beat_ms) as u64);
    let (sum, seconds) = run(options, &rehearsal);
    Ok(text(options, &sum, exact, seconds).to_string())
}

/// The quiet pact with the terms of the case, in its world.
fn small(model: &str, options: &Options) -> Result<Rehearsal, Faults> {
    let plain = Rehearsal::new(&read_text(PACT)?, &Model::parse(model)?)?;
    let (term, brake) = (options.term.as_str(), options.brake.as_str());
    let terms = [("lasts", term), ("renewal", term), ("brake", brake), ("complaint", "0")];
    terms.iter().try_fold(plain, |rehearsal, (name, value)| rehearsal.vary(name, value))
}

#[expect(clippy::disallowed_methods, reason = "measuring needs a clock; nothing in the crate depends on it")]
fn run(options: &Options, rehearsal: &Rehearsal) -> (Sum, f64) {
    let began = Instant::now();
    let mut sum = Sum::default();
    for life in 0..options.lives {
        sum.add(&rehearsal.run(options.seed, life));
    }
    (sum, began.elapsed().as_secs_f64())
}

impl Sum {
    fn add(&mut self, run: &Run) {
        self.survived += u64::from(run.cause.is_none());
        for (count, cause) in self.causes.iter_mut().zip(Cause::ALL) {
            *count += u64::from(run.cause == Some(cause));
        }
        self.years += run.held_ms as f64 / YEAR_MS;
    }
}

fn text(options: &Options, sum: &Sum, exact: Outlook, seconds: f64) -> Value {
    let causes = Cause::ALL.iter().zip(sum.causes).map(|(cause, count)| (cause.name(), count));
    let counts: BTreeMap<_, _> = causes.chain([("survival", sum.survived)]).collect();
    json!({
        "lives": options.lives,
        "counts": counts,
        "years_per_second": sum.years / seconds,
        "exact": {
            "survival": exact.survival,
            "false-alarm": exact.false_alarm,
            "accident": exact.accident,
            "lapse": exact.lapse,
        },
    })
}
