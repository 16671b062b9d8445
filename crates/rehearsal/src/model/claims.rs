//! Probabilities that are what the members of a register of claims believe (REH-6).

use super::{Fault, Parameter};
use backchannel_accord::claims::{Exported, ExportedClaim};

/// A probability with its source.
type Credence = (f64, Option<String>);

/// The mean of what each member believes of a claim now, given by the first digits of its id. Refuses what is no
/// probability, a claim that is not in the register or stands for several, one withdrawn, and one that nobody gave a
/// credence.
pub(super) fn credence(one: &Parameter, register: Option<&Exported>, id: &str) -> Result<Credence, Fault> {
    let refused =
        |problem: &str, hint: &str| Err(Fault::new(format!("`{}` {problem} (REH-6)", one.key), hint));
    if !one.about.starts_with("Probability")
        && !one.about.starts_with("Prior probability")
        && one.key != "credence"
    {
        return refused("is no probability, and a credence is one", "write a number");
    }
    let Some(register) = register else {
        return refused(
            "is to be a credence, and there is no register",
            "name an exported one: --claims FILE",
        );
    };
    let digits = id.to_ascii_lowercase();
    let mut fitting = register.claim.iter().filter(|one| !digits.is_empty() && one.id.starts_with(&digits));
    match (fitting.next(), fitting.next()) {
        (None, _) => refused(
            "is to be the credence of a claim that the register has not",
            "give the first digits of its id",
        ),
        (Some(_), Some(_)) => {
            refused("is to be the credence of several claims", "give more digits of its id")
        }
        (Some(claim), None) if claim.withdrawn => refused(
            "is to be the credence of a claim that was withdrawn",
            "choose another claim, or write a number",
        ),
        (Some(claim), None) => mean(claim).map_or_else(
            || {
                refused(
                    "is to be a credence that nobody has given since it was amended, or at all",
                    "write a number",
                )
            },
            Ok,
        ),
    }
}

/// Credences that are older than the last amendment are of other words (CLAIM-5).
fn mean(claim: &ExportedClaim) -> Option<Credence> {
    // Instants are written alike, so that their order is that of their letters.
    let holds = |since: &str| claim.amended.as_deref().is_none_or(|amended| since >= amended);
    let percents = || claim.credence.iter().filter(|one| holds(&one.since)).map(|one| one.percent);
    let (least, most) = (percents().min()?, percents().max()?);
    let (count, sum) = (percents().count(), percents().map(f64::from).sum::<f64>());
    let older = claim.credence.len() - count;
    let older =
        if older > 0 { format!(", without {older} from before it was amended") } else { String::new() };
    let range = if least == most { format!("{least} %") } else { format!("{least} to {most} %") };
    let id: String = claim.id.chars().take(ID_DIGITS).collect();
    Some((
        sum / 100.0 / count as f64,
        Some(format!(
            "register of claims: {id}, graded {}, believed {range} by {count}{older}",
            claim.grading
        )),
    ))
}

/// Digits of an id that are shown.
const ID_DIGITS: usize = 8;

#[cfg(test)]
mod tests {
    use crate::model::{Model, Own};
    use backchannel_accord::claims::Exported;

    /// A register of four claims: believed by two, by one for certain, by nobody, and withdrawn.
    fn register() -> Exported {
        let claim = |id: &str, withdrawn: bool, percents: &[u8]| {
            let credences = percents.iter().enumerate().map(|(n, percent)| {
                format!(
                    "[[claim.credence]]\nby = \"m{n}\"\npercent = {percent}\nbecause = \"x\"\nsince = \"y\"\n"
                )
            });
            let head = format!(
                "[[claim]]\nid = \"{}\"\nwho = \"Bravo\"\npublic = true\ngrading = \"B3\"",
                id.repeat(8)
            );
            let rest = "source = \"s\"\nevidence = \"e\"";
            format!(
                "{head}\n{rest}\nwithdrawn = {withdrawn}\n[claim.text]\nen = \"t\"\n{}",
                credences.collect::<String>()
            )
        };
        let all = [
            claim("4f2a", false, &[40, 65]),
            claim("4f2b", false, &[100]),
            claim("77d0", false, &[]),
            claim("99aa", true, &[50]),
        ];
        let head = "register = 1\nof = \"alpha\"\nexported = \"2026-11-30T00:00Z\"\n";
        Exported::read(&format!("{head}{}", all.concat())).expect("it is a register")
    }

