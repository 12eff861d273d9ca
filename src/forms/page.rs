//! The page that carries the forms, what it may load, and its settings.

use serde_json::{Value, json};

/// What keeps the files of the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepositoryKind {
    /// GitLab, that of an office too; people sign in by PKCE, no server in between.
    GitLab,
    /// GitHub; people sign in through a proxy of the office, or with a token of their own.
    GitHub,
    /// Nothing: what is saved is gone with the page. A folder of the machine can be opened instead.
    Test,
}

/// The repository that forms read from and write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    pub kind: RepositoryKind,
    /// `nhom/du-an`
    pub name: String,
    pub branch: Option<String>,
    /// Number of the application that GitLab gave.
    pub app_id: Option<String>,
    /// Address of an office's own GitLab, or of the proxy for GitHub, without a slash at its end.
    pub base_url: Option<String>,
}

/// Everything that the settings of the forms are made from.
pub struct Desk<'d> {
    pub repository: &'d Repository,
    pub site_title: &'d str,
    pub site_url: &'d str,
    pub collections: Vec<Value>,
}

impl Desk<'_> {
    /// The settings as Sveltia CMS reads them.
    pub fn settings(self) -> Value {
        let mut settings = json!({
            "backend": self.repository.settings(),
            "publish_mode": if self.repository.kind == RepositoryKind::Test { "simple" } else { "editorial_workflow" },
            "app_title": format!("Quản trị nội dung – {}", self.site_title),
            "show_preview_links": false,
            "media_folder": "content/files",
            "public_folder": "/files",
            "slug": { "encoding": "ascii", "clean_accents": true, "lowercase": true, "maxlength": 80 },
            "editor": { "preview": false },
            "output": { "omit_empty_optional_fields": true, "yaml": { "quote": "double", "indent_size": 2, "indent_sequences": true } },
            "collections": self.collections,
        });
        if !self.site_url.is_empty() {
            settings["site_url"] = json!(self.site_url.trim_end_matches('/'));
        }
        settings
    }

    /// The page, which says what it may load.
    pub fn page(&self) -> String {
        let title = self.site_title.replace('&', "&amp;").replace('<', "&lt;");
        format!(
            "<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"robots\" content=\"noindex, nofollow\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
             <title>Quản trị nội dung – {title}</title>\n<link rel=\"cms-config-url\" type=\"application/json\" href=\"config.json\">\n</head>\n<body>\n\
             <noscript>Trang quản trị cần JavaScript. Không có JavaScript thì sửa thẳng các tệp trong thư mục content/.</noscript>\n\
             <script src=\"sveltia-cms.js\"></script>\n</body>\n</html>\n",
            policy(self.repository)
        )
    }
}

impl Repository {
    fn settings(&self) -> Value {
        let mut settings = match self.kind {
            RepositoryKind::Test => return json!({ "name": "test-repo" }),
            RepositoryKind::GitLab => json!({ "name": "gitlab", "repo": self.name, "auth_type": "pkce" }),
            RepositoryKind::GitHub => json!({ "name": "github", "repo": self.name }),
        };
        let mut put = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                settings[name] = json!(value);
            }
        };
        put("branch", self.branch.clone());
        put("app_id", self.app_id.clone());
        put("base_url", self.base_url.clone());
        match self.kind {
            RepositoryKind::GitLab => put("api_root", self.base_url.as_ref().map(|url| format!("{url}/api/v4"))),
            // Without a proxy there is nobody to sign in at; a token of one's own still works.
            RepositoryKind::GitHub if self.base_url.is_none() => settings["auth_methods"] = json!(["token"]),
            RepositoryKind::GitHub | RepositoryKind::Test => {}
        }
        settings
    }

    /// Where the forms read and write.
    fn origins(&self) -> Vec<&str> {
        match self.kind {
            RepositoryKind::GitLab => vec![self.base_url.as_deref().unwrap_or("https://gitlab.com")],
            RepositoryKind::GitHub => vec!["https://api.github.com", "https://avatars.githubusercontent.com"],
            RepositoryKind::Test => Vec::new(),
        }
    }
}

/// What the page of the forms may load: its own files, and its repository. Styles of its widgets are made while it runs.
pub fn policy(repository: &Repository) -> String {
    let origins: String = repository.origins().iter().map(|origin| format!(" {origin}")).collect();
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' blob: data:{origins}; \
         connect-src 'self' blob: data:{origins}; manifest-src 'self'; frame-src blob:; form-action 'none'; base-uri 'none'"
    )
}
