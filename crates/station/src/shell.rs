//! Joins the machine to the clock, the vault, the line and the local socket. Decides nothing.

mod clock;
mod line;
mod waiters;

use self::clock::Clock;
use self::line::{Line, LineEvent};
use self::waiters::Waiters;
use crate::api::{ErrorKind, Failure, Request, Response};
use crate::limits::{LAST_TURNS, SHELL_QUEUE_MAX};
use crate::link::{TlsPin, lobby_call};
use crate::machine::{Effect, Machine, spaces};
use crate::setup::SetupError;
use crate::socket::Listener;
use crate::store::{Batch, Space};
use crate::vault::{Passphrase, Vault, VaultError};
use backchannel_wire::RoomId;
use rand_core::{OsRng, RngCore};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use zeroize::Zeroizing;

/// A record of what was said: its name and its bytes.
type Said = (Vec<u8>, Vec<u8>);

/// How a station runs.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// Reach the relay at this address in place of the invitation's; its pin stays.
    pub via: Option<String>,
    /// End when standard input ends: for a station whose parent may die.
    pub until_stdin_closes: bool,
}

/// Something that happened outside.
enum Event {
    Command(Request, oneshot::Sender<Response>),
    Line(LineEvent),
    Lobby(u64, Option<Vec<u8>>),
    Stop,
}

struct Shell {
    machine: Machine,
    vault: Vault,
    clock: Clock,
    line: Line,
    waiters: Waiters,
    answers: std::collections::BTreeMap<u64, oneshot::Sender<Response>>,
    next_ticket: u64,
    events: mpsc::Sender<Event>,
    stopping: bool,
    addr: String,
    pin: TlsPin,
}

/// Runs the station of a home until it is told to stop.
pub async fn run(home: &Path, passphrase: Passphrase, options: RunOptions) -> Result<(), SetupError> {
    #[cfg(feature = "sabotage")]
    if let Ok(name) = std::env::var("BACKCHANNEL_SABOTAGE") {
        crate::sabotage::choose(&name);
    }
    let clock = Clock;
    let mut vault = Vault::open(home, &passphrase)?;
    drop(passphrase);
    let records = load_all(&mut vault)?;
    let mut seed = [0; 32];
    OsRng.fill_bytes(&mut seed);
    let machine = Machine::load(records, seed, clock.now())?;
    let (addr, pin) = machine.relay();
    let addr = options.via.clone().unwrap_or(addr);
    let listener = Listener::bind(&home.join("station.sock"))?;
    let (events, mut inbox) = mpsc::channel(SHELL_QUEUE_MAX);
    let sockets = tokio::spawn(serve_commands(listener, events.clone()));
    watch_signals(&events, options.until_stdin_closes);
    let pin = TlsPin(pin);
    let line = Line::new(addr.clone(), pin, machine.metronome().1, events.clone());
    let mut shell = Shell {
        machine,
        vault,
        clock,
        line,
        waiters: Waiters::default(),
        answers: Default::default(),
        next_ticket: 0,
        events,
        stopping: false,
        addr,
        pin,
    };
    tracing::info!("the station runs");
    let result = shell.live(&mut inbox).await;
    // The last answers are written by tasks of this one thread: each is given its turns before the socket goes.
    for _ in 0..LAST_TURNS {
        tokio::task::yield_now().await;
    }
    sockets.abort();
    let _ = std::fs::remove_file(home.join("station.sock"));
    tracing::info!("the station stops");
    result
}

/// Everything a vault holds that the machine is made from.
pub fn load_all(vault: &mut Vault) -> Result<crate::machine::Records, VaultError> {
    let mut records = Vec::new();
    for space in spaces::ALL {
        records.extend(vault.load(space)?);
    }
    Ok(records)
}

async fn serve_commands(listener: Listener, events: mpsc::Sender<Event>) {
    let error = listener
        .serve(move |request: Value| {
            let events = events.clone();
            async move {
                let response = ask(request, &events).await;
                serde_json::to_value(response).unwrap_or(Value::Null)
            }
        })
        .await;
    tracing::error!(%error, "the local socket failed");
}

