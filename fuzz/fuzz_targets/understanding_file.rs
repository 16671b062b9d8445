//! The file of an understanding: somebody else may have written it. Each input is read as it is, and set into the example of the page.
#![no_main]

use backchannel_accord::understanding::{check, parse, to_toml};
use libfuzzer_sys::fuzz_target;

const PAGE: &str = include_str!("../../docs/spec/understanding.md");

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    read(text);
    let example: Vec<&str> = PAGE.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    let place = usize::from(data.first().copied().unwrap_or(0)) % example.len();
    let mut altered = example.clone();
    altered[place] = text;
    read(&altered.join("\n"));
});

fn read(text: &str) {
    let lines = text.lines().count().max(1);
    match parse(text) {
        Ok(read) => {
            check(&read);
            assert_eq!(parse(&to_toml(&read)), Ok(read));
        }
        Err(error) => assert!(error.line.is_none_or(|line| (1..=lines + 1).contains(&line))),
    }
}
