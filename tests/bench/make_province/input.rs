//! The province and its communes, from `units.json`.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use congbo::domain::slug;
use congbo::source::read_named_file;
use serde::Deserialize;

/// A province with as many communes as were asked for.
pub struct Place {
    /// `Tỉnh Thanh Hoá`
    pub name: String,
    pub code: String,
    pub communes: Vec<Commune>,
}

/// A commune with an id that no other one has.
pub struct Commune {
    pub id: String,
    /// `Xã M'Drắk`
    pub name: String,
}

#[derive(Deserialize)]
struct Units {
    provinces: Vec<Province>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Province {
    code: String,
    full_name: String,
    wards: Vec<Ward>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ward {
    code: String,
    full_name: String,
}

/// The province with this code; where it has too few communes, those of the following provinces fill up.
pub fn place(data: &Path, code: &str, communes: usize) -> Result<Place> {
    let units: Units = serde_json::from_str(&read_named_file(&data.join("units.json"))?).context("units.json")?;
    let first = units.provinces.iter().position(|province| province.code == code).with_context(|| format!("no province has the code {code}"))?;
    let wards = units.provinces[first..].iter().chain(&units.provinces[..first]).flat_map(|province| &province.wards);
    let mut ids = BTreeSet::new();
    let communes = wards.take(communes).map(|ward| Commune { id: unique_id(ward, &mut ids), name: ward.full_name.clone() }).collect();
    let province = &units.provinces[first];
    Ok(Place { name: province.full_name.clone(), code: province.code.clone(), communes })
}

/// `xa-m-drak`; with the commune's code behind it where the id is taken.
fn unique_id(ward: &Ward, ids: &mut BTreeSet<String>) -> String {
    let plain = slug(&ward.full_name.replace(['\'', '’'], " "), 60);
    let id = if ids.contains(&plain) { format!("{plain}-{}", ward.code) } else { plain };
    ids.insert(id.clone());
    id
}
