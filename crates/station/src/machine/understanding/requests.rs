//! What people ask about understandings (docs/spec/commands.md).

use super::book::{Kept, Outline};
use super::item::{Deed, Proposal, Said, UnderstandingId};
use crate::api::{ErrorKind, Failure, Request, Response};
use crate::limits::{ASKED_MAX, EXPIRY_BEATS, ID_DIGITS_MIN, LIMIT_BEATS, LIMIT_BEATS_MAX, LIMIT_BEATS_MIN};
use crate::machine::envelope::Class;
use crate::machine::item::Item;
use crate::machine::{Effect, Machine};
use backchannel_accord::life::{Kind, State, Status, permits};
use backchannel_accord::understanding::{
    Digest, Finding, Form, FreezeError, Frozen, Severity, Understanding, check, parse,
};
use backchannel_accord::{Lang, Text, Texts};
use backchannel_wire::ids::{RoomKind, unhex};
use backchannel_wire::{PartyNo, Role, RoomId};
use rand_core::RngCore;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// An approval that waits for the vault's word on the passphrase.
pub(in crate::machine) struct Asked {
    id: UnderstandingId,
    digest: Digest,
    take_back: bool,
}

pub(super) fn refused(what: impl Into<String>, hint: impl Into<String>) -> Failure {
    Failure::new(ErrorKind::Refused, what, hint)
}

impl Machine {
    /// Whether a request is about understandings.
    pub(in crate::machine) fn is_of_understandings(request: &Request) -> bool {
        matches!(
            request,
            Request::UnderstandingList {}
                | Request::UnderstandingSubmit { .. }
                | Request::UnderstandingSupersede { .. }
                | Request::UnderstandingComment { .. }
                | Request::UnderstandingFreeze { .. }
                | Request::UnderstandingDiff { .. }
                | Request::UnderstandingShow { .. }
                | Request::UnderstandingStatus { .. }
                | Request::UnderstandingDeposit { .. }
                | Request::UnderstandingAbandon { .. }
                | Request::UnderstandingTold { .. }
                | Request::UnderstandingRenew { .. }
                | Request::UnderstandingWithdraw { .. }
                | Request::ArtefactExport { .. }
                | Request::ArtefactSimulate { .. }
        )
    }

    /// Answers a request about understandings.
    pub(in crate::machine) fn understanding_request(&mut self, request: Request) -> Result<Value, Failure> {
        if self.locked {
            return Err(Failure::new(
                ErrorKind::Locked,
                "The records are locked.",
                "Run `backchannel unlock` first.",
            ));
        }
        match request {
            Request::UnderstandingList {} => Ok(self.understanding_list()),
            Request::UnderstandingSubmit { id, file } => self.submit(id.as_deref(), &file),
            Request::UnderstandingSupersede { id, file } => self.supersede(&id, &file),
            Request::UnderstandingComment { id, clause, text } => self.comment(&id, clause, text),
            Request::UnderstandingFreeze { id } => self.freeze(&id),
            Request::UnderstandingDiff { id, from, to } => {
                let id = self.named(&id)?;
                self.understanding_diff(id, from, to)
            }
            Request::UnderstandingShow { id } => {
                let id = self.named(&id)?;
                self.understanding_show(id)
            }
            Request::UnderstandingStatus { id, at } => {
                let id = self.named(&id)?;
                self.understanding_status(id, at.as_deref())
            }
            Request::UnderstandingDeposit { id, withhold: true, .. } => self.withhold(&id),
            Request::UnderstandingDeposit { id, withdraw: true, .. } => self.withdraw_deposit(&id),
            Request::UnderstandingDeposit { id, within_ms, .. } => self.propose(&id, within_ms),
            Request::UnderstandingAbandon { id } => self.abandon(&id),
            Request::UnderstandingTold { id, zone } => self.zone_told(&id, &zone),
            Request::UnderstandingRenew { id } => self.renew(&id),
            Request::UnderstandingWithdraw { id, take_back: true, .. } => self.notice_back(&id),
            Request::UnderstandingWithdraw { id, urgent, .. } => self.give_notice(&id, urgent),
            Request::ArtefactExport { id } => self.artefact_export(&id),
            Request::ArtefactSimulate { id } => self.artefact_simulate(&id),
            _ => Err(Failure::new(
                ErrorKind::Usage,
                "The station does not know this command.",
                "Update the program.",
            )),
        }
    }

