//! The observer on invented lines: honest ones it must call even, talkative ones it must not.

use super::bursts::{Burst, base_size, cut, frames};
use super::{Capture, Observer, Row, observe, read_csv};

const BEAT_US: u64 = 250_000;
const UP: u64 = 8_270;
const DOWN: u64 = 65_800;

/// A line of `beats` beats with a handshake, changed by `alter` before it is read.
fn line(who: &str, beats: u64, alter: impl Fn(&mut Vec<Row>)) -> Capture {
    let mut rows = vec![
        Row { t_us: 1_000, up: true, bytes: 1_700 },
        Row { t_us: 2_000, up: false, bytes: 3_000 },
        Row { t_us: 3_000, up: true, bytes: 500 },
        Row { t_us: 4_000, up: false, bytes: 700 },
    ];
    for k in 1..=beats {
        rows.push(Row { t_us: k * BEAT_US, up: true, bytes: UP });
        rows.push(Row { t_us: k * BEAT_US + 900, up: false, bytes: DOWN / 2 });
        rows.push(Row { t_us: k * BEAT_US + 1_500, up: false, bytes: DOWN - DOWN / 2 });
    }
    alter(&mut rows);
    rows.sort_by_key(|row| row.t_us);
    Capture { who: who.to_owned(), rows }
}

fn see(captures: &[Capture]) -> Observer {
    observe(captures, 250)
}

fn up_of(rows: &mut [Row], k: u64) -> &mut Row {
    rows.iter_mut().find(|row| row.up && row.t_us == k * BEAT_US).unwrap()
}

#[test]
fn a_quiet_line_has_one_size_each_way_and_every_beat() {
    // EXER-11
    let observer = see(&[line("alpha-head", 40, |_| {}), line("bravo-head", 30, |_| {})]);
    let first = &observer.connections[0];
    assert_eq!((first.up_frame_bytes.clone(), first.down_frame_bytes.clone()), (vec![UP], vec![DOWN]));
    assert_eq!((first.beats, first.gaps, first.extra, first.merged, first.split), (40, 0, 0, 0, 0));
    assert_eq!(first.handshake_bytes, [2_200, 3_700]);
    assert_eq!((observer.uneven_sizes(), observer.uneven_beats(&[])), (None, None));
}

#[test]
fn a_busy_machine_that_merges_and_splits_frames_is_not_talk() {
    // EXER-12
    let observer = see(&[line("alpha-head", 40, |rows| {
        up_of(rows, 7).t_us += BEAT_US - 2_000;
        up_of(rows, 20).bytes = 4_000;
        rows.push(Row { t_us: 20 * BEAT_US + 90_000, up: true, bytes: UP - 4_000 });
    })]);
    let only = &observer.connections[0];
    assert_eq!((only.up_frame_bytes.clone(), only.beats, only.gaps), (vec![UP], 40, 0));
    assert_eq!((only.merged, only.split), (1, 1));
    assert_eq!(observer.uneven_sizes(), None);
}

#[test]
fn one_longer_frame_in_a_hundred_is_seen() {
    // EXER-12
    for extra in [1, 24, 2_048, UP / 2] {
        let observer = see(&[line("alpha-head", 100, |rows| up_of(rows, 50).bytes += extra)]);
        assert_eq!(observer.connections[0].up_frame_bytes, vec![UP, UP + extra]);
        assert!(observer.uneven_sizes().is_some());
    }
}

#[test]
fn one_shorter_frame_is_seen() {
    // EXER-12
    let observer = see(&[line("alpha-head", 100, |rows| up_of(rows, 50).bytes -= 100)]);
    assert_eq!(observer.connections[0].up_frame_bytes, vec![UP - 100, UP]);
}

#[test]
fn two_stations_of_different_sizes_are_seen() {
    // EXER-12
    let bigger = line("bravo-head", 40, |rows| {
        rows.iter_mut().filter(|row| row.up && row.bytes == UP).for_each(|row| row.bytes += 2_048);
    });
    assert!(see(&[line("alpha-head", 40, |_| {}), bigger]).uneven_sizes().is_some());
}

