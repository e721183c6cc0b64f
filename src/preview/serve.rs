//! From a change to what is shown: the loop that everything else here serves.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use super::now::Preview;
use super::picture::{First, Picture, Sight};
use super::server::{self, Listening, NoPort};
use super::watch::{End, Next, Polling, Watch};
use crate::finding::Finding;
use crate::pipeline::{self, Memo, Outcome, Request, check_again};
use crate::plan::{Links, PageKind};
use crate::source::{Hints, OpenError, Source};
use crate::toolkit::id::Reader;

/// What is to be served.
#[derive(Clone, Debug)]
pub struct Options {
    /// The toolkit, the edition, the day.
    pub request: Request,
    /// The name or number of this machine at which others may ask.
    pub host: String,
    /// The port, where one was asked for.
    pub port: Option<u16>,
    /// Whether browsers go to the page that was just edited.
    pub follow: bool,
    /// Whether changes are looked for even where they are reported.
    pub poll: bool,
}

/// What is worth saying while it runs.
#[derive(Clone, Debug)]
pub enum Said {
    /// The site can be looked at.
    Ready {
        /// Where.
        url: String,
        /// The port that was meant, where it was taken.
        taken: Option<u16>,
        /// Whether other machines can see it.
        open: bool,
    },
    /// Changes are looked for.
    Polls(Polling),
    /// A state of the toolkit is shown, or can't be.
    Made {
        /// What is to be mended.
        findings: Vec<Finding>,
        /// Whether the site is that of this state.
        good: bool,
        /// How long it took.
        took: Duration,
        /// How many files the site has.
        files: usize,
        /// Whether it is the first.
        first: bool,
    },
    /// The toolkit's folder can't be read just now; what was shown stays.
    Gone(String),
    /// `build --watch`: a build is done.
    Built(Arc<Outcome>),
    /// `build --watch`: a build was stopped; the next change tries again.
    Stopped(Arc<pipeline::Stop>),
}

/// Why nothing is served.
#[derive(Debug)]
pub enum Stop {
    /// The toolkit's folder can't be opened.
    Open(OpenError),
    /// No port.
    Port(NoPort),
    /// The system gives no thread, or no way to hear of Ctrl-C.
    System(String),
    /// `build --watch`: the first build was stopped.
    Build(pipeline::Stop),
}

/// Words from the working thread to the one that prints and ends.
enum Word {
    Said(Said),
    Failed(Stop),
    End,
}

/// Serves until Ctrl-C or SIGTERM.
///
/// # Errors
/// The folder, the port or the system.
pub fn serve(options: Options, say: &mut dyn FnMut(&Said)) -> Result<(), Stop> {
    let listening = server::listen(&options.host, options.port).map_err(Stop::Port)?;
    run(say, Duration::ZERO, move |words| work(&options, listening, words))
}

/// Builds, and builds again after each change, until Ctrl-C or SIGTERM.
///
/// # Errors
/// What stops the first build; later ones are told, and tried again.
pub fn build_again(request: Request, poll: bool, say: &mut dyn FnMut(&Said)) -> Result<(), Stop> {
    // a build that is being written when it ends may finish: the site is there a moment later, and nothing is left over
    run(say, Duration::from_millis(1500), move |words| build_loop(&request, poll, words))
}

/// Runs `work` on a thread, says what it says, and ends when a signal comes; `grace` is what the work has for its end.
fn run(say: &mut dyn FnMut(&Said), grace: Duration, work: impl FnOnce(&Words) + Send + 'static) -> Result<(), Stop> {
    let (sender, words) = channel();
    let ends = sender.clone();
    ctrlc::set_handler(move || drop(ends.send(Word::End))).map_err(|error| Stop::System(error.to_string()))?;
    let (ended, done) = channel::<()>();
    let stop: Arc<std::sync::Mutex<Option<End>>> = Arc::default();
    let told = Words { sender, stop: Arc::clone(&stop) };
    let thread = std::thread::Builder::new().name("work".to_owned()).stack_size(16 << 20).spawn(move || {
        work(&told);
        drop(ended);
    });
    thread.map_err(|error| Stop::System(error.to_string()))?;
    loop {
        match words.recv() {
            Ok(Word::Said(said)) => say(&said),
            Ok(Word::Failed(stop)) => return Err(stop),
            Ok(Word::End) | Err(_) => break,
        }
    }
    if let Some(end) = stop.lock().ok().and_then(|mut stop| stop.take()) {
        end.now();
    }
    if !grace.is_zero() {
        // where it takes longer: a killed build leaves the old site, and the next one cleans up
        let _ = done.recv_timeout(grace);
        while let Ok(Word::Said(said)) = words.try_recv() {
            say(&said);
        }
    }
    Ok(())
}

