//! The line and the watch.

use super::then_go;
use crate::door::{Act, Fields};
use crate::toml_text;
use axum::response::Response;
use backchannel_station::api::Request;

fn back<T>(_: &T) -> String {
    "/line".to_owned()
}

/// Tests the line by hand.
pub async fn check(act: Act) -> Response {
    then_go(&act, Request::LineCheck { to: act.fields.some("to") }, back).await
}

/// Answers a test as a person.
pub async fn answer(act: Act) -> Response {
    then_go(&act, Request::LineAnswer { to: act.fields.some("to"), text: act.fields.some("text") }, back)
        .await
}

/// Takes the watch.
pub async fn take(act: Act) -> Response {
    floor(&act, "watch-taken").await
}

/// Hands the watch over.
pub async fn hand_over(act: Act) -> Response {
    floor(&act, "watch-handover").await
}

/// What is said on the watch floor stays in the delegation.
async fn floor(act: &Act, template: &str) -> Response {
    let mut pairs = vec![("template".to_owned(), template.to_owned())];
    pairs.extend(act.fields.pairs().iter().filter(|(name, _)| name.starts_with("field.")).cloned());
    let message = toml_text::message(&Fields::of(pairs));
    let request =
        Request::Notify { to: Some("delegation".to_owned()), message, precedence: None, answers: None };
    then_go(act, request, back).await
}

/// Whether a second person releases messages.
pub async fn second_person(act: Act) -> Response {
    then_go(&act, Request::WatchRules { second_person: act.fields.is("on") }, back).await
}
