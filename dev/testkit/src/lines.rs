//! The lines between stations and relay, and what stations ask of their shells.

use crate::world::{Durable, World};
use backchannel_relay::engine::{Input, Output};
use backchannel_relay::machine::ConnId;
use backchannel_station::api::{ErrorKind, Failure, Response};
use backchannel_station::machine::{Effect, Machine, spaces};
use backchannel_station::store::{Batch, Key};
use backchannel_wire::lobby::{LobbyReply, LobbyRequest};

/// The passphrase of every vault.
pub const PASSPHRASE: &str = "a calm sea";

impl World {
    /// Ends a station's connection on both ends.
    pub(crate) fn hang_up(&mut self, at: usize) {
        let now = self.now;
        let sent = |queue: &[(usize, ConnId, Vec<u8>)]| queue.iter().filter(|(from, ..)| *from == at).count();
        let lost = sent(self.up.make_contiguous());
        self.nodes[at].losses += u32::try_from(lost).unwrap_or(u32::MAX);
        self.up.retain(|(from, ..)| *from != at);
        self.late.retain(|(from, ..)| *from != at);
        self.nodes[at].down.clear();
        if let Some(conn) = self.nodes[at].conn.take() {
            if let Some(relay) = &mut self.relay {
                let at_relay = relay.clock(now);
                let out = relay.handle(Input::Closed(conn), at_relay).expect("memory does not fail");
                self.deliver(out);
            }
            self.disconnected(at);
        }
    }

    fn disconnected(&mut self, at: usize) {
        let now = self.now;
        self.nodes[at].conn = None;
        self.nodes[at].down.clear();
        if let Some(machine) = &mut self.nodes[at].machine {
            machine.disconnected(now);
        }
        self.drain(at);
    }

    pub(crate) fn connect(&mut self, at: usize) {
        let (now, node) = (self.now, &mut self.nodes[at]);
        if node.conn.is_some() || !node.line || self.relay.is_none() {
            return;
        }
        let Some(hello) = node.machine.as_mut().and_then(Machine::hello) else { return };
        self.next_conn += 1;
        let conn = ConnId(self.next_conn);
        node.conn = Some(conn);
        if let Some(relay) = &mut self.relay {
            let at_relay = relay.clock(now);
            let out =
                relay.handle(Input::Hello(conn, hello.to_vec()), at_relay).expect("memory does not fail");
            let (mine, rest): (Vec<_>, Vec<_>) =
                out.into_iter().partition(|out| matches!(out, Output::Send(to, _) if *to == conn));
            let ack = mine.into_iter().next();
            let usable = match (&mut self.nodes[at].machine, ack) {
                (Some(machine), Some(Output::Send(_, ack))) => machine.accepted(&ack, now),
                _ => false,
            };
            if !usable {
                self.nodes[at].conn = None;
            }
            self.deliver(rest);
        }
        self.drain(at);
    }

    pub(crate) fn post(&mut self, at: usize) {
        let (now, beat, node) = (self.now, self.beat, &mut self.nodes[at]);
        if node.conn.is_some() {
            if let Some(machine) = &mut node.machine {
                machine.build(beat, now);
            }
            self.drain(at);
        }
    }

    /// Frames of the last beat that were held up arrive before this beat's.
    pub(crate) fn arrive_late(&mut self) {
        while let Some((at, conn, frame)) = self.late.pop_front() {
            self.send_up(at, conn, frame);
        }
    }

    pub(crate) fn carry_up(&mut self) {
        let mut frames = std::mem::take(&mut self.up);
        self.weather.shuffle(frames.make_contiguous());
        while let Some((at, conn, frame)) = frames.pop_front() {
            let fate = self.frame_fate(at);
            if fate.repeated {
                self.send_up(at, conn, frame.clone());
            }
            if fate.late {
                self.late.push_back((at, conn, frame));
            } else if !fate.lost {
                self.send_up(at, conn, frame);
            }
            if fate.then_cut {
                self.hang_up(at);
            }
        }
    }

    fn send_up(&mut self, at: usize, conn: ConnId, frame: Vec<u8>) {
        let (now, Some(relay)) = (self.now, &mut self.relay) else { return };
        if self.nodes[at].conn != Some(conn) {
            return;
        }
        let at_relay = relay.clock(now);
        let out = relay.handle(Input::Up(conn, frame), at_relay).expect("memory does not fail");
        self.deliver(out);
    }

    pub(crate) fn deliver(&mut self, out: Vec<Output>) {
        for output in out {
            match output {
                Output::Send(to, bytes) => {
                    let Some(at) = self.nodes.iter().position(|node| node.conn == Some(to)) else { continue };
                    if let Some(tap) = &mut self.tap {
                        tap.push((at, bytes.clone()));
                    }
                    if self.down_is_late(at) {
                        self.nodes[at].down.push_back(bytes);
                    } else {
                        self.frame(at, &bytes);
                    }
                }
                Output::Close(to, _) => {
                    if let Some(at) = self.nodes.iter().position(|node| node.conn == Some(to)) {
                        self.disconnected(at);
                    }
                }
                Output::CloseAll => (0..self.nodes.len()).for_each(|at| self.disconnected(at)),
                Output::WrongToken(_) => {}
            }
        }
    }

    /// What was held up comes down a beat later, before the beat's own frame.
    pub(crate) fn deliver_late(&mut self, at: usize) {
        while let Some(bytes) = self.nodes[at].down.pop_front() {
            self.frame(at, &bytes);
        }
    }

