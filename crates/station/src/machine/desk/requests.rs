//! What people ask of the desk.

use super::{Desk, Facts, Reaction, author_of, ledger_kind};
use crate::api::{ErrorKind, Failure, Request};
use crate::sabotage::{Sabotage, on};
use backchannel_accord::draft::{self, Draft, DraftError, ReadBackDraft};
use backchannel_accord::event::{Addressee, Mode};
use backchannel_accord::ledger::{Carriage, CarryPart};
use backchannel_accord::words::{Lang, Text};
use backchannel_accord::{Disclosure, DispatchId, Event, Refusal, RoomKind, Texts};
use backchannel_wire::ids::RoomKind as WireKind;
use backchannel_wire::{PartyNo, RoomId};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Desk {
    /// Answers a request.
    pub fn request(
        &mut self,
        request: &Request,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        if facts.locked {
            return Err(Failure::new(
                ErrorKind::Locked,
                "The station's records are locked.",
                "Unlock them with `backchannel unlock`.",
            ));
        }
        let names = facts.parties.iter().copied().chain([PartyNo::INTERMEDIARY]);
        self.ledger.set_names(names.map(|party| (party, (facts.labels)(party))).collect());
        match request {
            Request::Inbox { unread } => Ok(reply(self.inbox(*unread, facts))),
            Request::Show { id } => self.show(id, facts),
            Request::Receipts { id } => Ok(reply(self.receipts(self.find(id)?, facts))),
            Request::Send { draft } => self.send_draft(draft, None, facts, rng),
            Request::Reply { id, draft } => {
                let of = self.find(id)?;
                self.send_draft(draft, Some(of), facts, rng)
            }
            Request::Convey { id, to, rendering, faithless } => {
                self.convey(id, to, rendering, *faithless, facts, rng)
            }
            Request::ReadBack { id, text } => self.read_back(id, text, facts, rng),
            Request::Return { id } => self.return_item(id, facts),
            Request::Record {} => Ok(reply(self.record(facts))),
            _ => Err(Failure::new(
                ErrorKind::Usage,
                "The desk does not know this command.",
                "Update the program.",
            )),
        }
    }

    /// An item by the beginning of its name.
    pub(super) fn find(&self, prefix: &str) -> Result<DispatchId, Failure> {
        let prefix = prefix.trim().to_ascii_lowercase();
        if prefix.len() < 4 {
            return Err(Failure::new(
                ErrorKind::Usage,
                "The name is too short.",
                "Give at least its first four digits.",
            ));
        }
        match self.ledger.named(&prefix)[..] {
            [] => Err(Failure::new(
                ErrorKind::NotFound,
                "There is no dispatch of that name here.",
                "See inbox or record for names.",
            )),
            [id] => Ok(id),
            _ => Err(Failure::new(
                ErrorKind::Usage,
                "Several dispatches begin with these digits.",
                "Give more digits.",
            )),
        }
    }

    fn show(&mut self, id: &str, facts: &Facts<'_>) -> Result<Reaction, Failure> {
        let id = self.find(id)?;
        let mut reaction = Reaction::default();
        let line = self.ledger.inbox(facts.now).into_iter().find(|line| line.id == id.to_hex());
        if line.is_some_and(|line| !line.read)
            && let Some(((room, _), kind)) = self.ledger.place(id).zip(self.ledger.room_kind(id))
        {
            self.send(Event::Read(id), room, kind, facts, &mut reaction)
                .map_err(|refusal| refused(&refusal))?;
        }
        reaction.reply = Some(self.view(id, facts)?);
        Ok(reaction)
    }

    fn room(&self, kind: WireKind, facts: &Facts<'_>) -> Result<RoomId, Failure> {
        let found = facts.rooms.iter().find(|room| room.kind == kind && room.usable);
        found.map(|room| room.room).ok_or_else(|| {
            Failure::new(
                ErrorKind::Refused,
                "This station is not in the room that leads there.",
                "See status: the room may still be joining.",
            )
        })
    }

    /// Which room leads to an addressee, and how the dispatch names it.
    fn addressed(&self, to: &str, facts: &Facts<'_>) -> Result<(WireKind, Addressee), Failure> {
        let mine = facts.me.party;
        let intermediary = mine == PartyNo::INTERMEDIARY;
        if to.eq_ignore_ascii_case("delegation") {
            return Ok((WireKind::Delegation(mine), Addressee::Delegation));
        }
        let party = match to {
            _ if to.eq_ignore_ascii_case("intermediary") => Some(PartyNo::INTERMEDIARY),
            _ => (facts.party_named)(to),
        };
        match party {
            Some(PartyNo::INTERMEDIARY) if !intermediary => {
                Ok((WireKind::Caucus(mine), Addressee::Intermediary))
            }
            Some(party) if party != mine && intermediary => {
                Ok((WireKind::Caucus(party), Addressee::Party(party)))
            }
            Some(party) if party != mine => Ok((WireKind::Caucus(mine), Addressee::Party(party))),
            Some(_) => Err(Failure::new(
                ErrorKind::Refused,
                "A dispatch is not sent to one's own side.",
                "Send to \"delegation\" for your own people.",
            )),
            None => {
                let names: Vec<String> = facts.parties.iter().map(|party| (facts.labels)(*party)).collect();
                let hint = format!("Give \"intermediary\", \"delegation\" or one of: {}.", names.join(", "));
                Err(Failure::new(
                    ErrorKind::Usage,
                    "The draft is addressed to a side this channel does not have.",
                    hint,
                ))
            }
        }
    }

    /// Where a reply goes: back into the room of what it answers, to whoever that came from.
    fn answered(&self, of: DispatchId, facts: &Facts<'_>) -> Result<(WireKind, Addressee), Failure> {
        let kind = self.ledger.room_kind(of);
        let mine = facts.me.party;
        match (kind, self.ledger.event(of)) {
            (Some(RoomKind::Delegation(party)), _) => {
                Ok((WireKind::Delegation(party), Addressee::Delegation))
            }
            (Some(RoomKind::Caucus(party)), _) if mine == PartyNo::INTERMEDIARY => {
                Ok((WireKind::Caucus(party), Addressee::Party(party)))
            }
            (Some(RoomKind::Caucus(party)), Some(Event::Conveyance(conveyance))) => {
                Ok((WireKind::Caucus(party), Addressee::Party(conveyance.of.party)))
            }
            (Some(RoomKind::Caucus(party)), _) => Ok((WireKind::Caucus(party), Addressee::Intermediary)),
            _ => Err(Failure::new(
                ErrorKind::Refused,
                "This cannot be answered.",
                "Send a dispatch of its own.",
            )),
        }
    }

    fn send_draft(
        &mut self,
        text: &str,
        of: Option<DispatchId>,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let parsed = if of.is_some() { draft::parse_reply(text) } else { draft::parse(text) };
        let draft: Draft = parsed.map_err(|error| bad_draft(&error))?;
        let (kind, addressee) = match (&draft.to, of) {
            (Some(to), _) => self.addressed(to, facts)?,
            (None, Some(of)) => self.answered(of, facts)?,
            (None, None) => {
                return Err(bad_draft(&DraftError {
                    line: None,
                    problem: "the draft does not say whom it is for".to_owned(),
                    hint: "add `to = \"intermediary\"` at the top".to_owned(),
                }));
            }
        };
        let room = self.room(kind, facts)?;
        let warnings: Vec<Value> = draft
            .warnings
            .iter()
            .map(|found| {
                json!({
                    "rule": found.rule, "message": found.message, "passage": found.place + 1,
                    "lang": found.lang.code(), "line": found.line,
                })
            })
            .collect();
        let id = DispatchId::random(rng);
        let guarded = facts.has_registry
            && facts.me.party != PartyNo::INTERMEDIARY
            && matches!(kind, WireKind::Caucus(_));
        let dispatch = draft.into_dispatch(id, addressee, of, guarded, rng);
        let mut reaction = Reaction::default();
        let waits = self
            .send(Event::Dispatch(Box::new(dispatch)), room, ledger_kind(kind), facts, &mut reaction)
            .map_err(|refusal| refused(&refusal))?;
        reaction.reply = Some(json!({
            "v": 1, "id": id.to_hex(), "warnings": warnings, "waits_for_registry": waits,
            "vouching": facts.verified,
        }));
        Ok(reaction)
    }

    fn convey(
        &mut self,
        id: &str,
        to: &str,
        rendering: &BTreeMap<String, String>,
        faithless: bool,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let of = self.find(id)?;
        let party =
            (facts.party_named)(to).filter(|party| *party != PartyNo::INTERMEDIARY).ok_or_else(|| {
                Failure::new(
                    ErrorKind::Usage,
                    "The channel has no such party.",
                    "Give the label of a party, as status shows it.",
                )
            })?;
        let room = self.room(WireKind::Caucus(party), facts)?;
        let (parts, not_carried) = self.parts(of, rendering)?;
        let carriage = Carriage { form: None, precedence: None, reply_by: None, retention: None, parts };
        let name = DispatchId::random(rng);
        let rendered = self.ledger.carry(of, party, &carriage, name);
        let rendered = match rendered {
            Err(error) if !on(Sabotage::LooseHold) => return Err(refused(&Refusal::Carry(error))),
            rendered => rendered.map_err(|error| refused(&Refusal::Carry(error)))?,
        };
        let taken = taken_json(&rendered.taken);
        let mut conveyance = rendered.conveyance;
        if faithless {
            alter(&mut conveyance.passages);
        }
        let mut reaction = Reaction::default();
        let event = Event::Conveyance(Box::new(conveyance));
        self.send(event, room, RoomKind::Caucus(party), facts, &mut reaction)
            .map_err(|refusal| refused(&refusal))?;
        let notice = "Whether a rendering gives away what was held is for you to judge: paraphrase passes.";
        reaction.reply = Some(json!({
            "v": 1, "id": name.to_hex(), "taken": taken, "not_carried": not_carried, "notice": notice,
            "vouching": facts.verified,
        }));
        Ok(reaction)
    }

    /// Every verbatim passage as it is, the rendering for what may be carried in substance; and the numbers of what stays.
    fn parts(
        &self,
        of: DispatchId,
        rendering: &BTreeMap<String, String>,
    ) -> Result<(Vec<CarryPart>, Vec<Value>), Failure> {
        let Some(Event::Dispatch(dispatch)) = self.ledger.event(of) else {
            return Err(Failure::new(
                ErrorKind::Refused,
                "Only a dispatch of a party is carried (CARRY-1).",
                "Name a dispatch from the inbox.",
            ));
        };
        let mut parts = Vec::new();
        let mut in_substance = Vec::new();
        let mut stays = Vec::new();
        for (place, (number, passage)) in dispatch.numbered().enumerate() {
            match (number, passage.disclosure) {
                (Some(number), Disclosure::Verbatim) => parts.push(CarryPart::Verbatim { passage: number }),
                (Some(number), Disclosure::InSubstance) => in_substance.push((place, number)),
                _ => stays.push(json!({ "place": place + 1, "disclosure": passage.disclosure })),
            }
        }
        if rendering.is_empty() {
            stays.extend(in_substance.iter().map(|(place, number)| {
                json!({
                    "place": place + 1, "passage": number, "disclosure": "in-substance",
                })
            }));
        } else {
            let from = in_substance.iter().map(|(_, number)| *number).collect();
            parts.push(CarryPart::InSubstance { from, texts: texts(rendering)? });
        }
        Ok((parts, stays))
    }

    fn read_back(
        &mut self,
        id: &str,
        text: &BTreeMap<String, String>,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let of = self.find(id)?;
        let place = self.ledger.place(of).zip(self.ledger.room_kind(of));
        let ((room, _), kind) = place.ok_or_else(|| {
            Failure::new(
                ErrorKind::NotFound,
                "There is no conveyance of that name here.",
                "See inbox for names.",
            )
        })?;
        let name = DispatchId::random(rng);
        let guarded = facts.has_registry
            && facts.me.party != PartyNo::INTERMEDIARY
            && matches!(kind, RoomKind::Caucus(_));
        let draft = ReadBackDraft { texts: texts(text)?, disclosure: Disclosure::Verbatim };
        let read_back = draft.into_read_back(name, of, guarded, rng);
        let mut reaction = Reaction::default();
        let waits = self
            .send(Event::ReadBack(Box::new(read_back)), room, kind, facts, &mut reaction)
            .map_err(|refusal| refused(&refusal))?;
        reaction.reply = Some(
            json!({ "v": 1, "id": name.to_hex(), "waits_for_registry": waits, "vouching": facts.verified }),
        );
        Ok(reaction)
    }

    fn return_item(&mut self, id: &str, facts: &Facts<'_>) -> Result<Reaction, Failure> {
        let id = self.find(id)?;
        let mut reaction = Reaction::default();
        let place = self.ledger.place(id).zip(self.ledger.room_kind(id));
        if let Some(((room, _), kind)) = place {
            let author = author_of(facts.me);
            backchannel_accord::rules::check_own(&author, room, kind, &Event::Returned(id), &self.ledger)
                .map_err(|refusal| refused(&refusal))?;
        }
        self.give_back(id, vec![id], facts, &mut reaction);
        reaction.reply = Some(json!({ "v": 1, "done": true }));
        Ok(reaction)
    }
}

