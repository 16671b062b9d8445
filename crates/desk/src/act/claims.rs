//! The register of claims: entering, amending, withdrawing, believing.

use super::then_go;
use crate::door::Act;
use crate::toml_text;
use axum::response::Response;
use backchannel_station::api::Request;

fn id(act: &Act) -> String {
    act.fields.get("id").to_owned()
}

fn back(act: &Act) -> String {
    format!("/claims/{}", act.fields.get("id"))
}

/// Enters one. It is listed once it is sealed.
pub async fn add(act: Act) -> Response {
    let request = Request::ClaimAdd { file: toml_text::claim(&act.fields) };
    then_go(&act, request, |_| "/claims".to_owned()).await
}

/// Says anew what one says.
pub async fn amend(act: Act) -> Response {
    let to = back(&act);
    then_go(&act, Request::ClaimAmend { id: id(&act), file: toml_text::claim(&act.fields) }, |_| to).await
}

/// Withdraws one.
pub async fn withdraw(act: Act) -> Response {
    let to = back(&act);
    then_go(&act, Request::ClaimWithdraw { id: id(&act) }, |_| to).await
}

/// Says how far one is believed. What is no number is beyond what the station takes.
pub async fn believe(act: Act) -> Response {
    let to = back(&act);
    let percent =
        act.fields.get("percent").trim().trim_end_matches('%').trim_end().parse().unwrap_or(u8::MAX);
    let because = act.fields.get("because").replace("\r\n", "\n");
    then_go(&act, Request::ClaimBelieve { id: id(&act), percent, because }, |_| to).await
}
