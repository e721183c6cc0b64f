//! Fewer bytes, same meaning: a theme's style sheets and scripts once at loading, finished pages when asked for.
//! Never templates (minify-html would sort their attributes and drop their quotes).

use std::borrow::Cow;

use minify_html::{Cfg, minify};
use oxc_allocator::Allocator;
use oxc_parser::Parser;
use oxc_span::SourceType;

/// The settings: nothing that a validator would not accept.
fn settings() -> Cfg {
    let mut settings = Cfg::new();
    settings.keep_closing_tags = true;
    settings.keep_html_and_head_opening_tags = true;
    settings.minify_css = true;
    settings.minify_js = true;
    settings
}

/// A finished page.
#[must_use]
pub fn page(html: &[u8]) -> Vec<u8> {
    minify(html, &settings())
}

/// A file of `static/`: style sheets and scripts shorter, all others as they are.
#[must_use]
pub fn asset(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let tag = match name.rsplit('.').next() {
        Some("css") => "style",
        Some("js") => "script",
        _ => return bytes,
    };
    // a file that would end its tag is left alone
    let closing = format!("</{tag}");
    let text = String::from_utf8_lossy(&bytes);
    if text.to_ascii_lowercase().contains(&closing) {
        return bytes;
    }
    // minify-html keeps the comments before statements
    let text = if tag == "script" { without_comments(&text) } else { text };
    let wrapped = minify(format!("<{tag}>{text}</{tag}>").as_bytes(), &settings());
    let inner = wrapped
        .strip_prefix(format!("<{tag}>").as_bytes())
        .and_then(|rest| rest.strip_suffix(format!("</{tag}>").as_bytes()));
    match inner {
        Some(inner) if !inner.is_empty() => inner.to_vec(),
        _ => bytes,
    }
}

/// A script without its comments, but for those that tell its license; as it is if it can't be read.
fn without_comments(script: &str) -> Cow<'_, str> {
    let allocator = Allocator::default();
    let read = Parser::new(&allocator, script, SourceType::default()).parse();
    if !read.errors.is_empty() {
        return Cow::Borrowed(script);
    }
    let mut short = String::with_capacity(script.len());
    let mut from = 0;
    for comment in read.program.comments.iter().filter(|comment| !comment.is_legal()) {
        short.push_str(&script[from..comment.span.start as usize]);
        // a comment may be all that stands between two words, or two lines
        let gone = &script[comment.span.start as usize..comment.span.end as usize];
        short.push(if gone.contains('\n') { '\n' } else { ' ' });
        from = comment.span.end as usize;
    }
    short.push_str(&script[from..]);
    Cow::Owned(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_keeps_what_only_looks_like_a_comment() {
        let script =
            "/*! (c) */\n// why\nlet a = `x\n// y\n` + \"/* z */\" + b/* q */+c;\nreturned/*\n*/d(/\\/\\/ e/);\n";
        let short = "/*! (c) */\n \nlet a = `x\n// y\n` + \"/* z */\" + b +c;\nreturned\nd(/\\/\\/ e/);\n";
        assert_eq!(without_comments(script), short);
        assert_eq!(without_comments("let a = ; // no"), "let a = ; // no");
    }

    /// WebKit knows the line of `text-decoration` in the short form, and its thickness only by the long name.
    #[test]
    fn the_theme_s_lines_are_written_as_every_browser_reads_them() {
        let css = include_bytes!("../../themes/plain/static/style.css").to_vec();
        let css = String::from_utf8(asset("style.css", css)).unwrap();
        let short = css.split("text-decoration:").skip(1).filter_map(|rest| rest.split([';', '}']).next());
        for value in short {
            assert!(!value.contains(' '), "text-decoration: {value}");
        }
    }

    #[test]
    fn style_sheets_and_scripts_get_shorter_and_pictures_stay() {
        let css = asset("style.css", b"body {\n  color: #ffffff;\n}\n".to_vec());
        assert_eq!(String::from_utf8(css).unwrap(), "body{color:#fff}");
        let js = asset("page.js", b"function hello() {\n  return 1;\n}\nhello();\n".to_vec());
        assert!(js.len() < 40 && js.starts_with(b"function hello()"), "{}", String::from_utf8_lossy(&js));
        assert_eq!(asset("a.svg", b"<svg>  </svg>".to_vec()), b"<svg>  </svg>");
    }

    #[test]
    fn a_page_keeps_its_meaning() {
        let html = b"<!doctype html><html lang=\"en\"><head><title>A</title></head><body><p class=\"a b\">x  y</p></body></html>";
        let short = String::from_utf8(page(html)).unwrap();
        assert!(short.starts_with("<!doctype html><html lang=en>") && short.contains("</body>"), "{short}");
    }
}