fn reply(value: Value) -> Reaction {
    Reaction { reply: Some(value), ..Reaction::default() }
}

fn texts(of: &BTreeMap<String, String>) -> Result<Texts, Failure> {
    let wrong = || {
        Failure::new(
            ErrorKind::Usage,
            "A language is not named by two or three letters.",
            "Write text.en, text.fr and so on.",
        )
    };
    let each = of.iter().map(|(lang, text)| Some((Lang::new(lang)?, Text::new(text.as_str()))));
    each.collect::<Option<_>>().map(Texts).ok_or_else(wrong)
}

/// What a faithless intermediary does to words it was to carry as they are; an exercise shows that it is noticed.
fn alter(passages: &mut [Mode]) {
    for mode in passages {
        if let Mode::Verbatim { texts, .. } = mode {
            for text in texts.0.values_mut() {
                *text = Text::new(format!("{} For now.", text.as_str()));
            }
        }
    }
}

fn bad_draft(error: &DraftError) -> Failure {
    Failure::new(ErrorKind::Usage, format!("The draft was not taken: {error}."), sentence(&error.hint))
}

/// A refusal by a rule, with the rule's number in the message.
fn refused(refusal: &Refusal) -> Failure {
    let mut message = sentence(&refusal.to_string());
    if !message.contains(refusal.rule()) {
        message = format!("{} ({}).", message.trim_end_matches('.'), refusal.rule());
    }
    Failure::new(ErrorKind::Refused, message, hint(refusal))
}

fn hint(refusal: &Refusal) -> &'static str {
    match refusal.rule() {
        "DISC-1" | "DISC-2" | "DISC-3" => {
            "Say it in other words, or leave it out; six words in a row of a held passage may not travel."
        }
        "ADMIT-1" => "Ask somebody of your delegation who may send.",
        rule if rule.starts_with("CARRY") => {
            "See the dispatch with show: what may be carried stands beside each passage."
        }
        rule if rule.starts_with("FORM") => {
            "See the rules of the form with `backchannel send --help`, or choose another form."
        }
        _ => "See the record for what is known here.",
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.trim_end_matches('.').chars();
    let first = chars.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

fn taken_json(taken: &BTreeMap<(usize, Lang), Vec<backchannel_accord::disclosure::Stretch>>) -> Vec<Value> {
    let each = taken.iter().flat_map(|((_, lang), stretches)| {
        stretches.iter().map(move |stretch| {
            json!({
                "from_passage": stretch.passage + 1, "words": stretch.words,
                "positions": [stretch.start, stretch.end], "lang": lang.code(),
            })
        })
    });
    each.collect()
}
