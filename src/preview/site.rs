//! What is answered to which path: the site from memory, and what is ours below `/_onevoice/`.

use super::answer::{Answer, FOUND, HTML, NOT_YET, NOTHING, kind_of};
use super::desk;
use super::now::{Now, Preview};
use super::picture::Sight;
use super::request::Request;
use crate::pipeline::Trouble;

/// The first part of our own paths.
const OURS: &str = "_onevoice/";
/// What preview adds to a page.
const SCRIPT: &[u8] = b"<script src=\"/_onevoice/preview.js\" defer></script>";

/// Our own files, by their name below `/_onevoice/`.
static FILES: [(&str, &str); 3] = [
    ("preview.js", include_str!("client/preview.js")),
    ("preview.css", include_str!("client/preview.css")),
    ("desk.css", include_str!("client/desk.css")),
];

/// The file at a path: a folder's is its `index.html`.
#[must_use]
pub fn file_at(path: &str) -> String {
    let path = path.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// The answer to a request.
#[must_use]
pub fn answer(preview: &Preview, request: &Request) -> Answer {
    let now = preview.now();
    if request.path == "_onevoice" {
        return Answer::moved(format!("/{OURS}"));
    }
    if let Some(path) = request.path.strip_prefix(OURS) {
        return match FILES.iter().find(|(name, _)| *name == path) {
            Some((name, text)) => Answer::new(FOUND, kind_of(name), text.as_bytes().to_vec()),
            None => desk::answer(&now, path, request.query.as_deref()).unwrap_or_else(|| desk::nothing(&now)),
        };
    }
    for picture in now.good_ones() {
        let (path, query) = (request.path.clone(), request.query.clone());
        if let Some(answer) = picture.ask(move |sight| of_site(sight, &path, query.as_deref())).flatten() {
            return answer;
        }
    }
    not_yet(&now, &request.path)
}

/// The answer of one state's site; `None` where its template fails.
fn of_site(sight: &Sight<'_>, path: &str, query: Option<&str>) -> Option<Answer> {
    let files = sight.files?;
    // links of the page for wrong addresses begin with the path of `base_url`, where the site is not just now
    let below = files.root_path().trim_matches('/');
    let short = path.strip_prefix(below).and_then(|rest| rest.strip_prefix('/')).filter(|_| !below.is_empty());
    for path in [Some(path), short].into_iter().flatten() {
        if let Some(n) = files.number(&file_at(path)) {
            return made(sight, n, FOUND);
        }
        if !path.is_empty() && !path.ends_with('/') && files.number(&format!("{path}/index.html")).is_some() {
            let mut to = "/".to_owned();
            crate::plan::address::encode(path, &mut to);
            to.push('/');
            if let Some(query) = query {
                to.push('?');
                to.push_str(query);
            }
            return Some(Answer::moved(to));
        }
    }
    // what is printed is made when somebody asks for it
    for path in [Some(path), short].into_iter().flatten() {
        if let Some(bytes) = files.print(path) {
            return Some(Answer::new(FOUND, kind_of(path), bytes.to_vec()).tagged());
        }
    }
    match files.number("404.html") {
        Some(n) => made(sight, n, NOTHING),
        None => Some(Answer::text(NOTHING, "there is nothing here")),
    }
}

fn made(sight: &Sight<'_>, n: usize, status: (u16, &'static str)) -> Option<Answer> {
    let files = sight.files?;
    let mut bytes = Vec::new();
    match files.make(n, &mut bytes) {
        Ok(()) => {}
        Err(Trouble::Template(_)) => return None,
        Err(Trouble::Read { path, error }) => {
            return Some(Answer::text(NOTHING, &format!("{} can't be read: {error}", path.display())));
        }
    }
    let kind = kind_of(files.path(n).unwrap_or_default());
    if kind == HTML {
        bytes = with_script(bytes);
    }
    Some(Answer::new(status, kind, bytes).tagged())
}

/// The page with our one line before its end.
fn with_script(mut page: Vec<u8>) -> Vec<u8> {
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|piece| piece == end).unwrap_or(page.len());
    page.splice(at..at, SCRIPT.iter().copied());
    page
}

/// There is no site yet: what is to be mended, which is gone by itself when it is.
fn not_yet(now: &Now, path: &str) -> Answer {
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.contains('.') && !name.ends_with(".html") {
        return Answer::text(NOT_YET, "there is no site yet: the toolkit has errors");
    }
    Answer::new(NOT_YET, HTML, with_script(desk::broken(now).into_bytes())).tagged()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_the_last_thing_of_the_body() {
        let page = with_script(b"<body>\"</body>\"</body></html>".to_vec());
        let text = String::from_utf8(page).unwrap();
        assert!(text.ends_with("\"<script src=\"/_onevoice/preview.js\" defer></script></body></html>"));
        assert!(with_script(b"no body".to_vec()).ends_with(SCRIPT));
    }

    #[test]
    fn a_folder_is_its_index() {
        assert_eq!(
            (file_at("/"), file_at("/police/"), file_at("a.css")),
            ("index.html".into(), "police/index.html".into(), "a.css".into())
        );
    }
}
