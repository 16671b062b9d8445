//! The register as it is shown.

use crate::api::{ErrorKind, Failure};
use crate::machine::Machine;
use backchannel_accord::claims::{
    Act, Basis, Claim, ClaimId, Claimant, Content, Exported, ExportedClaim, ExportedCredence, Grading, Place,
    Spot,
};
use backchannel_accord::limits::EXPORT_BYTES_MAX;
use backchannel_accord::rules::Author;
use backchannel_accord::time::rfc3339;
use backchannel_wire::Role;
use serde_json::{Value, json};

impl Machine {
    /// Every claim with its grading and each member's credence now, in the order in which they were entered.
    pub(super) fn claims_json(&self) -> Value {
        let claims = self.claims.register.claims();
        let each: Vec<Value> = claims.into_iter().map(|(id, claim)| self.one_claim(id, claim)).collect();
        json!({ "v": 1, "claims": each, "writes": self.me.invitation.role != Role::Observer })
    }

    /// One claim with everything that was ever entered of it.
    pub(super) fn claim_json(&self, id: ClaimId) -> Result<Value, Failure> {
        let gone =
            || Failure::new(ErrorKind::NotFound, "The claim is gone from the register.", "It was burned.");
        let claim = self.claims.register.claim(id).ok_or_else(gone)?;
        let mut json = self.one_claim(id, claim);
        let history = self.claims.register.history(claim).into_iter();
        let history: Vec<Value> = history.map(|(spot, who, act)| self.change(spot, who, act)).collect();
        json["history"] = history.into();
        json["writes"] = (self.me.invitation.role != Role::Observer).into();
        json["v"] = 1.into();
        Ok(json)
    }

    fn one_claim(&self, id: ClaimId, claim: &Claim) -> Value {
        let amended = claim.amended.last();
        let mut json = json!({
            "id": id.to_hex(), "by": self.member_label_of(&claim.by),
            "mine": claim.by.member == self.me.member(), "entered": self.sealed_at(claim.entered),
            "amended": amended.map(|spot| self.sealed_at(*spot)),
            "withdrawn": claim.withdrawn.map(|spot| self.sealed_at(spot)),
            "credences": self.credences(claim),
        });
        let said = self.claims.register.content(claim).map(|content| self.said(content));
        if let (Some(json), Some(Value::Object(said))) = (json.as_object_mut(), said) {
            json.extend(said);
        }
        json
    }

    fn said(&self, content: &Content) -> Value {
        let (who, side) = self.claimant(content);
        let rests: Vec<Value> = content.rests_on.iter().map(|basis| self.basis(basis)).collect();
        json!({
            "who": who, "side": side, "text": content.text, "when": content.when.map(rfc3339),
            "public": content.public, "source": content.source, "grading": letters(content.grading),
            "evidence": content.evidence, "rests_on": rests,
        })
    }

    /// Whose claim it is, and whether that is a side of the channel.
    fn claimant(&self, content: &Content) -> (String, bool) {
        match &content.who {
            Claimant::Side(party) => (self.me.label(*party), true),
            Claimant::Other(text) => (text.as_str().to_owned(), false),
        }
    }

    fn basis(&self, basis: &Basis) -> Value {
        match basis {
            Basis::OnRecord(id) => json!({ "id": id.to_hex(), "on_record": self.desk.knows(*id) }),
            Basis::Public(text) => json!({ "statement": text }),
        }
    }

    /// Each member's last credence, with the one before it, and whether the claim was amended since.
    fn credences(&self, claim: &Claim) -> Vec<Value> {
        let each = claim.credences.values().filter_map(|spots| {
            let (last, before) = spots.split_last()?;
            let (who, percent, because) = self.credence(*last)?;
            let before = before.last().and_then(|spot| self.credence(*spot)).map(|(_, percent, _)| percent);
            let line: Vec<Value> = spots.iter().filter_map(|spot| self.point(*spot)).collect();
            let older = claim.amended.last().is_some_and(|amended| self.place(*amended) > self.place(*last));
            Some(json!({
                "by": self.member_label_of(who), "mine": who.member == self.me.member(), "percent": percent,
                "because": because, "at": self.sealed_at(*last), "before": before, "line": line,
                "amended_since": older,
            }))
        });
        each.collect()
    }

