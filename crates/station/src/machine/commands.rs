//! Human commands (docs/spec/commands.md): each is answered once, with an object or with a failure and a hint.

use super::desk::Desk;
use super::profile::Invited;
use super::quorum::Change;
use super::{Effect, Machine, Told};
use crate::api::{ErrorKind, Failure, Request, Response};
use crate::limits::INVITATION_DAYS;
use backchannel_assurance::invitation::InvitedRoom;
use backchannel_assurance::seats::SeatToken as InvitedToken;
use backchannel_assurance::{Invitation, Label, SeatSecrets, Secret32};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{MemberId, PartyNo, Role, RoomId, SeatNo, UtcMs};
use rand_core::RngCore;
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// What the intermediary burns its own register of claims by.
const REGISTER: &str = "register";

impl Machine {
    /// Takes a command; the answer comes as an effect with the same ticket.
    pub fn command(&mut self, ticket: u64, request: Request, now: UtcMs) {
        self.now = now;
        match request {
            Request::Lock {} => self.effect_later(Effect::Lock(ticket)),
            Request::Unlock { passphrase } => self.effect_later(Effect::Unlock(ticket, passphrase.0)),
            Request::UnderstandingApprove { id, digest, passphrase, take_back } => {
                self.approve_understanding(ticket, (&id, &digest), take_back, passphrase.0)
            }
            Request::Stop {} => self.effect_later(Effect::Stop(ticket)),
            Request::Burn { room, day } => match self.burn(ticket, &room, day.as_deref()) {
                Ok(effect) => self.effect_later(effect),
                Err(failure) => self.effect_later(Effect::Reply(ticket, Response::Error(failure))),
            },
            request => {
                let response = match self.answer(request) {
                    Ok(value) => Response::Ok(value),
                    Err(failure) => Response::Error(failure),
                };
                self.effect_later(Effect::Reply(ticket, response));
            }
        }
        self.finish();
    }

    fn answer(&mut self, request: Request) -> Result<Value, Failure> {
        if Desk::handles(&request) {
            let reaction = self.with_desk(|desk, facts, rng| desk.request(&request, facts, rng))?;
            let mut answer = self.react(reaction).unwrap_or_else(|| json!({ "v": 1 }));
            if matches!(request, Request::QueryList { .. }) {
                self.add_steps(&mut answer["queries"]);
            }
            return Ok(answer);
        }
        if Self::is_of_understandings(&request) {
            return self.understanding_request(request);
        }
        if Self::is_of_claims(&request) {
            return self.claim_request(request);
        }
        match request {
            Request::Status {} => Ok(self.status()),
            Request::LineStatus {} => Ok(self.line_status()),
            Request::ExposureCompare { text } => self.exposure_compare(&text),
            Request::DelegationList {} => self.delegation_list(),
            Request::DelegationAdd { role, label } => self.delegation_add(&role, &label),
            Request::DelegationRemove { member, reason } => self.delegation_remove(&member, &reason),
            Request::DelegationQuorum { quorum } => self.delegation_quorum(quorum),
            Request::DelegationApprove { number } => self.delegation_approve(number),
            Request::DelegationDrop {} => self.delegation_drop(),
            Request::VerifyWordsNew {} => self.words_new(),
            Request::VerifyWordsEnter { words } => self.words_enter(&words),
            Request::VerifyCompare {} => self.compare(),
            Request::VerifyCompareResult { matched } => self.compare_result(matched),
            Request::VerifyFingerprint {} => self.fingerprint(),
            Request::DraftKeep { name, text } => self.keep_draft(&name, text),
            Request::DraftList {} => self.drafts_json(),
            Request::DraftDrop { name } => self.drop_draft(&name),
            Request::Alarms {} => Ok(self.alarms_json()),
            Request::Watch { since, .. } => Ok(self.journal_json(since)),
            _ => Err(Failure::new(
                ErrorKind::Usage,
                "The station does not know this command.",
                "Update the program so that command and station are of one version.",
            )),
        }
    }

    /// The vault was locked: what only readers need leaves memory.
    pub fn locked(&mut self, now: UtcMs) {
        self.now = now;
        self.locked = true;
        self.desk.lock();
        self.drafts = super::drafts::Drafts::default();
        self.understandings.lock();
        self.claims.lock();
        for room in self.rooms.values_mut() {
            room.want_pulse();
        }
        self.tell(Told::new("locked", "The records are locked; beats go on."));
        self.finish();
    }

    /// The vault was unlocked: the records come back.
    pub fn unlocked(&mut self, records: Vec<(Vec<u8>, Vec<u8>)>, now: UtcMs) {
        self.now = now;
        self.locked = false;
        self.reload_record(&records);
        self.reload_claims(&records);
        self.drafts = super::drafts::Drafts::of(&records);
        self.desk.unlock(records);
        for room in self.rooms.values_mut() {
            room.want_pulse();
        }
        self.tell(Told::new("unlocked", "The records are unlocked."));
        self.finish();
    }

