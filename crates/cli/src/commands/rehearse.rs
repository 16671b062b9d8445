use crate::global::Global;
use crate::out::Report;
use crate::screen::one_line;
use crate::{client, errors, input, out, runtime, until};
use backchannel_accord::claims::Exported;
use backchannel_rehearsal::inquiry::{
    Answer, Choices, Inquiry, InquiryError, NOTICE, Named, Part, Saved, Watched,
};
use backchannel_rehearsal::model::Model;
use backchannel_rehearsal::report::{self, Lang, plots};
use backchannel_rehearsal::results::{Assumption, Estimate, Lack, Rare, Results};
use backchannel_rehearsal::statistics::Level;
use backchannel_rehearsal::study::Progress;
use backchannel_rehearsal::world::{Rehearsal, read_text};
use backchannel_rehearsal::{model, scenario};
use backchannel_station::api::{Failure, Request};
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Try an understanding's terms in a world of assumptions: would restraint hold?
///
/// Runs the text many times over the same rules the stations run, with false alarms, accidents, acts of others and breaches drawn
/// from a model. It predicts nothing: it says what would follow if the assumptions were true, and repeats them. Nothing leaves this
/// machine. Ctrl-C ends it with what there is.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The text: a file, or the id of an understanding of the running station
    #[arg(required_unless_present = "scenario", conflicts_with = "scenario")]
    understanding: Option<String>,
    /// A scenario that ships: will-it-hold
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// A file of assumptions (docs/spec/rehearsal.md); without it all are the illustrative ones
    #[arg(long, value_name = "FILE", conflicts_with = "scenario")]
    model: Option<PathBuf>,
    /// An exported register of claims (`claims export`), from which the assumptions take credences
    #[arg(long, value_name = "FILE", requires = "model")]
    claims: Option<PathBuf>,
    /// A file of variants to compare side by side (docs/spec/rehearsal.md, REH-30)
    #[arg(long, value_name = "FILE", conflicts_with = "scenario")]
    study: Option<PathBuf>,
    /// Try these values of a term or assumption, in every combination: brake=0h..72h or brake=0h,24h; may be repeated
    #[arg(long, value_name = "TERM=RANGE", value_parser = choices)]
    vary: Vec<Choices>,
    /// Look for the best among these values; may be repeated
    #[arg(long, value_name = "TERM=RANGE", value_parser = choices)]
    search: Vec<Choices>,
    /// The most that false alarms may cost a year, in the model's unit, where the best is looked for
    #[arg(long, value_name = "COST", requires = "search")]
    cost_max: Option<f64>,
    /// How many years are looked at; else those of the model
    #[arg(long, value_name = "YEARS")]
    years: Option<f64>,
    /// How often each variant is run
    #[arg(long, value_name = "RUNS", default_value_t = 4_000)]
    runs: u64,
    /// The same seed gives the same result, on any number of threads
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
    /// The level of all intervals
    #[arg(long, value_name = "LEVEL", default_value_t = 0.95)]
    level: f64,
    /// Also estimate breakdowns that are too rare to be seen in so many runs, by splitting (docs/spec/rehearsal.md)
    #[arg(long)]
    rare: bool,
    /// Do not try every term and assumption alone
    #[arg(long)]
    no_tornado: bool,
    /// Write a page with plots, for a browser or for paper
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Write the curves alone, as a picture
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// The language of the page: en, fr, ru, ar, fa or he
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = lang)]
    lang: Lang,
    /// Threads; all the machine has without it
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Where an interrupted rehearsal is kept, and gone on with from there
    #[arg(long, value_name = "FILE")]
    rest: Option<PathBuf>,
}

/// Choices of terms that are told; a screen holds no more.
const CHOICES_SHOWN: usize = 24;

const EXAMPLES: &str = "\
Examples:
  backchannel rehearse --scenario will-it-hold --report will-it-hold.html
  backchannel rehearse pact.toml --model world.toml --years 5 --runs 20000
  backchannel rehearse 4f2a91c0 --vary brake=0h..72h --vary reply=2h,12h
  backchannel rehearse pact.toml --search brake=0h..72h --cost-max 3
  backchannel rehearse pact.toml --model world.toml --claims register.toml
  backchannel rehearse pact.toml --model sturdy.toml --rare";

