//! What open browsers are told. They get the state itself, not a list of messages, so that nobody who was away
//! for a while misses anything: whoever shows another generation than the one told knows what to do.

use std::convert::Infallible;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use futures_util::stream;
use serde_json::json;
use tokio::sync::watch::{Receiver, Sender, channel};
use tokio::time::timeout;

use super::preview::Refreshed;
use crate::diagnostic::{Lang, Severity};
use crate::report::Listed;

/// Time after which a silent connection is shown to be alive.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// A comment, which browsers skip.
const NOTHING: &str = ":\n\n";

/// What a browser should show.
#[derive(Debug, Clone)]
pub struct State {
    /// Names this run of the program: generations of another run mean nothing.
    pub session: Arc<str>,
    /// Counts the builds that changed pages; 0 before the first one.
    pub pages: u64,
    /// Path of the stylesheet in the site.
    pub stylesheet: String,
    /// Counts the lists of problems.
    pub problems: u64,
    pub listed: Arc<Vec<Listed>>,
    pub lang: Lang,
}

impl State {
    /// The state as the script in the page reads it.
    pub fn to_json(&self) -> String {
        let of = |severity: Severity| self.listed.iter().filter(|problem| problem.severity == severity).count();
        json!({
            "session": &*self.session,
            "pages": self.pages,
            "stylesheet": self.stylesheet,
            "problems": self.problems,
            "errors": of(Severity::Error),
            "warnings": of(Severity::Warning),
        })
        .to_string()
    }

    /// The messages for a browser that was told `told` before.
    fn messages(&self, told: Option<&Self>) -> String {
        let names: Vec<&str> = match told {
            None => vec!["state"],
            Some(told) => [
                ("reload", self.pages != told.pages),
                ("css", self.pages == told.pages && self.stylesheet != told.stylesheet),
                ("problems", self.problems != told.problems),
            ]
            .into_iter()
            .filter_map(|(name, is_due)| is_due.then_some(name))
            .collect(),
        };
        let data = self.to_json();
        match names.is_empty() {
            true => NOTHING.to_owned(),
            false => names.iter().map(|name| format!("event: {name}\ndata: {data}\n\n")).collect(),
        }
    }
}

/// The writing end: who builds the site tells here what became of it.
pub struct Announcer {
    state: Sender<State>,
}

impl Announcer {
    /// Begins before anything was built.
    pub fn new(lang: Lang) -> Self {
        let session = format!("{:016x}", RandomState::new().hash_one(0)).into();
        Self { state: channel(State { session, pages: 0, stylesheet: String::new(), problems: 0, listed: Arc::default(), lang }).0 }
    }

    /// The reading end.
    pub fn listener(&self) -> Receiver<State> {
        self.state.subscribe()
    }

    /// Tells all browsers what a refresh did; returns whether the problems are others than before.
    pub fn announce(&self, refreshed: &Refreshed, stylesheet: String, listed: Vec<Listed>) -> bool {
        let has_new_problems = *self.state.borrow().listed != listed;
        let has_new_pages = matches!(refreshed, Refreshed::Pages);
        self.state.send_if_modified(|state| {
            let is_modified = has_new_problems || has_new_pages || state.stylesheet != stylesheet;
            state.pages += u64::from(has_new_pages);
            state.stylesheet = stylesheet;
            if has_new_problems {
                state.problems += 1;
                state.listed = Arc::new(listed);
            }
            is_modified
        });
        has_new_problems
    }
}

/// An endless response of server-sent events: the state at once, and what changes from then on.
pub fn events(listener: Receiver<State>) -> Body {
    let told: Option<State> = None;
    Body::from_stream(stream::unfold((listener, told), |(mut listener, told)| async move {
        if told.is_some() {
            match timeout(SIGN_OF_LIFE, listener.changed()).await {
                Err(_) => return Some((Ok::<_, Infallible>(NOTHING.to_owned()), (listener, told))),
                Ok(Err(_)) => return None,
                Ok(Ok(())) => {}
            }
        }
        let state = listener.borrow_and_update().clone();
        Some((Ok(state.messages(told.as_ref())), (listener, Some(state))))
    }))
}
