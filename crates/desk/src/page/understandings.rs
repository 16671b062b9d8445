//! Texts of understanding, and laying a new one before the parties.

use super::kept::{Form, Kept};
use super::layout::{self, Nav, said, section};
use super::overview::{of_state, short};
use super::{Made, ask, open, serve};
use crate::door::Visit;
use crate::look::Look;
use crate::tongue::{ids, when};
use axum::response::Response;
use backchannel_station::api::Request;
use maud::{Markup, html};

/// All texts with their states.
pub async fn list(visit: Visit) -> Response {
    let made = make(&visit).await;
    serve(&visit, made)
}

async fn make(visit: &Visit) -> Made {
    let status = open(visit).await?;
    let list = ask(visit, Request::UnderstandingList {}).await?;
    let kept = Kept::of(visit).await?;
    let words = visit.words;
    let all = list.list("understandings");
    let holds_pen = all
        .first()
        .map_or_else(|| status.text("role") == "intermediary", |one| one.text("pen") == status.text("party"));
    let body = html! {
        div id="texts" data-live="" {
            @if all.is_empty() { p.quiet { (words.t(ids::UN_NONE)) } }
            ul.rows {
                @for one in all {
                    li {
                        div.row {
                            span { (of_state(words, one.text("state"))) " "
                                a href=(format!("/understandings/{}", one.text("id"))) data-row="" { (words.named(ids::UN_FORM, "form", one.text("form"))) } }
                            span { code { (short(one.text("id"))) } }
                        }
                        div.row.quiet {
                            span { @for (at, party) in one.names("parties").iter().enumerate() { @if at > 0 { " · " } (said(party)) } }
                            span { @if let Some(until) = one.some("until") { (words.t(ids::UN_UNTIL)) " " (when::moment(words, until)) } }
                        }
                    }
                }
            }
        }
        @if holds_pen && !visit.entered.share { (section("new", &words.t(ids::UN_NEW), false, new(visit, &kept, None))) }
    };
    Ok(layout::page(visit, &status, Some(Nav::Understandings), &words.t(ids::PAGE_UNDERSTANDINGS), body))
}

/// The form in which a text is laid before the parties: a new one, a later version, or one that takes another's place.
pub fn new(visit: &Visit, kept: &Kept, of: Option<(&str, bool)>) -> Markup {
    let words = visit.words;
    let (id, supersedes) = of.unwrap_or_default();
    let action = if supersedes { "/do/supersede" } else { "/do/submit" };
    let form = Form { id: "lay", action, about: id, check: Some(("/check/understanding", "text-checked")) };
    html! {
        p { (words.t(ids::UN_NEW_WHY)) }
        (kept.act(visit, &form, html! {
            @if !id.is_empty() { input type="hidden" name="id" value=(id); }
            (layout::field("file", &words.t(ids::UN_FILE), None, html! {
                textarea.file id="file" name="file" dir="ltr" spellcheck="false" rows="20" {}
            }))
            div id="text-checked" aria-live="polite" {}
            div.buttons { button type="submit" { (words.t(ids::UN_LAY)) } }
        }))
    }
}
