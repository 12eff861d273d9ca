//! Arguments of the commands that write papers: drafts and reports.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::parse_date;
use crate::domain::Date;

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Draft {
    /// Văn bản: decision (quyết định công bố) hoặc notice (thông báo đến đơn vị chủ trì)
    #[arg(value_enum, value_name = "VĂN BẢN", help_heading = "Tham số", hide_possible_values = true)]
    pub kind: DraftPaper,
    /// Mã cơ quan: tên thư mục trong content/agencies, ví dụ phuong-hoa-ban
    #[arg(value_name = "CƠ QUAN", help_heading = "Tham số")]
    pub agency: String,
    /// Dạng: md, html hoặc docx
    #[arg(long, value_enum, default_value_t = DraftFormat::Md, value_name = "DẠNG", hide_possible_values = true, hide_default_value = true)]
    pub format: DraftFormat,
    /// Ghi vào tệp này; không ghi thì in ra màn hình (dạng docx phải có)
    #[arg(long, value_name = "TỆP")]
    pub to: Option<PathBuf>,
    /// Ngày dùng để chọn tiêu chuẩn đang áp dụng, dạng 2026-03-05; không ghi thì lấy hôm nay
    #[arg(long, value_name = "NGÀY", value_parser = parse_date)]
    pub as_of: Option<Date>,
}

/// Which paper is drafted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DraftPaper {
    Decision,
    Notice,
}

/// How a draft is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DraftFormat {
    Md,
    Html,
    Docx,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Report {
    /// Mã cơ quan: tên thư mục trong content/agencies, ví dụ phuong-hoa-ban
    #[arg(value_name = "CƠ QUAN", help_heading = "Tham số")]
    pub agency: Option<String>,
    /// Báo cáo năm của đơn vị chủ trì, cả tỉnh: số liệu để gửi lên trong tháng 11, tháng 12
    #[arg(long, value_name = "NĂM", conflicts_with = "agency", value_parser = clap::value_parser!(i16).range(2000..=2999))]
    pub year: Option<i16>,
    /// Dạng: md, html, json; báo cáo năm có thêm xlsx. Không ghi thì theo đuôi của tệp --out
    #[arg(long, value_enum, value_name = "DẠNG", hide_possible_values = true)]
    pub format: Option<ReportFormat>,
    /// Ghi vào tệp này; không ghi thì in ra màn hình
    #[arg(long, value_name = "TỆP")]
    pub out: Option<PathBuf>,
    /// Ngày dùng để tính thời hạn, dạng 2026-03-05; không ghi thì lấy hôm nay
    #[arg(long, value_name = "NGÀY", value_parser = parse_date)]
    pub as_of: Option<Date>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Md,
    Html,
    Json,
    Xlsx,
}
