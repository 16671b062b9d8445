//! What people ask of the desk.

use super::Desk;
use super::messages::Asked;
use super::sentences::{brief, capital, event_words};
use super::types::{Facts, Outgoing, Reaction, class_of, room_kind};
use crate::api::{ErrorKind, Failure, Request};
use crate::limits::{ID_DIGITS_MIN, POSTS_MAX};
use crate::sabotage::{Sabotage, on};
use backchannel_accord::draft::{self, Draft, DraftError, ReadBackDraft};
use backchannel_accord::event::Addressee;
use backchannel_accord::{
    Admitted, Disclosure, DispatchId, Event, Lang, Record, Refusal, Retention, Text, Texts, rules,
};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{PartyNo, RoomId};
use rand_chacha::ChaCha20Rng;
use serde_json::json;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

impl Desk {
    /// Whether the desk answers a request.
    pub fn handles(request: &Request) -> bool {
        matches!(
            request,
            Request::Inbox { .. }
                | Request::Show { .. }
                | Request::Receipts { .. }
                | Request::Send { .. }
                | Request::Reply { .. }
                | Request::Convey { .. }
                | Request::ConveyCheck { .. }
                | Request::Check { .. }
                | Request::ReadBack { .. }
                | Request::Return { .. }
                | Request::Record {}
                | Request::Notify { .. }
                | Request::Release { .. }
                | Request::WatchRules { .. }
                | Request::LineCheck { .. }
                | Request::LineAnswer { .. }
                | Request::StatementList {}
                | Request::TemplatesAdd { .. }
                | Request::TemplatesList {}
                | Request::TemplatesOffer { .. }
                | Request::TemplateBlank { .. }
                | Request::QueryList { .. }
                | Request::ExposureList {}
        )
    }

    /// Answers a request. Nothing is shown or sent while the records are locked.
    pub fn request(
        &mut self,
        request: &Request,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        if facts.locked || self.locked {
            return Err(Failure::new(
                ErrorKind::Locked,
                "The records are locked: nothing can be shown or sent.",
                "Run `backchannel unlock` first.",
            ));
        }
        self.meet(facts);
        match request {
            Request::Inbox { unread } => Ok(Reaction::answer(self.inbox(*unread, facts))),
            Request::Show { id, lang } => self.show(self.find(id)?, lang.as_deref(), facts),
            Request::Notify { to, message, precedence, answers } => {
                let (to, precedence, answers) = (to.as_deref(), precedence.as_deref(), answers.as_deref());
                self.notify(Asked { to, message, precedence, answers }, facts, rng)
            }
            Request::Release { id } => self.release_message(id, facts, rng),
            Request::WatchRules { second_person } => self.watch_rules(*second_person, facts, rng),
            Request::LineCheck { to } => self.line_check(to.as_deref(), facts, rng),
            Request::LineAnswer { to, text } => self.line_answer(to.as_deref(), text.as_deref(), facts, rng),
            Request::QueryList { lang } => {
                let queries = self.queries(lang.as_deref(), facts);
                Ok(Reaction::answer(json!({ "v": 1, "queries": queries })))
            }
            Request::TemplatesAdd { .. }
            | Request::TemplatesList {}
            | Request::TemplatesOffer { .. }
            | Request::TemplateBlank { .. } => self.files_request(request, facts, rng),
            Request::StatementList {} => Ok(Reaction::answer(self.statements(facts))),
            Request::ExposureList {} => Ok(Reaction::answer(self.exposures(facts))),
            Request::Receipts { id } => self.receipts(self.find(id)?, facts),
            Request::Record {} => Ok(Reaction::answer(self.record(facts))),
            Request::Send { draft } => {
                let draft = draft::parse(draft).map_err(drafted)?;
                self.needs_no_release(&draft)?;
                self.send(draft, None, facts, rng)
            }
            Request::Reply { id, draft } => {
                let answered = self.find(id)?;
                let draft = draft::parse_reply(draft).map_err(drafted)?;
                self.needs_no_release(&draft)?;
                self.send(draft, Some(answered), facts, rng)
            }
            Request::Convey { id, to, rendering, faithless } => {
                let of = self.find(id)?;
                self.convey(of, to, rendering, *faithless, facts, rng)
            }
            Request::ConveyCheck { id, to, rendering } => {
                self.convey_check(self.find(id)?, to, rendering, facts, rng)
            }
            Request::Check { draft, answers } => {
                self.check_draft(draft, answers.as_deref(), facts).map(Reaction::answer)
            }
            Request::ReadBack { id, text } => self.read_back(self.find(id)?, text, facts, rng),
            Request::Return { id } => self.return_item(self.find(id)?, facts),
            _ => Err(Failure::new(
                ErrorKind::Internal,
                "The desk has no part in this command.",
                "Report this.",
            )),
        }
    }

