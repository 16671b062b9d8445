//! The stores: both alike, durable through a crash, and every write failing in both ways.

#[path = "support/world.rs"]
mod world;

use backchannel_relay::model::*;
use backchannel_relay::store::{MemoryStore, SqliteStore, Store, StoreError};
use backchannel_wire::chain::Position;
use backchannel_wire::frame::Record;
use backchannel_wire::limits::LOBBY_BLOB_BYTES;
use backchannel_wire::lobby::*;
use backchannel_wire::{Beat, RoomId, SeatNo};
use proptest::prelude::*;
use std::path::PathBuf;
use world::*;

/// A store that dies with its process: dropping it runs no clean end, and the file is opened anew.
fn reopened(store: SqliteStore, path: &std::path::Path) -> SqliteStore {
    std::mem::forget(store);
    SqliteStore::open(path).unwrap()
}

fn file() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("relay.sqlite");
    (dir, path)
}

#[test]
fn an_acknowledged_cell_survives_a_crash() {
    // BEAT-10
    let (_dir, path) = file();
    let stations = vec![Station::new(vec![(0, 0)]), Station::new(vec![(0, 1)])];
    let mut world = World::new(SqliteStore::open(&path).unwrap(), Plan::default(), stations);
    world.connect(0).unwrap();
    world.connect(1).unwrap();
    for byte in 1..20 {
        world.post(0, byte).unwrap();
        world.pass_beats(GRACE_BEATS + 1);
        assert_eq!(world.stations[0].seen.len(), usize::from(byte));
        world.crash_to(|store| reopened(store, &path));
        world.connect(0).unwrap();
    }
    world.connect(1).unwrap();
    world.pass_beats(8);
    assert_eq!(world.stations[1].error, None);
    assert_eq!(world.stations[1].seen, world.stations[0].seen);
}

#[test]
fn sqlite_runs_as_durably_as_promised() {
    let (_dir, path) = file();
    drop(SqliteStore::open(&path).unwrap());
    let connection = rusqlite::Connection::open(&path).unwrap();
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    let rowless: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%WITHOUT ROWID%'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(rowless, 0);
}

#[test]
fn a_store_of_a_later_version_or_with_strange_rows_is_refused() {
    let (_dir, path) = file();
    let world = World::new(SqliteStore::open(&path).unwrap(), Plan::default(), vec![]);
    drop(world);
    for damage in
        ["UPDATE rooms SET capacity = 3", "UPDATE rooms SET cursors = x'00'", "UPDATE rooms SET next = -1"]
    {
        let copy = path.with_extension("copy");
        std::fs::copy(&path, &copy).unwrap();
        rusqlite::Connection::open(&copy).unwrap().execute_batch(damage).unwrap();
        let loaded = SqliteStore::open(&copy).unwrap().load();
        assert!(matches!(loaded, Err(StoreError::Unreadable(_))), "{damage}");
    }
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 2").unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(StoreError::Unreadable(_))));
}

/// Fails the write whose turn it is: before it is done, or after.
struct Faulty<S> {
    inner: S,
    countdown: usize,
    after: bool,
    writes: usize,
}

impl<S: Store> Store for Faulty<S> {
    fn load(&mut self) -> Result<Snapshot, StoreError> {
        self.inner.load()
    }

    fn apply(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.writes += 1;
        if self.writes != self.countdown {
            return self.inner.apply(batch);
        }
        if self.after {
            self.inner.apply(batch)?;
        }
        Err(StoreError::Injected)
    }

    fn links(&mut self, room: &RoomId, from: &Position, bytes_max: usize) -> Result<Chunk, StoreError> {
        self.inner.links(room, from, bytes_max)
    }

    fn blob(&mut self, room: &RoomId, seat: SeatNo, mailbox: Mailbox) -> Result<Option<Blob>, StoreError> {
        self.inner.blob(room, seat, mailbox)
    }

    fn roll_back(&mut self, beats: u64) -> Result<(), StoreError> {
        self.inner.roll_back(beats)
    }
}

type FaultyWorld = World<Faulty<SqliteStore>>;

/// One write of the relay: what causes it, and whether it took place.
struct Row {
    write: &'static str,
    cause: fn(&mut FaultyWorld) -> Result<(), StoreError>,
    done: fn(&mut FaultyWorld) -> bool,
}

