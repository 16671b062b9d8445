//! Every number of a model: its key, its default, the range it is allowed and the range it is tried over, its source.

/// One number of a model. Its unit is in its key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Its key in the file; of a side it stands under `both`, `first` or `second`.
    pub key: &'static str,
    /// What it is unless a file says otherwise.
    pub default: f64,
    /// The least and the most it may be (REH-2).
    pub allowed: (f64, f64),
    /// Over which range it is tried alone, if it is worth trying.
    pub tried: Option<(f64, f64)>,
    /// Where the default comes from; none if it is illustrative.
    pub source: Option<&'static str>,
    /// What it is.
    pub about: &'static str,
}

macro_rules! parameters {
    ($(#[$outer:meta])* $name:ident in $table:ident {
        $($(#[doc = $about:literal])+
        $item:ident: $key:literal = $default:literal, $least:literal to $most:literal
            $(, try $low:literal to $high:literal)? $(, from $source:literal)?;)+
    }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[doc = $about])+ $item,)+
        }

        /// The numbers of that kind, in their order.
        pub const $table: &[Parameter] = &[
            $(Parameter {
                key: $key,
                default: $default,
                allowed: ($least, $most),
                tried: parameters!(@some $(($low, $high))?),
                source: parameters!(@some $($source)?),
                about: concat!($($about),+).trim_ascii(),
            },)+
        ];
    };
    (@some) => { None };
    (@some $value:expr) => { Some($value) };
}

parameters! {
    /// Numbers of the channel and of the whole.
    Shared in SHARED {
        /// Years that are looked at.
        Years: "years" = 3.0, 0.001 to 1000.0;
        /// Length of a beat of the relay.
        BeatSeconds: "channel.beat_seconds" = 5.0, 0.1 to 86400.0, from "README.md: the beat unless --beat-ms says otherwise";
        /// G: beats after an end within which an incident still counts as opened before it.
        GraceBeats: "channel.grace_beats" = 80.0, 0.0 to 3600.0, from "crates/station/src/limits.rs: GRACE_BEATS";
        /// Mean of the further beats an act takes until it is sealed, beyond the next whole one; geometric.
        DelayBeats: "channel.delay_beats" = 2.0, 0.0 to 100000.0, try 0.0 to 720.0;
        /// Probability that what was posted is lost and has to be sent again.
        Loss: "channel.loss" = 0.01, 0.0 to 0.99, try 0.0 to 0.5;
        /// Beats after which what was lost is sent again.
        ResendBeats: "channel.resend_beats" = 48.0, 0.0 to 100000.0, from "crates/station/src/limits.rs: RESEND_BEATS";
        /// Mean time in which the intermediary carries words into the other caucus; exponential.
        CourierHours: "channel.courier_hours" = 1.0, 0.0 to 8760.0, try 0.1 to 24.0;
        /// Probability that words carried in good faith arrive misunderstood.
        Garbles: "channel.garbles" = 0.05, 0.0 to 1.0, try 0.0 to 0.3;
        /// Whether who received words reads back what it understood: 1, or 0.
        ReadBack: "channel.read_back" = 0.0, 0.0 to 1.0;
        /// Time a read-back adds until words count.
        ReadBackHours: "channel.read_back_hours" = 1.0, 0.0 to 8760.0, try 0.1 to 24.0;
        /// Probability that a read-back finds what was misunderstood or altered, and puts it right.
        ReadBackCatches: "channel.read_back_catches" = 0.9, 0.0 to 1.0, try 0.5 to 1.0;
        /// How many times longer everything takes with a slow courier.
        SlowFactor: "channel.slow_factor" = 8.0, 1.0 to 10000.0, try 1.0 to 50.0;
        /// Probability that a biased courier drops the words of the side it is against.
        BiasDrops: "channel.bias_drops" = 0.5, 0.0 to 1.0, try 0.0 to 1.0;
        /// How many times longer a biased courier takes with the words of the side it is against.
        BiasFactor: "channel.bias_factor" = 6.0, 1.0 to 10000.0, try 1.0 to 50.0;
        /// Probability that a faithless courier withholds words.
        Withholds: "channel.withholds" = 0.5, 0.0 to 1.0, try 0.0 to 1.0;
        /// Probability that a faithless courier alters words it does not withhold.
        Alters: "channel.alters" = 0.5, 0.0 to 1.0, try 0.0 to 1.0;
        /// Days after entry from which an absent intermediary is absent for good.
        AbsentFromDays: "channel.absent_from_days" = 0.0, 0.0 to 365000.0;
        /// Mean length of stretches in which it is absent instead, exponential; 0 if it is absent for good.
        AbsentStretchDays: "channel.absent_stretch_days" = 0.0, 0.0 to 365000.0;
        /// Mean length of the stretches between, in which it is there; exponential.
        PresentStretchDays: "channel.present_stretch_days" = 30.0, 0.001 to 365000.0;
    }
}