    /// The understanding of a name, or of an unambiguous beginning of it.
    pub(super) fn named(&self, text: &str) -> Result<UnderstandingId, Failure> {
        let text = text.trim().to_lowercase();
        let mut found = self.understandings.book.iter().filter(|(id, _)| id.to_hex().starts_with(&text));
        match (found.next(), found.next()) {
            (Some((id, _)), None) if text.len() >= ID_DIGITS_MIN => Ok(id),
            (Some(_), Some(_)) => Err(Failure::new(
                ErrorKind::NotFound,
                "Several understandings begin with these digits.",
                "Give more of the id.",
            )),
            _ => Err(Failure::new(
                ErrorKind::NotFound,
                "No understanding of that id is on record here.",
                "See `backchannel understanding list` for the ids; what was just submitted is on record once it is sealed.",
            )),
        }
    }

    pub(super) fn kept(&self, id: UnderstandingId) -> Result<&Kept, Failure> {
        let gone = || {
            Failure::new(ErrorKind::NotFound, "The understanding is gone from the record.", "It was burned.")
        };
        self.understandings.book.get(id).ok_or_else(gone)
    }

    pub(super) fn status_now(&self, id: UnderstandingId) -> Result<Status, Failure> {
        self.understandings.book.status(id, self.viewer(), self.present()).ok_or_else(|| {
            refused(
                "The sides of this understanding are not all known here.",
                "Wait until status says ready.",
            )
        })
    }

    pub(super) fn permitted(&self, id: UnderstandingId, kind: Kind, what: &str) -> Result<Status, Failure> {
        let status = self.status_now(id)?;
        let state = status.state.map_or("not begun", |state| state.name());
        match permits(kind, status.state) {
            true => Ok(status),
            false => Err(refused(
                format!("The understanding cannot be {what} now: it is {state} (LIFE-3)."),
                "See `backchannel understanding status`.",
            )),
        }
    }

    fn submit(&mut self, id: Option<&str>, file: &str) -> Result<Value, Failure> {
        self.holds_pen()?;
        let text = read(file)?;
        let rooms = self.pen_rooms(&text)?;
        let id = match id {
            Some(id) => {
                let id = self.named(id)?;
                let state = self.status_now(id)?.state;
                if !permits(Kind::Submitted, state) && !permits(Kind::Frozen, state) {
                    return Err(refused(
                        "Nothing more can be submitted to this understanding.",
                        "Begin another one, or amend it with `understanding supersede` once it is in effect.",
                    ));
                }
                id
            }
            None => self.new_id(),
        };
        self.say_in(&rooms, id, &Deed::Submitted(text.to_bytes()));
        Ok(json!({ "v": 1, "id": id.to_hex(), "findings": findings(&check(&text)) }))
    }

    fn new_id(&mut self) -> UnderstandingId {
        let mut id = UnderstandingId([0; 16]);
        self.rng.fill_bytes(&mut id.0);
        id
    }

    /// Begins an understanding in the place of one in effect (DEED-18).
    fn supersede(&mut self, id: &str, file: &str) -> Result<Value, Failure> {
        self.holds_pen()?;
        let old = self.named(id)?;
        let status = self.status_now(old)?;
        let digest = status.digest.filter(|_| status.in_effect).map(Digest).ok_or_else(|| {
            refused(
                "Only what is in effect can be superseded (LIFE-28).",
                "Submit a changed text under the same id as long as nothing is settled.",
            )
        })?;
        let mut text = read(file)?;
        if text.supersedes.is_some_and(|named| named != digest) {
            return Err(refused(
                "The text says that it takes the place of another version.",
                "Leave `supersedes` out: it is filled in.",
            ));
        }
        text.supersedes = Some(digest);
        let parties = |outline: &Outline| outline.parties.keys().copied().collect::<Vec<_>>();
        let same = self.kept(old)?.last().map(|(_, version)| parties(&version.outline));
        if same != Some(text.parties.iter().map(|party| party.number).collect()) {
            return Err(refused(
                "It is between other parties than the understanding whose place it takes.",
                "Name the same parties, by the same numbers.",
            ));
        }
        let rooms = self.pen_rooms(&text)?;
        let new = self.new_id();
        self.say_in(&rooms, new, &Deed::Submitted(text.to_bytes()));
        Ok(json!({
            "v": 1, "id": new.to_hex(), "supersedes": old.to_hex(), "digest": digest.to_hex(),
            "findings": findings(&check(&text)),
        }))
    }

