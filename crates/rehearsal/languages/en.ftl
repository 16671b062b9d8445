# The words of the report of a rehearsal. All other languages are compared with this file by the build.
# Quiet words: it predicts nothing; what it says, it says within its assumptions.
# A message that selects by a name answers "?" to a name that it has no word for.

## The frame of the page
letters = A B C D E F G H I J K L M N O P Q R S T U V W X Y Z
kind = Rehearsal of an understanding
title = Will this restraint hold?
notice-title = This page predicts nothing.
notice = Every number on it follows from the assumptions listed under “What it rests on”, and from nothing else. Where they are wrong, so are the numbers.
notice-short = It predicts nothing. It rests on the assumptions shown.
contents = Contents
partial-title = It was interrupted.
partial = The numbers rest on fewer runs than were asked for, and their intervals are wider for it.
fact-horizon = Horizon
fact-variants = Variants
fact-runs = Runs of each variant
fact-level = Level of intervals
fact-seed = Seed
fact-state = Completeness
state-partial = interrupted: fewer runs than asked for
state-whole = all runs made
found = What was found
holds = How long restraint holds
ends = Why it ends
buys = What each term buys
costs = Restraint against the cost of false alarms
remarks = What goes against wishes
runs = Whether there were enough runs
rests = What it rests on
oracles = Checked against published answers
again = To make it again

## What was found
called = { $letter } ({ $name })
found-first = In { $variant }, the probability that restraint holds for one year is { $year } ({ $yearInterval }), and for { $span } it is { $end } ({ $endInterval }).
found-first-short = In { $variant }, the probability that restraint holds for { $span } is { $end } ({ $endInterval }).
found-cause = What most often ends it there: { $cause }, in { $share } of the runs.
found-range = At the end, { $best } stands highest with { $bestValue }, and { $worst } lowest with { $worstValue }.
found-alike = { $n ->
    [one] These runs do not tell { $letters } from { $first }: the interval of the difference includes zero.
   *[other] These runs do not tell { $letters } from { $first }: the intervals of the differences include zero.
}
between-letters = {", "}
interval-note = Beneath each number stands its interval at the level of { $level }. It covers the chance of the draw, not doubt about the assumptions. All variants met the same chance events, so differences are surer than the numbers they lie between.
table-variants = Variants side by side
col-variant = Variant
col-year = Holds for one year
col-end = Holds for { $span }
col-against = Difference from { $first }, in points
col-question = Time in question
col-cost = Cost of false alarms a year
col-runs = Runs
rare-read = Restraint may also end so rarely that plain runs seldom show it. Here the way to its end is cut into levels of rising peril, and trials that come to one are copied and go on by fresh chance. The probability rests on the same rules and the same assumptions, and is for every cause together.
table-rare = Ends that plain runs may be too few to show
col-breakdown = Ends within { $span }
col-trials = Trials begun
col-note = Note
rare-rough = rough: more runs are needed
rare-lacks = { $name ->
    [unreached] no trial came to an end
    [stopped] stopped before there was anything to show
   *[other] ?
}

## Over time
holds-read = Each line is one variant, from the beginning to the horizon; the band about it is its interval. Lines differ by dash and marker as well as by colour.
holds-read-many = Each line is one variant, from the beginning to the horizon. Lines differ by dash and marker as well as by colour. Their intervals are shown one by one below.
panels = One by one
panels-read = Each variant with its interval; the thin line is { $first }.
table-dates = Probability that restraint holds until each date
table-causes = Share of runs that ended for each cause
ends-read = Each bar is one variant; its length is the share of runs in which restraint ended before the horizon, cut into causes.

