//! What needs somebody, at a glance.

use super::layout::{self, Nav, content, said, section, shape, state};
use super::{Made, ask, open, serve};
use crate::clock;
use crate::door::Visit;
use crate::limits::RECENT;
use crate::look::Look;
use crate::tongue::{Id, Tongue, ids, when};
use axum::response::Response;
use backchannel_station::api::Request;
use maud::{Markup, html};
use serde_json::Value;

/// Everything the page is made from.
struct Seen {
    status: Value,
    line: Value,
    understandings: Vec<Value>,
    incidents: Value,
    inbox: Value,
    drafts: Value,
    delegation: Value,
    journal: Value,
}

/// The overview.
pub async fn show(visit: Visit) -> Response {
    let made = make(&visit).await;
    serve(&visit, made)
}

async fn make(visit: &Visit) -> Made {
    let seen = look(visit).await?;
    let words = visit.words;
    let body = html! {
        div.columns {
            div {
                (section("needs", &words.t(ids::OV_NEEDS_ME), true, needs(visit, &seen)))
                (section("clocks", &words.t(ids::OV_CLOCKS), true, clocks(visit, &seen)))
            }
            div {
                (section("force", &words.t(ids::OV_IN_FORCE), true, in_force(visit, &seen)))
                (section("line", &words.t(ids::OV_LINE), true, line(words, &seen)))
                (section("recent", &words.t(ids::OV_RECENT), true, recent(words, &seen)))
            }
        }
    };
    Ok(layout::page(visit, &seen.status, Some(Nav::Overview), &words.t(ids::PAGE_OVERVIEW), body))
}

async fn look(visit: &Visit) -> Result<Seen, backchannel_station::api::Failure> {
    let status = open(visit).await?;
    let list = ask(visit, Request::UnderstandingList {}).await?;
    let mut understandings = Vec::new();
    for one in list.list("understandings") {
        let id = one.text("id").to_owned();
        let mut one = ask(visit, Request::UnderstandingStatus { id: id.clone(), at: None }).await?;
        if matches!(one.text("state"), "frozen" | "approving") {
            one["approvals"] = ask(visit, Request::UnderstandingShow { id }).await?["approvals"].clone();
        }
        understandings.push(one);
    }
    // Who is alone at the intermediary has no delegation; then there is nothing to decide.
    let delegation = ask(visit, Request::DelegationList {}).await.unwrap_or(Value::Null);
    let journal = ask(visit, Request::Watch { since: 0, timeout_ms: 0 }).await?;
    Ok(Seen {
        line: ask(visit, Request::LineStatus {}).await?,
        incidents: ask(visit, Request::IncidentList { id: None }).await?,
        inbox: ask(visit, Request::Inbox { unread: false }).await?,
        drafts: ask(visit, Request::DraftList {}).await?,
        understandings,
        delegation,
        journal,
        status,
    })
}

/// One thing that needs somebody: how pressing it is, where it is done, what it is.
struct Need {
    kind: &'static str,
    to: String,
    what: String,
    about: Option<Markup>,
}

fn needs(visit: &Visit, seen: &Seen) -> Markup {
    let words = visit.words;
    let mut all = pressing(visit, seen);
    all.extend(of_dispatches(words, seen));
    all.extend(of_texts(words, seen));
    all.extend(of_people(words, seen));
    html! {
        @if all.is_empty() { p { (state("good", &words.t(ids::OV_NEEDS_NOTHING))) } }
        ul.rows.needs {
            @for need in &all {
                li { div.row { span { (shape(need.kind)) a href=(need.to) data-row="" { (need.what) } }
                    @if let Some(about) = &need.about { span { (about) } } } }
            }
        }
    }
}

fn need(kind: &'static str, to: impl Into<String>, words: &Tongue, what: Id) -> Need {
    Need { kind, to: to.into(), what: words.t(what), about: None }
}

fn pressing(visit: &Visit, seen: &Seen) -> Vec<Need> {
    let words = visit.words;
    let mut all = Vec::new();
    if !seen.status.list("alarms_open").is_empty() || seen.status.count("alarms_open") > 0 {
        all.push(need("alarm", "/line#alarms", words, ids::NEED_ALARM));
    }
    let me = seen.status.text("party");
    let mine = |one: &&Value| one.text("of") == me && one["clarified"].is_null() && one["outcome"].is_null();
    for one in seen.incidents.list("incidents").iter().filter(mine) {
        let mut need = need("alarm", format!("/incidents/{}", one.text("id")), words, ids::NEED_CLARIFY);
        need.about = Some(when::moment_of(words, &one["answer_due"]));
        all.push(need);
    }
    for one in seen.line.list("queries").iter().filter(|one| one["clock"].text("answers") == me) {
        if one["clock"].text("state") != "answered" {
            let mut need =
                need("attention", format!("/dispatches/{}", one.text("id")), words, ids::NEED_ANSWER);
            need.about = Some(content(visit, one.text("title")));
            all.push(need);
        }
    }
    let waiting = |line: &Value| {
        let checks = line.list("checks");
        checks.last().is_some_and(|check| {
            check.text("by") != me && check["answered"].is_null() && !check["received"].is_null()
        })
    };
    if seen.line.list("lines").iter().any(waiting) {
        all.push(need("attention", "/line", words, ids::NEED_LINE_ANSWER));
    }
    all
}

