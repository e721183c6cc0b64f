//! `claim-changed`: a claim that is quoted in other words.

use std::collections::HashSet;

use crate::check::alike::{Alike, Bag, sequence};
use crate::check::quotations::quotations;
use crate::check::{Fixed, Found, Ground, Group, Levels, Reads, Rule, Text, TextLook, Words};
use crate::finding::{KeyPath, Severity};
use crate::voice::claims;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "claim-changed",
    group: Group::OneVoice,
    severity: Levels::always(Severity::Note),
    fixed: Fixed::Nothing,
    reads: Reads::Text(look),
    docs: r#"
A text in quotation marks that is nearly a message's claim, but not quite.

It shares at least 0.7 of the claim's words. Capital letters and punctuation do not matter.

### Why
The claim is the sentence that all partners have agreed on. Where it is quoted, it is quoted as it is; a claim that is a
little different in each place is no longer one.

### Wrong
```md content/messages/safer.md
---
title: Safer
claim: When an officer brings in help right away, our whole town is safer.
---
```
```md content/faqs/what-do-you-say.md
---
question: What do you say?
---
We say "When an officer brings in help right away, our city is safer."
```

### Right
```md content/messages/safer.md
---
title: Safer
claim: When an officer brings in help right away, our whole town is safer.
---
```
```md content/faqs/what-do-you-say.md
---
question: What do you say?
---
We say "When an officer brings in help right away, our whole town is safer."
```
"#,
};

fn look<'a>(ground: &'a Ground<'a>) -> TextLook<'a> {
    let claims = claims(ground.toolkit);
    let sequences: Vec<Vec<u64>> = claims.iter().map(|(_, claim)| sequence(claim.text())).collect();
    let exact: HashSet<Vec<u64>> = sequences.iter().cloned().collect();
    let alike = Alike::new(sequences.iter().cloned().map(Bag::new).collect());
    Box::new(move |text: &Text<'_>, found: &mut Found| {
        if text.key() == Some("claim") {
            return;
        }
        for (block, words) in text.blocks() {
            for quoted in quotations(words) {
                let said = sequence(&words[quoted.clone()]);
                if exact.contains(&said) {
                    continue;
                }
                let near = alike
                    .near(&Bag::new(said.clone()))
                    .into_iter()
                    .max_by_key(|(n, shared)| (*shared, std::cmp::Reverse(*n)));
                let Some((n, _)) = near else { continue };
                let range = block.range.start + quoted.start..block.range.start + quoted.end;
                let whole = sequences.get(n).is_some_and(|claim| said.windows(claim.len()).any(|part| part == *claim));
                if whole || text.is_code(&range) {
                    continue;
                }
                let Some((item, claim)) = claims.get(n) else { continue };
                let told = Words::new(format!("this is nearly the claim of `{}`, but not quite", item.name()))
                    .label("quoted in other words")
                    .help(format!("write “{}”, or leave the quotation marks out", claim.text()))
                    .related(&item.at(KeyPath::top("claim")), "the claim");
                found.tell(text.at(range), text.readers(), told);
            }
        }
    })
}
