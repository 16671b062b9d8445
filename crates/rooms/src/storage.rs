//! OpenMLS's storage trait over the [`Store`].
//!
//! Three things are never stored. The time OpenMLS puts beside an epoch's secrets. Proposals by themselves, because rooms refuse them. And the resumption secrets of past
//! epochs, because rooms never resume and a secret that is not needed is a secret that can be stolen.

use crate::store::{Row, Store, StoreError, decode, encode};
use openmls_traits::storage::{CURRENT_VERSION, StorageProvider, traits};
use zeroize::Zeroizing;

const V: u16 = CURRENT_VERSION;

/// A map with the fields of an empty resumption store, in CBOR.
const NO_RESUMPTION: &[u8] = b"\xa3\x75max_number_of_secrets\x00\x6eresumption_psk\x80\x66cursor\x00";

/// The name of the field that holds the time of the epoch's start, as CBOR text.
const TIME_FIELD: &[u8] = b"\x68added_at";
/// Nothing, in CBOR.
const NULL: u8 = 0xf6;

/// Takes the time out of encoded message secrets. OpenMLS reads it from the system's clock, to delete past epochs by age;
/// rooms keep no past epoch, and what is stored must not depend on a clock.
fn without_time(row: Row) -> Result<Row, StoreError> {
    let Some(field) = row.windows(TIME_FIELD.len()).position(|window| window == TIME_FIELD) else {
        return Ok(row);
    };
    let (before, value) = row.split_at(field + TIME_FIELD.len());
    let mut decoder = minicbor::Decoder::new(value);
    decoder.skip().map_err(|_| StoreError::Damaged)?;
    let after = value.get(decoder.position()..).unwrap_or_default();
    let mut out = Zeroizing::new(Vec::with_capacity(row.len()));
    out.extend_from_slice(before);
    out.push(NULL);
    out.extend_from_slice(after);
    Ok(out)
}

/// Writes the plain set, get and delete methods of one kind of row that has one value a group.
macro_rules! of_group {
    ($kind:literal, $trait:ident, $write:ident, $read:ident, $delete:ident) => {
        fn $write<G: traits::GroupId<V>, T: traits::$trait<V>>(
            &self,
            group: &G,
            value: &T,
        ) -> Result<(), StoreError> {
            self.write($kind, group, value)
        }

        fn $read<G: traits::GroupId<V>, T: traits::$trait<V>>(
            &self,
            group: &G,
        ) -> Result<Option<T>, StoreError> {
            self.read($kind, group)
        }

        fn $delete<G: traits::GroupId<V>>(&self, group: &G) -> Result<(), StoreError> {
            self.delete($kind, group)
        }
    };
}

impl StorageProvider<V> for Store {
    type Error = StoreError;

    of_group!(
        "config",
        MlsGroupJoinConfig,
        write_mls_join_config,
        mls_group_join_config,
        delete_group_config
    );
    of_group!("tree", TreeSync, write_tree, tree, delete_tree);
    of_group!("context", GroupContext, write_context, group_context, delete_context);
    of_group!("tag", ConfirmationTag, write_confirmation_tag, confirmation_tag, delete_confirmation_tag);
    of_group!("own", LeafNodeIndex, write_own_leaf_index, own_leaf_index, delete_own_leaf_index);
    of_group!(
        "epoch",
        GroupEpochSecrets,
        write_group_epoch_secrets,
        group_epoch_secrets,
        delete_group_epoch_secrets
    );
    of_group!(
        "transcript",
        InterimTranscriptHash,
        write_interim_transcript_hash,
        interim_transcript_hash,
        delete_interim_transcript_hash
    );

    fn write_message_secrets<G: traits::GroupId<V>, T: traits::MessageSecrets<V>>(
        &self,
        group: &G,
        secrets: &T,
    ) -> Result<(), StoreError> {
        self.write_row("messages", group, without_time(encode(secrets)?)?)
    }

    fn message_secrets<G: traits::GroupId<V>, T: traits::MessageSecrets<V>>(
        &self,
        group: &G,
    ) -> Result<Option<T>, StoreError> {
        self.read("messages", group)
    }

    fn delete_message_secrets<G: traits::GroupId<V>>(&self, group: &G) -> Result<(), StoreError> {
        self.delete("messages", group)
    }

    fn write_group_state<S: traits::GroupState<V>, G: traits::GroupId<V>>(
        &self,
        group: &G,
        state: &S,
    ) -> Result<(), StoreError> {
        self.write("state", group, state)
    }

    fn group_state<S: traits::GroupState<V>, G: traits::GroupId<V>>(
        &self,
        group: &G,
    ) -> Result<Option<S>, StoreError> {
        self.read("state", group)
    }

    fn delete_group_state<G: traits::GroupId<V>>(&self, group: &G) -> Result<(), StoreError> {
        self.delete("state", group)
    }

    fn write_resumption_psk_store<G: traits::GroupId<V>, R: traits::ResumptionPskStore<V>>(
        &self,
        _: &G,
        _: &R,
    ) -> Result<(), StoreError> {
        Ok(())
    }

    fn resumption_psk_store<G: traits::GroupId<V>, R: traits::ResumptionPskStore<V>>(
        &self,
        _: &G,
    ) -> Result<Option<R>, StoreError> {
        decode(NO_RESUMPTION).map(Some)
    }

    fn delete_all_resumption_psk_secrets<G: traits::GroupId<V>>(&self, _: &G) -> Result<(), StoreError> {
        Ok(())
    }

    fn append_own_leaf_node<G: traits::GroupId<V>, L: traits::LeafNode<V>>(
        &self,
        _: &G,
        _: &L,
    ) -> Result<(), StoreError> {
        Err(StoreError::Unused)
    }

