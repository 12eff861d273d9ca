//! `congbo report`: the self-check of one agency, or the yearly report of the lead unit; printed, or written to a file.

mod agency;
mod yearly;

use std::path::Path;

use anyhow::{Result, bail, ensure};

pub(super) use agency::{for_outsiders, known_agency};

use super::Outcome;
use super::surroundings::flags_on;
use crate::cli::{Report, ReportFormat};
use crate::diagnostic::Lang;
use crate::markdown::{PageFrame, escape, to_html};
use crate::output::write_if_changed;
use crate::pipeline;
use crate::theme::Theme;

/// Makes the report that was asked for.
pub fn run(project: &Path, arguments: &Report, lang: Lang) -> Result<Outcome> {
    let format = format(arguments)?;
    let judged = pipeline::judge(project, flags_on(arguments.as_of)?)?;
    let theme = Theme::load(project, judged.config.theme.as_deref())?;
    let (made, outcome) = match (&arguments.agency, arguments.year) {
        (Some(agency), _) => agency::make(&judged, &theme, agency, format, lang)?,
        (None, Some(year)) => yearly::make(&judged, &theme, year, format, lang)?,
        (None, None) => bail!("ghi mã cơ quan, hoặc --year và năm cần báo cáo"),
    };
    match &arguments.out {
        Some(file) => {
            let is_written = write_if_changed(file, &made)?;
            tell!("{}", told(file, is_written, lang));
        }
        None => say!("{}", String::from_utf8_lossy(&made).trim_end()),
    }
    Ok(outcome)
}

/// What `--format` says, else what the ending of the file says, else Markdown.
fn format(arguments: &Report) -> Result<ReportFormat> {
    let ending = arguments.out.as_ref().and_then(|file| file.extension()).and_then(|ending| ending.to_str());
    let by_name = match ending {
        Some("html" | "htm") => Some(ReportFormat::Html),
        Some("json") => Some(ReportFormat::Json),
        Some("xlsx") => Some(ReportFormat::Xlsx),
        Some("md") => Some(ReportFormat::Md),
        _ => None,
    };
    let format = arguments.format.or(by_name).unwrap_or(ReportFormat::Md);
    if format == ReportFormat::Xlsx {
        ensure!(arguments.agency.is_none(), "bản tự kiểm tra của cơ quan không có dạng xlsx; chọn md, html hoặc json");
        ensure!(ending == Some("xlsx"), "dạng xlsx cần ghi ra tệp: thêm  --out ten-tep.xlsx");
    }
    Ok(format)
}

fn told(file: &Path, is_written: bool, lang: Lang) -> String {
    let file = file.display();
    match (lang, is_written) {
        (Lang::Vi, true) => format!("đã ghi {file}"),
        (Lang::Vi, false) => format!("{file} không thay đổi"),
        (Lang::En, true) => format!("{file} written"),
        (Lang::En, false) => format!("{file} is unchanged"),
    }
}

/// A report in Markdown as one HTML file that needs nothing beside it.
fn page(title: &str, markdown: &str, style: &str, lang: Lang) -> String {
    let body = to_html(markdown, &PageFrame { top_heading: 1, link: &|_| None });
    let lang = if lang == Lang::Vi { "vi" } else { "en" };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escape(title)
    )
}

/// Enough to be read on a screen and printed on A4: NĐ 30/2020/NĐ-CP, Phụ lục I.
const STYLE: &str = "body{margin:0 auto;max-width:66ch;padding:1rem;font:112.5%/1.6 system-ui,sans-serif;overflow-wrap:break-word}h1,h2,h3{line-height:1.3}@page{size:A4;margin:20mm 15mm 20mm 30mm}@media print{body{max-width:none;padding:0;font:13pt/1.4 \"Times New Roman\",serif}h2,h3{break-after:avoid}}";