parameters! {
    /// Numbers of a side.
    Own in OWN {
        /// False alarms that arise in its own warning a year.
        FalseAlarms: "false_alarms_per_year" = 1.5, 0.0 to 100000.0, try 0.3 to 6.0;
        /// Accidents of its forces at the other's cost a year.
        Accidents: "accidents_per_year" = 0.5, 0.0 to 100000.0, try 0.1 to 2.0;
        /// Acts of non-parties a year that can be laid at its door.
        NonPartyActs: "non_party_acts_per_year" = 1.0, 0.0 to 100000.0, try 0.2 to 4.0;
        /// Occasions a year on which it could gain by a breach.
        Opportunities: "opportunities_per_year" = 0.5, 0.0 to 100000.0, try 0.1 to 2.0;
        /// Mean number of further false alarms that each brings on.
        FalseAlarmBurst: "false_alarm_burst" = 0.2, 0.0 to 0.95, try 0.0 to 0.6;
        /// Mean number of further accidents that each brings on.
        AccidentBurst: "accident_burst" = 0.1, 0.0 to 0.95;
        /// Mean number of further acts of non-parties that each brings on.
        NonPartyBurst: "non_party_burst" = 0.3, 0.0 to 0.95, try 0.0 to 0.6;
        /// Mean number of further occasions that each brings on.
        OpportunityBurst: "opportunity_burst" = 0.0, 0.0 to 0.95;
        /// Mean time after which what an event brings on follows it; exponential.
        BurstDays: "burst_days" = 5.0, 0.001 to 3650.0;

        /// Probability that a false alarm reaches those who decide.
        NoticesFalseAlarm: "notices_false_alarm" = 0.9, 0.0 to 1.0;
        /// Probability that it notices an accident of the other.
        NoticesAccident: "notices_accident" = 0.8, 0.0 to 1.0;
        /// Probability that it notices an act of a non-party that can be laid at the other's door.
        NoticesNonPartyAct: "notices_non_party_act" = 0.8, 0.0 to 1.0;
        /// Probability that it notices a breach of the other.
        NoticesBreach: "notices_breach" = 0.7, 0.0 to 1.0, try 0.3 to 1.0;
        /// Mean time from a fact until it is noticed; exponential.
        NoticingHours: "noticing_hours" = 2.0, 0.0 to 8760.0, try 0.0 to 48.0;

        /// Probability that a false alarm is taken for a deliberate breach.
        FalseAlarmAsBreach: "attribution.false_alarm.breach" = 0.5, 0.0 to 1.0, try 0.2 to 0.9;
        /// Probability that a false alarm is taken for an accident.
        FalseAlarmAsAccident: "attribution.false_alarm.accident" = 0.2, 0.0 to 1.0;
        /// Probability that a false alarm is taken for an act of a non-party.
        FalseAlarmAsNonParty: "attribution.false_alarm.non_party" = 0.1, 0.0 to 1.0;
        /// Probability that a false alarm is seen to be nothing.
        FalseAlarmAsNothing: "attribution.false_alarm.nothing" = 0.2, 0.0 to 1.0;
        /// Probability that an accident is taken for a deliberate breach.
        AccidentAsBreach: "attribution.accident.breach" = 0.3, 0.0 to 1.0, try 0.1 to 0.7;
        /// Probability that an accident is taken for one.
        AccidentAsAccident: "attribution.accident.accident" = 0.6, 0.0 to 1.0;
        /// Probability that an accident is taken for an act of a non-party.
        AccidentAsNonParty: "attribution.accident.non_party" = 0.05, 0.0 to 1.0;
        /// Probability that an accident is taken for nothing.
        AccidentAsNothing: "attribution.accident.nothing" = 0.05, 0.0 to 1.0;
        /// Probability that an act of a non-party is taken for a deliberate breach of the other.
        NonPartyAsBreach: "attribution.non_party.breach" = 0.25, 0.0 to 1.0, try 0.1 to 0.7;
        /// Probability that an act of a non-party is taken for an accident of the other.
        NonPartyAsAccident: "attribution.non_party.accident" = 0.05, 0.0 to 1.0;
        /// Probability that an act of a non-party is taken for one.
        NonPartyAsNonParty: "attribution.non_party.non_party" = 0.65, 0.0 to 1.0;
        /// Probability that an act of a non-party is taken for nothing.
        NonPartyAsNothing: "attribution.non_party.nothing" = 0.05, 0.0 to 1.0;
        /// Probability that a breach is taken for one.
        BreachAsBreach: "attribution.breach.breach" = 0.7, 0.0 to 1.0;
        /// Probability that a breach is taken for an accident.
        BreachAsAccident: "attribution.breach.accident" = 0.15, 0.0 to 1.0;
        /// Probability that a breach is taken for an act of a non-party.
        BreachAsNonParty: "attribution.breach.non_party" = 0.1, 0.0 to 1.0;
        /// Probability that a breach is taken for nothing.
        BreachAsNothing: "attribution.breach.nothing" = 0.05, 0.0 to 1.0;
        /// Probability that its own staff find out in the end that a false alarm was one.
        SecondLook: "second_look" = 0.6, 0.0 to 1.0, try 0.2 to 0.95;
        /// Mean time they take; exponential.
        SecondLookHours: "second_look_hours" = 12.0, 0.0 to 8760.0, try 2.0 to 72.0;

        /// Probability that it acts on an alarm at once, without asking.
        HairTrigger: "hair_trigger" = 0.02, 0.0 to 1.0, try 0.0 to 0.2;
        /// Mean time for which it bears an alarm nobody has explained; exponential.
        PatienceHours: "patience_hours" = 18.0, 0.0 to 87600.0, try 4.0 to 96.0;
        /// Probability that it waits until the reply time of the terms is over.
        WaitsForReply: "waits_for_reply" = 0.7, 0.0 to 1.0, try 0.3 to 1.0;
        /// Probability that it waits as long as the understanding is in question.
        HonoursBrake: "honours_brake" = 0.9, 0.0 to 1.0, try 0.3 to 1.0;
        /// Belief in a breach above which it opens an incident.
        OpensAbove: "opens_above" = 0.1, 0.0 to 1.0;
        /// Belief in a breach above which it calls an incident urgent.
        UrgentAbove: "urgent_above" = 0.5, 0.0 to 1.0;
        /// Probability that it gives notice where else it would act at once.
        Lawful: "lawful" = 0.3, 0.0 to 1.0, try 0.0 to 1.0;
        /// Belief above which it holds something to be a breach, unless its rule says otherwise.
        Convinced: "convinced" = 0.5, 0.0 to 1.0;
        /// Of the rule `generous`: probability that it lets a breach pass.
        Generosity: "generosity" = 0.333333, 0.0 to 1.0, try 0.0 to 0.9;
        /// Of the rule `trigger`: T, for how long it suspends its restraint.
        TriggerDays: "trigger_days" = 14.0, 0.001 to 36500.0, try 3.0 to 90.0;
        /// Of the rule `bayes`: belief above which it abandons restraint.
        Threshold: "threshold" = 0.5, 0.0 to 1.0, try 0.4 to 0.9;
        /// Of the rule `contrite`: for how long it remembers a fault of its own.
        StandingDays: "standing_days" = 30.0, 0.0 to 36500.0;
        /// Strikes by it a year while restraint is suspended.
        SuspendedStrikes: "suspended_strikes_per_year" = 0.5, 0.0 to 100000.0;

        /// Mean time in which it finds out what its people did; exponential.
        FindingOutHours: "finding_out_hours" = 6.0, 0.0 to 8760.0, try 1.0 to 48.0;
        /// Share of the reply time that is left by then which it also takes.
        WorksToDeadline: "works_to_deadline" = 0.3, 0.0 to 1.0;
        /// Probability that it answers at all.
        Answers: "answers" = 0.95, 0.0 to 1.0, try 0.5 to 1.0;
        /// Probability that it answers in part when the reply time ends before it knows.
        Provisional: "provisional" = 0.5, 0.0 to 1.0;
        /// Probability that its explanation convinces if it did nothing on purpose.
        Convinces: "convinces" = 0.8, 0.0 to 0.99, try 0.4 to 0.99;
        /// Probability that it admits a breach.
        Admits: "admits" = 0.05, 0.0 to 1.0;
        /// Probability that it reports an accident of its own before it is asked; the rule `contrite` always does.
        SelfReports: "self_reports" = 0.2, 0.0 to 1.0, try 0.0 to 1.0;

        /// The credence it begins with that what looks like a breach of the other is none.
        Credence: "credence" = 0.5, 0.001 to 0.999, try 0.3 to 0.8;
        /// How many times more probable a convincing explanation is if there was no breach.
        WorthOfWords: "worth_of_words" = 6.0, 1.0 to 1000.0, try 2.0 to 20.0;
        /// How many times more probable an answer in the registry is if there was no breach.
        WorthOfCode: "worth_of_code" = 1.5, 1.0 to 1000.0, try 1.0 to 4.0;
        /// How many times more probable silence beyond the reply time is if there was a breach.
        WorthOfSilence: "worth_of_silence" = 1.5, 1.0 to 1000.0, try 1.0 to 4.0;
        /// How many times more probable an admission is if there was a breach.
        WorthOfAdmission: "worth_of_admission" = 20.0, 1.0 to 1000000.0;
        /// By how much an affair that was explained raises the odds of its credence.
        TrustGain: "trust_gain" = 1.1, 1.0 to 100.0;
        /// By how much one that was not lowers them.
        TrustLoss: "trust_loss" = 0.8, 0.01 to 1.0, try 0.5 to 1.0;
        /// Time in which what it learned so counts half as much.
        QuietDays: "quiet_days" = 180.0, 0.001 to 365000.0;

        /// What it gets a day while it alone breaks restraint.
        Temptation: "temptation" = 5.0, -1000000.0 to 1000000.0, try 3.5 to 9.0, from "R. Axelrod, The Evolution of Cooperation (1984): 5, 3, 1, 0";
        /// What it gets a day while both keep it.
        Reward: "reward" = 3.0, -1000000.0 to 1000000.0, from "R. Axelrod, The Evolution of Cooperation (1984): 5, 3, 1, 0";
        /// What it gets a day without restraint.
        Punishment: "punishment" = 1.0, -1000000.0 to 1000000.0, from "R. Axelrod, The Evolution of Cooperation (1984): 5, 3, 1, 0";
        /// What it gets a day while the other alone breaks it.
        Sucker: "sucker" = 0.0, -1000000.0 to 1000000.0, from "R. Axelrod, The Evolution of Cooperation (1984): 5, 3, 1, 0";
        /// For how long an advantage lasts.
        AdvantageDays: "advantage_days" = 60.0, 0.001 to 36500.0, try 20.0 to 120.0;
        /// Rate at which it discounts what comes later.
        Impatience: "impatience_per_year" = 0.5, 0.001 to 1000.0, try 0.1 to 2.0;
        /// How often a year it fears the other would break restraint if it kept no faith at all.
        FearedBreaks: "feared_breaks_per_year" = 1.0, 0.0 to 100000.0, try 0.2 to 4.0;
        /// Prior probability that it is strong, which it alone knows; drawn once a run.
        Strong: "strong" = 0.3, 0.0 to 1.0, try 0.0 to 0.8;
        /// How many times larger the temptation is for a strong side.
        StrongTemptation: "strong_temptation" = 2.0, 1.0 to 1000.0;
        /// Probability that a breach of it is so plain that restraint ends with it.
        OpenBreach: "open_breach" = 0.3, 0.0 to 1.0, try 0.0 to 1.0;

        /// Probability that somebody of it threatens in public over an alarm.
        Threatens: "threatens" = 0.2, 0.0 to 1.0, try 0.0 to 0.8;
        /// Mean cost of not acting on such a threat, in units of payoff; exponential.
        AudienceCost: "audience_cost" = 200.0, 0.0 to 1000000000.0, try 50.0 to 1000.0;

        /// Probability that it forgets to reaffirm in one term.
        Forgets: "forgets" = 0.002, 0.0 to 1.0, try 0.0 to 0.05;
        /// Probability that it withholds its reaffirmation over an affair that was not explained.
        Grudge: "grudge" = 0.3, 0.0 to 1.0, try 0.0 to 0.9;
        /// For how long it holds such an affair against the other.
        GrudgeDays: "grudge_days" = 30.0, 0.0 to 36500.0;
        /// Time before the last moment at which it reaffirms.
        RenewalLeadHours: "renewal_lead_hours" = 48.0, 0.0 to 87600.0;

        /// What a day in question costs it, in units of payoff.
        QuestionCost: "question_cost_per_day" = 1.0, 0.0 to 1000000.0;
        /// What an alarm over nothing, an accident or a non-party costs it, in units of payoff.
        AlarmCost: "alarm_cost" = 1.0, 0.0 to 1000000.0;
    }
}

