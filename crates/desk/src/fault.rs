//! What is shown when something was not done.

use crate::door::{Act, Visit};
use crate::page::layout;
use crate::page::write::rule_of;
use crate::tongue::{Lang, Tongue, ids, tongue};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use backchannel_station::api::{ErrorKind, Failure};
use maud::{Markup, html};

/// A failure, told by its kind in the person's language and by the station's own words in English.
pub fn told(words: &Tongue, failure: &Failure) -> Markup {
    let kind = kind(failure.kind);
    html! {
        div.problem role="alert" {
            p.problem-title { (layout::shape("alarm")) (words.named(ids::FAULT_TITLE, "kind", kind)) }
            @if let Some(rule) = rule_of(words, &failure.message) { p { (rule) } }
            p { (words.named(ids::FAULT_HINT, "kind", kind)) }
            p.station-words lang="en" dir="ltr" {
                @if words.lang != Lang::En { span.visually-hidden { (words.t(ids::IN_ENGLISH)) " " } }
                (layout::said(&failure.message)) " " (layout::said(&failure.hint))
            }
        }
    }
}

/// The answer to a request that failed: within the page for its script, else a page of its own.
pub fn of_act(act: &Act, failure: &Failure) -> Response {
    let told = told(act.visit.words, failure);
    let code = status(failure.kind);
    if act.scripted {
        return (code, Html(told.into_string())).into_response();
    }
    (code, layout::bare(&act.visit, told)).into_response()
}

/// The page that stands in the place of one that cannot be shown.
pub fn of_visit(visit: &Visit, failure: &Failure) -> Response {
    (status(failure.kind), layout::bare(visit, told(visit.words, failure))).into_response()
}

/// That a request did not come from the desk's own page. Whoever made it may not have come in: no state is shown.
pub fn door() -> Html<String> {
    let words = tongue(Lang::En, false);
    Html(layout::outside(words, html! { p role="alert" { (words.t(ids::FAULT_DOOR)) } }).into_string())
}

/// That an address leads nowhere.
pub fn missing() -> Html<String> {
    let words = tongue(Lang::En, false);
    Html(layout::outside(words, html! { p { (words.t(ids::FAULT_PAGE_MISSING)) } p { a href="/" { (words.t(ids::PAGE_OVERVIEW)) } } }).into_string())
}

fn kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::CheckFailed => "check-failed",
        ErrorKind::Usage => "usage",
        ErrorKind::NotFound => "not-found",
        ErrorKind::Refused => "refused",
        ErrorKind::Locked => "locked",
        ErrorKind::WrongPassphrase => "wrong-passphrase",
        ErrorKind::Unreachable => "unreachable",
        ErrorKind::Internal => "internal",
    }
}

fn status(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorKind::Locked => StatusCode::LOCKED,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
