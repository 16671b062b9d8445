//! The table of transitions of docs/spec/life.md: which event is taken in which state, who may cause it and where.

use super::event::{Act, Event};
use super::incident::IncidentAct;
use super::setting::{Setting, Viewer};
use crate::rules::RoomKind;
use backchannel_wire::{PartyNo, Role};

/// Where an understanding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The pen is at work.
    Draft,
    /// A version lies before the parties.
    Submitted,
    /// A version is frozen.
    Frozen,
    /// Some of its approvals are given, or a ceremony runs.
    Approving,
    /// Something is deposited; or all have acknowledged, and the entry is still to come.
    Deposited,
    /// In effect.
    InEffect,
    /// In effect, and in question through an incident: the brake holds.
    InQuestion,
    /// In effect, after a renewal.
    Renewed,
    /// It binds nobody for a time, as all parties agreed over an incident.
    Suspended,
    /// Ended as its terms say.
    Lapsed,
    /// Ended by notice.
    Withdrawn,
    /// Ended in the instant in which another understanding took its place.
    Superseded,
    /// The pen was laid down.
    Abandoned,
    /// The last try came to nothing; nobody is bound.
    Void,
}

impl State {
    /// Every state, in the order of the table.
    pub const ALL: [Self; 14] = [
        Self::Draft,
        Self::Submitted,
        Self::Frozen,
        Self::Approving,
        Self::Deposited,
        Self::InEffect,
        Self::InQuestion,
        Self::Renewed,
        Self::Suspended,
        Self::Lapsed,
        Self::Withdrawn,
        Self::Superseded,
        Self::Abandoned,
        Self::Void,
    ];

    /// Its name in the table and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Frozen => "frozen",
            Self::Approving => "approving",
            Self::Deposited => "deposited",
            Self::InEffect => "in effect",
            Self::InQuestion => "in question",
            Self::Renewed => "renewed",
            Self::Suspended => "suspended",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
            Self::Superseded => "superseded",
            Self::Abandoned => "abandoned",
            Self::Void => "void",
        }
    }
}

/// Kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // Each is the act of the same name; of an incident, its opening and all else.
pub enum Kind {
    Drafted,
    Submitted,
    Commented,
    Frozen,
    Approved,
    ApprovalTakenBack,
    CeremonyBegun,
    Deposited,
    DepositWithdrawn,
    Released,
    Destroyed,
    Acknowledged,
    Told,
    Reaffirmed,
    NoticeGiven,
    NoticeTakenBack,
    Superseded,
    IncidentOpened,
    IncidentAnswered,
    RosterChanged,
    Abandoned,
}

/// A row of the table: an event, its name, and the states in which it is taken; `None` is before anything is on record.
pub struct Row {
    /// The event.
    pub kind: Kind,
    /// Its name in the table.
    pub name: &'static str,
    /// Where it is taken.
    pub states: &'static [Option<State>],
}

use State::{
    Abandoned, Approving, Deposited, Draft, Frozen, InEffect, InQuestion, Renewed, Submitted, Suspended, Void,
};

/// Every state in which nothing is settled. What the registry decides is taken in each alike (LIFE-6).
const UNSETTLED: &[Option<State>] = &[
    None,
    Some(Draft),
    Some(Submitted),
    Some(Frozen),
    Some(Approving),
    Some(Deposited),
    Some(Void),
    Some(Abandoned),
];
const LIVING: &[Option<State>] = &[
    None,
    Some(Draft),
    Some(Submitted),
    Some(Frozen),
    Some(Approving),
    Some(Deposited),
    Some(InEffect),
    Some(Renewed),
    Some(InQuestion),
    Some(Suspended),
    Some(Void),
    Some(Abandoned),
];
const IN_FORCE: &[Option<State>] = &[Some(InEffect), Some(Renewed), Some(InQuestion), Some(Suspended)];
const SETTLED: &[Option<State>] =
    &[Some(Deposited), Some(InEffect), Some(Renewed), Some(InQuestion), Some(Suspended)];
const ON_THE_TABLE: &[Option<State>] = &[Some(Submitted), Some(Frozen), Some(Approving), Some(Void)];

const fn row(kind: Kind, name: &'static str, states: &'static [Option<State>]) -> Row {
    Row { kind, name, states }
}