    fn credence(&self, spot: Spot) -> Option<(&Author, u8, &str)> {
        let (who, entry) = self.claims.register.at(spot)?;
        match &entry.act {
            Act::Believed(percent, because) => Some((who, *percent, because.as_str())),
            _ => None,
        }
    }

    fn point(&self, spot: Spot) -> Option<Value> {
        let (_, percent, _) = self.credence(spot)?;
        Some(json!({ "percent": percent, "k": spot.beat.0 }))
    }

    fn change(&self, spot: Spot, who: &Author, act: &Act) -> Value {
        let mut json = json!({ "by": self.member_label_of(who), "at": self.sealed_at(spot) });
        let (what, said) = match act {
            Act::Entered(content) => ("entered", self.said(content)),
            Act::Amended(content) => ("amended", self.said(content)),
            Act::Withdrawn => ("withdrawn", json!({})),
            Act::Believed(percent, because) => {
                ("believed", json!({ "percent": percent, "because": because }))
            }
        };
        json["what"] = what.into();
        if let (Some(json), Value::Object(said)) = (json.as_object_mut(), said) {
            json.extend(said);
        }
        json
    }

    /// The register as a file, for a rehearsal (CLAIM-12).
    pub(super) fn claims_export(&self) -> Result<Value, Failure> {
        let claims = self.claims.register.claims();
        let claim: Vec<ExportedClaim> =
            claims.into_iter().filter_map(|(id, claim)| self.exported(id, claim)).collect();
        let of = self.me.label(self.me.party());
        let exported = Exported { register: 1, of, exported: rfc3339(self.now), claim };
        let text = exported.write();
        if text.len() > EXPORT_BYTES_MAX {
            let message = "The register is too long for a file: it would hold more than 20 MiB.";
            return Err(Failure::new(ErrorKind::Refused, message, "Read it claim by claim instead."));
        }
        Ok(json!({ "v": 1, "text": text, "claims": exported.claim }))
    }

    fn exported(&self, id: ClaimId, claim: &Claim) -> Option<ExportedClaim> {
        let content = self.claims.register.content(claim)?;
        let credence = claim.credences.values().filter_map(|spots| {
            let last = spots.last()?;
            let (who, percent, because) = self.credence(*last)?;
            let since = rfc3339(self.utc_of(self.place(*last).0));
            Some(ExportedCredence {
                by: self.member_label_of(who),
                percent,
                because: because.to_owned(),
                since,
            })
        });
        let text = content.text.iter().map(|(lang, text)| (lang.code().to_owned(), text.to_owned()));
        Some(ExportedClaim {
            id: id.to_hex(),
            who: self.claimant(content).0,
            when: content.when.map(rfc3339),
            amended: claim.amended.last().map(|spot| rfc3339(self.utc_of(self.place(*spot).0))),
            public: content.public,
            grading: letters(content.grading),
            source: content.source.as_str().to_owned(),
            evidence: content.evidence.as_str().to_owned(),
            withdrawn: claim.withdrawn.is_some(),
            text: text.collect(),
            credence: credence.collect(),
        })
    }

    fn place(&self, spot: Spot) -> Place {
        self.claims.register.place(spot)
    }

    fn member_label_of(&self, who: &Author) -> String {
        self.me.person_label(who.party, who.member)
    }

    fn sealed_at(&self, spot: Spot) -> Value {
        json!({ "k": spot.beat.0, "utc": self.utc_text(spot.beat) })
    }
}

fn letters(grading: Grading) -> String {
    format!("{}{}", grading.reliability.letter(), grading.credibility.number())
}
