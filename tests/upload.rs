//! `congbo publish`: a site goes to where it is published whole, in order, and takes nothing that is not its own.
//! Real servers of SFTP and FTPS are in `tests/publish/check.mjs`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use congbo::output::{Edition, ManifestEntry, write_manifest};
use congbo::upload::{Destination, Event, LocalSite, Options, Sent, Target, publish};

use crate::project::{Project, Run, TODAY, tree};

const STAGE: &str = ".congbo-upload";

/// A project with a built site, and the folder it is published in.
fn built() -> Project {
    let project = Project::minimal();
    build(&project);
    fs::create_dir(project.path("web")).expect("a folder");
    project
}

fn build(project: &Project) {
    let _ = project.run(&format!("build --as-of {TODAY}")).exit(0);
}

/// The same project with another site: every page has another title, and one page is gone.
fn changed(project: Project, title: &str) -> Project {
    let off = format!("title: {title}\nbase_url: https://iso.thu.example/\nrules: {{ lost-url: off }}\n");
    let project = project.file("content/site.yaml", off);
    build(&project);
    project
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    tree(folder).into_iter().collect()
}

/// The folder holds the site, and nothing else but these.
fn assert_published(project: &Project, others: &[&str]) {
    let (mut there, here) = (files(&project.path("web")), files(&project.path("public")));
    for other in others {
        assert!(there.remove(*other).is_some(), "{other} is gone");
    }
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&there), names(&here));
    assert!(there == here, "contents differ");
}

