//! The steps of each host as it prints them, and the files that it is offered. `UPDATE_EXPECT=1` writes what came out.

use std::path::Path;

use crate::files;
use crate::site::Place;

const HOSTS: [&str; 9] =
    ["github-pages", "gitlab-pages", "cloudflare-pages", "netlify", "s3", "ftp", "apache", "nginx", "folder"];

/// A toolkit with an old address and a file for the root.
fn with_old_address() -> Place {
    let place = Place::new();
    place.put("content/pages/how.md", "---\ntitle: How\naliases: [/faq/old-name/, /was/]\n---\nSo.\n");
    place.put("content/files/CNAME", "kit.example.org\n");
    place.put("toolkit.yaml", "title: Kit\nbase_url: https://example.org/kit/\npublish: {include: [files/CNAME]}\n");
    place
}

fn expect(name: &str, came: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/publish/hosts").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, came).unwrap();
    }
    let want = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(want == came, "{name} is not as expected:\n{came}");
}

#[test]
fn each_host_gets_its_steps_and_its_files() {
    for host in HOSTS {
        let place = with_old_address();
        let plain = place.dir.path().join("plain");
        place.published(&["--to", plain.to_str().unwrap(), "--yes"]);
        let said = place.published(&["--yes", "--host", host, "--workflow"]);
        let mut text = said[said.find("published: ").unwrap()..].to_owned();
        let site: Vec<String> = files(&plain).into_iter().map(|(path, _)| path).collect();
        for (path, bytes) in files(&place.root().join("public")) {
            if !site.contains(&path) {
                text += &format!("\n=== {path}\n{}", String::from_utf8(bytes).unwrap());
            }
        }
        let zip = place.dir.path().join("site.zip");
        let said = place.published(&["--yes", "--host", host, "--zip", zip.to_str().unwrap()]);
        let said = said[said.find("published: ").unwrap()..].replace(zip.to_str().unwrap(), "site.zip");
        text += &format!("\n=== as a ZIP file\n{said}");
        expect(&format!("{host}.txt"), &text);
        assert!(place.root().join("public/CNAME").is_file());
    }
}

#[test]
fn no_file_of_a_host_is_ever_overwritten_neither_by_publish_nor_by_build() {
    let place = with_old_address();
    let public = place.root().join("public");
    let headers = public.join("_headers");
    place.published(&["--yes", "--host", "netlify"]);
    assert!(std::fs::read_to_string(&headers).unwrap().contains("default-src 'self'"));
    std::fs::write(&headers, "mine\n").unwrap();
    let said = place.published(&["--yes", "--host", "netlify"]);
    assert!(!said.contains("added _headers"), "{said}");
    assert_eq!(crate::run(&place.root(), &["build"]).code, Some(0));
    place.published(&["--yes", "--host", "cloudflare-pages"]);
    assert_eq!(std::fs::read_to_string(&headers).unwrap(), "mine\n");
    // what the toolkit itself publishes at the root comes before what is offered
    place.put("content/files/_redirects", "/a /b 301\n");
    place.put("toolkit.yaml", "title: Kit\npublish: {host: netlify, include: [files/_redirects]}\n");
    let out = place.out();
    place.published(&["--yes", "--to", out.to_str().unwrap()]);
    assert_eq!(std::fs::read_to_string(out.join("_redirects")).unwrap(), "/a /b 301\n");
    assert!(out.join("_headers").is_file());
}

#[test]
fn a_workflow_is_written_only_when_it_is_asked_for() {
    let place = Place::new();
    let workflow = place.root().join("public/.github/workflows/pages.yml");
    place.published(&["--yes", "--host", "github-pages"]);
    assert!(!workflow.exists());
    let said = place.published(&["--yes", "--host", "github-pages", "--workflow"]);
    assert!(said.contains("added .github/workflows/pages.yml"), "{said}");
    for arguments in [&["--yes", "--host", "github-pages", "--workflow"][..], &["--yes", "--host", "github-pages"]] {
        // it is there now, and the steps are those that go with it
        let said = place.published(arguments);
        assert!(said.contains("choose `GitHub Actions`; the workflow"), "{said}");
        assert!(!said.contains("Deploy from a branch") && !said.contains("publish once with"), "{said}");
    }
    std::fs::write(&workflow, "mine").unwrap();
    place.published(&["--yes", "--host", "github-pages", "--workflow"]);
    assert_eq!(std::fs::read_to_string(&workflow).unwrap(), "mine");
}

#[test]
fn a_host_that_nobody_knows_is_named_with_the_one_that_was_meant() {
    let place = Place::new();
    place.put("toolkit.yaml", "title: Kit\npublish: {host: netlfy}\n");
    let said = place.publish(&["--yes"]);
    assert_eq!((said.code, place.root().join("public").exists()), (Some(1), false));
    assert!(said.stderr.contains("did you mean `netlify`?"), "{}", said.stderr);
    assert_eq!(place.publish(&["--host", "netlfy"]).code, Some(2));
    for (typed, meant) in [("gihub", "github-pages"), ("gitlab", "gitlab-pages"), ("cloudfare", "cloudflare-pages")] {
        let said = place.publish(&["--host", typed]);
        assert!(said.stderr.contains(&format!("did you mean `{meant}`?")), "{}", said.stderr);
        place.put("toolkit.yaml", &format!("title: Kit\npublish: {{host: {typed}}}\n"));
        assert!(place.publish(&["--yes"]).stderr.contains(&format!("did you mean `{meant}`?")));
    }
}

