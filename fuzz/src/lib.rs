//! What the fuzz targets share.

/// The input cut or filled with zeros to a length: formats of one size are then read past their first check.
pub fn sized(data: &[u8], length: usize) -> Vec<u8> {
    let mut out = data.get(..length).unwrap_or(data).to_vec();
    out.resize(length, 0);
    out
}