/// Publishes file by file, as on a server. The listener may end it at any moment.
fn send(from: &Path, to: &Path, token: &str, on: &mut dyn FnMut(Event<'_>) -> anyhow::Result<()>) -> anyhow::Result<Sent> {
    send_with(from, to, token, &|_| (), on)
}

fn send_with(from: &Path, to: &Path, token: &str, pause: &dyn Fn(Duration), on: &mut dyn FnMut(Event<'_>) -> anyhow::Result<()>) -> anyhow::Result<Sent> {
    let options = Options { force: false, all: false, exchanges: false, retries: 0, token: token.to_owned(), watch: Duration::ZERO, pause };
    let to = Destination::Folder(to.to_path_buf());
    publish(&|| Target::connect(&to, &Default::default()), &LocalSite::open(from)?, &options, on)
}

#[test]
fn a_folder_gets_the_site_in_one_step_and_later_only_what_differs() {
    let project = built();
    let _ = project.run("publish --to web --dry-run").exit(0).says("A\tindex.html").says("chưa gửi gì");
    assert_eq!(files(&project.path("web")).len(), 0);
    let _ = project.run("publish --to web").exit(0).says("đã đăng bản số 1 lên web").says("trong một bước");
    assert_published(&project, &[]);
    let _ = project.run("verify web").exit(0);
    let _ = project.run("publish --to web").exit(0).says("gửi 0 tệp");

    let page = "---\ntitle: Trang mới\nreviewed_on: 2026-11-01\n---\nNội dung.\n";
    let project = project.file("content/pages/moi.md", page);
    build(&project);
    let _ = project.run("publish --to web --dry-run").exit(0).says("A\ttrang/moi/index.html").says("M\tsitemap.xml").does_not_say("M\trobots.txt");
    let _ = project.run("publish --to web --lang en").exit(0).says("edition 2 published to web").does_not_say("0 files sent");
    assert_published(&project, &[]);

    let project = changed(project.without("content/pages/moi.md"), "Trang thử");
    let _ = project.run("publish --to web --dry-run").exit(0).says("D\ttrang/moi/index.html");
    let _ = project.run("publish --to web").exit(0).does_not_say("gỡ 0 tệp");
    assert_published(&project, &[]);
    assert!(!project.path("web/trang").exists(), "an empty folder is left");
}

#[test]
fn files_of_others_stay_and_are_never_written_over() {
    let project = built().file("web/google123.html", "xác minh").file("web/cu/a.pdf", "tệp của cơ quan");
    let _ = project.run("publish --to web").exit(2).says("không có trang do congbo lập").says("google123.html").says("--force");
    assert_eq!(files(&project.path("web")).len(), 2);
    let _ = project.run("publish --to web --force").exit(0);
    assert_published(&project, &["google123.html", "cu/a.pdf"]);
    // Once the site is there, nobody need be asked.
    let project = changed(project, "Trang khác");
    let _ = project.run("publish --to web").exit(0);
    assert_published(&project, &["google123.html", "cu/a.pdf"]);
    assert_eq!(project.read("web/google123.html"), "xác minh");

    // A new page of ours where a file of somebody else lies.
    let project =
        project.file("web/trang/moi/index.html", "của người khác").file("content/pages/moi.md", "---\ntitle: Mới\nreviewed_on: 2026-11-01\n---\nA.\n");
    build(&project);
    for force in ["", "--force"] {
        let _ = project.run(&format!("publish --to web {force}")).exit(2).says("trùng địa chỉ với trang mới: trang/moi/index.html");
    }
    assert_eq!(project.read("web/trang/moi/index.html"), "của người khác");
}

#[test]
fn what_lies_beside_the_site_here_is_named_and_not_sent() {
    let project = built().file("public/ghi-chu.txt", "riêng");
    let _ = project.run("publish --to web").exit(0).says("1 tệp không do congbo tạo không được gửi: ghi-chu.txt");
    assert!(!project.path("web/ghi-chu.txt").exists());
}

#[test]
fn an_older_site_never_takes_the_place_of_a_newer_one_unless_asked() {
    let project = built();
    let old = project.path("cu");
    fs::rename(project.path("public"), &old).expect("the old site");
    let _ = project.run(&format!("build --as-of {TODAY} --previous cu")).exit(0);
    let project = project.file("content/site.yaml", "title: Khác\nbase_url: https://iso.thu.example/\n");
    build(&project);
    let _ = project.run("publish --to web").exit(0).says("bản số 2");
    let before = files(&project.path("web"));
    let _ = project.run("publish --from cu --to web").exit(2).says("nơi đăng đang có bản mới hơn: số 2").says("--previous").says("--force");
    assert!(files(&project.path("web")) == before);
    let _ = project.run("publish --from cu --to web --force").exit(0);
    assert!(files(&project.path("web")) == files(&old));
}

#[test]
fn two_sites_of_one_number_are_told() {
    let project = built();
    let _ = project.run("publish --to web").exit(0);
    fs::remove_dir_all(project.path("public")).expect("the site");
    let project = changed(project, "Trang của người khác");
    let _ = project.run("publish --to web").exit(0).says("cũng là bản số 1 nhưng khác");
}

#[test]
fn a_site_that_was_altered_after_the_build_is_not_sent() {
    let project = built().file("public/index.html", "<p>sửa tay</p>");
    let _ = project.run("publish --to web").exit(1).says("bị sửa: index.html").says("không gửi gì");
    let _ = project.run("publish --from content --to web").exit(2).says("không phải thư mục trang do congbo tạo");
    let _ = project.run("publish --to public/con").exit(2).says("nằm trong nhau");
    assert_eq!(files(&project.path("web")).len(), 0);
    build(&project);
    let _ = project.run("publish --to khong-co").exit(2).says("không mở được thư mục khong-co");
}

#[test]
fn no_address_is_taken_that_would_give_a_password_away() {
    let project = built();
    let _ = project.run("publish --to ftp://web@may.example/www").exit(2).says("không mã hóa").says("sftp://");
    let _ = project.run("publish --to sftp://web:bimat123@may.example/www").exit(2).says("CONGBO_PASSWORD").does_not_say("bimat123");
    let _ = project.run("publish --to ftps://may.example/www").exit(2).says("thiếu tên đăng nhập");
    let _ = project.run("publish --to web --insecure").exit(2).says("không có tùy chọn --insecure");
    let _ = project.run("publish --to web --host-key SHA256:abc").exit(2).says("chỉ dùng với sftp://");
}

/// A manifest with its seal, as congbo writes one, that lists these paths.
fn sealed(paths: &[&str]) -> Vec<u8> {
    let files: BTreeMap<Arc<str>, ManifestEntry> = paths.iter().map(|path| ((*path).into(), ManifestEntry::of(b"x"))).collect();
    let mut bytes = Vec::new();
    write_manifest(&Edition { counter: 1, as_of: TODAY.to_owned(), previous_sha256: None }, files.iter(), &mut bytes).expect("a manifest");
    bytes
}

#[test]
fn a_manifest_of_the_other_end_is_not_trusted() {
    let hostile = [
        sealed(&["index.html", "../quy.txt"]),
        sealed(&["/etc/hostname"]),
        sealed(&["a\r\nDELE b"]),
        sealed(&["a/../../quy.txt"]),
        sealed(&[".congbo-upload/owner"]),
        sealed(&["C:\\x"]),
        b"{}".to_vec(),
        b"\xff".to_vec(),
    ];
    for (number, manifest) in hostile.into_iter().enumerate() {
        let project = built().file("quy.txt", "ngoài trang").file("web/manifest.json", &manifest).file("web/khac.txt", "của người khác");
        let _ = project.run("publish --to web").exit(2).says("không phải bản kê do congbo ghi").says("chưa thay đổi gì");
        assert_eq!(files(&project.path("web")).len(), 2, "{number}");
        let _ = project.run("publish --to web --force").exit(0);
        assert_published(&project, &["khac.txt"]);
        assert_eq!(project.read("quy.txt"), "ngoài trang");
        assert!(Path::new("/etc/hostname").exists() || !cfg!(target_os = "linux"));
    }
}

#[test]
fn a_journal_of_the_other_end_is_not_trusted() {
    let journal =
        r#"{"version":1,"generator":"congbo","target_sha256":"0000000000000000000000000000000000000000000000000000000000000000","touched":["../quy.txt"]}"#;
    let project = built().file("quy.txt", "ngoài trang");
    let _ = project.run("publish --to web").exit(0);
    let project = project.file("web/.congbo-upload/journal.json", journal);
    let _ = project.run("publish --to web").exit(2).says("journal.json").says("--all");
    let _ = project.run("publish --to web --all").exit(0).does_not_say("gửi 0 tệp");
    assert_published(&project, &[]);
    assert_eq!(project.read("quy.txt"), "ngoài trang");
}

/// What must hold whenever a publication is cut: nothing leads to what is not there yet.
fn assert_in_order(web: &Path, old: &BTreeMap<String, Vec<u8>>, new: &BTreeMap<String, Vec<u8>>) {
    let there = files(web);
    let is_new = |path: &String| old.get(path) != new.get(path) && there.get(path) == new.get(path) && new.contains_key(path);
    let turn = |path: &str| match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        _ if path == "manifest.json" => 4,
        "xml" => 3,
        "html" => 2,
        "json" | "csv" | "jsonld" | "xlsx" | "ics" => 1,
        _ => 0,
    };
    let last = new.keys().filter(|path| is_new(path)).map(|path| turn(path)).max().unwrap_or(0);
    for (path, bytes) in new {
        assert!(turn(path) >= last || there.get(path) == Some(bytes), "{path} is missing, and others lead there");
        assert!([old.get(path), new.get(path)].contains(&there.get(path)), "{path} is neither the old one nor the new one");
    }
    for path in old.keys().filter(|path| !new.contains_key(*path)) {
        assert!(there.contains_key(path) || last >= 2, "{path} is gone before the pages that led there");
        assert!(last < 4 || !there.contains_key(path), "{path} is forgotten");
    }
}

/// A folder with one site, another site to publish there, and a third one.
fn three_sites() -> (Project, [PathBuf; 3]) {
    let page = |title: &str| format!("---\ntitle: {title}\nreviewed_on: 2026-11-01\n---\nNội dung.\n");
    let project = Project::minimal().file("content/pages/mot.md", page("Một")).file("content/pages/hai.md", page("Hai"));
    let names = ["mot", "hai", "ba"];
    let (mut project, mut previous) = (project, String::new());
    for (number, name) in names.into_iter().enumerate() {
        if number > 0 {
            let title = format!("title: Trang {name}\nbase_url: https://iso.thu.example/\nrules: {{ lost-url: off }}\n");
            project =
                project.without(&format!("content/pages/{}.md", names[number - 1])).file("content/site.yaml", title).file("content/pages/ba.md", page("Ba"));
        }
        let _ = project.run(&format!("build --as-of {TODAY} --out san-{name}{previous}")).exit(0);
        previous = format!(" --previous san-{name}");
    }
    let sites = names.map(|name| project.path(&format!("san-{name}")));
    (project, sites)
}

#[test]
fn what_is_cut_anywhere_is_in_order_and_goes_on_or_gives_way_to_the_next_site() {
    let (project, [first, second, third]) = three_sites();
    let (old, new) = (files(&first), files(&second));
    let web = project.path("web");
    fs::create_dir(&web).expect("a folder");
    let mut all = 0;
    fs::write(web.join("google123.html"), "xác minh").expect("a file of somebody else");
    let restart = |to_site: &BTreeMap<String, Vec<u8>>| {
        fs::remove_dir_all(&web).expect("the folder");
        for (path, bytes) in to_site.iter().chain([(&"google123.html".to_owned(), &b"of others".to_vec())]) {
            let path = web.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
    };
    restart(&old);
    send(&second, &web, "đếm", &mut |_| {
        all += 1;
        Ok(())
    })
    .expect("published");
    assert!(all > 50, "{all} steps");
    let every = if std::env::var_os("CONGBO_LONG").is_some() { 1 } else { 3 };
    for cut in (0..all).step_by(every) {
        restart(&old);
        let mut step = 0;
        let cut_there = send(&second, &web, "lần một", &mut |_| {
            step += 1;
            anyhow::ensure!(step <= cut, "cut");
            Ok(())
        });
        assert!(cut_there.is_err());
        assert_in_order(&web, &old, &new);
        assert_eq!(fs::read(web.join("google123.html")).expect("the file of others"), b"of others");
        // The run died, so that it gave nothing back.
        if web.join(STAGE).exists() {
            fs::write(web.join(STAGE).join("owner"), "lần một 3\n").expect("the owner");
        }
        // Every other time somebody built again meanwhile.
        let next = if cut / every % 2 == 0 { &second } else { &third };
        send(next, &web, "lần hai", &mut |_| Ok(())).expect("the second run goes on");
        let mut there = files(&web);
        assert_eq!(there.remove("google123.html").as_deref(), Some(&b"of others"[..]));
        let here = files(next);
        assert_eq!(there.keys().collect::<Vec<_>>(), here.keys().collect::<Vec<_>>(), "cut at {cut}");
        assert!(there == here, "cut at {cut}");
    }
}

#[test]
fn what_was_sent_is_not_sent_again() {
    let (project, [_, second, _]) = three_sites();
    let web = project.path("web");
    fs::create_dir(&web).expect("a folder");
    let count = files(&second).len() - 1;
    for cut in [1, count / 2, count] {
        fs::remove_dir_all(&web).expect("the folder");
        fs::create_dir(&web).expect("a folder");
        let mut sent = 0;
        let _ = send(&second, &web, "một", &mut |event| {
            sent += usize::from(matches!(event, Event::Sent(_)));
            anyhow::ensure!(sent < cut, "cut");
            Ok(())
        });
        let rest = send(&second, &web, "hai", &mut |_| Ok(())).expect("the second run goes on").sent;
        assert_eq!(rest, count - cut, "after {cut} of {count}");
    }
}

#[test]
fn two_that_publish_at_once_are_kept_apart() {
    let (project, [first, second, _]) = three_sites();
    let web = project.path("web");
    let owner = web.join(STAGE).join("owner");
    fs::create_dir_all(web.join(STAGE)).expect("a folder");
    // Another one is at work: while it is watched, something changes.
    fs::write(&owner, "người khác 1\n").expect("an owner");
    let busy = |_: Duration| fs::write(&owner, "người khác 2\n").expect("an owner");
    let refused = send_with(&first, &web, "tôi", &busy, &mut |_| Ok(())).expect_err("somebody is at work");
    assert!(refused.to_string().contains("đang chạy"), "{refused}");
    assert_eq!(files(&web).len(), 1);
    // It is dead.
    send(&first, &web, "tôi", &mut |_| Ok(())).expect("published");
    assert!(!web.join(STAGE).exists());
    // A third one begins while we are at it.
    let before = RefCell::new(None);
    let stopped = send(&second, &web, "tôi", &mut |event| {
        if matches!(event, Event::Ready) {
            fs::write(&owner, "người thứ ba 1\n").expect("an owner");
            *before.borrow_mut() = Some(files(&web));
        }
        Ok(())
    });
    assert!(stopped.expect_err("somebody else took over").to_string().contains("đã bắt đầu sau"));
    assert!(before.into_inner() == Some(files(&web)), "nothing is touched any more, not even the owner");
}

#[test]
fn a_signature_goes_with_its_manifest() {
    let project = built();
    let _ = project.run("keygen khoa").exit(0);
    let sign = |project: &Project| project.run_with(&format!("build --as-of {TODAY} --sign khoa"), &[("CONGBO_KEY_PASSWORD", "")]);
    let signed: Run = sign(&project);
    let _ = signed.exit(0);
    let web = project.path("web");
    send(&project.path("public"), &web, "a", &mut |_| Ok(())).expect("published");
    assert_published(&project, &[]);
    let _ = project.run("verify web --public-key khoa.pub").exit(0);
    // Signed anew: nothing else differs.
    fs::remove_file(web.join("manifest.json.minisig")).expect("a signature");
    send(&project.path("public"), &web, "b", &mut |_| Ok(())).expect("published");
    assert_published(&project, &[]);
    let project = changed(project, "Không ký");
    send(&project.path("public"), &web, "c", &mut |_| Ok(())).expect("published");
    assert_published(&project, &[]);
    assert!(!web.join("manifest.json.minisig").exists());
}

#[test]
fn a_folder_that_cannot_be_exchanged_is_changed_file_by_file() {
    // The parent of a link's end is asked, not that of the link.
    let project = built();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(project.path("web"), project.path("lien-ket")).expect("a link");
        let _ = project.run("publish --to lien-ket").exit(0).says("trong một bước");
        assert!(project.path("lien-ket").is_symlink());
        assert_published(&project, &[]);
    }
    let web = project.path("web");
    fs::remove_dir_all(&web).expect("the folder");
    fs::create_dir(&web).expect("a folder");
    let sent = send(&project.path("public"), &web, "a", &mut |_| Ok(())).expect("published");
    assert!(!sent.is_exchanged);
    assert_published(&project, &[]);
}
