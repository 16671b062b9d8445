//! The report as a reader gets it: in every language, on its own, inert, and with all numbers.

mod fixture;
mod markup;

use backchannel_rehearsal::report::{self, Lang, plots};
use backchannel_rehearsal::results::{Assumption, Bar, Estimate, Results};
use markup::{Tag, tags, visible};
use serde_json::Value;
use std::collections::BTreeSet;

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

fn pages(results: &Results) -> Vec<(Lang, String)> {
    Lang::ALL.into_iter().map(|lang| (lang, report::html(results, lang))).collect()
}

#[test]
fn a_page_asks_for_nothing_and_runs_nothing() {
    for (_, page) in pages(&fixture::results()) {
        let lower = page.to_lowercase().replace(NAMESPACE, "");
        for asking in [
            "http:",
            "https:",
            "url(",
            "@import",
            "src=",
            "srcset",
            "<script",
            "javascript:",
            "<link",
            "<iframe",
        ] {
            assert!(!lower.contains(asking), "{asking}");
        }
        for tag in tags(&page) {
            assert!(!tag.attributes.iter().any(|(name, _)| name.starts_with("on")), "{tag:?}");
            let href = tag.attribute("href");
            assert!(href.is_none_or(|place| place.starts_with('#')), "{href:?}");
        }
        assert!(page.contains("default-src 'none'"));
    }
}

#[test]
fn a_page_begins_with_the_notice_and_ends_with_what_makes_it_again() {
    for (lang, page) in pages(&fixture::results()) {
        let text = visible(&page);
        let notice = page.find("class=\"notice\"").unwrap();
        assert!(["<h1", "<main", "<svg", "<table"].iter().all(|later| page.find(later).unwrap() > notice));
        assert!(text.rfind("20260117").unwrap() > text.len() * 9 / 10, "{}", lang.code());
        let places: Vec<usize> = ["rests", "oracles", "again"]
            .iter()
            .map(|id| page.find(&format!("<section id=\"{id}\"")).unwrap())
            .collect();
        assert!(places.is_sorted());
        assert!(page.find("id=\"runs\"").unwrap() < places[0]);
    }
    assert!(visible(&report::html(&fixture::results(), Lang::En)).starts_with("This page predicts nothing."));
}

#[test]
fn a_page_is_whole_in_every_language() {
    let english = tags(&report::html(&fixture::results(), Lang::En)).len();
    for (lang, page) in pages(&fixture::results()) {
        // A message that lacks a value shows it in braces.
        assert!(!visible(&page).contains(['{', '}']), "{}", lang.code());
        let root = tags(&page).into_iter().find(|tag| tag.name == "html").unwrap();
        assert_eq!(root.attribute("lang"), Some(lang.code()));
        assert_eq!(root.attribute("dir"), Some(lang.dir()));
        assert_eq!(page.matches("<svg").count(), page.matches("</svg>").count());
        assert!(tags(&page).len().abs_diff(english) < english / 10);
        markup::check_nesting(&page);
    }
}

#[test]
fn languages_other_than_english_say_nothing_in_english() {
    let results = fixture::results();
    // What files say stays as it is.
    let names = results.variants.iter().map(|variant| variant.name.clone());
    let keys = results.assumptions.iter().map(|one| one.key.clone());
    let sources = results.assumptions.iter().filter_map(|one| one.source.clone());
    let oracles = results.oracles.iter().flat_map(|one| [one.name.clone(), one.source.clone()]);
    let raw: Vec<String> =
        names.chain(keys).chain(sources).chain(oracles).chain([results.title.clone()]).collect();
    for (lang, page) in pages(&results).into_iter().skip(1) {
        let text = raw.iter().fold(visible(&page), |text, raw| text.replace(raw.as_str(), ""));
        for word in
            ["robability", "brake", "courier", "Seed", "years", "hours", "Each", "the ", "illustrative"]
        {
            assert!(!text.contains(word), "{}: {word}", lang.code());
        }
    }
}

#[test]
fn plots_are_named_and_described_and_their_numbers_stand_in_tables() {
    for (_, page) in pages(&fixture::results()) {
        let all = tags(&page);
        let ids: Vec<&str> = all.iter().filter_map(|tag| tag.attribute("id")).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "identifiers are unique");
        let refers = |tag: &Tag, name| tag.attribute(name).is_some_and(|id| ids.contains(&id));
        let plots: Vec<&Tag> = all.iter().filter(|tag| tag.name == "svg").collect();
        let heard = plots.iter().filter(|tag| tag.attribute("aria-hidden").is_none());
        for plot in heard.clone() {
            assert_eq!(plot.attribute("role"), Some("img"));
            assert!(refers(plot, "aria-labelledby") && refers(plot, "aria-describedby"), "{plot:?}");
        }
        assert_eq!(heard.count(), 5 * 2 + 9);
        for head in all.iter().filter(|tag| tag.name == "th") {
            assert!(matches!(head.attribute("scope"), Some("col" | "row")));
        }
        let tables = [
            "variants",
            "rare",
            "dates",
            "causes",
            "tornado",
            "frontier",
            "convergence",
            "assumptions",
            "oracles",
        ];
        assert!(tables.iter().all(|table| ids.contains(&format!("table-{table}").as_str())));
        let levels: Vec<&str> = all
            .iter()
            .map(|tag| tag.name.as_str())
            .filter(|name| ["h1", "h2", "h3"].contains(name))
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == "h1").count(), 1);
        assert!(levels.windows(2).all(|pair| pair != ["h1", "h3"]));
    }
}