fn ask(world: &mut FaultyWorld, request: &LobbyRequest) -> Result<(), StoreError> {
    let conn = backchannel_relay::machine::ConnId(900 + world.now);
    let input = backchannel_relay::engine::Input::Lobby(conn, request.encode().unwrap().to_vec());
    let now = backchannel_wire::UtcMs(world.now);
    world.engine().handle(input, now).map(drop)
}

fn blob(byte: u8) -> Blob {
    Blob::new(vec![byte; LOBBY_BLOB_BYTES]).unwrap()
}

fn rows() -> Vec<Row> {
    vec![
        Row {
            write: "create a channel",
            cause: |world| {
                let mut request = world.plan.request();
                request.channel.0 = [9; 16];
                request.rooms[0].room = room(9);
                ask(world, &LobbyRequest::CreateChannel(request))
            },
            done: |world| {
                matches!(
                    world.lobby(&LobbyRequest::RoomInfo(SeatClaim { room: room(9), ..claim(0, 0) })),
                    LobbyReply::RoomInfo(_)
                )
            },
        },
        Row {
            write: "seal a beat",
            cause: |world| {
                world.post(0, 7)?;
                world.pass(BEAT_MS)
            },
            done: |world| {
                world.stations[1].conn = None;
                world.connect(1).unwrap();
                world.pass_beats(8);
                world.stations[1].seen.values().any(|byte| *byte == 7)
            },
        },
        Row {
            write: "put a knock",
            cause: |world| ask(world, &LobbyRequest::PutKnock { claim: claim(0, 1), blob: blob(1) }),
            done: |world| {
                matches!(world.lobby(&LobbyRequest::TakeKnock(claim(0, 0))), LobbyReply::Knock { .. })
            },
        },
        Row {
            write: "replace a token",
            cause: |world| {
                let keys = keys_of(&token(5, 5), &revoker(5, 5));
                let request =
                    LobbyRequest::ReplaceToken { room: room(0), seat: seat(3), revoker: revoker(0, 3), keys };
                ask(world, &request)
            },
            done: |world| {
                let claim = SeatClaim { token: token(5, 5), ..claim(0, 3) };
                matches!(world.lobby(&LobbyRequest::RoomInfo(claim)), LobbyReply::RoomInfo(_))
            },
        },
    ]
}

#[test]
fn every_write_may_fail_before_or_after_it_is_done() {
    for row in rows() {
        for after in [false, true] {
            let (_dir, path) = file();
            let inner = SqliteStore::open(&path).unwrap();
            let store = Faulty { inner, countdown: 0, after, writes: 0 };
            let stations = vec![Station::new(vec![(0, 0)]), Station::new(vec![(0, 1)])];
            let mut world = World::new(store, Plan::default(), stations);
            world.connect(0).unwrap();
            world.pass_beats(3);
            let before = world.stations[0].frames.len();
            world.crash_to(|store| Faulty { countdown: store.writes + 1, ..store });
            world.connect(0).unwrap();
            let failed = (row.cause)(&mut world);
            assert!(matches!(failed, Err(StoreError::Injected)), "{}", row.write);
            assert_eq!(world.stations[0].frames.len(), before, "{}: nothing is acknowledged", row.write);
            world.crash();
            assert_eq!((row.done)(&mut world), after, "{}, reported failed after: {after}", row.write);
            world.connect(0).unwrap();
            world.pass_beats(8);
            assert!(world.stations.iter().all(|station| station.error.is_none()), "{}", row.write);
            assert_eq!(world.engine().counters().segments_opened, 0, "{}", row.write);
        }
    }
}

/// What happens in the random histories.
#[derive(Clone, Debug)]
enum Act {
    Post(usize, u8),
    Pass(u64),
    Stall(u64),
    Connect(usize),
    Disconnect(usize),
    Crash,
    FailNext(bool),
    /// The station forgets what it held after its last durable write.
    StationRestart(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        8 => (0..3usize, 1..250u8).prop_map(|(at, byte)| Act::Post(at, byte)),
        8 => (1..3_000u64).prop_map(Act::Pass),
        1 => (1..30_000u64).prop_map(Act::Stall),
        3 => (0..3usize).prop_map(Act::Connect),
        1 => (0..3usize).prop_map(Act::Disconnect),
        1 => Just(Act::Crash),
        1 => any::<bool>().prop_map(Act::FailNext),
        1 => (0..3usize).prop_map(Act::StationRestart),
    ];
    proptest::collection::vec(act, 1..120)
}

