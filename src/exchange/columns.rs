//! The sheets of a workbook and their columns: which field each holds and how it is written. Headings come from the label table.

use crate::diagnostic::Lang;
use crate::parse::labels::LabelTable;

/// What a row of a sheet is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKind {
    AdministrativeProcedure,
    Document,
    ExternalDocument,
    Objective,
    Result,
}

impl RecordKind {
    /// How messages call one such record.
    pub fn noun(self) -> &'static str {
        match self {
            Self::AdministrativeProcedure => "thủ tục",
            Self::Document => "tài liệu",
            Self::ExternalDocument => "văn bản bên ngoài",
            Self::Objective => "mục tiêu",
            Self::Result => "kết quả",
        }
    }

    /// The list of its file that holds it; `None` where the file itself is the list.
    pub fn list(self) -> Option<&'static str> {
        match self {
            Self::AdministrativeProcedure => None,
            Self::Document => Some("internal"),
            Self::ExternalDocument => Some("external"),
            Self::Objective => Some("objectives"),
            Self::Result => Some("results"),
        }
    }
}

/// How a value is written in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    Text,
    /// A text where the field is a text, and nothing where it is a list.
    Prose,
    /// One item a line.
    Lines,
    /// Names of forms, one a line, each with its file behind a bar.
    Forms,
    Count,
    Decimal,
    /// `Có`, or nothing.
    Flag,
    Day,
    /// A word of a closed list.
    Word(&'static str),
    /// Words of a closed list, one a line.
    Words(&'static str),
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// The field: `announcement.number`.
    pub path: &'static str,
    /// Its entry in the label table.
    pub label: &'static str,
    pub cell: CellKind,
    /// Whether a new record can't do without.
    pub is_required: bool,
}

/// What the columns of a sheet, behind those of the key, make up.
#[derive(Debug)]
pub enum Part {
    /// Fields of the record: one row a record.
    Fields(&'static [Column]),
    /// Items of a list of the record: one row an item.
    Items { field: &'static str, columns: &'static [Column] },
    /// Items inside of items, such as papers in a case: the outer columns stand in the first row of each outer item.
    Nested { field: &'static str, outer: &'static [Column], inner_field: &'static str, inner: &'static [Column] },
}

/// A sheet.
#[derive(Debug)]
pub struct SheetKind {
    /// Its entry in the label table: a field, or a kind of file behind `files.`.
    pub label: &'static str,
    pub record: RecordKind,
    /// The columns that say which record a row belongs to.
    pub keys: &'static [Column],
    pub part: Part,
}

/// What a column of a sheet is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Key,
    /// The name of the record, for the eye only.
    Name,
    /// Which outer item the row belongs to.
    Ordinal,
    Outer,
    Inner,
}

/// The heading of the columns that number outer items.
const ORDINAL: Column = text("", "order");
/// The column that repeats the name of the procedure.
const NAME: Column = text("name", "administrative_procedure.name");

impl SheetKind {
    /// Its name in a language.
    pub fn title(&self, lang: Lang) -> &'static str {
        let table = LabelTable::get(lang);
        let label = match self.label.strip_prefix("files.") {
            Some(file) => table.files.get(file),
            None => table.fields.get(self.label),
        };
        label.map_or(self.label, |label| label.label.as_str())
    }

    /// Its columns in their order.
    pub fn columns(&self) -> Vec<(Role, &'static Column)> {
        let mut columns: Vec<(Role, &'static Column)> = self.keys.iter().map(|column| (Role::Key, column)).collect();
        if self.record == RecordKind::AdministrativeProcedure && !matches!(self.part, Part::Fields(_)) {
            columns.push((Role::Name, &NAME));
        }
        match &self.part {
            Part::Fields(fields) => columns.extend(fields.iter().map(|column| (Role::Inner, column))),
            Part::Items { columns: items, .. } => columns.extend(items.iter().map(|column| (Role::Inner, column))),
            Part::Nested { outer, inner, .. } => {
                columns.push((Role::Ordinal, &ORDINAL));
                columns.extend(outer.iter().map(|column| (Role::Outer, column)));
                columns.extend(inner.iter().map(|column| (Role::Inner, column)));
            }
        }
        columns
    }

    /// The field of the record that its rows make up; `None` where they are its fields.
    pub fn field(&self) -> Option<&'static str> {
        match &self.part {
            Part::Fields(_) => None,
            Part::Items { field, .. } | Part::Nested { field, .. } => Some(field),
        }
    }
}

