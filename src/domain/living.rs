//! Quality systems that still have an agency, and the declarations in force: where every clock begins.

use super::vocabulary::{DocumentStatus, Obligation};
use super::{Agency, AgencyRecords, Date, Declaration, QualitySystem, Register, WorkProcess};

/// A quality system that still has an agency, and the one that answers for it.
#[derive(Debug, Clone)]
pub struct LivingSystem<'a> {
    pub system: &'a QualitySystem,
    /// The owner, or the first member where the owner was merged away.
    pub agency: &'a Agency,
    pub members: Vec<&'a Agency>,
}

impl LivingSystem<'_> {
    /// Whether the law obliges one of its agencies to run it.
    pub fn is_mandatory(&self) -> bool {
        self.members.iter().any(|agency| agency.obligation == Obligation::Mandatory)
    }
}

impl Register {
    /// Every quality system with an agency that still exists.
    pub fn living_systems(&self) -> impl Iterator<Item = LivingSystem<'_>> {
        self.quality_systems.values().filter_map(|system| {
            let members: Vec<&Agency> = system.members.iter().filter_map(|id| self.agencies.get(id)).filter(|agency| agency.is_active()).collect();
            let agency = members.iter().copied().find(|agency| agency.id == system.owner).or_else(|| members.first().copied())?;
            Some(LivingSystem { system, agency, members })
        })
    }

    /// Every living system that has a declaration in force on `date`, and that declaration.
    pub fn declared(&self, date: Date) -> impl Iterator<Item = (LivingSystem<'_>, &Declaration)> {
        self.living_systems().filter_map(move |living| living.system.current_declaration(date).map(|declaration| (living, declaration)))
    }

    /// The records of every member of a system.
    pub fn records_of<'a>(&'a self, living: &LivingSystem<'a>) -> impl Iterator<Item = (&'a Agency, &'a AgencyRecords)> + use<'a> {
        living.members.iter().map(|agency| (*agency, self.records(&agency.id))).collect::<Vec<_>>().into_iter()
    }

    /// Whether some file of the system could not be read: what is missing there may only be unread.
    pub fn is_unread(&self, living: &LivingSystem<'_>) -> bool {
        living.system.members.iter().any(|id| self.unread.contains(id))
    }

    /// Every work process in use, with its agency.
    pub fn active_processes(&self) -> impl Iterator<Item = (&Agency, &WorkProcess)> {
        self.agencies.values().filter(|agency| agency.is_active()).flat_map(move |agency| {
            let processes = self.records(&agency.id).work_processes.iter();
            processes.filter(|process| process.status == DocumentStatus::Active).map(move |process| (agency, process))
        })
    }
}
