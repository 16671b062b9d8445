//! Ways to break a station on purpose, so that a test can see the exercise fail where it should (docs/spec/exercises.md).
//!
//! Only built with the feature `sabotage`, which no release has; without it every question here is answered no, at
//! compile time.

/// A mechanism to break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// Posts only when it has something to say.
    QuietStation,
    /// Fills cells that say nothing with the plaintext of what was said last.
    ClearCells,
    /// Takes a removed delegate off the roster and leaves it in the rooms.
    LingeringMember,
    /// Forgets what waits to leave when the line goes down.
    LostOutbox,
    /// Sends the least urgent first.
    NoPrecedence,
    /// Acknowledges with the scheduled pulse only.
    SlowAck,
    /// Shows an altered passage without raising its alarm.
    DeafAlarm,
    /// Counts every verbatim passage as unaltered.
    BlindGuard,
    /// Takes what is held for what may be told.
    LooseHold,
    /// Holds no end back.
    LooseBrake,
}

impl Sabotage {
    /// All of them with their names.
    pub const ALL: [(&'static str, Self); 10] = [
        ("quiet-station", Self::QuietStation),
        ("clear-cells", Self::ClearCells),
        ("lingering-member", Self::LingeringMember),
        ("lost-outbox", Self::LostOutbox),
        ("no-precedence", Self::NoPrecedence),
        ("slow-ack", Self::SlowAck),
        ("deaf-alarm", Self::DeafAlarm),
        ("blind-guard", Self::BlindGuard),
        ("loose-hold", Self::LooseHold),
        ("loose-brake", Self::LooseBrake),
    ];
}

#[cfg(feature = "sabotage")]
mod chosen {
    use super::Sabotage;
    use std::sync::OnceLock;

    static CHOSEN: OnceLock<Option<Sabotage>> = OnceLock::new();

    /// Chooses what is broken in this process, once; an unknown name breaks nothing.
    pub fn choose(name: &str) {
        let found = Sabotage::ALL.iter().find(|(known, _)| *known == name).map(|(_, sabotage)| *sabotage);
        let _ = CHOSEN.set(found);
    }

    /// Whether this is what is broken.
    pub fn on(sabotage: Sabotage) -> bool {
        CHOSEN.get().copied().flatten() == Some(sabotage)
    }
}

#[cfg(feature = "sabotage")]
pub use chosen::{choose, on};

/// Whether this is what is broken: never.
#[cfg(not(feature = "sabotage"))]
pub const fn on(_: Sabotage) -> bool {
    false
}
