//! The stage of an exercise: a directory, a relay and the stations, all real processes on loopback.

use super::commands;
use super::faults::FaultName;
use super::limits::JOIN_BEATS_MAX;
use super::place::{Caller, Paths, Place, failed, until_it_listens};
use super::process::{self, Process};
use super::readiness::{is_ready, until_ready};
use super::scenario::{Role, Scenario, Station};
use crate::errors;
use backchannel_station::api::Failure;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::task::JoinSet;

/// Everything that runs in an exercise.
pub struct Stage {
    /// The program that plays every part.
    pub program: PathBuf,
    /// Where everything lies.
    pub paths: Paths,
    /// The stations, as in the cast.
    pub places: Vec<Place>,
    relay_address: SocketAddr,
    relay: Option<Process>,
    fault: Option<FaultName>,
    beat: Duration,
}

impl Stage {
    /// Makes the directory; nothing runs yet.
    pub fn new(scenario: &Scenario, root: PathBuf, fault: Option<FaultName>) -> Result<Self, Failure> {
        let program = process::this_program()?;
        let paths = Paths { root };
        for dir in paths.all() {
            let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&dir);
            made.map_err(|error| errors::unwritable(&dir, &error))?;
        }
        let mut places = Vec::new();
        for station in &scenario.stations {
            let caller = Caller::new(&program, &paths, &station.name);
            write_secret(&caller.passphrase, &format!("the passphrase of {}\n", station.name))?;
            places.push(Place::new(caller, &station.name));
        }
        Ok(Self {
            program,
            paths,
            places,
            relay_address: free_address()?,
            relay: None,
            fault: fault.filter(|fault| fault.is_the_relays()),
            beat: Duration::from_millis(scenario.beat_ms),
        })
    }

    /// Starts the relay, convenes the channel and lets every station that is there from the beginning join.
    pub async fn convene(&mut self, scenario: &Scenario) -> Result<(), Failure> {
        let init = commands::relay_init(&self.paths.relay(), self.relay_address);
        let made = process::run(&self.program, &init).await?;
        let text = |name: &str| made.answer.get(name).and_then(Value::as_str).map(str::to_owned);
        let (Some(pin), Some(token)) = (text("pin"), text("operator_token_file")) else {
            return Err(failed(format!("`relay init` ended with {}: {}", made.exit, made.problem)));
        };
        self.start_relay(None).await?;
        for (place, station) in self.places.iter_mut().zip(&scenario.stations) {
            if !station.later {
                place.mend(&self.paths, self.relay_address).await?;
            }
        }
        let parties = parties(scenario);
        let line = commands::convene(
            self.relay_address,
            &pin,
            Path::new(&token),
            &scenario.channel,
            &parties,
            scenario.beat_ms,
        );
        let first = self.places.first_mut().ok_or_else(|| errors::internal("There is no intermediary."))?;
        let convened = first.caller.must(line).await?;
        first.open(&self.paths).await?;
        self.join_all(scenario, &invitations(&convened)).await
    }

    /// Each party joins on its own, all at once: first its head, then whom the head adds.
    async fn join_all(
        &mut self,
        scenario: &Scenario,
        invited: &BTreeMap<String, String>,
    ) -> Result<(), Failure> {
        let mut parties = JoinSet::new();
        let mut waiting: BTreeMap<String, Vec<(usize, Station, Place)>> = BTreeMap::new();
        let mut back: Vec<Option<Place>> = Vec::new();
        for (index, (place, station)) in self.places.drain(..).zip(&scenario.stations).enumerate() {
            match (&station.party, station.later) {
                (Some(party), false) => {
                    waiting.entry(party.clone()).or_default().push((index, station.clone(), place));
                    back.push(None);
                }
                _ => back.push(Some(place)),
            }
        }
        for (party, mut members) in waiting {
            members.sort_by_key(|(_, station, _)| station.role != Role::Head);
            let invitation = invited.get(&party).cloned().unwrap_or_default();
            let (paths, limit) = (self.paths.clone(), self.join_limit());
            parties.spawn(async move {
                let done = join_party(&paths, &invitation, &mut members, limit).await;
                (members, done)
            });
        }
        let mut outcome = Ok(());
        while let Some(joined) = parties.join_next().await {
            let (members, done) =
                joined.map_err(|_| errors::internal("A party's joining was broken off."))?;
            outcome = outcome.and(done);
            for (index, _, place) in members {
                if let Some(slot) = back.get_mut(index) {
                    *slot = Some(place);
                }
            }
        }
        self.places = back.into_iter().flatten().collect();
        outcome?;
        self.until_all_are_ready(scenario).await
    }

    fn join_limit(&self) -> Duration {
        self.beat.saturating_mul(u32::try_from(JOIN_BEATS_MAX).unwrap_or(u32::MAX))
    }

    /// Waits until every open station has joined its rooms and vouched for everyone in them.
    pub async fn until_all_are_ready(&self, scenario: &Scenario) -> Result<(), Failure> {
        let open: Vec<_> =
            self.places.iter().zip(&scenario.stations).filter(|(place, _)| place.is_open()).collect();
        let members: Vec<_> = open.iter().map(|(_, station)| *station).collect();
        for (place, station) in &open {
            until_ready(&place.caller, self.join_limit(), |status| is_ready(status, station, &members))
                .await?;
        }
        Ok(())
    }

    /// Adds a station that joins later, through the head of its party.
    pub async fn add(&mut self, head: usize, station: usize, cast: &Station) -> Result<Value, Failure> {
        let (paths, relay, limit) = (self.paths.clone(), self.relay_address, self.join_limit());
        let head = self.caller(head)?;
        let place = self.place(station)?;
        place.mend(&paths, relay).await?;
        let answer = add_delegate(&paths, &head, place, cast).await?;
        until_ready(&place.caller, limit, |status| status.get("phase") == Some(&Value::from("ready")))
            .await?;
        Ok(answer)
    }

    /// The commands of a station.
    pub fn caller(&self, who: usize) -> Result<Caller, Failure> {
        self.places
            .get(who)
            .map(|place| place.caller.clone())
            .ok_or_else(|| errors::internal("The cast has no such station."))
    }

    /// A station's place.
    pub fn place(&mut self, who: usize) -> Result<&mut Place, Failure> {
        self.places.get_mut(who).ok_or_else(|| errors::internal("The cast has no such station."))
    }

    /// Mends a station's line.
    pub async fn mend(&mut self, who: usize) -> Result<(), Failure> {
        let (paths, relay) = (self.paths.clone(), self.relay_address);
        self.place(who)?.mend(&paths, relay).await
    }

    /// Starts a station's process.
    pub async fn open(&mut self, who: usize) -> Result<(), Failure> {
        let paths = self.paths.clone();
        self.place(who)?.open(&paths).await
    }

    /// Stops a station's process, in order.
    pub async fn close(&mut self, who: usize) -> Result<(), Failure> {
        match self.place(who)?.close().await {
            true => Ok(()),
            false => Err(failed("The station did not stop in order.")),
        }
    }

    /// Starts the relay; with the fault, if the exercise is played with one of the relay's.
    /// A fault of the story begins at once.
    pub async fn start_relay(&mut self, fault: Option<FaultName>) -> Result<(), Failure> {
        let dir = self.paths.relay();
        let line = match fault.or(self.fault) {
            Some(fault) => commands::relay_with_fault(&dir, fault.word()),
            None => commands::relay_serve(&dir),
        };
        let mut relay = Process::start(&self.program, &line, &self.paths.relay_logs().join("relay.log"))?;
        until_it_listens(self.relay_address, &mut relay).await?;
        if fault.is_some() {
            relay.write("begin\n").await;
        }
        self.relay = Some(relay);
        Ok(())
    }

    /// Lets the relay's fault begin.
    pub async fn begin_fault(&mut self) {
        if let (Some(_), Some(relay)) = (self.fault, self.relay.as_mut()) {
            relay.write("begin\n").await;
        }
    }

    /// Kills the relay with signal 9.
    pub async fn kill_relay(&mut self) {
        if let Some(mut relay) = self.relay.take() {
            relay.kill().await;
        }
    }

    /// Stops the relay in order. Says whether it did.
    pub async fn stop_relay(&mut self) -> bool {
        match self.relay.take() {
            Some(mut relay) => relay.stop().await,
            None => true,
        }
    }

    /// The relay's process id, if it runs.
    pub fn relay_pid(&self) -> Option<u32> {
        self.relay.as_ref().map(Process::pid)
    }

    /// Stops every station, then every line; names those that did not stop in order.
    pub async fn close_all(&mut self, scenario: &Scenario) -> Vec<String> {
        let mut unruly = Vec::new();
        for (place, station) in self.places.iter_mut().zip(&scenario.stations) {
            place.journal.stop();
            if !place.close().await {
                unruly.push(station.name.clone());
            }
        }
        for place in &mut self.places {
            place.sever().await;
        }
        unruly
    }
}

