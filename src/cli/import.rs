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
    /// Bảng tính Excel: tệp do congbo export xlsx tạo, hoặc danh sách sẵn có của cơ quan
    #[command(help_template = TEMPLATE, override_usage = "congbo import xlsx [TÙY CHỌN] <TỆP>")]
    Xlsx(ImportList),
    /// Danh sách CSV (dấu ; hoặc , hoặc Tab; UTF-8, UTF-16, Windows-1258)
    #[command(help_template = TEMPLATE, override_usage = "congbo import csv [TÙY CHỌN] <TỆP>")]
    Csv(ImportList),
    /// Danh sách trong các bảng của tệp Word (.docx)
    #[command(help_template = TEMPLATE, override_usage = "congbo import docx [TÙY CHỌN] <TỆP>")]
    Docx(ImportList),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct ImportList {
    /// Tệp danh sách; đọc theo nội dung, không theo đuôi tệp
    #[arg(value_name = "TỆP", help_heading = "Tham số")]
    pub file: PathBuf,
    /// Thư mục nội dung sẽ sửa; không ghi thì là content trong dự án
    #[arg(long, value_name = "THƯ MỤC")]
    pub to: Option<PathBuf>,
    /// Mã cơ quan của danh sách; bảng tính do congbo export xlsx tạo thì đã có sẵn
    #[arg(long, value_name = "MÃ")]
    pub agency: Option<String>,
    /// Chỉ đọc bảng có tên này, kể cả bảng bị ẩn; ghi được nhiều lần
    #[arg(long, value_name = "BẢNG")]
    pub sheet: Vec<String>,
    /// Ghi luôn, không hỏi
    #[arg(long)]
    pub yes: bool,
    /// Xóa khỏi nội dung những gì danh sách không có
    #[arg(long)]
    pub delete_missing: bool,
}

/// What the program asks of itself in a process of its own.
#[derive(Debug, Args)]
pub struct ReadList {
    pub file: PathBuf,
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
