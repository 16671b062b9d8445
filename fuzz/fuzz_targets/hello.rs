//! The first message of each end of a connection.
#![no_main]

use backchannel_fuzz::sized;
use backchannel_wire::frame::{FrameShape, Hello, HelloAck};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let shape = FrameShape::new(2, 4).expect("a small shape");
    let hello = sized(data, shape.hello_bytes());
    if let Ok((read, rooms)) = Hello::decode(&hello) {
        assert_eq!(rooms, 2);
        assert_eq!(read.encode(&shape).expect("it was read").to_vec(), hello);
    }
    let ack = sized(data, shape.hello_ack_bytes());
    if let Ok(read) = HelloAck::decode(&ack) {
        assert_eq!(read.encode(2), Ok(ack));
    }
    let _ = Hello::decode(data);
    let _ = HelloAck::decode(data);
});
