//! Addresses: where each page lies. A folder ends in `/` or is empty; pages are its `index.html`,
//! so that one link works over HTTP and from a USB stick.

use crate::domain::{AdministrativeProcedure, AgencyId, Declaration, DocumentNumber, WorkProcess, slug};
use crate::source::hex;

/// Longest name part of an address.
pub(super) const NAME_LENGTH: usize = 60;

/// What leads from a folder back to the top: `../../`.
pub(super) fn up(folder: &str) -> String {
    "../".repeat(folder.matches('/').count())
}

/// The page of a folder.
pub(super) fn page(folder: &str) -> String {
    format!("{folder}index.html")
}

/// The folder of a page's path, with what follows it: `kiem-tra/#dao-tao` for `kiem-tra/index.html#dao-tao`.
pub(super) fn without_page(href: &str) -> String {
    href.replacen("index.html", "", 1)
}

/// Folder of an agency in a province.
pub(super) fn agency(id: &AgencyId) -> String {
    format!("co-quan/{id}/")
}

/// Folder of an administrative procedure, below an agency or a province. The code comes first and is permanent.
pub(super) fn administrative_procedure(procedure: &AdministrativeProcedure) -> String {
    named_procedure(procedure.code.key(), &slug(&procedure.name, NAME_LENGTH))
}

/// Folder of the procedure with a code under a name.
pub(super) fn named_procedure(code: &str, name: &str) -> String {
    format!("thu-tuc/{code}-{name}/")
}

/// The code and the name in the address of a procedure, and where the part with them begins.
pub(super) fn code_and_name(address: &str) -> Option<(usize, &str, &str)> {
    let start = address.find("thu-tuc/").filter(|at| *at == 0 || address[..*at].ends_with('/'))?;
    let folder = address[start..].strip_prefix("thu-tuc/")?.trim_end_matches("index.html").trim_end_matches('/');
    let (code, name) = folder.split_once('-').filter(|_| !folder.contains('/'))?;
    Some((start, code, name))
}

/// Folder of a procedure between its agencies.
pub(super) fn comparison(procedure: &AdministrativeProcedure) -> String {
    format!("so-sanh/{}/", procedure.code.key())
}

/// Short permanent folder of a procedure, for QR codes.
pub(super) fn short(procedure: &AdministrativeProcedure) -> String {
    format!("t/{}/", procedure.code.key())
}

/// Short permanent folder of the declaration in force.
pub(super) const SHORT_DECLARATION: &str = "t/cong-bo/";

/// Folder of the sheet of the declaration in force.
pub(super) const DECLARATION_SHEET: &str = "niem-yet/cong-bo/";

/// Folder of the sheet of a procedure, below its agency.
pub(super) fn sheet(procedure: &AdministrativeProcedure) -> String {
    format!("niem-yet/{}/", procedure.code.key())
}

/// The file of a sheet as PDF, by the folder of its page.
pub(super) fn sheet_pdf(folder: &str) -> String {
    format!("{}.pdf", folder.trim_end_matches('/'))
}

/// Folder of a declaration, below its agency.
pub(super) fn declaration(declaration: &Declaration) -> String {
    format!("cong-bo/{}/", slug(&declaration.slug, NAME_LENGTH))
}

/// Folder of a work process, below its agency.
pub(super) fn work_process(process: &WorkProcess) -> String {
    format!("quy-trinh/{}/", slug(&process.slug, NAME_LENGTH))
}

/// Folder of a legal document of the province.
pub(super) fn legal_document(number: &DocumentNumber) -> String {
    let name = slug(number.key(), NAME_LENGTH);
    // A "number" without a letter or a digit is told by `malformed-document-number`; it still needs a place.
    let name = if name.is_empty() { hex(number.key().as_bytes()).chars().take(NAME_LENGTH).collect() } else { name };
    format!("van-ban/{name}/")
}

/// Folder of the legal documents of a year.
pub(super) fn legal_year(year: Option<i16>) -> String {
    year.map_or_else(|| "van-ban/nam-khac/".to_owned(), |year| format!("van-ban/nam-{year}/"))
}

/// Folder of a free page.
pub(super) fn free_page(page_slug: &str) -> String {
    format!("trang/{}/", slug(page_slug, NAME_LENGTH))
}

/// Where an attachment is published, below its agency: only letters that every server and disk can bear.
pub(super) fn attachment(path_in_agency: &str) -> String {
    let inner = path_in_agency.strip_prefix("files/").unwrap_or(path_in_agency);
    let (stem, ending) = inner.rsplit_once('.').unwrap_or((inner, "bin"));
    let parts: Vec<String> = stem.split('/').map(|part| slug(part, NAME_LENGTH)).collect();
    format!("tep/{}.{}", parts.join("/"), slug(ending, 8))
}

/// The path part of the site's address, `/` where it is not known.
pub(super) fn base_path(base_url: &str) -> &str {
    let after_scheme = base_url.split_once("://").map_or("", |(_, rest)| rest);
    after_scheme.find('/').map_or("/", |at| &after_scheme[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_paths() {
        assert_eq!(base_path("https://iso.tinh.gov.vn/"), "/");
        assert_eq!(base_path("https://tinh.gov.vn/iso/"), "/iso/");
        assert_eq!(base_path(""), "/");
    }

    #[test]
    fn up_counts_folders() {
        assert_eq!(up(""), "");
        assert_eq!(up("co-quan/x/thu-tuc/"), "../../../");
    }

    #[test]
    fn attachments_get_plain_names() {
        assert_eq!(attachment("files/Quyết định số 12.PDF"), "tep/quyet-dinh-so-12.pdf");
        assert_eq!(attachment("files/bm/BM-01.docx"), "tep/bm/bm-01.docx");
    }
}
