//! Dispatches: sending, answering, conveying, reading back, returning; drafts.

use super::{dispatch_of, failed, said, then_go};
use crate::door::{Act, Fields};
use crate::look::Look;
use crate::page::write::{draft_kept, page, reshaped};
use crate::toml_text;
use axum::response::{IntoResponse, Response};
use backchannel_station::api::{Failure, Request};
use maud::html;

/// Sends what was written. Its draft is thrown away once the station has taken it.
pub async fn send(act: Act) -> Response {
    let draft = toml_text::draft(&act.fields);
    let request = match act.fields.some("answers") {
        Some(id) => Request::Reply { id, draft },
        None => Request::Send { draft },
    };
    then_go(&act, request, dispatch_of).await
}

/// The form with another passage or language.
pub async fn again(act: Act) -> Response {
    let status = match act.visit.desk.station.ask(Request::Status {}).await {
        Ok(status) => status,
        Err(failure) => return failed(&act, &failure),
    };
    let (fields, focus) = reshaped(&act.visit, &act.fields);
    page(&act.visit, &status, &fields, focus.as_deref()).into_response()
}

/// Keeps what was written so far, in the vault (PAGE-6).
pub async fn keep(act: Act) -> Response {
    let name = act.fields.get("draft").to_owned();
    let text = match text_of(&act.fields) {
        Ok(text) => text,
        Err(failure) => return failed(&act, &failure),
    };
    match act.visit.desk.station.ask(Request::DraftKeep { name, text }).await {
        Ok(answer) => said(&act, html! { (draft_kept(act.visit.words, answer.text("kept"))) }),
        Err(failure) => failed(&act, &failure),
    }
}

/// A form as it is kept: its fields, without the token.
fn text_of(fields: &Fields) -> Result<String, Failure> {
    let kept: Vec<&(String, String)> =
        fields.pairs().iter().filter(|(name, _)| name != "csrf" && !name.starts_with("more.")).collect();
    serde_json::to_string(&kept).map_err(|_| {
        Failure::new(
            backchannel_station::api::ErrorKind::Internal,
            "The draft cannot be written.",
            "Report this.",
        )
    })
}

/// Throws a draft away.
pub async fn drop(act: Act) -> Response {
    let name = act.visit.query.get("name").to_owned();
    then_go(&act, Request::DraftDrop { name }, |_| "/dispatches".to_owned()).await
}

/// Says what was understood.
pub async fn read_back(act: Act) -> Response {
    let id = act.fields.get("id").to_owned();
    let to = format!("/dispatches/{id}");
    then_go(&act, Request::ReadBack { id, text: act.fields.under("text.") }, |_| to).await
}

/// Hands back what was lent for reading.
pub async fn hand_back(act: Act) -> Response {
    let id = act.fields.get("id").to_owned();
    let to = format!("/dispatches/{id}");
    then_go(&act, Request::Return { id }, |_| to).await
}

/// Carries a dispatch into another caucus.
pub async fn convey(act: Act) -> Response {
    let id = act.fields.get("id").to_owned();
    let to = format!("/convey/{id}");
    let request = Request::Convey {
        id,
        to: act.fields.get("to").to_owned(),
        rendering: act.fields.under("rendering."),
        faithless: false,
    };
    then_go(&act, request, |_| to).await
}

/// Sends a message by a template or a number.
pub async fn notify(act: Act) -> Response {
    let request = Request::Notify {
        to: act.fields.some("to"),
        message: toml_text::message(&act.fields),
        precedence: act.fields.some("precedence"),
        answers: act.fields.some("answers"),
    };
    then_go(&act, request, dispatch_of).await
}

/// Releases a message that waits for a second person.
pub async fn release(act: Act) -> Response {
    let id = act.visit.query.get("id").to_owned();
    then_go(&act, Request::Release { id }, dispatch_of).await
}

/// What of a published text stands on record here.
pub async fn compare_text(act: Act) -> Response {
    let text = act.fields.get("published").to_owned();
    match act.visit.desk.station.ask(Request::ExposureCompare { text }).await {
        Ok(answer) => said(&act, crate::page::public::compared(&act.visit, &answer)),
        Err(failure) => failed(&act, &failure),
    }
}
