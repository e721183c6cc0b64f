//! Edits as writers make them, and some that nobody would: each changes a toolkit on the disk and says where.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// Where the facts stand.
const FACTS: &str = "content/facts.yaml";

/// A copy of the repository's own toolkit.
pub struct Folder(TempDir);

impl Folder {
    pub fn of_the_sample() -> Self {
        let memory = Path::new("/dev/shm");
        let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = tempfile::Builder::new().prefix("onevoice").tempdir_in(place).unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::copy(from.join("toolkit.yaml"), folder.path().join("toolkit.yaml")).unwrap();
        copy(&from.join("content"), &folder.path().join("content"));
        Self(folder)
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    /// All files, by path, with what they hold.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        fn look(folder: &Path, root: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    look(&path, root, found);
                } else if let Ok(bytes) = fs::read(&path) {
                    found.insert(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), bytes);
                }
            }
        }
        let mut found = BTreeMap::new();
        look(self.root(), self.root(), &mut found);
        found
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target: PathBuf = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            {
                let _ = fs::copy(entry.path(), target).unwrap();
            }
        }
    }
}

/// A row of edits that a number decides.
pub struct Edits {
    state: u64,
    before: Vec<BTreeMap<String, Vec<u8>>>,
    first: Option<BTreeMap<String, Vec<u8>>>,
}

/// What may stand in a text.
const PIECES: [&str; 32] = [
    "\n\nA plain sentence more.\n",
    "\n\n::: police\nOfficers read this.\n::: else\nThe others read this.\n:::\n",
    "\n\n::: partners-only\nCoaching that nobody else sees.\n:::\n",
    "\n\n::: polcie\nA slip.\n:::\n",
    "\n\n::: residents\nnever closed\n",
    "\n\nSee <fact:seattle-arrest-odds>.\n",
    "\n\nSee <fact:seatle-arrest-odds>.\n",
    "\n\nCall <local:program-line>.\n",
    "\n\nAsk [the question](faq:who-can-take-part).\n",
    "\n\nAsk [a lost question](faq:nobody-knows).\n",
    "\n\nA <word:participant> and a <word:nothing>.\n",
    "\n\n## A heading\n\nText [to it](#a-heading) and [to none](#a-lost-heading).\n",
    "\n\n#### Too deep\n",
    "\n\n![A picture](../files/made.png)\n",
    "\n\n![](../files/made.png)\n",
    "\n\n<b>raw</b>\n",
    "\n\n<!-- accept: raw-html because a test needs it -->\n<b>raw</b>\n",
    "\n\n<!-- accept: broken-link because it comes later -->\n[gone](/nowhere/)\n",
    "\n\n{{< shortcode >}}\n",
    "\n\n[^1]: A note.\n\nText with a note[^1].\n",
    "\n\n<message:safer> and [home](/) and [out](https://example.org/).\n",
    "\n\n[by path](../faqs/what-is-it.md)\n",
    "\n\nIt is 58% and 72 percent of 4,812 people.\n",
    "\n\nAddicts and junkies and felons are just let go.\n",
    "\n\n## Soft on crime\n\nText.\n",
    "\n\n::: police\nArrests fell by 39 percent.\n::: else\nArrests fell by 41 percent.\n:::\n",
    "\n\n> People who need treatment get it, and the officer goes back on patrol.\n",
    "\n\nSee <fact:seattle-arrest-odds> and again <fact:seattle-arrest-odds>.\n",
    "\n\nIn spite of notwithstanding institutional considerations, interdisciplinary stakeholders operationalize \
     multidimensional accountability infrastructures collaboratively.\n",
    "\n\nThe program follows up 1 time in 3, and in $1.2 million of 4.5 times.\n",
    "\n\n<!-- accept: uncited-figure because it is an example -->\nIt was 63%.\n",
    "\n\n::: business-owners\nA word for owners alone, and many more words for them, so that the share of words that \
     they alone read grows and grows until it is more than a half of all that stands here for everyone.\n:::\n",
];

/// Lines that may stand in front matter.
const KEYS: [&str; 17] = [
    "draft: true",
    "edition: partners",
    "embargo: 2027-01-01",
    "withdrawn: 2026-11-01",
    "withdrawn: 2028-01-01",
    "order: 3",
    "audiences: [police, residents]",
    "audiences: [nobody]",
    "slug: another-name",
    "aliases: [/old/place/, /older/]",
    "updated: 2026-10-01",
    "# accept: unknown-key because it stays\ncolour: red",
    "# a line that moves what stands below",
    "claim: People get help and the street gets calmer, in 58% of cases.",
    "review_by: 2026-01-01",
    "concerns: [just-let-go]",
    "thirty_seconds: Thirty seconds are not long, and 58 percent of them are gone.",
];

