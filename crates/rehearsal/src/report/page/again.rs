//! What is needed to make the page again.

use super::table::say;
use crate::report::figures;
use crate::report::tongue::{Tongue, ids};
use crate::results::Results;
use maud::{Markup, html};

/// Runs of each variant; the fewest and the most where they differ.
pub(super) fn runs(results: &Results, words: &Tongue) -> String {
    let all = || results.variants.iter().map(|variant| variant.runs);
    let (fewest, most) = (all().min().unwrap_or_default(), all().max().unwrap_or_default());
    if fewest == most {
        return words.number(most);
    }
    words.v(ids::INTERVAL, [("low", words.number(fewest).into()), ("high", words.number(most).into())])
}

/// The level of the intervals.
pub(super) fn level(results: &Results, words: &Tongue) -> String {
    words.percent(results.level, usize::from((results.level * 100.0).fract().abs() > 1e-9))
}

/// Seed, runs, level, horizon, and whether it was interrupted.
pub(super) fn again(results: &Results, words: &Tongue) -> Markup {
    let state = if results.partial { ids::STATE_PARTIAL } else { ids::STATE_WHOLE };
    html! {
        (say(&words.t(ids::AGAIN_READ)))
        dl.facts {
            // To be typed: without marks between thousands, in the digits of keyboards.
            div { dt { (words.t(ids::FACT_SEED)) } dd { code { (results.seed.to_string()) } } }
            div { dt { (words.t(ids::FACT_RUNS)) } dd { (runs(results, words)) } }
            div { dt { (words.t(ids::FACT_LEVEL)) } dd { bdi { (level(results, words)) } } }
            div { dt { (words.t(ids::FACT_HORIZON)) } dd { (figures::horizon(words, results.years)) } }
            div { dt { (words.t(ids::FACT_STATE)) } dd { (words.t(state)) } }
        }
        (say(&words.t(ids::NOTICE_SHORT)))
    }
}
