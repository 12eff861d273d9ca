//! Same sources and same date: the same bytes, whatever the machine.

use crate::project::{Project, TODAY, tree};

#[test]
fn folder_time_zone_locale_and_threads_change_nothing() {
    let surroundings: [&[(&str, &str)]; 3] = [
        &[("TZ", "Asia/Ho_Chi_Minh"), ("LANG", "vi_VN.UTF-8"), ("RAYON_NUM_THREADS", "1")],
        &[("TZ", "America/Los_Angeles"), ("LC_ALL", "tr_TR.UTF-8"), ("RAYON_NUM_THREADS", "7")],
        &[("TZ", "UTC"), ("LANG", "C"), ("SOURCE_DATE_EPOCH", "1")],
    ];
    let sites: Vec<_> = surroundings
        .iter()
        .map(|environment| {
            let project = Project::sample();
            project.run_with(&format!("build --as-of {TODAY}"), environment).exit(0);
            tree(&project.path("public"))
        })
        .collect();
    assert!(sites[0].len() > 200, "{} files", sites[0].len());
    for site in &sites[1..] {
        assert_eq!(site.len(), sites[0].len());
        for ((path, bytes), (other_path, other_bytes)) in sites[0].iter().zip(site) {
            assert_eq!(path, other_path);
            assert!(bytes == other_bytes, "{path} differs");
        }
    }
}

#[test]
fn a_second_build_makes_the_same_site() {
    let project = Project::sample();
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    let first = tree(&project.path("public"));
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    assert!(first == tree(&project.path("public")));
}
