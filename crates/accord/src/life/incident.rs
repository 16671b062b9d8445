//! What is said of an incident: a complaint or a self-report, its clarification, what each side finds, and its outcome.

use backchannel_wire::{MemberId, PartyNo, UtcMs};
use minicbor::{Decode, Encode};
use std::collections::BTreeSet;

/// Names one incident; random, made by who opens it.
pub type IncidentId = [u8; 16];

/// How an act of which another party complains is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum Answer {
    /// It was an accident.
    #[n(0)]
    Accident,
    /// Individuals did it, whom nobody had authorised.
    #[n(1)]
    Individuals,
    /// It is an act that the understanding permits.
    #[n(2)]
    Permitted,
    /// It did not happen so, or was another's act.
    #[n(3)]
    Denied,
    /// It happened, and was intended.
    #[n(4)]
    Admitted,
}

impl Answer {
    /// Every answer, in the order of the page.
    pub const ALL: [Self; 5] =
        [Self::Accident, Self::Individuals, Self::Permitted, Self::Denied, Self::Admitted];

    /// Its name in commands and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accident => "accident",
            Self::Individuals => "individuals",
            Self::Permitted => "permitted",
            Self::Denied => "denied",
            Self::Admitted => "admitted",
        }
    }

    /// The answer of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.name() == name)
    }
}

/// Whether what was complained of is established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum Established {
    /// It is.
    #[n(0)]
    Substantiated,
    /// It is not.
    #[n(1)]
    NotSubstantiated,
    /// It cannot be said.
    #[n(2)]
    Undetermined,
}

/// With what mind it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum Intent {
    /// On purpose.
    #[n(0)]
    Intentional,
    /// By accident.
    #[n(1)]
    Accidental,
    /// It cannot be said.
    #[n(2)]
    Undetermined,
}

/// What is found of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Finding {
    /// Whether it is established.
    #[n(0)]
    pub established: Established,
    /// With what mind it was done.
    #[n(1)]
    pub intent: Intent,
}

impl Established {
    /// Each, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Substantiated, Self::NotSubstantiated, Self::Undetermined];

    /// Its name in commands and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Substantiated => "substantiated",
            Self::NotSubstantiated => "not-substantiated",
            Self::Undetermined => "undetermined",
        }
    }

    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

impl Intent {
    /// Each, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Intentional, Self::Accidental, Self::Undetermined];

    /// Its name in commands and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Intentional => "intentional",
            Self::Accidental => "accidental",
            Self::Undetermined => "undetermined",
        }
    }

    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// What all parties make of an incident together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum Agreed {
    /// The understanding goes on as it was.
    #[n(0)]
    Reaffirmed,
    /// It goes on; what was done is made good.
    #[n(1)]
    Remedied,
    /// It binds nobody until this instant, and everybody from then on.
    #[n(2)]
    Suspended(#[n(0)] UtcMs),
}

/// What is done about an incident.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IncidentAct {
    /// A party alleges a breach by another, or reports one of its own.
    Opened {
        /// Whose act it was: the author's own party if it reports itself.
        of: PartyNo,
        /// The instant of the fact.
        occurred: UtcMs,
        /// The clause it concerns, by its key.
        clause: Option<String>,
    },
    /// The party whose act it was explains it.
    Clarified {
        /// How.
        answer: Answer,
        /// Whether it offers to make it good.
        remedy: bool,
    },
    /// A party contests what was alleged, explained or found.
    Contested,
    /// What a party itself finds. The last one stands.
    Viewed(Finding),
    /// People of a party take part in a joint finding; it counts with the last of a quorum.
    Found {
        /// The finding.
        finding: Finding,
        /// Whose word it is.
        by: BTreeSet<MemberId>,
    },
    /// People of a party would close it so; it counts with the last of a quorum.
    Settled {
        /// The outcome.
        agreed: Agreed,
        /// Whose word it is.
        by: BTreeSet<MemberId>,
    },
    /// People of the party that opened it take it back; it counts with the last of a quorum.
    Dropped {
        /// Whose word it is.
        by: BTreeSet<MemberId>,
    },
}

/// How an incident ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// All parties agreed.
    Agreed(Agreed),
    /// Whoever opened it took it back.
    Dropped,
    /// Its time ran out, and notice that a party gave while it was open stands.
    Denounced,
    /// Its time ran out.
    Unresolved,
}

impl Outcome {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agreed(Agreed::Reaffirmed) => "reaffirmed",
            Self::Agreed(Agreed::Remedied) => "remedied",
            Self::Agreed(Agreed::Suspended(_)) => "suspended",
            Self::Dropped => "dropped",
            Self::Denounced => "denounced after notice",
            Self::Unresolved => "unresolved",
        }
    }
}
