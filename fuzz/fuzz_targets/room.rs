//! MLS messages: raw bytes, and genuine messages altered in a few places, which must be refused and change nothing.
#![no_main]

use backchannel_rooms::{Change, Newcomer, RoomGroup, inspect_key_package};
use backchannel_wire::{RoomId, SeatNo, UtcMs};
use libfuzzer_sys::fuzz_target;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::cell::RefCell;

const NOW: UtcMs = UtcMs(1_800_000_000_000);
const ROOM: RoomId = RoomId([3; 16]);

/// A member about to receive, somebody about to join, and genuine bytes for both.
struct Scene {
    member: RoomGroup,
    newcomer: Newcomer,
    genuine: [Vec<u8>; 4],
}

thread_local! {
    static SCENE: RefCell<Scene> = RefCell::new(scene());
}

fn seat(n: u8) -> SeatNo {
    SeatNo::new(n).expect("a small number")
}

fn scene() -> Scene {
    let rng = &mut ChaCha20Rng::from_seed([1; 32]);
    let mut founder = RoomGroup::found(rng, NOW, ROOM, seat(0)).expect("founds");
    let newcomer = Newcomer::new(rng, NOW, seat(1), ROOM).expect("is made");
    let add = Change::Add { key_package: newcomer.key_package().to_vec() };
    let welcome = founder.stage(&add, b"", rng, NOW).expect("stages").welcome.expect("somebody was added");
    founder.apply_staged().expect("applies");
    let member = RoomGroup::join(&newcomer, &welcome, NOW).expect("joins");
    let message = founder.encrypt(b"a message of some length", rng).expect("encrypts");
    let commit = founder.stage(&Change::Update, b"note", rng, NOW).expect("stages").commit;
    let package = newcomer.key_package().to_vec();
    Scene { member, newcomer, genuine: [message, commit, welcome, package] }
}

/// Three bytes an alteration: where, and what is mixed into the byte there.
fn altered(genuine: &[u8], changes: &[u8]) -> Vec<u8> {
    let mut out = genuine.to_vec();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_be_bytes([change[0], change[1]])) % out.len();
        out[at] ^= change[2];
    }
    out
}

fuzz_target!(|data: &[u8]| {
    SCENE.with_borrow_mut(|scene| {
        let Some((choice, rest)) = data.split_first() else { return };
        let kind = usize::from(choice % 4);
        let bytes = if choice & 0x80 == 0 { rest.to_vec() } else { altered(&scene.genuine[kind], rest) };
        if scene.genuine.contains(&bytes) {
            return;
        }
        let before = scene.member.epoch_authenticator().expect("a member");
        let refused = match kind {
            0 | 1 => scene.member.receive(&bytes).is_err(),
            2 => RoomGroup::join(&scene.newcomer, &bytes, NOW).is_err(),
            _ => inspect_key_package(&bytes, ROOM, NOW).is_err(),
        };
        assert!(refused, "an altered message was taken");
        assert_eq!(scene.member.epoch_authenticator().expect("still a member"), before);
    });
});
