//! Random toolkits: pieces of all sorts put together anyhow, each with its own word and with who may read it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::{BuildHasher, RandomState};

use crate::said::said_by;
use crate::toolkit::Toolkit;

/// What a secret word begins with, and nothing else does: long enough to come up nowhere by chance.
const SECRET: &str = "zqvwkjxp";

/// Who may read a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Everyone,
    Partners,
    Nobody,
}

/// A toolkit being put together.
struct Maker {
    state: u64,
    words: BTreeMap<String, For>,
    files: Vec<(String, String)>,
}

impl Maker {
    /// The next number below `end` (xorshift, Marsaglia 2003).
    fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % end as u64).unwrap()
    }

    fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// A new word for these readers.
    fn word(&mut self, readers: For) -> String {
        let start = if readers == For::Everyone { "open" } else { SECRET };
        let letters: String = (0..8).map(|_| char::from(b'a' + u8::try_from(self.below(26)).unwrap())).collect();
        let word = format!("{start}{letters}");
        self.words.insert(word.clone(), readers);
        word
    }

    /// Markdown of a few pieces for these readers.
    fn markdown(&mut self, readers: For, depth: usize) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(4) {
            let word = self.word(readers);
            let piece = match self.below(16) {
                0 => format!("## About {word}"),
                1 => format!("- one\n- two {word}\n  - three"),
                2 => format!("1. {word}\n2. two"),
                3 => format!("| a | b |\n|---|---|\n| {word} | d |"),
                4 => format!("> {word}, somebody said."),
                5 => format!("> [!NOTE]\n> {word}"),
                6 => format!("Some *words* of **{word}** and `code`."),
                7 => format!("A note[^{}].\n\n[^{0}]: Of {word}.", self.state % 100_000),
                8 => format!("term\n: what {word} is"),
                9 => format!("```\n{word}\n```"),
                10 => format!("[{word}](https://example.org/)"),
                11 => {
                    let hidden = self.word(For::Nobody);
                    format!("<!-- {hidden} -->\n\nText of {word}.<!-- {hidden} -->")
                }
                12 | 13 if depth > 0 => {
                    let inner = self.markdown(if readers == For::Nobody { readers } else { For::Partners }, 0);
                    format!("Of {word}.\n\n::: partners-only\n{inner}\n:::")
                }
                14 if depth > 0 => {
                    let (one, other) = (self.markdown(readers, 0), self.markdown(readers, 0));
                    format!("Of {word}.\n\n::: police\n{one}\n::: else\n{other}\n:::")
                }
                _ => format!("Plain words of {word}."),
            };
            text += &piece;
            text += self.one_of(&["\n\n", "\n\n\n", "\n\n<!-- -->\n\n"]);
        }
        text
    }

    /// A value of front matter for these readers, written in one of the ways that YAML has.
    fn value(&mut self, readers: For) -> String {
        let word = self.word(readers);
        let hidden = self.word(For::Nobody);
        match self.below(6) {
            0 => format!("{word} # {hidden}"),
            1 => format!("\"of {word}\""),
            2 => format!("'of {word}'"),
            3 => format!("of {word} <!-- {hidden} -->"),
            4 => format!("|-\n  of {word}"),
            _ => format!(">-\n  of {word}\n  # and more"),
        }
    }

    fn item(&mut self, n: usize) {
        let (key, folder, more) = [
            ("title", "messages", "claim"),
            ("question", "faqs", ""),
            ("point", "talking-points", ""),
            ("title", "pages", "summary"),
        ][self.below(4)];
        let (line, readers) = match self.below(6) {
            0 => ("edition: partners", For::Partners),
            1 => ("draft: true", For::Nobody),
            2 => ("embargo: 2090-01-01", For::Partners),
            3 => ("withdrawn: 2020-01-01", For::Nobody),
            _ => ("", For::Everyone),
        };
        let mut text = String::from("---\n");
        // the note's name is no text
        let _ = writeln!(text, "# {}", self.word(For::Nobody));
        let _ = writeln!(text, "{key}: {}", self.value(readers));
        if !more.is_empty() {
            let _ = writeln!(text, "{more}: {}", self.value(readers));
        }
        if !line.is_empty() {
            let _ = writeln!(text, "{line}");
        }
        let _ = writeln!(text, "extra: {{note: {}}}\n---\n{}", self.word(For::Nobody), self.markdown(readers, 1));
        // an address that was public leads on
        let name = if readers == For::Everyone || line.starts_with("withdrawn") {
            format!("item-{n}")
        } else {
            format!("{SECRET}item{n}")
        };
        self.files.push((format!("content/{folder}/{name}.md"), text));
    }

    fn profile(&mut self, id: &str) {
        let [ask, tone, value, say] =
            [For::Everyone, For::Partners, For::Partners, For::Partners].map(|who| self.word(who));
        let text = format!(
            "name: Those of {id}\nask: Tell us of {ask}.\ntone: {tone}\nvalues: [{value}]\nsay: [{say}]\nconcerns: []\n"
        );
        self.files.push((format!("content/audiences/{id}.yaml"), text));
    }
}

/// A toolkit of a seed, and its words.
fn made(seed: u64) -> (Toolkit, BTreeMap<String, For>) {
    let mut maker = Maker { state: seed | 1, words: BTreeMap::new(), files: Vec::new() };
    maker.profile("police");
    maker.profile("residents");
    for n in 0..6 + maker.below(12) {
        maker.item(n);
    }
    let toolkit = Toolkit::empty();
    toolkit.write("toolkit.yaml", "title: Ours\nbase_url: https://example.org/\naudiences: [police, residents]\n");
    for (path, text) in &maker.files {
        toolkit.write(path, text);
    }
    (toolkit, maker.words)
}

#[test]
fn whatever_is_put_together_each_edition_holds_its_own_words() {
    let start = RandomState::new().hash_one(1);
    for seed in (0..24).map(|n| start.wrapping_add(n * 7919)) {
        let (toolkit, words) = made(seed);
        let of = |edition: &str| {
            toolkit.build(&["--edition", edition]);
            let all: String = said_by(&toolkit.site(edition)).into_iter().map(|(_, said)| said).collect();
            all
        };
        let (public, partners) = (of("public"), of("partners"));
        let is_in = |text: &str, readers: For| -> Vec<&String> {
            words
                .iter()
                .filter(|(word, who)| **who == readers && text.contains(&***word))
                .map(|(word, _)| word)
                .collect()
        };
        let count = |readers: For| words.values().filter(|who| **who == readers).count();
        assert!(
            !public.contains(SECRET),
            "seed {seed}: {:?}",
            [is_in(&public, For::Partners), is_in(&public, For::Nobody)]
        );
        assert_eq!(is_in(&public, For::Everyone).len(), count(For::Everyone), "seed {seed}: an open word is missing");
        assert_eq!(is_in(&partners, For::Everyone).len(), count(For::Everyone), "seed {seed}: an open word is missing");
        assert_eq!(
            is_in(&partners, For::Partners).len(),
            count(For::Partners),
            "seed {seed}: a coached word is missing"
        );
        assert_eq!(is_in(&partners, For::Nobody), Vec::<&String>::new(), "seed {seed}");
    }
}
