//! Every bound of the station, with its reason.

/// Beats between two pulses of a seat at most (PULSE-1): keeps withholding noticed within a dozen beats.
pub const PULSE_BEATS: u64 = 12;
/// Beats between two pulses in the registry, always the same so that a digest in one shows nothing (PULSE-2).
pub const REGISTRY_PULSE_BEATS: u64 = 3;
/// Digest slots of a registry pulse: a dispatch of two passages in two languages needs four.
pub const DIGEST_SLOTS: usize = 4;
/// Beats between two scheduled updates of a leaf (ROOM rules): an hour at the default beat.
pub const UPDATE_BEATS: u64 = 720;
/// Beats a leaf must let pass between two commits that remove nobody, so that one member cannot keep a room busy.
pub const COMMIT_SPACING_BEATS: u64 = 4;
/// Beats for which content is held while a commit is in flight: the longest commit (16 members, 44 KB, 25 cells)
/// with a few cells lost.
pub const HOLD_BEATS_MAX: u64 = 32;
/// Beats of waiting that one seat's commits may cause at a stretch: two commits that never come whole, or the adding of
/// three delegates to a full room.
pub const HOLD_BUDGET_BEATS: u64 = 64;
/// Beats in which a seat regains one beat of that: in the long run it takes up an eighth of the time at most.
pub const HOLD_LEAK_BEATS: u64 = 8;
/// Beats after which a leaf that has not vouched may be removed: a welcome fetched late, a slow line, a station started
/// again; 21 minutes at the default beat.
pub const UNVOUCHED_BEATS: u64 = 256;
/// Beats after its coming within which a leaf's removal by another member falls on its sponsor: the time to vouch, every
/// member's turn to remove, and the longest commit.
pub const PROBATION_BEATS: u64 = UNVOUCHED_BEATS + 16 * TURN_BEATS + HOLD_BEATS_MAX;
/// Beats for which such a sponsor lets nobody in: as long as its newcomer could hold the others up.
pub const BAR_BEATS: u64 = PROBATION_BEATS;
/// Beats between the turns of two members to do what one of them must.
pub const TURN_BEATS: u64 = 8;
/// Time for which a seat's station may be away before it may be removed, in milliseconds: a long weekend, less than
/// half of the relay's usual retention, and at the longest beat still above the window of every alarm.
pub const AWAY_MS: u64 = 72 * 3_600_000;
/// Beats by which a knock's beat may be ahead of the last one sealed: a clock's skew and a frame on its way.
pub const KNOCK_AHEAD_BEATS: u64 = 8;
/// Beats after which a knock is too old to be answered: it is left again long before ([`KNOCK_AGAIN_BEATS`]).
pub const KNOCK_OLD_BEATS: u64 = 256;
/// Approvals by colleagues kept, by room and version: a version a week in each of three rooms for ten years.
pub const COLLECTED_MAX: usize = 1_560;
/// Beats between two showings of the roster to one seat that says it knows an older one.
pub const SHOW_AGAIN_BEATS: u64 = 64;
/// Beats for which the cell keys of a superseded epoch still open cells: posts under way and a station catching up.
pub const PAST_KEYS_BEATS: u64 = 64;
/// Superseded cell keys kept at most.
pub const PAST_KEYS_MAX: usize = 16;
/// Sealed heads kept for comparing with pulses: as old as a pulse of a station catching up may reasonably be.
pub const HISTORY_BEATS: usize = 512;
/// Beats without an authenticated receipt after which a sealed item is sent again.
pub const RESEND_BEATS: u64 = 48;
/// Beats without an authenticated receipt after which an item is shown as UNACKNOWLEDGED.
pub const UNACKNOWLEDGED_BEATS: u64 = 36;
/// Messages of one seat that may be incomplete at a time: one commit, and two bodies of each precedence.
pub const PARTIAL_MESSAGES_MAX: usize = 12;
/// Items of one seat and class that may wait for an earlier one: what a sender can have in flight in a re-send window.
pub const EARLY_ITEMS_MAX: usize = 256;
/// Items that may wait in one room's outbox, so that a closed line cannot fill the disk.
pub const OUTBOX_ITEMS_MAX: usize = 4096;
/// Bytes of a body in one fragment: two fit into a cell, and one beside a pulse or a lead.
pub const BODY_FRAGMENT_BYTES: usize = 880;
/// Bytes of an item that still travels inside the MLS message: longer ones become a lead and a body.
pub const INLINE_ITEM_BYTES: usize = 1_400;
/// Bytes of one item: a dispatch with its translations; fits [`backchannel_wire::limits::FRAGMENTS_MAX`] fragments.
pub const ITEM_BYTES_MAX: usize = 880_000;
/// Beats after which a station fetches a waiting knock if the members before it did not.
pub const SPONSOR_STEP_BEATS: u64 = 24;
/// Digests of the other parties kept for the verbatim guard, random filling included; the oldest go first. With three
/// stations on the other sides this is four days at the default beat, in 5 MB of records.
pub const DIGESTS_MAX: usize = 262_144;

