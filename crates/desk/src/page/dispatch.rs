//! One dispatch: whose words they are, what may be done with them, what became of it.

use super::dispatches::precedence_class;
use super::kept::{Form, Kept};
use super::layout::{self, Nav, act, area, button, content, said, section, state, texts};
use super::overview::short;
use super::{Made, ask, open, serve};
use crate::door::Visit;
use crate::look::Look;
use crate::tongue::{Id, Tongue, ids, slug, theirs, when};
use axum::extract::Path;
use axum::response::Response;
use backchannel_station::api::Request;
use maud::{Markup, html};
use serde_json::Value;

/// The language in which a message by a template stands on the wire: nobody's.
const WIRE: &str = "zxx";

/// Puts a message, as the station read it, in the place of its notation.
pub fn with_message(mut item: Value) -> Value {
    let message = item["message"].clone();
    if let (Value::Object(_), Some(passages)) = (&message, item["passages"].as_array_mut()) {
        for passage in passages.iter_mut().filter(|passage| passage["text"].get(WIRE).is_some()) {
            passage["message"] = message.clone();
        }
    }
    item
}

/// A dispatch. Opening it is reading it, which its sender is told.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Response {
    let made = make(&visit, id).await;
    serve(&visit, made)
}

async fn make(visit: &Visit, id: String) -> Made {
    let status = open(visit).await?;
    let lang = Some(visit.words.lang.code().to_owned());
    let item = with_message(ask(visit, Request::Show { id: id.clone(), lang }).await?);
    let receipts = ask(visit, Request::Receipts { id }).await?;
    let kept = Kept::of(visit).await?;
    let words = visit.words;
    let title = words.named(ids::FORM, "form", item.text("form"));
    let body = html! {
        div id="head" data-live="" { (head(visit, &item)) }
        div id="warnings" data-live="" { (warnings(words, &item)) }
        div id="text" data-live="" { (layers(visit, &item)) }
        (section("thread", &words.t(ids::DP_THREAD), true, thread(words, &item)))
        (section("path", &words.t(ids::DP_PATH), true, path(words, &item, &receipts)))
        (carriage(words, &item))
        (what_to_do(visit, &kept, &status, &item))
    };
    Ok(layout::page(visit, &status, Some(Nav::Dispatches), &title, body))
}

fn head(visit: &Visit, item: &Value) -> Markup {
    let words = visit.words;
    let fact = |id: Id, value: Markup| html! { dt { (words.t(id)) } dd { (value) } };
    html! {
        p { span class=(precedence_class(item.text("precedence"))) { (words.named(ids::PRECEDENCE, "p", item.text("precedence"))) }
            " · " (words.named(ids::KIND, "kind", item.text("kind"))) " · " code { (short(item.text("id"))) } }
        p.hint { (words.named(ids::FORM_RULE, "form", item.text("form"))) }
        dl.facts {
            @if let Some(author) = item.some("author") { (fact(ids::DP_FROM, layout::side(words, author))) }
            @if let Some(to) = item.some("to") { (fact(ids::WR_TO, layout::side(words, to))) }
            (fact(ids::DP_ROOM, html! { (layout::room(words, item.text("room"))) }))
            @if let Some(date) = item.some("date") { (fact(ids::DP_DATE, html! { (words.digits(date)) })) }
            @if let Some(text) = item.some("heading") { (fact(ids::DP_HEADING, content(visit, text))) }
            @if let Some(text) = item.some("addressee") { (fact(ids::DP_ADDRESSEE, content(visit, text))) }
            @if let Some(by) = item.some("reply_by") { (fact(ids::WR_REPLY_BY, when::moment(words, by))) }
            (fact(ids::WR_RETENTION, retention(words, &item["retention"])))
            @if item["clock"].is_object() {
                (fact(ids::DP_CLOCK, html! {
                    (words.named(ids::DP_QUERY_STATE, "state", item["clock"].text("state"))) " " (when::moment_of(words, &item["clock"]["due"]))
                }))
            }
        }
    }
}

/// What this one answers and what answers it, the first first.
fn thread(words: &Tongue, item: &Value) -> Markup {
    let here = item.text("id");
    html! {
        @if item.list("thread").len() < 2 { p.quiet { (words.t(ids::NONE)) } }
        @else { ol.rows { @for one in item.list("thread") {
            @let id = one.text("id");
            li { div.row {
                span {
                    a href=(format!("/dispatches/{id}")) data-row="" aria-current=[(id == here).then_some("true")] {
                        (words.named(ids::FORM, "form", one.text("form")))
                        @if one.text("kind") != "dispatch" { ", " (words.named(ids::KIND, "kind", one.text("kind"))) } }
                    @if let Some(author) = one.some("author") { " · " (layout::side(words, author)) }
                    " · " code { (short(id)) }
                }
                (when::stamp(words, &one["at"]))
            } }
        } } }
    }
}

