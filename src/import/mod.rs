//! Foreign tables into content files. Nothing is guessed and nothing is lost: what has no place in a
//! record is kept as text, and every such case is reported with its line. Writes no file itself.

pub mod legal_documents;
pub mod national_portal;
pub mod open_data;
pub mod plain_text;
pub mod yaml_writer;

mod administrative_procedure_yaml;
mod catalogue_files;
mod markdown_text;

pub use administrative_procedure_yaml::yaml_of;
pub use catalogue_files::{CatalogueFile, FILE_LIMIT_BYTES, catalogue_files, field_stem};
pub use markdown_text::to_markdown;
