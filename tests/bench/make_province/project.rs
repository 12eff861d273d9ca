//! What belongs to no agency: settings, tables that follow the law, and the inspections of a year.

use congbo::import::yaml_writer;
use serde_json::{Value, json};

use crate::File;
use crate::agency::Agency;
use crate::input::Place;

/// The files of the project.
pub fn files(place: &Place, agencies: &[Agency]) -> Vec<File> {
    let file = |path: &str, text: String| File { path: path.to_owned(), text };
    vec![
        file("site.yaml", yaml_writer::write(&site(place))),
        file("standards.yaml", include_str!("../../../content/standards.yaml").to_owned()),
        file("frameworks.yaml", include_str!("../../../content/frameworks.yaml").to_owned()),
        file("deadlines.yaml", include_str!("../../../content/deadlines.yaml").to_owned()),
        file("inspections/2026.yaml", yaml_writer::write(&inspection(agencies))),
    ]
}

fn site(place: &Place) -> Value {
    json!({
        "title": format!("Công bố hệ thống quản lý chất lượng {} (nội dung mẫu)", place.name),
        "base_url": "https://iso.vi-du.example/",
        "languages": ["vi"],
        "lead_unit": { "name": "Sở Khoa học và Công nghệ" },
        "province": { "name": place.name, "code": place.code },
        "review_months": 6,
        "sample": true,
    })
}

/// Every third agency inspected at its office, the others by file.
fn inspection(agencies: &[Agency]) -> Value {
    let inspected = agencies.iter().filter(|agency| !agency.codes.is_empty()).enumerate();
    let rows: Vec<Value> = inspected
        .map(|(index, agency)| {
            let is_on_site = index % 3 == 0;
            let mut row = json!({ "agency": agency.id, "form": if is_on_site { "on_site" } else { "dossier" }, "record_on": "2026-06-15", "rating": "tot", "score": 92.5 });
            if is_on_site {
                row["findings"] = json!([{ "point": "1a", "text": "Chưa cập nhật kịp thời một quy trình", "due": "2026-08-15", "closed_on": "2026-08-01" }]);
            }
            row
        })
        .collect();
    json!({ "year": 2026, "decision": { "number": "100/QĐ-SKHCN", "issued_on": "2026-02-02" }, "agencies": rows })
}
