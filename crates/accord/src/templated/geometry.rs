//! Distances on the earth, between what a message names and a line the parties agreed.
//!
//! Edges are geodesics of WGS 84, computed by Karney's algorithms (Algorithms for geodesics, 2013) in `geographiclib-rs`; what is
//! found here is good to ten metres. Whether edges cross is found in the ellipsoidal gnomonic projection of the same paper, in
//! which geodesics are very nearly straight; within some hundreds of kilometres the error stays below ten metres as well.

use super::place::Place;
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};

/// Steps of the search for the nearest point of an edge: a golden section shortens the longest edge to below a metre.
const STEPS: u32 = 40;
const GOLDEN: f64 = 0.618_033_988_749_894_8;

/// What a message names.
#[derive(Clone, Copy, Debug)]
pub enum Shape<'a> {
    /// A place.
    Point(Place),
    /// A way from place to place.
    Track(&'a [Place]),
    /// An area between places, the last joined to the first.
    Polygon(&'a [Place]),
    /// An area around a place: its radius in metres.
    Circle(Place, u64),
}

/// Metres between two places (VALUE-4).
pub fn between(a: Place, b: Place) -> f64 {
    Geodesic::wgs84().inverse(a.lat_degrees(), a.lon_degrees(), b.lat_degrees(), b.lon_degrees())
}

/// Metres from a shape to the nearest point of a line from place to place; zero if it touches the line or holds part of it.
/// Nothing if either has no place.
pub fn to_line(shape: Shape<'_>, line: &[Place]) -> Option<f64> {
    match shape {
        Shape::Point(place) => from_places(&[place], &edges(line, false)),
        Shape::Circle(place, radius) => {
            Some((from_places(&[place], &edges(line, false))? - radius as f64).max(0.0))
        }
        Shape::Track(places) => apart(places, &edges(places, false), line),
        Shape::Polygon(places) => {
            let inside = line.first().is_some_and(|first| holds(places, *first));
            if inside { Some(0.0) } else { apart(places, &edges(places, true), line) }
        }
    }
}

/// Whether the edges of a polygon cross or touch each other elsewhere than where they join.
pub fn crosses_itself(places: &[Place]) -> bool {
    let all = edges(places, true);
    let joined = |i: usize, j: usize| j == i + 1 || (i == 0 && j + 1 == all.len());
    (0..all.len()).any(|i| (i + 1..all.len()).any(|j| !joined(i, j) && cross(all[i], all[j])))
}

type Edge = (Place, Place);

fn edges(places: &[Place], closed: bool) -> Vec<Edge> {
    let mut all: Vec<Edge> =
        places.windows(2).filter_map(|two| Some((*two.first()?, *two.get(1)?))).collect();
    match (places.first(), places.last()) {
        (Some(first), Some(last)) if closed || all.is_empty() => all.push((*last, *first)),
        _ => {}
    }
    all
}

fn apart(places: &[Place], own: &[Edge], line: &[Place]) -> Option<f64> {
    let other = edges(line, false);
    if own.iter().any(|a| other.iter().any(|b| cross(*a, *b))) {
        return Some(0.0);
    }
    Some(from_places(places, &other)?.min(from_places(line, own)?))
}

/// The least distance of some places from some edges.
fn from_places(places: &[Place], edges: &[Edge]) -> Option<f64> {
    let mut best: Option<f64> = None;
    for place in places {
        for edge in edges {
            let (near, far) = (between(*place, edge.0), between(*place, edge.1));
            let least = near.max(far) - between(edge.0, edge.1);
            if best.is_none_or(|best| least < best) {
                let found = to_edge(*place, *edge).min(near).min(far);
                best = Some(best.map_or(found, |best| best.min(found)));
            }
        }
    }
    best
}

/// The least distance of a place from an edge, by golden section: along an edge shorter than a quarter of the earth's girth the
/// distance falls and then rises.
fn to_edge(place: Place, (a, b): Edge) -> f64 {
    let earth = Geodesic::wgs84();
    let (length, azimuth, _, _): (f64, f64, f64, f64) =
        earth.inverse(a.lat_degrees(), a.lon_degrees(), b.lat_degrees(), b.lon_degrees());
    let at = |metres: f64| {
        let (lat, lon): (f64, f64) = earth.direct(a.lat_degrees(), a.lon_degrees(), azimuth, metres);
        let found: f64 = earth.inverse(place.lat_degrees(), place.lon_degrees(), lat, lon);
        found
    };
    let (mut low, mut high) = (0.0, length);
    for _ in 0..STEPS {
        let (left, right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
        if at(left) < at(right) { high = right } else { low = left }
    }
    at(f64::midpoint(low, high))
}

/// A place in the ellipsoidal gnomonic projection around another; nothing beyond its horizon.
fn projected(centre: Place, place: Place) -> Option<(f64, f64)> {
    let (_, azimuth, _, m12, m12_scale, _, _): (f64, f64, f64, f64, f64, f64, f64) = Geodesic::wgs84()
        .inverse(centre.lat_degrees(), centre.lon_degrees(), place.lat_degrees(), place.lon_degrees());
    let (reduced, scale) = (m12, m12_scale);
    if scale <= 0.0 {
        return None;
    }
    let (rho, turn) = (reduced / scale, azimuth.to_radians());
    Some((rho * turn.sin(), rho * turn.cos()))
}

/// Whether two edges cross or touch; edges beyond each other's horizon do not.
fn cross(a: Edge, b: Edge) -> bool {
    let centre = a.0;
    let points = [a.0, a.1, b.0, b.1].map(|place| projected(centre, place));
    let [Some(p), Some(q), Some(r), Some(s)] = points else { return false };
    let side = |o: (f64, f64), u: (f64, f64), v: (f64, f64)| {
        let turn = (u.0 - o.0) * (v.1 - o.1) - (u.1 - o.1) * (v.0 - o.0);
        // Below a square decimetre it lies on the edge.
        if turn.abs() < 0.01 { 0.0 } else { turn.signum() }
    };
    let within = |o: (f64, f64), u: (f64, f64), v: (f64, f64)| {
        let between = |x: f64, a: f64, b: f64| x >= a.min(b) - 0.1 && x <= a.max(b) + 0.1;
        side(o, u, v) == 0.0 && between(v.0, o.0, u.0) && between(v.1, o.1, u.1)
    };
    let apart = side(p, q, r) * side(p, q, s) < 0.0 && side(r, s, p) * side(r, s, q) < 0.0;
    apart || within(p, q, r) || within(p, q, s) || within(r, s, p) || within(r, s, q)
}

/// Whether a polygon holds a place: a ray from it crosses its edges an odd number of times.
fn holds(polygon: &[Place], place: Place) -> bool {
    let points: Vec<_> = polygon.iter().map(|corner| projected(place, *corner)).collect();
    let mut inside = false;
    for (at, end) in points.iter().enumerate() {
        let before = points.get((at + points.len() - 1) % points.len()).copied().flatten();
        let (Some((x1, y1)), Some((x2, y2))) = (before, *end) else { return false };
        if (y1 > 0.0) != (y2 > 0.0) && x1 + (x2 - x1) * (-y1) / (y2 - y1) > 0.0 {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(lat: f64, lon: f64) -> Place {
        Place::new((lat * 1e5) as i32, (lon * 1e5) as i32).unwrap()
    }

    /// Haversine on a sphere of the earth's mean radius: good to about half a percent.
    fn on_a_sphere(a: Place, b: Place) -> f64 {
        let (a, b) = ([a.lat_degrees(), a.lon_degrees()], [b.lat_degrees(), b.lon_degrees()]);
        let half = |x: f64, y: f64| ((y - x).to_radians() / 2.0).sin().powi(2);
        let h = half(a[0], b[0]) + a[0].to_radians().cos() * b[0].to_radians().cos() * half(a[1], b[1]);
        2.0 * 6_371_008.8 * h.sqrt().min(1.0).asin()
    }

    fn any_place() -> impl Strategy<Value = Place> {
        (-9_000_000..=9_000_000, -18_000_000..=18_000_000)
            .prop_map(|(lat, lon)| Place::new(lat, lon).unwrap())
    }

    proptest! {
        // VALUE-4
        #[test]
        fn distances_agree_with_a_second_formula(a in any_place(), b in any_place()) {
            let (found, other) = (between(a, b), on_a_sphere(a, b));
            prop_assert!((found - other).abs() <= 0.006 * other + 1.0, "{found} {other}");
            prop_assert!((found - between(b, a)).abs() < 0.001);
        }

        // VALUE-4
        #[test]
        fn no_point_of_an_edge_is_nearer_than_its_distance(
            lat in -80.0..80.0f64, lon in -170.0..170.0f64, x in -2.0..2.0f64, y in -2.0..2.0f64, u in -2.0..2.0f64,
            v in -2.0..2.0f64,
        ) {
            let (centre, edge) = (place(lat, lon), (place(lat + x, lon + y), place(lat + u, lon + v)));
            let found = to_line(Shape::Point(centre), &[edge.0, edge.1]).unwrap();
            let (length, azimuth, _, _): (f64, f64, f64, f64) = Geodesic::wgs84().inverse(
                edge.0.lat_degrees(), edge.0.lon_degrees(), edge.1.lat_degrees(), edge.1.lon_degrees());
            let mut least = f64::MAX;
            for n in 0..=200 {
                let (lat, lon): (f64, f64) = Geodesic::wgs84().direct(
                    edge.0.lat_degrees(), edge.0.lon_degrees(), azimuth, length * f64::from(n) / 200.0);
                let there: f64 = Geodesic::wgs84().inverse(centre.lat_degrees(), centre.lon_degrees(), lat, lon);
                least = least.min(there);
            }
            prop_assert!(found <= least + 10.0 && least <= found + length / 200.0 + 10.0, "{found} {least}");
        }
    }

    // VALUE-4
    #[test]
    fn what_crosses_the_line_or_holds_it_is_at_no_distance() {
        let line = [place(36.0, 10.0), place(36.0, 14.0)];
        let far = Shape::Track(&[place(37.0, 11.0), place(37.0, 12.0)]);
        assert!((to_line(far, &line).unwrap() - 111_000.0).abs() < 2_000.0);
        assert_eq!(to_line(Shape::Track(&[place(37.0, 11.0), place(35.0, 12.0)]), &line), Some(0.0));
        let around = [place(30.0, 5.0), place(40.0, 5.0), place(40.0, 20.0), place(30.0, 20.0)];
        assert_eq!(to_line(Shape::Polygon(&around), &line), Some(0.0));
        assert_eq!(to_line(Shape::Circle(place(37.0, 11.0), 200_000), &line), Some(0.0));
        let circle = to_line(Shape::Circle(place(37.0, 11.0), 10_000), &line).unwrap();
        assert!((circle - 101_000.0).abs() < 2_000.0);
        assert_eq!(to_line(Shape::Point(place(0.0, 0.0)), &[]), None);
    }

    // VALUE-4
    #[test]
    fn poles_and_the_antimeridian_are_places_like_others() {
        let line = [place(10.0, 179.0), place(10.0, -179.0)];
        assert!(to_line(Shape::Point(place(10.5, 180.0)), &line).unwrap() < 60_000.0);
        assert_eq!(to_line(Shape::Track(&[place(9.0, 180.0), place(11.0, 180.0)]), &line), Some(0.0));
        assert!(between(place(90.0, 0.0), place(90.0, 120.0)) < 0.001);
        assert!(to_line(Shape::Point(place(-90.0, 0.0)), &line).unwrap() > 1e7);
    }

    // VALUE-5
    #[test]
    fn a_polygon_that_crosses_itself_is_found() {
        let square = [place(0.0, 0.0), place(0.0, 1.0), place(1.0, 1.0), place(1.0, 0.0)];
        assert!(!crosses_itself(&square));
        let bow = [place(0.0, 0.0), place(1.0, 1.0), place(0.0, 1.0), place(1.0, 0.0)];
        assert!(crosses_itself(&bow));
    }
}
