//! The site as it stands in the files right now, in memory. The server knows only what is public here,
//! so that the inside can be replaced: what is kept, what is rendered, and when.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use anyhow::{Result, ensure};

use super::content_type::content_type;
use crate::config::{CONTENT_FOLDER, Flags};
use crate::diagnostic::{Lang, Severity};
use crate::markdown::escape;
use crate::output::{OutputBody, OutputFile};
use crate::pipeline::{Judged, LOCK_FILE, PreviousFound, Workspace};
use crate::render::{self, Arrangement, Previous};
use crate::report::{self, Listed};
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
    /// Pages are new, other than before, or gone.
    Pages,
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
    workspace: Option<Workspace>,
    judged: Option<Arc<Judged>>,
    failure: Option<anyhow::Error>,
    pages: Pages,
}

impl Preview {
    /// A preview of which nothing is built before its first refresh. Fails only where there is no content folder.
    pub fn open(project: &Path) -> Result<Self> {
        let content = project.join(CONTENT_FOLDER);
        ensure!(content.is_dir(), "không mở được thư mục {}", content.display());
        Ok(Self { project: project.to_path_buf(), workspace: None, judged: None, failure: None, pages: Pages::default() })
    }

    /// Looks at the changed files, and makes a site of what they say now. Until it is done, readers see the old one.
    pub fn refresh(&mut self, changed: &Changed, flags: Flags) -> Refreshed {
        let refreshed = self.try_refresh(changed, flags);
        refreshed.unwrap_or_else(|error| {
            self.failure = Some(error);
            Refreshed::Refused
        })
    }

    fn try_refresh(&mut self, changed: &Changed, flags: Flags) -> Result<Refreshed> {
        // What could not be built is tried again at the next occasion, even if nothing differs.
        let has_failed = self.failure.take().is_some();
        let is_changed = self.read(changed).inspect_err(|_| (self.workspace, self.judged) = (None, None))?;
        let Some(workspace) = &self.workspace else { return Ok(Refreshed::Nothing) };
        let old = self.pages.stage();
        let judged = match &self.judged {
            Some(judged) if !is_changed && judged.config.today == flags.today => judged.clone(),
            _ => workspace.judge(flags).into(),
        };
        let is_same_content = self.judged.as_ref().is_some_and(|before| Arc::ptr_eq(before, &judged));
        self.judged = Some(judged.clone());
        if judged.has_errors() {
            return Ok(if is_same_content { Refreshed::Nothing } else { Refreshed::Refused });
        }
        let folder = judged.config.theme.as_deref();
        let key = Theme::key_of(&self.project, folder)?;
        let theme = match old.as_ref().filter(|old| old.theme.whole_key() == key && old.judged.config.theme.as_deref() == folder) {
            Some(old) => old.theme.clone(),
            None => Arc::new(Theme::load(&self.project, folder)?),
        };
        let is_same_theme = old.as_ref().is_some_and(|old| Arc::ptr_eq(&old.theme, &theme));
        if is_same_content && is_same_theme && !has_failed {
            return Ok(Refreshed::Nothing);
        }
        let has_same_pages = is_same_content && old.as_ref().is_some_and(|old| old.theme.key() == theme.key());
        let stage = Stage::new(&self.project, judged, theme, old.as_deref())?;
        // What people are looking at is made before it is announced: a template that fails is told, not shown.
        for path in old.iter().flat_map(|old| old.recent()) {
            stage.body(&path)?;
        }
        self.pages.replace(stage);
        Ok(if has_same_pages { Refreshed::Stylesheet } else { Refreshed::Pages })
    }

