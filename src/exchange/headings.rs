//! Which column of a list is which: headings as the label table has them and as offices write them, without regard to case,
//! marks, spaces and line ends.

use super::columns::{Role, SHEETS, SheetKind};
use super::reading::Grid;
use crate::diagnostic::Lang;
use crate::domain::fold;

/// What a column of a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The column of the sheet with this number.
    Column(usize),
    /// A cell that says several things at once, as offices write them.
    Loose(Loose),
    /// A running number, which says nothing.
    Rank,
}

/// What offices put into one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loose {
    Methods,
    TimeLimit,
    Fees,
    LegalBases,
    Papers,
}

/// Where the heading of a list is, and what its columns hold.
#[derive(Debug, Clone)]
pub struct Heading {
    pub kind: &'static SheetKind,
    /// Place of the row among the rows of the grid.
    pub at: usize,
    /// Meanings by the columns of the grid.
    pub columns: Vec<(u32, Meaning)>,
    /// The headings, as they are compared.
    pub texts: Vec<(u32, String)>,
    /// Headings that mean nothing here.
    pub unknown: Vec<(u32, String)>,
}

/// Rows from the top among which a heading is looked for.
const LOOKED_AT: usize = 40;

/// Headings of offices for columns of the catalogue.
const PROCEDURE_HEADINGS: &[(&str, &[&str])] = &[
    (
        "code",
        &["ma so tthc", "ma tthc", "ma thu tuc", "ma so thu tuc", "ma so thu tuc hanh chinh", "ma so", "ma ho so tthc", "ma so ho so tthc", "ma so ho so"],
    ),
    ("name", &["ten thu tuc", "ten tthc", "ten thu tuc hanh chinh tthc", "noi dung thu tuc hanh chinh", "thu tuc hanh chinh", "ten thu tuc hanh chinh noi bo"]),
    ("field", &["linh vuc thu tuc", "linh vuc tthc", "ten linh vuc", "nganh linh vuc"]),
    ("levels", &["cap thuc hien tthc", "cap giai quyet", "cap hanh chinh", "cap tham quyen giai quyet"]),
    ("applicants", &["doi tuong", "doi tuong thuc hien tthc", "doi tuong thuc hien thu tuc hanh chinh"]),
    ("competent_agency", &["co quan co tham quyen", "co quan giai quyet", "tham quyen giai quyet", "co quan co tham quyen giai quyet"]),
    ("executing_agency", &["co quan thuc hien", "co quan thuc hien tthc", "don vi thuc hien", "co quan don vi thuc hien"]),
    ("receiving_place", &["dia diem thuc hien", "noi tiep nhan", "dia diem tiep nhan", "noi tiep nhan va tra ket qua", "noi nop ho so"]),
    ("results", &["ket qua", "ket qua giai quyet", "ket qua thuc hien tthc", "san pham"]),
    ("conditions", &["yeu cau dieu kien thuc hien", "dieu kien thuc hien", "yeu cau dieu kien thuc hien thu tuc hanh chinh"]),
    ("sets", &["so bo ho so", "so luong ho so", "so bo"]),
    ("forms", &["ten mau don to khai", "mau don mau to khai", "mau don", "mau to khai"]),
    ("steps", &["trinh tu", "cac buoc thuc hien", "trinh tu cac buoc thuc hien"]),
    (
        "online_level",
        &[
            "muc do dvc",
            "muc do dich vu cong",
            "muc do",
            "dich vu cong truc tuyen",
            "dvc truc tuyen",
            "muc do dvctt",
            "muc do cung cap dich vu cong truc tuyen",
        ],
    ),
    ("announcement.number", &["quyet dinh cong bo", "so quyet dinh cong bo", "so quyet dinh", "qd cong bo", "quyet dinh cong bo tthc", "van ban cong bo"]),
];

const LOOSE_HEADINGS: &[(Loose, &[&str])] = &[
    (Loose::Methods, &["cach thuc thuc hien", "cach thuc", "hinh thuc nop", "hinh thuc tiep nhan", "cach thuc nop ho so", "hinh thuc thuc hien"]),
    (
        Loose::TimeLimit,
        &["thoi han giai quyet", "thoi gian giai quyet", "thoi han", "thoi gian", "thoi han giai quyet theo quy dinh", "thoi gian giai quyet tthc"],
    ),
    (Loose::Fees, &["phi le phi", "phi le phi neu co", "le phi", "phi", "muc phi le phi", "phi le phi dong", "phi le phi vnd"]),
    (
        Loose::LegalBases,
        &[
            "can cu phap ly",
            "can cu",
            "can cu phap ly cua thu tuc hanh chinh",
            "van ban quy dinh",
            "van ban quy pham phap luat",
            "co so phap ly",
            "van ban qppl quy dinh",
        ],
    ),
    (Loose::Papers, &["thanh phan ho so", "ho so", "thanh phan so luong ho so", "giay to can nop", "thanh phan ho so gom"]),
];

