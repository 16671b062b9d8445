//! Convening a channel and accepting an invitation: what is done once, before a station runs.

pub mod plan;

pub use crate::shell::{RunOptions, run};

use self::plan::Plan;
use crate::link::{LinkError, TlsPin, lobby_call};
use crate::machine::Machine;
use crate::machine::profile::{Me, ProfileError};
use crate::vault::{Passphrase, Stretch, Vault, VaultError};
use backchannel_assurance::{Invitation, InvitationError, Route};
use backchannel_wire::lobby::{LobbyReply, LobbyRequest, RefusalKind};
use backchannel_wire::plan::ChannelPlan;
use backchannel_wire::token::OperatorToken;
use backchannel_wire::{ChannelId, Role, UtcMs};
use rand_chacha::ChaCha20Rng;
use rand_core::{CryptoRng, RngCore, SeedableRng};
use std::path::Path;
use zeroize::Zeroizing;

/// Why a station could not be made or run.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The vault.
    #[error("{0}")]
    Vault(#[from] VaultError),
    /// The line to the relay.
    #[error("{0}")]
    Link(#[from] LinkError),
    /// The relay refused.
    #[error("the relay refused: {}", refusal(*.0))]
    Refused(RefusalKind),
    /// The invitation.
    #[error("{0}")]
    Invitation(#[from] InvitationError),
    /// What was asked for cannot be convened.
    #[error("{0}")]
    Options(String),
    /// The vault's content is not a station's.
    #[error("{0}")]
    Profile(#[from] ProfileError),
    /// The local socket.
    #[error("{0}")]
    Socket(#[from] crate::socket::SocketError),
    /// The relay answered something else than was asked.
    #[error("the relay's answer does not fit the question")]
    Answer,
}

fn refusal(kind: RefusalKind) -> &'static str {
    match kind {
        RefusalKind::BadToken => "the operator's token is not known to it",
        RefusalKind::RateLimited => "too many requests; try again later",
        RefusalKind::NotFound => "nothing waits there",
        RefusalKind::Limit => "one of its bounds is reached",
        RefusalKind::Malformed => "the request breaks a rule of its form",
    }
}

impl SetupError {
    /// What the person may do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Vault(error) => error.hint().to_owned(),
            Self::Link(error) => error.hint().to_owned(),
            Self::Refused(RefusalKind::BadToken) => {
                "check the operator token file and that it belongs to this relay".to_owned()
            }
            Self::Refused(RefusalKind::Limit) => {
                "raise the bound in relay.toml, or ask for fewer or smaller rooms".to_owned()
            }
            Self::Refused(_) | Self::Answer => {
                "check that relay and station are of one version, and try again".to_owned()
            }
            Self::Invitation(InvitationError::Expired) => "ask for a new invitation".to_owned(),
            Self::Invitation(_) => {
                "copy the whole invitation again, from its first to its last character".to_owned()
            }
            Self::Options(_) => "change the options and try again".to_owned(),
            Self::Profile(_) => {
                "check --home; a damaged vault must be restored or the station replaced".to_owned()
            }
            Self::Socket(error) => error.hint().to_owned(),
        }
    }
}

/// What is convened.
pub struct ConveneOptions {
    /// The relay's address and port.
    pub relay_addr: String,
    /// SHA-256 of the relay's certificate.
    pub relay_pin: [u8; 32],
    /// The operator's permission.
    pub operator_token: OperatorToken,
    /// What the channel is called.
    pub channel_label: String,
    /// The parties' labels, in the order of their numbers.
    pub parties: Vec<String>,
    /// The length of a beat in milliseconds.
    pub beat_ms: u32,
    /// Seats of each caucus.
    pub caucus_capacity: u8,
    /// Seats of each delegation room.
    pub delegation_capacity: u8,
    /// Seats of the registry; nothing to leave it out.
    pub registry_capacity: Option<u8>,
    /// The label of the party that holds the pen of understandings; nothing if the intermediary does.
    pub pen: Option<String>,
    /// How messages get to the other side.
    pub route: Route,
}

/// A channel just convened.
pub struct Convened {
    /// The channel.
    pub channel: ChannelId,
    /// Each party's label and invitation.
    pub invitations: Vec<(String, Zeroizing<String>)>,
    /// What each station's line carries a day, both directions.
    pub bytes_per_day_per_station: u64,
    /// What the channel still gives away, in sentences.
    pub leaks: Vec<String>,
}

/// An invitation just accepted.
pub struct Accepted {
    /// What the channel is called.
    pub channel_label: String,
    /// The party's label.
    pub party: String,
    /// The role's name.
    pub role: String,
    /// What the line will carry a day, both directions.
    pub bytes_per_day: u64,
}

/// Convenes a channel on a relay: creates its rooms there, and this home as the intermediary's station.
pub async fn convene(
    home: &Path,
    passphrase: &Passphrase,
    options: &ConveneOptions,
    now: UtcMs,
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<Convened, SetupError> {
    if Vault::exists(home) {
        return Err(VaultError::AlreadyExists.into());
    }
    let mut rng = generator(rng);
    let plan = Plan::new(options, &mut rng)?;
    let request = LobbyRequest::CreateChannel(plan.request(options)?);
    let request =
        request.encode().map_err(|_| SetupError::Options("the channel has too many rooms".to_owned()))?;
    let reply = lobby_call(&options.relay_addr, TlsPin(options.relay_pin), request.to_vec()).await?;
    let t0 = match LobbyReply::decode(&reply) {
        Ok(LobbyReply::Created { t0, beat_ms }) if beat_ms == options.beat_ms => t0,
        Ok(LobbyReply::Refused { kind, .. }) => return Err(SetupError::Refused(kind)),
        _ => return Err(SetupError::Answer),
    };
    let (me, invitations) = plan.invitations(options, t0, now, &mut rng)?;
    create(home, passphrase, &me)?;
    Ok(Convened {
        channel: me.channel(),
        invitations,
        bytes_per_day_per_station: day_cost(&me.invitation),
        leaks: leaks(options.registry_capacity.is_some()),
    })
}

/// Accepts an invitation: makes this home the invited person's station.
pub fn accept(
    home: &Path,
    passphrase: &Passphrase,
    invitation: &str,
    now: UtcMs,
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<Accepted, SetupError> {
    if Vault::exists(home) {
        return Err(VaultError::AlreadyExists.into());
    }
    let invitation = Invitation::from_text(invitation)?;
    invitation.check_expiry(now)?;
    let me = Me::accept(invitation, now, &mut generator(rng))?;
    create(home, passphrase, &me)?;
    Ok(Accepted {
        channel_label: me.invitation.channel_label.as_str().to_owned(),
        party: me.label(me.party()),
        role: role_name(me.invitation.role).to_owned(),
        bytes_per_day: day_cost(&me.invitation),
    })
}

fn create(home: &Path, passphrase: &Passphrase, me: &Me) -> Result<(), SetupError> {
    let mut vault = Vault::create(home, passphrase, Stretch::default())?;
    vault.commit(&Machine::create(me))?;
    Ok(())
}

fn generator(rng: &mut (impl RngCore + CryptoRng)) -> ChaCha20Rng {
    let mut seed = Zeroizing::new([0; 32]);
    rng.fill_bytes(seed.as_mut());
    ChaCha20Rng::from_seed(*seed)
}

fn role_name(role: Role) -> &'static str {
    crate::machine::role_name(role)
}

fn day_cost(invitation: &Invitation) -> u64 {
    let shape = backchannel_wire::frame::FrameShape::new(invitation.frame_rooms, invitation.down_cells);
    let plan = shape.and_then(|shape| ChannelPlan::new(invitation.beat_ms, shape));
    plan.map_or(0, |plan| plan.day_cost().up_bytes + plan.day_cost().down_bytes)
}

/// What no choice of words on the line can hide (docs/claims.md, limits of P1 to P11).
fn leaks(registry: bool) -> Vec<String> {
    let mut out = vec![
        "That the channel exists, and which network addresses are connected to the relay, and when."
            .to_owned(),
        "When somebody joins, leaves or returns: the lobby is outside the promise of silence.".to_owned(),
        "To the intermediary: who speaks with it, when and how much, in its own caucuses.".to_owned(),
        "To whoever seizes a running station: what that station can read.".to_owned(),
    ];
    if !registry {
        out.push(
            "Without a registry: no proof that a passage arrived unaltered, no verification but the fingerprint, and no \
             comparison of what the relay showed to each side."
                .to_owned(),
        );
    }
    out
}
