//! The text of an understanding, comments on it, its versions and what the rules find.

use super::Whole;
use crate::door::Visit;
use crate::look::Look;
use crate::page::kept::Form;
use crate::page::layout::{self, act, area, button, choice, prose, said, section, state};
use crate::page::understandings::new;
use crate::page::write::one_finding;
use crate::page::{ask, overview::short};
use crate::tongue::{Lang, Tongue, ids, language_name, when};
use backchannel_station::api::{Failure, Request};
use maud::{Markup, html};
use serde_json::Value;

/// The text by clause, languages side by side, as it is printed.
pub fn paper(visit: &Visit, whole: &Whole) -> Markup {
    let words = visit.words;
    let shown = &whole.shown;
    let newer = shown["on_the_table"].as_array();
    html! {
        (wanted(visit, whole))
        div.buttons.noprint { button.plain type="button" data-print="" { (words.t(ids::PRINT)) } }
        div id="paper" data-live="" {
            (clauses(visit, whole, shown.list("clauses")))
            @if let Some(newer) = newer {
                h2.noprint { (words.t(ids::UN_ON_TABLE)) }
                (clauses(visit, whole, newer))
            }
        }
        @if whole.has_pen() && !visit.entered.share { (pen(visit, whole)) }
    }
}

/// The languages that are shown: those asked for, else the reader's own and one more.
fn langs(visit: &Visit, clauses: &[Value]) -> (Vec<String>, Vec<String>) {
    let versions = clauses.first().map(|clause| clause.list("versions")).unwrap_or_default();
    let all: Vec<String> = versions.iter().map(|version| version.text("lang").to_owned()).collect();
    let asked: Vec<String> =
        visit.query.get("langs").split(',').map(str::to_owned).filter(|lang| all.contains(lang)).collect();
    if !asked.is_empty() {
        return (all, asked);
    }
    let mine = visit.words.lang.code();
    let mut shown: Vec<String> = all.iter().filter(|lang| *lang == mine).cloned().collect();
    shown.extend(all.iter().filter(|lang| *lang != mine).take(2 - shown.len()).cloned());
    (all, shown)
}

fn wanted(visit: &Visit, whole: &Whole) -> Markup {
    let (all, shown) = langs(visit, whole.shown.list("clauses"));
    let words = visit.words;
    html! {
        @if all.len() > 1 {
            nav.filters.noprint aria-label=(words.t(ids::WR_LANGUAGE)) {
                @for lang in &all {
                    @let on = shown.contains(lang);
                    @let next: Vec<&String> = all.iter().filter(|one| if *one == lang { !on } else { shown.contains(one) }).collect();
                    @let query = next.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(",");
                    a href=(format!("/understandings/{}?langs={query}", whole.id())) aria-current=[on.then_some("true")] lang=(lang) { (language_name(lang)) }
                }
            }
        }
    }
}

fn clauses(visit: &Visit, whole: &Whole, clauses: &[Value]) -> Markup {
    let words = visit.words;
    let (_, langs) = langs(visit, clauses);
    let form = if whole.shown.text("form") == "joint" { ids::UN_PAPER_JOINT } else { ids::UN_PAPER_GENTLE };
    html! {
        article.paper {
            h2 { (words.t(ids::UN_PAPER_TITLE)) }
            p.quiet { (words.t(form)) }
            @if visit.entered.share { (layout::hidden(words)) }
            @else {
                div.scroll { table.clauses {
                    thead { tr { th scope="col" { span.visually-hidden { (words.t(ids::UN_CLAUSE)) } } @for lang in &langs { th scope="col" lang=(lang) dir=(Lang::of(lang).map_or("auto", Lang::dir)) { (language_name(lang)) } } } }
                    tbody {
                        @for (at, clause) in clauses.iter().enumerate() {
                            tr {
                                th scope="row" id=(format!("clause-{}", clause.text("id"))) title=(clause.text("id")) { (words.number(at as u64 + 1)) }
                                @for lang in &langs { td { (version(visit, clause, lang)) } }
                            }
                        }
                    }
                } }
            }
            @if let Some(digest) = whole.shown.some("digest") {
                p.quiet { (words.t(ids::UN_DIGEST)) " " code { (digest) } br; span.digest-words { (words_of(&whole.shown["words"])) } }
            }
        }
    }
}

fn version(visit: &Visit, clause: &Value, lang: &str) -> Markup {
    let version = clause.list("versions").iter().find(|version| version.text("lang") == lang);
    html! {
        @if let Some(version) = version {
            (prose(visit, lang, version.text("text")))
            @if version.is("unreviewed") { p.hint.noprint { (visit.words.t(ids::UNREVIEWED_TRANSLATION)) } }
        }
    }
}

/// The words of a digest.
pub fn words_of(words: &Value) -> String {
    match words.as_array() {
        Some(words) => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        None => words.as_str().unwrap_or_default().to_owned(),
    }
}

/// What the holder of the pen may do.
fn pen(visit: &Visit, whole: &Whole) -> Markup {
    let words = visit.words;
    let id = whole.id();
    let simple = |name: &str, label, why: Option<crate::tongue::Id>| {
        act(
            visit,
            &format!("/do/{name}"),
            html! {
                input type="hidden" name="id" value=(id);
                @if let Some(why) = why { p { (words.t(why)) } }
                div.buttons { (button(words, label)) }
            },
        )
    };
    html! {
        section.noprint id="pen" data-live="" {
            @if matches!(whole.shown.text("state"), "submitted" | "draft") || whole.shown["on_the_table"].is_array() {
                (simple("freeze", ids::UN_FREEZE, Some(ids::UN_FREEZE_WHY)))
            }
            details id="again" { summary { (words.t(ids::UN_LAY)) } (new(visit, &whole.kept, Some((id, whole.shown.is("in_effect"))))) }
            @if !whole.shown.is("in_effect") { details id="abandon" { summary { (words.t(ids::UN_ABANDON)) } (simple("abandon", ids::UN_ABANDON, None)) } }
        }
    }
}

