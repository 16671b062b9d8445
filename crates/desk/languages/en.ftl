# The words of the desk. Every language has every message, with the same variables and the same cases: the build checks it.
# Quiet words. In the gentlemen's form and in the intermediary's voice: assures, in effect, discontinue; never agree, shall, enter into force.

## The house

app = Backchannel
language-name = English
skip-to-content = Skip to the content
menu = Pages
intermediary = the intermediary
utc = UTC
none = none
not-yet = not yet
unknown = not known
back = Back
yes = yes
no = no
more = More
older = Older
newer = Newer
close-it = Close
print = Print
not-kept = Its text is no longer kept here.
hidden-for-sharing = Hidden while the screen is shared
in-english = The station's own words, in English:
copied-nothing = Nothing was sent.
optional = may be left empty

## Pages

page-overview = Overview
page-dispatches = Dispatches
page-write = Write
page-notify = Notify or ask
page-convey = Conveyance
page-understandings = Understandings
page-incidents = Incidents
page-line = The line
page-people = People
page-public = Public words
page-claims = Claims
page-record = Record
page-settings = Settings

## Top of every page

beat-now = Beat { $k }
beat-of = beat { $k }
beat-none = no beat yet
line-state = { $state ->
    [up] line up
    [catching-up] catching up
    [joining] joining
    [removed] removed from the channel
   *[down] line down
}
side-and-role = { $label } · { $role ->
    [head] head of delegation
    [principal] principal
    [envoy] envoy
    [observer] observer
   *[intermediary] intermediary
}
role = { $role ->
    [head] head of delegation
    [principal] principal
    [envoy] envoy
    [observer] observer
   *[intermediary] intermediary
}
hide-content = Hide content
show-content = Show content
content-is-hidden = Content is hidden. Nothing that anybody said is on this page.
lock-now = Lock now
shortcuts = Keys
connection-lost = The desk does not answer. What you type stays on this page. It goes on by itself when the desk is back.
station-silent = The station does not answer. Its beat may have stopped. What you type stays here.
station-silent-hint = Start it with: backchannel station run
page-is-stale = What is shown here may be old.

## Entering

enter-title = Enter the desk
enter-code = The code of your link
enter-go = Enter
enter-refused = This link was used already, or is too old.
enter-refused-hint = Run: backchannel desk
enter-why = A link opens the desk once, in one browser.

## Locked

locked-title = The station is locked
locked-what = The beat goes on, and what arrives is kept unread. The other side sees that your station is locked.
passphrase = Passphrase
unlock = Unlock
unlock-wait = Unlocking takes about a second.
locked-arrivals = Nothing that arrived is shown before you unlock.

## Overview

ov-line = The line
ov-in-force = In force
ov-clocks = Clocks running
ov-needs-me = Needs you
ov-recent = Lately
ov-nothing-in-force = Nothing is in effect.
ov-no-clocks = No clock runs.
ov-needs-nothing = Nothing needs you now.
ov-last-beat = Last beat
ov-every = A beat every { $n } s
ov-heard = last heard
ov-side-state = { $state ->
    [here] heard
    [silent] silent
    [locked] heard, station locked
   *[never] not heard yet
}
ov-until = until
ov-no-end = until somebody gives notice
need-unread = { $n ->
    [one] One dispatch is unread
   *[other] { $n } dispatches are unread
}
need-convey = { $n ->
    [one] One dispatch waits to be conveyed
   *[other] { $n } dispatches wait to be conveyed
}
need-answer = An answer is asked
need-clarify = An incident waits for your explanation
need-approve = A text waits for your approval
need-try = A text approved by your side waits to be brought into effect
need-release = A message waits for a second person: you may release it
need-roster = A change of the delegation waits for your approval
need-line-answer = A test of the line waits for a person's answer
need-alarm = An alarm is open
need-renew = An end is near and your side has not reaffirmed
need-verify = Nobody has yet made sure who the other side is
need-duty = The watch is handed over to whoever takes it
need-draft = { $n ->
    [one] One draft is kept
   *[other] { $n } drafts are kept
}
clock-answer = Answer due
clock-brake = The brake ends
clock-reply = Explanation due
clock-end = Ends
clock-notice = Notice takes effect
clock-left = in { $span }
clock-ago = { $span } ago
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

## Words of dispatches

