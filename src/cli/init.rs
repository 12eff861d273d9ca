//! Arguments of `congbo init`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Init {
    /// Thư mục sẽ tạo
    #[arg(value_name = "THƯ MỤC", help_heading = "Tham số")]
    pub folder: PathBuf,
    /// Loại: commune (xã, phường), department (sở, ngành) hoặc province (cả tỉnh)
    #[arg(long, value_enum, default_value_t = StarterLevel::Commune, value_name = "LOẠI", hide_possible_values = true, hide_default_value = true)]
    pub level: StarterLevel,
    /// Tên đầy đủ của cơ quan, ví dụ "Ủy ban nhân dân phường Hòa Bình"
    #[arg(long, value_name = "TÊN")]
    pub name: Option<String>,
    /// Tên tỉnh, thành phố
    #[arg(long, value_name = "TỈNH")]
    pub province: Option<String>,
    /// Địa chỉ trang web sẽ công bố, ví dụ https://iso.tinh.gov.vn/
    #[arg(long, value_name = "ĐỊA CHỈ")]
    pub base_url: Option<String>,
}

/// What kind of starter to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StarterLevel {
    Commune,
    Department,
    Province,
}
