//! The messages of one language.

use crate::{Lang, Numerals};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// The name of a message. The build makes a constant of every one that exists: use those, never a name of your own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id(pub &'static str);

/// A value for a message.
pub type Value<'a> = FluentValue<'a>;

/// The messages of one language.
pub struct Words(FluentBundle<FluentResource>);

impl Words {
    /// Of a text in Fluent's format, which the build has read before; its numbers are written with these numerals.
    pub fn new(lang: Lang, numerals: Numerals, source: &str) -> Self {
        // The build has read every file, and a test every code: what they let pass can be read.
        let locale: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let _ = bundle.add_resource(resource);
        bundle.set_formatter(Some(numerals.formatter()));
        Self(bundle)
    }

    /// A message with its values; its name where there is none. What others wrote must have been made inert before.
    pub fn say<'a>(&self, id: Id, values: impl IntoIterator<Item = (&'static str, Value<'a>)>) -> String {
        self.try_say(id, values).unwrap_or_else(|(said, _)| said)
    }

    /// As [`Self::say`], with what was wrong beside what could be said.
    pub fn try_say<'a>(
        &self,
        id: Id,
        values: impl IntoIterator<Item = (&'static str, Value<'a>)>,
    ) -> Result<String, (String, String)> {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            let name: &'a str = name;
            args.set(name, value);
        }
        let Some(pattern) = self.0.get_message(id.0).and_then(|message| message.value()) else {
            return Err((id.0.to_owned(), "there is no such message".to_owned()));
        };
        let mut faults = Vec::new();
        let said = self.0.format_pattern(pattern, Some(&args), &mut faults).into_owned();
        if faults.is_empty() { Ok(said) } else { Err((said, format!("{faults:?}"))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAYS: Id = Id("days");
    const SOURCE: &str =
        "days = { $n ->\n    [one] { $n } день\n    [few] { $n } дня\n   *[many] { $n } дней\n}\n";

    #[test]
    fn a_number_takes_the_plural_and_the_numerals_of_the_language() {
        let words = Words::new(Lang::Ru, Numerals::of(Lang::Ru), SOURCE);
        let said = [1_u64, 2, 5, 21, 1_000].map(|n| words.say(DAYS, [("n", n.into())]));
        let plain = said.map(|said| said.replace(['\u{2068}', '\u{2069}'], ""));
        assert_eq!(plain, ["1 день", "2 дня", "5 дней", "21 день", "1\u{202f}000 дней"]);
    }

    #[test]
    fn what_is_missing_is_told_and_something_is_said_all_the_same() {
        let words = Words::new(Lang::Ru, Numerals::of(Lang::Ru), SOURCE);
        assert_eq!(words.say(Id("weeks"), []), "weeks");
        assert!(words.try_say(Id("weeks"), []).is_err());
        assert!(words.try_say(DAYS, []).is_err());
    }

    #[test]
    fn every_code_is_one_that_unicode_knows() {
        assert!(Lang::ALL.iter().all(|lang| lang.code().parse::<LanguageIdentifier>().is_ok()));
    }
}
