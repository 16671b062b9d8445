//! What is counted, in words: for one, for two to ten, for more.

use super::raw::{self, FileError};
use crate::words::Lang;
use std::collections::BTreeMap;

/// Three forms of a unit in a language.
pub type Forms = [String; 3];

/// The units of counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units(BTreeMap<String, BTreeMap<Lang, Forms>>);

impl Units {
    /// Reads the file of units: for each code, for each language, its forms.
    pub fn read(file: &str, text: &str) -> Result<Self, FileError> {
        let all: BTreeMap<String, BTreeMap<String, Forms>> = raw::toml(file, text)?;
        let lang = |code: String, forms| {
            let problem = format!("{code} is no language code");
            let lang = Lang::new(&code).ok_or(FileError { file: file.to_owned(), line: None, problem })?;
            Ok((lang, forms))
        };
        let unit = |(code, by_lang): (String, BTreeMap<String, Forms>)| {
            let by_lang =
                by_lang.into_iter().map(|(code, forms)| lang(code, forms)).collect::<Result<_, _>>()?;
            Ok((code, by_lang))
        };
        all.into_iter().map(unit).collect::<Result<_, _>>().map(Self)
    }

    /// Whether there is such a unit.
    pub fn has(&self, code: &str) -> bool {
        self.0.contains_key(code)
    }

    /// A count in words.
    pub fn counted(&self, count: u64, code: &str, lang: &Lang) -> String {
        let forms = self.0.get(code).and_then(|by_lang| by_lang.get(lang));
        let [one, few, many] = match forms {
            Some(forms) => forms.each_ref().map(String::as_str),
            None => [code; 3],
        };
        match count {
            1 => format!("1 {one}"),
            2..=10 => format!("{count} {few}"),
            _ => format!("{count} {many}"),
        }
    }
}
