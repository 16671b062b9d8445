//! Coming in, leaving, locking.

use super::{go, then_go};
use crate::clock;
use crate::door::{Act, Entered, Fields, Knock, Refused, Visit, secret};
use crate::page::kept::is_own;
use crate::page::locked::enter_page;
use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use backchannel_station::api::{Phrase, Request};

/// Lets a browser in by the code of its link (DOOR-1).
pub async fn enter(knock: Knock, body: Bytes) -> Result<Response, Refused> {
    if !knock.own {
        return Err(Refused::Elsewhere);
    }
    let fields = Fields::read(&body);
    let preferences = knock.desk.preferences();
    let entered = Entered {
        csrf: secret(),
        lang: preferences.lang.unwrap_or(knock.lang),
        latin: preferences.latin,
        theme: preferences.theme,
        share: false,
    };
    let Some(cookie) = knock.desk.sessions.enter(fields.get("code").trim(), entered, clock::now()) else {
        return Ok((StatusCode::FORBIDDEN, enter_page(&knock, true)).into_response());
    };
    knock.desk.somebody_is_here();
    let line = format!("{}={}; HttpOnly; SameSite=Strict; Path=/", knock.desk.cookie, cookie.as_str());
    let mut response = Redirect::to("/").into_response();
    if let Ok(mut value) = HeaderValue::from_str(&line) {
        value.set_sensitive(true);
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// Somebody is at the desk.
pub async fn here(_: Visit) -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Locks the station.
pub async fn lock(act: Act) -> Response {
    then_go(&act, Request::Lock {}, |_| "/locked".to_owned()).await
}

/// Unlocks it.
pub async fn unlock(act: Act) -> Response {
    let passphrase = Phrase::from(act.fields.get("passphrase"));
    then_go(&act, Request::Unlock { passphrase }, |_| "/".to_owned()).await
}

/// Ends the station's process.
pub async fn stop(act: Act) -> Response {
    then_go(&act, Request::Stop {}, |_| "/".to_owned()).await
}

/// Ends this browser's session; the station goes on.
pub async fn leave(act: Act) -> Response {
    act.visit.leave();
    go(&act, "/enter")
}

/// Hides all content, or shows it again.
pub async fn share(act: Act) -> Response {
    let hide = act.fields.get("want") == "hide";
    act.visit.change(|entered| entered.share = hide);
    let from = act.fields.get("from");
    act.visit.desk.wake();
    go(&act, if is_own(from) { from } else { "/" })
}
