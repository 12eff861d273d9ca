//! A project that is looked at again and again while it is being written: what did not change is not read again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;

use super::{Judged, Product, judge_products, limits, load, look};
use crate::config::{CONTENT_FOLDER, Flags};
use crate::parse::LOCK_FILE;
use crate::resolve::Shared;
use crate::source::{Inventory, Print, SourceTree};

/// The content of a project, parsed file by file.
pub struct Workspace {
    project: PathBuf,
    tree: Arc<SourceTree>,
    products: BTreeMap<Arc<str>, Product>,
    shared: Shared,
}

impl Workspace {
    /// Reads a project. Fails only when the content folder can't be opened at all.
    pub fn open(project: &Path) -> Result<Self> {
        let shared = Shared::default();
        let (tree, products) = load(project, &shared)?;
        Ok(Self { project: project.to_path_buf(), tree: tree.into(), products: products.into_iter().collect(), shared })
    }

    /// Reads these files of the project anew, or everything where that does not do. Returns whether anything is
    /// other than before.
    pub fn refresh(&mut self, changed: Option<&[PathBuf]>) -> Result<bool> {
        if let Some(is_changed) = changed.and_then(|paths| self.reread(paths)) {
            return Ok(is_changed);
        }
        let fresh = Self::open(&self.project)?;
        let is_changed = contents(&fresh.tree.inventory).ne(contents(&self.tree.inventory))
            || fresh.tree.refusals != self.tree.refusals
            || fresh.tree.text(LOCK_FILE) != self.tree.text(LOCK_FILE);
        *self = fresh;
        Ok(is_changed)
    }

    /// `None` where a path is not a text file that was read before: something may have come, gone, or be a folder.
    fn reread(&mut self, paths: &[PathBuf]) -> Option<bool> {
        let limits = limits(&self.project);
        let mut is_changed = false;
        for path in paths {
            let path = path.to_str()?.replace('\\', "/");
            // What was approved lies beside the content, and every document is compared with it.
            if path == LOCK_FILE {
                return None;
            }
            if !path.starts_with(&format!("{CONTENT_FOLDER}/")) {
                continue;
            }
            // Its limits decide how everything else is read.
            if path.ends_with("/site.yaml") {
                return None;
            }
            let (path, _) = self.products.get_key_value(path.as_str())?;
            let (path, before) = (path.clone(), print(&self.tree, path));
            let shared = &self.shared;
            let product = Arc::make_mut(&mut self.tree).reread(&self.project, CONTENT_FOLDER, &path, limits, |path, source| look(path, source, shared))?;
            is_changed |= before != print(&self.tree, &path);
            self.products.insert(path, product);
        }
        Some(is_changed)
    }

    /// Resolve and check.
    pub fn judge(&self, flags: Flags) -> Judged {
        let products = self.products.iter().map(|(path, product)| (path.clone(), product.clone())).collect();
        judge_products(self.tree.clone(), products, &self.shared, flags)
    }
}

fn contents(inventory: &Inventory) -> impl Iterator<Item = (&Arc<str>, &Print)> {
    inventory.files.iter().map(|file| (&file.path, &file.print))
}

fn print(tree: &SourceTree, path: &Arc<str>) -> Option<Print> {
    tree.inventory.files.iter().find(|file| file.path == *path).map(|file| file.print)
}
