//! A templated message, the file one is written in, and a channel's own template: what other sides and people write.
#![no_main]

use backchannel_accord::templated::{Carried, FileKind, Message, draft, house};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (Ok(text), Ok(set)) = (std::str::from_utf8(data), house()) else { return };
    if let Ok(carried) = Carried::read(text) {
        assert_eq!(carried.write(), text);
        let _ = Message::verify(&carried, set);
    }
    if let Ok(message) = draft::read(text, set) {
        assert_eq!(Message::verify(&message.carried(set), set).as_ref(), Ok(&message));
    }
    let _ = set.clone().add(FileKind::Template, "own", text);
});