## Terms
buys-read = Each term of the text, and each assumption of the model, was moved alone from its lower to its upper value. The longer the bar, the more it matters; the upright line is { $first }. Terms come first, for they can be chosen; then the assumptions that matter most.
buys-hidden = { $n ->
    [one] One other assumption moves the result less; its numbers are in the JSON of this report.
   *[other] { $n } other assumptions move the result less; their numbers are in the JSON of this report.
}
buys-left-out = Not tried, because an end of the range contradicts the rest: { $names }.
table-tornado = Probability of holding to the horizon when one thing is moved
col-name = What is moved
col-sort = Kind
col-lower = Lower value
col-upper = Upper value
col-holds = Holds to the horizon
col-difference = Difference, in points
sort-term = term
sort-assumption = assumption
key-term = a term of the text
key-assumption = an assumption of the model
key-lower-upper = at the lower value, at the upper value
bar-label = { $name }: { $lower } to { $upper }
costs-read = Each mark is one choice of terms. On the line are those that no other choice betters in both restraint and cost; cost is in the model's own unit.
costs-best = The best found within the stated limits: { $terms }. It holds to the horizon with { $value } ({ $interval }), at a cost of { $cost } a year.
costs-over = By fresh random numbers it costs more than the limit of { $limit } a year. Do not rely on it.
costs-nothing = Of the combinations that were looked at ({ $n }), none keeps within a cost of { $limit } a year.
costs-partly = There were too many combinations to look at all of them: one term at a time was changed, and there may be better ones.
costs-impossible = Combinations that contradict themselves and were left out: { $n }.
costs-others = { $n ->
    [one] One other choice was looked at and is worse in one respect without being better in the other.
   *[other] { $n } other choices were looked at; none is better in both. All are in the JSON of this report.
}
table-frontier = Choices that no other betters in both
col-number = No.
col-terms = Terms
key-best = best found
no-terms = the text as it stands

## What the models say
remarks-read = The models say this too, and it is shown because nobody hoped for it.
remark = { $name ->
    [mediation-adds-nothing] Mediation adds nothing here: plain talk between the sides does as well.
    [faster-reporting-destroys] Faster reporting destroys restraint here: each report says too little, and too many are false.
    [no-trigger-holds] No threat of answering breach with breach, however long, sustains restraint here.
    [term-buys-nothing] A term buys nothing that these runs could show.
    [channel-worsens] Restraint holds less well here with the channel than without it.
   *[other] ?
}
runs-read = The estimate for { $first } and its interval after more and more runs. A line that has come to rest, in a band that is narrow against the differences of interest, says that there were enough.
table-convergence = The estimate after more and more runs
col-width = Width of the interval, in points

## Assumptions, published answers
rests-read = These are the assumptions, those that mattered most first. The last column says by how many points the probability of holding moves when the assumption moves over its range.
rests-not-measured = These are the assumptions. Which of them matter most was not looked at.
rests-text = The text as it stands: { $terms }.
rests-illustrative = { $n ->
    [one] One of the { $all } has no source. It is marked, and stands for an example, not for the world.
   *[other] { $n } of the { $all } have no source. They are marked, and stand for examples, not for the world.
}
table-assumptions = Assumptions
col-assumption = Assumption
col-value = Value
col-source = Source
col-matters = Moves the result by, in points
illustrative = illustrative
oracles-read = { $n ->
    [one] The same program computes one number that others have published. It says that the machinery is sound, not that the assumptions are.
   *[other] The same program computes { $n } numbers that others have published. They say that the machinery is sound, not that the assumptions are.
}
oracles-failed = { $n ->
    [one] One number does not agree. Nothing on this page should be relied on until it does.
   *[other] { $n } numbers do not agree. Nothing on this page should be relied on until they do.
}
table-oracles = Published numbers and those computed here
col-oracle = Number and source
col-published = Published
col-computed = Computed
col-error = Error
col-agrees = Agrees
agrees = yes
disagrees = no
again-read = The same text, the same model, the same seed and the same number of runs give the same numbers, on any machine and on any number of its cores.

