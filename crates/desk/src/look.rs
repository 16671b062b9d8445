//! Reading the station's answers: a field that is not there reads as empty.

use serde_json::Value;

/// Looks into an answer.
pub trait Look {
    /// A text; empty if it is not there.
    fn text(&self, key: &str) -> &str;
    /// A text, if it is there and not empty.
    fn some(&self, key: &str) -> Option<&str>;
    /// A list; empty if it is not there.
    fn list(&self, key: &str) -> &[Value];
    /// Whether a flag is set.
    fn is(&self, key: &str) -> bool;
    /// A count; 0 if it is not there.
    fn count(&self, key: &str) -> u64;
    /// The texts of a list.
    fn names(&self, key: &str) -> Vec<&str>;
}

impl Look for Value {
    fn text(&self, key: &str) -> &str {
        self.get(key).and_then(Self::as_str).unwrap_or_default()
    }

    fn some(&self, key: &str) -> Option<&str> {
        Some(self.text(key)).filter(|text| !text.is_empty())
    }

    fn list(&self, key: &str) -> &[Value] {
        self.get(key).and_then(Self::as_array).map_or(&[], Vec::as_slice)
    }

    fn is(&self, key: &str) -> bool {
        self.get(key).and_then(Self::as_bool).unwrap_or(false)
    }

    fn count(&self, key: &str) -> u64 {
        self.get(key).and_then(Self::as_u64).unwrap_or_default()
    }

    fn names(&self, key: &str) -> Vec<&str> {
        self.list(key).iter().filter_map(Self::as_str).collect()
    }
}
