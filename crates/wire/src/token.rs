//! What a seat authenticates with, and what the relay keeps of it. Source: docs/spec/lobby.md, section "Tokens".

use crate::ids::{RoomId, SeatNo};
use crate::tagged::{self, Tag};
use minicbor::{Decode, Encode};
use zeroize::{Zeroize, ZeroizeOnDrop};

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Zeroize, ZeroizeOnDrop, Encode, Decode)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]);

        impl $name {
            /// Takes the secret's bytes.
            pub fn new(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// The secret's bytes, for storage and transport.
            pub fn expose(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                tagged::same(&self.0, &other.0)
            }
        }

        impl Eq for $name {}
    };
}

secret!(
    /// What all seat tokens and revokers of one party are derived from.
    PartySeed
);
secret!(
    /// Authenticates a station for one seat.
    SeatToken
);
secret!(
    /// Lets its holder, the head of delegation, replace a seat's token.
    Revoker
);
secret!(
    /// The key under which the relay MACs heads to one seat.
    HeadMacKey
);
secret!(
    /// Lets its holder, the operator, create channels on a relay.
    OperatorToken
);

macro_rules! kept_hash {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Encode, Decode)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                tagged::same(&self.0, &other.0)
            }
        }

        impl Eq for $name {}
    };
}

kept_hash!(
    /// The relay's copy of a seat token; compared in constant time.
    TokenHash
);
kept_hash!(
    /// The relay's copy of a revoker; compared in constant time.
    RevokerHash
);

impl PartySeed {
    /// The first token of a seat (TOKEN-1).
    pub fn token(&self, room: &RoomId, seat: SeatNo) -> SeatToken {
        let key = tagged::derive(&self.0, Tag("backchannel seat token v1"), &[&room.0, &[seat.get()]]);
        SeatToken(*key)
    }

    /// The first revoker of a seat (TOKEN-1).
    pub fn revoker(&self, room: &RoomId, seat: SeatNo) -> Revoker {
        let key = tagged::derive(&self.0, Tag("backchannel seat revoker v1"), &[&room.0, &[seat.get()]]);
        Revoker(*key)
    }
}

impl SeatToken {
    /// What the relay keeps of the token (TOKEN-2).
    pub fn hash(&self) -> TokenHash {
        TokenHash(tagged::hash(Tag("backchannel token hash v1"), &[&self.0]))
    }

    /// The key under which the relay MACs heads to the token's seat (TOKEN-3).
    pub fn head_mac_key(&self) -> HeadMacKey {
        HeadMacKey(*tagged::derive(&self.0, Tag("backchannel head mac key v1"), &[]))
    }
}

impl Revoker {
    /// What the relay keeps of the revoker (TOKEN-2).
    pub fn hash(&self) -> RevokerHash {
        RevokerHash(tagged::hash(Tag("backchannel revoker hash v1"), &[&self.0]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_room_seat_and_use_has_its_own_value() {
        // TOKEN-1, TOKEN-2, TOKEN-3
        let seed = PartySeed::new([1; 32]);
        let (a, b) = (SeatNo::new(0).unwrap(), SeatNo::new(1).unwrap());
        let token = seed.token(&RoomId([1; 16]), a);
        assert!(token != seed.token(&RoomId([1; 16]), b));
        assert!(token != seed.token(&RoomId([2; 16]), a));
        assert!(token.expose() != seed.revoker(&RoomId([1; 16]), a).expose());
        assert!(&token.hash().0 != token.head_mac_key().expose());
        assert!(token.hash().0 != Revoker::new(*token.expose()).hash().0);
    }
}
