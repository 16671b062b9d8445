//! Verification of the other side: envoy words, compared words, fingerprint (docs/spec/first-contact.md).

use super::envelope::Class;
use super::item::{Item, Phrase};
use super::room::{Purpose, Who, Wish};
use super::{Machine, Told};
use crate::api::{ErrorKind, Failure};
use backchannel_assurance::words::{Comparison, EnvoyWords, Fingerprint, WordsPlace, WordsProof};
use backchannel_wire::ids::RoomKind;
use backchannel_wire::{Beat, PartyNo, RoomId, SeatNo};
use minicbor::{Decode, Encode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// How far the other side is verified.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Verified {
    /// Nobody but the intermediary says who the other side is.
    #[n(0)]
    IntermediaryOnly,
    /// Envoy words were taken in by the registry's group.
    #[n(1)]
    EnvoyWords {
        /// In this beat.
        #[n(0)]
        beat: Beat,
        /// Committed from this seat.
        #[n(1)]
        seat: u8,
    },
    /// Words were compared by another path and were the same.
    #[n(2)]
    ComparedWords {
        /// Said in this beat.
        #[n(0)]
        beat: Beat,
    },
    /// Words were compared, or shown, and were not the same.
    #[n(3)]
    Mismatch {
        /// Since this beat.
        #[n(0)]
        beat: Beat,
    },
}

/// What is kept of verification.
#[derive(Clone, Encode, Decode, Default)]
pub struct Verification {
    /// The state towards each other party.
    #[n(0)]
    pub state: BTreeMap<PartyNo, Verified>,
    /// The envoy words in use, until they are taken in.
    #[n(1)]
    words: Option<Phrase>,
    /// What each seat of the registry showed.
    #[n(2)]
    shown: BTreeMap<u8, WordsProof>,
    /// The digest of the heads for which this station showed its proof and added the key.
    #[cbor(n(3), with = "minicbor::bytes")]
    proven: Option<[u8; 32]>,
}

