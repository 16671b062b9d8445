//! The encoding of an understanding, and what every one keeps to, finished or not (docs/spec/understanding.md).

use super::code::Code;
use super::model::{About, Place, Understanding};
use super::timing::{Bound, End, Moment, Period, SpanMs};
use crate::limits::{
    CLAUSE_BYTES_MAX, CLAUSES_MAX, DAY_MS, GLOSSARY_MAX, LANGUAGES_MAX, NAME_BYTES_MAX, OFFSET_MINUTES_MAX,
    PERMITTED_MAX, QUORUM_MAX, SET_TIMES_MS_MIN, SPAN_MS_MAX, UNDERSTANDING_BYTES_MAX,
    UNDERSTANDING_PARTIES_MAX, UNDERTAKINGS_MAX, ZONES_MAX,
};
use crate::words::Texts;
use backchannel_wire::canonical::{self, CanonicalError};
use minicbor::{Decode, Encode};
use std::collections::BTreeSet;

/// The version of the encoding; it also fixes how slots are rendered.
pub const UNDERSTANDING_VERSION: u8 = 1;
/// The last instant RFC 3339 can write, in milliseconds.
const LAST_MS: u64 = 253_402_300_799_999;

/// Why bytes are not an understanding, or one may not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnderstandingError {
    /// Longer than [`UNDERSTANDING_BYTES_MAX`].
    #[error("the understanding has {0} bytes, above the limit of {UNDERSTANDING_BYTES_MAX} (UND-1)")]
    TooLong(usize),
    /// A version this program does not know.
    #[error("the understanding is of version {0}, which this program does not know (UND-2)")]
    Version(u8),
    /// Not the one canonical encoding.
    #[error("{0} (UND-3)")]
    Encoding(#[from] CanonicalError),
    /// A size, count, order or reference that no understanding may have.
    #[error("{0} (UND-4)")]
    Bounds(&'static str),
    /// A number or predecessor that no frozen version may have.
    #[error("{0} (UND-6)")]
    Chain(&'static str),
}

impl UnderstandingError {
    /// The rule that was broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::TooLong(_) => "UND-1",
            Self::Version(_) => "UND-2",
            Self::Encoding(_) => "UND-3",
            Self::Bounds(_) => "UND-4",
            Self::Chain(_) => "UND-6",
        }
    }
}

/// Encodes with the version byte in front.
pub(super) fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut out = vec![UNDERSTANDING_VERSION];
    out.extend(canonical::to_vec(value));
    out
}

/// Decodes what [`encode`] made, and nothing else.
pub(super) fn decode<T>(bytes: &[u8]) -> Result<T, UnderstandingError>
where
    T: for<'b> Decode<'b, ()> + Encode<()>,
{
    if bytes.len() > UNDERSTANDING_BYTES_MAX {
        return Err(UnderstandingError::TooLong(bytes.len())); // UND-1
    }
    let (version, body) = bytes.split_first().ok_or(CanonicalError::Malformed)?;
    if *version != UNDERSTANDING_VERSION {
        return Err(UnderstandingError::Version(*version)); // UND-2
    }
    Ok(canonical::from_slice(body)?) // UND-3
}

fn must(holds: bool, what: &'static str) -> Result<(), UnderstandingError> {
    if holds { Ok(()) } else { Err(UnderstandingError::Bounds(what)) }
}

fn ascending<T: Ord>(items: &[T]) -> bool {
    items.windows(2).all(|pair| pair.first() < pair.get(1))
}

fn unique<'a>(mut items: impl Iterator<Item = &'a Code>) -> bool {
    let mut seen = BTreeSet::new();
    items.all(|item| seen.insert(item))
}

impl Understanding {
    /// The version byte, then canonical CBOR. Whoever wrote the text checks [`Understanding::bounds`] first.
    pub fn to_bytes(&self) -> Vec<u8> {
        encode(self)
    }

