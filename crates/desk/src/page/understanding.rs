//! One understanding: its text as a state paper, its making, its life.

mod ceremony;
mod life;
mod text;

use super::kept::Kept;
use super::layout::{self, Nav, said};
use super::overview::{of_state, short};
use super::{Made, ask, open, serve};
use crate::door::Visit;
use crate::look::Look;
use crate::tongue::{Tongue, ids, when};
use axum::extract::Path;
use axum::response::Response;
use backchannel_station::api::Request;
use maud::{Markup, html};
use serde_json::Value;

/// What is shown of it.
const TABS: [&str; 7] = ["text", "comments", "versions", "checks", "approval", "ceremony", "life"];

/// An understanding.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Response {
    let made = make(&visit, id).await;
    serve(&visit, made)
}

/// Everything a tab is made from.
pub struct Whole {
    /// The station.
    pub status: Value,
    /// Its text, versions, comments, approvals.
    pub shown: Value,
    /// Its state now.
    pub state: Value,
    /// What was typed about it and kept.
    pub kept: Kept,
}

impl Whole {
    /// Its id.
    pub fn id(&self) -> &str {
        self.shown.text("id")
    }

    /// Whether this side holds the pen.
    pub fn has_pen(&self) -> bool {
        self.shown.text("pen") == self.status.text("party")
    }

    /// Whether this station is of one of its parties.
    pub fn is_party(&self) -> bool {
        self.shown.names("parties").contains(&self.status.text("party"))
    }
}

async fn make(visit: &Visit, id: String) -> Made {
    let status = open(visit).await?;
    let shown = ask(visit, Request::UnderstandingShow { id: id.clone() }).await?;
    let state = ask(visit, Request::UnderstandingStatus { id, at: None }).await?;
    let whole = Whole { status, shown, state, kept: Kept::of(visit).await? };
    let words = visit.words;
    let tab = TABS.into_iter().find(|tab| *tab == visit.query.get("tab")).unwrap_or("text");
    let inner = match tab {
        "comments" => text::comments(visit, &whole),
        "versions" => text::versions(visit, &whole).await?,
        "checks" => text::checks(visit, &whole),
        "approval" => ceremony::approval(visit, &whole),
        "ceremony" => ceremony::picture(visit, &whole),
        "life" => life::life(visit, &whole),
        _ => text::paper(visit, &whole),
    };
    let body = html! {
        div.noprint id="head" data-live="" { (head(words, &whole)) }
        nav.tabs aria-label=(words.t(ids::PAGE_UNDERSTANDINGS)) {
            @for one in TABS {
                a href=(format!("/understandings/{}?tab={one}", whole.id())) aria-current=[(one == tab).then_some("page")] {
                    (words.named(ids::UN_TAB, "tab", one)) }
            }
        }
        (inner)
    };
    let title = words.named(ids::UN_FORM, "form", whole.shown.text("form"));
    Ok(layout::page(visit, &whole.status, Some(Nav::Understandings), &title, body))
}

fn head(words: &Tongue, whole: &Whole) -> Markup {
    let shown = &whole.shown;
    let pen = match shown.text("pen") {
        "intermediary" => words.t(ids::INTERMEDIARY).into(),
        party => crate::tongue::theirs(party),
    };
    html! {
        p {
            (of_state(words, shown.text("state"))) " · " code { (short(whole.id())) }
            " · " @match shown["version"].as_u64() { Some(n) => { (words.v(ids::UN_VERSION, [("n", n.into())])) } None => { (words.t(ids::UN_NOT_FROZEN)) } }
            @if let Some(until) = shown.some("until") { " · " (words.t(ids::UN_UNTIL)) " " (when::moment(words, until)) }
        }
        p.quiet {
            @for (at, party) in shown.names("parties").iter().enumerate() { @if at > 0 { " · " } (said(party)) }
            " · " (words.v(ids::UN_PEN, [("who", pen)]))
        }
        @if shown.is("burned") { p { (layout::state("ended", &words.t(ids::UN_BURNED))) } }
        @if let Some(held) = whole.state.some("held") { p { (layout::shape("hold")) (words.t(ids::UN_HELD)) " " (when::moment(words, held)) } }
        @if let Some(until) = whole.state.some("suspended_until") { p { (layout::shape("alarm")) (words.t(ids::UN_SUSPENDED_UNTIL)) " " (when::moment(words, until)) } }
    }
}