form = { $form ->
    [oral-message] oral message
    [note-of-oral-message] note of an oral message
    [non-paper] non-paper
    [aide-memoire] aide-memoire
    [bout-de-papier] bout de papier
    [note-verbale] note verbale
    [notification] notification
   *[other] dispatch
}
form-rule = { $form ->
    [oral-message] Spoken by the intermediary. What is kept is a note of it, and is marked so for ever. No date, heading or address.
    [non-paper] The reader is shown no author, no date and no commitment.
    [aide-memoire] Third person, dated; no courtesies, no address, no signature.
    [bout-de-papier] Facts only; no heading, no date, no signature.
    [note-verbale] Third person, the most formal record; addressed.
   *[other] A message by a template or a number of the codebook.
}
kind = { $kind ->
    [conveyance] conveyed by the intermediary
    [read-back] read-back
   *[dispatch] dispatch
}
precedence = { $p ->
    [flash] flash
    [immediate] immediate
    [priority] priority
   *[routine] routine
}
disclosure = { $d ->
    [verbatim] word for word
    [in-substance] in substance
   *[hold] hold
}
disclosure-rule = { $d ->
    [verbatim] The intermediary carries it exactly as it stands.
    [in-substance] The intermediary may tell it in its own words.
   *[hold] For the intermediary alone. It goes no further.
}
retention = { $r ->
    [keep] kept
    [read-and-return] to be read and returned
   *[until] kept until a date
}
layer = { $layer ->
    [party-text] The party's own text
    [note-of-oral-message] Note of an oral message; not the party's own text
    [intermediary-rendering] The intermediary's rendering; not the party's words
    [read-back] What was understood
    [message] A message by its form
   *[other] Text
}
passage-state = { $state ->
    [guarded-matched] word for word, compared and found the same
    [guarded-not-yet-matched] word for word, not compared yet
    [no-salt-the-intermediary-s-words] said to be word for word, but nothing to compare: take them as the intermediary's words
    [not-conveyed-verbatim] not conveyed word for word
    [altered] ALTERED: not what its author sealed
   *[other] { $state }
}
step = { $step ->
    [sent] sent
    [acknowledged] acknowledged by their station
    [read] read
    [conveyed] conveyed
    [read-back] read back
    [received] acknowledged by their station
    [declined] declined
    [answered] answered
    [returned] returned
    [waiting] waits to be sealed
   *[other] { $step }
}
unattended = Carried by the intermediary's station of itself; nobody there had read it.
by-registry = Went by the registry: no person of the intermediary carried it.
unreviewed-translation = No speaker of this language has reviewed this translation.
late-by = Late by { $span }
early-by = Early by { $span }
beyond = Outside what both sides named

## Dispatches

dp-none = Nothing has arrived, and nothing was sent.
dp-opening = Opening a dispatch tells its sender that you read it.
dp-all = All
dp-unread = Unread
dp-sent = Sent
dp-unread-mark = unread
dp-altered = a passage is ALTERED
dp-answered = answered
dp-reply-by = an answer is asked by
dp-overdue = an answer was asked by
dp-from = From
dp-room = Room
dp-vouching = Only the intermediary vouches for who the other side is.
dp-passage-n = Passage { $n }
dp-path = Its way
dp-receipts = Receipts
dp-who = Who
dp-what = What
dp-at = At
dp-told = as the intermediary told
dp-not-sealed = Durable here. It leaves with the next beats; nothing is sent before it stands under its beat.
dp-waits-registry = It waits until the registry holds its seals.
dp-read-back = Read back
dp-read-back-why = Say in your own words what you understood. Their side sees it beside what was meant.
dp-read-back-do = Send the read-back
dp-return = Return it
dp-return-why = It was lent for reading. Returning it erases its text here, and says so to its sender.
dp-return-do = Erase here and return
dp-reply = Answer
dp-convey = Convey
dp-understood = What was understood
dp-heading = Heading
dp-date = Date
dp-addressee = Addressed to
dp-carriage = What became of it with the other side
dp-clock = Clock
dp-query-state = { $state ->
    [running] an answer is due
    [overdue] no answer in time
   *[answered] answered
}

## Writing

wr-title = A dispatch
wr-answers = In answer to
wr-to = To
wr-to-delegation = your own delegation
wr-to-intermediary = the intermediary alone
wr-to-party = { $party }, through the intermediary
wr-form = Form
wr-precedence = Precedence
wr-retention = Retention
wr-until = Kept until (UTC)
wr-reply-by = An answer is asked by (UTC)
wr-passage = Passage { $n }
wr-disclosure = What the intermediary may do with it
wr-text-in = Text in { $language }
wr-add-passage = Add a passage
wr-remove-passage = Remove this passage
wr-add-language = Add a language
wr-remove-language = Remove this language
wr-language = Language
wr-send = Send
wr-draft-kept = Draft kept in the vault, { $time }
wr-draft-not-kept = Not kept yet
wr-draft-drop = Throw the draft away
wr-drafts = Drafts
wr-findings = What the rules say
wr-no-findings = The form's rules are kept.
wr-seen = What the other side will see
wr-seen-intermediary = What the intermediary will see
wr-seen-delegation = What your delegation will see
wr-seen-held = Nothing of this passage.
wr-seen-substance = What the intermediary makes of it, in its own words.
wr-seen-author = They are shown that it comes from { $party }.
wr-seen-no-author = They are shown no author and no date.
wr-leaves = It leaves in beat { $k } at the earliest
wr-leaves-registry = and, with passages carried word for word, once the registry holds their seals
wr-nothing-yet = Nothing is written yet.

