//! `congbo init`: a starter that builds, with every place to fill in marked `[MẪU]`.

use anyhow::{Result, ensure};
use include_dir::{Dir, include_dir};
use jiff::ToSpan;

use super::Outcome;
use super::surroundings::today;
use crate::cli::{Init, StarterLevel};
use crate::domain::{Date, slug};
use crate::output::write_if_changed;
use crate::source::exists;

/// Files that every project has.
static SHARED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/commands/starter/shared");
/// Files that every agency has.
static AGENCY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/commands/starter/agency");

/// Makes the starter. A folder that already has content is left alone.
pub fn run(arguments: &Init) -> Result<Outcome> {
    let content = arguments.folder.join("content");
    ensure!(!exists(&content), "{} đã có sẵn; chọn thư mục khác", content.display());
    let today = today()?;
    let province = arguments.province.clone().unwrap_or_else(|| "[MẪU] tỉnh".to_owned());
    let agencies = agencies(arguments);
    let main = &agencies[0].name;
    let site = [
        ("title", format!("Hệ thống quản lý chất lượng – {main}")),
        ("base_url", arguments.base_url.clone().unwrap_or_else(|| "https://vi-du.example/".to_owned())),
        ("province", province),
    ];
    let mut count = 0;
    for (path, text) in filled(&SHARED, &[&site[..], &dates(today)].concat()) {
        write_if_changed(&content.join(path), &text)?;
        count += 1;
    }
    for agency in &agencies {
        for (path, text) in filled(&AGENCY, &[&agency.values()[..], &dates(today)].concat()) {
            let path = content.join("agencies").join(&agency.id).join(named(&path, today));
            write_if_changed(&path, &text)?;
            count += 1;
        }
    }
    let folder = arguments.folder.display();
    say!("đã tạo {count} tệp trong {folder}");
    say!("bước tiếp theo:");
    say!("  1. mở content/agencies/{}/agency.yaml, thay các chỗ có chữ [MẪU]", agencies[0].id);
    say!("  2. chạy  congbo check --project {folder}");
    say!("  3. chạy  congbo build --project {folder}");
    Ok(Outcome::Clean)
}

/// An agency of the starter.
struct Starter {
    id: String,
    name: String,
    level: &'static str,
    head: &'static str,
}

impl Starter {
    fn new(name: &str, level: &'static str, head: &'static str) -> Self {
        let short = name.trim_start_matches("[MẪU] ").replace("Ủy ban nhân dân ", "").replace("Uỷ ban nhân dân ", "");
        let id = slug(&short, 60);
        Self { id: if id.is_empty() { "co-quan".to_owned() } else { id }, name: name.to_owned(), level, head }
    }

    fn values(&self) -> [(&'static str, String); 5] {
        // Abbreviation of the agency in the numbers of its documents.
        let symbol = if self.level == "department" { "SO" } else { "UBND" };
        [("symbol", symbol.to_owned()), ("id", self.id.clone()), ("name", self.name.clone()), ("level", self.level.to_owned()), ("head", self.head.to_owned())]
    }
}

fn agencies(arguments: &Init) -> Vec<Starter> {
    let name = |default: &str| arguments.name.clone().unwrap_or_else(|| default.to_owned());
    match arguments.level {
        StarterLevel::Commune => vec![Starter::new(&name("[MẪU] Ủy ban nhân dân phường"), "commune", "Chủ tịch")],
        StarterLevel::Department => vec![Starter::new(&name("[MẪU] Sở"), "department", "Giám đốc")],
        StarterLevel::Province => vec![
            Starter::new(&name("[MẪU] Ủy ban nhân dân tỉnh"), "province", "Chủ tịch"),
            Starter::new("[MẪU] Sở Tư pháp", "department", "Giám đốc"),
            Starter::new("[MẪU] Ủy ban nhân dân xã", "commune", "Chủ tịch"),
        ],
    }
}

/// Dates in the order that the law asks for: audit, review, confirmation, declaration, notice.
fn dates(today: Date) -> Vec<(&'static str, String)> {
    let before = |days: i64| today.saturating_sub(days.days()).to_string();
    vec![
        ("audit", before(40)),
        ("reviewed", before(30)),
        ("confirmed", before(20)),
        ("declared", before(14)),
        ("noticed", before(10)),
        ("year", today.year().to_string()),
        ("last_year", (today.year() - 1).to_string()),
    ]
}

/// Declarations are named after their day, yearly files after their year.
fn named(path: &str, today: Date) -> String {
    match path {
        "declarations/declaration.yaml" => format!("declarations/{}.yaml", today.saturating_sub(14.days())),
        "objectives/year.yaml" => format!("objectives/{}.yaml", today.year()),
        "results/year.yaml" => format!("results/{}.yaml", today.year() - 1),
        other => other.to_owned(),
    }
}

/// Every file of a folder with its blanks filled in. Values are texts of YAML in double quotes.
fn filled(folder: &Dir<'_>, values: &[(&'static str, String)]) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    for (_, text) in &mut files {
        for (name, value) in values {
            *text = text.replace(&format!("{{{{{name}}}}}"), &value.replace('\\', "\\\\").replace('"', "\\\""));
        }
    }
    files
}

fn collect(folder: &Dir<'_>, files: &mut Vec<(String, String)>) {
    for file in folder.files() {
        if let Some(text) = file.contents_utf8() {
            files.push((file.path().to_string_lossy().replace('\\', "/"), text.to_owned()));
        }
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}