    fn own_leaf_nodes<G: traits::GroupId<V>, L: traits::LeafNode<V>>(
        &self,
        _: &G,
    ) -> Result<Vec<L>, StoreError> {
        Ok(Vec::new())
    }

    fn delete_own_leaf_nodes<G: traits::GroupId<V>>(&self, _: &G) -> Result<(), StoreError> {
        Ok(())
    }

    fn queue_proposal<G: traits::GroupId<V>, R: traits::ProposalRef<V>, P: traits::QueuedProposal<V>>(
        &self,
        _: &G,
        _: &R,
        _: &P,
    ) -> Result<(), StoreError> {
        Err(StoreError::Unused)
    }

    fn queued_proposal_refs<G: traits::GroupId<V>, R: traits::ProposalRef<V>>(
        &self,
        _: &G,
    ) -> Result<Vec<R>, StoreError> {
        Ok(Vec::new())
    }

    fn queued_proposals<G: traits::GroupId<V>, R: traits::ProposalRef<V>, P: traits::QueuedProposal<V>>(
        &self,
        _: &G,
    ) -> Result<Vec<(R, P)>, StoreError> {
        Ok(Vec::new())
    }

    fn remove_proposal<G: traits::GroupId<V>, R: traits::ProposalRef<V>>(
        &self,
        _: &G,
        _: &R,
    ) -> Result<(), StoreError> {
        Ok(())
    }

    fn clear_proposal_queue<G: traits::GroupId<V>, R: traits::ProposalRef<V>>(
        &self,
        _: &G,
    ) -> Result<(), StoreError> {
        Ok(())
    }

    fn write_signature_key_pair<K: traits::SignaturePublicKey<V>, P: traits::SignatureKeyPair<V>>(
        &self,
        _: &K,
        _: &P,
    ) -> Result<(), StoreError> {
        Err(StoreError::Unused)
    }

    fn signature_key_pair<K: traits::SignaturePublicKey<V>, P: traits::SignatureKeyPair<V>>(
        &self,
        _: &K,
    ) -> Result<Option<P>, StoreError> {
        Ok(None)
    }

    fn delete_signature_key_pair<K: traits::SignaturePublicKey<V>>(&self, _: &K) -> Result<(), StoreError> {
        Ok(())
    }

    fn write_encryption_key_pair<K: traits::EncryptionKey<V>, P: traits::HpkeKeyPair<V>>(
        &self,
        key: &K,
        pair: &P,
    ) -> Result<(), StoreError> {
        self.write("leaf key", key, pair)
    }

    fn encryption_key_pair<P: traits::HpkeKeyPair<V>, K: traits::EncryptionKey<V>>(
        &self,
        key: &K,
    ) -> Result<Option<P>, StoreError> {
        self.read("leaf key", key)
    }

    fn delete_encryption_key_pair<K: traits::EncryptionKey<V>>(&self, key: &K) -> Result<(), StoreError> {
        self.delete("leaf key", key)
    }

    fn write_encryption_epoch_key_pairs<
        G: traits::GroupId<V>,
        E: traits::EpochKey<V>,
        P: traits::HpkeKeyPair<V>,
    >(
        &self,
        group: &G,
        epoch: &E,
        leaf: u32,
        pairs: &[P],
    ) -> Result<(), StoreError> {
        self.write("epoch keys", &(group, epoch, leaf), &pairs)
    }

    fn encryption_epoch_key_pairs<
        G: traits::GroupId<V>,
        E: traits::EpochKey<V>,
        P: traits::HpkeKeyPair<V>,
    >(
        &self,
        group: &G,
        epoch: &E,
        leaf: u32,
    ) -> Result<Vec<P>, StoreError> {
        Ok(self.read("epoch keys", &(group, epoch, leaf))?.unwrap_or_default())
    }

    fn delete_encryption_epoch_key_pairs<G: traits::GroupId<V>, E: traits::EpochKey<V>>(
        &self,
        group: &G,
        epoch: &E,
        leaf: u32,
    ) -> Result<(), StoreError> {
        self.delete("epoch keys", &(group, epoch, leaf))
    }

    fn write_key_package<R: traits::HashReference<V>, K: traits::KeyPackage<V>>(
        &self,
        hash_ref: &R,
        package: &K,
    ) -> Result<(), StoreError> {
        self.write("key package", hash_ref, package)
    }

    fn key_package<R: traits::HashReference<V>, K: traits::KeyPackage<V>>(
        &self,
        hash_ref: &R,
    ) -> Result<Option<K>, StoreError> {
        self.read("key package", hash_ref)
    }

    fn delete_key_package<R: traits::HashReference<V>>(&self, hash_ref: &R) -> Result<(), StoreError> {
        self.delete("key package", hash_ref)
    }

    fn write_psk<I: traits::PskId<V>, B: traits::PskBundle<V>>(
        &self,
        id: &I,
        psk: &B,
    ) -> Result<(), StoreError> {
        self.write("psk", id, psk)
    }

    fn psk<B: traits::PskBundle<V>, I: traits::PskId<V>>(&self, id: &I) -> Result<Option<B>, StoreError> {
        self.read("psk", id)
    }

    fn delete_psk<I: traits::PskId<V>>(&self, id: &I) -> Result<(), StoreError> {
        self.delete("psk", id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_resumption_store_has_the_lengths_it_states() {
        let read: std::collections::BTreeMap<String, serde::de::IgnoredAny> = decode(NO_RESUMPTION).unwrap();
        assert_eq!(
            read.into_keys().collect::<Vec<_>>(),
            ["cursor", "max_number_of_secrets", "resumption_psk"]
        );
    }
}
