//! The line: its beats, its rooms, its tests, its alarms, and who has the watch.

use super::layout::{
    self, Nav, act, area, button, choice, line as text_line, said, section, shape, simple_act, state, tick,
};
use super::overview::{short, side_state};
use super::write::{now_field, others_named};
use super::{Made, ask, open, serve};
use crate::door::Visit;
use crate::limits::STRIP_BEATS;
use crate::look::Look;
use crate::tongue::{Tongue, ids, theirs, when};
use axum::response::Response;
use backchannel_station::api::Request;
use backchannel_station::limits::SILENT_BEATS;
use maud::{Markup, html};
use serde_json::Value;

/// The line.
pub async fn show(visit: Visit) -> Response {
    let made = make(&visit).await;
    serve(&visit, made)
}

async fn make(visit: &Visit) -> Made {
    let status = open(visit).await?;
    let line = ask(visit, Request::LineStatus {}).await?;
    let alarms = ask(visit, Request::Alarms {}).await?;
    let words = visit.words;
    let body = html! {
        (section("strip", &words.t(ids::LN_STRIP), true, strip(words, &line)))
        (section("alarms", &words.t(ids::LN_ALARMS), true, alarm_list(words, &alarms)))
        (section("sides", &words.t(ids::LN_SIDES), true, html! {
            dl.facts { @for side in line.list("sides") { dt { (layout::side(words, side.text("party"))) } dd { (side_state(words, side)) " " (when::moment_of(words, &side["heard_utc"])) } } }
            @for one in line.list("lines") { (one_line(visit, &status, one)) }
        }))
        (deeds(visit, &status))
        (section("watch", &words.t(ids::LN_WATCH), true, watch(visit, &line["watch"])))
        (watch_deeds(visit, &status, &line["watch"]))
        (section("rooms", &words.t(ids::LN_ROOMS), true, rooms(words, &status)))
    };
    Ok(layout::page(visit, &status, Some(Nav::Line), &words.t(ids::PAGE_LINE), body))
}

fn strip(words: &Tongue, line: &Value) -> Markup {
    let beats = line.list("beats");
    let from = beats.len().saturating_sub(usize::try_from(STRIP_BEATS).unwrap_or(usize::MAX));
    let shown = &beats[from..];
    let missed = shown.iter().filter(|beat| beat.text("own") != "sealed").count() as u64;
    let total = shown.len() as u64;
    html! {
        p { (words.t(ids::LN_STRIP_WHY)) }
        ol.strip aria-hidden="true" data-each-beat="" {
            @for beat in shown { li class=(if beat.text("own") == "sealed" { "sealed" } else { "missed" }) {} }
            @for _ in total..STRIP_BEATS { li.coming {} }
        }
        p { (state(if missed == 0 { "good" } else { "attention" }, &words.v(ids::LN_STRIP_SAID, [("sealed", (total - missed).into()), ("missed", missed.into())]))) }
    }
}

fn alarm_list(words: &Tongue, alarms: &Value) -> Markup {
    html! {
        p.hint { (words.t(ids::LN_NO_CAUSE)) }
        @if alarms.list("alarms").is_empty() { p { (state("good", &words.t(ids::LN_NO_ALARMS))) } }
        ul.rows { @for alarm in alarms.list("alarms").iter().rev() {
            li {
                div.row {
                    span { (state(if alarm.is("open") { "alarm" } else { "ended" }, alarm.text("name"))) " "
                        span.quiet { (words.t(if alarm.is("open") { ids::LN_OPEN } else { ids::LN_CLEARED })) @if let Some(room) = alarm.some("room") { " · " (layout::room(words, room)) } } }
                    (when::stamp(words, alarm))
                }
                p { (words.v(ids::LN_ALARM, [("name", alarm.text("name").into()), ("n", SILENT_BEATS.into())])) }
                p { strong { (words.t(ids::LN_DO)) ": " } (words.v(ids::LN_ADVICE, [("name", alarm.text("name").into())])) }
                p.station-words lang="en" dir="ltr" { (said(alarm.text("what"))) }
            }
        } }
    }
}

