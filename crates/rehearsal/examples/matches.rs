//! Plays noisy matches of strategies against themselves on one core, and prints mean scores beside exact ones, and how
//! many matches a second were played: the median of several runs. `dev/compare` sets this beside another library.

use backchannel_rehearsal::models::repeated::play::Match;
use backchannel_rehearsal::models::repeated::{Game, Machine, Payoffs, Sample, Strategy, exact};
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;
use serde_json::{Value, json};
use std::num::{NonZeroU16, NonZeroU64};
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "matches [--turns N] [--noise E] [--matches N] [--seed S] [--runs N] [--json]";
const STRATEGIES: [Strategy; 8] = [
    Strategy::TitForTat,
    Strategy::Generous(1.0 / 3.0),
    Strategy::Pavlov,
    Strategy::Contrite,
    Strategy::Cooperate,
    Strategy::Defect,
    Strategy::Unforgiving,
    Strategy::Trigger(3),
];

struct Options {
    turns: NonZeroU16,
    noise: f64,
    matches: NonZeroU64,
    seed: u64,
    runs: NonZeroU16,
    json: bool,
}

/// What came of one strategy.
struct Row {
    name: &'static str,
    sample: Sample,
    exact: f64,
    matches_per_second: f64,
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
    let mut options = Options {
        turns: NonZeroU16::new(200).expect("more than none"),
        noise: 0.01,
        matches: NonZeroU64::new(1_000_000).expect("more than none"),
        seed: 1,
        runs: NonZeroU16::new(5).expect("more than none"),
        json: false,
    };
    let mut words = arguments.iter();
    while let Some(flag) = words.next() {
        match flag.as_str() {
            "--turns" => options.turns = value(flag, words.next())?,
            "--noise" => options.noise = value(flag, words.next())?,
            "--matches" => options.matches = value(flag, words.next())?,
            "--seed" => options.seed = value(flag, words.next())?,
            "--runs" => options.runs = value(flag, words.next())?,
            "--json" => options.json = true,
            _ => return Err(format!("`{flag}` is not known")),
        }
    }
    Ok(options)
}

fn value<T: std::str::FromStr>(flag: &str, word: Option<&String>) -> Result<T, String> {
    word.and_then(|word| word.parse().ok()).ok_or_else(|| format!("{flag} needs a number"))
}

fn report(options: &Options) -> Result<String, String> {
    let game = Game::new(Payoffs::STANDARD, options.noise).map_err(|refusal| refusal.to_string())?;
    let rows = STRATEGIES.iter().map(|strategy| row(options, &game, *strategy));
    let rows = rows.collect::<Result<Vec<Row>, _>>().map_err(|refusal| refusal.to_string())?;
    Ok(if options.json { json_text(options, &rows) } else { table(&rows) })
}

#[expect(clippy::disallowed_methods, reason = "measuring needs a clock; nothing in the crate depends on it")]
fn row(
    options: &Options,
    game: &Game,
    strategy: Strategy,
) -> Result<Row, backchannel_rehearsal::models::repeated::RepeatedError> {
    let machine = Machine::of(strategy)?;
    let played = Match::new(game, &machine, &machine, options.turns);
    let run = || {
        let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
        let start = Instant::now();
        let sample = played.sample(options.matches, &mut rng);
        (sample, start.elapsed().as_secs_f64())
    };
    let (sample, first) = run();
    let mut seconds: Vec<f64> = (1..options.runs.get()).map(|_| run().1).chain([first]).collect();
    seconds.sort_by(f64::total_cmp);
    let median = seconds[seconds.len() / 2];
    let [exact, _] = exact::over(game, &machine, &machine, options.turns.into());
    let matches_per_second = options.matches.get() as f64 / median;
    Ok(Row { name: strategy.name(), sample, exact, matches_per_second })
}

fn table(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let ([mean, _], [error, _]) = (row.sample.mean(), row.sample.standard_error());
        let (name, exact, speed) = (row.name, row.exact, row.matches_per_second);
        format!("{name:<12} mean {mean:.6} (error {error:.6}), exact {exact:.6}, {speed:.0} matches a second")
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn json_text(options: &Options, rows: &[Row]) -> String {
    let row = |row: &Row| {
        json!({
            "strategy": row.name,
            "mean": row.sample.mean()[0],
            "standard_error": row.sample.standard_error()[0],
            "exact": row.exact,
            "matches_per_second": row.matches_per_second,
        })
    };
    let rows: Vec<Value> = rows.iter().map(row).collect();
    json!({
        "turns": options.turns,
        "noise": options.noise,
        "matches": options.matches,
        "seed": options.seed,
        "runs": options.runs,
        "results": rows,
    })
    .to_string()
}
