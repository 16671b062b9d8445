//! The single text: laid before the parties, commented on, frozen, put in another's place, laid down.

use super::item::{Deed, UnderstandingId};
use super::kept::Outline;
use super::requests::refused;
use crate::api::{ErrorKind, Failure};
use crate::machine::Machine;
use crate::machine::item::Item;
use backchannel_accord::life::{Kind, State, permits};
use backchannel_accord::understanding::{
    Digest, Finding, Form, FreezeError, Frozen, Severity, Understanding, check, parse,
};
use backchannel_accord::{Lang, Text, Texts};
use backchannel_wire::{PartyNo, Role};
use rand_core::RngCore;
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Machine {
    pub(super) fn submit(&mut self, id: Option<&str>, file: &str) -> Result<Value, Failure> {
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
    pub(super) fn supersede(&mut self, id: &str, file: &str) -> Result<Value, Failure> {
        self.holds_pen()?;
        let old = self.named(id)?;
        let status = self.status_now(old)?;
        let digest = status
            .digest
            .filter(|_| permits(Kind::Superseded, status.state))
            .filter(|_| status.until.is_some())
            .map(Digest)
            .ok_or_else(|| {
                refused(
                    "Only what is settled can be superseded (LIFE-28).",
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
        let same = self.understandings.book.version_of(old, &status).map(|version| parties(&version.outline));
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

    pub(super) fn comment(
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

    pub(super) fn freeze(&mut self, id: &str) -> Result<Value, Failure> {
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
        if before.is_none() && kept.last().is_some() {
            return Err(refused(
                "The version frozen last was burned here: what follows it cannot be made.",
                "Begin another understanding.",
            ));
        }
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

    pub(super) fn abandon(&mut self, id: &str) -> Result<Value, Failure> {
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
