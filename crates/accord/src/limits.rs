//! Every size and bound of the diplomacy, with its reason.

/// Passages of one dispatch: a long aide-memoire has some thirty paragraphs.
pub const PASSAGES_MAX: usize = 64;
/// Language versions of one passage: the six of the house and two more.
pub const LANGUAGES_MAX: usize = 8;
/// Bytes of one language version of one passage: some twenty pages of Latin script, ten of Cyrillic or Arabic.
pub const TEXT_BYTES_MAX: usize = 64 * 1024;
/// Bytes of one encoded event: below what 1,024 fragments carry, with room for encryption.
pub const EVENT_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of a heading or an addressee line: two printed lines in any script.
pub const HEADER_BYTES_MAX: usize = 512;
/// Bytes of the text that explains why a dispatch is not conveyed.
pub const REASON_BYTES_MAX: usize = 4 * 1024;
/// Bytes of a draft file: an event of the largest size, written with TOML's escapes.
pub const DRAFT_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Consecutive words of a held passage that a rendering may not contain (pinned by the disclosure rule).
pub const HOLD_WORDS: usize = 6;
/// The shortest run of shared words that is shown as taken from a passage: two words alone are mostly idiom.
pub const PROVENANCE_WORDS_MIN: usize = 3;
/// Matches reported of one refused rendering: enough to mend it, and a bound on the report.
pub const MATCHES_MAX: usize = 32;
/// Stretches reported of one rendering.
pub const STRETCHES_MAX: usize = 512;
/// Combining marks shown on one character: Hebrew with accents needs five; more is an attack on the screen.
pub const MARKS_MAX: usize = 6;
/// Items of one ledger: at ten a day this is eighteen years; it bounds what a flooding peer can make us keep.
pub const ITEMS_MAX: usize = 65_536;
/// Marks (acknowledgements, readings) kept of one item: one for each seat of the largest room.
pub const MARKS_OF_ITEM_MAX: usize = 16;
/// Read-backs and conveyances kept of one item: one a party, and corrections.
pub const LINKS_OF_ITEM_MAX: usize = 64;
/// How long the intermediary may keep a read-and-return dispatch it has read and neither conveyed nor declined.
pub const RETURN_AFTER_MS: u64 = 24 * 60 * 60 * 1000;
/// How long before its reply time a dispatch is shown as pressing.
pub const REPLY_SOON_MS: u64 = 60 * 60 * 1000;
/// Bytes of one encoded understanding, and of a frozen version: half an event, so that an event carries it with room to spare.
pub const UNDERSTANDING_BYTES_MAX: usize = 512 * 1024;
/// Bytes of the file an understanding is written in: the largest understanding, written with TOML's escapes.
pub const UNDERSTANDING_FILE_BYTES_MAX: usize = 1024 * 1024;
/// Parties of an understanding: the parties of a channel (DESIGN.md, scale).
pub const UNDERSTANDING_PARTIES_MAX: usize = 8;
/// Principals a quorum may ask for: the members of the largest delegation room, the intermediary left out.
pub const QUORUM_MAX: u8 = 15;
/// Named zones: a coast, a border and a capital for each party, and as many again.
pub const ZONES_MAX: usize = 48;
/// Undertakings: one from each party to each other, and some for a second act.
pub const UNDERTAKINGS_MAX: usize = 64;
/// Permitted acts: the longest list of carve-outs anybody could still oversee.
pub const PERMITTED_MAX: usize = 32;
/// Clauses: an understanding is some pages; what needs more is a treaty.
pub const CLAUSES_MAX: usize = 96;
/// Terms of the glossary.
pub const GLOSSARY_MAX: usize = 64;
/// Bytes of one language version of one clause: a page and a half of Latin script.
pub const CLAUSE_BYTES_MAX: usize = 6 * 1024;
/// Bytes of a name (of a party, a zone, a term) or of who reviewed a translation: a printed line in any script.
pub const NAME_BYTES_MAX: usize = 256;
/// Bytes of a code: what fits beside a text on a screen.
pub const CODE_BYTES_MAX: usize = 40;
/// The longest span of time of a term: a century; it keeps every sum of instants far from overflow.
pub const SPAN_MS_MAX: u64 = 100 * 366 * 24 * 60 * 60 * 1000;
/// Minutes between local time and UTC: no place is further than 14 hours.
pub const OFFSET_MINUTES_MAX: i16 = 14 * 60;
/// Act codes in the file of acts: what one page can explain.
pub const ACTS_MAX: usize = 128;
/// Findings of one check: enough to mend a text by, and a bound on the report.
pub const FINDINGS_MAX: usize = 512;
/// Cells of the tables that all word-by-word comparisons of one diff may fill: under a second of work, and 64 MiB at most at once.
pub const DIFF_CELLS_MAX: usize = 32 * 1024 * 1024;
/// Versions of one text: at one a day, the longest negotiation a channel would carry under one name.
pub const VERSIONS_MAX: u32 = 4096;
/// The last instant a term may reach: 9999-12-31T23:59:59.999Z, the last that RFC 3339 can write.
pub const LAST_INSTANT: backchannel_wire::UtcMs = backchannel_wire::UtcMs(253_402_300_799_999);
/// Milliseconds of a day: set times are counted from midnight UTC.
pub const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// The least time between set times at which incidents are shown: below an hour nothing is gained by waiting.
pub const SET_TIMES_MS_MIN: u64 = 60 * 60 * 1000;
/// Zones with a time of their own in one understanding: one a front, and the figure bounds what is shown.
pub const LIFE_ZONES_MAX: usize = 16;
/// Lead times of reminders in one understanding: a month, a week, a day, an hour, and room for as many again.
pub const REMINDERS_MAX: usize = 8;
/// Beats after an expiry within which acknowledgements are taken: a day of beats of a second.
pub const ACKNOWLEDGE_BEATS_MAX: u64 = 86_400;
/// Beats after an end within which an incident still counts: an hour of beats of a second.
pub const GRACE_BEATS_MAX: u64 = 3_600;
/// Runs of beats that the registry missed and a record remembers: a restart of the relay each day for eleven years.
pub const MISSED_RUNS_MAX: usize = 4_096;
/// Incidents that one party opens about one understanding within [`INCIDENTS_SPAN_MS`]: more than one a week.
pub const INCIDENTS_OF_PARTY_MAX: usize = 64;
/// The time in which they are counted: a year of 365 days. Counted over a whole life, a side with false alarms each month would
/// have no brake left after five years.
pub const INCIDENTS_SPAN_MS: u64 = 365 * DAY_MS;
/// Tries of the ceremony over one understanding: beyond that something is wrong that no further try will mend.
pub const TRIES_MAX: usize = 64;
/// Texts known of one understanding: the versions of a long single-text procedure.
pub const TEXTS_OF_LIFE_MAX: usize = 256;
/// People who may approve for one side: a roster's members.
pub const APPROVERS_MAX: usize = 16;
/// Events of one understanding that a fold takes: a daily reaffirmation by eight parties for twenty years.
pub const LIFE_EVENTS_MAX: usize = 65_536;
/// Refusals told of one fold: enough to see who did what, and a bound on what a flooding peer makes us keep.
pub const LIFE_REFUSALS_MAX: usize = 256;
/// Bytes of an hour as a text writes it: `06:00:30`.
pub const CALENDAR_TEXT_BYTES_MAX: usize = 8;
/// Parties of one understanding: those of the largest channel.
pub const PARTIES_OF_LIFE_MAX: usize = 8;
/// Bytes of one templated message: every field at its longest would be more than anybody reads in the first minutes.
pub const MESSAGE_BYTES_MAX: usize = 16 * 1024;
/// Bytes of one line of free text in a message.
pub const MESSAGE_LINE_BYTES_MAX: usize = 256;
/// Bytes of one free text in a message: two printed pages.
pub const MESSAGE_TEXT_BYTES_MAX: usize = 4 * 1024;
/// Places of a polygon, of a track, or of a line that the parties agreed.
pub const PLACES_OF_AREA_MAX: usize = 64;
/// Metres of a radius or a distance: half the earth's girth.
pub const RADIUS_M_MAX: u64 = 20_000_000;
/// Fields of one template, and slots of one entry of a codebook: a page.
pub const FIELDS_MAX: usize = 32;
/// Times one field may be given in a message.
pub const FIELD_TIMES_MAX: usize = 16;
/// Items shown of one thread: more than a page of people talking.
pub const THREAD_MAX: usize = 64;
/// Choices of one field.
pub const CHOICES_MAX: usize = 32;
/// Templates and codebooks of one channel: three times those of the house.
pub const TEMPLATES_MAX: usize = 128;
/// Entries of one codebook: what has three digits.
pub const ENTRIES_MAX: usize = 900;
/// Bytes of one file of a template or a codebook.
pub const TEMPLATE_FILE_BYTES_MAX: usize = 512 * 1024;
/// Bytes of what a claim says in all its languages: a page and a half.
pub const CLAIM_TEXT_BYTES_MAX: usize = 8 * 1024;
/// Bytes of where a claim comes from: a paragraph.
pub const CLAIM_SOURCE_BYTES_MAX: usize = 1024;
/// Bytes of what evidence would move a claim: a page.
pub const CLAIM_EVIDENCE_BYTES_MAX: usize = 4 * 1024;
/// Bytes of the reasons of a credence: half a page.
pub const CREDENCE_REASONS_BYTES_MAX: usize = 2 * 1024;
/// Things that a claim rests on: more are a dossier, and belong in a dispatch.
pub const CLAIM_BASIS_MAX: usize = 16;
/// Claims of one register, withdrawn ones included: one a week for ten years; it bounds what a list shows.
pub const CLAIMS_MAX: usize = 512;
/// Claims that one member enters: a quarter of the register, so that nobody takes the room of all others.
pub const CLAIMS_OF_MEMBER_MAX: usize = 128;
/// Amendments of one claim: beyond that it is another claim.
pub const AMENDMENTS_MAX: usize = 16;
/// Credences of one member in one claim: one a week for more than a year.
pub const CREDENCES_OF_MEMBER_MAX: usize = 64;
/// Entries of one member on record in a register: sixteen for each claim that it may enter; at their longest 36 MB, which take a day
/// and more on their way at the default beat.
pub const ENTRIES_OF_MEMBER_MAX: usize = 2_048;
/// Entries on record in one register: sixteen for each claim that it holds, and four times those of one member, so that nobody takes
/// the room of all others. Former members' count as well.
pub const REGISTER_ENTRIES_MAX: usize = 8_192;
/// Bytes of an exported register: the station's answer holds it twice, once with every sign that is escaped escaped again, and has to
/// fit 64 MiB. That is 40 KB for each claim, its credences included; without an escape the longest claim has 13 KB and the longest
/// credence 2. In words that a terminal would obey a byte becomes ten, so that a register can be longer: then it is not exported.
pub const EXPORT_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Beats by which an entry of the register of claims may count later than it was sealed, because its author had said something before
/// that was sealed later: an hour of the usual beat, longer than a relay can hold back one cell of a seat without an alarm.
pub const CLAIM_ORDER_BEATS: u64 = 720;
