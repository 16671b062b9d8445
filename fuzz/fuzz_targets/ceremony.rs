//! A message of a ceremony, terms, and the stored state of a depositary.
#![no_main]

use backchannel_assurance::ceremony::depositary::Depositary;
use backchannel_assurance::ceremony::{Deposit, Message, Terms};
use backchannel_wire::PartyNo;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(message) = Message::from_bytes(data) {
        assert_eq!(message.to_bytes(), data);
        match &message {
            Message::Deposit(opening, Deposit::Joint(deposit)) => drop(deposit.check(opening.parties.len())),
            Message::Deposit(_, Deposit::Gentle(deposit)) => drop(deposit.check(PartyNo(1))),
            _ => (),
        }
    }
    if let Ok(terms) = Terms::from_bytes(data) {
        assert_eq!(terms.to_bytes(), data);
    }
    let _ = Depositary::restore(data, None);
});
