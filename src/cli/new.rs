//! Arguments of `congbo new`.

use clap::Args;

use super::parse_date;
use crate::domain::Date;

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct New {
    /// Loại cần thêm, ví dụ declaration (bản công bố); không ghi thì liệt kê các loại
    #[arg(value_name = "LOẠI", help_heading = "Tham số")]
    pub kind: Option<String>,
    /// Mã cơ quan; không cần khi chỉ có một cơ quan
    #[arg(long, value_name = "MÃ")]
    pub agency: Option<String>,
    /// Ngày ký, ngày tổ chức, ngày phát hiện, dạng 2026-03-05; không ghi thì lấy hôm nay
    #[arg(long, value_name = "NGÀY", value_parser = parse_date)]
    pub date: Option<Date>,
    /// Mã tài liệu, mã quy trình, mã thủ tục; mã đã có thì soạn lần ban hành tiếp theo
    #[arg(long, value_name = "MÃ")]
    pub code: Option<String>,
    /// Tên quy trình, tài liệu, văn bản, trang; tên cơ quan
    #[arg(long, value_name = "TÊN")]
    pub title: Option<String>,
    /// Số, ký hiệu văn bản, ví dụ 12/QĐ-UBND
    #[arg(long, value_name = "SỐ")]
    pub number: Option<String>,
    /// Mã cơ quan mới, ví dụ xa-ben-lau; không ghi thì lấy từ tên
    #[arg(long, value_name = "MÃ")]
    pub id: Option<String>,
    /// Cấp của cơ quan mới, ví dụ commune
    #[arg(long, value_name = "CẤP")]
    pub level: Option<String>,
    /// Năm của mục tiêu, đợt kiểm tra; không ghi thì là năm của --date
    #[arg(long, value_name = "NĂM", value_parser = clap::value_parser!(i16).range(2000..2100))]
    pub year: Option<i16>,
    /// Kỳ của kết quả, ví dụ 2026-Q3; không ghi thì là kỳ tiếp theo
    #[arg(long, value_name = "KỲ")]
    pub period: Option<String>,
    /// Chỉ in ra sẽ ghi gì, không ghi
    #[arg(long)]
    pub dry_run: bool,
}
