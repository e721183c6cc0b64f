//! The list of rules, one file each, in the order of the contract's table.
//!
//! A rule's `docs` are Markdown: a first sentence, then `### Why`, `### Wrong`, `### Right`. In the last two an example
//! is a fence whose info string ends with the path of the file it shows: ```` ```md content/faqs/who-pays.md ````.
//! The files under one heading are one toolkit, and what every toolkit needs (`title`, one audience) is added where
//! it is not shown: under *Wrong* the rule finds something, under *Right* it finds nothing. Where no text can show
//! it (a wrong encoding, a file that is too large) there is no fence with a path.

mod address_taken;
mod avoided_term;
mod bad_accept;
mod bad_id;
mod bad_scheme;
mod broken_anchor;
mod broken_link;
mod claim_changed;
mod contradiction;
mod contrast;
mod drift;
mod duplicate_id;
mod expired_fact;
mod fact_not_for_audience;
mod figure_first;
mod figure_mismatch;
mod figure_retyped;
mod forbidden_wording;
mod foreign_syntax;
mod heading_skip;
mod held_back_figure;
mod lead_too_long;
mod missing_alt;
mod missing_ask;
mod missing_file;
mod missing_glyph;
mod missing_key;
mod no_base_url;
mod not_utf8;
mod order_gap;
mod orphan;
mod picture_place;
mod raw_html;
mod reading_grade;
mod review_overdue;
mod sheet_too_long;
mod slogan_in_heading;
mod sound_bite;
mod spoken_length;
mod stale_approval;
mod story_consent;
mod tailoring;
mod template;
mod too_large;
mod unanswered_concern;
mod uncited_figure;
mod unfilled;
mod unknown_audience;
mod unknown_file;
mod unknown_key;
mod unknown_reference;
mod unpaired_fact;
mod unprinted_picture;
mod unreadable;
mod unsigned;
mod unused_accept;
mod yaml;

use super::Rule;

/// Every rule, in the contract's order.
pub static ALL: &[&Rule] = &[
    // structure
    &yaml::RULE,
    &unknown_key::RULE,
    &missing_key::RULE,
    &unknown_audience::RULE,
    &unknown_reference::RULE,
    &tailoring::RULE,
    &duplicate_id::RULE,
    &address_taken::RULE,
    &bad_id::RULE,
    &not_utf8::RULE,
    &too_large::RULE,
    &unreadable::RULE,
    &template::RULE,
    &bad_accept::RULE,
    &unknown_file::RULE,
    &foreign_syntax::RULE,
    // answers
    &unanswered_concern::RULE,
    &missing_ask::RULE,
    &lead_too_long::RULE,
    &orphan::RULE,
    &order_gap::RULE,
    // facts
    &uncited_figure::RULE,
    &figure_mismatch::RULE,
    &figure_retyped::RULE,
    &forbidden_wording::RULE,
    &held_back_figure::RULE,
    &expired_fact::RULE,
    &unpaired_fact::RULE,
    &fact_not_for_audience::RULE,
    &figure_first::RULE,
    // words
    &avoided_term::RULE,
    &slogan_in_heading::RULE,
    // one voice
    &drift::RULE,
    &contradiction::RULE,
    &claim_changed::RULE,
    // length
    &sound_bite::RULE,
    &spoken_length::RULE,
    &sheet_too_long::RULE,
    &missing_glyph::RULE,
    &unprinted_picture::RULE,
    // reading
    &reading_grade::RULE,
    // sign-off
    &unsigned::RULE,
    &stale_approval::RULE,
    &review_overdue::RULE,
    &unfilled::RULE,
    &story_consent::RULE,
    // web
    &broken_link::RULE,
    &broken_anchor::RULE,
    &missing_file::RULE,
    &missing_alt::RULE,
    &bad_scheme::RULE,
    &contrast::RULE,
    &picture_place::RULE,
    &raw_html::RULE,
    &heading_skip::RULE,
    &unused_accept::RULE,
    &no_base_url::RULE,
];

/// All docs as one page of the manual (docs/rules.md).
#[must_use]
pub fn manual() -> String {
    let mut text = String::from(
        "# The rules\n\n<!-- made from src/check/rules: UPDATE_EXPECT=1 cargo test manual -->\n\n\
         Each finding names its rule; `onevoice explain RULE` prints what stands here. \
         `checks:` in toolkit.yaml changes how much a rule weighs.\n\n\
         | rule | group | weighs |\n|---|---|---|\n",
    );
    for rule in ALL {
        text += &format!("| [`{0}`](#{0}) | {1} | {2} |\n", rule.name, rule.group.name(), rule.weight());
    }
    for rule in ALL {
        text += &format!("\n## {}\n\n*{}: {}*\n\n{}\n", rule.name, rule.group.name(), rule.weight(), rule.docs.trim());
    }
    text
}
