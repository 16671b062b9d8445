//! The pages. Each is made anew from what the station answers; none remembers anything.

pub mod claims;
pub mod convey;
pub mod dispatch;
pub mod dispatches;
pub mod incidents;
pub mod kept;
pub mod layout;
pub mod line;
pub mod locked;
pub mod notify;
pub mod overview;
pub mod people;
pub mod public;
pub mod record;
pub mod rehearsal;
pub mod settings;
pub mod understanding;
pub mod understandings;
pub mod write;

use crate::door::Visit;
use crate::fault;
use crate::look::Look;
use axum::response::{Html, IntoResponse, Redirect, Response};
use backchannel_station::api::{ErrorKind, Failure, Request};
use serde_json::Value;

/// A page, or why there is none.
pub type Made = Result<Html<String>, Failure>;

/// Asks the station for a page.
pub async fn ask(visit: &Visit, request: Request) -> Result<Value, Failure> {
    visit.desk.station.ask(request).await
}

/// How the station stands, if it is open.
pub async fn open(visit: &Visit) -> Result<Value, Failure> {
    let status = ask(visit, Request::Status {}).await?;
    if status.is("locked") {
        return Err(Failure::new(ErrorKind::Locked, "The station is locked.", "Unlock it."));
    }
    Ok(status)
}

/// Serves a page; in the place of one of a locked station its lock.
pub fn serve(visit: &Visit, made: Made) -> Response {
    match made {
        Ok(page) => page.into_response(),
        Err(failure) if failure.kind == ErrorKind::Locked => Redirect::to("/locked").into_response(),
        Err(failure) => fault::of_visit(visit, &failure),
    }
}

/// The pages that a list has, and where one is: its rows.
pub fn slice<'a, T>(all: &'a [T], query: &str, rows: usize) -> (usize, &'a [T], bool) {
    let page = query.parse::<usize>().unwrap_or(0);
    let start = page.saturating_mul(rows).min(all.len());
    let end = start.saturating_add(rows).min(all.len());
    (page, &all[start..end], end < all.len())
}
