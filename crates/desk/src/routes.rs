//! Which address leads where.

use crate::act::{
    checks, claims as do_claims, dispatches as do_dispatches, door as do_door, incidents as do_incidents,
};
use crate::act::{line as do_line, people as do_people, settings as do_settings, texts as do_texts};
use crate::door::put_headers;
use crate::limits::BODY_BYTES_MAX;
use crate::page::{
    claims, convey, dispatch, dispatches, incidents, line, locked, notify, overview, people, public, record,
    rehearsal, settings, understanding, understandings, write,
};
use crate::{Desk, assets, fault, live};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use std::sync::Arc;

/// The whole desk.
pub fn all(desk: Arc<Desk>) -> Router {
    Router::new()
        .merge(pages())
        .merge(dispatch_acts())
        .merge(text_acts())
        .merge(other_acts())
        .route("/enter", get(locked::enter).post(do_door::enter))
        .route("/live", get(live::follow))
        .route("/here", get(do_door::here).post(do_door::here))
        .route("/a/{edition}/{*name}", get(assets::serve))
        .fallback(async || (StatusCode::NOT_FOUND, fault::missing()))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn(put_headers))
        .with_state(desk)
}

fn pages() -> Router<Arc<Desk>> {
    Router::new()
        .route("/", get(overview::show))
        .route("/locked", get(locked::locked))
        .route("/dispatches", get(dispatches::show))
        .route("/dispatches/{id}", get(dispatch::show))
        .route("/write", get(write::show))
        .route("/notify", get(notify::list))
        .route("/notify/template/{code}", get(notify::template))
        .route("/notify/number/{book}/{number}", get(notify::number))
        .route("/convey", get(convey::list))
        .route("/convey/{id}", get(convey::show))
        .route("/understandings", get(understandings::list))
        .route("/understandings/{id}", get(understanding::show))
        .route("/rehearsal", get(rehearsal::show))
        .route("/incidents", get(incidents::list))
        .route("/incidents/{id}", get(incidents::show))
        .route("/line", get(line::show))
        .route("/people", get(people::show))
        .route("/public", get(public::show))
        .route("/claims", get(claims::list))
        .route("/claims/{id}", get(claims::show))
        .route("/record", get(record::show))
        .route("/settings", get(settings::show))
}

fn dispatch_acts() -> Router<Arc<Desk>> {
    Router::new()
        .route("/write/again", post(do_dispatches::again))
        .route("/check/draft", post(checks::draft))
        .route("/check/convey", post(checks::convey))
        .route("/check/rehearsal", post(checks::rehearsal))
        .route("/check/understanding", post(checks::understanding))
        .route("/do/send", post(do_dispatches::send))
        .route("/do/draft-keep", post(do_dispatches::keep))
        .route("/do/draft-drop", post(do_dispatches::drop))
        .route("/do/read-back", post(do_dispatches::read_back))
        .route("/do/return", post(do_dispatches::hand_back))
        .route("/do/convey", post(do_dispatches::convey))
        .route("/do/notify", post(do_dispatches::notify))
        .route("/do/message", post(do_dispatches::notify))
        .route("/do/release", post(do_dispatches::release))
        .route("/do/compare-text", post(do_dispatches::compare_text))
}

fn text_acts() -> Router<Arc<Desk>> {
    Router::new()
        .route("/do/submit", post(do_texts::submit))
        .route("/do/supersede", post(do_texts::supersede))
        .route("/do/freeze", post(do_texts::freeze))
        .route("/do/abandon", post(do_texts::abandon))
        .route("/do/comment", post(do_texts::comment))
        .route("/do/approve", post(do_texts::approve))
        .route("/do/deposit", post(do_texts::deposit))
        .route("/do/renew", post(do_texts::renew))
        .route("/do/withdraw", post(do_texts::withdraw))
        .route("/do/told", post(do_texts::told))
        .route("/do/incident-open", post(do_incidents::open))
        .route("/do/incident-clarify", post(do_incidents::clarify))
        .route("/do/incident-contest", post(do_incidents::contest))
        .route("/do/incident-find", post(do_incidents::find))
        .route("/do/incident-close", post(do_incidents::close))
        .route("/do/claim-add", post(do_claims::add))
        .route("/do/claim-amend", post(do_claims::amend))
        .route("/do/claim-withdraw", post(do_claims::withdraw))
        .route("/do/claim-believe", post(do_claims::believe))
}

fn other_acts() -> Router<Arc<Desk>> {
    Router::new()
        .route("/do/lock", post(do_door::lock))
        .route("/do/unlock", post(do_door::unlock))
        .route("/do/stop", post(do_door::stop))
        .route("/do/leave", post(do_door::leave))
        .route("/do/share", post(do_door::share))
        .route("/do/looks", post(do_settings::looks))
        .route("/do/retention", post(do_settings::retention))
        .route("/do/lock-after", post(do_settings::lock_after))
        .route("/do/burn", post(do_settings::burn))
        .route("/do/line-check", post(do_line::check))
        .route("/do/line-answer", post(do_line::answer))
        .route("/do/duty-take", post(do_line::take))
        .route("/do/duty-hand-over", post(do_line::hand_over))
        .route("/do/second-person", post(do_line::second_person))
        .route("/do/delegate-add", post(do_people::add))
        .route("/do/delegate-remove", post(do_people::remove))
        .route("/do/quorum", post(do_people::quorum))
        .route("/do/roster-approve", post(do_people::approve))
        .route("/do/roster-drop", post(do_people::drop))
        .route("/do/words-new", post(do_people::words_new))
        .route("/do/words-enter", post(do_people::words_enter))
        .route("/do/compare", post(do_people::compare))
        .route("/do/compare-result", post(do_people::compared))
}
