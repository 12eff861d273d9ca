//! Static files of the theme, each with the print of its content in its name, so that a browser
//! may keep it for ever. The accent of the site goes into the stylesheet: the CSP forbids inline style.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::site::Site;
use crate::config::Config;
use crate::source::hex;
use crate::theme::Theme;

/// Folder of static files in the public site.
pub(super) const FOLDER: &str = "tinh/";
/// The one stylesheet, below `static/` of a theme.
const STYLESHEET: &str = "style.css";

/// Writes all static files.
pub(super) fn write(site: &Site<'_>) -> Result<()> {
    for (name, bytes) in site.theme.static_files().filter(|(name, _)| *name != STYLESHEET) {
        site.write_bytes(format!("{FOLDER}{}", printed(name, bytes)), bytes.to_vec())?;
    }
    let (name, bytes) = stylesheet(site.theme, site.config)?;
    site.write_bytes(name, bytes)
}

/// Published name and content of the stylesheet.
pub(super) fn stylesheet(theme: &Theme, config: &Config) -> Result<(String, Vec<u8>)> {
    let mut css = bytes(theme, STYLESHEET)?.to_vec();
    if let Some(accent) = &config.accent {
        // On a dark ground the agency's colour keeps the default's lighter partner.
        css.extend_from_slice(format!("@media (prefers-color-scheme:light){{:root{{--accent:{accent}}}}}\n").as_bytes());
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
