//! `order-gap`: a message that an audience's `message_order` leaves out.

use std::collections::HashSet;
use std::sync::Arc;

use crate::check::phrase::{count, list};
use crate::check::{Fixed, Found, Group, Levels, Reads, Rule, Whole, Words};
use crate::finding::{At, KeyPath, Severity};
use crate::toolkit::id::{Id, Kind, Readers};

/// So many messages are named; of more, their number is.
const NAMED: usize = 5;

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "order-gap",
    group: Group::Answers,
    severity: Levels::always(Severity::Note),
    fixed: Fixed::Nothing,
    reads: Reads::Toolkit(look),
    docs: r"
A message that an audience sees and that is missing from its `message_order`.

### Why
The order says what this audience needs to hear first. A message that came later stands at the end, whether it belongs there
or not.

### Wrong
```yaml content/audiences/police.yaml
name: Police
ask: Refer people.
message_order: [safer]
```
```md content/messages/safer.md
---
title: Safer streets
claim: Help makes our streets safer.
---
Help works.
```
```md content/messages/follow-up.md
---
title: Somebody follows up
claim: Somebody follows up.
---
The same person calls.
```

### Right
```yaml content/audiences/police.yaml
name: Police
ask: Refer people.
message_order: [follow-up, safer]
```
```md content/messages/safer.md
---
title: Safer streets
claim: Help makes our streets safer.
---
Help works.
```
```md content/messages/follow-up.md
---
title: Somebody follows up
claim: Somebody follows up.
---
The same person calls.
```
",
};

fn look(whole: &Whole<'_>, found: &mut Found) {
    let view = whole.public();
    for audience in whole.toolkit.audiences.iter().filter(|audience| !audience.message_order.is_empty()) {
        let listed: HashSet<&Id> = audience.message_order.iter().collect();
        let shown = whole.toolkit.shown(Kind::Message, &view, audience.reader);
        let missing: Vec<&Id> = shown.map(|item| &item.id).filter(|id| !listed.contains(id)).collect();
        if missing.is_empty() {
            continue;
        }
        let named = &missing[..missing.len().min(NAMED)];
        let more = match missing.len() - named.len() {
            0 => String::new(),
            more => format!(" and {}", count(more, "more message")),
        };
        let at = At::value(Arc::clone(&audience.file), KeyPath::top("message_order"));
        let words = Words::new(format!("`message_order` leaves out {}{more}", list(named)))
            .label("these come last")
            .help(format!("add {} where this audience should hear it", list(named)));
        found.tell_of(Some(format!("audiences/{}", audience.id).into()), at, Readers::only(audience.reader), words);
    }
}
