//! The page: one file, nothing fetched, nothing run.

mod again;
mod buys;
mod found;
mod rare;
mod rests;
mod table;

use super::figures;
use super::names::{self, TEXT_LETTERS_MAX};
use super::plots::dark_rules;
use super::tongue::{Id, Lang, Tongue, counter_style, ids, tongue};
use crate::results::Results;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// A section of the page: its place, its title and what stands in it.
struct Section {
    id: &'static str,
    title: Id,
    body: Markup,
}

/// The results as one HTML page in a language: self-contained, with its style and its plots inline and no script.
pub fn html(results: &Results, lang: Lang) -> String {
    let words = tongue(lang);
    let sections = sections(results, words);
    let markup = html! {
        (DOCTYPE)
        html lang=(lang.code()) dir=(lang.dir()) {
            (head(results, words))
            body {
                (notice(words))
                main {
                    (top(results, words))
                    (contents(words, &sections))
                    @for section in &sections {
                        section id=(section.id) aria-labelledby={ (section.id) "-title" } {
                            h2 id={ (section.id) "-title" } { (words.t(section.title)) }
                            (section.body)
                        }
                    }
                }
            }
        }
    };
    markup.into_string()
}

fn sections(results: &Results, words: &Tongue) -> Vec<Section> {
    let all = [
        Section { id: "found", title: ids::FOUND, body: found::found(results, words) },
        Section { id: "holds", title: ids::HOLDS, body: found::holds(results, words) },
        Section { id: "ends", title: ids::ENDS, body: found::ends(results, words) },
        Section { id: "buys", title: ids::BUYS, body: buys::buys(results, words) },
        Section { id: "costs", title: ids::COSTS, body: buys::costs(results, words) },
        Section { id: "remarks", title: ids::REMARKS, body: rests::remarks(results, words) },
        Section { id: "runs", title: ids::RUNS, body: rests::runs(results, words) },
        Section { id: "rests", title: ids::RESTS, body: rests::assumptions(results, words) },
        Section { id: "oracles", title: ids::ORACLES, body: rests::oracles(results, words) },
        Section { id: "again", title: ids::AGAIN, body: again::again(results, words) },
    ];
    all.into_iter().filter(|section| !section.body.0.is_empty()).collect()
}

fn head(results: &Results, words: &Tongue) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            // Whoever reads it may see that it asks for nothing: the browser is told to refuse.
            meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            title { (words.t(ids::TITLE)) " \u{2013} " (names::inert(&results.title, names::NAME_LETTERS_MAX)) }
            style { (PreEscaped(style(words))) }
        }
    }
}

/// The style sheet with the colours of plots by night, and the notice at the foot of each printed page.
fn style(words: &Tongue) -> String {
    let foot = words.t(ids::NOTICE_SHORT).replace(['"', '\\', '<'], "");
    let page = format!(
        "@page{{@bottom-center{{content:\"{foot}\";font:8pt sans-serif;color:#5c574d}}\
         @bottom-right{{content:counter(page,{});font:8pt sans-serif;color:#5c574d}}}}",
        counter_style(words.lang)
    );
    format!("{STYLE}\n@media screen and (prefers-color-scheme:dark){{{}}}\n{page}", dark_rules())
}

/// What every page begins with.
fn notice(words: &Tongue) -> Markup {
    html! {
        header.notice {
            p role="note" { strong { (words.t(ids::NOTICE_TITLE)) } " " (words.t(ids::NOTICE)) }
        }
    }
}

fn top(results: &Results, words: &Tongue) -> Markup {
    html! {
        div.top {
            p.kind { (words.t(ids::KIND)) }
            h1 { (words.t(ids::TITLE)) }
            @if !results.title.is_empty() {
                p.subject { bdi { (names::inert(&results.title, TEXT_LETTERS_MAX)) } }
            }
            @if results.partial {
                p.partial { strong { (words.t(ids::PARTIAL_TITLE)) } " " (words.t(ids::PARTIAL)) }
            }
            dl.facts {
                div { dt { (words.t(ids::FACT_HORIZON)) } dd { (figures::horizon(words, results.years)) } }
                div { dt { (words.t(ids::FACT_VARIANTS)) } dd { (words.number(results.variants.len() as u64)) } }
                div { dt { (words.t(ids::FACT_RUNS)) } dd { (again::runs(results, words)) } }
                div { dt { (words.t(ids::FACT_LEVEL)) } dd { bdi { (again::level(results, words)) } } }
            }
        }
    }
}

fn contents(words: &Tongue, sections: &[Section]) -> Markup {
    html! {
        nav aria-labelledby="contents-title" {
            h2 id="contents-title" { (words.t(ids::CONTENTS)) }
            ol {
                @for section in sections {
                    li { a href={ "#" (section.id) } { (words.t(section.title)) } }
                }
            }
        }
    }
}