impl Column {
    /// Its heading in a language.
    pub fn heading(&self, lang: Lang) -> &'static str {
        LabelTable::get(lang).fields.get(self.label).map_or(self.label, |label| label.label.as_str())
    }

    /// What to write in it.
    pub fn hint(&self) -> &'static str {
        match self.cell {
            CellKind::Day => "Viết ngày/tháng/năm, ví dụ 05/03/2026.",
            CellKind::Flag => "Ghi Có, hoặc để trống.",
            CellKind::Word(_) => "Chọn một giá trị trong danh sách.",
            CellKind::Words(_) => "Mỗi dòng một giá trị trong danh sách (Alt+Enter để xuống dòng).",
            CellKind::Lines => "Mỗi dòng một mục (Alt+Enter để xuống dòng).",
            CellKind::Forms => "Mỗi dòng một mẫu; có tệp thì ghi thêm  | files/ten-tep.docx",
            CellKind::Prose => "Viết thành lời; nếu viết từng bước thì để trống và dùng bảng các bước.",
            _ if self.path.is_empty() => "Các dòng cùng số là của cùng một mục.",
            _ if self.path == "code" && self.label.starts_with("admin") => "Mã quốc gia, ví dụ 1.001193.",
            _ => LabelTable::get(Lang::Vi).fields.get(self.label).map_or("", |label| label.hint.as_str()),
        }
    }
}

const fn column(path: &'static str, label: &'static str, cell: CellKind) -> Column {
    Column { path, label, cell, is_required: false }
}

const fn text(path: &'static str, label: &'static str) -> Column {
    column(path, label, CellKind::Text)
}

const fn required(path: &'static str, label: &'static str, cell: CellKind) -> Column {
    Column { path, label, cell, is_required: true }
}

const CODE: &[Column] = &[required("code", "administrative_procedure.code", CellKind::Text)];
const OBJECTIVE: &[Column] = &[required("year", "year", CellKind::Text), required("id", "objective.id", CellKind::Text)];

