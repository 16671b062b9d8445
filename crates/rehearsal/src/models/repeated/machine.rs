//! Strategies as machines: what a side means to do in each state, and where each outcome of a turn leads.

use super::RepeatedError;

/// States of one machine: a trigger of 31 turns of punishment, and room for tables that people write.
pub const NODES_MAX: usize = 32;

/// Turns of punishment of the longest trigger: its states are these and the one in which it cooperates.
pub const PUNISHMENT_TURNS_MAX: u32 = 31;

/// A way to play, as papers describe it; each begins by meaning to cooperate, but for always defecting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Strategy {
    /// Does what the other was seen to do in the turn before (Axelrod, The Evolution of Cooperation, 1984).
    TitForTat,
    /// As tit-for-tat, but forgives a defection with this probability (Nowak and Sigmund, Nature 355, 1992).
    Generous(f64),
    /// Win-stay, lose-shift: cooperates after a turn in which both did the same (Nowak and Sigmund, Nature 364, 1993).
    Pavlov,
    /// Contrite tit-for-tat by Sugden's standing (Wu and Axelrod 1995; Boerlijst, Nowak and Sigmund 1997).
    ///
    /// Who cooperates is in good standing afterwards, and so is who defects while in good standing against one in bad
    /// standing; any other defection is bad. A side defects only in good standing against one in bad standing.
    Contrite,
    /// Cooperates whatever happens.
    Cooperate,
    /// Defects whatever happens.
    Defect,
    /// Cooperates until the other was once seen to defect, and defects ever after (Friedman 1971).
    Unforgiving,
    /// Defects for so many turns once either side was seen to defect, then begins anew (Green and Porter 1984).
    Trigger(u32),
}

impl Strategy {
    /// The name of the kind, without its parameter, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::TitForTat => "tit-for-tat",
            Self::Generous(_) => "generous",
            Self::Pavlov => "pavlov",
            Self::Contrite => "contrite",
            Self::Cooperate => "cooperate",
            Self::Defect => "defect",
            Self::Unforgiving => "unforgiving",
            Self::Trigger(_) => "trigger",
        }
    }
}

/// One state of a machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Probability of meaning to cooperate, before noise.
    pub cooperates: f64,
    /// The next state by what both were seen to do: both cooperated, only the other defected, only this side, both.
    pub next: [u8; 4],
}

/// A checked machine of at most [`NODES_MAX`] states that begins in the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    nodes: Vec<Node>,
}

impl Machine {
    /// Takes a table of states; errors on none or too many, on an impossible probability and on a state that is not
    /// there.
    pub fn new(nodes: Vec<Node>) -> Result<Self, RepeatedError> {
        if nodes.is_empty() || nodes.len() > NODES_MAX {
            return Err(RepeatedError::Nodes(nodes.len()));
        }
        for (from, node) in nodes.iter().enumerate() {
            super::probability("the chance of cooperating", node.cooperates)?;
            if let Some(to) = node.next.into_iter().find(|to| usize::from(*to) >= nodes.len()) {
                return Err(RepeatedError::Lost { from, to });
            }
        }
        Ok(Self { nodes })
    }

    /// The machine of a strategy; errors on an impossible generosity and on a punishment of no turns or too many.
    pub fn of(strategy: Strategy) -> Result<Self, RepeatedError> {
        Self::new(match strategy {
            Strategy::TitForTat => reactive(0.0),
            Strategy::Generous(generosity) => {
                super::probability("generosity", generosity)?;
                reactive(generosity)
            }
            Strategy::Pavlov => [1.0, 0.0].map(|cooperates| Node { cooperates, next: [0, 1, 1, 0] }).to_vec(),
            Strategy::Contrite => contrite(),
            Strategy::Cooperate => vec![Node { cooperates: 1.0, next: [0; 4] }],
            Strategy::Defect => vec![Node { cooperates: 0.0, next: [0; 4] }],
            Strategy::Unforgiving => {
                vec![Node { cooperates: 1.0, next: [0, 1, 0, 1] }, Node { cooperates: 0.0, next: [1; 4] }]
            }
            Strategy::Trigger(turns) => trigger(turns)?,
        })
    }

