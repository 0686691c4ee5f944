//! How an income is shared among the ten categories: one bar of all, and a row for each with its share, its amount, a
//! slider and a lock. Without JavaScript the shares are plain fields, and the server says what they sum to.
mod percent;
mod row;
mod shares;

pub use shares::Shares;

use crate::{
    i18n::{fill, t, use_i18n},
    ui::{Glyph, Icon, use_form},
};
use domain::{
    allocation::{BasisPoints, STANDARD},
    category::{COUNT, Category},
    currency::Currency,
};
use leptos::prelude::*;
use row::ShareRow;
use shares::Held;

/// What the rows share.
#[derive(Clone, Copy)]
struct Editing {
    shares: RwSignal<Shares>,
    /// The row that is typed into: its text is left alone meanwhile.
    typing: RwSignal<Option<Category>>,
    /// Minor units; none while no income is known.
    income: Signal<Option<i64>>,
    currency: Signal<Currency>,
}

/// The editor; stands in a form and sends `allocations.CATEGORY.percentage`.
#[component]
pub fn AllocationEditor(
    /// What each category gets at first.
    start: [BasisPoints; COUNT],
    /// Minor units of `currency`; none while no income is known.
    #[prop(into)]
    income: Signal<Option<i64>>,
    /// What the amounts are in.
    #[prop(into)]
    currency: Signal<Currency>,
    /// Says with each category why it gets what it gets, not only what belongs there.
    #[prop(optional)]
    reasons: Option<[String; COUNT]>,
    /// Where one gets back to, if that is not where it starts: what was proposed before something was changed.
    #[prop(optional)]
    home: Option<[BasisPoints; COUNT]>,
) -> impl IntoView {
    let words = t();
    let form = use_form();
    let locale = use_i18n().locale;
    let typed =
        |category: Category| form.typed(&row::field_name(category)).and_then(|text| percent::read(locale, &text));
    let first =
        if form.came_back() { Category::ALL.map(|category| typed(category).unwrap_or_default()) } else { start };
    let shares = RwSignal::new(Shares::new(first));
    let editing = Editing { shares, typing: RwSignal::new(None), income, currency };
    let home = home.unwrap_or(start);
    let mut reasons =
        reasons.unwrap_or_else(|| Category::ALL.map(|category| words.categories.hint(category).to_owned()));
    let rows = Category::ALL.map(|category| {
        let note = std::mem::take(&mut reasons[category.index()]);
        view! { <ShareRow category=category note=note editing=editing /> }
    });
    view! {
        <div class="allocation">
            <Overview editing=editing />
            <ul class="shares">{rows.into_iter().collect_view()}</ul>
            <div class="shares-foot">
                <Together editing=editing />
                <button
                    type="button"
                    class="button quiet needs-js"
                    hidden=move || shares.with(|shares| shares.all() == home)
                    on:click=move |_| shares.update(|shares| shares.reset(home))
                >
                    <Icon glyph=Glyph::Undo />
                    {words.plan.standard}
                </button>
            </div>
        </div>
    }
}

/// The standard shares: where a newcomer begins.
pub const PROPOSAL: [BasisPoints; COUNT] = STANDARD;

/// All shares in one bar, in their hues.
#[component]
fn Overview(editing: Editing) -> impl IntoView {
    let parts = move || {
        let shares = editing.shares.get();
        let whole = shares.sum().max(BasisPoints::WHOLE.0);
        let mut from = 0;
        Category::ALL.map(|category| {
            let at = from;
            from += shares.of(category).0;
            view! {
                <rect
                    class=format!("hue-{}", category.index())
                    x=row::of_width(at, whole)
                    width=row::of_width(shares.of(category).0, whole)
                    height="100%"
                />
            }
        })
    };
    view! {
        <svg class="shares-bar" width="100%" aria-hidden="true" focusable="false">
            {move || parts().into_iter().collect_view()}
        </svg>
    }
}

/// What they sum to, and what is wrong with it.
#[component]
fn Together(editing: Editing) -> impl IntoView {
    let words = &t().plan;
    let form = use_form();
    let locale = use_i18n().locale;
    let percent =
        move |points: u32| locale.format_percent(i64::from(points), if points.is_multiple_of(100) { 0 } else { 2 });
    let sum = Memo::new(move |_| editing.shares.with(Shares::sum));
    let whole = BasisPoints::WHOLE.0;
    let off = move || {
        let sum = sum.get();
        if sum < whole {
            Some(fill(words.sum_missing, &[("missing", &percent(whole - sum))]))
        } else {
            (sum > whole).then(|| fill(words.sum_surplus, &[("surplus", &percent(sum - whole))]))
        }
    };
    let held = move || match editing.shares.with(Shares::held) {
        Some(Held::AtMost(most)) => Some(fill(words.held, &[("most", &percent(most.0))])),
        Some(Held::AllLocked) => Some(words.all_locked.to_owned()),
        None => None,
    };
    view! {
        <div class="together" class:off=move || sum.get() != whole>
            <p id=form.field_id("allocations") tabindex="-1">
                {words.sum} " " <strong class="figure">{move || percent(sum.get())}</strong>
            </p>
            <p class="error" hidden=move || off().is_none()>{off}</p>
            <p class="help" role="status">{held}</p>
        </div>
    }
}
