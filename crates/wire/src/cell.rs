//! The fixed-size ciphertext a seat posts once a beat. Source: docs/spec/cells.md.

use crate::ids::{Beat, ChannelId, Head, MessageId, RoomId, SeatNo};
use crate::limits::*;
use chacha20poly1305::aead::AeadInPlace;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::{Zeroize, ZeroizeOnDrop};

const VERSION: u8 = 1;

/// One sealed cell.
pub type Cell = Box<[u8; CELL_BYTES]>;

/// The key of a room's cells in one epoch.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct CellKey([u8; 32]);

impl CellKey {
    /// Takes the MLS exporter's output.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key's bytes, for the vault.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Where and when a cell is posted: the associated data that binds it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The channel.
    pub channel: ChannelId,
    /// The room.
    pub room: RoomId,
    /// The seat that posts.
    pub seat: SeatNo,
    /// The beat in which it posts.
    pub beat: Beat,
}

impl Place {
    fn associated_data(&self) -> Vec<u8> {
        let mut out = b"backchannel cell v1".to_vec();
        out.extend_from_slice(&self.channel.0);
        out.extend_from_slice(&self.room.0);
        out.push(self.seat.get());
        out.extend_from_slice(&self.beat.0.to_be_bytes());
        out
    }
}

/// What a fragment is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum FragmentKind {
    /// A whole MLS application message; always one fragment.
    Message = 1,
    /// A part of an MLS commit.
    Commit = 2,
    /// A part of a body that lives outside epochs.
    Body = 3,
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// What it is a part of.
    pub kind: FragmentKind,
    /// Which message.
    pub message: MessageId,
    /// Its place, from 0.
    pub index: u16,
    /// How many the message has, at least 1.
    pub count: u16,
    /// Its content, 1 to [`FRAGMENT_BYTES_MAX`] bytes.
    pub bytes: Vec<u8>,
}

impl Fragment {
    /// Bytes the fragment takes in a cell.
    pub fn size(&self) -> usize {
        FRAGMENT_HEADER_BYTES + self.bytes.len()
    }
}

/// The plaintext of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellPlain {
    /// The seat's own counter, one more in each cell handed to a connection.
    pub counter: u64,
    /// The last sealed beat the station had processed.
    pub head_beat: Beat,
    /// That beat's head.
    pub head: Head,
    /// The first bytes of the MLS epoch authenticator.
    pub epoch_authenticator: [u8; 8],
    /// For each seat the highest counter received.
    pub received: [u64; SEATS_MAX],
    /// The fragments, in priority order.
    pub fragments: Vec<Fragment>,
}

/// Why a cell was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CellError {
    /// It does not open under this key at this place (CELL-1).
    #[error("the cell does not open at this place")]
    Unopened,
    /// Unknown version or flags (CELL-2).
    #[error("the cell has an unknown version or flag")]
    Version,
    /// A fragment breaks its bounds (CELL-3).
    #[error("a fragment of the cell breaks its bounds")]
    Fragment,
    /// Bytes after the last fragment are not zero (CELL-4).
    #[error("the cell is not filled with zeros")]
    Filling,
    /// The fragments do not fit (CELL-5).
    #[error("the fragments do not fit into one cell")]
    TooFull,
}

impl CellPlain {
    /// Lays the plaintext out; refuses fragments that break their bounds or do not fit.
    pub fn to_bytes(&self) -> Result<[u8; CELL_PLAIN_BYTES], CellError> {
        let mut out = Vec::with_capacity(CELL_PLAIN_BYTES);
        out.extend_from_slice(&[VERSION, 0]);
        out.extend_from_slice(&self.counter.to_be_bytes());
        out.extend_from_slice(&self.head_beat.0.to_be_bytes());
        out.extend_from_slice(&self.head.0);
        out.extend_from_slice(&self.epoch_authenticator);
        for counter in self.received {
            out.extend_from_slice(&counter.to_be_bytes());
        }
        for fragment in &self.fragments {
            put_fragment(&mut out, fragment)?;
        }
        if out.len() > CELL_PLAIN_BYTES {
            return Err(CellError::TooFull);
        }
        out.resize(CELL_PLAIN_BYTES, 0);
        out.try_into().map_err(|_| CellError::TooFull)
    }