    pub(super) fn say_in(&mut self, rooms: &[RoomId], id: UnderstandingId, deed: &Deed) {
        let class = match deed {
            Deed::Submitted(_)
            | Deed::Frozen(_)
            | Deed::Commented { .. }
            | Deed::Abandoned
            | Deed::Depositary(_) => Class::Routine,
            _ => Class::Machine,
        };
        for room in rooms {
            self.say_of_understanding(*room, class, Item::Understanding(Said { id, deed: deed.clone() }));
        }
    }

    fn comment(
        &mut self,
        id: &str,
        clause: Option<String>,
        text: BTreeMap<String, String>,
    ) -> Result<Value, Failure> {
        let id = self.named(id)?;
        if self.me.party() == PartyNo::INTERMEDIARY || self.me.invitation.role == Role::Observer {
            return Err(refused(
                "A party's people comment, and observers do not.",
                "Whoever holds the pen submits a changed text instead.",
            ));
        }
        self.permitted(id, Kind::Commented, "commented on")?;
        let unknown = |clause: &String| {
            let table = self.understandings.book.get(id).and_then(|kept| kept.table.as_ref());
            table.is_some_and(|text| !text.clauses.iter().any(|known| known.id.as_str() == clause))
        };
        if clause.as_ref().is_some_and(unknown) {
            return Err(Failure::new(
                ErrorKind::NotFound,
                "The text has no clause of that name.",
                "See `understanding show`.",
            ));
        }
        let mut texts = Texts::default();
        for (lang, words) in text {
            let lang = Lang::new(&lang).ok_or_else(|| {
                Failure::new(ErrorKind::Usage, "That is no language code.", "Give codes such as en or fr.")
            })?;
            texts.0.insert(lang, Text::new(words));
        }
        let deed = Deed::Commented { clause, text: texts };
        if !deed.is_bounded() {
            return Err(refused(
                "The comment is empty or too long.",
                "Say it in fewer words, or in a dispatch.",
            ));
        }
        let caucus = self.own_caucus()?;
        self.say_in(&[caucus], id, &deed);
        Ok(json!({ "v": 1, "id": id.to_hex() }))
    }

    fn own_caucus(&self) -> Result<RoomId, Failure> {
        self.room_of(RoomKind::Caucus(self.me.party()))
            .ok_or_else(|| refused("This station is not in its caucus.", "Wait until status says ready."))
    }

    fn freeze(&mut self, id: &str) -> Result<Value, Failure> {
        self.holds_pen()?;
        let id = self.named(id)?;
        let status = self.permitted(id, Kind::Frozen, "frozen")?;
        let on_its_way = |item: &Item| match item {
            Item::Understanding(said) => {
                said.id == id && matches!(said.deed, Deed::Frozen(_) | Deed::Submitted(_))
            }
            _ => false,
        };
        if self.understandings.out.iter().any(|queued| on_its_way(&queued.item)) {
            return Err(refused("A text of this understanding is still on its way.", "Wait some beats."));
        }
        let kept = self.kept(id)?;
        let text = kept
            .table
            .clone()
            .ok_or_else(|| refused("No text lies before the parties.", "Submit one first."))?;
        self.quorums_can_be_had(&text)?;
        let before = kept.last().and_then(|(_, version)| version.frozen.clone());
        // What can still be approved is not asked for again; what came to nothing may be.
        let stands = matches!(status.state, Some(State::Frozen | State::Approving | State::Deposited));
        let freeze = if stands { Frozen::freeze } else { Frozen::freeze_anew };
        let frozen = freeze(text, before.as_ref()).map_err(|error| not_frozen(&error))?;
        if super::terms::of_life(frozen.text()).is_none() {
            return Err(Failure::new(
                ErrorKind::CheckFailed,
                "The times of the text do not fit together (LIFE-26).",
                "See its terms.",
            ));
        }
        let rooms = self.pen_rooms(frozen.text())?;
        if frozen.text().form == Form::Joint && self.me.party() == PartyNo::INTERMEDIARY {
            let key = self.certifier().public();
            self.say_in(&rooms, id, &Deed::Depositary(key));
        }
        self.say_in(&rooms, id, &Deed::Frozen(frozen.to_bytes()));
        let digest = frozen.digest();
        let words = backchannel_assurance::words::digest_words(&digest.0);
        Ok(json!({
            "v": 1, "id": id.to_hex(), "version": frozen.number(), "digest": digest.to_hex(), "words": words,
            "findings": findings(&check(frozen.text())),
        }))
    }