fn choices(text: &str) -> Result<Choices, String> {
    Choices::parse(text).map_err(|error| error.to_string())
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::of(text).ok_or_else(|| "it is one of en, fr, ru, ar, fa and he".to_owned())
}

pub fn run(args: &Args, global: &Global) -> Result<ExitCode, Failure> {
    let inquiry = inquiry(args, global)?;
    let saved = saved(args.rest.as_deref())?;
    let answer = watch_over(&inquiry, args, &saved)?;
    keep(args.rest.as_deref(), &answer)?;
    let results = &answer.results;
    if let Some(path) = &args.report {
        std::fs::write(path, report::html(results, args.lang))
            .map_err(|error| errors::unwritable(path, &error))?;
    }
    if let Some(path) = &args.plot {
        let plot = plots::alone(&plots::survival(results, args.lang, plots::Width::Wide), args.lang);
        std::fs::write(path, plot).map_err(|error| errors::unwritable(path, &error))?;
    }
    let json = serde_json::from_str::<Value>(&report::json(results))
        .map_err(|error| errors::internal(format!("The results cannot be written: {error}.")))?;
    out::report(&Report { json, text: told(results, args) }, global)
}

/// What is asked, refused before anything runs if it cannot be.
fn inquiry(args: &Args, global: &Global) -> Result<Inquiry, Failure> {
    let level = Level::new(args.level)
        .map_err(|error| errors::usage(errors::sentence(&error.to_string()), "Add `--level 0.95`."))?;
    let (title, variants) = match &args.scenario {
        Some(name) => (name.clone(), of_scenario(name, args)?),
        None => of_text(args, global)?,
    };
    Ok(Inquiry {
        title,
        seed: args.seed,
        runs: args.runs,
        level,
        variants,
        rare: args.rare,
        tornado: !args.no_tornado,
        choices: args.vary.clone(),
        search: args.search.clone(),
        cost_max: args.cost_max,
    })
}

fn of_scenario(name: &str, args: &Args) -> Result<Vec<Named>, Failure> {
    if name != "will-it-hold" {
        return Err(errors::usage(
            format!("There is no scenario {name} to rehearse."),
            "There is will-it-hold.",
        ));
    }
    let all =
        scenario::will_it_hold().map_err(|faults| faulty(Path::new("scenarios/will-it-hold"), &faults))?;
    let named = |(name, terms, rehearsal): scenario::Variant| {
        Ok(Named { name, terms, rehearsal: with_years(rehearsal, args.years)? })
    };
    all.into_iter().map(named).collect()
}

/// The text of a file, or of an understanding of the running station.
fn of_text(args: &Args, global: &Global) -> Result<(String, Vec<Named>), Failure> {
    let given = args.understanding.as_deref().unwrap_or_default();
    let path = Path::new(given);
    let text = match path.exists() || given == "-" {
        true => input::text(path)?.to_string(),
        false => of_station(given, global)?,
    };
    let text = read_text(&text).map_err(|faults| faulty(path, &faults))?;
    let model = model_of(args)?;
    let rehearsal = Rehearsal::new(&text, &model).map_err(|faults| faulty(path, &faults))?;
    let rehearsal = with_years(rehearsal, args.years)?;
    let Some(study) = &args.study else {
        return Ok((
            given.to_owned(),
            vec![Named { name: "plain".to_owned(), terms: Vec::new(), rehearsal }],
        ));
    };
    let all =
        scenario::variants(&input::text(study)?, &rehearsal).map_err(|faults| faulty(study, &faults))?;
    Ok((
        given.to_owned(),
        all.into_iter().map(|(name, terms, rehearsal)| Named { name, terms, rehearsal }).collect(),
    ))
}

/// The assumptions, with what a register of claims says where they refer to it.
fn model_of(args: &Args) -> Result<Model, Failure> {
    let Some(path) = &args.model else { return Ok(Model::default()) };
    let text = input::text(path)?;
    let model = match &args.claims {
        Some(register) => Model::parse_with(&text, &register_of(register)?),
        None => Model::parse(&text),
    };
    model.map_err(|faults| faulty(path, &faults))
}

