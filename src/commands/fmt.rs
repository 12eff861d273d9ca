//! `congbo fmt`: content files in canonical form.

use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use super::Outcome;
use super::surroundings::print;
use crate::cli::Fmt;
use crate::config::CONTENT_FOLDER;
use crate::diagnostic::{Diagnostic, Lang};
use crate::output::write_if_changed;
use crate::parse::{self, FileKind, Formatted};
use crate::pipeline;
use crate::report::Format;
use crate::source::{read_named, saved_again};

/// Puts every file in order, or says which ones are not. A file that can't be read is left alone and told.
pub fn run(project: &Path, arguments: &Fmt, lang: Lang) -> Result<Outcome> {
    let (tree, limit_bytes) = pipeline::read_content(project)?;
    let chosen = Chosen::new(project, &arguments.files)?;
    let texts: Vec<_> = tree.texts.iter().filter(|(path, _)| chosen.has(path) && is_by_hand(path)).collect();
    let refused: Vec<Diagnostic> = parse::refusals(&tree).into_iter().filter(|problem| chosen.has(&problem.origin.file)).collect();
    chosen.must_all_be(texts.iter().map(|(path, _)| *path).chain(refused.iter().map(|problem| &problem.origin.file)))?;
    let read = |path: &Arc<str>| -> Result<(Vec<u8>, Formatted)> {
        let bytes = read_named(&project.join(&**path), limit_bytes)?;
        let text = saved_again(&String::from_utf8_lossy(&bytes));
        Ok((bytes, parse::format(path, &text)))
    };
    let formatted: Vec<_> = texts.into_par_iter().map(|(path, _)| Ok((path, read(path)?))).collect::<Result<_>>()?;
    let (mut changed, mut left_alone) = (0, refused);
    let count = formatted.len();
    for (path, (bytes, made)) in formatted {
        match made {
            Formatted::LeftAlone(mut reasons) => left_alone.append(&mut reasons),
            Formatted::Text(text) => {
                if bytes == text.as_bytes() {
                    continue;
                }
                if !arguments.check {
                    write_if_changed(&project.join(&**path), &text)?;
                }
                say!("{path}");
                changed += 1;
            }
        }
    }
    print(&left_alone, &tree, Format::Text, lang)?;
    tell!("{}", summary((count, changed, left_alone.len()), arguments.check, lang));
    Ok(if left_alone.is_empty() && !(arguments.check && changed > 0) { Outcome::Clean } else { Outcome::Problems })
}

fn summary((count, changed, left_alone): (usize, usize, usize), is_check: bool, lang: Lang) -> String {
    let text = match (lang, is_check) {
        (Lang::Vi, true) => format!("{changed} trong {count} tệp chưa đúng mẫu trình bày"),
        (Lang::Vi, false) => format!("đã xếp lại {changed} trong {count} tệp"),
        (Lang::En, true) => format!("{changed} of {count} files are not in order"),
        (Lang::En, false) => format!("put {changed} of {count} files in order"),
    };
    match (lang, left_alone) {
        (_, 0) if is_check && changed > 0 && lang == Lang::Vi => format!("{text}; xếp lại bằng lệnh  congbo fmt"),
        (_, 0) => text,
        (Lang::Vi, left_alone) => format!("{text}; {left_alone} chỗ cần sửa trước, tệp có chỗ đó được để nguyên"),
        (Lang::En, left_alone) => format!("{text}; {left_alone} problems come first, their files were left alone"),
    }
}

/// What the program writes itself (`congbo aggregate`) is not touched.
fn is_by_hand(path: &str) -> bool {
    FileKind::of(path).is_some_and(|kind| FileKind::ALL.contains(&kind))
}

/// The files that were named, as paths of the project; all of the content where none was.
struct Chosen {
    named: Vec<(PathBuf, String)>,
}

impl Chosen {
    fn new(project: &Path, files: &[PathBuf]) -> Result<Self> {
        let root = absolute(project).with_context(|| format!("không mở được {}", project.display()))?;
        let path_of = |file: &PathBuf| {
            let full = absolute(file).with_context(|| format!("không mở được {}", file.display()))?;
            let parts = full.strip_prefix(&root).unwrap_or(file).components().filter_map(|part| part.as_os_str().to_str());
            let path = parts.filter(|part| *part != ".").collect::<Vec<_>>().join("/");
            Ok((file.clone(), path))
        };
        Ok(Self { named: files.iter().map(path_of).collect::<Result<_>>()? })
    }

    fn has(&self, path: &str) -> bool {
        self.named.is_empty() || self.named.iter().any(|(_, named)| is_below(path, named))
    }

    /// A name that stands for nothing is a mistake.
    fn must_all_be<'p>(&self, paths: impl Iterator<Item = &'p Arc<str>>) -> Result<()> {
        let paths: Vec<_> = paths.collect();
        match self.named.iter().find(|(_, named)| !paths.iter().any(|path| is_below(path, named))) {
            Some((file, _)) => bail!("{} không phải tệp nội dung của dự án (tệp .yaml hoặc .md trong {CONTENT_FOLDER}/)", file.display()),
            None => Ok(()),
        }
    }
}

fn is_below(path: &str, named: &str) -> bool {
    path.strip_prefix(named).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
