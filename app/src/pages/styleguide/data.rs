//! The budget bar, and tables.
use super::{Part, words};
use crate::{
    i18n::t,
    ui::{BarSize, BudgetBar, Button, Column, Editable, Look, Ordered, Pick, PickAll, PickBar, Picks, Spending, Table},
};
use domain::{currency::Currency, money::Money};
use leptos::prelude::*;

/// Spent, projected and elapsed (in 1/10,000) of 100.00.
const STANDINGS: [(i64, Option<i64>, Option<u16>); 4] = [
    (4_000, Some(8_200), Some(5_000)),
    (7_000, Some(12_000), Some(5_500)),
    (12_500, Some(14_000), Some(8_000)),
    (6_000, None, None),
];

fn money(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

#[component]
pub(super) fn DataParts() -> impl IntoView {
    let bars = |size: BarSize| {
        STANDINGS
            .iter()
            .enumerate()
            .map(|(hue, &(spent, projected, elapsed))| {
                let of =
                    Spending { spent: money(spent), planned: money(10_000), projected: projected.map(money), elapsed };
                view! { <BudgetBar of=Signal::stored(of) size=size hue=hue * 2 /> }
            })
            .collect_view()
    };
    view! {
        <Part name="BudgetBar">
            <div class="stack">{bars(BarSize::Small)} {bars(BarSize::Medium)} {bars(BarSize::Large)}</div>
        </Part>
        <Part name="Table, Pick, Editable" keys=words::KEYS_TABLE>
            <Rows />
        </Part>
    }
}

#[component]
fn Rows() -> impl IntoView {
    let picks = Picks::default();
    let ids: Vec<String> = words::ROWS.iter().map(|(id, ..)| (*id).to_owned()).collect();
    let columns = vec![
        Column::tools(t().common.pick_all),
        Column::text(words::MERCHANT).ordered(words::PATH, words::SORT, Some(Ordered::Up)),
        Column::figure(words::AMOUNT).ordered(words::PATH, words::SORT, None),
    ];
    let rows = words::ROWS.map(|(id, merchant, amount)| {
        let name = RwSignal::new(merchant.to_owned());
        view! {
            <tr>
                <td class="tools"><Pick picks=picks id=id label=merchant /></td>
                <td><Editable label=words::MERCHANT value=name on_save=Callback::new(|_| ()) /></td>
                <td class="figure">{amount}</td>
            </tr>
        }
    });
    view! {
        <div class="split">
            <label class="row"><PickAll picks=picks ids=ids /> {t().common.pick_all}</label>
            <PickBar picks=picks>
                <Button look=Look::Danger on_click=Callback::new(|()| ())>{words::DELETE}</Button>
            </PickBar>
        </div>
        <Table caption=words::TABLE columns=columns>{rows.into_iter().collect_view()}</Table>
    }
}
