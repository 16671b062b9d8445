//! Exercises: a case played with a real relay and real stations on loopback, told as it goes, and checked.

mod closing;
mod commands;
mod desks;
mod doing;
mod ending;
mod expecting;
mod faults;
mod journal;
mod leak;
mod limits;
mod needles;
mod observer;
mod place;
mod play;
mod process;
mod proofs;
mod readiness;
mod report;
mod scan;
mod scenario;
mod stage;
mod tap;
mod telling;
mod trainer;

pub use leak::{RelayArgs, run_relay};
pub use tap::{TapArgs, run_tap};

use crate::{clock, errors, screen, until};
use backchannel_station::api::Failure;
use faults::FaultName;
use limits::{SCENARIO_BYTES_MAX, SOCKET_PATH_BYTES_MAX};
use play::Play;
use report::{Report, idle_latency};
use scenario::Scenario;
use stage::Stage;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use telling::Telling;

/// The case that Backchannel is measured by.
pub const QUIET_PACT: &str = include_str!("../../../../scenarios/quiet-pact.toml");
/// The case of three parties in the joint form.
pub const JOINT_STATEMENT: &str = include_str!("../../../../scenarios/joint-statement.toml");
/// A strike that is taken for a breach, and the brake.
pub const FALSE_ALARM: &str = include_str!("../../../../scenarios/false-alarm.toml");
/// The channel is exposed.
pub const LEAK: &str = include_str!("../../../../scenarios/leak.toml");
/// Relay and intermediary cheat during a crisis.
pub const FAITHLESS_COURIER: &str = include_str!("../../../../scenarios/faithless-courier.toml");

/// What is shipped, by name.
/// The exercises that come with the program, by name.
pub const SHIPPED: [(&str, &str); 5] = [
    ("quiet-pact", QUIET_PACT),
    ("joint-statement", JOINT_STATEMENT),
    ("false-alarm", FALSE_ALARM),
    ("leak", LEAK),
    ("faithless-courier", FAITHLESS_COURIER),
];

/// Play an exercise: a case with a real relay and real stations on this machine
///
/// It tells the story as it goes, checks what everyone must see, and ends with what each participant, the relay and a
/// network observer could and could not see. `quiet-pact`, `joint-statement`, `false-alarm`, `leak` and
/// `faithless-courier` are shipped; a path plays your own.
#[derive(clap::Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ExerciseArgs {
    /// quiet-pact, joint-statement, false-alarm, leak, faithless-courier, or the path of a scenario
    scenario: String,
    /// Write the report as JSON to this file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Play it with a fault, which must be caught
    #[arg(long, value_name = "NAME")]
    fault: Option<FaultName>,
    /// Play it up to a step, and then open desks of the intermediary and of each head, to go on by hand
    #[arg(long, conflicts_with_all = ["report", "fault"])]
    desk: bool,
    /// The last step to play before the desks open [default: 3]
    #[arg(long, value_name = "STEP", requires = "desk")]
    step: Option<usize>,
    /// Open no browser: only print the links of the desks
    #[arg(long, requires = "desk")]
    no_open: bool,
    /// Stop at the first check that fails
    #[arg(long)]
    stop_early: bool,
    /// Leave everything in this new directory for inspection
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  backchannel exercise quiet-pact
  backchannel exercise quiet-pact --report report.json --keep /tmp/pact
  backchannel exercise quiet-pact --fault fork --stop-early
  backchannel exercise quiet-pact --desk
  backchannel exercise joint-statement
  backchannel exercise false-alarm
  backchannel exercise my-case.toml";

