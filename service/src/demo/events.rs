//! What does not happen each month: the holiday, Christmas, birthdays, the garage, what was sent back.
use super::{calendar::Chapter, dice::Dice, row::Row};
use domain::{Date, category::Category as C, currency::Currency, period::Period};

/// The days of the summer holiday, in July.
const AWAY: (i64, i64) = (11, 20);

/// A month's. The running one has only what can't be put off: an example with money left to spend says more.
pub(super) fn events(chapter: Chapter) -> Vec<Row> {
    let mut rows = birthdays(chapter);
    rows.extend(christmas(chapter));
    if !chapter.is_running() {
        rows.extend(holiday(chapter));
        rows.extend(once(chapter));
    }
    rows
}

/// The days on which nobody is at home to go shopping.
pub(super) fn away(chapter: Chapter) -> Option<Period> {
    let july = chapter.month.month == 7 && !chapter.is_running();
    july.then(|| Period { start: chapter.day(AWAY.0), end: chapter.day(AWAY.1) })
}

/// The first summer in Denmark, the next one in Switzerland. The house is paid in winter and just before.
fn holiday(chapter: Chapter) -> Vec<Row> {
    let first_year = chapter.index < 12;
    let tags: &[&str] = if first_year { &["holiday", "denmark"] } else { &["holiday", "switzerland"] };
    let house = if first_year { "Feriehus Blåvand" } else { "Chalet Arvenwald" };
    let mut dice = Dice::of(chapter.month, "holiday");
    let mut rows = Vec::new();
    match chapter.month.month {
        2 => {
            let row = Row::sent(chapter.booked(12), 28_500, C::Entertainment, house).under("Holiday");
            rows.push(row.about("Deposit for the summer").noting("The rest is due in July."));
        }
        7 if first_year => {
            let krone = |day, amount, category, place: &'static str| {
                Row::paid(chapter.day(AWAY.0 + day), amount, category, place).in_currency(Currency::DKK)
            };
            rows.push(Row::sent(chapter.booked(2), 58_400, C::Entertainment, house).under("Holiday").about("The rest"));
            rows.push(krone(0, 34_900, C::Transportation, "Storebælt").under("Car").about("Bridge toll"));
            rows.push(krone(1, dice.around(54_700, 9), C::Food, "Købmanden ved Havet").under("Groceries"));
            rows.push(krone(2, dice.around(18_600, 9), C::Food, "Ishuset ved Stranden").under("Eating out"));
            rows.push(krone(3, 52_500, C::Entertainment, "Bunkermuseet").under("Outings"));
            rows.push(
                krone(4, 114_000, C::Entertainment, "Familiepark Vest").under("Outings").about("A day with slides"),
            );
            rows.push(krone(5, dice.around(9_800, 12), C::Food, "Bageriet Hav").under("Bakery"));
            rows.push(krone(7, dice.around(44_600, 8), C::Food, "Havnegrillen").under("Eating out"));
            rows.push(krone(5, dice.around(41_300, 9), C::Food, "Købmanden ved Havet").under("Groceries"));
            let dinner = krone(6, 68_900, C::Food, "Fiskerestaurant Havnen").under("Eating out");
            rows.push(dinner.about("Jonas's birthday dinner").noting("Worth it: the plaice."));
            rows.push(krone(8, 47_800, C::Transportation, "Tankstation Varde").under("Fuel"));
        }
        7 => {
            let franc = |day, amount, category, place: &'static str| {
                Row::paid(chapter.day(AWAY.0 + day), amount, category, place).in_currency(Currency::CHF)
            };
            rows.push(Row::sent(chapter.booked(2), 66_900, C::Entertainment, house).under("Holiday").about("The rest"));
            rows.push(franc(0, 4_000, C::Transportation, "Autobahnvignette").under("Car").about("Motorway vignette"));
            rows.push(franc(1, dice.around(9_480, 9), C::Food, "Dorfladen Arven").under("Groceries"));
            rows.push(
                franc(2, 7_440, C::Entertainment, "Bergbahnen").under("Outings").about("Cable car, family ticket"),
            );
            rows.push(franc(4, dice.around(8_150, 9), C::Food, "Dorfladen Arven").under("Groceries"));
            rows.push(franc(3, 8_760, C::Entertainment, "Seilpark Arven").under("Outings"));
            rows.push(franc(6, dice.around(7_480, 8), C::Food, "Restaurant zum Bahnhof").under("Eating out"));
            let dinner = franc(5, 11_650, C::Food, "Berggasthaus Aussicht").under("Eating out");
            rows.push(dinner.about("Jonas's birthday dinner"));
            rows.push(franc(7, 3_860, C::Entertainment, "Alpenbad").under("Outings"));
            rows.push(franc(8, dice.around(7_290, 9), C::Transportation, "Tankstelle Alpina").under("Fuel"));
        }
        _ => {}
    }
    rows.into_iter().map(|row| row.tagged(tags)).collect()
}