#[test]
fn nine_variants_with_a_hundred_assumptions_fit_into_400_kilobytes() {
    let mut results = fixture::results();
    results.assumptions = results.assumptions.iter().cycle().take(100).cloned().collect();
    results.oracles = results.oracles.iter().cycle().take(45).cloned().collect();
    results.tornado = results.tornado.iter().cycle().take(60).cloned().collect();
    for (lang, page) in pages(&results) {
        assert!(page.len() < 400_000, "{}: {}", lang.code(), page.len());
    }
}

#[test]
fn arabic_and_persian_have_their_own_digits() {
    let text = |lang| visible(&report::html(&fixture::results(), lang));
    assert!(text(Lang::Ar).contains("\u{669}\u{665}\u{66a}"), "95 %");
    assert!(text(Lang::Fa).contains("\u{6f9}\u{6f5}\u{66a}"), "95 %");
    // The seed is to be typed.
    assert!(text(Lang::Ar).contains("20260117") && text(Lang::Fa).contains("20260117"));
}

#[test]
fn a_plot_takes_the_numerals_that_were_chosen() {
    let results = fixture::results();
    let eastern = |latin| {
        let plot = plots::survival(&results, report::Voice { lang: Lang::Ar, latin }, plots::Width::Narrow);
        visible(&plot).chars().filter(|one| ('\u{660}'..='\u{669}').contains(one)).count()
    };
    assert!(eastern(false) > 10);
    assert_eq!(eastern(true), 0);
}

/// Results in which everything that a file may say is hostile.
fn hostile() -> Results {
    let mut results = fixture::results();
    let names = [
        "<script>alert(1)</script>".to_owned(),
        "\u{202e}\u{2066}\u{202d}evil".to_owned(),
        "x\" onload=\"alert(1)".to_owned(),
        "</title></svg></style><img src=x onerror=alert(1)>".to_owned(),
        "a".repeat(10_240),
        "\u{0}\u{7}\u{1b}[31m".to_owned(),
        "e\u{301}".repeat(3_000),
        "{ $name } } { \"".to_owned(),
        "</desc>&lt;script&gt;".to_owned(),
    ];
    for (variant, name) in results.variants.iter_mut().zip(&names) {
        variant.name.clone_from(name);
        variant.terms = if variant.runs % 2 == 0 { vec![(name.clone(), name.clone())] } else { Vec::new() };
        variant.causes.iter_mut().take(1).for_each(|cause| cause.0.clone_from(name));
    }
    results.variants[1].terms.clear();
    results.title = names.concat();
    let estimate = Estimate { value: 0.5, low: 0.4, high: 0.6 };
    for name in &names {
        let values = (name.clone(), name.clone());
        results.tornado.push(Bar {
            name: name.clone(),
            values,
            survival: (estimate, estimate),
            is_term: true,
            difference: estimate,
            runs: 1,
        });
        results.left_out.push(name.clone());
        results.terms.push((name.clone(), name.clone()));
        results.assumptions.push(Assumption {
            key: name.clone(),
            value: name.clone(),
            source: Some(name.clone()),
            matters: Some(1.0),
        });
        results.oracles[0].name.clone_from(name);
        results.remarks.push((name.clone(), vec![(name.clone(), name.clone())]));
    }
    results.frontier.iter_mut().zip(&names).for_each(|(choice, name)| choice.terms[0].0.clone_from(name));
    results
}

#[test]
fn hostile_names_are_inert_and_short() {
    for (lang, page) in pages(&hostile()) {
        markup::check_nesting(&page);
        let all = tags(&page);
        assert!(!all.iter().any(|tag| ["script", "img", "iframe"].contains(&tag.name.as_str())));
        assert!(!all.iter().any(|tag| tag.attributes.iter().any(|(name, _)| name.starts_with("on"))));
        let acts = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{0}'..='\u{8}' | '\u{1b}');
        assert!(!page.contains(acts), "{}", lang.code());
        assert!(page.contains("U+202E"), "what would reorder is shown instead");
        assert!(!page.contains(&"a".repeat(601)));
        assert!(page.len() < 600_000, "{}", page.len());
        isolates_close(&page);
    }
}

/// Every isolate that is opened in a text is closed in it: an open one would turn round what follows.
fn isolates_close(page: &str) {
    for text in page.split(['<', '>']) {
        let opened = text.matches(['\u{2066}', '\u{2067}', '\u{2068}']).count();
        assert_eq!(opened, text.matches('\u{2069}').count(), "{text}");
    }
}

