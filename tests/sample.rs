//! The sample province: no errors, and only the warnings that its README lists.

use serde_json::Value;

use crate::project::{Project, TODAY};

#[test]
fn the_sample_has_exactly_the_warnings_it_has_on_purpose() {
    let project = Project::sample();
    let run = project.run(&format!("check --format json --as-of {TODAY}")).exit(0);
    let document: Value = serde_json::from_str(&run.out()).expect("JSON");
    let diagnostics = document["diagnostics"].as_array().expect("a list");
    let mut found: Vec<(&str, &str)> = diagnostics.iter().map(|d| (d["rule"].as_str().expect("a rule"), d["file"].as_str().expect("a file"))).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("ended-legal-document", "content/agencies/xa-ben-lau/work-processes/dang-ky-ho-kinh-doanh.md"),
            ("missing-declaration", "content/agencies/xa-trang-may/agency.yaml"),
            ("missing-translation", "content/administrative-procedures/bao-tro-xa-hoi.yaml"),
        ]
    );
    let readme = include_str!("../content/README.md");
    for (rule, _) in found {
        assert!(readme.contains(rule), "{rule} is not listed in content/README.md");
    }
}

#[test]
fn the_sample_exercises_every_kind_of_file() {
    use congbo::parse::FileKind;
    let kinds: std::collections::BTreeSet<FileKind> = crate::project::tree(&Project::sample().path(""))
        .iter()
        .filter(|(path, _)| !path.contains("/files/") && !path.ends_with("README.md"))
        .map(|(path, _)| FileKind::of(path).unwrap_or_else(|| panic!("{path} is read by nobody")))
        .collect();
    // The agencies of the sample have no sites of their own; tests/aggregate.rs has such a province.
    let missing: Vec<&FileKind> = FileKind::ALL.iter().filter(|kind| !kinds.contains(kind)).collect();
    assert_eq!(missing, [&FileKind::Federation]);
}
