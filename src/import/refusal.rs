//! The files that are not read, and why.

use std::fmt;

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its name ends in something that stands for no format that is read.
    Ending {
        /// The ending, in lower case, without the dot.
        ending: String,
    },
    /// It is something else than its name says.
    Is {
        /// What it is.
        what: &'static str,
        /// What to do about it.
        help: &'static str,
    },
    /// It is larger than what is read.
    TooLarge {
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// A part of it grows over all limits when it is unpacked.
    Unpacks,
    /// What comes out is longer than a toolkit takes.
    TooLong,
    /// Its parts stand too deep in each other.
    TooDeep,
    /// It explains its own signs, as files do that are made to do harm.
    Entities,
    /// It is locked with a password.
    Locked,
    /// There are small programs in it.
    Macros,
    /// It is broken.
    Damaged {
        /// In which part.
        part: String,
    },
    /// It uses letters of a character set that is not read.
    Letters {
        /// The set's name, as the file says.
        name: String,
    },
    /// There is no text in it.
    NoText,
}

const SAVE_AS_DOCX: &str = "open it where it was made, and save it as a Word document (.docx)";

impl Refusal {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Ending { ending } => match ending.as_str() {
                "doc" | "dot" | "odt" | "rtf" | "pages" | "wps" | "wpd" | "gdoc" => SAVE_AS_DOCX,
                "pdf" => "save the document that the PDF was made from as .docx, or copy its text into a .txt file",
                "mht" | "mhtml" | "webarchive" => "open it in a browser and save it as `web page, HTML only`",
                "" => "name the file with an ending that says what it is: .docx, .html, .md or .txt",
                _ => {
                    "a Word document (.docx), a saved web page (.html), Markdown (.md) and plain text (.txt) can be read"
                }
            },
            Self::Is { help, .. } => help,
            Self::TooLarge { .. } => "take the pictures out, or copy the text that you need into a file of its own",
            Self::Unpacks | Self::TooDeep | Self::Entities | Self::Damaged { .. } => {
                "if you trust the file, open it where it was made and save it once more; else copy its text into a .txt file"
            }
            Self::TooLong => "split the text into several files",
            Self::Locked => "open it with its password and save it without one",
            Self::Macros => {
                "if you trust the file, open it where it was made and save it as a Word document without macros (.docx); else copy its text into a .txt file"
            }
            Self::Letters { .. } => "open it in a text editor and save it as UTF-8",
            Self::NoText => "if its words are pictures, as in a scan, they have to be typed",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ending { ending } if ending.is_empty() => f.write_str("its name has no ending"),
            Self::Ending { ending } => write!(f, "files that end in .{ending} can't be read"),
            Self::Is { what, .. } => write!(f, "it is {what}, whatever its name says"),
            Self::TooLarge { limit } => write!(f, "it is larger than {} MiB", limit >> 20),
            Self::Unpacks => f.write_str("it grows over all limits when it is unpacked"),
            Self::TooLong => f.write_str("its text is longer than 8 MiB, or has too many pieces"),
            Self::TooDeep => f.write_str("its parts stand too deep in each other"),
            Self::Entities => f.write_str("it defines signs of its own, as no Word document does"),
            Self::Locked => f.write_str("it is locked with a password"),
            Self::Macros => f.write_str("the document holds macros (small programs that could do harm)"),
            Self::Damaged { part } => write!(f, "it is damaged: {part} can't be read"),
            Self::Letters { name } => write!(f, "its letters are {name}, which can't be read"),
            Self::NoText => f.write_str("there is no text in it"),
        }
    }
}
