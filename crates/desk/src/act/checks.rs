//! What the rules say while somebody types. Nothing is done.

use super::{failed, said};
use crate::door::Act;
use crate::limits::{REHEARSE_MS, REHEARSE_MS_MAX};
use crate::look::Look;
use crate::page::{convey, rehearsal, write};
use crate::toml_text;
use crate::tongue::ids;
use axum::response::Response;
use backchannel_accord::understanding;
use backchannel_station::api::{ErrorKind, Failure, Request};
use maud::html;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// A dispatch that is being written.
pub async fn draft(act: Act) -> Response {
    if act.visit.entered.share {
        return said(&act, html! {});
    }
    let station = &act.visit.desk.station;
    let request =
        Request::Check { draft: toml_text::draft(&act.fields), answers: act.fields.some("answers") };
    let answer = match station.ask(request).await {
        Ok(answer) => answer,
        Err(failure) => return failed(&act, &failure),
    };
    match station.ask(Request::Status {}).await {
        Ok(status) => said(&act, write::checked(&act.visit, &status, &act.fields, &answer)),
        Err(failure) => failed(&act, &failure),
    }
}

/// A rendering that is being written.
pub async fn convey(act: Act) -> Response {
    if act.visit.entered.share {
        return said(&act, html! {});
    }
    let request = Request::ConveyCheck {
        id: act.fields.get("id").to_owned(),
        to: act.fields.get("to").to_owned(),
        rendering: act.fields.under("rendering."),
    };
    match act.visit.desk.station.ask(request).await {
        Ok(answer) => said(&act, convey::checked(act.visit.words, &answer)),
        Err(failure) if failure.kind == ErrorKind::Refused => {
            let words = act.visit.words;
            said(
                &act,
                html! {
                    div.problem { p.problem-title { (crate::page::layout::shape("hold")) (words.t(ids::CV_REFUSED)) }
                        @if let Some(rule) = write::rule_of(words, &failure.message) { p { (rule) } }
                        p.station-words lang="en" dir="ltr" { (crate::page::layout::said(&failure.message)) " " (crate::page::layout::said(&failure.hint)) } }
                },
            )
        }
        Err(failure) => failed(&act, &failure),
    }
}

/// A text of understanding that is being written. The station is not asked: the rules are the same everywhere.
pub async fn understanding(act: Act) -> Response {
    let file = act.fields.get("file").replace("\r\n", "\n");
    if file.trim().is_empty() {
        return said(&act, html! {});
    }
    let words = act.visit.words;
    match understanding::parse(&file) {
        Err(error) => {
            let failure = Failure::new(ErrorKind::Usage, format!("{error}."), "Mend the line and go on.");
            said(&act, crate::fault::told(words, &failure))
        }
        Ok(text) => {
            let found = understanding::check(&text);
            let findings: Vec<_> = found
                .iter()
                .map(|one| json!({ "rule": one.rule, "severity": one.severity, "message": one.message, "hint": one.hint }))
                .collect();
            said(
                &act,
                html! {
                    @if findings.is_empty() { p { (crate::page::layout::state("good", &words.t(ids::UN_CHECKS_NONE))) } }
                    @for finding in &findings { (write::one_finding(words, finding)) }
                    @if findings.iter().any(|one| one.text("severity") == "refuse") { p.hint { (words.t(ids::COPIED_NOTHING)) } }
                },
            )
        }
    }
}

/// Ends a rehearsal when it is dropped: also with the question, if whoever asked went away.
struct Until(Arc<AtomicBool>);

impl Drop for Until {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// How restraint would hold with the terms that stand in the form: what can be run in the time there is.
pub async fn rehearsal(act: Act) -> Response {
    if act.visit.entered.share {
        return said(&act, html! {});
    }
    let file = match rehearsal::file(&act.visit, act.fields.get("of")).await {
        Ok(file) => file,
        Err(failure) => return failed(&act, &failure),
    };
    let words = act.visit.words;
    // Who types on asks again: the last question takes its turn when the one before has ended.
    let Ok(turn) = act.visit.desk.rehearsing.clone().acquire_owned().await else {
        return said(&act, html! {});
    };
    let model = rehearsal::model(&act.visit, &act.fields).await;
    let inquiry = match model.and_then(|model| rehearsal::inquiry(&file, &model, &act.fields)) {
        Ok(inquiry) => inquiry,
        Err(failure) => return said(&act, crate::fault::told(words, &failure)),
    };
    let until = Until(Arc::new(AtomicBool::new(false)));
    let (stopped, shows) = (until.0.clone(), Arc::new(Notify::new()));
    let begun = shows.clone();
    let mut work = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        rehearsal::answer(&inquiry, &stopped, &begun)
    });
    // A slow machine gets the time for a first curve, though no more than a patient reader gives it.
    let enough = async {
        crate::clock::pause(REHEARSE_MS).await;
        tokio::select! {
            () = shows.notified() => (),
            () = crate::clock::pause(REHEARSE_MS_MAX) => (),
        }
    };
    let answer = tokio::select! {
        answer = &mut work => answer,
        () = enough => {
            drop(until);
            work.await
        }
    };
    match answer {
        Ok(Ok(answer)) => said(&act, rehearsal::curves(words, &answer)),
        Ok(Err(error)) => {
            let failure =
                Failure::new(ErrorKind::Usage, format!("{error}."), "Change what the sentence names.");
            said(&act, crate::fault::told(words, &failure))
        }
        Err(_) => failed(&act, &Failure::new(ErrorKind::Internal, "The rehearsal failed.", "Report this.")),
    }
}
