//! Incidents: what is alleged, what was explained, the brake, the finding.

use super::layout::{
    self, Nav, act, button, choice, line, named_by_others, said, section, shape, state, tick,
};
use super::overview::{decides, short};
use super::write::now_field;
use super::{Made, ask, open, serve};
use crate::clock;
use crate::door::Visit;
use crate::look::Look;
use crate::tongue::{Tongue, ids, theirs, when};
use axum::extract::Path;
use axum::response::Response;
use backchannel_station::api::{ErrorKind, Failure, Request};
use maud::{Markup, html};
use serde_json::Value;

/// All incidents, and opening one.
pub async fn list(visit: Visit) -> Response {
    let made = make_list(&visit).await;
    serve(&visit, made)
}

async fn make_list(visit: &Visit) -> Made {
    let status = open(visit).await?;
    let incidents = ask(visit, Request::IncidentList { id: None }).await?;
    let texts = ask(visit, Request::UnderstandingList {}).await?;
    let words = visit.words;
    let in_force: Vec<&Value> =
        texts.list("understandings").iter().filter(|one| one.is("in_effect")).collect();
    let body = html! {
        div id="incidents" data-live="" {
            @if incidents.list("incidents").is_empty() { p.quiet { (words.t(ids::IN_NONE)) } }
            ul.rows { @for one in incidents.list("incidents").iter().rev() { (row(words, one)) } }
        }
        @if decides(&status) && !in_force.is_empty() && !visit.entered.share {
            (section("open", &words.t(ids::IN_OPEN), false, opening(visit, &status, &in_force).await))
        }
    };
    Ok(layout::page(visit, &status, Some(Nav::Incidents), &words.t(ids::PAGE_INCIDENTS), body))
}

fn row(words: &Tongue, one: &Value) -> Markup {
    html! {
        li {
            div.row {
                span { (of_state(words, one)) " "
                    a href=(format!("/incidents/{}", one.text("id"))) data-row="" { (words.v(ids::IN_OF, [("of", theirs(one.text("of")))])) } }
                (when::moment_of(words, &one["opened"]))
            }
            @if one["outcome"].is_null() {
                div.row.quiet { span { (shape("hold")) (words.t(ids::IN_BRAKE)) } (when::moment_of(words, &one["brake_until"])) }
            }
        }
    }
}

fn of_state(words: &Tongue, one: &Value) -> Markup {
    let (kind, name) = match () {
        () if one.some("outcome").is_some() => ("ended", "closed"),
        () if one["joint"].is_object() => ("wait", "found"),
        () if !one.names("contested").is_empty() => ("alarm", "contested"),
        () if one["clarified"].is_object() => ("wait", "explained"),
        () => ("alarm", "open"),
    };
    state(kind, &words.named(ids::IN_STATE, "state", name))
}

async fn opening(visit: &Visit, status: &Value, in_force: &[&Value]) -> Markup {
    let words = visit.words;
    let texts: Vec<(String, String)> =
        in_force.iter().map(|one| (one.text("id").to_owned(), short(one.text("id")).to_owned())).collect();
    let asked = visit.query.get("of");
    let chosen = texts
        .iter()
        .map(|(id, _)| id.as_str())
        .find(|id| *id == asked)
        .or(texts.first().map(|(id, _)| id.as_str()))
        .unwrap_or_default();
    let shown = ask(visit, Request::UnderstandingShow { id: chosen.to_owned() }).await.unwrap_or(Value::Null);
    let mut clauses = vec![(String::new(), "—".to_owned())];
    clauses.extend(shown.list("clauses").iter().enumerate().map(|(at, clause)| {
        named_by_others(clause.text("id"), &format!("{} {}", words.number(at as u64 + 1), clause.text("id")))
    }));
    let me = status.text("party");
    let mut whose: Vec<(String, String)> = shown
        .names("parties")
        .iter()
        .filter(|party| **party != me)
        .map(|party| named_by_others(party, party))
        .collect();
    whose.push(("self".to_owned(), words.t(ids::IN_OWN)));
    act(
        visit,
        "/do/incident-open",
        html! {
            p { (words.t(ids::IN_OPEN_WHY)) }
            (choice("in-text", "id", &words.t(ids::PAGE_UNDERSTANDINGS), &texts, chosen))
            (choice("in-of", "of", &words.t(ids::IN_OF_WHOM), &whose, ""))
            (line("in-at", "at", &words.t(ids::IN_WHEN), &now_field(), None))
            (choice("in-clause", "clause", &words.t(ids::IN_WHICH_CLAUSE), &clauses, ""))
            (tick("in-later", "not_urgent", &words.t(ids::IN_NOT_URGENT), false))
            div.buttons { (button(words, ids::IN_DO_OPEN)) }
        },
    )
}

