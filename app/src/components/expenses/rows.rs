//! The rows that the page of the expenses knows: those it was sent with, and in a browser those that were fetched while
//! one scrolled. The table shows a run of them. They stand above the table, so that a cell that is open outlives a table
//! that is drawn anew.
use super::{
    address::{Address, PAGE},
    frame::Frame,
    selection::sums,
};
use crate::{
    api::{queries::EXPENSES_PER_PAGE, views::ExpensePage},
    session::use_page,
    ui::Picks,
};
use domain::{expense::Expense, ids::UserId, money::Money};
use leptos::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    ops::RangeInclusive,
    sync::Arc,
};

/// Pages that are kept at most.
#[cfg(feature = "hydrate")]
const KEPT: usize = 40;

/// A row in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Another number for each thing that a row has said.
    pub edition: u32,
    /// Its place in the whole list, from 1.
    pub place: u64,
    pub row: Arc<Expense>,
}

/// A row and the number of what it says.
type Entry = (u32, Arc<Expense>);

#[derive(Debug, Default)]
struct Known {
    /// Filters and order; other ones are another list.
    query: String,
    pages: BTreeMap<u32, Vec<Entry>>,
    /// Pages that may have changed since.
    old: BTreeSet<u32>,
    /// How many pages there are.
    count: u32,
    /// The page that one sees, once one has scrolled.
    seen: Option<u32>,
    /// The pages that are wanted in the table.
    wanted: Option<RangeInclusive<u32>>,
    /// Counts lists and what was read anew, so that an answer that comes late is known.
    round: u32,
    edition: u32,
}

/// See above.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    known: StoredValue<Known>,
    lines: RwSignal<Vec<Line>>,
    frame: RwSignal<Arc<Frame>>,
    total: RwSignal<u64>,
    gaps: RwSignal<(u32, u32)>,
    /// Counts how often all of the table was drawn anew.
    drawn: RwSignal<u32>,
    // Worked out here and not in the table: a table that goes still hears of what the next one shows.
    ids: Signal<Vec<String>>,
    high: Signal<u64>,
    picked: Memo<(usize, Vec<Money>)>,
    me: Option<UserId>,
}

impl Rows {
    /// None so far; call it in a page.
    pub fn in_page(picks: Picks) -> Self {
        let known = StoredValue::default();
        let (lines, total, drawn) = (RwSignal::new(Vec::<Line>::new()), RwSignal::new(0), RwSignal::new(0));
        let picked = move |_: Option<&_>| {
            lines.track();
            drawn.track();
            sums(fitting(known, |id| picks.has(id)).iter().map(Arc::as_ref))
        };
        Self {
            known,
            lines,
            frame: RwSignal::new(Arc::default()),
            total,
            ids: Signal::derive(move || lines.with(|lines| lines.iter().map(|line| line.row.id.to_string()).collect())),
            high: Signal::derive(move || total.get() + 1),
            picked: Memo::new(picked),
            gaps: RwSignal::new((0, 0)),
            drawn,
            me: use_page().viewer.map(|viewer| viewer.id),
        }
    }

    /// What the page asks for: `query`, but where that list stands in the table already, the page of it that one sees.
    pub fn query(self, query: &str) -> String {
        let asked = Address::read(query);
        let list = asked.list();
        let seen = self.known.with_value(|known| known.seen.filter(|_| known.query == list));
        match seen {
            None => asked.query(),
            Some(1) => list,
            Some(page) => asked.with(PAGE, &page.to_string()).query(),
        }
    }

    /// The page's data has come: the first page of a list, or one that was read again.
    pub fn take(self, page: &ExpensePage, address: &Address) {
        let query = address.list();
        let same = self.known.with_value(|known| known.query == query && known.pages.len() > 1);
        self.known.update_value(|known| {
            known.round = known.round.wrapping_add(1);
            if known.query != query {
                known.query = query;
                known.seen = None;
                known.pages.clear();
                known.wanted = None;
            }
            known.count = page.pages;
            known.pages.retain(|number, _| *number <= page.pages);
            known.old = known.pages.keys().copied().collect();
            known.put(page);
            if known.wanted.as_ref().is_none_or(|wanted| !wanted.contains(&page.page)) {
                known.wanted = Some(page.page..=page.page);
            }
        });
        let frame = Frame::of(page, self.me);
        // The table that goes must not hear of it: the next one reads it.
        put_quietly(self.total, page.total);
        if let Some(frame) =
            self.other_frame(if same { self.frame.with_untracked(|all| all.also(&frame)) } else { frame })
        {
            put_quietly(self.frame, frame);
        }
        if let Some(lines) = self.other_lines() {
            put_quietly(self.lines, lines);
        }
        self.drawn.update(|drawn| *drawn = drawn.wrapping_add(1));
    }

