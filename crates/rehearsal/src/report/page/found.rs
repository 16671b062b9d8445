//! What was found: in sentences, variant by variant, over time, and why it ended.

use super::table::{Table, cell, figure, plain, say, share};
use crate::report::plots::{self, PANELS_FROM, Width, best_and_worst, cause_swatch};
use crate::report::tongue::{Tongue, ids};
use crate::report::{curves, figures, names};
use crate::results::{Results, Variant};
use maud::{Markup, PreEscaped, html};

/// Places for all shares of survival on the page, so that columns compare.
fn places(results: &Results) -> usize {
    figures::percent_places(results.variants.iter().flat_map(|one| [&one.survival_1y, &one.survival]))
}

/// The name of a variant in a table: its letter, a piece of its line, its words, and its name in the file.
fn variant_name(words: &Tongue, index: usize, variant: &Variant) -> Markup {
    let said = names::variant(words, variant);
    let raw = names::inert(&variant.name, names::NAME_LETTERS_MAX);
    html! {
        span.key { bdi.letter { (names::letter(words, index)) } (PreEscaped(plots::swatch(index))) }
        span.name { (said.html()) @if said.text != raw { span.file { code { (raw) } } } }
    }
}

/// The letter and the words of a variant, for tables after the first.
pub(super) fn variant_short(words: &Tongue, index: usize, variant: &Variant) -> Markup {
    html! {
        span.short {
            bdi.letter { (names::letter(words, index)) } " "
            span.name { (names::variant(words, variant).html()) }
        }
    }
}

/// The answer in a few sentences, then all variants side by side.
pub(super) fn found(results: &Results, words: &Tongue) -> Markup {
    if results.variants.is_empty() {
        return say(&words.t(ids::PLOT_EMPTY));
    }
    html! {
        ul.answers {
            @for sentence in sentences(results, words) { li { (sentence) } }
        }
        (side_by_side(results, words))
        (super::rare::rare(results, words))
        p.small { (words.v(ids::INTERVAL_NOTE, [("level", super::again::level(results, words).into())])) }
    }
}

fn sentences(results: &Results, words: &Tongue) -> Vec<String> {
    let mut out = Vec::new();
    let places = places(results);
    let percent = |value: f64| figures::percent(words, value, places);
    let horizon = figures::horizon(words, results.years);
    if let Some(first) = results.variants.first() {
        let id = if results.years > 1.0 { ids::FOUND_FIRST } else { ids::FOUND_FIRST_SHORT };
        let values = [
            ("variant", names::called(words, 0, first).into()),
            ("year", percent(first.survival_1y.value).into()),
            ("yearInterval", figures::percent_interval(words, &first.survival_1y, places).into()),
            ("span", horizon.into()),
            ("end", percent(first.survival.value).into()),
            ("endInterval", figures::percent_interval(words, &first.survival, places).into()),
        ];
        out.push(words.v(id, values));
        let most = first.causes.iter().max_by(|a, b| a.1.value.total_cmp(&b.1.value));
        if let Some((name, estimate)) = most.filter(|(_, estimate)| estimate.value > 0.0) {
            let cause = names::cause(words, name).text;
            let share = figures::percent(words, estimate.value, figures::percent_places([estimate]));
            out.push(words.v(ids::FOUND_CAUSE, [("cause", cause.into()), ("share", share.into())]));
        }
    }
    if let Some((best, worst)) = best_and_worst(results).filter(|(best, worst)| best != worst) {
        let of = |index: usize| &results.variants[index];
        out.push(words.v(
            ids::FOUND_RANGE,
            [
                ("best", names::called(words, best, of(best)).into()),
                ("bestValue", percent(of(best).survival.value).into()),
                ("worst", names::called(words, worst, of(worst)).into()),
                ("worstValue", percent(of(worst).survival.value).into()),
            ],
        ));
    }
    out.extend(alike(results, words));
    out
}

/// Which variants these runs do not tell from the first.
fn alike(results: &Results, words: &Tongue) -> Option<String> {
    let same =
        results.variants.iter().enumerate().filter(|(_, variant)| {
            variant.against_first.is_some_and(|gap| gap.low <= 0.0 && gap.high >= 0.0)
        });
    let letters: Vec<String> = same.map(|(index, _)| names::letter(words, index)).collect();
    let n = letters.len();
    let list = letters.join(&words.t(ids::BETWEEN_LETTERS));
    let values = [("n", n.into()), ("letters", list.into()), ("first", names::letter(words, 0).into())];
    (n > 0).then(|| words.v(ids::FOUND_ALIKE, values))
}

