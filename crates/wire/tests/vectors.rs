//! The files under vectors/cell: read by every run, written anew with `BACKCHANNEL_WRITE_VECTORS=1`.
//!
//! A file is header lines `name: value`, a blank line, and the body in hexadecimal. `expect` is `ok` or the class of the
//! failure; `why` says what the file is there for.

use backchannel_wire::cell::{self, CellError, CellKey, CellPlain, Fragment, FragmentKind, Place};
use backchannel_wire::ids::{hex, unhex};
use backchannel_wire::limits::{CELL_HEADER_BYTES, CELL_PLAIN_BYTES, SEATS_MAX};
use backchannel_wire::{Beat, ChannelId, Head, MessageId, RoomId, SeatNo};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

const BODY_COLUMNS: usize = 96;
const KEY: [u8; 32] = [0x11; 32];
const NONCE: [u8; 24] = [0x22; 24];

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../vectors/cell")
}

fn place() -> Place {
    let seat = SeatNo::new(3).unwrap();
    Place { channel: ChannelId([0xc1; 16]), room: RoomId([0xa1; 16]), seat, beat: Beat(1204) }
}

// CELL-1, CELL-2, CELL-3, CELL-4
#[test]
fn every_vector_gives_what_it_expects() {
    if std::env::var_os("BACKCHANNEL_WRITE_VECTORS").is_some_and(|value| value == "1") {
        write_all();
    }
    let mut paths: Vec<_> =
        std::fs::read_dir(directory()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut expected = BTreeSet::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let (headers, body) = text.split_once("\n\n").unwrap();
        let headers: BTreeMap<&str, &str> =
            headers.lines().map(|line| line.split_once(": ").unwrap()).collect();
        assert_eq!((headers["backchannel-vector"], headers["format"]), ("v1", "cell"), "{}", path.display());
        let found = outcome(&headers, &unhex(&body.lines().collect::<String>()).unwrap());
        assert_eq!(found, headers["expect"], "{}: {}", path.display(), headers["why"]);
        expected.insert(found);
    }
    assert_eq!(expected, BTreeSet::from(["ok", "unopened", "version", "fragment", "filling"]));
}

fn outcome(headers: &BTreeMap<&str, &str>, body: &[u8]) -> &'static str {
    let field = |name: &str| unhex(headers[name]).unwrap();
    let place = Place {
        channel: ChannelId(field("channel").try_into().unwrap()),
        room: RoomId(field("room").try_into().unwrap()),
        seat: SeatNo::new(field("seat")[0]).unwrap(),
        beat: Beat(u64::from_be_bytes(field("beat").try_into().unwrap())),
    };
    let key = CellKey::new(field("key").try_into().unwrap());
    match cell::open(&key, &place, body.try_into().unwrap()) {
        Ok(plain) => {
            // What opens was made by the one layout there is.
            assert_eq!(hex(&plain.to_bytes().unwrap()), headers["plaintext"]);
            "ok"
        }
        Err(CellError::Unopened) => "unopened",
        Err(CellError::Version) => "version",
        Err(CellError::Fragment) => "fragment",
        Err(CellError::Filling) => "filling",
        Err(CellError::TooFull) => "too-full",
    }
}

struct Case {
    name: &'static str,
    expect: &'static str,
    why: &'static str,
    /// What the reader believes of the place.
    place: Place,
    key: [u8; 32],
    plain: Option<[u8; CELL_PLAIN_BYTES]>,
    body: Vec<u8>,
}

fn write_all() {
    let _ = std::fs::remove_dir_all(directory());
    std::fs::create_dir_all(directory()).unwrap();
    for case in opened().into_iter().chain(elsewhere()).chain(malformed()) {
        let Case { name, expect, why, place, key, plain, body } = case;
        let mut out = format!("backchannel-vector: v1\nformat: cell\nexpect: {expect}\nwhy: {why}\n");
        writeln!(out, "key: {}\nchannel: {}", hex(&key), hex(&place.channel.0)).unwrap();
        writeln!(out, "room: {}\nseat: {}", hex(&place.room.0), hex(&[place.seat.get()])).unwrap();
        writeln!(out, "beat: {}", hex(&place.beat.0.to_be_bytes())).unwrap();
        if let Some(plain) = plain {
            writeln!(out, "plaintext: {}", hex(&plain)).unwrap();
        }
        out.push('\n');
        for line in hex(&body).as_bytes().chunks(BODY_COLUMNS) {
            writeln!(out, "{}", String::from_utf8_lossy(line)).unwrap();
        }
        std::fs::write(directory().join(format!("{name}.txt")), out).unwrap();
    }
}

/// Seals any plaintext at the place, whatever it holds.
fn sealed(plain: &[u8; CELL_PLAIN_BYTES]) -> Vec<u8> {
    let place = place();
    let mut associated = b"backchannel cell v1".to_vec();
    associated.extend_from_slice(&place.channel.0);
    associated.extend_from_slice(&place.room.0);
    associated.push(place.seat.get());
    associated.extend_from_slice(&place.beat.0.to_be_bytes());
    let cipher = XChaCha20Poly1305::new((&KEY).into());
    let payload = Payload { msg: plain, aad: &associated };
    let mut out = NONCE.to_vec();
    out.extend(cipher.encrypt(XNonce::from_slice(&NONCE), payload).unwrap());
    out
}