    /// Whether an item of this name is on record.
    pub(in crate::machine) fn knows(&self, id: DispatchId) -> bool {
        self.book.ledger.event(id).is_some()
    }

    /// The item whose name begins so.
    pub(in crate::machine) fn find(&self, prefix: &str) -> Result<DispatchId, Failure> {
        let prefix = prefix.trim();
        let hex = prefix.bytes().all(|byte| byte.is_ascii_hexdigit());
        if prefix.len() < ID_DIGITS_MIN || !hex {
            return Err(Failure::new(
                ErrorKind::NotFound,
                "This is not an id: an id is written in digits and the letters a to f.",
                format!("Give at least its first {ID_DIGITS_MIN} digits, as `backchannel inbox` shows them."),
            ));
        }
        match self.book.ledger.named(prefix).as_slice() {
            [id] => Ok(*id),
            // The other side's name for what it sent finds the conveyance through which it came.
            [] if let Some(id) =
                DispatchId::from_hex(prefix).and_then(|id| self.book.ledger.conveyance_of(id)) =>
            {
                Ok(id)
            }
            [] => Err(Failure::new(
                ErrorKind::NotFound,
                "Nothing on record has this id.",
                "See `backchannel inbox` for what came, and `backchannel record` for everything.",
            )),
            _ => Err(Failure::new(
                ErrorKind::NotFound,
                "More than one item has an id that begins so.",
                "Give more of its digits.",
            )),
        }
    }

    pub(super) fn send(
        &mut self,
        draft: Draft,
        answered: Option<DispatchId>,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        let to = match (&draft.to, answered) {
            (Some(to), _) => addressee(to, facts)?,
            (None, Some(answered)) => self.answer_to(answered),
            (None, None) => return Err(no_such_side(facts)),
        };
        let kind = match self.goes_by_registry(&draft, to, answered, facts) {
            true => RoomKind::Registry,
            false => room_for(to, facts)?,
        };
        let room = open_room(kind, facts)?;
        self.registry_has_room()?;
        let guarded =
            facts.has_registry && self.party != PartyNo::INTERMEDIARY && matches!(kind, RoomKind::Caucus(_));
        let warnings: Vec<String> = draft.warnings.iter().map(warning).collect();
        let id = DispatchId::random(rng);
        let dispatch = draft.into_dispatch(id, to, answered, guarded, rng);
        let mut reaction = Reaction::default();
        let waits = self.post(room, kind, Event::Dispatch(Box::new(dispatch)), facts, &mut reaction)?;
        let id = id.to_hex();
        reaction.reply = Some(json!({
            "v": 1, "id": id, "warnings": warnings, "waits_for_registry": waits, "vouching": facts.verified,
        }));
        Ok(reaction)
    }

    /// What a second person releases is not sent past that person by writing the notation by hand (WATCH-2).
    fn needs_no_release(&self, draft: &Draft) -> Result<(), Failure> {
        if draft.form != backchannel_accord::Form::Notification || !self.book.ledger.watch().second_person {
            return Ok(());
        }
        Err(Failure::new(
            ErrorKind::Refused,
            "A second person of this delegation releases messages (WATCH-2).",
            "Write it for `backchannel notify`: it waits for that person.",
        ))
    }

    /// To whom an answer goes that does not say it: back to where the item came from, through the same room.
    pub(super) fn answer_to(&self, answered: DispatchId) -> Addressee {
        let author = self.book.ledger.place(answered).map(|(_, author)| author.party);
        if let Some(backchannel_accord::RoomKind::Delegation(_)) = self.book.ledger.room_kind(answered) {
            return Addressee::Delegation;
        }
        if let (Some(backchannel_accord::RoomKind::Registry), Some(author)) =
            (self.book.ledger.room_kind(answered), author)
        {
            return Addressee::Party(author);
        }
        match (self.book.ledger.event(answered), author) {
            (Some(Event::Conveyance(conveyance)), _) if self.party != PartyNo::INTERMEDIARY => {
                Addressee::Party(conveyance.of.party)
            }
            (_, Some(author)) if self.party == PartyNo::INTERMEDIARY => Addressee::Party(author),
            _ => Addressee::Intermediary,
        }
    }