fn register_of(path: &Path) -> Result<Exported, Failure> {
    Exported::read(&input::long_text(path)?).map_err(|error| {
        errors::usage(
            format!("{}: {}", path.display(), errors::sentence(&error.to_string())),
            "Write one with `backchannel claims export`.",
        )
    })
}

fn of_station(id: &str, global: &Global) -> Result<String, Failure> {
    let shown =
        client::ask(global, &Request::UnderstandingShow { id: id.to_owned() }).map_err(|failure| {
            let hint = format!("{} Or name the file of a text: there is no file {id}.", failure.hint);
            Failure { hint, ..failure }
        })?;
    let file = shown["file"].as_str().map(str::to_owned);
    file.ok_or_else(|| errors::usage("Its text was burned here.", "Rehearse a file of it."))
}

fn with_years(rehearsal: Rehearsal, years: Option<f64>) -> Result<Rehearsal, Failure> {
    match years {
        Some(years) => rehearsal
            .vary("years", &years.to_string())
            .map_err(|faults| faulty(Path::new("--years"), &faults)),
        None => Ok(rehearsal),
    }
}

/// Every fault with its line; the hint of the first.
fn faulty(path: &Path, faults: &model::Faults) -> Failure {
    let one = |fault: &model::Fault| match fault.line {
        Some(line) => format!("{}, line {line}: {}", path.display(), fault.problem),
        None => format!("{}: {}", path.display(), fault.problem),
    };
    let all: Vec<String> = faults.0.iter().map(one).collect();
    let hint = faults.0.first().map(|fault| fault.hint.clone()).unwrap_or_default();
    errors::usage(format!("{}.", all.join(";\n")), errors::sentence(&hint))
}

fn saved(path: Option<&Path>) -> Result<Saved, Failure> {
    let Some(path) = path.filter(|path| path.exists()) else { return Ok(Saved::default()) };
    serde_json::from_str(&input::long_text(path)?).map_err(|_| {
        errors::usage(
            format!("{} is not what an interrupted rehearsal left.", path.display()),
            "Name another file with --rest, or remove this one and begin again.",
        )
    })
}

/// Keeps what an interrupted rehearsal made; of one that came to its end nothing is left to go on with.
fn keep(path: Option<&Path>, answer: &Answer) -> Result<(), Failure> {
    let Some(path) = path else { return Ok(()) };
    let unwritable = |error: &std::io::Error| errors::unwritable(path, error);
    if !answer.results.partial {
        return match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unwritable(&error)),
            _ => Ok(()),
        };
    }
    let text = serde_json::to_vec(&answer.saved)
        .map_err(|error| errors::internal(format!("What was made cannot be written: {error}.")))?;
    // What was kept before stays whole until this is.
    let new = path.with_added_extension("new");
    std::fs::write(&new, text).and_then(|()| std::fs::rename(&new, path)).map_err(|error| unwritable(&error))
}

/// Makes the runs, tells how far they are, and stops when it is told to.
fn watch_over(inquiry: &Inquiry, args: &Args, saved: &Saved) -> Result<Answer, Failure> {
    let stop = AtomicBool::new(false);
    let told = AtomicU64::new(u64::MAX);
    let on_screen = std::io::stderr().is_terminal();
    let progress = |part: Part, at: Progress| tell(&told, on_screen, part, at);
    let watched = Watched { progress: &progress, stop: &stop, threads: args.threads };
    let runtime = runtime::one_thread()?;
    let answer = std::thread::scope(|scope| {
        let work = scope.spawn(|| inquiry.answer(watched, saved));
        runtime.block_on(async {
            let interrupted = until::told_to_stop(false)?;
            tokio::pin!(interrupted);
            while !work.is_finished() {
                let look = tokio::time::sleep(std::time::Duration::from_millis(20));
                tokio::select! {
                    () = &mut interrupted, if !stop.load(Ordering::Relaxed) => stop.store(true, Ordering::Relaxed),
                    () = look => {}
                }
            }
            Ok(())
        })?;
        work.join().map_err(|_| errors::internal("The rehearsal ended with a fault of the program."))
    })?;
    if on_screen {
        eprintln!();
    }
    answer.map_err(|error| refused(&error))
}