    /// A text that wants more approvals than a party has people who may approve could never be in effect.
    fn quorums_can_be_had(&self, text: &Understanding) -> Result<(), Failure> {
        for party in &text.parties {
            let able = self
                .me
                .roster(party.number)
                .map_or(0, |roster| roster.members.iter().filter(|member| member.approves()).count());
            if usize::from(party.quorum) > able {
                let (wanted, label) = (party.quorum, self.me.label(party.number));
                return Err(Failure::new(
                    ErrorKind::CheckFailed,
                    format!(
                        "The text asks for {wanted} approvals of {label}, who has {able} heads and principals."
                    ),
                    "Change the quorum in the text, or have the party add a principal.",
                ));
            }
        }
        Ok(())
    }

    /// Asks the vault whether the passphrase is its owner's; what is to be approved is judged before and after.
    pub(in crate::machine) fn approve_understanding(
        &mut self,
        ticket: u64,
        (id, digest): (&str, &str),
        take_back: bool,
        passphrase: Zeroizing<String>,
    ) {
        let asked = self.may_approve(id, digest, take_back);
        let asked = match asked {
            Ok(_) if self.understandings.asked.len() >= ASKED_MAX => {
                Err(refused("Other approvals wait for the passphrase's check.", "Try again."))
            }
            asked => asked,
        };
        match asked {
            Ok(asked) => {
                self.understandings.asked.insert(ticket, asked);
                self.effect_later(Effect::Verify(ticket, passphrase));
            }
            Err(failure) => self.effect_later(Effect::Reply(ticket, Response::Error(failure))),
        }
    }

