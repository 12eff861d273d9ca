//! The catalogue of the data in the terms of DCAT 3 as JSON-LD, by which data portals take it over.

use anyhow::Result;
use serde_json::{Value, json};

use super::super::path;
use super::super::site::Site;
use super::page::Format;
use super::{CATALOGUE, SECTION, Set};

/// Writes the catalogue.
pub(super) fn write(site: &Site<'_>) -> Result<()> {
    if !site.wants(CATALOGUE) {
        return Ok(());
    }
    let words = site.words();
    let publisher = site.config.lead_unit.as_ref().map_or(site.config.title.as_str(), |unit| unit.name.as_str());
    let sets: Vec<Value> = Set::ALL.iter().map(|set| dataset(site, *set, publisher)).collect();
    let catalogue = json!({
        "@context": context(),
        "id": address(site, &path::page(SECTION)),
        "type": "Catalog",
        "title": format!("{}: {}", words.text("section_data"), site.config.title),
        "description": words.text("data_lead"),
        "publisher": agent(publisher),
        "license": license(site),
        "language": VIETNAMESE,
        "modified": site.today().to_string(),
        "dataset": sets,
    });
    site.write_bytes(CATALOGUE.to_owned(), format!("{catalogue:#}\n").into_bytes())
}

const VIETNAMESE: &str = "http://publications.europa.eu/resource/authority/language/VIE";

fn context() -> Value {
    let link = |id: &str| json!({ "@id": id, "@type": "@id" });
    json!({
        "@language": "vi",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "id": "@id",
        "type": "@type",
        "Catalog": "dcat:Catalog",
        "Dataset": "dcat:Dataset",
        "Distribution": "dcat:Distribution",
        "Agent": "foaf:Agent",
        "LicenseDocument": "dct:LicenseDocument",
        "title": "dct:title",
        "description": "dct:description",
        "name": "foaf:name",
        "identifier": { "@id": "dct:identifier", "@language": null },
        "publisher": "dct:publisher",
        "license": link("dct:license"),
        "language": link("dct:language"),
        "modified": { "@id": "dct:modified", "@type": "xsd:date" },
        "dataset": "dcat:dataset",
        "distribution": "dcat:distribution",
        "accessURL": link("dcat:accessURL"),
        "downloadURL": link("dcat:downloadURL"),
        "mediaType": link("dcat:mediaType"),
        "conformsTo": link("dct:conformsTo"),
    })
}

/// Address of a file; leads from the catalogue where the site does not know its own.
fn address(site: &Site<'_>, file: &str) -> String {
    let base = &site.config.base_url;
    if base.is_empty() { format!("{}{file}", path::up(CATALOGUE)) } else { format!("{base}{}", path::without_page(file)) }
}

fn agent(name: &str) -> Value {
    json!({ "type": "Agent", "name": name })
}

/// The licence: by its address where the site gave one, and as it is called.
fn license(site: &Site<'_>) -> Value {
    let (name, url) = (site.config.license.as_deref(), site.config.license_url.as_deref());
    match (name, url) {
        (None, None) => Value::Null,
        (Some(name), Some(url)) => json!({ "id": url, "type": "LicenseDocument", "title": name }),
        (None, Some(url)) => json!({ "id": url, "type": "LicenseDocument" }),
        (Some(name), None) => json!({ "type": "LicenseDocument", "title": name }),
    }
}

fn dataset(site: &Site<'_>, set: Set, publisher: &str) -> Value {
    let words = site.words();
    let (word, page) = (set.word(), address(site, &path::page(SECTION)));
    let about = format!("{word}_about");
    let distributions: Vec<Value> = Format::of(set).iter().map(|format| distribution(site, set, format)).collect();
    json!({
        "id": format!("{page}#{}", set.name()),
        "type": "Dataset",
        "identifier": set.name(),
        "title": words.text(&word),
        "description": words.text(&about),
        "publisher": agent(publisher),
        "license": license(site),
        "language": VIETNAMESE,
        "modified": site.today().to_string(),
        "distribution": distributions,
    })
}

fn distribution(site: &Site<'_>, set: Set, format: &Format) -> Value {
    let mut distribution = json!({
        "type": "Distribution",
        "title": format.name,
        "accessURL": address(site, &path::page(SECTION)),
        "downloadURL": address(site, &format.file),
        "mediaType": format!("https://www.iana.org/assignments/media-types/{}", format.media_type),
        "license": license(site),
    });
    if format.name == "JSON" {
        distribution["conformsTo"] = json!(address(site, &set.schema_file()));
    }
    distribution
}
