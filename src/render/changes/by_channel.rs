//! A fact that may differ by the way a dossier is handed in, as one line of text.

use crate::domain::Channel;
use crate::domain::vocabulary::SubmissionMethod;
use crate::theme::Words;

/// A fact with the channels it holds for; `methods` is empty where it holds for all.
struct ByChannel {
    methods: Vec<SubmissionMethod>,
    lines: Vec<String>,
}

/// The facts of all channels in one line: `3 ngày làm việc`, or each with the ways to hand in that it holds for.
pub(super) fn by_channel_text(channels: &[Channel], lines: impl Fn(&Channel) -> Vec<String>, words: &Words) -> String {
    let method = |method: &SubmissionMethod| {
        let key = serde_json::to_value(method).unwrap_or_default();
        words.label("submission_method", key.as_str().unwrap_or_default()).to_owned()
    };
    let told = |entry: &ByChannel| {
        let (methods, lines) = (entry.methods.iter().map(method).collect::<Vec<_>>().join(", "), entry.lines.join("; "));
        if methods.is_empty() { lines } else { format!("{methods}: {lines}") }
    };
    by_channel(channels, lines).iter().map(told).collect::<Vec<_>>().join("; ")
}

/// One entry for each different fact, with the channels that share it.
fn by_channel(channels: &[Channel], lines: impl Fn(&Channel) -> Vec<String>) -> Vec<ByChannel> {
    let mut entries: Vec<ByChannel> = Vec::new();
    for channel in channels {
        let lines = lines(channel);
        match entries.iter_mut().find(|entry| entry.lines == lines) {
            _ if lines.is_empty() => {}
            Some(entry) if entry.methods.contains(&channel.method) => {}
            Some(entry) => entry.methods.push(channel.method),
            None => entries.push(ByChannel { methods: vec![channel.method], lines }),
        }
    }
    if let [only] = entries.as_mut_slice() {
        only.methods.clear();
    }
    entries
}