    /// What stands in the table.
    pub(super) fn lines(self) -> Vec<Line> {
        self.lines.get()
    }

    /// Which rows stand in the table.
    pub(super) fn ids(self) -> Signal<Vec<String>> {
        self.ids
    }

    /// How many rows the whole list has, with its head.
    pub(super) fn high(self) -> Signal<u64> {
        self.high
    }

    /// How many are picked, and what they come to.
    pub(super) fn picked(self) -> Memo<(usize, Vec<Money>)> {
        self.picked
    }

    /// How high the rows are, in pixels, that would stand above and below those in the table.
    pub(super) fn gaps(self) -> RwSignal<(u32, u32)> {
        self.gaps
    }

    /// What the rows have in common. It changes seldom.
    pub(super) fn frame(self) -> Arc<Frame> {
        self.frame.get()
    }

    /// Those of all known rows that fit.
    pub(super) fn known(self, fits: impl Fn(&str) -> bool) -> Vec<Arc<Expense>> {
        self.lines.track();
        fitting(self.known, fits)
    }

    /// What the known pages say of the wanted ones: their first unbroken run. None where that stands in the table.
    fn other_lines(self) -> Option<Vec<Line>> {
        let mut seen = HashSet::new();
        let shown = self.known.try_with_value(|known| {
            let run = known.run();
            let pages = run.into_iter().flatten().filter_map(|page| Some((page, known.pages.get(&page)?)));
            pages
                .flat_map(|(page, entries)| {
                    let first = u64::from(page - 1) * u64::from(EXPENSES_PER_PAGE) + 1;
                    (first..).zip(entries)
                })
                // A row that has moved to the next page meanwhile stands there once.
                .filter(|(_, (_, row))| seen.insert(row.id))
                .map(|(place, (edition, row))| Line { edition: *edition, place, row: Arc::clone(row) })
                .collect::<Vec<_>>()
        });
        shown.filter(|shown| self.lines.try_with_untracked(|lines| lines != shown) == Some(true))
    }

    /// Notes what the rows have in common; none where they had it before.
    fn other_frame(self, frame: Frame) -> Option<Arc<Frame>> {
        let differs = self.frame.try_with_untracked(|now| **now != frame);
        (differs == Some(true)).then(|| {
            // What a row shows depends on it.
            self.known.update_value(|known| {
                let Known { pages, edition, .. } = known;
                for entry in pages.values_mut().flatten() {
                    *edition = edition.wrapping_add(1);
                    entry.0 = *edition;
                }
            });
            Arc::new(frame)
        })
    }
}

/// Puts a value into a signal without telling anybody.
fn put_quietly<T: Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    signal.maybe_update(|old| {
        *old = value;
        false
    });
}

fn fitting(known: StoredValue<Known>, fits: impl Fn(&str) -> bool) -> Vec<Arc<Expense>> {
    let mut seen = HashSet::new();
    known.with_value(|known| {
        let rows = known.pages.values().flatten().map(|(_, row)| row);
        rows.filter(|row| fits(&row.id.to_string()) && seen.insert(row.id)).map(Arc::clone).collect()
    })
}

impl Known {
    /// What a page says now; rows that say the same as before stay as they are.
    fn put(&mut self, page: &ExpensePage) {
        let before: BTreeMap<_, Entry> = self
            .pages
            .values()
            .flatten()
            .filter(|(_, row)| page.items.iter().any(|item| item.id == row.id))
            .map(|entry| (entry.1.id.to_string(), entry.clone()))
            .collect();
        let entries = page.items.iter().map(|row| match before.get(&row.id.to_string()) {
            Some(same) if *same.1 == *row => same.clone(),
            _ => {
                self.edition = self.edition.wrapping_add(1);
                (self.edition, Arc::new(row.clone()))
            }
        });
        let entries = entries.collect();
        self.pages.insert(page.page, entries);
        self.old.remove(&page.page);
    }

