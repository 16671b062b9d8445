//! The words of the report, in six languages.

pub mod ids;

pub use backchannel_tongue::{Id, Lang, Value};
use backchannel_tongue::{Numerals, Words};
use std::sync::OnceLock;

/// The style of a printed page's number in a language's digits, as CSS names it.
pub(super) fn counter_style(lang: Lang) -> &'static str {
    match lang {
        Lang::Ar => "arabic-indic",
        Lang::Fa => "persian",
        _ => "decimal",
    }
}

fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("../../../languages/en.ftl"),
        Lang::Fr => include_str!("../../../languages/fr.ftl"),
        Lang::Ru => include_str!("../../../languages/ru.ftl"),
        Lang::Ar => include_str!("../../../languages/ar.ftl"),
        Lang::Fa => include_str!("../../../languages/fa.ftl"),
        Lang::He => include_str!("../../../languages/he.ftl"),
    }
}

/// A language, and the numerals its numbers are written in. A language alone stands for its own.
#[derive(Clone, Copy, Debug)]
pub struct Voice {
    /// The language.
    pub lang: Lang,
    /// Whether numerals are 0 to 9 in every language.
    pub latin: bool,
}

impl From<Lang> for Voice {
    fn from(lang: Lang) -> Self {
        Self { lang, latin: false }
    }
}

/// What a message says of a name that it has no word for.
const NO_WORD: &str = "?";

/// The words of one language with one kind of numerals.
pub struct Tongue {
    /// The language.
    pub lang: Lang,
    numerals: Numerals,
    words: Words,
}

impl Tongue {
    fn new(lang: Lang, latin: bool) -> Self {
        let own = Numerals::of(lang);
        let numerals = if latin { own.latin() } else { own };
        Self { lang, numerals, words: Words::new(lang, numerals, source(lang)) }
    }

    /// A message without values.
    pub fn t(&self, id: Id) -> String {
        self.v(id, [])
    }

    /// A message with its values. What others wrote must have been made inert before.
    pub fn v<const N: usize>(&self, id: Id, values: [(&'static str, Value<'_>); N]) -> String {
        self.words.say(id, values)
    }

    /// The word of a name, in a message that selects by `name`; none if it knows no such name.
    pub fn word(&self, id: Id, name: &str) -> Option<String> {
        let word = self.v(id, [("name", name.into())]);
        (word != NO_WORD).then_some(word)
    }

    /// A whole number as the language writes it.
    pub fn number(&self, n: u64) -> String {
        self.numerals.grouped(n)
    }

    /// A number with so many places.
    pub fn decimal(&self, value: f64, places: usize) -> String {
        self.numerals.decimal(value, places)
    }

    /// A number without the zeros that end it, with so many places at most.
    pub fn short(&self, value: f64, places: usize) -> String {
        self.numerals.short(value, places)
    }

    /// A number with its sign, also the plus.
    pub fn signed(&self, value: f64, places: usize) -> String {
        self.numerals.signed(value, places)
    }

    /// A share of one as a percentage with so many places.
    pub fn percent(&self, share: f64, places: usize) -> String {
        self.numerals.percent(share, places)
    }

    /// A text of ours with its digits in those of the language.
    pub fn digits(&self, text: &str) -> String {
        self.numerals.in_text(text)
    }

    /// A line that reads in the direction of the language whatever it begins with, for text inside a plot.
    pub fn line(&self, text: &str) -> String {
        if self.lang.is_rtl() { format!("\u{2067}{text}\u{2069}") } else { text.to_owned() }
    }
}

/// The words of a language.
pub fn tongue(voice: impl Into<Voice>) -> &'static Tongue {
    static ALL: OnceLock<Vec<Tongue>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        Lang::ALL.into_iter().flat_map(|lang| [Tongue::new(lang, false), Tongue::new(lang, true)]).collect()
    });
    let voice = voice.into();
    let place = voice.lang.place() * 2 + usize::from(voice.latin);
    &all[place.min(all.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Variables that messages count by; all others are texts.
    const COUNTED: [&str; 1] = ["n"];

    /// Every variable that a message has, with a number where the English counts and a name elsewhere.
    fn values() -> Vec<(&'static str, Value<'static>)> {
        let names = source(Lang::En).split('$').skip(1);
        let names =
            names.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default());
        let value = |name| if COUNTED.contains(&name) { Value::from(3) } else { Value::from("x") };
        names.map(|name| (name, value(name))).collect()
    }

    #[test]
    fn every_message_is_said_in_every_language_without_a_fault() {
        let values = values();
        for lang in Lang::ALL {
            for id in ids::ALL {
                let said = tongue(lang).words.try_say(*id, values.clone());
                assert!(said.as_ref().is_ok_and(|said| !said.trim().is_empty()), "{lang:?} {id:?}: {said:?}");
            }
        }
    }

    /// What no page says would be translated for nobody.
    #[test]
    fn every_message_is_said_somewhere() {
        let mut sources = String::new();
        let mut open = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/report")];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else {
                sources.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
        let name = |rest: &str| {
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default().to_owned()
        };
        let said: BTreeSet<String> = sources.split("ids::").skip(1).map(name).collect();
        let constant = |id: &Id| id.0.replace('-', "_").to_uppercase();
        let unsaid: Vec<&str> =
            ids::ALL.iter().filter(|id| !said.contains(&constant(id))).map(|id| id.0).collect();
        assert!(unsaid.is_empty(), "no page says {unsaid:?}");
    }

    #[test]
    fn a_number_takes_the_plural_of_the_language() {
        let days = |n: u64| tongue(Lang::Ru).v(ids::SPAN_DAYS, [("n", n.into())]);
        let letters = |n| days(n).chars().filter(|c| c.is_alphabetic()).collect::<String>();
        assert_eq!(letters(1), letters(21));
        assert_ne!(letters(1), letters(2));
        assert_ne!(letters(2), letters(5));
    }

    #[test]
    fn an_unknown_name_has_no_word() {
        assert_eq!(tongue(Lang::En).word(ids::TERM, "a-term-that-nobody-knows"), None);
        assert!(tongue(Lang::En).word(ids::TERM, "brake").is_some());
    }
}
