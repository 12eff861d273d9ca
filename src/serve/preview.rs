//! The site as it stands in the files right now, in memory. The server knows only what is public here,
//! so that the inside can be replaced: what is kept, what is rendered, and when.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use anyhow::{Result, ensure};
use sha2::{Digest, Sha256};

use super::content_type::content_type;
use crate::config::{CONTENT_FOLDER, Config, Flags};
use crate::diagnostic::{Lang, Severity};
use crate::output::{OutputBody, OutputFile, Sink};
use crate::pipeline::{self, Judged};
use crate::render;
use crate::report::{self, Listed};
use crate::source::{Print, SourceTree, read_folder, read_named_file};
use crate::theme::{TemplateError, Theme};

/// What may have changed. Only a hint: contents are compared before anything is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// Files or folders of these paths in the project, and what lies below them.
    Paths(Vec<PathBuf>),
    Everything,
}

/// What a refresh did to the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refreshed {
    /// No content differs from what was built.
    Nothing,
    /// Only the stylesheet is another one.
    Stylesheet,
    /// So many files are new, other than before, or gone.
    Pages(usize),
    /// There are errors: the pages stay as they were.
    Refused,
}

/// A file of the site.
#[derive(Debug, Clone)]
pub struct Served {
    pub body: ServedBody,
    pub content_type: &'static str,
}

/// Where its bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServedBody {
    Bytes(Arc<Vec<u8>>),
    /// An attachment, by its path in the project.
    Attachment(Arc<str>),
}

/// The site in memory and the problems of its content.
pub struct Preview {
    project: PathBuf,
    /// Print of everything that went into the last build.
    print: Vec<u8>,
    judged: Option<Judged>,
    failure: Option<anyhow::Error>,
    pages: Pages,
}

impl Preview {
    /// A preview of which nothing is built before its first refresh. Fails only where there is no content folder.
    pub fn open(project: &Path) -> Result<Self> {
        load(project)?;
        Ok(Self { project: project.to_path_buf(), print: Vec::new(), judged: None, failure: None, pages: Pages::default() })
    }

    /// Builds anew what the changed files go into. Until it is done, readers see the old pages.
    pub fn refresh(&mut self, _changed: &Changed, flags: Flags) -> Refreshed {
        let refreshed = self.try_refresh(flags);
        if refreshed.is_err() {
            // What could not be built is tried again at the next occasion, even if nothing differs.
            self.print.clear();
        }
        refreshed.unwrap_or_else(|error| {
            self.failure = Some(error);
            Refreshed::Refused
        })
    }

    fn try_refresh(&mut self, flags: Flags) -> Result<Refreshed> {
        let tree = load(&self.project).inspect_err(|_| self.judged = None)?;
        let print = self.print(&tree, flags);
        if print == self.print {
            return Ok(Refreshed::Nothing);
        }
        let judged = self.judged.insert(pipeline::judge_tree(tree, flags));
        (self.print, self.failure) = (print, None);
        match judged.has_errors() {
            true => Ok(Refreshed::Refused),
            false => Ok(self.pages.replace(Table::build(&self.project, judged)?)),
        }
    }

    /// The pages, to be read from any thread.
    pub fn pages(&self) -> Pages {
        self.pages.clone()
    }

    /// Every problem of the last refresh, by file and line.
    pub fn problems(&self, lang: Lang) -> Vec<Listed> {
        let of_content = self.judged.iter().flat_map(|judged| report::listed(&judged.diagnostics, &judged.tree, lang));
        of_content.chain(self.failure.as_ref().map(|error| outside_of_rules(self.theme_folder().unwrap_or(CONTENT_FOLDER), error))).collect()
    }

    /// The last judgement, for those who print it.
    pub fn judged(&self) -> Option<&Judged> {
        self.judged.as_ref()
    }

    /// What stands in the way of a build though the content breaks no rule: a template, a folder that is gone.
    pub fn failure(&self) -> Option<&anyhow::Error> {
        self.failure.as_ref()
    }

    /// The folders in the project from which everything is made.
    pub fn folders(&self) -> Vec<PathBuf> {
        std::iter::once(CONTENT_FOLDER).chain(self.theme_folder()).map(PathBuf::from).collect()
    }

    fn theme_folder(&self) -> Option<&str> {
        self.judged.as_ref().and_then(|judged| judged.config.theme.as_deref())
    }

    /// Print of all that decides the site: content, theme, date.
    fn print(&self, tree: &SourceTree, flags: Flags) -> Vec<u8> {
        let theme = self.theme_folder().and_then(|folder| read_folder(&self.project.join(folder)).ok()).unwrap_or_default();
        let texts = tree.texts.iter().map(|(path, source)| (path.as_bytes(), source.text.as_bytes()));
        let attachments = tree.attachments.iter().map(|(path, attachment)| (path.as_bytes(), attachment.sha256.as_bytes()));
        let theme = theme.iter().map(|(path, bytes)| (path.as_bytes(), bytes.as_slice()));
        let mut hasher = Sha256::new_with_prefix(format!("{} {:?}", flags.today, tree.refusals));
        for (path, bytes) in texts.chain(attachments).chain(theme) {
            hasher.update([path.len() as u64, bytes.len() as u64].map(u64::to_le_bytes).as_flattened());
            hasher.update(path);
            hasher.update(bytes);
        }
        hasher.finalize().to_vec()
    }
}

