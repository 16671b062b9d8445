//! A letter left in the lobby: sealed by a stranger, or opened and ill-formed.
#![no_main]

use backchannel_assurance::IdentityKey;
use backchannel_fuzz::sized;
use backchannel_station::machine::mail::{Answer, Knock, Place};
use backchannel_wire::limits::LOBBY_BLOB_BYTES;
use backchannel_wire::lobby::Blob;
use backchannel_wire::{ChannelId, RoomId, SeatNo, canonical};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    match choice % 3 {
        0 => {
            if let Ok(knock) = canonical::from_slice::<Knock>(rest) {
                assert_eq!(canonical::to_vec(&knock), rest);
            }
        }
        1 => {
            if let Ok(answer) = canonical::from_slice::<Answer>(rest) {
                assert_eq!(canonical::to_vec(&answer), rest);
            }
        }
        _ => {
            let mine = IdentityKey::from_bytes(&[7; 32]);
            let seat = SeatNo::new(1).expect("a small number");
            let place = Place { channel: ChannelId([1; 16]), room: RoomId([2; 16]), seat };
            let blob = Blob::new(sized(rest, LOBBY_BLOB_BYTES)).expect("of a blob's size");
            // Nobody can make a letter for this key by chance.
            assert!(Knock::open(&place, &mine, &blob).is_none());
            assert!(Answer::open(&place, &mine, &blob).is_none());
        }
    }
});