    /// Checks an own text by the rules, takes it in, and sends it, or has it wait for the registry; says whether it waits.
    pub(super) fn post(
        &mut self,
        room: RoomId,
        kind: RoomKind,
        event: Event,
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) -> Result<bool, Failure> {
        let (author, room_kind) = (facts.author(), room_kind(kind));
        let judge = if on(Sabotage::LooseHold) { rules::check } else { rules::check_own };
        judge(&author, room, room_kind, &event, &self.book.ledger).map_err(|refusal| broken(&refusal))?;
        let at = facts.at(facts.beat);
        let admitted = Admitted { author, room, room_kind, beat: at.beat, utc: at.utc, event };
        let Some(id) = admitted.event.id() else { return Ok(false) };
        let consequences = self.book.ledger.admit(admitted.clone()).map_err(|refusal| broken(&refusal))?;
        self.book.keep(room, at.utc, Record::Admitted(admitted.clone()), reaction);
        self.note_message(&admitted, reaction);
        let waits = !self.book.ledger.guards_of_own(id).is_empty();
        self.follow_own(id, waits);
        if waits && self.locked {
            // What waits to leave is kept, as when the records are locked (DESK-5).
            self.held.insert(id, Zeroizing::new(admitted.event.to_bytes()));
        }
        if !waits {
            let (class, bytes) = (class_of(&admitted.event), admitted.event.to_bytes());
            reaction.out.push(Outgoing { room, class, tag: id.0, bytes });
        }
        self.due_at = Some(facts.now);
        self.act_on(consequences, &admitted, facts, reaction);
        Ok(waits)
    }

    /// Refuses to begin what would have to wait too long for the registry.
    fn registry_has_room(&self) -> Result<(), Failure> {
        if self.guard.queue() < POSTS_MAX {
            return Ok(());
        }
        Err(Failure::new(
            ErrorKind::Refused,
            "Too much waits for the registry already.",
            "Wait until the other side's stations are there, or mark no passage verbatim.",
        ))
    }

    fn read_back(
        &mut self,
        of: DispatchId,
        text: &BTreeMap<String, String>,
        facts: &Facts<'_>,
        rng: &mut ChaCha20Rng,
    ) -> Result<Reaction, Failure> {
        self.registry_has_room()?;
        let texts = texts_of(text, "The read-back")?;
        let (room, kind) = self.room_of(of, facts)?;
        let guarded = facts.has_registry && self.party != PartyNo::INTERMEDIARY;
        let id = DispatchId::random(rng);
        let draft = ReadBackDraft { texts, disclosure: Disclosure::Verbatim };
        let event = Event::ReadBack(Box::new(draft.into_read_back(id, of, guarded, rng)));
        let mut reaction = Reaction::default();
        let waits = self.post(room, kind, event, facts, &mut reaction)?;
        let id = id.to_hex();
        reaction.reply = Some(json!({ "v": 1, "id": id, "waits_for_registry": waits }));
        Ok(reaction)
    }

    /// The room of an item, if the station can post there.
    fn room_of(&self, id: DispatchId, facts: &Facts<'_>) -> Result<(RoomId, RoomKind), Failure> {
        let room = self.book.ledger.place(id).map(|(room, _)| room);
        let fact = facts.rooms.iter().find(|fact| Some(fact.room) == room && fact.usable);
        fact.map(|fact| (fact.room, fact.kind)).ok_or_else(closed)
    }

    fn return_item(&mut self, id: DispatchId, facts: &Facts<'_>) -> Result<Reaction, Failure> {
        let done = json!({ "v": 1, "done": true });
        let Some(view) = self.book.ledger.show(id) else { return Err(closed()) };
        if self.book.ledger.retention(id) != Some(Retention::ReadAndReturn) || view.mine {
            return Err(Failure::new(
                ErrorKind::Refused,
                "Only an item that the other side lent for reading is returned (ADMIT-10).",
                "See its retention with `backchannel show`.",
            ));
        }
        let mut reaction = Reaction::answer(done);
        if view.dropped.is_some() {
            return Ok(reaction);
        }
        let (room, _) = self.room_of(id, facts)?;
        self.say(room, Event::Returned(id), facts, &mut reaction).map_err(|refusal| broken(&refusal))?;
        // Whatever repeats the text goes with it: its conveyances and read-backs.
        let sources = view.layers.iter().filter_map(|layer| DispatchId::from_hex(&layer.source));
        let mut ids: Vec<DispatchId> = sources.filter(|source| self.book.ledger.knows(*source)).collect();
        ids.push(id);
        ids.sort();
        ids.dedup();
        self.drop_texts(&ids, backchannel_accord::ledger::DropReason::Returned, facts, &mut reaction);
        let words = capital(&self.book.ledger.event(id).map(event_words).unwrap_or_default());
        let what = format!("{words} was returned: {}. Its text is not kept here.", brief(id));
        let line = reaction.line("returned", what);
        (line.room, line.id) = (Some(room), Some(id.to_hex()));
        Ok(reaction)
    }
}