    /// Decodes an understanding and refuses what is too long, of another version, not canonical or out of bounds.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnderstandingError> {
        let understanding: Self = decode(bytes)?;
        understanding.bounds()?;
        Ok(understanding)
    }

    /// The sizes, orders and references every understanding keeps, finished or not (UND-4).
    pub fn bounds(&self) -> Result<(), UnderstandingError> {
        self.languages_bounds()?;
        self.parties_bounds()?;
        self.zones_bounds()?;
        self.undertakings_bounds()?;
        self.permitted_bounds()?;
        self.timing_bounds()?;
        self.glossary_bounds()?;
        self.clauses_bounds()
    }

    /// The bounds, and the length of the encoding (UND-1).
    pub fn size(&self) -> Result<usize, UnderstandingError> {
        self.bounds()?;
        let bytes = self.to_bytes().len();
        if bytes > UNDERSTANDING_BYTES_MAX { Err(UnderstandingError::TooLong(bytes)) } else { Ok(bytes) }
    }

    fn languages_bounds(&self) -> Result<(), UnderstandingError> {
        let count = (1..=LANGUAGES_MAX).contains(&self.languages.len());
        must(count && ascending(&self.languages), "there are 1 to 8 languages, in order, each once")?;
        must(self.languages.contains(&self.drafted_in), "the language of drafting is one of the languages")
    }

    fn parties_bounds(&self) -> Result<(), UnderstandingError> {
        let count = (2..=UNDERSTANDING_PARTIES_MAX).contains(&self.parties.len());
        let numbers: Vec<u8> = self.parties.iter().map(|party| party.number.0).collect();
        let numbered = ascending(&numbers)
            && numbers.iter().all(|number| (1..=UNDERSTANDING_PARTIES_MAX).contains(&usize::from(*number)));
        must(count && numbered, "there are 2 to 8 parties, numbered 1 to 8, in order")?;
        must(unique(self.parties.iter().map(|party| &party.code)), "no two parties have one code")?;
        let quorum = self.parties.iter().all(|party| (1..=QUORUM_MAX).contains(&party.quorum));
        must(quorum, "a quorum is 1 to 15 principals")?;
        must(self.parties.iter().all(|party| self.named(&party.names)), NAMES)
    }

    fn named(&self, texts: &Texts) -> bool {
        let known = texts.0.keys().all(|lang| self.languages.contains(lang));
        known
            && trimmed(texts)
            && texts.in_bounds(NAME_BYTES_MAX)
            && texts.iter().all(|(_, text)| one_line(text))
    }

    fn zones_bounds(&self) -> Result<(), UnderstandingError> {
        must(self.zones.len() <= ZONES_MAX, "there are at most 48 zones")?;
        let codes: Vec<&Code> = self.zones.iter().map(|zone| &zone.code).collect();
        must(ascending(&codes), "zones are in the order of their codes, each once")?;
        let known = self.zones.iter().all(|zone| {
            [&zone.within, &zone.overlaps, &zone.apart].into_iter().all(|list| {
                ascending(list) && list.iter().all(|code| *code != zone.code && codes.contains(&code))
            })
        });
        must(known, "a zone lies within, overlaps or is apart from other zones of the text")?;
        must(super::zones::acyclic(&self.zones), "no zone lies within itself")?;
        must(self.zones.iter().all(|zone| self.named(&zone.names)), NAMES)
    }

    fn are_parties(&self, codes: &[Code]) -> bool {
        ascending(codes) && codes.iter().all(|code| self.party(code).is_some())
    }

    fn place_bounds(&self, place: Option<&Place>) -> Result<(), UnderstandingError> {
        let Some(Place::Zones(zones)) = place else { return Ok(()) };
        let known = zones.iter().all(|code| self.zones.iter().any(|zone| zone.code == *code));
        must(!zones.is_empty() && ascending(zones) && known, "a place is anywhere, or zones of the text")
    }

    fn undertakings_bounds(&self) -> Result<(), UnderstandingError> {
        must(self.undertakings.len() <= UNDERTAKINGS_MAX, "there are at most 64 undertakings")?;
        must(unique(self.undertakings.iter().map(|one| &one.id)), "no two undertakings have one id")?;
        for one in &self.undertakings {
            let parties = !one.by.is_empty() && self.are_parties(&one.by) && self.are_parties(&one.towards);
            let others = one.by.iter().all(|by| one.towards.iter().any(|towards| towards != by));
            must(parties && others, "an undertaking is by parties, each towards another")?;
            self.place_bounds(one.scope.place.as_ref())?;
            period_bounds(one.scope.time)?;
        }
        Ok(())
    }

    fn permitted_bounds(&self) -> Result<(), UnderstandingError> {
        must(self.permitted.len() <= PERMITTED_MAX, "there are at most 32 permitted acts")?;
        must(unique(self.permitted.iter().map(|one| &one.id)), "no two permitted acts have one id")?;
        for one in &self.permitted {
            must(self.are_parties(&one.to), "an act is permitted to parties of the text")?;
            self.place_bounds(one.scope.place.as_ref())?;
            period_bounds(one.scope.time)?;
        }
        Ok(())
    }

    fn timing_bounds(&self) -> Result<(), UnderstandingError> {
        let timing = &self.timing;
        let zones: Vec<&Code> = timing.zones.iter().map(|entry| &entry.zone).collect();
        let known = zones.iter().all(|code| self.zones.iter().any(|zone| zone.code == **code));
        must(ascending(&zones) && known, "an entry into force of its own is that of a zone of the text")?;
        timing.from.iter().chain(timing.zones.iter().map(|entry| &entry.from)).try_for_each(bound_bounds)?;
        match timing.end {
            Some(End::At(bound)) => bound_bounds(&bound)?,
            Some(End::After { span, .. }) => span_bounds(Some(span))?,
            None => {}
        }
        let renewal = timing.renewal.map(|renewal| [renewal.span, renewal.before]);
        renewal.into_iter().flatten().try_for_each(|span| span_bounds(Some(span)))?;
        must(timing.told != Some(false), "whether people must be told is true or absent")?;
        let ladder = timing.ladder.map(|ladder| [ladder.second, ladder.meeting, ladder.complaint]);
        let rises = ladder.is_none_or(|steps| steps.is_sorted());
        must(rises, "a second query comes before a meeting, and that before a complaint")?;
        ladder.into_iter().flatten().try_for_each(|span| span_bounds(Some(span)))?;
        let whole = timing
            .set_times
            .is_none_or(|span| DAY_MS.is_multiple_of(span.0.max(1)) && span.0 >= SET_TIMES_MS_MIN);
        must(whole, "set times divide a day evenly, and lie an hour apart or more")?;
        let spans = [timing.notice, timing.brake, timing.reply, timing.complaint];
        spans.into_iter().try_for_each(span_bounds)?;
        let Some(urgent) = &timing.urgent else { return Ok(()) };
        let grounds = (1..=PERMITTED_MAX).contains(&urgent.grounds.len()) && ascending(&urgent.grounds);
        must(grounds, "there are 1 to 32 urgent grounds, in order, each once")?;
        span_bounds(urgent.notice)
    }

    fn glossary_bounds(&self) -> Result<(), UnderstandingError> {
        must(self.glossary.len() <= GLOSSARY_MAX, "there are at most 64 terms in the glossary")?;
        let codes: Vec<&Code> = self.glossary.iter().map(|term| &term.code).collect();
        must(ascending(&codes), "the glossary is in the order of its codes, each once")?;
        for term in &self.glossary {
            must(self.named(&term.terms), NAMES)?;
            let meant = term.meanings.is_empty()
                || (term.meanings.in_bounds(CLAUSE_BYTES_MAX)
                    && trimmed(&term.meanings)
                    && term.meanings.0.keys().all(|lang| self.languages.contains(lang)));
            must(meant, "a meaning is a text in languages of the understanding")?;
            must(self.are_parties(&term.confirmed_by), "a term is confirmed by parties of the text")?;
        }
        Ok(())
    }

    fn clauses_bounds(&self) -> Result<(), UnderstandingError> {
        must((1..=CLAUSES_MAX).contains(&self.clauses.len()), "there are 1 to 96 clauses")?;
        must(unique(self.clauses.iter().map(|clause| &clause.id)), "no two clauses have one id")?;
        for clause in &self.clauses {
            let languages = clause.texts.0.keys().all(|lang| self.languages.contains(lang));
            let sized = trimmed(&clause.texts) && clause.texts.in_bounds(CLAUSE_BYTES_MAX);
            must(languages && sized, "a clause is a text in languages of the understanding")?;
            let states = match &clause.about {
                About::Undertaking(id) => self.undertaking(id).is_some(),
                About::Permitted(id) => self.permitted_act(id).is_some(),
                About::Other | About::Term(_) => true,
            };
            must(states, "a clause states something the understanding has")?;
            let reviewed = clause.reviewed_by.iter().all(|(lang, by)| {
                let by = by.as_str();
                let name = !by.is_empty() && by.trim() == by && by.len() <= NAME_BYTES_MAX && one_line(by);
                name && clause.texts.0.contains_key(lang) && *lang != self.drafted_in
            });
            must(reviewed, "who reviewed is the name of somebody who reviewed a translation that is there")?;
        }
        Ok(())
    }
}

