//! Anyone can check that a site is complete and unaltered: whatever is done to it is found, and named.

use std::fs;

use congbo::output::{Manifest, Sha256Sum};

use crate::loopback;
use crate::project::{Project, Run, TODAY, tree};

fn build(project: &Project) -> Run {
    project.run(&format!("build --as-of {TODAY}")).exit(0)
}

fn manifest(project: &Project) -> Manifest {
    Manifest::read(project.read("public/manifest.json").as_bytes()).expect("a manifest")
}

/// What `verify` says of the public folder, in the order of its lines.
fn told(project: &Project) -> Vec<String> {
    let run = project.run("verify public");
    let lines: Vec<String> = run.out().lines().map(str::to_owned).collect();
    let _ = run.exit(i32::from(!lines.is_empty()));
    lines
}

#[test]
fn a_site_as_it_was_built_is_unaltered() {
    let project = Project::minimal();
    build(&project);
    let _ = project.run("verify public").exit(0).says("bản số 1, ngày 21/11/2026").says("còn nguyên");
    let _ = project.run("verify public --lang en").exit(0).says("edition 1 of 2026-11-21").says("unaltered");
    let _ = project.run("verify khong-co").exit(2).says("khong-co");
}

#[test]
fn every_flip_deletion_addition_and_exchange_is_named() {
    let project = Project::minimal();
    build(&project);
    let public = project.path("public");
    let files: Vec<(String, Vec<u8>)> = tree(&public).into_iter().filter(|(path, _)| path != "manifest.json").collect();
    for (number, (path, bytes)) in files.iter().enumerate() {
        // One bit, at a place that is another one in each file.
        let mut flipped = bytes.clone();
        let at = (number * 7919) % bytes.len();
        flipped[at] ^= 1 << (number % 8);
        fs::write(public.join(path), flipped).expect("a flipped bit");
        assert_eq!(told(&project), [format!("bị sửa: {path}")]);
        fs::write(public.join(path), &bytes[..at]).expect("a shortened file");
        assert_eq!(told(&project), [format!("bị sửa: {path}")]);
        fs::remove_file(public.join(path)).expect("a deleted file");
        assert_eq!(told(&project), [format!("bị xóa: {path}")]);
        fs::write(public.join(path), bytes).expect("the file as it was");
        let added = format!("{path}.moi");
        fs::write(public.join(&added), bytes).expect("an added file");
        assert_eq!(told(&project), [format!("bị thêm: {added}")]);
        fs::remove_file(public.join(&added)).expect("the added file");
        let (other, other_bytes) = &files[(number + 1) % files.len()];
        fs::write(public.join(path), other_bytes).expect("the other's content");
        assert_eq!(told(&project), [format!("bị thay: {path} đang mang nội dung của {other}")]);
        fs::write(public.join(other), bytes).expect("this one's content");
        let (first, second) = if path < other { (path, other) } else { (other, path) };
        assert_eq!(told(&project), [format!("bị tráo cho nhau: {first} và {second}")]);
        fs::write(public.join(path), bytes).expect("the file as it was");
        fs::write(public.join(other), other_bytes).expect("the file as it was");
    }
    assert!(told(&project).is_empty());
}

#[test]
fn several_changes_are_all_told_and_what_lies_behind_links_is_not_read() {
    let project = Project::minimal();
    build(&project);
    fs::remove_file(project.path("public/404.html")).expect("a page");
    fs::write(project.path("public/robots.txt"), "").expect("a page");
    fs::create_dir(project.path("public/la")).expect("a folder");
    fs::write(project.path("public/la/doc.exe"), "MZ").expect("a file");
    assert_eq!(told(&project), ["bị sửa: robots.txt", "bị xóa: 404.html", "bị thêm: la/doc.exe"]);
    #[cfg(unix)]
    {
        fs::rename(project.path("public/lien-he"), project.path("ngoai")).expect("a folder");
        std::os::unix::fs::symlink(project.path("ngoai"), project.path("public/lien-he")).expect("a link");
        let told = told(&project);
        assert!(told.contains(&"bị xóa: lien-he/index.html".to_owned()) && told.contains(&"bị thêm: lien-he".to_owned()), "{told:?}");
    }
}