fn one_line(visit: &Visit, status: &Value, one: &Value) -> Markup {
    let words = visit.words;
    let suspended = one.text("state") == "suspended";
    html! {
        div.sheet {
            h3 { @for (at, side) in one.names("sides").iter().enumerate() { @if at > 0 { " – " } (said(side)) } }
            p { (state(if suspended { "alarm" } else { "good" }, &words.named(ids::LN_LINE_STATE, "state", one.text("state"))))
                @for by in one.list("suspended") { " · " (words.v(ids::LN_SUSPENDED_BY, [("by", theirs(by.text("by")))])) " " (when::moment_of(words, &by["from"])) } }
            @if one["schedule"].is_object() {
                p { (words.v(ids::LN_SCHEDULE, [("n", one["schedule"].count("every_minutes").into())])) " · " (words.t(ids::LN_NEXT)) " " (when::moment_of(words, &one["schedule"]["next"]))
                    " " (words.v(ids::LN_NEXT_BY, [("by", theirs(one["schedule"].text("next_by")))])) }
            } @else { p.quiet { (words.t(ids::LN_NO_SCHEDULE)) } }
            @for human in one.list("last_human") { p.quiet { (words.t(ids::LN_LAST_HUMAN)) " · " (said(human.text("party"))) " " (when::moment_of(words, &human["at"])) } }
            h3 { (words.t(ids::LN_CHECKS)) }
            @if one.list("checks").is_empty() { p.quiet { (words.t(ids::LN_NO_CHECKS)) } }
            ul.rows { @for check in one.list("checks").iter().rev().take(10) { (one_check(words, status, check)) } }
        }
    }
}

fn one_check(words: &Tongue, _status: &Value, check: &Value) -> Markup {
    let (kind, id) = match () {
        () if !check["answered"].is_null() => ("good", ids::LN_CHECK_ANSWERED),
        () if check.some("due").is_some_and(is_past) => ("alarm", ids::LN_CHECK_UNANSWERED),
        () => ("wait", ids::LN_CHECK_WAITS),
    };
    html! {
        li { div.row {
            span { (state(kind, &words.t(id))) " · " (words.number(check.count("number"))) " · " (said(check.text("by"))) " · " (words.named(ids::LN_CHECK_MADE, "made", check.text("made"))) }
            (when::moment_of(words, &check["sent"]))
        } }
    }
}

fn is_past(utc: &str) -> bool {
    backchannel_accord::time::parse_rfc3339(utc).is_some_and(|at| at <= crate::clock::now())
}

fn deeds(visit: &Visit, status: &Value) -> Markup {
    let words = visit.words;
    if status.text("role") == "observer" || visit.entered.share {
        return html! {};
    }
    let to = others_named(status);
    let whom = |id: &str| html! { (choice(id, "to", &words.t(ids::WR_TO), &to, "")) };
    html! {
        section id="line-deeds" {
            details id="check" { summary { (words.t(ids::LN_CHECK_NOW)) }
                (act(visit, "/do/line-check", html! { (whom("check-to")) div.buttons { (button(words, ids::LN_CHECK_NOW)) } })) }
            details id="answer" { summary { (words.t(ids::LN_ANSWER_NOW)) }
                (act(visit, "/do/line-answer", html! { (whom("answer-to")) (text_line("answer-text", "text", &words.t(ids::LN_ANSWER_TEXT), "", Some(words.t(ids::OPTIONAL))))
                    div.buttons { (button(words, ids::LN_ANSWER_NOW)) } })) }
            details id="schedule" { summary { (words.t(ids::LN_SET_SCHEDULE)) }
                (act(visit, "/do/message", html! { input type="hidden" name="template" value="line-schedule"; (whom("schedule-to"))
                    (text_line("every", "field.every", &words.t(ids::LN_EVERY), "60", None))
                    (text_line("schedule-from", "field.from", &words.t(ids::LN_SUSPEND_FROM), &now_field(), None))
                    div.buttons { (button(words, ids::LN_SET_SCHEDULE)) } })) }
            details id="suspend" { summary { (words.t(ids::LN_SUSPEND)) }
                (act(visit, "/do/message", html! { input type="hidden" name="template" value="line-suspension"; (whom("suspend-to"))
                    (text_line("suspend-from", "field.from", &words.t(ids::LN_SUSPEND_FROM), &now_field(), None))
                    (text_line("suspend-reason", "field.reason", &words.t(ids::LN_SUSPEND_REASON), "", None))
                    div.buttons { (button(words, ids::LN_SUSPEND)) } })) }
            details id="resume" { summary { (words.t(ids::LN_RESUME)) }
                (act(visit, "/do/message", html! { input type="hidden" name="template" value="line-resumption"; (whom("resume-to"))
                    (text_line("resume-from", "field.from", &words.t(ids::LN_SUSPEND_FROM), &now_field(), None))
                    div.buttons { (button(words, ids::LN_RESUME)) } })) }
        }
    }
}

