//! A down frame: what a hostile relay may send to a station.
#![no_main]

use backchannel_fuzz::sized;
use backchannel_wire::frame::{DownFrame, FrameShape};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let shape = FrameShape::new(2, 4).expect("a small shape");
    let bytes = sized(data, shape.down_bytes());
    assert!(DownFrame::decode(data, &shape).is_err() || data.len() == shape.down_bytes());
    if let Ok(frame) = DownFrame::decode(&bytes, &shape) {
        assert_eq!(frame.encode(&shape), Ok(bytes));
    }
});
