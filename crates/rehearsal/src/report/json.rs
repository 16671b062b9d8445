//! All numbers, for machines.

use crate::results::Results;
use serde_json::{Value, json as value};

/// The results as JSON, in the names of [`Results`]: of each variant `survival_1y` is the bare estimate and `interval` its
/// two ends, and the whole estimate stands in `survival_1y_estimate`. Numbers that are none are `null`; oracles get their
/// `error`, assumptions say whether they are `illustrative`.
pub fn json(results: &Results) -> String {
    let mut all = serde_json::to_value(results).unwrap_or_default();
    for variant in rows(&mut all, "variants") {
        let estimate = variant["survival_1y"].take();
        variant["survival_1y"] = estimate["value"].clone();
        variant["interval"] = value!([estimate["low"], estimate["high"]]);
        variant["survival_1y_estimate"] = estimate;
    }
    for oracle in rows(&mut all, "oracles") {
        let error =
            oracle["got"].as_f64().zip(oracle["expected"].as_f64()).map(|(got, want)| (got - want).abs());
        oracle["error"] = value!(error);
    }
    for assumption in rows(&mut all, "assumptions") {
        assumption["illustrative"] = value!(assumption["source"].is_null());
    }
    // Printing a value that stands in memory cannot fail.
    serde_json::to_string(&all).unwrap_or_default()
}

fn rows<'a>(all: &'a mut Value, name: &str) -> impl Iterator<Item = &'a mut Value> {
    all.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten()
}
