//! Turns the neutral corpus of the comparison with other generators into a project: the same facts, one
//! file a procedure. What the rules ask for and the corpus lacks is added, in as few words as will do.

#[path = "adapt_corpus/agency.rs"]
mod agency;
#[path = "adapt_corpus/catalogue.rs"]
mod catalogue;
#[path = "adapt_corpus/law.rs"]
mod law;
#[path = "adapt_corpus/neutral.rs"]
mod neutral;
#[path = "adapt_corpus/project.rs"]
mod project;
#[path = "adapt_corpus/quality.rs"]
mod quality;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Parser;

/// Turn a neutral corpus into a project.
#[derive(Parser)]
struct Arguments {
    /// Folder that gen_corpus.py made with --format neutral
    #[arg(long)]
    from: PathBuf,
    /// Folder of the project to make; its content folder must not exist
    #[arg(long)]
    to: PathBuf,
}

/// A file of the project, by its path below `content/`.
struct File {
    path: String,
    text: String,
}

fn main() -> Result<()> {
    let Arguments { from, to } = Arguments::parse();
    let content = to.join("content");
    anyhow::ensure!(!content.exists(), "{} is there already", content.display());
    let mut law = law::Law::default();
    let (mut procedures, mut written) = (0, 0);
    let mut put = |file: &File| {
        written += 1;
        write(&content, file)
    };
    let folders = neutral::agency_folders(&from)?;
    for folder in &folders {
        let corpus = neutral::Corpus::read(folder)?;
        let codes: Vec<String> = (procedures..).take(corpus.procedures.len()).map(catalogue::code).collect();
        procedures += codes.len();
        for (code, one) in codes.iter().zip(&corpus.procedures) {
            law.add(&one.legal_basis);
            put(&catalogue::file(code, one, &corpus.agency)?)?;
        }
        for file in agency::files(&corpus, &codes).into_iter().chain(quality::files(&corpus, &codes)?) {
            put(&file)?;
        }
    }
    for file in law.files().into_iter().chain([project::site()]) {
        put(&file)?;
    }
    println!("{} agencies, {procedures} administrative procedures, {written} files", folders.len());
    Ok(())
}

fn write(content: &Path, file: &File) -> Result<()> {
    let path = content.join(&file.path);
    let folder = path.parent().unwrap_or(content);
    fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
    fs::write(&path, &file.text).with_context(|| format!("could not write {}", path.display()))
}