## Conveyance

cv-title = The conveyance desk
cv-none = Nothing waits to be conveyed.
cv-waiting = To be conveyed
cv-done = Conveyed
cv-to = Into the caucus of { $party }
cv-original = What was handed to you
cv-goes = What goes
cv-verbatim-goes = Goes as it stands.
cv-substance-goes = Goes only in your words, below.
cv-hold-stays = Stays with you. It cannot go.
cv-rendering = Your rendering in { $language }
cv-rendering-why = It is shown to them as your words, never as the party's. Your station refuses six words in a row of a held passage; it cannot catch a paraphrase.
cv-convey = Convey
cv-refused = Refused: it would pass on what is to be held.
cv-read-backs = Read-backs

## Messages by template

nt-title = Notify or ask
nt-why = No drafting and no translation: both sides hold the same forms. It goes at once.
nt-templates = Forms
nt-codebook = The codebook
nt-asks = asks for an answer
nt-number = Number
nt-to = To
nt-send = Send
nt-field-hint = { $type ->
    [instant] UTC, as 2026-11-25T12:00Z
    [window] as 2026-12-01T06:00Z included to 2026-12-03T06:00Z excluded
    [place] as 36°30'N 12°15'E
    [area] as circle 36.5N 12.25E 5km, or polygon 36N 12E; 36N 13E; 37N 12E
    [track] as 36N 12E; 36N 13E
    [distance] as 40 km
    [count] a whole number
    [number] a whole number
    [reference] the number of a dispatch, or its beginning
    [clause] the number of an understanding, and a clause
   *[line] one line of text
}
nt-answers = In answer to

## Understandings

un-none = There is no text yet.
un-new = A new text
un-new-why = A text is written as a file (TOML). The rules are checked while you type.
un-file = The text as a file
un-lay = Lay it before the parties
un-state = { $state ->
    [draft] being drafted
    [submitted] on the table
    [frozen] frozen
    [approving] being approved
    [deposited] deposited
    [in-effect] in effect
    [in-question] in question
    [renewed] renewed
    [suspended] suspended
    [lapsed] lapsed
    [withdrawn] discontinued after notice
    [superseded] replaced by another text
    [abandoned] laid aside
    [void] came to nothing
   *[other] not known here
}
un-form = { $form ->
    [joint] joint instrument, signed together
   *[gentle] gentlemen's form, deniable for ever
}
un-version = Version { $n }
un-not-frozen = not frozen yet
un-digest = Digest
un-words = Words of the digest
un-words-why = Compare these words with the other persons who approve, by another path, before you approve.
un-pen = The pen is with { $who }
un-clause = Clause
un-on-table = On the table, newer than the last version
un-tab = { $tab ->
    [text] Text
    [comments] Comments
    [versions] Versions
    [checks] Checks
    [approval] Approval
    [ceremony] Ceremony
   *[life] Life
}
un-comments-none = Nobody has commented.
un-comment = Comment
un-comment-on = On clause { $clause }
un-comment-whole = On the whole text
un-comment-who-sees = The holder of the pen and your own side see it; the other side does not.
un-comment-send = Send the comment
un-diff = What changed from version { $from } to { $to }
un-diff-none = Nothing changed.
un-diff-one = There is one version: nothing to compare.
un-gone = gone
un-new-words = new
un-checks-none = The rules find nothing.
un-severity = { $s ->
    [refuse] must be mended
   *[warn] look at this again
}
un-freeze = Freeze
un-freeze-why = A frozen version has a number and a digest, the same for everybody. It can then be approved.
un-approve = Approve this version
un-approve-why = You approve the text with exactly this digest. Nobody is bound yet.
un-approve-passphrase = Your passphrase confirms that it is you.
un-take-back = Take the approval back
un-approved-of = { $by } of { $quorum } have approved
un-you-approved = You have approved it.
un-deposit = Begin to bring it into effect
un-deposit-why = Your side's assurance goes to the depositary. It counts only when all have handed in theirs and all have acknowledged. Until it is released you may withdraw it.
un-deposit-withdraw = Withdraw the deposit
un-ceremony = { $stage ->
    [approved] approved
    [ready] stands ready
    [deposited] deposited
    [released] released
   *[acknowledged] acknowledged
}
un-ceremony-none = Nothing was tried yet.
un-ceremony-limit = The depositary's limit
un-try-fate = { $fate ->
    [open] under way
    [settled] settled: in effect for all
    [not-acknowledged-in-time] not acknowledged in time: void for all
    [a-roster-changed] a roster changed: void for all
    [the-heads-named-it-differently] the heads named it differently: void for all
   *[destroyed] destroyed: void for all
}
un-who-can-prove = Who can prove what now
un-prove = { $what ->
    [nothing] Nobody holds anything that would prove anything to anybody.
    [to-depositary] The depositary has what was handed in. It proves nothing to an outsider, and it is destroyed or released.
    [each-other] Each side is convinced. To an outsider it is worth nothing: each head can make the same alone.
   *[anybody] Each holder of the signed text can show it to anybody, with the depositary's certificate.
}
un-life = Life on a time line
un-life-now = now
un-from = from
un-until = until
un-renew = Reaffirm for another term
un-renew-why = Nothing is signed anew. It goes on if every party reaffirms before the end.
un-reaffirmed = Reaffirmed by
un-withdraw = Give notice
un-withdraw-why = It takes effect after the time that the text lays down, never at once. While the brake holds, nothing ends.
un-withdraw-back = Take the notice back
un-urgent = Urgent ground
un-notice-of = Notice of { $party } takes effect
un-held = The brake holds the end back, which stood at
un-suspended-until = suspended until
un-told = Confirm that those bound were told
un-told-zone = Zone
un-abandon = Lay the pen down
un-incident = Open an incident
un-burned = Its text was burned here; its state is kept.
un-unfinished = { $party }: not all who must have said it yet
un-paper-title = Understanding
un-paper-gentle = Kept in the intermediary's words. Versions in the languages shown are of equal standing.
un-paper-joint = Instrument of the parties