// The vault.

/// Bytes of a record's name: message ids and counters are far shorter; two bytes hold its length.
pub const ID_BYTES_MAX: usize = 256;
/// Bytes of a record: above the longest message (1,024 fragments, 1.9 MB) and the MLS state of a full room.
pub const RECORD_BYTES_MAX: usize = 16 * 1024 * 1024;
/// A record is padded to a multiple of this many bytes, so that a file shows sizes coarsely only.
pub const RECORD_PAD_BYTES: usize = 256;
/// Memory of passphrase stretching: 64 MiB makes a guess cost 0.15 s, and a card of 16 GiB hold only 256 guesses.
pub const STRETCH_MEMORY_KIB: u32 = 64 * 1024;
/// Passes of passphrase stretching over that memory.
pub const STRETCH_PASSES: u32 = 3;
/// The most memory a vault file may ask for: an altered file must not exhaust the machine.
pub const STRETCH_MEMORY_KIB_MAX: u32 = 1024 * 1024;
/// The most passes a vault file may ask for: the same reason.
pub const STRETCH_PASSES_MAX: u32 = 64;
/// Stretches of a room's beats it could not read of which a station keeps which beats they were: more than a year of one a month.
pub const MISSED_KEPT_MAX: usize = 16;
/// Beats a station that came back waits for everybody to say that nothing is owed to it, before it takes its view for whole: an
/// hour at 5 s, in which everything is sent again many times (TRANSPORT-11).
pub const MISSED_WAIT_BEATS: u64 = 720;
/// Bytes of a passphrase: more is a wrong file, not a passphrase.
pub const PASSPHRASE_BYTES_MAX: usize = 1024;
/// Bytes of the key slot file, far above its fixed content: a longer one is not read.
pub const SLOT_BYTES_MAX: u64 = 4096;
/// Commits until the write-ahead log is emptied, so that erased ciphertext leaves the files soon: at one commit a beat
/// and five seconds a beat, 40 seconds.
pub const SCRUB_COMMITS: u32 = 8;
/// Changes a locked vault holds for unlocking: a later change of a record takes the earlier one's place, so this is the
/// number of different records, and a busy month makes fewer.
pub const SEALED_ENTRIES_MAX: usize = 100_000;
/// Beats after a conveyance was received within which a match must show in the registry.
pub const MATCH_BEATS: u64 = 48;
/// Beats without a sealed beat, or without a cell of an occupied seat, after which SILENT is raised.
pub const SILENT_BEATS: u64 = 24;
/// Beats over which withheld and missing cells are counted.
pub const WATCH_WINDOW_BEATS: usize = 64;
/// Own posted cells that may be marked absent within the window before WITHHELD is raised.
pub const WITHHELD_CELLS: usize = 8;
/// Cells of a seat that may be handed over and yet be marked absent within the window before GAP is raised.
pub const GAP_CELLS: u64 = 16;
/// Beats for which an occupied seat's cells may open with no kept key before UNREADABLE is raised.
pub const UNREADABLE_BEATS: u64 = 32;
/// Milliseconds by which the beat clock and the station's may part before SKEW is raised, at least; or two beats.
pub const SKEW_MS_MIN: u64 = 2_000;
/// Beats for which they must have parted: a machine that stood still for a moment is no clock that is wrong.
pub const SKEW_BEATS: u64 = 8;
/// Beats in which nothing ran here after which this machine is taken to have stood still: it is told of each beat and of its own.
pub const STOP_BEATS: u64 = 3;
/// Alarms kept; the oldest cleared go first.
pub const ALARMS_MAX: usize = 1024;
/// Drafts kept at a time: more than a person writes at, few enough to list with their texts.
pub const DRAFTS_MAX: usize = 64;
/// Bytes of a draft: a dispatch of one megabyte is written to a file, not typed; all drafts together fit a reply.
pub const DRAFT_KEPT_BYTES_MAX: usize = 256 * 1024;
/// Journal entries kept for following.
pub const JOURNAL_MAX: usize = 4096;
/// Days for which an invitation may be accepted.
pub const INVITATION_DAYS: u64 = 30;

// The link to the relay.