fn plain(fragments: Vec<Fragment>) -> [u8; CELL_PLAIN_BYTES] {
    let mut received = [0; SEATS_MAX];
    received[0] = 1199;
    received[1] = 1201;
    let plain = CellPlain {
        counter: 1200,
        head_beat: Beat(1202),
        head: Head([0x33; 32]),
        epoch_authenticator: [0x44; 8],
        received,
        fragments,
    };
    plain.to_bytes().unwrap()
}

fn fragment(kind: FragmentKind, index: u16, count: u16, length: usize) -> Fragment {
    let bytes = (0..length).map(|n| n as u8).collect();
    Fragment { kind, message: MessageId([0x55; 16]), index, count, bytes }
}

fn case(name: &'static str, expect: &'static str, why: &'static str, body: Vec<u8>) -> Case {
    Case { name, expect, why, place: place(), key: KEY, plain: None, body }
}

fn opened() -> Vec<Case> {
    let good = |name, why, plain: [u8; CELL_PLAIN_BYTES]| {
        let case = case(name, "ok", why, sealed(&plain));
        Case { plain: Some(plain), ..case }
    };
    let two = vec![fragment(FragmentKind::Message, 0, 1, 300), fragment(FragmentKind::Body, 1, 4, 880)];
    vec![
        good("empty", "a cell that says nothing", plain(vec![])),
        good("two-fragments", "a lead and a part of its body, then zeros", plain(two)),
        good(
            "full",
            "one fragment of the greatest length",
            plain(vec![fragment(FragmentKind::Commit, 2, 3, 1799)]),
        ),
    ]
}

// CELL-1
fn elsewhere() -> Vec<Case> {
    let body = sealed(&plain(vec![]));
    let at = |name, why, place| Case { place, ..case(name, "unopened", why, body.clone()) };
    let flipped = |byte: usize| {
        let mut body = body.clone();
        body[byte] ^= 1;
        body
    };
    vec![
        at("other-channel", "another channel", Place { channel: ChannelId([0xc2; 16]), ..place() }),
        at("other-room", "another room", Place { room: RoomId([0xa2; 16]), ..place() }),
        at("other-seat", "another seat", Place { seat: SeatNo::new(4).unwrap(), ..place() }),
        at("replayed", "the same cell in the beat after", Place { beat: Beat(1205), ..place() }),
        Case { key: [0x12; 32], ..case("other-key", "unopened", "the key of another epoch", body.clone()) },
        case("bit-nonce", "unopened", "one bit of the nonce is flipped", flipped(0)),
        case("bit-body", "unopened", "one bit of the ciphertext is flipped", flipped(1000)),
        case("bit-tag", "unopened", "one bit of the tag is flipped", flipped(2047)),
    ]
}

fn malformed() -> Vec<Case> {
    let base = plain(vec![fragment(FragmentKind::Body, 0, 2, 10)]);
    let with = |changes: &[(usize, u8)]| {
        let mut plain = base;
        for (at, byte) in changes {
            plain[*at] = *byte;
        }
        sealed(&plain)
    };
    // Where the fragment stands: kind, message, index, count, length.
    let at = CELL_HEADER_BYTES;
    let (kind, index, count, length) = (at, at + 17, at + 19, at + 21);
    vec![
        case("version-0", "version", "version 0", with(&[(0, 0)])),
        case("version-2", "version", "a version to come", with(&[(0, 2)])),
        case("flag", "version", "a flag is set", with(&[(1, 0x80)])),
        case("unknown-kind", "fragment", "a fragment of kind 4", with(&[(kind, 4)])),
        case("index-at-count", "fragment", "the index is the count", with(&[(index + 1, 2)])),
        case("count-0", "fragment", "a message of no fragments", with(&[(count + 1, 0)])),
        case("count-1025", "fragment", "a message of 1,025 fragments", with(&[(count, 4), (count + 1, 1)])),
        case("message-in-parts", "fragment", "kind 1 is always whole", with(&[(kind, 1)])),
        case("length-0", "fragment", "a fragment without bytes", with(&[(length + 1, 0)])),
        case("length-1800", "fragment", "one byte more than fits", with(&[(length, 7), (length + 1, 8)])),
        case("cut-header", "fragment", "a fragment begins where its header no longer fits", {
            let mut full = plain(vec![fragment(FragmentKind::Body, 0, 1, 1790)]);
            full[CELL_PLAIN_BYTES - 9] = 3;
            sealed(&full)
        }),
        case("cut-bytes", "fragment", "the second fragment runs over the end", {
            let mut full = plain(vec![fragment(FragmentKind::Body, 0, 2, 1700)]);
            let second = at + 23 + 1700;
            full[second..second + 23].copy_from_slice(&base[at..at + 23]);
            full[second + 22] = 77;
            sealed(&full)
        }),
        case("filling-end", "filling", "the last byte is not zero", with(&[(CELL_PLAIN_BYTES - 1, 1)])),
        case("filling-middle", "filling", "a byte between is not zero", with(&[(at + 23 + 10 + 5, 0xff)])),
    ]
}
