//! An audience's home: its worries with their answers, what to say, what to print, the ask.

use tera::Value;

use crate::render::page::{Maker, items_of};
use crate::render::things;
use crate::toolkit::id::Kind;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    let Some(audience) = maker.site.toolkit.audience_of(maker.page.reader) else { return };
    maker.set("id", &*audience.id);
    maker.own_title(&audience.name);
    let shared = maker.shared;
    let summary = shared.audience.get_from_path("summary").cloned().unwrap_or_else(Value::none);
    maker.set("summary", summary);
    maker.set(
        "trail",
        vec![maker.shared.trail.as_array().and_then(|trail| trail.first().cloned()).unwrap_or_else(Value::none)],
    );
    maker.set("messages", shared.messages.clone());
    let questions: Vec<Value> = shared.questions.iter().map(|(_, question)| question.clone()).collect();
    maker.set("likely", likely(&questions));
    maker.set("questions", Value::from(questions));
    let (points, seconds) = points(maker, usize::MAX);
    maker.set("seconds", seconds);
    maker.set("points", points);
    for key in ["ask_html", "summary_html"] {
        let html = shared.audience.get_from_path(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        maker.print(&html);
    }
    for list in ["concerns"] {
        for concern in shared.audience.get_from_path(list).and_then(Value::as_array).unwrap_or_default() {
            print_concern(maker, concern);
        }
    }
}

fn print_concern(maker: &mut Maker<'_, '_>, concern: &Value) {
    let text =
        |value: &Value, key: &str| value.get_from_path(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let says = text(concern, "says_html");
    maker.print(&says);
    for answer in concern.get_from_path("answers").and_then(Value::as_array).unwrap_or_default() {
        let (title, lead) = (text(answer, "title_html"), text(answer, "lead_html"));
        maker.print(&title);
        maker.print(&lead);
    }
}

/// The questions that are asked often.
pub(super) fn likely(questions: &[Value]) -> Value {
    let likely = |question: &&Value| question.get_from_path("likely").and_then(Value::as_bool) == Some(true);
    Value::from(questions.iter().filter(likely).cloned().collect::<Vec<_>>())
}

/// The first `most` points of the page's reader, and how many seconds they take: the sum of what stands beside them.
pub(super) fn points(maker: &mut Maker<'_, '_>, most: usize) -> (Value, u32) {
    let items = items_of(maker, Kind::TalkingPoint);
    let mut total = 0;
    let mut list = Vec::with_capacity(items.len().min(most));
    for at in items.into_iter().take(most) {
        let (teller, mut place) = maker.place();
        let (value, count) = things::point(at, &teller, &mut place);
        total += things::seconds(count, &teller);
        for key in ["point_html", "html"] {
            let html = value.get_from_path(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            maker.print(&html);
        }
        list.push(value);
    }
    (Value::from(list), total)
}
