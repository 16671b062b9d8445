//! Prints the CPU time, bytes, cells and beats of both ceremonies: 2 parties of 2 signers, 8 parties of 4.

use backchannel_assurance::ceremony::depositary::{Depositary, DepositaryInput, Effect};
use backchannel_assurance::ceremony::party::{Input, Means, Output, Party, Phase, Setup};
use backchannel_assurance::ceremony::{Author, Form, Instrument, Message, Place, Side, Signer, TextDigest};
use backchannel_assurance::*;
use backchannel_wire::{Beat, ChannelId, MemberId, PartyNo, UtcMs};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const OK: &str = "an honest ceremony refuses nothing";
const EXPIRY: UtcMs = UtcMs(1_800_000_000_000);
/// Bytes of an item that one cell of 2,048 bytes carries, after what rooms and transport add.
const CELL_ITEM_BYTES: usize = 1_400;

fn main() {
    for form in [Form::Gentle, Form::Joint] {
        for (parties, signers) in [(2, 2), (8, 4)] {
            let mut run = Run::new(form, parties, signers);
            while !run.is_over() {
                run.step();
            }
            run.print(form, parties, signers);
        }
    }
}

/// Who posts what where: a delegation room and a caucus belong to one party.
type Post = (Author, PartyNo, Place, Message);

struct Run {
    rng: ChaCha20Rng,
    stations: BTreeMap<Author, Party>,
    spent: BTreeMap<Author, Duration>,
    depositary: Option<Depositary>,
    depositary_spent: Duration,
    heads: BTreeMap<PartyNo, MemberId>,
    key: DepositaryKey,
    posts: Vec<Post>,
    steps: u64,
    beats: u64,
    bytes: BTreeMap<Place, usize>,
    largest: BTreeMap<Place, usize>,
}

#[expect(clippy::disallowed_methods, reason = "measuring needs a clock; nothing in the crate depends on it")]
fn timed<T>(spent: &mut Duration, act: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = act();
    *spent += start.elapsed();
    made
}

