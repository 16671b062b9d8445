//! The door and the lock.

use super::layout::{self, act, button, passphrase};
use super::{ask, serve};
use crate::door::{Knock, Visit};
use crate::look::Look;
use crate::tongue::{ids, tongue};
use axum::response::{Html, IntoResponse, Redirect, Response};
use backchannel_station::api::Request;
use maud::html;

/// Where a link leads: the code stands behind the mark # and is taken from there by the page's script.
pub async fn enter(knock: Knock) -> Html<String> {
    enter_page(&knock, false)
}

/// The same, after a code that lets nobody in.
pub fn enter_page(knock: &Knock, refused: bool) -> Html<String> {
    let preferences = knock.desk.preferences();
    let words = tongue(preferences.lang.unwrap_or(knock.lang), preferences.latin);
    let body = html! {
        h2 { (words.t(ids::ENTER_TITLE)) }
        @if refused {
            div.problem role="alert" {
                p.problem-title { (layout::shape("alarm")) (words.t(ids::ENTER_REFUSED)) }
                p { (words.t(ids::ENTER_REFUSED_HINT)) }
            }
        }
        p { (words.t(ids::ENTER_WHY)) }
        form id="enter" method="post" action="/enter" {
            (layout::field("code", &words.t(ids::ENTER_CODE), None, html! {
                input type="password" id="code" name="code" autocomplete="off" required;
            }))
            (button(words, ids::ENTER_GO))
        }
    };
    Html(layout::outside(words, body).into_string())
}

/// The lock: nothing that anybody said is on it.
pub async fn locked(visit: Visit) -> Response {
    match ask(&visit, Request::Status {}).await {
        Ok(status) if !status.is("locked") => Redirect::to("/").into_response(),
        other => serve(&visit, other.map(|status| page(&visit, &status))),
    }
}

fn page(visit: &Visit, status: &serde_json::Value) -> Html<String> {
    let words = visit.words;
    let body = html! {
        p { (words.t(ids::LOCKED_WHAT)) }
        p { (words.t(ids::LOCKED_ARRIVALS)) }
        (act(visit, "/do/unlock", html! {
            (passphrase(words, "passphrase"))
            p.hint { (words.t(ids::UNLOCK_WAIT)) }
            div.buttons { (button(words, ids::UNLOCK)) }
        }))
    };
    layout::page(visit, status, None, &words.t(ids::LOCKED_TITLE), body)
}
