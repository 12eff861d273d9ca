//! Makes the project of a whole province out of real data, to measure the program with. Sample content:
//! the units, procedures and legal documents are real, everything that agencies would say is made up.

#[path = "make_province/agency.rs"]
mod agency;
#[path = "make_province/catalogue.rs"]
mod catalogue;
#[path = "make_province/faults.rs"]
mod faults;
#[path = "make_province/input.rs"]
mod input;
#[path = "make_province/law.rs"]
mod law;
#[path = "make_province/measure.rs"]
mod measure;
#[path = "make_province/project.rs"]
mod project;
#[path = "make_province/quality.rs"]
mod quality;
#[path = "make_province/work_process.rs"]
mod work_process;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Parser;
use congbo::import::yaml_writer;
use serde_json::Value;

/// Make the project of a province out of real data.
#[derive(Parser)]
struct Arguments {
    /// Folder with units.json, procedures.jsonl and legal_documents.jsonl
    #[arg(long)]
    data: PathBuf,
    /// Folder of the project to make; its content folder must not exist
    #[arg(long)]
    out: PathBuf,
    /// Code of the province in units.json
    #[arg(long, default_value = "38")]
    province: String,
    /// How many communes; more than the province has are taken from others
    #[arg(long, default_value_t = 150)]
    communes: usize,
    /// How many administrative procedures each commune is competent for
    #[arg(long, default_value_t = 400)]
    procedures_per_commune: usize,
    /// How many departments and sub-departments
    #[arg(long, default_value_t = 20)]
    departments: usize,
    /// Make the faults that inspectors find, each in a few agencies, and say which of them the rules find
    #[arg(long)]
    faults: bool,
    /// Make nothing: read the project that is there, and say how long it took
    #[arg(long)]
    only_read: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if !arguments.only_read {
        let files = files(&arguments)?;
        write(&arguments.out, &files)?;
        println!("{} files, {} bytes", files.len(), files.iter().map(|file| file.text.len()).sum::<usize>());
    }
    measure::read(&arguments.out, faults::TODAY, arguments.faults)?;
    if arguments.faults { faults::judge(&arguments.out, &agencies(&arguments)?) } else { Ok(()) }
}

fn agencies(arguments: &Arguments) -> Result<Vec<agency::Agency>> {
    let place = input::place(&arguments.data, &arguments.province, arguments.communes)?;
    let catalogue = catalogue::read(&arguments.data, arguments.procedures_per_commune)?;
    Ok(agency::agencies(&place, &catalogue, arguments.departments))
}

/// A file of the project, by its path below `content/`.
struct File {
    path: String,
    text: String,
}

fn files(arguments: &Arguments) -> Result<Vec<File>> {
    let place = input::place(&arguments.data, &arguments.province, arguments.communes)?;
    let catalogue = catalogue::read(&arguments.data, arguments.procedures_per_commune)?;
    let agencies = agency::agencies(&place, &catalogue, arguments.departments);
    let mut files = catalogue.files();
    files.extend(law::files(&arguments.data)?);
    files.extend(project::files(&place, &agencies));
    for (number, agency) in agencies.iter().enumerate() {
        let mut drafts = vec![agency.file()];
        drafts.extend(quality::files(agency));
        drafts.extend(work_process::files(agency, &catalogue));
        if arguments.faults {
            faults::make(number, agency, &mut drafts);
        }
        files.extend(drafts.into_iter().map(|draft| draft.file(&agency.id)));
    }
    if arguments.faults {
        files.push(faults::law());
    }
    Ok(files)
}

/// A file of an agency before it is written.
struct Draft {
    /// Path in the folder of the agency.
    path: String,
    data: Value,
    /// What follows the data in a page.
    body: Option<String>,
}

impl Draft {
    fn new(path: &str, data: Value) -> Self {
        Self { path: path.to_owned(), data, body: None }
    }

    fn file(self, agency: &str) -> File {
        let data = yaml_writer::write(&self.data);
        let text = self.body.map_or(data.clone(), |body| format!("---\n{data}---\n\n{body}"));
        File { path: format!("agencies/{agency}/{}", self.path), text }
    }
}

fn write(out: &Path, files: &[File]) -> Result<()> {
    let content = out.join("content");
    anyhow::ensure!(!content.exists(), "{} is there already", content.display());
    for file in files {
        let path = content.join(&file.path);
        let folder = path.parent().unwrap_or(&content);
        std::fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
        std::fs::write(&path, &file.text).with_context(|| format!("could not write {}", path.display()))?;
    }
    Ok(())
}