/// Time to reach the relay over TCP: above the three seconds after which a lost SYN is sent again, twice.
pub const CONNECT_MS: u64 = 10_000;
/// Time for the TLS and WebSocket handshakes and the hello: several round trips of the slowest line served.
pub const HANDSHAKE_MS: u64 = 15_000;
/// Time to hand one frame to the connection: a line that does not take 10 KB in this time is as good as down.
pub const SEND_MS: u64 = 20_000;
/// Time for a lobby's answer: 100 KiB each way on a line of 64 kbit/s.
pub const LOBBY_MS: u64 = 60_000;
/// Beats between two questions to the lobby about one room while pairing.
pub const LOBBY_POLL_BEATS: u64 = 4;
/// Beats after which a knock that was lost on the way is left again.
pub const KNOCK_RETRY_BEATS: u64 = 8;
/// Beats without an answer after which a station knocks with a new key package: twice the longest commit's way.
pub const KNOCK_AGAIN_BEATS: u64 = 64;
/// Verifications of vouches and rosters that may wait for a roster that has not come yet.
pub const PENDING_VOUCHES_MAX: usize = 64;

// The local socket.

/// Bytes of a request line: a dispatch of the greatest length, escaped as JSON.
pub const REQUEST_LINE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Bytes of a reply line a command takes: a whole record with its texts.
pub const REPLY_LINE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Connections to the local socket at a time: a person's commands, a desk and some watchers.
pub const SOCKET_CONNECTIONS_MAX: usize = 32;
/// Time a connection may stay without a request: a person at a prompt.
pub const SOCKET_IDLE_MS: u64 = 600_000;
/// Time from a request's first byte to its last, and for taking a reply: both ends are on one machine.
pub const SOCKET_LINE_MS: u64 = 10_000;
/// Events that may wait for the shell: a slow disk must not make frames pile up without end.
pub const SHELL_QUEUE_MAX: usize = 64;
/// The shortest pause before the line is opened again, in milliseconds.
pub const RECONNECT_MS_MIN: u64 = 200;
/// The longest pause before the line is opened again, in beats: an outage ends for everybody soon after its cause.
pub const RECONNECT_BEATS_MAX: u64 = 4;
/// How many of the longest pauses a station waits after the relay refused its hello.
pub const REFUSED_PAUSES: u64 = 8;
/// Beats between a delegate's removal and the replacing of its tokens, so that its station sees the removal.
pub const REVOKE_BEATS: u64 = 6;
/// Beats after which tokens are replaced even if the removal was not sealed.
pub const REVOKE_BEATS_MAX: u64 = 64;
/// Commands that may follow the journal at a time.
pub const WATCHERS_MAX: usize = 16;
/// The longest wait for a line of the journal, in milliseconds.
pub const WATCH_MS_MAX: u64 = 60_000;
/// Beats without a cell that opens, after a commit that could not be followed, until the station rejoins: cells built
/// before the commit was sealed still open for two.
pub const DEAF_AFTER_COMMIT_BEATS: u64 = 4;
/// Turns given to other tasks before the local socket is closed: a waiting answer needs two or three.
pub const LAST_TURNS: usize = 32;

// The desk.

/// Milliseconds of a day: records are kept under one key a room and day.
pub const DAY_MS: u64 = 86_400_000;
/// Digits of an item's name that a command must give: fewer are mistyped too easily.
pub const ID_DIGITS_MIN: usize = 4;
/// Pulses whose digests share one record: rewriting five kilobytes with each pulse is cheap, and few records are needed.
pub const DIGEST_PAGE_PULSES: usize = 64;
/// Digests of one's own side that may wait for the registry: two dispatches of the greatest number of passages and languages.
pub const POSTS_MAX: usize = 1_024;
/// Own guarded items followed until the other side says that they match: what a busy month brings.
pub const OWN_GUARDED_MAX: usize = 256;
/// Passages received whose digests are looked for at a time: above what honest carrying leaves undecided.
pub const CHECKS_MAX: usize = 1_024;
/// Events of one author kept that came before what they are about: no author can use up what is there for all.
pub const EARLY_EVENTS_OF_ONE_MAX: usize = 32;
/// Events kept that came before what they are about: a long dispatch is on its way while its reader's marks pass it.
pub const EARLY_EVENTS_MAX: usize = 256;
/// Digests seen up to which a station passes them on to one of its own party that comes later: 32 KB, which leave
/// within twenty beats.
pub const SHARED_DIGESTS_MAX: usize = 2048;

// Understandings.

