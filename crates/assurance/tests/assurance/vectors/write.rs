//! Makes the vector files, the same at every run.

mod artefact;
mod dv;
mod gentle;
mod invitation;
mod joint;
mod roster;
mod vouch;

use super::file::VectorFile;
use std::path::Path;

pub fn write_all() {
    write("vouch", vouch::cases());
    write("dv", dv::cases());
    write("roster", roster::cases());
    write("gentle", gentle::cases());
    write("joint", joint::cases());
    write("artefact", artefact::cases());
    write("invitation", invitation::cases());
}

/// Name, expected outcome, reason, content.
type Case = (&'static str, &'static str, &'static str, VectorFile);

fn write(format: &str, cases: Vec<Case>) {
    let directory = super::directory(format);
    let _ = std::fs::remove_dir_all(&directory);
    std::fs::create_dir_all(&directory).unwrap();
    for (name, expect, why, vector) in cases {
        let vector = vector.with("expect", expect).with("why", why);
        std::fs::write(directory.join(Path::new(name).with_extension("txt")), vector.to_text()).unwrap();
    }
}

fn flipped(bytes: &[u8], place: usize) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out[place] ^= 1;
    out
}