fn side_by_side(results: &Results, words: &Tongue) -> Markup {
    let places = places(results);
    let variants = &results.variants;
    let questions = figures::percent_places(variants.iter().map(|one| &one.question));
    let costs = figures::plain_places(variants.iter().map(|one| &one.cost));
    let has_year = results.years > 1.0;
    let mut heads = vec![words.t(ids::COL_VARIANT)];
    heads.extend(has_year.then(|| words.t(ids::COL_YEAR)));
    heads.push(words.v(ids::COL_END, [("span", figures::horizon(words, results.years).into())]));
    heads.push(words.v(ids::COL_AGAINST, [("first", names::letter(words, 0).into())]));
    heads.extend([words.t(ids::COL_QUESTION), words.t(ids::COL_COST), words.t(ids::COL_RUNS)]);
    let row = |(index, variant): (usize, &Variant)| {
        let mut row = vec![variant_name(words, index, variant)];
        row.extend(has_year.then(|| share(words, &variant.survival_1y, places)));
        row.push(share(words, &variant.survival, places));
        row.push(variant.against_first.map_or_else(none, |gap| {
            let (value, interval) = figures::points(words, &gap, places);
            cell(&value, &interval)
        }));
        row.push(share(words, &variant.question, questions));
        row.push(plain(words, &variant.cost, costs));
        row.push(html! { bdi { (words.number(variant.runs)) } });
        row
    };
    Table {
        id: "variants",
        caption: words.t(ids::TABLE_VARIANTS),
        heads: heads.into_iter().map(|head| html! { (head) }).collect(),
        rows: variants.iter().enumerate().map(row).collect(),
        class: "numbers",
    }
    .html()
}

/// What stands where there is nothing to say.
pub(super) fn none() -> Markup {
    html! { span.none { "\u{2013}" } }
}

/// Survival over time.
pub(super) fn holds(results: &Results, words: &Tongue) -> Markup {
    if results.variants.iter().all(|variant| variant.curve.is_empty()) {
        return html! {};
    }
    let lang = words.lang;
    let many = results.variants.len() >= PANELS_FROM;
    html! {
        (say(&words.t(if many { ids::HOLDS_READ_MANY } else { ids::HOLDS_READ })))
        (figure(&plots::survival(results, lang, Width::Wide), &plots::survival(results, lang, Width::Narrow)))
        @if many {
            h3 { (words.t(ids::PANELS)) }
            (say(&words.v(ids::PANELS_READ, [("first", names::letter(words, 0).into())])))
            div class=(if results.variants.len().is_multiple_of(3) { "panels thirds" } else { "panels" }) {
                @for (index, panel) in plots::panels(results, lang).iter().enumerate() {
                    figure {
                        figcaption { (variant_short(words, index, &results.variants[index])) }
                        (PreEscaped(panel))
                    }
                }
            }
        }
        (by_date(results, words))
    }
}

fn by_date(results: &Results, words: &Tongue) -> Markup {
    let (dates, places) = (curves::dates(results), places(results));
    let mut heads = vec![html! { (words.t(ids::COL_VARIANT)) }];
    heads.extend(dates.iter().map(|day| html! { (figures::span(words, *day)) }));
    let row = |(index, variant): (usize, &Variant)| {
        let curve = curves::sound(&variant.curve);
        let mut row = vec![variant_short(words, index, variant)];
        row.extend(dates.iter().map(|day| {
            curves::on(&curve, *day).map_or_else(none, |estimate| share(words, &estimate, places))
        }));
        row
    };
    Table {
        id: "dates",
        caption: words.t(ids::TABLE_DATES),
        heads,
        rows: results.variants.iter().enumerate().map(row).collect(),
        class: "numbers",
    }
    .html()
}

/// Why it ended.
pub(super) fn ends(results: &Results, words: &Tongue) -> Markup {
    let mut causes: Vec<&str> = Vec::new();
    for (name, _) in results.variants.iter().flat_map(|variant| &variant.causes) {
        if !causes.contains(&name.as_str()) {
            causes.push(name);
        }
    }
    if causes.is_empty() {
        return html! {};
    }
    let estimates = || results.variants.iter().flat_map(|variant| &variant.causes).map(|(_, one)| one);
    let places = figures::percent_places(estimates());
    let mut heads = vec![html! { (words.t(ids::COL_VARIANT)) }];
    heads.extend(causes.iter().enumerate().map(|(index, name)| {
        html! { (PreEscaped(cause_swatch(index))) " " (names::cause(words, name).html()) }
    }));
    let row = |(index, variant): (usize, &Variant)| {
        let mut row = vec![variant_short(words, index, variant)];
        row.extend(causes.iter().map(|name| {
            let found = variant.causes.iter().find(|(cause, _)| cause == name);
            found.map_or_else(none, |(_, estimate)| share(words, estimate, places))
        }));
        row
    };
    let rows = results.variants.iter().enumerate().map(row).collect();
    let lang = words.lang;
    html! {
        (say(&words.t(ids::ENDS_READ)))
        (figure(&plots::causes(results, lang, Width::Wide), &plots::causes(results, lang, Width::Narrow)))
        (Table { id: "causes", caption: words.t(ids::TABLE_CAUSES), heads, rows, class: "numbers" }.html())
    }
}
