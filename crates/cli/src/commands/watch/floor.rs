//! The view of the watch floor: what is seen, as lines of a screen of a given size. It knows no terminal.

use crate::commands::line;
use crate::screen;
use serde_json::Value;

/// What the station last said.
#[derive(Default)]
pub struct Seen {
    /// `line status`.
    pub line: Value,
    /// `inbox`, what is unread.
    pub inbox: Value,
    /// The journal, oldest first.
    pub journal: Vec<Value>,
    /// Why the station did not answer, if it did not.
    pub failure: Option<String>,
}

/// One row of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its text, at most as wide as the screen.
    pub text: String,
    /// Whether a person must not overlook it.
    pub warns: bool,
}

/// Rows of the journal that stay to be seen, however much else there is.
const JOURNAL_ROWS_MIN: usize = 4;
/// Items of the inbox that are shown.
const INBOX_ROWS: usize = 5;
/// Lines of the journal that are kept.
pub const JOURNAL_KEPT: usize = 500;

/// The screen: exactly so many rows, none wider than it is (CMD-11). `back` is how many rows the journal is scrolled back.
pub fn screen_of(seen: &Seen, columns: usize, rows: usize, back: usize) -> Vec<Row> {
    let mut out = Vec::new();
    if let Some(failure) = &seen.failure {
        out.push(Row { text: format!("! {failure}"), warns: true });
    }
    out.extend(line::top(&seen.line).iter().map(|line| row(line)));
    if screen::is(&seen.line, "locked") {
        let text = "The records are locked: what came is kept, and not shown.".to_owned();
        out.push(Row { text, warns: false });
    } else {
        out.extend(inbox(&seen.inbox));
    }
    out.extend(line::called(&seen.line).iter().map(|line| row(line)));
    // What is least pressing is left out first where the screen is small.
    out.extend(line::lines(&seen.line).iter().map(|line| row(line)));
    // One row for the keys, and the journal below what is more pressing.
    let room = rows.saturating_sub(1);
    out.truncate(room.saturating_sub(JOURNAL_ROWS_MIN + 1));
    out.push(Row { text: "Journal".to_owned(), warns: false });
    let left = room.saturating_sub(out.len());
    let last = seen.journal.len().saturating_sub(back.min(seen.journal.len().saturating_sub(left)));
    let first = last.saturating_sub(left);
    out.extend(seen.journal.get(first..last).unwrap_or_default().iter().map(entry));
    out.resize(room, Row::default());
    let keys = "q quit   up, down, page up, page down: the journal   end: its newest   r draw again";
    out.push(Row { text: keys.to_owned(), warns: false });
    out.truncate(rows);
    for row in &mut out {
        row.text = clipped(&row.text, columns);
    }
    out
}

fn row(line: &str) -> Row {
    let (text, warns) = unstyled(line);
    Row {
        text: if warns && !text.trim().is_empty() { format!("! {}", text.trim_start()) } else { text },
        warns,
    }
}

/// Takes the colours off: the screen sets its own.
fn unstyled(line: &str) -> (String, bool) {
    let warns = line.contains("\x1b[1;33m");
    (line.replace("\x1b[1;33m", "").replace("\x1b[1m", "").replace("\x1b[0m", ""), warns)
}

fn inbox(inbox: &Value) -> Vec<Row> {
    let items = screen::list_of(inbox, "items");
    let heading = match items.len() {
        0 => "Everything is read.".to_owned(),
        1 => "One item is unread:".to_owned(),
        n => format!("{n} items are unread:"),
    };
    let mut rows = vec![Row { text: heading, warns: false }];
    // The most urgent first; of the same urgency the newest.
    let mut sorted: Vec<&Value> = items.iter().rev().collect();
    sorted.sort_by_key(|item| std::cmp::Reverse(urgency(item)));
    rows.extend(sorted.into_iter().take(INBOX_ROWS).map(|item| {
        let id: String = screen::text_of(item, "id").chars().take(8).collect();
        let precedence = screen::text_of(item, "precedence");
        let text = format!(
            "{id}  {}{}",
            screen::filled(&precedence.to_uppercase(), 11),
            screen::text_of(item, "summary")
        );
        let warns = precedence == "flash";
        Row { text: if warns { format!("! {text}") } else { format!("  {text}") }, warns }
    }));
    rows
}

