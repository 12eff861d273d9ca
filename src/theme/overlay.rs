//! The files of a theme: those inside the program, and a folder on top of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use include_dir::{Dir, DirEntry, include_dir};
use tera::Tera;

use super::{STATIC, TEMPLATES};
use crate::source::Print;
use crate::source::read_folder;

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The name in `site.yaml` that means "no theme of our own".
const DEFAULT_NAME: &str = "default";

/// All files of a theme by their path in it.
#[derive(Debug)]
pub(super) struct Overlay {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    /// Files of the site's own theme that the default one does not have.
    added: BTreeSet<String>,
}

impl Overlay {
    /// The default files, replaced or joined by those of `project/folder`.
    pub(super) fn load(project: &Path, folder: Option<&str>) -> Result<Self> {
        let mut files = BTreeMap::new();
        collect(&DEFAULT, &mut files);
        let mut added = BTreeSet::new();
        if let Some(folder) = folder.filter(|folder| *folder != DEFAULT_NAME) {
            for (path, bytes) in read_folder(&project.join(folder))? {
                if files.insert(path.clone(), Cow::Owned(bytes)).is_none() {
                    added.insert(path);
                }
            }
        }
        Ok(Self { files, added })
    }

    /// The files below a folder, named by the rest of their path.
    pub(super) fn below(&self, folder: &'static str) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().filter_map(move |(path, bytes)| Some((path.strip_prefix(folder)?, bytes.as_ref())))
    }

    /// Print of the files, and their names, whose path `is_part`.
    pub(super) fn key(&self, is_part: impl Fn(&str) -> bool) -> Print {
        let parts = self.files.iter().filter(|(path, _)| is_part(path));
        let pieces: Vec<&[u8]> = parts.flat_map(|(path, bytes)| [path.as_bytes(), bytes]).collect();
        Print::of_pieces(&pieces)
    }

    /// A file as text; empty where there is none.
    pub(super) fn text(&self, path: &str) -> &str {
        self.files.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }

    /// The site's own files that no template mentions and that are not published either.
    pub(super) fn unused(&self, tera: &Tera) -> Vec<String> {
        self.added.iter().filter(|path| !path.starts_with(STATIC) && !self.is_mentioned(path, tera)).cloned().collect()
    }

    fn is_mentioned(&self, path: &str, tera: &Tera) -> bool {
        let Some(name) = path.strip_prefix(TEMPLATES) else { return false };
        let text = self.text(path);
        let components = tera.get_component_names().filter(|component| text.contains(&format!("component {component}(")));
        let mut marks: Vec<String> = components.map(|component| format!("<{component}")).collect();
        marks.push(format!("\"{name}\""));
        self.below(TEMPLATES)
            .filter(|(other, _)| *other != name)
            .any(|(_, bytes)| std::str::from_utf8(bytes).is_ok_and(|text| marks.iter().any(|mark| text.contains(mark.as_str()))))
    }
}

fn collect(folder: &'static Dir<'static>, files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, files),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                files.insert(path, Cow::Borrowed(file.contents()));
            }
        }
    }
}