impl Edits {
    pub fn new(seed: u64) -> Self {
        Self { state: seed | 1, before: Vec::new(), first: None }
    }

    /// The next number below `end` (xorshift, Marsaglia 2003).
    fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % end.max(1) as u64).unwrap()
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let n = self.below(list.len());
        &list[n]
    }

    /// Makes an edit: what it was, and what may have changed by it.
    pub fn next(&mut self, folder: &Folder, is_broken: bool) -> (String, Vec<String>) {
        let files = folder.files();
        self.first.get_or_insert_with(|| files.clone());
        self.before.push(files.clone());
        let with = |end: &str| -> Vec<String> { files.keys().filter(|path| path.ends_with(end)).cloned().collect() };
        let (texts, yaml) = (with(".md"), with(".yaml"));
        // a toolkit that is broken for long proves little: it is mended more often than others
        if is_broken && self.below(3) == 0 {
            return self.undo(folder, &files);
        }
        match self.below(26) {
            0..5 if !texts.is_empty() => {
                let path = self.one_of(&texts).clone();
                let piece = *self.one_of(&PIECES);
                folder.write(&path, &[&files[&path][..], piece.as_bytes()].concat());
                (format!("{piece:?} in {path}"), vec![path])
            }
            5 | 6 if !texts.is_empty() => {
                let path = self.one_of(&texts).clone();
                let key = *self.one_of(&KEYS);
                let text = String::from_utf8_lossy(&files[&path]).replacen("---\n", &format!("---\n{key}\n"), 1);
                folder.write(&path, text.as_bytes());
                (format!("{key:?} in {path}"), vec![path])
            }
            7 if !texts.is_empty() => {
                let path = self.one_of(&texts).clone();
                fs::remove_file(folder.root().join(&path)).unwrap();
                (format!("delete {path}"), vec![path])
            }
            8 if !texts.is_empty() => {
                let path = self.one_of(&texts).clone();
                let name = format!("{}-{}.md", path.trim_end_matches(".md"), self.below(9));
                folder.write(&name, &files[&path]);
                (format!("copy {path} to {name}"), vec![name])
            }
            9 if !texts.is_empty() => {
                let path = self.one_of(&texts).clone();
                let name = format!("{}-new.md", path.trim_end_matches(".md"));
                fs::rename(folder.root().join(&path), folder.root().join(&name)).unwrap();
                (format!("rename {path} to {name}"), vec![path, name])
            }
            10 | 11 if !yaml.is_empty() => self.yaml(folder, &files, &yaml),
            12 => self.theme(folder),
            13 => {
                let pictures =
                    [&b"\x89PNG\r\n\x1a\nnone"[..], b"no picture", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\xffnot text"];
                let bytes = *self.one_of(&pictures);
                let path =
                    *self.one_of(&["content/files/made.png", "content/files/made.jpg", "content/faqs/broken.md"]);
                folder.write(path, bytes);
                (format!("{path} with {bytes:?}"), vec![path.to_owned()])
            }
            14 => self.move_folder(folder),
            15 => {
                let path = *self.one_of(&[
                    "static/x.css",
                    "README.md",
                    "content/unknown.txt",
                    "content/faqs/.hidden.md",
                    "content/pages/a/b/c.md",
                ]);
                folder.write(path, b"---\ntitle: A page\n---\n\nText.\n");
                (format!("write {path}"), vec![path.to_owned()])
            }
            16..19 if !texts.is_empty() => {
                let path = self.one_of(&texts).clone();
                self.line_of_body(folder, &files, &path)
            }
            19 | 20 if files.contains_key(FACTS) => self.figure(folder, &files),
            _ => self.undo(folder, &files),
        }
    }

    /// A line below the front matter is doubled, dropped or changed: headings that others lead to among them.
    fn line_of_body(
        &mut self,
        folder: &Folder,
        files: &BTreeMap<String, Vec<u8>>,
        path: &str,
    ) -> (String, Vec<String>) {
        let text = String::from_utf8_lossy(&files[path]).into_owned();
        let start = text.get(3..).and_then(|rest| rest.find("\n---\n")).map_or(0, |at| at + 8);
        let mut lines: Vec<String> = text[start..].lines().map(str::to_owned).collect();
        if lines.is_empty() {
            lines.push("Again.".to_owned());
        }
        let headings: Vec<usize> = (0..lines.len()).filter(|n| lines[*n].starts_with('#')).collect();
        let n =
            if headings.is_empty() || self.below(2) == 0 { self.below(lines.len()) } else { *self.one_of(&headings) };
        let how = match self.below(3) {
            0 => {
                lines.remove(n);
                "drop"
            }
            1 => {
                lines.insert(n, lines[n].clone());
                "double"
            }
            _ => {
                lines[n].push_str(" more words");
                "add to"
            }
        };
        folder.write(path, (text[..start].to_owned() + &lines.join("\n") + "\n").as_bytes());
        (format!("{how} line {} of the body of {path}", n + 1), vec![path.to_owned()])
    }

    /// A figure is another wherever the facts say it, so that they stay facts.
    fn figure(&mut self, folder: &Folder, files: &BTreeMap<String, Vec<u8>>) -> (String, Vec<String>) {
        let text = String::from_utf8_lossy(&files[FACTS]).into_owned();
        let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 2).collect();
        let old = if numbers.is_empty() { "58" } else { *self.one_of(&numbers) };
        let new = (10 + self.below(90)).to_string();
        folder.write(FACTS, text.replace(old, &new).as_bytes());
        (format!("{new} for {old} in the facts"), vec![FACTS.to_owned()])
    }

    /// A line of a YAML file is doubled, dropped or changed.
    fn yaml(&mut self, folder: &Folder, files: &BTreeMap<String, Vec<u8>>, yaml: &[String]) -> (String, Vec<String>) {
        let path = self.one_of(yaml).clone();
        let text = String::from_utf8_lossy(&files[&path]).into_owned();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        if lines.is_empty() {
            lines.push("title: Again".to_owned());
        }
        let n = self.below(lines.len());
        let how = match self.below(4) {
            0 => {
                lines.remove(n);
                "drop"
            }
            1 => {
                lines.insert(n, lines[n].clone());
                "double"
            }
            2 => {
                lines[n].push_str(" x");
                "add to"
            }
            _ => {
                lines[n] = lines[n].replace(['4', '5', '8'], "7");
                "other figures in"
            }
        };
        folder.write(&path, (lines.join("\n") + "\n").as_bytes());
        (format!("{how} line {} of {path}", n + 1), vec![path])
    }

    /// The toolkit gets a theme of its own, or changes it.
    fn theme(&mut self, folder: &Folder) -> (String, Vec<String>) {
        let files = [
            ("themes/plain/templates/parts/head.html", "<meta name=\"x\" content=\"1\">"),
            ("themes/plain/templates/parts/head.html", "{{ page.title }}"),
            ("themes/plain/templates/words.html", "{{ page.nothing }}"),
            ("themes/plain/templates/words.html", "{% if %}"),
            ("themes/plain/templates/special.html", "{{ page.title }} {{ site.title }}"),
            ("themes/plain/static/style.css", "body { color: red }"),
            ("themes/plain/static/more.css", "a { color: blue }"),
            ("themes/plain/i18n/en.yaml", "home: Start"),
            ("themes/plain/i18n/en.yaml", "home: [no"),
            ("themes/plain/theme.yaml", "options: {x: {default: 1}}"),
        ];
        let (path, text) = *self.one_of(&files);
        folder.write(path, text.as_bytes());
        (format!("{path} with {text:?}"), vec![path.to_owned()])
    }

    /// A folder goes away, or comes back.
    fn move_folder(&mut self, folder: &Folder) -> (String, Vec<String>) {
        let name = *self.one_of(&[
            "content/faqs",
            "content/audiences",
            "content/messages",
            "content/pages",
            "content",
            "themes",
        ]);
        let away = format!("{name}-away");
        let (from, to) = (folder.root().join(name), folder.root().join(&away));
        match (from.is_dir(), to.is_dir()) {
            (true, false) => fs::rename(&from, &to).unwrap(),
            (false, true) => fs::rename(&to, &from).unwrap(),
            (true, true) => fs::remove_dir_all(&to).unwrap(),
            (false, false) => {}
        }
        (format!("move {name}"), vec![name.to_owned(), away])
    }

    /// Files are again as they were some steps before, or all at the beginning.
    fn undo(&mut self, folder: &Folder, files: &BTreeMap<String, Vec<u8>>) -> (String, Vec<String>) {
        let all = self.below(3) == 0;
        let back = self.below(self.before.len().min(12));
        let earlier = self.before[self.before.len() - 1 - back].clone();
        let earlier = if all { self.first.clone().unwrap() } else { earlier };
        let mut changed = Vec::new();
        for path in files.keys().filter(|path| !earlier.contains_key(*path)) {
            fs::remove_file(folder.root().join(path)).unwrap();
            changed.push(path.clone());
        }
        for (path, bytes) in earlier.iter().filter(|(path, bytes)| files.get(*path) != Some(*bytes)) {
            folder.write(path, bytes);
            changed.push(path.clone());
        }
        (format!("undo {back}, all {all}: {} files", changed.len()), changed)
    }
}
