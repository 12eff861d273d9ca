//! Settings for the web servers that agencies have: headers, file types, caching, the page for addresses that do not
//! exist, and old addresses. A site needs none of them; each makes it safer and faster.

use std::fmt::Write as _;

use anyhow::Result;

use super::path;
use super::site::Site;
use crate::config::{Config, Server};
use crate::domain::{Redirect, Register};

/// The strictest policy that every page fits; what a page says of itself is stricter still.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                              manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
/// Headers of every answer.
const HEADERS: &[(&str, &str)] = &[
    ("Content-Security-Policy", CONTENT_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];
/// Headers of the forms of `congbo cms`, beside the site: their page says itself what it may load, and people sign in
/// in a window of their repository.
const DESK_HEADERS: &[(&str, &str)] = &[
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "unsafe-none"),
    ("X-Robots-Tag", "noindex, nofollow"),
    ("Cache-Control", ASK_AGAIN),
];
/// Where they are served, below the address of the site.
pub const DESK_FOLDER: &str = "quan-tri/";
/// A name with the print of its content never changes what it holds.
const PRINTED: &str = r"\.[0-9a-f]{8}\.[a-z0-9]+$";
const FOREVER: &str = "public, max-age=31536000, immutable";
/// Everything else is asked for again, and costs an answer without a body where it is the same.
const ASK_AGAIN: &str = "no-cache";
/// Endings of names, whether they are text, and their types.
const TYPES: &[(&str, bool, &str)] = &[
    ("html", true, "text/html"),
    ("css", true, "text/css"),
    ("js", true, "text/javascript"),
    ("json", true, "application/json"),
    ("jsonld", true, "application/ld+json"),
    ("xml", true, "application/xml"),
    ("txt", true, "text/plain"),
    ("csv", true, "text/csv"),
    ("ics", true, "text/calendar"),
    ("svg", true, "image/svg+xml"),
    ("webmanifest", true, "application/manifest+json"),
    ("png", false, "image/png"),
    ("jpg", false, "image/jpeg"),
    ("jpeg", false, "image/jpeg"),
    ("webp", false, "image/webp"),
    ("pdf", false, "application/pdf"),
    ("doc", false, "application/msword"),
    ("docx", false, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", false, "application/vnd.ms-excel"),
    ("xlsx", false, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("odt", false, "application/vnd.oasis.opendocument.text"),
    ("zip", false, "application/zip"),
];

/// Writes the settings that lie in the public folder itself, where the site asks for them.
pub(super) fn write(site: &Site<'_>) -> Result<()> {
    for (server, name) in [(Server::Apache, ".htaccess"), (Server::Iis, "web.config")] {
        if site.config.hosting.contains(&server) {
            site.write_bytes(name.to_owned(), hosting(site.register, site.config, server, Folders { root: "", forms: None }).into_bytes())?;
        }
    }
    Ok(())
}

/// Where things lie on a server.
#[derive(Debug, Clone, Copy)]
pub struct Folders<'a> {
    /// The public folder; the settings of Apache and IIS lie in it and need not know.
    pub root: &'a str,
    /// The folder that `congbo cms` made.
    pub forms: Option<&'a str>,
}

/// Settings that lie in the folder of `congbo cms` itself, for Apache and IIS: name and text.
pub fn desk_settings() -> [(&'static str, String); 2] {
    let mut apache = String::from("# Do congbo cms tạo: chính sách riêng của trang quản trị.\nDirectoryIndex index.html\n<IfModule mod_headers.c>\n");
    let mut iis = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<configuration>\n<system.webServer>\n<httpProtocol><customHeaders>\n");
    for (name, value) in DESK_HEADERS {
        let _ = writeln!(apache, "Header always set {name} \"{value}\"");
        let _ = writeln!(iis, "<remove name=\"{name}\" /><add name=\"{name}\" value=\"{value}\" />");
    }
    apache.push_str("</IfModule>\n");
    iis.push_str("</customHeaders></httpProtocol>\n</system.webServer>\n</configuration>\n");
    [(".htaccess", apache), ("web.config", iis)]
}

/// The settings of a server for this site.
pub fn hosting(register: &Register, config: &Config, server: Server, folders: Folders<'_>) -> String {
    let base = path::base_path(&config.base_url);
    let base = if base.is_empty() { "/" } else { base };
    let forms = folders.forms.map(|folder| folder.trim_end_matches('/'));
    let place = Place { base, folder: folders.root.trim_end_matches('/'), forms, moved: moved(register, base) };
    match server {
        Server::Nginx => nginx(&place),
        Server::Apache => apache(&place),
        Server::Iis => iis(&place),
        Server::Caddy => caddy(&place, &config.base_url),
    }
}

struct Place<'a> {
    /// Path of the site on the server: `/`, `/iso/`.
    base: &'a str,
    folder: &'a str,
    /// The folder of the forms.
    forms: Option<&'a str>,
    /// Old addresses with their new ones.
    moved: Vec<(String, String)>,
}

/// The old addresses that have nothing in them but letters, digits and what paths are made of.
fn moved(register: &Register, base: &str) -> Vec<(String, String)> {
    let is_plain = |path: &str| path.chars().all(|c| c.is_ascii_alphanumeric() || "/-_.:".contains(c));
    let pages = register.redirects.iter().filter(|redirect| redirect.is_page() && is_plain(&redirect.from) && is_plain(&redirect.to));
    let short = |file: String| file.strip_suffix("index.html").map_or(file.clone(), str::to_owned);
    let to = |redirect: &Redirect| if redirect.is_inside() { format!("{base}{}", short(redirect.to_file())) } else { redirect.to.clone() };
    pages.map(|redirect| (format!("{base}{}", short(redirect.from_file())), to(redirect))).collect()
}

fn nginx(place: &Place<'_>) -> String {
    let Place { base, folder, moved, forms } = place;
    let mut text = String::from(
        "# Trang công bố: đặt tệp này ở máy chủ, ngoài thư mục công khai, rồi thêm dòng  include …;  vào khối server { … }.\n\
         # Tạo lại bằng  congbo hosting nginx  mỗi khi content/redirects.yaml thay đổi.\n",
    );
    for (from, to) in moved {
        let _ = writeln!(text, "location = {from} {{ return 301 {to}; }}");
    }
    let root = if *base == "/" { format!("root {folder};") } else { format!("alias {folder}/;") };
    let types: String = TYPES.iter().map(|(ending, _, kind)| format!("        {kind} {ending};\n")).collect();
    let texts: Vec<&str> = TYPES.iter().filter(|(ending, is_text, _)| *is_text && *ending != "html").map(|(_, _, kind)| *kind).collect();
    let _ = write!(
        text,
        "location ^~ {base} {{\n    {root}\n    index index.html;\n    error_page 404 {base}404.html;\n    charset utf-8;\n    charset_types {};\n    \
         # Các tệp .gz có khi tạo trang với --compress.\n    gzip_static on;\n    types {{\n{types}    }}\n    set $congbo_cache \"{ASK_AGAIN}\";\n    \
         if ($uri ~ \"{PRINTED}\") {{ set $congbo_cache \"{FOREVER}\"; }}\n    add_header Cache-Control $congbo_cache always;\n",
        texts.join(" ")
    );
    for (name, value) in HEADERS {
        let _ = writeln!(text, "    add_header {name} \"{value}\" always;");
    }
    text.push_str("}\n");
    if let Some(forms) = forms {
        let _ = write!(text, "location ^~ {base}{DESK_FOLDER} {{\n    alias {forms}/;\n    index index.html;\n    charset utf-8;\n");
        for (name, value) in DESK_HEADERS {
            let _ = writeln!(text, "    add_header {name} \"{value}\" always;");
        }
        text.push_str("}\n");
    }
    text
}

fn apache(place: &Place<'_>) -> String {
    let Place { base, moved, .. } = place;
    let mut text = format!(
        "# Do congbo tạo: máy chủ Apache đọc tệp này khi cho phép (AllowOverride All).\nDirectoryIndex index.html\nErrorDocument 404 {base}404.html\n\
         <IfModule mod_mime.c>\n"
    );
    for (ending, is_text, kind) in TYPES {
        let _ = writeln!(text, "AddType {kind} .{ending}");
        if *is_text {
            let _ = writeln!(text, "AddCharset utf-8 .{ending}");
        }
    }
    text.push_str("</IfModule>\n<IfModule mod_headers.c>\n");
    for (name, value) in HEADERS {
        let _ = writeln!(text, "Header always set {name} \"{value}\"");
    }
    let _ = write!(
        text,
        "Header always set Cache-Control \"{ASK_AGAIN}\"\n<FilesMatch \"{PRINTED}\">\nHeader always set Cache-Control \"{FOREVER}\"\n</FilesMatch>\n</IfModule>\n"
    );
    if !moved.is_empty() {
        text.push_str("<IfModule mod_alias.c>\n");
        for (from, to) in moved {
            let _ = writeln!(text, "RedirectMatch 301 \"^{}(index\\.html)?$\" \"{to}\"", from.replace('.', "\\."));
        }
        text.push_str("</IfModule>\n");
    }
    let endings: Vec<&str> = TYPES.iter().filter(|(_, is_text, _)| *is_text).map(|(ending, ..)| *ending).collect();
    let _ = write!(
        text,
        "# Các tệp .gz có khi tạo trang với --compress.\n<IfModule mod_rewrite.c>\nRewriteEngine On\nRewriteCond %{{HTTP:Accept-Encoding}} gzip\n\
         RewriteCond %{{REQUEST_FILENAME}}.gz -f\nRewriteRule ^(.+)\\.({})$ $1.$2.gz [L]\n</IfModule>\n",
        endings.join("|")
    );
    for (ending, _, kind) in TYPES.iter().filter(|(_, is_text, _)| *is_text) {
        let _ = write!(
            text,
            "<FilesMatch \"\\.{ending}\\.gz$\">\nForceType \"{kind}; charset=utf-8\"\nRemoveEncoding .gz\nSetEnv no-gzip 1\n<IfModule mod_headers.c>\n\
             Header set Content-Encoding gzip\nHeader append Vary Accept-Encoding\n</IfModule>\n</FilesMatch>\n"
        );
    }
    text
}

fn iis(place: &Place<'_>) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Do congbo tạo cho IIS. Địa chỉ cũ còn một trang dẫn đến trang mới, không cần thêm mô-đun nào. -->\n\
         <configuration>\n<system.webServer>\n<defaultDocument><files><clear /><add value=\"index.html\" /></files></defaultDocument>\n<staticContent>\n\
         <clientCache cacheControlMode=\"DisableCache\" />\n",
    );
    for (ending, is_text, kind) in TYPES {
        let charset = if *is_text { "; charset=utf-8" } else { "" };
        let _ = writeln!(text, "<remove fileExtension=\".{ending}\" /><mimeMap fileExtension=\".{ending}\" mimeType=\"{kind}{charset}\" />");
    }
    text.push_str("</staticContent>\n<httpProtocol><customHeaders>\n");
    for (name, value) in HEADERS {
        let _ = writeln!(text, "<remove name=\"{name}\" /><add name=\"{name}\" value=\"{value}\" />");
    }
    let _ = write!(
        text,
        "</customHeaders></httpProtocol>\n<httpErrors errorMode=\"Custom\">\n<remove statusCode=\"404\" />\
         <error statusCode=\"404\" path=\"{}404.html\" responseMode=\"ExecuteURL\" />\n</httpErrors>\n</system.webServer>\n\
         <location path=\"{}\"><system.webServer><staticContent>\n\
         <clientCache cacheControlMode=\"UseMaxAge\" cacheControlMaxAge=\"365.00:00:00\" cacheControlCustom=\"public, immutable\" />\n\
         </staticContent></system.webServer></location>\n</configuration>\n",
        place.base,
        super::asset::FOLDER.trim_end_matches('/')
    );
    text
}

