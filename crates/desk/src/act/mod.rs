//! What pages ask to be done: each is one request to the station, answered once it is durable there (PAGE-2).

pub mod checks;
pub mod claims;
pub mod dispatches;
pub mod door;
pub mod incidents;
pub mod line;
pub mod people;
pub mod settings;
pub mod texts;

use crate::door::Act;
use crate::fault;
use crate::look::Look;
use axum::http::HeaderName;
use axum::response::{Html, IntoResponse, Redirect, Response};
use backchannel_station::api::{Failure, Request};
use maud::Markup;
use serde_json::Value;

/// Where the page's script goes on.
const GO: HeaderName = HeaderName::from_static("x-desk-go");

/// Asks the station, and goes on at a page: what is shown there is what the station says then.
pub async fn then_go(act: &Act, request: Request, to: impl FnOnce(&Value) -> String) -> Response {
    match done(act, request).await {
        Ok(answer) => go(act, &to(&answer)),
        Err(failure) => fault::of_act(act, &failure),
    }
}

/// Asks the station, and says something within the page.
pub async fn then_say(act: &Act, request: Request, say: impl FnOnce(&Value) -> Markup) -> Response {
    match done(act, request).await {
        Ok(answer) => said(act, say(&answer)),
        Err(failure) => fault::of_act(act, &failure),
    }
}

/// Asks the station. Once it has done it, the draft of the form is thrown away.
async fn done(act: &Act, request: Request) -> Result<Value, Failure> {
    let answer = act.visit.desk.station.ask(request).await?;
    if let Some(name) = act.fields.some("draft") {
        // A draft that stays is seen in the list and can be thrown away there.
        let _ = act.visit.desk.station.ask(Request::DraftDrop { name }).await;
    }
    Ok(answer)
}

/// Goes on at a page of the desk.
pub fn go(act: &Act, to: &str) -> Response {
    if act.scripted {
        return ([(GO, to.to_owned())], "").into_response();
    }
    Redirect::to(to).into_response()
}

/// Says something within the page, or on one of its own without the script.
pub fn said(act: &Act, markup: Markup) -> Response {
    if act.scripted {
        return Html(markup.into_string()).into_response();
    }
    crate::page::layout::bare(&act.visit, markup).into_response()
}

/// What failed, as an answer.
pub fn failed(act: &Act, failure: &Failure) -> Response {
    fault::of_act(act, failure)
}

/// The address of a dispatch that was just taken.
pub fn dispatch_of(answer: &Value) -> String {
    format!("/dispatches/{}", answer.text("id"))
}
