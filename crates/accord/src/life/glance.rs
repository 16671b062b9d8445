//! Single answers of a life, for a caller that asks often: each is what the whole status says, without the rest of it.

use super::fold::Life;
use super::table::State;
use crate::words::At;
use backchannel_wire::UtcMs;

impl Life {
    /// Where it stands at an instant that is not before the events taken; `at` names the last beat seen whole.
    pub fn state_at(&self, at: At) -> Option<State> {
        self.state(Some(at.beat), at.utc)
    }

    /// The first instant no longer in effect as far as is known, and the end the brake holds back, if it does (INCIDENT-4);
    /// nothing before it is settled.
    pub fn end(&self) -> Option<(UtcMs, Option<UtcMs>)> {
        let whole = self.force.as_ref()?.whole();
        Some((whole.until, whole.held_back()))
    }

    /// The first instant in effect; nothing before it is settled, or while somebody has still to be told.
    pub fn begins(&self) -> Option<UtcMs> {
        self.force.as_ref()?.whole().from
    }

    /// Until when its incidents put it in question at most, which may be past (INCIDENT-3); nothing without incidents.
    pub fn question_until(&self) -> Option<UtcMs> {
        let force = self.force.as_ref()?;
        force.incidents.all.values().map(|one| one.until(force.terms.brake_ms)).max()
    }

    /// Until when all agreed that it binds nobody, which may be past (INCIDENT-7).
    pub fn suspended_until(&self) -> Option<UtcMs> {
        self.force.as_ref()?.incidents.suspended()
    }

    /// What a reaffirmation names as its end, if the terms know renewal (LIFE-24).
    pub fn renewed_until(&self) -> Option<UtcMs> {
        self.force.as_ref()?.renewed_until()
    }

    /// The earliest instant at which a notice given now may take effect, if the terms allow such notice (LIFE-25).
    pub fn earliest_notice(&self, urgent: bool, now: UtcMs) -> Option<UtcMs> {
        self.force.as_ref()?.earliest(urgent, now)
    }

    /// How often it was renewed.
    pub fn renewals(&self) -> u32 {
        self.force.as_ref().map_or(0, |force| force.renewals)
    }
}
