//! Arguments of `congbo publish`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Publish {
    /// Nơi đăng: thư mục, sftp://TÊN@MÁY[:CỔNG]/ĐƯỜNG-DẪN hoặc ftps://TÊN@MÁY[:CỔNG]/ĐƯỜNG-DẪN; mật khẩu đặt trong biến môi trường CONGBO_PASSWORD
    #[arg(long, value_name = "NƠI")]
    pub to: String,
    /// Thư mục trang đã tạo; không ghi thì là public/ trong dự án
    #[arg(long, value_name = "THƯ MỤC")]
    pub from: Option<PathBuf>,
    /// Chỉ in ra sẽ thêm (A), sửa (M), gỡ (D) tệp nào, không gửi gì
    #[arg(long)]
    pub dry_run: bool,
    /// Vẫn đăng khi nơi đăng có bản mới hơn, hoặc có tệp của người khác (các tệp đó giữ nguyên)
    #[arg(long)]
    pub force: bool,
    /// Gửi lại mọi tệp, kể cả tệp nơi đăng đã có
    #[arg(long)]
    pub all: bool,
    /// Đăng xong thì kiểm tra từng tệp qua địa chỉ web (không ghi thì lấy base_url trong site.yaml)
    #[arg(long, value_name = "ĐỊA CHỈ", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub verify: Option<String>,
    /// Khóa riêng SSH để đăng nhập; mật khẩu của khóa, nếu có, đặt trong CONGBO_KEY_PASSWORD
    #[arg(long, value_name = "TỆP KHÓA")]
    pub identity: Option<PathBuf>,
    /// Mã khóa của máy chủ SFTP, dạng SHA256:…; không ghi thì tra trong ~/.ssh/known_hosts
    #[arg(long, value_name = "MÃ")]
    pub host_key: Option<String>,
    /// Chứng thư (PEM) của nơi cấp chứng thư TLS cho máy chủ FTPS, khi cơ quan tự cấp
    #[arg(long, value_name = "TỆP")]
    pub ca: Option<PathBuf>,
    /// Số lần thử lại liên tiếp khi mạng đứt mà chưa gửi thêm được tệp nào
    #[arg(long, default_value_t = 5, value_name = "SỐ", hide_default_value = true)]
    pub retries: u32,
}
