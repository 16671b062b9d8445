//! What whoever leads an exercise with desks may do to relay and lines meanwhile, a line each on standard input (EXER-23).

use super::scenario::Scenario;
use super::stage::Stage;
use crate::errors;
use backchannel_station::api::Failure;
use std::io::BufRead;
use tokio::sync::mpsc;

/// Longest line that is read.
const LINE_BYTES_MAX: usize = 256;

/// What is said of the lines that are understood.
pub const HELP: &str = "\
Meanwhile, for whoever leads the exercise, a line each:
  relay kill | relay start        the relay dies in mid-beat, and comes back
  cut STATION | mend STATION      its line is cut, and mended
  kill STATION | start STATION    its process dies, and comes back";

/// One thing done to the world the people are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    KillRelay,
    StartRelay,
    Cut(usize),
    Mend(usize),
    Kill(usize),
    Start(usize),
}

/// Lines of standard input as they come; the channel ends with it.
pub fn lines() -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel(8);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if line.len() > LINE_BYTES_MAX || sender.blocking_send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

fn read(scenario: &Scenario, line: &str) -> Result<Option<Turn>, Failure> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let station = |name: &str| {
        let found = scenario.stations.iter().position(|station| station.name == name);
        let names: Vec<&str> = scenario.stations.iter().map(|station| station.name.as_str()).collect();
        found.ok_or_else(|| {
            errors::usage(
                "There is no such station in this exercise.",
                format!("They are: {}.", names.join(", ")),
            )
        })
    };
    Ok(Some(match words.as_slice() {
        [] => return Ok(None),
        ["relay", "kill"] => Turn::KillRelay,
        ["relay", "start"] => Turn::StartRelay,
        ["cut", name] => Turn::Cut(station(name)?),
        ["mend", name] => Turn::Mend(station(name)?),
        ["kill", name] => Turn::Kill(station(name)?),
        ["start", name] => Turn::Start(station(name)?),
        _ => return Err(errors::usage("This is not understood.", HELP)),
    }))
}

/// Does what a line says; true if it said something.
pub async fn take(stage: &mut Stage, scenario: &Scenario, line: &str) -> Result<bool, Failure> {
    let Some(turn) = read(scenario, line)? else { return Ok(false) };
    match turn {
        Turn::KillRelay => stage.kill_relay().await,
        Turn::StartRelay if stage.relay_pid().is_some() => {
            return Err(errors::usage("The relay runs.", "Kill it first: relay kill."));
        }
        Turn::StartRelay => stage.start_relay(None).await?,
        Turn::Cut(who) => stage.place(who)?.sever().await,
        Turn::Mend(who) => stage.mend(who).await?,
        Turn::Kill(who) => stage.place(who)?.kill().await,
        Turn::Start(who) => stage.open(who).await?,
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exer_23_lines_are_understood_or_told_what_would_be() {
        let text = include_str!("../../../../scenarios/quiet-pact.toml");
        let scenario = super::super::scenario::read(text).unwrap();
        assert_eq!(read(&scenario, " relay  kill ").unwrap(), Some(Turn::KillRelay));
        assert_eq!(read(&scenario, "cut alpha-head").unwrap(), Some(Turn::Cut(1)));
        assert_eq!(read(&scenario, "").unwrap(), None);
        let strange = read(&scenario, "cut nobody").unwrap_err();
        assert!(strange.hint.contains("bravo-envoy"), "{strange:?}");
        for bad in ["relay", "cut", "burn everything", "mend alpha-head bravo-head"] {
            assert!(read(&scenario, bad).unwrap_err().hint.contains("relay kill"), "{bad}");
        }
    }
}
