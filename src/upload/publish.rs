//! Sending a site: everything into a folder of its own first, and then into its place, in order. What is found at the other
//! end is all that is remembered, so that a second attempt, or another machine, goes on where the first one was cut.

mod exchange;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::Result;

use super::journal::Journal;
use super::plan::{Plan, Turn, folders_above};
use super::remote::{JOURNAL, NEW_JOURNAL, NEXT_SIGNATURE, Remote, next_manifest};
use super::site::{LocalSite, STAGE};
use super::target::{Piece, Target};
use super::trouble::Trouble;
use crate::output::{Item, MANIFEST_NAME, SIGNATURE_NAME, Sha256Sum};

/// Who publishes there now.
const OWNER: &str = ".congbo-upload/owner";
/// Steps between two looks at whether somebody else took over.
const STEPS: usize = 25;
/// The first pause before another attempt; each next one is twice as long, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How to publish.
pub struct Options<'o> {
    /// Whether an older site may take the place of a newer one, and a folder be used that is not ours.
    pub force: bool,
    /// Whether files are sent again that are there as they should be.
    pub all: bool,
    /// Whether a folder on this machine may be exchanged as a whole.
    pub exchanges: bool,
    /// How often in a row it is tried again after a cut before which not a file got through.
    pub retries: u32,
    /// What tells this run from all others.
    pub token: String,
    /// How long to watch whether somebody else is still publishing there.
    pub watch: Duration,
    pub pause: &'o dyn Fn(Duration),
}

/// What happened meanwhile.
#[derive(Debug)]
pub enum Event<'e> {
    /// An attempt knows what there is to send.
    Planned {
        files: usize,
    },
    /// A file lies ready at the other end.
    Sent(&'e str),
    /// Everything lies ready, and it is written down what will change.
    Ready,
    /// A file is in its place.
    Placed(&'e str),
    Removed(&'e str),
    /// The link broke; it is tried again after a while.
    Again {
        why: &'e str,
        after: Duration,
    },
}

/// Hears what happens; its errors end the publication.
pub type Listener<'l> = dyn FnMut(Event<'_>) -> Result<()> + 'l;

/// What a publication did.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Sent {
    pub sent: usize,
    pub size_bytes: u64,
    pub removed: usize,
    pub same: usize,
    pub retried: u32,
    /// Number of the site that stood there before; 0 where there was none.
    pub before: u64,
    /// Whether a site with the same number stood there that was another one.
    pub is_fork: bool,
    /// Whether the folder was exchanged in one step.
    pub is_exchanged: bool,
}

/// Says what would be done, and changes nothing.
pub fn look<'s>(target: &mut Target, site: &'s LocalSite, options: &Options<'_>) -> Result<(Plan<'s>, u64), Trouble> {
    let top = target.list("")?;
    let remote = Remote::read(target, site, options, &top)?;
    let plan = Plan::new(site, &remote, options.all || remote.is_unknown);
    remote.refuse_collisions(target, &plan)?;
    Ok((plan, remote.counter()))
}

/// Sends a site. After a cut it is tried again, as long as attempts get anywhere or few enough in a row got nowhere.
pub fn publish(connect: &dyn Fn() -> Result<Target, Trouble>, site: &LocalSite, options: &Options<'_>, on: &mut Listener<'_>) -> Result<Sent> {
    let (mut in_vain, mut total, mut is_reached) = (0, Sent::default(), false);
    loop {
        let mut files = 0;
        let mut count = |event: Event<'_>| {
            match event {
                Event::Sent(path) => {
                    files += 1;
                    total.sent += 1;
                    total.size_bytes += site.manifest.files.get(path).map_or(0, |entry| entry.size_bytes);
                }
                Event::Placed(_) => files += 1,
                Event::Removed(_) => {
                    files += 1;
                    total.removed += 1;
                }
                _ => {}
            }
            on(event)
        };
        let result = connect().and_then(|mut target| {
            is_reached = true;
            attempt(&mut target, site, options, &mut count)
        });
        let why = match result {
            Ok(done) => return Ok(Sent { sent: total.sent, size_bytes: total.size_bytes, removed: total.removed, retried: total.retried, ..done }),
            Err(Trouble::Cut(why)) => why,
            Err(Trouble::Unreachable(why)) if is_reached => why,
            Err(trouble) => return Err(trouble.into_error()),
        };
        in_vain = if files > 0 { 1 } else { in_vain + 1 };
        if in_vain > options.retries {
            return Err(Trouble::Cut(why).into_error());
        }
        let after = FIRST_PAUSE.saturating_mul(1 << (in_vain - 1).min(10)).min(LONGEST_PAUSE);
        on(Event::Again { why: &why, after })?;
        total.retried += 1;
        (options.pause)(after);
    }
}

