//! The neutral corpus as its files have it. A field that is not known here is an error, so that none is
//! dropped unseen.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// One agency's folder.
pub struct Corpus {
    pub agency: Agency,
    pub policy: String,
    pub objectives: Vec<Objective>,
    pub procedures: Vec<Procedure>,
}

/// `agency.yaml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub slug: String,
    pub name: String,
    pub standard: String,
    pub declaration_no: String,
    pub date: String,
    pub head: String,
    pub address: String,
    pub phone: String,
    pub scope: String,
    pub intro: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Objectives {
    objectives: Vec<Objective>,
}

/// An entry of `objectives.yaml`: `target: "≥ 98%"`, `result: "89,1%"`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    pub code: String,
    pub objective: String,
    pub measure: String,
    pub target: String,
    pub result: String,
    pub responsible: String,
}

/// `procedures/<slug>.yaml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    pub code: String,
    pub slug: String,
    pub name: String,
    pub field: String,
    pub date: String,
    pub level: String,
    pub fee: String,
    pub time_limit: String,
    pub result: String,
    pub legal_basis: Vec<LegalBasis>,
    pub dossier: Vec<Paper>,
    pub steps: Vec<Step>,
    pub guidance: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    pub number: String,
    pub title: String,
    pub date: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub name: String,
    pub originals: u32,
    pub copies: u32,
    pub form: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub name: String,
    pub responsible: String,
    pub time: String,
    pub form: String,
    pub output: String,
}

/// The agencies' folders of a corpus, by name.
pub fn agency_folders(corpus: &Path) -> Result<Vec<PathBuf>> {
    let folders = entries(&corpus.join("content/agencies"))?;
    anyhow::ensure!(!folders.is_empty(), "no agency in {}", corpus.display());
    Ok(folders)
}

impl Corpus {
    /// Reads an agency's folder; its procedures come in the order of their names.
    pub fn read(folder: &Path) -> Result<Self> {
        let Objectives { objectives } = yaml(&folder.join("objectives.yaml"))?;
        let procedures: Result<_> = entries(&folder.join("procedures"))?.iter().map(|path| yaml(path)).collect();
        Ok(Self { agency: yaml(&folder.join("agency.yaml"))?, policy: text(&folder.join("policy.md"))?, objectives, procedures: procedures? })
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}

fn yaml<T: DeserializeOwned>(path: &Path) -> Result<T> {
    serde_yaml::from_str(&text(path)?).with_context(|| path.display().to_string())
}