    /// A room's records of one day were burned, or all of them: these are left, and the desk forgets the others too.
    pub fn burned(&mut self, room: RoomId, day: Option<u32>, records: Vec<(Vec<u8>, Vec<u8>)>, now: UtcMs) {
        self.now = now;
        self.reload_record(&records);
        self.claims_burned(room, day, &records);
        self.drafts = super::drafts::Drafts::of(&records);
        self.desk.unlock(records);
        self.tell(Told::new("burned", "Records were burned here. The other side's copies are not touched."));
        self.finish();
    }

    /// Whether the records are locked.
    pub fn is_locked(&self) -> bool {
        self.locked
    }

    fn burn(&mut self, ticket: u64, room: &str, day: Option<&str>) -> Result<Effect, Failure> {
        let places = &self.me.profile.places;
        let found = places.iter().find(|place| {
            let name = self.me.room_name(place.spot.kind);
            name.eq_ignore_ascii_case(room) || name.eq_ignore_ascii_case(&format!("caucus {room}"))
        });
        let mut names: Vec<String> = places.iter().map(|place| self.me.room_name(place.spot.kind)).collect();
        // The intermediary's register of claims belongs to no room that others have (CLAIM-11).
        let own = is_intermediary(self.me.party());
        names.extend(own.then(|| REGISTER.to_owned()));
        let register = Some(REGISTER).filter(|name| own && name.eq_ignore_ascii_case(room));
        // A caucus may be called the same, and a register that is meant stands first.
        let found = register.and(self.register_room()).or_else(|| found.map(|place| place.spot.room));
        let room = found.ok_or_else(|| {
            Failure::new(
                ErrorKind::NotFound,
                "There is no room of that name here.",
                format!("Name one of: {}.", names.join(", ")),
            )
        })?;
        let day = day.map(|day| {
            day_number(day).ok_or_else(|| {
                Failure::new(ErrorKind::Usage, "The day is not a date.", "Give it as YYYY-MM-DD, in UTC.")
            })
        });
        let day = day.transpose()?;
        Ok(Effect::Burn(ticket, room, day))
    }

    pub(super) fn only_head(&self) -> Result<(), Failure> {
        if self.me.is_head() && self.me.holds_seed() {
            return Ok(());
        }
        Err(Failure::new(
            ErrorKind::Refused,
            "Only the head of delegation changes the delegation.",
            "Ask your head of delegation.",
        ))
    }

    fn delegation_list(&self) -> Result<Value, Failure> {
        let party = self.me.party();
        let roster = self.me.roster(party).ok_or_else(|| {
            Failure::new(
                ErrorKind::Refused,
                "This station has not joined its delegation yet.",
                "Wait until status says ready.",
            )
        })?;
        let delegation = self.room_of(RoomKind::Delegation(party));
        let members: Vec<Value> = roster
            .members
            .iter()
            .map(|member| {
                let seat = delegation.and_then(|room| self.rooms.get(&room)).and_then(|room| {
                    if member.pseudonym == self.me.member() {
                        Some(room.spot.seat)
                    } else {
                        room.seat_of(member.pseudonym)
                    }
                });
                json!({
                    "pseudonym": member.pseudonym.to_hex(), "label": member.label.as_str(),
                    "role": role_name(member.role),
                    "since": backchannel_accord::time::rfc3339(member.valid_from),
                    "seat": seat.map(SeatNo::get),
                })
            })
            .collect();
        let invited: Vec<Value> = self
            .me
            .profile
            .invited
            .iter()
            .filter(|invited| invited.party == party && self.me.person(party, invited.member).is_none())
            .map(|invited| {
                json!({
                    "label": invited.label.as_str(), "role": role_name(invited.role),
                    "expires": backchannel_accord::time::rfc3339(invited.expires),
                })
            })
            .collect();
        Ok(json!({
            "v": 1, "members": members, "invited": invited, "quorum": roster.quorum,
            "roster_version": roster.number, "proposed": self.proposed_json(),
        }))
    }

