//! Tags and texts of a page, as far as tests ask for them.

use std::collections::BTreeMap;

/// A start tag.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// The words after it, up to the next tag of any kind.
    pub text: String,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// A page, read.
#[derive(Debug, Default)]
pub struct Page {
    pub tags: Vec<Tag>,
    /// All words outside tags, scripts and the title, with single spaces.
    pub text: String,
    /// What is wrong with it as HTML.
    pub wrong: Vec<String>,
}

impl Page {
    pub fn read(html: &str) -> Self {
        let mut page = Self::default();
        let mut open: Vec<String> = Vec::new();
        let mut words = String::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let text = entities(&rest[..at]);
            if let Some(tag) = page.tags.last_mut().filter(|tag| tag.text.is_empty()) {
                tag.text.clone_from(&text);
            }
            words += &text;
            rest = &rest[at..];
            if rest.starts_with("<!--") {
                page.wrong.push("a comment".to_owned());
                rest = rest.split_once("-->").map_or("", |(_, rest)| rest);
            } else if rest.starts_with("<!") {
                rest = rest.split_once('>').map_or("", |(_, rest)| rest);
            } else if let Some(end) = rest.strip_prefix("</") {
                let (name, after) = end.split_once('>').unwrap_or((end, ""));
                page.close(&mut open, name.trim());
                if !is_inline(name.trim()) {
                    words.push(' ');
                }
                rest = after;
            } else {
                let (tag, after) = start(&rest[1..]);
                if !is_inline(&tag.name) {
                    words.push(' ');
                }
                rest = after;
                let raw = ["script", "style", "title", "textarea"].contains(&tag.name.as_str());
                if !VOID.contains(&tag.name.as_str()) && !raw {
                    open.push(tag.name.clone());
                }
                page.tags.push(tag);
                if raw {
                    let tag = page.tags.last_mut().unwrap();
                    let end = format!("</{}>", tag.name);
                    let (inside, after) = rest.split_once(&end).unwrap_or((rest, ""));
                    tag.text = entities(inside);
                    rest = after;
                }
            }
        }
        page.text = words.split_whitespace().collect::<Vec<_>>().join(" ");
        page
    }

    /// An end tag; those that may be left out are left out by `--minify`.
    fn close(&mut self, open: &mut Vec<String>, name: &str) {
        match open.iter().rposition(|other| other == name) {
            Some(at) => {
                let lost: Vec<_> =
                    open.drain(at..).skip(1).filter(|name| !MAY_STAY_OPEN.contains(&name.as_str())).collect();
                if !lost.is_empty() {
                    self.wrong.push(format!("{lost:?} is still open at </{name}>"));
                }
            }
            None => self.wrong.push(format!("</{name}> closes nothing")),
        }
    }

    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Tag> {
        self.tags.iter().filter(move |tag| tag.name == name)
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().filter_map(|tag| tag.get("id"))
    }

    /// All addresses that the page names.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let of = |tag: &'_ Tag| -> Vec<String> {
            tag.attributes.keys().filter(|key| ADDRESSES.contains(&key.as_str())).cloned().collect()
        };
        self.tags.iter().flat_map(move |tag| of(tag).into_iter().filter_map(|key| tag.get(&key)))
    }
}

const ADDRESSES: [&str; 6] = ["href", "src", "action", "poster", "cite", "data"];

const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

const MAY_STAY_OPEN: [&str; 16] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "rp", "rt", "body",
    "head",
];

/// Tags between which no space stands for itself.
fn is_inline(name: &str) -> bool {
    ["a", "abbr", "b", "cite", "code", "del", "em", "i", "span", "strong", "sup", "time"].contains(&name)
}

/// A start tag behind its `<`, and what comes after it.
fn start(text: &str) -> (Tag, &str) {
    let end = text.find(|sign: char| sign.is_whitespace() || sign == '>' || sign == '/').unwrap_or(text.len());
    let name = text[..end].to_lowercase();
    let mut attributes = BTreeMap::new();
    let mut rest = text[end..].trim_start_matches(|sign: char| sign.is_whitespace() || sign == '/');
    while !rest.is_empty() && !rest.starts_with('>') {
        let end = rest.find(|sign: char| sign.is_whitespace() || sign == '=' || sign == '>').unwrap_or(rest.len());
        let key = rest[..end].to_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            rest = after.trim_start();
            let mark = rest.chars().next().filter(|sign| *sign == '"' || *sign == '\'');
            (value, rest) = match mark {
                Some(mark) => rest[1..].split_once(mark).unwrap_or((&rest[1..], "")),
                None => {
                    rest.split_at(rest.find(|sign: char| sign.is_whitespace() || sign == '>').unwrap_or(rest.len()))
                }
            };
        }
        attributes.insert(key, entities(value));
        rest = rest.trim_start();
        if rest.starts_with("/>") {
            rest = &rest[1..];
        }
    }
    (Tag { name, attributes, text: String::new() }, rest.strip_prefix('>').unwrap_or(rest))
}

/// Text with its entities as signs.
pub fn entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain += &rest[..at];
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end < 12);
        let sign = end.and_then(|end| match &rest[1..end] {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            number => number.strip_prefix('#').and_then(|number| {
                let hex = number.strip_prefix(['x', 'X']);
                hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())
                    .and_then(char::from_u32)
            }),
        });
        if let (Some(sign), Some(end)) = (sign, end) {
            plain.push(sign);
            rest = &rest[end + 1..];
        } else {
            plain.push('&');
            rest = &rest[1..];
        }
    }
    plain + rest
}

#[test]
fn pages_are_read_as_browsers_read_them() {
    let page = Page::read(
        "<!doctype html><html lang=en><title>A &amp; B</title><p id=x class='a b'>One <b>two</b>, three<p>Four<br/>\
         <a href=\"/a?b=1&amp;c=2#d\" hidden>five</a><script src=x.js></script><script>if (a<b) {}</script></html>",
    );
    assert_eq!(page.named("title").next().unwrap().text, "A & B");
    assert_eq!(page.text, "One two, three Four five");
    assert_eq!(page.addresses().collect::<Vec<_>>(), ["/a?b=1&c=2#d", "x.js"]);
    assert_eq!(page.ids().collect::<Vec<_>>(), ["x"]);
    assert_eq!(page.named("script").nth(1).unwrap().text, "if (a<b) {}");
    assert!(page.wrong.is_empty(), "{:?}", page.wrong);
    assert_eq!(Page::read("<main><div></main>").wrong.len(), 1);
    assert_eq!(Page::read("<p></b>").wrong.len(), 1);
}
