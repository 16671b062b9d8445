//! The register of claims on the desk: entered by one, believed by another, seen by nobody of the other side.

use super::stage::Stage;
use serde_json::json;

// CLAIM-5, PAGE-6
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_claim_is_entered_by_one_and_believed_and_disbelieved_by_another() {
    let mut stage = Stage::play("quiet-pact", 1);
    let envoy = stage.person("alpha-envoy").await;
    envoy.open("/claims").await;
    envoy.sees("#claims", "No claim is in the register.").await;
    envoy.unfold("enter").await;
    envoy.types("#who", "Delegation of Bravo").await;
    envoy.types("#text-en", "The units that were moved are back.").await;
    envoy.chooses("#reliability", "B").await;
    envoy.chooses("#credibility", "3").await;
    // What is typed is kept, and found again.
    envoy.sees("#kept-write-claim", "kept").await;
    envoy.open("/claims").await;
    envoy.unfold("enter").await;
    envoy
        .until("the text", async || {
            let script = "return document.querySelector('#text-en').value;";
            envoy.run(script, Vec::new()).await == json!("The units that were moved are back.")
        })
        .await;
    envoy.does("#write-claim .buttons button").await;
    envoy.sees("#claims", "The units that were moved are back.").await;
    envoy.sees("#claims", "B: usually reliable").await;
    let head = stage.person("alpha-head").await;
    let other = stage.person("bravo-head").await;
    head.open("/claims").await;
    head.sees("#claims", "The units that were moved are back.").await;
    head.press("#claims a").await;
    for (percent, because) in [("40", "One source."), ("65", "The photographs of Tuesday.")] {
        head.types("#percent", percent).await;
        head.types("#because", because).await;
        head.does("#believe .buttons button").await;
        head.sees("#claim", because).await;
    }
    head.sees("#claim", "up from 40 %").await;
    head.sees("#history", "One source.").await;
    assert!(head.has("#claim svg.course").await);
    assert!(!head.has("#withdrawing").await, "only whoever entered it withdraws it");
    head.types("#percent", "101").await;
    head.types("#because", "Too much.").await;
    head.press("#believe .buttons button").await;
    head.sees("#believe", "CLAIM-5").await;
    envoy.open("/claims").await;
    envoy.sees("#claims", "up from 40 %").await;
    envoy.press("#claims a").await;
    envoy.unfold("withdrawing").await;
    envoy.does("#withdrawing .buttons button").await;
    envoy.sees("#claim", "withdrawn").await;
    other.open("/claims").await;
    other.sees("#claims", "No claim is in the register.").await;
}
