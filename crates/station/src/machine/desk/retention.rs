//! What time asks of the desk: texts to drop, items to return, answers awaited, guards to judge.

use super::Desk;
use super::sentences::brief;
use super::types::{Facts, Outgoing, Reaction, class_of, room_kind};
use backchannel_accord::ledger::{ClockMark, DropReason, Due};
use backchannel_accord::{Admitted, Consequence, DispatchId, Event, Observation, Record};
use backchannel_wire::{RoomId, UtcMs};
use rand_chacha::ChaCha20Rng;

impl Desk {
    /// What a beat brings: what became ready leaves, passages are judged, what is due is done.
    pub fn tick(&mut self, facts: &Facts<'_>, rng: &mut ChaCha20Rng) -> Reaction {
        self.meet(facts);
        let mut reaction = Reaction::default();
        if !self.locked {
            self.retry_early(facts, &mut reaction);
        }
        self.tick_light(facts, &mut reaction);
        self.miss(facts, &mut reaction);
        self.do_what_is_due(facts, &mut reaction);
        self.keep_the_line(facts, rng, &mut reaction);
        self.pass_by_the_silent(facts, &mut reaction);
        reaction
    }

    /// The part of a tick that an arrival may make ready.
    pub(super) fn tick_light(&mut self, facts: &Facts<'_>, reaction: &mut Reaction) {
        self.release(reaction);
        self.judge(facts, reaction);
    }

    fn do_what_is_due(&mut self, facts: &Facts<'_>, reaction: &mut Reaction) {
        if self.due_at.is_none_or(|at| facts.now < at) {
            return;
        }
        for due in self.book.ledger.due(facts.now) {
            match due {
                Due::Drop { ids, why } => self.drop_texts(&ids, why, facts, reaction),
                Due::Return { id, ids } => self.give_back(id, &ids, facts, reaction),
                Due::ReplySoon { id, by } => self.tell_reply_time(id, by, false, reaction),
                Due::ReplyOverdue { id, by, .. } => self.tell_reply_time(id, by, true, reaction),
                Due::Clock { id, mark, by, answers } => {
                    let who = (facts.labels)(answers);
                    self.tell_clock(id, mark, by, &who, reaction);
                }
            }
        }
        self.due_at = self.book.ledger.next_due(facts.now);
    }

    /// Drops the texts of items, each on its own record, in memory and in storage (DESK-6).
    pub(super) fn drop_texts(
        &mut self,
        ids: &[DispatchId],
        why: DropReason,
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) {
        for id in ids {
            let utc = facts.now;
            let observation = Observation::Dropped { ids: vec![*id], why, utc };
            let Some(consequences) = self.book.observe(*id, utc, observation, false, reaction) else {
                continue;
            };
            for consequence in consequences {
                if let Consequence::Rewrite { ids } = consequence {
                    self.book.rewrite(&ids, reaction);
                }
            }
            self.held.remove(id);
        }
    }

    /// Returns an item lent for reading, if the rules allow it: says so in its room and drops its texts.
    pub(super) fn give_back(
        &mut self,
        id: DispatchId,
        ids: &[DispatchId],
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) {
        let Some((room, _)) = self.book.ledger.place(id) else { return };
        if self.say(room, Event::Returned(id), facts, reaction).is_ok() {
            self.drop_texts(ids, DropReason::Returned, facts, reaction);
            let line =
                reaction.line("returned", format!("{} was returned; its text is not kept here.", brief(id)));
            (line.room, line.id) = (Some(room), Some(id.to_hex()));
        }
    }

    /// Sends a machine-made event of this person in the room of an item, and takes it in.
    pub(super) fn say(
        &mut self,
        room: RoomId,
        event: Event,
        facts: &Facts<'_>,
        reaction: &mut Reaction,
    ) -> Result<(), backchannel_accord::Refusal> {
        let of = event.of().unwrap_or(DispatchId([0; 16]));
        let kind = facts.rooms.iter().find(|fact| fact.room == room).map(|fact| room_kind(fact.kind));
        let kind = kind.or_else(|| self.book.ledger.room_kind(of));
        let kind = kind.ok_or(backchannel_accord::Refusal::UnknownReference)?;
        let author = facts.author();
        backchannel_accord::rules::check_own(&author, room, kind, &event, &self.book.ledger)?;
        let at = facts.at(facts.beat);
        let admitted = Admitted { author, room, room_kind: kind, beat: at.beat, utc: at.utc, event };
        let consequences = self.book.ledger.admit(admitted.clone())?;
        self.book.keep(room, at.utc, Record::Admitted(admitted.clone()), reaction);
        let (class, bytes) = (class_of(&admitted.event), admitted.event.to_bytes());
        reaction.out.push(Outgoing { room, class, tag: [0; 16], bytes });
        self.due_at = Some(facts.now);
        self.act_on(consequences, &admitted, facts, reaction);
        Ok(())
    }

    /// Tells how far the clock of a query has run, each mark once; what passed meanwhile is told as the last of them (CLOCK-3).
    fn tell_clock(&mut self, id: DispatchId, mark: ClockMark, by: UtcMs, who: &str, reaction: &mut Reaction) {
        // A clock that is set back tells nothing twice.
        if self.told_clocks.get(&id).is_some_and(|told| *told >= mark) {
            return;
        }
        self.told_clocks.insert(id, mark);
        let (item, by) = (brief(id), backchannel_accord::time::rfc3339(by));
        let (kind, what) = match mark {
            ClockMark::Over => ("reply-overdue", format!("{who} did not answer {item} by {by}.")),
            ClockMark::Tenth => {
                ("reply-soon", format!("{who} is to answer {item} by {by}; a tenth of the time is left."))
            }
            ClockMark::Half => {
                ("reply-soon", format!("{who} is to answer {item} by {by}; half of the time is over."))
            }
        };
        let room = self.book.ledger.place(id).map(|(room, _)| room);
        let line = reaction.line(kind, what);
        (line.room, line.id) = (room, Some(id.to_hex()));
    }

    fn tell_reply_time(&mut self, id: DispatchId, by: UtcMs, over: bool, reaction: &mut Reaction) {
        if !self.told.insert((id, over)) {
            return;
        }
        let (item, by) = (brief(id), backchannel_accord::time::rfc3339(by));
        let what = match over {
            true => format!("The time for an answer to {item} passed at {by}."),
            false => format!("An answer to {item} is asked by {by}."),
        };
        let room = self.book.ledger.place(id).map(|(room, _)| room);
        let line = reaction.line(if over { "reply-overdue" } else { "reply-soon" }, what);
        (line.room, line.id) = (room, Some(id.to_hex()));
    }
}
