//! Static files of the theme, each with the print of its content in its name, so that a browser
//! may keep it for ever. The accent of the site goes into the stylesheet: the CSP forbids inline style.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use tera::Value;

use super::site::Site;
use crate::config::Config;
use crate::domain::slug;
use crate::output::OutputBody;
use crate::source::{Print, hex};
use crate::theme::Theme;

/// Folder of static files in the public site.
pub(super) const FOLDER: &str = "tinh/";
/// The one stylesheet, below `static/` of a theme.
const STYLESHEET: &str = "style.css";

/// The icon of the site, for browsers that draw and for those that don't.
const ICON: &str = "icon.svg";
const ICON_BITMAP: &str = "icon.png";
/// What a telephone needs to keep the site beside its applications.
pub(super) const MANIFEST: &str = "site.webmanifest";

/// Published names of the icon.
#[derive(Debug)]
pub(super) struct Icons {
    drawing: String,
    bitmap: String,
}

impl Icons {
    /// The icon of a theme.
    pub fn new(theme: &Theme) -> Result<Self> {
        Ok(Self { drawing: published(theme, ICON)?, bitmap: published(theme, ICON_BITMAP)? })
    }

    /// The names as templates see them.
    pub fn value(&self) -> Value {
        Value::from(BTreeMap::from([("drawing".to_owned(), Value::from(self.drawing.as_str())), ("bitmap".to_owned(), Value::from(self.bitmap.as_str()))]))
    }

    /// Part of the key of every page.
    pub fn key(&self, theme: &Theme) -> Print {
        Print::of_pieces(&[&theme.key().0, self.drawing.as_bytes(), self.bitmap.as_bytes()])
    }
}

/// Writes all static files and the manifest.
pub(super) fn write(site: &Site<'_>) -> Result<()> {
    for (name, bytes) in site.theme.static_files().filter(|(name, _)| *name != STYLESHEET) {
        site.write_bytes(format!("{FOLDER}{}", printed(name, bytes)), bytes.to_vec())?;
    }
    let (name, bytes) = stylesheet(site.theme, site.config)?;
    site.write_bytes(name, bytes)?;
    site.write_bytes(MANIFEST.to_owned(), manifest(site)?)?;
    emblem_file(site)
}

fn manifest(site: &Site<'_>) -> Result<Vec<u8>> {
    let icon = |name: &str, sizes: &str, kind: &str| serde_json::json!({ "src": name, "sizes": sizes, "type": kind });
    let manifest = serde_json::json!({
        "name": site.config.title,
        "lang": "vi",
        "start_url": "index.html",
        "display": "browser",
        "icons": [icon(&site.icons.drawing, "any", "image/svg+xml"), icon(&site.icons.bitmap, "192x192", "image/png")],
    });
    Ok(serde_json::to_vec(&manifest)?)
}

/// Published name of the emblem, where the site has one.
pub(super) fn emblem(site: &Site<'_>) -> Option<String> {
    let emblem = site.config.emblem.as_ref()?;
    let attachment = site.register.attachments.get(emblem.path.as_str())?;
    let ending = emblem.path.rsplit('.').next()?;
    Some(format!("{FOLDER}emblem.{}.{}", &attachment.sha256[..8], slug(ending, 8)))
}

fn emblem_file(site: &Site<'_>) -> Result<()> {
    let Some((name, attachment)) = emblem(site).zip(site.config.emblem.as_ref().and_then(|emblem| site.register.attachments.get(emblem.path.as_str()))) else {
        return Ok(());
    };
    let key = Print::of_pieces(&[attachment.sha256.as_bytes()]);
    if site.wants(&name) && !site.reuse(&name, &key)? {
        site.write_file(name, OutputBody::Copy(attachment.path.clone()), &key)?;
    }
    Ok(())
}

/// Published name and content of the stylesheet.
pub(super) fn stylesheet(theme: &Theme, config: &Config) -> Result<(String, Vec<u8>)> {
    let mut css = bytes(theme, STYLESHEET)?.to_vec();
    if let Some(accent) = &config.accent {
        let (light, dark) = (&accent.light, &accent.dark);
        css.extend_from_slice(
            format!("@media screen{{:root{{--accent:{light}}}}}@media screen and (prefers-color-scheme:dark){{:root{{--accent:{dark}}}}}\n").as_bytes(),
        );
    }
    Ok((format!("{FOLDER}{}", printed(STYLESHEET, &css)), css))
}

/// Published name of a static file that is published as it is.
pub(super) fn published(theme: &Theme, name: &str) -> Result<String> {
    Ok(format!("{FOLDER}{}", printed(name, bytes(theme, name)?)))
}

fn bytes<'t>(theme: &'t Theme, name: &str) -> Result<&'t [u8]> {
    let file = theme.static_files().find(|(known, _)| *known == name);
    file.map(|(_, bytes)| bytes).with_context(|| format!("giao diện thiếu static/{name}"))
}

/// `style.css` as `style.0a1b2c3d.css`.
pub(super) fn printed(name: &str, bytes: &[u8]) -> String {
    let print = &hex(&Sha256::digest(bytes))[..8];
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{print}.{ending}"),
        None => format!("{name}.{print}"),
    }
}
