//! What an agency shows at each point of TT 26/2014/TT-BKHCN, Điều 36, and what `check` finds in its files: for the
//! agency's self-check, and for whoever comes to inspect.

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::super::Outcome;
use super::page;
use crate::cli::ReportFormat;
use crate::diagnostic::{Diagnostic, Lang, Severity, nearest};
use crate::domain::{Agency, AgencyId, long_date};
use crate::pipeline::Judged;
use crate::render::{Evidence, EvidencePoint, Withheld};
use crate::report::{self, Listed};
use crate::theme::Theme;

/// The report of one agency as bytes, and whether errors were found in its files.
pub(super) fn make(judged: &Judged, theme: &Theme, agency: &str, format: ReportFormat, lang: Lang) -> Result<(Vec<u8>, Outcome)> {
    let id = known_agency(judged, agency)?;
    let evidence = evidence(judged, theme, &id)?;
    let problems = report::listed(&problems_of(judged, &id), &judged.tree, lang);
    let made = written(&evidence, &problems, 0, format)?;
    let is_clean = !problems.iter().any(|problem| problem.severity == Severity::Error);
    Ok((made, if is_clean { Outcome::Clean } else { Outcome::Problems }))
}

/// The report of one agency for outsiders, in the three forms, by the ending of its file: what was found about things that
/// the agency keeps to itself is left out.
pub(in crate::commands) fn for_outsiders(judged: &Judged, theme: &Theme, agency: &Agency, lang: Lang) -> Result<Vec<(&'static str, Vec<u8>)>> {
    // With those of the agency whose system it shares.
    let withheld: Vec<Withheld> = judged.register.agencies.values().map(|agency| Withheld::of(&judged.register, agency)).collect();
    let is_withheld = |one: &Diagnostic| {
        let mut places = one.related.iter().map(|(origin, _)| origin).chain([&one.origin]);
        let mut texts = one.related.iter().map(|(_, text)| text).chain(&one.hints).chain([&one.message]);
        places.any(|place| withheld.iter().any(|withheld| withheld.holds(place)))
            || texts.any(|text| withheld.iter().any(|withheld| withheld.is_told_by(text.get(lang))))
    };
    let mut found = problems_of(judged, &agency.id);
    let all = found.len();
    found.retain(|one| !is_withheld(one));
    let left_out = all - found.len();
    let problems = report::listed(&found, &judged.tree, lang);
    let evidence = evidence(judged, theme, &agency.id)?;
    let forms = [("html", ReportFormat::Html), ("md", ReportFormat::Md), ("json", ReportFormat::Json)];
    forms.into_iter().map(|(ending, format)| Ok((ending, written(&evidence, &problems, left_out, format)?))).collect()
}

fn evidence(judged: &Judged, theme: &Theme, id: &AgencyId) -> Result<Evidence> {
    Evidence::new(&judged.register, &judged.config, theme, id)?.with_context(|| format!("không có cơ quan “{id}”"))
}

/// The report in a form. So many problems were left out of the list.
fn written(evidence: &Evidence, problems: &[Listed], left_out: usize, format: ReportFormat) -> Result<Vec<u8>> {
    let made = match format {
        ReportFormat::Md => markdown(evidence, problems, left_out),
        ReportFormat::Html => page(&format!("Tự kiểm tra: {}", evidence.name), &markdown(evidence, problems, left_out), "", Lang::Vi),
        ReportFormat::Json if left_out > 0 => {
            serde_json::to_string_pretty(&json!({ "evidence": evidence, "problems": problems, "problems_left_out": left_out }))?
        }
        ReportFormat::Json => serde_json::to_string_pretty(&json!({ "evidence": evidence, "problems": problems }))?,
        ReportFormat::Xlsx => bail!("bản tự kiểm tra của cơ quan không có dạng xlsx; chọn md, html hoặc json"),
    };
    Ok(format!("{}\n", made.trim_end()).into_bytes())
}

