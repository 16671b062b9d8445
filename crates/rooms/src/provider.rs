//! What OpenMLS is given for one operation: cryptography, randomness and storage, all of them ours.

use crate::crypto::{Crypto, Seed, Stream};
use crate::store::Store;
use openmls_traits::OpenMlsProvider;

/// The provider of one operation.
pub(crate) struct Provider<'a> {
    crypto: Crypto,
    stream: Stream,
    store: &'a Store,
}

impl<'a> Provider<'a> {
    /// For an operation that may need randomness.
    pub(crate) fn seeded(seed: Seed, store: &'a Store) -> Self {
        let crypto = Crypto::seeded(seed);
        Self { stream: crypto.stream(), crypto, store }
    }

    /// For an operation that needs none.
    pub(crate) fn without_randomness(store: &'a Store) -> Self {
        let crypto = Crypto::without_randomness();
        Self { stream: crypto.stream(), crypto, store }
    }
}

impl OpenMlsProvider for Provider<'_> {
    type CryptoProvider = Crypto;
    type RandProvider = Stream;
    type StorageProvider = Store;

    fn storage(&self) -> &Store {
        self.store
    }

    fn crypto(&self) -> &Crypto {
        &self.crypto
    }

    fn rand(&self) -> &Stream {
        &self.stream
    }
}
