//! The state of the line, always to be seen: the last beat, when each side was last heard, when a person was last there, alarms,
//! the watch (docs/spec/line.md); and a published text beside what is on record.

use super::Machine;
use super::desk::{Source, compared};
use super::room::Room;
use crate::api::{ErrorKind, Failure};
use backchannel_accord::time::rfc3339;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, PartyNo};
use serde_json::{Value, json};

/// Beats after which a side that was not heard counts as silent here: the same as for the alarm SILENT.
use crate::limits::SILENT_BEATS;

impl Machine {
    /// The state of the line (LINE-5).
    pub(super) fn line_status(&mut self) -> Value {
        let last = self.rooms.values().map(Room::last_beat).max();
        let sides: Vec<Value> = self.sides().into_iter().map(|side| self.side_json(side)).collect();
        let (lines, floor, queries) = self
            .with_desk(|desk, facts, _| (desk.lines(facts), desk.floor(facts), desk.queries(None, facts)));
        let mut queries = Value::Array(queries);
        self.add_steps(&mut queries);
        json!({
            "v": 1, "locked": self.locked,
            "relay": {
                "connected": self.connected, "k": last.map(|beat| beat.0),
                "last_beat_utc": last.map(|beat| self.utc_text(beat)), "beat_ms": self.me.invitation.beat_ms,
            },
            "sides": sides, "lines": lines, "watch": floor, "queries": queries,
            "alarms_open": self.alarms.open(), "now": rfc3339(self.now), "beats": self.beats_json(),
        })
    }

    /// What became of this station's cell in the last beats, in the room that was followed furthest.
    fn beats_json(&self) -> Vec<Value> {
        let room = self.rooms.values().max_by_key(|room| room.last_beat());
        let beats = room.into_iter().flat_map(|room| room.recent_beats());
        beats.map(|(k, own)| json!({ "k": k, "own": own.name() })).collect()
    }

    /// The sides other than one's own.
    fn sides(&self) -> Vec<PartyNo> {
        let all = self.me.parties().chain([PartyNo::INTERMEDIARY]);
        all.filter(|party| *party != self.me.party()).collect()
    }

    /// When a side's stations were last heard in any room shared with it. A station that beats may have nobody before it.
    fn side_json(&self, side: PartyNo) -> Value {
        let seats = self.rooms.values().flat_map(|room| room.peers().map(move |(_, peer)| (room, peer)));
        let of = seats.filter(|(_, peer)| peer.who.is_some_and(|who| who.party == side));
        let mut heard: Option<Beat> = None;
        let (mut locked, mut stations) = (true, 0_usize);
        for (room, peer) in of {
            if matches!(room.kind(), RoomKind::Delegation(_)) {
                continue;
            }
            stations += 1;
            heard = heard.max(peer.pulse_beat);
            locked &= peer.locked;
        }
        let last = self.last_beat();
        let silent = heard.is_none_or(|heard| last.0.saturating_sub(heard.0) > SILENT_BEATS);
        json!({
            "party": self.me.label(side), "heard_k": heard.map(|beat| beat.0),
            "heard_utc": heard.map(|beat| self.utc_text(beat)), "silent": silent,
            "locked": stations > 0 && locked, "stations": stations,
        })
    }

    /// A published text beside what is on record here, dispatches and understandings (EXPOSE-2).
    pub(super) fn exposure_compare(&mut self, text: &str) -> Result<Value, Failure> {
        if self.locked {
            return Err(Failure::new(
                ErrorKind::Locked,
                "The records are locked: nothing can be compared.",
                "Run `backchannel unlock` first.",
            ));
        }
        let mut sources = self.desk.sources();
        sources.extend(self.understanding_sources());
        Ok(compared(text, &sources))
    }

    fn understanding_sources(&self) -> Vec<Source> {
        let each = self.understandings.texts().into_iter();
        each.map(|(id, lang, text)| Source { id, kind: "understanding", lang, text }).collect()
    }
}
