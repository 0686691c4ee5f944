//! What comes and goes by itself: pay, rent, bills, insurance, subscriptions, what is put by.
use super::{
    calendar::{Chapter, NEW_PLAN_AFTER},
    dice::Dice,
    row::Row,
};
use domain::{category::Category as C, currency::Currency};
use jiff::civil::Weekday;

/// What heating costs in each month of the year, in cents of the first month.
const HEATING: [i64; 12] = [15_840, 14_410, 12_120, 8_230, 4_760, 2_710, 2_480, 2_530, 3_890, 7_640, 11_320, 14_660];

/// A month's.
pub(super) fn bills(chapter: Chapter) -> Vec<Row> {
    let mut rows = pay(chapter);
    rows.extend(home(chapter));
    rows.extend(insurance(chapter));
    rows.extend(family(chapter));
    rows.extend(put_by(chapter));
    rows
}

/// Cents before the new plan, and since.
fn since_new_plan(chapter: Chapter, before: i64, since: i64) -> i64 {
    if chapter.index < NEW_PLAN_AFTER { before } else { since }
}

fn pay(chapter: Chapter) -> Vec<Row> {
    let (first, month) = (chapter.booked(1), chapter.month);
    // What German families get for the first child: § 66 EStG as of each year.
    let benefit = match month.year {
        ..=2024 => 25_000,
        2025 => 25_500,
        _ => 25_900,
    };
    let mut rows = vec![
        Row::income(first, since_new_plan(chapter, 273_846, 281_217), "Lindenhof Verlag").about("Mara's salary"),
        Row::income(chapter.booked(10), benefit, "Familienkasse").about("Child benefit for Ida"),
        Row::income(chapter.booked(25), since_new_plan(chapter, 148_980, 157_890), "Werkstatt Holz & Form")
            .about("Jonas's salary, part-time"),
    ];
    if month.month == 11 {
        rows.push(Row::income(first, since_new_plan(chapter, 108_000, 112_450), "Lindenhof Verlag").about("Bonus"));
    }
    if month.month == 6 {
        let back = Dice::of(month, "tax").between(18_000, 29_000);
        rows.push(Row::income(chapter.booked(16), back, "Finanzamt").about("Tax refund for last year"));
    }
    rows
}

fn home(chapter: Chapter) -> Vec<Row> {
    let month = chapter.month;
    let heating = HEATING[usize::from(month.month.unsigned_abs().clamp(1, 12)) - 1];
    let mut dice = Dice::of(month, "utilities");
    let bills = chapter.booked(3);
    let mut rows = vec![
        Row::sent(chapter.booked(1), since_new_plan(chapter, 127_500, 131_200), C::Housing, "Hausverwaltung Albrecht")
            .under("Rent")
            .about("Rent and service charges"),
        Row::debited(bills, since_new_plan(chapter, 7_840, 8_260), C::Utilities, "Stadtwerke")
            .under("Electricity")
            .about("Electricity, monthly instalment"),
        Row::debited(bills, dice.around(chapter.price(heating), 7), C::Utilities, "Stadtwerke")
            .under("Heating")
            .about("Heating and hot water"),
        Row::debited(bills, since_new_plan(chapter, 3_995, 4_295), C::Utilities, "Telering")
            .under("Internet")
            .about("Internet and landline"),
        Row::debited(bills, 1_799, C::Utilities, "Funkwelle Mobil").under("Phone").about("Mara's phone"),
        Row::debited(bills, 1_299, C::Utilities, "Funkwelle Mobil").under("Phone").about("Jonas's phone"),
    ];
    if month.month % 3 == 2 {
        rows.push(Row::debited(chapter.booked(15), 5_508, C::Utilities, "Rundfunkbeitrag").about("For a quarter"));
    }
    if month.month == 4 {
        let back = Row::debited(chapter.booked(22), dice.between(4_200, 9_400), C::Utilities, "Stadtwerke").refunded();
        rows.push(back.under("Heating").about("Yearly statement: paid too much"));
    }
    rows
}

