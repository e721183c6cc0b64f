//! Each place has one edition, for ever, whatever is done to it; and a site with drafts is never published over.

use std::os::unix::fs::symlink;

use crate::run;
use crate::site::Place;

fn barred(place: &Place, arguments: &[&str]) {
    let said = place.publish(&[arguments, &["--yes"]].concat());
    assert_eq!(said.code, Some(3), "{arguments:?}: {}{}", said.stdout, said.stderr);
    assert!(said.stderr.contains("edition was published to"), "{arguments:?}: {}", said.stderr);
}

#[test]
fn a_place_of_one_edition_never_gets_the_other() {
    for (one, other) in [("public", "partners"), ("partners", "public")] {
        let place = Place::new();
        let out = place.out();
        let to = out.to_str().unwrap();
        let (one, other) = (["--edition", one], ["--edition", other]);
        place.published(&[&one[..], &["--to", to, "--yes"]].concat());
        barred(&place, &[&other[..], &["--to", to]].concat());
        // in it and around it
        let inside = out.join("kit");
        barred(&place, &[&other[..], &["--to", inside.to_str().unwrap()]].concat());
        let zip = out.join("kit.zip");
        barred(&place, &[&other[..], &["--zip", zip.to_str().unwrap()]].concat());
        // by another way
        let link = place.dir.path().join("link");
        symlink(&out, &link).unwrap();
        barred(&place, &[&other[..], &["--to", link.to_str().unwrap()]].concat());
        barred(&place, &[&other[..], &["--to", link.join("kit").to_str().unwrap()]].concat());
        // without its manifest, empty, and not there at all
        std::fs::remove_file(out.join(".onevoice-manifest")).unwrap();
        let said = place.publish(&[&other[..], &["--to", to, "--yes"]].concat());
        assert!(said.code == Some(3) && said.stderr.contains("no site that onevoice wrote"), "{}", said.stderr);
        std::fs::remove_dir_all(&out).unwrap();
        barred(&place, &[&other[..], &["--to", to]].concat());
        std::fs::create_dir(&out).unwrap();
        barred(&place, &[&other[..], &["--to", to]].concat());
        assert_eq!(std::fs::read_dir(&out).unwrap().count(), 0);
        place.published(&[&one[..], &["--to", to, "--yes"]].concat());
        // without what is kept
        std::fs::remove_dir_all(place.root().join(".onevoice")).unwrap();
        barred(&place, &[&other[..], &["--to", to]].concat());
    }
}

#[test]
fn a_zip_of_one_edition_never_gets_the_other() {
    for (one, other) in [("public", "partners"), ("partners", "public")] {
        let place = Place::new();
        let path = place.dir.path().join("site.zip");
        let to = path.to_str().unwrap();
        place.published(&["--edition", one, "--zip", to, "--yes"]);
        barred(&place, &["--edition", other, "--zip", to]);
        let link = place.dir.path().join("link.zip");
        symlink(&path, &link).unwrap();
        barred(&place, &["--edition", other, "--zip", link.to_str().unwrap()]);
        let kept = place.root().join(".onevoice");
        let bytes = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        barred(&place, &["--edition", other, "--zip", to]);
        std::fs::write(&path, bytes).unwrap();
        std::fs::remove_dir_all(kept).unwrap();
        barred(&place, &["--edition", other, "--zip", to]);
    }
}

#[test]
fn the_partners_edition_needs_a_place_of_its_own() {
    let place = Place::new();
    let said = place.publish(&["--edition", "partners", "--yes"]);
    assert_eq!(said.code, Some(2));
    assert!(said.stderr.contains("needs `--to` or `--zip`"), "{}", said.stderr);
    place.published(&["--host", "netlify", "--yes"]);
    let public = place.root().join("public");
    barred(&place, &["--edition", "partners", "--to", public.to_str().unwrap()]);
    std::fs::remove_dir_all(&public).unwrap();
    barred(&place, &["--edition", "partners", "--to", public.to_str().unwrap()]);
    // a folder that a plain build made counts as well
    let built = place.dir.path().join("built");
    assert_eq!(run(&place.root(), &["build", "-o", built.to_str().unwrap()]).code, Some(0));
    barred(&place, &["--edition", "partners", "--to", built.to_str().unwrap()]);
    let said = place.published(&["--edition", "partners", "--to", place.out().to_str().unwrap()]);
    assert!(said.contains("hand it to members only") && !said.contains("next, at"), "{said}");
    assert!(!said.contains("public for the first time"), "{said}");
}

#[test]
fn a_folder_with_drafts_is_refused() {
    let place = Place::new();
    let out = place.out();
    let to = out.to_str().unwrap();
    place.put("content/faqs/draft.md", "---\nquestion: Later?\ndraft: true\n---\nSoon.\n");
    assert_eq!(run(&place.root(), &["build", "-D", "-o", to]).code, Some(0));
    let said = place.publish(&["--to", to, "--yes"]);
    assert_eq!(said.code, Some(3), "{}", said.stderr);
    assert!(said.stderr.contains("holds a site with drafts"), "{}", said.stderr);
    assert!(out.join("faq/index.html").is_file());
}

#[test]
fn dangerous_places_are_refused() {
    let place = Place::new();
    for to in [".", "content", "content/new", "..", "/"] {
        let said = place.publish(&["--to", to, "--yes"]);
        assert_eq!(said.code, Some(3), "{to}: {}", said.stderr);
    }
    let out = place.out();
    std::fs::create_dir(&out).unwrap();
    std::fs::write(out.join("diary.txt"), "mine").unwrap();
    let said = place.publish(&["--to", out.to_str().unwrap(), "--yes"]);
    assert_eq!(said.code, Some(3), "{}", said.stderr);
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 1);
}