    fn delegation_add(&mut self, role: &str, label: &str) -> Result<Value, Failure> {
        self.only_head()?;
        let role = match role {
            "principal" => Role::Principal,
            "envoy" => Role::Envoy,
            "observer" => Role::Observer,
            _ => {
                return Err(Failure::new(
                    ErrorKind::Usage,
                    "There is no such role for a delegate.",
                    "Give principal, envoy or observer.",
                ));
            }
        };
        let label = Label::new(label).map_err(|error| {
            Failure::new(
                ErrorKind::Usage,
                format!("The label was not taken: {error}."),
                "Give a short label such as \"envoy 2\".",
            )
        })?;
        let in_use = |known: &Label| known.as_str().eq_ignore_ascii_case(label.as_str());
        let roster = self.me.roster(self.me.party());
        if roster.is_some_and(|roster| roster.members.iter().any(|member| in_use(&member.label)))
            || self
                .me
                .profile
                .invited
                .iter()
                .any(|invited| in_use(&invited.label) && invited.expires > self.now)
        {
            return Err(Failure::new(
                ErrorKind::Refused,
                "The delegation has somebody of that label.",
                "Choose another label.",
            ));
        }
        let seats = self.free_seats().ok_or_else(|| {
            Failure::new(
                ErrorKind::Refused,
                "No seat is free in one of the delegation's rooms.",
                "Remove a delegate first, or convene a channel with larger rooms.",
            )
        })?;
        let mut member = MemberId([0; 16]);
        self.rng.fill_bytes(&mut member.0);
        let knock_key = Secret32::generate(&mut self.rng);
        let expires = UtcMs(self.now.0.saturating_add(INVITATION_DAYS * 24 * 3_600_000));
        let invited =
            Invited { party: self.me.party(), member, role, label: label.clone(), knock_key, seats, expires };
        let text = self.delegate_invitation(&invited)?;
        self.me.profile.invited.push(invited);
        self.profile_dirty = true;
        Ok(json!({
            "v": 1, "invitation": text.as_str(), "label": label.as_str(),
            "expires": backchannel_accord::time::rfc3339(expires),
        }))
    }

    fn delegate_invitation(&self, invited: &Invited) -> Result<Zeroizing<String>, Failure> {
        let failed = |what: &str| {
            Failure::new(
                ErrorKind::Internal,
                format!("The invitation was not made: {what}."),
                "Try again; if it fails again, report it.",
            )
        };
        let mut rooms = Vec::new();
        let mut tokens = Vec::new();
        for place in &self.me.profile.places {
            let spot = place.spot;
            let seat = invited
                .seats
                .get(&spot.room)
                .copied()
                .and_then(SeatNo::new)
                .ok_or_else(|| failed("a seat is missing"))?;
            let token = self.me.seat_token(spot.room, seat).ok_or_else(|| failed("a token is missing"))?;
            rooms.push(InvitedRoom { room: spot.room, kind: spot.kind, capacity: spot.capacity, seat });
            tokens.push(InvitedToken { room: spot.room, seat, token: Secret32::from_bytes(*token.expose()) });
        }
        rooms.sort_by_key(|room| room.room);
        tokens.sort_by_key(|token| token.room);
        let invitation = Invitation {
            member: invited.member,
            role: invited.role,
            rooms,
            seats: SeatSecrets::Tokens(tokens),
            knock_key: invited.knock_key.clone(),
            sponsor: self.me.ik.public(),
            roster_heads: self.me.heads(),
            expires: invited.expires,
            ..self.me.invitation.clone()
        };
        invitation.to_text().map_err(|error| failed(&error.to_string()))
    }

    fn delegation_remove(&mut self, wanted: &str, reason: &str) -> Result<Value, Failure> {
        self.only_head()?;
        let party = self.me.party();
        let matches = |label: &str, member: MemberId| {
            label.eq_ignore_ascii_case(wanted)
                || member.to_hex().starts_with(&wanted.to_ascii_lowercase()) && wanted.len() >= 4
        };
        if let Some(at) = self.me.profile.invited.iter().position(|invited| {
            invited.party == party
                && matches(invited.label.as_str(), invited.member)
                && self.me.person(party, invited.member).is_none()
        }) {
            let gone = self.me.profile.invited.remove(at);
            self.profile_dirty = true;
            return Ok(json!({ "v": 1, "removed": gone.label.as_str() }));
        }
        let member = self.me.roster(party).and_then(|roster| {
            roster.members.iter().find(|member| matches(member.label.as_str(), member.pseudonym)).cloned()
        });
        let member = member.ok_or_else(|| {
            Failure::new(
                ErrorKind::NotFound,
                "Nobody of that label is in the delegation.",
                "See delegation list for labels.",
            )
        })?;
        if member.pseudonym == self.me.member() {
            return Err(Failure::new(
                ErrorKind::Refused,
                "A head of delegation cannot remove itself.",
                "Convene a channel anew to change the head.",
            ));
        }
        match self.remove_delegate(member.pseudonym, reason) {
            Some(change) => {
                let waits = change == Change::Proposed;
                Ok(json!({ "v": 1, "removed": member.label.as_str(), "waits": waits }))
            }
            None => Err(self.change_refused()),
        }
    }
}

/// Days since 1970-01-01 of a date as people write it.
fn day_number(day: &str) -> Option<u32> {
    let midnight = backchannel_accord::time::parse_rfc3339(&format!("{day}T00:00Z"))?;
    u32::try_from(midnight.0 / 86_400_000).ok()
}

/// A role's name in commands and on screens.
pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Head => "head",
        Role::Principal => "principal",
        Role::Envoy => "envoy",
        Role::Observer => "observer",
    }
}

/// A side's name where only the intermediary or a party can be meant.
pub(super) fn is_intermediary(party: PartyNo) -> bool {
    party == PartyNo::INTERMEDIARY
}
