use super::*;

/// The first fault of a file: its line, and words that its problem and its hint hold.
#[track_caller]
fn refused(file: &str, line: usize, problem: &str, hint: &str) {
    let faults = Model::parse(file).unwrap_err();
    let first = &faults.0[0];
    assert_eq!(first.line, Some(line), "{faults}");
    assert!(first.problem.contains(problem), "{faults}");
    assert!(first.hint.contains(hint), "{faults}");
}

// REH-1
#[test]
fn what_a_file_does_not_know_is_refused_with_its_line_and_the_nearest_name() {
    refused("years = 3\n[both\n", 2, "not TOML", "whole file");
    refused("[both]\nfalse_alarm_per_year = 2\n", 2, "false_alarm_per_year", "`false_alarms_per_year`");
    refused("[chanel]\nkind = \"none\"\n", 2, "chanel.kind", "channel.kind");
    refused("[channel]\nkind = \"slowly\"\n", 2, "`slowly` is not one", "faithful, slow, biased");
    refused("[first]\nrule = \"grim\"\n", 2, "`grim` is not one", "unforgiving, generous");
    refused("[channel]\ntowards = \"alpha\"\n", 2, "`alpha` is not one", "first, second");
    refused("[both]\nrule = 3\n", 2, "needs a word", "quotation marks");
    refused("\nfalse_alarms_per_year = 2\n", 2, "belongs to a side", "[both]");
    refused("loss = 0.1\n", 1, "belongs to the channel", "[channel]");
    refused("[both]\nloss = 0.1\n", 2, "both.loss", "did you mean");
    refused("[both]\nlawful = { value = 0.2, from = \"x\" }\n", 2, "a value and a source", "source");
}

// REH-2
#[test]
fn numbers_that_cannot_be_are_refused_with_their_line_and_what_can_be() {
    refused("[both]\n\nfalse_alarms_per_year = -2\n", 3, "cannot be -2", "from 0 to 100000");
    refused("[first]\nlawful = 1.5\n", 2, "cannot be 1.5", "a probability lies from 0 to 1");
    refused("[first]\nlawful = inf\n", 2, "cannot be inf", "a probability");
    refused("[first]\nlawful = nan\n", 2, "cannot be NaN", "a probability");
    refused("[both]\nnon_party_burst = 1\n", 2, "cannot be 1", "from 0 to 0.95");
    refused("years = 0\n", 1, "cannot be 0", "0.001");
    refused("[both]\nlawful = \"often\"\n", 2, "needs a number", "0.3");
    refused("[both]\nlawful = [1]\n", 2, "needs a number", "0.3");
}

// REH-3
#[test]
fn probabilities_that_do_not_add_up_are_refused_at_their_first_line() {
    let file =
        "[first.attribution]\naccident = { breach = 0.5, accident = 0.4, non_party = 0.2, nothing = 0.1 }\n";
    refused(file, 2, "attribution.accident add up to 1.2", "add up to 1");
    refused(
        "[both.attribution.breach]\n# one alone\nbreach = 0.9\n",
        3,
        "add up to 1.2",
        "breach, accident, non_party",
    );
    let sound =
        "[first.attribution]\naccident = { breach = 0.5, accident = 0.3, non_party = 0.1, nothing = 0.1 }\n";
    let model = Model::parse(sound).unwrap();
    assert_eq!((model.attribution(0, 1, 0), model.attribution(1, 1, 0)), (0.5, 0.3));
}

// REH-4
#[test]
fn what_contradicts_itself_is_refused_with_its_line() {
    refused("[both]\nreward = 6\n", 2, "payoffs are in no order", "temptation be more than reward");
    refused("[both]\nrule = \"table\"\n", 2, "there is none", "[[first.table]]");
    refused("[[second.table]]\nthen = \"strike\"\n", 1, "the rule is another", "rule = \"table\"");
    refused("[channel]\nkind = \"biased\"\n", 2, "whom the courier favours", "towards");
    let absent = "[channel]\nabsent_from_days = 3\nabsent_stretch_days = 4\n";
    refused(absent, 2, "absent for good", "leave one");
    refused("[channel]\nread_back = 0.5\n", 2, "a read-back or there is none", "true or false");
    let row = |text: &str| format!("[both]\nrule = \"table\"\n[[both.table]]\n{text}\n");
    refused(&row("then = \"strike\"\nincidents_at_least = 2"), 5, "needs a window", "within_days");
}

