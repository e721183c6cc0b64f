//! What is due, for a calendar: iCalendar (RFC 5545), a whole day for each date.
//!
//! The time stamp is the day of the run at midnight and no clock is asked, so that the same toolkit gives the same file. An
//! entry's UID is made from what it is about and not from its date: when a date moves, the calendar moves the entry.

use super::{Due, Matter, Status};
use crate::language::Date;
use crate::voice::Fingerprint;

/// The calendar's text: lines end with CR LF and are folded at 75 bytes.
#[must_use]
pub fn calendar(status: &Status) -> String {
    let mut out = Lines(String::new());
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//onevoice//status//EN");
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    out.text("X-WR-CALNAME", &status.toolkit);
    for due in &status.due {
        event(due, status, &mut out);
    }
    out.line("END:VCALENDAR");
    out.0
}

fn event(due: &Due, status: &Status, out: &mut Lines) {
    let (verb, then) = match due.what {
        Matter::Review => ("Look again", "Check that it is still true, then set review_by to a later day."),
        Matter::Consent => ("Consent ends", "Ask the person again, or take the story out."),
        Matter::Embargo => ("Embargo ends", "From this day it may be public: build and upload."),
    };
    // two toolkits in one calendar may have items of the same name
    let toolkit = Fingerprint::of_words(&status.toolkit).code();
    let what = Fingerprint::of_words(&format!("{} {}", verb, due.item));
    out.line("BEGIN:VEVENT");
    out.line(&format!("UID:{what}@{toolkit}.onevoice.invalid"));
    out.line(&format!("DTSTAMP:{}T000000Z", basic(status.today)));
    out.line(&format!("DTSTART;VALUE=DATE:{}", basic(due.date)));
    if let Some(next) = Date::from_unix_days(due.date.unix_days() + 1) {
        out.line(&format!("DTEND;VALUE=DATE:{}", basic(next)));
    }
    out.text("SUMMARY", &format!("{verb}: {}", due.item));
    let title = if due.title.is_empty() { String::new() } else { format!("{}\n", due.title) };
    out.text("DESCRIPTION", &format!("{title}{}\n{then}", due.file));
    if let Some(url) = due.url.as_ref().filter(|url| url.bytes().all(|byte| byte.is_ascii_graphic())) {
        out.line(&format!("URL:{url}"));
    }
    out.line("TRANSP:TRANSPARENT");
    out.line("END:VEVENT");
}

/// A day as calendars write it: `20261124`.
fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Lines of a calendar.
struct Lines(String);

impl Lines {
    /// Adds a line that is folded where it is longer than 75 bytes, never inside a character (RFC 5545, 3.1).
    fn line(&mut self, line: &str) {
        const LONGEST: usize = 75;
        let mut width = 0;
        for sign in line.chars() {
            if width + sign.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(sign);
            width += sign.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Adds a text (RFC 5545, 3.3.11): signs that mean something are escaped, control characters left out.
    fn text(&mut self, name: &str, text: &str) {
        let mut line = format!("{name}:");
        for sign in text.replace("\r\n", "\n").chars() {
            match sign {
                '\\' | ';' | ',' => line.extend(['\\', sign]),
                '\n' => line.push_str("\\n"),
                sign if sign.is_control() && sign != '\t' => {}
                sign => line.push(sign),
            }
        }
        self.line(&line);
    }
}
