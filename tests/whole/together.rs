//! Many builds of one project at the same moment.

use std::process::{Output, Stdio};

use super::two_versions::{TwoVersions, build, small};
use crate::project::Project;

#[test]
fn of_eight_builds_at_once_one_wins_and_the_others_say_so() {
    let versions = TwoVersions::of(small(Project::new()));
    for _ in 0..3 {
        let wanted = versions.change();
        let start = |_| versions.project.command(&[], &build()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program runs");
        let children: Vec<_> = (0..8).map(start).collect();
        let ends: Vec<Output> = children.into_iter().map(|child| child.wait_with_output().expect("an end")).collect();
        let winners = ends.iter().filter(|end| end.status.success()).count();
        for end in ends.iter().filter(|end| !end.status.success()) {
            let told = String::from_utf8_lossy(&end.stderr);
            assert!(end.status.code() == Some(2) && told.contains("một lệnh build khác đang ghi thư mục này"), "{told}");
        }
        assert!(winners >= 1, "somebody wins");
        assert_eq!(versions.published(), wanted);
        versions.is_tidy();
    }
}
