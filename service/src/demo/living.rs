//! Getting about, health, free time, and the many small things.
use super::{calendar::Chapter, dice::Dice, row::Row};
use domain::category::Category as C;

/// A month's.
pub(super) fn living(chapter: Chapter) -> Vec<Row> {
    let mut rows = transport(chapter);
    rows.extend(health(chapter));
    rows.extend(leisure(chapter));
    rows.extend(household(chapter));
    rows.extend(unsorted(chapter));
    rows.extend(cash(chapter));
    rows
}

fn transport(chapter: Chapter) -> Vec<Row> {
    let mut dice = Dice::of(chapter.month, "transport");
    let mut rows = Vec::new();
    for (from, to) in [(7, 11), (19, 24)] {
        let station = dice.pick(&["Tankstelle Ostring", "Tankstelle Ostring", "Freie Tankstelle"]);
        // The running month is a calm one.
        let amount = if chapter.is_running() { dice.around(4_180, 8) } else { dice.around(chapter.price(5_730), 20) };
        let row = Row::paid(chapter.day(dice.between(from, to)), amount, C::Transportation, station);
        rows.push(row.under("Fuel").tagged(&["car"]));
    }
    for (from, to, chance) in [(3, 12, 70), (10, 20, 60), (18, 28, 70)] {
        if dice.happens(chance) {
            let row = Row::paid(
                chapter.day(dice.between(from, to)),
                dice.between(3, 9) * 50,
                C::Transportation,
                "Parkhaus Mitte",
            );
            rows.push(row.under("Parking").in_cash());
        }
    }
    if !chapter.is_running() && dice.happens(32) {
        let row = Row::paid(chapter.day(dice.between(8, 26)), dice.around(4_690, 35), C::Transportation, "Landbahn");
        rows.push(row.under("Train").about("To Ida's grandparents").by_card());
    }
    if !chapter.is_running() && dice.happens(18) {
        let row =
            Row::paid(chapter.day(dice.between(5, 27)), dice.around(3_850, 50), C::Transportation, "Radladen Speiche");
        rows.push(row.under("Bicycle").about(dice.pick(&["Brake pads", "New tube and a check", "Child seat"])));
    }
    rows
}

fn health(chapter: Chapter) -> Vec<Row> {
    let mut dice = Dice::of(chapter.month, "health");
    let mut rows = Vec::new();
    let winter = matches!(chapter.month.month, 1 | 2 | 3 | 10 | 11 | 12);
    for (from, to, chance) in [(2, 9, 62), (11, 19, if winter { 75 } else { 35 }), (20, 27, 45)] {
        if dice.happens(chance) {
            let what =
                dice.pick(&["Cough syrup", "Sun cream and plasters", "Fever drops", "Vitamin D", "Prescription fee"]);
            let row = Row::paid(
                chapter.day(dice.between(from, to)),
                dice.around(1_280, 48),
                C::Healthcare,
                "Apotheke am Markt",
            );
            rows.push(row.under("Pharmacy").about(what));
        }
    }
    if !chapter.is_running() && dice.happens(24) {
        let (who, what) = dice.pick(&[
            ("Zahnarztpraxis Dr. Kern", "Dental cleaning"),
            ("Physio Balance", "Back exercises, own share"),
            ("Hautärztin Dr. Yıldız", "Skin check"),
        ]);
        let row = Row::sent(chapter.booked(dice.between(6, 25)), dice.around(5_950, 35), C::Healthcare, who);
        rows.push(row.under("Doctors").about(what));
    }
    rows
}

