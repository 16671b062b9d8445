//! Lobby messages: what a stranger may send to the relay, and a hostile relay to a station.
#![no_main]

use backchannel_wire::canonical;
use backchannel_wire::lobby::{LobbyReply, LobbyRequest};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(request) = canonical::from_slice::<LobbyRequest>(data) {
        assert_eq!(canonical::to_vec(&request), data);
        if let Ok(bytes) = request.encode() {
            assert!(LobbyRequest::decode(&bytes).is_ok());
        }
    }
    if let Ok(reply) = canonical::from_slice::<LobbyReply>(data) {
        assert_eq!(canonical::to_vec(&reply), data);
    }
    let _ = LobbyRequest::decode(data);
    let _ = LobbyReply::decode(data);
});
