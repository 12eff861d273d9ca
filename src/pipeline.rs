//! The six stages in order. Read this first: the first four are here, the last two in `job.rs`.

mod bundle;
mod job;
mod previous;
mod workspace;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

pub use bundle::pack;
pub use job::{CACHE_FOLDER, Job, Unchanged};
pub use previous::{PreviousFound, PreviousState};
pub use workspace::Workspace;

use crate::check::{self, Addresses, Case};
use crate::config::{self, CONTENT_FOLDER, Config, Flags};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::domain::Register;
use crate::origin::Origin;
use crate::output::Published;
pub use crate::parse::LOCK_FILE;
use crate::parse::Parsed;
use crate::render::{Arrangement, Moves, Previous};
use crate::resolve::{Catalogued, Shared};
use crate::source::{ByPath, Keeping, Limits, SourceText, SourceTree, read_beside, read_settings};
use crate::theme::Theme;
use crate::{parse, render, resolve};

/// Tables that follow the law, shipped with the program; a project's own file of the same name wins.
static SHIPPED_TABLES: &[(&str, &str)] = &[
    ("content/standards.yaml", include_str!("../content/standards.yaml")),
    ("content/frameworks.yaml", include_str!("../content/frameworks.yaml")),
    ("content/deadlines.yaml", include_str!("../content/deadlines.yaml")),
    ("content/administrations.yaml", include_str!("../content/administrations.yaml")),
    ("content/holidays.yaml", include_str!("../content/holidays.yaml")),
];

/// A project that was read and judged.
pub struct Judged {
    pub tree: Arc<SourceTree>,
    pub config: Config,
    pub register: Register,
    /// Every problem, at the level that the site gives it.
    pub diagnostics: Vec<Diagnostic>,
    /// How many problems of which rule the site switched off.
    pub switched_off: BTreeMap<String, usize>,
}

impl Judged {
    /// Tells which of these published paths the site would lose. The record of what was published, in the folder or file
    /// `previous`, knows former names of procedures: their addresses lead on. Says nothing while there are errors: with a
    /// file that could not be read its pages are missing too.
    pub fn compare_with(&mut self, published: &[Arc<str>], previous: &Path, project: &Path) -> Result<()> {
        if self.has_errors() || (published.is_empty() && self.register.redirects.is_empty()) {
            return Ok(());
        }
        let theme = Theme::load(project, self.config.theme.as_deref())?;
        let arrangement = Arrangement::new(&self.register);
        let lost_after = |previous: &Previous| -> Result<Vec<Diagnostic>> {
            let coming = render::paths(&self.register, &self.config, &theme, &arrangement, previous)?;
            let mut found = Vec::new();
            check::check_addresses(&self.register, Addresses { coming: &coming, published }, &mut found);
            Ok(found)
        };
        let mut found = lost_after(&Previous::default())?;
        if !found.is_empty() {
            found = lost_after(&PreviousFound::read(previous).previous)?;
        }
        self.config.apply_known_levels(&mut found, &mut self.switched_off);
        self.diagnostics.append(&mut found);
        Ok(())
    }

    /// Whether anything stops a build.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// What a build did.
#[derive(Debug, Clone)]
pub struct Built {
    pub pages: usize,
    pub published: Published,
    /// Files of the site's own theme that nothing uses.
    pub unused_overrides: Vec<String>,
    /// The record of what was published before: whether it could be used, and where it is.
    pub previous: (PreviousState, PathBuf),
    /// Addresses that procedures left since then.
    pub moves: Moves,
}

/// Load, parse, resolve, check. Fails only when the content folder can't be opened at all.
pub fn judge(project: &Path, flags: Flags) -> Result<Judged> {
    let shared = Shared::default();
    let (tree, products) = load(project, &shared)?;
    Ok(judge_products(tree.into(), products, &shared, flags))
}

/// Load and parse, the shipped tables too.
fn load(project: &Path, shared: &Shared) -> Result<(SourceTree, ByPath<Product>)> {
    let (mut tree, mut products) = SourceTree::load_with(project, CONTENT_FOLDER, limits(project), |path, source| look(path, source, shared))?;
    add_shipped_tables(&mut tree, &mut products, shared);
    if let Some(text) = read_beside(project, LOCK_FILE)? {
        tree.insert_text(LOCK_FILE, &text);
        let path: Arc<str> = LOCK_FILE.into();
        let at = products.partition_point(|(other, _)| *other < path);
        products.insert(at, (path.clone(), Product::new(&path, &text, shared)));
    }
    Ok((tree, products))
}

/// The shipped tables of which the project has none of its own.
fn shipped_tables(has_own: impl Fn(&str) -> bool) -> Vec<(&'static str, &'static str)> {
    SHIPPED_TABLES.iter().copied().filter(|(path, _)| !has_own(path)).collect()
}

fn add_shipped_tables(tree: &mut SourceTree, products: &mut ByPath<Product>, shared: &Shared) {
    for (path, text) in shipped_tables(|path| tree.text(path).is_some() || tree.refusals.iter().any(|refusal| &*refusal.path == path)) {
        tree.insert_shipped(path, text);
        let path: Arc<str> = path.into();
        let at = products.partition_point(|(other, _)| *other < path);
        products.insert(at, (path.clone(), Product::new(&path, text, shared)));
    }
}

fn limits(project: &Path) -> Limits {
    Config::limits(read_settings(project, CONTENT_FOLDER, "site.yaml").as_deref())
}

/// Parses a file as soon as it is read.
fn look(path: &Arc<str>, source: &SourceText, shared: &Shared) -> (Product, Keeping) {
    let product = Product::new(path, &source.text, shared);
    // A catalogue has thousands of files: the text of one in which there is nothing to tell is not kept.
    let is_done = product.is_clean_catalogue() && source.remarks.is_empty() && !check::may_tell_of_words(&source.text);
    (product, if is_done { Keeping::LayAside } else { Keeping::Keep })
}

/// What one file came to, before others are looked at.
#[derive(Clone)]
struct Product {
    parsed: Parsed,
    catalogued: Option<Catalogued>,
}

impl Product {
    fn new(path: &Arc<str>, text: &str, shared: &Shared) -> Self {
        let mut parsed = parse::parse_file(path, text);
        let catalogued = parsed.take_catalogue().map(|records| resolve::catalogue(records, shared));
        Self { parsed, catalogued }
    }