/// Language versions as a command gives them.
pub(super) fn texts_of(given: &BTreeMap<String, String>, what: &str) -> Result<Texts, Failure> {
    let mut texts = BTreeMap::new();
    for (code, text) in given {
        let lang = Lang::new(code).ok_or_else(|| {
            Failure::new(
                ErrorKind::Usage,
                format!("{what} names a language by something that is not its code."),
                "Give two or three lower-case letters, such as en.",
            )
        })?;
        if text.trim().is_empty() {
            let message = format!("{what} is empty in {}.", lang.code());
            return Err(Failure::new(
                ErrorKind::Usage,
                message,
                "Write the text, or leave the language out.",
            ));
        }
        texts.insert(lang, Text::new(text.clone()));
    }
    if texts.is_empty() {
        let message = format!("{what} has no text.");
        return Err(Failure::new(ErrorKind::Usage, message, "Give a text in one language at least."));
    }
    Ok(Texts(texts))
}

pub(super) fn addressee(to: &str, facts: &Facts<'_>) -> Result<Addressee, Failure> {
    let wanted = to.trim();
    if wanted.eq_ignore_ascii_case("delegation") {
        return Ok(Addressee::Delegation);
    }
    let party = match (facts.party_named)(wanted) {
        Some(party) => party,
        None if wanted.eq_ignore_ascii_case("intermediary") => PartyNo::INTERMEDIARY,
        None => return Err(no_such_side(facts)),
    };
    match party {
        own if own == facts.me.party => Ok(Addressee::Delegation),
        PartyNo::INTERMEDIARY => Ok(Addressee::Intermediary),
        party => Ok(Addressee::Party(party)),
    }
}

pub(super) fn no_such_side(facts: &Facts<'_>) -> Failure {
    let sides: Vec<String> = facts.others().map(|party| format!("\"{}\"", (facts.labels)(party))).collect();
    Failure::new(
        ErrorKind::Usage,
        "The draft is for somebody who is not on this channel.",
        format!("Write `to` as \"intermediary\", \"delegation\" or one of {}.", sides.join(", ")),
    )
}

/// The room through which an addressee is reached from here.
pub(super) fn room_for(to: Addressee, facts: &Facts<'_>) -> Result<RoomKind, Failure> {
    let me = facts.me.party;
    match to {
        Addressee::Delegation => Ok(RoomKind::Delegation(me)),
        Addressee::Party(party) if me == PartyNo::INTERMEDIARY => Ok(RoomKind::Caucus(party)),
        _ if me == PartyNo::INTERMEDIARY => Err(no_such_side(facts)),
        _ => Ok(RoomKind::Caucus(me)),
    }
}

pub(super) fn open_room(kind: RoomKind, facts: &Facts<'_>) -> Result<RoomId, Failure> {
    let fact = facts.rooms.iter().find(|fact| fact.kind == kind && fact.usable);
    fact.map(|fact| fact.room).ok_or_else(closed)
}

pub(super) fn closed() -> Failure {
    Failure::new(
        ErrorKind::Refused,
        "This station is not in the room that the command needs.",
        "See `backchannel status`: a room that is being joined opens by itself.",
    )
}

/// A rule of the diplomacy that a request breaks.
pub(super) fn broken(refusal: &Refusal) -> Failure {
    match refusal {
        Refusal::Carry(error) => super::convey::not_carried(error),
        _ => Failure::new(
            ErrorKind::Refused,
            format!("{}.", capital(&refusal.to_string())),
            format!("See rule {} in docs/spec/dispatches.md.", refusal.rule()),
        ),
    }
}

/// What is wrong with a draft: a rule of its form, or the way it is written.
fn drafted(error: DraftError) -> Failure {
    let rule = error.problem.contains("(FORM-");
    let kind = if rule { ErrorKind::Refused } else { ErrorKind::Usage };
    let (message, hint) = (capital(&format!("{error}.")), capital(&format!("{}.", error.hint)));
    Failure::new(kind, message, hint)
}

fn warning(finding: &backchannel_accord::signals::Finding) -> String {
    let place = finding.place + 1;
    format!("Passage {place} ({}): {}.", finding.lang.code(), finding.message)
}
