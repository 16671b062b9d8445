//! The ledger of one station: everything admitted and observed, folded into what this side may know of each item.
//!
//! The fold is deterministic: the same records in the same order give the same ledger. Facts reach a side only through
//! events of its own rooms and through its own station's observations, so a view cannot show more than the side is
//! entitled to.

mod carry;
mod clock;
mod due;
mod export;
mod fold;
mod guards;
mod layers;
mod line;
mod public;
mod show;
mod thread;
mod view;
mod watch;

pub use carry::{Carriage, CarryError, CarryPart, Rendered};
pub use clock::{Clock, Mark as ClockMark};
pub use due::{DropReason, Due};
pub use export::{Entry, ItemEntry, What};
pub use line::{Check, LineState, Schedule, Suspension, Unanswered};
pub use public::StatementView;
pub use view::{
    BeatsView, CarriageView, InboxLine, LayerKind, LayerView, PassageView, Receipt, TextState, View,
};
pub use watch::{Release, Watch};

use crate::event::{Carried, Event, Retention};
use crate::guard::Guarded;
use crate::rules::{Author, Refusal, RoomKind};
use crate::templated::Gist;
use crate::words::{At, DispatchId, Salt, Texts};
use backchannel_wire::{Beat, ChannelId, MemberId, PartyNo, RoomId, UtcMs};
use minicbor::{Decode, Encode};
use std::collections::{BTreeMap, BTreeSet};

/// Whose ledger it is.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The channel.
    pub channel: ChannelId,
    /// This side.
    pub party: PartyNo,
    /// The person at this station.
    pub member: MemberId,
    /// The names of the sides, as this station shows them.
    pub names: BTreeMap<PartyNo, String>,
}

/// An event that passed the admission gate, with what the room authenticated and the chain dated.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Admitted {
    /// Who wrote it.
    #[n(0)]
    pub author: Author,
    /// Where.
    #[n(1)]
    pub room: RoomId,
    /// What the room is for.
    #[n(2)]
    pub room_kind: RoomKind,
    /// The beat that completed it; for an own event, the beat in which it was queued.
    #[n(3)]
    pub beat: Beat,
    /// The instant of that beat.
    #[n(4)]
    pub utc: UtcMs,
    /// The event.
    #[n(5)]
    pub event: Event,
}

/// What this station saw for itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Observation {
    /// An own item was sealed whole.
    #[n(0)]
    Sent {
        /// The item.
        #[n(0)]
        id: DispatchId,
        /// When.
        #[n(1)]
        at: At,
    },
    /// A station acknowledged an item, authenticated.
    #[n(1)]
    Acknowledged {
        /// The item.
        #[n(0)]
        id: DispatchId,
        /// The side whose station it is.
        #[n(1)]
        party: PartyNo,
        /// The person whose station it is.
        #[n(2)]
        member: MemberId,
        /// When.
        #[n(3)]
        at: At,
    },
    /// A passage matches its digest in the registry; on the author's side, a recipient posted so.
    #[n(2)]
    Matched {
        /// The item: a conveyance received, an own dispatch, or a read-back.
        #[n(0)]
        id: DispatchId,
        /// The number of the passage in the original.
        #[n(1)]
        passage: u16,
        /// When.
        #[n(2)]
        at: At,
    },
    /// A passage said to be verbatim has a salt and no digest in the registry fits: ALTERED.
    #[n(3)]
    AlteredPassage {
        /// The conveyance received, or a read-back carried back.
        #[n(0)]
        id: DispatchId,
        /// The number of the passage in the original.
        #[n(1)]
        passage: u16,
        /// When.
        #[n(2)]
        at: At,
    },
    /// No recipient posted that an own verbatim passage matched, in the stated time.
    #[n(4)]
    NotMatched {
        /// The own dispatch or read-back.
        #[n(0)]
        id: DispatchId,
        /// The number of the passage.
        #[n(1)]
        passage: u16,
        /// When.
        #[n(2)]
        at: At,
    },
    /// The texts of these items are no longer kept here.
    #[n(5)]
    Dropped {
        /// The items.
        #[n(0)]
        ids: Vec<DispatchId>,
        /// Why.
        #[n(1)]
        why: DropReason,
        /// When.
        #[n(2)]
        utc: UtcMs,
    },
    /// What is kept of a message beside its text.
    #[n(6)]
    Message {
        /// The item.
        #[n(0)]
        id: DispatchId,
        /// What is kept.
        #[n(1)]
        gist: Gist,
    },
    /// An own message was said in the registry as well (ROUTE-4).
    #[n(7)]
    InRegistry {
        /// The message.
        #[n(0)]
        id: DispatchId,
        /// When.
        #[n(1)]
        at: At,
    },
}