## Incidents

in-none = There is no incident.
in-of = An act of { $of }
in-by = raised by { $by }
in-self = reported by { $by } of its own
in-clause = under clause { $clause }
in-state = { $state ->
    [open] open
    [explained] explained
    [contested] contested
    [found] joint finding
   *[closed] closed
}
in-occurred = Occurred
in-opened = Raised
in-answer-due = Explanation due
in-brake = The brake holds until
in-brake-what = While it holds, no side can end the restraint by its terms. It holds the record, not the forces.
in-clarified = Explained as
in-answer = { $a ->
    [accident] an accident
    [individuals] an act of individuals, not of the State
    [permitted] a permitted act
    [denied] denied: not our act
   *[admitted] admitted
}
in-remedy = It is to be made good.
in-contested-by = Contested by
in-findings = Findings
in-joint = Joint finding
in-view-of = View of { $party }
in-established = { $e ->
    [substantiated] substantiated
    [not-substantiated] not substantiated
   *[undetermined] not determined
}
in-intent = { $i ->
    [intentional] intentional
    [accidental] accidental
   *[undetermined] not determined
}
in-outcome = { $o ->
    [reaffirmed] reaffirmed
    [remedied] remedied
    [suspended] suspended
    [dropped] dropped
    [denounced-after-notice] ended after notice
   *[unresolved] unresolved
}
in-open = Open an incident
in-open-why = One person may do it alone. The brake holds from then on for both sides.
in-of-whom = Whose act
in-own = our own act
in-when = When it happened (UTC)
in-which-clause = Clause
in-not-urgent = It is not urgent: wait for the text's set time
in-do-open = Open it and hold the brake
in-explain = Explain
in-explain-do = Send the explanation
in-contest = Contest
in-find = Finding
in-find-established = The facts
in-find-intent = Intent
in-find-own = Only our own view, beside the joint finding
in-find-do = Put the finding on record
in-close = Close
in-close-as = Outcome
in-close-until = Suspended until (UTC)
in-close-do = Close it, together with the others
in-close-waits = It is closed when the others say the same.
in-ask = Ask or explain by a form
in-ask-why = The words for it stand ready in six languages.

## The line

