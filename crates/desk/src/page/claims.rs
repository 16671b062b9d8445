//! The register of claims: what others say, how it is graded, and how far each of the delegation believes it (docs/spec/claims.md).

use super::kept::{Form, Kept};
use super::layout::{self, Nav, area, button, choice, content, line, prose, section, side, state, tick};
use super::overview::short;
use super::write::text_area;
use super::{Made, ask, open, serve};
use crate::door::Visit;
use crate::look::Look;
use crate::tongue::{Id, Lang, Tongue, ids, language_name, when};
use axum::extract::Path;
use axum::response::Response;
use backchannel_station::api::Request;
use maud::{Markup, PreEscaped, html};
use serde_json::Value;
use std::collections::BTreeSet;

/// Width and height of a drawn credence, in units of its own.
const DRAWN: (u64, u64) = (120, 24);

/// Every claim, and entering one.
pub async fn list(visit: Visit) -> Response {
    let made = make_list(&visit).await;
    serve(&visit, made)
}

async fn make_list(visit: &Visit) -> Made {
    let status = open(visit).await?;
    let register = ask(visit, Request::ClaimList {}).await?;
    let kept = Kept::of(visit).await?;
    let words = visit.words;
    let why = if status.text("role") == "intermediary" { ids::CL_WHY_OWN } else { ids::CL_WHY };
    let body = html! {
        p { (words.t(why)) }
        (section("claims", &words.t(ids::PAGE_CLAIMS), true, html! {
            @if visit.entered.share { (layout::hidden(words)) }
            @else {
                @if register.list("claims").is_empty() { p.quiet { (words.t(ids::CL_NONE)) } }
                @for one in register.list("claims").iter().rev() { (sheet(visit, one, true)) }
            }
        }))
        @if register.is("writes") && !visit.entered.share {
            details id="enter" { summary { (words.t(ids::CL_ENTER)) } (writing(visit, &kept, None)) }
        }
    };
    Ok(layout::page(visit, &status, Some(Nav::Claims), &words.t(ids::PAGE_CLAIMS), body))
}

/// One claim, with everything that was entered of it.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Response {
    let made = make(&visit, id).await;
    serve(&visit, made)
}

async fn make(visit: &Visit, id: String) -> Made {
    let status = open(visit).await?;
    let one = ask(visit, Request::ClaimShow { id }).await?;
    let kept = Kept::of(visit).await?;
    let words = visit.words;
    let may = one.is("writes") && !visit.entered.share && !one["withdrawn"].is_object();
    let body = html! {
        div id="claim" data-live="" {
            @if visit.entered.share { (layout::hidden(words)) } @else { (sheet(visit, &one, false)) }
        }
        @if may { (deeds(visit, &kept, &one)) }
        @if !visit.entered.share { (section("history", &words.t(ids::CL_HISTORY), true, history(visit, &one))) }
    };
    Ok(layout::page(visit, &status, Some(Nav::Claims), &words.t(ids::PAGE_CLAIMS), body))
}

/// One claim: what is said, its grading, and who believes it how far. What people wrote in it is text (CLAIM-10).
fn sheet(visit: &Visit, one: &Value, linked: bool) -> Markup {
    let words = visit.words;
    let who = one.text("who");
    let id = one.text("id");
    html! {
        div.sheet {
            p {
                strong { @if one.is("side") { (side(words, who)) } @else { (content(visit, who)) } }
                " · " strong { (one.text("grading")) } " · "
                @if linked { a href=(format!("/claims/{id}")) data-row="" { code { (short(id)) } } } @else { code { (short(id)) } }
                @if one["withdrawn"].is_object() { " · " (state("ended", &words.t(ids::CL_WITHDRAWN))) }
            }
            (layout::texts(visit, &one["text"]))
            p.quiet {
                (words.t(if one.is("public") { ids::CL_SAID_PUBLIC } else { ids::CL_SAID_PRIVATE }))
                @if one.some("when").is_some() { " · " (when::moment_of(words, &one["when"])) }
            }
            p.quiet { (graded(words, one.text("grading"))) }
            (facts(visit, one))
            // On a page of its own the claim stands under the title itself.
            @if linked { h3 { (words.t(ids::CL_CREDENCES)) } } @else { h2 { (words.t(ids::CL_CREDENCES)) } }
            (credences(visit, one))
        }
    }
}

/// The two halves of a grading, in words.
fn graded(words: &Tongue, grading: &str) -> Markup {
    let (letter, number) = grading.split_at_checked(1).unwrap_or_default();
    html! {
        (words.named(ids::CL_RELIABILITY, "r", letter)) " · " (words.named(ids::CL_CREDIBILITY, "c", &format!("c{number}")))
    }
}

