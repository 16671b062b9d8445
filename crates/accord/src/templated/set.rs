//! The templates and codebooks of a channel: a set under one digest, the same on all sides (TEMPLATE-3).

use super::codebook::Codebook;
use super::raw::FileError;
use super::template::Template;
use super::units::Units;
use crate::limits::TEMPLATES_MAX;
use backchannel_wire::tagged::{Tag, hash};
use std::collections::BTreeMap;

/// The digest of a set.
pub type SetDigest = [u8; 32];

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// A template.
    Template,
    /// A codebook.
    Codebook,
}

/// A set of templates and codebooks.
#[derive(Clone, Debug)]
pub struct Set {
    templates: BTreeMap<String, Template>,
    codebooks: BTreeMap<String, Codebook>,
    pub(super) units: Units,
    /// The hash of each file, under its kind and code.
    files: BTreeMap<(FileKind, String), [u8; 32]>,
}

impl Set {
    /// An empty set, which counts in these units.
    pub fn new(units: Units) -> Self {
        Self { templates: BTreeMap::new(), codebooks: BTreeMap::new(), units, files: BTreeMap::new() }
    }

    /// Adds a file; one of a code that is there takes its place.
    pub fn add(&mut self, kind: FileKind, file: &str, text: &str) -> Result<(), FileError> {
        let code = match kind {
            FileKind::Template => {
                let template = Template::read(file, text)?;
                self.known_units(file, template.fields.iter().filter_map(|field| field.unit.as_deref()))?;
                let code = template.code.clone();
                self.templates.insert(code.clone(), template);
                code
            }
            FileKind::Codebook => {
                let codebook = Codebook::read(file, text)?;
                let slots = codebook.entries.values().flat_map(|entry| &entry.slots);
                self.known_units(file, slots.filter_map(|slot| slot.unit.as_deref()))?;
                let code = codebook.code.clone();
                self.codebooks.insert(code.clone(), codebook);
                code
            }
        };
        // Line ends are the only thing that tools alter of themselves.
        let same = text.replace("\r\n", "\n");
        self.files.insert((kind, code), hash(Tag("backchannel message file v1"), &[same.as_bytes()]));
        if self.files.len() > TEMPLATES_MAX {
            let problem = format!("a channel has at most {TEMPLATES_MAX} templates and codebooks");
            return Err(FileError { file: file.to_owned(), line: None, problem });
        }
        Ok(())
    }

    fn known_units<'a>(&self, file: &str, mut units: impl Iterator<Item = &'a str>) -> Result<(), FileError> {
        match units.find(|unit| !self.units.has(unit)) {
            None => Ok(()),
            Some(unit) => Err(FileError {
                file: file.to_owned(),
                line: None,
                problem: format!("the unit {unit} is not known"),
            }),
        }
    }

    /// Its digest: of each file in the order of kind and code.
    pub fn digest(&self) -> SetDigest {
        let parts = self.files.iter().flat_map(|((kind, code), hash)| {
            let kind: &[u8] = match kind {
                FileKind::Template => b"template",
                FileKind::Codebook => b"codebook",
            };
            [kind, code.as_bytes(), hash.as_slice()]
        });
        let parts: Vec<&[u8]> = parts.collect();
        hash(Tag("backchannel message set v1"), &parts)
    }

    /// The template of a code.
    pub fn template(&self, code: &str) -> Option<&Template> {
        self.templates.get(code)
    }

    /// The codebook of a code.
    pub fn codebook(&self, code: &str) -> Option<&Codebook> {
        self.codebooks.get(code)
    }

    /// Every template.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        self.templates.values()
    }

    /// Every codebook.
    pub fn codebooks(&self) -> impl Iterator<Item = &Codebook> {
        self.codebooks.values()
    }
}