/// A line that is written over on a terminal; elsewhere one for each tenth.
fn tell(told: &AtomicU64, on_screen: bool, part: Part, at: Progress) {
    let percent = at.done.saturating_mul(100) / at.all.max(1);
    let step = if on_screen { percent } else { percent / 10 * 10 };
    let mark = step + 1_000 * (part as u64);
    if told.swap(mark, Ordering::Relaxed) == mark {
        return;
    }
    let line = if on_screen {
        format!("\r{}: {percent} %          ", part.name())
    } else {
        format!("{}: {step} %\n", part.name())
    };
    // Who does not read it misses no result.
    let _ = std::io::stderr().write_all(line.as_bytes());
}

fn refused(error: &InquiryError) -> Failure {
    let hint = match error {
        InquiryError::Value { .. } => "Choose another value with --vary or --search.",
        InquiryError::Combinations(_) => "Name fewer values with --vary.",
        InquiryError::Years(_) => "Write --years 5.",
        InquiryError::Twice(_) => "Write --vary brake=0h,24h,72h.",
        InquiryError::Cost(_) => "Write --cost-max 3.",
        InquiryError::Study(_) | InquiryError::Rare(_) => "Change what the sentence names, and run it again.",
    };
    errors::usage(errors::sentence(&error.to_string()), hint)
}

/// A table, what mattered most, and that it predicts nothing. Names and sources come from files.
fn told(results: &Results, args: &Args) -> String {
    let mut text = format!("{NOTICE}\n\n");
    if results.partial {
        text.push_str("It was interrupted: what follows rests on fewer runs than were asked for.\n\n");
    }
    table(&mut text, results);
    text.push_str(&rare(results));
    choices_of(&mut text, results);
    searched(&mut text, results);
    mattered(&mut text, results);
    let failed = results.oracles.iter().filter(|one| !one.passed).count();
    let _ =
        write!(text, "\n{} published answers were computed again; {failed} differ.", results.oracles.len());
    if let Some(path) = &args.report {
        let _ = write!(text, "\nThe page with plots is {}.", path.display());
    }
    if results.partial
        && let Some(path) = &args.rest
    {
        let _ = write!(text, "\nRun the same command again to go on from {}.", path.display());
    }
    text
}

/// Every variant: how probably restraint holds for a year, if so long is looked at, and to the end.
fn table(text: &mut String, results: &Results) {
    let (years, level) = (results.years, results.level * 100.0);
    let end = if years == 1.0 { "one year".to_owned() } else { format!("{years:.1} years") };
    let has_year = years > 1.0;
    let year = if has_year { format!(" {:>24}", "one year") } else { String::new() };
    let _ = writeln!(text, "Probability that restraint holds, with intervals at the level {level} %:\n");
    let _ = writeln!(text, "  {:<22}{year} {end:>26}", "variant");
    for one in &results.variants {
        let year = if has_year { format!(" {:>24}", share(&one.survival_1y)) } else { String::new() };
        let _ = writeln!(text, "  {:<22}{year} {:>26}", one_line(&one.name), share(&one.survival));
    }
}

/// Choices of terms, where they stand in no table above; those that no other betters first.
fn choices_of(text: &mut String, results: &Results) {
    let shown = |terms: &[(String, String)]| results.variants.iter().any(|one| one.terms == terms);
    let mut choices: Vec<_> = results.frontier.iter().filter(|one| !shown(&one.terms)).collect();
    if choices.is_empty() {
        return;
    }
    choices.sort_by_key(|one| !one.on_frontier);
    let _ = writeln!(
        text,
        "\nChoices of terms (* no other is better in both), with the cost of false alarms a year:\n"
    );
    for one in choices.iter().take(CHOICES_SHOWN) {
        let mark = if one.on_frontier { '*' } else { ' ' };
        let _ = writeln!(
            text,
            "{mark} {:>26} {:>8.2}  {}",
            share(&one.survival),
            one.cost.value,
            terms(&one.terms)
        );
    }
    if choices.len() > CHOICES_SHOWN {
        let _ = writeln!(text, "  and {} more, with --json", choices.len() - CHOICES_SHOWN);
    }
}