fn retention(words: &Tongue, value: &Value) -> Markup {
    match value.as_str() {
        Some(name) => html! { (words.named(ids::RETENTION, "r", name)) },
        None => {
            let until = value.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
            html! { (words.named(ids::RETENTION, "r", "until")) @if let Some(until) = until { " " (when::moment(words, until)) } }
        }
    }
}

fn warnings(words: &Tongue, item: &Value) -> Markup {
    html! {
        @if item.is("unattended") { p { (state("attention", &words.t(ids::UNATTENDED))) } }
        @if item["route"].is("registry") { p { (state("attention", &words.t(ids::BY_REGISTRY))) } }
        @if item.text("vouching").len() > 1 { p { (state("attention", &words.t(ids::DP_VOUCHING))) } }
        @if item.is("waits_for_registry") { p { (state("wait", &words.t(ids::DP_WAITS_REGISTRY))) } }
        @if item.some("dropped").is_some() { p { (state("ended", &words.t(ids::NOT_KEPT))) } }
    }
}

fn layers(visit: &Visit, item: &Value) -> Markup {
    let words = visit.words;
    let passages = item.list("passages");
    html! {
        @for layer in item.list("layers") {
            div.layer {
                h2 { (words.named(ids::LAYER, "layer", layer_name(layer)))
                    @if let Some(whose) = layer.some("whose") { " · " (said(whose)) } }
                @for at in layer.list("passages").iter().filter_map(Value::as_u64) {
                    @if let Some(passage) = usize::try_from(at).ok().and_then(|at| passages.get(at)) {
                        (one_passage(visit, passage, None))
                    }
                }
            }
        }
    }
}

fn layer_name(layer: &Value) -> &str {
    if layer.text("part") == "read-back" { "read-back" } else { layer.text("kind") }
}

/// A passage: what may be done with it by word, place and colour; then its texts.
pub fn one_passage(visit: &Visit, passage: &Value, remark: Option<Markup>) -> Markup {
    let words = visit.words;
    let disclosure = passage.text("disclosure");
    let class = match disclosure {
        "verbatim" => "passage verbatim",
        "in-substance" => "passage in-substance",
        "hold" => "passage hold",
        _ => "passage",
    };
    html! {
        div class=(class) {
            div.passage-head {
                @if let Some(number) = passage["number"].as_u64() { strong { (words.v(ids::DP_PASSAGE_N, [("n", number.into())])) } }
                @if !disclosure.is_empty() { span { (layout::shape(if disclosure == "hold" { "hold" } else { "open" })) (words.named(ids::DISCLOSURE, "d", disclosure)) } }
                @if let Some(name) = passage.some("state") { (passage_state(words, name)) }
            }
            @if passage["message"].is_object() { (message(visit, &passage["message"])) }
            @else if passage["text"].get(WIRE).is_some() { p.quiet { (words.named(ids::LAYER, "layer", "message")) } }
            @else { (texts(visit, &passage["text"])) }
            @if let Some(remark) = remark { p.hint { (remark) } }
        }
    }
}

fn passage_state(words: &Tongue, name: &str) -> Markup {
    let kind = match slug(name).as_str() {
        "guarded-matched" => "good",
        "altered" => "alarm",
        "not-conveyed-verbatim" => "attention",
        _ => "wait",
    };
    state(kind, &words.named(ids::PASSAGE_STATE, "state", name))
}

/// A message by a template: its fields, in the reader's language.
pub fn message(visit: &Visit, message: &Value) -> Markup {
    let words = visit.words;
    if visit.entered.share {
        return layout::hidden(words);
    }
    let late = |id: Id, key: &str| {
        let ms = message[key].as_u64()?;
        Some(state("attention", &words.v(id, [("span", when::span(words, ms).into())])))
    };
    html! {
        @if let Some(why) = message.some("unknown") {
            p { (state("attention", &words.named(ids::LAYER, "layer", "message"))) }
            p.station-words lang="en" dir="ltr" { (said(why)) " " (said(message.text("under"))) }
            dl.facts { @for field in message.list("fields") { dt { (said(field.text("key"))) } dd { (said(field.text("value"))) } } }
        }
        @if let Some(title) = message.some("title") {
            p.prose { strong { (said(title)) } @if let Some(n) = message["number"].as_u64() { " " span.quiet { (words.t(ids::NT_NUMBER)) " " (words.number(n)) } } }
        }
        @if let Some(text) = message.some("said") { p { (said(text)) } }
        @if message.get("unknown").is_none() {
            dl.facts { @for field in message.list("fields") { dt { (said(field.text("label"))) } dd { (said(field.text("value"))) } } }
        }
        @if message["releases"].is_object() { div.passage { (self::message(visit, &message["releases"])) } }
        @if message.get("reviewed").is_some() && !message.is("reviewed") && words.lang.code() != "en" { p.hint { (words.t(ids::UNREVIEWED_TRANSLATION)) } }
        @if let Some(late) = late(ids::LATE_BY, "late_ms") { p { (late) } }
        @if let Some(early) = late(ids::EARLY_BY, "early_ms") { p { (early) } }
        @if !message.list("beyond").is_empty() { p { (state("attention", &words.t(ids::BEYOND))) } }
    }
}

