//! Permitted acts that swallow the prohibition beside them (CHECK-4 to CHECK-7).

use super::{Part, Report, spot, version};
use crate::understanding::data::Data;
use crate::understanding::model::{About, Permitted, Place, Scope, Understanding, Undertaking};
use crate::understanding::phrases::{Phrase, folded_words, positions};
use crate::understanding::timing::{Bound, Period, Timing};
use crate::understanding::zones::{Map, Meet};
use crate::words::Lang;
use backchannel_wire::UtcMs;

pub(super) fn check(report: &mut Report, understanding: &Understanding, data: &Data) {
    let map = Map::new(&understanding.zones);
    for permitted in &understanding.permitted {
        let place = spot(Part::Permitted, permitted.id.as_str());
        let Some(act) = &permitted.act else {
            let message = "an act in words alone cannot be compared with what is prohibited";
            report.warn("CHECK-5", place, message, "name it by a code of the file of acts if one fits");
            continue;
        };
        for one in &understanding.undertakings {
            if !data.acts.covers(act, &one.act) || !concerns(permitted, one) {
                continue;
            }
            match meets(&map, &understanding.timing, permitted, one) {
                Meet::Yes => {
                    let message =
                        format!("\"{act}\" is as broad as what \"{}\" prohibits, and swallows it", one.id);
                    report.refuse("CHECK-4", place.clone(), message, "permit a narrower act, or elsewhere");
                }
                Meet::Unsaid => {
                    let message = format!(
                        "it is not said how its zones lie to those of \"{}\", which prohibits no more than it permits",
                        one.id
                    );
                    let hint = "say `within`, `overlaps` or `apart` of the zones";
                    report.warn("CHECK-6", place.clone(), message, hint);
                }
                Meet::Apart => {}
            }
        }
    }
    bare_words(report, understanding, data);
}

/// Whether somebody whom the undertaking binds is permitted the act.
fn concerns(permitted: &Permitted, one: &Undertaking) -> bool {
    permitted.to.is_empty() || one.by.iter().any(|by| permitted.to.contains(by))
}

/// Whether the scopes intersect, as far as the text says: a scope that is not stated has no limit.
fn meets(map: &Map<'_>, timing: &Timing, permitted: &Permitted, one: &Undertaking) -> Meet {
    if !times_meet(timing, &permitted.scope, &one.scope) {
        return Meet::Apart;
    }
    let place = |scope: &Scope| scope.place.clone().unwrap_or(Place::Anywhere);
    map.meet(&place(&permitted.scope), &place(&one.scope))
}

fn times_meet(timing: &Timing, a: &Scope, b: &Scope) -> bool {
    let (a, b) = (ends(timing, a), ends(timing, b));
    before(a.0, b.1) && before(b.0, a.1)
}

/// An end of a time: the instant and whether it is included; nothing where there is no limit or it is not whole.
type Edge = Option<(UtcMs, bool)>;

fn ends(timing: &Timing, scope: &Scope) -> (Edge, Edge) {
    match scope.time {
        Some(Period::Between { from, until }) => (from.whole(), until.whole()),
        // Renewal moves the end, so that none is counted on.
        Some(Period::Term) => (beginning(timing), None),
        None => (None, None),
    }
}

/// The earliest instant at which it is in effect anywhere, unless one of them is not whole.
fn beginning(timing: &Timing) -> Edge {
    let all = timing.from.iter().chain(timing.zones.iter().map(|entry| &entry.from)).map(Bound::whole);
    let all: Option<Vec<(UtcMs, bool)>> = all.collect();
    // Of two at one instant that which includes it.
    all?.into_iter().min_by_key(|(at, inclusive)| (*at, !*inclusive))
}

/// Whether a time that begins here has begun when one that ends there ends.
fn before(from: Edge, until: Edge) -> bool {
    let Some(((from, from_in), (until, until_in))) = from.zip(until) else { return true };
    from < until || (from == until && from_in && until_in)
}

/// Words between the word and what limits it: "self-defence of its territory and people against an armed attack ...".
const LIMIT_WORDS_MAX: usize = 8;

/// The first listed form that nothing right after it limits.
fn bare<'a>(words: &[String], data: &'a Data, lang: &Lang) -> Option<&'a Phrase> {
    let limited = |end: usize| {
        let limits = data.defence.limited.get(lang).into_iter().flatten();
        let starts = limits.flat_map(|phrase| positions(words, phrase, lang));
        starts.into_iter().any(|limit| limit.start >= end && limit.start - end <= LIMIT_WORDS_MAX)
    };
    let forms = data.defence.forms.get(lang).into_iter().flatten();
    forms.into_iter().find(|form| positions(words, form, lang).any(|found| !limited(found.end)))
}

/// CHECK-7
fn bare_words(report: &mut Report, understanding: &Understanding, data: &Data) {
    for clause in &understanding.clauses {
        let permits = matches!(clause.about, About::Permitted(_));
        for (lang, text) in clause.texts.iter() {
            let Some(phrase) = bare(&folded_words(text), data, lang) else { continue };
            let place = version(Part::Clause, &clause.id, lang);
            let message = format!("the bare word \"{phrase}\" swallows a ban on preventive strikes");
            let hint = "write \"defence against an armed attack that has begun\"";
            if permits {
                report.refuse("CHECK-7", place, message, hint);
            } else {
                report.warn("CHECK-7", place, message, hint);
            }
        }
    }
    let by_code = |one: &&Permitted| one.act.as_ref().is_some_and(|act| act.as_str() == "self-defence");
    for one in understanding.permitted.iter().filter(by_code) {
        let hint = "permit \"defence-against-begun-attack\"";
        report.refuse(
            "CHECK-7",
            spot(Part::Permitted, one.id.as_str()),
            "self-defence is permitted without a limit",
            hint,
        );
    }
}