ln-strip = The last beats
ln-strip-why = One mark a beat: sealed, missed, or not come yet.
ln-strip-said = { $sealed } sealed, { $missed } not
ln-rooms = Rooms
ln-room = Room
ln-seats = Seats
ln-members = Members
ln-waiting = waiting to leave
ln-room-state = { $state ->
    [in-the-room] in the room
    [joining] joining
    [returning] returning
   *[removed] removed
}
ln-alarms = Alarms
ln-no-alarms = No alarm was raised.
ln-do = What to do
ln-open = open
ln-cleared = cleared
ln-alarm = { $name ->
    [SILENT] No beat, or nothing of a head, for { $n } beats.
    [GAP] Cells that a member handed over did not arrive.
    [WITHHELD] Cells of your own are not sealed.
    [SKEW] The beat and this machine's clock have parted.
    [UNREADABLE] A member's cells do not open here.
    [RESTORED] The relay went back to an older state.
    [CHAIN] A beat did not follow from the one before. It was refused.
    [ALTERED] A passage to be carried word for word is not what its author sealed.
    [ALTERED-CELL] Another cell stands in your place.
    [FORK] Two stations were shown different beats.
    [UNANSWERED] A test of the line was not answered. The alarm does not say why.
   *[other] Observed: { $name }.
}
ln-advice = { $name ->
    [SILENT] Check the line and the clock; then ask by another path.
    [GAP] Expect delay. If it goes on, use another path.
    [WITHHELD] Check your line. If it goes on, use another path.
    [SKEW] Check this machine's clock; then ask the operator.
    [UNREADABLE] Ask the member by another path; it may have to join again.
    [RESTORED] Ask the operator. What was not acknowledged is sent again.
    [CHAIN] If it goes on, ask the operator.
    [ALTERED] Do not rely on it. Have it carried again.
    [ALTERED-CELL] The relay is faithless. Tell the other side by another path.
    [FORK] Rely on nothing since. Compare records by another path.
    [UNANSWERED] Do not guess the cause. Ask by another path.
   *[other] Read the words of the station.
}
ln-sides = Lines
ln-line-state = { $state ->
    [suspended] suspended
   *[open] open
}
ln-suspended-by = suspended by { $by }
ln-schedule = Tested every { $n } minutes
ln-next = Next test
ln-next-by = by { $by }
ln-no-schedule = No schedule of tests was set.
ln-last-human = Last person heard
ln-checks = Tests of the line
ln-no-checks = No test was made.
ln-check-made = { $made ->
    [automatic] by the station
   *[person] by a person
}
ln-check-answered = answered
ln-check-unanswered = unanswered
ln-check-waits = waits for an answer
ln-check-now = Test the line now
ln-answer-now = Answer as a person
ln-answer-text = A line of text
ln-suspend = Suspend
ln-suspend-from = From (UTC)
ln-suspend-reason = Reason, if one is to be given
ln-resume = Resume
ln-set-schedule = Set the schedule
ln-every = Every so many minutes
ln-watch = The watch
ln-on-duty = On duty
ln-nobody = nobody
ln-hand-over = Hand the watch over
ln-hand-note = Note for whoever takes it
ln-hand-open = What is open
ln-take = Take the watch
ln-second = A second person releases every message to another side
ln-second-on = A second person releases messages
ln-second-set = Change it
ln-release = Release it
ln-offered = Handed over by { $by }
ln-no-cause = An alarm says what was observed, never whose fault it is.

## People

pe-own = Your delegation
pe-label = Name
pe-role = Role
pe-invited = Invited, not here yet
pe-expires = Good until
pe-quorum = { $n ->
    [one] One head or principal decides
   *[other] { $n } heads or principals decide together
}
pe-proposed = A change waits for approval
pe-proposed-what = { $approved } of { $needs } have approved
pe-adds = adds
pe-removes = removes
pe-new-quorum = then { $n } decide together
pe-approve = Approve the change
pe-drop = Drop the change
pe-add = Add a delegate
pe-add-do = Make an invitation
pe-add-why = The invitation is a secret, good for one use. Hand it over in person.
pe-invitation = The invitation
pe-invitation-once = It is shown once. Save it, hand it over in person, then erase your copy.
pe-save = Save as a file
pe-remove = Remove a delegate
pe-remove-who = Whom
pe-remove-reason = Reason, shown to your delegation
pe-remove-do = Remove from every room
pe-remove-why = From the beat in which it is sealed that station reads nothing more. What it read before, it has.
pe-set-quorum = How many decide
pe-others = The other side
pe-vouched = vouched for
pe-not-vouched = not vouched for yet
pe-verify = Who stands behind the other side
pe-verify-state = { $state ->
    [only-the-intermediary-vouches] Only the intermediary vouches for it.
    [words-offered] Words were offered and are not confirmed by all yet.
    [envoy-words] Confirmed by words that an envoy carried.
    [compared-words] Confirmed by words that two heads compared.
   *[mismatch] The words do not match. Somebody mistyped, or somebody stands between.
}
pe-verify-limit = If nobody ever makes sure, the intermediary could stand between both sides unseen. One comparison shows it.
pe-words = Twelve words, carried by an envoy
pe-words-why = One head makes them; an envoy carries them on paper, not through the intermediary; the other head enters them.
pe-words-new = Make twelve words
pe-words-shown = Write them on paper now. They are shown once.
pe-words-enter = Enter twelve words
pe-words-enter-do = Enter them
pe-compare = Four words, compared by voice
pe-compare-why = Both heads open the comparison, and read the four words to each other over a path on which they know each other.
pe-compare-begin = Open the comparison
pe-compare-words = Your four words
pe-compare-same = They are the same
pe-compare-different = They differ
pe-fingerprint = Digits, compared at leisure
pe-fingerprint-why = The same digits on both ends mean that nobody stands between. It leaves no mark.
pe-mine = you

