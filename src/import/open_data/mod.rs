//! The open data of one site into the content files of one of its agencies. The data comes from outside and may be broken
//! or hostile: everything that is not exactly as this program publishes it is refused, with the file and the place.

mod content;
mod look_over;
mod record;

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use crate::diagnostic::Text;
use record::{AgencyRecord, DeclarationRecord, Envelope, ResultRecord, WorkProcessRecord};

/// The files of a site that are read, below its folder of open data.
pub const FILES: [&str; 4] = ["agencies.json", "declarations.json", "work-processes.json", "results.json"];

/// First line of every file that was taken over.
pub const MARK: &str = "# Do lệnh congbo aggregate lấy từ trang riêng của cơ quan; sửa ở trang đó, không sửa ở đây.";

/// What is wanted of a site.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'w> {
    /// Id of the agency.
    pub agency: &'w str,
    /// Id of the agency above it, where the province names it.
    pub parent: Option<&'w str>,
    /// Largest content file, in bytes.
    pub most_bytes: u64,
}

/// A content file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentFile {
    /// Path in the project.
    pub path: String,
    pub text: String,
}

/// Why a feed was refused.
#[derive(Debug, Clone)]
pub struct Refused {
    /// One of `FILES`.
    pub file: &'static str,
    pub why: Text,
}

/// Whether a content file was written by this module.
pub fn is_taken_over(text: &str) -> bool {
    text.lines().take(2).any(|line| line == MARK)
}

/// The content files of the agency, from the bytes of `FILES` in their order.
pub fn read(files: &[Vec<u8>; 4], wanted: Wanted<'_>) -> Result<Vec<ContentFile>, Refused> {
    let [agencies, declarations, work_processes, results] = files;
    let agencies: Vec<AgencyRecord> = records(FILES[0], agencies)?;
    let declarations: Vec<DeclarationRecord> = records(FILES[1], declarations)?;
    let work_processes: Vec<WorkProcessRecord> = records(FILES[2], work_processes)?;
    let results: Vec<ResultRecord> = records(FILES[3], results)?;

    unique(FILES[0], "mã cơ quan", "the id", agencies.iter().map(|one| one.id.as_str()))?;
    let ids: BTreeSet<&str> = agencies.iter().map(|one| one.id.as_str()).collect();
    let owners = [
        (FILES[1], declarations.iter().map(|one| one.agency.as_str()).collect::<Vec<_>>()),
        (FILES[2], work_processes.iter().map(|one| one.agency.as_str()).collect()),
        (FILES[3], results.iter().map(|one| one.agency.as_str()).collect()),
    ];
    for (file, owners) in owners {
        if let Some(stranger) = owners.iter().find(|owner| !ids.contains(*owner)) {
            let (vi, en) =
                (format!("có số liệu của “{stranger}”, cơ quan không có trong agencies.json"), format!("`{stranger}` is no agency of agencies.json"));
            return Err(Refused { file, why: Text::new(vi, en) });
        }
    }
    let Some(agency) = agencies.iter().find(|one| one.id == wanted.agency) else {
        let there = ids.into_iter().take(5).collect::<Vec<_>>().join(", ");
        let vi = format!("không có cơ quan “{}”; trang này là của: {there}; sửa agency hoặc source trong federation.yaml", wanted.agency);
        let en = format!("there is no agency `{}`; this site is of: {there}; correct agency or source in federation.yaml", wanted.agency);
        return Err(Refused { file: FILES[0], why: Text::new(vi, en) });
    };
    let is_own = |owner: &str| owner == wanted.agency;
    let mut content = content::Content::new(wanted);
    content.agency(agency)?;
    content.declarations(declarations.iter().filter(|one| is_own(&one.agency)))?;
    content.work_processes(work_processes.iter().filter(|one| is_own(&one.agency)))?;
    content.results(results.iter().filter(|one| is_own(&one.agency)))?;
    Ok(content.files)
}

/// The records of a file, of which every text was looked over.
fn records<T: DeserializeOwned>(file: &'static str, bytes: &[u8]) -> Result<Vec<T>, Refused> {
    let refused = |why| Refused { file, why };
    let value = serde_json::from_slice(bytes).map_err(|error| refused(no_json(&error)))?;
    let envelope: Envelope<T> = serde_json::from_slice(bytes).map_err(|error| refused(unfitting(&error)))?;
    look_over::look_over(&value).map_err(refused)?;
    Ok(envelope.records)
}

fn no_json(error: &serde_json::Error) -> Text {
    let (line, column) = (error.line(), error.column());
    Text::new(
        format!("không phải JSON (dòng {line}, cột {column}); địa chỉ có đúng là trang do congbo lập không?"),
        format!("not JSON (line {line}, column {column}); is this the address of a site made by congbo?"),
    )
}

/// Where JSON is not that of open data, in words of this program: of the parser's only names are taken.
fn unfitting(error: &serde_json::Error) -> Text {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let name = message.split('`').nth(1).unwrap_or("").to_owned();
    let (vi, en) = match message.split(' ').take(2).collect::<Vec<_>>().join(" ").as_str() {
        "unknown field" => (format!("có mục lạ “{name}”"), format!("unknown field `{name}`")),
        "missing field" => (format!("thiếu mục “{name}”"), format!("missing field `{name}`")),
        "duplicate field" => (format!("mục “{name}” có hai lần"), format!("field `{name}` twice")),
        "unknown variant" => (format!("giá trị “{name}” không có trong danh sách"), format!("unknown value `{name}`")),
        _ => ("giá trị sai kiểu".to_owned(), "a value of the wrong type".to_owned()),
    };
    let advice = (
        "hai trang phải dùng cùng phiên bản congbo; cập nhật, rồi báo cơ quan nếu vẫn còn",
        "both sites need the same edition of congbo; update it, then tell the agency if it is still so",
    );
    Text::new(format!("{vi} (dòng {line}, cột {column}); {}", advice.0), format!("{en} (line {line}, column {column}); {}", advice.1))
}

/// Nothing may be there twice.
fn unique<T: Ord + std::fmt::Display>(file: &'static str, vi: &str, en: &str, keys: impl Iterator<Item = T>) -> Result<(), Refused> {
    let mut seen = BTreeSet::new();
    for key in keys {
        if let Some(key) = seen.replace(key) {
            return Err(Refused { file, why: Text::new(format!("{vi} “{key}” có hai lần"), format!("{en} `{key}` is there twice")) });
        }
    }
    Ok(())
}
