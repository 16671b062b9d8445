//! Terms and assumptions by name, each with the range over which it is worth trying.

use super::pact::Pact;
use super::sources::{DAY_MS, HOUR_MS};
use super::{Plan, Rehearsal};
use crate::model::{Fault, Faults, Model, OWN, SHARED, nearest};
use backchannel_accord::life::{Bound, End, Renewal};
use backchannel_accord::limits::{DAY_MS as A_DAY, SET_TIMES_MS_MIN, SPAN_MS_MAX};
use backchannel_accord::understanding::SpanMs;
use backchannel_wire::UtcMs;
use std::sync::LazyLock;

/// Something that can be turned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knob {
    /// Its name, as [`Rehearsal::vary`] takes it.
    pub name: &'static str,
    /// The lower value it is tried at.
    pub low: String,
    /// The upper one.
    pub high: String,
    /// Whether it is a term of the text or of its practice, or else an assumption.
    pub is_term: bool,
}

/// Terms and practices that the parties choose, each with the range over which it is tried.
const TERMS: [(&str, &str, &str); 9] = [
    ("brake", "0h", "72h"),
    ("reply", "2h", "48h"),
    ("notice", "24h", "336h"),
    ("complaint", "6h", "168h"),
    ("lasts", "30d", "365d"),
    ("renewal", "30d", "365d"),
    ("renewal-before", "6h", "168h"),
    ("batching", "none", "24h"),
    ("read-back", "no", "yes"),
];

/// Everything that can be turned, with the range of a tornado: terms first, then assumptions.
pub static KNOBS: LazyLock<Vec<Knob>> = LazyLock::new(|| {
    let knob = |name, low: &str, high: &str, is_term| Knob {
        name,
        low: low.to_owned(),
        high: high.to_owned(),
        is_term,
    };
    let terms = TERMS.into_iter().map(|(name, low, high)| knob(name, low, high, true));
    let assumptions = SHARED.iter().chain(OWN).filter_map(|one| Some((one.key, one.tried?)));
    terms
        .chain(assumptions.map(|(key, (low, high))| knob(key, &low.to_string(), &high.to_string(), false)))
        .collect()
});

impl Rehearsal {
    /// The same with one term or assumption changed. Terms are `brake`, `reply`, `notice`, `complaint`, `lasts`, `renewal`,
    /// `renewal-before` and `batching` (a span as "72h", or "none"), `read-back` (yes or no); `channel` and `rule` take a
    /// word, every key of a model a number. Refuses what does not exist, and what cannot be (REH-28).
    pub fn vary(&self, name: &str, value: &str) -> Result<Self, Faults> {
        self.vary_all(&[(name, value)]).map_err(|(_, faults)| faults)
    }

    /// The same with several changed together: they are looked at once all are, so that their order does not matter. A
    /// refusal says which of them cannot be at all; none if they do not go together, or not with the rest.
    pub fn vary_all<T: AsRef<str>>(&self, changes: &[(T, T)]) -> Result<Self, (Option<usize>, Faults)> {
        let (mut pact, mut model) = (self.plan.pact.clone(), self.plan.model.clone());
        let mut order: Vec<usize> = (0..changes.len()).collect();
        // What is said of a renewal needs one.
        order.sort_by_key(|at| changes[*at].0.as_ref() == "renewal-before");
        for at in order {
            let (name, value) = (changes[at].0.as_ref(), changes[at].1.as_ref());
            change(&mut pact, &mut model, name, value).map_err(|fault| (Some(at), fault.into()))?;
        }
        model.balance(&changes.iter().map(|(name, _)| name.as_ref()).collect::<Vec<_>>());
        let sound = model.check().and_then(|()| pact.check_varied());
        sound.map_err(|fault| (None, fault.into()))?;
        Ok(Self { plan: Plan::of(pact, model).map_err(|faults| (None, faults))? })
    }

    /// The terms of the text as it stands, by name and value.
    pub fn terms(&self) -> Vec<(String, String)> {
        let terms = TERMS.iter().filter(|(name, ..)| *name != "read-back");
        terms.filter_map(|(name, ..)| Some(((*name).to_owned(), self.value(name)?))).collect()
    }

    /// The value of a term or assumption as [`Rehearsal::vary`] takes it; none if there is none of that name.
    pub fn value(&self, name: &str) -> Option<String> {
        let terms = &self.plan.pact.terms;
        let span = |ms: Option<u64>| ms.map_or_else(|| "none".to_owned(), written);
        Some(match name {
            "brake" => written(terms.brake_ms),
            "reply" => written(terms.reply_ms),
            "notice" => span(terms.notice_ms),
            "complaint" => written(terms.complaint_ms),
            "lasts" => written(self.plan.pact.lasts_ms),
            "renewal" => span(terms.renewal.map(|renewal| renewal.extension_ms)),
            "renewal-before" => span(terms.renewal.map(|renewal| renewal.closes_ms)),
            "batching" => span(self.plan.pact.set_times_ms),
            "read-back" => yes(self.plan.model.value("channel.read_back")? == "1").to_owned(),
            other => return self.plan.model.value(other),
        })
    }
}

