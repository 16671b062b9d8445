//! The words of the desk, in six languages (PAGE-4).

pub mod ids;
mod numerals;
pub mod when;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use numerals::Digits;
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

/// The name of a message; every one that exists is a constant of [`ids`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id(&'static str);

/// A language of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// French.
    Fr,
    /// Russian.
    Ru,
    /// Arabic.
    Ar,
    /// Persian.
    Fa,
    /// Hebrew.
    He,
}

impl Lang {
    /// Every language.
    pub const ALL: [Self; 6] = [Self::En, Self::Fr, Self::Ru, Self::Ar, Self::Fa, Self::He];

    /// Its code in BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ru => "ru",
            Self::Ar => "ar",
            Self::Fa => "fa",
            Self::He => "he",
        }
    }

    /// The language of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// Whether it is written from right to left.
    pub fn is_rtl(self) -> bool {
        matches!(self, Self::Ar | Self::Fa | Self::He)
    }

    /// The direction of its script, as HTML writes it.
    pub fn dir(self) -> &'static str {
        if self.is_rtl() { "rtl" } else { "ltr" }
    }

    /// The first language of an Accept-Language header that the desk speaks; English without one. The order in which a
    /// browser lists them is its order of preference.
    pub fn wanted(header: &str) -> Self {
        let codes = header.split(',').filter_map(|part| part.split([';', '-']).next());
        codes.map(str::trim).find_map(Self::of).unwrap_or(Self::En)
    }

    /// The name of a language in itself; the code where the desk does not speak it.
    pub fn name_of(code: &str) -> String {
        match Self::of(code) {
            Some(lang) => tongue(lang, false).t(ids::LANGUAGE_NAME),
            None => code.to_owned(),
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::En => include_str!("../../languages/en.ftl"),
            Self::Fr => include_str!("../../languages/fr.ftl"),
            Self::Ru => include_str!("../../languages/ru.ftl"),
            Self::Ar => include_str!("../../languages/ar.ftl"),
            Self::Fa => include_str!("../../languages/fa.ftl"),
            Self::He => include_str!("../../languages/he.ftl"),
        }
    }
}

/// The words of one language with one kind of numerals.
pub struct Tongue {
    /// The language.
    pub lang: Lang,
    /// Whether numerals are written 0 to 9 in every language.
    pub latin: bool,
    digits: Digits,
    bundle: FluentBundle<FluentResource>,
}

/// A value for a message.
pub type Value<'a> = FluentValue<'a>;

impl Tongue {
    fn new(lang: Lang, latin: bool) -> Self {
        // The build has read every file and every code: what it lets pass can be read.
        let locale: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        let resource = match FluentResource::try_new(lang.source().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let _ = bundle.add_resource(resource);
        let digits = Digits::of(lang, latin);
        bundle.set_formatter(Some(digits.formatter()));
        Self { lang, latin, digits, bundle }
    }

    /// A message without values.
    pub fn t(&self, id: Id) -> String {
        self.v(id, [])
    }

    /// A message with its values. What others wrote goes in through [`theirs`].
    pub fn v<const N: usize>(&self, id: Id, values: [(&'static str, Value<'_>); N]) -> String {
        let args: FluentArgs<'_> = values.into_iter().collect();
        let Some(pattern) = self.bundle.get_message(id.0).and_then(|message| message.value()) else {
            return id.0.to_owned();
        };
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// A message that selects by a name: the name of a state, a form, a kind.
    pub fn named(&self, id: Id, variable: &'static str, name: &str) -> String {
        self.v(id, [(variable, slug(name).into())])
    }

    /// A whole number as the language writes it.
    pub fn number(&self, n: u64) -> String {
        self.digits.grouped(n)
    }

    /// A text of ours with digits, such as a date, in the numerals of the language.
    pub fn digits(&self, text: &str) -> String {
        self.digits.in_text(text)
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
    let place = Lang::ALL.iter().position(|one| *one == lang).unwrap_or_default() * 2 + usize::from(latin);
    &all[place.min(all.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every variable that a message has, with a number where the English counts and a name elsewhere.
    fn arguments() -> FluentArgs<'static> {
        const COUNTED: [&str; 12] = [
            "n", "k", "by", "quorum", "approved", "needs", "found", "words", "from", "to", "sealed", "missed",
        ];
        let names = Lang::En.source().split('$').skip(1);
        let names =
            names.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default());
        names
            .map(|name| (name, if COUNTED.contains(&name) { Value::from(3) } else { Value::from("x") }))
            .collect()
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
        let arguments = arguments();
        for lang in Lang::ALL {
            let tongue = tongue(lang, false);
            for id in ids::ALL {
                let pattern = tongue.bundle.get_message(id.0).and_then(|message| message.value());
                let mut faults = Vec::new();
                let said = tongue.bundle.format_pattern(pattern.unwrap(), Some(&arguments), &mut faults);
                assert!(faults.is_empty() && !said.trim().is_empty(), "{} {}: {faults:?}", lang.code(), id.0);
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
    fn the_browsers_first_known_language_is_taken() {
        assert_eq!(Lang::wanted("de-DE,ar;q=0.8,en"), Lang::Ar);
        assert_eq!(Lang::wanted("ru-RU"), Lang::Ru);
        assert_eq!(Lang::wanted(""), Lang::En);
    }

    #[test]
    fn names_become_cases() {
        assert_eq!(slug("guarded, not yet matched"), "guarded-not-yet-matched");
        assert_eq!(slug("no salt: the intermediary's words"), "no-salt-the-intermediary-s-words");
        assert_eq!(slug("ALTERED"), "altered");
    }
}
