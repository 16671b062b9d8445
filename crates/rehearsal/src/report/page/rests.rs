//! What the numbers rest on: runs, assumptions, published answers, and what the models say against wishes.

use super::found::none;
use super::table::{Table, figure, say, share};
use crate::report::plots::{self, Width};
use crate::report::tongue::{Tongue, ids};
use crate::report::{figures, names};
use crate::results::{Assumption, OracleRow, Results};
use maud::{Markup, html};

/// Rows of the convergence table: the last of them are the ones that matter.
const STEPS_MAX: usize = 12;
/// Places of published numbers, and of what is computed for them.
const ORACLE_PLACES: std::ops::RangeInclusive<usize> = 0..=9;

/// What the models say that nobody hoped for.
pub(super) fn remarks(results: &Results, words: &Tongue) -> Markup {
    if results.remarks.is_empty() {
        return html! {};
    }
    html! {
        (say(&words.t(ids::REMARKS_READ)))
        ul.remarks {
            @for (name, values) in &results.remarks {
                li {
                    @match words.word(ids::REMARK, name) {
                        Some(known) => { (known) }
                        None => { bdi.raw { (names::inert(name, names::TEXT_LETTERS_MAX)) } }
                    }
                    @if !values.is_empty() {
                        dl.values {
                            @for (key, value) in values {
                                div {
                                    dt { (names::term(words, key).html()) }
                                    dd { (names::value(words, key, value).html()) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether there were enough runs.
pub(super) fn runs(results: &Results, words: &Tongue) -> Markup {
    let steps = &results.convergence;
    if steps.is_empty() {
        return html! {};
    }
    let places = figures::percent_places(steps.iter().map(|(_, estimate)| estimate));
    let heads = [ids::COL_RUNS, ids::COL_HOLDS, ids::COL_WIDTH];
    let row = |(runs, estimate): &(u64, crate::results::Estimate)| {
        vec![
            html! { bdi { (words.number(*runs)) } },
            share(words, estimate, places),
            html! { bdi { (words.decimal((estimate.high - estimate.low) * 100.0, places)) } },
        ]
    };
    let first = names::letter(words, 0);
    let lang = words.lang;
    html! {
        (say(&words.v(ids::RUNS_READ, [("first", first.into())])))
        (figure(&plots::convergence(results, lang, Width::Wide), &plots::convergence(results, lang, Width::Narrow)))
        (Table {
            id: "convergence",
            caption: words.t(ids::TABLE_CONVERGENCE),
            heads: heads.into_iter().map(|id| html! { (words.t(id)) }).collect(),
            rows: steps.iter().skip(steps.len().saturating_sub(STEPS_MAX)).map(row).collect(),
            class: "numbers",
        }
        .html())
    }
}

/// The assumptions, what mattered most first.
pub(super) fn assumptions(results: &Results, words: &Tongue) -> Markup {
    let mut sorted: Vec<&Assumption> = results.assumptions.iter().collect();
    let weight = |one: &Assumption| one.matters.filter(|move_by| move_by.is_finite()).map_or(-1.0, f64::abs);
    sorted.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    let illustrative = sorted.iter().filter(|one| one.source.is_none()).count();
    let heads = [ids::COL_ASSUMPTION, ids::COL_VALUE, ids::COL_SOURCE, ids::COL_MATTERS];
    let row = |one: &&Assumption| {
        let said = names::term(words, &one.key);
        let raw = names::inert(&one.key, names::NAME_LETTERS_MAX);
        vec![
            html! { @if said.text == raw { code { (raw) } } @else { (said.html()) span.file { code { (raw) } } } },
            names::value(words, &one.key, &one.value).html(),
            match &one.source {
                Some(source) => html! { bdi { (names::inert(source, names::TEXT_LETTERS_MAX)) } },
                None => html! { span.tag { (words.t(ids::ILLUSTRATIVE)) } },
            },
            one.matters.map_or_else(none, |by| html! { bdi { (words.decimal(by.abs() * 100.0, 1)) } }),
        ]
    };
    html! {
        (say(&words.t(if sorted.iter().any(|one| one.matters.is_some()) { ids::RESTS_READ } else { ids::RESTS_NOT_MEASURED })))
        @if !results.terms.is_empty() {
            (say(&words.v(ids::RESTS_TEXT, [("terms", names::terms(words, &results.terms).text.into())])))
        }
        @if illustrative > 0 {
            (say(&words.v(ids::RESTS_ILLUSTRATIVE, [("n", illustrative.into()), ("all", words.number(sorted.len() as u64).into())])))
        }
        (Table {
            id: "assumptions",
            caption: words.t(ids::TABLE_ASSUMPTIONS),
            heads: heads.into_iter().map(|id| html! { (words.t(id)) }).collect(),
            rows: sorted.iter().map(row).collect(),
            class: "texts",
        }
        .html())
    }
}

/// Published numbers beside what is computed here.
pub(super) fn oracles(results: &Results, words: &Tongue) -> Markup {
    if results.oracles.is_empty() {
        return html! {};
    }
    let failed = results.oracles.iter().filter(|oracle| !oracle.passed).count();
    let heads = [ids::COL_ORACLE, ids::COL_PUBLISHED, ids::COL_COMPUTED, ids::COL_ERROR, ids::COL_AGREES];
    let row = |oracle: &OracleRow| {
        let places = decimals(oracle.expected).clamp(*ORACLE_PLACES.start(), *ORACLE_PLACES.end());
        let agrees = if oracle.passed { ids::AGREES } else { ids::DISAGREES };
        vec![
            html! {
                bdi { (names::inert(&oracle.name, names::TEXT_LETTERS_MAX)) }
                " " bdi.cite { (names::inert(&oracle.source, names::TEXT_LETTERS_MAX)) }
            },
            html! { bdi dir="ltr" { (words.decimal(oracle.expected, places)) } },
            html! { bdi dir="ltr" { (words.decimal(oracle.got, places + 1)) } },
            error(words, (oracle.got - oracle.expected).abs()),
            html! { span class=(if oracle.passed { "good" } else { "bad" }) { (words.t(agrees)) } },
        ]
    };
    html! {
        (say(&words.v(ids::ORACLES_READ, [("n", results.oracles.len().into())])))
        @if failed > 0 { p.partial { strong { (words.v(ids::ORACLES_FAILED, [("n", failed.into())])) } } }
        (Table {
            id: "oracles",
            caption: words.t(ids::TABLE_ORACLES),
            heads: heads.into_iter().map(|id| html! { (words.t(id)) }).collect(),
            rows: results.oracles.iter().map(row).collect(),
            class: "numbers",
        }
        .html())
    }
}

/// Decimals of a number as it is written shortest.
fn decimals(value: f64) -> usize {
    format!("{value}").split_once('.').map_or(0, |(_, rest)| rest.len())
}

/// An error in two digits and a power of ten.
fn error(words: &Tongue, error: f64) -> Markup {
    if !error.is_finite() {
        return none();
    }
    if error == 0.0 {
        return html! { bdi { (words.number(0)) } };
    }
    // The logarithm of a number that a float can hold is a small number.
    #[expect(clippy::cast_possible_truncation, reason = "between -324 and 308")]
    let power = error.log10().floor() as i32;
    if power >= -2 {
        return html! { bdi dir="ltr" { (words.decimal(error, 3)) } };
    }
    let lead = words.decimal(error / 10_f64.powi(power), 1);
    let power = words.digits(&power.unsigned_abs().to_string());
    html! { bdi dir="ltr" { (lead) "\u{a0}\u{d7}\u{a0}" (words.number(10)) sup { "\u{2212}" (power) } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tongue::{Lang, tongue};

    #[test]
    fn errors_are_told_by_their_power_of_ten() {
        let told = |value| error(tongue(Lang::En), value).into_string();
        assert!(told(9.1e-8).contains("9.1\u{a0}\u{d7}\u{a0}10<sup>\u{2212}8</sup>"));
        assert!(told(0.25).contains("0.250"));
        assert!(told(0.0).contains(">0<"));
        assert!(told(f64::NAN).contains('\u{2013}'));
    }

    #[test]
    fn decimals_are_those_of_the_shortest_writing() {
        assert_eq!(decimals(0.752941), 6);
        assert_eq!(decimals(1.0), 0);
    }
}