async fn ask(request: Value, events: &mpsc::Sender<Event>) -> Response {
    let stopped = || {
        Response::Error(Failure::new(
            ErrorKind::Unreachable,
            "The station is stopping.",
            "Start it again with `backchannel station run`.",
        ))
    };
    let request: Request = match serde_json::from_value(request) {
        Ok(request) => request,
        Err(error) => {
            return Response::Error(Failure::new(
                ErrorKind::Usage,
                format!("The request is not understood: {error}."),
                "Use the command line of the same version.",
            ));
        }
    };
    let (answer, answered) = oneshot::channel();
    if events.send(Event::Command(request, answer)).await.is_err() {
        return stopped();
    }
    answered.await.unwrap_or_else(|_| stopped())
}

fn watch_signals(events: &mpsc::Sender<Event>, stdin: bool) {
    let stop = events.clone();
    tokio::spawn(async move {
        use tokio::signal::unix::{SignalKind, signal};
        let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
        else {
            return;
        };
        tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
        let _ = stop.send(Event::Stop).await;
    });
    if stdin {
        let stop = events.clone();
        // A thread of its own: a read of standard input cannot be cancelled, and must not hold up the end.
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
            let _ = stop.blocking_send(Event::Stop);
        });
    }
}

impl Shell {
    async fn live(&mut self, inbox: &mut mpsc::Receiver<Event>) -> Result<(), SetupError> {
        let mut last_built = None;
        let mut next_tick = self.clock.now();
        self.carry_out()?;
        while !self.stopping {
            if self.line.should_connect(self.clock.now())
                && let Some(hello) = self.machine.hello()
            {
                self.line.connect(hello);
            }
            let (t0, beat_ms) = self.machine.metronome();
            let due = self.clock.next_beat(t0, beat_ms, self.machine.offset_ms(), last_built);
            let wake =
                due.wait_ms.min(self.clock.until(next_tick)).min(self.waiters.wait_ms(self.clock.now()));
            tokio::select! {
                biased;
                event = inbox.recv() => match event {
                    Some(event) => self.event(event)?,
                    None => self.stopping = true,
                },
                () = tokio::time::sleep(Duration::from_millis(wake)) => {}
            }
            if let Some(beat) = self.clock.beat_now(t0, beat_ms, self.machine.offset_ms(), last_built) {
                last_built = Some(beat);
                if self.line.is_up() {
                    self.machine.build(beat, self.clock.now());
                    self.carry_out()?;
                    // The connection takes it now. Then: a disk that was slow, or a machine that stood still in between.
                    tokio::task::yield_now().await;
                    if self.clock.is_over(beat, t0, beat_ms, self.machine.offset_ms()) {
                        self.machine.left_late(beat);
                    }
                }
            }
            if self.clock.now() >= next_tick {
                next_tick = backchannel_wire::UtcMs(self.clock.now().0 + u64::from(beat_ms));
                self.machine.tick(self.clock.now());
                self.carry_out()?;
            }
            self.waiters.serve(&self.machine, self.clock.now());
        }
        self.line.close();
        Ok(())
    }

    fn event(&mut self, event: Event) -> Result<(), SetupError> {
        let now = self.clock.now();
        match event {
            Event::Stop => self.stopping = true,
            Event::Command(Request::Watch { since, timeout_ms }, answer) => {
                self.waiters.add(since, now, timeout_ms, answer);
            }
            Event::Command(request, answer) => {
                self.next_ticket += 1;
                self.answers.insert(self.next_ticket, answer);
                self.machine.command(self.next_ticket, request, now);
            }
            Event::Lobby(ticket, reply) => self.machine.lobby(ticket, reply.as_deref(), now),
            Event::Line(event) => match self.line.event(event, now) {
                line::News::Up(ack) => {
                    if !self.machine.accepted(&ack, now) {
                        self.line.refused(now);
                    }
                }
                line::News::Frame(frame) => self.machine.frame(&frame, now),
                line::News::Down => self.machine.disconnected(now),
                line::News::Nothing => {}
            },
        }
        self.carry_out()
    }

