//! Where and when a command runs: the folder of `-C`, the toolkit around it, and the date. Nothing else reads the
//! clock or the environment, so that the same folder gives the same bytes.

use std::io;
use std::path::{Path, PathBuf};

use super::exit::Refusal;
use super::output::reason;
use crate::language::Date;

/// The folder a command starts from, and the date it was given.
#[derive(Clone, Debug)]
pub struct Here {
    folder: PathBuf,
    named: bool,
    today: Option<Date>,
}

/// The file that marks the root of a toolkit.
pub const ROOT_FILE: &str = "toolkit.yaml";

impl Here {
    /// The folder that `-C` names, else the current one; the date of `--today`, else that of the run.
    ///
    /// # Errors
    /// When `-C` names no folder.
    pub fn new(folder: Option<PathBuf>, today: Option<Date>) -> Result<Self, Refusal> {
        let named = folder.is_some();
        let folder = folder.unwrap_or_else(|| PathBuf::from("."));
        match metadata(&folder) {
            Ok(found) if found.is_dir() => Ok(Self { folder, named, today }),
            Ok(_) => Err(Refusal::usage(format!("`{}` is no folder", folder.display()))
                .help("`-C` takes the folder to work in, a toolkit or a folder in one")),
            Err(trouble) if trouble.kind() == io::ErrorKind::NotFound => {
                Err(Refusal::usage(format!("there is no folder `{}`", folder.display())))
            }
            Err(trouble) => {
                Err(Refusal::failed(format!("the folder `{}` can't be used: {}", folder.display(), reason(&trouble))))
            }
        }
    }

    /// `path` as typed on the command line, from the folder of `-C`.
    #[must_use]
    pub fn path(&self, path: &Path) -> PathBuf {
        if path.as_os_str().is_empty() {
            self.folder.clone()
        } else if self.named {
            self.folder.join(path)
        } else {
            path.to_owned()
        }
    }

    /// `path` as typed on the command line, as the system knows it: from the root of the file system, without links.
    ///
    /// # Errors
    /// When there is nothing, or it can't be looked at.
    pub fn real(&self, path: &Path) -> Result<PathBuf, Refusal> {
        real(&self.path(path)).map_err(|trouble| match trouble.kind() {
            io::ErrorKind::NotFound => Refusal::usage(format!("there is no `{}`", path.display())),
            _ => Refusal::failed(format!("`{}` can't be looked at: {}", path.display(), reason(&trouble))),
        })
    }

    /// Whether `folder` is another one than the one the user's shell stands in.
    #[must_use]
    pub fn is_elsewhere(&self, folder: &Path) -> bool {
        let current = real(Path::new(".")).ok();
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        current.is_none() || real(folder).ok() != current
    }

    /// `path` as it is told to the user: from their folder where it is in it, else as it is.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        self.path(&self.typed(path)).display().to_string()
    }

    /// `path` as it has to be typed with the same `-C`: the other way round than [`Here::path`].
    #[must_use]
    pub fn typed(&self, path: &Path) -> PathBuf {
        let inside = real(&self.folder).ok().and_then(|folder| path.strip_prefix(folder).ok().map(Path::to_owned));
        inside.unwrap_or_else(|| path.to_owned())
    }

    /// The program with the same `-C`, as it has to be typed.
    #[must_use]
    pub fn program(&self) -> String {
        if self.named {
            format!("onevoice -C {}", quoted(&self.folder.display().to_string()))
        } else {
            "onevoice".to_owned()
        }
    }

    /// The root of the toolkit that this folder is in; `None` where it is in none.
    ///
    /// # Errors
    /// When a folder on the way up can't be looked into.
    pub fn toolkit_if_any(&self) -> Result<Option<PathBuf>, Refusal> {
        let folder = real(&self.folder).map_err(|trouble| cannot_look(&self.folder, &trouble))?;
        for above in folder.ancestors() {
            if is_there(&above.join(ROOT_FILE)).map_err(|trouble| cannot_look(above, &trouble))? {
                return Ok(Some(above.to_owned()));
            }
        }
        Ok(None)
    }

    /// The root of the toolkit that this folder is in.
    ///
    /// # Errors
    /// When it is in none, with what is near; or as [`Here::toolkit_if_any`].
    pub fn toolkit(&self) -> Result<PathBuf, Refusal> {
        if let Some(root) = self.toolkit_if_any()? {
            return Ok(root);
        }
        let missing = Refusal::usage("there is no toolkit here")
            .note("a toolkit is a folder with a file `toolkit.yaml`; neither this folder nor one above it has it");
        let near = near_toolkits(&self.folder);
        Err(match (near.first(), is_there(&self.folder.join("toolkit.yml"))) {
            (_, Ok(true)) => missing.help("rename `toolkit.yml` to `toolkit.yaml`"),
            (Some(near), _) => missing.help(format!("there is one in `{near}`: go there with `cd {}`", quoted(near))),
            _ => missing.help("`onevoice init` makes a small one; `-C FOLDER` works in another folder"),
        })
    }

    /// The date of this run: `--today`, else `SOURCE_DATE_EPOCH`, else the system's date in UTC.
    ///
    /// # Errors
    /// When `SOURCE_DATE_EPOCH` is no number of seconds, or the clock stands outside the years of a [`Date`].
    pub fn today(&self) -> Result<Date, Refusal> {
        if let Some(today) = self.today {
            return Ok(today);
        }
        if let Some(seconds) = environment("SOURCE_DATE_EPOCH")? {
            return date_of(&seconds).ok_or_else(|| {
                Refusal::usage(format!("SOURCE_DATE_EPOCH is `{seconds}`, which is no number of seconds since 1970"))
                    .help("set it to a whole number, or give the date with `--today 2026-11-24`")
            });
        }
        clock().and_then(Date::from_unix_days).ok_or_else(|| {
            Refusal::failed("the system's clock shows no date that can be used")
                .help("give the date with `--today 2026-11-24`")
        })
    }

    /// The user's home folder, where one is set: no site is ever written over it.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn home(&self) -> Option<PathBuf> {
        let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        std::env::var_os(name).filter(|home| !home.is_empty()).map(PathBuf::from)
    }
}