    fn is_clean_catalogue(&self) -> bool {
        self.parsed.problems.is_empty() && self.catalogued.as_ref().is_some_and(Catalogued::is_clean)
    }
}

/// The content folder as it lies there, to be changed before `judge_tree`; and its largest text, in bytes.
pub fn read_content(project: &Path) -> Result<(SourceTree, u64)> {
    let limits = limits(project);
    Ok((SourceTree::load(project, CONTENT_FOLDER, limits)?, limits.source_file_bytes))
}

/// The same for files that are in memory already.
pub fn judge_tree(mut tree: SourceTree, flags: Flags) -> Judged {
    let shared = Shared::default();
    let mut products = tree.texts.par_iter().map(|(path, source)| (path.clone(), Product::new(path, &source.text, &shared))).collect();
    add_shipped_tables(&mut tree, &mut products, &shared);
    judge_products(tree.into(), products, &shared, flags)
}

/// Resolve and check.
fn judge_products(tree: Arc<SourceTree>, products: ByPath<Product>, shared: &Shared, flags: Flags) -> Judged {
    let mut diagnostics = Vec::new();
    let config = Config::read(&tree, flags, &mut diagnostics);
    let (mut parsed, mut catalogue) = (Vec::with_capacity(products.len()), Vec::new());
    for (path, product) in products {
        parsed.push((path, product.parsed));
        catalogue.extend(product.catalogued);
    }
    let raw = parse::gather(&tree, parsed, &mut diagnostics);
    let register = resolve::resolve_with(raw, catalogue, &tree, shared, &mut diagnostics);
    let case = Case {
        is_release: config.is_release,
        review_months: config.review_months,
        title_characters: config.title_characters,
        emblem: config.emblem.as_ref().map(|emblem| emblem.path.as_str()),
        has_english: config.has_english(),
        ..Case::new(&register, config.today)
    };
    let mut found = Vec::new();
    check::check(&case, &mut found);
    diagnostics.extend(found.into_iter().filter(|diagnostic| !is_echo(diagnostic, &register)));
    drop_explained_names(&mut diagnostics);
    let switched_off = config.apply_levels(&mut diagnostics, &rules());
    Judged { tree, config, register, diagnostics, switched_off }
}

/// A year that has not come yet is why the name of the file says another one: that is told once.
fn drop_explained_names(diagnostics: &mut Vec<Diagnostic>) {
    let early: Vec<Origin> = diagnostics.iter().filter(|told| told.rule.id == "future-date").map(|told| told.origin.clone()).collect();
    if !early.is_empty() {
        diagnostics.retain(|told| told.rule.id != "invalid-id" || !early.contains(&told.origin));
    }
}

/// Whether a rule only met what reading has told already: one cause gives one message.
fn is_echo(diagnostic: &Diagnostic, register: &Register) -> bool {
    let places = diagnostic.related.iter().map(|(origin, _)| origin).chain([&diagnostic.origin]);
    places.filter(|origin| origin.is_inside_file()).any(|origin| register.has_told(origin))
}

/// Every rule of the program, sorted by id.
pub fn rules() -> Vec<&'static Rule> {
    let stages = [parse::RULES, parse::REFUSAL_RULES, config::RULES, resolve::RULES];
    let mut rules: Vec<_> = stages.into_iter().flatten().copied().chain(check::rules()).collect();
    rules.sort_by_key(|rule| rule.id);
    rules
}