fn facts(visit: &Visit, one: &Value) -> Markup {
    let words = visit.words;
    html! {
        dl.facts {
            dt { (words.t(ids::CL_BY)) } dd { (content(visit, one.text("by"))) " · " (when::stamp(words, &one["entered"])) }
            @if one["amended"].is_object() { dt { (words.t(ids::CL_AMENDED)) } dd { (when::stamp(words, &one["amended"])) } }
            @if let Some(source) = one.some("source") { dt { (words.t(ids::CL_SOURCE)) } dd { (prose(visit, "", source)) } }
            @if let Some(evidence) = one.some("evidence") { dt { (words.t(ids::CL_EVIDENCE)) } dd { (prose(visit, "", evidence)) } }
            @if !one.list("rests_on").is_empty() { dt { (words.t(ids::CL_RESTS)) } dd { ul.rows {
                @for basis in one.list("rests_on") { li { (rests(visit, basis)) } }
            } } }
        }
    }
}

fn rests(visit: &Visit, basis: &Value) -> Markup {
    match basis.some("id") {
        Some(id) if basis.is("on_record") => {
            html! { a href=(format!("/dispatches/{id}")) { code { (short(id)) } } }
        }
        Some(id) => html! { code { (short(id)) } " · " (visit.words.t(ids::CL_NOT_HERE)) },
        None => content(visit, basis.text("statement")),
    }
}

fn credences(visit: &Visit, one: &Value) -> Markup {
    let words = visit.words;
    html! {
        @if one.list("credences").is_empty() { p.quiet { (words.t(ids::CL_NO_CREDENCE)) } }
        ul.rows {
            @for credence in one.list("credences") {
                li {
                    div.row {
                        span { (content(visit, credence.text("by"))) " · " strong { (percent(words, credence.count("percent"))) } " " (drawn(credence.list("line"))) }
                        span.quiet { (changed(words, credence)) " · " (when::stamp(words, &credence["at"])) }
                    }
                    (prose(visit, "", credence.text("because")))
                    @if credence.is("amended_since") { p.hint { (words.t(ids::CL_OLDER)) } }
                }
            }
        }
    }
}

fn percent(words: &Tongue, n: u64) -> String {
    words.v(ids::CL_PERCENT, [("n", n.into())])
}

/// How a credence changed, in words.
fn changed(words: &Tongue, credence: &Value) -> String {
    let Some(before) = credence["before"].as_u64() else { return words.t(ids::CL_FIRST) };
    let way = match credence.count("percent").cmp(&before) {
        std::cmp::Ordering::Greater => "up",
        std::cmp::Ordering::Less => "down",
        std::cmp::Ordering::Equal => "same",
    };
    words.v(ids::CL_CHANGE, [("way", way.into()), ("n", before.into())])
}

/// The course of a credence as a line of steps; what it shows stands beside it in words.
fn drawn(points: &[Value]) -> Markup {
    let (width, height) = DRAWN;
    let first = points.first().map_or(0, |point| point.count("k"));
    let last = points.last().map_or(0, |point| point.count("k"));
    let span = last.saturating_sub(first).max(1);
    let mut way = String::new();
    let mut before = None;
    for point in points {
        let at = point.count("k").saturating_sub(first).min(span);
        let (x, y) =
            (at.saturating_mul(width) / span, height - point.count("percent").min(100) * height / 100);
        if let Some(before) = before {
            way.push_str(&format!("{x},{before} "));
        }
        way.push_str(&format!("{x},{y} "));
        before = Some(y);
    }
    // The last one holds on.
    way.extend(before.map(|y| format!("{},{y}", width + 12)));
    let svg = format!(
        r#"<svg class="course" viewBox="-2 -2 136 28" width="136" height="28" aria-hidden="true" focusable="false"><path d="M0 24h132" fill="none" stroke="currentColor" stroke-width=".5" opacity=".5"/><polyline points="{}" fill="none" stroke="currentColor" stroke-width="2"/></svg>"#,
        way.trim_end()
    );
    PreEscaped(svg)
}

fn history(visit: &Visit, one: &Value) -> Markup {
    let words = visit.words;
    let amended = one["amended"].is_object();
    let null = Value::Null;
    let mut before = &null;
    let mut each = Vec::new();
    for step in one.list("history") {
        let said = step["text"].is_object();
        each.push((step, said.then_some(before)));
        before = if said { step } else { before };
    }
    html! {
        ol.rows {
            @for (step, before) in each {
                li {
                    div.row {
                        span { (content(visit, step.text("by"))) " · " (words.named(ids::CL_DID, "what", step.text("what")))
                            @if step.text("what") == "believed" { " " strong { (percent(words, step.count("percent"))) } } }
                        (when::stamp(words, &step["at"]))
                    }
                    @if let Some(before) = before {
                        @if differs(before, step, "text") { (layout::texts(visit, &step["text"])) }
                        @if amended { (altered(visit, before, step)) }
                    }
                    @if let Some(because) = step.some("because") { (prose(visit, "", because)) }
                }
            }
        }
    }
}

