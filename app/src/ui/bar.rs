//! The budget bar: the product's signature. Fill = spent, tick = where the period is today, ghost = where it is heading.
//!
//! The same at every size. Beyond the plan the fill is striped and ends square behind a line where the plan ends, and a
//! word says so: never colour alone. Widths are SVG attributes, which the content policy allows.
use crate::i18n::{fill, t, use_i18n};
use domain::money::Money;
use leptos::prelude::*;

/// How large a bar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BarSize {
    /// In a table's row.
    Small,
    /// In a card.
    #[default]
    Medium,
    /// Under the page's one big figure.
    Large,
}

/// What a bar shows. All amounts are of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spending {
    /// What is gone (less what came back; below zero shows an empty bar).
    pub spent: Money,
    /// What was planned, with what was carried in.
    pub planned: Money,
    /// What it comes to at the period's end if it goes on like this; none for periods that are over.
    pub projected: Option<Money>,
    /// How much of the period has passed, in 1/10,000; none where no day matters (past periods, goals).
    pub elapsed: Option<u16>,
}

/// How it stands, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// More is gone than was planned.
    Over,
    /// At this pace more will be gone than was planned.
    HeadingOver,
    /// In order.
    OnTrack,
}

impl Spending {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        if self.spent.minor() > self.planned.minor().max(0) {
            Standing::Over
        } else if self.projected.is_some_and(|projected| projected.minor() > self.planned.minor()) {
            Standing::HeadingOver
        } else {
            Standing::OnTrack
        }
    }
}

/// Positions on the bar in 1/10,000 of its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Geometry {
    fill: u32,
    /// From the plan's end to what is spent; none while inside the plan.
    beyond: Option<(u32, u32)>,
    ghost: u32,
    tick: Option<u32>,
}

const FULL: u32 = 10_000;

fn share(part: i64, whole: i64) -> u32 {
    if whole <= 0 {
        return if part > 0 { FULL } else { 0 };
    }
    let share = i128::from(part.max(0)) * i128::from(FULL) / i128::from(whole);
    u32::try_from(share).unwrap_or(FULL).min(FULL)
}

fn geometry(bar: &Spending) -> Geometry {
    let (spent, planned) = (bar.spent.minor(), bar.planned.minor().max(0));
    let over = spent > planned;
    let full = if over { spent } else { planned }; // beyond the plan the whole bar is what is spent
    let end = share(planned, full);
    Geometry {
        fill: if over { end } else { share(spent, full) },
        beyond: over.then_some((end, FULL)),
        ghost: bar.projected.map_or(0, |projected| share(projected.minor(), full)),
        tick: bar.elapsed.map(|elapsed| u32::from(elapsed).min(FULL) * end / FULL),
    }
}

fn percent(of_full: u32) -> String {
    format!("{}.{:02}%", of_full / 100, of_full % 100)
}

