//! What the other rooms give to the commands, until they do: each module here names the room that takes its place.
//! When the last one has, this file goes.

/// `crate::pipeline`: from a folder to findings and pages.
pub mod pipeline {
    use std::path::PathBuf;

    use crate::check::Stage;
    use crate::finding::Finding;
    use crate::language::Date;
    use crate::toolkit::edition::Edition;

    /// What is to be built.
    #[expect(dead_code, reason = "the pipeline reads it")]
    #[derive(Clone, Debug)]
    pub struct Request {
        /// The toolkit.
        pub root: PathBuf,
        /// Where to write; `public/` or `partners/` in the toolkit where it is not said.
        pub output: Option<PathBuf>,
        /// Who it is for.
        pub edition: Edition,
        /// Drafts too.
        pub drafts: bool,
        /// Instead of the toolkit's own.
        pub base_url: Option<String>,
        /// Links that work from a disk.
        pub offline: bool,
        /// Shorter pages.
        pub minify: bool,
        /// Which severities count.
        pub stage: Stage,
        /// The date of the run.
        pub today: Date,
        /// Who asks, for whoever finds the toolkit locked.
        pub command: &'static str,
        /// The home folder, which is never an output.
        pub home: Option<PathBuf>,
    }

    /// What came of a run.
    #[derive(Clone, Debug)]
    pub struct Outcome {
        /// What is to be mended, sorted; with an error, nothing was written.
        pub findings: Vec<Finding>,
        /// The site; none where an error stopped it, or nothing was to be written.
        pub site: Option<Built>,
    }

    /// A site that was built.
    #[derive(Clone, Debug)]
    pub struct Built {
        /// Where it is.
        pub output: PathBuf,
        /// How many pages it has.
        pub pages: usize,
    }

    /// What stops a run: the folder, the lock, the disk.
    #[derive(Clone, Debug)]
    pub struct Stop {
        /// Lower case, no full stop.
        pub message: String,
        /// What to do.
        pub help: Option<String>,
    }

    fn missing() -> Stop {
        Stop { message: "this program has no pipeline yet".to_owned(), help: None }
    }

    /// Checks, then writes the site.
    ///
    /// # Errors
    /// When the folder, the lock or the disk stops it.
    pub fn build(_: &Request) -> Result<Outcome, Stop> {
        Err(missing())
    }

    /// Checks and writes nothing.
    ///
    /// # Errors
    /// When the folder stops it.
    pub fn check(_: &Request) -> Result<Outcome, Stop> {
        Err(missing())
    }
}