    fn may_approve(&self, id: &str, digest: &str, take_back: bool) -> Result<Asked, Failure> {
        if self.locked {
            return Err(Failure::new(
                ErrorKind::Locked,
                "The records are locked.",
                "Run `backchannel unlock` first.",
            ));
        }
        if !self.decides() {
            return Err(refused("Only a party's head and principals approve (LIFE-4).", "Ask one of them."));
        }
        let id = self.named(id)?;
        let wanted = unhex(digest.trim()).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()).map(Digest);
        let wanted = wanted.ok_or_else(|| {
            Failure::new(
                ErrorKind::Usage,
                "That is no digest.",
                "Give the 64 digits that `understanding show` gives.",
            )
        })?;
        let kind = if take_back { Kind::ApprovalTakenBack } else { Kind::Approved };
        let status = self.permitted(id, kind, if take_back { "disapproved" } else { "approved" })?;
        let last = self.kept(id)?.last().map(|(_, version)| version.digest);
        if last != Some(wanted) {
            return Err(refused(
                "That is not the version frozen last (LIFE-10).",
                "Look at what changed, and approve that.",
            ));
        }
        let mine = status.approvals.get(&self.me.party()).is_some_and(|by| by.contains(&self.me.member()));
        match (take_back, mine) {
            (false, true) => {
                Err(refused("You have approved this version already (LIFE-3).", "There is nothing to do."))
            }
            (true, false) => Err(refused(
                "You have not approved this version (LIFE-11).",
                "There is nothing to take back.",
            )),
            (true, true) if self.has_deposited(id) => Err(refused(
                "The assurances of this party lie with the depositary (LIFE-11).",
                "Have your head withdraw them first: `understanding deposit --withdraw`.",
            )),
            _ => Ok(Asked { id, digest: wanted, take_back }),
        }
    }

    fn has_deposited(&self, id: UnderstandingId) -> bool {
        use backchannel_assurance::ceremony::party::Phase;
        let mine = self.understandings.trials.iter().filter(|((of, _), _)| *of == id);
        mine.filter_map(|(_, trial)| trial.party.as_ref())
            .any(|party| matches!(party.phase(), Phase::Deposited | Phase::Withdrawing | Phase::Released))
    }

    /// The shell checked the passphrase of an approval.
    pub fn verified(&mut self, ticket: u64, result: Result<(), Failure>, now: backchannel_wire::UtcMs) {
        self.now = now;
        if let Some(asked) = self.understandings.asked.remove(&ticket) {
            let response = match result.and_then(|()| self.approve(&asked)) {
                Ok(value) => Response::Ok(value),
                Err(failure) => Response::Error(failure),
            };
            self.effect_later(Effect::Reply(ticket, response));
        }
        self.finish();
    }

    fn approve(&mut self, asked: &Asked) -> Result<Value, Failure> {
        self.may_approve(&asked.id.to_hex(), &asked.digest.to_hex(), asked.take_back)?;
        let caucus = self.own_caucus()?;
        let deed = if asked.take_back { Deed::TakenBack(asked.digest) } else { Deed::Approved(asked.digest) };
        self.say_in(&[caucus], asked.id, &deed);
        Ok(
            json!({ "v": 1, "id": asked.id.to_hex(), "digest": asked.digest.to_hex(), "approved": !asked.take_back }),
        )
    }

    fn depositing_head(&self) -> Result<(), Failure> {
        let head = self.me.is_head() && self.me.party() != PartyNo::INTERMEDIARY;
        head.then_some(()).ok_or_else(|| {
            refused("Only a head of delegation deposits (LIFE-4).", "Ask your head of delegation.")
        })
    }

    /// Approvals count once they are sealed; until then there is nothing to do but wait a beat or two.
    fn not_approved(&self, id: UnderstandingId) -> Failure {
        let on_its_way = |item: &Item| match item {
            Item::Understanding(said) => said.id == id && matches!(said.deed, Deed::Approved(_)),
            _ => false,
        };
        if self.understandings.out.iter().any(|queued| on_its_way(&queued.item)) {
            return refused(
                "Your approval is still on its way (DEED-1).",
                "Wait for the next beats and try again.",
            );
        }
        refused(
            "This party's quorum has not approved the frozen version (LIFE-13).",
            "See `understanding show` for who has; an approval counts once it is sealed, a beat or two after it was given.",
        )
    }

    /// A head proposes a try: every station whose party approved takes part by itself.
    fn propose(&mut self, id: &str, within_ms: Option<u64>) -> Result<Value, Failure> {
        self.depositing_head()?;
        let within = self.beats_to_limit(within_ms)?;
        let id = self.named(id)?;
        let status = self.permitted(id, Kind::CeremonyBegun, "deposited")?;
        let kept = self.kept(id)?;
        let (_, last) =
            kept.last().ok_or_else(|| refused("No version is frozen.", "Wait for the intermediary."))?;
        let (digest, number) =
            (last.digest, kept.proposals.last().map_or(0, |last| last.number).saturating_add(1));
        let latest = last.outline.terms.as_ref().map(|terms| terms.latest_expiry).unwrap_or_default();
        if self.approvals_of(id, &digest).is_none() {
            return Err(self.not_approved(id));
        }
        let open = self.understandings.trials.iter().any(|((of, _), trial)| *of == id && trial.open());
        if open {
            return Err(refused(
                "A try of this understanding is under way.",
                "Wait for its limit, or leave it with `understanding deposit --withdraw` and begin another; do so if the \
                 journal says that a station was started again before its part was given.",
            ));
        }
        self.instrument(
            &last.outline,
            kept.depositary,
            &Proposal { digest, number, limit: latest, expiry: latest },
        )
        .map_err(|lacking| {
            refused(format!("The try cannot begin: {lacking}."), "Wait until status says ready.")
        })?;
        let now = self.beat_at(self.relay_now());
        let (limit, expiry) =
            (self.utc_of(now.plus(within)), self.utc_of(now.plus(within.saturating_add(EXPIRY_BEATS))));
        if expiry > latest {
            return Err(refused(
                "The understanding would end before all could acknowledge it (LIFE-12).",
                "Freeze a version with a later end.",
            ));
        }
        let registry = self.room_of(RoomKind::Registry);
        let registry = registry.ok_or_else(|| {
            refused(
                "This channel has no registry: nothing can come into effect.",
                "Convene one with a registry.",
            )
        })?;
        let proposal = Proposal { digest, number, limit, expiry };
        self.understandings.withheld.remove(&id);
        self.say_in(&[registry], id, &Deed::Proposed(proposal));
        let time = backchannel_accord::time::rfc3339;
        Ok(json!({
            "v": 1, "id": id.to_hex(), "try": number, "digest": digest.to_hex(), "limit": time(limit),
            "expiry": time(expiry), "state": status.state.map(|state| state.name()),
        }))
    }

    /// How long the depositary waits for everybody's deposit.
    fn beats_to_limit(&self, within_ms: Option<u64>) -> Result<u64, Failure> {
        let beat_ms = u64::from(self.me.invitation.beat_ms).max(1);
        let within = within_ms.map_or(LIMIT_BEATS, |ms| ms.div_ceil(beat_ms));
        if (LIMIT_BEATS_MIN..=LIMIT_BEATS_MAX).contains(&within) {
            return Ok(within);
        }
        let seconds = |beats: u64| beats.saturating_mul(beat_ms).div_ceil(1_000);
        let (least, most) = (seconds(LIMIT_BEATS_MIN), seconds(LIMIT_BEATS_MAX));
        Err(refused(
            "The depositary's limit would be too near, or too far.",
            format!("Give from {least} to {most} seconds: deposits are on their way for some beats."),
        ))
    }

    /// What a faithless party might do: it takes part, shows that it stands ready, and hands nothing in. It begins its next try
    /// in good faith.
    fn withhold(&mut self, id: &str) -> Result<Value, Failure> {
        self.depositing_head()?;
        let id = self.named(id)?;
        self.understandings.withheld.insert(id);
        Ok(json!({ "v": 1, "id": id.to_hex(), "withheld": true }))
    }

    fn withdraw_deposit(&mut self, id: &str) -> Result<Value, Failure> {
        self.depositing_head()?;
        let id = self.named(id)?;
        if !self.withdraw_from(id) {
            return Err(refused(
                "This party takes part in no try of this understanding.",
                "There is nothing to withdraw from.",
            ));
        }
        Ok(json!({ "v": 1, "id": id.to_hex(), "withdrawn": true }))
    }

    fn abandon(&mut self, id: &str) -> Result<Value, Failure> {
        self.holds_pen()?;
        let id = self.named(id)?;
        self.permitted(id, Kind::Abandoned, "abandoned")?;
        let kept = self.kept(id)?;
        let text =
            kept.table.clone().or_else(|| kept.last()?.1.frozen.as_ref().map(|frozen| frozen.text().clone()));
        let text = text.ok_or_else(|| refused("No text is on record.", "There is nothing to abandon."))?;
        let rooms = self.pen_rooms(&text)?;
        self.say_in(&rooms, id, &Deed::Abandoned);
        Ok(json!({ "v": 1, "id": id.to_hex() }))
    }
}

/// A text from its file.
fn read(file: &str) -> Result<Understanding, Failure> {
    parse(file).map_err(|error| {
        Failure::new(
            ErrorKind::Usage,
            format!("The file was not understood: {error}."),
            "Mend it and submit again.",
        )
    })
}

fn not_frozen(error: &FreezeError) -> Failure {
    let hint = match error {
        FreezeError::Refused(found) => {
            let all = found.iter().filter(|finding| finding.severity == Severity::Refuse);
            let lines: Vec<String> =
                all.take(8).map(|finding| format!("{}: {}", finding.place, finding.message)).collect();
            format!("Mend the text and submit it again. {}", lines.join(" "))
        }
        _ => "Submit a changed text first.".to_owned(),
    };
    Failure::new(ErrorKind::CheckFailed, format!("The text was not frozen: {error}."), hint)
}

/// Findings as data.
pub(super) fn findings(found: &[Finding]) -> Value {
    let each = found.iter().map(|finding| {
        json!({
            "rule": finding.rule, "severity": finding.severity, "place": finding.place.to_string(),
            "message": finding.message, "hint": finding.hint,
        })
    });
    Value::Array(each.collect())
}
