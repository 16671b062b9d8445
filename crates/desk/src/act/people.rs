//! The delegation, and making sure who stands behind the other side.

use super::{failed, then_go, then_say};
use crate::door::Act;
use crate::look::Look;
use crate::page::layout::{said, shape};
use crate::tongue::ids;
use axum::response::Response;
use backchannel_station::api::{ErrorKind, Failure, Request};
use maud::html;
use serde_json::Value;

fn back<T>(_: &T) -> String {
    "/people".to_owned()
}

/// Makes an invitation, which is shown once.
pub async fn add(act: Act) -> Response {
    let request = Request::DelegationAdd {
        role: act.fields.get("role").to_owned(),
        label: act.fields.get("label").trim().to_owned(),
    };
    let words = act.visit.words;
    then_say(&act, request, |answer| html! {
        div.done {
            p { strong { (words.t(ids::PE_INVITATION)) } " · " (said(answer.text("label"))) }
            p { (shape("attention")) (words.t(ids::PE_INVITATION_ONCE)) }
            label.visually-hidden for="invitation-text" { (words.t(ids::PE_INVITATION)) }
            textarea.file id="invitation-text" readonly rows="6" dir="ltr" { (answer.text("invitation")) }
            div.buttons { button.plain type="button" data-save="invitation-text" data-name="invitation.txt" { (words.t(ids::PE_SAVE)) } }
        }
    })
    .await
}

/// Removes a delegate.
pub async fn remove(act: Act) -> Response {
    let request = Request::DelegationRemove {
        member: act.fields.get("member").to_owned(),
        reason: act.fields.get("reason").to_owned(),
    };
    then_go(&act, request, back).await
}

/// How many decide together.
pub async fn quorum(act: Act) -> Response {
    match act.fields.get("quorum").trim().parse::<u8>() {
        Ok(quorum) => then_go(&act, Request::DelegationQuorum { quorum }, back).await,
        Err(_) => failed(&act, &no_number()),
    }
}

/// Approves a change of the delegation.
pub async fn approve(act: Act) -> Response {
    match act.fields.get("number").parse::<u32>() {
        Ok(number) => then_go(&act, Request::DelegationApprove { number }, back).await,
        Err(_) => failed(&act, &no_number()),
    }
}

fn no_number() -> Failure {
    Failure::new(ErrorKind::Usage, "This is not a number.", "Write a whole number, such as 2.")
}

/// Drops a change that waits.
pub async fn drop(act: Act) -> Response {
    then_go(&act, Request::DelegationDrop {}, back).await
}

/// Makes twelve words, which are shown once.
pub async fn words_new(act: Act) -> Response {
    let words = act.visit.words;
    then_say(&act, Request::VerifyWordsNew {}, |answer| html! {
        div.done { p { (shape("attention")) (words.t(ids::PE_WORDS_SHOWN)) } p.secret id="envoy-words" dir="ltr" lang="en" { (of_words(&answer["words"])) } }
    })
    .await
}

fn of_words(words: &Value) -> String {
    match words {
        Value::Array(words) => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        other => other.as_str().unwrap_or_default().to_owned(),
    }
}

/// Takes twelve words into use.
pub async fn words_enter(act: Act) -> Response {
    then_go(&act, Request::VerifyWordsEnter { words: act.fields.get("words").to_owned() }, back).await
}

/// Opens a comparison by four words, or shows it.
pub async fn compare(act: Act) -> Response {
    let words = act.visit.words;
    then_say(&act, Request::VerifyCompare {}, |answer| html! {
        div.done {
            @if answer["words"].is_null() { p { (words.t(ids::NOT_YET)) " · " (said(answer.text("state"))) } }
            @else { p { (words.t(ids::PE_COMPARE_WORDS)) } p.secret dir="ltr" lang="en" { (of_words(&answer["words"])) } }
        }
    })
    .await
}

/// Whether the four words were the same.
pub async fn compared(act: Act) -> Response {
    then_go(&act, Request::VerifyCompareResult { matched: act.fields.is("same") }, back).await
}
