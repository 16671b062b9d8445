//! Laying out text for people: 80 columns, no colours unless a terminal shows them, and nothing from another party
//! that a terminal would obey.

use crate::limits::COLUMNS;
use backchannel_accord::text;
use serde_json::Value;
use std::fmt::Write;
use std::io::{self, IsTerminal};

/// Another party's text made safe to show on one line (docs/spec/dispatches.md, TEXT rules), its white space made single.
pub fn one_line(text: &str) -> String {
    lean(&text::safe_line(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Takes the isolates off a safe line that has nothing to isolate: plain text stays plain for whoever pipes it on.
fn lean(line: &str) -> String {
    if line.chars().any(turns) { line.to_owned() } else { bare(line).to_owned() }
}

fn bare(line: &str) -> &str {
    line.trim_start_matches(ISOLATE).trim_end_matches(POP)
}

const ISOLATE: char = '\u{2068}';
const POP: char = '\u{2069}';

/// Whether a character is written from right to left, or sets a direction.
fn turns(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08ff}' | '\u{200e}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// (CMD-5) Whether a terminal acts on this character instead of showing it: controls, direction marks, invisible ones.
fn obeyed(c: char) -> bool {
    let direction = matches!(c, '\u{061c}' | '\u{200b}'..='\u{200f}');
    !c.is_ascii_graphic()
        && c != ' '
        && (direction || bare(&text::safe_line(c.encode_utf8(&mut [0; 4]))).len() > c.len_utf8())
}

/// One JSON value on one line. Characters that a terminal would obey are written as escapes, which JSON allows
/// because they can only stand inside strings.
pub fn json_line(value: &Value) -> String {
    let mut line = String::new();
    for c in value.to_string().chars() {
        if obeyed(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(line, "\\u{unit:04x}");
            }
        } else {
            line.push(c);
        }
    }
    line.push('\n');
    line
}

/// A string of an answer, made safe; empty if it is not there.
pub fn text_of(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).map(one_line).unwrap_or_default()
}

/// A number of an answer as people read it; empty if it is not there.
pub fn number_of(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_u64).map(grouped).unwrap_or_default()
}

/// The list under `key`; empty if it is not there.
pub fn list_of<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether the flag under `key` is set.
pub fn is(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// A number with its thousands grouped: 12,345.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut shown = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// "2026-11-23 10:00:00" from the long form of an instant.
pub fn instant(utc: &str) -> String {
    one_line(utc).replace('T', " ").split(['.', 'Z']).next().unwrap_or_default().to_owned()
}

/// A beat stamp in words: "beat 1,234, 2026-11-23 10:00:00 UTC"; "not yet" when it is null.
pub fn stamp(value: &Value) -> String {
    match (value.get("k").and_then(Value::as_u64), value.get("utc").and_then(Value::as_str)) {
        (Some(k), Some(utc)) => format!("beat {}, {} UTC", grouped(k), instant(utc)),
        (Some(k), None) => format!("beat {}", grouped(k)),
        _ => "not yet".to_owned(),
    }
}

/// Another party's text, made safe and broken into lines that fit the screen, each after `indent` spaces.
pub fn wrapped(text: &str, indent: usize) -> String {
    let safe: Vec<String> = text::safe(text).split('\n').map(|line| bare(line).to_owned()).collect();
    let isolated = |line: &str| {
        let text = line.trim_start();
        if text.chars().any(turns) {
            line.replace(text, &format!("{ISOLATE}{text}{POP}"))
        } else {
            line.to_owned()
        }
    };
    laid_out(&safe.join("\n"), indent).lines().map(isolated).collect::<Vec<_>>().join("\n")
}

/// Breaks text of ours, or made safe already, into lines that fit; empty lines stay.
pub fn laid_out(text: &str, indent: usize) -> String {
    let room = COLUMNS.saturating_sub(indent).max(20);
    let margin = " ".repeat(indent);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && width(&line) + 1 + width(word) > room {
                lines.push(format!("{margin}{line}"));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(if line.is_empty() { line } else { format!("{margin}{line}") });
    }
    lines.join("\n")
}

/// Fills text with spaces up to a number of columns, so that the next column lines up.
pub fn filled(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text)).max(1)))
}

/// Columns a terminal gives to a text: two for the wide characters of East Asia, one for others.
pub fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{0300}'..='\u{036f}' | '\u{200b}'..='\u{200f}' | ISOLATE | POP => 0,
            '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 2,
            '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' => 2,
            '\u{20000}'..='\u{3fffd}' => 2,
            _ => 1,
        })
        .sum()
}

/// A heading; bold where a terminal shows it.
pub fn heading(text: &str) -> String {
    styled(text, "1")
}

/// Words a person must not overlook; the words themselves say it, the colour only helps to find them.
pub fn warning(text: &str) -> String {
    styled(text, "1;33")
}

/// Colour only for a terminal, and only if nobody minds (CMD-9).
fn styled(text: &str, code: &str) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if plain || !io::stdout().is_terminal() { text.to_owned() } else { format!("\x1b[{code}m{text}\x1b[0m") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_terminal_would_obey_is_shown_and_not_sent() {
        let shown = "a<U+001B>[2Jb<U+009B>c<U+202E>d\n<U+0008>e";
        assert_eq!(wrapped("a\x1b[2Jb\u{9b}c\u{202e}d\r\n\x08e", 0), shown);
        assert_eq!(one_line(" a\n\tb\u{7f}"), "a b<U+007F>");
        // What runs from right to left is set apart; what does not stays as it is.
        assert_eq!(one_line("\u{5d0}"), "\u{2068}\u{5d0}\u{2069}");
        assert_eq!(wrapped("\u{5d0}\nb", 2), "  \u{2068}\u{5d0}\u{2069}\n  b");
    }

    #[test]
    fn json_stays_the_same_value_and_holds_no_character_a_terminal_obeys() {
        let value = json!({ "text": "a\u{9b}2J\u{7f}\u{202e}\u{e0041}\n" });
        let line = json_line(&value);
        assert!(line.trim_end().chars().all(|c| !obeyed(c)), "{line}");
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), value);
    }

    #[test]
    fn lines_fit_the_screen() {
        let text = wrapped(&"word ".repeat(100), 4);
        assert!(text.lines().all(|line| width(line) <= COLUMNS && line.starts_with("    word")));
        assert_eq!(wrapped("one\n\ntwo", 2), "  one\n\n  two");
    }

    #[test]
    fn numbers_and_beats_read_well() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(1_234_567), "1,234,567");
        let shown = stamp(&json!({ "k": 1234, "utc": "2026-11-23T10:00:00.250Z" }));
        assert_eq!(shown, "beat 1,234, 2026-11-23 10:00:00 UTC");
        assert_eq!(stamp(&Value::Null), "not yet");
    }
}
