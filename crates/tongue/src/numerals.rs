//! Numbers, percentages and signs as each language writes them.

use crate::Lang;
use fluent_bundle::FluentValue;

/// How a language writes numbers: its digits and the signs about them, after CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numerals {
    zero: char,
    group: &'static str,
    point: &'static str,
    percent: &'static str,
    minus: &'static str,
    plus: &'static str,
}

const ENGLISH: Numerals =
    Numerals { zero: '0', group: ",", point: ".", percent: "%", minus: "\u{2212}", plus: "+" };
const FRENCH: Numerals = Numerals { group: "\u{202f}", point: ",", percent: "\u{202f}%", ..ENGLISH };
const RUSSIAN: Numerals = Numerals { percent: "\u{a0}%", ..FRENCH };
/// The marks keep sign and number together where the text runs from right to left.
const ARABIC: Numerals = Numerals {
    zero: '\u{660}',
    group: "\u{66c}",
    point: "\u{66b}",
    percent: "\u{66a}\u{61c}",
    minus: "\u{61c}-",
    plus: "\u{61c}+",
};
const PERSIAN: Numerals =
    Numerals { zero: '\u{6f0}', percent: "\u{66a}", minus: "\u{200e}\u{2212}", plus: "\u{200e}+", ..ARABIC };
const HEBREW: Numerals = Numerals { minus: "\u{200e}\u{2212}", plus: "\u{200e}+", ..ENGLISH };

/// What stands for a number that is none.
const NONE: &str = "\u{2013}";
/// The most places that a number inside a sentence is given with.
const SENTENCE_PLACES: usize = 6;

