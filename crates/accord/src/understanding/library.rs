//! The clause library: texts in two voices and six languages, and composing an understanding from them (LIB rules).

use super::code::Code;
use super::data::{DataError, data, toml};
use super::marks::{Segment, segments};
use super::model::{About, Clause, Term, Topic, Understanding, Voice};
use crate::words::{Lang, Text, Texts};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$((concat!($name, ".toml"), include_str!(concat!("../../data/clauses/", $name, ".toml")))),*]
    };
}

/// The clauses in the order of an understanding.
const FILES: &[(&str, &str)] = files![
    "opening",
    "no-direct-strike",
    "no-direct-strike-mutual",
    "rhetoric",
    "non-parties",
    "begun-attack",
    "rescue",
    "narrow-reading",
    "entry",
    "end",
    "renewal",
    "notice",
    "urgent",
    "complaint",
    "reply",
    "ladder",
    "set-times",
    "brake",
    "confidence",
    "if-asked",
    "languages",
    "glossary",
];

/// What a clause of the library states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum States {
    /// Nothing that the terms hold.
    Other,
    /// An undertaking that is named when it is composed.
    Undertaking,
    /// A permitted act that is named when it is composed.
    Permitted,
    /// One of the terms.
    Term(Topic),
}

impl States {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "other" => Some(Self::Other),
            "undertaking" => Some(Self::Undertaking),
            "permitted" => Some(Self::Permitted),
            _ => Topic::ALL.iter().find(|topic| topic.name() == text).copied().map(Self::Term),
        }
    }
}

/// A clause of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryClause {
    /// Its name.
    pub id: Code,
    /// What it states.
    pub states: States,
    /// What it is for, in English.
    pub purpose: String,
    /// The acts it is for, if it states an undertaking or a permitted act.
    pub acts: Vec<Code>,
    /// Whether it is for an undertaking that several parties give each other.
    pub several: bool,
    /// Slots that no term fills and whoever composes must.
    pub values: Vec<Code>,
    /// Its texts in the parties' voice.
    pub reciprocal: BTreeMap<Lang, String>,
    /// Its texts in the intermediary's voice.
    pub intermediary: BTreeMap<Lang, String>,
    /// Who reviewed each translation. Every version but the English one is a translation.
    pub reviewed_by: BTreeMap<Lang, String>,
}

impl LibraryClause {
    /// Its texts in one voice.
    pub fn texts(&self, voice: Voice) -> &BTreeMap<Lang, String> {
        match voice {
            Voice::Reciprocal => &self.reciprocal,
            Voice::Intermediary => &self.intermediary,
        }
    }
}

/// All clauses, and the terms they mark.
pub struct Library {
    /// In the order of an understanding.
    pub clauses: Vec<LibraryClause>,
    /// Terms with a meaning in each language, confirmed by nobody.
    pub glossary: Vec<Term>,
}

impl Library {
    /// The clause of a name.
    pub fn get(&self, id: &Code) -> Option<&LibraryClause> {
        self.clauses.iter().find(|clause| clause.id == *id)
    }

