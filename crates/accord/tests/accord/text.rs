use backchannel_accord::text::{safe, safe_line};
use proptest::prelude::*;

const HOSTILE: &[&str] = &[
    "\x1b[2J\x1b[H\x1b]0;title\x07",
    "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\u{9b}31mred\u{9d}52;c;AAAA\u{9c}",
    "approved\rrefused",
    "back\x08\x08\x08\x08",
    "\x7f\x00\x05",
    "\u{202e}evas\u{202c}",
    "\u{2066}\u{2069}\u{2069}\u{2069}out",
    "pay\u{200b}load\u{feff}\u{2060}",
    "\u{e0041}\u{e007f}",
    "line\u{2028}line\u{2029}line\u{85}",
    "\u{fff9}a\u{fffa}b\u{fffb}",
];

fn inert(shown: &str) -> bool {
    let inner = |c: char| !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2067}');
    shown.split('\n').all(|line| {
        line.is_empty()
            || line.starts_with('\u{2068}')
                && line.ends_with('\u{2069}')
                && line.matches(['\u{2068}', '\u{2069}']).count() == 2
                && line.chars().all(inner)
    })
}

#[test]
fn a_hostile_text_is_shown_and_does_nothing() {
    // TEXT-1, TEXT-2
    for text in HOSTILE {
        assert!(inert(&safe(text)), "{:?}", safe(text));
        assert!(inert(&safe_line(text)) && !safe_line(text).contains('\n'));
    }
    assert_eq!(safe("a\x1b[31mb"), "\u{2068}a<U+001B>[31mb\u{2069}");
    assert_eq!(safe_line("a\nb"), "\u{2068}a<U+000A>b\u{2069}");
}

#[test]
fn honest_text_in_every_language_is_left_as_it_is() {
    for text in ["l’été", "не нанесёт удара", "می‌خواهیم", "لَا ضَرْبَة", "שָׁלוֹם\u{200f}!", "中文"]
    {
        assert_eq!(safe(text), format!("\u{2068}{text}\u{2069}"));
    }
    assert_eq!(safe("one\r\n\ntwo"), "\u{2068}one\u{2069}\n\n\u{2068}two\u{2069}");
}

#[test]
fn heaped_marks_are_shown_as_numbers() {
    // TEXT-3
    let shown = safe(&format!("a{}", "\u{301}".repeat(50)));
    assert_eq!(shown.matches("<U+0301>").count(), 44);
}

proptest! {
    #[test]
    fn any_text_is_inert(text in any::<String>()) {
        prop_assert!(inert(&safe(&text)));
        prop_assert!(inert(&safe_line(&text)));
    }
}
