//! What did not change is made once, and gives the same bytes.

use std::collections::BTreeMap;
use std::time::SystemTime;

use crate::toolkit::{Toolkit, files};
use crate::{SAMPLE, sample};

/// The remembered files, with when each was written.
fn kept(toolkit: &Toolkit) -> BTreeMap<String, SystemTime> {
    let folder = toolkit.at(".onevoice/prints");
    let files = files(&folder).into_iter().map(|(path, _)| path);
    files.map(|path| (path.clone(), std::fs::metadata(folder.join(path)).unwrap().modified().unwrap())).collect()
}

#[test]
fn the_same_words_give_the_same_bytes_in_another_folder_by_one_thread() {
    let other = sample();
    let said = other.program(&["build"]).env("RAYON_NUM_THREADS", "1").output().unwrap();
    assert!(said.status.success());
    let prints = |toolkit: &Toolkit| {
        let site = toolkit.site("public");
        site.into_iter().filter(|(path, _)| path.starts_with("handouts/") || path.ends_with(".png")).collect::<Vec<_>>()
    };
    let (one, two) = (prints(&SAMPLE), prints(&other));
    assert!(one.len() > 100, "{}", one.len());
    assert!(one == two);
}

#[test]
fn a_word_makes_only_those_sheets_again_that_show_it() {
    let toolkit = sample();
    toolkit.build(&[]);
    let before = kept(&toolkit);
    let point = toolkit.at("content/talking-points/you-decide.md");
    let text = std::fs::read_to_string(&point).unwrap();
    let changed = text.replacen("police: \"You decide.", "police: \"Here you decide.", 1);
    assert_ne!(text, changed, "{text}");
    std::fs::write(&point, changed).unwrap();
    toolkit.build(&[]);
    let after = kept(&toolkit);
    let new: Vec<&String> = after.keys().filter(|name| !before.contains_key(*name)).collect();
    // the sheet and the large sheet of each reader that has the point
    assert!(!new.is_empty() && new.len() <= 4, "{} were made again", new.len());
    let again = after
        .iter()
        .filter(|(name, when)| !name.ends_with(".list") && before.get(*name).is_some_and(|before| before != *when));
    assert_eq!(again.count(), 0, "what did not change was made again");
    assert!(before.keys().any(|name| !after.contains_key(name)), "what nothing uses is let go");
}

#[test]
fn a_toolkit_may_want_none_of_it() {
    let toolkit = sample();
    let settings = std::fs::read_to_string(toolkit.at("toolkit.yaml")).unwrap();
    toolkit.write("toolkit.yaml", format!("{settings}\noutputs: {{handouts: false, cards: false}}\n"));
    toolkit.build(&[]);
    let site = toolkit.site("public");
    assert!(!site.iter().any(|(path, _)| path.starts_with("handouts/") || path.contains("cards/")));
    let page = |html: &[u8]| String::from_utf8_lossy(html).into_owned();
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(!page(bytes).contains("handouts/") && !page(bytes).contains("og:image"), "{path}");
    }
}
