//! `congbo init --ci`: the pipelines that it writes, their lines run for real with the variables that a service sets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::project::{Project, Run, TODAY};

const BINARY: &str = env!("CARGO_BIN_EXE_congbo");

/// An API on this machine that keeps comments as GitLab and GitHub do, and hands out files.
struct Api {
    address: String,
    /// Method, path, the header that names who asks, and the body.
    heard: Arc<Mutex<Vec<[String; 4]>>>,
}

impl Api {
    fn start(comments: Value, files: &'static [(&'static str, &'static str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = heard.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = answer(stream, &comments, files, &log);
            }
        });
        Self { address, heard }
    }

    fn heard(&self) -> Vec<[String; 4]> {
        self.heard.lock().expect("a log").clone()
    }
}

fn answer(mut stream: TcpStream, comments: &Value, files: &[(&str, &str)], log: &Mutex<Vec<[String; 4]>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut request, mut length, mut asker) = (String::new(), 0, String::new());
    reader.read_line(&mut request)?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse().unwrap_or(0),
            Some((name, _)) if ["private-token", "job-token", "authorization"].contains(&name.to_lowercase().as_str()) => asker = line.trim().to_owned(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let words: Vec<&str> = request.split_whitespace().collect();
    let (method, path) = (words[0], words[1]);
    log.lock().expect("a log").push([method.to_owned(), path.to_owned(), asker, String::from_utf8_lossy(&body).into_owned()]);
    let file = files.iter().find(|(name, _)| path == *name);
    let (status, text) = match (method, file) {
        ("GET", Some((_, text))) => ("200 OK", (*text).to_owned()),
        ("GET", None) if path.contains("per_page") => ("200 OK", comments.to_string()),
        ("GET", None) => ("404 Not Found", String::new()),
        _ => ("201 Created", "{}".to_owned()),
    };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}", text.len())
}

