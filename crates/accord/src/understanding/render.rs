//! Fills the slots of a clause from the terms, so that what a person reads cannot differ from what stations hold (UND-12).

use super::code::Code;
use super::data::{Rendering, data};
use super::marks::{Segment, segments};
use super::model::{About, Clause, Place, Scope, Understanding};
use super::timing::{Bound, Moment, Period, SpanMs, Unit};
use crate::time::rfc3339;
use crate::words::{Lang, Text, Texts};
use backchannel_wire::UtcMs;

/// What a stretch of a rendered clause is, for screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PieceKind {
    /// Words of the clause.
    Text,
    /// A value of the terms.
    Value,
    /// A term of the glossary.
    Term,
    /// A slot or mark that nothing fills.
    Open,
}

/// A stretch of a rendered clause.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its words.
    pub text: Text,
}

impl Understanding {
    /// A clause as a person reads it in one language, or nothing if it has no such version.
    pub fn rendered(&self, clause: &Clause, lang: &Lang) -> Option<String> {
        let pieces = self.pieces(clause, lang)?;
        Some(pieces.iter().map(|piece| piece.text.as_str()).collect())
    }

    /// The same, stretch by stretch.
    pub fn pieces(&self, clause: &Clause, lang: &Lang) -> Option<Vec<Piece>> {
        let text = clause.texts.0.get(lang)?;
        Some(segments(text.as_str()).into_iter().map(|segment| self.piece(clause, lang, &segment)).collect())
    }

    fn piece(&self, clause: &Clause, lang: &Lang, segment: &Segment<'_>) -> Piece {
        let (kind, text) = match segment {
            Segment::Plain(text) => (PieceKind::Text, Some((*text).to_owned())),
            Segment::Stray(text) => (PieceKind::Open, Some((*text).to_owned())),
            Segment::Term(code, words) => (PieceKind::Term, self.term_words(code, *words, lang)),
            Segment::Slot(name) => (PieceKind::Value, self.slot(clause, lang, name)),
        };
        let open = || match segment {
            Segment::Term(code, _) => format!("[[{code}]]"),
            Segment::Slot(name) => format!("{{{name}}}"),
            Segment::Plain(text) | Segment::Stray(text) => (*text).to_owned(),
        };
        match text {
            Some(text) => Piece { kind, text: Text::new(text) },
            None => Piece { kind: PieceKind::Open, text: Text::new(open()) },
        }
    }

    fn term_words(&self, code: &Code, words: Option<&str>, lang: &Lang) -> Option<String> {
        let term = self.glossary.iter().find(|term| term.code == *code)?;
        let own = term.terms.0.get(lang)?;
        Some(words.unwrap_or_else(|| own.as_str()).to_owned())
    }

    /// What fills a slot of a clause in a language, or nothing if the terms do not say it (CHECK-19).
    pub fn slot(&self, clause: &Clause, lang: &Lang, name: &Code) -> Option<String> {
        let words = words_of(lang)?;
        let timing = &self.timing;
        let span = |span: Option<SpanMs>| span.map(|span| counted(words, span));
        let urgent =
            || timing.urgent.as_ref().map(|urgent| span(urgent.notice).unwrap_or(words.at_once.clone()));
        match name.as_str() {
            "parties" => self.names(lang, words, self.parties.iter().map(|party| &party.code)),
            "from" => Some(written(timing.from?.moment)),
            "from-included" => Some(included(words, timing.from?.inclusive?)),
            "until" => self.until_written(),
            "until-included" => Some(included(words, self.until_inclusive()?)),
            "renewal" => span(timing.renewal.map(|renewal| renewal.span)),
            "renewal-before" => span(timing.renewal.map(|renewal| renewal.before)),
            "notice" => span(timing.notice),
            "urgent-notice" => urgent(),
            "brake" => span(timing.brake),
            "reply" => span(timing.reply),
            "complaint" => span(timing.complaint),
            "set-times" => span(timing.set_times),
            "ladder-second" => span(timing.ladder.map(|ladder| ladder.second)),
            "ladder-meeting" => span(timing.ladder.map(|ladder| ladder.meeting)),
            "ladder-complaint" => span(timing.ladder.map(|ladder| ladder.complaint)),
            _ => self.slot_of_element(clause, lang, words, name),
        }
    }

    fn slot_of_element(
        &self,
        clause: &Clause,
        lang: &Lang,
        words: &Rendering,
        name: &Code,
    ) -> Option<String> {
        let (scope, by, towards) = match &clause.about {
            About::Undertaking(id) => {
                let one = self.undertaking(id)?;
                (&one.scope, Some(&one.by), Some(&one.towards))
            }
            About::Permitted(id) => (&self.permitted_act(id)?.scope, None, None),
            About::Other | About::Term(_) => return None,
        };
        match name.as_str() {
            "by" => self.names(lang, words, by?.iter()),
            "towards" => self.names(lang, words, towards?.iter()),
            "place" => self.place(lang, words, scope),
            "time" => period(words, scope.time?),
            _ => None,
        }
    }

