//! What changed between two texts, word by word (DIFF-2, DIFF-3).

use crate::words::Text;

/// What became of a stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is in both.
    Same,
    /// It is in the earlier text only.
    Gone,
    /// It is in the later text only.
    New,
}

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Stretch {
    /// What became of it.
    pub fate: Fate,
    /// The words, with the space after them.
    pub text: Text,
}

/// A word with the white space after it; white space that begins a text is a word of its own.
fn tokens(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut space) = (0, false);
    for (at, c) in text.char_indices() {
        if space && !c.is_whitespace() {
            out.extend(text.get(start..at));
            start = at;
        }
        space = c.is_whitespace();
    }
    out.extend(text.get(start..).filter(|last| !last.is_empty()));
    out
}

/// The longest common words of two texts and what lies between. Of all alignments of that length the one is taken that keeps
/// equal words as soon as they meet, and else drops from the earlier text first. `cells` is what remains of the work all
/// comparisons of one diff may do; where it does not suffice, all words after the common beginning count as replaced.
pub fn compare(before: &str, after: &str, cells: &mut usize) -> Vec<Stretch> {
    let (a, b) = (tokens(before), tokens(after));
    let common = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (head, a) = a.split_at(common);
    let b = b.get(common..).unwrap_or_default();
    let mut out = Line::default();
    head.iter().for_each(|word| out.add(Fate::Same, word));
    let size = (a.len() + 1).saturating_mul(b.len() + 1);
    if size > *cells {
        a.iter().for_each(|word| out.add(Fate::Gone, word));
        b.iter().for_each(|word| out.add(Fate::New, word));
    } else {
        *cells -= size;
        align(a, b, &mut out);
    }
    out.stretches()
}

/// Fills the table of lengths from the end, then walks it from the beginning.
fn align<'a>(a: &[&'a str], b: &[&'a str], out: &mut Line<'a>) {
    let width = b.len() + 1;
    let mut table = vec![0_u16; (a.len() + 1) * width];
    let at = |table: &[u16], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0);
    for (i, left) in a.iter().enumerate().rev() {
        for (j, right) in b.iter().enumerate().rev() {
            let best = if left == right {
                at(&table, i + 1, j + 1).saturating_add(1)
            } else {
                at(&table, i + 1, j).max(at(&table, i, j + 1))
            };
            if let Some(cell) = table.get_mut(i * width + j) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    loop {
        match (a.get(i), b.get(j)) {
            (Some(left), Some(right)) if left == right => {
                out.add(Fate::Same, left);
                (i, j) = (i + 1, j + 1);
            }
            (Some(left), right) if right.is_none() || at(&table, i + 1, j) >= at(&table, i, j + 1) => {
                out.add(Fate::Gone, left);
                i += 1;
            }
            (_, Some(right)) => {
                out.add(Fate::New, right);
                j += 1;
            }
            (_, None) => return,
        }
    }
}

/// Words of one fate run together.
#[derive(Default)]
struct Line<'a>(Vec<(Fate, Vec<&'a str>)>);

impl<'a> Line<'a> {
    fn add(&mut self, fate: Fate, word: &'a str) {
        match self.0.last_mut() {
            Some((last, words)) if *last == fate => words.push(word),
            _ => self.0.push((fate, vec![word])),
        }
    }

    fn stretches(self) -> Vec<Stretch> {
        self.0.into_iter().map(|(fate, words)| Stretch { fate, text: Text::new(words.concat()) }).collect()
    }
}
