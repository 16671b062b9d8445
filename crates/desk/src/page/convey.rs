//! The intermediary's conveyance desk: what was handed over beside what goes.

use super::dispatch::{one_passage, with_message};
use super::kept::{Form, Kept};
use super::layout::{self, Nav, said, section, state};
use super::overview::short;
use super::write::text_area;
use super::{Made, ask, open, serve};
use crate::door::Visit;
use crate::look::Look;
use crate::tongue::{Lang, Tongue, ids, language_name, theirs, when};
use axum::extract::Path;
use axum::response::Response;
use backchannel_station::api::Request;
use maud::{Markup, html};
use serde_json::Value;
use std::collections::BTreeSet;

/// What waits to be conveyed, and what came back.
pub async fn list(visit: Visit) -> Response {
    let made = make_list(&visit).await;
    serve(&visit, made)
}

async fn make_list(visit: &Visit) -> Made {
    let status = open(visit).await?;
    let inbox = ask(visit, Request::Inbox { unread: false }).await?;
    let words = visit.words;
    let waiting: Vec<&Value> =
        inbox.list("items").iter().filter(|item| item.some("to_carry").is_some()).collect();
    let backs: Vec<&Value> =
        inbox.list("items").iter().rev().filter(|item| item.text("kind") == "read-back").collect();
    let body = html! {
        (section("waiting", &words.t(ids::CV_WAITING), true, html! {
            @if waiting.is_empty() { p.quiet { (words.t(ids::CV_NONE)) } }
            ul.rows { @for item in waiting { (row(words, item, "/convey/")) } }
        }))
        (section("backs", &words.t(ids::CV_READ_BACKS), true, html! {
            @if backs.is_empty() { p.quiet { (words.t(ids::NONE)) } }
            ul.rows { @for item in backs { (row(words, item, "/dispatches/")) } }
        }))
    };
    Ok(layout::page(visit, &status, Some(Nav::Convey), &words.t(ids::CV_TITLE), body))
}

fn row(words: &Tongue, item: &Value, at: &str) -> Markup {
    html! {
        li { div.row {
            span {
                a href=(format!("{at}{}", item.text("id"))) data-row="" { (words.named(ids::FORM, "form", item.text("form"))) }
                " · " (said(item.text("from"))) @if let Some(to) = item.some("to_carry") { " → " (said(to)) } " · " code { (short(item.text("id"))) }
            }
            (when::moment_of(words, &item["utc"]))
        } }
    }
}

/// One dispatch, to be conveyed.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Response {
    let made = make(&visit, id).await;
    serve(&visit, made)
}

async fn make(visit: &Visit, id: String) -> Made {
    let status = open(visit).await?;
    let lang = Some(visit.words.lang.code().to_owned());
    let item = with_message(ask(visit, Request::Show { id, lang }).await?);
    let kept = Kept::of(visit).await?;
    let words = visit.words;
    let to = item.text("to");
    let body = html! {
        p { (words.named(ids::FORM, "form", item.text("form"))) " · " (layout::room(words, item.text("room"))) " → " (said(to)) " · " code { (short(item.text("id"))) } }
        div.side-by-side {
            (section("original", &words.t(ids::CV_ORIGINAL), false, html! {
                @for passage in item.list("passages") { (one_passage(visit, passage, Some(remark(words, passage)))) }
            }))
            (section("goes", &words.t(ids::CV_GOES), false, goes(visit, &kept, &item, to)))
        }
        (section("came-of-it", &words.t(ids::CV_DONE), true, came_of_it(words, &item)))
    };
    Ok(layout::page(visit, &status, Some(Nav::Convey), &words.v(ids::CV_TO, [("party", theirs(to))]), body))
}

fn remark(words: &Tongue, passage: &Value) -> Markup {
    let id = match passage.text("disclosure") {
        "verbatim" => ids::CV_VERBATIM_GOES,
        "in-substance" => ids::CV_SUBSTANCE_GOES,
        _ => ids::CV_HOLD_STAYS,
    };
    html! { (words.t(id)) }
}

fn goes(visit: &Visit, kept: &Kept, item: &Value, to: &str) -> Markup {
    let words = visit.words;
    let check = Some(("/check/convey", "checked"));
    let form = Form { id: "convey", action: "/do/convey", about: item.text("id"), check };
    if visit.entered.share {
        return layout::hidden(words);
    }
    let of = |disclosure: &'static str| {
        item.list("passages").iter().filter(move |one| one.text("disclosure") == disclosure)
    };
    let mut langs: BTreeSet<&str> = of("in-substance")
        .filter_map(|one| one["text"].as_object())
        .flatten()
        .map(|(lang, _)| lang.as_str())
        .collect();
    langs.insert(words.lang.code());
    langs.extend(kept.lang(&form, "rendering.").map(Lang::code));
    let substance = of("in-substance").next().is_some();
    html! {
        @for passage in of("verbatim") { (one_passage(visit, passage, Some(html! { (words.t(ids::CV_VERBATIM_GOES)) }))) }
        (kept.act(visit, &form, html! {
            input type="hidden" name="id" value=(item.text("id"));
            input type="hidden" name="to" value=(to);
            @if substance {
                p.hint { (words.t(ids::CV_RENDERING_WHY)) }
                @for code in langs {
                    (text_area(&format!("r-{code}"), &format!("rendering.{code}"), code,
                        &words.v(ids::CV_RENDERING, [("language", language_name(code).into())]), ""))
                }
            }
            div id="checked" aria-live="polite" {}
            div.buttons { button type="submit" { (words.t(ids::CV_CONVEY)) } }
        }))
    }
}

/// What a check of a rendering found: which words come from which passage.
pub fn checked(words: &Tongue, answer: &Value) -> Markup {
    html! {
        @for taken in answer.list("taken") {
            p { (layout::shape("attention"))
                @match taken["from_passage"].as_u64() {
                    Some(n) => { (words.v(ids::DP_PASSAGE_N, [("n", n.into())])) }
                    None => { (words.named(ids::DISCLOSURE, "d", "hold")) }
                }
                ": " (said(taken.text("words"))) }
        }
        @if let Some(notice) = answer.some("notice") { p.station-words.hint lang="en" dir="ltr" { (notice) } }
    }
}

fn came_of_it(words: &Tongue, item: &Value) -> Markup {
    html! {
        @if item.list("carriage").is_empty() { p.quiet { (words.t(ids::NOT_YET)) } }
        @for one in item.list("carriage") {
            ul.rows {
                @for (name, key) in [("conveyed", "conveyed"), ("acknowledged", "received"), ("read", "read"), ("read-back", "read_back")] {
                    li { div.row {
                        (state(if one[key].is_object() { "good" } else { "open" }, &words.named(ids::STEP, "step", name)))
                        (when::stamp(words, &one[key]))
                    } }
                }
            }
        }
    }
}