/// Changes one thing, without looking at the rest.
fn change(pact: &mut Pact, model: &mut Model, name: &str, value: &str) -> Result<(), Fault> {
    if name == "read-back" {
        return model.put_alone("channel.read_back", yes_or_no(value)?);
    }
    if TERMS.iter().any(|(term, ..)| *term == name) {
        return pact.vary(name, value);
    }
    if model.value(name).is_none() {
        return Err(unknown(name));
    }
    match value.trim().parse::<f64>() {
        Ok(number) => model.put_alone(name, number),
        Err(_) => model.put_word(name, value.trim()),
    }
}

impl Pact {
    fn vary(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        let span = span(name, value)?;
        let needed = |what: &str| {
            span.ok_or_else(|| Fault::new(format!("{what} is needed (REH-28)"), "write a span, as \"90d\""))
        };
        match name {
            "brake" => self.terms.brake_ms = span.unwrap_or(0),
            "reply" => self.terms.reply_ms = span.unwrap_or(0),
            "notice" => self.terms.notice_ms = span,
            "complaint" => self.terms.complaint_ms = span.unwrap_or(0),
            "lasts" => self.last(needed("a length")?),
            "renewal" => {
                let closes_ms = self.terms.renewal.map_or(0, |renewal| renewal.closes_ms);
                let renewal = |extension_ms| Renewal { window_ms: u64::MAX, closes_ms, extension_ms };
                self.terms.renewal = span.map(renewal);
            }
            "renewal-before" => {
                let none = || Fault::new("this text is not renewed (REH-28)", "vary `renewal` first");
                self.terms.renewal.as_mut().ok_or_else(none)?.closes_ms = span.unwrap_or(0);
            }
            _ => self.set_times_ms = span,
        }
        Ok(())
    }

    /// Moves the end of every zone to so long after the text's own beginning.
    fn last(&mut self, ms: u64) {
        let begins = self.terms.latest_expiry.0.saturating_sub(self.lasts_ms);
        let end = Bound { at: UtcMs(begins.saturating_add(ms)), included: false };
        self.terms.zones.iter_mut().for_each(|zone| zone.end = End::At(end));
        (self.terms.latest_expiry, self.lasts_ms) = (end.at, ms);
    }

    /// What contradicts itself in a text is refused here as in its file (REH-28).
    fn check_varied(&self) -> Result<(), Fault> {
        self.terms
            .check()
            .map_err(|error| Fault::new(format!("{error} (REH-28)"), "choose another length"))?;
        if self.terms.renewal.is_some_and(|renewal| renewal.closes_ms >= self.lasts_ms) {
            let problem = "a renewal would have to be reaffirmed before the understanding begins (REH-28)";
            return Err(Fault::new(problem, "shorten `renewal-before`, or lengthen `lasts`"));
        }
        if self.set_times_ms.is_some_and(|span| span < SET_TIMES_MS_MIN || !A_DAY.is_multiple_of(span)) {
            let hint = "write a span of an hour or more that divides a day, as \"12h\", or \"none\"";
            return Err(Fault::new("set times divide a day evenly (REH-28)", hint));
        }
        Ok(())
    }
}

/// A span as text, or nothing for "none" and for no time at all.
fn span(name: &str, value: &str) -> Result<Option<u64>, Fault> {
    let text = value.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if text == "none" || !digits.is_empty() && digits.bytes().all(|byte| byte == b'0') {
        return Ok(None);
    }
    let hint =
        format!("write a number and a unit, as \"72h\" or \"90d\", at most {} days", SPAN_MS_MAX / A_DAY);
    let wrong = || Fault::new(format!("`{text}` is no length of time for {name} (REH-28)"), hint);
    SpanMs::parse(text).map(|span| Some(span.0)).ok_or_else(wrong)
}

fn written(ms: u64) -> String {
    let units = [("d", DAY_MS as u64), ("h", HOUR_MS as u64), ("m", 60_000), ("s", 1000)];
    let fits = units.into_iter().find(|(_, unit)| ms > 0 && ms.is_multiple_of(*unit));
    match (ms, fits) {
        (0, _) => "0h".to_owned(),
        (_, Some((name, unit))) => format!("{}{name}", ms / unit),
        _ => format!("{ms}ms"),
    }
}

fn yes_or_no(value: &str) -> Result<f64, Fault> {
    match value.trim() {
        "yes" | "true" | "1" => Ok(1.0),
        "no" | "false" | "0" => Ok(0.0),
        other => Err(Fault::new(format!("`{other}` is neither yes nor no (REH-28)"), "write yes or no")),
    }
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// REH-28
fn unknown(name: &str) -> Fault {
    let words = ["channel", "towards", "rule", "first.rule", "second.rule"];
    let keys = SHARED.iter().chain(OWN).map(|one| one.key);
    let names = TERMS.iter().map(|(term, ..)| *term).chain(words);
    let near = nearest(name, names.clone().chain(keys));
    let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    let terms: Vec<&str> = names.collect();
    let hint =
        format!("{near}There are {}, and every key of a model (docs/spec/rehearsal.md)", terms.join(", "));
    Fault::new(format!("`{name}` is no term and no assumption (REH-28)"), hint)
}
