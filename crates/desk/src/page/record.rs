//! The participant's own record, in order.

use super::layout::{self, Nav, room, side};
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

/// The record, newest first.
pub async fn show(visit: Visit) -> Response {
    let made = make(&visit).await;
    serve(&visit, made)
}

async fn make(visit: &Visit) -> Made {
    let status = open(visit).await?;
    let record = ask(visit, Request::Record {}).await?;
    let words = visit.words;
    let entries: Vec<&Value> = record.list("entries").iter().rev().collect();
    let (page, rows, more) = slice(&entries, visit.query.get("page"), ROWS);
    let body = html! {
        p { (words.t(ids::RC_WHY)) }
        div.buttons.noprint { button.plain type="button" data-print="" { (words.t(ids::PRINT)) } }
        div id="entries" data-live="" {
            @if rows.is_empty() { p.quiet { (words.t(ids::RC_NONE)) } }
            ol.rows { @for entry in rows { (one(visit, entry)) } }
            nav.filters aria-label=(words.t(ids::MORE)) {
                @if page > 0 { a href=(format!("/record?page={}", page - 1)) { (words.t(ids::NEWER)) } }
                @if more { a href=(format!("/record?page={}", page + 1)) { (words.t(ids::OLDER)) } }
            }
        }
    };
    Ok(layout::page(visit, &status, Some(Nav::Record), &words.t(ids::PAGE_RECORD), body))
}

/// A fact about an item, and whether it is what the intermediary told rather than what this side saw.
fn step(words: &Tongue, entry: &Value) -> Markup {
    html! {
        (words.named(ids::STEP, "step", entry.text("fact")))
        @if entry.is("told") { " " span.quiet { "(" (words.t(ids::DP_TOLD)) ")" } }
    }
}

fn one(visit: &Visit, entry: &Value) -> Markup {
    let words = visit.words;
    let item = &entry["item"];
    html! {
        li {
            div.row {
                span {
                    @if item.is_object() {
                        a href=(format!("/dispatches/{}", entry.text("id"))) data-row="" { (words.named(ids::FORM, "form", item.text("form"))) }
                        @if item.text("kind") != "dispatch" { ", " (words.named(ids::KIND, "kind", item.text("kind"))) }
                    } @else { (step(words, entry)) }
                    " · " (side(words, entry.text("who"))) " · " (room(words, entry.text("room"))) " · " code { (short(entry.text("id"))) }
                }
                (when::stamp(words, entry))
            }
            @if item.is_object() && !visit.entered.share {
                @for layer in item.list("layers") {
                    p.hint { (words.named(ids::LAYER, "layer", layer.text("kind"))) }
                    @for at in layer.list("passages").iter().filter_map(Value::as_u64) {
                        @if let Some(passage) = usize::try_from(at).ok().and_then(|at| item.list("passages").get(at)) {
                            (super::dispatch::one_passage(visit, passage, None))
                        }
                    }
                }
            }
        }
    }
}