impl Run {
    fn new(form: Form, parties: u8, signers: u8) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let key = DepositaryKey::generate(&mut rng);
        let (mut keys, mut verifiers, mut sides, mut heads) =
            (BTreeMap::new(), BTreeMap::new(), Vec::new(), BTreeMap::new());
        for party in (1..=parties).map(PartyNo) {
            let verifier = VerifierKey::generate(&mut rng);
            let proven = verifier.announce(&mut rng, b"room").check(b"room").expect(OK);
            let member = |n: u8| MemberId([party.0 * 16 + n; 16]);
            let mut list = Vec::new();
            for n in 0..signers {
                let signing = SigningKey::generate(&mut rng);
                list.push(Signer { member: member(n), y: signing.public() });
                keys.insert(Author { party, member: member(n) }, signing);
            }
            let side = Side {
                party,
                roster: RosterHead([party.0; 32]),
                quorum: signers,
                verifier: verifier.public(),
                signers: list,
            };
            sides.push(side);
            verifiers.insert(party, proven);
            heads.insert(party, member(0));
        }
        let instrument = Instrument {
            form,
            channel: ChannelId([1; 16]),
            text: TextDigest([2; 32]),
            expiry: EXPIRY,
            expiry_beat: Beat(10_000),
            grace_beats: 100,
            intermediary: RosterHead([0; 32]),
            depositary: (form == Form::Joint).then(|| key.public()),
            sides,
        };
        let mut run = Self {
            rng,
            stations: BTreeMap::new(),
            spent: BTreeMap::new(),
            depositary: None,
            depositary_spent: Duration::ZERO,
            heads,
            key,
            posts: Vec::new(),
            steps: 0,
            beats: 0,
            bytes: BTreeMap::new(),
            largest: BTreeMap::new(),
        };
        for (me, signing) in keys {
            run.begin(me, signing, &instrument, &verifiers);
        }
        run
    }

    fn begin(
        &mut self,
        me: Author,
        signing: SigningKey,
        instrument: &Instrument,
        verifiers: &BTreeMap<PartyNo, ProvenVerifier>,
    ) {
        let identity =
            |of: MemberId| IdentityKey::generate(&mut ChaCha20Rng::seed_from_u64(u64::from(of.0[0])));
        let means = Means {
            signing: Some(signing),
            identity: identity(me.member),
            head: identity(self.heads[&me.party]).public(),
            verifiers: verifiers.clone(),
        };
        let setup = Setup {
            me,
            instrument: instrument.clone(),
            number: 1,
            limit: EXPIRY,
            heads: self.heads.clone(),
            try_beats: 1_000,
        };
        let (party, out) = Party::begin(&mut self.rng, setup, means, Beat(0)).expect(OK);
        self.stations.insert(me, party);
        self.carry_out(me, out);
    }

    fn input(&mut self, me: Author, input: Input) {
        let Some(station) = self.stations.get_mut(&me) else { return };
        let spent = self.spent.entry(me).or_default();
        let out = timed(spent, || station.step(&mut self.rng, input));
        self.carry_out(me, out);
    }

    fn carry_out(&mut self, me: Author, out: Vec<Output>) {
        let mut stored = None;
        for output in out {
            match output {
                Output::Persist { generation, .. } => stored = Some(generation),
                Output::Post(place, message) => self.posts.push((me, me.party, place, message)),
                Output::Told(_) => (),
            }
        }
        if let Some(generation) = stored {
            self.input(me, Input::Durable(generation));
        }
    }

    /// Seals everything that waits. A step takes as many beats as its longest item, since a seat posts one cell a beat.
    fn step(&mut self) {
        self.steps += 1;
        let posts = std::mem::take(&mut self.posts);
        let mut cells: BTreeMap<(Author, PartyNo, Place), usize> = BTreeMap::new();
        for (author, of, place, message) in &posts {
            let size = message.to_bytes().len();
            *self.bytes.entry(*place).or_default() += size;
            let largest = self.largest.entry(*place).or_default();
            *largest = size.max(*largest);
            *cells.entry((*author, *of, *place)).or_default() += size.div_ceil(CELL_ITEM_BYTES);
        }
        self.beats += cells.values().copied().max().unwrap_or(1) as u64;
        for (author, of, place, message) in posts {
            self.seal(author, of, place, message);
        }
    }

    fn seal(&mut self, author: Author, of: PartyNo, place: Place, message: Message) {
        let inside = |station: &&Author| place == Place::Registry || station.party == of;
        let beat = Beat(self.steps);
        for station in self.stations.keys().filter(inside).copied().collect::<Vec<_>>() {
            self.input(station, Input::Sealed { author, place, beat, message: Box::new(message.clone()) });
        }
        let Message::Deposit(opening, deposit) = message else { return };
        if self.depositary.is_none() {
            let key = (opening.form == Form::Joint).then(|| self.key.clone());
            self.depositary = Depositary::open(opening.clone(), &self.heads, key, UtcMs(1)).ok();
        }
        let Some(depositary) = &mut self.depositary else { return };
        let input = DepositaryInput::Deposit(author, opening, deposit);
        let effects = timed(&mut self.depositary_spent, || depositary.step(&mut self.rng, UtcMs(1), input));
        let author = Author { party: PartyNo::INTERMEDIARY, member: MemberId([0; 16]) };
        for effect in effects {
            if let Effect::Tell(of, message) = effect {
                self.posts.push((author, of, Place::Caucus, message));
            }
        }
    }

    fn is_over(&self) -> bool {
        self.stations.values().all(|station| matches!(station.phase(), Phase::Over(_)))
    }

    fn print(&self, form: Form, parties: u8, signers: u8) {
        let ms = |spent: &Duration| spent.as_secs_f64() * 1000.0;
        let is_head = |me: &&Author| self.heads[&me.party] == me.member;
        let most = |heads: bool| {
            let some = self.spent.iter().filter(|(me, _)| is_head(me) == heads);
            some.map(|(_, spent)| ms(spent)).fold(0.0, f64::max)
        };
        println!(
            "{form:?}, {parties} parties of {signers} signers: {:?}",
            self.stations.values().next().map(Party::phase)
        );
        println!(
            "  CPU: a head {:.1} ms, another signer {:.1} ms, the depositary {:.1} ms",
            most(true),
            most(false),
            ms(&self.depositary_spent)
        );
        for (place, bytes) in &self.bytes {
            println!("  {place:?}: {bytes} bytes in all, largest message {} bytes", self.largest[place]);
        }
        println!("  {} exchanges, {} beats at one cell a beat and seat", self.steps, self.beats);
        if let Some(artefact) = self.stations.values().next().and_then(Party::artefact) {
            println!(
                "  artefact {} bytes, text {} bytes",
                artefact.to_bytes().len(),
                artefact.to_text().len()
            );
        }
    }
}
