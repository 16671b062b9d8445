//! The files an understanding is checked and composed with, compiled in: acts, lists of words, clauses.
//!
//! They are read once. A file that cannot be read is an error `check` reports, never a panic; a test reads them all.

use super::acts::Acts;
use super::library::Library;
use super::phrases::{Phrase, phrases};
use crate::words::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Why a compiled-in file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file {file} of this program cannot be used: {problem}")]
pub struct DataError {
    /// The file.
    pub file: &'static str,
    /// What is wrong with it.
    pub problem: String,
}

/// Everything the files say.
pub struct Data {
    /// The acts and which is broader.
    pub acts: Acts,
    /// Terms taken for each other.
    pub(super) near: Vec<Pair>,
    /// Words that betray a treaty.
    pub(super) treaty: Vec<TreatyWord>,
    /// The bare word self-defence.
    pub(super) defence: Defence,
    /// Words slots are filled with.
    pub(super) rendering: BTreeMap<Lang, Rendering>,
    /// Clauses and terms to compose from.
    pub library: Library,
}

/// The data, read at the first call.
pub fn data() -> Result<&'static Data, &'static DataError> {
    static DATA: OnceLock<Result<Data, DataError>> = OnceLock::new();
    DATA.get_or_init(read).as_ref()
}

fn read() -> Result<Data, DataError> {
    Ok(Data {
        acts: Acts::parse(include_str!("../../data/acts.toml"))?,
        near: near_miss(include_str!("../../data/near-miss.toml"))?,
        treaty: treaty_words(include_str!("../../data/treaty-words.toml"))?,
        defence: self_defence(include_str!("../../data/self-defence.toml"))?,
        rendering: rendering(include_str!("../../data/rendering.toml"))?,
        library: Library::read()?,
    })
}

/// Reads one file as TOML.
pub(super) fn toml<T: for<'d> Deserialize<'d>>(file: &'static str, text: &str) -> Result<T, DataError> {
    toml::from_str(text).map_err(|error| DataError { file, problem: error.message().to_owned() })
}

/// Lists by language code, as files write them.
pub(super) type Lists = BTreeMap<String, Vec<String>>;
/// The same, folded.
pub(super) type Folded = BTreeMap<Lang, Vec<Phrase>>;

fn folded(file: &'static str, lists: Lists) -> Result<Folded, DataError> {
    let one = |(code, list): (String, Vec<String>)| {
        let problem = || DataError { file, problem: format!("{code} is not a language with phrases") };
        let lang = Lang::new(&code).ok_or_else(problem)?;
        let list = phrases(&list).ok_or_else(problem)?;
        Ok((lang, list))
    };
    lists.into_iter().map(one).collect()
}

/// Two terms that are taken for each other.
pub(super) struct Pair {
    pub(super) code: String,
    /// Whether each wants an entry in the glossary wherever it is used.
    pub(super) art: bool,
    pub(super) a: Folded,
    pub(super) b: Folded,
}

