//! The project's text files, held in memory.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Folders that are built or fetched, never written by a person.
const SKIPPED_DIRS: [&str; 4] = ["target", ".git", "node_modules", "corpus"];
/// Files above this size are data: tidy has nothing to say about them.
const FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Every text file of the project by its path from the root, with `/` between folders.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads the workspace this tool was built from.
    pub fn of_workspace() -> io::Result<Self> {
        Self::read(&root())
    }

    /// Reads every text file under `dir`.
    pub fn read(dir: &Path) -> io::Result<Self> {
        let mut tree = Self::default();
        tree.read_dir(dir, "")?;
        Ok(tree)
    }

    /// Adds or replaces a file; used to plant violations in tests.
    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    /// A file's text.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// All files, in order of path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The Rust files, in order of path.
    pub fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(|(path, _)| path.ends_with(".rs"))
    }

    fn read_dir(&mut self, dir: &Path, prefix: &str) -> io::Result<()> {
        for entry in std::fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() && !SKIPPED_DIRS.contains(&name.as_str()) {
                self.read_dir(&entry.path(), &path)?;
            } else if kind.is_file() && entry.metadata()?.len() <= FILE_BYTES_MAX {
                // A file that is not text (a raw vector) holds nothing for tidy to read.
                if let Ok(text) = String::from_utf8(std::fs::read(entry.path())?) {
                    self.files.insert(path, text);
                }
            }
        }
        Ok(())
    }
}

/// The workspace's root folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}