/// The bar, with its word when there is one to say.
#[component]
pub fn BudgetBar(
    /// What it shows.
    #[prop(into)]
    of: Signal<Spending>,
    /// How large it is.
    #[prop(optional)]
    size: BarSize,
    /// The category's place among the ten, for its hue; none for the accent.
    #[prop(optional, into)]
    hue: Option<usize>,
    /// Leaves the word out, where the row says it in another place.
    #[prop(optional)]
    wordless: bool,
) -> impl IntoView {
    let words = t();
    let i18n = use_i18n();
    let size = match size {
        BarSize::Small => "small",
        BarSize::Medium => "medium",
        BarSize::Large => "large",
    };
    let class = move || {
        let standing = match of.get().standing() {
            Standing::Over => "over",
            Standing::HeadingOver => "heading",
            Standing::OnTrack => "fine",
        };
        match hue {
            Some(hue) => format!("bar {size} {standing} hue-{hue}"),
            None => format!("bar {size} {standing}"),
        }
    };
    let text = move || {
        let bar = of.get();
        let locale = i18n.locale;
        let used = if bar.planned.minor() > 0 {
            i128::from(bar.spent.minor()) * 10_000 / i128::from(bar.planned.minor())
        } else {
            0
        };
        let used = locale.format_percent(i64::try_from(used).unwrap_or(i64::MAX), 0);
        let mut text = fill(
            words.common.bar,
            &[
                ("spent", &locale.format_money(bar.spent)),
                ("planned", &locale.format_money(bar.planned)),
                ("percent", &used),
            ],
        );
        if let Some(elapsed) = bar.elapsed {
            text.push_str("; ");
            text.push_str(&fill(
                words.common.bar_elapsed,
                &[("percent", &locale.format_percent(i64::from(elapsed), 0))],
            ));
        }
        if let Some(projected) = bar.projected {
            text.push_str("; ");
            text.push_str(&fill(words.common.bar_projected, &[("projected", &locale.format_money(projected))]));
        }
        text
    };
    let parts = move || {
        let places = geometry(&of.get());
        view! {
            <rect class="bar-track" width="100%" height="100%" />
            <rect class="bar-ghost" width=percent(places.ghost) height="100%" />
            <rect class="bar-fill" width=percent(places.fill) height="100%" />
            {places.beyond.map(|(from, to)| view! {
                <rect class="bar-beyond" x=percent(from) width=percent(to - from) height="100%" />
                <line class="bar-hatch" x1=percent(from) x2=percent(to) y1="50%" y2="50%" />
                <rect class="bar-plan" x=percent(from) width="2" height="100%" />
            })}
            {places.tick.map(|at| view! { <rect class="bar-tick" x=percent(at) width="2" height="100%" /> })}
        }
    };
    let word = move || match of.get().standing() {
        Standing::Over => Some(words.common.over),
        Standing::HeadingOver => Some(words.common.heading_over),
        Standing::OnTrack => None,
    };
    view! {
        <div class=class>
            <svg role="img" aria-label=text width="100%">
                {parts}
            </svg>
            {(!wordless).then(|| view! { <span class="bar-word">{word}</span> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::currency::Currency;

    fn bar(spent: i64, planned: i64, projected: Option<i64>, elapsed: Option<u16>) -> Spending {
        let money = |minor| Money::new(minor, Currency::EUR);
        Spending { spent: money(spent), planned: money(planned), projected: projected.map(money), elapsed }
    }

    #[test]
    fn inside_the_plan_the_bar_is_the_plan() {
        let half = bar(5_000, 10_000, Some(9_000), Some(6_000));
        assert_eq!(half.standing(), Standing::OnTrack);
        assert_eq!(geometry(&half), Geometry { fill: 5_000, beyond: None, ghost: 9_000, tick: Some(6_000) });
        assert_eq!(bar(5_000, 10_000, Some(10_001), None).standing(), Standing::HeadingOver);
    }

    #[test]
    fn beyond_the_plan_the_bar_is_what_is_spent() {
        let over = bar(20_000, 10_000, Some(30_000), Some(5_000));
        assert_eq!(over.standing(), Standing::Over);
        assert_eq!(
            geometry(&over),
            Geometry { fill: 5_000, beyond: Some((5_000, 10_000)), ghost: 10_000, tick: Some(2_500) }
        );
    }

    #[test]
    fn no_plan_refunds_and_huge_amounts_stay_on_the_bar() {
        assert_eq!(geometry(&bar(0, 0, None, None)), Geometry { fill: 0, beyond: None, ghost: 0, tick: None });
        assert_eq!(geometry(&bar(1, 0, None, None)).beyond, Some((0, FULL)));
        assert_eq!(geometry(&bar(-500, 1_000, None, None)).fill, 0);
        let most = 999_999_999_999_999;
        assert_eq!(geometry(&bar(most / 2, most, None, None)).fill, 4_999);
        assert_eq!(percent(4_205), "42.05%");
    }
}