/// One way through, from finding out what is there to the end.
fn attempt(target: &mut Target, site: &LocalSite, options: &Options<'_>, on: &mut Listener<'_>) -> Result<Sent, Trouble> {
    if let (true, Some(folder)) = (options.exchanges, target.folder())
        && let Some(done) = exchange::attempt(&folder, target, site, options, on)?
    {
        return Ok(done);
    }
    let top = target.list("")?;
    if top.iter().all(|item| item.name != STAGE) {
        // Before anything is written there.
        let remote = Remote::read(target, site, options, &top)?;
        let plan = Plan::new(site, &remote, options.all || remote.is_unknown);
        if plan.is_empty() && remote.is(site) {
            return Ok(done(&plan, &remote, site));
        }
        remote.refuse_collisions(target, &plan)?;
    }
    let mut claim = Claim { token: &options.token, beats: 0 };
    claim.take(target, &top, options)?;
    let result = change(target, site, options, &mut claim, on);
    if matches!(result, Err(Trouble::Final(_))) {
        claim.give_back(target);
    }
    result
}

fn change(target: &mut Target, site: &LocalSite, options: &Options<'_>, claim: &mut Claim<'_>, on: &mut Listener<'_>) -> Result<Sent, Trouble> {
    let top = target.list("")?;
    let remote = Remote::read(target, site, options, &top)?;
    let plan = Plan::new(site, &remote, options.all || remote.is_unknown);
    remote.refuse_collisions(target, &plan)?;
    if !(plan.is_empty() && remote.is(site)) {
        let is_ready = remote.unfinished == Some(site.sha256) && plan.send.iter().all(|(path, _)| remote.touched.contains(*path));
        if !is_ready {
            stage(target, site, &plan, on)?;
            claim.keep(target)?;
            write_journal(target, site, &plan, &remote)?;
        }
        on(Event::Ready)?;
        place(target, site, &plan, &remote, claim, on)?;
        remove(target, site, &plan, claim, on)?;
        claim.keep(target)?;
        place_manifest(target, site, &remote)?;
    }
    read_back(target, site)?;
    clear(target)?;
    Ok(done(&plan, &remote, site))
}

/// What is known when all is done, but for what was counted on the way.
fn done(plan: &Plan<'_>, remote: &Remote, site: &LocalSite) -> Sent {
    Sent { same: plan.same, before: remote.counter(), is_fork: remote.is_fork_of(site), ..Sent::default() }
}

/// Where a file is put together: named by its path and its content, so that a rest of another site is never taken for it.
fn staged(site: &LocalSite, path: &str) -> String {
    let sum = site.manifest.files.get(path).map(|entry| entry.sha256.to_string()).unwrap_or_default();
    Sha256Sum::of(format!("{path}\0{sum}").as_bytes()).to_string()[..40].to_owned()
}

fn sizes(items: Vec<Item>) -> BTreeMap<String, u64> {
    items.into_iter().filter(|item| !item.is_folder).map(|item| (item.name, item.size_bytes)).collect()
}

/// Sends what does not lie ready yet, and has the other end say how large each file is that arrived.
fn stage(target: &mut Target, site: &LocalSite, plan: &Plan<'_>, on: &mut Listener<'_>) -> Result<(), Trouble> {
    let ready = sizes(target.list(STAGE)?);
    let size_bytes = |path: &str| site.manifest.files.get(path).map_or(0, |entry| entry.size_bytes);
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for (path, _) in &plan.send {
        let name = staged(site, path);
        if ready.get(&name) != Some(&size_bytes(path)) {
            pieces.push(Piece { path, to: format!("{STAGE}/{name}"), size_bytes: size_bytes(path) });
        }
    }
    on(Event::Planned { files: pieces.len() })?;
    target.write(&pieces, site, &mut |path| on(Event::Sent(path)))?;
    target.put(&next_manifest(site.sha256), &site.bytes)?;
    let arrived = sizes(target.list(STAGE)?);
    match plan.send.iter().find(|(path, _)| arrived.get(&staged(site, path)) != Some(&size_bytes(path))) {
        Some((path, _)) => Err(Trouble::told(format!("nơi đăng không nhận đủ tệp {path}; kiểm tra dung lượng còn trống ở đó rồi chạy lại"))),
        None => Ok(()),
    }
}

/// Writes down what will change, before anything does.
fn write_journal(target: &mut Target, site: &LocalSite, plan: &Plan<'_>, remote: &Remote) -> Result<(), Trouble> {
    let mut touched: BTreeSet<String> = plan.send.iter().map(|(path, _)| (*path).to_owned()).collect();
    touched.extend(plan.remove.iter().chain(&remote.touched).cloned());
    target.put(NEW_JOURNAL, &Journal::new(site.sha256, touched).bytes())?;
    target.rename(&[(NEW_JOURNAL.to_owned(), JOURNAL.to_owned())], &mut |_| Ok(()))
}

