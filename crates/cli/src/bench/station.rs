//! One station of the load: posts a random cell in every seat at every beat, and notes when each beat came back.

use super::line::{self, Opened, RelayAddress};
use super::load::Seats;
use super::since;
use crate::{clock, errors};
use backchannel_station::api::Failure;
use backchannel_wire::Beat;
use backchannel_wire::chain::RoomChain;
use backchannel_wire::frame::{DownFrame, Hello, HelloSlot, Record, UpFrame, UpSlot};
use backchannel_wire::limits::CELL_BYTES;
use rand_core::{OsRng, RngCore};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Barrier;
use tokio::time::{Instant as TokioInstant, sleep_until, timeout_at};

/// What a station posts early in its beat, as a real one does: a twentieth of the beat in.
const POSTING_SHARE: u32 = 20;
/// Beats a station waits for the last ones to come back before it counts them as missed.
const PATIENCE_BEATS: u64 = 3;

/// One station of the load.
pub struct Station {
    /// Where the relay is.
    pub relay: RelayAddress,
    /// Its seats.
    pub seats: Seats,
    /// For how many beats it posts.
    pub beats: u64,
    /// Reached when it is connected.
    pub connected: Arc<Barrier>,
    /// Reached when all have been told to begin.
    pub begin: Arc<Barrier>,
}

/// What a station saw.
#[derive(Default)]
pub struct Counts {
    /// Cells it posted that came back sealed, by the time from the beat's end to their delivery.
    pub delivered: Vec<Duration>,
    /// Cells that came back more than a beat after their beat's end.
    pub late: u64,
    /// Cells that were posted and not sealed, or whose beat did not come back.
    pub missed: u64,
}

/// The relay's beats on this machine's steady clock.
#[derive(Clone, Copy)]
struct Beats {
    first_begins: Instant,
    beat: Duration,
}

impl Beats {
    /// `at` is when the relay's clock showed `now_ms`.
    fn new(at: Instant, now_ms: u64, t0_ms: u64, beat_ms: u32) -> Self {
        let beat = Duration::from_millis(beat_ms.into());
        let age = Duration::from_millis(now_ms.saturating_sub(t0_ms));
        let ahead = Duration::from_millis(t0_ms.saturating_sub(now_ms));
        Self { first_begins: (at + ahead).checked_sub(age).unwrap_or(at), beat }
    }

    fn begins(&self, beat: Beat) -> Instant {
        self.first_begins + self.beat.saturating_mul(u32::try_from(beat.0).unwrap_or(u32::MAX))
    }

    fn current(&self) -> Beat {
        Beat((since(self.first_begins).as_millis() / self.beat.as_millis().max(1)) as u64)
    }
}

impl Station {
    /// Connects, waits for the others, posts, and counts.
    pub async fn run(self) -> Result<Counts, Failure> {
        let Opened { mut sender, mut receiver, accepted, at } =
            line::open(&self.relay, &self.hello(), &self.seats.shape).await?;
        let beats = Beats::new(at, accepted.now.0, accepted.t0.0, accepted.beat_ms);
        self.connected.wait().await;
        self.begin.wait().await;
        let first = beats.current().plus(1);
        let end = first.plus(self.beats);
        let mut tally = Tally::new(first, end, self.seats.rooms.len(), self.seats.seat.index());
        let mut next_post = first;
        let give_up = TokioInstant::from_std(beats.begins(end.plus(PATIENCE_BEATS)));
        while !tally.is_complete() {
            let posting = next_post < end;
            let post_at = beats.begins(next_post) + beats.beat / POSTING_SHARE;
            tokio::select! {
                () = sleep_until(TokioInstant::from_std(post_at)), if posting => {
                    let frame = self.up_frame(next_post, &tally)?;
                    sender.send(frame).await.map_err(|error| errors::from_link(&error))?;
                    next_post = next_post.plus(1);
                }
                frame = timeout_at(give_up, line::receive(&mut receiver, &self.seats.shape)) => match frame {
                    Ok(frame) => tally.take(&frame?, &beats, clock::steady_now()),
                    Err(_) => break,
                }
            }
        }
        Ok(tally.counts())
    }

    fn hello(&self) -> Hello {
        let slot = |(room, token): &(_, backchannel_wire::token::SeatToken)| {
            let chain = RoomChain::new(self.seats.channel, *room, self.seats.capacity).ok()?;
            let position = chain.genesis(0, Beat(0));
            Some(HelloSlot { room: *room, seat: self.seats.seat, token: token.clone(), position })
        };
        Hello { channel: self.seats.channel, slots: self.seats.rooms.iter().filter_map(slot).collect() }
    }

    fn up_frame(&self, beat: Beat, tally: &Tally) -> Result<Vec<u8>, Failure> {
        let slots = tally
            .cursors
            .iter()
            .map(|next| {
                let mut cell = Box::new([0; CELL_BYTES]);
                OsRng.fill_bytes(&mut cell[..]);
                UpSlot { next: *next, cell: Some(cell) }
            })
            .collect();
        let frame = UpFrame { beat, slots }.encode(&self.seats.shape);
        frame.map_err(|error| errors::internal(format!("The load's frame is not sound: {error}.")))
    }
}

/// What has come back so far.
struct Tally {
    first: Beat,
    end: Beat,
    own_seat: usize,
    cursors: Vec<Beat>,
    counts: Counts,
}

impl Tally {
    fn new(first: Beat, end: Beat, rooms: usize, own_seat: usize) -> Self {
        Self { first, end, own_seat, cursors: vec![Beat(0); rooms], counts: Counts::default() }
    }

    fn take(&mut self, frame: &DownFrame, beats: &Beats, at: Instant) {
        for entry in &frame.records {
            let Some(cursor) = self.cursors.get_mut(usize::from(entry.slot)) else { continue };
            match &entry.record {
                Record::Beat { sealed, .. } => {
                    *cursor = sealed.beat.plus(1);
                    if sealed.beat < self.first || sealed.beat >= self.end {
                        continue;
                    }
                    if sealed.cells.get(self.own_seat).is_some_and(Option::is_some) {
                        let after = at.saturating_duration_since(beats.begins(sealed.beat.plus(1)));
                        self.counts.late += u64::from(after > beats.beat);
                        self.counts.delivered.push(after);
                    }
                }
                Record::EmptyRun { last, .. } => *cursor = last.plus(1),
                Record::SegmentStart { first, .. } | Record::Pruned { first, .. } => *cursor = *first,
            }
        }
    }

    fn is_complete(&self) -> bool {
        self.cursors.iter().all(|cursor| *cursor >= self.end)
    }

    fn counts(mut self) -> Counts {
        let posted = self.end.since(self.first).saturating_mul(self.cursors.len() as u64);
        self.counts.missed = posted.saturating_sub(self.counts.delivered.len() as u64);
        self.counts
    }
}