#[test]
fn an_address_in_a_source_is_text_and_no_link() {
    let mut results = fixture::results();
    results.assumptions[1].source = Some("https://example.org/a?b=1&c=<2>".to_owned());
    let page = report::html(&results, Lang::En);
    assert!(page.contains("https://example.org/a?b=1&amp;c=&lt;2&gt;"));
    assert!(
        !tags(&page).iter().any(|tag| tag.attributes.iter().any(|(_, value)| value.contains("example.org")))
    );
}

#[test]
fn what_is_missing_or_no_number_breaks_no_page() {
    let mut none = fixture::results();
    none.variants.clear();
    none.tornado.clear();
    none.frontier.clear();
    none.best = None;
    none.convergence.clear();
    none.oracles.clear();
    none.assumptions.clear();
    none.remarks.clear();
    let mut strange = fixture::results();
    let nan = Estimate { value: f64::NAN, low: f64::NEG_INFINITY, high: f64::INFINITY };
    strange.years = f64::NAN;
    strange.level = f64::INFINITY;
    for variant in &mut strange.variants {
        (variant.survival, variant.survival_1y, variant.question, variant.cost) = (nan, nan, nan, nan);
        variant.curve.iter_mut().step_by(2).for_each(|point| point.survival = nan);
        variant.causes.iter_mut().for_each(|cause| cause.1 = nan);
        variant.against_first = Some(nan);
    }
    strange.tornado.iter_mut().for_each(|bar| bar.survival = (nan, nan));
    strange.frontier.iter_mut().for_each(|choice| (choice.survival, choice.cost) = (nan, nan));
    strange.convergence.iter_mut().for_each(|step| step.1 = nan);
    strange.oracles[0].got = f64::NAN;
    let mut many = fixture::results();
    many.variants = (0..60).map(|n| many.variants[n % 9].clone()).collect();
    let mut one = fixture::results();
    one.variants.truncate(1);
    one.years = 0.5;
    one.variants[0].curve.truncate(1);
    for results in [none, strange, many, one] {
        for (_, page) in pages(&results) {
            markup::check_nesting(&page);
            assert!(!page.contains("NaN") && !page.contains("inf "));
        }
        assert!(serde_json::from_str::<Value>(&report::json(&results)).is_ok());
    }
}

#[test]
fn the_same_results_make_the_same_page() {
    assert_eq!(report::html(&fixture::results(), Lang::Ru), report::html(&fixture::results(), Lang::Ru));
}

#[test]
fn an_interrupted_study_says_so_at_the_top_and_at_the_end() {
    let mut results = fixture::results();
    results.partial = true;
    let page = visible(&report::html(&results, Lang::En));
    assert!(page.find("It was interrupted.").unwrap() < page.find("What was found").unwrap());
    assert!(page.contains("interrupted: fewer runs than asked for"));
}

#[test]
fn a_number_that_disagrees_with_its_publication_is_said_aloud() {
    let mut results = fixture::results();
    results.oracles[0].passed = false;
    assert!(visible(&report::html(&results, Lang::En)).contains("One number does not agree."));
}

#[test]
fn json_holds_all_numbers_and_reads_back() {
    let results = fixture::results();
    let read: Value = serde_json::from_str(&report::json(&results)).unwrap();
    assert_eq!(read["seed"], 20_260_117);
    assert_eq!(read["variants"].as_array().unwrap().len(), 9);
    for (variant, said) in results.variants.iter().zip(read["variants"].as_array().unwrap()) {
        let near = |value: &Value, number: f64| (value.as_f64().unwrap() - number).abs() < 1e-12;
        assert_eq!(said["name"], variant.name);
        assert!(near(&said["survival_1y"], variant.survival_1y.value));
        assert!(near(&said["interval"][0], variant.survival_1y.low));
        assert!(near(&said["interval"][1], variant.survival_1y.high));
        assert!(near(&said["survival_1y_estimate"]["high"], variant.survival_1y.high));
        assert_eq!(said["curve"].as_array().unwrap().len(), variant.curve.len());
        assert!(near(&said["curve"][7]["survival"]["low"], variant.curve[7].survival.low));
        assert!(near(&said["causes"][0][1]["value"], variant.causes[0].1.value));
    }
    assert_eq!(read["oracles"][0]["passed"], true);
    assert!(read["oracles"][0]["error"].as_f64().unwrap() < 1e-6);
    assert_eq!(read["assumptions"][0]["illustrative"], true);
    assert_eq!(read["assumptions"][1]["illustrative"], false);
    assert_eq!(read["frontier"].as_array().unwrap().len(), results.frontier.len());
}

#[test]
fn a_plot_stands_alone_on_paper_of_its_own() {
    let results = fixture::results();
    for width in [plots::Width::Wide, plots::Width::Narrow] {
        let survival = |results: &Results, lang, width| plots::survival(results, lang, width);
        for plot in [survival, plots::causes, plots::tornado, plots::frontier, plots::convergence] {
            let svg = plots::alone(&plot(&results, Lang::En, width), Lang::En);
            markup::check_nesting(&svg);
            assert!(
                svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                    && svg.trim_end().ends_with("</svg>")
            );
            assert!(
                svg.contains("<rect width=\"100%\" height=\"100%\"") && svg.contains("It predicts nothing.")
            );
        }
    }
    assert_eq!(plots::alone("", Lang::En), "");
}
