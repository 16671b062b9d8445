//! Forms whose fields are kept in the vault while somebody fills them in, and stand there again when the page is opened anew (PAGE-6).

use super::ask;
use super::layout::Nav;
use crate::door::{Fields, Visit};
use crate::look::Look;
use crate::tongue::{Id, Lang, ids};
use backchannel_station::api::{Failure, Request};
use maud::{Markup, html};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The drafts of this station.
pub struct Kept(Value);

/// A form that is kept.
pub struct Form<'a> {
    /// Its name on the page.
    pub id: &'a str,
    /// Where it goes.
    pub action: &'a str,
    /// What of the page it is about: with page and action it names the draft.
    pub about: &'a str,
    /// Where it is checked while somebody types, and the part that shows the answer.
    pub check: Option<(&'a str, &'a str)>,
}

impl Kept {
    /// Those of this station.
    pub async fn of(visit: &Visit) -> Result<Self, Failure> {
        Ok(Self(ask(visit, Request::DraftList {}).await?))
    }

    /// The form, with what was typed into it before.
    pub fn act(&self, visit: &Visit, form: &Form<'_>, body: Markup) -> Markup {
        let name = name_of(form);
        let note = format!("kept-{}", form.id);
        let (check, into) = form.check.unzip();
        html! {
            form.act id=(form.id) method="post" action=(form.action) data-act="" data-check=[check] data-into=[into]
                data-keep="/do/draft-keep" data-kept=(note) {
                input type="hidden" name="csrf" value=(visit.entered.csrf.as_str());
                input type="hidden" name="draft" value=(name);
                input type="hidden" name="page" value=(visit.path);
                @if let Some(text) = self.text(&name) { div hidden data-values=(text) {} }
                (body)
                p.quiet id=(note) role="status" { (visit.words.t(ids::WR_KEPT_HERE)) }
                div.answer data-answer="" {}
            }
        }
    }

    /// The language of a form's draft by its field: what was typed in one is not gone on with in another.
    pub fn lang(&self, form: &Form<'_>, prefix: &str) -> Option<Lang> {
        let name = name_of(form);
        let draft = self.0.list("drafts").iter().find(|draft| draft.text("name") == name)?;
        let texts = fields(draft)?.under(prefix);
        texts.keys().find_map(|code| Lang::of(code))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.list("drafts").iter().find(|draft| draft.text("name") == name).map(|draft| draft.text("text"))
    }
}

/// The name of a form's draft: the same whenever the page is opened.
fn name_of(form: &Form<'_>) -> String {
    let seed = [form.action, form.about].join("\n");
    let digest = Sha256::digest(seed.as_bytes());
    backchannel_wire::ids::hex(&digest[..8])
}

/// The fields of a draft.
pub fn fields(draft: &Value) -> Option<Fields> {
    let pairs: Vec<(String, String)> = serde_json::from_str(draft.text("text")).ok()?;
    Some(Fields::of(pairs))
}

/// Where a draft is gone on with, and what it is called.
pub fn place(draft: &Value) -> (String, Id) {
    let page = fields(draft).and_then(|fields| fields.some("page")).filter(|page| is_own(page));
    let Some(page) = page else {
        return (format!("/write?draft={}", draft.text("name")), ids::WR_TITLE);
    };
    let first = page.split(['/', '?', '#']).nth(1).unwrap_or_default();
    let named = Nav::ALL.into_iter().find(|nav| nav.path().trim_start_matches('/') == first);
    let id = match named {
        Some(Nav::Dispatches) => ids::DP_READ_BACK,
        Some(nav) => nav.id(),
        None => ids::WR_TITLE,
    };
    (page, id)
}

/// Whether an address is a path of the desk: one of elsewhere would begin with two slashes or have a scheme. Browsers leave out
/// control characters, behind which slashes would meet.
pub fn is_own(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn draft(pairs: &[(&str, &str)]) -> Value {
        json!({ "name": "00112233445566aa", "text": serde_json::to_string(pairs).unwrap() })
    }

    #[test]
    fn page_6_a_draft_leads_back_to_the_page_it_was_typed_on_and_to_no_other_place() {
        assert_eq!(place(&draft(&[("page", "/convey/77d0")])), ("/convey/77d0".to_owned(), Nav::Convey.id()));
        let (to, id) = place(&draft(&[("page", "/understandings/77d0?tab=comments")]));
        assert_eq!((to.as_str(), id), ("/understandings/77d0?tab=comments", Nav::Understandings.id()));
        for foreign in
            ["//elsewhere", "http://elsewhere", "/\\elsewhere", "/\t/elsewhere", "javascript:x", ""]
        {
            let (to, _) = place(&draft(&[("page", foreign)]));
            assert_eq!(to, "/write?draft=00112233445566aa", "{foreign}");
        }
    }

    #[test]
    fn forms_about_different_things_have_different_drafts() {
        let form = |about| Form { id: "x", action: "/do/convey", about, check: None };
        assert_eq!(name_of(&form("a")), name_of(&form("a")));
        assert_ne!(name_of(&form("a")), name_of(&form("b")));
        assert_eq!(name_of(&form("a")).len(), 16);
    }
}
