//! The partners edition: the board, the worries, the messages side by side, the drill, the brief; and none of it in public.

use std::collections::BTreeMap;

use onevoice::voice::Fingerprint;

use crate::html::Page;
use crate::sample;
use crate::toolkit::Toolkit;

/// The pages of an edition by path.
fn pages(toolkit: &Toolkit, edition: &str, options: &[&str]) -> BTreeMap<String, String> {
    toolkit.build(&[&["--edition", edition], options].concat());
    let html = toolkit.site(edition).into_iter().filter(|(name, _)| name.ends_with(".html"));
    html.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

fn text(html: &str) -> String {
    let page = Page::read(html);
    assert_eq!(page.wrong, [""; 0]);
    page.text
}

/// A toolkit with as many audiences; each has a worry of its own and one that all share, which a question answers.
fn toolkit(audiences: usize) -> Toolkit {
    let toolkit = Toolkit::empty();
    toolkit.write("toolkit.yaml", "title: Ours\napprovals: {required: [chair]}\n");
    let answers = if audiences > 0 { "answers: [safe]\n" } else { "" };
    let message = format!("---\ntitle: Safer\nclaim: We all gain.\n{answers}---\nYes.\n");
    toolkit.write("content/messages/safer.md", message);
    for n in 0..audiences {
        let profile = format!(
            "name: Readers {n}\nask: Call us.\nreviewers: [reader {n}]\nconcerns:\n  - {{id: safe, says: Am I safe?}}\n  \
             - {{id: own-{n}, says: Who pays in town {n}?}}\n"
        );
        toolkit.write(&format!("content/audiences/a{n}.yaml"), profile);
    }
    toolkit
}

#[test]
fn members_have_a_board_worries_and_each_message_side_by_side_and_nobody_else_has() {
    let toolkit = sample();
    let (public, partners) = (pages(&toolkit, "public", &[]), pages(&toolkit, "partners", &[]));
    for own in [
        "board/",
        "coverage/",
        "compare/safer/",
        "review/police-liaison/",
        "police/tough-questions/",
        "police/brief/",
        "police/profile/",
    ] {
        let name = format!("{own}index.html");
        assert!(partners.contains_key(&name) && !public.contains_key(&name), "{name}");
        let public_address = format!("example.org/toolkit/{own}");
        assert!(!partners[&name].contains(&public_address), "{name}: nothing is there");
    }
    assert_eq!(partners.keys().filter(|name| name.starts_with("compare/")).count(), 8, "one for each message");
    for (name, html) in &public {
        for word in ["board/", "coverage/", "compare/", "review/", "class=\"band\""] {
            assert!(!html.contains(word), "{name}: {word}");
        }
    }
    let framed =
        |pages: &BTreeMap<String, String>| pages.values().filter(|html| html.contains("alert partners")).count();
    assert!(framed(&partners) > 20 && framed(&public) == 0, "{} pages with a frame", framed(&partners));
    for (name, html) in &partners {
        assert_eq!(html.matches("class=\"band\">Partners only").count(), 1, "{name}");
        if name.contains("messages/safer/") {
            assert!(html.contains("compare/safer/\""), "{name} leads to its side by side");
        }
    }
    assert!(partners["index.html"].contains("href=\"./board/\"") && partners["index.html"].contains("./coverage/\""));
}

#[test]
fn a_site_without_audiences_with_one_and_with_twelve_has_these_pages() {
    for count in [0, 1, 12] {
        let toolkit = toolkit(count);
        for options in [&[][..], &["--offline"], &["--minify"]] {
            let pages = pages(&toolkit, "partners", options);
            let all: Vec<String> = pages.values().map(|html| text(html)).collect();
            assert!(all.len() > 4);
            let board = text(&pages["board/index.html"]);
            // the message for everyone and each audience, and each audience's ask: by the chair and the own reviewer
            let asked = 1 + count * 4;
            assert!(board.contains(&format!("0 of {asked} sign-offs are in place")), "{count}: {board}");
            assert_eq!(pages.contains_key("coverage/index.html"), count > 0);
            let compare = text(&pages["compare/safer/index.html"]);
            assert!(compare.contains("The same for all who read it"), "{count}: {compare}");
        }
    }
}

#[test]
fn worries_without_an_answer_come_first_with_the_command_that_answers_them() {
    let toolkit = toolkit(2);
    let item = |key: &str, id: &str| format!("---\nquestion: Who pays?\nanswers: [own-{id}]\n{key}\n---\nWe do.\n");
    toolkit.write("content/faqs/own-0.md", item("draft: true", "0"));
    toolkit.write("content/faqs/later.md", item("embargo: 2026-12-24", "1"));
    let page = pages(&toolkit, "partners", &[]).remove("coverage/index.html").unwrap();
    let (gaps, rest) = page.split_once("id=\"matrix_\"").unwrap();
    let told = text(&gaps.replace("<section", "<div").replace("</section>", "</div>").replace("<main", "<div"));
    assert!(page.contains("2 of 4 worries have a public answer"));
    assert!(told.contains("Who pays in town 0?") && told.contains("Who pays in town 1?"), "{told}");
    assert!(!told.contains("Am I safe?"), "{told}");
    assert!(told.contains("onevoice new faq own-0-a0 answers: [own-0]"), "a taken id is not offered: {told}");
    assert!(told.contains("Drafts: 1") && told.contains("public from December 24, 2026"), "{told}");
    assert!(rest.contains("a0/messages/safer/\">Safer<span"), "the answers are links");
    // the rows of the table: those with gaps, then the shared worry
    let rows: Vec<&str> = rest.split("<tr>").skip(2).collect();
    assert!(rows[0].contains("town 0") && rows[1].contains("town 1") && rows[2].contains("Am I safe?"), "{rows:?}");
    assert_eq!(rows[2].matches("answers</span>").count(), 2);
    assert!(rows[0].contains("<strong>none</strong>") && rows[0].contains("<td></td>"));
}

#[test]
fn side_by_side_marks_the_words_that_differ_and_no_others() {
    let toolkit = toolkit(3);
    let message = "---\ntitle: Safer\nclaim: We all gain.\nsound_bite:\n  else: You decide who goes now.\n  a0: Owners \
        decide who goes now.\n  a1: You decide who goes.\nthirty_seconds: {a2: Only you.}\n---\nOne text.\n\n\
        ::: partners-only\nHidden from readers.\n:::\n";
    toolkit.write("content/messages/safer.md", message);
    let html = pages(&toolkit, "partners", &[]).remove("compare/safer/index.html").unwrap();
    let bite = html.split("id=\"sound_bite_\"").nth(1).unwrap().split("</section>").next().unwrap();
    let versions: Vec<String> = bite.split("<article").skip(1).map(|it| it.split_once('>').unwrap().1.into()).collect();
    assert_eq!(versions.len(), 3, "{bite}");
    assert!(versions[0].contains("Everyone, Readers 2") && !versions[0].contains("<mark>"), "{bite}");
    let marked =
        "<mark><span class=\"unseen\">differs: </span>Owners<span class=\"unseen\"> (end)</span></mark> decide";
    assert!(versions[1].contains(marked) && versions[1].matches("<mark>").count() == 1, "{}", versions[1]);
    assert!(versions[2].contains("<b>Leaves out:</b> “now.”") || versions[2].contains("goes."), "{}", versions[2]);
    assert!(text(&html).contains("Without this text: Everyone, Readers 0, Readers 1"), "{}", text(&html));
    assert!(!html.contains("Hidden from readers"), "what audiences do not read is not compared");
}

#[test]
fn the_board_says_who_signed_when_and_which_words_changed_since() {
    let toolkit = toolkit(2);
    let words = |title: &str| format!("[title]\n{title}\n\n[claim]\nWe all gain.\n\n[text]\nYes.\n");
    let (old, today) = (words("Safer streets"), words("Safer"));
    let print = |words: &str| Fingerprint::of_text(words).to_string();
    let entry = |audience: &str, by: &str, text: &str| {
        format!(
            "  - {{item: messages/safer, audience: {audience}, by: {by}, on: 2026-11-0{}, text: '{text}'}}\n",
            by.len()
        )
    };
    let lost = "0".repeat(print(&old).len());
    let all = [
        entry("a0", "chair", &print(&old)),
        entry("a1", "chair", &print(&old)),
        entry("general", "chair", &print(&today)),
        entry("a0", "reader 0", &lost),
    ];
    toolkit.write("content/approvals.yaml", format!("approvals:\n{}", all.concat()));
    toolkit.write(&format!("content/approvals/{}.txt", print(&old)), &old);
    toolkit.write(
        "content/wins/first.md",
        "---\ntitle: We won\ndate: 2026-05-01\nsize: small\nkind: partner\nreview_by: 2026-11-24\n---\nYes.\n",
    );
    let html = pages(&toolkit, "partners", &[]).remove("board/index.html").unwrap();
    let told = text(&html);
    assert!(told.contains("1 of 9 sign-offs are in place"), "{told}");
    let gone =
        "<p>Safer <del><span class=\"unseen\">taken out: </span>streets<span class=\"unseen\"> (end)</span></del></p>";
    assert_eq!(html.matches(gone).count(), 1, "once for both audiences: {html}");
    assert!(told.contains("Safer: Readers 0, Readers 1 Signed by chair on November 5, 2026."), "{told}");
    assert!(!told.contains("Claim"), "a text that did not change is not shown: {told}");
    assert!(told.contains("onevoice approve messages/safer --by chair --audience a1"), "{told}");
    assert!(
        told.contains("onevoice approve messages/safer --by &quot;reader 0&quot;")
            || told.contains("--by \"reader 0\" --audience a0"),
        "{told}"
    );
    assert!(told.contains("were not kept"), "{told}");
    assert!(
        told.contains("chair (required): Signed , November 5, 2026")
            || told.contains("chair (required): Signed, November 5, 2026"),
        "{told}"
    );
    assert!(told.contains("reader 1: Not yet"), "{told}");
    assert!(told.contains("November 24, 2026 Overdue Look again at: We won wins/first"), "{told}");
}

#[test]
fn a_tough_question_is_a_drill_and_the_brief_has_its_short_answer() {
    let toolkit = toolkit(1);
    let question = "---\nquestion: Is it soft?\nbridge: Let me tell you.\ntempting: No.\nwhy_it_fails: They hear soft.\n\
        never_say: [Soft]\nwho_answers: The chair\n---\nWe follow up.\n\nEvery week, in person.\n";
    toolkit.write("content/tough-questions/soft.md", question);
    let pages = pages(&toolkit, "partners", &[]);
    let drill = text(&pages["a0/tough-questions/index.html"]);
    let order =
        ["Is it soft?", "No.", "They hear soft.", "Let me tell you.", "We follow up.", "Every week, in person."];
    let places: Vec<usize> =
        order.iter().map(|words| drill.find(words).unwrap_or_else(|| panic!("{words}: {drill}"))).collect();
    assert!(places.is_sorted(), "{drill}");
    assert!(drill.contains("11 words, 5 seconds"), "{drill}");
    assert_eq!(pages["a0/tough-questions/index.html"].matches("<details>").count(), 2, "both are folded");
    let brief = text(&pages["a0/brief/index.html"]);
    for words in ["We all gain.", "Is it soft?", "Let me tell you. We follow up.", "Never say: Soft", "Call us."] {
        assert!(brief.contains(words), "{words}: {brief}");
    }
    assert!(!brief.contains("Every week"), "{brief}");
}

#[test]
fn members_read_the_whole_word_list_and_whom_to_ask_next() {
    let toolkit = toolkit(1);
    toolkit.write(
        "content/terms.yaml",
        "terms:\n  - {avoid: [rats], say: [people], why: It hurts., level: stop}\n  - {avoid: [soft on crime], why: It is \
         theirs., level: change, slogan: true, audiences: {a0: {off: true, note: They say it.}}}\n",
    );
    toolkit
        .write("content/partners.yaml", "partners:\n  - {id: church, name: The church, type: faith, says: We help.}\n");
    let pages = pages(&toolkit, "partners", &[]);
    let words = text(&pages["words/index.html"]);
    for told in [
        "Never Say: people Instead of: rats It hurts.",
        "soft on crime Slogan: do not repeat it",
        "Readers 0: Fine here. They say it.",
    ] {
        assert!(words.contains(told), "{told}: {words}");
    }
    let partners = text(&pages["partners/index.html"]);
    assert!(partners.contains("Nobody yet") && partners.contains("Housing and homelessness"), "{partners}");
    assert!(partners.contains("“We help.” Not approved yet: do not use it."), "{partners}");
    assert_eq!(partners.matches("Faith communities").count(), 1, "it has somebody: {partners}");
}
