//! Renewal near the end of a term, by both sides' people; and what takes its place without a channel (REH-21, REH-25).

use super::affair::Standing;
use super::alarms::hours_ms;
use super::draws::{Draw, Mark};
use super::play::{RENEWALS_DRAW, World};
use super::queue::Step;
use super::story::{Note, Witness};
use crate::model::Own;
use crate::run::Cause;
use backchannel_accord::life::Act;

impl<W: Witness> World<'_, W> {
    /// Each side thinks of renewal some time before the last moment for it.
    pub(super) fn put_renewals(&mut self) {
        let Some(renewal) = self.plan.pact.terms.renewal else { return };
        for side in 0..2 {
            let lead = hours_ms(self.own(Own::RenewalLeadHours, side));
            let at = self.until.saturating_sub(renewal.closes_ms).saturating_sub(lead).max(self.now);
            self.sides[side].renews_at = at;
            self.sides[side].reaffirmed = false;
            self.queue.put(at, Step::Renews(side as u8));
        }
    }

    /// The draws of a side for the renewal that is due.
    fn renewal_mark(&self, side: usize) -> Mark {
        self.renewals_mark.child(RENEWALS_DRAW + side as u64).child(u64::from(self.renewals))
    }

    /// A side thinks of renewal: it may forget, bear a grudge, or find restraint worth no more than none (REH-21).
    pub(super) fn renews(&mut self, side: usize) {
        if self.sides[side].reaffirmed || self.sides.iter().any(|side| side.gave_notice) {
            return;
        }
        let mark = self.renewal_mark(side);
        let forgets = mark.chance(Draw::Forgets, self.own(Own::Forgets, side));
        if forgets || !self.is_willing(side, mark) {
            return self.tell(|| Note::Withholds { side });
        }
        let draws = (Draw::RenewalBeats, Draw::RenewalLoss);
        self.sides[side].reaffirmed = true;
        self.post(self.now, side, mark, draws, Step::Reaffirmed(side as u8));
    }

    fn is_willing(&self, side: usize, mark: Mark) -> bool {
        let mine = &self.sides[side];
        let open = |affair: &super::affair::Affair| {
            let open =
                matches!(affair.standing, Standing::Open | Standing::Noticed) && affair.observer == side;
            open && self.plan.worth[side].belief(affair) > self.bar(side)
        };
        let held = self.now < mine.grudge_until || mine.notices > 0 || self.affairs.iter().any(open);
        let grudge = held && (mine.notices > 0 || mark.chance(Draw::Grudge, self.own(Own::Grudge, side)));
        !grudge && self.plan.stakes[side].worth_keeping(mine.credence(self.now))
    }

    /// What a side withheld over an affair it gives once that is cleared, if it is not too late for the rules.
    pub(super) fn try_renewal(&mut self, side: usize) {
        if self.has_channel() && self.now >= self.sides[side].renews_at && !self.sides[side].reaffirmed {
            self.queue.put(self.now, Step::Renews(side as u8));
        }
    }

    /// A reaffirmation is sealed; the last one's puts the end off.
    pub(super) fn reaffirmed(&mut self, side: usize) {
        if !self.sides[side].reaffirmed {
            return;
        }
        let Some(until) = self.life.renewed_until() else { return };
        if self.admit_word(side, |by| Act::Reaffirmed { until, by }).is_err() {
            self.sides[side].reaffirmed = false;
        }
        if self.life.renewals() > self.renewals {
            self.renewals = self.life.renewals();
            self.look_at_end();
            self.put_renewals();
        }
    }

    /// Without a channel both think again when a term would end, and restraint goes on if neither minds (REH-25).
    pub(super) fn reconsider(&mut self) {
        let both = (0..2).all(|side| self.is_willing(side, self.renewal_mark(side)));
        match self.plan.pact.terms.renewal.filter(|_| both) {
            Some(renewal) => {
                self.renewals += 1;
                self.until += renewal.extension_ms;
                self.queue.put(self.until, Step::Reconsider);
            }
            None => self.end(self.now, Cause::Lapse),
        }
    }
}
