//! The choice of a currency: by code, with its name.
use crate::{
    i18n::use_i18n,
    ui::{Choice, Select},
};
use domain::{currency::Currency, locale::Language};
use leptos::prelude::*;

/// All currencies. The code comes first, so that typing it finds it.
#[component]
pub fn CurrencySelect(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What is chosen at first.
    value: Currency,
    /// A word of help.
    #[prop(optional, into)]
    help: String,
    /// The label is for screen readers only.
    #[prop(optional)]
    hide_label: bool,
    /// Called with the new one.
    #[prop(optional, into)]
    on_change: Option<Callback<Currency>>,
) -> impl IntoView {
    let language = use_i18n().locale.language();
    let choices = Currency::ALL.iter().map(|&currency| {
        let own = match language {
            Language::En => currency.name(),
            Language::De => currency.name_de(),
        };
        Choice::new(currency.code(), format!("{} · {own}", currency.code()))
    });
    let changed = Callback::new(move |code: String| {
        if let (Some(on_change), Ok(currency)) = (on_change, code.parse()) {
            on_change.run(currency);
        }
    });
    view! {
        <Select
            name=name
            label=label
            choices=choices.collect()
            value=value.code().to_owned()
            help=help
            hide_label=hide_label
            on_change=changed
        />
    }
}