#[test]
fn no_byte_of_the_manifest_can_be_changed_in_silence() {
    let project = Project::minimal();
    build(&project);
    let good = fs::read(project.path("public/manifest.json")).expect("a manifest");
    for at in (0..good.len()).step_by(good.len() / 150) {
        let mut bad = good.clone();
        bad[at] ^= 4;
        fs::write(project.path("public/manifest.json"), bad).expect("a changed manifest");
        assert_eq!(told(&project), ["bị sửa hoặc hỏng: manifest.json không còn như congbo đã ghi"], "byte {at}");
    }
    fs::remove_file(project.path("public/manifest.json")).expect("the manifest");
    assert_eq!(told(&project), ["thiếu manifest.json"]);
}

#[test]
fn the_counter_goes_on_only_when_something_changed() {
    let project = Project::minimal();
    build(&project);
    let first = manifest(&project);
    assert_eq!((first.edition.counter, first.edition.as_of.as_str(), first.edition.previous_sha256), (1, TODAY, None));
    let bytes = project.read("public/manifest.json");
    build(&project);
    let _ = project.run(&format!("build --clean --as-of {TODAY}")).exit(0);
    assert_eq!(project.read("public/manifest.json"), bytes, "nothing changed");
    let project = project.edit("content/site.yaml", "Trang thử", "Trang khác");
    build(&project);
    let second = manifest(&project);
    assert_eq!((second.edition.counter, second.edition.previous_sha256), (2, Some(Sha256Sum::of(bytes.as_bytes()))));
}

#[test]
fn an_older_site_in_the_place_of_a_newer_one_is_found_by_who_remembers() {
    let project = Project::minimal();
    let check = "verify public --last-manifest giu.json";
    let _ = project.run(&format!("build --as-of {TODAY}")).exit(0);
    let _ = project.run(check).exit(2).says("giu.json");
    let _ = project.run(&format!("{check} --remember")).exit(0);
    let old: Vec<(String, Vec<u8>)> = tree(&project.path("public"));
    let first = project.read("giu.json");

    let project = project.edit("content/site.yaml", "Trang thử", "Trang khác");
    build(&project);
    let _ = project.run(check).exit(0);
    assert_eq!(project.read("giu.json"), first, "kept only when asked for");
    let _ = project.run(&format!("{check} --remember")).exit(0);

    fs::remove_dir_all(project.path("public")).expect("the site");
    for (path, bytes) in &old {
        let place = project.path("public").join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        fs::write(place, bytes).expect("a file of the old site");
    }
    let _ = project.run("verify public").exit(0);
    let _ = project.run(&format!("{check} --remember")).exit(1).says("bản cũ bị đưa trở lại: đang là bản số 1, lần trước đã là bản số 2");

    // Another site that says it is the next one, or the same one.
    let project = project.edit("content/site.yaml", "Trang khác", "Trang giả");
    build(&project);
    let _ = project.run(check).exit(1).says("hai trang khác nhau cùng mang số 2");
    let project = project.edit("content/site.yaml", "Trang giả", "Trang giả nữa");
    build(&project);
    let _ = project.run(check).exit(1).says("bản số 3 không nối tiếp bản đã giữ lại");
}

#[test]
fn a_checkout_goes_on_counting_from_what_is_on_the_web_server() {
    let project = Project::minimal();
    build(&project);
    let kept = Project::new()
        .file("truoc/manifest.json", project.read("public/manifest.json"))
        .file("truoc/thay-doi/du-lieu.json", project.read("public/thay-doi/du-lieu.json"));
    let project = project.edit("content/site.yaml", "Trang thử", "Trang khác");
    let checkout = project.copied();
    build(&project);
    let _ = checkout.run(&format!("build --as-of {TODAY} --previous {}", kept.path("truoc").display())).exit(0);
    assert_eq!(manifest(&checkout).edition.counter, 2);
    assert!(tree(&project.path("public")) == tree(&checkout.path("public")));
}

