//! The ZIP file of a document, and how its parts refer to each other. Nothing of it is ever unpacked to a disk.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Node, Xml};
use crate::import::Refusal;

/// The largest part that is read, in bytes, when it is unpacked. A book of 1,000 pages has 10 MB.
const LARGEST_PART: u64 = 48 << 20;

/// The most entries that a document has: one a picture, and some twenty more.
const MOST_ENTRIES: usize = 10_000;

/// The parts of a document.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

/// Where the references of a part lead, by their ids.
#[derive(Debug, Default)]
pub struct Links {
    targets: BTreeMap<String, Target>,
}

/// Where a reference leads.
#[derive(Debug)]
struct Target {
    /// The last part of its type's address: `hyperlink`, `image`, `styles`.
    kind: String,
    /// A part of the document or, where it is external, an address.
    address: String,
}

impl<'a> Package<'a> {
    /// Opens the ZIP file.
    ///
    /// # Errors
    /// When it is none, or one of another kind of document.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("the ZIP file that it is made of"))?;
        if archive.len() > MOST_ENTRIES {
            return Err(Refusal::Unpacks);
        }
        Ok(Self { archive })
    }

    /// The name of the part with the text.
    ///
    /// # Errors
    /// When there is none, with what the file is instead where that is known.
    pub fn main_part(&mut self) -> Result<String, Refusal> {
        let links = self.links_of("")?;
        let named = links.by_kind("officeDocument").map(|target| beside("", target));
        let main = named.unwrap_or_else(|| "word/document.xml".to_owned());
        if main.ends_with(".xml") && self.has(&main) && !main.starts_with("xl/") && !main.starts_with("ppt/") {
            return Ok(main);
        }
        let (what, help) = if self.has_below("xl/") {
            ("a spreadsheet", "copy its table into a Word document, and save that as .docx")
        } else if self.has_below("ppt/") {
            ("a presentation", "copy its text into a Word document, and save that as .docx")
        } else if self.has("content.xml") {
            ("a document of LibreOffice", "open it there and save it as a Word document (.docx)")
        } else if self.has_below("Index/") {
            ("a document of Pages", "open it there and export it as a Word document (.docx)")
        } else if self.has_below("META-INF/") {
            ("a book or a program", "copy the text that you need into a .txt file")
        } else {
            ("a ZIP file without a Word document in it", "unpack it, and give the document that is in it")
        };
        Err(Refusal::Is { what, help })
    }

    /// Where the references of the part `name` lead; of the whole package where `name` is empty.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn links_of(&mut self, name: &str) -> Result<Links, Refusal> {
        let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
        let slash = if folder.is_empty() { "" } else { "/" };
        let part = format!("{folder}{slash}_rels/{file}.rels");
        if !self.has(&part) {
            return Ok(Links::default());
        }
        let text = self.text(&part)?;
        let mut xml = Xml::new(&text);
        let mut links = Links::default();
        while let Some(node) = xml.next()? {
            let Node::Open(name) = node else { continue };
            if name != "Relationship" {
                continue;
            }
            let get = |name: &str| xml.attribute(name).unwrap_or_default();
            let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
            links.targets.insert(get("Id"), Target { kind, address: get("Target") });
        }
        Ok(links)
    }

    /// The text of the part `name`, or an empty one where there is no name or no such part.
    ///
    /// # Errors
    /// As [`Package::text`].
    pub fn text_or_empty(&mut self, name: Option<&str>) -> Result<String, Refusal> {
        match name.filter(|name| self.has(name)) {
            Some(name) => self.text(name),
            None => Ok(String::new()),
        }
    }

    /// The text of the part `name`.
    ///
    /// # Errors
    /// When it is not there, locked, broken, or too large.
    pub fn text(&mut self, name: &str) -> Result<String, Refusal> {
        let part = self.archive.by_name(name).map_err(|trouble| match trouble {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Locked,
            _ => damaged(name),
        })?;
        let mut bytes = Vec::new();
        // what the ZIP file says of the size is not believed
        part.take(LARGEST_PART + 1).read_to_end(&mut bytes).map_err(|_| damaged(name))?;
        if bytes.len() as u64 > LARGEST_PART {
            return Err(Refusal::Unpacks);
        }
        Ok(crate::import::encoding::decode(&bytes, Some("utf-8")).map_err(|_| damaged(name))?.text)
    }

    /// Whether there are macros in it, whatever their part is called.
    pub fn has_macros(&mut self) -> bool {
        if self.names().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin")) {
            return true;
        }
        // what can't be read here can't be read below, and says so there
        let types = self.text_or_empty(Some("[Content_Types].xml")).unwrap_or_default();
        types.to_ascii_lowercase().contains("vbaproject")
    }

    /// How many parts stand in the folder of this name, wherever that is, apart from what says how they are linked.
    pub fn count_in(&self, folder: &str, ending: &str) -> usize {
        let is_in = |name: &str| {
            let mut parts = name.split('/').rev();
            let file = parts.next().unwrap_or_default();
            file.to_ascii_lowercase().ends_with(ending)
                && parts.next().is_some_and(|it| it.eq_ignore_ascii_case(folder))
        };
        self.names().filter(|name| is_in(name)).count()
    }

    /// How many parts have names that would lead out of a folder that they were unpacked to.
    pub fn count_escaping(&self) -> usize {
        let leads_out = |name: &str| {
            name.starts_with(['/', '\\']) || name.contains(':') || name.split(['/', '\\']).any(|part| part == "..")
        };
        self.names().filter(|name| leads_out(name)).count()
    }

    fn names(&self) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
        self.archive.file_names().flatten()
    }

    fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    fn has_below(&self, folder: &str) -> bool {
        self.archive.file_names().flatten().any(|name| name.starts_with(folder))
    }
}

impl Links {
    /// Where the reference `id` leads.
    pub fn get(&self, id: &str) -> Option<&str> {
        self.targets.get(id).map(|target| target.address.as_str())
    }

    /// Where the first reference of a kind leads.
    pub fn by_kind(&self, kind: &str) -> Option<&str> {
        self.targets.values().find(|target| target.kind == kind).map(|target| target.address.as_str())
    }
}

/// The name of a part that the part `from` refers to as `target`.
pub fn beside(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { from.split('/').collect() };
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn damaged(part: &str) -> Refusal {
    Refusal::Damaged { part: part.chars().take(80).collect() }
}
