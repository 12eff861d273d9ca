//! The closed lists of the field: every word that a content file may choose from.
//! One spelling serves YAML, Rust, templates and open data; its Vietnamese label is in the label table.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Level of an agency in the two-tier government; `district` only names predecessors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgencyLevel {
    Ministry,
    Province,
    Department,
    SubDepartment,
    Commune,
    PublicUnit,
    District,
}

impl AgencyLevel {
    /// Default obligation to run a QMS: QĐ 19/2014/QĐ-TTg, Điều 2.
    pub fn default_obligation(self) -> Obligation {
        match self {
            Self::Ministry | Self::Province | Self::Department | Self::District => Obligation::Mandatory,
            // A sub-department belongs to a department, which is obliged as a whole (TT 26/2014, Điều 6).
            Self::SubDepartment => Obligation::Mandatory,
            Self::Commune | Self::PublicUnit => Obligation::Encouraged,
        }
    }
}

/// Whether the law obliges the agency to run a QMS or encourages it: QĐ 19/2014/QĐ-TTg, Điều 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Obligation {
    Mandatory,
    Encouraged,
}

/// Whether an agency still exists; `merged_into` names its successor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgencyStatus {
    #[default]
    Active,
    MergedInto,
    Dissolved,
}

/// First declaration or a re-declaration: QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm c.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeclarationKind {
    #[default]
    First,
    Redeclaration,
}

/// Why an agency declared again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RedeclarationReason {
    ScopeExtended,
    ScopeNarrowed,
    ScopeAdjusted,
    StandardChanged,
    Reorganised,
}

/// Authority line above a signature: NĐ 30/2020/NĐ-CP, Phụ lục I.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum SigningAuthority {
    /// Thay mặt: on behalf of a collective body.
    #[serde(rename = "TM")]
    OnBehalf,
    /// Ký thay: a deputy signs for the head.
    #[serde(rename = "KT")]
    ForHead,
    /// Thừa lệnh: by order.
    #[serde(rename = "TL")]
    ByOrder,
    /// Thừa ủy quyền: by delegation.
    #[serde(rename = "TUQ")]
    ByDelegation,
    /// Quyền: acting head.
    #[serde(rename = "Q")]
    Acting,
}

/// Level at which an administrative procedure is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExecutionLevel {
    Ministry,
    Vertical,
    Province,
    Commune,
    Other,
}

/// How a dossier is handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionMethod {
    Direct,
    Online,
    Postal,
}

/// Unit of a time limit. Working days and calendar days are never mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    WorkingDay,
    Day,
    Hour,
    Month,
    Year,
}

/// `charge` is *phí*, `fee` is *lệ phí*, `price` is *giá dịch vụ*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    Charge,
    Fee,
    Price,
}

/// Degree of online service: whole procedure or part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnlineLevel {
    Full,
    Partial,
    None,
}

/// State of an administrative procedure in the national catalogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdministrativeProcedureStatus {
    #[default]
    Active,
    Amended,
    Abolished,
}

/// A part that makes up an administrative procedure: NĐ 63/2010/NĐ-CP, Điều 8 khoản 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdministrativeProcedurePart {
    Name,
    Steps,
    Channels,
    Dossiers,
    Sets,
    TimeLimit,
    Applicants,
    CompetentAgency,
    Results,
    Conditions,
    Fees,
    Forms,
}

/// What a work process is about; internal ones stay unpublished unless said otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkProcessKind {
    #[default]
    Administrative,
    General,
    Internal,
}

/// Life of a controlled document (ISO 9001, 7.5.3).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    Draft,
    #[default]
    Active,
    Superseded,
    Obsolete,
}

/// What kind of internal document it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    Policy,
    Objectives,
    SystemDescription,
    QualityManual,
    #[default]
    WorkProcess,
    WorkInstruction,
    Form,
    RiskRegister,
    Other,
}

/// Whether a record may reach the public site, its index, feeds and data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    #[default]
    Public,
    Internal,
}

/// How a result is compared with an objective's target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Comparison {
    #[serde(rename = ">=")]
    AtLeast,
    #[serde(rename = "<=")]
    AtMost,
    #[serde(rename = "=")]
    Equal,
    #[serde(rename = ">")]
    Above,
    #[serde(rename = "<")]
    Below,
}

/// Inspection at the office or by file: TT 26/2014/TT-BKHCN, Điều 33.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InspectionForm {
    OnSite,
    Dossier,
}

/// Rating given by the inspecting unit; never computed by this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    Tot,
    Kha,
    TrungBinh,
    Yeu,
}

/// State of a legal document in the register. Not stated is `unknown`, never `in_force`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LegalStatus {
    InForce,
    NotYetInForce,
    PartlyEnded,
    Ended,
    #[default]
    Unknown,
}