/// What the working thread has.
struct Words {
    sender: Sender<Word>,
    stop: Arc<std::sync::Mutex<Option<End>>>,
}

impl Words {
    fn say(&self, said: Said) {
        let _ = self.sender.send(Word::Said(said));
    }

    fn fail(&self, stop: Stop) {
        let _ = self.sender.send(Word::Failed(stop));
    }

    /// Watches from here on, so that no change is missed while the first state is made.
    fn watch(&self, root: &std::path::Path, poll: bool) -> Watch {
        let watch = Watch::start(root, poll);
        if let Ok(mut stop) = self.stop.lock() {
            *stop = Some(watch.end());
        }
        if let Some(polling) = watch.polling() {
            self.say(Said::Polls(polling.clone()));
        }
        watch
    }
}

fn work(options: &Options, listening: Listening, words: &Words) {
    let root: PathBuf = options.request.root.clone();
    let mut watch = words.watch(&root, options.poll);
    let began = Instant::now();
    let source = match Source::read(&root) {
        Ok(source) => Arc::new(source),
        Err(error) => return words.fail(Stop::Open(error)),
    };
    let mut maker = Maker { options, number: 1, source, memo: Memo::new(), preview: None };
    let first = maker.picture(First { may_fail: has_templates(&maker.source), open: vec!["index.html".to_owned()] });
    let ready = Said::Ready {
        url: listening.url(),
        taken: options.port.is_none().then_some(super::PORT).filter(|port| *port != listening.address.port()),
        open: listening.names.open,
    };
    maker.tell(words, &first, began);
    let preview = Arc::new(Preview::new(Arc::new(first), run_name()));
    maker.connect(&preview);
    if let Err(error) = listening.answer(Arc::clone(&preview)) {
        return words.fail(Stop::System(error.to_string()));
    }
    words.say(ready);
    loop {
        match watch.next() {
            Next::Changed(hints) => maker.change(&hints, words),
            Next::Polls(polling) => words.say(Said::Polls(polling)),
            Next::Ended => return,
        }
    }
}

/// Makes pictures, one after another.
struct Maker<'o> {
    options: &'o Options,
    number: u64,
    source: Arc<Source>,
    memo: Memo,
    preview: Option<Arc<std::sync::OnceLock<Arc<Preview>>>>,
}

impl Maker<'_> {
    fn connect(&mut self, preview: &Arc<Preview>) {
        if let Some(cell) = &self.preview {
            let _ = cell.set(Arc::clone(preview));
        }
        preview.look_again();
    }

    /// A picture of the sources as they were last read.
    fn picture(&mut self, first: First) -> Picture {
        let checked = check_again(&self.source, &self.options.request, &mut self.memo);
        let cell = Arc::clone(self.preview.get_or_insert_with(Arc::default));
        let failed = Box::new(move || {
            // before it is shown there is nobody to tell: whoever shows it looks whether it has failed
            if let Some(preview) = cell.get() {
                preview.look_again();
            }
        });
        let request = self.options.request.clone();
        Picture::start(Arc::clone(&self.source), checked, request, first, failed)
    }

    /// Reads what was hinted at; if that is other than it was, there is a new picture.
    fn change(&mut self, hints: &Hints, words: &Words) {
        let began = Instant::now();
        let source = match self.source.again(&self.options.request.root, hints) {
            Ok(source) => source,
            Err(error) => return words.say(Said::Gone(error.to_string())),
        };
        if source.is_same(&self.source) {
            return;
        }
        let before = std::mem::replace(&mut self.source, Arc::new(source));
        self.number += 1;
        let Some(preview) = self.preview.as_ref().and_then(|cell| cell.get()).cloned() else { return };
        let first = First { may_fail: has_templates(&self.source), open: preview.open() };
        let picture = Arc::new(self.picture(first));
        let changed = changed(&before, &self.source);
        let is_style = |path: &String| path.starts_with("themes/") && path.ends_with(".css");
        let styles = (picture.is_good && changed.iter().all(is_style)).then(|| {
            picture
                .ask(|sight| sight.files.map(|files| files.styles().to_vec()).unwrap_or_default())
                .unwrap_or_default()
        });
        let follow = if self.options.follow && picture.is_good {
            picture.ask(move |sight| changed.iter().find_map(|path| address_of(sight, path))).flatten()
        } else {
            None
        };
        preview.show(Arc::clone(&picture), styles, follow);
        self.tell(words, &picture, began);
    }

    fn tell(&self, words: &Words, picture: &Picture, began: Instant) {
        words.say(Said::Made {
            findings: picture.findings.to_vec(),
            good: picture.is_good,
            took: began.elapsed(),
            files: picture.files,
            first: self.number == 1,
        });
    }
}