/// One stored line of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Record {
    /// An admitted event.
    #[n(0)]
    Admitted(#[n(0)] Admitted),
    /// An observation.
    #[n(1)]
    Observed(#[n(0)] Observation),
}

impl Record {
    /// The record as it must be stored after the texts of `ids` were dropped, or nothing if it holds none of them.
    pub fn without_text_of(&self, ids: &[DispatchId]) -> Option<Self> {
        let Self::Admitted(admitted) = self else { return None };
        let own = admitted.event.id().is_some_and(|id| ids.contains(&id));
        let about = admitted.event.of().is_some_and(|of| ids.contains(&of));
        if !own && !about {
            return None;
        }
        let event = admitted.event.without_text();
        (event != admitted.event).then(|| Self::Admitted(Admitted { event, ..admitted.clone() }))
    }
}

/// What follows from an event or an observation, for the station to act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// Something for this side arrived.
    Arrived {
        /// The item.
        id: DispatchId,
    },
    /// The station must send this machine-made event in the caucus of `party`, in the same durable batch.
    Tell {
        /// The party whose caucus it is.
        party: PartyNo,
        /// The event.
        event: Event,
    },
    /// The station must look for these digests in the registry and observe the outcome.
    CheckGuard {
        /// The item to name in the observation.
        id: DispatchId,
        /// The digests.
        guarded: Vec<Guarded>,
    },
    /// Alarm ALTERED: a passage said to be verbatim is not what its party wrote.
    Altered {
        /// The item.
        id: DispatchId,
        /// The number of the passage.
        passage: u16,
    },
    /// More is known of an item.
    Advanced {
        /// The item.
        id: DispatchId,
    },
    /// The texts of these items must be dropped from storage ([`Record::without_text_of`]).
    Rewrite {
        /// The items.
        ids: Vec<DispatchId>,
    },
}

/// A member's mark on an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) party: PartyNo,
    pub(crate) member: MemberId,
    pub(crate) at: At,
}

/// How far the check of a verbatim passage has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GuardState {
    Pending,
    Matched,
    Altered,
    NotMatched,
}

/// What is known of an item's carriage to one party.
#[derive(Clone, Debug, Default)]
pub(crate) struct Carrying {
    pub(crate) conveyed: Option<At>,
    pub(crate) received: Option<At>,
    pub(crate) read: Option<At>,
    pub(crate) read_back: Option<CarriedBack>,
    pub(crate) carried: Vec<Carried>,
}

/// A read-back as it came back to the author.
#[derive(Clone, Debug)]
pub(crate) struct CarriedBack {
    pub(crate) at: At,
    pub(crate) id: DispatchId,
    pub(crate) texts: Option<Texts>,
    pub(crate) salt: Option<Salt>,
    pub(crate) guard: Option<GuardState>,
}

/// One dispatch, conveyance or read-back with all that is known of it.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) admitted: Admitted,
    pub(crate) sent: Option<At>,
    pub(crate) acks: Vec<Mark>,
    pub(crate) reads: Vec<Mark>,
    pub(crate) returns: Vec<Mark>,
    pub(crate) read_backs: Vec<DispatchId>,
    pub(crate) conveyances: Vec<DispatchId>,
    pub(crate) replies: Vec<DispatchId>,
    pub(crate) carriage: BTreeMap<PartyNo, Carrying>,
    pub(crate) declined: Option<(At, Option<Texts>)>,
    pub(crate) guards: BTreeMap<u16, GuardState>,
    pub(crate) dropped: Option<(UtcMs, DropReason)>,
    /// The passages found in the registry; known while locked too.
    pub(crate) matched: BTreeSet<u16>,
    /// Whether a passage was found to be altered: nothing lifts that.
    pub(crate) altered: bool,
    pub(crate) gist: Option<Gist>,
    /// Of a conveyance: when a station of its recipient had it, as the intermediary tells all sides.
    pub(crate) provided: Option<At>,
    /// When this station said it in the registry as well, because the intermediary was silent.
    pub(crate) in_registry: Option<At>,
}