/// Puts every file in its place, turn by turn. What lies ready no more is there already.
fn place(target: &mut Target, site: &LocalSite, plan: &Plan<'_>, remote: &Remote, claim: &mut Claim<'_>, on: &mut Listener<'_>) -> Result<(), Trouble> {
    let ready = sizes(target.list(STAGE)?);
    let settled = remote.files().keys().filter(|path| !remote.touched.contains(&***path));
    let known: BTreeSet<&str> = settled.flat_map(|path| folders_above(path)).collect();
    for folders in plan.folders(&known).chunks(STEPS) {
        claim.keep(target)?;
        target.make_folders(folders)?;
    }
    for turn in Turn::ALL {
        let moves = plan.turn(turn).map(|path| (path, staged(site, path))).filter(|(_, name)| ready.contains_key(name));
        let moves: Vec<(String, String)> = moves.map(|(path, name)| (format!("{STAGE}/{name}"), path.to_owned())).collect();
        for moves in moves.chunks(STEPS) {
            claim.keep(target)?;
            target.rename(moves, &mut |path| on(Event::Placed(path)))?;
        }
    }
    Ok(())
}

/// Removes what the site there had and the one here has not. Its manifest still stands there, so that none is forgotten.
fn remove(target: &mut Target, site: &LocalSite, plan: &Plan<'_>, claim: &mut Claim<'_>, on: &mut Listener<'_>) -> Result<(), Trouble> {
    let paths: Vec<&str> = plan.remove.iter().map(String::as_str).collect();
    for paths in paths.chunks(STEPS) {
        claim.keep(target)?;
        target.remove(paths, &mut |path| on(Event::Removed(path)))?;
    }
    for folders in plan.emptied(site).chunks(STEPS) {
        claim.keep(target)?;
        target.remove_folders(folders)?;
    }
    Ok(())
}

fn place_manifest(target: &mut Target, site: &LocalSite, remote: &Remote) -> Result<(), Trouble> {
    if site.signature.is_none() && remote.signature.is_some() {
        target.remove(&[SIGNATURE_NAME], &mut |_| Ok(()))?;
    }
    let mut moves = vec![(next_manifest(site.sha256), MANIFEST_NAME.to_owned())];
    if let Some(signature) = &site.signature {
        target.put(NEXT_SIGNATURE, signature)?;
        moves.push((NEXT_SIGNATURE.to_owned(), SIGNATURE_NAME.to_owned()));
    }
    moves.iter().try_for_each(|step| target.rename(std::slice::from_ref(step), &mut |_| Ok(())))
}

/// The manifest that stands there now must be ours, byte for byte.
fn read_back(target: &mut Target, site: &LocalSite) -> Result<(), Trouble> {
    let found = target.read(MANIFEST_NAME, site.bytes.len() as u64)?;
    if found.as_deref() == Some(&site.bytes) {
        return Ok(());
    }
    Err(Trouble::told(format!("đọc lại {MANIFEST_NAME} ở nơi đăng thì khác bản vừa gửi: có người khác vừa ghi vào, hoặc máy chủ sửa tệp; chạy lại với --all")))
}

/// Removes the folder in which everything was put together.
fn clear(target: &mut Target) -> Result<(), Trouble> {
    let left: Vec<String> = target.list(STAGE)?.into_iter().map(|item| format!("{STAGE}/{}", item.name)).collect();
    let paths: Vec<&str> = left.iter().map(String::as_str).collect();
    target.remove(&paths, &mut |_| Ok(()))?;
    target.remove_folders(&[STAGE])
}

/// The right to publish there. Servers have no locks that a broken link would open, so the newest run has it, where no other
/// one is at work; and every run looks again and again whether it still has it.
struct Claim<'c> {
    token: &'c str,
    beats: u64,
}

impl Claim<'_> {
    fn take(&mut self, target: &mut Target, top: &[Item], options: &Options<'_>) -> Result<(), Trouble> {
        if top.iter().any(|item| item.name == STAGE) {
            let found = target.read(OWNER, 256)?;
            if found.as_deref().is_some_and(|owner| !owner.starts_with(self.token.as_bytes())) {
                let before = target.list(STAGE)?;
                (options.pause)(options.watch);
                if target.read(OWNER, 256)? != found || target.list(STAGE)? != before {
                    return Err(Trouble::told("một lần đăng khác vào nơi này đang chạy; chờ nó xong rồi chạy lại"));
                }
            }
        }
        target.make_folders(&[STAGE])?;
        self.beat(target)
    }

    /// Fails where somebody else took over.
    fn keep(&mut self, target: &mut Target) -> Result<(), Trouble> {
        match target.read(OWNER, 256)? {
            Some(owner) if owner.starts_with(self.token.as_bytes()) => self.beat(target),
            _ => Err(Trouble::told(
                "một lần đăng khác vào nơi này đã bắt đầu sau lần này, nên lần này dừng lại; chờ nó xong, xem lại trang rồi chạy lại nếu cần",
            )),
        }
    }

    fn beat(&mut self, target: &mut Target) -> Result<(), Trouble> {
        self.beats += 1;
        target.put(OWNER, format!("{} {}\n", self.token, self.beats).as_bytes())
    }

    /// So that the next run need not watch. What is left of the folder stays for it.
    fn give_back(&self, target: &mut Target) {
        if target.read(OWNER, 256).is_ok_and(|owner| owner.is_some_and(|owner| owner.starts_with(self.token.as_bytes()))) {
            let _ = target.remove(&[OWNER], &mut |_| Ok(()));
            let _ = target.remove_folders(&[STAGE]);
        }
    }
}
