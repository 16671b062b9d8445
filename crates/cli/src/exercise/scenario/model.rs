//! A scenario whose names have been looked up: nothing in it can be wrong any more but the story.

use super::condition::Condition;
use super::instant::Instant;
use crate::exercise::faults::FaultName;
use std::collections::BTreeMap;

/// An exercise.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its title.
    pub title: String,
    /// What it is about, in a few sentences.
    pub about: String,
    /// The label of the channel.
    pub channel: String,
    /// The beat, in milliseconds.
    pub beat_ms: u64,
    /// Who takes part: the intermediary first, then in the order of the file.
    pub stations: Vec<Station>,
    /// What happens.
    pub steps: Vec<Step>,
}

/// The office of the person at a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The intermediary.
    Intermediary,
    /// A head of delegation.
    Head,
    /// A principal.
    Principal,
    /// An envoy.
    Envoy,
    /// An observer.
    Observer,
}

impl Role {
    /// The word of the commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Intermediary => "intermediary",
            Self::Head => "head",
            Self::Principal => "principal",
            Self::Envoy => "envoy",
            Self::Observer => "observer",
        }
    }
}

/// One station of the cast.
#[derive(Clone, Debug)]
pub struct Station {
    /// How the scenario names it.
    pub name: String,
    /// The label of its party; none for the intermediary.
    pub party: Option<String>,
    /// The office.
    pub role: Role,
    /// How the person is shown to others.
    pub label: String,
    /// Whether it joins in a later step, by `add`.
    pub later: bool,
}

/// One step of the story.
#[derive(Clone, Debug)]
pub struct Step {
    /// The sentence told when it begins.
    pub tell: String,
    /// What is done, in order.
    pub acts: Vec<Act>,
    /// What must then be seen, in order.
    pub expects: Vec<Expect>,
    /// The alarms that belong to the story from here on: station and name.
    pub alarms: Vec<(usize, String)>,
}

/// One thing done.
#[derive(Clone, Debug)]
pub struct Act {
    /// Its line in the file.
    pub line: usize,
    /// What is done.
    pub kind: ActKind,
    /// The name under which the answer's id, or words, are kept.
    pub save: Option<String>,
    /// What else of the answer is kept: a name and the path of its value.
    pub keep: Keep,
    /// The exit code it must end with.
    pub exit: u8,
    /// The check that a wanted refusal passes.
    pub check: Option<String>,
}

/// Names under which something of an answer is kept, and its path there.
pub type Keep = BTreeMap<String, String>;