#[test]
fn a_signature_says_who_made_the_site() {
    let project = Project::minimal();
    let _ = project.run("keygen khoa").exit(0).says("không phải chữ ký số theo Luật Giao dịch điện tử");
    let _ = project.run("keygen khoa").exit(2).says("đã có");
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(project.path("khoa")).expect("a key").permissions()) & 0o777, 0o600);
    let signed_build = format!("build --sign khoa --as-of {TODAY}");
    let _ = project.run(&signed_build).exit(0).says("đã ký manifest.json");
    let _ = project.run("verify public --public-key khoa.pub").exit(0).says("chữ ký của bản kê đúng: congbo 2026-11-21");
    let key = project.read("khoa.pub").lines().nth(1).expect("a key").to_owned();
    let _ = project.run(&format!("verify public --public-key {key}")).exit(0).says("chữ ký của bản kê đúng");
    let signature = project.read("public/manifest.json.minisig");

    // What is signed and did not change stays as it is.
    let _ = project.run(&signed_build).exit(0).says("không có gì thay đổi");
    let _ = project.run(&format!("{signed_build} --clean")).exit(0);
    let _ = project.run(&format!("build --clean --as-of {TODAY}")).exit(0);
    assert_eq!(project.read("public/manifest.json.minisig"), signature);

    // Somebody else's site, and a site that nobody signed.
    let project = project.edit("content/site.yaml", "Trang thử", "Trang khác");
    let _ = project.run(&format!("build --changed-list ds.txt --as-of {TODAY}")).exit(0).says("đã gỡ; ký lại bằng");
    assert!(project.read("ds.txt").ends_with("M\tmanifest.json\nD\tmanifest.json.minisig\n"));
    let _ = project.run("verify public --public-key khoa.pub").exit(1).says("thiếu chữ ký: manifest.json.minisig");
    let project = project.file("public/manifest.json.minisig", &signature);
    let _ = project.run("verify public --public-key khoa.pub").exit(1).says("chữ ký sai: manifest.json.minisig");
    let _ = project.run("keygen khac").exit(0);
    let _ = project.run(&format!("build --clean --sign khac --as-of {TODAY}")).exit(0);
    let _ = project.run("verify public --public-key khoa.pub").exit(1).says("chữ ký sai");
    let _ = project.run("verify public --public-key khac.pub").exit(0);
    let _ = project.run("verify public --public-key nham").exit(2).says("không phải khóa công khai");
    let _ = project.run(&format!("build --sign content/site.yaml --as-of {TODAY}")).exit(2).says("không phải khóa ký");
}

#[test]
fn a_site_on_the_web_is_checked_as_a_folder_is() {
    let project = Project::minimal();
    build(&project);
    let address = loopback::serve(project.path("public"), |path| (path == "lien-he/index.html").then_some("503 Service Unavailable"));
    let _ = project.run(&format!("verify {address}")).exit(1).says("không đọc được: lien-he/index.html").says("503");
    let address = loopback::serve(project.path("public"), |_| None);
    let _ = project.run(&format!("verify {address}index.html")).exit(0).says("còn nguyên").says("không thấy được tệp thêm vào");
    fs::remove_file(project.path("public/404.html")).expect("a page");
    let (first, second) = (project.read("public/index.html"), project.read("public/so-do/index.html"));
    let project = project.file("public/index.html", second).file("public/so-do/index.html", first).file("public/robots.txt", "Disallow: /\n".repeat(1000));
    let run = project.run(&format!("verify {address}")).exit(1);
    assert_eq!(run.out().lines().collect::<Vec<_>>(), ["bị sửa: robots.txt", "bị tráo cho nhau: index.html và so-do/index.html", "bị xóa: 404.html"]);
    let _ = project.run(&format!("verify {}", loopback::nobody())).exit(2).says("không tải được");
}
