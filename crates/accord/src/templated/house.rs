//! The templates, the codebook and the words that come with the program.
//!
//! They are read once. A file that cannot be read is an error, never a panic; a test reads them all.

use super::raw::{self, FileError};
use super::set::{FileKind, Set};
use super::units::Units;
use crate::words::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

macro_rules! files {
    ($kind:expr, $folder:literal: $($name:literal),+ $(,)?) => {
        &[$((
            $kind,
            concat!($folder, "/", $name, ".toml"),
            include_str!(concat!("../../data/", $folder, "/", $name, ".toml")),
        )),+]
    };
}

type File = (FileKind, &'static str, &'static str);

/// One line a template.
const TEMPLATES: &[File] = files!(FileKind::Template, "templates":
    "agreed-line",
    "ballistic-missile-launch",
    "border-query",
    "clarification",
    "complaint",
    "correction",
    "danger-to-navigation",
    "declaration",
    "exemption",
    "exercise",
    "exposure",
    "exposure-lines",
    "files-held",
    "hazardous-incident",
    "humanitarian-movement",
    "incident-at-sea",
    "line-answer",
    "line-check",
    "line-resumption",
    "line-schedule",
    "line-suspension",
    "major-strategic-exercise",
    "meeting-proposed",
    "missile-flight-test",
    "notice-of-denunciation",
    "notice-of-renewal",
    "notice-of-withdrawal",
    "nuclear-accident",
    "second-query",
    "self-report",
    "statement",
    "statement-mark",
    "unexplained-object",
    "unusual-activity",
    "watch-handover",
    "watch-release",
    "watch-released",
    "watch-rules",
    "watch-taken",
    "weapon-accident",
);
const CODEBOOKS: &[File] = files!(FileKind::Codebook, "codebooks": "standard");

/// The set of the house (TEMPLATE-4).
pub fn house() -> Result<&'static Set, &'static FileError> {
    static SET: OnceLock<Result<Set, FileError>> = OnceLock::new();
    SET.get_or_init(|| {
        let mut set = Set::new(Units::read("units.toml", include_str!("../../data/units.toml"))?);
        for (kind, file, text) in TEMPLATES.iter().chain(CODEBOOKS) {
            set.add(*kind, file, text)?;
        }
        Ok(set)
    })
    .as_ref()
}

/// Words that values are told in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ValueWords {
    pub yes: String,
    pub no: String,
    pub included: String,
    pub excluded: String,
    pub window: String,
    pub circle: String,
    pub polygon: String,
}

type AllWords = BTreeMap<String, ValueWords>;

fn all_words() -> Result<&'static AllWords, &'static FileError> {
    static WORDS: OnceLock<Result<AllWords, FileError>> = OnceLock::new();
    let read = || raw::toml("message-words.toml", include_str!("../../data/message-words.toml"));
    WORDS.get_or_init(read).as_ref()
}

/// The words of a language, else English ones.
pub(super) fn words_of(lang: &Lang) -> &'static ValueWords {
    static PLAIN: OnceLock<ValueWords> = OnceLock::new();
    let found = all_words().ok().and_then(|words| words.get(lang.code()).or_else(|| words.get("en")));
    found.unwrap_or_else(|| {
        PLAIN.get_or_init(|| ValueWords {
            yes: "yes".to_owned(),
            no: "no".to_owned(),
            included: "included".to_owned(),
            excluded: "excluded".to_owned(),
            window: "{from} ({first}) - {until} ({last})".to_owned(),
            circle: "{place}, {radius}".to_owned(),
            polygon: "{places}".to_owned(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templated::template::{Purpose, TimeRule};
    use std::collections::BTreeSet;
    use std::path::Path;

    const LANGUAGES: [&str; 6] = ["ar", "en", "fa", "fr", "he", "ru"];

    fn in_folder(folder: &str) -> BTreeSet<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(folder);
        let names = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| format!("{folder}/{}", name.to_string_lossy())).collect()
    }

    // TEMPLATE-1, TEMPLATE-2
    #[test]
    fn every_file_is_read_has_all_six_languages_and_is_on_the_list() {
        let set = house().unwrap_or_else(|error| panic!("{error} line {:?}", error.line));
        for (folder, files) in [("templates", TEMPLATES), ("codebooks", CODEBOOKS)] {
            let listed: BTreeSet<String> = files.iter().map(|(_, file, _)| (*file).to_owned()).collect();
            assert_eq!(listed, in_folder(folder));
        }
        let same = |what: &str, words: &crate::templated::raw::Words| {
            assert!(words.keys().map(Lang::code).eq(LANGUAGES), "{what}");
        };
        for template in set.templates() {
            same(&template.code, &template.title);
            template.fields.iter().for_each(|field| same(&field.key, &field.label));
            assert!(LANGUAGES.iter().all(|code| *code == "en" || template.reviewed_by.contains_key(&Lang::new(code).unwrap())));
        }
        for entry in set.codebooks().flat_map(|codebook| codebook.entries.values()) {
            same(&entry.number.to_string(), &entry.text);
        }
        assert_eq!(all_words().unwrap().len(), LANGUAGES.len());
    }

    // TEMPLATE-4
    #[test]
    fn the_files_are_named_as_their_codes_and_ask_what_the_practice_asks() {
        let set = house().unwrap();
        for (_, file, _) in TEMPLATES {
            let code = file.trim_start_matches("templates/").trim_end_matches(".toml");
            assert!(set.template(code).is_some(), "{file}");
        }
        let test = set.template("missile-flight-test").unwrap();
        let least: Vec<u64> = test.distances.iter().map(|(_, metres)| *metres).collect();
        assert_eq!(least, [40_000, 70_000, 40_000]);
        let days = |days: u64| days * 86_400_000;
        assert!(matches!(&test.time, Some(TimeRule::Before { least_ms, .. }) if *least_ms == days(3)));
        assert_eq!(test.window.as_ref().map(|(_, most)| *most), Some(days(5)));
        let query = set.template("unusual-activity").unwrap();
        assert_eq!(
            (query.purpose, query.reply.as_ref().map(|reply| reply.within_ms)),
            (Purpose::Query, Some(days(2)))
        );
        let entries = set.codebook("standard").unwrap().entries.values();
        assert!(
            entries
                .clone()
                .filter(|entry| entry.asks)
                .all(|entry| !entry.answers.is_empty() && entry.reply_ms.is_some())
        );
    }
}
