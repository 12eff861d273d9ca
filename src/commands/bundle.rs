//! `congbo bundle`: one agency's site in a zip that opens from a disk; with `--evidence` for those who inspect it.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use super::Outcome;
use super::build::is_inside;
use super::report::{for_outsiders, known_agency};
use super::surroundings::{flags, is_clean, print, summary};
use crate::cli::Bundle;
use crate::config::CONTENT_FOLDER;
use crate::diagnostic::Lang;
use crate::domain::{Agency, decimal, grouped};
use crate::pipeline::{self, Judged};
use crate::render::{BUNDLE_START, Enclosure, reduce_to};
use crate::theme::Theme;

/// The self-check in a bundle for inspectors, without its ending.
const REPORT: &str = "bao-cao/tu-kiem-tra";

/// Reads and judges a project; if nothing stands in the way, packs the site of one agency.
pub fn run(project: &Path, arguments: &Bundle, lang: Lang) -> Result<Outcome> {
    let judgement = &arguments.judgement;
    let mut judged = pipeline::judge(project, flags(judgement)?)?;
    print(&judged.diagnostics, &judged.tree, judgement.format, lang)?;
    let problems = summary(&judged.diagnostics, &judged.switched_off, lang);
    if !is_clean(&judged.diagnostics, judgement) {
        tell!("{problems}; {}", if lang == Lang::Vi { "chưa tạo gói" } else { "no bundle was made" });
        return Ok(Outcome::Problems);
    }
    let id = known_agency(&judged, &arguments.agency)?;
    let agency = judged.register.agencies.get(&id).cloned().context("không có cơ quan này")?;
    ensure_exists_now(&judged, &agency)?;
    let name = format!("{id}{}.zip", if arguments.evidence { "-minh-chung" } else { "" });
    let archive = arguments.out.clone().unwrap_or_else(|| project.join(name));
    ensure!(!is_inside(&archive, &project.join(CONTENT_FOLDER)), "{} nằm trong thư mục nội dung; chọn chỗ khác bằng --out", archive.display());
    let theme = Theme::load(project, judged.config.theme.as_deref())?;
    reduce_to(&mut judged.register, &mut judged.config, &agency);
    let enclosures = if arguments.evidence { reports(&judged, &theme, &agency, lang)? } else { Vec::new() };
    let (made, packed) = pipeline::pack(project, &judged, &theme, &id, enclosures, &archive, &|| ())?;
    let (pages, files) = (grouped(made.pages as u64), grouped(packed.files as u64));
    let size = decimal(packed.size_bytes as f64 / 1_048_576.0, 1);
    let place = archive.display();
    match lang {
        Lang::Vi => tell!("đã đóng {pages} trang ({files} tệp) của {} vào {place} ({size} MB); giải nén rồi mở {BUNDLE_START}; {problems}", agency.name),
        Lang::En => tell!("{pages} pages ({files} files) of {} packed into {place} ({size} MB); unzip it and open {BUNDLE_START}; {problems}", agency.name),
    }
    Ok(Outcome::Clean)
}

fn ensure_exists_now(judged: &Judged, agency: &Agency) -> Result<()> {
    if agency.is_active() {
        return Ok(());
    }
    match agency.successor.as_ref().and_then(|id| judged.register.agencies.get(id)) {
        Some(successor) => bail!("{} không còn hoạt động; đóng gói cơ quan kế tiếp:  --agency {}", agency.name, successor.id),
        None => bail!("{} không còn hoạt động, không có trang để đóng gói", agency.name),
    }
}

/// The self-check, for those who inspect.
fn reports(judged: &Judged, theme: &Theme, agency: &Agency, lang: Lang) -> Result<Vec<Enclosure>> {
    let words = theme.words(crate::theme::Lang::Vi);
    let enclosure = |(ending, bytes): (&str, Vec<u8>)| Enclosure {
        path: format!("{REPORT}.{ending}"),
        title: words.fill("bundle_report", &[("form", &ending.to_uppercase())]),
        bytes,
    };
    Ok(for_outsiders(judged, theme, agency, lang)?.into_iter().map(enclosure).collect())
}
