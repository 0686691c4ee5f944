//! The way in: shows the product at once, and one thing to do.
use crate::{
    components::{Title, public::EnterExample},
    i18n::{t, use_i18n},
    paths,
    session::use_page,
    ui::{BarSize, BudgetBar, ButtonLink, Card, CategoryIcon, Glyph, Icon, Look, Spending},
};
use domain::{category::Category, currency::Currency, money::Money, user::Theme};
use leptos::prelude::*;
use leptos_router::components::Redirect;

/// `/`; who is signed in goes on to the dashboard.
#[component]
pub fn Landing() -> impl IntoView {
    if use_page().viewer.is_some() {
        return view! { <Redirect path=paths::DASHBOARD /> }.into_any();
    }
    let words = &t().landing;
    let points = [
        (Glyph::Import, words.import_title, words.import_text),
        (Glyph::Check, words.exact_title, words.exact_text),
        (Glyph::Lock, words.private_title, words.private_text),
        (Glyph::File, words.own_title, words.own_text),
        (Glyph::Eye, words.without_title, words.without_text),
        (Glyph::Globe, words.languages_title, words.languages_text),
    ];
    view! {
        <Title page=words.page />
        <div class="landing">
            <section class="hero">
                <h1>{words.title}</h1>
                <p class="lead">{words.lead}</p>
                <Start />
                <p class="help">{words.start_note}</p>
                {use_page().demo.then(|| view! { <p class="help">{t().demo.enter_note}</p> })}
                <div class="shots">
                    <Shot name="dashboard" alt=words.shot_dashboard width=1200 height=750 />
                    <Shot name="phone" alt=words.shot_phone width=390 height=760 />
                </div>
            </section>
            <section class="signature" aria-labelledby="bar">
                <div>
                    <h2 id="bar">{words.bar_title}</h2>
                    <p class="lead">{words.bar_text}</p>
                    <ul class="legend">
                        <li><span class="key spent" aria-hidden="true"></span>{words.legend_spent}</li>
                        <li><span class="key today" aria-hidden="true"></span>{words.legend_today}</li>
                        <li><span class="key heading" aria-hidden="true"></span>{words.legend_heading}</li>
                    </ul>
                </div>
                <Example />
            </section>
            <section aria-labelledby="how">
                <h2 id="how">{words.how_title}</h2>
                <div class="points">
                    {points
                        .map(|(glyph, title, text)| view! {
                            <div>
                                <Icon glyph=glyph />
                                <h3>{title}</h3>
                                <p>{text}</p>
                            </div>
                        })
                        .into_iter()
                        .collect_view()}
                </div>
                <p><a href=paths::PRIVACY>{words.private_more}</a></p>
            </section>
            <section class="last">
                <h2>{words.last_title}</h2>
                <Start />
            </section>
        </div>
    }
    .into_any()
}

/// The one thing to do here.
#[component]
fn Start() -> impl IntoView {
    view! {
        <div class="actions">
            <ButtonLink href=paths::SIGN_UP look=Look::Primary>{t().landing.start}</ButtonLink>
            <EnterExample />
        </div>
    }
}

/// A picture of the product, made from the example household (`scripts/pictures`): in the page's language, and in the
/// colours that the page has.
#[component]
fn Shot(name: &'static str, alt: &'static str, width: u16, height: u16) -> impl IntoView {
    let page = use_page();
    let language = page.locale().language().code();
    let path = move |colours: &str| format!("/pictures/{name}-{language}-{colours}.webp");
    let shown = path(if page.theme == Theme::Dark { "dark" } else { "light" });
    let at_night = (page.theme == Theme::System).then(|| {
        view! { <source srcset=path("dark") media="(prefers-color-scheme: dark)" /> }
    });
    view! {
        <picture class=format!("shot {name}")>
            {at_night}
            <img src=shown alt=alt width=width.to_string() height=height.to_string() decoding="async" />
        </picture>
    }
}

/// Made-up figures in the currency of the reader's place: category, spent, planned and projected, in whole units.
const EXAMPLE: [(Category, i64, i64, i64); 5] = [
    (Category::Housing, 960, 960, 960),
    (Category::Food, 352, 480, 500),
    (Category::Transportation, 118, 160, 140),
    (Category::Entertainment, 194, 160, 220),
    (Category::Savings, 200, 320, 240),
];
/// Day 18 of 30: 13 days are left, today with them.
const ELAPSED: u16 = 6_000;
const DAYS_LEFT: i64 = 13;

/// Currencies without decimals are those whose units are worth little.
fn whole(units: i64, currency: Currency) -> Money {
    let unit = if currency.exponent() == 0 { 100 } else { 10_i64.pow(u32::from(currency.exponent())) };
    Money::new(units * unit, currency)
}

/// A month as it will look.
#[component]
fn Example() -> impl IntoView {
    let words = t();
    let locale = use_i18n().locale;
    let currency = use_page().currency;
    let money = move |units| whole(units, currency);
    let spending = move |spent, planned, projected| Spending {
        spent: money(spent),
        planned: money(planned),
        projected: Some(money(projected)),
        elapsed: Some(ELAPSED),
    };
    let sum = |part: fn(&(Category, i64, i64, i64)) -> i64| EXAMPLE.iter().map(part).sum::<i64>();
    let (spent, planned, projected) = (sum(|row| row.1), sum(|row| row.2), sum(|row| row.3));
    let safe = Money::new(money(planned - spent).minor() / DAYS_LEFT, currency);
    let rows = EXAMPLE.map(|(category, spent, planned, projected)| {
        let left = planned - spent;
        let (text, amount) =
            if left < 0 { (words.common.amount_over, -left) } else { (words.common.amount_left, left) };
        let amount = locale.format_money(money(amount));
        view! {
            <li>
                <CategoryIcon category=category />
                <span class="name">{words.categories.name(category)}</span>
                <span class="figure">{crate::i18n::fill(text, &[("amount", &amount)])}</span>
                <BudgetBar of=Signal::stored(spending(spent, planned, projected)) hue=category.index() />
            </li>
        }
    });
    view! {
        <Card class="example" title=words.landing.example>
            <p class="big-figure">
                <span class="label">{words.landing.safe_today}</span>
                <strong class="figure">{locale.format_money(safe)}</strong>
            </p>
            <BudgetBar of=Signal::stored(spending(spent, planned, projected)) size=BarSize::Large />
            <ul class="bars">{rows.into_iter().collect_view()}</ul>
            <p class="help">{words.landing.example_note}</p>
        </Card>
    }
}
