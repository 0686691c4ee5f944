//! What the household eats: shopping, the bakery, meals out.
use super::{calendar::Chapter, dice::Dice, row::Row};
use domain::category::Category as C;
use jiff::civil::Weekday;

/// A month's.
pub(super) fn food(chapter: Chapter) -> Vec<Row> {
    let mut rows = shopping(chapter);
    rows.extend(bakery(chapter));
    rows.extend(out(chapter));
    rows
}

/// The large one on Saturday, a smaller one in the middle of the week, and sometimes what was forgotten.
fn shopping(chapter: Chapter) -> Vec<Row> {
    let mut dice = Dice::of(chapter.month, "groceries");
    let mut rows = Vec::new();
    for saturday in chapter.each(Weekday::Saturday) {
        let shop = dice.pick(&["Grünmarkt", "Grünmarkt", "Kaufhalle Süd", "Frischhof"]);
        let amount = dice.around(chapter.price(7_800), 28);
        let row = Row::paid(saturday, amount, C::Food, shop).under("Groceries");
        if !chapter.is_running() && dice.happens(14) {
            let other = dice.around(2_150, 40).min(amount / 2);
            let memo = dice.pick(&["Batteries and bulbs", "Pyjamas for Ida", "Baking tins"]);
            let parts = vec![(C::Food, amount - other, "Groceries"), (C::Miscellaneous, other, memo)];
            rows.push(row.divided(parts));
        } else {
            rows.push(row);
        }
    }
    for wednesday in chapter.each(Weekday::Wednesday) {
        let shop = dice.pick(&["Preisfuchs", "Preisfuchs", "Grünmarkt", "Frischhof"]);
        let day = if dice.happens(30) { wednesday.yesterday().unwrap_or(wednesday) } else { wednesday };
        let day = day.max(chapter.period().start);
        rows.push(Row::paid(day, dice.around(chapter.price(3_480), 35), C::Food, shop).under("Groceries"));
    }
    for friday in chapter.each(Weekday::Friday) {
        if dice.happens(38) {
            rows.push(
                Row::paid(friday, dice.around(1_320, 45), C::Food, dice.pick(&["Preisfuchs", "Frischhof"]))
                    .under("Groceries"),
            );
        } else if dice.happens(28) {
            let row = Row::paid(friday, dice.around(1_640, 40), C::Food, "Wochenmarkt").under("Groceries");
            rows.push(row.about(dice.pick(&["Apples and cheese", "Vegetables", "Eggs and flowers"])).in_cash());
        }
    }
    rows
}

fn bakery(chapter: Chapter) -> Vec<Row> {
    let mut dice = Dice::of(chapter.month, "bakery");
    let mut rows = Vec::new();
    for (weekday, chance) in [(Weekday::Sunday, 74), (Weekday::Tuesday, 32), (Weekday::Thursday, 36)] {
        for day in chapter.each(weekday) {
            if dice.happens(chance) {
                let row = Row::paid(day, dice.around(chapter.price(630), 38), C::Food, "Bäckerei Lindner");
                rows.push(row.under("Bakery").in_cash());
            }
        }
    }
    rows
}

fn out(chapter: Chapter) -> Vec<Row> {
    const TABLES: [(&str, i64); 5] = [
        ("Trattoria Da Nino", 5_480),
        ("Zum Alten Zoll", 6_120),
        ("Pho Hanoi", 4_260),
        ("Gasthaus Linde", 5_750),
        ("Meze Bahçe", 4_930),
    ];
    let mut dice = Dice::of(chapter.month, "out");
    let mut rows = Vec::new();
    for friday in chapter.each(Weekday::Friday) {
        if dice.happens(34) {
            let (table, price) = dice.pick(&TABLES);
            rows.push(
                Row::paid(friday, dice.around(chapter.price(price), 18), C::Food, table).under("Eating out").by_card(),
            );
        } else if dice.happens(30) {
            let row = Row::paid(friday, dice.around(chapter.price(2_780), 20), C::Food, "Pizzeria Vesuvio");
            rows.push(row.under("Eating out").about("Pizza at home"));
        }
    }
    for thursday in chapter.each(Weekday::Thursday) {
        if dice.happens(72) {
            let row = Row::paid(thursday, dice.around(chapter.price(745), 14), C::Food, "Kantine am Lindenhof");
            rows.push(row.under("Lunch").tagged(&["work"]));
        }
    }
    for sunday in chapter.each(Weekday::Sunday) {
        if dice.happens(36) {
            let place = if matches!(chapter.month.month, 5..=9) { "Eisdiele Cortina" } else { "Café Morgenrot" };
            rows.push(
                Row::paid(sunday, dice.around(chapter.price(1_120), 35), C::Food, place).under("Eating out").in_cash(),
            );
        }
    }
    rows
}
