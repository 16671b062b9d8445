//! Public words, and what is done when the channel is exposed.

use super::dispatch::message;
use super::kept::{Form, Kept};
use super::layout::{self, Nav, act, area, button, choice, content, line, said, section, state};
use super::write::others_named;
use super::{Made, ask, open, serve};
use crate::door::Visit;
use crate::look::Look;
use crate::tongue::{ids, when};
use axum::response::Response;
use backchannel_station::api::Request;
use maud::{Markup, html};
use serde_json::Value;

/// The register of public statements; exposures.
pub async fn show(visit: Visit) -> Response {
    let made = make(&visit).await;
    serve(&visit, made)
}

async fn make(visit: &Visit) -> Made {
    let status = open(visit).await?;
    let statements = ask(visit, Request::StatementList {}).await?;
    let exposures = ask(visit, Request::ExposureList {}).await?;
    let kept = Kept::of(visit).await?;
    let words = visit.words;
    let body = html! {
        (section("statements", &words.t(ids::PU_STATEMENTS), true, html! {
            @if statements.list("statements").is_empty() { p.quiet { (words.t(ids::PU_NO_STATEMENTS)) } }
            @for one in statements.list("statements").iter().rev() { (statement(visit, one)) }
        }))
        @if status.text("role") != "observer" && !visit.entered.share { (marking(visit, &kept, &status, &statements)) }
        (section("exposures", &words.t(ids::PU_EXPOSURES), true, exposed(visit, &exposures)))
        @if status.text("role") != "observer" && !visit.entered.share { (proposing(visit, &kept, &status)) }
        (section("compare", &words.t(ids::PU_COMPARE), false, html! {
            p { (words.t(ids::PU_COMPARE_WHY)) }
            @if !visit.entered.share { (act(visit, "/do/compare-text", html! { (area("published", "published", &words.t(ids::PU_PUBLISHED), "", None)) div.buttons { (button(words, ids::PU_COMPARE_DO)) } })) }
        }))
    };
    Ok(layout::page(visit, &status, Some(Nav::Public), &words.t(ids::PAGE_PUBLIC), body))
}

fn statement(visit: &Visit, one: &Value) -> Markup {
    let words = visit.words;
    html! {
        div.sheet {
            p { strong { (said(one.text("by"))) } " · " (when::moment_of(words, &one["time"])) " · "
                (words.t(if one.is("noticed") || !one["noticed"].is_null() && one["noticed"] != Value::Bool(false) { ids::PU_NOTICED } else { ids::PU_NOT_NOTICED })) }
            (message(visit, &one["message"]))
            dl.facts { @for (party, mark) in one["marks"].as_object().into_iter().flatten() { dt { (said(party)) } dd { (words.named(ids::PU_VIEW, "v", mark.text("view"))) } } }
            @if one.is("differ") { p { (state("attention", &words.t(ids::PU_DIFFER))) } }
        }
    }
}

fn marking(visit: &Visit, kept: &Kept, status: &Value, statements: &Value) -> Markup {
    let form = Form { id: "marking", action: "/do/message", about: "statement-mark", check: None };
    let words = visit.words;
    let of: Vec<(String, String)> = statements
        .list("statements")
        .iter()
        .map(|one| {
            let id = one.text("id");
            layout::named_by_others(id, &format!("{} {}", one.text("by"), super::overview::short(id)))
        })
        .collect();
    let views: Vec<(String, String)> = ["rhetoric", "not-rhetoric", "undecided"]
        .iter()
        .map(|view| ((*view).to_owned(), words.named(ids::PU_VIEW, "v", view)))
        .collect();
    let to = others_named(status);
    html! {
        p.noprint { a href="/notify/template/statement" { (words.t(ids::PU_ANNOUNCE)) } }
        @if !of.is_empty() {
            details id="mark" { summary { (words.t(ids::PU_MARK)) }
                (kept.act(visit, &form, html! { input type="hidden" name="template" value="statement-mark";
                    (choice("mark-of", "field.statement", &words.t(ids::PU_STATEMENTS), &of, "")) (choice("mark-view", "field.view", &words.t(ids::PU_MARK), &views, "rhetoric"))
                    (line("mark-note", "field.note", &words.t(ids::PU_NOTE), "", Some(words.t(ids::OPTIONAL)))) (choice("mark-to", "to", &words.t(ids::WR_TO), &to, ""))
                    div.buttons { (button(words, ids::PU_MARK)) } })) }
        }
    }
}

fn exposed(visit: &Visit, exposures: &Value) -> Markup {
    let words = visit.words;
    html! {
        @if exposures.list("exposures").is_empty() { p.quiet { (words.t(ids::PU_NO_EXPOSURES)) } }
        @for one in exposures.list("exposures") { div.sheet { p { strong { (said(one.text("by"))) } } (message(visit, &one["message"])) } }
        @for line in exposures.list("lines") { (agreed(visit, line)) }
        @if !exposures.list("corrections").is_empty() { h3 { (words.t(ids::PU_CORRECTIONS)) } }
        @for one in exposures.list("corrections") { div.sheet { p { strong { (said(one.text("by"))) } } (message(visit, &one["message"])) } }
    }
}

fn agreed(visit: &Visit, line: &Value) -> Markup {
    let words = visit.words;
    html! {
        h3 { (words.t(ids::PU_LINES)) }
        p { @if line.is("agreed") { (state("good", &words.t(ids::PU_LINES_AGREED))) } @else { (state("attention", &words.t(ids::PU_LINES_DIFFER))) } }
        @for one in line.list("said") {
            dl.facts {
                dt { (said(one.text("by"))) " · " (words.t(ids::PU_EXISTENCE)) } dd { (content(visit, one.text("existence"))) }
                dt { (said(one.text("by"))) " · " (words.t(ids::PU_CONTENT)) } dd { (content(visit, one.text("content"))) }
            }
        }
    }
}

fn proposing(visit: &Visit, kept: &Kept, status: &Value) -> Markup {
    let form = Form { id: "proposing", action: "/do/message", about: "exposure-lines", check: None };
    let words = visit.words;
    let to = others_named(status);
    html! {
        p.noprint { a href="/notify/template/exposure" { (words.t(ids::PU_REPORT)) } }
        details id="lines" { summary { (words.t(ids::PU_PROPOSE)) }
            (kept.act(visit, &form, html! { input type="hidden" name="template" value="exposure-lines"; (choice("lines-to", "to", &words.t(ids::WR_TO), &to, ""))
                (line("existence", "field.existence", &words.t(ids::PU_EXISTENCE), "", None)) (line("content", "field.content", &words.t(ids::PU_CONTENT), "", None))
                div.buttons { (button(words, ids::PU_PROPOSE)) } })) }
    }
}

/// What of a published text stands on record here.
pub fn compared(visit: &Visit, answer: &Value) -> Markup {
    let words = visit.words;
    html! {
        div.done role="status" {
            @if answer.count("found") == 0 { p { (words.t(ids::PU_FOUND_NOTHING)) } }
            @else { p { (words.v(ids::PU_FOUND, [("found", answer.count("found").into()), ("words", answer.count("words").into())])) } }
            @if !visit.entered.share {
                ul.rows { @for stretch in answer.list("stretches") { li { (said(stretch.text("words"))) " " code { (super::overview::short(stretch.text("id"))) } } } }
            }
        }
    }
}
