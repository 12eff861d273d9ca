//! What belongs to no agency.

use congbo::import::yaml_writer;
use serde_json::json;

use crate::File;

/// The year that the corpus is measured in: its objectives have none.
pub const YEAR: u16 = 2026;

/// The unit that leads ISO work in the province.
pub const LEAD_UNIT: &str = "Sở Khoa học và Công nghệ";

/// `site.yaml`: no rule is switched off. Pages are due for review after five years, as the corpus is from 2024.
pub fn site() -> File {
    let site = json!({
        "title": "Công bố ISO 9001 (nội dung mẫu)",
        "base_url": "https://iso.vi-du.example/",
        "languages": ["vi"],
        "lead_unit": { "name": LEAD_UNIT },
        "province": { "name": "tỉnh Mẫu" },
        "review_months": 60,
        "sample": true,
    });
    File { path: "site.yaml".to_owned(), text: yaml_writer::write(&site) }
}

/// `2025-09-13` as `13/9/2025`.
pub fn written_date(date: &str) -> String {
    let mut parts: Vec<&str> = date.split('-').map(|part| part.trim_start_matches('0')).collect();
    parts.reverse();
    parts.join("/")
}
