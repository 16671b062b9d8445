//! How the commands that create channels name a relay and the right to do so.

use crate::{errors, input};
use backchannel_station::api::Failure;
use backchannel_station::link::TlsPin;
use backchannel_wire::ids;
use backchannel_wire::token::OperatorToken;
use std::path::Path;

/// The relay's pin: the SHA-256 of its certificate, in hexadecimal.
pub fn pin(text: &str) -> Result<TlsPin, String> {
    TlsPin::from_hex(text).ok_or_else(|| "a pin has 64 hexadecimal digits".to_owned())
}

/// The operator's token from its file: 64 hexadecimal digits.
pub fn operator_token(path: &Path) -> Result<OperatorToken, Failure> {
    let text = input::text(path)?;
    let token = ids::unhex(text.trim()).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    token.map(OperatorToken::new).ok_or_else(|| {
        errors::usage(
            format!("{} does not hold an operator's token.", path.display()),
            "`backchannel relay init` makes the file; copy it from the relay's directory.",
        )
    })
}
