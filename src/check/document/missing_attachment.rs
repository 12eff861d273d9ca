//! A record that names a file which is not there.

use crate::check::Case;
use crate::check::paths::{agency_folder, folder, joined, nearest_attachment, relative};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::Register;
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "missing-attachment",
    severity: Severity::Error,
    summary: Text::fixed("tệp được nhắc đến không có trong thư mục files/", "a file that a record names is not in files/"),
    basis: None,
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for named in named_files(case.register) {
        let Named { base, path, origin } = named;
        let target = joined(base, path);
        let is_there = target.as_deref().is_some_and(|target| case.register.attachments.contains_key(target) || case.register.broken.contains(target));
        if !is_there {
            found.push(missing(case.register, base, path, origin));
        }
    }
}

/// A path that a record names, and the folder from which it counts.
pub(super) struct Named<'a> {
    pub(super) base: &'a str,
    pub(super) path: &'a str,
    pub(super) origin: Origin,
}

/// Every file that a record names, but for signed decisions.
pub(super) fn named_files(register: &Register) -> Vec<Named<'_>> {
    let mut found = Vec::new();
    for records in register.records.values() {
        let documents = records.documents.internal.iter().map(|document| (&document.origin, document.file.as_deref()));
        let audits = records.reviews.internal_audits.iter().map(|audit| (&audit.origin, audit.file.as_deref()));
        let reviews = records.reviews.management_reviews.iter().map(|review| (&review.origin, review.file.as_deref()));
        for (origin, path) in documents.chain(audits).chain(reviews) {
            found.extend(path.map(|path| Named { base: agency_folder(&origin.file), path, origin: origin.field("file") }));
        }
    }
    for procedure in register.administrative_procedures.values() {
        for (index, form) in procedure.forms.iter().enumerate() {
            let origin = procedure.origin.field("forms").item(index).field("file");
            found.extend(form.file.as_deref().map(|path| Named { base: folder(&procedure.origin.file), path, origin }));
        }
    }
    found
}

fn missing(register: &Register, base: &str, path: &str, origin: Origin) -> Diagnostic {
    let message = Text::new(format!("không có tệp {base}{path}"), format!("there is no file {base}{path}"));
    let near = nearest_attachment(register, &origin.file, path).map(|near| relative(base, near));
    let diagnostic = Diagnostic::new(&RULE, origin, message);
    match near {
        Some(near) => diagnostic.hint(Text::new(format!("nếu là tệp {near}, ghi  file: {near}"), format!("if it is {near}, write  file: {near}"))),
        None => {
            diagnostic.hint(Text::new(format!("chép tệp vào {base}files/ hoặc xóa dòng này"), format!("copy the file to {base}files/, or delete this line")))
        }
    }
}
