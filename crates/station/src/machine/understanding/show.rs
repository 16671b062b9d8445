//! Understandings as data for people and programs (docs/spec/commands.md).

use super::drafting::findings;
use super::item::UnderstandingId;
use super::kept::{Comment, Version};
use super::requests::refused;
use super::sentences;
use crate::api::{ErrorKind, Failure};
use crate::machine::{Machine, Told};
use backchannel_accord::life::{Clock, Fate, State, Status, TryStatus, Word};
use backchannel_accord::time::{parse_rfc3339, rfc3339};
use backchannel_accord::understanding::{Digest, Understanding, check, diff, to_toml};
use backchannel_accord::words::At;
use backchannel_assurance::words::digest_words;
use backchannel_wire::ids::hex;
use backchannel_wire::{PartyNo, UtcMs};
use serde_json::{Value, json};

impl Machine {
    /// Every understanding at a glance.
    pub(super) fn understanding_list(&self) -> Value {
        let ids: Vec<UnderstandingId> = self.understandings.book.iter().map(|(id, _)| id).collect();
        let each =
            ids.into_iter().filter_map(|id| self.status_now(id).ok().map(|status| self.glance(id, &status)));
        json!({ "v": 1, "understandings": each.collect::<Vec<_>>() })
    }

    /// What every answer about one understanding begins with.
    fn glance(&self, id: UnderstandingId, status: &Status) -> Value {
        let kept = self.understandings.book.get(id);
        let version = self.understandings.book.version_of(id, status);
        let outline = version.map(|version| &version.outline).or(kept.and_then(|kept| kept.outline.as_ref()));
        let parties: Vec<String> = outline
            .map(|outline| outline.parties.keys().map(|party| self.me.label(*party)).collect())
            .unwrap_or_default();
        json!({
            "v": 1, "id": id.to_hex(), "form": outline.map(|outline| outline.form.name()),
            "voice": outline.map(|outline| outline.voice.name()),
            "state": status.state.map(State::name), "version": status.version,
            "digest": status.digest.map(|digest| hex(&digest)),
            "words": status.digest.map(|digest| digest_words(&digest)),
            "in_effect": status.in_effect, "in_effect_from": time(status.from), "until": time(status.until),
            "parties": parties, "pen": self.me.label(self.me.invitation.pen),
        })
    }

    /// The whole of an understanding.
    pub(super) fn understanding_show(&self, id: UnderstandingId) -> Result<Value, Failure> {
        let status = self.status_now(id)?;
        let kept = self.kept(id)?;
        let mut out = self.glance(id, &status);
        let version = self.understandings.book.version_of(id, &status);
        let frozen = version.and_then(|version| version.frozen.as_ref());
        let text = frozen.map(|frozen| frozen.text()).or(kept.table.as_ref());
        let burned = !self.locked && text.is_none();
        let newer = frozen.zip(kept.table.as_ref()).is_some_and(|(frozen, table)| frozen.text() != table);
        let more = json!({
            "burned": burned, "supersedes": text.and_then(|text| self.place_json(text)), "clauses": text.map(Understanding::view), "summary": text.map(Understanding::summary), "file": text.map(to_toml),
            "findings": text.map(|text| findings(&check(text))),
            "on_the_table": kept.table.as_ref().filter(|_| newer).map(Understanding::view),
            "versions": kept.versions.iter().map(|(number, version)| version_json(*number, version)).collect::<Vec<_>>(),
            "comments": kept.comments.iter().map(|comment| self.comment_json(comment)).collect::<Vec<_>>(),
            "approvals": self.approvals_json(id, &status), "tries": self.tries_json(&status),
            "approving": "Approving says that your party wants this text, in this version, to bind it once every party \
                has handed in its assurances. It can be taken back until your head deposits.",
        });
        merge(&mut out, more);
        Ok(out)
    }

    fn comment_json(&self, comment: &Comment) -> Value {
        json!({
            "by": self.me.person_label(comment.who.party, comment.who.member), "clause": comment.clause,
            "text": comment.text, "k": comment.beat.0, "utc": self.utc_text(comment.beat),
        })
    }

