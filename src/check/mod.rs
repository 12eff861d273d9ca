//! The rules: what inspectors find, found before them. One rule a file; each judges the register on a date.
//! Never fails, reads nothing but the register, changes nothing.

mod clock;
mod coverage;
mod declaration;
mod document;
mod law;
mod paths;
mod planning;
mod province;
mod scan;
mod text;
mod wording;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Rule};
use crate::domain::vocabulary::{DocumentStatus, Obligation};
use crate::domain::{Agency, AgencyRecords, Date, Declaration, Markdown, QualitySystem, Register, WorkProcess};
use crate::origin::Origin;

/// What a rule judges.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    pub register: &'a Register,
    /// The date of the judgement: `--as-of`, else the clock.
    pub today: Date,
    /// Whether the site is about to go public (`--release`).
    pub is_release: bool,
    /// Longest title, in characters: `limits.title_characters` of `site.yaml`.
    pub title_characters: u32,
    /// The file that `site.yaml` names as its emblem.
    pub emblem: Option<&'a str>,
    /// Whether the site has English pages.
    pub has_english: bool,
    /// The public Markdown texts in which something was found: many rules look at them.
    pub(crate) markdowns: Vec<&'a Markdown>,
}

/// A rule and the function that looks for it.
type Check = (&'static Rule, fn(&Case<'_>, &mut Vec<Diagnostic>));

/// Every rule of this stage by what it looks at, in the order of `congbo rules`.
static GROUPS: &[&[Check]] =
    &[declaration::CHECKS, clock::CHECKS, coverage::CHECKS, planning::CHECKS, document::CHECKS, law::CHECKS, province::CHECKS, text::CHECKS];

/// The rules of this stage.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    checks().map(|(rule, _)| *rule)
}

/// Applies every rule, several at a time; what they find comes in the order of the rules.
pub fn check(case: &Case<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let checks: Vec<&Check> = checks().collect();
    let found: Vec<Vec<Diagnostic>> = checks
        .par_iter()
        .map(|(_, check)| {
            let mut found = Vec::new();
            check(case, &mut found);
            found
        })
        .collect();
    diagnostics.extend(found.into_iter().flatten());
}

/// Whether the rules about words could tell something of a text of the catalogue: where not, it need not be kept.
pub fn may_tell_of_words(text: &str) -> bool {
    text::may_tell(text)
}

fn checks() -> impl Iterator<Item = &'static Check> {
    GROUPS.iter().copied().flatten()
}

/// A quality system that still has an agency, and the one that answers for it.
struct LivingSystem<'a> {
    system: &'a QualitySystem,
    /// The owner, or the first member where the owner was merged away.
    agency: &'a Agency,
    members: Vec<&'a Agency>,
}

impl<'a> Case<'a> {
    /// A register as it is to be judged on a day, by no setting of a site.
    pub fn new(register: &'a Register, today: Date) -> Self {
        let markdowns = scan::markdowns(register).into_iter().filter(|markdown| markdown.findings.is_some()).collect();
        Self { register, today, is_release: false, title_characters: u32::MAX, emblem: None, has_english: false, markdowns }
    }

    /// Every quality system with an agency that still exists.
    fn systems(&self) -> impl Iterator<Item = LivingSystem<'a>> + use<'a> {
        let register = self.register;
        register.quality_systems.values().filter_map(move |system| {
            let members: Vec<&Agency> = system.members.iter().filter_map(|id| register.agencies.get(id)).filter(|agency| agency.is_active()).collect();
            let agency = members.iter().copied().find(|agency| agency.id == system.owner).or_else(|| members.first().copied())?;
            Some(LivingSystem { system, agency, members })
        })
    }

    /// Every living system that has a declaration in force, and that declaration.
    fn declared(&self) -> impl Iterator<Item = (LivingSystem<'a>, &'a Declaration)> + use<'a> {
        let today = self.today;
        self.systems().filter_map(move |living| living.system.current_declaration(today).map(|declaration| (living, declaration)))
    }

    /// Whether some file of the system could not be read: what is missing there may only be unread.
    fn is_unread(&self, living: &LivingSystem<'_>) -> bool {
        living.system.members.iter().any(|id| self.register.unread.contains(id))
    }

    /// A date, unless it has not come yet: that is for `future-date` to tell.
    fn past(&self, date: Option<Date>) -> Option<Date> {
        date.filter(|date| *date <= self.today)
    }

    /// The records of every member of a system.
    fn records_of(&self, living: &LivingSystem<'a>) -> impl Iterator<Item = (&'a Agency, &'a AgencyRecords)> {
        living.members.iter().map(|agency| (*agency, self.register.records(&agency.id))).collect::<Vec<_>>().into_iter()
    }

    /// The place of element `index` of a list of codes, whose malformed elements were left out.
    fn code_place(&self, list: &Origin, index: usize) -> Origin {
        let kept = (0..).map(|at| list.item(at)).filter(|item| !self.register.told.contains(item)).nth(index);
        kept.unwrap_or_else(|| list.clone())
    }

    /// Every work process in use, with its agency.
    fn active_processes(&self) -> impl Iterator<Item = (&'a Agency, &'a WorkProcess)> + use<'a> {
        let register = self.register;
        register.agencies.values().filter(|agency| agency.is_active()).flat_map(move |agency| {
            let processes = register.records(&agency.id).work_processes.iter();
            processes.filter(|process| process.status == DocumentStatus::Active).map(move |process| (agency, process))
        })
    }
}

impl LivingSystem<'_> {
    /// Whether the law obliges one of its agencies to run it.
    fn is_mandatory(&self) -> bool {
        self.members.iter().any(|agency| agency.obligation == Obligation::Mandatory)
    }
}
