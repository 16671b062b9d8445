//! What the words of a draft give away about its form (docs/spec/dispatches.md, FORM-7 and up).
//!
//! These rules read words, so they can err: they bind the writer's own station only, never the recipient's. A rule
//! refuses where the signal is sound, and warns where it is not. Six languages are known: en, fr, ru, ar, fa, he; in ar,
//! fa and he, where a written word has many readings, most rules only warn. Text in quotation marks is not read.

mod phrases;

use crate::event::Form;
use crate::fold::word_digests;
use crate::words::Lang;
use phrases::{COMMITMENTS, COURTESIES, FIRST_PERSON, JUDGEMENTS, MONTHS, Phrases, SALUTATIONS, SIGNATURES};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// The draft is not sent.
    Refused,
    /// The writer is told.
    Warning,
}

/// Something in the words of a passage that its form does not allow.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The number of the rule.
    pub rule: &'static str,
    /// Whether the draft is refused.
    pub weight: Weight,
    /// What was found.
    pub message: &'static str,
    /// The place of the passage, counted from 0.
    pub place: usize,
    /// Its language.
    pub lang: Lang,
    /// The line of the passage, counted from 1; 0 if it is the whole.
    pub line: usize,
}

/// The longest line, in words, that is taken for a date, signature or salutation line.
const LINE_WORDS_MAX: usize = 8;

/// Reads one language version of one passage by the rules of the form.
pub fn read(form: Form, place: usize, lang: &Lang, text: &str) -> Vec<Finding> {
    let plain = without_quotations(text);
    let mut out = Vec::new();
    let mut say = |rule, weight, message, line| {
        out.push(Finding { rule, weight, message, place, lang: lang.clone(), line });
    };
    let unsigned = matches!(form, Form::NonPaper | Form::AideMemoire | Form::BoutDePapier);
    let undated = matches!(form, Form::NonPaper | Form::BoutDePapier);
    for (number, line) in plain.lines().enumerate().map(|(at, line)| (at + 1, line.trim())) {
        if unsigned && is_signature(line) {
            say(
                "FORM-7",
                Weight::Refused,
                "the form bears no signature, and this line looks like one (FORM-7)",
                number,
            );
        }
        if undated && is_date(line) {
            say(
                "FORM-8",
                Weight::Refused,
                "the form bears no date, and this line looks like one (FORM-8)",
                number,
            );
        }
        if form == Form::AideMemoire && is_salutation(line) {
            say(
                "FORM-12",
                Weight::Refused,
                "an aide-memoire addresses nobody, and this line does (FORM-12)",
                number,
            );
        }
    }
    if form == Form::NonPaper && says(COMMITMENTS, lang, &plain) {
        say(
            "FORM-9",
            sound(lang),
            "a non-paper makes no commitment, and this text does in the first person (FORM-9)",
            0,
        );
    }
    let third = matches!(form, Form::AideMemoire | Form::NoteVerbale);
    if third && (says(FIRST_PERSON, lang, &plain) || speaks_as_us(lang, &plain)) {
        say(
            "FORM-10",
            sound(lang),
            "the form is written in the third person, and this text says I or we (FORM-10)",
            0,
        );
    }
    if form == Form::AideMemoire && says(COURTESIES, lang, &plain) {
        say("FORM-11", Weight::Refused, "an aide-memoire has no courtesies (FORM-11)", 0);
    }
    if form == Form::BoutDePapier && (says(JUDGEMENTS, lang, &plain) || says(COMMITMENTS, lang, &plain)) {
        say(
            "FORM-13",
            Weight::Warning,
            "a bout de papier states facts only; this reads as more (FORM-13)",
            0,
        );
    }
    out
}

/// In English, French and Russian the listed words have one reading; in the others they may have another.
fn sound(lang: &Lang) -> Weight {
    if matches!(lang.code(), "en" | "fr" | "ru") { Weight::Refused } else { Weight::Warning }
}

fn says(phrases: Phrases, lang: &Lang, text: &str) -> bool {
    let words = word_digests(text);
    let of_lang = phrases.iter().filter(|(code, _)| *code == lang.code()).flat_map(|(_, list)| list.iter());
    of_lang.map(|phrase| word_digests(phrase)).any(|phrase| contains(&words, &phrase))
}

fn contains(words: &[u64], phrase: &[u64]) -> bool {
    !phrase.is_empty() && words.windows(phrase.len()).any(|window| window == phrase)
}

/// "us" is a pronoun only in lower case.
fn speaks_as_us(lang: &Lang, text: &str) -> bool {
    lang.code() == "en" && text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "us")
}

/// Blanks out what stands in quotation marks, keeping the lines.
fn without_quotations(text: &str) -> String {
    let mut open: Option<char> = None;
    text.chars()
        .map(|c| {
            let closes = open == Some(c);
            let was_open = open.is_some();
            if closes {
                open = None;
            } else if !was_open {
                open = closing(c);
            }
            if was_open && c != '\n' { ' ' } else { c }
        })
        .collect::<String>()
}

fn closing(c: char) -> Option<char> {
    match c {
        '"' => Some('"'),
        '\u{201C}' => Some('\u{201D}'),
        '\u{201E}' => Some('\u{201C}'),
        '\u{00AB}' => Some('\u{00BB}'),
        _ => None,
    }
}

fn is_signature(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '*' | '_')).to_lowercase();
    SIGNATURES.iter().any(|mark| {
        bare.strip_prefix(mark).is_some_and(|rest| {
            let rest = rest.trim_start();
            // The mark alone, or followed by what sets a name apart from a sentence.
            let set_apart =
                rest.is_empty() || rest.starts_with([':', ',', ')', ']', '-', '\u{2013}', '\u{2014}', '_']);
            (set_apart || *mark == "/s/") && word_digests(rest).len() <= LINE_WORDS_MAX
        })
    })
}

fn is_salutation(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let lower = line.to_lowercase();
    let greets = SALUTATIONS.iter().any(|mark| {
        lower.strip_prefix(mark).is_some_and(|rest| rest.starts_with([':', ',']) || rest.is_empty())
            || (*mark == "dear" || *mark == "לכבוד" || mark.starts_with("уважаем"))
                && lower.strip_prefix(mark).is_some_and(|rest| rest.starts_with(' '))
                && line.ends_with([',', ':', '!'])
    });
    greets && words.len() <= LINE_WORDS_MAX
}

/// A line that holds a date and nothing else but a place or the word that announces it.
fn is_date(line: &str) -> bool {
    let (lead, rest) = match line.split_once([',', ':']) {
        Some((lead, rest)) if !lead.contains(|c: char| c.is_ascii_digit()) => (lead, rest),
        _ => ("", line),
    };
    let words: Vec<&str> =
        rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let months = words.iter().filter(|word| is_month(word)).count();
    let numbers = words.iter().filter(|word| is_number(word)).count();
    let others = words.len() - months - numbers;
    let year = words.iter().any(|word| is_number(word) && word.chars().count() == 4);
    let dated = others == 0 && year && ((months == 1 && numbers <= 2) || (months == 0 && numbers == 3));
    dated && word_digests(lead).len() <= 3
}

fn is_month(word: &str) -> bool {
    let word = word_digests(word);
    MONTHS.iter().any(|month| word_digests(month) == word)
}

fn is_number(word: &str) -> bool {
    let bare =
        word.strip_suffix("st").or_else(|| word.strip_suffix("nd")).or_else(|| word.strip_suffix("rd"));
    let bare = bare.or_else(|| word.strip_suffix("th")).unwrap_or(word);
    !bare.is_empty() && bare.chars().all(char::is_numeric)
}
