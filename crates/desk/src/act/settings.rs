//! What is chosen for this desk, and burning.

use super::{failed, go, then_say};
use crate::door::{Act, Theme};
use crate::limits::LOCK_CHOICES;
use crate::preferences::Retention;
use crate::tongue::{Lang, ids};
use axum::response::Response;
use backchannel_station::api::{ErrorKind, Failure, Request};
use maud::html;

/// The language, light or dark, numerals.
pub async fn looks(act: Act) -> Response {
    let lang = Lang::of(act.fields.get("lang"));
    let theme = Theme::named(act.fields.get("theme")).unwrap_or_default();
    let latin = act.fields.get("numerals") == "latin";
    let mut preferences = act.visit.desk.preferences();
    (preferences.theme, preferences.latin) = (theme, latin);
    preferences.keys = act.fields.get("keys") != "no";
    preferences.lang = lang.or(preferences.lang);
    if let Err(error) = act.visit.desk.prefer(preferences) {
        return failed(&act, &unwritten(&error));
    }
    act.visit.change(|entered| {
        (entered.theme, entered.latin) = (theme, latin);
        entered.lang = lang.unwrap_or(entered.lang);
    });
    go(&act, "/settings")
}

/// After how long without anybody the station is locked.
pub async fn lock_after(act: Act) -> Response {
    let minutes = act.fields.get("minutes").parse::<u64>().ok();
    let Some(minutes) = minutes.filter(|minutes| *minutes == 0 || LOCK_CHOICES.contains(minutes)) else {
        let failure =
            Failure::new(ErrorKind::Usage, "This is not one of the choices.", "Choose one of the list.");
        return failed(&act, &failure);
    };
    let mut preferences = act.visit.desk.preferences();
    preferences.lock_after = minutes;
    match act.visit.desk.prefer(preferences) {
        Ok(()) => go(&act, "/settings"),
        Err(error) => failed(&act, &unwritten(&error)),
    }
}

/// What a new dispatch is set to be kept as.
pub async fn retention(act: Act) -> Response {
    let mut preferences = act.visit.desk.preferences();
    preferences.retention = Retention::named(act.fields.get("retention")).unwrap_or_default();
    match act.visit.desk.prefer(preferences) {
        Ok(()) => go(&act, "/settings"),
        Err(error) => failed(&act, &unwritten(&error)),
    }
}

fn unwritten(error: &std::io::Error) -> Failure {
    let message = format!("The choice was not kept: {}.", error.kind());
    Failure::new(
        ErrorKind::Internal,
        message,
        "Check the rights of the station's directory and the room on its disk.",
    )
}

/// Burns a room, or a day of it.
pub async fn burn(act: Act) -> Response {
    if !act.fields.is("sure") {
        let failure = Failure::new(
            ErrorKind::Refused,
            "Nothing was burned: it was not said that it is meant.",
            "Tick the box, and ask again.",
        );
        return failed(&act, &failure);
    }
    let room = act.fields.get("room");
    let room = room.strip_prefix("caucus ").unwrap_or(room).to_owned();
    let words = act.visit.words;
    let request = Request::Burn { room, day: act.fields.some("day") };
    then_say(&act, request, |_| html! { div.done role="status" { p { (words.t(ids::ST_BURNED)) } } }).await
}
