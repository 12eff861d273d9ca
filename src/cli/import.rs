//! Arguments of `congbo import`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{TEMPLATE, parse_date};
use crate::domain::Date;

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Import {
    #[command(subcommand)]
    pub source: ImportSource,
}

#[derive(Debug, Subcommand)]
pub enum ImportSource {
    /// Thủ tục hành chính từ Cổng Dịch vụ công quốc gia, mỗi dòng một bản ghi JSON
    #[command(help_template = TEMPLATE, override_usage = "congbo import national-portal <TỆP> --to <THƯ MỤC>")]
    NationalPortal(ImportNationalPortal),
    /// Văn bản pháp luật, mỗi dòng một bản ghi JSON
    #[command(help_template = TEMPLATE, override_usage = "congbo import legal-documents <TỆP> --to <THƯ MỤC>")]
    LegalDocuments(ImportLegalDocuments),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct ImportNationalPortal {
    /// Tệp .jsonl
    #[arg(value_name = "TỆP", help_heading = "Tham số")]
    pub file: PathBuf,
    /// Thư mục ghi kết quả, thường là content/administrative-procedures
    #[arg(long, value_name = "THƯ MỤC")]
    pub to: PathBuf,
    /// Ngày đối chiếu với Cổng Dịch vụ công quốc gia, dạng 2026-03-05
    #[arg(long, value_name = "NGÀY", value_parser = parse_date)]
    pub checked_on: Option<Date>,
    /// In từng điểm cần xem lại, không chỉ số lượng
    #[arg(long)]
    pub details: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct ImportLegalDocuments {
    /// Tệp .jsonl
    #[arg(value_name = "TỆP", help_heading = "Tham số")]
    pub file: PathBuf,
    /// Thư mục ghi kết quả, thường là content/law
    #[arg(long, value_name = "THƯ MỤC")]
    pub to: PathBuf,
    /// In từng điểm cần xem lại, không chỉ số lượng
    #[arg(long)]
    pub details: bool,
}
