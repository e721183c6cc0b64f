//! What becomes of our own HTML on paper.

use super::*;
use crate::handout::content::words;

fn paragraph(text: &str) -> Block {
    Block::Paragraph { runs: vec![Run::plain(text)], look: Look::Text }
}

#[test]
fn words_keep_their_dress_and_signs_of_a_writer_are_text() {
    let got = runs(
        "Tom &amp; <strong>Jer<em>ry</em></strong>,\n &lt;b&gt; <a href=\"tel:5\">call</a><sup data-note=\"2\">2</sup>.",
        true,
    );
    let strong = Run::strong("Jer");
    assert_eq!(
        got,
        [
            Run::plain("Tom & "),
            strong.clone(),
            Run { text: "ry".into(), emphasis: true, ..strong },
            Run::plain(", <b> "),
            Run { text: "call".into(), link: Some("tel:5".into()), ..Run::default() },
            Run { note: Some(2), ..Run::default() },
            Run::plain("."),
        ]
    );
}

#[test]
fn short_items_and_long_ones_are_paragraphs_in_lists() {
    let html = "<ul>\n<li>a</li>\n<li><p>b</p>\n<ol start=\"3\">\n<li>c</li>\n</ol>\n</li>\n</ul>\n";
    let inner = Block::List { start: Some(3), items: vec![vec![paragraph("c")]] };
    let list = Block::List { start: None, items: vec![vec![paragraph("a")], vec![paragraph("b"), inner]] };
    assert_eq!(read(html, 2), [list]);
}

fn read(html: &str, level: u8) -> Vec<Block> {
    blocks(html, level, &|_| None)
}

#[test]
fn a_picture_stands_by_itself_and_is_told_where_it_can_t() {
    let picture = |alt: &str| Block::Picture { picture: None, alt: alt.into(), file: "a b.png".into() };
    let img = |alt: &str| format!("<img src=\"a b.png\" alt=\"{alt}\" loading=\"lazy\">");
    let html = format!("<p>One {} two.</p>\n<ul>\n<li>{}</li>\n</ul>\n", img("A &quot;street&quot;"), img("A door"));
    let list = Block::List { start: None, items: vec![vec![picture("A door")]] };
    assert_eq!(read(&html, 2), [paragraph("One"), picture("A \"street\""), paragraph("two."), list]);
    let html = format!("<h2 id=\"a\">See {}</h2><dl>\n<dt>{}</dt>\n<dd>m</dd>\n</dl>", img("it"), img("t"));
    let term = Term { runs: vec![Run::plain("t")], blocks: vec![paragraph("m")] };
    let heading = Block::Heading { level: 2, runs: vec![Run::plain("See it")] };
    assert_eq!(read(&html, 2), [heading, Block::Terms { items: vec![term] }]);
    assert_eq!(words(&runs(&format!("One {} two", img("A street")), false)), "One two");
    assert_eq!(words(&runs(&format!("One {} two", img("A street")), true)), "One A street two");
}

#[test]
fn where_a_picture_leads_stands_under_it() {
    let got = read("<p><a href=\"https://example.org/a/\"><img src=\"a.png\" alt=\"A\"></a> b</p>", 2);
    let link = Run { link: Some("https://example.org/a/".into()), ..Run::plain("example.org/a") };
    let [Block::Picture { .. }, Block::Paragraph { runs, .. }, last] = &got[..] else { panic!("{got:?}") };
    assert_eq!((&runs[..], last), (&[link][..], &paragraph("b")));
}

#[test]
fn no_level_of_headings_is_left_out() {
    let html = "<h2 id=\"a\">A</h2>\n<h4 id=\"b\">B</h4>\n<h3>C</h3><h2>D</h2>";
    let levels: Vec<u8> =
        read(html, 3).iter().map(|block| if let Block::Heading { level, .. } = block { *level } else { 0 }).collect();
    assert_eq!(levels, [3, 4, 4, 3]);
}

#[test]
fn tables_are_even_and_terms_have_meanings() {
    let html = "<div class=\"table\"><table>\n<thead><tr><th scope=\"col\">A</th><td></td></tr></thead><tbody>\n\
        <tr><td class=\"right\">1</td></tr></tbody></table></div>\n\
        <dl>\n<dt>t</dt>\n<dd>m</dd>\n<dd>n</dd>\n</dl>";
    let cell = |text: &str| Cell { runs: vec![Run::plain(text)], align: Align::Start };
    let rows = vec![vec![Cell { align: Align::End, ..cell("1") }, Cell::default()]];
    let term = Term { runs: vec![Run::plain("t")], blocks: vec![paragraph("m"), paragraph("n")] };
    assert_eq!(
        read(html, 2),
        [Block::Table { head: vec![cell("A"), Cell::default()], rows }, Block::Terms { items: vec![term] }]
    );
}

#[test]
fn what_is_nested_a_thousand_times_keeps_its_words_and_ends() {
    let html = format!("{}x{}", "<blockquote>\n".repeat(5_000), "</blockquote>\n".repeat(5_000));
    let got = read(&html, 2);
    let mut lines = Vec::new();
    got.iter().for_each(|block| block.lines(&mut lines));
    assert_eq!(lines, ["x"]);
}

#[test]
fn notes_have_titles_and_footnotes_no_way_back() {
    let html = "<aside class=\"alert tip\"><p class=\"alert-title\">Tip</p>\n<p>Do.</p>\n</aside>\n<p>x\
        <sup class=\"note\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">a</a></sup></p>\n\
        <div class=\"footnotes\" role=\"doc-endnotes\"><ol type=\"a\">\n<li id=\"fn-1\"><p>y</p>\n\
        <a href=\"#fnref-1\" role=\"doc-backlink\">Back ↩</a></li>\n</ol></div>\n";
    let got = read(html, 2);
    assert_eq!(got[0], Block::Note { title: "Tip".into(), partners: false, blocks: vec![paragraph("Do.")] });
    let Block::Paragraph { runs, .. } = &got[1] else { panic!("{got:?}") };
    assert!(runs[1].raised && words(runs) == "xa");
    let Block::Paragraph { runs, .. } = &got[3] else { panic!("{got:?}") };
    assert!(runs[0].raised && words(runs) == "a y");
}
