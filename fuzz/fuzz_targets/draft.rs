//! A draft of a dispatch, a carriage or a read-back: a file somebody else may have written.
#![no_main]

use backchannel_accord::draft;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let lines = text.lines().count().max(1);
    let line = |error: Option<usize>| error.is_none_or(|line| (1..=lines + 1).contains(&line));
    assert!(line(draft::parse(text).err().and_then(|error| error.line)));
    assert!(line(draft::parse_reply(text).err().and_then(|error| error.line)));
    assert!(line(draft::parse_carriage(text).err().and_then(|error| error.line)));
    assert!(line(draft::parse_read_back(text).err().and_then(|error| error.line)));
});
