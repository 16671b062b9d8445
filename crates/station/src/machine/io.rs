//! What the machine asks of its shell.

use crate::api::{Request, Response};
use crate::store::Batch;
use backchannel_wire::RoomId;
use backchannel_wire::lobby::LobbyRequest;
use zeroize::Zeroizing;

/// An effect, to be carried out in order: nothing after a `Persist` may happen before it is durable.
pub enum Effect {
    /// Make this durable.
    Persist(Batch),
    /// Hand this frame to the beat connection.
    Frame(Vec<u8>),
    /// Open the beat connection again, with a fresh hello: the station's seats changed.
    Reconnect,
    /// Ask the lobby; answer with the ticket.
    Lobby(u64, Box<LobbyRequest>),
    /// Answer a command.
    Reply(u64, Response),
    /// Take the record keys out of memory, then answer.
    Lock(u64),
    /// Bring the record keys back and hand in the records, then answer.
    Unlock(u64, Zeroizing<String>),
    /// Say whether this is the vault's passphrase.
    Verify(u64, Zeroizing<String>),
    /// Erase a room's records of one day, or all of them, then answer.
    Burn(u64, RoomId, Option<u32>),
    /// End after everything before this is done.
    Stop(u64),
}

/// A command with the number under which it is answered.
pub struct Command {
    /// The number.
    pub ticket: u64,
    /// The command.
    pub request: Request,
}
