use crate::world::lang;
use backchannel_accord::Form;
use backchannel_accord::forms::{Header, check_header};
use backchannel_accord::signals::{Weight, read};

fn header(form: Form, date: bool, heading: bool, addressee: bool) -> Result<(), &'static str> {
    check_header(&Header { form, date, heading, addressee }).map_err(|error| error.rule())
}

#[test]
fn each_form_bears_its_own_header() {
    // FORM-1
    assert_eq!(header(Form::OralMessage, false, false, false), Ok(()));
    assert_eq!(header(Form::OralMessage, true, false, false), Err("FORM-1"));
    assert_eq!(header(Form::OralMessage, false, true, false), Err("FORM-1"));
    assert_eq!(header(Form::OralMessage, false, false, true), Err("FORM-1"));
    // FORM-2
    assert_eq!(header(Form::NonPaper, false, true, false), Ok(()));
    assert_eq!(header(Form::NonPaper, true, false, false), Err("FORM-2"));
    assert_eq!(header(Form::NonPaper, false, false, true), Err("FORM-2"));
    // FORM-3, FORM-4
    assert_eq!(header(Form::AideMemoire, true, true, false), Ok(()));
    assert_eq!(header(Form::AideMemoire, false, true, false), Err("FORM-3"));
    assert_eq!(header(Form::AideMemoire, true, false, true), Err("FORM-4"));
    // FORM-5
    assert_eq!(header(Form::BoutDePapier, false, false, false), Ok(()));
    assert_eq!(header(Form::BoutDePapier, false, true, false), Err("FORM-5"));
    // FORM-6
    assert_eq!(header(Form::NoteVerbale, true, false, true), Ok(()));
    assert_eq!(header(Form::NoteVerbale, true, false, false), Err("FORM-6"));
    // FORM-14
    assert_eq!(header(Form::Notification, false, false, false), Ok(()));
    for (date, heading, addressee) in [(true, false, false), (false, true, false), (false, false, true)] {
        assert_eq!(header(Form::Notification, date, heading, addressee), Err("FORM-14"));
    }
}