fn of_dispatches(words: &Tongue, seen: &Seen) -> Vec<Need> {
    let mut all = Vec::new();
    let items = seen.inbox.list("items");
    let counted = |kind, to: &str, id, n: usize| Need {
        kind,
        to: to.to_owned(),
        what: words.v(id, [("n", n.into())]),
        about: None,
    };
    let unread = items.iter().filter(|item| item.is("unread")).count();
    if unread > 0 {
        all.push(counted("attention", "/dispatches?show=unread", ids::NEED_UNREAD, unread));
    }
    let carry = items.iter().filter(|item| item.some("to_carry").is_some()).count();
    if carry > 0 {
        all.push(counted("attention", "/convey", ids::NEED_CONVEY, carry));
    }
    if !seen.line["watch"].list("waiting").is_empty() {
        all.push(need("attention", "/line#watch", words, ids::NEED_RELEASE));
    }
    if seen.line["watch"]["offered"].is_object() {
        all.push(need("attention", "/line#watch", words, ids::NEED_DUTY));
    }
    let drafts = seen.drafts.list("drafts").len();
    if drafts > 0 {
        all.push(counted("open", "/dispatches#drafts", ids::NEED_DRAFT, drafts));
    }
    all
}

fn of_texts(words: &Tongue, seen: &Seen) -> Vec<Need> {
    let mut all = Vec::new();
    let (me, decides) = (seen.status.text("party"), decides(&seen.status));
    for one in seen.understandings.iter().filter(|_| decides) {
        let at = |tab: &str| format!("/understandings/{}?tab={tab}", one.text("id"));
        match one.text("state") {
            "frozen" | "approving" => {
                let label = seen.status.text("label");
                let done = one.list("approvals").iter().any(|side| side.names("by").contains(&label));
                if one.names("parties").contains(&me) && !done {
                    all.push(need("attention", at("approval"), words, ids::NEED_APPROVE));
                }
                let own = one.list("approvals").iter().find(|side| side.text("party") == me);
                let complete = own.is_some_and(|side| side.list("by").len() as u64 >= side.count("quorum"));
                let under_way = one.list("tries").iter().any(|one| one.text("fate") == "open");
                if seen.status.text("role") == "head" && complete && !under_way {
                    all.push(need("attention", at("approval"), words, ids::NEED_TRY));
                }
            }
            _ if one.is("in_effect") && one["next_end"].is_string() => {
                let reaffirmed = one.names("reaffirmed").contains(&me);
                let near = one.text("next_end");
                if !reaffirmed && is_near(near) {
                    let mut need = need("attention", at("life"), words, ids::NEED_RENEW);
                    need.about = Some(when::moment(words, near));
                    all.push(need);
                }
            }
            _ => {}
        }
    }
    all
}

/// Whether an end is within a week: renewal needs people who may be away for days.
fn is_near(utc: &str) -> bool {
    const WEEK_MS: u64 = 7 * 86_400_000;
    let at = backchannel_accord::time::parse_rfc3339(utc);
    at.is_some_and(|at| at.0 > clock::now().0 && at.0 - clock::now().0 < WEEK_MS)
}

/// Whether the person at this station may approve for a party.
pub fn decides(status: &Value) -> bool {
    matches!(status.text("role"), "head" | "principal")
}

fn of_people(words: &Tongue, seen: &Seen) -> Vec<Need> {
    let mut all = Vec::new();
    if seen.delegation["proposed"].is_object() && decides(&seen.status) {
        all.push(need("attention", "/people", words, ids::NEED_ROSTER));
    }
    let unsure = |state: &Value| matches!(state.text("state"), "only the intermediary vouches" | "mismatch");
    let pairs = seen.status["verified"].as_object();
    if seen.status.text("role") == "head" && pairs.is_some_and(|pairs| pairs.values().any(unsure)) {
        all.push(need("attention", "/people#verify", words, ids::NEED_VERIFY));
    }
    all
}

