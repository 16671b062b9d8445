//! Reminders before an end (LIFE-29), and the instant in which one understanding takes the place of another (LIFE-28).

use super::event::{Act, Digest};
use super::status::Status;
use super::table::State;
use backchannel_wire::{PartyNo, UtcMs};

/// A reminder that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// What it reminds of: the first instant no longer in effect, somewhere.
    pub end: UtcMs,
    /// The lead time in milliseconds.
    pub before_ms: u64,
    /// Since when it is due.
    pub since: UtcMs,
    /// Who has not reaffirmed; nobody if the end cannot be put off any more.
    pub missing: Vec<PartyNo>,
}

/// The reminders due at the instant of a status, the most pressing first. None once the place of this understanding is
/// taken by another: then nothing lapses.
pub fn reminders(status: &Status) -> Vec<Reminder> {
    let Some(end) = status.next_end.filter(|_| status.in_effect && status.superseded_by.is_none()) else {
        return Vec::new();
    };
    let mut leads = status.remind_before_ms.clone();
    leads.sort_unstable();
    leads.dedup();
    let since = |before_ms: u64| UtcMs(end.0.saturating_sub(before_ms));
    let due = leads.into_iter().filter(|before_ms| since(*before_ms) <= status.at.utc);
    due.map(|before_ms| Reminder {
        end,
        before_ms,
        since: since(before_ms),
        missing: status.unaffirmed.clone(),
    })
    .collect()
}

/// What the station adds to the life of the understanding whose place another takes, at the position of the event that
/// settled the other: none before its entry is certain in every zone, nor if its zones begin at different instants, for
/// then there is no one instant in which the old one could end.
pub fn supersede(new: &Status) -> Option<Act> {
    let pending = matches!(new.state, Some(State::Deposited | State::InEffect | State::Renewed));
    let by: Digest = new.digest.filter(|_| pending)?;
    let from = new.from?;
    new.zones.iter().all(|zone| zone.from == Some(from)).then_some(Act::Superseded { by, from })
}
