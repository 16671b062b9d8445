//! The words of the desk, in six languages (PAGE-4).

pub mod ids;
pub mod when;

pub use backchannel_tongue::{Id, Lang, Value};
use backchannel_tongue::{Numerals, Words};
use std::sync::OnceLock;

fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("../../languages/en.ftl"),
        Lang::Fr => include_str!("../../languages/fr.ftl"),
        Lang::Ru => include_str!("../../languages/ru.ftl"),
        Lang::Ar => include_str!("../../languages/ar.ftl"),
        Lang::Fa => include_str!("../../languages/fa.ftl"),
        Lang::He => include_str!("../../languages/he.ftl"),
    }
}

/// The words of one language with one kind of numerals.
pub struct Tongue {
    /// The language.
    pub lang: Lang,
    /// Whether numerals are written 0 to 9 in every language.
    pub latin: bool,
    numerals: Numerals,
    words: Words,
}

impl Tongue {
    fn new(lang: Lang, latin: bool) -> Self {
        let own = Numerals::of(lang);
        let numerals = if latin { own.latin() } else { own };
        Self { lang, latin, numerals, words: Words::new(lang, numerals, source(lang)) }
    }

    /// A message without values.
    pub fn t(&self, id: Id) -> String {
        self.v(id, [])
    }

    /// A message with its values. What others wrote goes in through [`theirs`].
    pub fn v<const N: usize>(&self, id: Id, values: [(&'static str, Value<'_>); N]) -> String {
        self.words.say(id, values)
    }

    /// A message that selects by a name: the name of a state, a form, a kind.
    pub fn named(&self, id: Id, variable: &'static str, name: &str) -> String {
        self.v(id, [(variable, slug(name).into())])
    }

    /// A whole number as the language writes it.
    pub fn number(&self, n: u64) -> String {
        self.numerals.grouped(n)
    }

    /// A share of one as a percentage without places.
    pub fn percent(&self, share: f64) -> String {
        self.numerals.percent(share, 0)
    }

    /// A text of ours with digits, such as a date, in the numerals of the language.
    pub fn digits(&self, text: &str) -> String {
        self.numerals.in_text(text)
    }
}

/// The name of a language in itself; the code where the desk does not speak it.
pub fn language_name(code: &str) -> String {
    match Lang::of(code) {
        Some(lang) => tongue(lang, false).t(ids::LANGUAGE_NAME),
        None => code.to_owned(),
    }
}

/// What another party wrote, as a value of a message: inert (TEXT rules of docs/spec/dispatches.md).
pub fn theirs(text: &str) -> Value<'static> {
    backchannel_accord::text::safe_line(text).into()
}

/// A name as cases of messages write it: small letters, digits, hyphens.
pub fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// The words of a language.
pub fn tongue(lang: Lang, latin: bool) -> &'static Tongue {
    static ALL: OnceLock<Vec<Tongue>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        Lang::ALL.into_iter().flat_map(|lang| [Tongue::new(lang, false), Tongue::new(lang, true)]).collect()
    });
    let place = lang.place() * 2 + usize::from(latin);
    &all[place.min(all.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every variable that a message has, with a number where the English counts and a name elsewhere.
    fn values() -> Vec<(&'static str, Value<'static>)> {
        const COUNTED: [&str; 12] = [
            "n", "k", "by", "quorum", "approved", "needs", "found", "words", "from", "to", "sealed", "missed",
        ];
        let names = source(Lang::En).split('$').skip(1);
        let names =
            names.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default());
        names
            .map(|name| (name, if COUNTED.contains(&name) { Value::from(3) } else { Value::from("x") }))
            .collect()
    }

    #[test]
    fn no_message_writes_out_digits_that_a_person_may_have_chosen_otherwise() {
        for lang in Lang::ALL {
            let digits = ['\u{660}'..='\u{669}', '\u{6f0}'..='\u{6f9}'];
            let written = source(lang)
                .lines()
                .find(|line| line.chars().any(|one| digits.iter().any(|of| of.contains(&one))));
            assert_eq!(written, None);
        }
    }

    /// What no page says would be translated for nobody.
    #[test]
    fn every_message_is_said_somewhere() {
        let mut sources = String::new();
        let mut open = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else {
                sources.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
        let said: std::collections::BTreeSet<&str> = sources
            .split("ids::")
            .skip(1)
            .map(|rest| {
                rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
            })
            .collect();
        let name = |id: &Id| id.0.replace('-', "_").to_uppercase();
        let unsaid: Vec<&str> =
            ids::ALL.iter().filter(|id| !said.contains(name(id).as_str())).map(|id| id.0).collect();
        assert!(unsaid.is_empty(), "no page says {unsaid:?}");
    }

    // PAGE-4
    #[test]
    fn every_message_is_said_in_every_language_without_a_fault() {
        let values = values();
        for lang in Lang::ALL {
            for id in ids::ALL {
                let said = tongue(lang, false).words.try_say(*id, values.clone());
                assert!(said.as_ref().is_ok_and(|said| !said.trim().is_empty()), "{lang:?} {id:?}: {said:?}");
            }
        }
    }

    #[test]
    fn numbers_take_the_numerals_and_the_plurals_of_the_language() {
        let n = |lang, latin, n: u64| tongue(lang, latin).v(ids::SPAN_HOURS, [("n", n.into())]);
        assert!(n(Lang::En, false, 1).ends_with("hour") && n(Lang::En, false, 2).ends_with("hours"));
        assert_eq!(tongue(Lang::Ar, false).number(1234), "\u{661}\u{66c}\u{662}\u{663}\u{664}");
        assert_eq!(tongue(Lang::Ar, true).number(1234), "1,234");
        assert_eq!(
            tongue(Lang::Fa, false).digits("2026-11-25"),
            "\u{6f2}\u{6f0}\u{6f2}\u{6f6}-\u{6f1}\u{6f1}-\u{6f2}\u{6f5}"
        );
        assert_eq!(tongue(Lang::Ru, false).number(1_234_567), "1\u{202f}234\u{202f}567");
        let russian: Vec<String> = [1, 2, 5, 21].map(|k| n(Lang::Ru, false, k)).to_vec();
        assert_ne!(
            russian[0].trim_start_matches(|c: char| !c.is_alphabetic()),
            russian[1].trim_start_matches(|c: char| !c.is_alphabetic())
        );
        assert_eq!(
            russian[0].chars().filter(|c| c.is_alphabetic()).collect::<String>(),
            russian[3].chars().filter(|c| c.is_alphabetic()).collect::<String>()
        );
    }

    #[test]
    fn names_become_cases() {
        assert_eq!(slug("guarded, not yet matched"), "guarded-not-yet-matched");
        assert_eq!(slug("no salt: the intermediary's words"), "no-salt-the-intermediary-s-words");
        assert_eq!(slug("ALTERED"), "altered");
    }
}