    fn approvals_json(&self, id: UnderstandingId, status: &Status) -> Value {
        let book = &self.understandings.book;
        let Some((kept, (_, last))) = book.get(id).and_then(|kept| Some((kept, kept.last()?))) else {
            return json!([]);
        };
        let sides = kept.sides(last, book.chains());
        let each =
            sides.parties().filter_map(|party| Some((party, sides.get(party)?))).map(|(party, side)| {
                let given = status.approvals.get(&party);
                let by: Vec<String> =
                    given.into_iter().flatten().map(|member| self.me.person_label(party, *member)).collect();
                // What other parties approve is seen by the intermediary alone.
                let seen = party == self.me.party() || self.me.party() == PartyNo::INTERMEDIARY;
                json!({ "party": self.me.label(party), "quorum": side.quorum, "by": seen.then_some(by) })
            });
        Value::Array(each.collect())
    }

    fn tries_json(&self, status: &Status) -> Value {
        let each = status.tries.iter().map(|one: &TryStatus| {
            let labels =
                |parties: &[PartyNo]| parties.iter().map(|party| self.me.label(*party)).collect::<Vec<_>>();
            let fate = match one.fate {
                Fate::Open => "open",
                Fate::Settled => "settled",
                Fate::Unacknowledged => "not acknowledged in time",
                Fate::RosterChanged => "a roster changed",
                Fate::Contradicted => "the heads named it differently",
            };
            let ready = self.understandings.ready(&one.sid);
            let ready = ready.map(|ready| labels(&ready.into_iter().collect::<Vec<_>>()));
            json!({
                "sid": hex(&one.sid), "digest": hex(&one.digest), "expiry": rfc3339(one.expiry), "fate": fate,
                "last_beat": one.limit.0, "ready": ready, "deposited": labels(&one.deposited), "destroyed": one.destroyed,
                "released": time(one.released), "acknowledged": labels(&one.acknowledged),
            })
        });
        Value::Array(each.collect())
    }

    /// The state at an instant: a pure function of what is on record (DEED-11).
    pub(super) fn understanding_status(
        &self,
        id: UnderstandingId,
        at: Option<&str>,
    ) -> Result<Value, Failure> {
        let at = match at {
            None => self.present(),
            Some(text) => self.seen_at(parse_rfc3339(text).ok_or_else(|| {
                Failure::new(ErrorKind::Usage, "That is no instant.", "Give it as 2026-12-01T06:00:00Z.")
            })?),
        };
        let status = self.understandings.book.status(id, self.viewer(), at);
        let status = status
            .ok_or_else(|| refused("The sides are not all known here.", "Wait until status says ready."))?;
        let mut out = self.glance(id, &status);
        let zones = status.zones.iter().map(|zone| {
            let untold: Vec<String> = zone.untold.iter().map(|party| self.me.label(*party)).collect();
            json!({ "from": time(zone.from), "until": rfc3339(zone.until), "in_effect": zone.in_effect, "untold": untold })
        });
        let more = json!({
            "at": rfc3339(at.utc), "k": at.beat.min(self.decided_through()).0, "zones": zones.collect::<Vec<_>>(), "tries": self.tries_json(&status),
            "superseded_by": status.superseded_by.map(|(digest, from)| self.successor_json(&digest, from)),
            "signed_only": status.signed_only, "renewals": status.renewals, "comments": status.comments,
            "next_end": time(status.next_end), "ending": status.ending, "held": time(status.held),
            "suspended_until": time(status.suspended_until), "incidents": self.incidents_json(&status),
        });
        merge(&mut out, more);
        merge(&mut out, self.words_json(&status));
        Ok(out)
    }

