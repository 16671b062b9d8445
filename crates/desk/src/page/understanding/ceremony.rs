//! Approval and ceremony: who has said what, and who could prove what now.

use super::Whole;
use super::text::words_of;
use crate::door::Visit;
use crate::look::Look;
use crate::page::layout::{act, button, passphrase, said, section, shape, state};
use crate::page::overview::decides;
use crate::tongue::{Id, Tongue, ids, theirs, when};
use maud::{Markup, html};
use serde_json::Value;

/// The version to approve with its digest and words; who has approved; the next step.
pub fn approval(visit: &Visit, whole: &Whole) -> Markup {
    let words = visit.words;
    let shown = &whole.shown;
    let may = whole.is_party() && decides(&whole.status) && shown.some("digest").is_some();
    html! {
        (section("approvals", &words.named(ids::UN_TAB, "tab", "approval"), true, html! {
            @if let Some(digest) = shown.some("digest") {
                dl.facts {
                    dt { (words.t(ids::UN_DIGEST)) } dd { code { (digest) } }
                    dt { (words.t(ids::UN_WORDS)) } dd { span.digest-words id="digest-words" { (words_of(&shown["words"])) } }
                }
                p.hint { (words.t(ids::UN_WORDS_WHY)) }
            } @else { p.quiet { (words.t(ids::UN_NOT_FROZEN)) } }
            ul.rows { @for side in shown.list("approvals") { (side_approval(words, side)) } }
        }))
        @if may && approvable(shown.text("state")) { (steps(visit, whole)) }
    }
}

fn approvable(state: &str) -> bool {
    matches!(state, "frozen" | "approving" | "deposited" | "void")
}

fn side_approval(words: &Tongue, side: &Value) -> Markup {
    let quorum = side.count("quorum");
    let by = side["by"].as_array();
    let count = by.map_or(0, Vec::len) as u64;
    html! {
        li { div.row {
            span { (said(side.text("party"))) }
            @match by {
                Some(_) => {
                    span { (state(if count >= quorum { "good" } else { "wait" },
                        &words.v(ids::UN_APPROVED_OF, [("by", count.into()), ("quorum", quorum.into())])))
                        @for name in side.names("by") { " · " (said(name)) } }
                }
                None => { span.quiet { (words.t(ids::UNKNOWN)) } }
            }
        } }
    }
}

fn steps(visit: &Visit, whole: &Whole) -> Markup {
    let words = visit.words;
    let id = whole.id();
    let digest = whole.shown.text("digest");
    let me = whole.status.text("label");
    let approved = whole.shown.list("approvals").iter().any(|side| side.names("by").contains(&me));
    let head = whole.status.text("role") == "head";
    let approve = |name: &str, label: Id, why: Id, back: bool| {
        act(
            visit,
            "/do/approve",
            html! {
                input type="hidden" name="id" value=(id);
                input type="hidden" name="digest" value=(digest);
                @if back { input type="hidden" name="take_back" value="yes"; }
                p { (words.t(why)) }
                (passphrase(words, name))
                p.hint { (words.t(ids::UN_APPROVE_PASSPHRASE)) }
                div.buttons { (button(words, label)) }
            },
        )
    };
    html! {
        section id="approve" data-live="" {
            @if approved {
                p { (state("good", &words.t(ids::UN_YOU_APPROVED))) }
                details id="take-back" { summary { (words.t(ids::UN_TAKE_BACK)) } (approve("pass-back", ids::UN_TAKE_BACK, ids::UN_APPROVE_WHY, true)) }
            } @else { (approve("pass", ids::UN_APPROVE, ids::UN_APPROVE_WHY, false)) }
            @if head {
                details id="deposit" open[approved] {
                    summary { (words.t(ids::UN_DEPOSIT)) }
                    p { (words.t(ids::UN_DEPOSIT_WHY)) }
                    (act(visit, "/do/deposit", html! { input type="hidden" name="id" value=(id); div.buttons { (button(words, ids::UN_DEPOSIT)) } }))
                    (act(visit, "/do/deposit", html! { input type="hidden" name="id" value=(id); input type="hidden" name="withdraw" value="yes";
                        div.buttons { (button(words, ids::UN_DEPOSIT_WITHDRAW)) } }))
                }
            }
        }
    }
}

