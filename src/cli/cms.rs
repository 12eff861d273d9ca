//! Arguments of `congbo cms`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Cms {
    /// Thư mục sẽ ghi trang quản trị; để ngoài thư mục trang công khai
    #[arg(long, value_name = "THƯ MỤC")]
    pub to: PathBuf,
    /// Thư mục node_modules sau khi cài Sveltia CMS bằng npm (không ghi thì lệnh nói cần cài gì)
    #[arg(long, value_name = "THƯ MỤC")]
    pub modules: Option<PathBuf>,
    /// Nơi giữ các tệp nội dung: gitlab, github, hoặc test-repo (dùng thử, không lưu)
    #[arg(long, value_enum, value_name = "LOẠI", hide_possible_values = true)]
    pub backend: CmsBackend,
    /// Kho mã chứa nội dung, dạng nhom/du-an
    #[arg(long, value_name = "KHO", required_if_eq_any = [("backend", "gitlab"), ("backend", "github")])]
    pub repo: Option<String>,
    /// Nhánh; không ghi thì là nhánh mặc định của kho
    #[arg(long, value_name = "NHÁNH")]
    pub branch: Option<String>,
    /// Mã ứng dụng (Application ID) đã đăng ký trên GitLab, để đăng nhập bằng PKCE
    #[arg(long, value_name = "MÃ", required_if_eq("backend", "gitlab"))]
    pub app_id: Option<String>,
    /// Địa chỉ GitLab riêng của cơ quan, hoặc máy chủ đăng nhập trung gian cho GitHub
    #[arg(long, value_name = "ĐỊA CHỈ")]
    pub base_url: Option<String>,
    /// Chỉ cơ quan này, theo mã; ghi được nhiều lần; không ghi thì là mọi cơ quan đang hoạt động
    #[arg(long, value_name = "MÃ")]
    pub agency: Vec<String>,
}

/// What keeps the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CmsBackend {
    Gitlab,
    Github,
    TestRepo,
}
