//! The parts of an understanding, as its authors wrote them: what is not yet said is absent, and `check` finds it.

use super::code::Code;
use super::timing::{Period, Timing};
use super::version::Digest;
use crate::words::{Lang, Text, Texts};
use backchannel_wire::PartyNo;
use minicbor::{Decode, Encode};
use std::collections::{BTreeMap, BTreeSet};

/// How the sides are bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Form {
    /// Designated-verifier assurances, deniable for ever (PROTOCOL.md section 6).
    #[n(0)]
    Gentle,
    /// One signature over all sides' delegates (PROTOCOL.md section 5).
    #[n(1)]
    Joint,
}

impl Form {
    /// All of them, in their numbering.
    pub const ALL: &[Self] = &[Self::Gentle, Self::Joint];

    /// The name in files and commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gentle => "gentle",
            Self::Joint => "joint",
        }
    }
}

/// Who speaks in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Voice {
    /// Each party assures the others.
    #[n(0)]
    Reciprocal,
    /// "The intermediary understands that".
    #[n(1)]
    Intermediary,
}

impl Voice {
    /// All of them, in their numbering.
    pub const ALL: &[Self] = &[Self::Reciprocal, Self::Intermediary];

    /// The name in files and commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reciprocal => "reciprocal",
            Self::Intermediary => "intermediary",
        }
    }
}

/// A side of the understanding.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Party {
    /// Its name in the file.
    #[n(0)]
    pub code: Code,
    /// Its number in the channel, 1 and up.
    #[n(1)]
    pub number: PartyNo,
    /// How many of its principals approve.
    #[n(2)]
    pub quorum: u8,
    /// Its name in each language.
    #[n(3)]
    pub names: Texts,
}

/// A named place.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Zone {
    /// Its name in the file.
    #[n(0)]
    pub code: Code,
    /// Its name in each language.
    #[n(1)]
    pub names: Texts,
    /// The zones it lies wholly within, ascending.
    #[n(2)]
    pub within: Vec<Code>,
    /// The zones it overlaps, ascending.
    #[n(3)]
    pub overlaps: Vec<Code>,
    /// The zones it has no point in common with, ascending.
    #[n(4)]
    pub apart: Vec<Code>,
}

/// Where something holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Place {
    /// Everywhere.
    #[n(0)]
    Anywhere,
    /// In these zones, ascending.
    #[n(1)]
    Zones(#[n(0)] Vec<Code>),
}

/// Where and when something holds. What is absent has not been said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Scope {
    /// Where.
    #[n(0)]
    pub place: Option<Place>,
    /// When.
    #[n(1)]
    pub time: Option<Period>,
}

/// What some parties assure others they will not do.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Undertaking {
    /// Its name in the file.
    #[n(0)]
    pub id: Code,
    /// Who gives it, ascending.
    #[n(1)]
    pub by: Vec<Code>,
    /// Towards whom, ascending; whoever is on both sides gives it to the others.
    #[n(2)]
    pub towards: Vec<Code>,
    /// The prohibited act, by its code in the file of acts.
    #[n(3)]
    pub act: Code,
    /// Where and when.
    #[n(4)]
    pub scope: Scope,
}

/// What remains allowed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Permitted {
    /// Its name in the file.
    #[n(0)]
    pub id: Code,
    /// To whom, ascending; nobody named: to every party.
    #[n(1)]
    pub to: Vec<Code>,
    /// The act by its code; absent if only a clause says it.
    #[n(2)]
    pub act: Option<Code>,
    /// Where and when; what is absent is without limit.
    #[n(3)]
    pub scope: Scope,
}

/// How much may be said to outsiders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Secrecy {
    /// Nothing.
    #[n(0)]
    Secret,
    /// The agreed line, if somebody asks.
    #[n(1)]
    IfAsked,
    /// Anything.
    #[n(2)]
    Open,
}

