//! One state of the toolkit, read and checked, with the site it makes: pages are made when somebody asks for them.
//!
//! A picture lives on a thread of its own, since a site borrows from the toolkit it shows. It ends when nobody holds the
//! picture any more. Between questions it makes the pages that nobody has asked for, where a template of the toolkit's
//! own could fail on them.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::finding::{Counts, Finding, Problem};
use crate::pipeline::{Checked, Files, Request, Trouble, add_problems};
use crate::source::Source;

/// What a question sees.
pub struct Sight<'a> {
    /// The sources.
    pub source: &'a Source,
    /// What is asked of them.
    pub request: &'a Request,
    /// What they mean, and what is to be mended.
    pub checked: &'a Checked,
    /// The site's files; none while there are errors.
    pub files: Option<&'a Files<'a>>,
    /// What the desk's links carry on, where it shows another edition than the site: `?edition=partners`.
    pub kept: &'static str,
}

type Question = Box<dyn FnOnce(&Sight<'_>) + Send>;

/// A state of the toolkit. See above.
pub struct Picture {
    /// What is to be mended in it.
    pub findings: Arc<[Finding]>,
    /// How many files its site has; none where there is no site.
    pub files: usize,
    /// Whether there is a site.
    pub is_good: bool,
    /// What is to be mended once a template has failed on some page.
    pub failure: Arc<OnceLock<Arc<[Finding]>>>,
    questions: Sender<Question>,
}

/// Whom a picture calls when a template has failed on some page; its `failure` is set by then.
pub type Failed = Box<dyn FnOnce() + Send>;

/// What is asked of a new picture before it is shown.
#[derive(Clone, Debug, Default)]
pub struct First {
    /// Whether templates can fail: the toolkit has some of its own.
    pub may_fail: bool,
    /// The files that are looked at just now; they are made first.
    pub open: Vec<String>,
}

impl Picture {
    /// Starts the thread, and waits until pages can be made.
    #[must_use]
    pub fn start(source: Arc<Source>, mut checked: Checked, request: Request, first: First, failed: Failed) -> Self {
        let (questions, asked) = channel::<Question>();
        let (ready, waiting) = channel();
        let findings: Arc<[Finding]> = checked.findings.as_slice().into();
        let failure: Arc<OnceLock<Arc<[Finding]>>> = Arc::default();
        let fails = Arc::clone(&failure);
        let work = move || {
            let theme = checked.theme.take().filter(|_| Counts::of(&checked.findings).error == 0);
            let address = request.address(&checked);
            let files = theme.map(|theme| Files::new(&source, &checked, &request.root, &address, theme));
            let sight =
                Sight { source: &source, request: &request, checked: &checked, files: files.as_ref(), kept: "" };
            let Some(files) = &files else {
                let _ = ready.send((0, None));
                answer_all(&sight, &asked);
                return;
            };
            let words = |problem: Problem| add_problems(&checked, &[problem], &source, &request);
            let mut open = first.open.iter().filter(|_| first.may_fail).filter_map(|path| files.number(path));
            if let Some(problem) = open.find_map(|n| failing(files, n)) {
                let _ = ready.send((0, Some(words(problem))));
                answer_all(&sight, &asked);
                return;
            }
            let _ = ready.send((files.len(), None));
            let mut rest = if first.may_fail { 0..files.len() } else { 0..0 };
            let mut pause = REST;
            while !rest.is_empty() {
                match asked.recv_timeout(pause) {
                    Ok(question) => {
                        question(&sight);
                        pause = REST;
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) => {
                        pause = Duration::ZERO;
                        if let Some(problem) = rest.next().and_then(|n| failing(files, n)) {
                            let _ = fails.set(words(problem).into());
                            failed();
                            break;
                        }
                    }
                }
            }
            answer_all(&sight, &asked);
        };
        let started = std::thread::Builder::new().name("picture".to_owned()).stack_size(STACK).spawn(work);
        let (files, told) = match started {
            // a thread that ends before it is ready has none to tell
            Ok(_) => waiting.recv().unwrap_or((0, None)),
            Err(_) => (0, None),
        };
        let findings = told.map_or(findings, Into::into);
        Self { findings, files, is_good: files > 0, failure, questions }
    }

    /// Asks, and waits for the answer; `None` where the thread has ended, which it does only on a failure of ours.
    pub fn ask<R: Send + 'static>(&self, question: impl FnOnce(&Sight<'_>) -> R + Send + 'static) -> Option<R> {
        let (answer, waiting) = channel();
        let question: Question = Box::new(move |sight| {
            let _ = answer.send(question(sight));
        });
        self.questions.send(question).ok()?;
        waiting.recv().ok()
    }
}

/// Templates may call each other, and lists be nested, as deep as a build's threads allow.
const STACK: usize = 8 << 20;

/// So long nobody has to have asked before the pages that nobody asks for are made: a save that follows soon, and the
/// pages that a browser loads after one, do not wait for them.
const REST: Duration = Duration::from_millis(400);

fn answer_all(sight: &Sight<'_>, asked: &Receiver<Question>) {
    while let Ok(question) = asked.recv() {
        question(sight);
    }
}

/// What is wrong with the template of a file, if it is one of a page.
fn failing(files: &Files<'_>, n: usize) -> Option<Problem> {
    files.page(n)?;
    match files.make(n, &mut Vec::new()) {
        Err(Trouble::Template(problem)) => Some(problem),
        Err(Trouble::Read { .. }) | Ok(()) => None,
    }
}