## Plots
axis-holds = Probability that restraint holds
axis-holds-cut = Probability that restraint holds; the axis begins at { $from }
axis-holds-end = Probability of holding to the horizon
axis-ended = Share of runs in which restraint ended
axis-cost = Cost of false alarms a year
axis-runs = Runs made
axis-years = years
axis-months = months
axis-days = days
plot-survival = Probability that restraint holds, over time
plot-survival-words = { $n ->
    [1] One curve, from the beginning to { $span }. At the end it stands at { $bestValue }: { $best }; lowest { $worstValue }: { $worst }. All numbers are in the table after the plot.
   *[other] { $n } curves, one for each variant, from the beginning to { $span }. At the end { $best } stands highest, at { $bestValue }, and { $worst } lowest, at { $worstValue }. All numbers are in the table after the plot.
}
plot-panel-words = { $variant } with its interval. After { $span } it stands at { $value } ({ $interval }).
plot-causes = Why restraint ended, by variant
plot-causes-words = { $n ->
    [one] One bar, cut into causes. What most often ends { $variant }: { $cause }, in { $value } of the runs. All numbers are in the table after the plot.
   *[other] { $n } bars, one for each variant, cut into causes. What most often ends { $variant }: { $cause }, in { $value } of the runs. All numbers are in the table after the plot.
}
plot-tornado = What each term and each assumption moves
plot-tornado-words = { $n ->
    [one] One bar. { $name }: at { $lower } restraint holds to the horizon with { $lowerValue }, at { $upper } with { $upperValue }. All numbers are in the table after the plot.
   *[other] { $n } bars, the longest first. { $name }: at { $lower } restraint holds to the horizon with { $lowerValue }, at { $upper } with { $upperValue }. All numbers are in the table after the plot.
}
plot-frontier = Restraint and the cost of false alarms, by choice of terms
plot-frontier-words = { $n ->
    [one] One choice of terms, of which { $on } no other betters: from { $low } at a cost of { $lowCost } to { $high } at a cost of { $highCost }. The numbers are in the table after the plot.
   *[other] { $n } choices of terms, of which { $on } no other betters in both: from { $low } at a cost of { $lowCost } to { $high } at a cost of { $highCost }. The numbers are in the table after the plot.
}
plot-convergence = The estimate after more and more runs
plot-convergence-words = The estimate for { $variant }. After { $few } runs its interval was { $fewInterval }; after { $many } runs it is { $manyInterval }. The numbers are in the table after the plot.
plot-empty = There is nothing to show.

## Values
interval = { $low } to { $high }
term-value = { $term } { $value }
between-terms = {", "}
span-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
}
span-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
span-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
span-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
span-seconds = { $n ->
    [one] { $n } second
   *[other] { $n } seconds
}
span-beats = { $n ->
    [one] { $n } beat
   *[other] { $n } beats
}
rate-year = { $n } a year
rate-day = { $n } a day