    /// The first unbroken run of known pages among the wanted ones.
    fn run(&self) -> Option<RangeInclusive<u32>> {
        let mut pages = self.wanted.clone()?.skip_while(|page| !self.pages.contains_key(page));
        let first = pages.next()?;
        let last = pages.take_while(|page| self.pages.contains_key(page)).last().unwrap_or(first);
        Some(first..=last)
    }
}

/// What only a browser does with them.
#[cfg(feature = "hydrate")]
impl Rows {
    /// Shows what is known by now.
    fn show(self) {
        if let Some(lines) = self.other_lines() {
            self.lines.set(lines);
        }
    }

    /// A row that is known, as it is shown.
    pub(super) fn row(self, id: &str) -> Option<Arc<Expense>> {
        let found = |known: &Known| {
            let mut rows = known.pages.values().flatten();
            rows.find(|(_, row)| row.id.to_string() == id).map(|(_, row)| Arc::clone(row))
        };
        self.known.try_with_value(found).flatten()
    }

    /// Shows a row as it is now, wherever it stands.
    pub(super) fn put(self, row: &Expense) {
        self.known.try_update_value(|known| {
            let Known { pages, edition, .. } = known;
            for entry in pages.values_mut().flatten().filter(|(_, known)| known.id == row.id && **known != *row) {
                *edition = edition.wrapping_add(1);
                *entry = (*edition, Arc::new(row.clone()));
            }
        });
        self.show();
    }

    /// Follows what stands in the table, and when it is drawn anew.
    pub(super) fn track(self) {
        self.lines.track();
        self.drawn.track();
    }

    /// How many pages there are, and which of them stand in the table.
    pub(super) fn run(self) -> (u32, Option<RangeInclusive<u32>>) {
        self.known.try_with_value(|known| (known.count, known.run())).unwrap_or((1, None))
    }

    /// Notes which page is at the top of what one sees.
    pub(super) fn see(self, page: u32) {
        self.known.try_update_value(|known| known.seen = Some(page));
    }

    /// Wants these pages in the table.
    pub(super) fn want(self, pages: RangeInclusive<u32>) {
        self.known.try_update_value(|known| {
            if known.pages.len() > KEPT {
                known.pages.retain(|page, _| pages.contains(page));
            }
            known.wanted = Some(pages);
        });
        self.show();
    }

    /// The wanted pages that have to be fetched, with the list and its round.
    pub(super) fn missing(self) -> (Vec<u32>, String, u32) {
        let missing = self.known.try_with_value(|known| {
            let lacks = |page: &u32| !known.pages.contains_key(page) || known.old.contains(page);
            let wanted = known.wanted.clone().into_iter().flatten().filter(|page| *page <= known.count);
            (wanted.filter(lacks).collect(), known.query.clone(), known.round)
        });
        missing.unwrap_or_default()
    }

    /// The places of the rows in the table.
    pub(super) fn places(self) -> Vec<u64> {
        self.lines.try_with_untracked(|lines| lines.iter().map(|line| line.place).collect()).unwrap_or_default()
    }

    /// How many rows there are in all, just now.
    pub(super) fn total_now(self) -> u64 {
        self.total.try_get_untracked().unwrap_or_default()
    }

    /// A page that was fetched. Whether it still belongs to the list.
    pub(super) fn fetched(self, page: &ExpensePage, round: u32) -> bool {
        let taken = self.known.try_update_value(|known| {
            let fits = known.round == round;
            if fits {
                known.count = page.pages;
                known.put(page);
            }
            fits
        });
        if taken == Some(true) {
            self.total.set(page.total);
            let frame = self.frame.with_untracked(|frame| frame.also(&Frame::of(page, self.me)));
            if let Some(frame) = self.other_frame(frame) {
                self.frame.set(frame);
            }
            self.show();
        }
        taken == Some(true)
    }
}