    /// Its states; it begins in the first.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }
}

fn reactive(generosity: f64) -> Vec<Node> {
    [1.0, generosity].map(|cooperates| Node { cooperates, next: [0, 1, 0, 1] }).to_vec()
}

/// States by bad standing: neither side, the other, this side, both.
fn contrite() -> Vec<Node> {
    let node = |state: u8| {
        let (own_bad, other_bad) = (state & 2 != 0, state & 1 != 0);
        let next = [0, 1, 2, 3].map(|outcome: u8| {
            let (own_defected, other_defected) = (outcome & 2 != 0, outcome & 1 != 0);
            let own_fell = own_defected && (own_bad || !other_bad);
            let other_fell = other_defected && (other_bad || !own_bad);
            u8::from(own_fell) * 2 + u8::from(other_fell)
        });
        Node { cooperates: if other_bad && !own_bad { 0.0 } else { 1.0 }, next }
    };
    [0, 1, 2, 3].map(node).to_vec()
}

fn trigger(turns: u32) -> Result<Vec<Node>, RepeatedError> {
    let last = u8::try_from(turns).ok().filter(|_| (1..=PUNISHMENT_TURNS_MAX).contains(&turns));
    let last = last.ok_or(RepeatedError::Punishment(turns))?;
    let punishing = (1..=last).map(|turn| {
        let next = if turn == last { 0 } else { turn + 1 };
        Node { cooperates: 0.0, next: [next; 4] }
    });
    Ok(std::iter::once(Node { cooperates: 1.0, next: [0, 1, 1, 1] }).chain(punishing).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contrite_player_accepts_what_it_earned_and_answers_what_it_did_not() {
        let machine = Machine::of(Strategy::Contrite).unwrap();
        let [even, provoked, contrite, both] = machine.nodes() else { panic!("four states") };
        assert_eq!([even, provoked, contrite, both].map(|node| node.cooperates), [1.0, 0.0, 1.0, 1.0]);
        assert_eq!(even.next, [0, 1, 2, 3]);
        assert_eq!(provoked.next, [0, 1, 0, 1], "its defection is just, the other's is not");
        assert_eq!(contrite.next, [0, 0, 2, 2], "the other's defection is just, its own is not");
        assert_eq!(both.next, [0, 1, 2, 3]);
    }

    #[test]
    fn a_trigger_punishes_for_its_turns_and_begins_anew() {
        let machine = Machine::of(Strategy::Trigger(3)).unwrap();
        assert_eq!(machine.nodes().len(), 4);
        let mut at = machine.nodes()[0].next[1];
        for _ in 0..3 {
            assert_eq!(machine.nodes()[usize::from(at)].cooperates, 0.0);
            at = machine.nodes()[usize::from(at)].next[3];
        }
        assert_eq!(at, 0);
    }

    #[test]
    fn tables_that_make_no_sense_are_refused() {
        assert_eq!(Machine::new(vec![]), Err(RepeatedError::Nodes(0)));
        let lost = Node { cooperates: 1.0, next: [0, 1, 0, 0] };
        assert_eq!(Machine::new(vec![lost]), Err(RepeatedError::Lost { from: 0, to: 1 }));
        let whole = Node { cooperates: 1.0, next: [0; 4] };
        assert_eq!(Machine::new(vec![whole; NODES_MAX + 1]), Err(RepeatedError::Nodes(NODES_MAX + 1)));
        for chance in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert!(Machine::of(Strategy::Generous(chance)).is_err(), "{chance}");
            assert!(Machine::new(vec![Node { cooperates: chance, next: [0; 4] }]).is_err(), "{chance}");
        }
        for turns in [0, PUNISHMENT_TURNS_MAX + 1, u32::MAX] {
            assert_eq!(Machine::of(Strategy::Trigger(turns)), Err(RepeatedError::Punishment(turns)));
        }
    }
}
