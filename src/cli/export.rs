//! Arguments of `congbo export`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::TEMPLATE;

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Export {
    #[command(subcommand)]
    pub target: ExportTarget,
}

#[derive(Debug, Subcommand)]
pub enum ExportTarget {
    /// Một bảng tính Excel: thủ tục, hồ sơ, các bước, phí và thời hạn, căn cứ, tài liệu, mục tiêu, kết quả; sửa rồi nhập lại bằng congbo import xlsx
    #[command(help_template = TEMPLATE, override_usage = "congbo export xlsx [TÙY CHỌN] --out <TỆP>")]
    Xlsx(ExportXlsx),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct ExportXlsx {
    /// Tệp .xlsx sẽ ghi
    #[arg(long, value_name = "TỆP")]
    pub out: PathBuf,
    /// Mã cơ quan: chỉ thủ tục thuộc thẩm quyền, thêm tài liệu, mục tiêu, kết quả của cơ quan ấy; không ghi thì là cả danh mục thủ tục
    #[arg(long, value_name = "MÃ")]
    pub agency: Option<String>,
}
