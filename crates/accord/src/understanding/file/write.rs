//! Writes an understanding as a file that reads back to the same.

use crate::understanding::code::Code;
use crate::understanding::model::{Place, Scope, Understanding};
use crate::understanding::render::written_offset;
use crate::understanding::timing::{Bound, End, Moment, Period, SpanMs, Timing, Unit};
use crate::words::{Lang, Texts};
use std::fmt::Write;

/// The file of an understanding. Clauses taken from the library are written with their texts.
pub fn to_toml(understanding: &Understanding) -> String {
    let mut out = Out(String::new());
    out.line("form", &quoted(understanding.form.name()));
    out.line("voice", &quoted(understanding.voice.name()));
    out.line("drafted_in", &quoted(understanding.drafted_in.code()));
    out.line("languages", &list(understanding.languages.iter().map(Lang::code)));
    understanding.supersedes.iter().for_each(|digest| out.line("supersedes", &quoted(&digest.to_hex())));
    parties(&mut out, understanding);
    elements(&mut out, understanding);
    timing(&mut out, &understanding.timing);
    if let Some(confidence) = understanding.confidence {
        out.table("[confidence]");
        out.line("existence", &quoted(confidence.existence.name()));
        out.line("content", &quoted(confidence.content.name()));
    }
    for term in &understanding.glossary {
        out.table("[[glossary]]");
        out.line("code", &quoted(term.code.as_str()));
        out.texts("term", &term.terms);
        out.texts("meaning", &term.meanings);
        out.codes("confirmed_by", &term.confirmed_by);
    }
    clauses(&mut out, understanding);
    out.0
}

struct Out(String);

impl Out {
    fn table(&mut self, head: &str) {
        self.0.push('\n');
        self.0.push_str(head);
        self.0.push('\n');
    }

    fn line(&mut self, name: &str, value: &str) {
        // Writing into a string cannot fail.
        let _ = writeln!(self.0, "{name} = {value}");
    }

    fn codes(&mut self, name: &str, codes: &[Code]) {
        if !codes.is_empty() {
            self.line(name, &list(codes.iter().map(Code::as_str)));
        }
    }

    fn texts(&mut self, name: &str, texts: &Texts) {
        for (lang, text) in texts.iter() {
            self.line(&format!("{name}.{}", lang.code()), &quoted(text));
        }
    }

    fn scope(&mut self, scope: &Scope) {
        match &scope.place {
            Some(Place::Anywhere) => self.line("place", &quoted("anywhere")),
            Some(Place::Zones(zones)) => self.codes("place", zones),
            None => {}
        }
        match &scope.time {
            Some(Period::Term) => self.line("time", &quoted("term")),
            Some(Period::Between { from, until }) => {
                let both = [("from", from), ("until", until)].map(|(name, bound)| ends(name, bound)).concat();
                self.line("time", &format!("{{ {} }}", both.join(", ")));
            }
            None => {}
        }
    }

    fn span(&mut self, name: &str, span: Option<SpanMs>) {
        if let Some(span) = span {
            self.line(name, &quoted(&spanned(span)));
        }
    }
}

fn parties(out: &mut Out, understanding: &Understanding) {
    for party in &understanding.parties {
        out.table("[[party]]");
        out.line("code", &quoted(party.code.as_str()));
        out.line("number", &party.number.0.to_string());
        out.line("quorum", &party.quorum.to_string());
        out.texts("name", &party.names);
    }
    for zone in &understanding.zones {
        out.table("[[zone]]");
        out.line("code", &quoted(zone.code.as_str()));
        out.texts("name", &zone.names);
        out.codes("within", &zone.within);
        out.codes("overlaps", &zone.overlaps);
        out.codes("apart", &zone.apart);
    }
}

fn elements(out: &mut Out, understanding: &Understanding) {
    for one in &understanding.undertakings {
        out.table("[[undertaking]]");
        out.line("id", &quoted(one.id.as_str()));
        out.codes("by", &one.by);
        out.codes("towards", &one.towards);
        out.line("act", &quoted(one.act.as_str()));
        out.scope(&one.scope);
    }
    for one in &understanding.permitted {
        out.table("[[permitted]]");
        out.line("id", &quoted(one.id.as_str()));
        out.codes("to", &one.to);
        one.act.iter().for_each(|act| out.line("act", &quoted(act.as_str())));
        out.scope(&one.scope);
    }
}

