//! A channel in small: stations of all signers, their rooms beat by beat, and a depositary; whatever is posted is sealed
//! in the next beat and comes to everybody in the room, its author included.

use super::Cast;
use super::cast::{LIMIT, PLACE};
use crate::common::{NOW, person, rng};
use backchannel_assurance::ceremony::depositary::{Depositary, DepositaryInput, Effect};
use backchannel_assurance::ceremony::party::{Input, Means, Output, Party, Phase, Setup, Told};
use backchannel_assurance::ceremony::{Author, Form, Message, Place};
use backchannel_assurance::*;
use backchannel_wire::{Beat, MemberId, PartyNo, Role, UtcMs};
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

pub const BEAT_MS: u64 = 3_000;

#[derive(Clone, Debug)]
pub struct Post {
    pub author: Author,
    /// Whose room: the party of a delegation room or caucus.
    pub of: PartyNo,
    pub place: Place,
    pub message: Message,
}

/// What a test does to the posts of a beat before they are sealed.
pub type Tamper = Box<dyn FnMut(Beat, &mut Vec<Post>)>;

/// Whether a station crashes at one of its writes: its number, and whether the write was done.
#[derive(Clone, Copy, Debug)]
pub struct Crash {
    pub at: usize,
    pub written: bool,
}

pub struct World {
    pub cast: Cast,
    pub stations: BTreeMap<Author, Party>,
    pub stored: BTreeMap<Author, Zeroizing<Vec<u8>>>,
    pub depositary: Option<Depositary>,
    pub depositary_works: bool,
    /// Whether stations are told that what they stored is durable.
    pub disks_work: bool,
    pub told: BTreeMap<Author, Vec<Told>>,
    pub beat: Beat,
    pub tamper: Tamper,
    pub crash: Option<Crash>,
    pub writes: usize,
    pub bytes: BTreeMap<Place, Vec<usize>>,
    /// Who posted a partial, once for each.
    pub partials: Vec<Author>,
    posts: Vec<Post>,
    rng: ChaCha20Rng,
}

fn identity(author: Author) -> IdentityKey {
    IdentityKey::generate(&mut rng(500 + u64::from(author.member.0[0])))
}

pub fn means(cast: &Cast, me: Author) -> Means {
    let head = Author { party: me.party, member: cast.heads[&me.party] };
    let place = cast.instrument.place_of(me.member, me.party);
    Means {
        signing: place.map(|place| cast.signing[usize::from(place)].clone()),
        identity: identity(me),
        head: identity(head).public(),
        verifiers: cast.verifiers.iter().map(|(of, (_, one))| (*of, one.check(PLACE).unwrap())).collect(),
    }
}

pub fn setup(cast: &Cast, me: Author) -> Setup {
    Setup {
        me,
        instrument: cast.instrument.clone(),
        number: 1,
        limit: LIMIT,
        heads: cast.heads.clone(),
        try_beats: 100,
    }
}

impl World {
    pub fn new(cast: Cast) -> Self {
        let authors: Vec<Author> = cast
            .instrument
            .signers()
            .map(|(party, signer)| Author { party, member: signer.member })
            .collect();
        let mut world = Self {
            cast,
            stations: BTreeMap::new(),
            stored: BTreeMap::new(),
            depositary: None,
            depositary_works: true,
            disks_work: true,
            told: BTreeMap::new(),
            beat: Beat(0),
            tamper: Box::new(|_, _| ()),
            crash: None,
            writes: 0,
            bytes: BTreeMap::new(),
            partials: Vec::new(),
            posts: Vec::new(),
            rng: rng(77),
        };
        for author in authors {
            let (setup, means) = (setup(&world.cast, author), means(&world.cast, author));
            let (party, out) = Party::begin(&mut world.rng, setup, means, Beat(0)).unwrap();
            world.stations.insert(author, party);
            let _ = world.carry_out(author, out);
        }
        world
    }

    pub fn head(&self, party: u8) -> Author {
        let party = PartyNo(party);
        Author { party, member: self.cast.heads[&party] }
    }

    pub fn now(&self) -> UtcMs {
        UtcMs(NOW.0 + self.beat.0 * BEAT_MS)
    }

    pub fn input(&mut self, author: Author, input: Input) {
        let Some(station) = self.stations.get_mut(&author) else { return };
        let out = station.step(&mut self.rng, input.clone());
        if !self.carry_out(author, out) {
            // What was not stored was not taken: the station asks for it again.
            self.input(author, input);
        }
    }