#[test]
fn a_station_that_posts_only_when_it_speaks_is_seen() {
    // EXER-13
    let silent = see(&[line("alpha-head", 100, |rows| {
        rows.retain(|row| !(row.up && row.bytes == UP) || (row.t_us / BEAT_US).is_multiple_of(3));
    })]);
    assert!(silent.connections[0].gaps > 60);
    assert!(silent.uneven_beats(&[]).is_some());
}

#[test]
fn two_frames_in_one_beat_are_seen() {
    // EXER-13
    let observer = see(&[line("alpha-head", 100, |rows| {
        rows.iter_mut()
            .filter(|row| row.up && row.bytes == UP && (row.t_us / BEAT_US).is_multiple_of(4))
            .for_each(|row| row.bytes *= 2);
    })]);
    assert!(observer.connections[0].extra > 20);
    assert!(observer.uneven_beats(&[]).is_some());
    assert!(observer.uneven_beats(&[(0, 1)]).is_some(), "another time");
    assert_eq!(observer.uneven_beats(&[(0, u64::MAX)]), None, "the story's slow clock");
}

#[test]
fn the_end_of_a_connection_is_reported_apart() {
    // EXER-12
    let cut_off = see(&[line("alpha-head", 40, |rows| up_of(rows, 40).bytes = 3_000)]);
    assert_eq!((cut_off.connections[0].beats, cut_off.connections[0].closing_bytes[0]), (39, 3_000));
    let notice = see(&[line("alpha-head", 40, |rows| up_of(rows, 40).bytes += 24)]);
    assert_eq!((notice.connections[0].beats, notice.connections[0].closing_bytes[0]), (40, 24));
    assert_eq!(notice.uneven_sizes(), None);
}

#[test]
fn a_lobby_connection_is_told_apart() {
    // EXER-11
    let lobby = Capture {
        who: "alpha-head".to_owned(),
        rows: vec![
            Row { t_us: 500_000, up: true, bytes: 1_700 },
            Row { t_us: 501_000, up: false, bytes: 3_000 },
            Row { t_us: 502_000, up: true, bytes: 98_500 },
            Row { t_us: 503_000, up: false, bytes: 98_400 },
        ],
    };
    let observer = see(&[line("alpha-head", 40, |_| {}), lobby]);
    assert_eq!(observer.connections.len(), 1);
    assert_eq!((observer.lobby[0].up_bytes, observer.lobby[0].down_bytes), (100_200, 101_400));
}

#[test]
fn many_lobby_connections_are_no_beat() {
    // EXER-11
    let lobby = |n: u64| Capture {
        who: "alpha-head".to_owned(),
        rows: vec![
            Row { t_us: n * 1_000_000, up: true, bytes: 104_216 },
            Row { t_us: n * 1_000_000 + 3_000, up: false, bytes: 103_900 },
        ],
    };
    let captures: Vec<_> = (0..60).map(lobby).chain([line("alpha-head", 12, |_| {})]).collect();
    let observer = see(&captures);
    assert_eq!((observer.connections.len(), observer.lobby.len()), (1, 60));
    assert_eq!(observer.uneven_sizes(), None);
}

#[test]
fn no_connection_is_no_proof() {
    // EXER-12
    assert!(see(&[]).uneven_sizes().is_some());
}

#[test]
fn files_that_are_not_a_taps_are_refused() {
    // EXER-11
    assert!(read_csv("t_us,dir,bytes\n5,up,8270\n9,down,0\n").is_some());
    for bad in [
        "",
        "5,up,1\n",
        "t_us,dir,bytes\nx,up,1\n",
        "t_us,dir,bytes\n1,left,1\n",
        "t_us,dir,bytes\n1,up,1,2\n",
    ] {
        assert!(read_csv(bad).is_none(), "{bad}");
    }
}

#[test]
fn bursts_are_cut_at_silences() {
    // EXER-12
    let rows = [(0, 10), (10_000, 5), (80_000, 7)].map(|(t_us, bytes)| Row { t_us, up: true, bytes });
    let bursts = cut(&rows, true, BEAT_US);
    assert_eq!(bursts[0], Burst { start_us: 0, end_us: 10_000, bytes: 15 });
    assert_eq!(bursts[1], Burst { start_us: 80_000, end_us: 80_000, bytes: 7 });
    assert_eq!(base_size(bursts.iter()), Some((7, 1)));
    assert_eq!(frames(&[], 7, BEAT_US).count, 0);
}
