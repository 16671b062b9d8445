//! Keeps the beat connection: one at a time, opened again after a pause that grows.

use super::Event;
use crate::limits::{RECONNECT_BEATS_MAX, RECONNECT_MS_MIN, REFUSED_PAUSES};
use crate::link::{BeatLink, BeatReceiver, BeatSender, LinkError, TlsPin};
use backchannel_wire::UtcMs;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

/// What a connection's tasks report, with the number of the connection.
pub enum LineEvent {
    /// The hello was answered.
    Opened(u64, Box<BeatLink>),
    /// A frame came.
    Frame(u64, Vec<u8>),
    /// The connection failed or ended.
    Ended(u64, LinkError),
}

/// What the shell makes of it.
pub enum News {
    /// The connection is up; the relay's answer to the hello.
    Up(Vec<u8>),
    /// A frame.
    Frame(Vec<u8>),
    /// The connection is down.
    Down,
    /// An event of a connection that was given up.
    Nothing,
}

enum State {
    Idle { retry: UtcMs },
    Opening(JoinHandle<()>),
    Up { frames: mpsc::Sender<Vec<u8>>, tasks: [JoinHandle<()>; 2] },
}

/// The line to the relay.
pub struct Line {
    addr: String,
    pin: TlsPin,
    events: mpsc::Sender<Event>,
    state: State,
    number: u64,
    pause_ms: u64,
    pause_ms_max: u64,
}

impl Line {
    /// A line that opens as soon as there is a hello.
    pub fn new(addr: String, pin: TlsPin, beat_ms: u32, events: mpsc::Sender<Event>) -> Self {
        let state = State::Idle { retry: UtcMs(0) };
        let pause_ms_max = RECONNECT_MS_MIN.max(RECONNECT_BEATS_MAX * u64::from(beat_ms));
        Self { addr, pin, events, state, number: 0, pause_ms: RECONNECT_MS_MIN, pause_ms_max }
    }

    /// Whether it is time to open a connection.
    pub fn should_connect(&self, now: UtcMs) -> bool {
        matches!(self.state, State::Idle { retry } if now >= retry)
    }

    /// Whether frames can be sent.
    pub fn is_up(&self) -> bool {
        matches!(self.state, State::Up { .. })
    }

    /// Opens a connection.
    pub fn connect(&mut self, hello: Zeroizing<Vec<u8>>) {
        self.number += 1;
        let (addr, pin, events, number) = (self.addr.clone(), self.pin, self.events.clone(), self.number);
        let task = tokio::spawn(async move {
            let event = match BeatLink::connect(&addr, pin, hello.to_vec()).await {
                Ok(link) => LineEvent::Opened(number, Box::new(link)),
                Err(error) => LineEvent::Ended(number, error),
            };
            let _ = events.send(Event::Line(event)).await;
        });
        self.state = State::Opening(task);
    }

    /// Takes what a connection's task reports.
    pub fn event(&mut self, event: LineEvent, now: UtcMs) -> News {
        match event {
            LineEvent::Opened(number, link) if number == self.number => {
                let BeatLink { ack, sender, receiver } = *link;
                let (frames, queue) = mpsc::channel(1);
                let tasks = [
                    tokio::spawn(send_all(number, sender, queue, self.events.clone())),
                    tokio::spawn(receive_all(number, receiver, self.events.clone())),
                ];
                self.state = State::Up { frames, tasks };
                News::Up(ack)
            }
            LineEvent::Frame(number, frame) if number == self.number && self.is_up() => {
                // A connection is good once it has carried a beat.
                self.pause_ms = RECONNECT_MS_MIN;
                News::Frame(frame)
            }
            LineEvent::Ended(number, error) if number == self.number => {
                tracing::info!(%error, "the line is down");
                self.drop_for_now(now);
                News::Down
            }
            _ => News::Nothing,
        }
    }

    /// Hands a frame to the connection. One that has not taken the frame of a whole beat ago is given up.
    pub fn send(&mut self, frame: Vec<u8>, now: UtcMs) {
        let full = match &self.state {
            State::Up { frames, .. } => frames.try_send(frame).is_err(),
            _ => false,
        };
        if full {
            self.drop_for_now(now);
        }
    }

    /// Gives the connection up and opens another one at once.
    pub fn reconnect(&mut self) {
        self.end();
        self.state = State::Idle { retry: UtcMs(0) };
    }

    /// Gives the connection up for a while.
    pub fn drop_for_now(&mut self, now: UtcMs) {
        self.end();
        self.state = State::Idle { retry: UtcMs(now.0 + self.pause_ms) };
        self.pause_ms = (self.pause_ms * 2).min(self.pause_ms_max);
    }

    /// The relay refused the hello: trying again soon would only look like guessing tokens.
    pub fn refused(&mut self, now: UtcMs) {
        self.end();
        self.state = State::Idle { retry: UtcMs(now.0 + REFUSED_PAUSES * self.pause_ms_max) };
    }

    /// Ends the line.
    pub fn close(&mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.number += 1;
        match &self.state {
            State::Up { tasks, .. } => tasks.iter().for_each(JoinHandle::abort),
            State::Opening(task) => task.abort(),
            State::Idle { .. } => {}
        }
    }
}

async fn send_all(
    number: u64,
    mut sender: BeatSender,
    mut queue: mpsc::Receiver<Vec<u8>>,
    events: mpsc::Sender<Event>,
) {
    while let Some(frame) = queue.recv().await {
        if let Err(error) = sender.send(frame).await {
            let _ = events.send(Event::Line(LineEvent::Ended(number, error))).await;
            return;
        }
    }
}

async fn receive_all(number: u64, mut receiver: BeatReceiver, events: mpsc::Sender<Event>) {
    loop {
        let (event, last) = match receiver.recv().await {
            Ok(frame) => (LineEvent::Frame(number, frame), false),
            Err(error) => (LineEvent::Ended(number, error), true),
        };
        if events.send(Event::Line(event)).await.is_err() || last {
            return;
        }
    }
}
