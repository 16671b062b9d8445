//! Understandings on a station: what is on record of them, and the ceremonies that bring them into effect
//! (docs/spec/understanding-items.md).
//!
//! Texts and states are `accord`'s, the machines of a ceremony are `assurance`'s; this carries between them and the rooms.
//! **What a machine stores stands in one batch with what it posts after it**: posts are items of an outbox, which are
//! written with the batch of the input that made them.
//! **A ceremony goes on while the records are locked**: what its machines and the states need holds no words of people.

mod arrivals;
mod artefact;
mod book;
mod burned;
mod consent;
mod deposits;
mod drafting;
mod gate;
mod in_force;
mod incidents;
mod instrument;
mod item;
mod keep;
mod kept;
mod ladder;
mod newcomers;
mod outgoing;
mod pen;
mod requests;
mod roster;
mod sentences;
mod set_times;
mod show;
#[cfg(feature = "sabotage")]
mod tampered;
mod terms;
#[cfg(test)]
mod tests;
mod tries;

pub use book::is_note;
pub use item::{About, Deed, Note, Proposal, Report, Said, Spot, UnderstandingId, What};
#[cfg(feature = "sabotage")]
pub use tampered::Tamper;

use self::book::Book;
use self::consent::Asked;
use self::deposits::Held;
use self::outgoing::Queued;
use self::set_times::Later;
use self::tries::Trial;
use super::Machine;
use super::room::{Room, Who};
use backchannel_accord::life::{Clock, IncidentId, State, Viewer};
use backchannel_accord::words::At;
use backchannel_assurance::DepositaryKey;
use backchannel_assurance::ceremony::OpeningId;
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, PartyNo, RoomId, SeatNo, UtcMs};
use std::collections::{BTreeMap, BTreeSet};

/// Everything a station keeps of understandings.
pub struct Understandings {
    book: Book,
    out: Vec<Queued>,
    out_dirty: bool,
    trials: BTreeMap<(UnderstandingId, u32), Trial>,
    deposits: BTreeMap<OpeningId, Held>,
    /// The key of a depositary's certificates.
    certifier: Option<DepositaryKey>,
    /// Approvals whose passphrase is being checked, by the ticket of the command.
    asked: BTreeMap<u64, Asked>,
    /// The states told last; learned anew after a restart.
    states: BTreeMap<UnderstandingId, Option<State>>,
    /// Tries of which people were told why this station does not join.
    waiting: BTreeSet<(UnderstandingId, u32)>,
    /// Reminders told already: of which end, how long before it.
    reminded: BTreeSet<(UnderstandingId, UtcMs, u64)>,
    /// What was told already of the time in which an incident is to be explained.
    clocks: BTreeSet<(IncidentId, UtcMs)>,
    /// Incidents that wait for a set time.
    later: Vec<Later>,
    later_dirty: bool,
    /// Steps of ladders already told.
    climbed: BTreeSet<(backchannel_accord::DispatchId, usize)>,
    looked: Option<Beat>,
    /// Whether a delegate asked for the record, and when it was passed on last.
    wanted: bool,
    passed: Option<Beat>,
    /// When this station entered each room.
    entered: BTreeMap<RoomId, Beat>,
    /// When this station asked for it last.
    asked_at: Option<Beat>,
    /// Exercise only: what this party hands nothing in for.
    withheld: BTreeSet<UnderstandingId>,
}

impl Understandings {
    /// Nothing on record yet, under a channel's clock, where that side holds the pen.
    pub fn new(t0: UtcMs, beat_ms: u32, pen: PartyNo) -> Self {
        Self {
            book: Book::new(Clock { t0, beat_ms: u64::from(beat_ms) }, pen),
            out: Vec::new(),
            out_dirty: false,
            trials: BTreeMap::new(),
            deposits: BTreeMap::new(),
            certifier: None,
            asked: BTreeMap::new(),
            states: BTreeMap::new(),
            waiting: BTreeSet::new(),
            reminded: BTreeSet::new(),
            clocks: BTreeSet::new(),
            later: Vec::new(),
            later_dirty: false,
            climbed: BTreeSet::new(),
            looked: None,
            wanted: false,
            passed: None,
            entered: BTreeMap::new(),
            asked_at: None,
            withheld: BTreeSet::new(),
        }
    }

