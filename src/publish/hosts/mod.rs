//! The hosts that onevoice knows: one file each, with the files that the host wants and the steps to take there. To add
//! one: its file, and its line in [`ALL`].
//!
//! In steps, `{folder}` and `{zip}` stand for what was written, as a shell takes it, and `{root}` for the path of the
//! site on its host.

mod apache;
mod cloudflare_pages;
mod folder;
mod ftp;
mod github_pages;
mod gitlab_pages;
mod netlify;
mod nginx;
mod s3;

/// A place where sites stand.
#[derive(Debug)]
pub struct Host {
    /// As `--host` and toolkit.yaml name it.
    pub name: &'static str,
    /// As people name it.
    pub title: &'static str,
    /// The files that it wants beside the site.
    pub files: &'static [Offered],
    /// What to do with a folder: a line a step; a line that begins with spaces is to be typed, or belongs to the step.
    pub steps: &'static [&'static str],
    /// What to do with a folder after that: without the file that the host can do without, and with it.
    pub last: [&'static [&'static str]; 2],
    /// What to do with a ZIP file.
    pub zip: &'static [&'static str],
}

/// A file for a host. It is written once, where nothing of its name is, and never again: from then on it is the user's.
#[derive(Debug)]
pub struct Offered {
    /// Its path from the site's root.
    pub path: &'static str,
    /// Written only if it was asked for: what a host can do without.
    pub asked: bool,
    /// What it is for.
    pub purpose: &'static str,
    /// Its text; none where this site has no use for it.
    pub text: fn(&About) -> Option<String>,
}

/// What a host's files say of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The path of the site on its host: `/` or `/a/b/`.
    pub root: String,
    /// Old addresses and where they lead, both from the site's root and without it: `old/`, `faq/#new`.
    pub redirects: Vec<(String, String)>,
}

/// All, in the contract's order.
pub static ALL: [&Host; 9] = [
    &github_pages::HOST,
    &gitlab_pages::HOST,
    &cloudflare_pages::HOST,
    &netlify::HOST,
    &s3::HOST,
    &ftp::HOST,
    &apache::HOST,
    &nginx::HOST,
    &folder::HOST,
];

impl Host {
    /// The host of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        ALL.into_iter().find(|host| host.name == name)
    }

    /// The one where nothing is said: a folder, and no more.
    #[must_use]
    pub const fn none() -> &'static Self {
        &folder::HOST
    }

    /// What to do with a folder, `with` the file that the host can do without or without it.
    pub fn steps(&self, with: bool) -> impl Iterator<Item = &'static str> {
        let [usual, asked] = self.last;
        self.steps.iter().chain(if with { asked } else { usual }).copied()
    }

    /// Its files for this site, with their texts; those that have to be asked for only if they were.
    #[must_use]
    pub fn offers(&self, about: &About, asked: bool) -> Vec<(&'static Offered, String)> {
        let files = self.files.iter().filter(|file| asked || !file.asked);
        files.filter_map(|file| Some((file, (file.text)(about)?))).collect()
    }
}

/// Whether a file of this name is one that some host wants.
#[must_use]
pub fn wants(path: &str) -> bool {
    ALL.iter().any(|host| host.files.iter().any(|file| file.path == path))
}

/// The first line of every file.
const YOURS: &str = "# onevoice wrote this file once; it is yours, and is never overwritten";

/// What a page may load: only what stands on the same host. Forms and frames of others are shut out too.
const POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'";

/// A step with its words filled in: what was written, as a shell takes it, and the path of the site on its host.
#[must_use]
pub fn filled(step: &str, written: &str, root: &str) -> String {
    let step = step.replace("{folder}", written).replace("{zip}", written);
    step.replace("{root}", root).replace("{policy}", POLICY)
}

/// Headers that any host can send with every page.
const HEADERS: [(&str, &str); 3] = [
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
];

/// `_headers`, as Netlify and Cloudflare read it.
const HEADERS_FILE: Offered = Offered {
    path: "_headers",
    asked: false,
    purpose: "the security policy: pages load nothing from elsewhere",
    text: |_| {
        let lines: String = HEADERS.iter().map(|(name, value)| format!("  {name}: {value}\n")).collect();
        Some(format!("{YOURS}\n/*\n{lines}"))
    },
};

/// `_redirects`, as Netlify and Cloudflare read it; without it, pages of the site lead on.
const REDIRECTS_FILE: Offered = Offered {
    path: "_redirects",
    asked: false,
    purpose: "old addresses lead on at once",
    text: |about| {
        // such hosts serve a site at the top of an address
        let line = |(from, to): &(String, String)| format!("/{from} /{to} 301\n");
        let lines: String = about.redirects.iter().map(line).collect();
        (!lines.is_empty()).then(|| format!("{YOURS}\n{lines}"))
    },
};

/// For hosts that take folders only.
const UNPACK: [&str; 3] = [
    "unpack it into an empty folder where the host wants the site:",
    "  unzip -q {zip} -d FOLDER",
    "unpacked over an older site, it leaves there what the new one no longer has",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_is_found_by_its_name_and_says_what_to_do() {
        for host in ALL {
            assert!(std::ptr::eq(Host::find(host.name).unwrap(), host), "{}", host.name);
            for steps in [host.steps(false).collect(), host.steps(true).collect(), host.zip.to_vec()] {
                assert!(!steps.is_empty() && !steps[0].starts_with(' '), "{}", host.name);
                for step in steps.iter().filter(|step| !step.starts_with(' ')) {
                    assert!(!step.ends_with('.') && !step.starts_with(char::is_whitespace), "{}: {step}", host.name);
                }
            }
        }
    }

    #[test]
    fn old_addresses_are_a_file_only_where_there_are_some() {
        let about = |redirects| About { root: "/".to_owned(), redirects };
        let text = |about: &About| (REDIRECTS_FILE.text)(about);
        assert_eq!(text(&about(Vec::new())), None);
        let one = about(vec![("faq/old/".to_owned(), "faq/#new".to_owned())]);
        assert_eq!(text(&one).unwrap().lines().nth(1), Some("/faq/old/ /faq/#new 301"));
    }
}
