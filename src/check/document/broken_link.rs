//! A Markdown link to a file that is not in the content, or not for the public.

use std::collections::BTreeSet;

use crate::check::Case;
use crate::check::paths::{agency_folder, folder, joined, nearest_attachment, relative};
use crate::diagnostic::{Diagnostic, MOST_TOLD, Rule, Severity, Text, nearest};
use crate::domain::{Markdown, MarkdownLink};

pub static RULE: Rule =
    Rule {
        id: "broken-link", severity: Severity::Error, summary: Text::fixed("liên kết đến tệp không có", "a link to a file that is not there"), basis: None
    };

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let leads_to_files = |markdown: &&&Markdown| markdown.links().iter().any(|link| is_to_file(&link.target));
    let mut markdowns = case.markdowns.iter().filter(leads_to_files).peekable();
    if markdowns.peek().is_none() {
        return;
    }
    let pages: BTreeSet<&str> = case.register.texts.iter().map(|text| &*text.file).collect();
    for markdown in markdowns {
        let is_there = |link: &&MarkdownLink| {
            let path = joined(folder(&markdown.origin.file), without_anchor(&link.target));
            path.as_deref().is_some_and(|path| pages.contains(path) || case.register.attachments.contains_key(path) || case.register.broken.contains(path))
        };
        let links = markdown.links().iter().filter(|link| is_to_file(&link.target) && !is_there(link));
        found.extend(links.take(MOST_TOLD).map(|link| broken(case, markdown, link)));
    }
}

/// Neither a web address, nor a place on the same page, nor an address of the public site.
fn is_to_file(target: &str) -> bool {
    let has_scheme = target.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '?', '#']));
    !has_scheme && !target.starts_with(['#', '/', '?']) && !target.is_empty()
}

fn without_anchor(target: &str) -> &str {
    target.split(['#', '?']).next().unwrap_or(target)
}

fn broken(case: &Case<'_>, markdown: &Markdown, link: &MarkdownLink) -> Diagnostic {
    let file = &markdown.origin.file;
    let target = without_anchor(&link.target);
    let message = Text::new(format!("liên kết đến “{target}”, nhưng không có tệp này"), format!("a link to `{target}`, but there is no such file"));
    let diagnostic = Diagnostic::new(&RULE, markdown.origin_at(link.offset), message);
    // Somebody wrote the path as in agency.yaml, from the agency's folder.
    let from_agency = joined(agency_folder(file), target).filter(|path| case.register.attachments.contains_key(path.as_str()));
    let near = from_agency.or_else(|| nearest_attachment(case.register, file, target).map(|path| path.to_string()));
    match near {
        Some(near) => {
            let near = relative(folder(file), &near);
            diagnostic.hint(Text::new(format!("có phải là tệp này:  ({near})"), format!("is it this file:  ({near})")))
        }
        None if target.ends_with(".md") && file.starts_with("content/pages/") => {
            let names: Vec<&str> = case.register.pages.iter().map(|page| page.slug.as_str()).collect();
            let pages: Vec<String> = names.iter().map(|name| format!("{name}.md")).collect();
            match nearest(target, pages.iter().map(String::as_str)) {
                Some(near) => diagnostic.hint(Text::new(format!("có phải là trang này:  ({near})"), format!("is it this page:  ({near})"))),
                None => diagnostic.hint(Text::new(
                    format!("tạo trang content/pages/{target} , hoặc xóa liên kết; các trang đang có: {}", pages.join(", ")),
                    format!("make the page content/pages/{target} , or delete the link; there are: {}", pages.join(", ")),
                )),
            }
        }
        None => diagnostic.hint(Text::fixed(
            "chép tệp vào thư mục files/ của cơ quan rồi ghi đường dẫn tính từ tệp đang viết, ví dụ  (../files/mau-don.pdf) ; hoặc xóa liên kết",
            "copy the file to the agency's files/ and write the path from the file you are writing, such as  (../files/form.pdf) ; or delete the link",
        )),
    }
}
