//! Instants and lengths of time, as people read them. UTC always stands beside the time of the place.

use super::{Tongue, ids};
use crate::clock;
use backchannel_accord::time::parse_rfc3339;
use backchannel_wire::UtcMs;
use maud::{Markup, html};
use serde_json::Value;

/// An instant: the page's script writes the time of the place into it; UTC stands there in any case.
pub fn moment(words: &Tongue, utc: &str) -> Markup {
    let Some(at) = parse_rfc3339(utc) else { return html! { span.when { (words.t(ids::NOT_YET)) } } };
    let exact = backchannel_accord::time::rfc3339(at);
    // Of today the hour is enough, and leaves more of a narrow screen to what happened.
    let today = backchannel_accord::time::rfc3339(clock::now());
    let from = if exact.get(..10) == today.get(..10) { 11 } else { 0 };
    let text = exact.get(from..19).unwrap_or(&exact).replace('T', " ");
    html! {
        time.when datetime=(exact) {
            span.local data-local="" {}
            // Forced from left to right: digits of Arabic with hyphens between them would come in the other order.
            span.utc { bdo dir="ltr" { (words.digits(&text)) } " " (words.t(ids::UTC)) }
        }
    }
}

/// The instant of a field, or that there is none yet.
pub fn moment_of(words: &Tongue, value: &Value) -> Markup {
    match value.as_str() {
        Some(utc) => moment(words, utc),
        None => html! { span.when { (words.t(ids::NOT_YET)) } },
    }
}

/// A beat with its instant.
pub fn stamp(words: &Tongue, value: &Value) -> Markup {
    let (Some(k), Some(utc)) = (value["k"].as_u64(), value["utc"].as_str()) else {
        return html! { span.when { (words.t(ids::NOT_YET)) } };
    };
    html! { (moment(words, utc)) " " span.beat { (words.v(ids::BEAT_OF, [("k", k.into())])) } }
}

/// How long it is to an instant, or since.
pub fn distance(words: &Tongue, utc: &str, now: UtcMs) -> String {
    let Some(at) = parse_rfc3339(utc) else { return String::new() };
    let ahead = at.0 >= now.0;
    let text = span(words, at.0.abs_diff(now.0));
    words.v(if ahead { ids::CLOCK_LEFT } else { ids::CLOCK_AGO }, [("span", text.into())])
}

/// A length of time in its largest unit that leaves two at least, so that "47 hours" is not rounded to a day.
pub fn span(words: &Tongue, ms: u64) -> String {
    let seconds = ms / 1_000;
    let (id, n) = match seconds {
        0..=119 => (ids::SPAN_SECONDS, seconds),
        120..=7_199 => (ids::SPAN_MINUTES, seconds / 60),
        7_200..=172_799 => (ids::SPAN_HOURS, seconds / 3_600),
        _ => (ids::SPAN_DAYS, seconds / 86_400),
    };
    words.v(id, [("n", n.into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tongue::{Lang, tongue};

    fn plain(text: &str) -> String {
        text.replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn spans_are_told_in_the_largest_unit_that_leaves_two() {
        let words = tongue(Lang::En, false);
        let told = |ms| plain(&span(words, ms));
        assert_eq!(told(119_999), "119 seconds");
        assert_eq!(told(120_000), "2 minutes");
        assert_eq!(told(47 * 3_600_000), "47 hours");
        assert_eq!(told(48 * 3_600_000), "2 days");
    }

    #[test]
    fn an_instant_always_shows_utc() {
        let shown = moment(tongue(Lang::En, false), "2026-11-25T04:00:00.250Z").into_string();
        assert!(shown.contains("2026-11-25 04:00:00") && shown.contains("UTC"), "{shown}");
        assert!(shown.contains("datetime=\"2026-11-25T04:00:00.250Z\""), "{shown}");
        assert!(!moment(tongue(Lang::En, false), "<b>").into_string().contains("<b>"));
    }
}
