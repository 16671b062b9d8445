//! The published answers beside what is computed, and what the models say that nobody hoped for.

use crate::models::{crisis, false_alarms, mediation, repeated, triggers};
use crate::results::{OracleRow, Variant};

/// Every published number, with what is computed here.
pub(super) fn oracles() -> Vec<OracleRow> {
    let all = [
        mediation::oracles(),
        crisis::oracles(),
        repeated::oracles(),
        triggers::oracles(),
        false_alarms::oracles(),
    ];
    let row = |one: crate::models::oracle::Oracle| OracleRow {
        name: one.name.to_owned(),
        source: one.source.to_owned(),
        expected: one.expected,
        got: one.got,
        passed: one.passed(),
    };
    all.into_iter().flatten().map(row).collect()
}

/// What goes against wishes: that mediation adds nothing somewhere, that faster reporting destroys restraint, that a channel makes
/// it worse. Each by name with its values.
pub(super) fn remarks(variants: &[Variant]) -> Vec<(String, Vec<(String, String)>)> {
    let mut all = Vec::new();
    let text = |name: &str, value: f64| (name.to_owned(), format!("{value:.4}"));
    if let Ok(model) = mediation::PrivateStrength::new(0.8, 0.8, 0.3)
        && let (Ok(false), Ok(plan)) = (mediation::mediation_adds(&model), mediation::mediator(&model))
    {
        let values = vec![text("p", 0.8), text("theta", 0.8), text("q", 0.3), text("peace", plan.peace)];
        all.push(("mediation-adds-nothing".to_owned(), values));
    }
    all.extend(faster());
    all.extend(worse(variants));
    all
}

/// The windows of the published example within which waiting for news sustains restraint, and does not.
fn faster() -> Option<(String, Vec<(String, String)>)> {
    let payoffs = triggers::Payoffs::new(5.0, 3.0, 1.0).ok()?;
    let rows = triggers::GoodNews::new(1.0, 0.2, 0.02).ok()?.windows(payoffs, &[4.0, 2.0, 1.0, 0.5]).ok()?;
    let said = |restraint: &triggers::Restraint| match restraint {
        triggers::Restraint::Holds { periods, value } => format!("T={periods}, V={value:.4}"),
        triggers::Restraint::OnlyBeyond | triggers::Restraint::Never => "–".to_owned(),
    };
    let value = |row: &triggers::WindowRow| (format!("D={}", row.window), said(&row.restraint));
    triggers::faster_destroys(&rows)
        .then(|| ("faster-reporting-destroys".to_owned(), rows.iter().map(value).collect()))
}

/// A variant without the channel that holds better than the plain one beyond chance.
fn worse(variants: &[Variant]) -> Option<(String, Vec<(String, String)>)> {
    let without = variants.iter().find(|one| one.name == "no-channel")?;
    let against = without.against_first.filter(|against| against.low > 0.0)?;
    Some(("channel-worsens".to_owned(), vec![("no-channel".to_owned(), format!("+{:.4}", against.value))]))
}