/// The last try as a picture: a row for each step, a column for each party; then who could prove what.
pub fn picture(visit: &Visit, whole: &Whole) -> Markup {
    let words = visit.words;
    let tries = whole.state.list("tries");
    let last = tries.last();
    html! {
        (section("picture", &words.named(ids::UN_TAB, "tab", "ceremony"), true, html! {
            (grid(words, whole, last))
            @match last {
                None => { p.quiet { (words.t(ids::UN_CEREMONY_NONE)) } }
                Some(one) => {
                    dl.facts {
                        dt { (words.t(ids::UN_CEREMONY_LIMIT)) } dd { (when::moment_of(words, &one["expiry"])) }
                    }
                    p { (fate(words, one)) }
                }
            }
        }))
        (section("prove", &words.t(ids::UN_WHO_CAN_PROVE), true, html! { p { (words.named(ids::UN_PROVE, "what", provable(whole, last))) } }))
        @if tries.len() > 1 { ul.rows { @for one in tries.iter().rev().skip(1) { li { div.row { (fate(words, one)) (when::moment_of(words, &one["expiry"])) } } } } }
    }
}

fn fate(words: &Tongue, one: &Value) -> Markup {
    let name = if one.is("destroyed") && one.text("fate") == "open" { "destroyed" } else { one.text("fate") };
    let kind = match name {
        "settled" => "good",
        "open" => "wait",
        _ => "ended",
    };
    state(kind, &words.named(ids::UN_TRY_FATE, "fate", name))
}

fn grid(words: &Tongue, whole: &Whole, last: Option<&Value>) -> Markup {
    let parties = whole.shown.names("parties");
    let none = Value::Null;
    let one = last.unwrap_or(&none);
    let approved = |party: &str| {
        whole
            .shown
            .list("approvals")
            .iter()
            .find(|side| side.text("party") == party)
            .and_then(|side| side["by"].as_array().map(|by| by.len() as u64 >= side.count("quorum")))
    };
    let released = !one["released"].is_null();
    // Whoever deposited stood ready before; who else does, this station may not be shown.
    let ready = |party: &str| match one["ready"].is_array() {
        true => Some(one.names("ready").contains(&party)),
        false if released || one.names("deposited").contains(&party) => Some(true),
        false => one["sid"].is_null().then_some(false),
    };
    let rows: [(&str, Vec<Option<bool>>); 5] = [
        (
            "approved",
            parties.iter().map(|party| if released { Some(true) } else { approved(party) }).collect(),
        ),
        ("ready", parties.iter().map(|party| ready(party)).collect()),
        (
            "deposited",
            parties.iter().map(|party| Some(released || one.names("deposited").contains(party))).collect(),
        ),
        ("released", parties.iter().map(|_| Some(released)).collect()),
        (
            "acknowledged",
            parties.iter().map(|party| Some(one.names("acknowledged").contains(party))).collect(),
        ),
    ];
    html! {
        div.scroll tabindex="0" role="group" aria-label=(words.named(ids::UN_TAB, "tab", "ceremony")) { table.ceremony {
            thead { tr { td {} @for party in &parties { th scope="col" { (said(party)) } } } }
            tbody { @for (stage, cells) in rows {
                tr { th scope="row" { (words.named(ids::UN_CEREMONY, "stage", stage)) }
                    @for cell in cells { td { @match cell {
                        Some(true) => { (state("good", &words.t(ids::YES))) }
                        Some(false) => { (state("open", &words.t(ids::NOT_YET))) }
                        None => { span.quiet { (shape("open")) (words.t(ids::UNKNOWN)) } }
                    } } } }
            } }
        } }
    }
}

fn provable(whole: &Whole, last: Option<&Value>) -> &'static str {
    let joint = whole.shown.text("form") == "joint";
    match last {
        Some(one) if !one["released"].is_null() => {
            if joint {
                "anybody"
            } else {
                "each-other"
            }
        }
        Some(one) if !one.is("destroyed") && !one.list("deposited").is_empty() => "to-depositary",
        _ => "nothing",
    }
}

/// Whose notice it is.
pub fn notice_of(words: &Tongue, party: &str) -> String {
    words.v(ids::UN_NOTICE_OF, [("party", theirs(party))])
}
