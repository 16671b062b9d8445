//! A party's consent: approvals, which the passphrase confirms, and the tries that a head begins and leaves.

use super::item::{Deed, Proposal, UnderstandingId};
use super::requests::refused;
use crate::api::{ErrorKind, Failure, Response};
use crate::limits::{ASKED_MAX, EXPIRY_BEATS, LIMIT_BEATS, LIMIT_BEATS_MAX, LIMIT_BEATS_MIN};
use crate::machine::item::Item;
use crate::machine::{Effect, Machine};
use backchannel_accord::life::Kind;
use backchannel_accord::understanding::Digest;
use backchannel_wire::PartyNo;
use backchannel_wire::ids::{RoomKind, unhex};
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// An approval that waits for the vault's word on the passphrase.
pub(in crate::machine) struct Asked {
    id: UnderstandingId,
    digest: Digest,
    take_back: bool,
}

impl Machine {
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
        let last = self.kept(id)?.last().map(|(_, version)| version);
        if last.is_some_and(|version| version.frozen.is_none()) && !take_back {
            return Err(refused(
                "The text was burned here: nobody approves what cannot be read.",
                "Ask for a new version, or have another of your delegation approve.",
            ));
        }
        if last.map(|version| version.digest) != Some(wanted) {
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
    pub(super) fn propose(&mut self, id: &str, within_ms: Option<u64>) -> Result<Value, Failure> {
        self.depositing_head()?;
        let within = self.beats_to_limit(within_ms)?;
        let id = self.named(id)?;
        let status = self.permitted(id, Kind::CeremonyBegun, "deposited")?;
        let kept = self.kept(id)?;
        let (_, last) =
            kept.last().ok_or_else(|| refused("No version is frozen.", "Wait for the intermediary."))?;
        let (digest, number) = (last.digest, kept.last_try().saturating_add(1));
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
    pub(super) fn withhold(&mut self, id: &str) -> Result<Value, Failure> {
        self.depositing_head()?;
        let id = self.named(id)?;
        self.understandings.withheld.insert(id);
        Ok(json!({ "v": 1, "id": id.to_hex(), "withheld": true }))
    }

    pub(super) fn withdraw_deposit(&mut self, id: &str) -> Result<Value, Failure> {
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
}
