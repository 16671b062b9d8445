//! An up frame: what anybody with a seat may send to the relay.
#![no_main]

use backchannel_fuzz::sized;
use backchannel_wire::frame::{FrameShape, UpFrame};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let shape = FrameShape::new(2, 4).expect("a small shape");
    let bytes = sized(data, shape.up_bytes());
    assert!(UpFrame::decode(data, &shape).is_err() || data.len() == shape.up_bytes());
    if let Ok(frame) = UpFrame::decode(&bytes, &shape) {
        assert_eq!(frame.encode(&shape), Ok(bytes));
    }
});
