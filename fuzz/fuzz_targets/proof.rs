//! Keys and a designated-verifier proof, as another party may post them.
#![no_main]

use backchannel_assurance::{DPublic, DvProof, YPublic, dv};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((signer, rest)) = data.split_first_chunk::<32>() else { return };
    let Some((verifier, rest)) = rest.split_first_chunk::<32>() else { return };
    let Some((proof, ctx)) = rest.split_first_chunk::<128>() else { return };
    let (Ok(signer), Ok(verifier)) = (YPublic::from_bytes(signer), DPublic::from_bytes(verifier)) else {
        return;
    };
    let _ = dv::verify(&DvProof::from_bytes(*proof), &signer, &verifier, ctx);
});
