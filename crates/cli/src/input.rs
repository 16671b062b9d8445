//! Reading what a command is given: a file, or standard input for `-`.

use crate::errors;
use crate::limits::{INPUT_BYTES_MAX, LONG_BYTES_MAX};
use backchannel_accord::understanding::SpanMs;
use backchannel_station::api::Failure;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// The text of a file, or of standard input for `-`; bounded, and UTF-8.
pub fn text(path: &Path) -> Result<Zeroizing<String>, Failure> {
    if path.as_os_str() == "-" {
        return read(io::stdin().lock(), Path::new("Standard input"), INPUT_BYTES_MAX);
    }
    read(open(path)?, path, INPUT_BYTES_MAX)
}

/// The text of a file that a program wrote and that may be longer: an exported register, an interrupted rehearsal.
pub fn long_text(path: &Path) -> Result<Zeroizing<String>, Failure> {
    read(open(path)?, path, LONG_BYTES_MAX)
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| errors::unreadable(path, &error))
}

fn read(from: impl Read, path: &Path, bytes_max: u64) -> Result<Zeroizing<String>, Failure> {
    let mut text = Zeroizing::new(String::new());
    match from.take(bytes_max + 1).read_to_string(&mut text) {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(errors::usage(
            format!("{} is not UTF-8 text.", path.display()),
            "Save it as UTF-8 and run the command again.",
        )),
        Err(error) => Err(errors::unreadable(path, &error)),
        Ok(_) if text.len() as u64 > bytes_max => Err(errors::usage(
            format!("{} is longer than {} MiB.", path.display(), bytes_max >> 20),
            "Name a shorter file; a long dispatch is sent as several.",
        )),
        Ok(_) => Ok(text),
    }
}

/// The bytes of a file, or of standard input for `-`; bounded.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |error: &io::Error| errors::unreadable(path, error);
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        io::stdin().lock().take(INPUT_BYTES_MAX + 1).read_to_end(&mut bytes)
    } else {
        open(path)?.take(INPUT_BYTES_MAX + 1).read_to_end(&mut bytes)
    };
    match read {
        Err(error) => Err(unreadable(&error)),
        Ok(_) if bytes.len() as u64 > INPUT_BYTES_MAX => Err(errors::usage(
            format!("{} is longer than 2 MiB.", path.display()),
            "Name the file that `backchannel artefact export` wrote.",
        )),
        Ok(_) => Ok(bytes),
    }
}

/// Takes `LANG=TEXT`, such as `en=The proposal is understood.`
pub fn language_and_text(argument: &str) -> Result<(String, String), String> {
    let (language, text) =
        argument.split_once('=').ok_or("write it as LANG=TEXT, such as en=\"Understood.\"")?;
    if language.is_empty() || text.is_empty() {
        return Err("neither the language nor the text may be empty".to_owned());
    }
    Ok((language.to_owned(), text.to_owned()))
}

/// Takes a language code.
pub fn language(argument: &str) -> Result<String, String> {
    let lang = backchannel_accord::Lang::new(argument);
    lang.map(|lang| lang.code().to_owned())
        .ok_or_else(|| "a language is two or three letters, such as en".to_owned())
}

/// Takes a span of time, such as 12h, 30m or 90s, in milliseconds.
pub fn span_ms(argument: &str) -> Result<u64, String> {
    SpanMs::parse(argument).map(|span| span.0).ok_or_else(|| "write a number and d, h, m, s or ms".to_owned())
}

/// A TOML file of texts by language: `text.en = "..."` for each language, and nothing else.
pub fn texts_by_language(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Rendering {
        text: BTreeMap<String, String>,
    }
    let source = text(path)?;
    toml::from_str::<Rendering>(&source).map(|rendering| rendering.text).map_err(|error| {
        errors::usage(
            format!("{} is not a rendering: {}.", path.display(), error.message().trim_end_matches('.')),
            "Write one line for each language: text.en = \"The intermediary understands that ...\".",
        )
    })
}

/// The first line of a file without its end: not empty, and at most that long.
pub fn first_line(path: &Path, bytes_max: usize) -> Result<Zeroizing<String>, Failure> {
    let text = text(path)?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() || line.len() > bytes_max {
        return Err(errors::usage(
            format!("The first line of {} is not a passphrase.", path.display()),
            "Write the passphrase as the first line of the file, and nothing before it.",
        ));
    }
    Ok(Zeroizing::new(line.to_owned()))
}