// FORM-15
#[test]
fn a_notification_is_one_message_and_nothing_else() {
    let message = format!(
        "backchannel message 1\ntemplate line-check 1\nset {}\nnumber 7\ntext \"Quiet.\"",
        "ab".repeat(32)
    );
    let draft = |passages: &[(&str, &str, &str)]| {
        let mut draft = "to = \"bravo\"\nform = \"notification\"\n".to_owned();
        for (disclosure, lang, text) in passages {
            let text = toml::Value::from(*text);
            draft += &format!("[[passage]]\ndisclosure = \"{disclosure}\"\ntext.{lang} = {text}\n");
        }
        backchannel_accord::draft::parse(&draft).map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(draft(&[("verbatim", "zxx", &message)]), Ok(()));
    for passages in [
        vec![("hold", "zxx", message.as_str())],
        vec![("verbatim", "en", message.as_str())],
        vec![("verbatim", "zxx", "Something happened.")],
        vec![("verbatim", "zxx", message.as_str()), ("verbatim", "en", "And more.")],
    ] {
        let error = draft(&passages).unwrap_err();
        assert!(error.contains("FORM-15"), "{error}");
    }
}

fn rules(form: Form, code: &str, text: &str) -> Vec<(&'static str, Weight)> {
    read(form, 0, &lang(code), text).into_iter().map(|finding| (finding.rule, finding.weight)).collect()
}

fn check(form: Form, code: &str, text: &str, expected: &[(&'static str, Weight)]) {
    assert_eq!(rules(form, code, text), expected, "{text}");
}

use Weight::{Refused, Warning};

#[test]
fn signature_lines_are_refused_where_nothing_is_signed() {
    // FORM-7
    for form in [Form::NonPaper, Form::AideMemoire, Form::BoutDePapier] {
        for (code, text) in [
            ("en", "The border is quiet.\n(Signed) A. Minister"),
            ("en", "The border is quiet.\nSigned: A. Minister"),
            ("en", "The border is quiet.\n/s/ A. Minister"),
            ("fr", "La frontière est calme.\nSigné"),
            ("ru", "На границе спокойно.\nПодпись: министр"),
            ("ar", "الحدود هادئة.\nالتوقيع: الوزير"),
            ("fa", "مرز آرام است.\nامضا: وزیر"),
            ("he", "הגבול שקט.\nחתימה: השר"),
        ] {
            check(form, code, text, &[("FORM-7", Refused)]);
        }
        check(form, "en", "Signed texts exist and are known.", &[]);
    }
    check(Form::NoteVerbale, "en", "The Embassy informs.\n(signed)", &[]);
}

#[test]
fn date_lines_are_refused_where_nothing_is_dated() {
    // FORM-8
    for text in [
        "3 March 2026\nThe border is quiet.",
        "Geneva, March 3rd, 2026",
        "The border is quiet.\n2026-03-03",
        "03.03.2026",
        "Date: 3 mars 2026",
        "3 марта 2026",
        "٣ مارس ٢٠٢٦",
        "3 במרץ 2026".replace('ב', "").as_str(),
    ] {
        check(Form::NonPaper, "en", text, &[("FORM-8", Refused)]);
        check(Form::BoutDePapier, "en", text, &[("FORM-8", Refused)]);
        check(Form::AideMemoire, "en", text, &[]);
    }
    check(Form::NonPaper, "en", "Nothing moved on 3 March 2026.", &[]);
    check(Form::NonPaper, "en", "Resolution 598", &[]);
}

#[test]
fn a_non_paper_commits_nobody() {
    // FORM-9
    check(Form::NonPaper, "en", "We undertake not to strike first.", &[("FORM-9", Refused)]);
    check(Form::NonPaper, "fr", "Nous nous engageons à ne pas frapper.", &[("FORM-9", Refused)]);
    check(Form::NonPaper, "ru", "Мы обязуемся не наносить удара.", &[("FORM-9", Refused)]);
    check(Form::NonPaper, "ar", "نتعهد بعدم الضرب", &[("FORM-9", Warning)]);
    check(Form::NonPaper, "fa", "تعهد می‌کنیم حمله نکنیم", &[("FORM-9", Warning)]);
    check(Form::NonPaper, "he", "אנו מתחייבים שלא לתקוף", &[("FORM-9", Warning)]);
    check(Form::NonPaper, "en", "It was reported: “We undertake nothing.”", &[]);
    check(Form::NonPaper, "en", "A strike is not contemplated.", &[]);
    check(Form::OralMessage, "en", "We undertake not to strike first.", &[]);
}

#[test]
fn formal_records_are_in_the_third_person() {
    // FORM-10
    for form in [Form::AideMemoire, Form::NoteVerbale] {
        check(form, "en", "We see no reason for alarm.", &[("FORM-10", Refused)]);
        check(form, "en", "The choice was given to us.", &[("FORM-10", Refused)]);
        check(form, "en", "The US delegation sees no reason for alarm.", &[]);
        check(form, "fr", "Notre gouvernement est calme.", &[("FORM-10", Refused)]);
        check(form, "ru", "Наше правительство спокойно.", &[("FORM-10", Refused)]);
        check(form, "ar", "نحن هادئون", &[("FORM-10", Warning)]);
        check(form, "fa", "دولت ما آرام است", &[("FORM-10", Warning)]);
        check(form, "he", "אנחנו רגועים", &[("FORM-10", Warning)]);
        check(form, "en", "The Minister said \"we are calm\" twice.", &[]);
    }
}

#[test]
fn an_aide_memoire_has_no_courtesies_and_addresses_nobody() {
    // FORM-11
    check(Form::AideMemoire, "en", "The Embassy presents its compliments.", &[("FORM-11", Refused)]);
    check(Form::AideMemoire, "fr", "L'ambassade présente ses compliments.", &[("FORM-11", Refused)]);
    check(Form::AideMemoire, "ru", "Посольство свидетельствует своё уважение.", &[("FORM-11", Refused)]);
    check(Form::NoteVerbale, "en", "The Embassy presents its compliments.", &[]);
    // FORM-12
    check(Form::AideMemoire, "en", "Dear Minister,\nThe border is quiet.", &[("FORM-12", Refused)]);
    check(Form::AideMemoire, "en", "To: the Ministry\nThe border is quiet.", &[("FORM-12", Refused)]);
    check(Form::AideMemoire, "en", "To keep the border quiet, patrols were halved.", &[]);
}

#[test]
fn a_bout_de_papier_that_judges_is_remarked_on() {
    // FORM-13
    check(Form::BoutDePapier, "en", "The shot was unacceptable.", &[("FORM-13", Warning)]);
    check(Form::BoutDePapier, "en", "One shot was heard at 04:00.", &[]);
}
