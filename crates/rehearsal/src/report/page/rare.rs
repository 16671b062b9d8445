//! Breakdowns that are too rare to be seen in plain runs.

use super::found::{none, variant_short};
use super::table::{Table, cell, say};
use crate::report::figures;
use crate::report::tongue::{Tongue, ids};
use crate::results::{Rare, Results};
use maud::{Markup, html};

/// What splitting found for each variant; nothing where it was not asked for.
pub(super) fn rare(results: &Results, words: &Tongue) -> Markup {
    let rows = results.variants.iter().enumerate().filter_map(|(index, variant)| {
        let found = variant.rare.as_ref()?;
        let probability = found.probability.map_or_else(none, |estimate| {
            let (value, interval) = figures::rare(words, &estimate);
            cell(&value, &interval)
        });
        let trials = html! { bdi { (words.number(found.trials)) } };
        Some(vec![variant_short(words, index, variant), probability, trials, note(words, found)])
    });
    let rows: Vec<Vec<Markup>> = rows.collect();
    if rows.is_empty() {
        return html! {};
    }
    let ends = words.v(ids::COL_BREAKDOWN, [("span", figures::horizon(words, results.years).into())]);
    let heads = [words.t(ids::COL_VARIANT), ends, words.t(ids::COL_TRIALS), words.t(ids::COL_NOTE)];
    html! {
        (say(&words.t(ids::RARE_READ)))
        (Table {
            id: "rare",
            caption: words.t(ids::TABLE_RARE),
            heads: heads.into_iter().map(|head| html! { (head) }).collect(),
            rows,
            class: "numbers",
        }.html())
    }
}

/// Why there is no estimate, or that its interval is rough.
fn note(words: &Tongue, found: &Rare) -> Markup {
    let lack = found.lacks.and_then(|lack| words.word(ids::RARE_LACKS, lack.name()));
    let rough = found.is_rough.then(|| words.t(ids::RARE_ROUGH));
    lack.or(rough).map_or_else(none, |text| html! { (text) })
}
