//! Instants that a scenario means: what was kept, or now, and so much before or after it. (EXER-18, EXER-19)

use backchannel_accord::time::{parse_rfc3339, rfc3339};
use backchannel_accord::understanding::SpanMs;
use backchannel_wire::UtcMs;

/// An instant relative to one that is known when the story comes to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instant {
    /// `now`, `$name` of something kept, or an instant in UTC.
    pub base: String,
    shift_ms: i64,
}

impl Instant {
    /// Reads `now`, `$name` or an instant, alone or with ` + SPAN` or ` - SPAN`.
    pub fn parse(text: &str) -> Option<Self> {
        let (base, shift_ms) = match text.split_once(" + ").or_else(|| text.split_once(" - ")) {
            None => (text, 0),
            Some((base, span)) => {
                let ms = i64::try_from(SpanMs::parse(span)?.0).ok()?;
                (base, if text.contains(" + ") { ms } else { ms.saturating_neg() })
            }
        };
        let known = base == "now" || base.len() > 1 && base.starts_with('$') || parse_rfc3339(base).is_some();
        known.then(|| Self { base: base.to_owned(), shift_ms })
    }

    /// The instant, once its base is known.
    pub fn at(&self, base: &str, now: UtcMs) -> Option<String> {
        let base = if base == "now" { now } else { parse_rfc3339(base)? };
        Some(rfc3339(shifted(base, self.shift_ms)))
    }
}

fn shifted(at: UtcMs, ms: i64) -> UtcMs {
    UtcMs(at.0.saturating_add_signed(ms))
}

/// A text with `@NOW@`, `@NOW+SPAN@` and `@NOW-SPAN@` put in, to the millisecond. Else what was not understood.
pub fn dated(text: &str, now: UtcMs) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@NOW") {
        let (shift, behind) = after.split_once('@').ok_or("a mark @NOW is not closed.")?;
        let wrong = || format!("@NOW{shift}@ is no instant.");
        let (sign, span) = match (shift.strip_prefix('+'), shift.strip_prefix('-')) {
            (Some(span), _) => (1, span),
            (_, Some(span)) => (-1, span),
            _ if shift.is_empty() => (0, "1ms"),
            _ => return Err(wrong()),
        };
        let ms = i64::try_from(SpanMs::parse(span).ok_or_else(wrong)?.0).map_err(|_| wrong())?;
        out.push_str(before);
        out.push_str(&rfc3339(shifted(now, ms.saturating_mul(sign))));
        rest = behind;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{Instant, dated};
    use backchannel_wire::UtcMs;

    const NOW: UtcMs = UtcMs(1_800_000_000_000);

    #[test]
    fn an_instant_is_one_that_is_kept_or_now_and_so_much_before_or_after() {
        // EXER-18
        let at = |text: &str, base: &str| Instant::parse(text).and_then(|instant| instant.at(base, NOW));
        let kept = "2026-12-01T06:00:00.000Z";
        assert_eq!(at("$end", kept).as_deref(), Some(kept));
        assert_eq!(at("$end - 1ms", kept).as_deref(), Some("2026-12-01T05:59:59.999Z"));
        assert_eq!(at("2026-12-01T06:00Z + 2h", kept).as_deref(), Some("2026-12-01T08:00:00.000Z"));
        assert_eq!(at("now + 1s", "now").as_deref(), Some("2027-01-15T08:00:01.000Z"));
        for wrong in ["", "$", "later", "now + 1", "now +1s", "$end - soon"] {
            assert_eq!(Instant::parse(wrong), None, "{wrong}");
        }
        assert_eq!(at("$end", "$end"), None, "it was not kept");
    }

    #[test]
    fn texts_are_dated_when_they_are_laid_down() {
        // EXER-19
        let text = "from = \"@NOW-1h@\"\nuntil = \"@NOW+90m@\" # @NOW@";
        let dated_text = dated(text, NOW).unwrap();
        assert_eq!(
            dated_text,
            "from = \"2027-01-15T07:00:00.000Z\"\nuntil = \"2027-01-15T09:30:00.000Z\" # 2027-01-15T08:00:00.000Z"
        );
        for wrong in ["@NOW", "@NOW+1h", "@NOW+soon@", "@NOW*1h@"] {
            assert!(dated(wrong, NOW).is_err(), "{wrong}");
        }
    }
}
