//! Vectors of the comparison by words.

use super::Case;
use backchannel_wire::ids::hex;

pub(super) fn diff_cases() -> Vec<Case> {
    let case = |name: &str, expect: &str, why, texts: [&str; 2], cells: usize, lines: &[(char, &str)]| Case {
        format: "understanding-diff",
        name: name.to_owned(),
        expect: expect.to_owned(),
        why,
        inputs: vec![
            ("before", hex(texts[0].as_bytes())),
            ("after", hex(texts[1].as_bytes())),
            ("cells", cells.to_string()),
        ],
        body: lines.iter().map(|(sign, text)| format!("{sign}{}\n", hex(text.as_bytes()))).collect(),
    };
    let ample = 1 << 25;
    let swapped = ["x y ", "y x "];
    vec![
        case("same", "ok", "one text", ["a b", "a b"], ample, &[('=', "a b")]),
        case(
            "word",
            "ok",
            "one word for another",
            ["a b c", "a x c"],
            ample,
            &[('=', "a "), ('-', "b "), ('+', "x "), ('=', "c")],
        ),
        case(
            "swapped",
            "ok",
            "of two alignments that which drops first",
            swapped,
            ample,
            &[('-', "x "), ('=', "y "), ('+', "x ")],
        ),
        case(
            "swapped-otherwise",
            "DIFF-2",
            "the other alignment",
            swapped,
            ample,
            &[('+', "y "), ('=', "x "), ('-', "y ")],
        ),
        case(
            "all-replaced",
            "DIFF-2",
            "a diff that is right and not the shortest",
            swapped,
            ample,
            &[('-', "x y "), ('+', "y x ")],
        ),
        case(
            "bound",
            "ok",
            "work beyond the bound (DIFF-3)",
            ["a b c", "a c d"],
            8,
            &[('=', "a "), ('-', "b c"), ('+', "c d")],
        ),
        case(
            "bound-ignored",
            "DIFF-2",
            "the bound is not kept (DIFF-3)",
            ["a b c ", "a c d"],
            8,
            &[('=', "a "), ('-', "b "), ('=', "c "), ('+', "d")],
        ),
    ]
}