## Public words

pu-statements = Public statements
pu-no-statements = No public statement was announced.
pu-announce = Announce a statement before it is made
pu-mark = How your side takes it
pu-view = { $v ->
    [rhetoric] rhetoric
    [not-rhetoric] not rhetoric
   *[undecided] undecided
}
pu-noticed = announced before
pu-not-noticed = not announced before
pu-differ = The sides differ.
pu-note = Note
pu-exposures = Exposure of the channel
pu-no-exposures = No exposure was reported.
pu-report = Report an exposure
pu-lines = What is said if asked
pu-lines-agreed = The same on both sides
pu-lines-differ = The sides have not named the same line.
pu-existence = On whether it exists
pu-content = On what was said
pu-propose = Propose the line
pu-corrections = Corrections
pu-compare = Compare a published text with your record
pu-compare-why = Nothing leaves this station. It tells how much of the text stands on record here.
pu-published = The published text
pu-compare-do = Compare
pu-found = { $found } of { $words } words stand on record here
pu-found-nothing = Nothing of it stands on record here.

## The record

rc-why = Your own record, in order: what came, what went, and each step with its beat. Lay it beside the other side's.
rc-none = The record is empty.

## Settings

st-language = Language
st-theme = Light
st-theme-of = { $theme ->
    [light] light
    [dark] dark
   *[auto] as this machine is set
}
st-numerals = Numerals
st-numerals-of = { $n ->
    [local] of the language
   *[latin] 0 to 9
}
st-save = Keep
st-share = Share mode
st-share-why = While it is on, pages hold no content at all: forms, states and clocks only.
st-lock = Lock
st-lock-after = Lock by itself after
st-lock-never = never: a watch floor that is never left
st-lock-minutes = { $n ->
    [one] one minute without a key or a click
   *[other] { $n } minutes without a key or a click
}
st-burn = Burn
st-burn-what = Burning destroys the keys of a room's records of one day, or of all days, on this station.
st-burn-erases = It erases: texts of dispatches, of conveyances, of understandings and comments of that room and time, here.
st-burn-keeps = It does not erase: the other side's copies; what people wrote down; the state of understandings, which goes on without its words; drafts, which are thrown away one by one.
st-burn-room = Room
st-burn-day = Day (UTC)
st-burn-all = all days
st-burn-sure = I know that it cannot be undone
st-burn-do = Burn
st-burned = Burned, here.
st-files = Forms of this channel
st-files-why = Templates and codebooks that this channel has beside the house's.
st-stop = Stop the station
st-stop-why = The seat falls silent, which the others see.
st-retention = Retention
st-retention-why = How long a text may be kept is chosen for each dispatch when it is written.
st-sessions = This desk
st-leave = Leave this desk
st-leave-why = This browser is shown nothing more. The station goes on.

## What the desk says of what was asked

fault-title = { $kind ->
    [refused] A rule refuses it
    [usage] This is not understood
    [not-found] There is nothing of that name
    [locked] The station is locked
    [wrong-passphrase] The passphrase is wrong
    [unreachable] The station does not answer
    [check-failed] A check failed
    [csrf] The page is too old
    [too-long] That is too long
   *[internal] The program failed
}
fault-hint = { $kind ->
    [refused] Change what the words below name, and try again. Nothing was sent.
    [usage] Mend what the words below name. Nothing was sent.
    [not-found] It may have been erased, or belong to another station.
    [locked] Unlock it, and try again.
    [wrong-passphrase] Try again. It cannot be recovered.
    [unreachable] Start the station. What you typed stays here.
    [check-failed] See the words below.
    [csrf] Load the page again. What you typed stays here until you do.
    [too-long] Shorten it. Nothing was sent.
   *[internal] Try again; if it fails again, report it.
}
fault-page-missing = There is no such page
fault-door = This request did not come from the desk's own page. Nothing was done.

## Keys

keys-title = Keys
keys-why = They work when you are not typing.
key-help = this sheet
key-goto = g, then a letter, goes to a page
key-next = next in a list
key-previous = the one before
key-open = open it
key-write = write a dispatch
key-lock = lock now
key-share = hide or show content
key-escape = close, or leave a field

## Kinds of what happened