/// Everything one station knows of the channel's dispatches.
#[derive(Clone, Debug)]
pub struct Ledger {
    pub(crate) desk: Desk,
    pub(crate) items: BTreeMap<DispatchId, Item>,
    pub(crate) order: Vec<DispatchId>,
    /// Whether the channel has a registry by which conveyed words are proven.
    pub(crate) guarded: bool,
    /// The dispatch and the party that a read-back carried back belongs to.
    pub(crate) carried_back: BTreeMap<DispatchId, (DispatchId, PartyNo)>,
}

impl Ledger {
    /// An empty ledger.
    pub fn new(desk: Desk) -> Self {
        Self {
            desk,
            items: BTreeMap::new(),
            order: Vec::new(),
            guarded: false,
            carried_back: BTreeMap::new(),
        }
    }

    /// Folds stored records, in order.
    pub fn fold<'a>(desk: Desk, records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut ledger = Self::new(desk);
        for record in records {
            ledger.replay(record);
        }
        ledger
    }

    /// Whose ledger it is.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Says whether the channel has a registry: then what is conveyed counts as a party's words only once they are proven.
    pub fn set_guarded(&mut self, guarded: bool) {
        self.guarded = guarded;
    }

    /// Whether the channel was said to have a registry.
    pub fn is_guarded(&self) -> bool {
        self.guarded
    }

    /// Names the sides anew, after a roster changed.
    pub fn set_names(&mut self, names: BTreeMap<PartyNo, String>) {
        self.desk.names = names;
    }

    /// Checks an event by the ADMIT rules and takes it in. Refused events leave no trace.
    pub fn admit(&mut self, admitted: Admitted) -> Result<Vec<Consequence>, Refusal> {
        crate::rules::check(&admitted.author, admitted.room, admitted.room_kind, &admitted.event, self)?;
        Ok(self.take_in(admitted))
    }

    /// Takes in what this station observed. Observations of unknown items change nothing.
    pub fn observe(&mut self, observation: Observation) -> Vec<Consequence> {
        self.take_note(observation)
    }

    /// Takes in a stored record again, without judging it again.
    pub fn replay(&mut self, record: &Record) {
        match record {
            Record::Admitted(admitted) => drop(self.take_in(admitted.clone())),
            Record::Observed(observation) => drop(self.take_note(observation.clone())),
        }
    }

    /// How many items are on record.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing is on record.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether an item of this name is on record.
    pub fn knows(&self, id: DispatchId) -> bool {
        self.items.contains_key(&id)
    }

    /// The room of an item and its author.
    pub fn place(&self, id: DispatchId) -> Option<(RoomId, Author)> {
        self.items.get(&id).map(|item| (item.admitted.room, item.admitted.author))
    }

    /// What the room of an item is for.
    pub fn room_kind(&self, id: DispatchId) -> Option<RoomKind> {
        self.items.get(&id).map(|item| item.admitted.room_kind)
    }

    /// Whether the item is a dispatch in its author's words.
    pub fn is_dispatch(&self, id: DispatchId) -> bool {
        self.event(id).is_some_and(|event| matches!(event, Event::Dispatch(_)))
    }

    /// The event of an item; without its text if that was dropped.
    pub fn event(&self, id: DispatchId) -> Option<&Event> {
        self.items.get(&id).map(|item| &item.admitted.event)
    }

    /// How long the text of an item may be kept. A read-back is kept as long as what it reads back.
    pub fn retention(&self, id: DispatchId) -> Option<Retention> {
        match self.event(id)? {
            Event::Dispatch(dispatch) => Some(dispatch.retention),
            Event::Conveyance(conveyance) => Some(conveyance.retention),
            Event::ReadBack(read_back) => self.retention(read_back.of),
            _ => None,
        }
    }

    /// The items whose hexadecimal name begins with `prefix`, at most two: enough to tell one from several.
    pub fn named(&self, prefix: &str) -> Vec<DispatchId> {
        let prefix = prefix.to_ascii_lowercase();
        self.order.iter().copied().filter(|id| id.to_hex().starts_with(&prefix)).take(2).collect()
    }
}