fn urgency(item: &Value) -> u8 {
    match screen::text_of(item, "precedence").as_str() {
        "flash" => 3,
        "immediate" => 2,
        "priority" => 1,
        _ => 0,
    }
}

fn entry(entry: &Value) -> Row {
    let when = screen::instant(&screen::text_of(entry, "utc"));
    let kind = screen::text_of(entry, "kind");
    let what = screen::text_of(entry, "what");
    let warns = alerts(entry);
    let mark = if warns { "! " } else { "  " };
    Row { text: format!("{mark}{when}  {}", if what.is_empty() { kind } else { what }), warns }
}

/// Whether an entry of the journal is one for which a person is called.
pub fn alerts(entry: &Value) -> bool {
    let kind = entry.get("kind").and_then(Value::as_str).unwrap_or_default();
    matches!(kind, "alarm" | "altered" | "in-question" | "reply-overdue" | "line-unanswered" | "not-conveyed")
}

/// A text cut to a width; what turns its direction is closed again.
fn clipped(text: &str, columns: usize) -> String {
    if screen::width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut isolates = 0_usize;
    for c in text.chars() {
        let mut longer = out.clone();
        longer.push(c);
        if screen::width(&longer) >= columns {
            break;
        }
        match c {
            '\u{2068}' => isolates += 1,
            '\u{2069}' => isolates = isolates.saturating_sub(1),
            _ => {}
        }
        out.push(c);
    }
    out.extend(std::iter::repeat_n('\u{2069}', isolates));
    out.push('>');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn seen(entries: usize) -> Seen {
        let entry = |n: usize| json!({ "utc": "2026-11-25T03:10:00.000Z", "kind": "alarm", "what": format!("Line {n}.") });
        Seen {
            line: json!({
                "relay": { "connected": true, "k": 7, "last_beat_utc": "2026-11-25T03:10:00.000Z" },
                "sides": [{ "party": "\u{5d0}\u{5d1}".repeat(60), "heard_k": 6, "heard_utc": "2026-11-25T03:09:00.000Z" }],
                "alarms_open": 1,
            }),
            inbox: json!({ "items": [
                { "id": "aa11bb22cc", "precedence": "routine", "summary": "A notification." },
                { "id": "dd11bb22cc", "precedence": "flash", "summary": "Conveys a notification." },
            ] }),
            journal: (0..entries).map(entry).collect(),
            failure: None,
        }
    }

    // CMD-11
    #[test]
    fn the_screen_fits_whatever_its_size_and_whatever_is_written() {
        for (columns, rows) in [(80, 24), (40, 10), (20, 6), (1, 1), (200, 60)] {
            for back in [0, 3, 1000] {
                let screen = screen_of(&seen(100), columns, rows, back);
                assert_eq!(screen.len(), rows);
                assert!(screen.iter().all(|row| screen::width(&row.text) <= columns), "{screen:#?}");
            }
        }
    }

    // CMD-11
    #[test]
    fn a_flash_comes_first_and_the_journal_can_be_scrolled() {
        let screen = screen_of(&seen(100), 80, 24, 0);
        let at = |text: &str| screen.iter().position(|row| row.text.contains(text));
        assert!(at("FLASH") < at("ROUTINE") && at("FLASH").is_some(), "{screen:#?}");
        assert!(at("Line 99.").is_some() && at("Line 50.").is_none());
        let back = screen_of(&seen(100), 80, 24, 49);
        assert!(back.iter().any(|row| row.text.contains("Line 50.")), "{back:#?}");
        let whole = screen_of(&seen(2), 80, 24, 1000);
        assert!(whole.iter().any(|row| row.text.contains("Line 0.")), "{whole:#?}");
    }

    #[test]
    fn what_turns_the_direction_is_closed_where_it_is_cut() {
        let cut = clipped(&format!("\u{2068}{}\u{2069}", "\u{5d0}".repeat(50)), 10);
        assert_eq!(
            (screen::width(&cut), cut.matches('\u{2068}').count()),
            (10, cut.matches('\u{2069}').count())
        );
    }
}