fn trimmed(texts: &Texts) -> bool {
    texts.iter().all(|(_, text)| text.trim() == text)
}

fn one_line(text: &str) -> bool {
    !text.contains(['\n', '\r'])
}

const NAMES: &str = "a name is one line in languages of the understanding";

fn span_bounds(span: Option<SpanMs>) -> Result<(), UnderstandingError> {
    must(span.is_none_or(|span| (1..=SPAN_MS_MAX).contains(&span.0)), "a span is 1 ms to 100 years")
}

fn bound_bounds(bound: &Bound) -> Result<(), UnderstandingError> {
    let Moment::At { utc, offset_minutes } = bound.moment else { return Ok(()) };
    let offset = (-OFFSET_MINUTES_MAX..=OFFSET_MINUTES_MAX).contains(&offset_minutes);
    let shift = i64::from(offset_minutes) * 60_000;
    let local = i64::try_from(utc.0)
        .ok()
        .and_then(|utc| utc.checked_add(shift))
        .is_some_and(|local| (0..=LAST_MS as i64).contains(&local));
    must(
        utc.0 <= LAST_MS && offset && local,
        "an instant is between 1970 and 9999, at most 14 hours from UTC",
    )
}

fn period_bounds(period: Option<Period>) -> Result<(), UnderstandingError> {
    let Some(Period::Between { from, until }) = period else { return Ok(()) };
    bound_bounds(&from)?;
    bound_bounds(&until)
}