fn load(project: &Path) -> Result<SourceTree> {
    let limits = Config::limits(read_named_file(&project.join(CONTENT_FOLDER).join("site.yaml")).ok().as_deref());
    SourceTree::load(project, CONTENT_FOLDER, limits)
}

/// A problem that is not one of the content.
fn outside_of_rules(folder: &str, error: &anyhow::Error) -> Listed {
    let (file, line, column, message) = match error.downcast_ref::<TemplateError>() {
        Some(template) => (template.file.clone(), template.line, template.column, template.message.clone()),
        None => (folder.to_owned(), 1, 1, format!("{error:#}")),
    };
    let (rule, severity, basis) = (None, Severity::Error, None);
    Listed { rule, severity, message, file, line, column, end_column: column, basis, hints: Vec::new(), related: Vec::new() }
}

/// The pages for readers: a look-up in a table, which a refresh replaces as a whole.
#[derive(Debug, Clone, Default)]
pub struct Pages(Arc<RwLock<Arc<Table>>>);

/// All files of a built site.
#[derive(Debug, Default)]
struct Table {
    files: BTreeMap<String, ServedBody>,
    /// Path part of the site's own address, without the first `/`: `iso/`. The links of `404.html` begin there.
    base: String,
}

impl Pages {
    /// The file at a path of the site, such as `thu-tuc/index.html`, with or without the path of the site's own address.
    pub fn file(&self, path: &str) -> Option<Served> {
        let table = self.table();
        let body = table.files.get(path).or_else(|| table.files.get(path.strip_prefix(&table.base)?))?;
        Some(Served { body: body.clone(), content_type: content_type(path) })
    }

    /// Whether nothing could be built yet.
    pub fn are_missing(&self) -> bool {
        self.table().files.is_empty()
    }

    /// Path of the stylesheet, whose name changes with its content.
    pub fn stylesheet(&self) -> String {
        self.table().stylesheet().to_owned()
    }

    fn table(&self) -> Arc<Table> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, table: Table) -> Refreshed {
        let old = self.table();
        let refreshed = match table.differences(&old) {
            0 if table.stylesheet() != old.stylesheet() => Refreshed::Stylesheet,
            0 => Refreshed::Nothing,
            count => Refreshed::Pages(count),
        };
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(table);
        refreshed
    }
}

#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, ServedBody>>);

impl Sink for Memory {
    fn reuse(&self, _path: &str, _key: &Print) -> Result<bool> {
        Ok(false)
    }

    fn write(&self, OutputFile { path, body }: OutputFile, _key: &Print) -> Result<()> {
        let body = match body {
            OutputBody::Bytes(bytes) => ServedBody::Bytes(Arc::new(bytes)),
            OutputBody::Copy(attachment) => ServedBody::Attachment(attachment),
        };
        let other = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), body);
        ensure!(other.is_none(), "hai trang có cùng địa chỉ: {path}");
        Ok(())
    }
}

impl Table {
    fn build(project: &Path, judged: &Judged) -> Result<Self> {
        let theme = Theme::load(project, judged.config.theme.as_deref())?;
        let files = Memory::default();
        render::render(&judged.register, &judged.config, &theme, &files)?;
        let base = judged.config.base_url.splitn(4, '/').nth(3).unwrap_or("").to_owned();
        Ok(Self { files: files.0.into_inner().unwrap_or_else(PoisonError::into_inner), base })
    }

    fn stylesheet(&self) -> &str {
        self.files.keys().find(|path| path.starts_with("tinh/style.") && path.ends_with(".css")).map_or("", String::as_str)
    }

    /// How many files are new, gone, or other than before, the stylesheet and its name in pages aside.
    fn differences(&self, old: &Self) -> usize {
        let (sheet, old_sheet) = (self.stylesheet(), old.stylesheet());
        let is_changed = |path: &String| match (self.files.get(path), old.files.get(path)) {
            (Some(ServedBody::Bytes(bytes)), Some(ServedBody::Bytes(before))) if path.ends_with(".html") && sheet != old_sheet => {
                bytes != before && String::from_utf8_lossy(before).replace(old_sheet, sheet).as_bytes() != bytes.as_slice()
            }
            (body, before) => body != before,
        };
        let paths: BTreeSet<&String> = self.files.keys().chain(old.files.keys()).filter(|path| *path != sheet && *path != old_sheet).collect();
        paths.into_iter().filter(|path| is_changed(path)).count()
    }
}
