//! The one big figure, and the month's bar under it.
use crate::{
    api::dashboard::SeenMonth,
    components::{
        Figure, Figures,
        spending::{Phase, days_left, phase, spending},
    },
    i18n::{fill, plural, t, use_i18n},
    paths,
    ui::{BarSize, BudgetBar, Card, Glyph, Icon, Popover},
};
use domain::{analysis::Analysis, money::Money};
use leptos::prelude::*;

/// Label, amount in minor units, and a line under it.
struct Big {
    label: &'static str,
    minor: i64,
    note: String,
}

fn big(analysis: &Analysis) -> Big {
    let words = t();
    let i18n = use_i18n();
    let locale = i18n.locale;
    let money = |minor| locale.format_money(Money::new(minor, analysis.currency));
    let (safe, left) = (analysis.safe_to_spend(), analysis.total.remaining);
    match phase(analysis, i18n.today) {
        Phase::Running if safe > 0 => {
            let days = plural(i18n, words.common.days_left, days_left(analysis, i18n.today));
            let until = locale.format_date_relative(analysis.period.end, i18n.today);
            let values = [("amount", money(safe)), ("days", days), ("until", until)];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            Big {
                label: words.dashboard.safe_today,
                minor: analysis.safe_to_spend_per_day(),
                note: fill(words.dashboard.safe_note, &values),
            }
        }
        Phase::Running => Big {
            label: words.dashboard.used_up,
            minor: 0,
            note: fill(words.dashboard.used_up_note, &[("amount", &money(-safe))]),
        },
        Phase::Past => Big {
            label: if left < 0 { words.dashboard.went_over } else { words.dashboard.left_over },
            minor: left.abs(),
            note: fill(
                words.dashboard.past_note,
                &[("spent", &money(analysis.total.spent)), ("planned", &money(analysis.total.allocated))],
            ),
        },
        Phase::Ahead => Big {
            label: words.dashboard.to_spend,
            minor: analysis.safe_to_spend_per_day(),
            note: fill(words.dashboard.future_note, &[("from", &locale.format_date(analysis.period.start))]),
        },
    }
}

#[component]
pub(super) fn Hero(month: SeenMonth) -> impl IntoView {
    let words = t();
    let i18n = use_i18n();
    let analysis = month.analysis;
    let Big { label, minor, note } = big(&analysis);
    let (total, currency) = (analysis.total, analysis.currency);
    let money = move |minor| i18n.locale.format_money(Money::new(minor, currency));
    let left = if total.remaining < 0 { words.budgets.over_plan } else { words.budgets.left_of_plan };
    let bar = spending(&analysis, &total, i18n.today);
    let running = phase(&analysis, i18n.today) == Phase::Running;
    view! {
        <Card class="hero-card today">
            <div class="big-figure">
                <div class="label">
                    {label}
                    {running.then(|| view! { <HowSafe analysis=analysis.clone() /> })}
                </div>
                <p><strong class="figure">{money(minor)}</strong></p>
                <p class="help">{note}</p>
            </div>
            <div class="stack">
                <BudgetBar of=Signal::stored(bar) size=BarSize::Large />
                <Figures label=words.budgets.summary>
                    <Figure
                        label=words.budgets.spent
                        value=money(total.spent)
                        note=fill(words.budgets.of_plan, &[("amount", &money(total.allocated))])
                    />
                    <Figure label=left value=money(total.remaining.abs()) over=total.remaining < 0 />
                    <Figure
                        label=words.budgets.income
                        value=money(analysis.received_income)
                        note=fill(words.budgets.income_planned, &[("amount", &money(analysis.planned_income))])
                    />
                </Figures>
            </div>
            <a class="more-link" href=paths::budget_month(month.budget, analysis.month)>
                {words.dashboard.month_open}
                <Icon glyph=Glyph::Right />
            </a>
        </Card>
    }
}

/// How the big figure comes about: what is planned for spending, less what is gone, over the days that are left.
#[component]
fn HowSafe(analysis: Analysis) -> impl IntoView {
    let words = t();
    let i18n = use_i18n();
    let money = |minor| i18n.locale.format_money(Money::new(minor, analysis.currency));
    let days = i64::try_from(days_left(&analysis, i18n.today)).unwrap_or(i64::MAX);
    let bills = (analysis.bills > 0).then(|| (words.dashboard.how_bills, money(-analysis.bills)));
    let lines = [
        Some((words.dashboard.how_left, money(analysis.left_for_spending()))),
        bills,
        Some((words.dashboard.how_days, i18n.locale.format_count(days))),
        Some((words.dashboard.how_a_day, money(analysis.safe_to_spend_per_day()))),
    ];
    view! {
        <Popover id="how-safe" label=words.shell.more_about>
            <p>{words.dashboard.how_text}</p>
            <dl class="sum">
                {lines
                    .into_iter()
                    .flatten()
                    .map(|(what, value)| view! { <div><dt>{what}</dt><dd class="figure">{value}</dd></div> })
                    .collect_view()}
            </dl>
        </Popover>
    }
}
