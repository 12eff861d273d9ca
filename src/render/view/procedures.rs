//! Lists of administrative procedures: by field, and A to Z in Vietnamese order.

use serde::Serialize;

use super::super::path;
use super::super::site::Site;
use crate::domain::{AdministrativeProcedure, VietnameseOrder, slug};

/// A list of procedures in groups.
#[derive(Debug, Serialize)]
pub(in super::super) struct ProceduresView<'a> {
    pub count: usize,
    pub fields: usize,
    pub groups: Vec<GroupView<'a>>,
    pub grouping: Grouping,
    /// The same list, grouped the other way.
    pub other_href: String,
    pub shared_with: Option<super::LinkView>,
}

/// How a list is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in super::super) enum Grouping {
    Field,
    Letter,
}

/// The procedures of one field or letter.
#[derive(Debug, Serialize)]
pub(in super::super) struct GroupView<'a> {
    pub id: String,
    pub title: String,
    pub procedures: Vec<EntryView<'a>>,
}

/// One procedure of a list.
#[derive(Debug, Clone, Serialize)]
pub(in super::super) struct EntryView<'a> {
    pub code: &'a str,
    pub name: &'a str,
    pub href: String,
    /// How many agencies do it; only in the list of a province.
    pub agencies: Option<usize>,
    pub is_abolished: bool,
}

/// A procedure and the number of agencies that do it, where that is counted.
pub(in super::super) type Counted<'a> = (&'a AdministrativeProcedure, Option<usize>);

impl<'a> ProceduresView<'a> {
    /// A list of procedures below `base`; `procedures` are in the Vietnamese order of names.
    pub fn new(site: &Site<'_>, base: &str, procedures: &[Counted<'a>], grouping: Grouping) -> Self {
        let entry = |(procedure, agencies): &Counted<'a>| EntryView {
            code: procedure.code.as_str(),
            name: &procedure.name,
            href: path::page(&format!("{base}{}", site.procedure_folder(&procedure.code))),
            agencies: *agencies,
            is_abolished: !procedure.is_active(),
        };
        let mut groups: Vec<GroupView<'a>> = Vec::new();
        for counted in procedures {
            let title = match grouping {
                Grouping::Field => counted.0.field.trim().to_owned(),
                Grouping::Letter => VietnameseOrder::initial(&counted.0.name).to_string(),
            };
            match groups.iter_mut().find(|group| group.title == title) {
                Some(group) => group.procedures.push(entry(counted)),
                None => groups.push(GroupView { id: String::new(), title, procedures: vec![entry(counted)] }),
            }
        }
        groups.sort_by(|left, right| site.order.compare(&left.title, &right.title));
        number(&mut groups, grouping);
        let mut fields: Vec<&str> = procedures.iter().map(|(procedure, _)| procedure.field.trim()).collect();
        fields.sort_unstable();
        fields.dedup();
        let other = if grouping == Grouping::Field { "thu-tuc/a-z/" } else { "thu-tuc/" };
        Self { count: procedures.len(), fields: fields.len(), groups, grouping, other_href: path::page(&format!("{base}{other}")), shared_with: None }
    }
}

/// Anchors made of the titles; what folds to the same letters gets a number.
fn number(groups: &mut [GroupView<'_>], grouping: Grouping) {
    let prefix = if grouping == Grouping::Field { "linh-vuc" } else { "chu" };
    let mut used: Vec<String> = Vec::new();
    for group in groups {
        let base = format!("{prefix}-{}", slug(&group.title, 50));
        let mut id = base.clone();
        let mut count = 2;
        while used.contains(&id) {
            id = format!("{base}-{count}");
            count += 1;
        }
        used.push(id.clone());
        group.id = id;
    }
}
