//! An item: what another member's station wants taken in.
#![no_main]

use backchannel_station::machine::item::Item;
use backchannel_wire::canonical;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(item) = canonical::from_slice::<Item>(data) {
        assert_eq!(canonical::to_vec(&item), data);
    }
});
