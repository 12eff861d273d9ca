//! The command line: types only. Their doc comments are the help text, in Vietnamese, for officers.

mod cms;
mod editors;
mod export;
mod import;
mod init;
mod new;
mod paper;
mod publish;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::domain::Date;
use crate::report::Format;

pub use cms::{Cms, CmsBackend};
pub use editors::{Fmt, Schema};
pub use export::{Export, ExportTarget, ExportXlsx};
pub use import::{Import, ImportLegalDocuments, ImportList, ImportNationalPortal, ImportSource, ReadList};
pub use init::{CiService, Init, StarterLevel};
pub use new::New;
pub use paper::{Draft, DraftFormat, DraftPaper, Report, ReportFormat};
pub use publish::Publish;

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}\n";

/// Tạo trang công khai hệ thống quản lý chất lượng TCVN ISO 9001 của cơ quan nhà nước
#[derive(Debug, Parser)]
#[command(name = "congbo", version, help_template = TEMPLATE, subcommand_help_heading = "Lệnh", subcommand_value_name = "LỆNH", disable_help_subcommand = true)]
#[command(override_usage = "congbo [TÙY CHỌN] <LỆNH>", next_help_heading = "Tùy chọn", disable_help_flag = true, disable_version_flag = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Thư mục dự án, có thư mục content/ bên trong
    #[arg(long, global = true, default_value = ".", value_name = "THƯ MỤC", hide_default_value = true)]
    pub project: PathBuf,
    /// Ngôn ngữ của thông báo: vi hoặc en
    #[arg(long, global = true, value_enum, default_value_t = MessageLanguage::Vi, value_name = "NGÔN NGỮ", hide_possible_values = true, hide_default_value = true)]
    pub lang: MessageLanguage,
    /// In hướng dẫn này
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    pub help: Option<bool>,
    /// In phiên bản
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    pub version: Option<bool>,
}