/// One incident.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Response {
    let made = make(&visit, id).await;
    serve(&visit, made)
}

async fn make(visit: &Visit, id: String) -> Made {
    let status = open(visit).await?;
    let all = ask(visit, Request::IncidentList { id: None }).await?;
    let line = ask(visit, Request::LineStatus {}).await?;
    let words = visit.words;
    let found = all.list("incidents").iter().find(|one| id.len() >= 4 && one.text("id").starts_with(&id));
    let one = found.ok_or_else(|| {
        Failure::new(ErrorKind::NotFound, "There is no incident of that id.", "See the list.")
    })?;
    let body = html! {
        div id="incident" data-live="" { (told(words, one)) }
        @if decides(&status) && one.some("outcome").is_none() && !visit.entered.share { (deeds(visit, &status, one)) }
        @if one.some("outcome").is_none() { (section("queries", &words.t(ids::IN_QUERIES), true, queries(visit, &status, &line))) }
    };
    let title = words.v(ids::IN_OF, [("of", theirs(one.text("of")))]);
    Ok(layout::page(visit, &status, Some(Nav::Incidents), &title, body))
}

fn told(words: &Tongue, one: &Value) -> Markup {
    let now = clock::now();
    let by = if one.is("self_reported") { ids::IN_SELF } else { ids::IN_BY };
    html! {
        p { (of_state(words, one)) " · " code { (short(one.text("id"))) } }
        p { (words.v(by, [("by", theirs(one.text("by")))]))
            @if let Some(clause) = one.some("clause") { ", " (words.v(ids::IN_CLAUSE, [("clause", theirs(clause))])) }
            " · " a href=(format!("/understandings/{}", one.text("understanding"))) { code { (short(one.text("understanding"))) } } }
        @if one.some("outcome").is_none() {
            div.notice { p { (shape("hold")) strong { (words.t(ids::IN_BRAKE)) } " " (when::moment_of(words, &one["brake_until"])) " · " (when::distance(words, one.text("brake_until"), now)) }
                p.quiet { (words.t(ids::IN_BRAKE_WHAT)) } }
        }
        ol.rows {
            (step(words, ids::IN_OCCURRED, &one["occurred"], html! {}))
            (step(words, ids::IN_OPENED, &one["opened"], html! { (said(one.text("by"))) }))
            @if one["clarified"].is_object() {
                (step(words, ids::IN_CLARIFIED, &one["clarified"]["at"], html! {
                    strong { (words.named(ids::IN_ANSWER, "a", one["clarified"].text("answer"))) }
                    @if one["clarified"].is("remedy") { " " (words.t(ids::IN_REMEDY)) }
                }))
            } @else { (step(words, ids::IN_ANSWER_DUE, &one["answer_due"], html! { (when::distance(words, one.text("answer_due"), now)) })) }
            @if !one.names("contested").is_empty() {
                li { div.row { span { (words.t(ids::IN_CONTESTED_BY)) } span { @for (at, party) in one.names("contested").iter().enumerate() { @if at > 0 { " · " } (said(party)) } } } }
            }
            @if let Some(outcome) = one.some("outcome") {
                (step(words, ids::IN_CLOSE_AS, &one["closed"], html! { strong { (words.named(ids::IN_OUTCOME, "o", outcome)) } }))
            }
        }
        (findings(words, one))
        @for left in one.list("unfinished") { p.quiet { (words.v(ids::UN_UNFINISHED, [("party", theirs(left.text("party")))])) } }
        @if one.some("outcome").is_none() { p.hint { (words.t(ids::IN_CLOSE_WAITS)) } }
    }
}

/// The queries this side has to answer, with the form by which each is answered; and asking one.
fn queries(visit: &Visit, status: &Value, line: &Value) -> Markup {
    let words = visit.words;
    let me = status.text("party");
    let waits = |one: &&Value| one["clock"].text("answers") == me && one["clock"].text("state") != "answered";
    let all: Vec<&Value> = line.list("queries").iter().filter(waits).collect();
    let writes = status.text("role") != "observer" && !visit.entered.share;
    html! {
        @if all.is_empty() { p.quiet { (words.t(ids::IN_QUERY_NONE)) } }
        ul.rows { @for one in all {
            @let id = one.text("id");
            li {
                div.row {
                    span { a href=(format!("/dispatches/{id}")) data-row="" { (words.t(ids::NEED_ANSWER)) } " " (layout::content(visit, one.text("title"))) }
                    span { strong { (when::distance(words, one["clock"].text("due"), clock::now())) } " " (when::moment_of(words, &one["clock"]["due"])) }
                }
                @if writes { div.buttons {
                    a href=(format!("/notify/template/clarification?answers={id}")) { (words.t(ids::IN_QUERY_ANSWER)) }
                    a href=(format!("/write?answers={id}")) { (words.t(ids::IN_QUERY_WRITE)) }
                } }
            }
        } }
        @if writes { p { (words.t(ids::IN_ASK_WHY)) " " a href="/notify" { (words.t(ids::IN_ASK)) } } }
    }
}

