//! Arguments of `congbo init`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::parse_date;
use crate::domain::Date;

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Init {
    /// Thư mục sẽ tạo; với --ci là thư mục của dự án đã có
    #[arg(value_name = "THƯ MỤC", help_heading = "Tham số")]
    pub folder: Option<PathBuf>,
    /// Loại: commune (xã, phường), department (sở, ngành) hoặc province (cả tỉnh)
    #[arg(long, value_enum, value_name = "LOẠI", hide_possible_values = true)]
    pub level: Option<StarterLevel>,
    /// Tên đầy đủ của cơ quan, ví dụ "Ủy ban nhân dân phường Hòa Bình"
    #[arg(long, value_name = "TÊN")]
    pub name: Option<String>,
    /// Mã cơ quan, tên thư mục và địa chỉ của nó mãi về sau, ví dụ phuong-hoa-binh; không ghi thì lấy từ tên
    #[arg(long, value_name = "MÃ")]
    pub id: Option<String>,
    /// Tên tỉnh, thành phố, ví dụ "tỉnh Phú Thọ"
    #[arg(long, value_name = "TỈNH")]
    pub province: Option<String>,
    /// Địa chỉ trang web sẽ công bố, ví dụ https://iso.tinh.gov.vn/
    #[arg(long, value_name = "ĐỊA CHỈ")]
    pub base_url: Option<String>,
    /// Ngày ký quyết định công bố, dạng 2026-03-05; không ghi thì lấy hai tuần trước
    #[arg(long, value_name = "NGÀY", value_parser = parse_date)]
    pub declared_on: Option<Date>,
    /// Không hỏi: mục nào không ghi thì dùng nội dung mẫu
    #[arg(long)]
    pub defaults: bool,
    /// Ghi quy trình tự động kiểm tra, tạo và đăng trang: gitlab hoặc github; dự án đã có thì chỉ thêm các tệp này
    #[arg(long, value_enum, value_name = "DỊCH VỤ", hide_possible_values = true)]
    pub ci: Option<CiService>,
}

/// What kind of starter to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StarterLevel {
    Commune,
    Department,
    Province,
}

/// A service that runs checks and builds at each change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CiService {
    Gitlab,
    Github,
}
