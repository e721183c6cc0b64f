//! The audiences' worries with what answers them, those that nothing answers first. Partners only.

use tera::Value;

use crate::plan::coverage::{Covered, coverage};
use crate::render::dates::in_words;
use crate::render::fields::{Fields, maybe};
use crate::render::page::{Maker, Site};
use crate::render::things::{link, shown};
use crate::toolkit::audience::{Audience, Concern};
use crate::toolkit::edition::Edition;
use crate::toolkit::id::{Kind, Reader};

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    if maker.site.view.key().is_none() {
        return;
    }
    maker.own_title(maker.word("coverage"));
    let site = maker.site;
    let all = coverage(site.toolkit, site.view);
    let mut rows: Vec<Row> = Vec::new();
    let mut gaps = Vec::new();
    let columns = site.toolkit.audiences.len();
    for covered in &all {
        let Some(audience) = site.toolkit.audience_of(covered.audience) else { continue };
        let Some(concern) = audience.concerns.get(covered.concern) else { continue };
        maker.print(&concern.says);
        let entry = entry(site, audience, concern, covered);
        let gap = covered.answers.is_empty();
        if gap {
            gaps.push(entry.clone());
        }
        let at = rows.iter().position(|row| row.id == &*concern.id).unwrap_or_else(|| {
            let says = entry.get_from_path("says").cloned().unwrap_or_else(Value::none);
            rows.push(Row { id: &concern.id, says, gaps: 0, cells: vec![Value::none(); columns] });
            rows.len() - 1
        });
        let (Some(row), Some(column)) = (rows.get_mut(at), covered.audience.index()) else { continue };
        row.gaps += usize::from(gap);
        if let Some(cell) = row.cells.get_mut(column) {
            *cell = entry;
        }
    }
    // those with gaps first, each in the order of the profiles
    rows.sort_by_key(|row| row.gaps == 0);
    maker.set("answered", all.len() - gaps.len());
    maker.set("total", all.len());
    maker.set("gaps", Value::from(gaps));
    maker.set("concerns", Value::from(rows.into_iter().map(Row::value).collect::<Vec<_>>()));
}

/// A worry, and a cell for each audience.
struct Row<'a> {
    id: &'a str,
    /// In the words of the first audience that has it.
    says: Value,
    gaps: usize,
    cells: Vec<Value>,
}

impl Row<'_> {
    fn value(self) -> Value {
        Fields::with(4)
            .set("id", self.id)
            .set("says", self.says)
            .set("gaps", self.gaps)
            .set("cells", Value::from(self.cells))
            .into()
    }
}

fn entry(site: &Site<'_>, audience: &Audience, concern: &Concern, covered: &Covered) -> Value {
    let told = audience.reader.index().and_then(|n| site.voice.audiences.get(n)?.concerns.get(covered.concern));
    let teller = site.teller(audience.reader);
    let (waiting, drafts): (Vec<usize>, Vec<usize>) = covered
        .waiting
        .iter()
        .partition(|n| site.toolkit.all_items().get(**n).is_some_and(|item| item.for_view(site.view).is_ok()));
    let answers = |numbers: &[usize]| {
        Value::from(numbers.iter().filter_map(|n| answer(site, *n, audience.reader)).collect::<Vec<_>>())
    };
    let short = site.short(audience.reader);
    Fields::with(10)
        .set("audience", short)
        .set("id", &*concern.id)
        .set("anchor", format!("{}--{}", concern.id, audience.id))
        .set("says", told.map(|says| teller.plain(says).into_owned()).unwrap_or_default())
        .html("says_html", &told.map(|says| teller.bare(says)).unwrap_or_default())
        .set("answers", answers(&covered.answers))
        .set("waiting", answers(&waiting))
        .set("drafts", drafts.len())
        .set("members", members(site, audience.reader, concern))
        .set("command", command(site, audience, concern))
        .into()
}

/// A message or question in the list of what answers.
fn answer(site: &Site<'_>, n: usize, reader: Reader) -> Option<Value> {
    let guarded = site.toolkit.all_items().get(n)?;
    let item = guarded.for_view(site.view).ok()?;
    let teller = site.teller(reader);
    let title = site.voice.items.get(n)?.text(item.heading_key, reader)?;
    let address = site.links().item(u32::try_from(n).ok()?, reader)?;
    let embargo = guarded.embargo().filter(|day| *day > site.view.today);
    let day = embargo.map(|day| in_words(day, &site.theme.words));
    let fields = Fields::with(4).set("kind", item.kind.name()).set("title", teller.plain(title));
    Some(fields.set("path", teller.path(&address)).set("embargo_text", maybe(day.as_deref())).into())
}

/// What answers it among members alone: tough questions, and messages and questions of the partners edition.
fn members(site: &Site<'_>, reader: Reader, concern: &Concern) -> Value {
    let links = site.links();
    let kinds = [Kind::Message, Kind::Faq, Kind::ToughQuestion].into_iter();
    let items = kinds.flat_map(|kind| shown(links, kind, reader)).filter(|at| {
        let edition = site.toolkit.all_items().get(at.n).map(crate::toolkit::edition::Guarded::edition);
        edition == Some(Edition::Partners) && at.item.answers.contains(&concern.id)
    });
    let teller = site.teller(reader);
    let links = items.filter_map(|at| {
        let title = site.voice.items.get(at.n)?.text(at.item.heading_key, reader)?;
        let address = links.item(u32::try_from(at.n).ok()?, reader)?;
        Some(link(&teller.plain(title), &teller.path(&address)))
    });
    Value::from(links.collect::<Vec<_>>())
}

/// What to type to fill a gap.
fn command(site: &Site<'_>, audience: &Audience, concern: &Concern) -> String {
    let taken = site.toolkit.item_index(Kind::Faq, &concern.id).is_some();
    let id = if taken { format!("{}-{}", concern.id, audience.id) } else { concern.id.to_string() };
    format!("onevoice new faq {id}")
}
