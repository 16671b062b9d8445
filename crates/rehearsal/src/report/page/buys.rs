//! What each term buys, and restraint against its cost.

use super::table::{Table, cell, figure, plain, say, share};
use crate::report::plots::{self, Width, numbered, shown};
use crate::report::tongue::{Tongue, ids};
use crate::report::{figures, names};
use crate::results::{Bar, Choice, Results};
use maud::{Markup, html};

/// Each term and assumption varied alone.
pub(super) fn buys(results: &Results, words: &Tongue) -> Markup {
    if results.tornado.is_empty() {
        return html! {};
    }
    let lang = words.lang;
    let shown = shown(results);
    let hidden = results.tornado.len().saturating_sub(shown.len());
    html! {
        (say(&words.v(ids::BUYS_READ, [("first", names::letter(words, 0).into())])))
        (figure(&plots::tornado(results, lang, Width::Wide), &plots::tornado(results, lang, Width::Narrow)))
        (bars(words, &shown))
        @if hidden > 0 { p.small { (words.v(ids::BUYS_HIDDEN, [("n", hidden.into())])) } }
        @if !results.left_out.is_empty() {
            p.small { (words.v(ids::BUYS_LEFT_OUT, [("names", left_out(results, words).into())])) }
        }
    }
}

fn left_out(results: &Results, words: &Tongue) -> String {
    let all = results.left_out.iter().take(LEFT_OUT_MAX).map(|name| names::term(words, name).text);
    all.collect::<Vec<_>>().join(&words.t(ids::BETWEEN_TERMS))
}

/// Names of what was left out that are told; all are in the JSON.
const LEFT_OUT_MAX: usize = 12;

fn bars(words: &Tongue, shown: &[&Bar]) -> Markup {
    let ends = || shown.iter().flat_map(|bar| [&bar.survival.0, &bar.survival.1]);
    let places = figures::percent_places(ends());
    let heads = [
        ids::COL_NAME,
        ids::COL_SORT,
        ids::COL_LOWER,
        ids::COL_HOLDS,
        ids::COL_UPPER,
        ids::COL_HOLDS,
        ids::COL_DIFFERENCE,
    ];
    let row = |bar: &&Bar| {
        let sort = if bar.is_term { ids::SORT_TERM } else { ids::SORT_ASSUMPTION };
        let end = |value: &str| names::value(words, &bar.name, value).html();
        vec![
            names::term(words, &bar.name).html(),
            html! { (words.t(sort)) },
            end(&bar.values.0),
            share(words, &bar.survival.0, places),
            end(&bar.values.1),
            share(words, &bar.survival.1, places),
            {
                let (value, interval) = figures::points(words, &bar.difference, places);
                cell(&value, &interval)
            },
        ]
    };
    Table {
        id: "tornado",
        caption: words.t(ids::TABLE_TORNADO),
        heads: heads.into_iter().map(|id| html! { (words.t(id)) }).collect(),
        rows: shown.iter().map(row).collect(),
        class: "numbers",
    }
    .html()
}

/// Choices of terms by survival and cost, and the best one found.
pub(super) fn costs(results: &Results, words: &Tongue) -> Markup {
    if results.frontier.is_empty() && results.best.is_none() && results.searched.is_none() {
        return html! {};
    }
    let lang = words.lang;
    let on = numbered(results);
    html! {
        (say(&words.t(ids::COSTS_READ)))
        @if let Some(best) = &results.best { (say(&best_sentence(words, best))) }
        @for sentence in searched(results, words) { (say(&sentence)) }
        @if !on.is_empty() {
            (figure(&plots::frontier(results, lang, Width::Wide), &plots::frontier(results, lang, Width::Narrow)))
            (choices(words, results, &on))
            p.small {
                (words.v(ids::COSTS_OTHERS, [("n", results.frontier.len().saturating_sub(on.len()).into())]))
            }
        }
    }
}

/// What has to be known of a search, and of its best.
fn searched(results: &Results, words: &Tongue) -> Vec<String> {
    let Some(how) = &results.searched else { return Vec::new() };
    let limit = || words.decimal(how.cost_max.unwrap_or_default(), 2);
    let count = |n: u64| words.number(n);
    let mut all = Vec::new();
    if results.best.is_some() && !how.keeps_cost {
        all.push(words.v(ids::COSTS_OVER, [("limit", limit().into())]));
    }
    if results.best.is_none() && !results.partial {
        all.push(
            words.v(ids::COSTS_NOTHING, [("n", count(how.looked_at).into()), ("limit", limit().into())]),
        );
    }
    if !how.whole && !results.partial {
        all.push(words.t(ids::COSTS_PARTLY));
    }
    if how.impossible > 0 {
        all.push(words.v(ids::COSTS_IMPOSSIBLE, [("n", count(how.impossible).into())]));
    }
    all
}

fn best_sentence(words: &Tongue, best: &Choice) -> String {
    let places = figures::percent_places([&best.survival]);
    let cost = figures::plain_places([&best.cost]);
    words.v(
        ids::COSTS_BEST,
        [
            ("terms", names::choice(words, best).text.into()),
            ("value", figures::percent(words, best.survival.value, places).into()),
            ("interval", figures::percent_interval(words, &best.survival, places).into()),
            ("cost", words.decimal(best.cost.value, cost).into()),
        ],
    )
}

fn choices(words: &Tongue, results: &Results, on: &[&Choice]) -> Markup {
    let places = figures::percent_places(on.iter().map(|choice| &choice.survival));
    let costs = figures::plain_places(on.iter().map(|choice| &choice.cost));
    let heads = [ids::COL_NUMBER, ids::COL_TERMS, ids::COL_HOLDS, ids::COL_COST];
    let row = |(index, choice): (usize, &&Choice)| {
        let is_best = results.best.as_ref().is_some_and(|best| best.terms == choice.terms);
        vec![
            html! { bdi { (words.number(index as u64 + 1)) } },
            html! {
                (names::choice(words, choice).html())
                @if is_best { " " span.tag { (words.t(ids::KEY_BEST)) } }
            },
            share(words, &choice.survival, places),
            plain(words, &choice.cost, costs),
        ]
    };
    Table {
        id: "frontier",
        caption: words.t(ids::TABLE_FRONTIER),
        heads: heads.into_iter().map(|id| html! { (words.t(id)) }).collect(),
        rows: on.iter().enumerate().map(row).collect(),
        class: "numbers counted",
    }
    .html()
}