fn step(words: &Tongue, id: crate::tongue::Id, at: &Value, what: Markup) -> Markup {
    html! { li { div.row { span { (words.t(id)) " " (what) } (when::moment_of(words, at)) } } }
}

fn findings(words: &Tongue, one: &Value) -> Markup {
    let finding = |found: &Value| {
        html! {
            (words.named(ids::IN_ESTABLISHED, "e", found.text("established"))) ", " (words.named(ids::IN_INTENT, "i", found.text("intent")))
        }
    };
    let views = |key: &str| one[key].as_object().cloned().unwrap_or_default();
    html! {
        h2 { (words.t(ids::IN_FINDINGS)) }
        @if one["joint"].is_null() && views("found").is_empty() && views("views").is_empty() { p.quiet { (words.t(ids::NONE)) } }
        @if one["joint"].is_object() { p { (state("good", &words.t(ids::IN_JOINT))) ": " (finding(&one["joint"])) } }
        dl.facts {
            @for (party, view) in views("found") { dt { (said(&party)) } dd { (finding(&view)) } }
            @for (party, view) in views("views") { dt { (words.v(ids::IN_VIEW_OF, [("party", theirs(&party))])) } dd { (finding(&view)) } }
        }
    }
}

fn deeds(visit: &Visit, status: &Value, one: &Value) -> Markup {
    let words = visit.words;
    let id = one.text("id");
    let own = one.text("of") == status.text("party");
    let options = |id: crate::tongue::Id, variable: &'static str, names: &[&str]| -> Vec<(String, String)> {
        names.iter().map(|name| ((*name).to_owned(), words.named(id, variable, name))).collect()
    };
    let hidden = || html! { input type="hidden" name="id" value=(id); };
    html! {
        section id="deeds" data-live="" {
            @if own {
                details id="explain" open[one["clarified"].is_null()] { summary { (words.t(ids::IN_EXPLAIN)) }
                    (act(visit, "/do/incident-clarify", html! { (hidden())
                        (choice("as", "answer", &words.t(ids::IN_CLARIFIED), &options(ids::IN_ANSWER, "a", &["accident", "individuals", "permitted", "denied", "admitted"]), ""))
                        (tick("remedy", "remedy", &words.t(ids::IN_REMEDY), false))
                        div.buttons { (button(words, ids::IN_EXPLAIN_DO)) } })) }
            }
            details id="contest" { summary { (words.t(ids::IN_CONTEST)) }
                (act(visit, "/do/incident-contest", html! { (hidden()) div.buttons { (button(words, ids::IN_CONTEST)) } })) }
            details id="find" { summary { (words.t(ids::IN_FIND)) }
                (act(visit, "/do/incident-find", html! { (hidden())
                    div.fields {
                        (choice("established", "established", &words.t(ids::IN_FIND_ESTABLISHED), &options(ids::IN_ESTABLISHED, "e", &["substantiated", "not-substantiated", "undetermined"]), "undetermined"))
                        (choice("intent", "intent", &words.t(ids::IN_FIND_INTENT), &options(ids::IN_INTENT, "i", &["intentional", "accidental", "undetermined"]), "undetermined"))
                    }
                    (tick("own", "own", &words.t(ids::IN_FIND_OWN), false))
                    div.buttons { (button(words, ids::IN_FIND_DO)) } })) }
            details id="close" { summary { (words.t(ids::IN_CLOSE)) }
                (act(visit, "/do/incident-close", html! { (hidden())
                    (choice("outcome", "outcome", &words.t(ids::IN_CLOSE_AS), &options(ids::IN_OUTCOME, "o", &["reaffirmed", "remedied", "suspended", "dropped"]), ""))
                    (line("until", "until", &words.t(ids::IN_CLOSE_UNTIL), "", Some(words.t(ids::OPTIONAL))))
                    div.buttons { (button(words, ids::IN_CLOSE_DO)) } })) }
        }
    }
}
