//! Understandings: laying a text, commenting, freezing, approving, the ceremony, what is done while it is in effect.

use super::then_go;
use crate::door::Act;
use crate::look::Look;
use axum::response::Response;
use backchannel_station::api::{Phrase, Request};

fn id(act: &Act) -> String {
    act.fields.get("id").to_owned()
}

fn file(act: &Act) -> String {
    act.fields.get("file").replace("\r\n", "\n")
}

/// The address of a tab of the understanding that was asked about.
fn tab(act: &Act, name: &str) -> String {
    format!("/understandings/{}?tab={name}", act.fields.get("id"))
}

/// Lays a text before the parties.
pub async fn submit(act: Act) -> Response {
    let request = Request::UnderstandingSubmit { id: act.fields.some("id"), file: file(&act) };
    then_go(&act, request, |answer| format!("/understandings/{}", answer.text("id"))).await
}

/// Lays a text before the parties that takes the place of one in effect.
pub async fn supersede(act: Act) -> Response {
    let request = Request::UnderstandingSupersede { id: id(&act), file: file(&act) };
    then_go(&act, request, |answer| format!("/understandings/{}", answer.text("id"))).await
}

/// Freezes it.
pub async fn freeze(act: Act) -> Response {
    let to = tab(&act, "approval");
    then_go(&act, Request::UnderstandingFreeze { id: id(&act) }, |_| to).await
}

/// Lays the pen down.
pub async fn abandon(act: Act) -> Response {
    let to = tab(&act, "text");
    then_go(&act, Request::UnderstandingAbandon { id: id(&act) }, |_| to).await
}

/// Comments.
pub async fn comment(act: Act) -> Response {
    let to = tab(&act, "comments");
    let request = Request::UnderstandingComment {
        id: id(&act),
        clause: act.fields.some("clause"),
        text: act.fields.under("text."),
    };
    then_go(&act, request, |_| to).await
}

/// Approves the version of the digest that was shown, or takes that back.
pub async fn approve(act: Act) -> Response {
    let to = tab(&act, "approval");
    let request = Request::UnderstandingApprove {
        id: id(&act),
        digest: act.fields.get("digest").to_owned(),
        passphrase: Phrase::from(act.fields.get("passphrase")),
        take_back: act.fields.is("take_back"),
    };
    then_go(&act, request, |_| to).await
}

/// Begins a try, or withdraws from it.
pub async fn deposit(act: Act) -> Response {
    let to = tab(&act, "ceremony");
    let request = Request::UnderstandingDeposit {
        id: id(&act),
        withdraw: act.fields.is("withdraw"),
        within_ms: None,
        withhold: false,
    };
    then_go(&act, request, |_| to).await
}

/// Reaffirms.
pub async fn renew(act: Act) -> Response {
    let to = tab(&act, "life");
    then_go(&act, Request::UnderstandingRenew { id: id(&act) }, |_| to).await
}

/// Gives notice, or takes it back.
pub async fn withdraw(act: Act) -> Response {
    let to = tab(&act, "life");
    let request = Request::UnderstandingWithdraw {
        id: id(&act),
        urgent: act.fields.some("urgent"),
        take_back: act.fields.is("take_back"),
    };
    then_go(&act, request, |_| to).await
}

/// Confirms that those bound in a zone were told.
pub async fn told(act: Act) -> Response {
    let to = tab(&act, "life");
    then_go(
        &act,
        Request::UnderstandingTold { id: id(&act), zone: act.fields.get("zone").to_owned() },
        |_| to,
    )
    .await
}