    // REH-6
    #[test]
    fn a_probability_is_what_the_members_believe_on_average_and_says_so() {
        let file = "[first]\ncredence = { claim = \"4F2a\" }\n[second]\nadmits = { claim = \"4f2b\" }\n";
        let model = Model::parse_with(file, &register()).unwrap();
        assert_eq!((model.own(Own::Credence, 0), model.own(Own::Credence, 1)), (0.525, 0.5));
        assert_eq!(model.own(Own::Admits, 1), 1.0);
        let source = |key: &str| {
            let found = model.assumptions().into_iter().find(|one| one.key == key);
            found.and_then(|one| one.source).unwrap_or_default()
        };
        assert_eq!(
            source("first.credence"),
            "register of claims: 4f2a4f2a, graded B3, believed 40 to 65 % by 2"
        );
        assert_eq!(source("second.admits"), "register of claims: 4f2b4f2b, graded B3, believed 100 % by 1");
        assert_eq!(source("second.credence"), "");
    }

    // REH-6, CLAIM-5
    #[test]
    fn what_was_believed_before_the_last_amendment_is_of_other_words() {
        let mut register = register();
        let claim = &mut register.claim[0];
        claim.amended = Some("2026-11-30T00:00:00Z".to_owned());
        claim.credence[0].since = "2026-11-29T23:59:55Z".to_owned();
        claim.credence[1].since = "2026-11-30T00:00:05Z".to_owned();
        let file = "[first]\ncredence = { claim = \"4f2a\" }\n";
        let model = Model::parse_with(file, &register).unwrap();
        assert_eq!(model.own(Own::Credence, 0), 0.65);
        let all = model.assumptions();
        let source = all.iter().find(|one| one.key == "first.credence").and_then(|one| one.source.clone());
        let expected = "register of claims: 4f2a4f2a, graded B3, believed 65 % by 1, without 1 from before it was amended";
        assert_eq!(source.as_deref(), Some(expected));
        register.claim[0].credence[1].since = "2026-11-29T00:00:00Z".to_owned();
        let faults = Model::parse_with(file, &register).unwrap_err();
        assert!(faults.0[0].problem.contains("since it was amended"), "{faults}");
    }

    // REH-6
    #[test]
    fn what_no_claim_says_is_refused_with_its_line() {
        let refused = |file: &str, problem: &str| {
            let faults = Model::parse_with(&format!("[first]\n{file}\n"), &register()).unwrap_err();
            assert_eq!(faults.0[0].line, Some(2), "{faults}");
            assert!(faults.0[0].problem.contains(problem), "{faults}");
        };
        refused("credence = { claim = \"5\" }", "that the register has not");
        refused("credence = { claim = \"\" }", "that the register has not");
        refused("credence = { claim = 4 }", "that the register has not");
        refused("credence = { claim = \"4f2\" }", "of several claims");
        refused("credence = { claim = \"77\" }", "nobody has given");
        refused("credence = { claim = \"99\" }", "was withdrawn");
        refused("credence = { claim = \"4f2b\" }", "cannot be 1 ");
        refused("worth_of_words = { claim = \"4f2a\" }", "is no probability");
        refused("rule = { claim = \"4f2a\" }", "needs a word");
        refused("credence = { claim = \"4f2a\", source = \"me\" }", "first.credence.claim");
        let without = Model::parse("[first]\ncredence = { claim = \"4f2a\" }\n").unwrap_err();
        assert!(without.0[0].hint.contains("--claims"), "{without}");
    }
}