#[test]
fn a_fresh_clone_of_a_code_host_is_taken_and_what_it_begins_with_stays() {
    let place = Place::new();
    let out = place.out();
    let put = |name: &str| std::fs::write(out.join(name), "theirs\n").unwrap();
    let to = ["--yes", "--to", out.to_str().unwrap()];
    std::fs::create_dir_all(out.join(".git")).unwrap();
    let theirs = ["README.md", "LICENSE", "CNAME", ".git/HEAD"];
    theirs.iter().for_each(|name| put(name));
    put("notes.txt");
    let said = place.publish(&to);
    assert!(said.code != Some(0) && said.stderr.contains("holds notes.txt"), "{}", said.stderr);
    std::fs::remove_file(out.join("notes.txt")).unwrap();
    place.published(&to);
    for name in theirs {
        assert_eq!(std::fs::read_to_string(out.join(name)).unwrap(), "theirs\n", "{name}");
    }
    // without a repository it is somebody's folder
    let other = place.dir.path().join("other");
    std::fs::create_dir_all(&other).unwrap();
    std::fs::write(other.join("README.md"), "theirs\n").unwrap();
    assert!(place.publish(&["--yes", "--to", other.to_str().unwrap()]).stderr.contains("holds README.md"));
    // a file of ours of the same name does not replace theirs
    let third = place.dir.path().join("third");
    std::fs::create_dir_all(third.join(".git")).unwrap();
    std::fs::write(third.join("CNAME"), "theirs\n").unwrap();
    place.put("content/files/CNAME", "kit.example.org\n");
    place.put("toolkit.yaml", "title: Kit\npublish: {include: [files/CNAME]}\n");
    let said = place.publish(&["--yes", "--to", third.to_str().unwrap()]);
    assert!(said.code != Some(0) && said.stderr.contains("CNAME"), "{:?} {}", said.code, said.stderr);
    assert_eq!(std::fs::read_to_string(third.join("CNAME")).unwrap(), "theirs\n");
}

#[test]
fn many_files_are_counted() {
    let place = Place::new();
    for n in 0..300 {
        place.message(&format!("m{n}"), &format!("Title {n}"), "Text for all.");
    }
    let said = place.publish(&["--yes"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let count: usize = said.stdout.split(", ").find_map(|part| part.split(" files in").next()?.parse().ok()).unwrap();
    assert_eq!(count >= 900, said.stderr.contains("some hosts stop at 1,000"), "{count}: {}", said.stderr);
    assert_eq!(count, files(&place.root().join("public")).len());
    assert!(count >= 900, "{count} are too few for this test");
}

#[test]
fn the_steps_for_git_bring_the_site_to_a_repository() {
    let place = Place::new();
    let said = place.published(&["--yes", "--host", "github-pages"]);
    let far = place.dir.path().join("far.git");
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.args(arguments).current_dir(place.root()).env("GIT_CONFIG_GLOBAL", "/dev/null");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "n").env(format!("GIT_{role}_EMAIL"), "e@example.org");
        }
        command.output()
    };
    let Ok(made) = git(&["init", "--bare", "-b", "main", far.to_str().unwrap()]) else {
        return eprintln!("left out, needs git");
    };
    assert!(made.status.success());
    let typed: Vec<&str> = said.lines().filter_map(|line| line.trim().strip_prefix("git ")).collect();
    // before the folder is a repository of its own, nothing reaches the one around it, which is the toolkit's
    assert!(git(&["init", "-q"]).unwrap().status.success());
    for line in &typed[1..] {
        let done = git(&line.split(' ').collect::<Vec<_>>()).unwrap();
        assert!(!done.status.success(), "{line}");
    }
    assert_eq!(typed.len(), 5, "{said}");
    let run = |lines: &[&str]| {
        for line in lines {
            let line = line.replace("https://github.com/OWNER/NAME.git", far.to_str().unwrap()).replace('"', "");
            let done = git(&line.split(' ').collect::<Vec<_>>()).unwrap();
            assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
        }
    };
    run(&typed);
    place.message("safer", "Safer roads", "Streets get safer. <fact:odds>");
    place.published(&["--yes", "--host", "github-pages"]);
    run(&typed[2..]);
    // a fresh clone of an empty repository is an empty folder
    let (empty, fresh) = (place.dir.path().join("empty.git"), place.dir.path().join("fresh"));
    assert!(git(&["init", "--bare", empty.to_str().unwrap()]).unwrap().status.success());
    assert!(git(&["clone", empty.to_str().unwrap(), fresh.to_str().unwrap()]).unwrap().status.success());
    place.published(&["--yes", "--to", fresh.to_str().unwrap()]);
    assert!(fresh.join(".git/HEAD").is_file() && fresh.join("index.html").is_file());
    let clone = place.dir.path().join("clone");
    assert!(git(&["clone", far.to_str().unwrap(), clone.to_str().unwrap()]).unwrap().status.success());
    let own =
        |folder: &Path| files(folder).into_iter().filter(|(path, _)| !path.starts_with(".git/")).collect::<Vec<_>>();
    assert!(own(&clone) == own(&place.root().join("public")), "what is pushed is not what was published");
}