/// The party labels in order of their heads, as the intermediary convenes them.
pub fn parties(scenario: &Scenario) -> Vec<&str> {
    let heads = scenario.stations.iter().filter(|station| station.role == Role::Head && !station.later);
    heads.filter_map(|station| station.party.as_deref()).collect()
}

fn invitations(convened: &Value) -> BTreeMap<String, String> {
    let list = convened.get("invitations").and_then(Value::as_array);
    let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).map(str::to_owned);
    list.into_iter()
        .flatten()
        .filter_map(|one| Some((text(one, "label")?, text(one, "invitation")?)))
        .collect()
}

async fn join_party(
    paths: &Paths,
    invitation: &str,
    members: &mut [(usize, Station, Place)],
    limit: Duration,
) -> Result<(), Failure> {
    let Some(((_, station, head), others)) = members.split_first_mut() else { return Ok(()) };
    accept(paths, head, &station.name, invitation).await?;
    until_ready(&head.caller, limit, |status| status.get("phase") == Some(&Value::from("ready"))).await?;
    for (_, station, place) in others {
        add_delegate(paths, &head.caller, place, station).await?;
    }
    Ok(())
}

async fn add_delegate(
    paths: &Paths,
    head: &Caller,
    place: &mut Place,
    cast: &Station,
) -> Result<Value, Failure> {
    let answer = head.must(commands::delegation_add(cast.role.word(), &cast.label)).await?;
    let invitation = answer.get("invitation").and_then(Value::as_str).unwrap_or_default().to_owned();
    accept(paths, place, &cast.name, &invitation).await?;
    Ok(answer)
}

