//! A file below `files/` that nothing names: it would be published, or forgotten.

use std::collections::BTreeSet;

use super::missing_attachment::named_files;
use super::refused_attachment_type::is_refused;
use crate::check::Case;
use crate::check::paths::{agency_folder, folder, joined, nearest_attachment};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "orphan-attachment",
    severity: Severity::Warning,
    summary: Text::fixed("tệp trong files/ không được nhắc đến ở đâu", "a file in files/ that nothing names"),
    basis: None,
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if case.register.attachments.is_empty() {
        return;
    }
    let mut named = all_named(case);
    // A file that is proposed for a misspelt name, and one that must go, are told once.
    let misspelt: Vec<String> = named.iter().filter(|path| !case.register.attachments.contains_key(path.as_str())).cloned().collect();
    named.extend(misspelt.iter().filter_map(|path| Some(nearest_attachment(case.register, path, path)?.to_string())));
    let unnamed = case.register.attachments.values().filter(|attachment| !named.contains(&*attachment.path) && !is_refused(attachment));
    for path in unnamed.map(|attachment| &attachment.path).filter(|path| case.emblem != Some(&***path)) {
        // What could not be read may name it.
        let folder = agency_folder(path);
        if case.register.has_broken(if folder.is_empty() { path } else { folder }) {
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let message = Text::new(format!("không có chỗ nào nhắc đến tệp {name}"), format!("nothing names the file {name}"));
        found.push(Diagnostic::new(&RULE, Origin::file(path.clone()), message).hint(Text::new(
            format!("nếu cần công khai, ghi  file: files/{name}  ở tài liệu tương ứng hoặc đặt liên kết; nếu không, xóa tệp"),
            format!("if it is for the public, write  file: files/{name}  at its document or link to it; otherwise delete it"),
        )));
    }
}

fn all_named(case: &Case<'_>) -> BTreeSet<String> {
    let register = case.register;
    let records = named_files(register).into_iter().filter_map(|named| joined(named.base, named.path));
    let declarations = register.quality_systems.values().flat_map(|system| &system.declarations);
    let signed = declarations.filter_map(|declaration| joined(agency_folder(&declaration.origin.file), &declaration.signed_file.as_ref()?.path));
    let internal = register.records.values().flat_map(|records| &records.work_processes).map(|process| &process.body);
    let links = case.markdowns.iter().copied().chain(internal).flat_map(|markdown| {
        let folder = folder(&markdown.origin.file);
        markdown.links().iter().filter_map(move |link| joined(folder, link.target.split(['#', '?']).next().unwrap_or("")))
    });
    records.chain(signed).chain(links).collect()
}
