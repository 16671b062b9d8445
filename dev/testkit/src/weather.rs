//! What goes wrong without anybody's ill will: frames lost, late and repeated, lines cut, processes killed.
//!
//! Each station has a budget of frames it may lose, below what the alarms tolerate, so that any alarm is a finding.

use crate::world::World;
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

/// Frames a station may lose in a run: below WITHHELD's and GAP's windows together with what a relay's deaths cost.
const LOSSES_MAX: u32 = 6;

/// How often things go wrong, in thousandths of a beat and station.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Odds {
    /// A frame does not arrive.
    pub lost: u32,
    /// A frame arrives when its beat has ended.
    pub late: u32,
    /// A frame arrives twice.
    pub repeated: u32,
    /// A frame of the relay comes a beat late.
    pub down_late: u32,
    /// The line is cut for some beats.
    pub cut: u32,
    /// The station's process dies between any two of its effects, and is started some beats later.
    pub crash: u32,
    /// The relay's process dies, in thousandths of a beat.
    pub relay: u32,
    /// A lobby call fails, half of the times after the relay has done what it was asked.
    pub lobby: u32,
    /// The longest time away, in beats.
    pub away_max: u32,
}

/// What becomes of the relay in a beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RelayFate {
    Lives,
    DiesUnsealed,
    DiesUndelivered,
}

/// What becomes of a frame.
#[derive(Default)]
pub(crate) struct FrameFate {
    pub lost: bool,
    pub late: bool,
    pub repeated: bool,
    pub then_cut: bool,
}

/// What becomes of a lobby call.
#[derive(Default)]
pub(crate) struct LobbyFate {
    pub unsent: bool,
    pub unanswered: bool,
}

/// The weather of a run; all of it follows from its seed.
pub struct Weather {
    odds: Odds,
    rng: ChaCha20Rng,
    relay_back: Option<u64>,
    relay_deaths_left: u32,
}

impl Weather {
    /// Nothing goes wrong.
    pub fn fair() -> Self {
        Self::new(0, Odds::default())
    }

    /// Weather with these odds.
    pub fn new(seed: u64, odds: Odds) -> Self {
        Self {
            odds,
            rng: ChaCha20Rng::seed_from_u64(seed ^ 0x7765_6174_6865_7221),
            relay_back: None,
            relay_deaths_left: 2,
        }
    }

    /// Weather whose odds are drawn too.
    pub fn drawn(seed: u64) -> Self {
        let mut weather = Self::new(seed, Odds::default());
        let mut up_to = |max: u32| weather.below(max + 1);
        weather.odds = Odds {
            lost: up_to(30),
            late: up_to(30),
            repeated: up_to(60),
            down_late: up_to(60),
            cut: up_to(20),
            crash: up_to(20),
            relay: up_to(15),
            lobby: up_to(100),
            away_max: 1 + up_to(7),
        };
        weather
    }

    /// What the odds are.
    pub fn odds(&self) -> Odds {
        self.odds
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: u32) -> u32 {
        self.rng.next_u32() % end
    }

    fn happens(&mut self, thousandths: u32) -> bool {
        thousandths > 0 && self.below(1000) < thousandths
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        if self.odds == Odds::default() {
            return;
        }
        for at in (1..items.len()).rev() {
            let other = self.below(u32::try_from(at + 1).unwrap_or(u32::MAX)) as usize;
            items.swap(at, other);
        }
    }
}

impl World {
    /// The weather clears up: everybody comes back and nothing goes wrong any more.
    pub fn clear_up(&mut self) {
        self.weather.odds = Odds::default();
        self.weather.relay_back = None;
        if self.relay.is_none() {
            self.start_relay();
        }
        for at in 0..self.nodes.len() {
            self.nodes[at].line = true;
            self.nodes[at].crash_in = None;
            self.nodes[at].back_at = None;
            if self.nodes[at].machine.is_none() {
                self.start(at);
            }
        }
    }

    pub(crate) fn weather_changes(&mut self) -> RelayFate {
        let odds = self.weather.odds;
        if self.relay.is_none() && self.weather.relay_back.is_some_and(|back| back <= self.beat.0) {
            self.weather.relay_back = None;
            self.start_relay();
        }
        for at in 0..self.nodes.len() {
            self.station_weather(at, &odds);
        }
        let dies =
            self.relay.is_some() && self.weather.relay_deaths_left > 0 && self.weather.happens(odds.relay);
        if !dies {
            return RelayFate::Lives;
        }
        self.weather.relay_deaths_left -= 1;
        let away = self.weather.below(odds.away_max.max(1));
        self.weather.relay_back = Some(self.beat.0 + 1 + u64::from(away));
        if self.weather.happens(500) { RelayFate::DiesUnsealed } else { RelayFate::DiesUndelivered }
    }

    fn station_weather(&mut self, at: usize, odds: &Odds) {
        if self.nodes[at].back_at.is_some_and(|back| back <= self.beat) {
            self.nodes[at].back_at = None;
            self.nodes[at].line = true;
            if self.nodes[at].machine.is_none() {
                self.start(at);
            }
            return;
        }
        let up = self.nodes[at].machine.is_some() && self.nodes[at].back_at.is_none();
        if !up || self.nodes[at].losses >= LOSSES_MAX {
            return;
        }
        if self.weather.happens(odds.crash) {
            self.nodes[at].crash_in = Some(self.weather.below(6));
            self.away(at, odds);
        } else if self.weather.happens(odds.cut) {
            self.cut(at);
            self.away(at, odds);
        }
    }

    fn away(&mut self, at: usize, odds: &Odds) {
        let beats = 1 + self.weather.below(odds.away_max.max(1));
        self.nodes[at].back_at = Some(self.beat.plus(u64::from(beats)));
    }

    pub(crate) fn frame_fate(&mut self, at: usize) -> FrameFate {
        let odds = self.weather.odds;
        let mut fate = FrameFate { repeated: self.weather.happens(odds.repeated), ..FrameFate::default() };
        if self.nodes[at].losses < LOSSES_MAX && !fate.repeated {
            fate.lost = self.weather.happens(odds.lost);
            fate.late = !fate.lost && self.weather.happens(odds.late);
            // A cut right after a frame arrived: the station does not hear what became of it.
            fate.then_cut = !fate.lost && !fate.late && self.weather.happens(odds.cut);
            self.nodes[at].losses += u32::from(fate.lost || fate.late);
        }
        fate
    }

    pub(crate) fn lobby_fate(&mut self) -> LobbyFate {
        let fails = self.weather.happens(self.weather.odds.lobby);
        let unsent = fails && self.weather.happens(500);
        LobbyFate { unsent, unanswered: fails && !unsent }
    }

    pub(crate) fn down_is_late(&mut self, at: usize) -> bool {
        // What comes after a late frame waits behind it until the end of the next beat.
        !self.nodes[at].down.is_empty() || self.weather.happens(self.weather.odds.down_late)
    }
}
