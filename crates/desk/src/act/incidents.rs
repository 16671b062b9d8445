//! Incidents: opening, explaining, contesting, finding, closing.

use super::then_go;
use crate::door::Act;
use axum::response::Response;
use backchannel_station::api::Request;

fn id(act: &Act) -> String {
    act.fields.get("id").to_owned()
}

fn back(act: &Act) -> String {
    format!("/incidents/{}", act.fields.get("id"))
}

/// Opens one; the brake holds from then on. Its page is there once it is sealed.
pub async fn open(act: Act) -> Response {
    let request = Request::IncidentOpen {
        id: id(&act),
        of: act.fields.some("of"),
        at: act.fields.get("at").trim().to_owned(),
        clause: act.fields.some("clause"),
        not_urgent: act.fields.is("not_urgent"),
    };
    then_go(&act, request, |_| "/incidents".to_owned()).await
}

/// Explains.
pub async fn clarify(act: Act) -> Response {
    let to = back(&act);
    let request = Request::IncidentClarify {
        id: id(&act),
        answer: act.fields.get("answer").to_owned(),
        remedy: act.fields.is("remedy"),
    };
    then_go(&act, request, |_| to).await
}

/// Contests.
pub async fn contest(act: Act) -> Response {
    let to = back(&act);
    then_go(&act, Request::IncidentContest { id: id(&act) }, |_| to).await
}

/// Finds.
pub async fn find(act: Act) -> Response {
    let to = back(&act);
    let request = Request::IncidentFind {
        id: id(&act),
        established: act.fields.get("established").to_owned(),
        intent: act.fields.get("intent").to_owned(),
        own: act.fields.is("own"),
    };
    then_go(&act, request, |_| to).await
}

/// Closes, together with the others.
pub async fn close(act: Act) -> Response {
    let to = back(&act);
    let request = Request::IncidentClose {
        id: id(&act),
        outcome: act.fields.get("outcome").to_owned(),
        until: act.fields.some("until"),
    };
    then_go(&act, request, |_| to).await
}