/// Every sheet, in the order of the workbook.
pub static SHEETS: &[SheetKind] = &[
    SheetKind {
        label: "files.administrative_procedures",
        record: RecordKind::AdministrativeProcedure,
        keys: CODE,
        part: Part::Fields(&[
            required("name", "administrative_procedure.name", CellKind::Text),
            text("field", "field"),
            column("levels", "levels", CellKind::Words("execution_level")),
            column("applicants", "applicants", CellKind::Lines),
            text("competent_agency", "competent_agency"),
            text("executing_agency", "executing_agency"),
            text("authorised_agency", "authorised_agency"),
            text("coordinating_agencies", "coordinating_agencies"),
            text("receiving_place", "receiving_place"),
            column("results", "administrative_procedure.results", CellKind::Lines),
            text("conditions", "conditions"),
            column("sets", "sets", CellKind::Count),
            column("forms", "administrative_procedure.forms", CellKind::Forms),
            column("steps", "administrative_procedure.steps", CellKind::Prose),
            text("description", "description"),
            column("online_level", "online_level", CellKind::Word("online_level")),
            column("status", "administrative_procedure.status", CellKind::Word("administrative_procedure_status")),
            text("announcement.number", "announcement.number"),
            column("announcement.issued_on", "issued_on", CellKind::Day),
            text("regulation", "regulation"),
            column("keywords", "keywords", CellKind::Lines),
            text("name_en", "name_en"),
            text("field_en", "field_en"),
            text("source.url", "url"),
            text("source.name", "source"),
            column("source.checked_on", "checked_on", CellKind::Day),
            column("source.lacks", "lacks", CellKind::Words("administrative_procedure_part")),
            column("import_notes", "import_notes", CellKind::Lines),
        ]),
    },
    SheetKind {
        label: "dossiers",
        record: RecordKind::AdministrativeProcedure,
        keys: CODE,
        part: Part::Nested {
            field: "dossiers",
            outer: &[text("case", "case"), text("note", "dossier.note")],
            inner_field: "components",
            inner: &[
                required("name", "component.name", CellKind::Text),
                column("originals", "originals", CellKind::Count),
                column("copies", "copies", CellKind::Count),
                column("present_only", "present_only", CellKind::Flag),
                text("form", "component.form"),
                text("note", "note"),
            ],
        },
    },
    SheetKind {
        label: "steps",
        record: RecordKind::AdministrativeProcedure,
        keys: CODE,
        part: Part::Items {
            field: "steps",
            columns: &[required("action", "step.action", CellKind::Text), text("responsible", "responsible"), text("text", "procedure_step.text")],
        },
    },
    SheetKind {
        label: "channels",
        record: RecordKind::AdministrativeProcedure,
        keys: CODE,
        part: Part::Nested {
            field: "channels",
            outer: &[
                required("method", "channel.method", CellKind::Word("submission_method")),
                column("time_limit.value", "time_limit.value", CellKind::Count),
                column("time_limit.unit", "time_limit.unit", CellKind::Word("time_unit")),
                text("time_limit.text", "time_limit.text"),
                text("note", "note"),
            ],
            inner_field: "fees",
            inner: &[
                column("kind", "fee.kind", CellKind::Word("fee_kind")),
                column("amount", "amount", CellKind::Count),
                text("currency", "currency"),
                column("free", "free", CellKind::Flag),
                text("text", "fee.text"),
                text("legal_basis", "legal_basis"),
            ],
        },
    },
    SheetKind {
        label: "legal_bases",
        record: RecordKind::AdministrativeProcedure,
        keys: CODE,
        part: Part::Items { field: "legal_bases", columns: &[text("number", "number"), text("title", "legal_document.title")] },
    },
    SheetKind {
        label: "files.documents",
        record: RecordKind::Document,
        keys: &[required("code", "document.code", CellKind::Text)],
        part: Part::Fields(&[
            required("title", "document.title", CellKind::Text),
            column("kind", "document.kind", CellKind::Word("document_kind")),
            column("edition", "edition", CellKind::Count),
            column("revision", "revision", CellKind::Count),
            required("issued_on", "issued_on", CellKind::Day),
            column("status", "document.status", CellKind::Word("document_status")),
            text("approved_by", "approved_by"),
            text("file", "file"),
            text("framework_item", "framework_item"),
            column("references", "references", CellKind::Lines),
            column("visibility", "visibility", CellKind::Word("visibility")),
        ]),
    },
    SheetKind {
        label: "external",
        record: RecordKind::ExternalDocument,
        keys: &[required("number", "external_document.number", CellKind::Text)],
        part: Part::Fields(&[text("title", "external_document.title"), column("updated_on", "updated_on", CellKind::Day)]),
    },
    SheetKind {
        label: "files.objectives",
        record: RecordKind::Objective,
        keys: OBJECTIVE,
        part: Part::Fields(&[
            required("statement", "statement", CellKind::Text),
            text("metric", "metric"),
            column("target.op", "op", CellKind::Word("comparison")),
            column("target.value", "target", CellKind::Decimal),
            text("target.unit", "target.unit"),
            text("unit", "objective.unit"),
            text("contributes_to", "contributes_to"),
        ]),
    },
    SheetKind {
        label: "objective.plan",
        record: RecordKind::Objective,
        keys: OBJECTIVE,
        part: Part::Items {
            field: "plan",
            columns: &[
                required("action", "action", CellKind::Text),
                text("responsible", "responsible"),
                text("resources", "resources"),
                column("due", "due", CellKind::Day),
            ],
        },
    },
    SheetKind {
        label: "objective.results",
        record: RecordKind::Objective,
        keys: OBJECTIVE,
        part: Part::Items {
            field: "results",
            columns: &[required("period", "period", CellKind::Text), required("value", "value", CellKind::Decimal), text("source", "source")],
        },
    },
    SheetKind {
        label: "files.results",
        record: RecordKind::Result,
        keys: &[required("year", "year", CellKind::Text), required("period", "period", CellKind::Text), text("field", "field")],
        part: Part::Fields(&[
            required("received", "received", CellKind::Count),
            column("early", "early", CellKind::Count),
            required("on_time", "on_time", CellKind::Count),
            required("late", "late", CellKind::Count),
            column("pending", "pending", CellKind::Count),
            column("causes", "causes", CellKind::Lines),
            column("actions", "actions", CellKind::Lines),
        ]),
    },
];