fn timing(out: &mut Out, timing: &Timing) {
    if *timing == Timing::default() {
        return;
    }
    out.table("[term]");
    timing.from.iter().flat_map(|from| ends("from", from)).for_each(|line| out.0.push_str(&(line + "\n")));
    match timing.end {
        Some(End::At(bound)) => {
            ends("until", &bound).into_iter().for_each(|line| out.0.push_str(&(line + "\n")))
        }
        Some(End::After { span, inclusive }) => {
            out.span("lasts", Some(span));
            inclusive.iter().for_each(|inclusive| out.line("until_inclusive", &inclusive.to_string()));
        }
        None => {}
    }
    if let Some(renewal) = timing.renewal {
        let (by, before) = (quoted(&spanned(renewal.span)), quoted(&spanned(renewal.before)));
        out.line("renewal", &format!("{{ by = {by}, before = {before} }}"));
    }
    out.span("notice", timing.notice);
    if let Some(urgent) = &timing.urgent {
        let grounds = list(urgent.grounds.iter().map(Code::as_str));
        let notice =
            urgent.notice.map_or(String::new(), |span| format!(", notice = {}", quoted(&spanned(span))));
        out.line("urgent", &format!("{{ grounds = {grounds}{notice} }}"));
    }
    out.span("brake", timing.brake);
    out.span("reply", timing.reply);
    out.span("complaint", timing.complaint);
    out.span("set_times", timing.set_times);
    if let Some(ladder) = timing.ladder {
        let [second, meeting, complaint] =
            [ladder.second, ladder.meeting, ladder.complaint].map(|span| quoted(&spanned(span)));
        out.line(
            "ladder",
            &format!("{{ second-query = {second}, meeting = {meeting}, complaint = {complaint} }}"),
        );
    }
    timing.told.iter().for_each(|told| out.line("told", &told.to_string()));
    for entry in &timing.zones {
        out.table("[[term.zone]]");
        out.line("zone", &quoted(entry.zone.as_str()));
        out.line("from", &quoted(&moment(entry.from.moment)));
        entry.from.inclusive.iter().for_each(|inclusive| out.line("inclusive", &inclusive.to_string()));
    }
}

fn clauses(out: &mut Out, understanding: &Understanding) {
    for clause in &understanding.clauses {
        out.table("[[clause]]");
        out.line("id", &quoted(clause.id.as_str()));
        out.line("states", &quoted(&clause.about.written()));
        out.texts("text", &clause.texts);
        for (lang, by) in &clause.reviewed_by {
            out.line(&format!("reviewed_by.{}", lang.code()), &quoted(by.as_str()));
        }
    }
}

fn ends(name: &str, bound: &Bound) -> Vec<String> {
    let mut lines = vec![format!("{name} = {}", quoted(&moment(bound.moment)))];
    lines.extend(bound.inclusive.map(|inclusive| format!("{name}_inclusive = {inclusive}")));
    lines
}

/// An instant as files write it.
pub(in crate::understanding) fn moment(moment: Moment) -> String {
    match moment {
        Moment::Day(day) => day.to_string(),
        Moment::At { utc, offset_minutes } => {
            let shift = u64::from(offset_minutes.unsigned_abs()) * 60_000;
            let local =
                if offset_minutes < 0 { utc.0.saturating_sub(shift) } else { utc.0.saturating_add(shift) };
            let text = crate::time::rfc3339(backchannel_wire::UtcMs(local));
            if offset_minutes == 0 { text } else { text.replace('Z', &written_offset(offset_minutes)) }
        }
    }
}

/// A span as files write it.
pub(in crate::understanding) fn spanned(span: SpanMs) -> String {
    let (count, unit) = span.counted();
    let unit = match unit {
        Unit::Days => "d",
        Unit::Hours => "h",
        Unit::Minutes => "m",
        Unit::Seconds => "s",
        Unit::Milliseconds => "ms",
    };
    format!("{count}{unit}")
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", items.map(quoted).collect::<Vec<_>>().join(", "))
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
