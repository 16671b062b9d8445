//! The file of an understanding: somebody else may have written it.
#![no_main]

use backchannel_accord::understanding::{check, parse, to_toml};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let lines = text.lines().count().max(1);
    match parse(text) {
        Ok(read) => {
            check(&read);
            assert_eq!(parse(&to_toml(&read)), Ok(read));
        }
        Err(error) => assert!(error.line.is_none_or(|line| (1..=lines + 1).contains(&line))),
    }
});
