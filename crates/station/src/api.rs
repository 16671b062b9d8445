//! What the commands ask of a running station over its local socket, and what it answers (docs/spec/commands.md).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::Zeroizing;

/// A passphrase on its way from a command to the vault: wiped when dropped, and shown by nothing.
#[derive(Clone)]
pub struct Phrase(pub Zeroizing<String>);

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }
}

impl Serialize for Phrase {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Phrase {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Zeroizing::new(text)))
    }
}

/// One request: one JSON object on one line. It may hold a passphrase, so it cannot be printed.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "cmd", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Request {
    /// The state of the line, rooms, members, verification, alarms, lock.
    Status {},
    /// Dispatches and conveyances in order, newest last.
    Inbox {
        /// Only what this person has not read.
        #[serde(default)]
        unread: bool,
    },
    /// One dispatch or conveyance; marks it read.
    Show {
        /// Its id, or an unambiguous beginning of it.
        id: String,
        /// The language in which a notification is shown; English without it.
        #[serde(default)]
        lang: Option<String>,
    },
    /// Sends a notification, a query or an answer by a template or the codebook.
    Notify {
        /// The side it is for; what it answers, or the one other party, without it.
        #[serde(default)]
        to: Option<String>,
        /// The TOML text of the message.
        message: String,
        /// Its precedence; the template's without it.
        #[serde(default)]
        precedence: Option<String>,
        /// What it answers.
        #[serde(default)]
        answers: Option<String>,
    },
    /// Releases a message that another person of the delegation wrote and that waits for a second person.
    Release {
        /// The request for release.
        id: String,
    },
    /// Sets whether a second person releases messages to another side (head).
    WatchRules {
        /// Whether.
        second_person: bool,
    },
    /// The state of the line: last beat, last heard, last person, checks, suspension, the watch.
    LineStatus {},
    /// The queries on record and their clocks.
    QueryList {
        /// The language of their titles; English without it.
        #[serde(default)]
        lang: Option<String>,
    },
    /// Sends a line check by hand.
    LineCheck {
        /// The side; the one other party without it.
        #[serde(default)]
        to: Option<String>,
    },
    /// Answers the last line check of a side, as a person.
    LineAnswer {
        /// The side; the one other party without it.
        #[serde(default)]
        to: Option<String>,
        /// A line of text.
        #[serde(default)]
        text: Option<String>,
    },
    /// Adds a template or a codebook of the channel's own.
    TemplatesAdd {
        /// Whether it is a codebook.
        #[serde(default)]
        codebook: bool,
        /// The TOML text of the file.
        file: String,
    },
    /// The channel's own templates and codebooks, and who holds the same.
    TemplatesList {},
    /// Shows another side that this station holds its own set.
    TemplatesOffer {
        /// The side; the one other party without it.
        #[serde(default)]
        to: Option<String>,
    },
    /// A file to fill in, by a template or a number.
    TemplateBlank {
        /// The template's code, or the number.
        name: String,
    },
    /// The register of public statements with each side's view.
    StatementList {},
    /// Exposures, the lines each side proposes, corrections.
    ExposureList {},
    /// Compares a published text with what is on record here.
    ExposureCompare {
        /// The published text.
        text: String,
    },
    /// The beats of a dispatch: sent, acknowledged, read, conveyed, read back, each by whom.
    Receipts {
        /// Its id.
        id: String,
    },
    /// Sends a dispatch.
    Send {
        /// The TOML text of the draft.
        draft: String,
    },
    /// Sends a dispatch in reply to one received.
    Reply {
        /// The dispatch answered.
        id: String,
        /// The TOML text of the draft.
        draft: String,
    },
    /// Carries a dispatch into another party's caucus (intermediary only).
    Convey {
        /// The dispatch.
        id: String,
        /// The label of the party it goes to.
        to: String,
        /// The intermediary's rendering by language, for what is conveyed in substance. Without it only the
        /// verbatim passages are conveyed.
        #[serde(default)]
        rendering: std::collections::BTreeMap<String, String>,
        /// Exercise only: conveys verbatim passages altered, as a faithless intermediary would.
        #[serde(default)]
        faithless: bool,
    },
    /// Says what the rules find in a draft and when it could leave; sends nothing.
    Check {
        /// The TOML text of the draft.
        draft: String,
        /// The dispatch it answers.
        #[serde(default)]
        answers: Option<String>,
    },
    /// Says whether a rendering could be conveyed, and what of it comes from which passage; sends nothing (intermediary only).
    ConveyCheck {
        /// The dispatch.
        id: String,
        /// The label of the party it would go to.
        to: String,
        /// The rendering by language.
        #[serde(default)]
        rendering: std::collections::BTreeMap<String, String>,
    },
    /// Keeps a draft that is being written (DESK-9).
    DraftKeep {
        /// Its name: 16 hexadecimal digits that whoever writes it chose.
        name: String,
        /// What was written so far, in whatever form the writer's program keeps it.
        text: String,
    },
    /// The drafts kept, each with its text.
    DraftList {},
    /// Throws a draft away.
    DraftDrop {
        /// Its name.
        name: String,
    },
    /// Confirms what was understood of a conveyance.
    ReadBack {
        /// The conveyance.
        id: String,
        /// What was understood, by language.
        text: std::collections::BTreeMap<String, String>,
    },
    /// Hands back a read-and-return conveyance or dispatch: its text is erased here.
    Return {
        /// The dispatch or conveyance.
        id: String,
    },
    /// Members of one's own delegation.
    DelegationList {},
    /// Adds a delegate: answers with the invitation's text (head only).
    DelegationAdd {
        /// principal, envoy, observer or head.
        role: String,
        /// How the delegate is shown, such as "envoy 2".
        label: String,
    },
    /// Removes a delegate from every room (head only).
    DelegationRemove {
        /// The delegate's label or pseudonym.
        member: String,
        /// Why; recorded and shown to the delegation.
        reason: String,
    },
    /// Sets how many heads and principals must approve what the delegation decides (head only).
    DelegationQuorum {
        /// How many.
        quorum: u8,
    },
    /// Approves the version of the roster that the head proposed (principals).
    DelegationApprove {
        /// The version's number.
        number: u32,
    },
    /// Drops the change of the roster that waits for approval (head only).
    DelegationDrop {},
    /// Makes twelve envoy words and takes them into use; answers with the words, once (head only).
    VerifyWordsNew {},
    /// Takes twelve envoy words received by hand into use (head only).
    VerifyWordsEnter {
        /// The words.
        words: String,
    },
    /// Starts, or shows, the comparison by four words (head only).
    VerifyCompare {},
    /// Says whether the four words were the same on both ends.
    VerifyCompareResult {
        /// Whether they matched.
        matched: bool,
    },
    /// The static fingerprint in digits.
    VerifyFingerprint {},
    /// The understandings on record here, each with its state.
    UnderstandingList {},
    /// Lays a text before the parties as the next version of an understanding, or begins one (the holder of the pen).
    UnderstandingSubmit {
        /// The understanding; a new one if absent.
        #[serde(default)]
        id: Option<String>,
        /// The TOML text of the file.
        file: String,
    },
    /// Comments on a clause of the text on the table.
    UnderstandingComment {
        /// The understanding.
        id: String,
        /// The clause; the whole text if absent.
        #[serde(default)]
        clause: Option<String>,
        /// The comment, by language.
        text: std::collections::BTreeMap<String, String>,
    },
    /// Freezes the text on the table: a numbered version with a digest (the holder of the pen).
    UnderstandingFreeze {
        /// The understanding.
        id: String,
    },
    /// What differs between two versions; the last two if none are named.
    UnderstandingDiff {
        /// The understanding.
        id: String,
        /// The number of the earlier version.
        #[serde(default)]
        from: Option<u32>,
        /// The number of the later version.
        #[serde(default)]
        to: Option<u32>,
    },
    /// The whole of an understanding: clauses by language, versions, comments, approvals, state.
    UnderstandingShow {
        /// The understanding.
        id: String,
    },
    /// The state at an instant; now if none is given.
    UnderstandingStatus {
        /// The understanding.
        id: String,
        /// The instant in UTC, RFC 3339.
        #[serde(default)]
        at: Option<String>,
    },
    /// Approves the frozen version whose digest is given, or takes that back (heads and principals).
    UnderstandingApprove {
        /// The understanding.
        id: String,
        /// The digest in hexadecimal, as shown before approving.
        digest: String,
        /// The passphrase: it confirms that the person at the station is its owner.
        passphrase: Phrase,
        /// Takes the approval back instead.
        #[serde(default)]
        take_back: bool,
    },
    /// Begins a try to bring the frozen version into effect, or withdraws from it (heads).
    UnderstandingDeposit {
        /// The understanding.
        id: String,
        /// Withdraws instead.
        #[serde(default)]
        withdraw: bool,
        /// Milliseconds until the depositary's limit; as many beats as are usual without it.
        #[serde(default)]
        within_ms: Option<u64>,
        /// Exercise only: takes part in tries from now on and hands nothing in, as a faithless party would.
        #[serde(default)]
        withhold: bool,
    },
    /// Confirms that those bound in a zone were told.
    UnderstandingTold {
        /// The understanding.
        id: String,
        /// The zone.
        zone: String,
    },
    /// Reaffirms for another term.
    UnderstandingRenew {
        /// The understanding.
        id: String,
    },
    /// Gives notice of withdrawal, or takes it back.
    UnderstandingWithdraw {
        /// The understanding.
        id: String,
        /// The urgent ground, where the terms know urgent grounds.
        #[serde(default)]
        urgent: Option<String>,
        /// Takes the notice back instead.
        #[serde(default)]
        take_back: bool,
    },
    /// Lays a text before the parties that takes the place of one in effect, in the instant in which it enters into force (whoever
    /// holds the pen).
    UnderstandingSupersede {
        /// The understanding that is in effect.
        id: String,
        /// The text as TOML.
        file: String,
    },
    /// Lays the pen down (its holder).
    UnderstandingAbandon {
        /// The understanding.
        id: String,
    },
    /// Opens an incident under an understanding in force: a complaint, or a report of one's own act (heads and principals).
    IncidentOpen {
        /// The understanding.
        id: String,
        /// Whose act it was, or `self`; may be absent if there is one other party.
        #[serde(default)]
        of: Option<String>,
        /// The instant of the fact in UTC, RFC 3339.
        at: String,
        /// The clause it concerns.
        #[serde(default)]
        clause: Option<String>,
        /// Whether it waits for the text's next set time.
        #[serde(default)]
        not_urgent: bool,
    },
    /// Explains an incident of one's own side.
    IncidentClarify {
        /// The incident.
        id: String,
        /// How: accident, individuals, permitted, denied or admitted.
        answer: String,
        /// Whether it is to be made good.
        #[serde(default)]
        remedy: bool,
    },
    /// Contests what was alleged, explained or found.
    IncidentContest {
        /// The incident.
        id: String,
    },
    /// Takes part in a joint finding, or states the own side's.
    IncidentFind {
        /// The incident.
        id: String,
        /// substantiated, not-substantiated or undetermined.
        established: String,
        /// intentional, accidental or undetermined.
        intent: String,
        /// The own side's view, which stands beside what all find.
        #[serde(default)]
        own: bool,
    },
    /// Closes an incident together with the others, or takes one's own back.
    IncidentClose {
        /// The incident.
        id: String,
        /// reaffirmed, remedied, suspended or dropped.
        outcome: String,
        /// Until when it is suspended, in UTC, RFC 3339.
        #[serde(default)]
        until: Option<String>,
    },
    /// The incidents of one understanding, or of all.
    IncidentList {
        /// The understanding.
        #[serde(default)]
        id: Option<String>,
    },
    /// What the release left here: the artefact of the joint form, or the transcript of the gentlemen's form.
    ArtefactExport {
        /// The understanding.
        id: String,
    },
    /// A transcript made from this side's keys alone, which convinces exactly as well (gentlemen's form, heads).
    ArtefactSimulate {
        /// The understanding.
        id: String,
    },
    /// Enters a claim in the delegation's register.
    ClaimAdd {
        /// The TOML text of the file.
        file: String,
    },
    /// Says anew what a claim says (whoever entered it).
    ClaimAmend {
        /// The claim.
        id: String,
        /// The TOML text of the file.
        file: String,
    },
    /// Withdraws a claim; it stays on record (whoever entered it).
    ClaimWithdraw {
        /// The claim.
        id: String,
    },
    /// Says how far the person at this station believes a claim.
    ClaimBelieve {
        /// The claim.
        id: String,
        /// From 0 to 100.
        percent: u8,
        /// Why.
        because: String,
    },
    /// The register: each claim with its grading and everybody's credence now.
    ClaimList {},
    /// One claim with everything that was ever entered of it.
    ClaimShow {
        /// The claim.
        id: String,
    },
    /// The register as a file that a rehearsal reads.
    ClaimExport {},
    /// The alarms, oldest first.
    Alarms {},
    /// The participant's own record, in order, with its layers.
    Record {},
    /// The journal of what the station observed, for following it live: entries after `since`, waiting until there
    /// is one or the time is over.
    Watch {
        /// The number of the last entry seen; 0 at first.
        since: u64,
        /// How long to wait, in milliseconds.
        timeout_ms: u64,
    },
    /// Takes the record keys out of memory; beats go on.
    Lock {},
    /// Brings the record keys back.
    Unlock {
        /// The passphrase.
        passphrase: Phrase,
    },
    /// Erases the keys of a room's records of one day, or of all days.
    Burn {
        /// The room: "delegation", "registry" or a party's label.
        room: String,
        /// The day as YYYY-MM-DD; all days if absent.
        #[serde(default)]
        day: Option<String>,
    },
    /// Ends the station process after what is in hand is durable.
    Stop {},
}

