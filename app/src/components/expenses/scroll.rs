//! A list of any length, as one scrolls: the pages around what one sees stand in the table, those that are missing are
//! fetched, and two rows without content are as high as all the others. The address keeps the place.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixels and rows"
)]
use super::{
    address::{Address, PAGE, ROW},
    rows::Rows,
};
use crate::{
    api::queries::{EXPENSES_PER_PAGE, expense_page},
    paths,
};
use js_sys::Reflect;
use leptos::{prelude::*, task::spawn_local};
use std::{collections::BTreeSet, ops::RangeInclusive, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// Pages that stand in the table at most.
const SHOWN: u32 = 4;
/// So far above and below of what one sees rows stand in the table, in pixels.
const AROUND: f64 = 900.0;
/// As high as a row is until one was measured.
const ROW_HEIGHT: f64 = 37.0;
/// Nothing is fetched while one scrolls on.
const REST: Duration = Duration::from_millis(50);
/// What couldn't be fetched is asked for again then.
const AGAIN: Duration = Duration::from_secs(3);

/// The list in its window.
#[derive(Clone, Copy)]
struct View {
    rows: Rows,
    /// How high the pages are that were in the table.
    heights: StoredValue<Vec<Option<f64>>>,
    /// Whether the rows have changed since they were measured.
    drawn: StoredValue<bool>,
    /// Whether a look is on its way.
    queued: StoredValue<bool>,
    waiting: StoredValue<Option<TimeoutHandle>>,
    /// What is on its way, of which round.
    asked: StoredValue<BTreeSet<(u32, u32)>>,
    /// The place that the address named as the page came.
    place: StoredValue<Option<(u32, u32)>>,
}

/// Follows the window for as long as the page is there.
pub(super) fn listen(rows: Rows, address: Memo<Address>) {
    let view = View {
        rows,
        heights: StoredValue::default(),
        drawn: StoredValue::new(true),
        queued: StoredValue::new(false),
        waiting: StoredValue::default(),
        asked: StoredValue::default(),
        place: StoredValue::new(address.with_untracked(place_in)),
    };
    for name in ["scroll", "resize"] {
        let heard = window_event_listener_untyped(name, move |_| {
            if name == "resize" {
                view.forget();
            }
            view.soon();
        });
        on_cleanup(move || heard.remove());
    }
    Effect::new(move |_| {
        rows.track();
        // A sheet that opens or closes has written an address without the place.
        address.track();
        let _ = view.drawn.try_set_value(true);
        view.soon();
    });
    keep_place(true);
    on_cleanup(|| keep_place(false));
}

/// Whether the page itself brings one back to one's place, instead of the browser.
fn keep_place(own: bool) {
    let mode = if own { "manual" } else { "auto" };
    if let Ok(history) = window().history() {
        let _ = Reflect::set(&history, &"scrollRestoration".into(), &mode.into());
    }
}

/// Page and row that an address names.
fn place_in(address: &Address) -> Option<(u32, u32)> {
    let number = |name| address.get(name).and_then(|text| text.parse::<u32>().ok());
    (number(PAGE).is_some() || number(ROW).is_some())
        .then(|| (number(PAGE).unwrap_or(1).max(1), number(ROW).unwrap_or(1).clamp(1, EXPENSES_PER_PAGE)))
}

/// How far from the page's top an element begins.
fn top_of(element: &HtmlElement) -> f64 {
    let (mut top, mut next) = (0, Some(element.clone()));
    while let Some(element) = next {
        top += element.offset_top();
        next = element.offset_parent().and_then(|parent| parent.dyn_into().ok());
    }
    top.into()
}

impl View {
    fn soon(self) {
        if self.queued.try_update_value(|queued| std::mem::replace(queued, true)) == Some(false) {
            request_animation_frame(move || self.look());
        }
    }

    /// Rows of another width are of another height.
    fn forget(self) {
        let _ = self.heights.try_update_value(Vec::clear);
        let _ = self.drawn.try_set_value(true);
    }

    fn look(self) {
        if self.queued.try_set_value(false).is_some() {
            return;
        }
        if !document().document_element().is_some_and(|page| page.has_attribute("data-ready")) {
            // What the server sent is still being taken over: it has to stay as it is.
            return self.soon();
        }
        let body = document().query_selector("table.expenses > tbody").ok().flatten();
        let Some(body) = body.and_then(|body| body.dyn_into::<HtmlElement>().ok()) else { return };
        self.measure(&body);
        let (count, _) = self.rows.run();
        if let Some(Some(place)) = self.place.try_update_value(Option::take) {
            self.fill(count);
            self.go_to(place, &body, count);
            return;
        }
        if count > 1 {
            let top = top_of(&body);
            let now = window().scroll_y().unwrap_or_default() - top;
            let high = window().inner_height().ok().and_then(|high| high.as_f64()).unwrap_or(800.0);
            let first = self.page_at((now - AROUND).max(0.0), count).0;
            let last = self.page_at((now + high + AROUND).max(0.0), count).0.min(first + SHOWN - 1);
            self.rows.want(first..=last);
            self.fill(count);
        } else {
            self.rows.gaps().set((0, 0));
        }
        if let Ok(timer) = set_timeout_with_handle(move || self.rest(), REST)
            && let Some(Some(before)) = self.waiting.try_update_value(|waiting| waiting.replace(timer))
        {
            before.clear();
        }
    }

    /// Notes how high the pages in the table are, and which row is which.
    fn measure(self, body: &HtmlElement) {
        if self.drawn.try_update_value(|drawn| std::mem::replace(drawn, false)) != Some(true) {
            return;
        }
        let (count, Some(run)) = self.rows.run() else { return };
        let lines = self.rows.places();
        let mut row = body.first_element_child();
        let mut tops: Vec<(u32, f64)> = Vec::new();
        let mut lines = lines.into_iter().peekable();
        let mut end = 0.0;
        while let Some(element) = row {
            row = element.next_element_sibling();
            let Some(element) = element.dyn_ref::<HtmlElement>().filter(|row| row.class_name() != "gap") else {
                continue;
            };
            let Some(place) = lines.next() else { break };
            let index = (place + 1).to_string();
            if element.get_attribute("aria-rowindex").as_deref() != Some(&index) {
                let _ = element.set_attribute("aria-rowindex", &index);
            }
            let page = u32::try_from((place - 1) / u64::from(EXPENSES_PER_PAGE)).unwrap_or(0) + 1;
            let top = f64::from(element.offset_top());
            if tops.last().is_none_or(|(last, _)| *last != page) {
                tops.push((page, top));
            }
            end = top + f64::from(element.offset_height());
        }
        if lines.peek().is_some() {
            // The rows are still being drawn.
            let _ = self.drawn.try_set_value(true);
            return;
        }
        let ends: Vec<f64> = tops.iter().skip(1).map(|(_, top)| *top).chain([end]).collect();
        self.heights.try_update_value(|heights| {
            heights.resize(count as usize, None);
            for ((page, top), end) in tops.iter().zip(ends).filter(|((page, _), end)| run.contains(page) && *end > 0.0)
            {
                if let Some(height) = heights.get_mut(*page as usize - 1) {
                    *height = Some(end - top);
                }
            }
        });
    }

    /// How high all pages are: as they were measured, else as the others are on average.
    fn each(self, count: u32) -> Vec<f64> {
        let rest = self.rows.total_now().saturating_sub(u64::from(count - 1) * u64::from(EXPENSES_PER_PAGE)).max(1);
        let rows = |page: u32| if page == count { rest as f64 } else { f64::from(EXPENSES_PER_PAGE) };
        self.heights.with_value(|heights| {
            let known = (1..=count).filter_map(|page| Some((rows(page), (*heights.get(page as usize - 1)?)?)));
            let (many, high) = known.fold((0.0, 0.0), |(many, high), (rows, height)| (many + rows, high + height));
            let one = if many > 0.0 { high / many } else { ROW_HEIGHT };
            let height = |page: u32| heights.get(page as usize - 1).copied().flatten().unwrap_or(one * rows(page));
            (1..=count).map(height).collect()
        })
    }

    /// The page so far below the list's top, and the row of it there.
    fn page_at(self, mut down: f64, count: u32) -> (u32, u32) {
        let each = self.each(count);
        for (page, height) in (1..).zip(&each) {
            if down < *height || page == count {
                // The first one that is seen whole; what is missing of it by rounding is not missing.
                let row = (down / height * f64::from(EXPENSES_PER_PAGE) - 0.05).ceil().max(0.0);
                return (page, (row as u32).min(EXPENSES_PER_PAGE - 1) + 1);
            }
            down -= height;
        }
        (count, 1)
    }

    /// Makes what stands in for the other rows as high as they are.
    fn fill(self, count: u32) {
        let each = self.each(count);
        let sum = |pages: RangeInclusive<u32>| -> f64 { pages.filter_map(|page| each.get(page as usize - 1)).sum() };
        let gaps = match self.rows.run().1 {
            Some(run) if *run.start() > 1 => (sum(1..=run.start() - 1), sum(run.end() + 1..=count)),
            Some(run) => (0.0, sum(run.end() + 1..=count)),
            None => (sum(1..=count), 0.0),
        };
        let gaps = (gaps.0.round() as u32, gaps.1.round() as u32);
        if self.rows.gaps().try_get_untracked().is_some_and(|now| now != gaps) {
            self.rows.gaps().set(gaps);
        }
    }

    /// Once, as the page has come: to the place that the address names.
    fn go_to(self, (page, row): (u32, u32), body: &HtmlElement, count: u32) {
        let each = self.each(count);
        let above: f64 = each.iter().take(page as usize - 1).sum();
        let within =
            each.get(page as usize - 1).map_or(0.0, |high| high / f64::from(EXPENSES_PER_PAGE) * f64::from(row - 1));
        let top = top_of(body);
        // The rows above have to have their place first.
        request_animation_frame(move || {
            window().scroll_to_with_x_and_y(0.0, top + above + within);
            self.soon();
        });
    }

    /// One has come to rest: what is missing is fetched, and the address says where one is.
    fn rest(self) {
        let (count, _) = self.rows.run();
        let Some(body) = document().query_selector("table.expenses > tbody").ok().flatten() else { return };
        let Ok(body) = body.dyn_into::<HtmlElement>() else { return };
        let down = window().scroll_y().unwrap_or_default() - top_of(&body);
        let (page, row) = if down > 0.0 && count > 0 { self.page_at(down, count) } else { (1, 1) };
        self.rows.see(page);
        write_place(page, row);
        let (missing, list, round) = self.rows.missing();
        for page in missing {
            self.fetch(page, &list, round);
        }
    }

    fn fetch(self, page: u32, list: &str, round: u32) {
        if self.asked.try_update_value(|asked| asked.insert((round, page))) != Some(true) {
            return;
        }
        let query = Address::read(list).with(PAGE, &page.to_string()).query();
        spawn_local(async move {
            let found = expense_page(query).await;
            let done = move || {
                let _ = self.asked.try_update_value(|asked| asked.remove(&(round, page)));
                self.soon();
            };
            match found {
                Ok(found) => {
                    self.rows.fetched(&found, round);
                    done();
                }
                Err(_) => set_timeout(done, AGAIN),
            }
        });
    }
}

/// Writes the place into the address, without going anywhere.
fn write_place(page: u32, row: u32) {
    let location = window().location();
    let search = location.search().unwrap_or_default();
    if location.pathname().as_deref() != Ok(paths::EXPENSES) {
        return;
    }
    let now = Address::read(&search);
    let place = |address: Address, name, number: u32| {
        if number > 1 { address.with(name, &number.to_string()) } else { address }
    };
    let then = place(place(now.without(&[PAGE, ROW]), PAGE, page), ROW, row);
    if then.get(PAGE) == now.get(PAGE) && then.get(ROW) == now.get(ROW) {
        return;
    }
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(&then.href()));
    }
}

/// Whether an element stands for rows that are not there.
pub(super) fn is_gap(row: &Element) -> bool {
    row.class_name() == "gap"
}
