//! Dispatches, newest first, and the drafts that are not sent yet.

use super::kept::place;
use super::layout::{self, Nav, section, simple_act, state};
use super::overview::short;
use super::{Made, ask, open, serve, slice};
use crate::door::Visit;
use crate::limits::ROWS;
use crate::look::Look;
use crate::tongue::{Tongue, ids, when};
use axum::response::Response;
use backchannel_station::api::Request;
use maud::{Markup, html};
use serde_json::Value;

/// The list.
pub async fn show(visit: Visit) -> Response {
    let made = make(&visit).await;
    serve(&visit, made)
}

async fn make(visit: &Visit) -> Made {
    let status = open(visit).await?;
    let words = visit.words;
    let which = visit.query.get("show").to_owned();
    let items = match which.as_str() {
        "sent" => sent(&ask(visit, Request::Record {}).await?),
        other => received(&ask(visit, Request::Inbox { unread: other == "unread" }).await?),
    };
    let drafts = ask(visit, Request::DraftList {}).await?;
    let (page, rows, more) = slice(&items, visit.query.get("page"), ROWS);
    let body = html! {
        nav.filters aria-label=(words.t(ids::PAGE_DISPATCHES)) {
            @for (name, id) in [("", ids::DP_ALL), ("unread", ids::DP_UNREAD), ("sent", ids::DP_SENT)] {
                a href=(format!("/dispatches?show={name}")) aria-current=[(which == name).then_some("true")] { (words.t(id)) }
            }
        }
        p.hint { (words.t(ids::DP_OPENING)) }
        @if status["verified"].as_object().is_some_and(|pairs| pairs.values().any(|one| one.text("state") == "only the intermediary vouches")) {
            p { (state("attention", &words.t(ids::DP_VOUCHING))) }
        }
        div id="list" data-live="" {
            @if rows.is_empty() { p.quiet { (words.t(ids::DP_NONE)) } }
            ul.rows { @for item in rows { (row(words, item)) } }
            nav.filters aria-label=(words.t(ids::MORE)) {
                @if page > 0 { a href=(format!("/dispatches?show={which}&page={}", page - 1)) { (words.t(ids::NEWER)) } }
                @if more { a href=(format!("/dispatches?show={which}&page={}", page + 1)) { (words.t(ids::OLDER)) } }
            }
        }
        (section("drafts", &words.t(ids::WR_DRAFTS), true, drafts_list(visit, &drafts)))
    };
    Ok(layout::page(visit, &status, Some(Nav::Dispatches), &words.t(ids::PAGE_DISPATCHES), body))
}

fn received(inbox: &Value) -> Vec<Value> {
    inbox.list("items").iter().rev().cloned().collect()
}

/// What this side sent, in the shape of the inbox.
fn sent(record: &Value) -> Vec<Value> {
    let mine = record.list("entries").iter().rev().filter(|entry| entry["item"].is("mine"));
    mine.map(|entry| {
        serde_json::json!({
            "id": entry["id"], "kind": entry["item"]["kind"], "form": entry["item"]["form"],
            "precedence": entry["item"]["precedence"], "room": entry["room"], "utc": entry["utc"], "k": entry["k"],
        })
    })
    .collect()
}

fn row(words: &Tongue, item: &Value) -> Markup {
    let unread = item.is("unread");
    let precedence = item.text("precedence");
    html! {
        li.unread[unread] {
            div.row {
                span {
                    @if unread { span.visually-hidden { (words.t(ids::DP_UNREAD_MARK)) " " } (layout::shape("attention")) }
                    a href=(format!("/dispatches/{}", item.text("id"))) data-row="" {
                        (words.named(ids::FORM, "form", item.text("form")))
                        @if item.text("kind") != "dispatch" { ", " (words.named(ids::KIND, "kind", item.text("kind"))) }
                    }
                    " " span class=(precedence_class(precedence)) { (words.named(ids::PRECEDENCE, "p", precedence)) }
                }
                (when::moment_of(words, &item["utc"]))
            }
            div.row.quiet {
                span {
                    @if let Some(from) = item.some("from") { (layout::side(words, from)) " · " }
                    (layout::room(words, item.text("room"))) " · " code { (short(item.text("id"))) }
                }
                span { (facts(words, item)) }
            }
        }
    }
}

/// The class of a precedence: the word says it, the class only weighs it.
pub fn precedence_class(name: &str) -> &'static str {
    match name {
        "flash" => "flash",
        "immediate" => "immediate",
        _ => "quiet",
    }
}

fn facts(words: &Tongue, item: &Value) -> Markup {
    html! {
        @if item.is("altered") { (state("alarm", &words.t(ids::DP_ALTERED))) " " }
        @if item.is("answered") { (words.t(ids::DP_ANSWERED)) " " }
        @else if let Some(by) = item.some("reply_by") {
            @if item.is("overdue") { (state("alarm", &words.t(ids::DP_OVERDUE))) } @else { (words.t(ids::DP_REPLY_BY)) }
            " " (when::moment(words, by)) " "
        }
        @if item.is("dropped") { (words.t(ids::NOT_KEPT)) }
    }
}

fn drafts_list(visit: &Visit, drafts: &Value) -> Markup {
    let words = visit.words;
    html! {
        @if drafts.list("drafts").is_empty() { p.quiet { (words.t(ids::NONE)) } }
        ul.rows {
            @for draft in drafts.list("drafts") {
                @let (to, what) = place(draft);
                li { div.row {
                    a href=(to) data-row="" { (words.t(what)) " " code { (short(draft.text("name"))) } }
                    (when::moment_of(words, &draft["kept"]))
                    (simple_act(visit, &format!("/do/draft-drop?name={}", draft.text("name")), "drop", html! { (words.t(ids::WR_DRAFT_DROP)) }))
                } }
            }
        }
    }
}
