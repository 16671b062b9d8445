//! What a person chose for this desk, kept beside the vault. Nothing in it is a secret.

use crate::door::Theme;
use crate::limits::{LOCK_AFTER_MINUTES, LOCK_CHOICES, PREFERENCES_BYTES_MAX};
use crate::tongue::Lang;
use serde::{Deserialize, Serialize};
use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The file, in the station's directory.
const FILE: &str = "desk.toml";

/// How the file is written.
#[derive(Default, Serialize, Deserialize)]
struct Written {
    language: Option<String>,
    theme: Option<String>,
    latin_numerals: Option<bool>,
    letter_keys: Option<bool>,
    retention: Option<String>,
    /// 0: never.
    lock_after_minutes: Option<u64>,
}

/// What a new dispatch is set to be kept as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Retention {
    /// As long as the record is kept.
    #[default]
    Keep,
    /// Until it was read and handed back.
    ReadAndReturn,
}

impl Retention {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Keep, Self::ReadAndReturn];

    /// Its name in forms and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::ReadAndReturn => "read-and-return",
        }
    }

    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// What was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// The language; the browser's without it.
    pub lang: Option<Lang>,
    /// Light or dark.
    pub theme: Theme,
    /// Whether numerals are 0 to 9.
    pub latin: bool,
    /// Whether single letters are commands; who dictates turns them off.
    pub keys: bool,
    /// What a new dispatch is set to.
    pub retention: Retention,
    /// Minutes without a key or a click after which the station is locked; 0 for never.
    pub lock_after: u64,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            lang: None,
            theme: Theme::Auto,
            latin: false,
            keys: true,
            retention: Retention::Keep,
            lock_after: LOCK_AFTER_MINUTES,
        }
    }
}

impl Preferences {
    /// Reads them; what cannot be read is as if it was not chosen.
    pub fn read(home: &Path) -> Self {
        let mut text = String::new();
        let read = std::fs::File::open(home.join(FILE))
            .and_then(|file| file.take(PREFERENCES_BYTES_MAX).read_to_string(&mut text));
        let written = read.ok().and_then(|_| toml::from_str::<Written>(&text).ok()).unwrap_or_default();
        let lock =
            written.lock_after_minutes.filter(|minutes| *minutes == 0 || LOCK_CHOICES.contains(minutes));
        Self {
            lang: written.language.as_deref().and_then(Lang::of),
            theme: written.theme.as_deref().and_then(Theme::named).unwrap_or_default(),
            latin: written.latin_numerals.unwrap_or_default(),
            keys: written.letter_keys.unwrap_or(true),
            retention: written.retention.as_deref().and_then(Retention::named).unwrap_or_default(),
            lock_after: lock.unwrap_or(LOCK_AFTER_MINUTES),
        }
    }

    /// Keeps them: a new file takes the place of the old one whole.
    pub fn write(&self, home: &Path) -> io::Result<()> {
        let written = Written {
            language: self.lang.map(|lang| lang.code().to_owned()),
            theme: Some(self.theme.name().to_owned()),
            latin_numerals: Some(self.latin),
            letter_keys: Some(self.keys),
            retention: Some(self.retention.name().to_owned()),
            lock_after_minutes: Some(self.lock_after),
        };
        let text = toml::to_string(&written).map_err(io::Error::other)?;
        let next = home.join(format!("{FILE}.next"));
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&next)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(next, home.join(FILE))
    }
}