    /// Who stands ready in a try, as far as this station takes part and is shown it.
    fn ready(&self, sid: &[u8; 32]) -> Option<BTreeSet<PartyNo>> {
        let of = |trial: &&Trial| trial.sid().is_some_and(|known| known.0 == *sid);
        self.trials.values().find(of)?.party.as_ref()?.ready()
    }

    /// The texts of clauses on record here: the understanding's name, the language, the text.
    pub fn texts(&self) -> Vec<(String, backchannel_accord::Lang, String)> {
        let texts = self.book.texts().into_iter();
        texts.map(|(id, lang, text)| (id.to_hex(), lang, text)).collect()
    }

    /// The records are locked: what people wrote leaves memory.
    pub fn lock(&mut self) {
        self.book.strip();
    }
}

/// Something about an understanding that was sealed, its author authenticated.
#[derive(Clone, Copy)]
pub(crate) struct Came {
    pub(super) who: Who,
    pub(super) room: RoomId,
    pub(super) kind: RoomKind,
    pub(super) seat: SeatNo,
    pub(super) beat: Beat,
}

impl Machine {
    /// Whose eyes this station sees with.
    fn viewer(&self) -> Viewer {
        match self.me.party() {
            PartyNo::INTERMEDIARY => Viewer::Intermediary,
            party => Viewer::Party(party),
        }
    }

    /// The person at this station as the author of what it says.
    pub(super) fn myself(&self) -> Who {
        Who { party: self.me.party(), member: self.me.member(), role: self.me.invitation.role }
    }

    /// The rooms that decide, as far as this station sees them: the registry, or every caucus (LIFE-5).
    fn deciding(&self) -> impl Iterator<Item = &Room> {
        let decides = |room: &&Room| match room.kind() {
            RoomKind::Registry => true,
            RoomKind::Caucus(_) => self.me.party() == PartyNo::INTERMEDIARY,
            RoomKind::Delegation(_) => false,
        };
        self.rooms.values().filter(decides)
    }

    /// The last beat seen whole of what decides (LIFE-18).
    fn decided_through(&self) -> Beat {
        self.deciding().map(Room::whole_through).min().unwrap_or_default()
    }

    /// The relay's clock, as far as it is known here.
    fn relay_now(&self) -> UtcMs {
        UtcMs(self.now.0.saturating_add_signed(self.offset_ms))
    }

    /// Now, as states are asked for.
    fn present(&self) -> At {
        let beat = self.decided_through();
        At { beat, utc: self.utc_of(beat).max(self.relay_now()) }
    }

    /// Tells of states reached, ends that come near and incidents to be explained; each understanding is folded once.
    fn tell_changes(&mut self) {
        let ids: Vec<UnderstandingId> = self.understandings.book.iter().map(|(id, _)| id).collect();
        for id in ids {
            let Ok(status) = self.status_now(id) else { continue };
            self.tell_state(id, &status);
            self.tell_reminders(id, &status);
            self.tell_incidents(id, &status);
        }
    }

    /// What a beat brings to understandings.
    pub(super) fn understandings_tick(&mut self) {
        self.tick_deposits();
        self.open_what_waited();
        let through = self.decided_through();
        if self.understandings.looked == Some(through) {
            return;
        }
        self.understandings.looked = Some(through);
        let all = vec![(Beat(0), Beat(u64::MAX))];
        let missed = self.deciding().fold(all, |runs, room| room.silent().within(&runs));
        self.understandings.book.know_missed(missed);
        self.follow_proposals();
        self.seen_through(through);
        self.tell_changes();
        self.tell_ladder();
        self.pass_record_on();
        self.ask_again();
    }
}

/// What a room is for, in the words of the rules.
pub(super) fn room_kind(kind: RoomKind) -> backchannel_accord::RoomKind {
    match kind {
        RoomKind::Caucus(party) => backchannel_accord::RoomKind::Caucus(party),
        RoomKind::Delegation(party) => backchannel_accord::RoomKind::Delegation(party),
        RoomKind::Registry => backchannel_accord::RoomKind::Registry,
    }
}