    /// Reads a plaintext and refuses anything [`Self::to_bytes`] would not have made.
    pub fn from_bytes(bytes: &[u8; CELL_PLAIN_BYTES]) -> Result<Self, CellError> {
        let mut reader = Reader(bytes);
        if reader.take::<2>()? != [VERSION, 0] {
            return Err(CellError::Version);
        }
        let counter = u64::from_be_bytes(reader.take()?);
        let head_beat = Beat(u64::from_be_bytes(reader.take()?));
        let head = Head(reader.take()?);
        let epoch_authenticator = reader.take()?;
        let mut received = [0; SEATS_MAX];
        for slot in &mut received {
            *slot = u64::from_be_bytes(reader.take()?);
        }
        let mut fragments = Vec::new();
        while let Some(fragment) = reader.fragment()? {
            fragments.push(fragment);
        }
        Ok(Self { counter, head_beat, head, epoch_authenticator, received, fragments })
    }
}

fn put_fragment(out: &mut Vec<u8>, fragment: &Fragment) -> Result<(), CellError> {
    check_fragment(fragment.kind, fragment.index, fragment.count, fragment.bytes.len())?;
    let length = u16::try_from(fragment.bytes.len()).map_err(|_| CellError::Fragment)?;
    out.push(fragment.kind as u8);
    out.extend_from_slice(&fragment.message.0);
    out.extend_from_slice(&fragment.index.to_be_bytes());
    out.extend_from_slice(&fragment.count.to_be_bytes());
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(&fragment.bytes);
    Ok(())
}

fn check_fragment(kind: FragmentKind, index: u16, count: u16, length: usize) -> Result<(), CellError> {
    let whole = kind != FragmentKind::Message || count == 1;
    let sound =
        whole && index < count && count <= FRAGMENTS_MAX && (1..=FRAGMENT_BYTES_MAX).contains(&length);
    if sound { Ok(()) } else { Err(CellError::Fragment) }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], CellError> {
        let (head, rest) = self.0.split_first_chunk::<N>().ok_or(CellError::Fragment)?;
        self.0 = rest;
        Ok(*head)
    }

    fn fragment(&mut self) -> Result<Option<Fragment>, CellError> {
        let kind = match self.0.first() {
            None => return Ok(None),
            Some(0) if self.0.iter().all(|byte| *byte == 0) => return Ok(None),
            Some(0) => return Err(CellError::Filling),
            Some(1) => FragmentKind::Message,
            Some(2) => FragmentKind::Commit,
            Some(3) => FragmentKind::Body,
            Some(_) => return Err(CellError::Fragment),
        };
        let [_] = self.take::<1>()?;
        let message = MessageId(self.take()?);
        let index = u16::from_be_bytes(self.take()?);
        let count = u16::from_be_bytes(self.take()?);
        let length = usize::from(u16::from_be_bytes(self.take()?));
        check_fragment(kind, index, count, length)?;
        if self.0.len() < length {
            return Err(CellError::Fragment);
        }
        let (bytes, rest) = self.0.split_at(length);
        self.0 = rest;
        Ok(Some(Fragment { kind, message, index, count, bytes: bytes.to_vec() }))
    }
}

/// Seals a plaintext under the epoch's key and a nonce that is fresh and random for every cell.
pub fn seal(
    key: &CellKey,
    nonce: [u8; CELL_NONCE_BYTES],
    place: &Place,
    plain: &CellPlain,
) -> Result<Cell, CellError> {
    let mut body = plain.to_bytes()?;
    let cipher = XChaCha20Poly1305::new((&key.0).into());
    let tag = cipher
        .encrypt_in_place_detached(XNonce::from_slice(&nonce), &place.associated_data(), &mut body)
        .map_err(|_| CellError::TooFull)?;
    let mut cell = Box::new([0; CELL_BYTES]);
    cell[..CELL_NONCE_BYTES].copy_from_slice(&nonce);
    cell[CELL_NONCE_BYTES..CELL_BYTES - CELL_TAG_BYTES].copy_from_slice(&body);
    cell[CELL_BYTES - CELL_TAG_BYTES..].copy_from_slice(&tag);
    body.zeroize();
    Ok(cell)
}