fn searched(text: &mut String, results: &Results) {
    let Some(how) = &results.searched else { return };
    let limit = how.cost_max.map(|cost| format!(" that cost at most {cost} a year")).unwrap_or_default();
    let _ = match &results.best {
        Some(best) => {
            writeln!(text, "\nBest of the terms{limit}: {} ({}).", terms(&best.terms), share(&best.survival))
        }
        None if results.partial => writeln!(text, "\nIt was interrupted before the best was found."),
        None => writeln!(text, "\nNone of the {} combinations keeps within the cost.", how.looked_at),
    };
    if results.best.is_some() && !how.keeps_cost {
        text.push_str("By fresh random numbers it costs more than that: do not rely on it.\n");
    }
    if !how.whole && !results.partial {
        text.push_str("There were too many combinations to look at all: one term at a time was changed.\n");
    }
    if how.impossible > 0 {
        let _ = writeln!(text, "{} combinations contradict themselves and were left out.", how.impossible);
    }
}

/// What moved the result most, if that was looked at.
fn mattered(text: &mut String, results: &Results) {
    let most: Vec<&Assumption> =
        results.assumptions.iter().filter(|one| one.matters.is_some()).take(5).collect();
    if most.is_empty() {
        text.push_str(
            "\nWhich assumptions matter most was not looked at. All of them are in the page and in --json.\n",
        );
        return;
    }
    let all: Vec<String> = most.into_iter().map(|one| assumption(one, results)).collect();
    let _ = writeln!(text, "\nAssumptions that mattered most:\n{}", all.join("\n"));
    if !results.left_out.is_empty() {
        let _ = writeln!(
            text,
            "Not tried, for an end of their range contradicts the rest: {}.",
            results.left_out.join(", ")
        );
    }
}

fn terms(terms: &[(String, String)]) -> String {
    let all: Vec<String> = terms.iter().map(|(name, value)| format!("{name} {value}")).collect();
    one_line(&all.join(", "))
}

/// Breakdowns by splitting, if that was asked for.
fn rare(results: &Results) -> String {
    let of = |one: &Rare| match (&one.probability, one.lacks) {
        (Some(found), _) => {
            let rough = if one.is_rough { ", rough: begin with more --runs" } else { "" };
            let (value, low, high) = (found.value, found.low, found.high);
            format!("{value:.2e} ({low:.2e} to {high:.2e}) by {} trials{rough}", one.trials)
        }
        (None, Some(Lack::Stopped)) => "none: stopped before there was anything to show".to_owned(),
        (None, _) => "none: no trial came to a breakdown; begin with more --runs".to_owned(),
    };
    let row = |(name, one): (&str, &Rare)| format!("  {:<22} {}\n", one_line(name), of(one));
    let found = results.variants.iter().filter_map(|one| Some((one.name.as_str(), one.rare.as_ref()?)));
    let rows: String = found.map(row).collect();
    if rows.is_empty() {
        return rows;
    }
    format!("\nProbability that restraint ends within {:.1} years, by splitting:\n\n{rows}", results.years)
}

fn share(one: &Estimate) -> String {
    format!("{:.1} % ({:.1} to {:.1})", one.value * 100.0, one.low * 100.0, one.high * 100.0)
}

fn assumption(one: &Assumption, results: &Results) -> String {
    let source = one.source.as_deref().unwrap_or("illustrative");
    let bar = results.tornado.iter().find(|bar| !bar.is_term && is_of(&one.key, &bar.name));
    let matters = bar.map(|bar| {
        let points = |value: f64| value * 100.0;
        let Estimate { value, low, high } = bar.difference;
        let (value, low, high) = (points(value), points(low), points(high));
        let (from, to) = &bar.values;
        format!(", from {from} to {to} it moves it by {value:+.1} points ({low:+.1} to {high:+.1})")
    });
    let line = format!("{} = {} ({source}{})", one.key, one.value, matters.unwrap_or_default());
    format!("  {}", one_line(&line))
}

/// Whether a key of the model is what was varied under a name.
fn is_of(key: &str, name: &str) -> bool {
    key == name || key.strip_suffix(name).is_some_and(|before| before.ends_with('.'))
}
