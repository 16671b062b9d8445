//! The files under vectors/: read by every run, written anew with `BACKCHANNEL_WRITE_VECTORS=1`.
//!
//! A file is header lines `name: value`, a blank line, and the body in hexadecimal. `expect` is `ok` or the class of the
//! failure; `why` says what the file is there for.

mod file;
mod read;
mod write;

use file::VectorFile;
use std::collections::BTreeSet;
use std::path::PathBuf;

pub const FORMATS: [&str; 7] = ["vouch", "dv", "invitation", "roster", "gentle", "joint", "artefact"];

pub fn directory(format: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../vectors").join(format)
}

#[test]
fn every_vector_gives_what_it_expects() {
    if std::env::var_os("BACKCHANNEL_WRITE_VECTORS").is_some_and(|value| value == "1") {
        write::write_all();
    }
    for format in FORMATS {
        let mut paths: Vec<_> =
            std::fs::read_dir(directory(format)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let mut expected = BTreeSet::new();
        for path in paths {
            let vector = VectorFile::parse(&std::fs::read_to_string(&path).unwrap());
            assert_eq!(vector.value("backchannel-vector"), "v1", "{}", path.display());
            assert_eq!(vector.value("format"), format, "{}", path.display());
            let found = read::outcome(format, &vector);
            assert_eq!(found, vector.value("expect"), "{}: {}", path.display(), vector.value("why"));
            expected.insert(found);
        }
        assert!(expected.contains("ok") && expected.len() > 3, "{format}: {expected:?}");
    }
}