/// The agency with an id as somebody typed it.
pub(in crate::commands) fn known_agency(judged: &Judged, written: &str) -> Result<AgencyId> {
    let ids = || judged.register.agencies.keys().map(AgencyId::as_str);
    match AgencyId::parse(written).filter(|id| judged.register.agencies.contains_key(id)) {
        Some(id) => Ok(id),
        None => match nearest(written, ids()) {
            Some(near) => bail!("không có cơ quan “{written}”; có phải ý anh/chị là {near}?"),
            None => bail!("không có cơ quan “{written}”; mã cơ quan là tên thư mục trong content/agencies: {}", ids().collect::<Vec<_>>().join(", ")),
        },
    }
}

/// What was found in the files of an agency.
fn problems_of(judged: &Judged, id: &AgencyId) -> Vec<Diagnostic> {
    let folder = format!("content/agencies/{id}/");
    judged.diagnostics.iter().filter(|one| one.origin.file.starts_with(&folder)).cloned().collect()
}

/// The report as Markdown.
fn markdown(evidence: &Evidence, problems: &[Listed], left_out: usize) -> String {
    let Evidence { agency: _, name, as_of, shared_with, shown, total, parts } = evidence;
    let mut text = format!("# Tự kiểm tra hệ thống quản lý chất lượng: {name}\n\n");
    text.push_str(&format!(
        "Theo từng điểm của Điều 36 Thông tư 26/2014/TT-BKHCN, tính đến {}. Đây là bản tự kiểm tra, không phải xếp loại.\n\n",
        long_date(*as_of)
    ));
    text.push_str(&format!("Đã có nội dung công khai ở {shown} trên {total} điểm."));
    if let Some(owner) = shared_with {
        text.push_str(&format!(" Dùng chung hệ thống quản lý chất lượng với {owner}."));
    }
    text.push_str("\n\n");
    let missing: Vec<&str> = parts.iter().flat_map(|part| &part.points).filter(|point| is_missing(point)).map(|point| point.point).collect();
    if !missing.is_empty() {
        text.push_str(&format!("**Còn thiếu:** điểm {}.\n\n", missing.join(", ")));
    }
    for part in parts {
        text.push_str(&format!("## {}\n\n", part.title));
        part.points.iter().for_each(|point| text.push_str(&point_text(point)));
    }
    text.push_str(&problems_text(problems, left_out));
    text
}

fn is_missing(point: &EvidencePoint) -> bool {
    point.shown.is_empty() && !point.is_optional
}

fn point_text(point: &EvidencePoint) -> String {
    let mut text = format!("### Điểm {}\n\n{}\n\n", point.point, point.asked);
    for item in &point.shown {
        let on = item.on.as_ref().map(|on| format!(", {}", on.parse().map_or_else(|_| on.clone(), long_date))).unwrap_or_default();
        match &item.address {
            Some(address) if address.contains("://") => text.push_str(&format!("- [{}]({address}){on}\n", item.text)),
            Some(path) => text.push_str(&format!("- {}{on} (`{path}`)\n", item.text)),
            None => text.push_str(&format!("- {}{on}\n", item.text)),
        }
    }
    match (point.shown.is_empty(), point.is_optional) {
        (false, _) => {}
        (true, true) => text.push_str("Không ghi nhận; chỉ áp dụng khi có phát sinh.\n"),
        (true, false) => text.push_str("**Chưa có:** cơ quan chưa công khai nội dung nào cho điểm này.\n"),
    }
    text.push('\n');
    text
}

fn problems_text(problems: &[Listed], left_out: usize) -> String {
    let mut text = String::from("## Kết quả kiểm tra tự động\n\n");
    if left_out > 0 {
        text.push_str(&format!("Không nêu ở bản này: {left_out} điểm về tài liệu nội bộ, bản thảo.\n\n"));
    } else if problems.is_empty() {
        text.push_str("Không có lỗi, cảnh báo nào trong các tệp của cơ quan.\n");
    }
    for one in problems {
        let level = match one.severity {
            Severity::Error => "Lỗi",
            Severity::Warning => "Cảnh báo",
            Severity::Information => "Thông tin",
        };
        let basis = one.basis.map(|basis| format!(" Căn cứ: {basis}.")).unwrap_or_default();
        let hints: String = one.hints.iter().map(|hint| format!(" Cách sửa: {hint}.")).collect();
        text.push_str(&format!("- {level}: {}.{basis}{hints} (`{}:{}:{}`)\n", one.message, one.file, one.line, one.column));
    }
    text
}