    fn names<'a>(
        &self,
        lang: &Lang,
        words: &Rendering,
        codes: impl Iterator<Item = &'a Code>,
    ) -> Option<String> {
        let name = |code: &Code| name(&self.party(code)?.names, lang);
        codes.map(name).collect::<Option<Vec<_>>>().map(|names| listed(words, &names))
    }

    fn place(&self, lang: &Lang, words: &Rendering, scope: &Scope) -> Option<String> {
        let Place::Zones(zones) = scope.place.as_ref()? else { return Some(words.anywhere.clone()) };
        let name = |code: &Code| name(&self.zones.iter().find(|zone| zone.code == *code)?.names, lang);
        zones.iter().map(name).collect::<Option<Vec<_>>>().map(|names| listed(words, &names))
    }

    fn until_inclusive(&self) -> Option<bool> {
        match self.timing.end? {
            super::timing::End::At(bound) => bound.inclusive,
            super::timing::End::After { inclusive, .. } => inclusive,
        }
    }

    fn until_written(&self) -> Option<String> {
        match self.timing.end? {
            super::timing::End::At(bound) => Some(written(bound.moment)),
            super::timing::End::After { span, .. } => match self.timing.from?.moment {
                Moment::Day(_) => None,
                Moment::At { utc, offset_minutes } => {
                    Some(written(Moment::At { utc: UtcMs(utc.0.checked_add(span.0)?), offset_minutes }))
                }
            },
        }
    }
}

/// The words of a language; English where this program has none.
fn words_of(lang: &Lang) -> Option<&'static Rendering> {
    let rendering = &data().ok()?.rendering;
    rendering.get(lang).or_else(|| rendering.get(&Lang::new("en")?))
}

fn name(names: &Texts, lang: &Lang) -> Option<String> {
    names.0.get(lang).map(|text| text.as_str().to_owned())
}

/// `A`, `A and B`, `A, B and C`.
fn listed(words: &Rendering, names: &[String]) -> String {
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{}{}{last}", rest.join(", "), words.and),
        None => String::new(),
    }
}

fn included(words: &Rendering, inclusive: bool) -> String {
    if inclusive { words.included.clone() } else { words.excluded.clone() }
}

fn counted(words: &Rendering, span: SpanMs) -> String {
    let (count, unit) = span.counted();
    let [one, few, many] = match unit {
        Unit::Days => &words.units.d,
        Unit::Hours => &words.units.h,
        Unit::Minutes => &words.units.m,
        Unit::Seconds => &words.units.s,
        Unit::Milliseconds => &words.units.ms,
    };
    let word = match count {
        1 => one,
        2..=10 => few,
        _ => many,
    };
    format!("{count} {word}")
}

/// `2026-12-01 08:00 UTC+03:00`; seconds and thousandths only where there are any.
pub(super) fn written(moment: Moment) -> String {
    let (utc, offset) = match moment {
        Moment::Day(day) => return day.to_string(),
        Moment::At { utc, offset_minutes } => (utc, offset_minutes),
    };
    let shift = u64::from(offset.unsigned_abs()) * 60_000;
    let local = if offset < 0 { utc.0.saturating_sub(shift) } else { utc.0.saturating_add(shift) };
    let text = rfc3339(UtcMs(local)).replace('T', " ");
    let text = text.strip_suffix('Z').unwrap_or(&text);
    let text = text.strip_suffix(".000").unwrap_or(text);
    let short = if text.len() == 19 { text.strip_suffix(":00").unwrap_or(text) } else { text };
    format!("{short} UTC{}", written_offset(offset))
}

pub(super) fn written_offset(minutes: i16) -> String {
    let (sign, size) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
    if size == 0 { String::new() } else { format!("{sign}{:02}:{:02}", size / 60, size % 60) }
}

fn bound_written(words: &Rendering, text: &str, name: &str, bound: &Bound) -> Option<String> {
    let text = text.replace(&format!("{{{name}}}"), &written(bound.moment));
    Some(text.replace(&format!("{{{name}-included}}"), &included(words, bound.inclusive?)))
}

fn period(words: &Rendering, period: Period) -> Option<String> {
    match period {
        Period::Term => Some(words.term.clone()),
        Period::Between { from, until } => {
            let text = bound_written(words, &words.between, "from", &from)?;
            bound_written(words, &text, "until", &until)
        }
    }
}
