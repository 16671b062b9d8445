//! A channel's own templates and codebooks: one digest on both sides before they are used, and nothing guessed.

use crate::line::{id_of, notify, show};
use backchannel_station::api::{ErrorKind, Request, Response};
use backchannel_testkit::stored::Stored;
use backchannel_testkit::world::World;
use serde_json::Value;

const TEMPLATE: &str = r#"
code = "fishing-boats"
version = 1
source = "the parties"
kind = "notification"
precedence = "priority"
[title]
en = "Fishing boats near the line"
fr = "Bateaux de pêche près de la ligne"
[[field]]
key = "boats"
type = "count"
unit = "ships"
[field.label]
en = "Boats"
fr = "Bateaux"
"#;

const CODEBOOK: &str = r#"
code = "harbour"
version = 1
[title]
en = "Harbour codes"
[[group]]
code = "boats"
[group.title]
en = "Boats"
[[entry]]
number = 901
group = "boats"
[entry.text]
en = "Our boats are back in harbour."
"#;

const MESSAGE: &str = "template = \"fishing-boats\"\n[fields]\nboats = \"7\"";

fn add(world: &mut World, at: usize, codebook: bool, file: &str) -> String {
    let added = world.ok(at, Request::TemplatesAdd { codebook, file: file.to_owned() });
    added["digest"].as_str().expect("a digest").to_owned()
}

fn held_by(world: &mut World, at: usize) -> Value {
    world.ok(at, Request::TemplatesList {})["held_by"].clone()
}

fn refused(response: Response) -> bool {
    matches!(response, Response::Error(failure) if failure.kind == ErrorKind::Refused)
}

// FILES-1, FILES-2, MSG-7
#[test]
fn own_templates_and_codebooks_are_used_once_both_sides_hold_the_same() {
    let mut world = Stored::convened().world(331);
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    let digest = add(&mut world, alpha, false, TEMPLATE);
    let own = TEMPLATE.replace("fishing-boats", "incident-at-sea");
    assert!(
        refused(world.ask(alpha, Request::TemplatesAdd { codebook: false, file: own })),
        "the house's code"
    );
    let broken = TEMPLATE.replace("count", "counts");
    assert!(refused(world.ask(alpha, Request::TemplatesAdd { codebook: false, file: broken })));
    // Until Bravo shows that it holds the same, nothing goes out under it but the offer, which Bravo cannot read.
    assert!(refused(world.ask(alpha, notify(MESSAGE, None, None))));
    let offer = id_of(&world.ok(alpha, Request::TemplatesOffer { to: None }));
    let unknown = |world: &mut World| show(world, "bravo", &offer)["message"]["unknown"].is_string();
    assert!(world.until(60, unknown), "{}", world.story());
    assert_eq!(held_by(&mut world, bravo), serde_json::json!([]));
    // Bravo adds the file: what it could not read before it reads now, and offers its own.
    assert_eq!(add(&mut world, bravo, false, TEMPLATE), digest);
    assert_eq!(held_by(&mut world, bravo), serde_json::json!(["alpha"]));
    assert!(show(&mut world, "bravo", &offer)["message"]["title"].is_string());
    assert_eq!(held_by(&mut world, alpha), serde_json::json!([]));
    world.ok(bravo, Request::TemplatesOffer { to: None });
    let held = |world: &mut World| held_by(world, alpha) == serde_json::json!(["bravo"]);
    assert!(world.until(60, held), "{}", world.story());
    let sent = id_of(&world.ok(alpha, notify(MESSAGE, None, None)));
    let title = |world: &mut World| show(world, "bravo", &sent)["message"]["title"].clone();
    assert!(world.until(60, |world| title(world) == "Fishing boats near the line"), "{}", world.story());
    // A station that starts again holds them still.
    world.kill(bravo);
    world.start(bravo);
    world.run(5);
    assert_eq!(title(&mut world), "Fishing boats near the line");
    // The files change on one side: that is another set, whose messages the other side does not guess.
    let changed = TEMPLATE.replace("version = 1", "version = 2");
    assert_ne!(add(&mut world, bravo, false, &changed), digest);
    assert!(show(&mut world, "bravo", &sent)["message"]["unknown"].is_string());
    assert!(refused(world.ask(bravo, notify(MESSAGE, None, None))));
}

// FILES-2, CODEBOOK-3
#[test]
fn an_own_codebook_is_asked_by_its_numbers() {
    let mut world = Stored::convened().world(332);
    let (alpha, bravo) = (world.node("alpha"), world.node("bravo"));
    for at in [alpha, bravo] {
        add(&mut world, at, true, CODEBOOK);
        world.ok(at, Request::TemplatesOffer { to: None });
    }
    let both = |world: &mut World| [alpha, bravo].iter().all(|at| held_by(world, *at)[0].is_string());
    assert!(world.until(60, both), "{}", world.story());
    let message = "codebook = \"harbour\"\nnumber = 901";
    let sent = id_of(&world.ok(alpha, notify(message, None, None)));
    let number = |world: &mut World| show(world, "bravo", &sent)["message"]["number"] == 901;
    assert!(world.until(60, number), "{}", world.story());
}