fn watch(visit: &Visit, watch: &Value) -> Markup {
    let words = visit.words;
    html! {
        dl.facts {
            dt { (words.t(ids::LN_ON_DUTY)) }
            dd { @match watch["on_duty"].some("who") { Some(who) => { (said(who)) " " (when::moment_of(words, &watch["on_duty"]["since"])) } None => { (words.t(ids::LN_NOBODY)) } }
                @if watch["offered"].is_object() { br; (state("attention", &words.v(ids::LN_OFFERED, [("by", theirs(watch["offered"].text("by")))]))) } }
            dt { (words.t(ids::LN_SECOND)) } dd { (words.t(if watch.is("second_person") { ids::YES } else { ids::NO })) }
        }
        ul.rows { @for one in watch.list("waiting") {
            li { div.row { span { (shape("attention")) a href=(format!("/dispatches/{}", one.text("id"))) data-row="" { code { (short(one.text("id"))) } } " · " (said(one.text("by"))) }
                (simple_act(visit, &format!("/do/release?id={}", one.text("id")), "release", html! { (words.t(ids::LN_RELEASE)) })) } }
        } }
    }
}

fn watch_deeds(visit: &Visit, status: &Value, watch: &Value) -> Markup {
    let words = visit.words;
    if matches!(status.text("role"), "observer" | "intermediary") || visit.entered.share {
        return html! {};
    }
    html! {
        section id="watch-deeds" data-live="" {
            details id="take" open[watch["offered"].is_object()] { summary { (words.t(ids::LN_TAKE)) }
                (act(visit, "/do/duty-take", html! { div.buttons { (button(words, ids::LN_TAKE)) } })) }
            details id="hand-over" { summary { (words.t(ids::LN_HAND_OVER)) }
                (act(visit, "/do/duty-hand-over", html! {
                    (area("hand-note", "field.note", &words.t(ids::LN_HAND_NOTE), "", None)) (area("hand-open", "field.open", &words.t(ids::LN_HAND_OPEN), "", None))
                    div.buttons { (button(words, ids::LN_HAND_OVER)) } })) }
            @if status.text("role") == "head" {
                details id="second" { summary { (words.t(ids::LN_SECOND)) }
                    (act(visit, "/do/second-person", html! { (tick("second-on", "on", &words.t(ids::LN_SECOND_ON), watch.is("second_person"))) div.buttons { (button(words, ids::LN_SECOND_SET)) } })) }
            }
        }
    }
}

fn rooms(words: &Tongue, status: &Value) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(words.t(ids::LN_ROOMS)) { table {
            thead { tr { th scope="col" { (words.t(ids::LN_ROOM)) } th scope="col" { (words.t(ids::LN_MEMBERS)) } th scope="col" { (words.t(ids::LN_WAITING)) } } }
            tbody { @for room in status.list("rooms") {
                tr {
                    td { strong { (layout::room(words, room.text("room"))) } br; span.quiet { (words.named(ids::LN_ROOM_STATE, "state", room.text("state"))) " · " (words.t(ids::LN_SEATS)) " " (words.number(room.count("capacity"))) } }
                    td { @for member in room.list("members") { (said(member.text("label"))) " " span.quiet { (words.named(ids::ROLE, "role", member.text("role"))) } br; } }
                    td { (words.number(room.count("waiting"))) }
                }
            } }
        } }
    }
}