// REH-19
#[test]
fn rows_that_say_nothing_sound_are_refused_with_their_line() {
    let row = |text: &str| format!("[both]\nrule = \"table\"\n[[both.table]]\nthen = \"strike\"\n{text}\n");
    refused("[both]\nrule = \"table\"\n[[both.table]]\nat = \"alarm\"\n", 3, "what is done", "then");
    refused("[both]\nrule = \"table\"\ntable = 3\n", 3, "written as rows", "[[both.table]]");
    refused(&row("stat = \"suspended\""), 5, "no condition", "`state`");
    refused(&row("state = \"lapsed\""), 5, "`lapsed` is not one", "in-question");
    refused(&row("at = \"noon\""), 5, "`noon` is not one", "deadline");
    refused(&row("answered = \"yes\""), 5, "true or false", "without quotation");
    refused(&row("belief = [0.9, 0.2]"), 5, "no band", "[0.5, 1.0]");
    refused(&row("incidents_at_least = 0\nwithin_days = 7"), 5, "no number of incidents", "whole number");
    refused(&row("incidents_at_least = 2\nwithin_days = -7"), 6, "no window", "days");
    refused(&row("then = \"sleep\""), 5, "TOML", "whole file");
    let many: String = (0..65).map(|_| "[[both.table]]\nthen = \"nothing\"\n").collect();
    refused(&format!("[both]\nrule = \"table\"\n{many}"), 3, "at most 64", "together");
}

// REH-5
#[test]
fn every_fault_is_told_at_once_in_the_order_of_lines() {
    let faults =
        Model::parse("years = -1\n[second]\nlawful = 2\nrule = \"grim\"\n[both]\nanswers = 7\n").unwrap_err();
    assert_eq!(faults.0.iter().map(|fault| fault.line).collect::<Vec<_>>(), [1, 3, 4, 6].map(Some));
}

// REH-6
#[test]
fn an_assumption_has_the_source_its_file_names_or_that_of_its_default_or_none() {
    let file = "[both]\nlawful = { value = 0.25, source = \"an estimate of the staff\" }\ntemptation = 7\n[first]\ngrudge = 0.5\n";
    let all = Model::parse(file).unwrap().assumptions();
    let find = |key: &str| all.iter().find(|one| one.key == key).unwrap_or_else(|| panic!("{key}"));
    assert_eq!(
        (find("both.lawful").value.as_str(), find("both.lawful").source.as_deref()),
        ("0.25", Some("an estimate of the staff"))
    );
    assert_eq!(find("both.temptation").source, None);
    assert!(find("both.reward").source.as_deref().unwrap().contains("Axelrod"));
    assert_eq!(find("both.patience_hours").source, None);
    assert_eq!((find("first.grudge").value.as_str(), find("second.grudge").value.as_str()), ("0.5", "0.3"));
    assert_eq!(all.len(), 3 + SHARED.len() + OWN.len() + 1);
}

#[test]
fn what_is_said_of_one_side_stands_above_what_is_said_of_both() {
    let model = Model::parse(
        "[first]\nlawful = 0.9\nrule = \"contrite\"\n[both]\nlawful = 0.1\nrule = \"trigger\"\n",
    )
    .unwrap();
    assert_eq!((model.own(Own::Lawful, 0), model.own(Own::Lawful, 1)), (0.9, 0.1));
    assert_eq!((model.rule(0), model.rule(1)), (RuleKind::Contrite, RuleKind::Trigger));
}

#[test]
fn an_empty_file_is_the_illustrative_model() {
    assert_eq!(Model::parse("").unwrap(), Model::default());
    let table = "[both]\nrule = \"table\"\n[[both.table]]\nat = \"alarm\"\nstate = \"in-question\"\nanswered = false\nbelief = [0, 0.5]\nincidents_at_least = 2\nwithin_days = 0.5\nthen = \"public-words\"\n";
    let row = Row {
        at: Some(Moment::Alarm),
        state: Some(backchannel_accord::life::State::InQuestion),
        answered: Some(false),
        belief: Some((0.0, 0.5)),
        incidents: Some((2, 43_200_000)),
        then: Deed::PublicWords,
    };
    assert_eq!(Model::parse(table).unwrap().table(1), [row]);
}

// REH-1, REH-2, REH-3, REH-4
#[test]
fn a_number_set_by_its_key_is_checked_like_one_in_a_file() {
    let mut model = Model::default();
    assert!(model.set("channel.los", 0.1).unwrap_err().hint.contains("channel.loss"));
    assert!(model.set("lawful", 2.0).unwrap_err().problem.contains("REH-2"));
    assert!(model.set("second.reward", 9.0).unwrap_err().problem.contains("REH-4"));
    assert!(model.set_word("rule", "table").unwrap_err().problem.contains("REH-4"));
    assert_eq!(model, Model::default());
    // A cell of attribution takes from the others in their proportions.
    model.set("second.attribution.accident.breach", 0.65).unwrap();
    let row = [0, 1, 2, 3].map(|seen| model.attribution(1, 1, seen));
    let expected = [0.65, 0.3, 0.025, 0.025];
    assert!(row.iter().zip(expected).all(|(got, expected)| (got - expected).abs() < 1e-12), "{row:?}");
    assert_eq!(model.value("second.attribution.accident.breach").as_deref(), Some("0.65"));
    assert_eq!(model.value("first.attribution.accident.breach").as_deref(), Some("0.3"));
    model.set("attribution.accident.breach", 1.0).unwrap();
    model.set("attribution.accident.breach", 0.4).unwrap();
    assert!((model.attribution(0, 1, 3) - 0.2).abs() < 1e-12);
    assert_eq!((model.value("loss"), model.value("nothing")), (Some("0.01".to_owned()), None));
    model.set_word("second.rule", "contrite").unwrap();
    assert_eq!(
        (model.value("rule"), model.value("second.rule")),
        (Some("bayes".to_owned()), Some("contrite".to_owned()))
    );
}