fn leisure(chapter: Chapter) -> Vec<Row> {
    const OUTINGS: [(&str, &str, i64); 7] = [
        ("Stadtbad", "Swimming", 1_350),
        ("Lichtspielhaus", "Cinema", 2_640),
        ("Tierpark", "With Ida and her friend", 2_980),
        ("Naturkundemuseum", "Dinosaurs again", 1_750),
        ("Kletterhalle Überhang", "Climbing", 2_490),
        ("Puppentheater", "Sunday at the puppet theatre", 1_980),
        ("Kegelbahn am Ring", "Skittles", 1_420),
    ];
    let mut dice = Dice::of(chapter.month, "leisure");
    let mut rows = Vec::new();
    for (from, to, chance) in [(4, 8, 75), (11, 15, 80), (18, 22, 70), (24, 28, 70)] {
        if dice.happens(chance) {
            let (place, what, price) = dice.pick(&OUTINGS);
            let row = Row::paid(
                chapter.day(dice.between(from, to)),
                dice.around(chapter.price(price), 15),
                C::Entertainment,
                place,
            );
            rows.push(row.under("Outings").about(what));
        }
    }
    for (from, to, chance) in [(5, 14, 60), (15, 27, 65)] {
        if dice.happens(chance) {
            let what = dice.pick(&["A novel", "Picture books", "Audio story", "Travel guide"]);
            let row = Row::paid(
                chapter.day(dice.between(from, to)),
                dice.around(1_560, 40),
                C::Entertainment,
                "Buchhandlung Seite 12",
            );
            rows.push(row.under("Books").about(what));
        }
    }
    if !chapter.is_running() && dice.happens(22) {
        let row =
            Row::paid(chapter.day(dice.between(9, 26)), dice.around(6_400, 30), C::Entertainment, "Kulturhaus Tickets");
        rows.push(row.under("Outings").about("Two tickets for a concert").by_card());
    }
    rows
}

fn household(chapter: Chapter) -> Vec<Row> {
    let mut dice = Dice::of(chapter.month, "household");
    let mut rows = Vec::new();
    let mut buy = |from, to, amount, merchant, subcategory, about| {
        let row = Row::paid(
            chapter.day(dice.between(from, to)),
            dice.around(chapter.price(amount), 38),
            C::Miscellaneous,
            merchant,
        );
        rows.push(Row { description: about, ..row.under(subcategory) });
    };
    for (from, to) in [(2, 7), (9, 14), (16, 21), (23, 28)] {
        buy(from, to, 1_590, "Drogerie Klar", "Household", None);
    }
    buy(10, 17, 3_870, "Kinderkiste", "Clothes", Some("Clothes for Ida, a size larger"));
    buy(19, 26, 5_240, "Modehaus Wendt", "Clothes", None);
    buy(6, 24, 2_930, "Friseur Schnittpunkt", "Hairdresser", None);
    buy(8, 27, 2_640, "Baumarkt Ritter", "Household", Some("For the flat"));
    let mut chance = Dice::of(chapter.month, "some of it");
    rows.retain(|row| match row.merchant {
        "Modehaus Wendt" => chance.happens(62),
        "Friseur Schnittpunkt" => chance.happens(78),
        "Baumarkt Ritter" => chance.happens(66),
        _ => true,
    });
    if chance.happens(55) {
        let row = Row::paid(
            chapter.day(chance.between(5, 25)),
            chance.around(2_450, 30),
            C::Miscellaneous,
            "Spielwaren Kreisel",
        );
        rows.push(row.under("Gifts").about("Present for a children's party").tagged(&["gifts"]));
    }
    rows
}

/// What nobody has given a category yet.
fn unsorted(chapter: Chapter) -> Vec<Row> {
    let mut dice = Dice::of(chapter.month, "unsorted");
    let mut rows = Vec::new();
    for (from, to, chance) in [(3, 6, 100), (12, 18, 75), (20, 26, 45)] {
        if dice.happens(chance) {
            let merchant =
                dice.pick(&["PAYPAL *MARKTPLATZ24", "SUMUP *FLOHMARKT", "ONLINEHANDEL 4471 BERLIN", "SB-ZAHLUNG 0293"]);
            let row =
                Row::paid(chapter.day(dice.between(from, to)), dice.around(2_180, 55), C::Miscellaneous, merchant);
            rows.push(row.by_card().unsorted());
        }
    }
    rows
}

/// From the current account into the purse.
fn cash(chapter: Chapter) -> Vec<Row> {
    let mut dice = Dice::of(chapter.month, "cash");
    let mut draw = |from, to, amounts: &[i64]| {
        let amount = dice.pick(amounts);
        Row::moved(chapter.day(dice.between(from, to)), amount, "Geldautomat").about("Cash")
    };
    vec![draw(2, 5, &[8_000, 10_000, 12_000]), draw(14, 19, &[6_000, 8_000, 10_000])]
}