fn clocks(visit: &Visit, seen: &Seen) -> Markup {
    let words = visit.words;
    let now = clock::now();
    let mut all: Vec<(String, Id, Markup, String)> = Vec::new();
    for one in seen.line.list("queries").iter().filter(|one| one["clock"].text("state") != "answered") {
        let about = html! { (said(one["clock"].text("answers"))) " · " (content(visit, one.text("title"))) };
        let to = format!("/dispatches/{}", one.text("id"));
        all.push((one["clock"].text("due").to_owned(), ids::CLOCK_ANSWER, about, to));
    }
    for one in seen.incidents.list("incidents").iter().filter(|one| one["outcome"].is_null()) {
        let to = format!("/incidents/{}", one.text("id"));
        if one["clarified"].is_null() {
            all.push((
                one.text("answer_due").to_owned(),
                ids::CLOCK_REPLY,
                html! { (said(one.text("of"))) },
                to.clone(),
            ));
        }
        all.push((one.text("brake_until").to_owned(), ids::CLOCK_BRAKE, html! {}, to));
    }
    for one in seen.understandings.iter().filter(|one| one.is("in_effect")) {
        let to = format!("/understandings/{}?tab=life", one.text("id"));
        for notice in one.list("notices") {
            all.push((
                notice.text("effective").to_owned(),
                ids::CLOCK_NOTICE,
                html! { (said(notice.text("party"))) },
                to.clone(),
            ));
        }
        if let Some(end) = one.some("next_end") {
            all.push((end.to_owned(), ids::CLOCK_END, html! { code { (short(one.text("id"))) } }, to));
        }
    }
    all.retain(|(due, ..)| !due.is_empty());
    all.sort_by(|a, b| a.0.cmp(&b.0));
    html! {
        @if all.is_empty() { p.quiet { (words.t(ids::OV_NO_CLOCKS)) } }
        ul.rows {
            @for (due, what, about, to) in &all {
                li { div.row {
                    span { a href=(to) data-row="" { (words.t(*what)) } " " (about) }
                    span { strong { (when::distance(words, due, now)) } " " (when::moment(words, due)) }
                } }
            }
        }
    }
}

/// The first digits of an id.
pub fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

fn in_force(visit: &Visit, seen: &Seen) -> Markup {
    let words = visit.words;
    let living = seen.understandings.iter().filter(|one| {
        !matches!(one.text("state"), "abandoned" | "void" | "superseded" | "withdrawn" | "lapsed")
    });
    let living: Vec<&Value> = living.collect();
    html! {
        @if living.is_empty() { p.quiet { (words.t(ids::OV_NOTHING_IN_FORCE)) } }
        ul.rows {
            @for one in living {
                li {
                    div.row {
                        span { (of_state(words, one.text("state"))) " " a href=(format!("/understandings/{}", one.text("id"))) data-row="" {
                            (words.named(ids::UN_FORM, "form", one.text("form"))) } " " code { (short(one.text("id"))) } }
                        @if one.is("in_effect") {
                            span { @match one.some("until") {
                                Some(until) => { (words.t(ids::OV_UNTIL)) " " (when::moment(words, until)) }
                                None => { (words.t(ids::OV_NO_END)) }
                            } }
                        }
                    }
                    @if let Some(held) = one.some("held") {
                        p { (shape("hold")) (words.t(ids::UN_HELD)) " " (when::moment(words, held)) }
                    }
                }
            }
        }
    }
}

/// The state of an understanding, by word and shape.
pub fn of_state(words: &Tongue, name: &str) -> Markup {
    let kind = match name {
        "in effect" | "renewed" => "good",
        "in question" | "suspended" => "alarm",
        "frozen" | "approving" | "deposited" => "wait",
        "lapsed" | "withdrawn" | "superseded" | "abandoned" | "void" => "ended",
        _ => "open",
    };
    state(kind, &words.named(ids::UN_STATE, "state", name))
}

fn line(words: &Tongue, seen: &Seen) -> Markup {
    let relay = &seen.line["relay"];
    let seconds = relay.count("beat_ms").div_ceil(1_000).max(1);
    html! {
        dl.facts {
            dt { (words.t(ids::OV_LAST_BEAT)) }
            dd { (when::moment_of(words, &relay["last_beat_utc"])) br; span.quiet { (words.v(ids::OV_EVERY, [("n", seconds.into())])) } }
            @for side in seen.line.list("sides") {
                dt { (layout::side(words, side.text("party"))) }
                dd { (side_state(words, side)) @if side["heard_utc"].is_string() { " " span.quiet { (words.t(ids::OV_HEARD)) " " (when::moment_of(words, &side["heard_utc"])) } } }
            }
        }
    }
}

/// How a side was last heard.
pub fn side_state(words: &Tongue, side: &Value) -> Markup {
    let (kind, name) = match () {
        () if side["heard_k"].is_null() => ("open", "never"),
        () if side.is("silent") => ("alarm", "silent"),
        () if side.is("locked") => ("wait", "locked"),
        () => ("good", "here"),
    };
    state(kind, &words.named(ids::OV_SIDE_STATE, "state", name))
}

fn recent(words: &Tongue, seen: &Seen) -> Markup {
    let entries = seen.journal.list("entries").iter().rev();
    let entries = entries.filter(|entry| entry.text("kind") != "acknowledged").take(RECENT);
    html! {
        ul.rows {
            @for entry in entries {
                li { div.row {
                    span { (words.named(ids::JOURNAL, "kind", entry.text("kind"))) }
                    (when::moment_of(words, &entry["utc"]))
                } }
            }
        }
    }
}