/// The page of the file, which people read.
const PAGE: &str = include_str!("../../../../docs/spec/rehearsal.md");

// REH-2
#[test]
fn the_page_lists_every_number_as_it_is_here() {
    for one in SHARED.iter().chain(OWN) {
        let source = one.source.map(|source| format!(" Source: {source}.")).unwrap_or_default();
        let (least, most) = one.allowed;
        let row = format!("| `{}` | {} | {least} to {most} | {}{source} |", one.key, one.default, one.about);
        assert!(PAGE.lines().any(|line| line == row), "docs/spec/rehearsal.md lacks: {row}");
    }
}

// REH-1
#[test]
fn the_file_the_page_begins_with_is_read_and_numbers_can_be_written_in_every_way_of_toml() {
    let file: String = PAGE
        .lines()
        .filter_map(|line| line.strip_prefix("    ").or(line.is_empty().then_some("")))
        .map(|line| format!("{line}\n"))
        .collect();
    let model = Model::parse(&file).unwrap();
    assert_eq!((model.courier(), model.rule(1), model.table(1).len()), (Courier::Biased, RuleKind::Table, 2));
    let model =
        Model::parse("[both]\naudience_cost = 1_000\npatience_hours = 1_0.5e0\nburst_days = 0x10\n").unwrap();
    let of = |which| model.own(which, 0);
    assert_eq!((of(Own::AudienceCost), of(Own::PatienceHours), of(Own::BurstDays)), (1000.0, 10.5, 16.0));
}

// REH-6
#[test]
fn a_source_is_that_of_the_number_it_stands_with_and_of_no_other() {
    let file = "years = { value = 4, source = \"treaty\" }\n[both]\ncredence = { value = 0.6, source = \"staff\" }\nadmits = { value = 0.1, source = \" \" }\n[first]\ncredence = 0.9\n";
    let mut model = Model::parse(file).unwrap();
    let source = |model: &Model, key: &str| {
        model.assumptions().into_iter().find(|one| one.key == key).expect(key).source
    };
    assert_eq!(source(&model, "years").as_deref(), Some("treaty"));
    assert_eq!(source(&model, "first.credence"), None);
    assert_eq!(source(&model, "second.credence").as_deref(), Some("staff"));
    assert_eq!(source(&model, "both.admits"), None);
    model.set("years", 10.0).unwrap();
    model.set("second.credence", 0.7).unwrap();
    assert_eq!((source(&model, "years"), source(&model, "second.credence")), (None, None));
    let both = Model::parse("[both]\ncredence = { value = 0.6, source = \"staff\" }\n").unwrap();
    assert_eq!(source(&both, "both.credence").as_deref(), Some("staff"));
}

// REH-4
#[test]
fn whom_a_biased_courier_favours_is_named_however_it_is_chosen() {
    let mut model = Model::default();
    assert!(model.set_word("channel", "biased").unwrap_err().hint.contains("towards"));
    model.set_word("towards", "second").unwrap();
    model.set_word("channel", "biased").unwrap();
    assert_eq!(model.favoured(), Some(1));
}

// REH-6
#[test]
fn every_row_of_a_table_is_an_assumption() {
    let rows = "[first]\nrule = \"table\"\n[[first.table]]\nat = \"alarm\"\nstate = \"in-question\"\nbelief = [0.5, 1]\nincidents_at_least = 2\nwithin_days = 7\nanswered = false\nthen = \"strike\"\n[[first.table]]\nthen = \"nothing\"\n";
    let all = Model::parse(rows).unwrap().assumptions();
    let value = |key: &str| all.iter().find(|one| one.key == key).map(|one| one.value.as_str());
    let first = "at = alarm, state = in-question, answered = false, belief = 0.5 to 1, incidents_at_least = 2, within_days = 7, then = strike";
    assert_eq!(value("first.table[1]"), Some(first));
    assert_eq!(value("first.table[2]"), Some("then = nothing"));
}
