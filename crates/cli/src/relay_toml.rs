//! Changing values in a relay.toml without losing the explanations around them.

use crate::errors;
use backchannel_station::api::Failure;
use std::fs;
use std::path::Path;

/// Gives each named key, which stands once in the file, another value.
pub fn set(path: &Path, values: &[(&str, String)]) -> Result<(), Failure> {
    let text = fs::read_to_string(path).map_err(|error| errors::unreadable(path, &error))?;
    fs::write(path, changed(&text, values)).map_err(|error| errors::unwritable(path, &error))
}

fn changed(text: &str, values: &[(&str, String)]) -> String {
    let line = |line: &str| {
        let key = line.split_once('=').map(|(key, _)| key.trim());
        let value = values.iter().find(|(name, _)| Some(*name) == key);
        value.map_or_else(|| line.to_owned(), |(name, value)| format!("{name} = {value}"))
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::changed;
    use backchannel_relay::config::{Config, DEFAULT_TOML};

    #[test]
    fn values_change_and_explanations_stay() {
        let text =
            changed(DEFAULT_TOML, &[("listen", "\"127.0.0.1:9\"".to_owned()), ("total", "77".to_owned())]);
        let config = Config::parse(&text).unwrap();
        assert_eq!((config.listen.to_string(), config.connections), ("127.0.0.1:9".to_owned(), 77));
        let comments = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
        assert_eq!(comments(&text), comments(DEFAULT_TOML));
    }
}