/// Whether two states of a claim say different things; what is not there is as good as empty.
fn differs(before: &Value, now: &Value, key: &str) -> bool {
    let empty = |value: &Value| {
        value.is_null() || value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty)
    };
    before[key] != now[key] && !(empty(&before[key]) && empty(&now[key]))
}

/// What a claim said from then on that it had not said before, but its text.
fn altered(visit: &Visit, before: &Value, now: &Value) -> Markup {
    let words = visit.words;
    let other = |key: &str| differs(before, now, key);
    let prosed = |key: &str| match now.some(key) {
        Some(text) => prose(visit, "", text),
        None => html! { (words.t(ids::NONE)) },
    };
    html! {
        @if other("grading") { p.quiet { strong { (now.text("grading")) } " · " (graded(words, now.text("grading"))) } }
        @if other("public") { p.quiet { (words.t(if now.is("public") { ids::CL_SAID_PUBLIC } else { ids::CL_SAID_PRIVATE })) } }
        dl.facts {
            @if other("who") || other("side") { dt { (words.t(ids::CL_WHO)) }
                dd { @if now.is("side") { (side(words, now.text("who"))) } @else { (content(visit, now.text("who"))) } } }
            @if other("when") { dt { (words.t(ids::CL_WHEN)) }
                dd { @if now.some("when").is_some() { (when::moment_of(words, &now["when"])) } @else { (words.t(ids::NONE)) } } }
            @if other("source") { dt { (words.t(ids::CL_SOURCE)) } dd { (prosed("source")) } }
            @if other("evidence") { dt { (words.t(ids::CL_EVIDENCE)) } dd { (prosed("evidence")) } }
            @if other("rests_on") { dt { (words.t(ids::CL_RESTS)) }
                dd { @if now.list("rests_on").is_empty() { (words.t(ids::NONE)) }
                    ul.rows { @for basis in now.list("rests_on") { li { (rests(visit, basis)) } } } } }
        }
    }
}

fn deeds(visit: &Visit, kept: &Kept, one: &Value) -> Markup {
    let words = visit.words;
    let id = one.text("id");
    let form = Form { id: "believe", action: "/do/claim-believe", about: id, check: None };
    html! {
        section id="deeds" {
            details id="believing" open { summary { (words.t(ids::CL_BELIEVE)) }
                (kept.act(visit, &form, html! {
                    input type="hidden" name="id" value=(id);
                    (line("percent", "percent", &words.t(ids::CL_BELIEVE_PERCENT), "", None))
                    (area("because", "because", &words.t(ids::CL_BECAUSE), "", None))
                    div.buttons { (button(words, ids::CL_BELIEVE_DO)) }
                })) }
            @if one.is("mine") {
                details id="amending" { summary { (words.t(ids::CL_AMEND)) } (writing(visit, kept, Some(one))) }
                details id="withdrawing" { summary { (words.t(ids::CL_WITHDRAW)) }
                    (layout::act(visit, "/do/claim-withdraw", html! {
                        input type="hidden" name="id" value=(id);
                        p.hint { (words.t(ids::CL_WITHDRAW_WHY)) }
                        div.buttons { (button(words, ids::CL_WITHDRAW)) }
                    })) }
            }
        }
    }
}