/// Whether the toolkit has templates of its own: only those can fail.
fn has_templates(source: &Source) -> bool {
    source.under("themes").any(|file| file.path.as_str().split('/').nth(2) == Some("templates"))
}

/// The paths that are new, gone, or hold something else.
fn changed(before: &Source, now: &Source) -> Vec<String> {
    if let Some(others) = now.others_than(&before.seen()) {
        return others.into_iter().map(|file| file.path.to_string()).collect();
    }
    let other = |file: &&crate::source::SourceFile, there: &Source| {
        there.get(file.path.as_str()).is_none_or(|same| same.hash != file.hash)
    };
    let mut paths: Vec<String> =
        now.files().filter(|file| other(file, before)).map(|file| file.path.to_string()).collect();
    paths.extend(before.files().filter(|file| now.get(file.path.as_str()).is_none()).map(|f| f.path.to_string()));
    paths
}

/// The page on which a file of the toolkit is read first, as a path of the site.
fn address_of(sight: &Sight<'_>, path: &str) -> Option<String> {
    let (toolkit, plan) = (&sight.checked.toolkit, &sight.checked.plan);
    let links = Links { toolkit, plan, view: &sight.checked.view };
    let of_item = || {
        let n = toolkit.all_items().iter().position(|item| *item.for_checks().file == *path)?;
        let reader = toolkit.all_items().get(n)?.for_checks().readers.iter().next().unwrap_or(Reader::GENERAL);
        links.item(u32::try_from(n).ok()?, reader)
    };
    let of_audience = || {
        let audience = toolkit.audiences.iter().find(|audience| *audience.file == *path)?;
        plan.page_of(PageKind::Audience, audience.reader).map(|page| page.address.to_string())
    };
    let address = of_item().or_else(of_audience)?;
    let mut out = "/".to_owned();
    let (page, anchor) = address.split_once('#').map_or((address.as_str(), None), |(page, a)| (page, Some(a)));
    crate::plan::address::encode(page, &mut out);
    if let Some(anchor) = anchor {
        out.push('#');
        crate::plan::address::encode(anchor, &mut out);
    }
    Some(out)
}

/// A name that no other run has.
fn run_name() -> String {
    use std::hash::{BuildHasher, Hasher};
    let random = std::hash::RandomState::new().build_hasher().finish();
    format!("{}-{random:x}", std::process::id())
}

fn build_loop(request: &Request, poll: bool, words: &Words) {
    let mut watch = words.watch(&request.root, poll);
    // read before the build: what changes while it runs is another picture than this
    let mut last = Source::read(&request.root).ok();
    match pipeline::build(request) {
        Ok(outcome) => words.say(Said::Built(Arc::new(outcome))),
        Err(stop) => return words.fail(Stop::Build(stop)),
    }
    loop {
        match watch.next() {
            Next::Changed(_) => {}
            Next::Polls(polling) => {
                words.say(Said::Polls(polling));
                continue;
            }
            Next::Ended => return,
        }
        let now = Source::read(&request.root).ok();
        if let (Some(now), Some(last)) = (&now, &last)
            && now.is_same(last)
        {
            continue;
        }
        last = now;
        match pipeline::build(request) {
            Ok(outcome) => words.say(Said::Built(Arc::new(outcome))),
            Err(stop) => words.say(Said::Stopped(Arc::new(stop))),
        }
    }
}