    fn frame(&mut self, at: usize, bytes: &[u8]) {
        let now = self.now;
        if let Some(machine) = &mut self.nodes[at].machine {
            machine.frame(bytes, now);
        }
        self.drain(at);
    }

    /// Carries out a station's effects, in order; a process that is to die does so between two of them.
    pub(crate) fn drain(&mut self, at: usize) {
        while let Some(effect) = self.nodes[at].machine.as_mut().and_then(Machine::effect) {
            match &mut self.nodes[at].crash_in {
                Some(0) => {
                    if matches!(effect, Effect::Frame(_)) {
                        self.nodes[at].losses += 1;
                    }
                    // It may die later than it was to come back.
                    let next = self.beat.plus(1);
                    self.nodes[at].back_at.get_or_insert(next);
                    return self.kill(at);
                }
                Some(left) => *left -= 1,
                None => {}
            }
            self.carry_out(at, effect);
        }
    }

    fn carry_out(&mut self, at: usize, effect: Effect) {
        match effect {
            Effect::Persist(batch) => apply(&mut self.nodes[at].durable, &batch),
            Effect::Frame(frame) => {
                if let Some(conn) = self.nodes[at].conn {
                    self.up.push_back((at, conn, frame));
                }
            }
            Effect::Reconnect => self.hang_up(at),
            Effect::Lobby(ticket, request) => self.lobby(at, ticket, &request),
            Effect::Reply(ticket, response) => self.replied(at, ticket, response),
            Effect::Lock(ticket) => {
                let now = self.now;
                if let Some(machine) = &mut self.nodes[at].machine {
                    machine.locked(now);
                }
                self.done(at, ticket);
            }
            Effect::Unlock(ticket, _) => {
                let (now, said) = (self.now, said(&self.nodes[at].durable));
                if let Some(machine) = &mut self.nodes[at].machine {
                    machine.unlocked(said, now);
                }
                self.done(at, ticket);
            }
            Effect::Verify(ticket, passphrase) => {
                let wrong =
                    || Failure::new(ErrorKind::WrongPassphrase, "The passphrase is wrong.", "Try again.");
                let result = if passphrase.as_str() == PASSPHRASE { Ok(()) } else { Err(wrong()) };
                let now = self.now;
                if let Some(machine) = &mut self.nodes[at].machine {
                    machine.verified(ticket, result, now);
                }
            }
            Effect::Burn(ticket, room, day) => {
                let burned = |key: &Key| {
                    key.room == Some(room) && key.day.is_some() && (day.is_none() || key.day == day)
                };
                let records = said(&self.nodes[at].durable);
                let machine = self.nodes[at].machine.as_ref();
                let left = machine.map(|machine| machine.outlives_burn(room, day, &records));
                self.nodes[at].durable.retain(|key, _| !burned(key));
                left.iter().for_each(|left| apply(&mut self.nodes[at].durable, left));
                let (now, said) = (self.now, said(&self.nodes[at].durable));
                if let Some(machine) = &mut self.nodes[at].machine {
                    machine.burned(room, day, said, now);
                }
                self.done(at, ticket);
            }
            Effect::Stop(ticket) => self.done(at, ticket),
        }
    }

    fn done(&mut self, at: usize, ticket: u64) {
        self.replied(at, ticket, Response::Ok(serde_json::json!({ "v": 1, "done": true })));
    }

    fn lobby(&mut self, at: usize, ticket: u64, request: &LobbyRequest) {
        let fate = self.lobby_fate();
        let reply = if !self.nodes[at].line || fate.unsent { None } else { self.lobby_reply(request) };
        let reply = reply.filter(|_| !fate.unanswered);
        let now = self.now;
        if let Some(machine) = &mut self.nodes[at].machine {
            machine.lobby(ticket, reply.as_deref(), now);
        }
    }

    /// Hands the relay a lobby request, whoever made it.
    pub fn lobby_reply(&mut self, request: &LobbyRequest) -> Option<Vec<u8>> {
        if let (Some(knocks), LobbyRequest::PutKnock { .. }) = (&mut self.knocks, request) {
            knocks.push(request.clone());
        }
        if self.keeps_old_tokens && matches!(request, LobbyRequest::ReplaceToken { .. }) {
            return LobbyReply::Done.encode().ok().map(|bytes| bytes.to_vec());
        }
        self.next_conn += 1;
        let (conn, now) = (ConnId(self.next_conn), self.now);
        let (relay, bytes) = (self.relay.as_mut()?, request.encode().ok()?);
        let at_relay = relay.clock(now);
        let out = relay.handle(Input::Lobby(conn, bytes.to_vec()), at_relay).expect("memory does not fail");
        let (mine, rest): (Vec<_>, Vec<_>) = out
            .into_iter()
            .partition(|out| matches!(out, Output::Send(to, _) | Output::Close(to, _) if *to == conn));
        self.deliver(rest);
        mine.into_iter().find_map(|out| match out {
            Output::Send(_, bytes) => Some(bytes),
            _ => None,
        })
    }
}

/// Makes a batch durable.
pub(crate) fn apply(durable: &mut Durable, batch: &Batch) {
    for (key, value) in batch.iter() {
        match value {
            Some(value) => drop(durable.insert(key.clone(), value.clone())),
            None => drop(durable.remove(key)),
        }
    }
}

fn said(durable: &Durable) -> Vec<(Vec<u8>, Vec<u8>)> {
    let records = durable.iter().filter(|(key, _)| key.space == spaces::RECORD);
    records.map(|(key, value)| (key.id.clone(), value.to_vec())).collect()
}
