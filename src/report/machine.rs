//! Diagnostics for programs: JSON, SARIF 2.1.0, GitHub annotations and GitLab's Code Quality report.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::listed::Listed;
use super::{Located, Related, one_line};
use crate::diagnostic::{Lang, Severity};
use crate::source::{Print, hex};

/// One JSON document with all diagnostics and their counts.
pub fn json(located: &[Located<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let of = |severity: Severity| located.iter().filter(|located| located.diagnostic.severity == severity).count();
    let document = json!({
        "version": 1,
        "counts": { "errors": of(Severity::Error), "warnings": of(Severity::Warning), "information": of(Severity::Information) },
        "diagnostics": located.iter().map(|located| Listed::new(located, lang)).collect::<Vec<_>>(),
    });
    writeln!(out, "{document:#}")
}

/// One SARIF 2.1.0 log.
pub fn sarif(located: &[Located<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let rules: BTreeMap<&str, Value> = located
        .iter()
        .map(|located| {
            let rule = located.diagnostic.rule;
            (rule.id, json!({ "id": rule.id, "shortDescription": { "text": rule.summary.get(lang) }, "help": { "text": rule.basis.unwrap_or("") } }))
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "congbo", "version": env!("CARGO_PKG_VERSION"), "rules": rules.into_values().collect::<Vec<_>>() } },
            "columnKind": "unicodeCodePoints",
            "results": located.iter().map(|located| sarif_result(located, lang)).collect::<Vec<_>>(),
        }],
    });
    writeln!(out, "{log:#}")
}

fn sarif_result(located: &Located<'_>, lang: Lang) -> Value {
    let diagnostic = located.diagnostic;
    let place = |file: &str, line: u32, column: u32, end: u32| {
        json!({
            "physicalLocation": {
                "artifactLocation": { "uri": percent_encoded(file) },
                "region": { "startLine": line, "startColumn": column, "endColumn": end.max(column) },
            }
        })
    };
    let related: Vec<Value> = located
        .related
        .iter()
        .map(|Related { origin, region, text, .. }| {
            let mut location = place(&origin.file, region.line, region.column, region.end_column);
            location["message"] = json!({ "text": text.get(lang) });
            location
        })
        .collect();
    json!({
        "ruleId": diagnostic.rule.id,
        "level": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning", Severity::Information => "note" },
        "message": { "text": with_hints(located, lang) },
        "locations": [place(&diagnostic.origin.file, located.region.line, located.region.column, located.region.end_column)],
        "relatedLocations": related,
    })
}

/// One workflow command a line: `::error file=…,line=…,col=…,title=…::message`.
pub fn github(located: &[Located<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for located in located {
        let diagnostic = located.diagnostic;
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "notice",
        };
        let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
        writeln!(
            out,
            "::{command} file={},line={},col={},title={}::{}",
            property(&diagnostic.origin.file),
            located.region.line,
            located.region.column,
            property(diagnostic.rule.id),
            data(&with_hints(located, lang)),
        )?;
    }
    Ok(())
}

/// GitLab's Code Quality report. A problem keeps its fingerprint when lines are added above it.
pub fn gitlab(located: &[Located<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    let issues = located.iter().map(|located| {
        let diagnostic = located.diagnostic;
        let (rule, file, message) = (diagnostic.rule.id, &*diagnostic.origin.file, diagnostic.message.get(lang));
        let count = met.entry(format!("{rule}\n{file}\n{message}")).or_default();
        *count += 1;
        let print = Print::of(format!("{rule}\n{file}\n{message}\n{count}").as_bytes());
        json!({
            "description": with_hints(located, lang),
            "check_name": rule,
            "fingerprint": hex(&print.0),
            "severity": match diagnostic.severity { Severity::Error => "major", Severity::Warning => "minor", Severity::Information => "info" },
            "location": { "path": file, "lines": { "begin": located.region.line } },
        })
    });
    writeln!(out, "{:#}", Value::Array(issues.collect()))
}

fn with_hints(located: &Located<'_>, lang: Lang) -> String {
    let diagnostic = located.diagnostic;
    let (basis, fix) = if lang == Lang::Vi { ("Căn cứ", "Cách sửa") } else { ("Basis", "Fix") };
    let mut text = one_line(diagnostic.message.get(lang));
    for hint in &diagnostic.hints {
        text = format!("{text}\n{fix}: {}", one_line(hint.get(lang)));
    }
    if let Some(clause) = diagnostic.rule.basis {
        text = format!("{text}\n{basis}: {clause}");
    }
    text
}

/// Text of a workflow command: what would end the line or the command is encoded.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A path as a URI reference.
fn percent_encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