/// Plays an exercise to its end.
pub fn run(args: &ExerciseArgs, json: bool) -> Result<ExitCode, Failure> {
    let (name, scenario) = load(&args.scenario)?;
    let root = Root::make(args.keep.as_deref(), &scenario)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| errors::internal(format!("No runtime: {}.", errors::reason(&error))))?;
    if args.desk {
        return runtime.block_on(desks::open(args, &scenario, &root.path, json));
    }
    let report = runtime.block_on(async {
        tokio::select! {
            report = play(args, &name, &scenario, &root.path, json) => report,
            // Leaving this scope ends every child, and then the directory goes.
            _ = tokio::signal::ctrl_c() => Err(errors::usage("The exercise was interrupted.", "Play it again when there is time.")),
        }
    })?;
    let text = serde_json::to_value(&report).map_err(|error| errors::internal(error.to_string()))?;
    if let Some(path) = &args.report {
        let pretty =
            serde_json::to_string_pretty(&text).map_err(|error| errors::internal(error.to_string()))?;
        fs::write(path, pretty + "\n").map_err(|error| errors::unwritable(path, &error))?;
    }
    if json {
        crate::out::write(&screen::json_line(&text))?;
    }
    Ok(if report.passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn play(
    args: &ExerciseArgs,
    name: &str,
    scenario: &Scenario,
    root: &Path,
    json: bool,
) -> Result<Report, Failure> {
    let telling = Telling::new(json, scenario.steps.len() + 1);
    telling.title(&scenario.title, &scenario.about);
    if let Some(fault) = args.fault {
        telling.say(&screen::warning(&format!("It is played with the fault {}.", fault.word())));
    }
    let stage = Stage::new(scenario, root.to_owned(), args.fault)?;
    let mut play = Play::new(scenario, stage, &telling, args.fault);
    play.run().await;
    telling.heading("The end");
    let closed = play.close(args.stop_early).await;
    play.tell_ending(&closed);
    let caught_by = play.checks.first_failed().map(|check| caught(check, &play));
    let report = Report {
        v: 1,
        scenario: name.to_owned(),
        fault: args.fault.map(|fault| fault.word().to_owned()),
        passed: play.checks.all_passed(),
        caught_by,
        first_dispatch_seconds: play.first_dispatch,
        seconds: telling.seconds(),
        checks: play.checks.list().to_vec(),
        latency_beats: idle_latency(&closed.read.dispatches),
        dispatches: closed.read.dispatches,
        understandings: closed.read.understandings,
        observer: closed.observer,
        relay: closed.relay,
    };
    telling.heading(&verdict(&report));
    if args.keep.is_some() {
        telling.say(&to_try(root, scenario));
    }
    Ok(report)
}

/// What a failed check is called: an alarm by its own name.
fn caught(check: &str, play: &Play<'_>) -> String {
    match play.surprises().first() {
        Some(surprise) if check == "no-unexpected-alarm" => format!("the alarm {}", surprise.name),
        _ => format!("the check {check}"),
    }
}

fn verdict(report: &Report) -> String {
    let passed = report.checks.iter().filter(|check| check.passed).count();
    let of = report.checks.len();
    let seconds = report.seconds;
    match (&report.caught_by, &report.fault) {
        (None, None) => format!("All {of} checks passed, in {seconds:.1} s."),
        (None, Some(fault)) => {
            format!("All {of} checks passed, in {seconds:.1} s: the fault {fault} was NOT caught.")
        }
        (Some(by), Some(fault)) => format!("The fault {fault} was caught by {by}, after {seconds:.1} s."),
        (Some(by), None) => format!("{passed} of {of} checks passed; {by} came first, after {seconds:.1} s."),
    }
}

/// Three commands to go on with as somebody of the second party.
fn to_try(root: &Path, scenario: &Scenario) -> String {
    let second = stage::parties(scenario).get(1).map(|party| (*party).to_owned());
    let station = scenario.stations.iter().find(|station| station.party == second && station.party.is_some());
    let name = station.map_or("", |station| station.name.as_str());
    let homes = root.join("stations");
    let of = format!(
        "--home {} --passphrase-file {}",
        homes.join(name).display(),
        homes.join(format!("{name}.passphrase")).display()
    );
    format!(
        "Everything is left in {}. To look at it as {name}, start the relay and the station again:\n\n\
         \x20 backchannel relay serve {} &\n\
         \x20 backchannel station run {of} &\n\
         \x20 backchannel record {of}",
        root.display(),
        root.join("relay").display(),
    )
}

/// The scenario of that name or path, checked.
fn load(name: &str) -> Result<(String, Scenario), Failure> {
    let shipped = SHIPPED.iter().find(|(known, _)| *known == name);
    let text = if let Some((_, text)) = shipped {
        (*text).to_owned()
    } else {
        let path = Path::new(name);
        let mut text = String::new();
        let read =
            File::open(path).and_then(|file| file.take(SCENARIO_BYTES_MAX + 1).read_to_string(&mut text));
        read.map_err(|error| errors::unreadable(path, &error))?;
        if text.len() as u64 > SCENARIO_BYTES_MAX {
            return Err(errors::usage(format!("{name} is too long for a scenario."), "Use at most 1 MiB."));
        }
        text
    };
    let scenario = scenario::read(&text).map_err(|fault| {
        errors::usage(format!("{name}, line {}: {}", fault.line, fault.message), fault.hint)
    })?;
    let stem = Path::new(name).file_stem().map_or(name.into(), |stem| stem.to_string_lossy());
    Ok((stem.into_owned(), scenario))
}

/// The directory of an exercise; it goes when the exercise ends, unless it is to be kept.
struct Root {
    path: PathBuf,
    kept: bool,
}

impl Root {
    fn make(keep: Option<&Path>, scenario: &Scenario) -> Result<Self, Failure> {
        let path = match keep {
            Some(dir) => std::path::absolute(dir).map_err(|error| errors::unwritable(dir, &error))?,
            None => std::env::temp_dir().join(format!(
                "backchannel-{}-{}",
                std::process::id(),
                clock::utc_now().0 % 1_000_000
            )),
        };
        let longest = scenario.stations.iter().map(|station| station.name.len()).max().unwrap_or_default();
        let socket = path.as_os_str().as_bytes().len() + "/stations//station.sock".len() + longest;
        if socket > SOCKET_PATH_BYTES_MAX {
            return Err(errors::usage(
                format!("The path {} is too long for the stations' sockets.", path.display()),
                "Choose a shorter one, such as /tmp/pact.",
            ));
        }
        if path.exists() && fs::read_dir(&path).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(errors::usage(
                format!("{} is not empty.", path.display()),
                "Name a directory that does not exist yet.",
            ));
        }
        fs::create_dir_all(&path).map_err(|error| errors::unwritable(&path, &error))?;
        Ok(Self { path, kept: keep.is_some() })
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be removed stays in the directory for temporary files.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}