journal = { $kind ->
    [connected] The line is up
    [disconnected] The line is down
    [joined] Joined the channel
    [room-ready] A room is ready
    [member-joined] Somebody joined a room
    [member-removed] Somebody was removed
    [removed] This station was removed
    [roster] A delegation changed
    [roster-proposed] A change of the delegation is proposed
    [roster-approved] A change of the delegation is approved
    [verified] Made sure who the other side is
    [verify-mismatch] The words do not match
    [received] A dispatch arrived
    [acknowledged] Acknowledged by their station
    [sent] Sent
    [read] Read
    [conveyed] Conveyed
    [read-back] Read back
    [altered] A passage is ALTERED
    [matched] Compared and found the same
    [not-conveyed] Not conveyed word for word
    [alarm] An alarm was raised
    [alarm-cleared] An alarm was cleared
    [catching-up] Catching up
    [caught-up] Caught up
    [rejoining] Joining again
    [refused] Something was refused
    [returned] Returned
    [declined] Declined
    [reply-soon] An answer is due soon
    [reply-overdue] An answer is overdue
    [locked] Locked
    [unlocked] Unlocked
    [restored] The relay was restored
    [understanding] A text or a comment
    [ceremony] A ceremony goes on
    [in-effect] In effect
    [in-question] In question
    [suspended] Suspended
    [ended] Ended
    [reminder] A reminder
    [undeliverable] Could not be delivered
    [burned] Burned here
    [claim] The register of claims
    [incident] An incident
    [line-unanswered] A test of the line was not answered
    [registry-used] The registry carried it past a silent intermediary
    [not-told] Not all who are bound were told
   *[other] { $kind }
}

## Rules, and what was added last

rule = { $rule ->
    [FORM-1] An oral message bears no date, no heading and no address.
    [FORM-2] A non-paper bears no date and no address. Leave them out, or choose an aide-memoire.
    [FORM-3] An aide-memoire is dated: fill in the date.
    [FORM-4] An aide-memoire bears no address. Leave it out, or choose a note verbale.
    [FORM-5] A bout de papier bears no date, no heading and no address.
    [FORM-6] A note verbale is addressed: fill in to whom.
    [FORM-7] This form bears no signature: take the line that looks like one away.
    [FORM-8] This form bears no date: take the line that is one away.
    [FORM-9] A non-paper makes no commitment in the first person.
    [FORM-10] This form is written in the third person.
    [FORM-11] An aide-memoire has no courtesies.
    [FORM-12] An aide-memoire addresses nobody.
    [FORM-13] A bout de papier states facts only: this judges or commits.
    [CHECK-1] An end is given by its hour and offset from UTC: a day alone has two readings.
    [CHECK-2] It is not said whether the instant of the end still belongs to the time.
    [CHECK-3] An undertaking says where and when it holds.
    [CHECK-4] What is permitted covers what is prohibited in the same place: permit a narrower act, or another place.
    [CHECK-5] A permitted act stands in words alone: nothing can be compared.
    [CHECK-6] It is not said how two zones lie to each other: say whether they are apart.
    [CHECK-7] Self-defence, said by itself, would swallow the undertaking: say what it means here, or leave it out.
    [CHECK-8] A name, a term, a meaning or a clause is missing in one of the languages.
    [CHECK-9] A translation has other paragraphs, slots, marked terms or numbers than the version of drafting.
    [CHECK-10] Two words that are taken for each other stand in one language: put both into the glossary.
    [CHECK-11] A marked term is not in the glossary.
    [CHECK-12] A term of art is neither marked nor in the glossary.
    [CHECK-13] A word betrays a treaty, where the form is to be none.
    [CHECK-14] Nobody has reviewed this translation.
    [CHECK-15] An assurance has no counterpart: every party assures every party that assures it.
    [CHECK-16] The parties assure each other of different acts: make sure that this is meant.
    [CHECK-17] A term of the glossary is not confirmed by every party.
    [CHECK-18] No clause states this.
    [CHECK-19] A slot is not filled, or there is a stray sign.
    [CHECK-20] Something that an understanding should say is missing.
    [CHECK-21] Times do not fit each other.
    [CHECK-22] This is not the code of an act of the file of acts.
    [CHECK-23] A text that takes the place of another begins in one instant everywhere.
    [LIFE-3] This is not done in the state the understanding is in, or it was done before.
    [LIFE-4] This person may not do this, or not alone.
    [LIFE-9] A version is frozen under a number above those before.
    [LIFE-10] Only the version that is frozen is approved, and only by those who approve for the party.
    [LIFE-11] There is no approval to take back; or the party has deposited, and takes its deposit back first.
    [LIFE-12] This try cannot begin: its text is not known here, or everybody has acknowledged already, or the heads do not say the same.
    [LIFE-13] The try has expired, or was never begun, or the party's quorum has not approved this text.
    [LIFE-14] There is no deposit to take back; what was released is neither taken back nor destroyed.
    [LIFE-17] The acknowledgement comes too late, or nothing was released: nobody is bound.
    [LIFE-19] A roster changed: the text is frozen anew.
    [LIFE-22] The terms know no such zone, or not everybody has acknowledged.
    [LIFE-24] This cannot be reaffirmed now: outside its window, or under notice, or the terms know no renewal.
    [LIFE-25] The terms allow no such notice, or it is shorter than they say, or there is none to take back.
    [LIFE-27] There is more on record than an understanding takes, or a quorum that nobody can give.
    [LIFE-28] Another understanding takes its place, or the instant lies in the past.
    [INCIDENT-2] The fact lies too far back, in the future, or outside the time in effect.
    [INCIDENT-5] This is another party's to do, or there is no such incident.
    [INCIDENT-7] The incident is closed, or the instant lies in the past.
    [INCIDENT-9] This side has opened 64 incidents within a year; send a dispatch instead.
   *[other] -
}
in-queries = Queries that wait
in-query-answer = Answer it by a form
in-query-write = Answer it in your own words
in-query-none = No query waits for your side.
st-retention-default = What a new dispatch is set to
wr-kept-here = Kept in the vault while you type, and found again here and under Dispatches.
dp-thread = Belongs together
room-name = { $room ->
    [delegation] delegation room
    [registry] registry
   *[caucus] caucus of { $party }
}