/// The table (LIFE-3).
pub const TABLE: [Row; 21] = [
    row(Kind::Drafted, "drafted", &[None]),
    row(Kind::Submitted, "submitted", &[Some(Draft), Some(Submitted)]),
    row(Kind::Commented, "commented", ON_THE_TABLE),
    row(Kind::Frozen, "frozen", ON_THE_TABLE),
    row(Kind::Approved, "approved", &[Some(Frozen), Some(Approving), Some(Deposited), Some(Void)]),
    row(Kind::ApprovalTakenBack, "approval taken back", &[Some(Approving), Some(Deposited), Some(Void)]),
    row(Kind::CeremonyBegun, "ceremony begun", UNSETTLED),
    row(Kind::Deposited, "deposited", &[Some(Approving), Some(Deposited)]),
    row(Kind::DepositWithdrawn, "deposit withdrawn", &[Some(Deposited)]),
    row(Kind::Released, "released", UNSETTLED),
    row(Kind::Destroyed, "destroyed", &[Some(Approving), Some(Deposited), Some(Void)]),
    row(Kind::Acknowledged, "acknowledged", UNSETTLED),
    row(Kind::Told, "told", SETTLED),
    row(Kind::Reaffirmed, "reaffirmed", IN_FORCE),
    row(Kind::NoticeGiven, "notice given", SETTLED),
    row(Kind::NoticeTakenBack, "notice taken back", SETTLED),
    row(Kind::Superseded, "superseded", SETTLED),
    row(Kind::IncidentOpened, "incident opened", IN_FORCE),
    row(Kind::IncidentAnswered, "incident answered", IN_FORCE),
    row(Kind::RosterChanged, "roster changed", LIVING),
    row(
        Kind::Abandoned,
        "abandoned",
        &[Some(Draft), Some(Submitted), Some(Frozen), Some(Approving), Some(Void)],
    ),
];

/// Whether an event is taken in a state (LIFE-3).
pub fn permits(kind: Kind, state: Option<State>) -> bool {
    TABLE.iter().any(|row| row.kind == kind && row.states.contains(&state))
}

impl Act {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Drafted => Kind::Drafted,
            Self::Submitted => Kind::Submitted,
            Self::Commented => Kind::Commented,
            Self::Frozen { .. } => Kind::Frozen,
            Self::Approved { .. } => Kind::Approved,
            Self::ApprovalTakenBack { .. } => Kind::ApprovalTakenBack,
            Self::CeremonyBegun { .. } => Kind::CeremonyBegun,
            Self::Deposited { .. } => Kind::Deposited,
            Self::DepositWithdrawn { .. } => Kind::DepositWithdrawn,
            Self::Released { .. } => Kind::Released,
            Self::Destroyed { .. } => Kind::Destroyed,
            Self::Acknowledged { .. } => Kind::Acknowledged,
            Self::Told { .. } => Kind::Told,
            Self::Reaffirmed { .. } => Kind::Reaffirmed,
            Self::NoticeGiven { .. } => Kind::NoticeGiven,
            Self::NoticeTakenBack { .. } => Kind::NoticeTakenBack,
            Self::Superseded { .. } => Kind::Superseded,
            Self::Incident { act: IncidentAct::Opened { .. }, .. } => Kind::IncidentOpened,
            Self::Incident { .. } => Kind::IncidentAnswered,
            Self::RosterChanged { .. } => Kind::RosterChanged,
            Self::Abandoned => Kind::Abandoned,
        }
    }
}

/// Whether its author may do it at all (LIFE-4). Who approves is judged with the roster at hand.
pub(super) fn author_may(setting: &Setting, event: &Event) -> bool {
    let (party, role) = (event.party, event.role);
    let side = setting.parties.contains(&party);
    let decides = matches!(role, Role::Head | Role::Principal);
    match event.act.kind() {
        Kind::Drafted | Kind::Submitted | Kind::Frozen | Kind::Abandoned => {
            party == setting.pen && role != Role::Observer
        }
        Kind::Commented => side && role != Role::Observer,
        Kind::CeremonyBegun | Kind::Deposited | Kind::DepositWithdrawn => side && role == Role::Head,
        Kind::Released => side && decides || party == PartyNo::INTERMEDIARY && role != Role::Observer,
        Kind::Destroyed => party == PartyNo::INTERMEDIARY && role != Role::Observer,
        Kind::Approved | Kind::ApprovalTakenBack => side && decides,
        Kind::Acknowledged | Kind::Told | Kind::Reaffirmed => side && decides,
        Kind::NoticeGiven | Kind::NoticeTakenBack | Kind::RosterChanged => side && decides,
        Kind::IncidentOpened | Kind::IncidentAnswered => side && decides,
        Kind::Superseded => side,
    }
}

/// Whether it was done in the right room (LIFE-5).
pub(super) fn room_fits(setting: &Setting, event: &Event) -> bool {
    let room = event.position.room;
    match event.act.kind() {
        Kind::Drafted | Kind::Submitted | Kind::Commented | Kind::Frozen | Kind::Abandoned => {
            room != RoomKind::Registry
        }
        Kind::Approved | Kind::ApprovalTakenBack => {
            room == RoomKind::Delegation(event.party) || room == RoomKind::Caucus(event.party)
        }
        Kind::Deposited | Kind::DepositWithdrawn => room == RoomKind::Caucus(event.party),
        Kind::Destroyed => matches!(room, RoomKind::Caucus(_)),
        Kind::Released if event.party == PartyNo::INTERMEDIARY => matches!(room, RoomKind::Caucus(_)),
        _ => room == deciding(setting, event.party),
    }
}

fn deciding(setting: &Setting, author: PartyNo) -> RoomKind {
    match setting.viewer {
        Viewer::Party(_) => RoomKind::Registry,
        Viewer::Intermediary => RoomKind::Caucus(author),
    }
}
