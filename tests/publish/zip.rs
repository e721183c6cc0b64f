//! `--zip`: the same bytes every time, which others can open, and never over somebody's own file.

use std::process::Command;

use crate::files;
use crate::site::Place;

/// What Python's own reader finds: `name date rights`, a line a file, and that all is whole.
const LOOK: &str = "\
import sys, zipfile
zip = zipfile.ZipFile(sys.argv[1])
assert zip.testzip() is None
for info in zip.infolist():
    print(info.filename, *info.date_time, oct(info.external_attr >> 16), info.compress_type)
";

#[test]
fn the_same_site_is_the_same_file_wherever_and_whenever_it_is_packed() {
    let (one, other) = (Place::new(), Place::new());
    let zip = |place: &Place, name: &str| {
        let path = place.dir.path().join(name);
        place.published(&["--zip", path.to_str().unwrap(), "--yes", "--host", "netlify"]);
        std::fs::read(path).unwrap()
    };
    let first = zip(&one, "a.zip");
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert!(first == zip(&one, "a.zip"), "over itself");
    assert!(first == zip(&one, "b.zip"), "beside it");
    assert!(first == zip(&other, "c.zip"), "from a copy of the toolkit");
}

#[test]
fn others_open_it_and_find_what_a_folder_holds() {
    let place = Place::new();
    let (zip, out) = (place.dir.path().join("site.zip"), place.out());
    place.published(&["--zip", zip.to_str().unwrap(), "--yes"]);
    place.published(&["--to", out.to_str().unwrap(), "--yes"]);
    let unpacked = place.dir.path().join("unpacked");
    match Command::new("unzip").arg("-q").arg(&zip).arg("-d").arg(&unpacked).status() {
        Ok(status) => {
            assert!(status.success());
            assert!(files(&unpacked) == files(&out), "the ZIP and the folder differ");
        }
        Err(_) => eprintln!("left out, needs unzip"),
    }
    let Ok(seen) = Command::new("python3").args(["-c", LOOK]).arg(&zip).output() else {
        return eprintln!("left out, needs python3");
    };
    assert!(seen.status.success(), "{}", String::from_utf8_lossy(&seen.stderr));
    let seen = String::from_utf8(seen.stdout).unwrap();
    let names: Vec<&str> = seen.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert!(names.is_sorted() && names.contains(&"index.html") && names.contains(&".onevoice-manifest"), "{names:?}");
    for line in seen.lines() {
        assert!(line.ends_with(" 1980 1 1 0 0 0 0o100644 8"), "{line}");
        let name = line.split(' ').next().unwrap();
        assert!(!name.starts_with('/') && !name.contains("..") && !name.contains('\\'), "{name}");
    }
}

#[test]
fn what_onevoice_did_not_pack_is_never_replaced() {
    let place = Place::new();
    let path = place.dir.path().join("site.zip");
    let to = path.to_str().unwrap();
    std::fs::write(&path, "a diary").unwrap();
    let said = place.publish(&["--zip", to, "--yes"]);
    assert_eq!(said.code, Some(3));
    assert!(said.stderr.contains("it is no ZIP file that onevoice wrote"), "{}", said.stderr);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "a diary");
    std::fs::remove_file(&path).unwrap();
    place.published(&["--zip", to, "--yes"]);
    let add = "import sys, zipfile\nzipfile.ZipFile(sys.argv[1], 'a').writestr('diary.txt', 'mine')\n";
    if Command::new("python3").args(["-c", add]).arg(&path).status().is_ok_and(|status| status.success()) {
        let before = std::fs::read(&path).unwrap();
        let said = place.publish(&["--zip", to, "--yes"]);
        assert_eq!(said.code, Some(3));
        assert!(said.stderr.contains("holds diary.txt, which onevoice did not write"), "{}", said.stderr);
        assert!(std::fs::read(&path).unwrap() == before);
    }
    for inside in ["content/files/site.zip", ".onevoice/site.zip", "themes/site.zip"] {
        let path = place.root().join(inside);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let said = place.publish(&["--zip", path.to_str().unwrap(), "--yes"]);
        assert_eq!(said.code, Some(3), "{inside}: {}", said.stderr);
        assert!(!path.exists(), "{inside}");
    }
}

#[test]
fn the_next_zip_is_compared_with_the_one_that_is_there() {
    let place = Place::new();
    let path = place.dir.path().join("site.zip");
    let to = path.to_str().unwrap();
    place.published(&["--zip", to, "--yes", "--host", "netlify"]);
    place.message("safer", "Safer roads", "Streets get safer. <fact:odds>");
    // what is kept may go at any time; the file itself says what was public
    std::fs::remove_dir_all(place.root().join(".onevoice")).unwrap();
    let said = place.published(&["--zip", to, "--host", "netlify"]);
    assert!(said.contains("Safer [-streets-] {+roads+}"), "{said}");
    assert!(!said.contains("first time"), "{said}");
}
