//! Settings: how pages are shown, the lock, what a burn erases.

use super::layout::{self, Nav, act, button, choice, line, section, share_act, simple_act, tick};
use super::{Made, ask, open, serve};
use crate::door::{Theme, Visit};
use crate::limits::LOCK_CHOICES;
use crate::look::Look;
use crate::preferences::Retention;
use crate::tongue::{Lang, ids, language_name};
use axum::response::Response;
use backchannel_station::api::Request;
use maud::{Markup, html};
use serde_json::Value;

/// Settings.
pub async fn show(visit: Visit) -> Response {
    let made = make(&visit).await;
    serve(&visit, made)
}

async fn make(visit: &Visit) -> Made {
    let status = open(visit).await?;
    let files = ask(visit, Request::TemplatesList {}).await.unwrap_or(Value::Null);
    let words = visit.words;
    let body = html! {
        (section("look", &words.t(ids::ST_LANGUAGE), false, looks(visit)))
        (section("share", &words.t(ids::ST_SHARE), false, html! { p { (words.t(ids::ST_SHARE_WHY)) } (share_act(visit, "share-too")) }))
        (section("lock", &words.t(ids::ST_LOCK), false, locking(visit)))
        (section("retention", &words.t(ids::ST_RETENTION), false, retention(visit)))
        (section("files", &words.t(ids::ST_FILES), true, html! {
            p { (words.t(ids::ST_FILES_WHY)) }
            @if files.list("files").is_empty() { p.quiet { (words.t(ids::NONE)) } }
            ul { @for file in files.list("files") { li { (layout::said(file.text("code"))) } } }
        }))
        (section("burn", &words.t(ids::ST_BURN), false, burning(visit, &status)))
        (section("leave", &words.t(ids::ST_SESSIONS), false, html! {
            p { (words.t(ids::ST_LEAVE_WHY)) } (simple_act(visit, "/do/leave", "leave", html! { (words.t(ids::ST_LEAVE)) }))
            p { (words.t(ids::ST_STOP_WHY)) } (simple_act(visit, "/do/stop", "stop", html! { (words.t(ids::ST_STOP)) }))
        }))
    };
    Ok(layout::page(visit, &status, Some(Nav::Settings), &words.t(ids::PAGE_SETTINGS), body))
}

fn looks(visit: &Visit) -> Markup {
    let words = visit.words;
    let langs: Vec<(String, String)> =
        Lang::ALL.into_iter().map(|lang| (lang.code().to_owned(), language_name(lang.code()))).collect();
    let themes: Vec<(String, String)> = Theme::ALL
        .into_iter()
        .map(|theme| (theme.name().to_owned(), words.named(ids::ST_THEME_OF, "theme", theme.name())))
        .collect();
    let numerals: Vec<(String, String)> = ["local", "latin"]
        .iter()
        .map(|name| ((*name).to_owned(), words.v(ids::ST_NUMERALS_OF, [("n", (*name).into())])))
        .collect();
    let keys = [("yes", ids::YES), ("no", ids::NO)].map(|(value, word)| (value.to_owned(), words.t(word)));
    let chosen = if visit.desk.preferences().keys { "yes" } else { "no" };
    act(
        visit,
        "/do/looks",
        html! {
            div.fields {
                (choice("lang", "lang", &words.t(ids::ST_LANGUAGE), &langs, words.lang.code()))
                (choice("theme", "theme", &words.t(ids::ST_THEME), &themes, visit.entered.theme.name()))
                (choice("numerals", "numerals", &words.t(ids::ST_NUMERALS), &numerals, if visit.entered.latin { "latin" } else { "local" }))
            (choice("keys-on", "keys", &words.t(ids::KEYS_TITLE), &keys, chosen))
            }
            div.buttons { (button(words, ids::ST_SAVE)) }
        },
    )
}

fn locking(visit: &Visit) -> Markup {
    let words = visit.words;
    let mut minutes: Vec<(String, String)> = LOCK_CHOICES
        .iter()
        .map(|n| (n.to_string(), words.v(ids::ST_LOCK_MINUTES, [("n", (*n).into())])))
        .collect();
    minutes.push(("0".to_owned(), words.t(ids::ST_LOCK_NEVER)));
    html! {
        (act(visit, "/do/lock-after", html! {
            (choice("minutes", "minutes", &words.t(ids::ST_LOCK_AFTER), &minutes, &visit.desk.preferences().lock_after.to_string()))
            div.buttons { (button(words, ids::ST_SAVE)) }
        }))
    }
}

fn retention(visit: &Visit) -> Markup {
    let words = visit.words;
    let named = |one: Retention| (one.name().to_owned(), words.named(ids::RETENTION, "r", one.name()));
    html! {
        p { (words.t(ids::ST_RETENTION_WHY)) }
        (act(visit, "/do/retention", html! {
            (choice("retention-new", "retention", &words.t(ids::ST_RETENTION_DEFAULT), &Retention::ALL.map(named), visit.desk.preferences().retention.name()))
            div.buttons { (button(words, ids::ST_SAVE)) }
        }))
    }
}

fn burning(visit: &Visit, status: &Value) -> Markup {
    let words = visit.words;
    let rooms: Vec<(String, String)> = status
        .list("rooms")
        .iter()
        .map(|room| (room.text("room").to_owned(), layout::room(visit.words, room.text("room"))))
        .collect();
    html! {
        p { (words.t(ids::ST_BURN_WHAT)) }
        p { (words.t(ids::ST_BURN_ERASES)) }
        p { (words.t(ids::ST_BURN_KEEPS)) }
        (act(visit, "/do/burn", html! {
            (choice("room", "room", &words.t(ids::ST_BURN_ROOM), &rooms, ""))
            (line("day", "day", &words.t(ids::ST_BURN_DAY), "", Some(format!("2026-11-25; {}: {}", words.t(ids::OPTIONAL), words.t(ids::ST_BURN_ALL)))))
            (tick("sure", "sure", &words.t(ids::ST_BURN_SURE), false))
            div.buttons { (button(words, ids::ST_BURN_DO)) }
        }))
    }
}