fn play<S: Store>(world: &mut World<Faulty<S>>, acts: &[Act]) {
    for s in 0..3 {
        world.lobby(&LobbyRequest::RoomInfo(claim(0, s)));
    }
    let mut durable: Vec<_> = world.stations.iter().map(|station| station.positions.clone()).collect();
    for act in acts {
        let done = match act {
            Act::Post(at, byte) => {
                durable[*at] = world.stations[*at].positions.clone();
                world.post(*at, *byte)
            }
            Act::Pass(ms) => world.pass(*ms),
            Act::Stall(ms) => {
                world.stall(*ms);
                Ok(())
            }
            Act::Connect(at) => world.connect(*at),
            Act::Disconnect(at) => world.disconnect(*at),
            Act::Crash => {
                world.crash();
                Ok(())
            }
            Act::FailNext(after) => {
                world.crash_to(|store| Faulty { countdown: store.writes + 1, after: *after, ..store });
                Ok(())
            }
            Act::StationRestart(at) => {
                world.stations[*at].positions = durable[*at].clone();
                world.connect(*at)
            }
        };
        if done.is_err() {
            world.crash();
        }
    }
}

/// Ends the disturbances, lets everybody catch up, and looks at what each saw.
fn settle<S: Store>(world: &mut World<Faulty<S>>) {
    world.crash_to(|store| Faulty { countdown: 0, ..store });
    (0..3).for_each(|at| world.connect(at).unwrap());
    world.pass_beats(400);
    for station in &world.stations {
        assert_eq!(station.error, None);
        assert_eq!(station.positions, world.stations[0].positions);
        assert!(station.records.iter().all(|r| !matches!(r.record, Record::SegmentStart { .. })));
    }
    assert_eq!(world.stations[0].positions[0].next, Beat(world.beat()));
    // What one station was shown, every other is shown too: nothing acknowledged is lost, and no place holds two cells.
    for station in &world.stations {
        assert_eq!(station.seen, world.stations[0].seen);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// BEAT-2, BEAT-3, BEAT-4, BEAT-10: whatever honest disturbance comes, every seat follows one and the same chain.
    #[test]
    fn one_chain_for_every_seat(acts in acts()) {
        let stations = (0..3).map(|s| Station::new(vec![(0, s)])).collect();
        let store = Faulty { inner: MemoryStore::default(), countdown: 0, after: false, writes: 0 };
        let mut world = World::new(store, Plan::default(), stations);
        play(&mut world, &acts);
        settle(&mut world);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn both_stores_hold_the_same(acts in acts(), back in 0..20u64) {
        let (_dir, path) = file();
        let stations = || (0..3).map(|s| Station::new(vec![(0, s)])).collect();
        let memory = Faulty { inner: MemoryStore::default(), countdown: 0, after: false, writes: 0 };
        let mut memory = World::new(memory, Plan::default(), stations());
        let sqlite = Faulty { inner: SqliteStore::open(&path).unwrap(), countdown: 0, after: false, writes: 0 };
        let mut sqlite = World::new(sqlite, Plan::default(), stations());
        play(&mut memory, &acts);
        play(&mut sqlite, &acts);
        let mut memory = memory.engine.take().unwrap().into_store().inner;
        let mut sqlite = sqlite.engine.take().unwrap().into_store().inner;
        for rolled_back in [false, true] {
            prop_assert!(memory.load().unwrap() == sqlite.load().unwrap(), "after a roll-back: {}", rolled_back);
            let start = chain(0).genesis(0, Beat(0));
            for bytes_max in [1, 20_000, usize::MAX] {
                let (a, b) = (memory.links(&room(0), &start, bytes_max), sqlite.links(&room(0), &start, bytes_max));
                prop_assert_eq!(a.unwrap(), b.unwrap());
            }
            memory.roll_back(back).unwrap();
            sqlite.roll_back(back).unwrap();
        }
    }
}
