//! vectors/message and vectors/value: the notation of messages, and what people write against what is carried. After the blank line
//! stands the text itself, to the end of the file.

use backchannel_accord::templated::{Carried, Type, Value};
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Each vector's headers and text.
fn each(format: &str, mut check: impl FnMut(&str, &BTreeMap<&str, &str>, &str)) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../vectors").join(format);
    let mut outcomes = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = std::fs::read_to_string(&path).unwrap();
        let (headers, text) = file.split_once("\n\n").unwrap();
        let headers: BTreeMap<&str, &str> =
            headers.lines().map(|line| line.split_once(": ").unwrap()).collect();
        assert_eq!((headers["backchannel-vector"], headers["format"]), ("v1", format));
        check(&format!("{}: {}", path.display(), headers["why"]), &headers, text);
        outcomes.insert(headers["expect"].to_owned());
    }
    assert!(outcomes.contains("ok") && outcomes.len() > 5, "{outcomes:?}");
}

// MSG-1, MSG-2, MSG-3, MSG-4, MSG-5, MSG-6
#[test]
fn every_message_vector_gives_what_it_expects() {
    each("message", |why, headers, text| match Carried::read(text) {
        Ok(carried) => {
            assert_eq!(headers["expect"], "ok", "{why}");
            assert_eq!(carried.write(), text, "{why}");
        }
        Err(error) => assert_eq!(error.rule(), headers["expect"], "{why}"),
    });
}

// VALUE-1, VALUE-2, VALUE-3, VALUE-5, VALUE-6, VALUE-7, VALUE-8, VALUE-9, VALUE-10, VALUE-11
#[test]
fn every_value_vector_gives_what_it_expects() {
    each("value", |why, headers, text| {
        let kind = StrDeserializer::<Error>::new(headers["type"]);
        let kind = Type::deserialize(kind).unwrap_or_else(|error| panic!("{why}: {error}"));
        match Value::parse(kind, text) {
            Ok(value) => {
                assert_eq!((headers["expect"], headers["wire"]), ("ok", value.to_wire().as_str()), "{why}");
                assert_eq!(Value::from_wire(kind, headers["wire"]), Ok(value), "{why}");
            }
            Err(error) => assert_eq!(format!("VALUE-{}", error.rule), headers["expect"], "{why}"),
        }
    });
}
