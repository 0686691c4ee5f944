//! What is due next of what repeats.
use crate::{
    api::dashboard::BillsAhead,
    paths,
    ui::{Card, CategoryIcon},
};
use leptos::prelude::*;

#[component]
pub(super) fn Bills(bills: BillsAhead) -> impl IntoView {
    let all = view! { <a href=paths::CALENDAR>{bills.all}</a> };
    let rows = bills.rows.into_iter().map(|bill| {
        view! {
            <li>
                <CategoryIcon category=bill.category />
                <span>
                    <span class="name">{bill.name}</span>
                    <span class="help">{bill.when}</span>
                </span>
                <span class="figure">{bill.amount}</span>
            </li>
        }
    });
    view! {
        <Card title=bills.title aside=all.into_any()>
            <ul class="latest">{rows.collect_view()}</ul>
            {bills.total.map(|total| view! { <p class="help">{total}</p> })}
        </Card>
    }
}
