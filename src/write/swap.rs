//! The switch: the new site takes the place of the old one by its name alone.

use rustix::fs::{fsync, renameat};
use rustix::io::{Errno, Result};

use super::claim::Place;
use super::system;

/// How a site came to its place. Readers see the old site or the new one unless it says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// There was no output.
    First,
    /// At one stroke.
    Exchanged,
    /// By two renames, since folders cannot be exchanged there: for an instant there was no site.
    Renamed,
    /// File by file, pages before what links to them: the output is a mount, or its parent folder is closed to us.
    FileByFile,
}

/// Renames the working folder to the output's name.
///
/// [`How::FileByFile`]: this cannot be done here, and nothing was done.
pub(super) fn switch(place: &Place, has_old: bool) -> Result<How> {
    let Some(name) = &place.name else { return Ok(How::FileByFile) };
    let how = if has_old {
        match system::exchange(&place.dir, &place.new, name) {
            Ok(()) => How::Exchanged,
            Err(error) if is_not_here(error) => two_renames(place, || Ok(()))?,
            Err(error) => return Err(error),
        }
    } else {
        // replaces an empty folder at the most
        renameat(&place.dir, &place.new, &place.dir, name)?;
        How::First
    };
    if how != How::FileByFile {
        // without a journal the removal of old files could reach the disk before the switch
        let _ = fsync(&place.dir);
    }
    Ok(how)
}

/// Whether an error says that folders cannot be exchanged or renamed here, rather than that something is wrong.
fn is_not_here(error: Errno) -> bool {
    matches!(
        error,
        Errno::XDEV | Errno::INVAL | Errno::NOSYS | Errno::NOTSUP | Errno::BUSY | Errno::PERM | Errno::ACCESS
    )
}

