//! What people do to an understanding that is settled: reaffirm, give notice, confirm that those bound were told.

use super::item::{Deed, UnderstandingId};
use super::requests::refused;
use crate::api::{ErrorKind, Failure};
use crate::limits::{NOTICE_GATHER_BEATS, NOTICE_WAY_BEATS};
use crate::machine::{Machine, Told};
use backchannel_accord::life::{Kind, Status, Word, reminders};
use backchannel_accord::time::rfc3339;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{RoomId, UtcMs};
use serde_json::{Value, json};

impl Machine {
    /// The registry, for somebody who may decide there.
    pub(super) fn deciding_room(&self) -> Result<RoomId, Failure> {
        if !self.decides() {
            return Err(refused(
                "Only a party's head and principals decide that (LIFE-4).",
                "Ask one of them.",
            ));
        }
        let away = || refused("This station is not in the registry.", "Wait until status says ready.");
        self.room_of(RoomKind::Registry).ok_or_else(away)
    }

    /// Reaffirms for another term; with the other parties' word the end is put off (LIFE-24).
    pub(super) fn renew(&mut self, id: &str) -> Result<Value, Failure> {
        let registry = self.deciding_room()?;
        let id = self.named(id)?;
        let status = self.permitted(id, Kind::Reaffirmed, "reaffirmed")?;
        let until = status.renewed_until.ok_or_else(|| {
            refused(
                "The terms know no renewal, or there is notice of withdrawal (LIFE-24).",
                "Agree on a new text.",
            )
        })?;
        self.say_in(&[registry], id, &Deed::Reaffirmed(until));
        Ok(json!({ "v": 1, "id": id.to_hex(), "until": rfc3339(until) }))
    }

    /// Gives notice, or joins the notice that others of the party began (LIFE-25).
    pub(super) fn give_notice(&mut self, id: &str, urgent: Option<String>) -> Result<Value, Failure> {
        let registry = self.deciding_room()?;
        let id = self.named(id)?;
        let status = self.permitted(id, Kind::NoticeGiven, "withdrawn from")?;
        self.known_ground(id, &status, urgent.as_deref())?;
        let (ordinary, on_urgent_grounds) = status.earliest_notice;
        let earliest = if urgent.is_some() { on_urgent_grounds } else { ordinary };
        let earliest = earliest.ok_or_else(|| {
            refused(
                "The terms allow no such notice (LIFE-25).",
                "See `understanding show` for what they allow.",
            )
        })?;
        let effective = self.effect_of_notice(id, urgent.is_some(), earliest)?;
        self.say_in(&[registry], id, &Deed::Notice { effective, urgent });
        Ok(json!({ "v": 1, "id": id.to_hex(), "effective": rfc3339(effective) }))
    }

    /// Notice counts from the beat that seals the last word of a quorum; the instant leaves time for that.
    fn effect_of_notice(&self, id: UnderstandingId, urgent: bool, earliest: UtcMs) -> Result<UtcMs, Failure> {
        let mine = self.me.party();
        let book = &self.understandings.book;
        let (kept, status) = (self.kept(id)?, self.status_now(id)?);
        let sides = book.version_of(id, &status).map(|version| kept.sides(version, book.chains()));
        let quorum = sides.as_ref().and_then(|sides| sides.get(mine)).map_or(1, |side| side.quorum);
        let after = |beats: u64| {
            UtcMs(earliest.0.saturating_add(beats.saturating_mul(u64::from(self.me.invitation.beat_ms))))
        };
        let begun = status.unfinished.iter().rev().find_map(|(party, word, _)| match word {
            Word::Notice { effective, urgent: of } if (*party, *of) == (mine, urgent) => Some(*effective),
            _ => None,
        });
        let begun = begun.filter(|effective| *effective >= after(1));
        let fresh = after(if quorum > 1 { NOTICE_GATHER_BEATS } else { NOTICE_WAY_BEATS });
        Ok(begun.filter(|_| quorum > 1).unwrap_or(fresh))
    }

    fn known_ground(
        &self,
        id: UnderstandingId,
        status: &Status,
        urgent: Option<&str>,
    ) -> Result<(), Failure> {
        let Some(ground) = urgent else { return Ok(()) };
        let version = self.understandings.book.version_of(id, status);
        let frozen = version.and_then(|version| version.frozen.as_ref());
        let urgent = frozen.and_then(|frozen| frozen.text().timing.urgent.as_ref());
        let grounds: Vec<String> =
            urgent.map(|urgent| urgent.grounds.iter().map(ToString::to_string).collect()).unwrap_or_default();
        if grounds.iter().any(|known| known == ground) {
            return Ok(());
        }
        let hint = format!("The terms know these: {}.", grounds.join(", "));
        Err(Failure::new(ErrorKind::Refused, "The terms know no such urgent ground (LIFE-25).", hint))
    }

    /// Takes notice back before it takes effect.
    pub(super) fn notice_back(&mut self, id: &str) -> Result<Value, Failure> {
        let registry = self.deciding_room()?;
        let id = self.named(id)?;
        let status = self.permitted(id, Kind::NoticeTakenBack, "kept")?;
        if !status.notices.iter().any(|notice| notice.party == self.me.party()) {
            return Err(refused(
                "This party has given no notice (LIFE-25).",
                "There is nothing to take back.",
            ));
        }
        self.say_in(&[registry], id, &Deed::NoticeBack);
        Ok(json!({ "v": 1, "id": id.to_hex(), "taken_back": true }))
    }

    /// Confirms that those this party binds in a zone were told (LIFE-22). The zone is one with a beginning of its own, or
    /// "term" for all others.
    pub(super) fn zone_told(&mut self, id: &str, zone: &str) -> Result<Value, Failure> {
        let registry = self.deciding_room()?;
        let id = self.named(id)?;
        let status = self.permitted(id, Kind::Told, "told of")?;
        let version = self.understandings.book.version_of(id, &status);
        let frozen = version.and_then(|version| version.frozen.as_ref());
        let zones = frozen.map(|frozen| &frozen.text().timing.zones);
        let at = zones.and_then(|zones| zones.iter().position(|entry| entry.zone.as_str() == zone));
        let number = match at {
            Some(at) => u8::try_from(at.saturating_add(1)).ok(),
            None => (zone == "term").then_some(0),
        };
        let number = number.ok_or_else(|| {
            Failure::new(
                ErrorKind::NotFound,
                "No zone of that name begins at another time.",
                "Give a zone's code, or `term`.",
            )
        })?;
        self.say_in(&[registry], id, &Deed::Told(number));
        Ok(json!({ "v": 1, "id": id.to_hex(), "zone": zone }))
    }

    /// Tells of ends that come near, each lead time once (LIFE-29).
    pub(super) fn tell_reminders(&mut self, id: UnderstandingId, status: &Status) {
        for due in reminders(status) {
            if !self.understandings.reminded.insert((id, due.end, due.before_ms)) {
                continue;
            }
            let missing: Vec<String> = due.missing.iter().map(|party| self.me.label(*party)).collect();
            let it = super::sentences::brief(id);
            let mut what = format!("Understanding {it} ends at {}.", rfc3339(due.end));
            if !missing.is_empty() {
                what += &format!(" It has not been reaffirmed by: {}.", missing.join(", "));
            }
            self.tell_of(id, Told::new("reminder", what));
        }
    }
}