impl Machine {
    /// The state in words.
    pub(super) fn verified_words(&self, party: PartyNo) -> &'static str {
        match self.verification.state.get(&party) {
            None | Some(Verified::IntermediaryOnly) if self.verification.words.is_some() => "words offered",
            None | Some(Verified::IntermediaryOnly) => "only the intermediary vouches",
            Some(Verified::EnvoyWords { .. }) => "envoy words",
            Some(Verified::ComparedWords { .. }) => "compared words",
            Some(Verified::Mismatch { .. }) => "mismatch",
        }
    }

    /// The states towards all other parties.
    pub(super) fn verified_json(&self) -> Value {
        let mine = self.me.party();
        let mut out = serde_json::Map::new();
        for party in self.me.parties().filter(|party| *party != mine) {
            let beat = match self.verification.state.get(&party) {
                Some(Verified::EnvoyWords { beat, .. })
                | Some(Verified::ComparedWords { beat })
                | Some(Verified::Mismatch { beat }) => Some(*beat),
                _ => None,
            };
            let by = match self.verification.state.get(&party) {
                Some(Verified::EnvoyWords { seat, .. }) => Some(self.seat_label(*seat)),
                _ => None,
            };
            let value = json!({
                "state": self.verified_words(party), "k": beat.map(|beat| beat.0),
                "utc": beat.map(|beat| self.utc_text(beat)), "by": by, "with": self.me.label(party),
            });
            let (low, high) = if party < mine { (party, mine) } else { (mine, party) };
            out.insert(format!("{}-{}", self.me.label(low), self.me.label(high)).to_lowercase(), value);
        }
        Value::Object(out)
    }

    fn seat_label(&self, seat: u8) -> String {
        let registry = self.room_of(RoomKind::Registry);
        let claim = registry.and_then(|room| {
            let own = self.rooms.get(&room).is_some_and(|entered| entered.spot.seat.get() == seat);
            if own {
                Some((self.me.party(), self.me.member()))
            } else {
                self.me.profile.claims.get(&(room, seat)).copied()
            }
        });
        claim.map_or_else(|| format!("seat {seat}"), |(party, member)| self.me.person_label(party, member))
    }

    fn registry_for_words(&self) -> Result<RoomId, Failure> {
        let none = || {
            Failure::new(
                ErrorKind::Refused,
                "This channel has no registry open to this station, so the other side cannot be \
                    verified through it.",
                "Wait until status shows the registry, or compare the fingerprint by another path.",
            )
        };
        let room = self.room_of(RoomKind::Registry).ok_or_else(none)?;
        let complete = self.me.heads().len() == self.me.parties().count();
        if complete && self.rooms.contains_key(&room) { Ok(room) } else { Err(none()) }
    }

    fn only_heads(&self) -> Result<(), Failure> {
        if self.me.is_head() && self.me.party() != PartyNo::INTERMEDIARY {
            return Ok(());
        }
        Err(Failure::new(
            ErrorKind::Refused,
            "Only the head of a party's delegation verifies the other side.",
            "Ask your head of delegation.",
        ))
    }

    /// Makes envoy words and takes them into use.
    pub(super) fn words_new(&mut self) -> Result<Value, Failure> {
        self.only_heads()?;
        self.registry_for_words()?;
        let words = EnvoyWords::generate(&mut self.rng);
        let phrase = words.phrase();
        self.use_words(phrase.clone());
        Ok(json!({ "v": 1, "words": phrase.as_str() }))
    }

    /// Takes envoy words received by hand into use.
    pub(super) fn words_enter(&mut self, phrase: &str) -> Result<Value, Failure> {
        self.only_heads()?;
        self.registry_for_words()?;
        let words = EnvoyWords::parse(phrase).map_err(|error| {
            Failure::new(
                ErrorKind::Usage,
                format!("The envoy words were not taken: {error}."),
                "Check the words on the paper and enter all twelve again.",
            )
        })?;
        self.use_words(words.phrase());
        Ok(json!({ "v": 1, "accepted": true }))
    }

    /// Words are in use at this station; the delegation's other stations are told if this is its head.
    pub(super) fn use_words(&mut self, phrase: Zeroizing<String>) {
        self.verification.words = Some(Phrase(phrase.to_string()));
        self.verification.proven = None;
        for state in self.verification.state.values_mut() {
            if matches!(state, Verified::Mismatch { .. }) {
                *state = Verified::IntermediaryOnly;
            }
        }
        self.verification_dirty = true;
        self.share_words();
        self.check_words();
    }

    /// Tells the delegation's other stations the words in use.
    pub(super) fn share_words(&mut self) {
        let Some(words) = self.verification.words.clone().filter(|_| self.me.is_head()) else { return };
        if let Some(room) = self.room_of(RoomKind::Delegation(self.me.party())) {
            self.say(room, Class::Machine, &Item::Words(words));
        }
    }

    /// Another leaf showed that it holds the words.
    pub(super) fn words_shown(&mut self, seat: SeatNo, proof: WordsProof) {
        self.verification.shown.insert(seat.get(), proof);
        self.verification_dirty = true;
        self.check_words();
    }

    /// Shows this station's proof if it is due, judges the others', and commits once all have shown theirs (FIRST-3).
    pub(super) fn check_words(&mut self) {
        let (Some(phrase), Ok(room)) = (self.verification.words.clone(), self.registry_for_words()) else {
            return;
        };
        let Ok(words) = EnvoyWords::parse(&phrase.0) else { return };
        let heads = self.me.heads();
        let channel = self.me.channel();
        let place = WordsPlace { channel, room, heads: &heads };
        let Some(entered) = self.rooms.get_mut(&room) else { return };
        let digest = heads.digest(channel);
        if self.verification.proven != Some(digest) {
            let psk = words.psk(&place);
            let secret = Zeroizing::new(*psk.secret.expose());
            let Some(leaf) = entered.own_pseudonym() else { return };
            if entered.add_psk(&psk.id, &secret).is_err() {
                return;
            }
            let proof = words.prove(&place, self.me.party(), &leaf);
            self.verification.proven = Some(digest);
            self.verification_dirty = true;
            self.say(room, Class::Machine, &Item::WordsProof(proof));
        }
        self.judge_words(room, &words, &place);
    }

    fn judge_words(&mut self, room: RoomId, words: &EnvoyWords, place: &WordsPlace<'_>) {
        let Some(entered) = self.rooms.get(&room) else { return };
        let mut all = entered.all_vouched() && entered.peers().next().is_some();
        let mut wrong = Vec::new();
        for (seat, peer) in entered.peers() {
            let shown = self.verification.shown.get(&seat.get());
            let good = shown
                .zip(peer.who)
                .is_some_and(|(shown, who)| words.confirms(place, who.party, &peer.pseudonym, shown));
            all &= good;
            if let (Some(_), Some(who), false) = (shown, peer.who, good) {
                wrong.push(who.party);
            }
        }
        let last = entered.last_beat();
        let lowest = self.me.is_head() && self.me.parties().min() == Some(self.me.party());
        if all && lowest {
            let material = words.psk(place).id.to_vec();
            self.wish(room, Wish { material, ..Wish::new(Purpose::Words) });
        }
        self.words_suspect.retain(|party, _| wrong.contains(party));
        let mine = self.me.party();
        for party in wrong.into_iter().filter(|party| *party != mine) {
            // A proof made before a roster changed is made again; only one that stands is a mismatch.
            self.suspect_words(party, last);
        }
    }

    fn suspect_words(&mut self, party: PartyNo, beat: Beat) {
        let since = *self.words_suspect.entry(party).or_insert(beat);
        if beat.since(since) < crate::limits::HOLD_BEATS_MAX {
            return;
        }
        self.words_suspect.remove(&party);
        self.verification.state.insert(party, Verified::Mismatch { beat });
        self.verification_dirty = true;
        let label = self.me.label(party);
        self.tell(
            Told::new(
                "verify-mismatch",
                format!(
                    "{label} holds other envoy words, or sees other \
                rosters. Nothing was taken in. Compare by another path who is in between."
                ),
            )
            .name(label),
        );
    }

    /// A commit took a secret in: if it is the words', the other side is verified.
    pub(super) fn psk_taken(&mut self, room: RoomId, id: &[u8], beat: Beat, committer: SeatNo) {
        let Some(phrase) = self.verification.words.clone() else { return };
        let Ok(words) = EnvoyWords::parse(&phrase.0) else { return };
        let heads = self.me.heads();
        let place = WordsPlace { channel: self.me.channel(), room, heads: &heads };
        if words.psk(&place).id != id {
            return;
        }
        let mine = self.me.party();
        let others: Vec<PartyNo> = self.me.parties().filter(|party| *party != mine).collect();
        for party in others {
            self.verification.state.insert(party, Verified::EnvoyWords { beat, seat: committer.get() });
            let label = self.me.label(party);
            self.tell(Told::new("verified", format!("{label} is verified by envoy words.")).name(label));
        }
        self.verification.words = None;
        self.verification.shown.clear();
        self.words_suspect.clear();
        self.verification_dirty = true;
    }

    /// Starts, or shows, the comparison by four words.
    pub(super) fn compare(&mut self) -> Result<Value, Failure> {
        self.only_heads()?;
        let room = self.registry_for_words()?;
        let mine = self.me.party();
        let Some(other) = self.me.parties().find(|party| *party != mine) else {
            return Err(Failure::new(
                ErrorKind::Refused,
                "There is no other party to compare with.",
                "Wait until the other side has joined.",
            ));
        };
        if self.comparison.is_none() {
            let begun = Comparison::begin(&mut self.rng, self.me.channel(), &self.me.heads(), mine, other);
            let Ok(comparison) = begun else {
                return Err(Failure::new(
                    ErrorKind::Internal,
                    "The comparison could not begin.",
                    "Try again.",
                ));
            };
            let commitment = comparison.commitment();
            self.comparison = Some(Compared { comparison, other, words: None, opened: false });
            self.say(room, Class::Machine, &Item::Commit(commitment));
            if let Some(early) = self.early_commit.take() {
                self.commitment_came(room, early);
            }
        }
        let words = self.comparison.as_ref().and_then(|compared| compared.words.clone());
        let state = if words.is_some() { "compare now" } else { "waiting for the other side" };
        Ok(json!({ "v": 1, "state": state, "words": words }))
    }

    /// The other head committed. Without a comparison of one's own it waits until the head here begins one.
    pub(super) fn commitment_came(&mut self, room: RoomId, theirs: backchannel_assurance::words::Commitment) {
        let Some(compared) = &mut self.comparison else {
            self.early_commit = Some(theirs);
            return;
        };
        if compared.comparison.receive_commitment(theirs).is_err() || compared.opened {
            return;
        }
        if let Ok(opening) = compared.comparison.opening() {
            compared.opened = true;
            self.say(room, Class::Machine, &Item::Open(opening));
        }
    }

    /// The other head opened its commitment.
    pub(super) fn opening_came(&mut self, theirs: backchannel_assurance::words::Opening) {
        let Some(compared) = &mut self.comparison else { return };
        if let Ok(words) = compared.comparison.receive_opening(theirs) {
            compared.words = Some(words.to_string());
            self.tell(Told::new(
                "compare",
                "Four words are ready to be compared with the other side by another path.",
            ));
        }
    }

    /// The head says how the comparison ended.
    pub(super) fn compare_result(&mut self, matched: bool) -> Result<Value, Failure> {
        self.only_heads()?;
        let Some(compared) = self.comparison.take().filter(|compared| compared.words.is_some()) else {
            return Err(Failure::new(
                ErrorKind::Refused,
                "No words have been compared yet.",
                "Run verify compare on both ends first.",
            ));
        };
        self.compared(compared.other, matched);
        if let Some(room) = self.room_of(RoomKind::Delegation(self.me.party())) {
            self.say(room, Class::Machine, &Item::Compared { party: compared.other, matched });
        }
        Ok(json!({ "v": 1, "done": true, "state": self.verified_words(compared.other) }))
    }

    /// Notes how a comparison ended.
    pub(super) fn compared(&mut self, party: PartyNo, matched: bool) {
        let beat = self.last_beat();
        let state = if matched { Verified::ComparedWords { beat } } else { Verified::Mismatch { beat } };
        self.verification.state.insert(party, state);
        self.verification_dirty = true;
        let label = self.me.label(party);
        let told = if matched {
            Told::new("verified", format!("{label} is verified by compared words."))
        } else {
            Told::new(
                "verify-mismatch",
                format!("The words compared with {label} were not the same: somebody may be in between."),
            )
        };
        self.tell(told.name(label));
    }

    /// The static fingerprint.
    pub(super) fn fingerprint(&self) -> Result<Value, Failure> {
        self.registry_for_words()?;
        let digits = Fingerprint::of(self.me.channel(), &self.me.heads()).to_string();
        Ok(json!({ "v": 1, "digits": digits }))
    }

    /// Somebody is vouched for: what newcomers of one's own delegation must hear.
    pub(super) fn member_vouched(&mut self, room: RoomId, who: Who) {
        if who.party == self.me.party() {
            let delegation = self.room_of(RoomKind::Delegation(who.party));
            if delegation == Some(room) {
                self.share_words();
            }
            // Told in both cases: what was passed on before the newcomer followed the registry may lack something.
            let newcomer = delegation == Some(room) || self.room_of(RoomKind::Registry) == Some(room);
            if let (Some(delegation), true, Some(shared)) = (delegation, newcomer, self.desk.share_digests())
            {
                self.say(delegation, Class::Machine, &Item::Digests(shared));
            }
        }
        if self.me.party() == PartyNo::INTERMEDIARY {
            // Whoever is new in a caucus has not been told about the others.
            self.introduced.retain(|(told, _), _| *told != room);
            self.introduce_everybody();
        }
        self.check_words();
    }
}

/// A comparison under way.
pub struct Compared {
    comparison: Comparison,
    other: PartyNo,
    words: Option<String>,
    opened: bool,
}
