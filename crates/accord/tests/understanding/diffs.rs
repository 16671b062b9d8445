use crate::sample::*;
use backchannel_accord::Text;
use backchannel_accord::understanding::diff::{Fate, compare, fields};
use backchannel_accord::understanding::{SpanMs, diff};

fn marked(before: &str, after: &str) -> String {
    let mut cells = 1 << 20;
    let stretch = |stretch: backchannel_accord::understanding::diff::Stretch| match stretch.fate {
        Fate::Same => stretch.text.as_str().to_owned(),
        Fate::Gone => format!("[-{}-]", stretch.text.as_str()),
        Fate::New => format!("[+{}+]", stretch.text.as_str()),
    };
    compare(before, after, &mut cells).into_iter().map(stretch).collect()
}

#[test]
fn words_that_changed_are_set_apart() {
    // DIFF-2
    assert_eq!(marked("the same text", "the same text"), "the same text");
    assert_eq!(marked("a b c d", "a x c d"), "a [-b -][+x +]c d");
    assert_eq!(marked("a b", "b a"), "[-a -][-b-][+b a+]".replace("-][-", ""));
    assert_eq!(marked("", "new"), "[+new+]");
    assert_eq!(marked("gone", ""), "[-gone-]");
    // Of two alignments of one length, that which drops from the earlier text first.
    assert_eq!(marked("x y ", "y x "), "[-x -]y [+x +]");
}

#[test]
fn work_beyond_the_bound_replaces_the_rest() {
    // DIFF-3
    let mut cells = 8;
    let stretches = compare("same a b", "same b c", &mut cells);
    let fates: Vec<Fate> = stretches.iter().map(|stretch| stretch.fate).collect();
    assert_eq!(fates, [Fate::Same, Fate::Gone, Fate::New]);
    assert_eq!(cells, 8);
}

#[test]
fn a_diff_names_clause_language_and_term() {
    // DIFF-1
    let (before, mut after) = (whole(), whole());
    after.timing.notice = Some(SpanMs::hours(96));
    say(&mut after, "rescue", "en", "A party may rescue persons in distress.");
    after.clauses.swap(0, 1);
    let found = diff(&before, &after);
    let names: Vec<String> =
        found.changes.iter().map(|change| format!("{} {}", change.field.place, change.field.name)).collect();
    assert_eq!(
        names,
        ["understanding order of clauses value", "term notice value", "clause rescue (en) text"]
    );
    assert_eq!(found.changes[1].before, Some(Text::new("72h")));
    assert_eq!(found.changes[1].after, Some(Text::new("96h")));
    assert!(!found.changes[2].words.is_empty());
    assert_eq!(found.apply(fields(&before)), Some(fields(&after)));
    assert_eq!(found.apply(fields(&after)), None, "it begins from the earlier text only");
    assert!(diff(&before, &before).is_empty());
}