fn near_miss(text: &str) -> Result<Vec<Pair>, DataError> {
    const FILE: &str = "near-miss.toml";
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Raw {
        pair: Vec<RawPair>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct RawPair {
        code: String,
        #[serde(default)]
        art: bool,
        a: Lists,
        b: Lists,
    }
    let pair = |raw: RawPair| {
        Ok(Pair { code: raw.code, art: raw.art, a: folded(FILE, raw.a)?, b: folded(FILE, raw.b)? })
    };
    toml::<Raw>(FILE, text)?.pair.into_iter().map(pair).collect()
}

/// A word not to say, and what to say.
pub(super) struct TreatyWord {
    pub(super) code: String,
    /// Whether it has one reading.
    pub(super) sound: bool,
    pub(super) avoid: Folded,
    pub(super) say: BTreeMap<String, String>,
}

fn treaty_words(text: &str) -> Result<Vec<TreatyWord>, DataError> {
    const FILE: &str = "treaty-words.toml";
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Raw {
        word: Vec<RawWord>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct RawWord {
        code: String,
        sound: bool,
        avoid: Lists,
        say: BTreeMap<String, String>,
    }
    let word = |raw: RawWord| {
        Ok(TreatyWord { code: raw.code, sound: raw.sound, avoid: folded(FILE, raw.avoid)?, say: raw.say })
    };
    toml::<Raw>(FILE, text)?.word.into_iter().map(word).collect()
}

/// The bare word, and what limits it.
pub(super) struct Defence {
    pub(super) forms: Folded,
    pub(super) limited: Folded,
}

fn self_defence(text: &str) -> Result<Defence, DataError> {
    const FILE: &str = "self-defence.toml";
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Raw {
        forms: Lists,
        limited: Lists,
    }
    let raw: Raw = toml(FILE, text)?;
    Ok(Defence { forms: folded(FILE, raw.forms)?, limited: folded(FILE, raw.limited)? })
}

/// The words slots are filled with, in one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Rendering {
    pub(super) and: String,
    pub(super) anywhere: String,
    pub(super) term: String,
    pub(super) between: String,
    pub(super) included: String,
    pub(super) excluded: String,
    pub(super) at_once: String,
    pub(super) units: Units,
}

/// The words for units of time: for one, for two to ten, for more.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Units {
    pub(super) d: [String; 3],
    pub(super) h: [String; 3],
    pub(super) m: [String; 3],
    pub(super) s: [String; 3],
    pub(super) ms: [String; 3],
}

fn rendering(text: &str) -> Result<BTreeMap<Lang, Rendering>, DataError> {
    const FILE: &str = "rendering.toml";
    let problem = |code: &str| DataError { file: FILE, problem: format!("{code} is not a language") };
    let raw: BTreeMap<String, Rendering> = toml(FILE, text)?;
    let all: BTreeMap<Lang, Rendering> = raw
        .into_iter()
        .map(|(code, words)| Ok((Lang::new(&code).ok_or_else(|| problem(&code))?, words)))
        .collect::<Result<_, DataError>>()?;
    if all.keys().any(|lang| lang.code() == "en") { Ok(all) } else { Err(problem("en, which is missing,")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIX: [&str; 6] = ["ar", "en", "fa", "fr", "he", "ru"];

    fn langs<'a>(list: impl IntoIterator<Item = &'a Lang>) -> Vec<&'a str> {
        list.into_iter().map(Lang::code).collect()
    }

    #[test]
    fn every_list_is_there_in_six_languages() {
        let data = data().expect("the files of the program are whole");
        for pair in &data.near {
            assert_eq!(
                (langs(pair.a.keys()), langs(pair.b.keys())),
                (SIX.to_vec(), SIX.to_vec()),
                "{}",
                pair.code
            );
        }
        assert_eq!(langs(data.defence.forms.keys()), SIX);
        assert_eq!(langs(data.defence.limited.keys()), SIX);
        assert_eq!(langs(data.rendering.keys()), SIX);
        for word in &data.treaty {
            let say: Vec<&str> = word.say.keys().map(String::as_str).collect();
            assert_eq!(langs(word.avoid.keys()), say, "{}: what to say instead", word.code);
        }
        let sound = data.treaty.iter().filter(|word| word.sound).flat_map(|word| word.avoid.keys());
        assert_eq!(langs(sound.collect::<std::collections::BTreeSet<_>>()), SIX);
    }

    #[test]
    fn a_damaged_file_is_an_error() {
        assert!(near_miss("[[pair]]\ncode = \"x\"\na.en = []\nb.en = [\"y\"]\n").is_err());
        assert!(near_miss("[[pair]]\ncode = \"x\"\na.en = [\"...\"]\nb.en = [\"y\"]\n").is_err());
        assert!(treaty_words("[[word]]\ncode = 1\n").is_err());
        assert!(self_defence("[forms]\nenglish = [\"x\"]\n[limited]\n").is_err());
        assert!(rendering("").is_err());
    }
}