    /// What parties said of what is in force, and what some of their people did while others have still to.
    fn words_json(&self, status: &Status) -> Value {
        let notices = status.notices.iter().map(|notice| {
            json!({ "party": self.me.label(notice.party), "effective": rfc3339(notice.effective), "urgent": notice.urgent })
        });
        let unfinished = status.unfinished.iter().map(|(party, word, by)| {
            let by: Vec<String> = by.iter().map(|member| self.me.person_label(*party, *member)).collect();
            let (what, instant) = match word {
                Word::Reaffirmed(until) => ("reaffirmed", Some(*until)),
                Word::Notice { effective, .. } => ("notice", Some(*effective)),
                Word::NoticeBack => ("notice taken back", None),
            };
            json!({ "party": self.me.label(*party), "what": what, "instant": time(instant), "by": by })
        });
        let reaffirmed: Vec<String> = status.reaffirmed.iter().map(|party| self.me.label(*party)).collect();
        json!({
            "notices": notices.collect::<Vec<_>>(), "reaffirmed": reaffirmed,
            "unfinished": unfinished.collect::<Vec<_>>(),
        })
    }

    /// What takes the place of an understanding, and when.
    fn successor_json(&self, digest: &[u8; 32], from: UtcMs) -> Value {
        let by = self.understandings.book.of_digest(&Digest(*digest)).map(UnderstandingId::to_hex);
        json!({ "id": by, "digest": hex(digest), "from": rfc3339(from) })
    }

    /// Whose place a text takes.
    fn place_json(&self, text: &Understanding) -> Option<Value> {
        let digest = text.supersedes?;
        let id = self.understandings.book.of_digest(&digest).map(UnderstandingId::to_hex);
        Some(json!({ "id": id, "digest": digest.to_hex() }))
    }

    /// What a station without gaps had seen at an instant, but never more than this one has. Of an instant to come, as if nobody
    /// said anything more until then (DEED-11).
    fn seen_at(&self, utc: UtcMs) -> At {
        let (t0, beat_ms) = self.metronome();
        let whole = Clock { t0, beat_ms: u64::from(beat_ms) }.seen_at(utc);
        let beat = if utc > self.present().utc { whole.beat } else { whole.beat.min(self.decided_through()) };
        At { beat, utc }
    }

    /// What differs between two versions.
    pub(super) fn understanding_diff(
        &self,
        id: UnderstandingId,
        from: Option<u32>,
        to: Option<u32>,
    ) -> Result<Value, Failure> {
        let kept = self.kept(id)?;
        let last = kept.last().map(|(number, _)| number).unwrap_or_default();
        let to = to.unwrap_or(last);
        let from = from.unwrap_or(to.saturating_sub(1));
        let text = |number: u32| {
            let version = kept.versions.get(&number).and_then(|version| version.frozen.as_ref());
            version.map(|frozen| frozen.text()).ok_or_else(|| {
                Failure::new(
                    ErrorKind::NotFound,
                    format!("There is no version {number}."),
                    format!("Versions go up to {last}."),
                )
            })
        };
        let changes = diff(text(from)?, text(to)?);
        Ok(json!({ "v": 1, "id": id.to_hex(), "from": from, "to": to, "changes": changes.changes }))
    }

    /// Tells that an understanding reached another state.
    pub(super) fn tell_state(&mut self, id: UnderstandingId, status: &Status) {
        let before = self.understandings.states.insert(id, status.state);
        // After a start what stands is learned, not told, except what nobody at this station may overlook.
        let pressing = matches!(status.state, Some(State::InQuestion | State::Suspended));
        let news = before.map_or(pressing, |before| before != status.state);
        let Some(state) = status.state.filter(|_| news) else { return };
        let kind = match state {
            State::InEffect | State::Renewed => "in-effect",
            State::InQuestion => "in-question",
            State::Suspended => "suspended",
            State::Void | State::Lapsed | State::Withdrawn | State::Superseded => "ended",
            _ => return,
        };
        self.tell_of(id, Told::new(kind, sentences::state(id, state)));
    }
}

fn version_json(number: u32, version: &Version) -> Value {
    json!({ "version": number, "digest": version.digest.to_hex(), "words": digest_words(&version.digest.0) })
}

pub(super) fn time(at: Option<UtcMs>) -> Option<String> {
    at.map(rfc3339)
}

fn merge(out: &mut Value, more: Value) {
    if let (Value::Object(out), Value::Object(more)) = (out, more) {
        out.extend(more);
    }
}
