//! The agencies: the people's committee of the province, its departments, and the communes.

use std::collections::BTreeMap;

use congbo::domain::slug;
use serde_json::{Value, json};

use crate::Draft;
use crate::catalogue::Catalogue;
use crate::input::Place;

/// Departments as most provinces have had them since March 2025; more than these are sub-departments.
const DEPARTMENTS: &[&str] = &[
    "Văn phòng Ủy ban nhân dân",
    "Sở Nội vụ",
    "Sở Tư pháp",
    "Sở Tài chính",
    "Sở Công Thương",
    "Sở Nông nghiệp và Môi trường",
    "Sở Xây dựng",
    "Sở Khoa học và Công nghệ",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Giáo dục và Đào tạo",
    "Sở Y tế",
    "Sở Dân tộc và Tôn giáo",
    "Sở Ngoại vụ",
    "Thanh tra",
    "Ban Quản lý các khu công nghiệp",
];

/// Id of the people's committee of the province.
pub const PROVINCE_ID: &str = "ubnd-tinh";

/// An agency and what it is competent for.
pub struct Agency {
    pub id: String,
    pub name: String,
    pub level: &'static str,
    pub parent: Option<&'static str>,
    pub head: &'static str,
    /// What follows `/` in the numbers of its decisions.
    pub symbol: String,
    pub place: String,
    pub codes: Vec<String>,
}

/// All agencies. The fields of the province's level are dealt out to the departments in turn.
pub fn agencies(place: &Place, catalogue: &Catalogue, departments: usize) -> Vec<Agency> {
    let mut shares: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (index, codes) in catalogue.province.values().enumerate() {
        shares.entry(index % departments.max(1)).or_default().extend(codes.iter().cloned());
    }
    let mut agencies = vec![Agency {
        id: PROVINCE_ID.to_owned(),
        name: format!("Ủy ban nhân dân {}", lower_first(&place.name)),
        level: "province",
        parent: None,
        head: "Chủ tịch",
        symbol: "QĐ-UBND".to_owned(),
        place: place.name.clone(),
        codes: Vec::new(),
    }];
    for index in 0..departments {
        agencies.push(department(index, place, shares.remove(&index).unwrap_or_default()));
    }
    agencies.extend(place.communes.iter().map(|commune| Agency {
        id: commune.id.clone(),
        name: format!("Ủy ban nhân dân {}", lower_first(&commune.name)),
        level: "commune",
        parent: Some(PROVINCE_ID),
        head: "Chủ tịch",
        symbol: "QĐ-UBND".to_owned(),
        place: commune.name.clone(),
        codes: catalogue.commune.clone(),
    }));
    agencies
}

fn department(index: usize, place: &Place, codes: Vec<String>) -> Agency {
    let (name, level) = match DEPARTMENTS.get(index) {
        Some(name) => (format!("{name} {}", lower_first(&place.name)), "department"),
        None => (format!("Chi cục mẫu số {} {}", index + 1 - DEPARTMENTS.len(), lower_first(&place.name)), "sub_department"),
    };
    let short = DEPARTMENTS.get(index).map_or_else(|| format!("chi-cuc-mau-{}", index + 1 - DEPARTMENTS.len()), |name| slug(name, 60));
    Agency { id: short, name, level, parent: Some(PROVINCE_ID), head: "Giám đốc", symbol: "QĐ-SO".to_owned(), place: place.name.clone(), codes }
}

fn lower_first(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

impl Agency {
    /// `agency.yaml`
    pub fn file(&self) -> Draft {
        let mut record = json!({ "id": self.id, "name": self.name, "level": self.level });
        if let Some(parent) = self.parent {
            record["parent"] = json!(parent);
        }
        let rest = json!({
            "head": { "position": self.head, "name": "Người đứng đầu mẫu" },
            "address": format!("Trụ sở mẫu, {}", self.place),
            "phone": "0200 000 0000",
            "email": format!("{}@vi-du.example", self.id),
            "reception_hours": "Thứ Hai đến thứ Sáu, từ 7 giờ 30 đến 11 giờ 30 và từ 13 giờ 30 đến 17 giờ",
            "reception_desk": { "name": "Nơi tiếp nhận và trả kết quả mẫu" },
            "units": [
                { "id": "trung-tam-phuc-vu", "name": "Trung tâm Phục vụ hành chính công" },
                { "id": "van-phong", "name": "Văn phòng" },
            ],
            "administrative_procedures": self.codes,
            "framework": "qd-101",
            "local_services": self.codes.iter().take(5).map(local_service).collect::<Vec<_>>(),
            "note": "Nội dung mẫu để đo chương trình.",
        });
        if let (Some(record), Value::Object(rest)) = (record.as_object_mut(), rest) {
            record.extend(rest);
        }
        Draft::new("agency.yaml", record)
    }
}

fn local_service(code: &String) -> Value {
    json!({ "code": code, "unit": "trung-tam-phuc-vu", "place": "Quầy số 1", "reviewed_on": "2026-10-20" })
}