const SECONDS_OF_A_DAY: i64 = 86_400;

fn date_of(seconds: &str) -> Option<Date> {
    Date::from_unix_days(seconds.parse::<i64>().ok()?.div_euclid(SECONDS_OF_A_DAY))
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn environment(name: &str) -> Result<Option<String>, Refusal> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(Refusal::usage(format!("{name} is no readable text"))),
    }
}

/// Days since 1970-01-01 in UTC.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn clock() -> Option<i64> {
    let now = std::time::SystemTime::now().duration_since(std::time::SystemTime::UNIX_EPOCH).ok()?;
    Some(i64::try_from(now.as_secs()).ok()?.div_euclid(SECONDS_OF_A_DAY))
}

/// Folders right below `folder` that are toolkits, at most three, by name.
fn near_toolkits(folder: &Path) -> Vec<String> {
    let Ok(entries) = list(folder) else { return Vec::new() };
    let mut near: Vec<String> = entries
        .into_iter()
        .filter(|name| is_there(&folder.join(name).join(ROOT_FILE)).unwrap_or(false))
        .filter_map(|name| name.into_string().ok())
        .collect();
    near.sort();
    near.truncate(3);
    near
}

fn cannot_look(folder: &Path, trouble: &io::Error) -> Refusal {
    Refusal::failed(format!("the folder `{}` can't be looked into: {}", folder.display(), reason(trouble)))
}

/// Whether there is anything at `path`, a dead link too.
///
/// # Errors
/// When that can't be known.
#[expect(clippy::disallowed_methods, reason = "where a command runs is asked here, before there is a toolkit to read")]
pub fn is_there(path: &Path) -> io::Result<bool> {
    match std::fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(trouble) if matches!(trouble.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(trouble) => Err(trouble),
    }
}

#[expect(clippy::disallowed_methods, reason = "as above")]
fn metadata(path: &Path) -> io::Result<std::fs::Metadata> {
    std::fs::metadata(path)
}

#[expect(clippy::disallowed_methods, reason = "as above")]
fn real(path: &Path) -> io::Result<PathBuf> {
    std::fs::canonicalize(path)
}

#[expect(clippy::disallowed_methods, reason = "as above")]
fn list(folder: &Path) -> io::Result<Vec<std::ffi::OsString>> {
    std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect()
}

/// `word` as a shell takes it: in quotation marks where it needs them.
#[must_use]
pub fn quoted(word: &str) -> String {
    let plain = |sign: char| sign.is_alphanumeric() || "-_./+@:,".contains(sign);
    if !word.is_empty() && !word.starts_with('-') && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_a_date_in_utc() {
        assert_eq!(date_of("0").map(|date| date.to_string()).as_deref(), Some("1970-01-01"));
        assert_eq!(date_of("1795564799").map(|date| date.to_string()).as_deref(), Some("2026-11-24"));
        assert_eq!(date_of("-1").map(|date| date.to_string()).as_deref(), Some("1969-12-31"));
        assert_eq!((date_of("soon"), date_of(""), date_of("9999999999999999")), (None, None, None));
    }

    #[test]
    fn a_word_for_a_shell_is_quoted_where_it_has_to_be() {
        assert_eq!(quoted("x/y-1"), "x/y-1");
        assert_eq!(quoted("my toolkit"), "'my toolkit'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
        assert_eq!(quoted("-x"), "'-x'");
        assert_eq!(quoted(""), "''");
    }
}
