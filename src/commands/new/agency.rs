//! A new agency.

use anyhow::{Result, bail, ensure};

use super::{Added, Setting};
use crate::diagnostic::{Lang, nearest};
use crate::domain::vocabulary::AgencyLevel;
use crate::domain::{AgencyId, slug};
use crate::parse::FileKind;
use crate::parse::labels::LabelTable;
use crate::starter::known::id_of;
use crate::starter::sample;
use crate::starter::skeleton::{self, AgencyFacts};

/// `agency.yaml` in a folder of its own. It belongs to the province's agency, where there is one.
pub(super) fn add(setting: &Setting<'_>) -> Result<Added> {
    let arguments = setting.arguments;
    let level = known_level(arguments.level.as_deref().unwrap_or("commune"))?;
    let name = arguments.title.clone().unwrap_or_else(|| sample("Ủy ban nhân dân xã"));
    let id = arguments.id.clone().unwrap_or_else(|| id_of(&name));
    ensure!(AgencyId::parse(&id).is_some(), "--id: “{id}” không dùng được; chỉ dùng chữ thường không dấu, chữ số và gạch ngang, ví dụ {}", slug(&id, 60));
    let mut provinces = setting.judged.register.agencies.values().filter(|agency| agency.level == AgencyLevel::Province && agency.is_active());
    let parent = provinces.next().filter(|_| provinces.next().is_none() && level != "province").map(|agency| agency.id.as_str());
    let head = if matches!(level, "commune" | "province") { "Chủ tịch" } else { "Giám đốc" };
    let record = skeleton::agency(&AgencyFacts { id: &id, name: &name, level, parent, head, competence: &[] });
    let added = Added::file(format!("content/agencies/{id}/agency.yaml"), crate::starter::file(FileKind::Agency, &[record]));
    Ok(added
        .next("ghi thủ tục thuộc thẩm quyền ở administrative_procedures, ví dụ  { levels: [commune] }")
        .next(format!("thêm quy trình, rồi bản công bố:  congbo new work-process --agency {id} ,  congbo new declaration --agency {id}")))
}

/// A level of the closed list, by the label table.
fn known_level(written: &str) -> Result<&'static str> {
    let levels = LabelTable::get(Lang::Vi).values.get("agency_level");
    let names = || levels.into_iter().flatten().map(|(name, _)| name.as_str()).filter(|name| *name != "district");
    match (names().find(|name| *name == written), nearest(written, names())) {
        (Some(level), _) => Ok(level),
        (None, Some(near)) => bail!("--level: không có cấp “{written}”; có phải ý anh/chị là {near}?"),
        (None, None) => bail!("--level: không có cấp “{written}”; chọn một trong: {}", names().collect::<Vec<_>>().join(", ")),
    }
}