    fn read(&mut self, changed: &Changed) -> Result<bool> {
        let paths = match changed {
            Changed::Paths(paths) => Some(paths.as_slice()),
            Changed::Everything => None,
        };
        match &mut self.workspace {
            Some(workspace) => workspace.refresh(paths),
            None => {
                self.workspace = Some(Workspace::open(&self.project)?);
                Ok(true)
            }
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
        self.judged.as_deref()
    }

    /// What stands in the way of a build though the content breaks no rule: a template, a folder that is gone.
    pub fn failure(&self) -> Option<&anyhow::Error> {
        self.failure.as_ref()
    }

    /// The folders in the project from which everything is made, and the file beside them that says what was approved.
    pub fn places(&self) -> Vec<PathBuf> {
        [CONTENT_FOLDER, LOCK_FILE].into_iter().chain(self.theme_folder()).map(PathBuf::from).collect()
    }

    fn theme_folder(&self) -> Option<&str> {
        self.judged.as_ref().and_then(|judged| judged.config.theme.as_deref())
    }
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

/// The pages for readers: a look-up by path, which a refresh replaces as a whole.
#[derive(Clone, Default)]
pub struct Pages(Arc<RwLock<Option<Arc<Stage>>>>);

/// How many pages are made anew before a change is announced: those that were asked for last.
const RECENT: usize = 8;

/// A site that could be built. Its pages are made when somebody asks for them.
struct Stage {
    judged: Arc<Judged>,
    theme: Arc<Theme>,
    arrangement: Arc<Arrangement>,
    stylesheet: String,
    /// Path part of the site's own address, without the first `/`: `iso/`. The links of `404.html` begin there.
    base: String,
    /// The public folder of the project, and what was published there: read when changes are first asked for.
    published: PathBuf,
    previous: OnceLock<Previous>,
    made: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    files: BTreeMap<String, Option<ServedBody>>,
    /// Paths of pages that were asked for, the last one last.
    asked: Vec<String>,
}

impl Pages {
    /// The file at a path of the site, such as `thu-tuc/index.html`, with or without the path of the site's own address.
    pub fn file(&self, path: &str) -> Option<Served> {
        let stage = self.stage()?;
        stage.ask(path).or_else(|| stage.ask(path.strip_prefix(&stage.base).filter(|_| !stage.base.is_empty())?))
    }

    /// Whether nothing could be built yet.
    pub fn are_missing(&self) -> bool {
        self.stage().is_none()
    }

    /// Path of the stylesheet, whose name changes with its content.
    pub fn stylesheet(&self) -> String {
        self.stage().map_or_else(String::new, |stage| stage.stylesheet.clone())
    }

    fn stage(&self) -> Option<Arc<Stage>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, stage: Stage) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(stage));
    }
}

impl Stage {
    /// Fails where two records would get one address.
    fn new(project: &Path, judged: Arc<Judged>, theme: Arc<Theme>, old: Option<&Self>) -> Result<Self> {
        let arrangement = match old {
            Some(old) if old.arrangement.fits(&judged.register) => old.arrangement.clone(),
            _ => Arc::new(Arrangement::new(&judged.register)),
        };
        render::check_addresses(&judged.register, &judged.config, &theme, &arrangement)?;
        let stylesheet = render::stylesheet(&theme, &judged.config)?;
        let base = judged.config.base_url.splitn(4, '/').nth(3).unwrap_or("").to_owned();
        let published = project.join("public");
        Ok(Self { judged, theme, arrangement, stylesheet, base, published, previous: OnceLock::new(), made: Mutex::default() })
    }

    /// The file at a path, for a reader. A page that can't be made says why.
    fn ask(&self, path: &str) -> Option<Served> {
        match self.body(path) {
            Ok(body) => {
                let body = body?;
                let mut made = self.made();
                made.asked.retain(|asked| asked != path);
                made.asked.push(path.to_owned());
                Some(Served { body, content_type: content_type(path) })
            }
            Err(error) => {
                let told = format!(
                    "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Lỗi</title></head><body><h1>Chưa tạo được trang này</h1><pre>{}</pre></body></html>",
                    escape(&format!("{error:#}"))
                );
                Some(Served { body: ServedBody::Bytes(Arc::new(told.into_bytes())), content_type: content_type("index.html") })
            }
        }
    }

    /// The file at a path, `None` where the site has none.
    fn body(&self, path: &str) -> Result<Option<ServedBody>> {
        if let Some(body) = self.made().files.get(path) {
            return Ok(body.clone());
        }
        let none = Previous::default();
        let previous = if render::tells_changes(path) { self.previous.get_or_init(|| PreviousFound::read(&self.published).previous) } else { &none };
        let render = |previous: &Previous| render::render_file(&self.judged.register, &self.judged.config, &self.theme, &self.arrangement, previous, path);
        let mut file = render(previous)?;
        if file.is_none() && render::may_have_moved(path) {
            file = render(self.previous.get_or_init(|| PreviousFound::read(&self.published).previous))?;
        }
        let body = file.map(|OutputFile { body, .. }| match body {
            OutputBody::Bytes(bytes) => ServedBody::Bytes(Arc::new(bytes)),
            OutputBody::Copy(attachment) => ServedBody::Attachment(attachment),
        });
        if body.is_some() {
            self.made().files.insert(path.to_owned(), body.clone());
        }
        Ok(body)
    }

    /// The pages that were asked for last.
    fn recent(&self) -> Vec<String> {
        self.made().asked.iter().rev().take(RECENT).cloned().collect()
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
