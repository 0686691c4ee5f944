//! Two people changed the same budget: both edits field by field, and which of the two counts.
//!
//! The form keeps what was typed. Where somebody was faster, the choice of each field is sent beside it (`merge.FIELD`),
//! and what is theirs is left out of the change by the server: the same with JavaScript and without.
use super::history::words::{maker, percent, summary, when};
use crate::{
    api::history::Conflict,
    forms::Flash,
    i18n::{fill, t, use_i18n},
    paths,
    ui::{FormError, FormState, Notice, Tone, use_form},
};
use domain::{
    allocation::BasisPoints,
    budget::{Budget, BudgetType},
    category::Category,
    money::Money,
};
use leptos::prelude::*;

/// The code of an edit that was made from an old version.
const STALE: &str = "STALE_VERSION";
/// The hidden field that says which version the conflict is about, as long as it lasts.
const FROM: &str = "merge.from";

/// The version that an edit of that budget was made from which came back without JavaScript: because of a newer one, or later, because
/// of something else that was wrong.
pub(super) fn base_of_flash(flash: &Flash, id: &str) -> Option<i64> {
    let typed = |name| flash.outcome.typed.get(name).and_then(|number: &String| number.parse().ok());
    let stale = flash.outcome.code.as_deref() == Some(STALE);
    let own = flash.outcome.typed.get("id").is_some_and(|typed| typed == id);
    let of_form = flash.form == "budget-update" && !flash.outcome.ok && own;
    of_form.then(|| if stale { typed("version") } else { typed(FROM) }).flatten()
}

/// The version that the form carries, what is wrong with it, and what to do when somebody was quicker. Stands in the
/// form, which leaves its own summary out.
#[component]
pub(super) fn Version(
    /// As the page loaded it.
    budget: Budget,
    /// What stood against an edit that has come back with this page.
    conflict: Option<Conflict>,
) -> impl IntoView {
    let form = use_form();
    let now = RwSignal::new((budget, conflict));
    #[cfg(feature = "hydrate")]
    Effect::new(move |seen: Option<()>| {
        // Told each time anew; the first time it is what has come with the page.
        if form.code().as_deref() == Some(STALE) && seen.is_some() {
            let (id, base) = now.with_untracked(|(budget, _)| (budget.id.to_string(), budget.version));
            leptos::task::spawn_local(async move {
                if let Ok(found) = crate::api::history::budget_edit(id, Some(base)).await {
                    let _ = now.try_set((found.budget, found.conflict));
                }
            });
        }
    });
    // The choice says it in more words.
    let told =
        Memo::new(move |_| form.code().as_deref() == Some(STALE) && now.with(|(_, conflict)| conflict.is_some()));
    view! {
        <input type="hidden" name="version" value=move || now.with(|(budget, _)| budget.version).to_string() />
        {move || match now.get() {
            (budget, Some(conflict)) => view! { <Merge budget=budget conflict=conflict /> }.into_any(),
            (_, None) => ().into_any(),
        }}
        {move || (!told.get()).then(|| view! { <FormError /> })}
    }
}

/// One field in which the two edits differ.
struct Differing {
    name: &'static str,
    label: &'static str,
    mine: String,
    theirs: String,
    /// Whether mine is what counts, if nothing else is chosen: not where I left the field as it was.
    keep: bool,
}

#[component]
fn Merge(budget: Budget, conflict: Conflict) -> impl IntoView {
    let words = t();
    let form = use_form();
    let saved = fill(
        words.history.conflict_who,
        &[
            ("who", &maker(&conflict.newest)),
            ("when", &when(&conflict.newest)),
            ("what", &summary(&conflict.newest, budget.plan.currency)),
        ],
    );
    let fields = differing(form, &budget, &conflict);
    let same = fields.is_empty();
    let href = paths::budget_edit(budget.id);
    view! {
        <div role="alert" tabindex="-1" class="merge">
            <Notice tone=Tone::Caution>
                <p><strong>{words.plan.conflict_title}</strong></p>
                <p>{saved} " " {if same { words.history.conflict_same } else { words.history.conflict_choose }}</p>
                <input type="hidden" name=FROM value=conflict.base.to_string() />
                {fields.into_iter().map(|field| view! { <Choose field=field /> }).collect_view()}
                <p><a href=href rel="external">{words.plan.conflict_reload}</a></p>
            </Notice>
        </div>
    }
}

