//! Canonical CBOR: a structure is read only if encoding it again gives the same bytes (docs/spec/primitives.md).

use crate::limits::STRUCTURE_BYTES_MAX;
use minicbor::{Decode, Encode};

/// Why bytes were not a canonical structure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// The input is longer than the stated number of bytes.
    #[error("the structure has {0} bytes, above the limit")]
    TooLong(usize),
    /// The input is not the expected structure.
    #[error("the bytes are not the expected structure")]
    Malformed,
    /// The input decodes, but encodes to other bytes.
    #[error("the structure is not in canonical form")]
    NotCanonical,
}

/// Encodes a structure.
pub fn to_vec<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("encoding into memory cannot fail")
}

/// Decodes a structure and refuses anything that is not its one canonical encoding.
pub fn from_slice<T>(bytes: &[u8]) -> Result<T, CanonicalError>
where
    T: for<'b> Decode<'b, ()> + Encode<()>,
{
    if bytes.len() > STRUCTURE_BYTES_MAX {
        return Err(CanonicalError::TooLong(bytes.len()));
    }
    let value: T = minicbor::decode(bytes).map_err(|_| CanonicalError::Malformed)?;
    if to_vec(&value) == bytes { Ok(value) } else { Err(CanonicalError::NotCanonical) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Beat;

    #[test]
    fn other_encodings_of_the_same_value_are_refused() {
        assert_eq!(from_slice::<Beat>(&[0x05]), Ok(Beat(5)));
        assert_eq!(from_slice::<Beat>(&[0x18, 0x05]), Err(CanonicalError::NotCanonical));
        assert_eq!(from_slice::<Beat>(&[0x05, 0x00]), Err(CanonicalError::NotCanonical));
        assert_eq!(from_slice::<Beat>(&[0x61]), Err(CanonicalError::Malformed));
    }
}
