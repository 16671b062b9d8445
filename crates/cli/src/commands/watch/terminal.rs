//! The terminal of the watch floor: only rows that changed are sent, so that a slow line suffices.

use super::floor::{JOURNAL_KEPT, Row, Seen, alerts, screen_of};
use crate::client;
use crate::errors;
use crate::global::Global;
use crate::screen;
use backchannel_station::api::{Failure, Request};
use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute, queue, terminal};
use serde_json::Value;
use std::io::{self, Write};
use std::time::Duration;

/// Takes the whole terminal, and gives it back however this ends.
struct Taken;

impl Taken {
    fn take() -> io::Result<Self> {
        terminal::enable_raw_mode()?;
        let taken = Self;
        execute!(io::stdout(), EnterAlternateScreen, cursor::Hide)?;
        Ok(taken)
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let _ = execute!(io::stdout(), cursor::Show, LeaveAlternateScreen);
        let _ = terminal::disable_raw_mode();
    }
}

/// Columns and rows where the terminal does not say.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// The view while it is open.
struct View {
    seen: Seen,
    since: u64,
    back: usize,
    shown: Vec<Row>,
    size: (u16, u16),
}

/// Shows the watch floor until a person leaves it.
pub fn run(every: Duration, global: &Global) -> Result<(), Failure> {
    // A station that is not there is told before the terminal is taken.
    client::ask(global, &Request::LineStatus {})?;
    let failed = |error: io::Error| {
        errors::internal(format!("The terminal cannot be used: {}.", errors::reason(&error)))
    };
    let _taken = Taken::take().map_err(failed)?;
    let mut view = View { seen: Seen::default(), since: 0, back: 0, shown: Vec::new(), size: (0, 0) };
    loop {
        let called = view.look(global);
        view.draw(called).map_err(failed)?;
        loop {
            if !event::poll(every).map_err(failed)? {
                break;
            }
            match event::read().map_err(failed)? {
                Event::Key(key) if key.kind != KeyEventKind::Release => match view.press(key) {
                    Pressed::Leave => return Ok(()),
                    Pressed::Other => view.draw(false).map_err(failed)?,
                },
                Event::Resize(..) => view.draw(false).map_err(failed)?,
                _ => {}
            }
        }
    }
}

enum Pressed {
    Leave,
    Other,
}

impl View {
    /// Asks the station; whether somebody is called: an alarm, or an unread flash, that was not there before.
    fn look(&mut self, global: &Global) -> bool {
        let flashes = flashes(&self.seen.inbox);
        let first = self.since == 0;
        let mut called = false;
        self.seen.failure = None;
        match client::ask(global, &Request::LineStatus {}) {
            Ok(line) => self.seen.line = line,
            Err(failure) => self.seen.failure = Some(format!("{} {}", failure.message, failure.hint)),
        }
        // While the records are locked the inbox is not shown.
        self.seen.inbox = client::ask(global, &Request::Inbox { unread: true }).unwrap_or(Value::Null);
        if let Ok(answer) = client::ask(global, &Request::Watch { since: self.since, timeout_ms: 0 }) {
            let entries = screen::list_of(&answer, "entries");
            called |= entries.iter().any(alerts);
            if self.back > 0 {
                self.back += entries.len();
            }
            self.seen.journal.extend(entries.iter().cloned());
            let kept = self.seen.journal.len().min(JOURNAL_KEPT);
            self.seen.journal.drain(..self.seen.journal.len() - kept);
            self.since = answer.get("next").and_then(Value::as_u64).unwrap_or(self.since).max(self.since);
        }
        !first && (called || flashes < self::flashes(&self.seen.inbox))
    }

    fn press(&mut self, key: KeyEvent) -> Pressed {
        let page = usize::from(self.size.1 / 2).max(1);
        match (key.code, key.modifiers) {
            (KeyCode::Char('q') | KeyCode::Esc, _) => return Pressed::Leave,
            (KeyCode::Char('c'), KeyModifiers::CONTROL) => return Pressed::Leave,
            (KeyCode::Up | KeyCode::Char('k'), _) => self.back += 1,
            (KeyCode::Down | KeyCode::Char('j'), _) => self.back = self.back.saturating_sub(1),
            (KeyCode::PageUp, _) => self.back += page,
            (KeyCode::PageDown, _) => self.back = self.back.saturating_sub(page),
            (KeyCode::End, _) => self.back = 0,
            (KeyCode::Char('r'), _) => self.shown.clear(),
            _ => {}
        }
        self.back = self.back.min(self.seen.journal.len());
        Pressed::Other
    }

    /// Sends the rows that changed, and rings if somebody is called.
    fn draw(&mut self, called: bool) -> io::Result<()> {
        // A terminal that does not know its size, as over some serial lines, is taken for one of the usual size.
        let size = terminal::size().ok().filter(|size| size.0 > 0 && size.1 > 0).unwrap_or(USUAL_SIZE);
        let mut out = io::stdout().lock();
        if size != self.size || self.shown.is_empty() {
            (self.size, self.shown) = (size, Vec::new());
            queue!(out, Clear(ClearType::All))?;
        }
        let rows = screen_of(&self.seen, usize::from(size.0), usize::from(size.1), self.back);
        for (at, row) in (0_u16..).zip(&rows) {
            if self.shown.get(usize::from(at)) == Some(row) {
                continue;
            }
            let attribute = if row.warns { Attribute::Bold } else { Attribute::Reset };
            queue!(out, cursor::MoveTo(0, at), SetAttribute(attribute), Print(&row.text))?;
            queue!(out, SetAttribute(Attribute::Reset), Clear(ClearType::UntilNewLine))?;
        }
        self.shown = rows;
        if called {
            queue!(out, Print('\x07'))?;
        }
        out.flush()
    }
}

fn flashes(inbox: &Value) -> usize {
    let items = screen::list_of(inbox, "items").iter();
    items.filter(|item| item.get("precedence").and_then(Value::as_str) == Some("flash")).count()
}