fn insurance(chapter: Chapter) -> Vec<Row> {
    const INSURER: &str = "Kompass Versicherung";
    let (first, month) = (chapter.booked(1), chapter.month);
    let pass = match month.year {
        ..=2024 => 4_900,
        2025 => 5_800,
        _ => 6_300,
    };
    let mut rows = vec![
        Row::debited(first, pass, C::Transportation, "Verkehrsverbund").under("Public transport").about("Monthly pass"),
        Row::debited(chapter.booked(6), 3_180, C::Healthcare, INSURER).under("Insurance").about("Dental cover"),
    ];
    if month.month % 3 == 1 {
        let quarter = since_new_plan(chapter, 11_236, 11_894);
        rows.push(Row::debited(first, quarter, C::Transportation, INSURER).under("Car").about("Car insurance"));
        rows.push(Row::debited(chapter.booked(25), 1_470, C::Miscellaneous, "Stadtsparbank").about("Account fees"));
    }
    if month.month == 5 {
        rows.push(Row::debited(first, 12_800, C::Transportation, "Hauptzollamt").under("Car").about("Car tax"));
    }
    if month.month == 3 {
        let (contents, liability) = (chapter.price(9_470), chapter.price(6_820));
        rows.push(Row::debited(first, contents, C::Housing, INSURER).under("Insurance").about("Contents, for a year"));
        rows.push(Row::debited(first, liability, C::Miscellaneous, INSURER).about("Liability, for a year"));
    }
    rows
}

fn family(chapter: Chapter) -> Vec<Row> {
    let (first, second, month) = (chapter.booked(1), chapter.booked(2), chapter.month);
    let fee = since_new_plan(chapter, 16_400, 17_200);
    let holidays = matches!(month.month, 7 | 8);
    // So much for each day that is no weekend; in summer the kitchen is closed for a while.
    let weekdays = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let days = weekdays.into_iter().map(|weekday| chapter.each(weekday).count()).sum::<usize>();
    let lunches = i64::try_from(days).unwrap_or(20) - if holidays { 10 } else { 1 };
    let lunch = since_new_plan(chapter, 340, 365) * lunches;
    let mut rows = vec![
        Row::sent(first, fee, C::Miscellaneous, "Kita Sonnenblume").under("Childcare").tagged(&["ida"]),
        Row::sent(first, lunch, C::Miscellaneous, "Kita Sonnenblume")
            .under("Childcare")
            .about("Lunch")
            .tagged(&["ida"]),
        Row::debited(second, 1_399, C::Entertainment, "Streamo").under("Streaming").by_card(),
        Row::debited(second, 1_799, C::Entertainment, "Klangwolke").under("Streaming").about("Music, family").by_card(),
        Row::debited(second, 2_400, C::Entertainment, "Sportverein Nord").under("Sports"),
        Row::paid(second, 299, C::Entertainment, "Skydrawer").about("Photo storage").in_currency(Currency::USD),
    ];
    if !holidays {
        let course = Row::debited(second, 3_650, C::Entertainment, "Musikschule Tonleiter");
        rows.push(course.under("Music").about("Ida's music group").tagged(&["ida"]));
    }
    rows
}

/// What is put by counts in its own categories of the plan, so that it is seen there.
fn put_by(chapter: Chapter) -> Vec<Row> {
    let order = |day, before, since, category, to: &'static str| {
        Row::sent(chapter.booked(day), since_new_plan(chapter, before, since), category, to)
    };
    vec![
        order(2, 35_000, 37_000, C::Savings, "Savings account").about("Standing order: new kitchen"),
        order(2, 12_000, 18_000, C::Emergency, "Savings account").about("Standing order: reserve"),
        order(5, 20_000, 23_000, C::Investments, "Depot Weltfonds").about("Fund savings plan"),
    ]
}