## Names in files
term = { $name ->
    [brake] brake
    [reply] reply time
    [notice] notice
    [complaint] complaint window
    [duration] duration
    [lasts] length
    [renewal] renewal
    [renewal-before] time before the end to reaffirm
    [batching] batching
    [read-back] read-back
    [courier] courier
    [channel] channel
   *[other] ?
}
courier = { $name ->
    [faithful] faithful courier
    [slow] slow courier
    [biased] biased courier
    [faithless] faithless courier
    [absent] absent courier
    [none] no channel
   *[other] ?
}
value = { $name ->
    [yes] yes
    [no] no
    [true] yes
    [false] no
    [on] on
    [off] off
    [none] none
    [unforgiving] unforgiving
    [generous] generous
    [contrite] contrite
    [trigger] trigger
    [bayesian] Bayesian threshold
    [bayes] Bayesian threshold
    [first] first side
    [second] second side
    [table] written table
   *[other] ?
}
variant = { $name ->
    [plain] the text as it stands
    [channel] with the channel
    [with-channel] with the channel
    [without-channel] without a channel
    [no-channel] without a channel
   *[other] ?
}
cause = { $name ->
    [false-alarm] false alarm
    [accident] accident
    [non-party] act of a non-party
    [breach] real breach
    [notice] notice given
    [lapse] lapse without renewal
   *[other] ?
}
parameter = { $name ->
    [years] horizon
    [channel-kind] courier
    [channel-towards] side that a biased courier favours
    [rule] decision rule
    [table] written table of decisions
    [channel-beat-seconds] beat of the relay
    [channel-grace-beats] grace after an end
    [channel-delay-beats] further delay until an act is sealed
    [channel-loss] loss on the channel
    [channel-resend-beats] wait before sending again
    [channel-courier-hours] time in which the intermediary carries words
    [channel-garbles] words that arrive misunderstood
    [channel-read-back] read-back
    [channel-read-back-hours] time that a read-back adds
    [channel-read-back-catches] misunderstandings that a read-back puts right
    [channel-slow-factor] slowness of a slow courier
    [channel-bias-drops] words that a biased courier drops
    [channel-bias-factor] slowness of a biased courier
    [channel-withholds] words that a faithless courier withholds
    [channel-alters] words that a faithless courier alters
    [channel-absent-from-days] time after which the intermediary is absent
    [channel-absent-stretch-days] stretches in which the intermediary is absent
    [channel-present-stretch-days] stretches in which the intermediary is there
    [false-alarms-per-year] false alarms
    [accidents-per-year] accidents
    [non-party-acts-per-year] acts of non-parties
    [opportunities-per-year] occasions to gain by a breach
    [false-alarm-burst] false alarms that each brings on
    [accident-burst] accidents that each brings on
    [non-party-burst] acts of non-parties that each brings on
    [opportunity-burst] occasions that each brings on
    [burst-days] time after which one brings on the next
    [notices-false-alarm] false alarms that reach those who decide
    [notices-accident] accidents that are noticed
    [notices-non-party-act] acts of non-parties that are noticed
    [notices-breach] breaches that are noticed
    [noticing-hours] time until a fact is noticed
    [attribution-false-alarm-breach] false alarm taken for a breach
    [attribution-false-alarm-accident] false alarm taken for an accident
    [attribution-false-alarm-non-party] false alarm taken for an act of a non-party
    [attribution-false-alarm-nothing] false alarm seen to be nothing
    [attribution-accident-breach] accident taken for a breach
    [attribution-accident-accident] accident taken for one
    [attribution-accident-non-party] accident taken for an act of a non-party
    [attribution-accident-nothing] accident taken for nothing
    [attribution-non-party-breach] act of a non-party taken for a breach
    [attribution-non-party-accident] act of a non-party taken for an accident
    [attribution-non-party-non-party] act of a non-party taken for one
    [attribution-non-party-nothing] act of a non-party taken for nothing
    [attribution-breach-breach] breach taken for one
    [attribution-breach-accident] breach taken for an accident
    [attribution-breach-non-party] breach taken for an act of a non-party
    [attribution-breach-nothing] breach taken for nothing
    [second-look] false alarms that its own staff find out
    [second-look-hours] time in which its staff find out
    [hair-trigger] acting on an alarm at once
    [patience-hours] patience with an alarm nobody explains
    [waits-for-reply] waiting until the reply time is over
    [honours-brake] waiting while the brake holds
    [opens-above] belief above which it opens an incident
    [urgent-above] belief above which an incident is urgent
    [lawful] notice where it would else act at once
    [convinced] belief that counts as conviction
    [generosity] breaches that a generous rule lets pass
    [trigger-days] time for which a trigger suspends restraint
    [threshold] belief above which it abandons restraint
    [standing-days] memory of a fault of its own
    [suspended-strikes-per-year] strikes while restraint is suspended
    [finding-out-hours] time to find out what its people did
    [works-to-deadline] share of the remaining reply time it also takes
    [answers] answering at all
    [provisional] partial answer at the end of the reply time
    [convinces] honest explanations that convince
    [admits] breaches that are admitted
    [self-reports] own accidents reported unasked
    [credence] credence it begins with
    [worth-of-words] weight of a convincing explanation
    [worth-of-code] weight of an answer in the registry
    [worth-of-silence] weight of silence beyond the reply time
    [worth-of-admission] weight of an admission
    [trust-gain] trust that an explained affair gains
    [trust-loss] trust that an unexplained affair leaves
    [quiet-days] time in which what was learned counts half
    [temptation] payoff of breaking restraint alone
    [reward] payoff while both keep it
    [punishment] payoff without restraint
    [sucker] payoff while the other alone breaks it
    [advantage-days] time for which an advantage lasts
    [impatience-per-year] impatience
    [feared-breaks-per-year] breaches it fears of the other
    [strong] prior probability of being strong
    [strong-temptation] temptation of a strong side, as a multiple
    [open-breach] breaches so plain that restraint ends
    [threatens] public threats over an alarm
    [audience-cost] cost of not acting on a public threat
    [forgets] forgetting to reaffirm
    [grudge] withholding reaffirmation over an affair
    [grudge-days] time for which an affair is held against the other
    [renewal-lead-hours] time before the last moment at which it reaffirms
    [question-cost-per-day] cost of a day in question
    [alarm-cost] cost of an alarm over nothing
   *[other] ?
}
of-side = { $side ->
    [first] { $what } (first side)
   *[second] { $what } (second side)
}
