//! What is told at the end: each participant's own record side by side, and what everyone could and could not see.

use super::closing::{Closed, holds_text};
use super::needles::passages;
use super::play::Play;
use super::scenario::Role;
use crate::limits::COLUMNS;
use crate::screen;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Records that stand side by side on one page.
const RECORDS_ABREAST: usize = 3;
/// Spaces between two of them.
const BETWEEN: usize = 2;
/// Characters of a passage by which a reader knows it again.
const GIST_CHARS: usize = 34;

impl Play<'_> {
    /// Tells the ending.
    pub fn tell_ending(&self, closed: &Closed) {
        self.telling.heading("Each participant's own record, side by side");
        let columns: Vec<(&str, &Value)> = self
            .scenario
            .stations
            .iter()
            .zip(&closed.read.records)
            .filter_map(|(station, record)| Some((station.name.as_str(), record.as_ref()?)))
            .collect();
        for page in columns.chunks(RECORDS_ABREAST) {
            self.telling.say(&abreast(page));
        }
        self.telling.heading("Who could read what");
        self.telling.say(&self.readers(closed));
        self.telling.heading("What each could and could not see");
        for sentence in self.views(closed) {
            self.telling.say(&screen::wrapped(&sentence, 2));
        }
    }

    /// A table of every passage and who has it in the record.
    fn readers(&self, closed: &Closed) -> String {
        let mut table = String::new();
        for (number, station) in self.scenario.stations.iter().enumerate() {
            let _ = writeln!(table, "  {}  {}", letter(number), station.name);
        }
        for sent in &self.sent {
            let _ = writeln!(table, "  {}", screen::one_line(&sent.name));
            for passage in passages(&sent.draft) {
                let Some((_, text)) = passage.texts.first() else { continue };
                let gist: String = screen::one_line(text).chars().take(GIST_CHARS).collect();
                let seen: String = closed
                    .read
                    .records
                    .iter()
                    .enumerate()
                    .map(|(number, record)| match record.as_ref().map(|record| holds_text(record, text)) {
                        Some(true) => format!(" {}", letter(number)),
                        Some(false) => " -".to_owned(),
                        None => " ?".to_owned(),
                    })
                    .collect();
                let head = format!("    {}", screen::filled(&passage.disclosure, 14));
                let _ = writeln!(table, "{head}{}{seen}", screen::filled(&gist, GIST_CHARS + 2));
            }
        }
        table.trim_end().to_owned()
    }

    fn views(&self, closed: &Closed) -> Vec<String> {
        let mut views = Vec::new();
        let parties = super::stage::parties(self.scenario);
        for party in &parties {
            views.push(format!(
                "{party} saw what it sent and what was conveyed to it, each with its beat. It could not see who else \
                 spoke to the intermediary or when, what the other side asked to be held, or any address but the relay's."
            ));
        }
        if let Some(house) = self.scenario.stations.iter().find(|station| station.role == Role::Intermediary)
        {
            views.push(format!(
                "{} saw every dispatch it was asked to carry. It could not read the delegations' own rooms or the \
                 registry, and could not alter a verbatim passage without the other side being told.",
                house.name
            ));
        }
        let relay = &closed.relay;
        views.push(format!(
            "The relay saw {} rooms and {} cells, all of one size. Of {} passages, renderings, names and keys, {} were \
             found in its storage, its logs and its memory ({} bytes were looked through). It could see who was \
             connected and when membership changed.",
            screen::grouped(relay.rooms),
            screen::grouped(relay.cells),
            screen::grouped(relay.needles),
            screen::grouped(relay.plaintext_hits),
            screen::grouped(relay.bytes),
        ));
        let (up, down) = closed.observer.sizes();
        let beats: u64 = closed.observer.connections.iter().map(|connection| connection.beats).sum();
        views.push(format!(
            "The network observer saw {} lines, {} frames up of {up} bytes and as many down of {down} bytes, one a \
             beat, and {} joinings through the lobby. It could not tell talk from silence.",
            closed.observer.connections.len(),
            screen::grouped(beats),
            closed.observer.lobby.len(),
        ));
        views
    }
}

fn letter(number: usize) -> char {
    char::from_digit(u32::try_from(number % 26).unwrap_or(0) + 10, 36).unwrap_or('?').to_ascii_uppercase()
}

/// Records side by side, in order of beats.
fn abreast(page: &[(&str, &Value)]) -> String {
    let width = (COLUMNS - BETWEEN * (RECORDS_ABREAST - 1)) / RECORDS_ABREAST;
    let mut rows: BTreeMap<u64, Vec<Vec<String>>> = BTreeMap::new();
    for (column, (_, record)) in page.iter().enumerate() {
        for entry in screen::list_of(record, "entries") {
            let k = entry.get("k").and_then(Value::as_u64).unwrap_or_default();
            let row = rows.entry(k).or_insert_with(|| vec![Vec::new(); page.len()]);
            if let Some(cell) = row.get_mut(column) {
                cell.extend(narrow(&told(k, entry), width));
            }
        }
    }
    let names = page.iter().map(|(name, _)| vec![(*name).to_owned()]).collect();
    let mut lines = vec![String::new()];
    lines.extend(side_by_side(names, width));
    lines.push("-".repeat(COLUMNS));
    for (_, row) in rows {
        lines.extend(side_by_side(row, width));
    }
    lines.join("\n")
}

fn told(k: u64, entry: &Value) -> String {
    format!("{k} {}", screen::text_of(entry, "what"))
}

fn side_by_side(cells: Vec<Vec<String>>, width: usize) -> Vec<String> {
    let height = cells.iter().map(Vec::len).max().unwrap_or_default();
    let line = |at: usize| {
        let parts = cells.iter().map(|cell| cell.get(at).map_or("", String::as_str));
        parts.map(|part| screen::filled(part, width + BETWEEN)).collect::<String>().trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

/// Text in lines of at most `width` columns; a word that is longer is cut.
fn narrow(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut rest: Vec<char> = word.chars().collect();
        while !rest.is_empty() {
            let piece: String = rest.drain(..rest.len().min(width)).collect();
            let fits =
                |line: &String| line.is_empty() || screen::width(line) + 1 + screen::width(&piece) <= width;
            match lines.last_mut().filter(|line| fits(line)) {
                Some(line) if line.is_empty() => line.push_str(&piece),
                Some(line) => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                None => lines.push(piece),
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, abreast, letter, narrow};
    use crate::screen;
    use serde_json::json;

    #[test]
    fn records_stand_side_by_side_in_order_of_beats() {
        let one =
            json!({ "entries": [{ "k": 5, "what": "sent a non-paper" }, { "k": 9, "what": "read back" }] });
        let two =
            json!({ "entries": [{ "k": 7, "what": "received a non-paper from the other side, with care" }] });
        let text = abreast(&[("alpha-head", &one), ("house", &two)]);
        assert!(text.lines().all(|line| screen::width(line) <= COLUMNS), "{text}");
        let at = |part: &str| text.find(part).unwrap();
        assert!(at("5 sent") < at("7 received") && at("7 received") < at("9 read back"));
        assert_eq!(letter(2), 'C');
    }

    #[test]
    fn long_words_are_cut_to_the_column() {
        assert_eq!(narrow("abcdefgh ij", 4), vec!["abcd", "efgh", "ij"]);
    }
}
