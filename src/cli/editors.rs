//! Arguments of the commands that help whoever writes the content: `congbo schema`, `congbo fmt`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Schema {
    /// Loại tệp, ví dụ agency; không ghi thì liệt kê các loại
    #[arg(value_name = "LOẠI", help_heading = "Tham số")]
    pub kind: Option<String>,
    /// Ghi mọi loại vào thư mục này, mỗi loại một tệp
    #[arg(long, value_name = "THƯ MỤC", conflicts_with = "kind")]
    pub to: Option<PathBuf>,
    /// Ghi lược đồ vào .congbo/schema của dự án và thiết lập VS Code vào .vscode, giữ nguyên thiết lập sẵn có
    #[arg(long, conflicts_with_all = ["kind", "to"])]
    pub write: bool,
    /// Ghi thêm vào đầu mỗi tệp YAML một dòng chỉ đến lược đồ, cho trình soạn thảo không đọc thiết lập của VS Code
    #[arg(long, requires = "write")]
    pub lines: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Fmt {
    /// Tệp hoặc thư mục trong content/; không ghi thì là mọi tệp nội dung
    #[arg(value_name = "TỆP", help_heading = "Tham số")]
    pub files: Vec<PathBuf>,
    /// Chỉ nêu tên những tệp chưa đúng mẫu trình bày, không ghi; có tệp như vậy thì mã thoát là 1
    #[arg(long)]
    pub check: bool,
}
