//! What the charts of pages are drawn from, built with `charming` as options of Apache `ECharts`. Colours are names of
//! the style sheet's tokens (`var(--accent)`): the page that draws them knows which colours these are at the moment.
use crate::i18n::Messages;
use charming::{
    Chart,
    component::{Axis, Grid},
    element::{
        AxisLine, AxisLineStyle, AxisTick, AxisType, Color, ItemStyle, LineStyle, SplitLine, Symbol, Tooltip, Trigger,
    },
    series::{Bar, Line},
};
use domain::{currency::Currency, locale::Locale, report::MonthTotal};

/// Minor units as the number that an axis shows. Only for drawing: figures are written from minor units.
#[allow(clippy::cast_precision_loss, reason = "a place on a chart, not an amount")]
fn height(minor: i64, currency: Currency) -> f64 {
    minor as f64 / 10_f64.powi(i32::from(currency.exponent()))
}

fn token(name: &str) -> Color {
    Color::from(format!("var({name})"))
}

/// What was spent each month as columns, what came in as a line.
pub fn trend(months: &[MonthTotal], currency: Currency, locale: Locale, words: &Messages) -> Chart {
    let names: Vec<String> =
        months.iter().map(|total| locale.format_month(total.month.year, total.month.month)).collect();
    let spent: Vec<f64> = months.iter().map(|total| height(total.spent, currency)).collect();
    let income: Vec<f64> = months.iter().map(|total| height(total.income, currency)).collect();
    let words = &words.dashboard;
    Chart::new()
        .grid(Grid::new().left("0").right("0").top("12").bottom("4").contain_label(true))
        .tooltip(
            Tooltip::new().trigger(Trigger::Axis).background_color(token("--raised")).border_color(token("--line")),
        )
        .x_axis(
            Axis::new()
                .type_(AxisType::Category)
                .data(names)
                .axis_tick(AxisTick::new().show(false))
                .axis_line(AxisLine::new().line_style(AxisLineStyle::new().color((1.0, "var(--line-strong)")))),
        )
        .y_axis(
            Axis::new()
                .type_(AxisType::Value)
                .split_line(SplitLine::new().line_style(LineStyle::new().color(token("--line")))),
        )
        .series(
            Bar::new()
                .name(words.trend_spent)
                .data(spent)
                .bar_width("55%")
                .item_style(ItemStyle::new().color(token("--accent")).border_radius(3.0)),
        )
        .series(
            Line::new()
                .name(words.trend_income)
                .data(income)
                .symbol(Symbol::Circle)
                .line_style(LineStyle::new().color(token("--ink")).width(2.0))
                .item_style(ItemStyle::new().color(token("--ink"))),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::messages;
    use domain::{locale::Language, period::Month};

    #[test]
    fn figures_stand_in_major_units_under_the_names_of_their_months() {
        let month = |month, spent| MonthTotal { month: Month { year: 2026, month }, spent, income: 465_000 };
        let months = [month(10, 321_012), month(11, 99)];
        let locale = Locale::from_tag("en-US");
        let chart = trend(&months, Currency::EUR, locale, messages(Language::En));
        let options: serde_json::Value = serde_json::to_value(&chart).unwrap();
        assert_eq!(options["xAxis"]["data"], serde_json::json!(["October 2026", "November 2026"]));
        assert_eq!(options["series"][0]["data"], serde_json::json!([3210.12, 0.99]));
        assert_eq!(options["series"][1]["data"], serde_json::json!([4650.0, 4650.0]));
        let yen = trend(&months, Currency::JPY, locale, messages(Language::En));
        assert_eq!(serde_json::to_value(&yen).unwrap()["series"][0]["data"][1], 99.0);
    }
}