fn yaml(project: &Project, path: &str) -> Value {
    serde_yaml::from_str(&project.read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The lines of a job of GitLab, as its runner joins them.
fn gitlab_lines(project: &Project, job: &str) -> String {
    let recipe = yaml(project, ".gitlab-ci.yml");
    let lines = |value: &Value| value.as_array().expect("lines").iter().map(|line| line.as_str().expect("a line").to_owned()).collect::<Vec<_>>();
    [lines(&recipe["default"]["before_script"]), lines(&recipe[job]["script"])].concat().join("\n")
}

/// The `run:` lines of a job of GitHub, each step a shell of its own.
fn github_steps(project: &Project, job: &str) -> Vec<String> {
    let recipe = yaml(project, ".github/workflows/congbo.yml");
    let steps = recipe["jobs"][job]["steps"].as_array().expect("steps").clone();
    steps.iter().filter_map(|step| step["run"].as_str()).map(str::to_owned).collect()
}

/// Runs lines as both services do: bash, ending at the first failure.
fn bash(project: &Project, lines: &str, variables: &[(&str, &str)]) -> Run {
    let path = format!("{}:{}:/usr/bin:/bin", project.path("bin").display(), std::path::Path::new(BINARY).parent().expect("a folder").display());
    bash_on(project, lines, variables, &path)
}

fn bash_on(project: &Project, lines: &str, variables: &[(&str, &str)], path: &str) -> Run {
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", lines]).current_dir(project.path("")).env_clear();
    Run::of(command.env("PATH", path).env("SOURCE_DATE_EPOCH", "1795212000").envs(variables.iter().copied()))
}

fn with_recipe(service: &str) -> Project {
    let project = Project::minimal();
    project.run(&format!("init --ci {service}")).exit(0).says("đã ghi");
    project
}

fn broken(project: Project) -> Project {
    project.edit("content/agencies/xa-thu/agency.yaml", "level: commune", "levle: commune")
}

#[test]
fn a_recipe_is_added_to_a_project_without_touching_its_content() {
    for (service, path) in [("gitlab", ".gitlab-ci.yml"), ("github", ".github/workflows/congbo.yml")] {
        let project = Project::minimal();
        let before = crate::project::tree(&project.path("content"));
        project.run(&format!("init --ci {service}")).exit(0).says(path).says("CONGBO_PUBLISH_TO");
        assert_eq!(before, crate::project::tree(&project.path("content")));
        assert!(project.read(".gitignore").contains("/public/"));
        project.run(&format!("init --ci {service}")).exit(0).says("không thay đổi");
        let project = project.file(path, "# của tôi\n");
        project.run(&format!("init --ci {service}")).exit(2).says("đã có").says("nội dung khác");
        assert_eq!(project.read(path), "# của tôi\n");
        Project::new().run(&format!("init --ci {service}")).exit(2).says("content chưa có");
        // A new project gets both.
        project.run(&format!("init moi --ci {service}")).exit(0);
        assert!(project.path("moi/content/site.yaml").exists() && project.path(&format!("moi/{path}")).exists());
        assert!(project.run(&format!("check --project moi --as-of {TODAY}")).code() == Some(0));
    }
}

#[test]
fn gitlab_shows_problems_beside_the_lines_and_as_one_comment() {
    let project = broken(with_recipe("gitlab"));
    let api = Api::start(json!([]), &[]);
    let variables = [("CI_API_V4_URL", api.address.as_str()), ("CI_PROJECT_ID", "7"), ("CI_MERGE_REQUEST_IID", "3"), ("CONGBO_COMMENT_TOKEN", "ma")];
    bash(&project, &gitlab_lines(&project, "kiem-tra"), &variables).exit(1).says("lỗi[unknown-key]");
    let report: Value = serde_json::from_str(&project.read("gl-code-quality-report.json")).expect("JSON");
    let issue = report.as_array().expect("a list").iter().find(|issue| issue["check_name"] == "unknown-key").expect("the mistake");
    assert_eq!(issue["location"], json!({ "path": "content/agencies/xa-thu/agency.yaml", "lines": { "begin": 3 } }));
    assert_eq!(issue["severity"], "major");
    assert!(issue["fingerprint"].as_str().is_some_and(|print| print.len() == 64));
    let heard = api.heard();
    let [method, path, asker, body] = &heard[1];
    assert_eq!([method.as_str(), path.as_str(), asker.as_str()], ["POST", "/projects/7/merge_requests/3/notes", "PRIVATE-TOKEN: ma"]);
    // `body=` in the form that a browser sends.
    assert!(body.starts_with("body=%3C%21--+congbo+--%3E") && body.contains("levle"), "{body}");

    // The comment of the last run is changed, not followed by another.
    let api = Api::start(json!([{ "id": 5, "body": "Cảm ơn" }, { "id": 8, "body": "<!-- congbo -->\n### congbo: 2 lỗi" }]), &[]);
    let variables = [("CI_API_V4_URL", api.address.as_str()), ("CI_PROJECT_ID", "7"), ("CI_MERGE_REQUEST_IID", "3"), ("CI_JOB_TOKEN", "viec")];
    let project = project.edit("content/agencies/xa-thu/agency.yaml", "levle", "level");
    bash(&project, &gitlab_lines(&project, "kiem-tra"), &variables).exit(0);
    let heard = api.heard();
    assert_eq!(heard[1][..3], ["PUT", "/projects/7/merge_requests/3/notes/8", "JOB-TOKEN: viec"]);
}

#[test]
fn a_comment_that_cannot_be_written_hides_no_problem() {
    let project = broken(with_recipe("gitlab"));
    let variables = [("CI_API_V4_URL", "http://127.0.0.1:9"), ("CI_PROJECT_ID", "7"), ("CI_MERGE_REQUEST_IID", "3")];
    bash(&project, &gitlab_lines(&project, "kiem-tra"), &variables).exit(1).says("chưa ghi được nhận xét").says("lỗi[unknown-key]");
}

#[test]
fn github_annotates_and_comments_with_the_token_of_the_run() {
    let project = broken(with_recipe("github"));
    let api = Api::start(json!([]), &[]);
    let variables = [("GITHUB_API_URL", api.address.as_str()), ("GITHUB_REPOSITORY", "tinh/trang"), ("PULL_REQUEST", "12"), ("GH_TOKEN", "bi-mat")];
    let steps = github_steps(&project, "kiem-tra");
    let (last, others) = steps.split_last().expect("steps");
    for step in others {
        bash(&project, step, &variables).exit(0);
    }
    bash(&project, &others[1], &variables).exit(0).says("::error file=content/agencies/xa-thu/agency.yaml,line=3,col=1,title=unknown-key::");
    bash(&project, last, &variables).exit(1).says("lỗi[unknown-key]");
    let heard = api.heard();
    assert_eq!(heard[1][..3], ["POST", "/repos/tinh/trang/issues/12/comments", "Authorization: Bearer bi-mat"]);
    let sent: Value = serde_json::from_str(&heard[1][3]).expect("JSON");
    let comment = sent["body"].as_str().expect("a text");
    assert!(comment.starts_with("<!-- congbo -->\n### congbo: ") && comment.contains("**content/agencies/xa-thu/agency.yaml**"), "{comment}");

    let api = Api::start(json!([{ "id": 77, "body": "<!-- congbo -->\ncũ" }]), &[]);
    let variables = [("GITHUB_API_URL", api.address.as_str()), ("GITHUB_REPOSITORY", "tinh/trang"), ("PULL_REQUEST", "12"), ("GH_TOKEN", "bi-mat")];
    bash(&project, &others[2], &variables).exit(0);
    assert_eq!(api.heard()[1][..2], ["PATCH", "/repos/tinh/trang/issues/comments/77"]);
}

/// A `congbo` before the real one on the path, which notes what it is told to publish and where.
fn with_publisher(project: Project) -> Project {
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = publish ]; then [ \"$2\" = --help ] || {{ printf '%s|' \"$@\"; echo; }} >> dang.txt; exit 0; fi\nexec {BINARY} \"$@\"\n"
    );
    let project = project.file("bin/congbo", script);
    let status = Command::new("chmod").args(["+x"]).arg(project.path("bin/congbo")).status().expect("chmod");
    assert!(status.success());
    project
}

#[test]
fn the_site_is_built_and_published_only_where_something_changed() {
    for service in ["gitlab", "github"] {
        let project = with_publisher(with_recipe(service));
        let run = |variables: &[(&str, &str)]| -> String {
            let lines = match service {
                "gitlab" => vec![gitlab_lines(&project, "dang-trang")],
                _ => github_steps(&project, "dang-trang"),
            };
            lines.iter().map(|lines| bash(&project, lines, variables).exit(0)).map(|run| run.out() + &run.err()).collect()
        };
        let said = run(&[]);
        assert!(said.contains("chưa đặt CONGBO_PUBLISH_TO") && said.contains("A\tindex.html"), "{service}: {said}");
        assert!(project.path("public/manifest.json").exists() && !project.path("dang.txt").exists());
        // With the folders of the last run, nothing is new.
        let said = run(&[("CONGBO_PUBLISH_TO", "sftp://trang@may.example/iso")]);
        assert!(said.contains("không cần đăng") && !project.path("dang.txt").exists(), "{service}: {said}");
        let text = project.read("content/agencies/xa-thu/agency.yaml");
        std::fs::write(project.path("content/agencies/xa-thu/agency.yaml"), text.replace("0200 000 0000", "0200 000 0009")).expect("a file");
        let said = run(&[("CONGBO_PUBLISH_TO", "sftp://trang@may.example/iso"), ("CONGBO_HOST_KEY", "SHA256:ma khoa"), ("CONGBO_PASSWORD", "")]);
        assert!(said.contains("M\tlien-he/index.html") && !said.contains("A\tindex.html"), "{service}: {said}");
        assert_eq!(project.read("dang.txt"), "publish|--to|sftp://trang@may.example/iso|--host-key|SHA256:ma khoa|\n");
    }
}

#[test]
fn samples_stop_what_would_be_published() {
    let project = with_recipe("gitlab").edit("content/agencies/xa-thu/agency.yaml", "address: Thôn 1", "address: \"[MẪU] Thôn 1\" #");
    bash(&project, &gitlab_lines(&project, "dang-trang"), &[("CONGBO_PUBLISH_TO", "/tmp/khong-dung")]).exit(1).says("lỗi[sample-content]");
}

#[test]
fn a_lost_cache_is_made_good_from_the_published_site() {
    for (service, step) in [("gitlab", 0), ("github", 1)] {
        let first = with_recipe(service);
        first.run("build --out cu").exit(0);
        let (manifest, record) = (first.read("cu/manifest.json"), first.read("cu/thay-doi/du-lieu.json"));
        let files: &[(&str, &str)] = vec![("/manifest.json", &*manifest.leak()), ("/thay-doi/du-lieu.json", &*record.leak())].leak();
        let api = Api::start(json!([]), files);
        let project = first.edit("content/agencies/xa-thu/agency.yaml", "0200 000 0000", "0200 000 0009");
        let lines = match service {
            "gitlab" => gitlab_lines(&project, "dang-trang"),
            _ => github_steps(&project, "dang-trang")[step].clone(),
        };
        bash(&project, &lines, &[("CONGBO_SITE_URL", &format!("{}/", api.address))]).exit(0);
        assert!(project.read("public/thay-doi/index.html").contains("Điện thoại cơ quan"), "{service}: the change is not told");
        // The manifest goes on counting.
        let manifest: Value = serde_json::from_str(&project.read("public/manifest.json")).expect("JSON");
        assert_eq!(manifest["counter"], 2, "{service}");
    }
}

#[test]
fn the_program_is_fetched_and_another_file_in_its_place_is_refused() {
    let project = with_recipe("gitlab");
    let program = "#!/bin/sh\necho \"congbo giả: $*\"\n";
    let api = Api::start(json!([]), &[("/congbo", "#!/bin/sh\necho \"congbo giả: $*\"\n")]);
    let lines = yaml(&project, ".gitlab-ci.yml")["default"]["before_script"].as_array().expect("lines").clone();
    let lines = lines.iter().map(|line| line.as_str().expect("a line")).collect::<Vec<_>>().join("\n");
    let path = "/usr/bin:/bin";
    let url = format!("{}/congbo", api.address);
    bash_on(&project, &lines, &[], path).exit(2).says("chưa đặt biến CONGBO_URL");
    let failed = bash_on(&project, &lines, &[("CONGBO_URL", &url), ("CONGBO_SHA256", &"0".repeat(64))], path);
    assert_ne!(failed.code(), Some(0));
    let project = project.file("ban-dung", program);
    let sum = Command::new("sha256sum").arg(project.path("ban-dung")).output().expect("sha256sum");
    let sum = String::from_utf8_lossy(&sum.stdout)[..64].to_owned();
    bash_on(&project, &lines, &[("CONGBO_URL", &url), ("CONGBO_SHA256", &sum)], path).exit(0).says("congbo giả: --version");
}

#[test]
fn recipes_rebuild_each_night_keep_the_cache_and_pin_what_they_use() {
    let project = with_recipe("github");
    project.run("init --ci gitlab").exit(0);
    let recipe = yaml(&project, ".github/workflows/congbo.yml");
    assert_eq!(recipe["on"]["schedule"], json!([{ "cron": "10 17 * * *" }]));
    let steps = recipe["jobs"].as_object().expect("jobs").values().flat_map(|job| job["steps"].as_array().expect("steps"));
    let used: Vec<&str> = steps.filter_map(|step| step["uses"].as_str()).collect();
    assert!(used.len() >= 4 && used.iter().all(|action| action.split_once("@v").is_some_and(|(_, version)| version.split('.').count() == 3)), "{used:?}");
    let cached = recipe["jobs"]["dang-trang"]["steps"][1]["with"]["path"].as_str().expect("paths");
    assert!(cached.contains(".congbo-cache") && cached.contains("public"));
    let recipe = yaml(&project, ".gitlab-ci.yml");
    assert_eq!(recipe["dang-trang"]["cache"]["paths"], json!([".congbo-cache/", "public/"]));
    assert!(recipe["default"]["image"].as_str().is_some_and(|image| image.contains(':') && !image.ends_with(":latest")));
    assert!(project.read(".gitlab-ci.yml").contains("Pipeline schedules"));
}

#[test]
fn the_comment_is_a_list_by_file_that_content_cannot_forge() {
    let project = Project::minimal().edit("content/agencies/xa-thu/agency.yaml", "level: commune", "\"@moi-nguoi <b>#1</b> [x](http://xau.example)\": commune");
    let said = project.run("check --format markdown").exit(1).out();
    assert!(said.starts_with("<!-- congbo -->\n### congbo: ") && said.contains("- ❌ **lỗi**, dòng 1: "), "{said}");
    assert!(said.contains("  - Cách sửa: ") && said.contains("(`unknown-key`)"), "{said}");
    for forged in ["@moi", "<b>", "#1", "[x]("] {
        assert!(!said.contains(forged), "{forged} in {said}");
    }
    assert_eq!(Project::minimal().run("check --format markdown").exit(0).out(), "<!-- congbo -->\n### ✅ congbo: không có lỗi, không có cảnh báo\n");
    assert_eq!(Project::minimal().run("check --format gitlab").exit(0).out(), "[]\n");
    // A comment has its size.
    let many: String = (0..900).map(|number| format!("- number: văn bản {number} <&>\n  title: \"[MẪU] {number}\"\n  khoa-la-{number}: 1\n")).collect();
    let said = Project::minimal().file("content/law/nhieu.yaml", many).run("check --format markdown").exit(1).out();
    assert!(said.len() < 65_000 && said.contains("chỗ nữa; xem đủ bằng lệnh `congbo check`"), "{}", said.len());
}

#[test]
fn what_changed_is_published_into_a_folder_for_real() {
    let web = tempfile::TempDir::new().expect("a folder");
    for service in ["gitlab", "github"] {
        let place = web.path().join(service).display().to_string();
        std::fs::create_dir(&place).expect("a folder of the server");
        let project = with_recipe(service);
        let lines = match service {
            "gitlab" => vec![gitlab_lines(&project, "dang-trang")],
            _ => github_steps(&project, "dang-trang"),
        };
        for lines in lines {
            bash(&project, &lines, &[("CONGBO_PUBLISH_TO", &place), ("CONGBO_PASSWORD", "")]).exit(0);
        }
        project.run(&format!("verify {place}")).exit(0).says("còn nguyên");
    }
}