/// What can be done. Stations are indices into the cast; an id may be `$name` of something saved.
#[derive(Clone, Debug)]
pub enum ActKind {
    /// Sends a dispatch; `idle` holds its latency to the bound.
    Send { who: usize, draft: String, idle: bool },
    /// Answers a dispatch.
    Reply { who: usize, id: String, draft: String, idle: bool },
    /// Sends a message by a template or out of the codebook.
    Notify { who: usize, to: String, message: String, answers: Option<String> },
    /// Says something on the line: `check` or `answer`.
    Line { who: usize, what: &'static str },
    /// Carries a dispatch into another caucus.
    Convey { who: usize, id: String, to: String, rendering: BTreeMap<String, String>, faithless: bool },
    /// Confirms what was understood.
    ReadBack { who: usize, id: String, text: BTreeMap<String, String> },
    /// Hands a read-and-return dispatch back.
    Return { who: usize, id: String },
    /// Opens a dispatch on the screen, which marks it read.
    Show { who: usize, id: String },
    /// Makes envoy words.
    WordsNew { who: usize },
    /// Enters envoy words brought by hand.
    WordsEnter { who: usize, words: String },
    /// Starts the comparison by four words.
    Compare { who: usize },
    /// Says whether the four words were the same.
    CompareResult { who: usize, same: bool },
    /// Adds a station of the cast to its delegation.
    Add { who: usize, station: usize },
    /// Removes a station of the cast from its delegation.
    Remove { who: usize, station: usize, reason: String },
    /// Lays the text of an understanding before the parties.
    Submit { who: usize, id: Option<String>, text: String },
    /// Comments on it.
    Comment { who: usize, id: String, clause: Option<String>, text: BTreeMap<String, String> },
    /// Freezes it.
    Freeze { who: usize, id: String },
    /// Approves what is frozen, by the digest that this station shows.
    Approve { who: usize, id: String },
    /// Begins the try that brings it into effect; or leaves it; or takes part in tries and hands nothing in.
    Deposit { who: usize, id: String, within: Option<String>, withhold: bool, back: bool },
    /// Confirms that those bound in a zone were told.
    Told { who: usize, id: String, zone: String },
    /// Reaffirms it for another term.
    Renew { who: usize, id: String },
    /// Gives notice of withdrawal, or takes it back.
    Withdraw { who: usize, id: String, urgent: Option<String>, back: bool },
    /// Lays the pen down.
    Abandon { who: usize, id: String },
    /// Does something about an incident; `id` is the understanding's where one is opened.
    Incident { who: usize, id: String, about: About },
    /// Says how many heads and principals decide for a delegation.
    Quorum { who: usize, quorum: u8 },
    /// Approves the change of the roster that waits at this station.
    ApproveRoster { who: usize },
    /// Takes out what the release left at a station.
    Export { who: usize, id: String },
    /// Makes a transcript from one side's keys alone.
    Simulate { who: usize, id: String },
    /// Makes a copy of a file with one bit changed.
    Alter { file: String },
    /// Asks at every station what it could prove, and to whom.
    Prove { id: String, released: bool },
    /// Takes the record keys out of memory.
    Lock { who: usize },
    /// Brings the record keys back.
    Unlock { who: usize },
    /// Kills the relay with signal 9.
    KillRelay,
    /// Starts the relay again; as one that commits a fault from the first beat on.
    StartRelay { fault: Option<FaultName> },
    /// Cuts a station's line; the station itself runs on.
    Sever { who: usize },
    /// Mends a station's line.
    Mend { who: usize },
    /// Ends a station's process.
    Close { who: usize },
    /// Kills a station's process with signal 9.
    KillStation { who: usize },
    /// Starts a station's process again.
    Open { who: usize },
    /// Lets beats pass.
    Wait { beats: u64 },
}

/// What is done about an incident.
#[derive(Clone, Debug)]
pub enum About {
    /// Opens it, of whom and about which clause.
    Open { at: Instant, of: Option<String>, clause: Option<String> },
    /// Explains it.
    Clarify { answer: String, remedy: bool },
    /// Contests it.
    Contest,
    /// Takes part in a joint finding, or says what the own side finds.
    Find { finding: [String; 2], own: bool },
    /// Closes it together with the others, or takes it back.
    Close { outcome: String },
}

impl ActKind {
    /// The draft of a dispatch that is sent, its sender, and whether the line was idle.
    pub fn dispatch(&self) -> Option<(usize, &str, bool)> {
        match self {
            Self::Send { who, draft, idle } | Self::Reply { who, draft, idle, .. } => {
                Some((*who, draft, *idle))
            }
            _ => None,
        }
    }
}

/// One thing that must be seen.
#[derive(Clone, Debug)]
pub struct Expect {
    /// The stable name of the check.
    pub check: String,
    /// The station that looks; the intermediary's where an outsider does.
    pub who: usize,
    /// What it looks at.
    pub look: Look,
    /// The list of which some element meets the conditions; the whole answer without it.
    pub list: Option<String>,
    /// What must hold.
    pub conditions: Vec<Condition>,
    /// How many elements meet them, exactly.
    pub count: Option<u64>,
    /// Whether it must not be seen, for as long as it is waited for.
    pub never: bool,
    /// The exit code of the command.
    pub exit: u8,
    /// How long it is waited for.
    pub within_beats: u64,
    /// What of it is kept once it is seen: a name and the path of its value.
    pub keep: Keep,
}

/// What is looked at.
#[derive(Clone, Debug)]
pub enum Look {
    /// `status`.
    Status,
    /// `inbox`.
    Inbox,
    /// `show ID`.
    Show(String),
    /// `receipts ID`.
    Receipts(String),
    /// `understanding show ID`.
    Understanding(String),
    /// `understanding status ID`, now or at an instant.
    UnderstandingStatus(String, Option<Instant>),
    /// `incident list`, of one understanding.
    Incidents(String),
    /// `artefact verify FILE`, by somebody who has neither a station nor a vault.
    Artefact(String),
    /// `line status`.
    Line,
    /// `query --list`.
    Queries,
    /// `statement list`.
    Statements,
    /// `exposure list`.
    Exposures,
    /// `exposure compare`, of a published text.
    Comparison(String),
    /// `record`.
    Record,
    /// `alarms`.
    Alarms,
    /// `delegation list`.
    Delegation,
    /// What the station observed since the step began.
    Journal,
    /// Whether one dispatch reached a stage before another.
    Order(Order),
}

/// Two dispatches of one sender and the stage one must reach first.
#[derive(Clone, Debug)]
pub struct Order {
    /// The id of the one that overtakes.
    pub earlier: String,
    /// The id of the other.
    pub later: String,
    /// The stage, as `beats` names it.
    pub beat: String,
}