    /// Stores first, as the machine asks, or crashes doing so; whether what was to be stored is.
    fn carry_out(&mut self, author: Author, out: Vec<Output>) -> bool {
        let mut durable = None;
        for output in out {
            match output {
                Output::Persist { generation, state } => {
                    self.writes += 1;
                    let crash = self.crash.filter(|crash| crash.at == self.writes);
                    if crash.is_none_or(|crash| crash.written) {
                        self.stored.insert(author, state);
                    }
                    if crash.is_some() {
                        self.restart(author);
                        return crash.is_some_and(|crash| crash.written);
                    }
                    durable = Some(generation);
                }
                Output::Post(place, message) => {
                    let size = message.to_bytes().len();
                    self.bytes.entry(place).or_default().push(size);
                    if matches!(message, Message::Partial(..)) {
                        self.partials.push(author);
                    }
                    self.posts.push(Post { author, of: author.party, place, message });
                }
                Output::Told(told) => self.told.entry(author).or_default().push(told),
            }
        }
        if let Some(generation) = durable.filter(|_| self.disks_work) {
            self.input(author, Input::Durable(generation));
        }
        true
    }

    /// A station comes up again from what it had stored, or begins anew if that is nothing.
    pub fn restart(&mut self, author: Author) {
        let means = means(&self.cast, author);
        match self.stored.get(&author) {
            Some(stored) => {
                let (party, out) = Party::restore(stored, means).unwrap();
                self.stations.insert(author, party);
                let _ = self.carry_out(author, out);
            }
            None => drop(self.stations.remove(&author)),
        }
    }

    pub fn step(&mut self) {
        self.beat = self.beat.plus(1);
        let mut posts = std::mem::take(&mut self.posts);
        (self.tamper)(self.beat, &mut posts);
        for post in posts {
            self.seal(post);
        }
        self.depositary_step(DepositaryInput::Tick);
        let (beat, authors) = (self.beat, self.stations.keys().copied().collect::<Vec<_>>());
        for author in authors {
            self.input(author, Input::SeenThrough(beat));
        }
    }

    fn seal(&mut self, post: Post) {
        let message = Message::from_bytes(&post.message.to_bytes()).unwrap();
        let Post { author, of, place, .. } = post;
        let inside = |station: &&Author| place == Place::Registry || station.party == of;
        let stations: Vec<Author> = self.stations.keys().filter(inside).copied().collect();
        let beat = self.beat;
        for station in stations {
            self.input(station, Input::Sealed { author, place, beat, message: Box::new(message.clone()) });
        }
        match message {
            Message::Deposit(opening, deposit) => {
                let key = (opening.form == Form::Joint).then(|| self.cast.depositary.clone());
                if self.depositary.is_none() && self.depositary_works {
                    self.depositary =
                        Depositary::open(opening.clone(), &self.cast.heads, key, self.now()).ok();
                }
                self.depositary_step(DepositaryInput::Deposit(author, opening, deposit));
            }
            Message::Withdraw(_) => self.depositary_step(DepositaryInput::Withdraw(author)),
            _ => (),
        }
    }

    fn depositary_step(&mut self, input: DepositaryInput) {
        let now = self.now();
        let Some(depositary) = self.depositary.as_mut().filter(|_| self.depositary_works) else { return };
        let author = Author { party: PartyNo::INTERMEDIARY, member: MemberId([0xff; 16]) };
        for effect in depositary.step(&mut self.rng, now, input) {
            if let Effect::Tell(of, message) = effect {
                self.posts.push(Post { author, of, place: Place::Caucus, message });
            }
        }
    }

    pub fn run(&mut self, until: u64) {
        while self.beat.0 < until {
            self.step();
        }
    }

    pub fn phases(&self) -> Vec<Phase> {
        self.stations.values().map(Party::phase).collect()
    }

    pub fn head_phase(&self, party: u8) -> Phase {
        self.stations[&self.head(party)].phase()
    }

    pub fn heard(&self, author: Author, told: &Told) -> bool {
        self.told.get(&author).is_some_and(|all| all.contains(told))
    }
}

/// A member of a party who takes no part in signing.
pub fn stranger() -> MemberId {
    person(9, Role::Envoy, "envoy").member.pseudonym
}
