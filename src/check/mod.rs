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
use crate::domain::{Agency, AgencyRecords, Date, Declaration, LivingSystem, Markdown, Register, WorkProcess};
use crate::origin::Origin;

pub use province::lost_url::{Addresses, check as check_addresses};

/// What a rule judges.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    pub register: &'a Register,
    /// The date of the judgement: `--as-of`, else the clock.
    pub today: Date,
    /// Whether the site is about to go public (`--release`).
    pub is_release: bool,
    /// Months after which a page must be looked at again: `review_months` of `site.yaml`.
    pub review_months: u32,
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
    checks().map(|(rule, _)| *rule).chain([&province::lost_url::RULE])
}

/// Applies every rule, several at a time; what they find comes in the order of the rules.
pub fn check(case: &Case<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let checks: Vec<&Check> = checks().collect();
    let found: Vec<Vec<Diagnostic>> = checks
        .par_iter()
        // Some take a hundred times as long as others: each is shared out by itself.
        .with_max_len(1)
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

impl<'a> Case<'a> {
    /// A register as it is to be judged on a day, by no setting of a site.
    pub fn new(register: &'a Register, today: Date) -> Self {
        let markdowns = scan::markdowns(register).into_iter().filter(|markdown| markdown.findings.is_some()).collect();
        Self { register, today, is_release: false, review_months: u32::MAX, title_characters: u32::MAX, emblem: None, has_english: false, markdowns }
    }

    /// Every quality system with an agency that still exists.
    fn systems(&self) -> impl Iterator<Item = LivingSystem<'a>> + use<'a> {
        self.register.living_systems()
    }

    /// Every living system that has a declaration in force, and that declaration.
    fn declared(&self) -> impl Iterator<Item = (LivingSystem<'a>, &'a Declaration)> + use<'a> {
        self.register.declared(self.today)
    }

    /// Whether some file of the system could not be read: what is missing there may only be unread.
    fn is_unread(&self, living: &LivingSystem<'_>) -> bool {
        self.register.is_unread(living)
    }

    /// A date, unless it has not come yet: that is for `future-date` to tell.
    fn past(&self, date: Option<Date>) -> Option<Date> {
        date.filter(|date| *date <= self.today)
    }

    /// The records of every member of a system.
    fn records_of(&self, living: &LivingSystem<'a>) -> impl Iterator<Item = (&'a Agency, &'a AgencyRecords)> {
        self.register.records_of(living)
    }

    /// The place of element `index` of a list of codes, whose malformed elements were left out.
    fn code_place(&self, list: &Origin, index: usize) -> Origin {
        let kept = (0..).map(|at| list.item(at)).filter(|item| !self.register.told.contains(item)).nth(index);
        kept.unwrap_or_else(|| list.clone())
    }

    /// Every work process in use, with its agency.
    fn active_processes(&self) -> impl Iterator<Item = (&'a Agency, &'a WorkProcess)> + use<'a> {
        self.register.active_processes()
    }
}
