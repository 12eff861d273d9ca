//! A folder on this machine: the new site is made beside it and takes its place in one rename.

use std::path::Path;

use super::{Event, Listener, Options, Sent, read_back};
use crate::output::{MANIFEST_NAME, Replacement, SIGNATURE_NAME};
use crate::upload::plan::Plan;
use crate::upload::remote::Remote;
use crate::upload::site::{LocalSite, STAGE};
use crate::upload::target::Target;
use crate::upload::trouble::Trouble;

/// Publishes in one step; `None` where that can't be done there.
pub fn attempt(folder: &Path, target: &mut Target, site: &LocalSite, options: &Options<'_>, on: &mut Listener<'_>) -> Result<Option<Sent>, Trouble> {
    let Some(replacement) = Replacement::begin(folder)? else { return Ok(None) };
    let top = target.list("")?;
    let remote = Remote::read(target, site, options, &top)?;
    let plan = Plan::new(site, &remote, options.all || remote.is_unknown);
    remote.refuse_collisions(target, &plan)?;
    let done = Sent { is_exchanged: true, ..super::done(&plan, &remote, site) };
    if plan.is_empty() && remote.is(site) && top.iter().all(|item| item.name != STAGE) {
        return Ok(Some(done));
    }
    on(Event::Planned { files: plan.send.len() })?;
    let is_sent = |path: &str| plan.send.binary_search_by_key(&(super::Turn::of(path), path), |(path, _)| (super::Turn::of(path), *path)).is_ok();
    replacement.keep(|path| {
        let is_of_manifest = path == MANIFEST_NAME || path == SIGNATURE_NAME || path.split('/').next() == Some(STAGE);
        is_of_manifest || plan.remove.contains(path) || is_sent(path)
    })?;
    for (path, _) in &plan.send {
        replacement.write(path, &mut site.file(path)?)?;
        on(Event::Sent(path))?;
    }
    for path in &plan.remove {
        on(Event::Removed(path))?;
    }
    replacement.write(MANIFEST_NAME, &mut &*site.bytes)?;
    if let Some(signature) = &site.signature {
        replacement.write(SIGNATURE_NAME, &mut &**signature)?;
    }
    on(Event::Ready)?;
    replacement.finish()?;
    read_back(target, site)?;
    Ok(Some(done))
}
