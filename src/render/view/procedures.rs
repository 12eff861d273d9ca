//! Lists of administrative procedures: by field, and A to Z in Vietnamese order. A short list is one page;
//! of a long one the page is an index, and each field or letter has pages of its own that open fast on a slow line.

use serde::Serialize;

use super::super::path;
use super::super::site::Site;
use crate::domain::{AdministrativeProcedure, VietnameseOrder, slug};

/// Most procedures on a page: with it a page stays under 30 KB on the line.
const PAGE_LENGTH: usize = 250;

/// A list of procedures in groups.
#[derive(Debug, Serialize)]
pub(in super::super) struct ProceduresView<'a> {
    pub count: usize,
    pub fields: usize,
    /// Without their procedures where the page is only an index.
    pub groups: Vec<GroupView<'a>>,
    pub grouping: Grouping,
    pub extent: Extent,
    /// The pages of a long group; empty where there is one.
    pub pager: Vec<PagerView>,
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

/// What a page of a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in super::super) enum Extent {
    All,
    Index,
    Group,
}

/// A page of a long group.
#[derive(Debug, Clone, Serialize)]
pub(in super::super) struct PagerView {
    pub number: usize,
    pub href: String,
    pub is_current: bool,
}

/// A page of a list, by its folder below its owner.
pub(in super::super) struct ListPage<'a> {
    pub folder: String,
    /// The field or letter and the number of the page within it, where it is not the list itself.
    pub group: Option<(String, usize)>,
    pub view: ProceduresView<'a>,
}

/// The procedures of one field or letter.
#[derive(Debug, Serialize)]
pub(in super::super) struct GroupView<'a> {
    pub id: String,
    pub title: String,
    pub count: usize,
    /// Where its list begins.
    pub href: String,
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
                None => groups.push(GroupView { id: String::new(), title, count: 0, href: String::new(), procedures: vec![entry(counted)] }),
            }
        }
        groups.sort_by(|left, right| site.order.compare(&left.title, &right.title));
        let extent = if procedures.len() > PAGE_LENGTH { Extent::Index } else { Extent::All };
        number(&mut groups, grouping);
        for group in &mut groups {
            group.count = group.procedures.len();
            group.href = match extent {
                Extent::Index => path::page(&format!("{base}{}", group_folder(group, grouping))),
                _ => format!("{}#{}", path::page(&format!("{base}{}", grouping.folder())), group.id),
            };
        }
        let mut fields: Vec<&str> = procedures.iter().map(|(procedure, _)| procedure.field.trim()).collect();
        fields.sort_unstable();
        fields.dedup();
        let other_href = path::page(&format!("{base}{}", grouping.other().folder()));
        Self { count: procedures.len(), fields: fields.len(), groups, grouping, extent, pager: Vec::new(), other_href, shared_with: None }
    }

    /// The pages that the list becomes, below `base`.
    pub fn into_pages(mut self, base: &str) -> Vec<ListPage<'a>> {
        let folder = self.grouping.folder().to_owned();
        if self.extent != Extent::Index {
            return vec![ListPage { folder, group: None, view: self }];
        }
        let mut pages = Vec::new();
        for group in &mut self.groups {
            let inner = group_folder(group, self.grouping);
            let mut rest = std::mem::take(&mut group.procedures);
            let last = rest.len().div_ceil(PAGE_LENGTH);
            for page in 1..=last {
                let procedures = rest.drain(..rest.len().min(PAGE_LENGTH)).collect();
                let part = GroupView { id: group.id.clone(), title: group.title.clone(), count: group.count, href: group.href.clone(), procedures };
                let view = Self {
                    count: group.count,
                    fields: self.fields,
                    groups: vec![part],
                    grouping: self.grouping,
                    extent: Extent::Group,
                    pager: pager(&format!("{base}{inner}"), page, last),
                    other_href: path::page(&format!("{base}{folder}")),
                    shared_with: None,
                };
                pages.push(ListPage { folder: page_folder(&inner, page), group: Some((group.title.clone(), page)), view });
            }
        }
        pages.push(ListPage { folder, group: None, view: self });
        pages
    }
}

impl Grouping {
    /// The folder of the list.
    fn folder(self) -> &'static str {
        match self {
            Self::Field => "thu-tuc/",
            Self::Letter => "thu-tuc/a-z/",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Field => Self::Letter,
            Self::Letter => Self::Field,
        }
    }

    /// What its anchors begin with.
    fn prefix(self) -> &'static str {
        match self {
            Self::Field => "linh-vuc-",
            Self::Letter => "chu-",
        }
    }
}

fn group_folder(group: &GroupView<'_>, grouping: Grouping) -> String {
    let name = group.id.trim_start_matches(grouping.prefix());
    match grouping {
        Grouping::Field => format!("thu-tuc/linh-vuc/{name}/"),
        Grouping::Letter => format!("thu-tuc/a-z/{name}/"),
    }
}

/// The folder of a page of a long list; the first is the list's own.
pub(in super::super) fn page_folder(folder: &str, page: usize) -> String {
    if page == 1 { folder.to_owned() } else { format!("{folder}{page}/") }
}

/// The pages of a long list; none where it is one page.
pub(in super::super) fn pager(folder: &str, current: usize, last: usize) -> Vec<PagerView> {
    let link = |number: usize| PagerView { number, href: path::page(&page_folder(folder, number)), is_current: number == current };
    if last > 1 { (1..=last).map(link).collect() } else { Vec::new() }
}

/// Anchors made of the titles; what folds to the same letters gets a number.
fn number(groups: &mut [GroupView<'_>], grouping: Grouping) {
    let mut used: Vec<String> = Vec::new();
    for group in groups {
        let name = slug(&group.title, 50);
        // A title without a letter or a digit still needs a place.
        let base = format!("{}{}", grouping.prefix(), if name.is_empty() { "khac" } else { &name });
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