impl Secrecy {
    /// All of them, in their numbering.
    pub const ALL: &[Self] = &[Self::Secret, Self::IfAsked, Self::Open];

    /// The name in files and commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::IfAsked => "if-asked",
            Self::Open => "open",
        }
    }
}

/// What may be said of the understanding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Confidence {
    /// That it exists.
    #[n(0)]
    pub existence: Secrecy,
    /// What it says.
    #[n(1)]
    pub content: Secrecy,
}

/// A term whose meaning the parties settled.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Term {
    /// Its name in the file and in marks.
    #[n(0)]
    pub code: Code,
    /// The term in each language.
    #[n(1)]
    pub terms: Texts,
    /// What it means, in each language.
    #[n(2)]
    pub meanings: Texts,
    /// The parties that confirmed it, ascending.
    #[n(3)]
    pub confirmed_by: Vec<Code>,
}

/// What a clause states.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum About {
    /// Nothing that the terms hold: an opening, a rule of reading.
    #[n(0)]
    Other,
    /// An undertaking.
    #[n(1)]
    Undertaking(#[n(0)] Code),
    /// A permitted act.
    #[n(2)]
    Permitted(#[n(0)] Code),
    /// One of the terms.
    #[n(3)]
    Term(#[n(0)] Topic),
}

/// The terms of which each has a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Topic {
    /// From when it is in effect.
    #[n(0)]
    Entry,
    /// How long.
    #[n(1)]
    End,
    /// How it is renewed.
    #[n(2)]
    Renewal,
    /// Notice of withdrawal.
    #[n(3)]
    Notice,
    /// Urgent grounds.
    #[n(4)]
    Urgent,
    /// The brake.
    #[n(5)]
    Brake,
    /// Reply times.
    #[n(6)]
    Reply,
    /// The window for complaints.
    #[n(7)]
    Complaint,
    /// Confidentiality of existence and content.
    #[n(8)]
    Confidence,
    /// What is said if somebody asks.
    #[n(9)]
    IfAsked,
    /// The language versions.
    #[n(10)]
    Languages,
    /// The glossary.
    #[n(11)]
    Glossary,
    /// When incidents that are not urgent are shown.
    #[n(12)]
    SetTimes,
    /// What may follow a query that is not answered.
    #[n(13)]
    Ladder,
}

impl Topic {
    /// All of them, in their numbering.
    pub const ALL: &[Self] = &[
        Self::Entry,
        Self::End,
        Self::Renewal,
        Self::Notice,
        Self::Urgent,
        Self::Brake,
        Self::Reply,
        Self::Complaint,
        Self::Confidence,
        Self::IfAsked,
        Self::Languages,
        Self::Glossary,
        Self::SetTimes,
        Self::Ladder,
    ];

    /// The name in files and commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::End => "end",
            Self::Renewal => "renewal",
            Self::Notice => "notice",
            Self::Urgent => "urgent",
            Self::Brake => "brake",
            Self::Reply => "reply",
            Self::Complaint => "complaint",
            Self::Confidence => "confidence",
            Self::IfAsked => "if-asked",
            Self::Languages => "languages",
            Self::Glossary => "glossary",
            Self::SetTimes => "set-times",
            Self::Ladder => "ladder",
        }
    }
}

impl About {
    /// As files write it: "undertaking ID", "permitted ID", the name of a term, or "other".
    pub fn written(&self) -> String {
        match self {
            Self::Other => "other".to_owned(),
            Self::Undertaking(id) => format!("undertaking {id}"),
            Self::Permitted(id) => format!("permitted {id}"),
            Self::Term(topic) => topic.name().to_owned(),
        }
    }
}

/// One clause with its language versions.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Clause {
    /// Its name: comments and differences go by it.
    #[n(0)]
    pub id: Code,
    /// What it states.
    #[n(1)]
    pub about: About,
    /// Its text in each language, with slots and marks.
    #[n(2)]
    pub texts: Texts,
    /// Who reviewed each translation.
    #[n(3)]
    pub reviewed_by: BTreeMap<Lang, Text>,
}