/// Opens a cell that stood at `place`.
pub fn open(key: &CellKey, place: &Place, cell: &[u8; CELL_BYTES]) -> Result<CellPlain, CellError> {
    let (nonce, rest) = cell.split_at(CELL_NONCE_BYTES);
    let (sealed, tag) = rest.split_at(CELL_PLAIN_BYTES);
    let mut body = [0; CELL_PLAIN_BYTES];
    body.copy_from_slice(sealed);
    XChaCha20Poly1305::new((&key.0).into())
        .decrypt_in_place_detached(XNonce::from_slice(nonce), &place.associated_data(), &mut body, tag.into())
        .map_err(|_| CellError::Unopened)?;
    let plain = CellPlain::from_bytes(&body);
    body.zeroize();
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place() -> Place {
        Place {
            channel: ChannelId([1; 16]),
            room: RoomId([2; 16]),
            seat: SeatNo::new(3).unwrap(),
            beat: Beat(4),
        }
    }

    fn plain(fragments: Vec<Fragment>) -> CellPlain {
        CellPlain {
            counter: 7,
            head_beat: Beat(3),
            head: Head([9; 32]),
            epoch_authenticator: [5; 8],
            received: [6; SEATS_MAX],
            fragments,
        }
    }

    fn fragment(length: usize) -> Fragment {
        Fragment {
            kind: FragmentKind::Body,
            message: MessageId([8; 16]),
            index: 0,
            count: 2,
            bytes: vec![1; length],
        }
    }

    #[test]
    fn the_sizes_add_up() {
        assert_eq!(CELL_PLAIN_BYTES, 2008);
        assert_eq!(CELL_HEADER_BYTES, 186);
        assert_eq!(FRAGMENT_BYTES_MAX, 1799);
    }

    // CELL-1
    #[test]
    fn a_cell_opens_only_at_its_place() {
        let key = CellKey::new([1; 32]);
        let sealed = seal(&key, [2; 24], &place(), &plain(vec![fragment(FRAGMENT_BYTES_MAX)])).unwrap();
        assert_eq!(open(&key, &place(), &sealed), Ok(plain(vec![fragment(FRAGMENT_BYTES_MAX)])));
        let elsewhere = [
            Place { channel: ChannelId([0; 16]), ..place() },
            Place { room: RoomId([0; 16]), ..place() },
            Place { seat: SeatNo::new(0).unwrap(), ..place() },
            Place { beat: Beat(5), ..place() },
        ];
        for wrong in elsewhere {
            assert_eq!(open(&key, &wrong, &sealed), Err(CellError::Unopened));
        }
    }

    // CELL-3, CELL-5
    #[test]
    fn fragments_that_break_bounds_are_refused() {
        assert_eq!(plain(vec![fragment(0)]).to_bytes(), Err(CellError::Fragment));
        assert_eq!(plain(vec![fragment(FRAGMENT_BYTES_MAX + 1)]).to_bytes(), Err(CellError::Fragment));
        assert_eq!(plain(vec![fragment(1000), fragment(1000)]).to_bytes(), Err(CellError::TooFull));
        let late = Fragment { index: 2, ..fragment(1) };
        assert_eq!(plain(vec![late]).to_bytes(), Err(CellError::Fragment));
    }

    // CELL-4
    #[test]
    fn filling_must_be_zero() {
        let mut bytes = plain(vec![]).to_bytes().unwrap();
        bytes[CELL_PLAIN_BYTES - 1] = 1;
        assert_eq!(CellPlain::from_bytes(&bytes), Err(CellError::Filling));
    }

    // CELL-2
    #[test]
    fn another_version_and_any_flag_are_refused() {
        let bytes = plain(vec![]).to_bytes().unwrap();
        for (at, value) in [(0, 0), (0, 2), (1, 1), (1, 128)] {
            let mut altered = bytes;
            altered[at] = value;
            assert_eq!(CellPlain::from_bytes(&altered), Err(CellError::Version));
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_round_trips(bytes in proptest::collection::vec(any::<u8>(), CELL_PLAIN_BYTES)) {
            let mut bytes: [u8; CELL_PLAIN_BYTES] = bytes.try_into().unwrap();
            bytes[0] = VERSION;
            bytes[1] = 0;
            if let Ok(plain) = CellPlain::from_bytes(&bytes) {
                prop_assert_eq!(plain.to_bytes(), Ok(bytes));
            }
        }

        #[test]
        fn any_flipped_bit_is_noticed(at in 0..CELL_BYTES * 8) {
            let key = CellKey::new([1; 32]);
            let mut sealed = seal(&key, [2; 24], &place(), &plain(vec![])).unwrap();
            sealed[at / 8] ^= 1 << (at % 8);
            prop_assert_eq!(open(&key, &place(), &sealed), Err(CellError::Unopened));
        }
    }
}