/// Comments, by clause, and another one.
pub fn comments(visit: &Visit, whole: &Whole) -> Markup {
    let words = visit.words;
    let mut on: Vec<(String, String)> = vec![(String::new(), words.t(ids::UN_COMMENT_WHOLE))];
    on.extend(whole.shown.list("clauses").iter().enumerate().map(|(at, clause)| {
        let id = clause.text("id");
        layout::named_by_others(id, &format!("{} {id}", words.number(at as u64 + 1)))
    }));
    let form = Form { id: "commenting", action: "/do/comment", about: whole.id(), check: None };
    let lang = whole.kept.lang(&form, "text.").unwrap_or(words.lang);
    html! {
        (section("comments", &words.named(ids::UN_TAB, "tab", "comments"), true, html! {
            @if whole.shown.list("comments").is_empty() { p.quiet { (words.t(ids::UN_COMMENTS_NONE)) } }
            ul.rows { @for comment in whole.shown.list("comments") {
                li {
                    div.row { span { strong { (said(comment.text("by"))) } " · "
                        @match comment.some("clause") { Some(clause) => { (words.v(ids::UN_COMMENT_ON, [("clause", crate::tongue::theirs(clause))])) } None => { (words.t(ids::UN_COMMENT_WHOLE)) } } }
                        (when::moment_of(words, &comment["utc"])) }
                    (layout::texts(visit, &comment["text"]))
                }
            } }
        }))
        @if !visit.entered.share {
            (whole.kept.act(visit, &form, html! {
                input type="hidden" name="id" value=(whole.id());
                p { (words.t(ids::UN_COMMENT_WHO_SEES)) }
                (choice("clause", "clause", &words.t(ids::UN_CLAUSE), &on, visit.query.get("clause")))
                (area("comment", &format!("text.{}", lang.code()), &words.t(ids::UN_COMMENT), "", None))
                div.buttons { (button(words, ids::UN_COMMENT_SEND)) }
            }))
        }
    }
}

/// The versions, and what changed between two.
pub async fn versions(visit: &Visit, whole: &Whole) -> Result<Markup, Failure> {
    let words = visit.words;
    let versions = whole.shown.list("versions");
    let number = |name: &str| visit.query.get(name).parse::<u32>().ok();
    let diff = if versions.len() > 1 {
        let request =
            Request::UnderstandingDiff { id: whole.id().to_owned(), from: number("from"), to: number("to") };
        Some(ask(visit, request).await?)
    } else {
        None
    };
    Ok(html! {
        (section("versions", &words.named(ids::UN_TAB, "tab", "versions"), true, html! {
            ul.rows { @for version in versions {
                li { div.row { strong { (words.v(ids::UN_VERSION, [("n", version.count("version").into())])) }
                    span { code { (short(version.text("digest"))) } " " span.digest-words { (words_of(&version["words"])) } } } }
            } }
        }))
        @match &diff { Some(diff) => { (changes(visit, diff)) } None => { p.quiet { (words.t(ids::UN_DIFF_ONE)) } } }
    })
}

fn changes(visit: &Visit, diff: &Value) -> Markup {
    let words = visit.words;
    let heading =
        words.v(ids::UN_DIFF, [("from", diff.count("from").into()), ("to", diff.count("to").into())]);
    section(
        "diff",
        &heading,
        false,
        html! {
            @if diff.list("changes").is_empty() { p.quiet { (words.t(ids::UN_DIFF_NONE)) } }
            @if visit.entered.share { (layout::hidden(words)) }
            @else { @for change in diff.list("changes") { (one_change(words, change)) } }
        },
    )
}

fn one_change(words: &Tongue, change: &Value) -> Markup {
    let place = &change["field"]["place"];
    html! {
        div.sheet {
            p.quiet { code { (said(place.text("part"))) " " (said(place.text("id"))) " " (said(place.text("lang"))) " " (said(change["field"].text("name"))) } }
            p.prose dir="auto" {
                @if change.list("words").is_empty() {
                    @if let Some(before) = change.some("before") { del { span.visually-hidden { (words.t(ids::UN_GONE)) ": " } (said(before)) } " " }
                    @if let Some(after) = change.some("after") { ins { span.visually-hidden { (words.t(ids::UN_NEW_WORDS)) ": " } (said(after)) } }
                }
                @for word in change.list("words") {
                    @match word.text("fate") {
                        "gone" => { del { span.visually-hidden { (words.t(ids::UN_GONE)) ": " } (said(word.text("text"))) } " " }
                        "new" => { ins { span.visually-hidden { (words.t(ids::UN_NEW_WORDS)) ": " } (said(word.text("text"))) } " " }
                        _ => { (said(word.text("text"))) " " }
                    }
                }
            }
        }
    }
}

/// What the rules find in the text.
pub fn checks(visit: &Visit, whole: &Whole) -> Markup {
    let words = visit.words;
    // A finding may name the words it is about.
    if visit.entered.share {
        return layout::hidden(words);
    }
    let findings = whole.shown.list("findings");
    section(
        "checks",
        &words.named(ids::UN_TAB, "tab", "checks"),
        true,
        html! {
            @if findings.is_empty() { p { (state("good", &words.t(ids::UN_CHECKS_NONE))) } }
            @for finding in findings { (one_finding(words, finding)) }
        },
    )
}
