//! Pipelines of a project: what a service runs at each change and each night.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::cli::CiService;
use crate::commands::Outcome;
use crate::output::write_if_changed;
use crate::source::{exists, read_small_text};

/// What a checkout must not keep: all of it is made anew.
const IGNORED: &str = "/public/\n/.congbo-cache/\n/.congbo-bin/\n/truoc/\n/thay-doi.txt\n/nhan-xet.md\n/gl-code-quality-report.json\n";

/// Writes the files of a service. A file that is there with other content is left alone.
pub(super) fn add(folder: &Path, service: CiService) -> Result<Outcome> {
    let (path, text, next) = match service {
        CiService::Gitlab => (".gitlab-ci.yml", include_str!("gitlab-ci.yml"), GITLAB),
        CiService::Github => (".github/workflows/congbo.yml", include_str!("github.yml"), GITHUB),
    };
    let place = folder.join(path);
    if exists(&place) {
        let old = read_small_text(&place).with_context(|| place.display().to_string())?;
        ensure!(old == text, "đã có {} với nội dung khác; đổi tên tệp ấy, chạy lại lệnh này, rồi chép phần cần giữ sang", place.display());
        say!("{} không thay đổi", place.display());
        return Ok(Outcome::Clean);
    }
    write_if_changed(&place, text)?;
    say!("đã ghi {}", place.display());
    let ignored = folder.join(".gitignore");
    if !exists(&ignored) {
        write_if_changed(&ignored, IGNORED)?;
        say!("đã ghi {}", ignored.display());
    }
    say!("{next}");
    Ok(Outcome::Clean)
}

const GITLAB: &str = "đặt trong GitLab, mục Settings > CI/CD > Variables:
  CONGBO_URL, CONGBO_SHA256  nơi tải chương trình congbo và mã SHA-256 của nó
  CONGBO_COMMENT_TOKEN       mã truy cập (quyền api) để ghi danh sách lỗi vào merge request
  CONGBO_PUBLISH_TO          nơi đăng trang; không đặt thì trang chỉ nằm trong tệp kèm theo của lần chạy
  CONGBO_PASSWORD            mật khẩu của nơi đăng
rồi thêm lịch chạy hằng đêm ở Build > Pipeline schedules: 10 0 * * *, múi giờ Hanoi";

const GITHUB: &str = "đặt trong GitHub, mục Settings > Secrets and variables > Actions:
  biến CONGBO_URL, CONGBO_SHA256  nơi tải chương trình congbo và mã SHA-256 của nó
  bí mật CONGBO_PUBLISH_TO        nơi đăng trang; không đặt thì trang chỉ nằm trong tệp kèm theo của lần chạy
  bí mật CONGBO_PASSWORD          mật khẩu của nơi đăng
lịch chạy hằng đêm đã có trong tệp";
