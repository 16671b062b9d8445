//! An entry of the register of claims, the file a claim is written in, and an exported register.
#![no_main]

use backchannel_accord::claims::{Entry, Exported, Fate, Names, Noted, Register, read};
use backchannel_wire::canonical;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(entry) = canonical::from_slice::<Entry>(data) {
        assert_eq!(canonical::to_vec(&entry), data);
    }
    if let Ok(noted) = canonical::from_slice::<Vec<Noted>>(data) {
        let mut register = Register::default();
        let taken = register.take(noted).iter().filter(|fate| !matches!(fate, Fate::Refused(_))).count();
        assert_eq!(register.noted().count(), taken);
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = read(text, &Names { side: &|_| None, item: &|_| None });
    if let Ok(exported) = Exported::read(text) {
        assert_eq!(Exported::read(&exported.write()).as_ref(), Ok(&exported));
    }
});