    pub(super) fn read() -> Result<Self, DataError> {
        let clauses = FILES.iter().map(|(file, text)| clause(file, text)).collect::<Result<_, _>>()?;
        Ok(Self { clauses, glossary: glossary(include_str!("../../data/glossary.toml"))? })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClause {
    id: String,
    states: String,
    purpose: String,
    #[serde(default)]
    acts: Vec<String>,
    #[serde(default)]
    several: bool,
    #[serde(default)]
    values: Vec<String>,
    reciprocal: BTreeMap<String, String>,
    intermediary: BTreeMap<String, String>,
    reviewed_by: BTreeMap<String, String>,
}

fn clause(file: &'static str, text: &str) -> Result<LibraryClause, DataError> {
    let raw: RawClause = toml(file, text)?;
    let problem = |what: &str| DataError { file, problem: format!("{what} is not what it should be") };
    let texts = |texts| by_lang(texts).ok_or_else(|| problem("a language"));
    let codes = |names: &[String]| names.iter().map(|name| Code::new(name)).collect::<Option<Vec<_>>>();
    Ok(LibraryClause {
        id: Code::new(&raw.id).ok_or_else(|| problem("id"))?,
        states: States::parse(&raw.states).ok_or_else(|| problem("states"))?,
        purpose: raw.purpose,
        acts: codes(&raw.acts).ok_or_else(|| problem("acts"))?,
        several: raw.several,
        values: codes(&raw.values).ok_or_else(|| problem("values"))?,
        reciprocal: texts(raw.reciprocal)?,
        intermediary: texts(raw.intermediary)?,
        reviewed_by: texts(raw.reviewed_by)?,
    })
}

fn by_lang(texts: BTreeMap<String, String>) -> Option<BTreeMap<Lang, String>> {
    texts.into_iter().map(|(code, text)| Some((Lang::new(&code)?, text.trim().to_owned()))).collect()
}

fn glossary(text: &str) -> Result<Vec<Term>, DataError> {
    const FILE: &str = "glossary.toml";
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Raw {
        term: Vec<RawTerm>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct RawTerm {
        code: String,
        term: BTreeMap<String, String>,
        meaning: BTreeMap<String, String>,
    }
    let problem = |code: &str| DataError { file: FILE, problem: format!("{code} is not what it should be") };
    let texts = |texts| {
        let by_lang = by_lang(texts)?;
        Some(Texts(by_lang.into_iter().map(|(lang, text)| (lang, Text::new(text))).collect()))
    };
    let term = |raw: RawTerm| {
        let (terms, meanings) = (texts(raw.term), texts(raw.meaning));
        let whole = Code::new(&raw.code).zip(terms).zip(meanings);
        let ((code, terms), meanings) = whole.ok_or_else(|| problem(&raw.code))?;
        Ok(Term { code, terms, meanings, confirmed_by: Vec::new() })
    };
    toml::<Raw>(FILE, text)?.term.into_iter().map(term).collect()
}

/// A clause to take from the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The clause of the library.
    pub from: Code,
    /// Its name in the understanding.
    pub id: Code,
    /// The undertaking or permitted act it states, if it states one.
    pub element: Option<Code>,
    /// What fills the slots that no term fills.
    pub values: BTreeMap<Code, Texts>,
}

impl Pick {
    /// A clause under its own name that states no element.
    pub fn plain(from: Code) -> Self {
        Self { id: from.clone(), from, element: None, values: BTreeMap::new() }
    }
}

/// Why a clause cannot be taken from the library.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// The program's files are damaged.
    #[error("{0}")]
    Data(#[from] DataError),
    /// There is no such clause.
    #[error("the library has no clause \"{0}\" (LIB-1)")]
    NoClause(Code),
    /// The clause is not there in a language of the understanding.
    #[error("the library has no version of \"{0}\" in {lang} (LIB-2)", lang = .1.code())]
    NoLanguage(Code, Lang),
    /// The clause states an undertaking or a permitted act, and none was named.
    #[error("\"{0}\" states an undertaking or a permitted act: name it (LIB-3)")]
    NoElement(Code),
    /// A slot that no term fills was left open.
    #[error("\"{0}\" has the slot {{{1}}}, which wants a value in {lang} (LIB-4)", lang = .2.code())]
    NoValue(Code, Code, Lang),
}

/// Adds clauses of the library to an understanding, in its voice and languages, and the terms they mark to its glossary,
/// confirmed by nobody. The frame may have clauses already; these come after them.
pub fn compose(mut frame: Understanding, picks: &[Pick]) -> Result<Understanding, ComposeError> {
    for pick in picks {
        let clause = picked(frame.voice, &frame.languages, pick)?;
        frame.clauses.push(clause);
    }
    add_terms(&mut frame).map_err(ComposeError::Data)?;
    Ok(frame)
}

/// One clause of the library in a voice and languages.
pub(super) fn picked(voice: Voice, languages: &[Lang], pick: &Pick) -> Result<Clause, ComposeError> {
    let library = &data().map_err(|error| ComposeError::Data(error.clone()))?.library;
    let from = library.get(&pick.from).ok_or_else(|| ComposeError::NoClause(pick.from.clone()))?; // LIB-1
    let text = |lang: &Lang| {
        let missing = || ComposeError::NoLanguage(pick.from.clone(), lang.clone()); // LIB-2
        let text = from.texts(voice).get(lang).ok_or_else(missing)?;
        Ok((lang.clone(), Text::new(filled(from, pick, lang, text)?)))
    };
    let texts = languages.iter().map(text).collect::<Result<_, ComposeError>>()?;
    let reviewed = from.reviewed_by.iter().filter(|(lang, by)| languages.contains(lang) && !by.is_empty());
    Ok(Clause {
        id: pick.id.clone(),
        about: about(from, pick)?,
        texts: Texts(texts),
        reviewed_by: reviewed.map(|(lang, by)| (lang.clone(), Text::new(by.clone()))).collect(),
    })
}

/// LIB-3
fn about(from: &LibraryClause, pick: &Pick) -> Result<About, ComposeError> {
    let element = || pick.element.clone().ok_or_else(|| ComposeError::NoElement(pick.from.clone()));
    match from.states {
        States::Other => Ok(About::Other),
        States::Term(topic) => Ok(About::Term(topic)),
        States::Undertaking => element().map(About::Undertaking),
        States::Permitted => element().map(About::Permitted),
    }
}

/// The text with the slots no term fills replaced (LIB-4); slots that terms fill stay.
fn filled(from: &LibraryClause, pick: &Pick, lang: &Lang, text: &str) -> Result<String, ComposeError> {
    let mut out = String::with_capacity(text.len());
    for segment in segments(text) {
        match segment {
            Segment::Plain(words) | Segment::Stray(words) => out.push_str(words),
            Segment::Slot(name) if from.values.contains(&name) => {
                let value = pick.values.get(&name).and_then(|texts| texts.0.get(lang));
                let missing = || ComposeError::NoValue(pick.from.clone(), name.clone(), lang.clone());
                out.push_str(value.ok_or_else(missing)?.as_str());
            }
            Segment::Slot(name) => out.push_str(&format!("{{{name}}}")),
            Segment::Term(code, None) => out.push_str(&format!("[[{code}]]")),
            Segment::Term(code, Some(words)) => out.push_str(&format!("[[{code}|{words}]]")),
        }
    }
    Ok(out)
}

/// Enters the library's terms that a text marks and its glossary does not have.
pub(super) fn add_terms(understanding: &mut Understanding) -> Result<(), DataError> {
    let library = &data().map_err(Clone::clone)?.library;
    let marked: BTreeSet<Code> = understanding
        .clauses
        .iter()
        .flat_map(|clause| clause.texts.iter())
        .flat_map(|(_, text)| segments(text))
        .filter_map(|segment| if let Segment::Term(code, _) = segment { Some(code) } else { None })
        .collect();
    let missing = |term: &&Term| {
        marked.contains(&term.code) && understanding.glossary.iter().all(|known| known.code != term.code)
    };
    let new: Vec<Term> = library.glossary.iter().filter(missing).cloned().collect();
    let languages = &understanding.languages;
    let kept =
        |texts: Texts| Texts(texts.0.into_iter().filter(|(lang, _)| languages.contains(lang)).collect());
    let new =
        new.into_iter().map(|term| Term { terms: kept(term.terms), meanings: kept(term.meanings), ..term });
    let new: Vec<Term> = new.filter(|term| !term.terms.is_empty()).collect();
    understanding.glossary.extend(new);
    understanding.glossary.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(())
}
