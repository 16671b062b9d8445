//! The life of an understanding on a line, and what may be done in it.

use super::Whole;
use super::ceremony::notice_of;
use crate::clock;
use crate::door::Visit;
use crate::look::Look;
use crate::page::layout::{act, button, content, line, said, section, shape};
use crate::page::overview::decides;
use crate::tongue::{Tongue, ids, theirs, when};
use backchannel_accord::time::parse_rfc3339;
use maud::{Markup, PreEscaped, html};
use serde_json::Value;
use std::fmt::Write;

/// Its instants as a picture and as a list; reaffirming, notice, incidents.
pub fn life(visit: &Visit, whole: &Whole) -> Markup {
    let words = visit.words;
    let (shown, state) = (&whole.shown, &whole.state);
    html! {
        (section("life", &words.t(ids::UN_LIFE), true, html! {
            (picture(words, whole))
            dl.facts {
                dt { (words.t(ids::UN_FROM)) } dd { (when::moment_of(words, &shown["in_effect_from"])) }
                dt { (words.t(ids::UN_UNTIL)) } dd { @if shown.is("in_effect") && shown["until"].is_null() { (words.t(ids::OV_NO_END)) } @else { (when::moment_of(words, &shown["until"])) } }
                @if let Some(held) = state.some("held") { dt { (shape("hold")) (words.t(ids::UN_HELD)) } dd { (when::moment(words, held)) } }
                @for notice in state.list("notices") { dt { (notice_of(words, notice.text("party"))) } dd { (when::moment_of(words, &notice["effective"])) @if let Some(urgent) = notice.some("urgent") { " · " (content(visit, urgent)) } } }
                @if !state.names("reaffirmed").is_empty() { dt { (words.t(ids::UN_REAFFIRMED)) } dd { @for (at, party) in state.names("reaffirmed").iter().enumerate() { @if at > 0 { " · " } (said(party)) } } }
                @for one in state.list("unfinished") { dt { (words.v(ids::UN_UNFINISHED, [("party", theirs(one.text("party")))])) } dd { @for (at, by) in one.names("by").iter().enumerate() { @if at > 0 { " · " } (said(by)) } } }
            }
            @if state["incidents"].as_array().is_some_and(|all| !all.is_empty()) {
                ul.rows { @for incident in state.list("incidents") { li { div.row {
                    a href=(format!("/incidents/{}", incident.text("id"))) data-row="" { (words.v(ids::IN_OF, [("of", theirs(incident.text("of")))])) }
                    (when::moment_of(words, &incident["opened"])) } } } }
            }
        }))
        @if whole.is_party() && decides(&whole.status) && shown.is("in_effect") && !visit.entered.share { (deeds(visit, whole)) }
    }
}

fn deeds(visit: &Visit, whole: &Whole) -> Markup {
    let words = visit.words;
    let id = whole.id();
    let me = whole.status.text("party");
    let notified = whole.state.list("notices").iter().any(|notice| notice.text("party") == me);
    html! {
        section id="deeds" data-live="" {
            div.buttons { a href=(format!("/incidents?of={id}#open")) { (words.t(ids::UN_INCIDENT)) } }
            details id="renew" { summary { (words.t(ids::UN_RENEW)) } p { (words.t(ids::UN_RENEW_WHY)) }
                (act(visit, "/do/renew", html! { input type="hidden" name="id" value=(id); div.buttons { (button(words, ids::UN_RENEW)) } })) }
            @if notified {
                details id="notice-back" open { summary { (words.t(ids::UN_WITHDRAW_BACK)) }
                    (act(visit, "/do/withdraw", html! { input type="hidden" name="id" value=(id); input type="hidden" name="take_back" value="yes";
                        div.buttons { (button(words, ids::UN_WITHDRAW_BACK)) } })) }
            } @else {
                details id="notice" { summary { (words.t(ids::UN_WITHDRAW)) } p { (words.t(ids::UN_WITHDRAW_WHY)) }
                    (act(visit, "/do/withdraw", html! { input type="hidden" name="id" value=(id);
                        (line("urgent", "urgent", &words.t(ids::UN_URGENT), "", Some(words.t(ids::OPTIONAL))))
                        div.buttons { (button(words, ids::UN_WITHDRAW)) } })) }
            }
            @if whole.state.list("zones").iter().any(|zone| zone.names("untold").contains(&me)) {
                details id="told" { summary { (words.t(ids::UN_TOLD)) }
                    (act(visit, "/do/told", html! { input type="hidden" name="id" value=(id);
                        (line("zone", "zone", &words.t(ids::UN_TOLD_ZONE), "term", None)) div.buttons { (button(words, ids::UN_TOLD)) } })) }
            }
        }
    }
}

/// The line from beginning to end, with the brake and now. The list beside it says the same in words.
fn picture(words: &Tongue, whole: &Whole) -> Markup {
    let at = |value: &Value| value.as_str().and_then(parse_rfc3339).map(|at| at.0);
    let Some(from) = at(&whole.shown["in_effect_from"]) else { return html! {} };
    let now = clock::now().0;
    let incidents = whole
        .state
        .list("incidents")
        .iter()
        .filter_map(|one| Some((at(&one["opened"])?, at(&one["brake_until"])?)));
    let brakes: Vec<(u64, u64)> = incidents.collect();
    let ends = [at(&whole.shown["until"]), at(&whole.state["held"]), Some(now)];
    let last = ends
        .into_iter()
        .flatten()
        .chain(brakes.iter().map(|(_, end)| *end))
        .max()
        .unwrap_or(now)
        .max(from + 1);
    let until = at(&whole.shown["until"]).unwrap_or(last).min(last);
    // In thousandths of the width, which leaves both margins free.
    let x = |instant: u64| 20 + instant.saturating_sub(from).min(last - from) * 960 / (last - from);
    let mut svg = String::from(
        r#"<svg class="life" viewBox="0 0 1000 84" preserveAspectRatio="none" aria-hidden="true" focusable="false">"#,
    );
    let _ = write!(svg, r#"<line class="axis" x1="20" x2="980" y1="62" y2="62"/>"#);
    let _ = write!(
        svg,
        r#"<rect class="span" x="{}" y="30" width="{}" height="16"/>"#,
        x(from),
        (x(until) - x(from)).max(2)
    );
    for (begin, end) in &brakes {
        let _ = write!(
            svg,
            r#"<rect class="brake" x="{}" y="50" width="{}" height="8"/>"#,
            x(*begin),
            x(*end).saturating_sub(x(*begin)).max(2)
        );
    }
    for mark in [from, until] {
        let _ = write!(svg, r#"<line class="mark" x1="{0}" x2="{0}" y1="24" y2="68"/>"#, x(mark));
    }
    let _ = write!(svg, r#"<line class="now" x1="{0}" x2="{0}" y1="14" y2="76"/></svg>"#, x(now.max(from)));
    html! { (PreEscaped(svg)) p.hint { (words.t(ids::UN_LIFE_NOW)) ": " (when::moment(words, &backchannel_accord::time::rfc3339(clock::now()))) } }
}