/// The text that holds reciprocal assurances and its terms.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Understanding {
    /// How the sides are bound.
    #[n(0)]
    pub form: Form,
    /// Who speaks.
    #[n(1)]
    pub voice: Voice,
    /// The language it was drafted in; all others are translations.
    #[n(2)]
    pub drafted_in: Lang,
    /// The languages of equal standing, ascending, the drafting language among them.
    #[n(3)]
    pub languages: Vec<Lang>,
    /// The sides, by their number.
    #[n(4)]
    pub parties: Vec<Party>,
    /// Named places, by their code.
    #[n(5)]
    pub zones: Vec<Zone>,
    /// What is assured.
    #[n(6)]
    pub undertakings: Vec<Undertaking>,
    /// What remains allowed.
    #[n(7)]
    pub permitted: Vec<Permitted>,
    /// The terms that have to do with time.
    #[n(8)]
    pub timing: Timing,
    /// What may be said of it.
    #[n(9)]
    pub confidence: Option<Confidence>,
    /// The terms whose meaning was settled, by their code.
    #[n(10)]
    pub glossary: Vec<Term>,
    /// The text.
    #[n(11)]
    pub clauses: Vec<Clause>,
    /// The version whose place it takes in the instant in which it enters into force (LIFE-28); absent: none's.
    #[n(12)]
    pub supersedes: Option<Digest>,
}

impl Understanding {
    /// The party of a code.
    pub fn party(&self, code: &Code) -> Option<&Party> {
        self.parties.iter().find(|party| party.code == *code)
    }

    /// The clause of an id.
    pub fn clause(&self, id: &Code) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == *id)
    }

    /// The undertaking of an id.
    pub fn undertaking(&self, id: &Code) -> Option<&Undertaking> {
        self.undertakings.iter().find(|one| one.id == *id)
    }

    /// The permitted act of an id.
    pub fn permitted_act(&self, id: &Code) -> Option<&Permitted> {
        self.permitted.iter().find(|one| one.id == *id)
    }

    /// Every translation nobody has reviewed, as clause and language (CHECK-14). Screens mark them wherever they show one.
    pub fn unreviewed(&self) -> Vec<(Code, Lang)> {
        let each = |clause: &Clause| {
            let open = clause
                .texts
                .0
                .keys()
                .filter(|lang| !self.is_reviewed(clause, lang))
                .cloned()
                .collect::<Vec<_>>();
            open.into_iter().map(|lang| (clause.id.clone(), lang)).collect::<Vec<_>>()
        };
        self.clauses.iter().flat_map(each).collect()
    }

    /// Whether a version of a clause is the one that was drafted, or a translation somebody reviewed.
    pub fn is_reviewed(&self, clause: &Clause, lang: &Lang) -> bool {
        *lang == self.drafted_in || clause.reviewed_by.contains_key(lang)
    }

    /// The terms it has, each of which wants a clause (CHECK-18).
    pub fn held(&self) -> BTreeSet<Topic> {
        let timing = &self.timing;
        let all = [
            (timing.from.is_some(), Topic::Entry),
            (timing.end.is_some(), Topic::End),
            (timing.renewal.is_some(), Topic::Renewal),
            (timing.notice.is_some(), Topic::Notice),
            (timing.urgent.is_some(), Topic::Urgent),
            (timing.brake.is_some(), Topic::Brake),
            (timing.reply.is_some(), Topic::Reply),
            (timing.complaint.is_some(), Topic::Complaint),
            (timing.set_times.is_some(), Topic::SetTimes),
            (timing.ladder.is_some(), Topic::Ladder),
            (self.confidence.is_some(), Topic::Confidence),
            (self.languages.len() > 1, Topic::Languages),
        ];
        all.into_iter().filter(|(held, _)| *held).map(|(_, topic)| topic).collect()
    }
}
