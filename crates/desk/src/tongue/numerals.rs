//! Numerals as each language writes them.

use super::Lang;
use fluent_bundle::FluentValue;

/// The first digit of a script and what stands between thousands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    zero: char,
    group: &'static str,
}

const ARABIC: Digits = Digits { zero: '\u{660}', group: "\u{66c}" };
const PERSIAN: Digits = Digits { zero: '\u{6f0}', group: "\u{66c}" };
const SPACED: Digits = Digits { zero: '0', group: "\u{202f}" };
const PLAIN: Digits = Digits { zero: '0', group: "," };

type Formatter<M> = fn(&FluentValue<'_>, &M) -> Option<String>;

impl Digits {
    pub(super) fn of(lang: Lang, latin: bool) -> Self {
        match lang {
            Lang::Ar if !latin => ARABIC,
            Lang::Fa if !latin => PERSIAN,
            Lang::Fr | Lang::Ru => SPACED,
            _ => PLAIN,
        }
    }

    /// How Fluent writes the numbers in messages.
    pub(super) fn formatter<M>(self) -> Formatter<M> {
        match self {
            ARABIC => |value, _| ARABIC.formatted(value),
            PERSIAN => |value, _| PERSIAN.formatted(value),
            SPACED => |value, _| SPACED.formatted(value),
            _ => |value, _| PLAIN.formatted(value),
        }
    }

    fn formatted(self, value: &FluentValue<'_>) -> Option<String> {
        match value {
            // Only whole numbers that are not negative are ever put into a message.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
            FluentValue::Number(number) => Some(self.grouped(number.value as u64)),
            _ => None,
        }
    }

    pub(super) fn grouped(self, n: u64) -> String {
        let digits = n.to_string();
        let mut out = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 3 {
                out.push_str(self.group);
            }
            out.push(self.digit(digit));
        }
        out
    }

    pub(super) fn in_text(self, text: &str) -> String {
        text.chars().map(|c| self.digit(c)).collect()
    }

    fn digit(self, c: char) -> char {
        match c.to_digit(10) {
            Some(value) => char::from_u32(u32::from(self.zero) + value).unwrap_or(c),
            None => c,
        }
    }
}
