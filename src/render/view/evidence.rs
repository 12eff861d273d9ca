//! The evidence page: what an agency shows at each point of TT 26/2014/TT-BKHCN, Điều 36.
//! A self-check with links and dates: it never rates.

use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::evidence_points as points;
use super::inspection::InspectionResultView;
use super::records::RecordsView;

/// The page.
#[derive(Debug, Serialize)]
pub(in super::super) struct EvidenceView<'a> {
    pub parts: Vec<EvidencePartView>,
    pub shown: usize,
    pub total: usize,
    pub records: RecordsView<'a>,
    pub inspections: Vec<InspectionResultView<'a>>,
    pub shared_with: Option<super::LinkView>,
}

/// One of the two parts of the article.
#[derive(Debug, Serialize)]
pub(in super::super) struct EvidencePartView {
    pub number: &'static str,
    pub points: Vec<PointView>,
}

/// One point and what is shown for it.
#[derive(Debug, Serialize)]
pub(in super::super) struct PointView {
    /// `1a`, as inspections write it.
    pub point: &'static str,
    /// Anchor; `đ` would not be an ASCII letter.
    pub id: &'static str,
    /// Whether the law asks for it only where it applies.
    pub is_optional: bool,
    pub items: Vec<ProofView>,
}

/// One thing shown: a sentence, its date, and where to see it.
#[derive(Debug, Clone, Serialize)]
pub(in super::super) struct ProofView {
    pub text: String,
    pub on: Option<String>,
    pub href: Option<String>,
}

type Proofs = fn(&AgencySite<'_>) -> Vec<ProofView>;

/// The points of the article, in order: point, anchor, whether it is optional, what shows it.
const POINTS: &[(&str, &[Row])] = &[
    (
        "1",
        &[
            Row::new("1a", "diem-1a", points::scope),
            Row::new("1b", "diem-1b", points::training),
            Row::new("1c", "diem-1c", points::compliance),
            Row::new("1d", "diem-1d", points::processes),
            Row::new("1đ", "diem-1dd", points::reviews),
            Row::optional("1e", "diem-1e", points::complaints),
            Row::new("1g", "diem-1g", points::improvement),
        ],
    ),
    (
        "2",
        &[
            Row::new("2a", "diem-2a", points::leadership),
            Row::new("2b", "diem-2b", points::confirmation),
            Row::new("2c", "diem-2c", points::declaration),
            Row::new("2d", "diem-2d", points::legal_updates),
            Row::optional("2đ", "diem-2dd", points::redeclaration),
            Row::optional("2e", "diem-2e", points::consultant),
        ],
    ),
];

#[derive(Clone, Copy)]
struct Row {
    point: &'static str,
    id: &'static str,
    is_optional: bool,
    proofs: Proofs,
}

impl Row {
    const fn new(point: &'static str, id: &'static str, proofs: Proofs) -> Self {
        Self { point, id, is_optional: false, proofs }
    }

    const fn optional(point: &'static str, id: &'static str, proofs: Proofs) -> Self {
        Self { point, id, is_optional: true, proofs }
    }
}

impl<'a> EvidenceView<'a> {
    /// Everything the agency shows.
    pub fn new(pages: &AgencySite<'a>) -> Self {
        let parts: Vec<EvidencePartView> = POINTS
            .iter()
            .map(|(number, rows)| EvidencePartView {
                number,
                points: rows.iter().map(|row| PointView { point: row.point, id: row.id, is_optional: row.is_optional, items: (row.proofs)(pages) }).collect(),
            })
            .collect();
        let all = || parts.iter().flat_map(|part| &part.points);
        Self {
            shown: all().filter(|point| !point.items.is_empty()).count(),
            total: all().count(),
            records: RecordsView::new(pages),
            inspections: InspectionResultView::of_agency(pages),
            shared_with: pages.shared_link("kiem-tra/"),
            parts,
        }
    }
}
