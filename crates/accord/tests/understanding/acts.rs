use crate::sample::code;
use backchannel_accord::understanding::acts::Acts;
use backchannel_accord::understanding::data;

fn refused(text: &str) -> String {
    Acts::parse(text).unwrap_err().problem
}

fn act(code: &str, narrower_than: &str) -> String {
    format!("[[act]]\ncode = \"{code}\"\nnarrower_than = [{narrower_than}]\nname = {{ en = \"x\" }}\n")
}

#[test]
fn a_file_of_acts_is_a_partial_order_or_nothing() {
    let head = "edition = 1\n".to_owned();
    // ACT-1
    assert!(refused(&(head.clone() + &act("a", "") + &act("a", ""))).contains("twice"));
    assert!(refused(&(head.clone() + &act("A", ""))).contains("not a code"));
    let many: String = (0..129).map(|n| act(&format!("a{n}"), "")).collect();
    assert!(refused(&(head.clone() + &many)).contains("more than 128"));
    // ACT-2
    assert!(refused(&(head.clone() + &act("a", "\"b\""))).contains("is none"));
    // ACT-3
    let ring = act("a", "\"b\"") + &act("b", "\"c\"") + &act("c", "\"a\"");
    assert!(refused(&(head.clone() + &ring)).contains("broader than itself"));
    assert!(refused(&(head + &act("a", "\"a\""))).contains("broader than itself"));
}

#[test]
fn the_acts_of_the_program_have_names_in_six_languages_and_cover_the_case() {
    let acts = &data().unwrap().acts;
    for (code, act) in acts.iter() {
        let langs: Vec<&str> = act.names.keys().map(String::as_str).collect();
        assert_eq!(langs, ["ar", "en", "fa", "fr", "he", "ru"], "{code}");
    }
    let covers = |outer: &str, inner: &str| acts.covers(&code(outer), &code(inner));
    // ACT-4: what contains what, at any distance, and never the other way.
    assert!(covers("use-of-force", "direct-preventive-strike"));
    assert!(covers("self-defence", "direct-preventive-strike"));
    assert!(covers("rhetoric", "rhetoric"));
    assert!(!covers("direct-preventive-strike", "use-of-force"));
    assert!(!covers("defence-against-begun-attack", "direct-preventive-strike"));
    assert!(!covers("rhetoric", "direct-preventive-strike"));
    assert!(covers("unheard-of", "unheard-of"));
}