fn christmas(chapter: Chapter) -> Vec<Row> {
    if chapter.month.month != 12 {
        return Vec::new();
    }
    let mut dice = Dice::of(chapter.month, "christmas");
    let gifts: [(i64, i64, &str, &str); 5] = [
        (4, 4_990, "Spielwaren Kreisel", "Wooden railway for Ida"),
        (9, 3_480, "Buchhandlung Seite 12", "Books for the grandparents"),
        (13, 6_790, "Modehaus Wendt", "Scarf for Jonas"),
        (17, 5_950, "Keramik Tonwerk", "Cups for Mara"),
        (20, 2_840, "Drogerie Klar", "Small things"),
    ];
    let mut rows: Vec<Row> = gifts
        .into_iter()
        .take(if chapter.is_running() { 3 } else { 5 })
        .map(|(day, amount, shop, what)| {
            let row = Row::paid(chapter.day(day), dice.around(chapter.price(amount), 12), C::Miscellaneous, shop);
            row.under("Gifts").about(what).tagged(&["christmas", "gifts"])
        })
        .collect();
    let tree = Row::paid(chapter.day(15), 3_400, C::Miscellaneous, "Forsthof Tannengrund").about("The tree").in_cash();
    let market = Row::paid(chapter.day(12), dice.around(2_360, 25), C::Entertainment, "Weihnachtsmarkt").in_cash();
    rows.push(tree.tagged(&["christmas"]));
    rows.push(market.under("Outings").tagged(&["christmas"]));
    if !chapter.is_running() {
        let feast = Row::paid(chapter.day(23), dice.around(chapter.price(8_930), 10), C::Food, "Frischhof");
        rows.push(feast.under("Groceries").about("For the holidays").tagged(&["christmas"]));
    }
    rows
}

fn birthdays(chapter: Chapter) -> Vec<Row> {
    match chapter.month.month {
        9 => {
            let spent = |day, amount, shop, what| {
                Row::paid(chapter.day(day), chapter.price(amount), C::Miscellaneous, shop)
                    .under("Gifts")
                    .about(what)
                    .tagged(&["ida", "birthday"])
            };
            vec![
                spent(10, 5_890, "Spielwaren Kreisel", "A scooter for Ida"),
                spent(13, 2_270, "Drogerie Klar", "Balloons and prizes"),
                spent(14, 2_680, "Bäckerei Lindner", "Ida's birthday cake"),
            ]
        }
        4 => {
            let dinner = Row::paid(chapter.day(18), chapter.price(8_440), C::Food, "Trattoria Da Nino").by_card();
            vec![dinner.under("Eating out").about("Mara's birthday").tagged(&["birthday"])]
        }
        _ => Vec::new(),
    }
}

/// What broke or was sent back: each once in the two years.
fn once(chapter: Chapter) -> Vec<Row> {
    let day = |number: i64| -> Date { chapter.booked(number) };
    match (chapter.index < 12, chapter.month.month) {
        (true, 1) => {
            let boots = Row::paid(day(8), 7_995, C::Miscellaneous, "Schuhhaus Lauf").under("Clothes").by_card();
            let back = Row { date: day(19), ..boots.clone().refunded() }.about("Winter boots sent back");
            vec![boots.about("Winter boots"), back.noting("Too small. Refund took nine days.")]
        }
        (true, 10) => vec![
            Row::paid(day(11), 64_238, C::Transportation, "Autohaus Krämer")
                .under("Car")
                .about("Inspection, brakes and a new exhaust")
                .noting("Next inspection in two years.")
                .tagged(&["car"]),
        ],
        (false, 3) => {
            let bed = Row::sent(day(16), 32_990, C::Housing, "Möbelhaus Nordholz").under("Furniture");
            vec![bed.about("Bed for Ida").tagged(&["ida"])]
        }
        (false, 5) => {
            let repair = Row::sent(day(8), 21_860, C::Housing, "Hausgeräte Blum").under("Repairs");
            vec![repair.about("Washing machine: pump and bearing")]
        }
        (false, 8) => {
            let trailer = Row::paid(day(7), 8_990, C::Entertainment, "Radladen Speiche").tagged(&["ida"]);
            let back = Row { date: day(19), ..trailer.clone().refunded() }.about("Bicycle trailer given back");
            vec![trailer.about("Bicycle trailer, second hand"), back.noting("The axle did not fit.")]
        }
        _ => Vec::new(),
    }
}