impl Shared {
    /// Its entry in the table.
    pub fn parameter(self) -> &'static Parameter {
        &SHARED[self as usize]
    }
}

impl Own {
    /// Its entry in the table.
    pub fn parameter(self) -> &'static Parameter {
        &OWN[self as usize]
    }
}

/// The four rows of attribution: where each begins in [`OWN`], in the order breach, accident, non-party, nothing.
pub const ATTRIBUTION: [usize; 4] = [
    Own::FalseAlarmAsBreach as usize,
    Own::AccidentAsBreach as usize,
    Own::NonPartyAsBreach as usize,
    Own::BreachAsBreach as usize,
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    // REH-2
    #[test]
    fn every_default_and_every_range_that_is_tried_is_allowed_and_every_key_is_there_once() {
        let mut keys = BTreeSet::new();
        for one in SHARED.iter().chain(OWN) {
            let (least, most) = one.allowed;
            assert!((least..=most).contains(&one.default), "{}", one.key);
            let (low, high) = one.tried.unwrap_or((least, most));
            assert!(least <= low && low < high && high <= most, "{}", one.key);
            assert!(keys.insert(one.key) && !one.about.trim().is_empty(), "{}", one.key);
        }
    }

    // REH-3
    #[test]
    fn the_rows_of_attribution_stand_together_and_add_up_to_one() {
        for (row, begins) in ["false_alarm", "accident", "non_party", "breach"].into_iter().zip(ATTRIBUTION) {
            let cells = &OWN[begins..begins + 4];
            let names = ["breach", "accident", "non_party", "nothing"];
            for (cell, name) in cells.iter().zip(names) {
                assert_eq!(cell.key, format!("attribution.{row}.{name}"));
            }
            let sum: f64 = cells.iter().map(|cell| cell.default).sum();
            assert!((sum - 1.0).abs() < 1e-12);
        }
    }
}