/// The kinds of failure, each with its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// A check failed (exit code 1).
    CheckFailed,
    /// The request is not understood (2).
    Usage,
    /// Nothing there has that name (2).
    NotFound,
    /// A rule refuses it (3).
    Refused,
    /// The station is locked (4).
    Locked,
    /// The passphrase is wrong (4).
    WrongPassphrase,
    /// The station or relay cannot be reached (5).
    Unreachable,
    /// The station failed (1).
    Internal,
}

impl ErrorKind {
    /// The exit code of a command that ends with this error.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::CheckFailed | Self::Internal => 1,
            Self::Usage | Self::NotFound => 2,
            Self::Refused => 3,
            Self::Locked | Self::WrongPassphrase => 4,
            Self::Unreachable => 5,
        }
    }
}

/// Why a request failed and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The kind.
    pub kind: ErrorKind,
    /// What happened, in a sentence.
    pub message: String,
    /// What to do, in a sentence.
    pub hint: String,
}

impl Failure {
    /// A failure with its sentence and its hint.
    pub fn new(kind: ErrorKind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: hint.into() }
    }
}

/// One answer: `{"ok": {...}}` or `{"error": {...}}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Response {
    /// The result, an object with `v`.
    Ok(Value),
    /// The failure.
    Error(Failure),
}