type Formatter<M> = fn(&FluentValue<'_>, &M) -> Option<String>;

impl Numerals {
    /// As the language writes them.
    pub fn of(lang: Lang) -> Self {
        match lang {
            Lang::En => ENGLISH,
            Lang::Fr => FRENCH,
            Lang::Ru => RUSSIAN,
            Lang::Ar => ARABIC,
            Lang::Fa => PERSIAN,
            Lang::He => HEBREW,
        }
    }

    /// With the digits 0 to 9, as some prefer to read Arabic and Persian.
    pub fn latin(self) -> Self {
        if self.zero == ENGLISH.zero { self } else { ENGLISH }
    }

    /// How Fluent writes the numbers in messages.
    pub(crate) fn formatter<M>(self) -> Formatter<M> {
        match self {
            FRENCH => |value, _| FRENCH.formatted(value),
            RUSSIAN => |value, _| RUSSIAN.formatted(value),
            ARABIC => |value, _| ARABIC.formatted(value),
            PERSIAN => |value, _| PERSIAN.formatted(value),
            HEBREW => |value, _| HEBREW.formatted(value),
            _ => |value, _| ENGLISH.formatted(value),
        }
    }

    fn formatted(self, value: &FluentValue<'_>) -> Option<String> {
        match value {
            FluentValue::Number(number) => Some(self.short(number.value, SENTENCE_PLACES)),
            _ => None,
        }
    }

    /// A whole number with its thousands set apart.
    pub fn grouped(self, n: u64) -> String {
        self.whole(&n.to_string())
    }

    fn whole(self, digits: &str) -> String {
        let mut out = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 3 {
                out.push_str(self.group);
            }
            out.push(self.digit(digit));
        }
        out
    }

    /// A number with so many places.
    pub fn decimal(self, value: f64, places: usize) -> String {
        let Some(plain) = self.plain(value, places) else { return NONE.to_owned() };
        let is_below = value < 0.0 && plain.chars().any(|c| c.is_numeric() && c != self.zero);
        if is_below { format!("{}{plain}", self.minus) } else { plain }
    }

    /// A number without the zeros that end it.
    pub fn short(self, value: f64, places: usize) -> String {
        let needed = (0..places).find(|few| {
            let exact = value * 10_f64.powi(i32::try_from(*few).unwrap_or_default());
            (exact - exact.round()).abs() < 1e-9 * exact.abs().max(1.0)
        });
        self.decimal(value, needed.unwrap_or(places))
    }

    /// A number with its sign, also the plus.
    pub fn signed(self, value: f64, places: usize) -> String {
        let text = self.decimal(value, places);
        let is_above = value > 0.0 && text.chars().any(|c| c.is_numeric() && c != self.zero);
        if is_above { format!("{}{text}", self.plus) } else { text }
    }

    /// A share of one as a percentage with so many places.
    pub fn percent(self, share: f64, places: usize) -> String {
        if !share.is_finite() {
            return NONE.to_owned();
        }
        format!("{}{}", self.decimal(share * 100.0, places), self.percent)
    }

    fn plain(self, value: f64, places: usize) -> Option<String> {
        let text = format!("{:.places$}", value.abs());
        let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
        if !value.is_finite() {
            return None;
        }
        let point = if rest.is_empty() { "" } else { self.point };
        Some(format!("{}{point}{}", self.whole(whole), self.in_text(rest)))
    }

    /// A text of ours with its digits in those of the language.
    pub fn in_text(self, text: &str) -> String {
        text.chars().map(|c| self.digit(c)).collect()
    }

    fn digit(self, c: char) -> char {
        match c.to_digit(10) {
            Some(value) => char::from_u32(u32::from(self.zero) + value).unwrap_or(c),
            None => c,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_written_as_each_language_writes_them() {
        let written: Vec<String> =
            Lang::ALL.iter().map(|lang| Numerals::of(*lang).percent(0.9734, 1)).collect();
        assert_eq!(
            written,
            [
                "97.3%",
                "97,3\u{202f}%",
                "97,3\u{a0}%",
                "\u{669}\u{667}\u{66b}\u{663}\u{66a}\u{61c}",
                "\u{6f9}\u{6f7}\u{66b}\u{6f3}\u{66a}",
                "97.3%"
            ]
        );
    }

    #[test]
    fn whole_numbers_have_their_thousands_set_apart_in_the_digits_of_the_language() {
        let grouped = |lang, n| Numerals::of(lang).grouped(n);
        assert_eq!(grouped(Lang::Ar, 1234), "\u{661}\u{66c}\u{662}\u{663}\u{664}");
        assert_eq!(grouped(Lang::Ru, 1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(Numerals::of(Lang::Ar).latin().grouped(1234), "1,234");
        assert_eq!(Numerals::of(Lang::Fr).latin().grouped(1234), "1\u{202f}234");
        let date = Numerals::of(Lang::Fa).in_text("2026-11-25");
        assert_eq!(date, "\u{6f2}\u{6f0}\u{6f2}\u{6f6}-\u{6f1}\u{6f1}-\u{6f2}\u{6f5}");
    }

    #[test]
    fn a_sign_stands_before_what_is_not_zero_and_never_before_zero() {
        assert_eq!(ENGLISH.signed(-2.14, 1), "\u{2212}2.1");
        assert_eq!(ENGLISH.signed(2.14, 1), "+2.1");
        assert_eq!(ENGLISH.signed(-0.001, 1), "0.0");
        assert_eq!(ENGLISH.decimal(-0.001, 1), "0.0");
        assert_eq!(PERSIAN.signed(-2.0, 0), "\u{200e}\u{2212}\u{6f2}");
    }

    #[test]
    fn numbers_in_sentences_lose_the_zeros_that_end_them() {
        assert_eq!(ENGLISH.short(5.0, 2), "5");
        assert_eq!(ENGLISH.short(0.5, 2), "0.5");
        assert_eq!(FRENCH.short(1234.25, 2), "1\u{202f}234,25");
    }

    #[test]
    fn what_is_no_number_is_a_dash() {
        assert_eq!(ENGLISH.percent(f64::NAN, 1), "\u{2013}");
        assert_eq!(ENGLISH.decimal(f64::INFINITY, 1), "\u{2013}");
    }
}