/// Old site away, new site in. `between` is for tests.
fn two_renames(place: &Place, between: impl FnOnce() -> Result<()>) -> Result<How> {
    let Some(name) = &place.name else { return Ok(How::FileByFile) };
    match renameat(&place.dir, name, &place.dir, &place.old) {
        Ok(()) => {}
        Err(error) if is_not_here(error) => return Ok(How::FileByFile),
        Err(error) => return Err(error),
    }
    match between().and_then(|()| renameat(&place.dir, &place.new, &place.dir, name)) {
        Ok(()) => Ok(How::Renamed),
        Err(error) => {
            // the next run does it if this fails too
            let _ = renameat(&place.dir, &place.old, &place.dir, name);
            Err(error)
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at the disk as a user does")]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::Duration;

    use super::*;
    use crate::write::claim::{Claim, claim, is_unfinished};
    use crate::write::{Holds, Lock, Memory, Staging, Target};

    fn holds() -> Holds {
        Holds { edition: "public".into(), drafts: false }
    }

    fn target(root: &Path) -> Target {
        Target::open(&root.join("public"), root, None).unwrap()
    }

    fn lock(root: &Path) -> Lock {
        Lock::take(root, "build", Duration::from_secs(5)).unwrap()
    }

    fn build(root: &Path, text: &str) {
        let staging = Staging::begin(&target(root), &lock(root), holds(), ["a/index.html", "index.html"]).unwrap();
        staging.put("a/index.html", text.as_bytes()).unwrap();
        staging.put("index.html", text.as_bytes()).unwrap();
        staging.finish(&Memory { key: [0; 32], replay: Vec::new() }).unwrap();
    }

    /// A toolkit with the site `old` and a foreign file, and a working folder that was made whole by hand.
    fn ready(text: &str) -> (tempfile::TempDir, Claim) {
        let toolkit = tempfile::tempdir().unwrap();
        let root = toolkit.path();
        build(root, "old");
        fs::write(root.join("public/CNAME"), "foreign").unwrap();
        let manifest = fs::read(root.join("public/.onevoice-manifest")).unwrap();
        let claim = claim(&target(root), &lock(root)).unwrap();
        let working = root.join(".public.onevoice-new");
        fs::create_dir(working.join("a")).unwrap();
        for (path, bytes) in [("a/index.html", text.as_bytes()), ("index.html", text.as_bytes())] {
            fs::write(working.join(path), bytes).unwrap();
        }
        fs::write(working.join(".onevoice-manifest"), manifest).unwrap();
        fs::hard_link(root.join("public/CNAME"), working.join("CNAME")).unwrap();
        fs::remove_file(working.join(".onevoice-unfinished")).unwrap();
        (toolkit, claim)
    }

    fn assert_site(root: &Path, text: &str) {
        for path in ["index.html", "a/index.html"] {
            assert_eq!(fs::read_to_string(root.join("public").join(path)).unwrap(), text);
        }
        assert_eq!(fs::read_to_string(root.join("public/CNAME")).unwrap(), "foreign");
    }

    /// As if the process were killed now.
    fn kill(mut claim: Claim) {
        claim.switched = true;
    }

    #[test]
    fn two_renames_do_it_where_folders_cannot_be_exchanged() {
        let (toolkit, claim) = ready("new");
        assert_eq!(two_renames(&claim.place, || Ok(())), Ok(How::Renamed));
        assert_site(toolkit.path(), "new");
        // and if the process ends before the old site is removed
        kill(claim);
        assert!(is_unfinished(&target(toolkit.path())));
        build(toolkit.path(), "next");
        assert_site(toolkit.path(), "next");
        assert!(!is_unfinished(&target(toolkit.path())));
    }

    #[test]
    fn a_second_rename_that_fails_brings_the_old_site_back() {
        let (toolkit, claim) = ready("new");
        assert_eq!(two_renames(&claim.place, || Err(Errno::IO)), Err(Errno::IO));
        assert_site(toolkit.path(), "old");
        drop(claim);
        assert!(!is_unfinished(&target(toolkit.path())));
    }

    #[test]
    fn the_next_run_completes_what_was_killed_between_two_renames() {
        let (toolkit, claim) = ready("new");
        let root = toolkit.path();
        fs::rename(root.join("public"), root.join(".public.onevoice-old")).unwrap();
        kill(claim);
        assert!(is_unfinished(&target(root)));
        // the next run is given up: the whole new site is there
        drop(super::super::claim::claim(&target(root), &lock(root)).unwrap());
        assert_site(root, "new");
        assert!(!is_unfinished(&target(root)));
    }

    #[test]
    fn an_old_site_without_a_new_one_is_put_back() {
        let (toolkit, claim) = ready("new");
        let root = toolkit.path();
        fs::rename(root.join("public"), root.join(".public.onevoice-old")).unwrap();
        // the disk lost the new one, or somebody tidied up
        drop(claim);
        build(root, "next");
        assert_site(root, "next");
        assert!(!is_unfinished(&target(root)));
    }

    #[test]
    fn what_is_foreign_in_a_left_old_site_is_never_lost() {
        let (toolkit, claim) = ready("new");
        let root = toolkit.path();
        system::exchange(&claim.place.dir, &claim.place.new, "public").unwrap();
        kill(claim);
        let left = root.join(".public.onevoice-new");
        fs::write(left.join("late.txt"), "late").unwrap();
        // replaced in both: nobody can tell which is wanted
        for folder in [&left, &root.join("public")] {
            fs::remove_file(folder.join("CNAME")).unwrap();
        }
        fs::write(left.join("CNAME"), "one").unwrap();
        fs::write(root.join("public/CNAME"), "foreign").unwrap();
        build(root, "next");
        assert_site(root, "next");
        assert_eq!(fs::read_to_string(root.join("public/late.txt")).unwrap(), "late");
        assert_eq!(fs::read_to_string(root.join("public/CNAME.kept-1")).unwrap(), "one");
        assert!(!is_unfinished(&target(root)));
    }
}
