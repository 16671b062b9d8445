//! Makes another party's text inert on a terminal (docs/spec/dispatches.md, TEXT rules).
//!
//! Text from another party is data: it cannot move the cursor, recolour the screen, reorder the words around it or hide
//! what it says. Whoever prints it passes it through here first.

use crate::limits::MARKS_MAX;
use std::fmt::Write;
use unicode_normalization::char::is_combining_mark;

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// The text with every line set apart by isolates, and everything that could act shown as `<U+001B>`. Line feeds stay.
pub fn safe(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<String> = text.split('\n').map(isolated).collect();
    lines.join("\n")
}

/// The same on one line: line feeds too are shown.
pub fn safe_line(text: &str) -> String {
    isolated(text)
}

fn isolated(line: &str) -> String {
    if line.is_empty() {
        return String::new();
    }
    let mut out = String::with_capacity(line.len() + 8);
    out.push(FIRST_STRONG_ISOLATE);
    let mut marks = 0;
    for c in line.chars() {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if acts(c) || marks > MARKS_MAX {
            // Writing into a string cannot fail.
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out.push(POP_DIRECTIONAL_ISOLATE);
    out
}

/// Whether a character does something other than show itself (TEXT-1, TEXT-2, TEXT-3). The joiners that Persian needs and
/// the plain direction marks stay: inside an isolate they reach no further than the text.
pub(crate) fn acts(c: char) -> bool {
    let joiner_or_mark = matches!(c, '\u{200C}'..='\u{200F}' | '\u{061C}');
    !joiner_or_mark
        && (c.is_control()
            || matches!(c,
                '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
                | '\u{200B}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
                | '\u{FDD0}'..='\u{FDEF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
                | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E000}'..='\u{F8FF}'
                | '\u{E0000}'..='\u{10FFFF}')
            || matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF))
}