fn path(words: &Tongue, item: &Value, receipts: &Value) -> Markup {
    let beats = &item["beats"];
    let step = |name: &'static str, key: &str| {
        html! {
            li { div.row {
                (state(if beats[key].is_object() { "good" } else { "open" }, &words.named(ids::STEP, "step", name)))
                (when::stamp(words, &beats[key]))
            } }
        }
    };
    html! {
        @if beats["sent"].is_null() && item.is("mine") { p.hint { (words.t(ids::DP_NOT_SEALED)) } }
        ul.rows {
            (step("sent", "sent")) (step("acknowledged", "acknowledged")) (step("read", "read"))
            (step("conveyed", "conveyed")) (step("read-back", "read_back"))
        }
        @if !receipts.list("by").is_empty() {
            h3 { (words.t(ids::DP_RECEIPTS)) }
            div.scroll tabindex="0" role="group" aria-label=(words.t(ids::DP_RECEIPTS)) { table {
                thead { tr { th scope="col" { (words.t(ids::DP_WHO)) } th scope="col" { (words.t(ids::DP_WHAT)) } th scope="col" { (words.t(ids::DP_AT)) } } }
                tbody { @for one in receipts.list("by") {
                    tr { td { (said(one.text("who"))) }
                        td { (words.named(ids::STEP, "step", one.text("what"))) @if one.is("told") { " " span.quiet { "(" (words.t(ids::DP_TOLD)) ")" } } }
                        td { (when::stamp(words, one)) } }
                } }
            } }
        }
    }
}

fn what_to_do(visit: &Visit, kept: &Kept, status: &Value, item: &Value) -> Markup {
    let words = visit.words;
    let id = item.text("id");
    let observes = status.text("role") == "observer";
    let for_me = !item.is("mine") && !observes;
    let conveys = status.text("role") == "intermediary" && item.text("kind") == "dispatch";
    html! {
        @if for_me && !visit.entered.share {
            div.buttons.noprint {
                a href=(format!("/write?answers={id}")) { (words.t(ids::DP_REPLY)) }
                @if conveys && item.text("to") != status.text("party") { a href=(format!("/convey/{id}")) { (words.t(ids::DP_CONVEY)) } }
                @if item.text("form") == "notification" { a href=(format!("/notify?answers={id}")) { (words.t(ids::PAGE_NOTIFY)) } }
            }
        }
        @if for_me && item.text("kind") == "conveyance" && !visit.entered.share {
            @let form = Form { id: "reading-back", action: "/do/read-back", about: id, check: None };
            @let lang = kept.lang(&form, "text.").unwrap_or(words.lang);
            details id="read-back" {
                summary { (words.t(ids::DP_READ_BACK)) }
                p { (words.t(ids::DP_READ_BACK_WHY)) }
                (kept.act(visit, &form, html! {
                    input type="hidden" name="id" value=(id);
                    (area("rb", &format!("text.{}", lang.code()), &words.t(ids::DP_UNDERSTOOD), "", None))
                    div.buttons { (button(words, ids::DP_READ_BACK_DO)) }
                }))
            }
        }
        @if for_me && item["retention"].as_str() == Some("read-and-return") && item.some("dropped").is_none() {
            details id="return" {
                summary { (words.t(ids::DP_RETURN)) }
                p { (words.t(ids::DP_RETURN_WHY)) }
                (act(visit, "/do/return", html! {
                    input type="hidden" name="id" value=(id);
                    div.buttons { (button(words, ids::DP_RETURN_DO)) }
                }))
            }
        }
    }
}

fn carriage(words: &Tongue, item: &Value) -> Markup {
    section(
        "carriage",
        &words.t(ids::DP_CARRIAGE),
        true,
        html! {
            @if item.list("carriage").is_empty() { p.quiet { (words.t(ids::NOT_YET)) } }
                @for one in item.list("carriage") {
                h3 { (words.v(ids::CV_TO, [("party", theirs(one.text("to")))])) }
                ul.rows {
                    @for (name, key) in [("conveyed", "conveyed"), ("acknowledged", "received"), ("read", "read"), ("read-back", "read_back")] {
                        li { div.row {
                            (state(if one[key].is_object() { "good" } else { "open" }, &words.named(ids::STEP, "step", name)))
                            (when::stamp(words, &one[key]))
                        } }
                    }
                }
            }
        },
    )
}
