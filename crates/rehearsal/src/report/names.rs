//! Names and values that files give, in words where they are well known and inert where they are not.

use super::tongue::{Id, Tongue, ids};
use crate::results::{Choice, Variant};
use backchannel_accord::text::safe_line;
use maud::{Markup, html};

/// Letters of a name that a page shows: a line or two.
pub(super) const NAME_LETTERS_MAX: usize = 120;
/// Letters of a source or a title that a page shows: a short paragraph.
pub(super) const TEXT_LETTERS_MAX: usize = 600;
/// Terms of one variant that a page names; all are in the JSON.
const TERMS_MAX: usize = 8;
/// Places of a number that a file gives: more are noise.
const VALUE_PLACES: usize = 6;

/// A name or a value as it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// Its text: words of ours, or what a file says, made inert.
    pub(super) text: String,
    /// Whether it is what a file says.
    is_raw: bool,
}

impl Said {
    fn ours(text: String) -> Self {
        Self { text, is_raw: false }
    }

    fn raw(text: &str) -> Self {
        Self { text: inert(text, NAME_LETTERS_MAX), is_raw: true }
    }

    /// As the page shows it: set apart, so that it reorders nothing around it.
    pub(super) fn html(&self) -> Markup {
        if self.is_raw {
            html! { bdi.raw { (self.text) } }
        } else {
            html! { bdi { (self.text) } }
        }
    }

    /// As a plot shows it: cut to so many letters.
    pub(super) fn cut(&self, letters: usize) -> String {
        cut(&self.text, letters)
    }
}

/// What a file says, made inert (TEXT rules of docs/spec/dispatches.md) and cut to so many letters.
pub(super) fn inert(text: &str, letters: usize) -> String {
    safe_line(&cut(text, letters))
}

/// A text cut to so many letters. Marks of direction count for nothing, and those that a cut tears open are closed again.
pub(super) fn cut(text: &str, letters: usize) -> String {
    let is_mark = |c: char| matches!(c, '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    if text.chars().filter(|c| !is_mark(*c)).count() <= letters {
        return text.to_owned();
    }
    let mut left = letters.saturating_sub(1);
    let kept = text.chars().take_while(|c| {
        let fits = left > 0 || is_mark(*c);
        left = left.saturating_sub(usize::from(!is_mark(*c)));
        fits
    });
    let mut out: String = kept.collect();
    let opened = out.matches(['\u{2066}', '\u{2067}', '\u{2068}']).count();
    let closed = out.matches('\u{2069}').count();
    out.push('\u{2026}');
    out.extend(std::iter::repeat_n('\u{2069}', opened.saturating_sub(closed)));
    out
}

/// A name as cases of messages write it: small letters, digits, hyphens.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

fn word(words: &Tongue, id: Id, name: &str) -> Option<String> {
    // Longer than any name we know: not worth a look.
    let known = name.len() <= NAME_LETTERS_MAX;
    known.then(|| words.word(id, &slug(name))).flatten()
}

/// The letter by which tables and plots call a variant, counted from 0; its number once the letters are used up.
pub(super) fn letter(words: &Tongue, index: usize) -> String {
    let letters = words.t(ids::LETTERS);
    let letter = letters.split_whitespace().nth(index).map(str::to_owned);
    letter.unwrap_or_else(|| words.number(u64::try_from(index).unwrap_or(u64::MAX).saturating_add(1)))
}

/// Letter and name of a variant.
pub(super) fn called(words: &Tongue, index: usize, of: &Variant) -> String {
    let (letter, name) = (letter(words, index), variant(words, of).text);
    words.line(&words.v(ids::CALLED, [("letter", letter.into()), ("name", name.into())]))
}

/// A cause by its name.
pub(super) fn cause(words: &Tongue, name: &str) -> Said {
    word(words, ids::CAUSE, name).map_or_else(|| Said::raw(name), Said::ours)
}

/// A term, or a parameter of the model by its whole key or by the end of it.
pub(super) fn term(words: &Tongue, name: &str) -> Said {
    let known = word(words, ids::TERM, name).or_else(|| parameter(words, name));
    known.map_or_else(|| Said::raw(name), Said::ours)
}

/// A parameter by its key, without the side it belongs to, which is said after it.
fn parameter(words: &Tongue, key: &str) -> Option<String> {
    let (side, rest) = match key.split_once('.') {
        Some((side @ ("both" | "first" | "second"), rest)) => (side, rest),
        _ => ("both", key),
    };
    let what = word(words, ids::PARAMETER, rest)?;
    if side == "both" {
        return Some(what);
    }
    Some(words.v(ids::OF_SIDE, [("what", what.into()), ("side", side.into())]))
}