## Rehearsal

page-rehearsal = Rehearsal
rh-why = Change a term and see how the curve moves. Both curves are of the same events.
rh-which = Understanding
rh-none = There is no text to rehearse.
rh-channel = The courier
rh-first = How the first party decides
rh-second = How the second party decides
rh-as-assumed = As the assumptions say
rh-model = Assumptions, as a file
rh-model-hint = Left empty, every number is illustrative. A probability may be taken from your register of claims: credence = {"{"} claim = "4f2a91c0" {"}"}. docs/spec/rehearsal.md
rh-curves = { $plain }: the text as it stands. { $changed }: as it was changed here.
rh-runs = { $n } runs each; intervals at { $level }.
rh-more = More runs, plots and a page for paper: backchannel rehearse

## Claims

cl-why = What others claim, how it is graded, and how far each of your delegation believes it. It stays in your delegation's own room. Nothing is true because it stands here.
cl-why-own = What others claim, how you grade it, and how far you believe it. It stays on this station. Nothing is true because it stands here.
cl-none = No claim is in the register.
cl-reliability = { $r ->
    [a] A: completely reliable
    [b] B: usually reliable
    [c] C: fairly reliable
    [d] D: not usually reliable
    [e] E: unreliable
   *[f] F: cannot be judged
}
cl-credibility = { $c ->
    [c1] 1: confirmed by other sources
    [c2] 2: probably true
    [c3] 3: possibly true
    [c4] 4: doubtful
    [c5] 5: improbable
   *[c6] 6: cannot be judged
}
cl-reliability-of = The source
cl-credibility-of = What it says
cl-said-public = said in public
cl-said-private = not said in public
cl-by = Entered by
cl-amended = Amended
cl-withdrawn = withdrawn
cl-source = Where it comes from
cl-evidence = What evidence would move it
cl-rests = What it rests on
cl-rests-hint = numbers of dispatches, or their beginnings, one a line
cl-not-here = not on record here
cl-credences = How far it is believed
cl-no-credence = Nobody has said how far they believe it.
cl-percent = { $n } %
cl-first = said for the first time
cl-change = { $way ->
    [up] up from { $n } %
    [down] down from { $n } %
   *[same] as before, { $n } %
}
cl-older = Said before the claim was amended.
cl-enter = Enter a claim
cl-enter-do = Enter it
cl-who = Whose claim it is
cl-who-hint = the label of a side, or anybody in your words
cl-text = What is claimed, in { $language }
cl-when = When it was claimed (UTC)
cl-public = It was said in public
cl-statements = Public statements it rests on
cl-statements-hint = where and when each was made, one a line
cl-then = It goes to your delegation alone, and stands here once it is sealed.
cl-believe = How far you believe it
cl-believe-percent = From 0, certainly false, to 100, certainly true
cl-because = Why
cl-believe-do = Say how far
cl-amend = Amend it
cl-withdraw = Withdraw it
cl-withdraw-why = It stays on record as withdrawn.
cl-history = What was entered, in order
cl-did = { $what ->
    [entered] entered it
    [amended] amended it
    [withdrawn] withdrew it
   *[believed] believes it to
}
