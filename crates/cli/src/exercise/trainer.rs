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
        let mut stdin = std::io::stdin().lock();
        while let Some(line) = next(&mut stdin) {
            if sender.blocking_send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

/// The next line. Of one that is too long as much as tells that it is not understood; what is no text is taken as far as it is.
fn next(input: &mut impl BufRead) -> Option<String> {
    let mut line = Vec::new();
    loop {
        let bytes = input.fill_buf().ok().filter(|bytes| !bytes.is_empty());
        let Some(bytes) = bytes else {
            return (!line.is_empty()).then(|| String::from_utf8_lossy(&line).into_owned());
        };
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let taken = end.unwrap_or(bytes.len());
        let room = LINE_BYTES_MAX.saturating_sub(line.len());
        line.extend_from_slice(&bytes[..taken.min(room)]);
        let used = taken + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            return Some(String::from_utf8_lossy(&line).into_owned());
        }
    }
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
        Turn::Start(who) if stage.place(who)?.is_open() && !stage.place(who)?.has_died() => {
            return Err(errors::usage("This station runs.", "Kill it first: kill STATION."));
        }
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
        let mut input = [vec![b'x'; 5_000], b"\n\xff\xfe\nrelay kill".to_vec()].concat();
        input.splice(0..0, *b"cut a\n");
        let mut input = input.as_slice();
        let lines: Vec<String> = std::iter::from_fn(|| next(&mut input)).collect();
        assert_eq!((lines.len(), lines[0].as_str(), lines[3].as_str()), (4, "cut a", "relay kill"));
        assert_eq!(lines[1].len(), LINE_BYTES_MAX);
    }
}