    /// Carries out the machine's effects in order. A batch that cannot be made durable ends the station: nothing that
    /// rests on it may leave.
    fn carry_out(&mut self) -> Result<(), SetupError> {
        while let Some(effect) = self.machine.effect() {
            match effect {
                Effect::Persist(batch) => self.vault.commit(&batch)?,
                Effect::Frame(frame) => self.line.send(frame, self.clock.now()),
                Effect::Reconnect => self.line.reconnect(),
                Effect::Lobby(ticket, request) => self.ask_lobby(ticket, &request),
                Effect::Reply(ticket, response) => self.answer(ticket, response),
                Effect::Lock(ticket) => {
                    let result = self.vault.lock();
                    if result.is_ok() {
                        self.machine.locked(self.clock.now());
                    }
                    self.done(ticket, result);
                }
                Effect::Unlock(ticket, passphrase) => {
                    let result = self.unlock(&passphrase);
                    self.done(ticket, result);
                }
                Effect::Verify(ticket, passphrase) => {
                    let result = self.verify(&passphrase).map_err(|error| failure(&error));
                    self.machine.verified(ticket, result, self.clock.now());
                }
                Effect::Burn(ticket, room, day) => {
                    let result = self.burn(room, day);
                    self.done(ticket, result);
                }
                Effect::Stop(ticket) => {
                    self.answer(ticket, Response::Ok(json!({ "v": 1, "done": true })));
                    self.stopping = true;
                }
            }
        }
        Ok(())
    }

    fn ask_lobby(&self, ticket: u64, request: &backchannel_wire::lobby::LobbyRequest) {
        let (addr, pin, events) = (self.addr.clone(), self.pin, self.events.clone());
        let request = request.encode();
        tokio::spawn(async move {
            let reply = match request {
                Ok(request) => lobby_call(&addr, pin, request.to_vec()).await.ok(),
                Err(_) => None,
            };
            let _ = events.send(Event::Lobby(ticket, reply)).await;
        });
    }

    fn unlock(&mut self, passphrase: &Zeroizing<String>) -> Result<(), VaultError> {
        let passphrase = Passphrase::new(Zeroizing::new(passphrase.as_bytes().to_vec()))?;
        self.vault.unlock(&passphrase)?;
        if self.machine.is_locked() {
            let records = self.said()?;
            self.machine.unlocked(records, self.clock.now());
        }
        Ok(())
    }

    /// Whether the passphrase is the vault's; an open vault stays open. A locked one refuses: it would be opened.
    fn verify(&mut self, passphrase: &Zeroizing<String>) -> Result<(), VaultError> {
        let passphrase = Passphrase::new(Zeroizing::new(passphrase.as_bytes().to_vec()))?;
        if self.vault.is_locked() {
            return Err(VaultError::Locked);
        }
        self.vault.unlock(&passphrase)
    }

    fn said(&mut self) -> Result<Vec<Said>, VaultError> {
        let records = self.vault.load(spaces::RECORD)?;
        Ok(records.into_iter().map(|(key, value)| (key.id, value.to_vec())).collect())
    }

    /// Burns a room's records of one day, or all of them; what the room needs to go on is written anew.
    fn burn(&mut self, room: RoomId, day: Option<u32>) -> Result<(), VaultError> {
        let records = self.said()?;
        let outlives = self.machine.outlives_burn(room, day, &records);
        drop(records);
        match day {
            Some(day) => self.vault.burn_day(room, day, &outlives)?,
            None => {
                // What the machine says of a record counts: some of what its room would go on with goes as well.
                let mut survivors = self.survivors(room)?;
                survivors.extend(outlives);
                self.vault.burn_room(room, &survivors)?;
            }
        }
        let records = self.said()?;
        self.machine.burned(room, day, records, self.clock.now());
        Ok(())
    }

    fn survivors(&mut self, room: RoomId) -> Result<Batch, VaultError> {
        let mut batch = Batch::new();
        let keep = |space: &Space| *space != spaces::RECORD;
        for space in spaces::ALL.into_iter().filter(keep) {
            for (key, value) in self.vault.load(space)? {
                if key.room == Some(room) {
                    batch.put(key, value);
                }
            }
        }
        Ok(batch)
    }

    fn done(&mut self, ticket: u64, result: Result<(), VaultError>) {
        let response = match result {
            Ok(()) => Response::Ok(json!({ "v": 1, "done": true })),
            Err(error) => Response::Error(failure(&error)),
        };
        self.answer(ticket, response);
    }

    fn answer(&mut self, ticket: u64, response: Response) {
        if let Some(answer) = self.answers.remove(&ticket) {
            // Whoever asked may have gone; the answer concerns nobody else.
            let _ = answer.send(response);
        }
    }
}

fn failure(error: &VaultError) -> Failure {
    let kind = match error {
        VaultError::WrongPassphrase | VaultError::BadPassphrase(_) => ErrorKind::WrongPassphrase,
        VaultError::Locked => ErrorKind::Locked,
        VaultError::Limit(_) => ErrorKind::Refused,
        _ => ErrorKind::Internal,
    };
    Failure::new(kind, sentence(&error.to_string()), sentence(error.hint()))
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}