/// Mine or theirs.
#[component]
fn Choose(field: Differing) -> impl IntoView {
    let words = &t().history;
    let form = use_form();
    let name = format!("merge.{}", field.name);
    let chosen = form.sent(&name);
    let keep = chosen.map_or(field.keep, |chosen| chosen != "theirs");
    let id = form.field_id(&name);
    let option = |value: &'static str, text: String, checked: bool| {
        let id = format!("{id}.{value}");
        view! {
            <div class="toggle-line">
                <input type="radio" class="radio" id=id.clone() name=name.clone() value=value checked=checked />
                <label for=id>{text}</label>
            </div>
        }
    };
    let mine = option("mine", fill(words.mine, &[("value", &field.mine)]), keep);
    let theirs = option("theirs", fill(words.theirs, &[("value", &field.theirs)]), !keep);
    view! {
        <fieldset class="field radios">
            <legend class="label">{field.label}</legend>
            {mine}
            {theirs}
        </fieldset>
    }
}

/// The fields in which what was typed is not what is saved.
fn differing(form: FormState, now: &Budget, conflict: &Conflict) -> Vec<Differing> {
    let words = t();
    let texts = &words.plan;
    let locale = use_i18n().locale;
    let (plan, base) = (&now.plan, conflict.plan.as_ref());
    let mut found = Vec::new();
    let typed = |name: &str| form.sent(name).map(|text| text.trim().to_owned());
    if let Some(mine) = typed("name").filter(|mine| *mine != plan.name) {
        let keep = base.is_none_or(|base| base.name != mine);
        found.push(Differing { name: "name", label: texts.name, mine, theirs: plan.name.clone(), keep });
    }
    if let Some(text) = typed("monthlyIncome") {
        let money = |minor| locale.format_money(Money::new(minor, plan.currency));
        let minor = locale.parse_amount_in(&text, plan.currency).ok();
        if minor != Some(plan.monthly_income) {
            let keep = base.is_none_or(|base| Some(base.monthly_income) != minor);
            let (mine, theirs) = (minor.map_or(text, money), money(plan.monthly_income));
            found.push(Differing { name: "monthlyIncome", label: texts.income, mine, theirs, keep });
        }
    }
    found.extend(shares(form, now, conflict));
    let settings = [
        ("type", texts.kind, now.kind.as_str().to_owned()),
        ("monthStartDay", texts.start_day, now.month_start_day.get().to_string()),
        ("isActive", texts.state, now.is_active.to_string()),
    ];
    for (name, label, saved) in settings {
        if let Some(mine) = typed(name).filter(|mine| *mine != saved) {
            let (mine, theirs) = (setting(&mine), setting(&saved));
            found.push(Differing { name, label, mine, theirs, keep: true });
        }
    }
    found
}

/// Where it goes, as a whole: shares of two people don't sum to 100 % together.
fn shares(form: FormState, now: &Budget, conflict: &Conflict) -> Option<Differing> {
    let words = t();
    let locale = use_i18n().locale;
    let saved = now.plan.allocations.percentages();
    let typed = Category::ALL.map(|category| {
        let text = form.sent(&format!("allocations.{category}.percentage"))?;
        let hundredths = locale.parse_amount(text.trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']), 2).ok()?;
        u32::try_from(hundredths).ok().map(BasisPoints)
    });
    if typed.iter().all(Option::is_none) {
        return None;
    }
    let mine = typed.map(Option::unwrap_or_default);
    let named = |shares: [BasisPoints; 10]| {
        let others = Category::ALL.into_iter().filter(|category| mine[category.index()] != saved[category.index()]);
        let shown = |category: Category| {
            format!("{} {}", words.categories.name(category), percent(locale, shares[category.index()].0))
        };
        others.map(shown).collect::<Vec<_>>().join(" · ")
    };
    let keep = conflict.plan.as_ref().is_none_or(|base| base.allocations.percentages() != mine);
    (mine != saved).then(|| Differing {
        name: "allocations",
        label: words.plan.shares,
        mine: named(mine),
        theirs: named(saved),
        keep,
    })
}

/// A setting's value in words.
fn setting(value: &str) -> String {
    let words = &t().plan;
    match (value, value.parse::<BudgetType>()) {
        ("true", _) => words.active.to_owned(),
        ("false", _) => words.archived.to_owned(),
        (_, Ok(BudgetType::Personal)) => words.kind_personal.to_owned(),
        (_, Ok(BudgetType::Shared)) => words.kind_shared.to_owned(),
        (_, Ok(BudgetType::Family)) => words.kind_family.to_owned(),
        (day, Err(())) => day.to_owned(),
    }
}
