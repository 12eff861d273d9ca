//! What hangs at the office: sheets that were printed and put on the wall, by the fingerprint they show.

use super::{AdministrativeProcedure, Date, ProcedureCode};
use crate::origin::Origin;

/// A sheet that can be posted (*niêm yết*): QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PostedSheet {
    /// The declaration in force, with its annex.
    Declaration,
    Procedure(ProcedureCode),
}

impl PostedSheet {
    /// How content files name the sheet of the declaration.
    pub const DECLARATION: &'static str = "declaration";

    /// The sheet of a procedure.
    pub fn of(procedure: &AdministrativeProcedure) -> Self {
        Self::Procedure(procedure.code.clone())
    }
}

impl std::fmt::Display for PostedSheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Declaration => f.write_str(Self::DECLARATION),
            Self::Procedure(code) => f.write_str(code.key()),
        }
    }
}

/// A record that a sheet was posted.
#[derive(Debug, Clone)]
pub struct Posting {
    pub origin: Origin,
    pub sheet: PostedSheet,
    /// The fingerprint that the sheet shows.
    pub fingerprint: String,
    pub posted_on: Option<Date>,
}