/// The value of a term or a parameter.
pub(super) fn value(words: &Tongue, term: &str, text: &str) -> Said {
    let id = if is_courier(term) { ids::COURIER } else { ids::VALUE };
    let known = word(words, id, text).or_else(|| measure(words, text, unit_of(term)));
    known.map_or_else(|| Said::raw(text), Said::ours)
}

fn is_courier(term: &str) -> bool {
    matches!(term, "courier" | "channel" | "channel.kind")
}

/// The unit that a key of the model ends with; nothing if it names none.
fn unit_of(key: &str) -> &'static str {
    let units = [
        ("_per_year", "/year"),
        ("_per_day", "/day"),
        ("_seconds", "s"),
        ("_hours", "h"),
        ("_days", "d"),
        ("_beats", "beats"),
        ("years", "y"),
    ];
    units.iter().find(|(end, _)| key.ends_with(end)).map_or("", |(_, unit)| unit)
}

/// A number with a unit that is known, or with none; a bare one has the unit of its key.
fn measure(words: &Tongue, text: &str, of_key: &str) -> Option<String> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let n: f64 = digits.parse().ok()?;
    let of = |id: Id| words.v(id, [("n", n.into())]);
    let in_units = |times: f64, id: Id| words.v(id, [("n", (n * times).round().into())]);
    let is_whole = |n: f64| n >= 1.0 && (n - n.round()).abs() < 1e-9;
    let unit = if unit.is_empty() { of_key.to_owned() } else { unit.trim().to_ascii_lowercase() };
    Some(match unit.as_str() {
        "" => words.short(n, VALUE_PLACES),
        "%" => words.percent(n / 100.0, usize::from(n.fract() != 0.0)),
        "s" | "second" | "seconds" => of(ids::SPAN_SECONDS),
        "m" | "min" | "minute" | "minutes" => of(ids::SPAN_MINUTES),
        // Six minutes are clearer than a tenth of an hour, and two weeks of days than 336 hours.
        "h" | "hour" | "hours" if n < 1.0 && is_whole(n * 60.0) => in_units(60.0, ids::SPAN_MINUTES),
        "h" | "hour" | "hours" if n > 96.0 && is_whole(n / 24.0) => in_units(1.0 / 24.0, ids::SPAN_DAYS),
        "h" | "hour" | "hours" => of(ids::SPAN_HOURS),
        "d" | "day" | "days" if is_whole(n / 365.0) => in_units(1.0 / 365.0, ids::SPAN_YEARS),
        "d" | "day" | "days" => of(ids::SPAN_DAYS),
        "y" | "yr" | "year" | "years" => of(ids::SPAN_YEARS),
        "beat" | "beats" => of(ids::SPAN_BEATS),
        "/day" | "/ day" | "a day" | "per day" => of(ids::RATE_DAY),
        "/y" | "/yr" | "/year" | "/ year" | "a year" | "per year" => of(ids::RATE_YEAR),
        _ => return None,
    })
}

/// The terms of a variant or a choice with their values.
pub(super) fn terms(words: &Tongue, terms: &[(String, String)]) -> Said {
    let one = |(name, text): &(String, String)| {
        if let Some(courier) = word(words, ids::COURIER, text).filter(|_| is_courier(name)) {
            return (courier, false);
        }
        let (name, value) = (term(words, name), value(words, name, text));
        let is_raw = name.is_raw || value.is_raw;
        (words.v(ids::TERM_VALUE, [("term", name.text.into()), ("value", value.text.into())]), is_raw)
    };
    let mut said: Vec<(String, bool)> = terms.iter().take(TERMS_MAX).map(one).collect();
    if terms.len() > TERMS_MAX {
        said.push(("\u{2026}".to_owned(), false));
    }
    let is_raw = said.iter().any(|(_, is_raw)| *is_raw);
    let text = said.into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(&words.t(ids::BETWEEN_TERMS));
    // It may hold nothing but isolates, which say nothing of the direction of the whole.
    Said { text: words.line(&text), is_raw }
}

/// The terms of a choice; that it changes nothing if it names none.
pub(super) fn choice(words: &Tongue, choice: &Choice) -> Said {
    if choice.terms.is_empty() {
        return Said::ours(words.t(ids::NO_TERMS));
    }
    terms(words, &choice.terms)
}

/// A variant: by a name we know, by its terms, or by the name that the file gives it.
pub(super) fn variant(words: &Tongue, variant: &Variant) -> Said {
    if let Some(known) = word(words, ids::VARIANT, &variant.name) {
        return Said::ours(known);
    }
    if !variant.terms.is_empty() {
        return terms(words, &variant.terms);
    }
    let short = variant.name.len() <= NAME_LETTERS_MAX;
    let parts = short.then(|| split_name(words, &variant.name)).flatten();
    parts.unwrap_or_else(|| Said::raw(&variant.name))
}

