CREATE TABLE IF NOT EXISTS channels (
    id INTEGER PRIMARY KEY,
    channel BLOB NOT NULL UNIQUE,
    t0 INTEGER NOT NULL,
    beat_ms INTEGER NOT NULL,
    frame_rooms INTEGER NOT NULL,
    down_cells INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS rooms (
    id INTEGER PRIMARY KEY,
    room BLOB NOT NULL UNIQUE,
    channel BLOB NOT NULL REFERENCES channels (channel),
    capacity INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    next INTEGER NOT NULL,
    head BLOB NOT NULL,
    segment_first INTEGER NOT NULL,
    cursors BLOB NOT NULL,
    base_segment INTEGER NOT NULL,
    base_next INTEGER NOT NULL,
    base_head BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS seats (
    id INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms (id),
    seat INTEGER NOT NULL,
    token BLOB NOT NULL,
    revoker BLOB NOT NULL,
    head_mac BLOB NOT NULL,
    UNIQUE (room, seat)
);
CREATE TABLE IF NOT EXISTS links (
    id INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms (id),
    segment INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    sealed_at INTEGER NOT NULL,
    head BLOB NOT NULL,
    cells BLOB
);
-- Beats never fall along a chain, whatever its segments, so that (last, id) is the chain's order.
CREATE INDEX IF NOT EXISTS links_in_order ON links (room, last);
CREATE TABLE IF NOT EXISTS lobby (
    id INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms (id),
    seat INTEGER NOT NULL,
    mailbox INTEGER NOT NULL,
    from_seat INTEGER NOT NULL,
    at INTEGER NOT NULL,
    blob BLOB NOT NULL,
    UNIQUE (room, seat, mailbox)
);
