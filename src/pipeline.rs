//! The six stages in order. Read this first.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::check::{self, Case};
use crate::config::{self, CONTENT_FOLDER, Config, Flags};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::domain::Register;
use crate::output::{Published, Staging};
use crate::source::{SourceTree, read_settings};
use crate::theme::Theme;
use crate::{parse, render, resolve};

/// Tables that follow the law, shipped with the program; a project's own file of the same name wins.
static SHIPPED_TABLES: &[(&str, &str)] = &[
    ("content/standards.yaml", include_str!("../content/standards.yaml")),
    ("content/frameworks.yaml", include_str!("../content/frameworks.yaml")),
    ("content/deadlines.yaml", include_str!("../content/deadlines.yaml")),
];

/// A project that was read and judged.
pub struct Judged {
    pub tree: SourceTree,
    pub config: Config,
    pub register: Register,
    /// Every problem, at the level that the site gives it.
    pub diagnostics: Vec<Diagnostic>,
    /// How many problems of which rule the site switched off.
    pub switched_off: BTreeMap<String, usize>,
}

impl Judged {
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
}

/// Load, parse, resolve, check. Fails only when the content folder can't be opened at all.
pub fn judge(project: &Path, flags: Flags) -> Result<Judged> {
    let limits = Config::limits(read_settings(&project.join(CONTENT_FOLDER).join("site.yaml")).as_deref());
    let tree = SourceTree::load(project, CONTENT_FOLDER, limits)?;
    Ok(judge_tree(tree, flags))
}

/// The same for files that are in memory already.
pub fn judge_tree(mut tree: SourceTree, flags: Flags) -> Judged {
    for (path, text) in SHIPPED_TABLES {
        if tree.text(path).is_none() && !tree.refusals.iter().any(|refusal| &*refusal.path == *path) {
            tree.insert_shipped(path, text);
        }
    }
    let mut diagnostics = Vec::new();
    let config = Config::read(&tree, flags, &mut diagnostics);
    let raw = parse::parse(&tree, &mut diagnostics);
    let register = resolve::resolve(raw, &tree, &mut diagnostics);
    let case = Case { register: &register, today: config.today, is_release: config.is_release, title_characters: config.title_characters };
    let mut found = Vec::new();
    check::check(&case, &mut found);
    diagnostics.extend(found.into_iter().filter(|diagnostic| !is_echo(diagnostic, &register)));
    let switched_off = config.apply_levels(&mut diagnostics, &rules());
    Judged { tree, config, register, diagnostics, switched_off }
}

/// Whether a rule only met what reading has told already: one cause gives one message.
fn is_echo(diagnostic: &Diagnostic, register: &Register) -> bool {
    let places = diagnostic.related.iter().map(|(origin, _)| origin).chain([&diagnostic.origin]);
    places.filter(|origin| origin.is_inside_file()).any(|origin| register.has_told(origin))
}

/// Render and write. `on_file` hears of every file that is written.
pub fn build(project: &Path, judged: &Judged, target: &Path, on_file: &(dyn Fn() + Sync)) -> Result<Built> {
    let theme = Theme::load(project, judged.config.theme.as_deref())?;
    let staging = Staging::begin(target, project)?;
    let summary = render::render(&judged.register, &judged.config, &theme, &|file| {
        on_file();
        staging.write(file)
    })?;
    let published = staging.swap_in()?;
    Ok(Built { pages: summary.pages, published, unused_overrides: theme.unused_overrides().to_vec() })
}

/// Every rule of the program, sorted by id.
pub fn rules() -> Vec<&'static Rule> {
    let stages = [parse::RULES, parse::REFUSAL_RULES, config::RULES, resolve::RULES];
    let mut rules: Vec<_> = stages.into_iter().flatten().copied().chain(check::rules()).collect();
    rules.sort_by_key(|rule| rule.id);
    rules
}
