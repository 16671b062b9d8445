//! People: rosters, roles, and making sure who stands behind the other side.

use super::layout::{self, Nav, act, button, choice, line, said, section, state};
use super::overview::decides;
use super::{Made, ask, open, serve};
use crate::door::Visit;
use crate::look::Look;
use crate::tongue::{Tongue, ids, when};
use axum::response::Response;
use backchannel_station::api::Request;
use maud::{Markup, html};
use serde_json::Value;
use std::collections::BTreeMap;

/// People.
pub async fn show(visit: Visit) -> Response {
    let made = make(&visit).await;
    serve(&visit, made)
}

async fn make(visit: &Visit) -> Made {
    let status = open(visit).await?;
    // Who has no delegation has nobody to decide with.
    let own = ask(visit, Request::DelegationList {}).await.unwrap_or(Value::Null);
    let words = visit.words;
    let head = status.text("role") == "head";
    let fingerprint = if head { ask(visit, Request::VerifyFingerprint {}).await.ok() } else { None };
    let body = html! {
        div.columns {
            div {
                (section("own", &words.t(ids::PE_OWN), true, delegation(visit, &status, &own)))
                @if head && !visit.entered.share { (changes(visit, &own)) }
            }
            div {
                (section("verify", &words.t(ids::PE_VERIFY), true, verification(words, &status)))
                @if head && !visit.entered.share { (making_sure(visit, fingerprint.as_ref())) }
                (section("others", &words.t(ids::PE_OTHERS), true, others(words, &status)))
            }
        }
    };
    Ok(layout::page(visit, &status, Some(Nav::People), &words.t(ids::PAGE_PEOPLE), body))
}

fn delegation(visit: &Visit, status: &Value, own: &Value) -> Markup {
    let words = visit.words;
    html! {
        ul.rows { @for member in own.list("members") {
            li { div.row {
                span { (said(member.text("label"))) @if member.text("label") == status.text("label") { " " span.quiet { "(" (words.t(ids::PE_MINE)) ")" } } }
                span { (words.named(ids::ROLE, "role", member.text("role"))) }
                (when::moment_of(words, &member["since"]))
            } }
        } }
        @if own.get("quorum").is_some() { p { (words.v(ids::PE_QUORUM, [("n", own.count("quorum").into())])) } }
        @if !own.list("invited").is_empty() {
            h3 { (words.t(ids::PE_INVITED)) }
            ul.rows { @for one in own.list("invited") { li { div.row { span { (said(one.text("label"))) " " span.quiet { (words.named(ids::ROLE, "role", one.text("role"))) } }
                span { (words.t(ids::PE_EXPIRES)) " " (when::moment_of(words, &one["expires"])) } } } } }
        }
        @if own["proposed"].is_object() { (proposed(visit, status, &own["proposed"])) }
    }
}

fn proposed(visit: &Visit, status: &Value, one: &Value) -> Markup {
    let words = visit.words;
    let names = |key: &str| -> Vec<String> {
        one.list(key)
            .iter()
            .map(|who| who.as_str().or(who["label"].as_str()).unwrap_or_default().to_owned())
            .collect()
    };
    let approved = one["approved"].as_u64().unwrap_or(one.list("approved").len() as u64);
    html! {
        div.notice {
            p { (state("attention", &words.t(ids::PE_PROPOSED))) }
            @for who in names("adds") { p { (words.t(ids::PE_ADDS)) ": " (said(&who)) } }
            @for who in names("removes") { p { (words.t(ids::PE_REMOVES)) ": " (said(&who)) } }
            @if let Some(n) = one["quorum"].as_u64() { p { (words.v(ids::PE_NEW_QUORUM, [("n", n.into())])) } }
            p { (words.v(ids::PE_PROPOSED_WHAT, [("approved", approved.into()), ("needs", one.count("needs").into())])) }
            @if decides(status) {
                (act(visit, "/do/roster-approve", html! { input type="hidden" name="number" value=(one.count("number")); div.buttons { (button(words, ids::PE_APPROVE)) } }))
            }
            @if status.text("role") == "head" { (act(visit, "/do/roster-drop", html! { div.buttons { (button(words, ids::PE_DROP)) } })) }
        }
    }
}

