//! A publish that is killed: the folder is the old site or the new one, and the next publish needs nobody's help.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use crate::site::{Place, Random, TODAY};
use crate::{files, program};

/// The site's own files; those of strangers and of the host apart.
fn own(folder: &std::path::Path) -> BTreeMap<String, Vec<u8>> {
    let all = files(folder).into_iter();
    all.filter(|(path, _)| {
        !["CNAME", ".git/config", "_headers", ".github/workflows/pages.yml"].contains(&path.as_str())
    })
    .collect()
}

/// The files in which `now` differs from each of the sites, for the message of a failed test.
fn differences(sites: &[BTreeMap<String, Vec<u8>>], now: &BTreeMap<String, Vec<u8>>) -> Vec<Vec<String>> {
    let of = |site: &BTreeMap<String, Vec<u8>>| {
        let paths: std::collections::BTreeSet<_> = site.keys().chain(now.keys()).collect();
        let differ = paths.into_iter().filter(|path| site.get(*path) != now.get(*path));
        differ
            .map(|path| {
                format!("{path} (in it {:?}, now {:?})", site.get(path).map(Vec::len), now.get(path).map(Vec::len))
            })
            .collect()
    };
    sites.iter().map(of).collect()
}

#[test]
fn a_publish_killed_at_any_moment_leaves_the_old_site_or_the_new_one() {
    let place = Place::new();
    let to = place.out().to_str().unwrap().to_owned();
    let versions = ["It was one.", "It was two."];
    let mut sites = Vec::new();
    for text in versions {
        place.message("safer", "Safer", text);
        place.faq("who-pays", text, text);
        place.published(&["--to", &to, "--yes"]);
        sites.push(own(&place.out()));
    }
    std::fs::create_dir(place.out().join(".git")).unwrap();
    std::fs::write(place.out().join(".git/config"), "git").unwrap();
    std::fs::write(place.out().join("CNAME"), "safer.example").unwrap();
    let seed = u64::from(std::process::id()) << 20 | 1;
    let mut random = Random(seed);
    // how long one takes here and now
    let begun = std::time::Instant::now();
    place.published(&["--to", &to, "--yes"]);
    let whole = u64::try_from(begun.elapsed().as_micros()).unwrap();
    let (mut killed, mut switched) = (0, 0);
    for kill in 0..40 {
        // the host's file comes with the site, or not at all
        let _ = std::fs::remove_file(place.out().join("_headers"));
        let text = versions[kill % 2];
        place.message("safer", "Safer", text);
        place.faq("who-pays", text, text);
        let mut child =
            program(&place.root(), &["publish", "--to", &to, "--yes", "--host", "netlify", "--today", TODAY])
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .spawn()
                .unwrap();
        thread::sleep(Duration::from_micros(whole / 4 + random.below(whole)));
        let _ = child.kill();
        killed += u32::from(!child.wait().unwrap().success());
        let now = own(&place.out());
        assert!(sites.contains(&now), "kill {kill}, seed {seed}: a mix: {:?}", differences(&sites, &now));
        switched += u32::from(now == sites[kill % 2]);
        for (path, bytes) in [("CNAME", "safer.example"), (".git/config", "git")] {
            assert_eq!(std::fs::read_to_string(place.out().join(path)).unwrap(), bytes, "kill {kill}, seed {seed}");
        }
    }
    place.published(&["--to", &to, "--yes", "--host", "netlify"]);
    assert!(own(&place.out()) == sites[1] && place.out().join("_headers").is_file());
    let beside: Vec<_> = std::fs::read_dir(place.dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(beside.len(), 2, "something is left beside the site: {beside:?}");
    assert!(killed > 5 && switched > 5, "{killed} killed, {switched} of 40 new, seed {seed}");
}

#[test]
fn a_publish_to_a_zip_that_is_killed_leaves_the_old_file_or_the_new_one() {
    let place = Place::new();
    let file = place.dir.path().join("site.zip");
    let to = file.to_str().unwrap().to_owned();
    let mut sites = Vec::new();
    for text in ["It was one.", "It was two."] {
        place.message("safer", "Safer", text);
        place.published(&["--zip", &to, "--yes"]);
        sites.push(std::fs::read(&file).unwrap());
    }
    let mut random = Random(u64::from(std::process::id()) << 20 | 1);
    for kill in 0..15 {
        place.message("safer", "Safer", ["It was one.", "It was two."][kill % 2]);
        let mut child = program(&place.root(), &["publish", "--zip", &to, "--yes", "--today", TODAY])
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_micros(5_000 + random.below(250_000)));
        let _ = child.kill();
        child.wait().unwrap();
        assert!(sites.contains(&std::fs::read(&file).unwrap()), "kill {kill}: a mix");
    }
    place.published(&["--zip", &to, "--yes"]);
    let beside: Vec<_> = std::fs::read_dir(place.dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(beside.len(), 2, "something is left beside the file: {beside:?}");
}