const DOCUMENT_HEADINGS: &[(&str, &[&str])] = &[
    ("code", &["ma tai lieu", "ma so tai lieu", "ky hieu tai lieu", "ma hieu", "ma hieu tai lieu", "ky hieu"]),
    ("title", &["ten tai lieu", "ten van ban tai lieu", "danh muc tai lieu"]),
    ("edition", &["lan ban hanh"]),
    ("revision", &["lan sua doi", "so lan sua doi"]),
    ("issued_on", &["ngay ban hanh", "ngay hieu luc", "ngay ap dung"]),
];

const EXTERNAL_HEADINGS: &[(&str, &[&str])] = &[
    ("number", &["so ky hieu", "so hieu", "so hieu van ban", "so ky hieu van ban", "so van ban"]),
    ("title", &["ten van ban", "trich yeu", "trich yeu noi dung", "noi dung trich yeu", "ten loai va trich yeu noi dung"]),
    ("updated_on", &["ngay cap nhat"]),
];

/// A heading as it is compared.
pub fn plain(text: &str) -> String {
    let folded: String = fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_rank(heading: &str) -> bool {
    matches!(heading, "stt" | "tt" | "so tt" | "so thu tu" | "no")
}

/// What a heading means in a sheet.
fn meaning(kind: &SheetKind, heading: &str) -> Option<Meaning> {
    let columns = kind.columns();
    let by_path = |path: &str| columns.iter().position(|(role, column)| *role != Role::Name && column.path == path).map(Meaning::Column);
    if let Some(at) = columns.iter().position(|(_, column)| plain(column.heading(Lang::Vi)) == heading) {
        return Some(Meaning::Column(at));
    }
    if is_rank(heading) {
        return Some(Meaning::Rank);
    }
    let table = match kind.label {
        "files.administrative_procedures" => PROCEDURE_HEADINGS,
        "files.documents" => DOCUMENT_HEADINGS,
        "external" => EXTERNAL_HEADINGS,
        _ => return None,
    };
    if let Some(found) = table.iter().find(|(_, words)| words.contains(&heading)).and_then(|(path, _)| by_path(path)) {
        return Some(found);
    }
    let is_catalogue = kind.label == "files.administrative_procedures";
    LOOSE_HEADINGS.iter().filter(|_| is_catalogue).find(|(_, words)| words.contains(&heading)).map(|(loose, _)| Meaning::Loose(*loose))
}

/// The heading of a grid: the row that means most, for the sheet that it fits best.
pub fn heading(grid: &Grid) -> Option<Heading> {
    let named = SHEETS.iter().find(|kind| plain(kind.title(Lang::Vi)) == plain(&grid.name));
    let kinds: Vec<&'static SheetKind> = named.map_or_else(|| SHEETS.iter().collect(), |kind| vec![kind]);
    let mut best: Option<(usize, Heading)> = None;
    for (at, row) in grid.rows.iter().take(LOOKED_AT).enumerate() {
        for kind in &kinds {
            let mut heading = Heading { kind, at, columns: Vec::new(), texts: Vec::new(), unknown: Vec::new() };
            for cell in &row.cells {
                let text = plain(&cell.text);
                heading.texts.push((cell.column, text.clone()));
                match meaning(kind, &text) {
                    Some(meaning) if !heading.columns.iter().any(|(_, other)| *other == meaning && meaning != Meaning::Rank) => {
                        heading.columns.push((cell.column, meaning));
                    }
                    _ => heading.unknown.push((cell.column, cell.text.clone())),
                }
            }
            let score = heading.columns.iter().filter(|(_, meaning)| *meaning != Meaning::Rank).count();
            if is_enough(kind, &heading, score) && best.as_ref().is_none_or(|(other, _)| score > *other) {
                best = Some((score, heading));
            }
        }
    }
    best.map(|(_, heading)| heading)
}

/// A heading has what tells records apart. A list of procedures may have names alone.
fn is_enough(kind: &SheetKind, heading: &Heading, score: usize) -> bool {
    let columns = kind.columns();
    let has = |at: usize| heading.columns.iter().any(|(_, meaning)| *meaning == Meaning::Column(at));
    let has_keys = (0..kind.keys.len()).filter(|at| kind.keys[*at].is_required).all(has);
    let name = columns.iter().position(|(role, column)| *role == Role::Inner && column.path == "name");
    let has_name = kind.label == "files.administrative_procedures" && name.is_some_and(has);
    score >= 2 && (has_keys || has_name)
}
