//! Hours, ends and spans: what has two readings is refused.

use super::{Part, Report, Spot, spot};
use crate::understanding::model::Understanding;
use crate::understanding::timing::{Bound, End, Moment, Period, Timing};

pub(super) fn check(report: &mut Report, understanding: &Understanding) {
    let timing = &understanding.timing;
    each_bound(report, understanding);
    present(report, timing);
    if let Some(End::After { inclusive: None, .. }) = timing.end {
        inclusiveness(report, spot(Part::Term, "end"));
    }
    order(report, timing);
    if understanding.supersedes.is_some() && !timing.zones.is_empty() {
        let message = "it takes another's place, and begins in several instants";
        let hint = "let it begin in one instant everywhere: that is when the other ends";
        report.refuse("CHECK-23", spot(Part::Whole, "supersedes"), message, hint);
    }
}

fn each_bound(report: &mut Report, understanding: &Understanding) {
    let timing = &understanding.timing;
    if let Some(from) = &timing.from {
        bound(report, spot(Part::Term, "entry"), from);
    }
    for entry in &timing.zones {
        bound(report, spot(Part::Term, format!("entry of zone {}", entry.zone)), &entry.from);
    }
    if let Some(End::At(end)) = &timing.end {
        bound(report, spot(Part::Term, "end"), end);
    }
    for one in &understanding.undertakings {
        period(report, &spot(Part::Undertaking, one.id.as_str()), one.scope.time.as_ref());
    }
    for one in &understanding.permitted {
        period(report, &spot(Part::Permitted, one.id.as_str()), one.scope.time.as_ref());
    }
}

fn period(report: &mut Report, place: &Spot, period: Option<&Period>) {
    let Some(Period::Between { from, until }) = period else { return };
    bound(report, place.clone(), from);
    bound(report, place.clone(), until);
    let ends = from.moment.instant().zip(until.moment.instant());
    if ends.is_some_and(|(from, until)| from >= until) {
        report.refuse(
            "CHECK-21",
            place.clone(),
            "its time ends before it begins",
            "exchange the two instants",
        );
    }
}

fn bound(report: &mut Report, place: Spot, bound: &Bound) {
    if let Moment::Day(_) = bound.moment {
        let hint = "write the hour and its offset from UTC, as in \"2026-12-01T08:00+03:00\"";
        report.refuse("CHECK-1", place.clone(), "a day without an hour has two readings", hint);
    }
    if bound.inclusive.is_none() {
        inclusiveness(report, place);
    }
}

fn inclusiveness(report: &mut Report, place: Spot) {
    let hint = "say whether the instant itself is included: `inclusive = true` or `false`";
    report.refuse("CHECK-2", place, "it is not said whether the end belongs to the time", hint);
}

/// CHECK-20
fn present(report: &mut Report, timing: &Timing) {
    let rule = "CHECK-20";
    if timing.from.is_none() {
        report.refuse(rule, spot(Part::Term, "entry"), "no beginning is stated", "add `[term] from`");
    }
    if timing.end.is_none() {
        let hint = "add `[term] until` or `lasts`: what has no end cannot be renewed, only broken";
        report.refuse(rule, spot(Part::Term, "end"), "no end is stated", hint);
    }
    let optional = [
        (timing.renewal.is_none(), "renewal", "it is not renewable", "add `[renewal]`, or let it lapse"),
        (timing.notice.is_none(), "notice", "no notice of withdrawal is stated", "add `[term] notice`"),
        (timing.brake.is_none(), "brake", "the brake has no window", "add `[term] brake`"),
        (timing.reply.is_none(), "reply", "queries have no reply time", "add `[term] reply`"),
        (timing.complaint.is_none(), "complaint", "complaints have no window", "add `[term] complaint`"),
    ];
    for (_, name, message, hint) in optional.into_iter().filter(|(absent, ..)| *absent) {
        report.warn(rule, spot(Part::Term, name), message, hint);
    }
}

/// CHECK-21
fn order(report: &mut Report, timing: &Timing) {
    let rule = "CHECK-21";
    let from = timing.from.and_then(|from| from.moment.instant());
    let end = match timing.end {
        Some(End::At(end)) => end.moment.instant(),
        _ => None,
    };
    if from.zip(end).is_some_and(|(from, end)| from >= end) {
        report.refuse(
            rule,
            spot(Part::Term, "end"),
            "it ends before it begins",
            "move the end, or the beginning",
        );
    }
    let Some(terms) = timing.terms() else { return };
    if terms.renewal_before_ms.is_some_and(|before| before >= terms.duration_ms) {
        let message = "a renewal would have to be reaffirmed before the understanding begins";
        report.refuse(rule, spot(Part::Term, "renewal"), message, "shorten `before`, or lengthen the term");
    }
    if terms.notice_ms.is_some_and(|notice| notice >= terms.duration_ms) {
        let message = "notice of withdrawal is as long as the whole term";
        report.warn(rule, spot(Part::Term, "notice"), message, "shorten the notice, or lengthen the term");
    }
    if terms.urgent_notice_ms.zip(terms.notice_ms).is_some_and(|(urgent, notice)| urgent >= notice) {
        let message = "notice on urgent grounds is no shorter than any other";
        report.warn(rule, spot(Part::Term, "urgent"), message, "shorten it, or leave urgent grounds out");
    }
    if terms.zones.iter().any(|(_, at, _)| *at >= terms.until) {
        let message = "in a zone it begins when it has ended";
        report.refuse(rule, spot(Part::Term, "entry"), message, "move the zone's beginning");
    }
}