fn changes(visit: &Visit, own: &Value) -> Markup {
    let words = visit.words;
    let roles: Vec<(String, String)> = ["envoy", "principal", "observer"]
        .iter()
        .map(|role| ((*role).to_owned(), words.named(ids::ROLE, "role", role)))
        .collect();
    let members: Vec<(String, String)> = own
        .list("members")
        .iter()
        .filter(|member| member.text("role") != "head")
        .chain(own.list("invited"))
        .map(|member| layout::named_by_others(member.text("label"), member.text("label")))
        .collect();
    let quorum = own.count("quorum").to_string();
    html! {
        section id="changes" {
            details id="add" { summary { (words.t(ids::PE_ADD)) } p { (words.t(ids::PE_ADD_WHY)) }
                (act(visit, "/do/delegate-add", html! {
                    (line("add-label", "label", &words.t(ids::PE_LABEL), "", None)) (choice("add-role", "role", &words.t(ids::PE_ROLE), &roles, "envoy"))
                    div.buttons { (button(words, ids::PE_ADD_DO)) } })) }
            @if !members.is_empty() {
                details id="remove" { summary { (words.t(ids::PE_REMOVE)) } p { (words.t(ids::PE_REMOVE_WHY)) }
                    (act(visit, "/do/delegate-remove", html! {
                        (choice("remove-who", "member", &words.t(ids::PE_REMOVE_WHO), &members, "")) (line("remove-why", "reason", &words.t(ids::PE_REMOVE_REASON), "", None))
                        div.buttons { (button(words, ids::PE_REMOVE_DO)) } })) }
            }
            details id="quorum" { summary { (words.t(ids::PE_SET_QUORUM)) }
                (act(visit, "/do/quorum", html! { (line("quorum-n", "quorum", &words.t(ids::PE_SET_QUORUM), &quorum, None)) div.buttons { (button(words, ids::PE_SET_QUORUM)) } })) }
        }
    }
}

fn verification(words: &Tongue, status: &Value) -> Markup {
    let pairs = status["verified"].as_object().cloned().unwrap_or_default();
    html! {
        dl.facts { @for one in pairs.values() {
            dt { (said(one.text("with"))) }
            dd { (state(kind_of(one.text("state")), &words.named(ids::PE_VERIFY_STATE, "state", one.text("state"))))
                @if let Some(by) = one.some("by") { " · " (said(by)) } @if let Some(k) = one["k"].as_u64() { " · " (words.v(ids::BEAT_OF, [("k", k.into())])) } }
        } }
        p.hint { (words.t(ids::PE_VERIFY_LIMIT)) }
    }
}

fn kind_of(state: &str) -> &'static str {
    match state {
        "envoy words" | "compared words" => "good",
        "mismatch" => "alarm",
        _ => "attention",
    }
}

fn making_sure(visit: &Visit, fingerprint: Option<&Value>) -> Markup {
    let words = visit.words;
    html! {
        section id="making-sure" {
            details id="words" { summary { (words.t(ids::PE_WORDS)) } p { (words.t(ids::PE_WORDS_WHY)) }
                (act(visit, "/do/words-new", html! { div.buttons { (button(words, ids::PE_WORDS_NEW)) } }))
                (act(visit, "/do/words-enter", html! { (layout::field("words-given", &words.t(ids::PE_WORDS_ENTER), None, html! {
                        input type="text" id="words-given" name="words" dir="ltr" autocomplete="off" spellcheck="false" required; }))
                    div.buttons { (button(words, ids::PE_WORDS_ENTER_DO)) } })) }
            details id="compare" { summary { (words.t(ids::PE_COMPARE)) } p { (words.t(ids::PE_COMPARE_WHY)) }
                (act(visit, "/do/compare", html! { div.buttons { (button(words, ids::PE_COMPARE_BEGIN)) } }))
                (act(visit, "/do/compare-result", html! { div.buttons {
                    button.plain type="submit" name="same" value="yes" { (words.t(ids::PE_COMPARE_SAME)) }
                    button.plain type="submit" name="same" value="" { (words.t(ids::PE_COMPARE_DIFFERENT)) } } })) }
            @if let Some(digits) = fingerprint.map(|one| one["digits"].clone()) {
                details id="fingerprint" { summary { (words.t(ids::PE_FINGERPRINT)) } p { (words.t(ids::PE_FINGERPRINT_WHY)) } p.secret { (digits_of(&digits)) } }
            }
        }
    }
}

/// Digits as they are read to somebody: one run, or one for each other party.
fn digits_of(digits: &Value) -> Markup {
    html! {
        @match digits {
            Value::Object(all) => { @for (who, digits) in all { (said(who)) " " code { (digits.as_str().unwrap_or_default()) } br; } }
            other => { code { (other.as_str().unwrap_or_default()) } }
        }
    }
}

fn others(words: &Tongue, status: &Value) -> Markup {
    let me = status.text("party");
    let mut seen: BTreeMap<(String, String), (String, bool, bool)> = BTreeMap::new();
    for room in status.list("rooms") {
        for member in room.list("members").iter().filter(|member| member.text("party") != me) {
            let key = (member.text("party").to_owned(), member.text("label").to_owned());
            let entry = seen.entry(key).or_insert((
                member.text("role").to_owned(),
                member.is("vouched"),
                member.is("locked"),
            ));
            entry.1 |= member.is("vouched");
        }
    }
    html! {
        ul.rows { @for ((party, label), (role, vouched, locked)) in &seen {
            li { div.row {
                span { (said(label)) " " span.quiet { (said(party)) @if !role.is_empty() { " · " (words.named(ids::ROLE, "role", role)) } } }
                span { (state(if *vouched { "good" } else { "wait" }, &words.t(if *vouched { ids::PE_VOUCHED } else { ids::PE_NOT_VOUCHED })))
                    @if *locked { " · " (words.named(ids::OV_SIDE_STATE, "state", "locked")) } }
            } }
        } }
    }
}
