//! The desks of an exercise: after some steps of the story, people go on by hand.

use super::commands;
use super::play::Play;
use super::process::Process;
use super::scenario::{Role, Scenario};
use super::stage::Stage;
use super::telling::Telling;
use super::trainer;
use super::{ExerciseArgs, errors, screen, until};
use backchannel_station::api::Failure;
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// The step after which desks open: something lies there to act on.
const STEP: usize = 3;

/// Plays the story up to a step, opens the desks, and waits until it is told to end.
pub async fn open(
    args: &ExerciseArgs,
    scenario: &Scenario,
    root: &Path,
    json: bool,
) -> Result<ExitCode, Failure> {
    let told = until::told_to_stop(false)?;
    tokio::pin!(told);
    let telling = Telling::new(json, scenario.steps.len() + 1);
    telling.title(&scenario.title, &scenario.about);
    let mut play = Play::new(scenario, Stage::new(scenario, root.to_owned(), None)?, &telling, None);
    tokio::select! {
        () = play.run_through(args.step.unwrap_or(STEP)) => {}
        () = &mut told => return Err(errors::usage("The exercise was interrupted.", "Play it again when there is time.")),
    }
    if let Some(failed) = play.checks.first_failed() {
        return Err(errors::usage(
            format!("The exercise stopped at the check {failed}."),
            "Play it without --desk to see why.",
        ));
    }
    let mut desks = Vec::new();
    let mut links = Vec::new();
    for (who, name, label) in sitting(scenario) {
        let caller = play.stage.caller(who)?;
        let line = commands::of_home(commands::desk(args.no_open), &caller.home, &caller.passphrase);
        let log = play.stage.paths.logs().join(format!("{name}.desk.log"));
        let mut desk = Process::start(&play.stage.program, &line, &log)?;
        let link = desk.line().await.and_then(|told| told.get("link")?.as_str().map(str::to_owned));
        let link = link.ok_or_else(|| errors::internal(format!("The desk of {name} did not open.")))?;
        links.push(json!({ "station": name, "label": label, "link": link, "passphrase": format!("the passphrase of {name}") }));
        desks.push(desk);
    }
    tell(&telling, &links, json)?;
    let mut lines = trainer::lines();
    loop {
        tokio::select! {
            () = &mut told => break,
            Some(line) = lines.recv() => {
                let taken = trainer::take(&mut play.stage, scenario, &line).await;
                answer(&telling, &line, taken, json)?;
            }
        }
    }
    for desk in &mut desks {
        desk.stop().await;
    }
    play.stage.close_all(scenario).await;
    play.stage.stop_relay().await;
    Ok(ExitCode::SUCCESS)
}

/// Who gets a desk: the intermediary and the head of each party.
fn sitting(scenario: &Scenario) -> Vec<(usize, String, String)> {
    let here = |role: Role| matches!(role, Role::Intermediary | Role::Head);
    let each =
        scenario.stations.iter().enumerate().filter(|(_, station)| here(station.role) && !station.later);
    each.map(|(who, station)| (who, station.name.clone(), station.label.clone())).collect()
}

/// Says what became of a line of whoever leads the exercise.
fn answer(telling: &Telling, line: &str, taken: Result<bool, Failure>, json: bool) -> Result<(), Failure> {
    let (done, said) = match &taken {
        Ok(false) => return Ok(()),
        Ok(true) => (true, format!("  done: {}", line.trim())),
        Err(failure) => (false, format!("  {} {}", failure.message, failure.hint)),
    };
    telling.say(&said);
    if json {
        let error = taken.err().map(|failure| json!({ "message": failure.message, "hint": failure.hint }));
        crate::out::write(&screen::json_line(
            &json!({ "v": 1, "line": line.trim(), "done": done, "error": error }),
        ))?;
    }
    Ok(())
}

fn tell(telling: &Telling, links: &[Value], json: bool) -> Result<(), Failure> {
    telling.heading("The desks are open. Each link lets one browser in, once.");
    for link in links {
        let text = |key: &str| link.get(key).and_then(Value::as_str).unwrap_or_default();
        telling.say(&format!(
            "\n  {}\n    {}\n    its passphrase is: {}",
            text("label"),
            text("link"),
            text("passphrase")
        ));
    }
    telling.say(&format!("\n{}", trainer::HELP));
    telling.say("\nCtrl-C ends the exercise and removes everything.");
    if json {
        crate::out::write(&screen::json_line(&json!({ "v": 1, "desks": links })))?;
    }
    Ok(())
}