fn caddy(place: &Place<'_>, base_url: &str) -> String {
    let Place { base, folder, moved, forms } = place;
    let host = base_url.split("://").nth(1).and_then(|rest| rest.split('/').next()).filter(|host| !host.is_empty()).unwrap_or(":80");
    let mut text = format!("# Trang công bố: tạo lại bằng  congbo hosting caddy  mỗi khi content/redirects.yaml thay đổi.\n{host} {{\n");
    for (from, to) in moved {
        let _ = writeln!(text, "\tredir {from} {to} 301");
    }
    text.push_str("\theader {\n");
    for (name, value) in HEADERS {
        let _ = writeln!(text, "\t\t{name} \"{value}\"");
    }
    let (mut desk_headers, mut desk) = (String::new(), String::new());
    if let Some(forms) = forms {
        let lines: String = DESK_HEADERS.iter().map(|(name, value)| format!("\t\t{name} \"{value}\"\n")).collect();
        desk_headers = format!("\theader {base}{DESK_FOLDER}* {{\n{lines}\t\tdefer\n\t}}\n");
        desk = format!("\thandle_path {base}{DESK_FOLDER}* {{\n\t\troot * {forms}\n\t\tfile_server\n\t}}\n");
    }
    let types: String = TYPES
        .iter()
        .map(|(ending, is_text, kind)| {
            let charset = if *is_text { "; charset=utf-8" } else { "" };
            let folders = if *ending == "html" { " */" } else { "" };
            format!("\t@{ending} path *.{ending}{folders}\n\theader @{ending} Content-Type \"{kind}{charset}\"\n")
        })
        .collect();
    let _ = write!(
        text,
        "\t}}\n\t@printed path_regexp {PRINTED}\n\theader @printed Cache-Control \"{FOREVER}\"\n\t@others not path_regexp {PRINTED}\n\t\
         header @others Cache-Control \"{ASK_AGAIN}\"\n{types}{desk_headers}{desk}\t\
         handle_path {base}* {{\n\t\troot * {folder}\n\t\t# Các tệp .gz, .br có khi tạo trang với --compress.\n\t\tfile_server {{\n\t\t\tprecompressed br gzip\n\t\t}}\n\t}}\n\t\
         handle_errors {{\n\t\trewrite * /404.html\n\t\troot * {folder}\n\t\tfile_server\n\t}}\n}}\n"
    );
    text
}