async fn accept(paths: &Paths, place: &mut Place, name: &str, invitation: &str) -> Result<(), Failure> {
    let file = paths.drafts().join(format!("{name}.invitation"));
    write_secret(&file, invitation)?;
    place.caller.must(commands::accept(&file)).await?;
    place.open(paths).await
}

/// An address on loopback where nothing listens now.
fn free_address() -> Result<SocketAddr, Failure> {
    let bound = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    bound.map_err(|error| errors::internal(format!("No port is free: {}.", errors::reason(&error))))
}

/// Writes a file that only its owner reads.
pub fn write_secret(path: &Path, text: &str) -> Result<(), Failure> {
    let file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| errors::unwritable(path, &error))
}

#[cfg(test)]
mod tests {
    use super::{invitations, parties};
    use crate::exercise::scenario::read;
    use serde_json::json;

    #[test]
    fn parties_and_invitations_are_read() {
        let scenario = read(crate::exercise::QUIET_PACT).unwrap();
        assert_eq!(parties(&scenario).len(), 2);
        let convened = json!({ "invitations": [{ "label": "a", "invitation": "x" }, { "label": "b" }] });
        assert_eq!(invitations(&convened).get("a").map(String::as_str), Some("x"));
        assert_eq!(invitations(&convened).len(), 1);
    }
}