/// The form of a claim: a new one, or one that is there.
fn writing(visit: &Visit, kept: &Kept, one: Option<&Value>) -> Markup {
    let words = visit.words;
    let null = Value::Null;
    let now = one.unwrap_or(&null);
    let (action, about) =
        if one.is_some() { ("/do/claim-amend", now.text("id")) } else { ("/do/claim-add", "") };
    let mut langs: BTreeSet<&str> =
        now["text"].as_object().into_iter().flatten().map(|(lang, _)| lang.as_str()).collect();
    let form = Form { id: "write-claim", action, about, check: None };
    langs.insert(words.lang.code());
    // What was typed in another language of the desk stands there again.
    langs.extend(kept.lang(&form, "text.").map(Lang::code));
    let rests = |key: &str| -> String {
        now.list("rests_on").iter().filter_map(|basis| basis.some(key)).collect::<Vec<_>>().join("\n")
    };
    let when = now.text("when");
    kept.act(visit, &form, html! {
        input type="hidden" name="id" value=(about);
        (line("who", "who", &words.t(ids::CL_WHO), now.text("who"), Some(words.t(ids::CL_WHO_HINT))))
        @for code in langs {
            (text_area(&format!("text-{code}"), &format!("text.{code}"), code,
                &words.v(ids::CL_TEXT, [("language", language_name(code).into())]), now["text"].text(code)))
        }
        div.fields {
            (line("when", "when", &words.t(ids::CL_WHEN), when, Some(words.t(ids::OPTIONAL))))
            (tick("public", "public", &words.t(ids::CL_PUBLIC), now.is("public")))
        }
        (gradings(words, now.some("grading").unwrap_or("F6")))
        (area("source", "source", &words.t(ids::CL_SOURCE), now.text("source"), Some(words.t(ids::OPTIONAL))))
        (area("evidence", "evidence", &words.t(ids::CL_EVIDENCE), now.text("evidence"), Some(words.t(ids::OPTIONAL))))
        (area("rests-on", "rests_on", &words.t(ids::CL_RESTS), &rests("id"), Some(words.t(ids::CL_RESTS_HINT))))
        (area("statements", "statements", &words.t(ids::CL_STATEMENTS), &rests("statement"), Some(words.t(ids::CL_STATEMENTS_HINT))))
        p.hint { (words.t(ids::CL_THEN)) }
        div.buttons { (button(words, if one.is_some() { ids::CL_AMEND } else { ids::CL_ENTER_DO })) }
    })
}

fn gradings(words: &Tongue, grading: &str) -> Markup {
    let (letter, number) = grading.split_at_checked(1).unwrap_or_default();
    let options = |id: Id, variable: &'static str, prefix: &str, all: [&str; 6]| -> Vec<(String, String)> {
        all.iter()
            .map(|one| ((*one).to_owned(), words.named(id, variable, &format!("{prefix}{one}"))))
            .collect()
    };
    html! {
        div.fields {
            (choice("reliability", "reliability", &words.t(ids::CL_RELIABILITY_OF), &options(ids::CL_RELIABILITY, "r", "", ["A", "B", "C", "D", "E", "F"]), letter))
            (choice("credibility", "credibility", &words.t(ids::CL_CREDIBILITY_OF), &options(ids::CL_CREDIBILITY, "c", "c", ["1", "2", "3", "4", "5", "6"]), number))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tongue::tongue;
    use serde_json::json;

    #[test]
    fn a_course_is_drawn_of_any_points_and_holds_nothing_but_numbers() {
        let points = [json!({ "k": 10, "percent": 40 }), json!({ "k": 110, "percent": 90 })];
        let svg = drawn(&points).into_string();
        assert!(svg.contains("points=\"0,15 120,15 120,3 132,3\""), "{svg}");
        assert!(drawn(&points[..1]).into_string().contains("points=\"0,15 132,15\""));
        let odd = [
            json!({ "k": 9, "percent": 500 }),
            json!({ "k": u64::MAX, "percent": "<b>" }),
            json!({ "k": 1 }),
        ];
        let svg = drawn(&odd).into_string();
        assert!(!svg.contains("<b>") && drawn(&[]).into_string().contains("points=\"\""), "{svg}");
    }

    #[test]
    fn what_is_empty_is_no_change_and_what_was_said_otherwise_is() {
        let before = json!({ "grading": "B3", "source": "", "when": null, "rests_on": [] });
        let same = json!({ "grading": "B3", "source": "", "when": null, "rests_on": [] });
        let now =
            json!({ "grading": "C3", "source": "a spokesman", "rests_on": [{ "statement": "a speech" }] });
        for key in ["grading", "source", "when", "rests_on"] {
            assert!(!differs(&before, &same, key), "{key}");
            assert_eq!(differs(&before, &now, key), key != "when", "{key}");
        }
        assert!(!differs(&Value::Null, &before, "source") && differs(&Value::Null, &before, "grading"));
    }

    #[test]
    fn a_change_is_told_in_words_in_every_language() {
        for lang in Lang::ALL {
            let words = tongue(lang, true);
            let told = |percent: u64, before: Value| {
                changed(words, &json!({ "percent": percent, "before": before }))
            };
            let all: BTreeSet<String> =
                [told(50, json!(40)), told(30, json!(40)), told(40, json!(40)), told(40, Value::Null)].into();
            assert_eq!(all.len(), 4, "{}", lang.code());
            assert!(told(50, json!(40)).contains("40"), "{}", lang.code());
            assert_ne!(graded(words, "B3").into_string(), graded(words, "").into_string());
        }
    }
}
