//! `congbo cms`: the folder of forms, to be served beside the site.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, ensure};
use sha2::{Digest, Sha256};

use super::Outcome;
use super::surroundings::flags_on;
use crate::cli::{Cms, CmsBackend};
use crate::config::Config;
use crate::diagnostic::Lang;
use crate::domain::Register;
use crate::forms::{Desk, FormAgency, Repository, RepositoryKind, Vendor, collections};
use crate::output::write_if_changed;
use crate::parse::labels::LabelTable;
use crate::pipeline::{self, Judged};
use crate::render::{DESK_FOLDER, desk_settings};
use crate::source::{hex, read_named};

/// The largest file of a package that is read, in bytes.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// Writes the page, its settings, and the files that npm brought after comparing them with what is known.
pub fn run(project: &Path, arguments: &Cms) -> Result<Outcome> {
    let vendor = Vendor::known();
    let files = vendored(&vendor, arguments)?;
    let Judged { register, config, .. } = pipeline::judge(project, flags_on(None)?)?;
    let repository = repository(arguments)?;
    let desk = desk(&register, &config, &repository, arguments)?;
    let mut texts: BTreeMap<&str, Vec<u8>> = files;
    texts.insert("index.html", desk.page().into_bytes());
    texts.insert("config.json", format!("{:#}\n", desk.settings()).into_bytes());
    for (name, text) in desk_settings() {
        texts.insert(name, text.into_bytes());
    }
    for (name, bytes) in &texts {
        write_if_changed(&arguments.to.join(name), bytes)?;
    }
    tell!("đã ghi {} tệp vào {}; đặt ở địa chỉ /{DESK_FOLDER} của máy chủ (xem congbo hosting --forms)", texts.len(), arguments.to.display());
    Ok(Outcome::Clean)
}

/// The files of the packages, each compared with its known SHA-256, the script with addresses of its own.
fn vendored<'v>(vendor: &'v Vendor, arguments: &Cms) -> Result<BTreeMap<&'v str, Vec<u8>>> {
    let install = format!("npm install --ignore-scripts --prefix cms {}", vendor.packages.join(" "));
    let Some(modules) = &arguments.modules else {
        anyhow::bail!("cài Sveltia CMS bằng lệnh  {install}  rồi thêm  --modules cms/node_modules");
    };
    let mut files = BTreeMap::new();
    for file in &vendor.files {
        let path = modules.join(&file.from);
        let bytes = read_named(&path, MOST_BYTES).map_err(|error| error.context(format!("thiếu tệp của Sveltia CMS; cài bằng lệnh  {install}")))?;
        let found = hex(&Sha256::digest(&bytes));
        ensure!(
            found == file.sha256,
            "{} không phải bản {} đã đối chiếu ngày {} (SHA-256 {found}, đúng ra là {}); cài lại bằng lệnh  {install}",
            path.display(),
            vendor.version,
            vendor.verified_on,
            file.sha256
        );
        let bytes = if file.is_script {
            let script = String::from_utf8(bytes).ok().and_then(|script| vendor.own_addresses(&script));
            script.ok_or_else(|| anyhow::anyhow!("{} không có các địa chỉ cần thay", path.display()))?.into_bytes()
        } else {
            bytes
        };
        files.insert(file.to.as_str(), bytes);
    }
    Ok(files)
}

fn repository(arguments: &Cms) -> Result<Repository> {
    let is_plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    let is_address = |url: &str| url.starts_with("https://") && url.len() > 8 && url[8..].chars().all(|c| c.is_ascii_alphanumeric() || "/._-:".contains(c));
    let base_url = arguments.base_url.as_ref().map(|url| url.trim_end_matches('/').to_owned());
    for text in [&arguments.repo, &arguments.branch, &arguments.app_id].into_iter().flatten() {
        ensure!(is_plain(text), "“{}” có ký tự không dùng được", text.escape_debug());
    }
    if let Some(url) = &base_url {
        ensure!(is_address(url), "“{}” không phải địa chỉ dạng https://git.tinh.gov.vn", url.escape_debug());
    }
    let kind = match arguments.backend {
        CmsBackend::Gitlab => RepositoryKind::GitLab,
        CmsBackend::Github => RepositoryKind::GitHub,
        CmsBackend::TestRepo => RepositoryKind::Test,
    };
    Ok(Repository { kind, name: arguments.repo.clone().unwrap_or_default(), branch: arguments.branch.clone(), app_id: arguments.app_id.clone(), base_url })
}

fn desk<'d>(register: &Register, config: &'d Config, repository: &'d Repository, arguments: &Cms) -> Result<Desk<'d>> {
    if let Some(unknown) = arguments.agency.iter().find(|id| !register.agencies.keys().any(|known| known.as_str() == **id)) {
        anyhow::bail!("không có cơ quan “{unknown}” trong content/agencies");
    }
    let is_chosen = |id: &str| arguments.agency.is_empty() || arguments.agency.iter().any(|chosen| chosen == id);
    let active = register.agencies.values().filter(|agency| agency.is_active() && is_chosen(agency.id.as_str()));
    let agencies: Vec<FormAgency> = active
        .map(|agency| {
            let declarations = register.quality_systems.get(&agency.id).into_iter().flat_map(|system| &system.declarations);
            let has_markdown_declarations = declarations.last().is_some_and(|declaration| declaration.origin.file.ends_with(".md"));
            FormAgency { id: agency.id.to_string(), name: agency.name.clone(), has_markdown_declarations }
        })
        .collect();
    ensure!(!agencies.is_empty(), "chưa có cơ quan nào trong content/agencies; tạo bằng  congbo init");
    let names: Vec<(String, String)> = register.agencies.values().map(|agency| (agency.id.to_string(), agency.name.clone())).collect();
    let collections = collections(&agencies, &names, LabelTable::get(Lang::Vi));
    Ok(Desk { repository, site_title: &config.title, site_url: &config.base_url, collections })
}