/// Language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageLanguage {
    Vi,
    En,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Tạo thư mục nội dung mẫu cho một xã, một sở hoặc cả tỉnh; thêm quy trình tự động cho GitLab, GitHub
    #[command(help_template = TEMPLATE, override_usage = "congbo init [TÙY CHỌN] <THƯ MỤC>\n           congbo init --ci <DỊCH VỤ>")]
    Init(Init),
    /// Thêm một tệp hoặc một mục mới, điền sẵn điều đã biết: bản công bố, quy trình, mục tiêu, đánh giá, kết quả…
    #[command(help_template = TEMPLATE, override_usage = "congbo new [TÙY CHỌN] <LOẠI>")]
    New(New),
    /// Kiểm tra nội dung và tạo trang vào thư mục public/
    #[command(help_template = TEMPLATE, override_usage = "congbo build [TÙY CHỌN]")]
    Build(Build),
    /// Đóng trang của một cơ quan thành một tệp zip, giải nén là xem được ngay từ ổ đĩa, USB, ki-ốt
    #[command(help_template = TEMPLATE, override_usage = "congbo bundle [TÙY CHỌN] --agency <MÃ>")]
    Bundle(Bundle),
    /// Kiểm tra nội dung, chỉ ra mọi lỗi trong một lần chạy
    #[command(help_template = TEMPLATE, override_usage = "congbo check [TÙY CHỌN]")]
    Check(Check),
    /// Liệt kê việc sắp đến hạn và quá hạn của từng cơ quan, theo điều khoản nào
    #[command(help_template = TEMPLATE, override_usage = "congbo due [TÙY CHỌN]")]
    Due(Due),
    /// Kiểm tra một trang đã công bố có đủ và còn nguyên không: nêu tên mọi tệp bị sửa, xóa, thêm, tráo, và bản cũ bị đưa trở lại
    #[command(help_template = TEMPLATE, override_usage = "congbo verify [TÙY CHỌN] <NƠI>")]
    Verify(Verify),
    /// Đưa trang đã tạo lên nơi công bố: một thư mục, hoặc máy chủ qua SFTP, FTPS; chỉ gửi phần thay đổi, đứt mạng thì chạy lại đi tiếp
    #[command(help_template = TEMPLATE, override_usage = "congbo publish [TÙY CHỌN] --to <NƠI>")]
    Publish(Publish),
    /// Tạo khóa để ký bản kê của trang (build --sign); không phải chữ ký số theo luật
    #[command(help_template = TEMPLATE, override_usage = "congbo keygen <TỆP>")]
    Keygen(Keygen),
    /// Ghi tài liệu đã phê duyệt vào congbo.lock, để biết khi bị thay đổi
    #[command(help_template = TEMPLATE, override_usage = "congbo approve [TÙY CHỌN]")]
    Approve(Approve),
    /// Ghi nhận các bản đã niêm yết tại trụ sở, để trang công khai biết bản trên tường còn đúng không
    #[command(help_template = TEMPLATE, override_usage = "congbo post [TÙY CHỌN] <CƠ QUAN>")]
    Post(Post),
    /// Soạn dự thảo quyết định công bố hoặc thông báo đến đơn vị chủ trì
    #[command(help_template = TEMPLATE, override_usage = "congbo draft [TÙY CHỌN] <decision|notice> <CƠ QUAN>")]
    Draft(Draft),
    /// Mở trang xem trước trên máy này, tự cập nhật và chỉ ra lỗi mỗi khi lưu tệp
    #[command(help_template = TEMPLATE, override_usage = "congbo serve [TÙY CHỌN]")]
    Serve(Serve),
    /// Nhập dữ liệu từ nơi khác thành tệp nội dung
    #[command(help_template = TEMPLATE, override_usage = "congbo import <NGUỒN>", subcommand_help_heading = "Nguồn", subcommand_value_name = "NGUỒN")]
    Import(Import),
    /// Xuất nội dung thành bảng tính để sửa, bổ sung bằng Excel
    #[command(help_template = TEMPLATE, override_usage = "congbo export <DẠNG>", subcommand_help_heading = "Dạng", subcommand_value_name = "DẠNG")]
    Export(Export),
    /// Đọc một tệp lạ trong tiến trình riêng, có giới hạn bộ nhớ và thời gian
    #[command(hide = true)]
    ReadList(ReadList),
    /// Lấy dữ liệu mở từ trang riêng của các cơ quan (content/federation.yaml) vào nội dung của tỉnh
    #[command(help_template = TEMPLATE, override_usage = "congbo aggregate [TÙY CHỌN]")]
    Aggregate(Aggregate),
    /// Lập bản tự kiểm tra của một cơ quan (Điều 36 Thông tư 26/2014/TT-BKHCN), hoặc báo cáo năm của đơn vị chủ trì
    #[command(help_template = TEMPLATE, override_usage = "congbo report [TÙY CHỌN] <CƠ QUAN>\n           congbo report [TÙY CHỌN] --year <NĂM>")]
    Report(Report),
    /// In thiết lập cho máy chủ web: tiêu đề bảo mật, kiểu tệp, bộ nhớ đệm, trang không tìm thấy, địa chỉ cũ
    #[command(help_template = TEMPLATE, override_usage = "congbo hosting [TÙY CHỌN] <MÁY CHỦ>")]
    Hosting(Hosting),
    /// Liệt kê các quy tắc kiểm tra, hoặc giải thích một quy tắc
    #[command(help_template = TEMPLATE, override_usage = "congbo rules [MÃ]")]
    Rules(Rules),
    /// Ghi thư mục trang quản trị (Sveltia CMS): sửa nội dung bằng biểu mẫu trong trình duyệt, có bước duyệt
    #[command(help_template = TEMPLATE, override_usage = "congbo cms [TÙY CHỌN] --to <THƯ MỤC> --backend <LOẠI>")]
    Cms(Cms),
    /// Trình bày lại tệp nội dung theo một mẫu: thứ tự mục, thụt dòng, dấu nháy, chữ dựng sẵn; giữ nguyên nội dung và ghi chú
    #[command(help_template = TEMPLATE, override_usage = "congbo fmt [TÙY CHỌN] [TỆP]...")]
    Fmt(Fmt),
    /// JSON Schema của từng loại tệp, và thiết lập để trình soạn thảo (VS Code…) gợi ý, giải thích, báo lỗi khi gõ
    #[command(help_template = TEMPLATE, override_usage = "congbo schema [LOẠI]\n           congbo schema --write [--lines]")]
    Schema(Schema),
    /// In đoạn mã gợi ý lệnh cho bash, zsh, fish hoặc PowerShell
    #[command(help_template = TEMPLATE, override_usage = "congbo completions <VỎ LỆNH>")]
    Completions(Completions),
}

