//! The message house: all messages as everyone reads them.

use tera::Value;

use crate::render::page::Maker;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("messages"));
    let messages = maker.shared.messages.clone();
    for message in messages.as_array().unwrap_or_default() {
        for key in ["title_html", "claim_html", "summary_html"] {
            let html = message.get_from_path(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            maker.print(&html);
        }
    }
    maker.set("messages", messages);
}
