//! What status, alarms and the journal show.

use super::Machine;
use super::commands::{is_intermediary, role_name};
use super::journal::advice;
use super::profile::Standing;
use super::room::Room;
use backchannel_wire::Beat;
use serde_json::{Value, json};

impl Machine {
    fn stamp(&self, beat: Beat) -> Value {
        json!({ "k": beat.0, "utc": self.utc_text(beat) })
    }

    /// The state of the line, rooms, members and verification.
    pub(super) fn status(&mut self) -> Value {
        let waiting =
            |place: &&super::profile::Place| !matches!(place.standing, Standing::Inside | Standing::Removed);
        let removed = self.me.profile.places.iter().any(|place| matches!(place.standing, Standing::Removed));
        let phase = match self.me.profile.places.iter().find(waiting) {
            _ if removed => "removed",
            Some(_) => "joining",
            None => "ready",
        };
        let unread = self.with_desk(|desk, facts, _| desk.unread(facts));
        let last = self.rooms.values().map(Room::last_beat).max();
        json!({
            "v": 1,
            "party": self.me.label(self.me.party()),
            "role": if is_intermediary(self.me.party()) { "intermediary" } else { role_name(self.me.invitation.role) },
            "label": self.me.person_label(self.me.party(), self.me.member()),
            "channel": self.me.invitation.channel_label.as_str(),
            "parties": self.me.parties().map(|party| self.me.label(party)).collect::<Vec<_>>(),
            "locked": self.locked,
            "phase": phase,
            "relay": {
                "connected": self.connected,
                "k": last.map(|beat| beat.0),
                "last_beat_utc": last.map(|beat| self.utc_text(beat)),
                "beat_ms": self.me.invitation.beat_ms,
            },
            "verified": self.verified_json(),
            "rooms": self.rooms_json(),
            "alarms_open": self.alarms.open(),
            "unread": unread,
        })
    }

    fn rooms_json(&self) -> Vec<Value> {
        let each = self.me.profile.places.iter();
        each.map(|place| {
            let name = self.me.room_name(place.spot.kind);
            let id = place.spot.room.to_hex();
            let Some(room) = self.rooms.get(&place.spot.room) else {
                let state = if matches!(place.standing, Standing::Removed) { "removed" } else { "joining" };
                return json!({
                    "room": name, "id": id, "seat": place.spot.seat.get(), "capacity": place.spot.capacity,
                    "state": state, "members": [],
                });
            };
            let state = match place.standing {
                Standing::Removed => "removed",
                Standing::Returning(_) => "returning",
                _ if room.stuck => "returning",
                _ => "in the room",
            };
            json!({
                "room": name, "id": id, "seat": place.spot.seat.get(), "capacity": place.spot.capacity,
                "state": state,
                "epoch": room.epoch(), "k": room.last_beat().0, "members": self.members_json(room),
                "away": self.away_json(room),
                "waiting": room.outbox.len(),
            })
        })
        .collect()
    }

    fn members_json(&self, room: &Room) -> Vec<Value> {
        room.peers()
            .map(|(seat, peer)| {
                let claim = self.me.profile.claims.get(&(room.id(), seat.get()));
                let party = peer.who.map(|who| who.party).or(claim.map(|(party, _)| *party));
                let label = claim.map(|(party, member)| self.me.person_label(*party, *member));
                json!({
                    "seat": seat.get(),
                    "party": party.map(|party| self.me.label(party)),
                    "label": label,
                    "role": peer.who.map(|who| role_name(who.role)),
                    "vouched": peer.who.is_some(),
                    "last_heard_k": peer.pulse_beat.map(|beat| beat.0),
                    "locked": peer.locked,
                })
            })
            .collect()
    }

    /// Whose leaves were removed while they were away; they may come back, and what waits for them is kept.
    fn away_json(&self, room: &Room) -> Vec<String> {
        let claims = &self.me.profile.claims;
        let away = room.former_seats().into_iter();
        away.filter_map(|seat| claims.get(&(room.id(), seat.get())))
            .map(|(party, member)| self.me.person_label(*party, *member))
            .collect()
    }

    /// The alarms, oldest first.
    pub(super) fn alarms_json(&self) -> Value {
        let each = self.alarms.iter().map(|alarm| {
            let place = alarm.room.and_then(|room| self.me.place(room));
            let stamp = self.stamp(alarm.beat);
            json!({
                "name": alarm.kind.name(), "room": place.map(|place| self.me.room_name(place.spot.kind)),
                "k": stamp["k"], "utc": stamp["utc"], "what": alarm.what, "do": advice(alarm.kind),
                "open": alarm.open,
            })
        });
        json!({ "v": 1, "alarms": each.collect::<Vec<_>>() })
    }

    /// The journal after a number.
    pub fn journal_json(&self, since: u64) -> Value {
        let entries: Vec<Value> = self
            .journal
            .since(since)
            .map(|line| {
                let place = line.room.and_then(|room| self.me.place(room));
                json!({
                    "n": line.n, "k": line.beat.0, "utc": backchannel_accord::time::rfc3339(line.utc),
                    "kind": line.kind,
                    "room": place.map(|place| self.me.room_name(place.spot.kind)), "what": line.what,
                    "id": line.id, "name": line.name,
                })
            })
            .collect();
        json!({ "v": 1, "entries": entries, "next": self.journal.last() })
    }

    /// What must never be found outside this station: keys in use, for an exercise's search of the relay.
    pub fn needles(&self) -> Vec<Vec<u8>> {
        let mut out: Vec<Vec<u8>> = self.rooms.values().flat_map(Room::needles).collect();
        out.push(self.me.ik.expose().to_vec());
        out.push(self.me.y.expose().to_vec());
        out
    }
}