/// Understandings on record: those of a channel of many years; it bounds what a pen can make a station keep.
pub const UNDERSTANDINGS_MAX: usize = 64;
/// What one person may have on record of one understanding: nobody can fill it up so that another's word, notice of withdrawal
/// above all, finds no place. Versions and texts count once for each of up to eight caucuses.
pub const NOTES_OF_AUTHOR_MAX: usize = 2_048;
/// What one person may show of one try in one room: each thing once, and a deposit handed in again.
pub const SHOWN_OF_TRY_MAX: usize = 8;
/// Tries whose name does not stand of which one person may show something in one room; of those whose name stands there is no
/// such bound.
pub const SHOWN_UNNAMED_MAX: usize = 256;
/// Bytes of the notes that a head passes on at a time to whoever joined later: a tenth of the longest item, so that other things
/// get through; one note alone may be longer.
pub const RECORD_CHUNK_BYTES: usize = 88_000;
/// Beats between two times that a head passes its record on: nobody makes it do nothing else.
pub const RECORD_AGAIN_BEATS: u64 = 64;
/// Beats between two questions of a station that has nothing on record: an hour at 5 s.
pub const RECORD_ASKED_BEATS: u64 = 720;
/// Beats between a newcomer's question for the register of claims and the passing on of it: what was under way while it joined is
/// sealed by then, also what was lost once and sent again ([`RESEND_BEATS`]).
pub const CLAIMS_SETTLE_BEATS: u64 = 64;
/// Bytes of one comment in all its languages: some pages.
pub const COMMENT_BYTES_MAX: usize = 32 * 1024;
/// Bytes of the name of a clause: that of a code in a text.
pub const CLAUSE_NAME_BYTES_MAX: usize = 40;
/// Things of understandings on their way out in one room: texts and versions, and the messages of some tries. No room takes
/// another's places.
pub const UNDERSTANDING_OUT_MAX: usize = 512;
/// Of these, refusals by the depositary: whoever hands in garbage does not take the places of what the others must be told.
pub const REFUSALS_OUT_MAX: usize = 32;
/// Messages of a try kept for a head whose party has not approved yet: all that one person can say before it joins, and all that
/// eight heads and the own signers can.
pub const EARLY_OF_AUTHOR_MAX: usize = 16;
/// The same, of all.
pub const EARLY_OF_TRY_MAX: usize = 384;
/// Tries of one version that one head may propose: nobody else's proposals are hindered by them.
pub const PROPOSALS_OF_AUTHOR_MAX: usize = 64;
/// How far the number of a proposal may run ahead of those on record, some of which may still be on their way.
pub const PROPOSALS_AHEAD_MAX: u32 = 8;
/// The part (T) of the beats from a proposal to the limit in which a party that joins at once deposits: the rest is the way of
/// its deposit.
pub const TRY_OF_LIMIT: (u64, u64) = (3, 4);
/// Beats from a proposal to the depositary's limit, unless its head says otherwise: a T of 240, for a deposit of eight parties by
/// four signers is some 60 cells and a sleeping principal is not waited for; and the way of the slowest deposit.
pub const LIMIT_BEATS: u64 = 320;
/// The nearest limit a head may set: two parties' ceremony takes some twenty beats.
pub const LIMIT_BEATS_MIN: u64 = 40;
/// The farthest: what a machine of a ceremony waits for (CEREMONY-11).
pub const LIMIT_BEATS_MAX: u64 = 604_800;
/// Beats from the limit to EXPIRY: a release on its way to everybody.
pub const EXPIRY_BEATS: u64 = 40;
/// N: beats after EXPIRY within which acknowledgements count: a release repeated in the registry, and a line that is down
/// for three minutes at the default beat.
pub const ACKNOWLEDGE_BEATS: u64 = 80;
/// G: beats after an end, without those the relay missed, within which an incident still counts: as N. After a long absence of the
/// relay an item has been seen to take two dozen beats, and what is lost is sent again after [`RESEND_BEATS`].
pub const GRACE_BEATS: u64 = 80;
/// Beats for which a depositary keeps what ended, to say it again after a restart: beyond every limit above.
pub const DEPOSIT_KEPT_BEATS: u64 = 1_024;
/// Ceremonies that a depositary holds at a time in which one head was the first to deposit (DEPOSIT-10).
pub const DEPOSITS_OF_HEAD_MAX: usize = 16;
/// Lead times at which an end is told of: a week, a day, an hour.
pub const REMIND_BEFORE_MS: [u64; 3] = [7 * DAY_MS, DAY_MS, DAY_MS / 24];
/// Passphrases that may be on their way to the vault at a time: a person types one.
pub const ASKED_MAX: usize = 8;
/// Beats by which a notice's effect is later than the shortest the terms allow, so that it is sealed in time.
pub const NOTICE_WAY_BEATS: u64 = 24;
/// The same where several people have to give it: an hour at the default beat.
pub const NOTICE_GATHER_BEATS: u64 = 720;

/// Incidents of one station that wait for a set time: more in one day are urgent.
pub const LATER_MAX: usize = 64;
