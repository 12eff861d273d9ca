//! An address that was published and is gone, without a redirect. What was published before comes in as a parameter,
//! as today's date does: nothing is read here.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, MOST_TOLD, Rule, Severity, Text};
use crate::domain::{AgencyId, Redirect, Register};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "lost-url",
    severity: Severity::Error,
    summary: Text::fixed("địa chỉ đã công bố lần trước nay không còn và không dẫn đi đâu", "an address of the previous build is gone without redirect"),
    basis: Some("NĐ 224/2026/NĐ-CP, Điều 12"),
};

/// Where moved addresses are listed.
const TABLE: &str = "content/redirects.yaml";

/// The files of the site as it will be, redirects among them, and those of the site as it is published now.
#[derive(Debug, Clone, Copy)]
pub struct Addresses<'a> {
    pub coming: &'a [String],
    pub published: &'a [Arc<str>],
}

/// Tells of every lost address, and of every redirect that leads nowhere.
pub fn check(register: &Register, addresses: Addresses<'_>, found: &mut Vec<Diagnostic>) {
    let coming: BTreeSet<&str> = addresses.coming.iter().map(String::as_str).collect();
    let moved: BTreeSet<String> = register.redirects.iter().map(|redirect| redirect.from_file()).collect();
    let is_lost = |path: &&str| is_kept(path) && !is_of_another_site(register, path) && !coming.contains(path) && !moved.contains(*path);
    found.extend(addresses.published.iter().map(|path| &**path).filter(is_lost).take(MOST_TOLD).map(|path| lost(register, &coming, path)));
    let stubs: Vec<&str> = addresses.coming.iter().map(String::as_str).filter(|path| moved.contains(*path)).collect();
    for redirect in &register.redirects {
        let (from, to) = (redirect.from_file(), redirect.to_file());
        if redirect.is_inside() && (!coming.contains(to.as_str()) || moved.contains(&to)) {
            found.push(leads_nowhere(redirect));
        } else if stubs.iter().filter(|path| **path == from).count() > 1 {
            found.push(still_there(redirect));
        }
    }
}

/// Whether people keep such an address: pages and attached files, not what pages are made of; no part of a list, which comes
/// and goes with the length of the list; and no sheet to print, for the code on it leads elsewhere.
fn is_kept(path: &str) -> bool {
    let is_page = path.ends_with(".html") && path != "404.html";
    let is_order = path.starts_with("kiem-tra/") && path.contains("/theo-");
    let is_part = is_order || PARTS_OF_LISTS.iter().any(|part| path.starts_with(part) || path.contains(&format!("/{part}")));
    let is_sheet = path.contains(SHEETS) && !path.ends_with("niem-yet/index.html");
    (is_page && !is_part && !is_sheet) || path.starts_with("tep/") || path.contains("/tep/")
}

/// Whether the page is of an agency whose content comes from its own site: what is published there, and under which
/// address, is not for the province to decide, and must not stop it. The home page of the agency stays.
fn is_of_another_site(register: &Register, path: &str) -> bool {
    let inner = path.strip_prefix("co-quan/").and_then(|rest| rest.split_once('/'));
    inner.is_some_and(|(id, page)| page != "index.html" && AgencyId::parse(id).is_some_and(|id| register.is_taken_over(&id)))
}

/// Folders of the parts of long lists, and of comparisons, which come and go with the agencies that there are to compare.
const PARTS_OF_LISTS: &[&str] = &["thu-tuc/linh-vuc/", "thu-tuc/a-z/", "thu-tuc-con-thieu/", "van-ban/nam-", "so-sanh/"];

/// Folder of the sheets to post.
const SHEETS: &str = "niem-yet/";

fn lost(register: &Register, coming: &BTreeSet<&str>, path: &str) -> Diagnostic {
    let address = path.strip_suffix("index.html").unwrap_or(path);
    let message =
        Text::new(format!("địa chỉ /{address} đã công bố, nay không còn trang nào ở đó"), format!("/{address} was published, and there is no page any more"));
    let to = renamed(coming, address).or_else(|| successor(register, address)).unwrap_or_else(|| "<địa chỉ mới>".to_owned());
    let hint = Text::new(
        format!("trả lại tên tệp, mã cũ; hoặc thêm vào {TABLE}  - {{ from: {address}, to: {to} }}"),
        format!("give the file or the code its old name; or add to {TABLE}  - {{ from: {address}, to: {to} }}"),
    );
    Diagnostic::new(&RULE, Origin::file(TABLE), message).hint(hint)
}

/// Where a procedure is now whose name changed and whose former name no record tells: behind `thu-tuc/` the code comes first
/// and stays.
fn renamed(coming: &BTreeSet<&str>, address: &str) -> Option<String> {
    let name_at = address.find("thu-tuc/")? + "thu-tuc/".len();
    let code_end = name_at + address[name_at..].find('-')? + 1;
    let beginning = &address[..code_end];
    let now = coming.range(beginning..).next().filter(|path| path.starts_with(beginning))?;
    now.strip_suffix("index.html").map(str::to_owned)
}

/// Where the agency of an address went, if it was merged away and another has taken over.
fn successor(register: &Register, address: &str) -> Option<String> {
    let id = address.strip_prefix("co-quan/")?.split('/').next()?;
    let agency = register.agencies.values().find(|agency| agency.id.as_str() == id)?;
    Some(format!("co-quan/{}/", agency.successor.as_ref().unwrap_or(&agency.id)))
}

fn leads_nowhere(redirect: &Redirect) -> Diagnostic {
    let to = &redirect.to;
    let message = Text::new(format!("địa chỉ /{to} không phải là một trang của lần tạo này"), format!("/{to} is no page of the site"));
    Diagnostic::new(&RULE, redirect.origin.field("to"), message).hint(Text::fixed(
        "ghi địa chỉ của một trang đang có, viết từ gốc trang và kết thúc bằng /",
        "write the address of a page of the site, from its root, ending in /",
    ))
}

fn still_there(redirect: &Redirect) -> Diagnostic {
    let from = &redirect.from;
    let message = Text::new(format!("ở địa chỉ /{from} vẫn có trang, không dẫn đi được"), format!("there is a page at /{from}: it can't be a redirect"));
    Diagnostic::new(&RULE, redirect.origin.field("from"), message).hint(Text::fixed("xóa dòng này", "delete this line"))
}
