//! A member that is not held to the profile: plain OpenMLS, with the keys of a real leaf.

use super::*;
use crate::crypto::Seed;
use crate::newcomer::fresh_credential;
use crate::profile::{self, SeatClaim};
use crate::signer::LeafSigner;
use openmls::group::GroupContext;
use openmls::prelude::{tls_codec::Deserialize as _, *};
use openmls_rust_crypto::OpenMlsRustCrypto;

pub(super) struct Rogue {
    pub(super) provider: OpenMlsRustCrypto,
    pub(super) signer: LeafSigner,
    pub(super) group: MlsGroup,
}

/// What a key package says; honest unless a test changes it.
pub(super) struct Claimed {
    pub(super) claim: SeatClaim,
    pub(super) extra: Vec<Extension>,
    pub(super) capabilities: Capabilities,
    pub(super) name: Vec<u8>,
    pub(super) lifetime: Lifetime,
    pub(super) suite: Ciphersuite,
}

impl Claimed {
    pub(super) fn honest(n: u8) -> Self {
        Self {
            claim: SeatClaim::new(seat(n), ROOM, NOW),
            extra: Vec::new(),
            capabilities: profile::capabilities(),
            name: vec![n; 16],
            lifetime: profile::lifetime(),
            suite: profile::SUITE,
        }
    }

    pub(super) fn extensions(&self) -> Extensions<LeafNode> {
        let mut extensions = self.claim.extensions().unwrap();
        self.extra.iter().for_each(|extension| extensions.add(extension.clone()).unwrap());
        extensions
    }

    /// The key package, and the keys to join with.
    pub(super) fn build(&self, rng: &mut ChaCha20Rng) -> (Vec<u8>, OpenMlsRustCrypto, LeafSigner) {
        let (seed, provider) = (Seed::draw(rng), OpenMlsRustCrypto::default());
        let signer = LeafSigner::fresh(&seed);
        let mut credential = fresh_credential(&seed, &signer);
        credential.credential = BasicCredential::new(self.name.clone()).into();
        let bundle = KeyPackage::builder()
            .key_package_lifetime(self.lifetime)
            .leaf_node_capabilities(self.capabilities.clone())
            .leaf_node_extensions(self.extensions())
            .build(self.suite, &provider, &signer, credential)
            .unwrap();
        let bytes = MlsMessageOut::from(bundle.key_package().clone()).to_bytes().unwrap();
        (bytes, provider, signer)
    }
}

impl Rogue {
    /// Joins an honest room on a seat; `by` is the only other member.
    pub(super) fn join(by: &mut RoomGroup, n: u8, rng: &mut ChaCha20Rng) -> Self {
        let (key_package, provider, signer) = Claimed::honest(n).build(rng);
        let staged = by.stage(&Change::Add { key_package }, b"", rng, NOW).unwrap();
        by.apply_staged().unwrap();
        let welcome = MlsMessageIn::tls_deserialize_exact(staged.welcome.unwrap()).unwrap();
        let MlsMessageBodyIn::Welcome(welcome) = welcome.extract() else { panic!("not a welcome") };
        let group = StagedWelcome::new_from_welcome(&provider, &profile::join_config(), welcome, None)
            .unwrap()
            .into_group(&provider)
            .unwrap();
        Self { provider, signer, group }
    }

    /// Founds a room of its own.
    pub(super) fn found(claimed: &Claimed, config: MlsGroupCreateConfig, rng: &mut ChaCha20Rng) -> Self {
        let (seed, provider) = (Seed::draw(rng), OpenMlsRustCrypto::default());
        let signer = LeafSigner::fresh(&seed);
        let mut credential = fresh_credential(&seed, &signer);
        credential.credential = BasicCredential::new(claimed.name.clone()).into();
        let id = GroupId::from_slice(&claimed.claim.room.0);
        let group = MlsGroup::new_with_group_id(&provider, &signer, &config, id, credential).unwrap();
        Self { provider, signer, group }
    }

    /// Commits to anything; the commit and the welcome.
    pub(super) fn commit(&mut self, odd: Odd) -> (Vec<u8>, Option<Vec<u8>>) {
        self.group.set_aad(odd.aad);
        let builder = self.group.commit_builder();
        let builder = match odd.context {
            Some(context) => builder.propose_group_context_extensions(context).unwrap(),
            None => builder,
        };
        let bundle = builder
            .force_self_update(!odd.no_path)
            .leaf_node_parameters(odd.parameters)
            .propose_removals(odd.removals.into_iter().map(LeafNodeIndex::new))
            .propose_adds(odd.adds)
            .add_proposals(odd.proposals)
            .load_psks(self.provider.storage())
            .unwrap()
            .build(self.provider.rand(), self.provider.crypto(), &self.signer, |_| true)
            .unwrap()
            .stage_commit(&self.provider)
            .unwrap();
        let welcome = bundle.to_welcome_msg().map(|welcome| welcome.to_bytes().unwrap());
        (bundle.into_commit().to_bytes().unwrap(), welcome)
    }

    pub(super) fn message(&mut self, text: &[u8], aad: &[u8]) -> Vec<u8> {
        self.group.set_aad(aad.to_vec());
        self.group.create_message(&self.provider, &self.signer, text).unwrap().to_bytes().unwrap()
    }
}

/// A commit that may break any rule.
#[derive(Default)]
pub(super) struct Odd {
    pub(super) parameters: LeafNodeParameters,
    pub(super) no_path: bool,
    pub(super) adds: Vec<KeyPackage>,
    pub(super) removals: Vec<u32>,
    pub(super) proposals: Vec<Proposal>,
    pub(super) context: Option<Extensions<GroupContext>>,
    pub(super) aad: Vec<u8>,
}

/// Reads a key package as MLS alone would.
pub(super) fn package(bytes: &[u8]) -> KeyPackage {
    match MlsMessageIn::tls_deserialize_exact(bytes).unwrap().extract() {
        MlsMessageBodyIn::KeyPackage(package) => {
            package.validate(OpenMlsRustCrypto::default().crypto(), ProtocolVersion::Mls10).unwrap()
        }
        _ => panic!("not a key package"),
    }
}
