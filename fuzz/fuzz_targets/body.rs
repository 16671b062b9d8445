//! Fragments of bodies as a member's cells bring them, put together within bounds, and what they make opened.
#![no_main]

use backchannel_station::limits::PARTIAL_MESSAGES_MAX;
use backchannel_station::machine::assembly::Assembly;
use backchannel_station::machine::body;
use backchannel_wire::cell::{Fragment, FragmentKind};
use backchannel_wire::limits::FRAGMENTS_MAX;
use backchannel_wire::{Beat, MessageId};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    assert!(body::open(&[7; 32], data).is_none());
    let mut assembly = Assembly::default();
    // Six bytes a fragment: message, index, count, content.
    for (at, six) in (0u64..).zip(data.chunks_exact(6)) {
        let count = u16::from_be_bytes([six[3], six[4]]) % FRAGMENTS_MAX + 1;
        let index = u16::from_be_bytes([six[1], six[2]]) % count;
        let message = MessageId([six[0]; 16]);
        let fragment = Fragment { kind: FragmentKind::Body, message, index, count, bytes: vec![six[5]] };
        if let Some(whole) = assembly.take(&fragment, Beat(at)) {
            assert_eq!(whole.len(), usize::from(count));
        }
    }
    let incomplete = (0..=255).filter(|n| assembly.has(MessageId([*n; 16]))).count();
    assert!(incomplete <= PARTIAL_MESSAGES_MAX);
});