/// What decides the result of a judgement.
#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Judgement {
    /// Ngày dùng để tính thời hạn, dạng 2026-03-05; không ghi thì lấy hôm nay
    #[arg(long, value_name = "NGÀY", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Bản phát hành: còn nội dung mẫu thì báo lỗi
    #[arg(long)]
    pub release: bool,
    /// Coi cảnh báo như lỗi
    #[arg(long)]
    pub strict: bool,
    /// Cách in kết quả: text, json, sarif, github, gitlab, markdown
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "DẠNG", hide_possible_values = true, hide_default_value = true)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Build {
    #[command(flatten)]
    pub judgement: Judgement,
    /// Thư mục trang công khai; không ghi thì là public/ trong dự án
    #[arg(long, value_name = "THƯ MỤC")]
    pub out: Option<PathBuf>,
    /// Trang đã đăng lần trước (thư mục, hoặc tệp thay-doi/du-lieu.json của nó) để nêu thay đổi; không ghi thì là chính thư mục trang công khai
    #[arg(long, value_name = "NƠI")]
    pub previous: Option<PathBuf>,
    /// Ghi vào tệp này danh sách trang đã thêm (A), sửa (M), gỡ (D) so với lần trước
    #[arg(long, value_name = "TỆP")]
    pub changed_list: Option<PathBuf>,
    /// Nén sẵn mỗi tệp chữ thành .gz và .br bên cạnh, cho máy chủ biết dùng
    #[arg(long)]
    pub compress: bool,
    /// Làm lại mọi trang, không dùng lại trang của lần trước
    #[arg(long)]
    pub clean: bool,
    /// Ký bản kê manifest.json bằng khóa này (xem congbo keygen) thành manifest.json.minisig
    #[arg(long, value_name = "TỆP KHÓA")]
    pub sign: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Bundle {
    /// Mã cơ quan: tên thư mục trong content/agencies, ví dụ phuong-hoa-ban
    #[arg(long, value_name = "MÃ")]
    pub agency: String,
    /// Tệp zip sẽ ghi; không ghi thì là <mã>.zip, hoặc <mã>-minh-chung.zip với --evidence, trong dự án
    #[arg(long, value_name = "TỆP")]
    pub out: Option<PathBuf>,
    /// Gói cho đoàn kiểm tra: thêm bản tự kiểm tra (Điều 36 Thông tư 26/2014/TT-BKHCN) vào cạnh trang, dữ liệu, tệp đính kèm và bản kê SHA-256
    #[arg(long)]
    pub evidence: bool,
    #[command(flatten)]
    pub judgement: Judgement,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Verify {
    /// Thư mục trang công khai, hoặc địa chỉ web: https://iso.tinh.gov.vn/
    #[arg(value_name = "NƠI", help_heading = "Tham số")]
    pub place: String,
    /// manifest.json giữ lại của lần kiểm tra trước, để biết khi một bản cũ bị đưa trở lại
    #[arg(long, value_name = "TỆP")]
    pub last_manifest: Option<PathBuf>,
    /// Trang còn nguyên thì giữ manifest.json của nó vào tệp --last-manifest cho lần sau
    #[arg(long, requires = "last_manifest")]
    pub remember: bool,
    /// Khóa công khai của người ký (tệp .pub, hoặc chính dòng khóa): đòi chữ ký manifest.json.minisig phải đúng
    #[arg(long, value_name = "KHÓA")]
    pub public_key: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Keygen {
    /// Tệp khóa sẽ tạo; khóa công khai được ghi vào tệp cùng tên, thêm .pub
    #[arg(value_name = "TỆP", help_heading = "Tham số")]
    pub file: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Check {
    #[command(flatten)]
    pub judgement: Judgement,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Hosting {
    /// Máy chủ: nginx, apache, iis hoặc caddy
    #[arg(value_enum, value_name = "MÁY CHỦ", help_heading = "Tham số", hide_possible_values = true)]
    pub server: HostingServer,
    /// Thư mục trang công khai trên máy chủ
    #[arg(long, default_value = "/var/www/congbo/public", value_name = "THƯ MỤC", hide_default_value = true)]
    pub root: String,
    /// Thư mục trang quản trị do congbo cms ghi, đặt ở địa chỉ quan-tri/ với chính sách riêng (nginx, caddy)
    #[arg(long, value_name = "THƯ MỤC")]
    pub forms: Option<String>,
}

/// A web server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HostingServer {
    Nginx,
    Apache,
    Iis,
    Caddy,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Due {
    /// Việc đến hạn trong khoảng này, ví dụ 60d (ngày) hoặc 8w (tuần); việc quá hạn luôn có
    #[arg(long, default_value = "60d", value_name = "KHOẢNG", value_parser = parse_days, hide_default_value = true)]
    pub within: u32,
    /// Chỉ của một cơ quan, theo mã
    #[arg(long, value_name = "MÃ")]
    pub agency: Option<String>,
    /// Cách in kết quả: text, json, ics
    #[arg(long, value_enum, default_value_t = DueFormat::Text, value_name = "DẠNG", hide_possible_values = true, hide_default_value = true)]
    pub format: DueFormat,
    /// Ngày dùng để tính thời hạn, dạng 2026-03-05; không ghi thì lấy hôm nay
    #[arg(long, value_name = "NGÀY", value_parser = parse_date)]
    pub as_of: Option<Date>,
}

/// How the list of due dates is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DueFormat {
    Text,
    Json,
    Ics,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Approve {
    /// Chỉ của một cơ quan, theo mã
    #[arg(long, value_name = "MÃ")]
    pub agency: Option<String>,
    /// Chỉ tài liệu có mã hoặc số này; ghi nhiều lần được
    #[arg(long, value_name = "MÃ TÀI LIỆU")]
    pub document: Vec<String>,
    /// Chỉ in ra sẽ ghi gì, không ghi
    #[arg(long)]
    pub dry_run: bool,
    /// Ngày ghi, dạng 2026-03-05; không ghi thì lấy hôm nay
    #[arg(long, value_name = "NGÀY", value_parser = parse_date)]
    pub as_of: Option<Date>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Post {
    /// Mã cơ quan: tên thư mục trong content/agencies, ví dụ phuong-hoa-ban
    #[arg(value_name = "CƠ QUAN", help_heading = "Tham số")]
    pub agency: String,
    /// Chỉ bản này: mã thủ tục, hoặc declaration (bản công bố); ghi nhiều lần được
    #[arg(long, value_name = "BẢN")]
    pub sheet: Vec<String>,
    /// Chỉ in ra bản nào mới, bản nào đã cũ, không ghi
    #[arg(long)]
    pub dry_run: bool,
    /// Ngày niêm yết, dạng 2026-03-05; không ghi thì lấy hôm nay
    #[arg(long, value_name = "NGÀY", value_parser = parse_date)]
    pub as_of: Option<Date>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Serve {
    /// Cổng của máy chủ xem trước; không ghi thì lấy cổng trống đầu tiên từ 1111
    #[arg(long, value_name = "CỔNG")]
    pub port: Option<u16>,
    /// Mở luôn trình duyệt
    #[arg(long)]
    pub open: bool,
    /// Cho các máy khác trong mạng nội bộ cùng xem
    #[arg(long)]
    pub lan: bool,
    /// Xem lại các tệp mỗi giây, khi hệ thống tệp không báo thay đổi
    #[arg(long)]
    pub poll: bool,
    /// Ngày dùng để tính thời hạn, dạng 2026-03-05; không ghi thì lấy hôm nay
    #[arg(long, value_name = "NGÀY", value_parser = parse_date)]
    pub as_of: Option<Date>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Aggregate {
    /// Chỉ lấy của cơ quan này, theo mã; ghi được nhiều lần
    #[arg(long, value_name = "MÃ")]
    pub only: Vec<String>,
    /// Ngày lấy, dạng 2026-03-05; không ghi thì lấy hôm nay
    #[arg(long, value_name = "NGÀY", value_parser = parse_date)]
    pub as_of: Option<Date>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Rules {
    /// Mã quy tắc cần giải thích, ví dụ missing-declaration
    #[arg(value_name = "MÃ", help_heading = "Tham số")]
    pub id: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Tùy chọn")]
pub struct Completions {
    /// bash, zsh, fish, powershell hoặc elvish
    #[arg(value_enum, value_name = "VỎ LỆNH", help_heading = "Tham số", hide_possible_values = true)]
    pub shell: Shell,
}

fn parse_days(text: &str) -> Result<u32, String> {
    let days = |number: &str, each: u32| number.parse::<u32>().ok().and_then(|number| number.checked_mul(each)).filter(|days| *days <= 36_500);
    let parsed = match text.strip_suffix('w') {
        Some(weeks) => days(weeks, 7),
        None => days(text.strip_suffix('d').unwrap_or(text), 1),
    };
    parsed.ok_or_else(|| "viết số ngày hoặc số tuần, ví dụ 60d hoặc 8w".to_owned())
}

fn parse_date(text: &str) -> Result<Date, String> {
    let is_written_right = text.len() == 10;
    text.parse().ok().filter(|_| is_written_right).ok_or_else(|| "viết dạng năm-tháng-ngày, ví dụ 2026-03-05".to_owned())
}