/// `brake-24h` as a term and its value, if both are known.
fn split_name(words: &Tongue, name: &str) -> Option<Said> {
    let cuts = name.match_indices('-').filter_map(|(at, _)| Some((name.get(..at)?, name.get(at + 1..)?)));
    cuts.filter(|(left, _)| word(words, ids::TERM, left).is_some())
        .map(|(left, right)| terms(words, &[(left.to_owned(), right.to_owned())]))
        .find(|said| !said.is_raw)
}

#[cfg(test)]
mod tests {
    use super::super::tongue::{Lang, tongue};
    use super::*;

    fn plain(said: &Said) -> String {
        said.text.replace(['\u{2068}', '\u{2069}'], "")
    }

    fn named(name: &str, terms: &[(&str, &str)]) -> String {
        let terms = terms.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let nothing = crate::results::Estimate { value: 0.0, low: 0.0, high: 0.0 };
        plain(&variant(
            tongue(Lang::En),
            &Variant {
                name: name.to_owned(),
                terms,
                runs: 0,
                curve: Vec::new(),
                survival_1y: nothing,
                survival: nothing,
                causes: Vec::new(),
                question: nothing,
                cost: nothing,
                against_first: None,
                rare: None,
            },
        ))
    }

    #[test]
    fn variants_are_said_by_their_terms() {
        assert_eq!(
            named("x", &[("brake", "24h"), ("courier", "faithless")]),
            "brake 24 hours, faithless courier"
        );
    }

    #[test]
    fn a_name_of_a_known_term_and_value_is_said_in_words() {
        assert_eq!(named("brake-1h", &[]), "brake 1 hour");
        assert_eq!(named("read-back-no", &[]), "read-back no");
        assert_eq!(named("courier-none", &[]), "no channel");
        assert_eq!(named("brake-of-the-wild", &[]), "brake-of-the-wild");
    }

    #[test]
    fn parameters_are_said_with_their_side() {
        let said = |key| plain(&term(tongue(Lang::En), key));
        assert_eq!(said("both.false_alarms_per_year"), "false alarms");
        assert_eq!(said("false_alarms_per_year"), "false alarms");
        assert_eq!(said("first.rule"), "decision rule (first side)");
        assert!(term(tongue(Lang::En), "both.unheard_of").is_raw);
    }

    #[test]
    fn every_parameter_and_every_term_that_can_be_turned_has_words() {
        use crate::model::{OWN, SHARED};
        use crate::world::KNOBS;
        let keys = SHARED.iter().chain(OWN).map(|one| one.key).chain(KNOBS.iter().map(|knob| knob.name));
        let raw: Vec<&str> = keys.filter(|key| term(tongue(Lang::En), key).is_raw).collect();
        assert!(raw.is_empty(), "languages/*.ftl have no word for {raw:?}");
    }

    #[test]
    fn a_bare_number_has_the_unit_of_its_key() {
        let said = |key, text| plain(&value(tongue(Lang::En), key, text));
        assert_eq!(said("both.false_alarms_per_year", "3"), "3 a year");
        assert_eq!(said("channel.courier_hours", "1"), "1 hour");
        assert_eq!(said("channel.delay_beats", "2.5"), "2.5 beats");
        assert_eq!(said("both.credence", "0.5"), "0.5");
        assert_eq!(said("channel.kind", "absent"), "absent courier");
    }

    #[test]
    fn values_with_known_units_are_said_in_the_language() {
        let said = |text| plain(&value(tongue(Lang::Fr), "brake", text));
        assert_eq!(said("24h"), "24 heures");
        assert_eq!(said("1.5 days"), "1,5 jour");
        assert_eq!(said("0.1 hours"), "6 minutes");
        assert_eq!(said("336h"), "14 jours");
        assert_eq!(said("72h"), "72 heures");
        assert_eq!(said("0.004 / year"), "0,004 par an");
        assert_eq!(said("0.35"), "0,35");
        assert_eq!(said("12 parsecs"), "12 parsecs");
    }

    #[test]
    fn a_long_name_is_cut_and_stays_isolated() {
        let name = inert(&"\u{202e}a".repeat(5_000), 10);
        assert!(name.starts_with('\u{2068}') && name.ends_with('\u{2069}') && !name.contains('\u{202e}'));
        assert_eq!(cut("\u{2068}abcdef\u{2069}", 4), "\u{2068}abc\u{2026}\u{2069}");
    }
}
