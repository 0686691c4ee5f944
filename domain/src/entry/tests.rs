//! Lines as people type them, and what is understood.
use super::*;
use jiff::civil::date;
use proptest::prelude::*;
use std::fmt::Write as _;

/// A Monday.
const TODAY: Date = date(2026, 11, 23);

fn read(tag: &str, currency: Currency, text: &str) -> Entry {
    let merchants = ["Joe's Diner", "dm drogerie"];
    parse(text, &Context { today: TODAY, locale: Locale::from_tag(tag), currency, merchants: &merchants })
}

/// The draft on one line: amount, kind (but expense), date (but today), merchant, description, tags, category, method; then
/// what is asked.
fn shown(tag: &str, currency: Currency, text: &str) -> String {
    let Entry { draft, ambiguous, .. } = read(tag, currency, text);
    let mut out =
        draft.amount.map_or("none".to_owned(), |amount| format!("{} {}", amount.to_decimal(), amount.currency()));
    if draft.kind != Kind::Expense {
        let _ = write!(out, " {}", draft.kind.as_str());
    }
    if draft.date != TODAY {
        let _ = write!(out, " {}", draft.date);
    }
    for (mark, part) in [("@", draft.merchant), (":", draft.description)] {
        let _ = part.map(|part| write!(out, " {mark}{part}"));
    }
    for tag in draft.tags {
        let _ = write!(out, " #{tag}");
    }
    let _ = draft.category.map(|category| write!(out, " ={category}"));
    let _ = draft.payment_method.map(|method| write!(out, " /{}", method.as_str()));
    for ambiguity in ambiguous {
        let _ = write!(out, " ?{:?}", ambiguity.reason);
    }
    out
}

fn table(tag: &str, currency: Currency, rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, expected)| (text, shown(tag, currency, text), expected))
        .filter(|(_, got, expected)| got != *expected)
        .map(|(text, got, expected)| format!("{text}\n   got {got}\n  want {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{tag}:\n{}", wrong.join("\n"));
}

#[test]
fn english() {
    table(
        "en-US",
        Currency::USD,
        &[
            ("lunch 12.50 yesterday at Joe's #work", "12.50 USD 2026-11-22 @Joe's :lunch #work =food"),
            ("$1,200.50 rent on 1 Nov", "1200.50 USD 2026-11-01 :rent =housing"),
            ("3x4.99 coffee", "14.97 USD :coffee =food"),
            ("coffee 3.20 + 1.80", "5.00 USD :coffee =food"),
            ("-12.50 refund Amazon", "12.50 USD refund @Amazon"),
            ("salary 3200 income", "3200.00 USD income :salary"),
            ("Spent 45 on groceries at Whole Foods last friday", "45.00 USD 2026-11-20 @Whole Foods :groceries =food"),
            ("uber 23.40 paid with card", "23.40 USD :uber =transportation /card"),
            ("dinner with Anna 54.30 visa", "54.30 USD :dinner with Anna =food /card"),
            ("15 bucks haircut cash", "15.00 USD :haircut =miscellaneous /cash"),
            ("movie tickets 2 x 14.50 saturday", "29.00 USD 2026-11-21 :movie tickets =entertainment"),
            ("50 cents parking", "0.50 USD :parking =transportation"),
            ("gas bill 80.12 3 days ago", "80.12 USD 2026-11-20 :gas bill =utilities"),
            ("a week ago pharmacy $8", "8.00 USD 2026-11-16 :pharmacy =healthcare"),
            ("gym 29.99 Nov 1st, 2025", "29.99 USD 2025-11-01 :gym =entertainment"),
            ("gym 29.99 2026-10-31", "29.99 USD 2026-10-31 :gym =entertainment"),
            ("gym 29.99 10/31", "29.99 USD 2026-10-31 :gym =entertainment"),
            ("gym 29.99 on the 3rd", "29.99 USD 2026-11-03 :gym =entertainment"),
            ("2 coffees 7.50", "7.50 USD :2 coffees =food"),
            ("iPhone 15 case $20", "20.00 USD :iPhone 15 case"),
            ("€20 museum", "20.00 EUR :museum =entertainment"),
            ("20 EUR museum", "20.00 EUR :museum =entertainment"),
            ("20eur museum", "20.00 EUR :museum =entertainment"),
            ("rent 2,000", "2000.00 USD :rent =housing"),
            ("breakfast at 7-Eleven 6", "6.00 USD @7-Eleven :breakfast =food"),
            ("lunch 12:30 14.20", "14.20 USD :lunch 12:30 =food"),
            ("tip 20% 5.00", "5.00 USD :tip 20%"),
            ("dinner 60/3", "20.00 USD :dinner =food"),
            ("tax refund 512.33", "512.33 USD income :tax refund"),
            ("got paid 2500", "2500.00 USD income :got paid"),
            ("transfer 500 to savings", "500.00 USD transfer :transfer savings"),
            ("joe's diner 12", "12.00 USD @joe's diner =food"),
            ("coffee - 3.20", "3.20 USD :coffee =food"),
            ("coffee", "none :coffee =food"),
            ("", "none"),
            ("12.50", "12.50 USD"),
            ("Dr. Smith copay 25", "25.00 USD @Dr. Smith :copay"),
            ("100k salary", "100000.00 USD income :salary"),
            ("bus 3 two days ago", "3.00 USD 2026-11-21 :bus =transportation"),
            ("2 bagels 3.10 last week", "3.10 USD 2026-11-16 :2 bagels =food ?VagueDay"),
            ("gift 30 Dec 24, 2024", "30.00 USD 2024-12-24 :gift =miscellaneous"),
            ("doctor visit copay $30 nov 3rd", "30.00 USD 2026-11-03 :doctor visit copay =healthcare"),
            ("401k contribution 500", "500.00 USD :401k contribution =investments"),
            ("dinner at 8pm 45.20", "45.20 USD :dinner at 8pm =food"),
            ("lunch w/ Sam $23", "23.00 USD :lunch w/ Sam =food"),
            ("eggs 3.99 x2", "7.98 USD :eggs =food"),
            ("20 USD to EUR", "20.00 USD :EUR"),
            ("sun cream 5.00", "5.00 USD :sun cream"),
            (
                "books from Barnes & Noble $31 by card #school #kids",
                "31.00 USD @Barnes & Noble :books #school #kids =entertainment /card",
            ),
        ],
    );
}

#[test]
fn german() {
    table(
        "de-DE",
        Currency::EUR,
        &[
            ("lunch 12,50 gestern bei Joe's #work", "12.50 EUR 2026-11-22 @Joe's :lunch #work =food"),
            ("20 € Tanken vorgestern", "20.00 EUR 2026-11-21 :Tanken =transportation"),
            ("Mittagessen 8,90 mit Karte", "8.90 EUR :Mittagessen =food /card"),
            ("REWE 45,67", "45.67 EUR @REWE"),
            ("Einkauf bei Edeka 1.234,50 bar", "1234.50 EUR @Edeka :Einkauf =food /cash"),
            ("Miete 1.200 € am 1.11.", "1200.00 EUR 2026-11-01 :Miete =housing"),
            ("Miete 850 am 1. November per Überweisung", "850.00 EUR 2026-11-01 :Miete =housing /transfer"),
            ("Stromrechnung 87,30 vor 3 Tagen", "87.30 EUR 2026-11-20 :Stromrechnung =utilities"),
            ("Gehalt 3.200 €", "3200.00 EUR income :Gehalt"),
            ("Erstattung Zalando 39,95", "39.95 EUR refund @Zalando"),
            ("-39,95 Rückerstattung von Amazon", "39.95 EUR refund @Amazon"),
            ("3 mal 4,99 Kaffee", "14.97 EUR :Kaffee =food"),
            ("Kaffee 3,20 + 1,80", "5.00 EUR :Kaffee =food"),
            ("2 Brötchen 1,10 beim Bäcker", "1.10 EUR @Bäcker :2 Brötchen =food"),
            ("Schrauben 5,49 im Baumarkt", "5.49 EUR @Baumarkt :Schrauben =housing"),
            ("letzten Freitag Kino 24", "24.00 EUR 2026-11-20 :Kino =entertainment"),
            ("Zahnarztrechnung 120 Lastschrift", "120.00 EUR :Zahnarztrechnung =healthcare /direct_debit"),
            ("12 Euro Pizza heute Abend", "12.00 EUR :Pizza =food"),
            ("50 Cent Parkuhr", "0.50 EUR :Parkuhr"),
            ("Apotheke 7,95 vor zwei Tagen", "7.95 EUR 2026-11-21 :Apotheke =healthcare"),
            ("Strom 89,00 15.11", "89.00 EUR 2026-11-15 :Strom =utilities"),
            ("Amazon Gutschrift 19,99", "19.99 EUR refund @Amazon"),
            ("-15 Retoure Zalando", "15.00 EUR refund @Zalando"),
            ("2,5 kg Äpfel 7,45", "7.45 EUR :2,5 kg Äpfel"),
            ("Mo Mittag 9,50", "9.50 EUR :Mittag =food ?Weekday"),
            ("Fr 12,50 Mittag", "12.50 EUR 2026-11-20 :Mittag =food"),
            ("Bus 2,80 So", "2.80 EUR 2026-11-22 :Bus =transportation"),
            ("So ein Mist 2,80", "2.80 EUR :So ein Mist"),
            ("Taxi 12,- €", "12.00 EUR :Taxi =transportation"),
            ("dm Drogerie 8,15", "8.15 EUR @dm Drogerie =healthcare"),
            ("$20 Trinkgeld", "20.00 USD :Trinkgeld"),
            ("CHF 15.50 Raclette", "15.50 CHF :Raclette"),
            ("Essen 24.12.2025 80 €", "80.00 EUR 2025-12-24 :Essen =food"),
            ("Essen 22.11. 80 €", "80.00 EUR 2026-11-22 :Essen =food"),
        ],
    );
}

#[test]
fn spanish_french_and_swiss() {
    table(
        "es-ES",
        Currency::EUR,
        &[
            ("almuerzo 12,50 ayer en Casa Pepe #trabajo", "12.50 EUR 2026-11-22 @Casa Pepe :almuerzo #trabajo =food"),
            ("alquiler 900 € el 1 de noviembre", "900.00 EUR 2026-11-01 :alquiler =housing"),
            ("gasolina 45 anteayer con tarjeta", "45.00 EUR 2026-11-21 :gasolina =transportation /card"),
            ("café 1,40 en efectivo", "1.40 EUR :café =food /cash"),
            ("sueldo 2100", "2100.00 EUR income :sueldo"),
            ("cena 30 hace 2 días", "30.00 EUR 2026-11-21 :cena =food"),
            ("cena en El Corte Inglés 45,90", "45.90 EUR @El Corte Inglés :cena =food"),
            ("viernes pasado cine 9,50", "9.50 EUR 2026-11-20 :cine =entertainment"),
        ],
    );
    table(
        "fr-FR",
        Currency::EUR,
        &[
            ("déjeuner 12,50 hier chez Paul #travail", "12.50 EUR 2026-11-22 @Paul :déjeuner #travail =food"),
            ("loyer 1 200,50 € le 1er novembre", "1200.50 EUR 2026-11-01 :loyer =housing"),
            ("essence 45 avant-hier par carte", "45.00 EUR 2026-11-21 :essence =transportation /card"),
            ("3 à 4,99 croissants", "14.97 EUR :croissants =food"),
            ("12€50 boulangerie", "12.50 EUR :boulangerie =food"),
            ("il y a 3 jours pharmacie 8,20", "8.20 EUR 2026-11-20 :pharmacie =healthcare"),
            ("essence 60€ hier chez Total", "60.00 EUR 2026-11-22 @Total :essence =transportation"),
            ("salaire 2400", "2400.00 EUR income :salaire"),
            ("aujourd'hui pain 1,10 en espèces", "1.10 EUR :pain =food /cash"),
        ],
    );
}

#[test]
fn hindi_and_japanese() {
    table(
        "hi-IN",
        Currency::INR,
        &[
            ("चाय २० रुपये आज", "20.00 INR :चाय =food"),
            ("कल दुकान से सब्ज़ी 250 रुपये", "250.00 INR 2026-11-22 @दुकान :सब्ज़ी =food ?PastOrFuture"),
            ("किराया ₹१२,००० 1 नवंबर", "12000.00 INR 2026-11-01 :किराया =housing"),
            ("500 रुपये किराना बिग बाज़ार से", "500.00 INR @बिग बाज़ार :किराना =food"),
            ("पेट्रोल 500 नकद 3 दिन पहले", "500.00 INR 2026-11-20 :पेट्रोल =transportation /cash"),
            ("वेतन 50 हज़ार रुपये", "50000.00 INR income :वेतन"),
            ("सोमवार को दवा 120", "120.00 INR :दवा =healthcare ?Weekday"),
        ],
    );
    table(
        "ja-JP",
        Currency::JPY,
        &[
            ("昨日スタバで珈琲450円", "450 JPY 2026-11-22 @スタバ :珈琲 =food"),
            ("ランチ 1,200円 今日", "1200 JPY :ランチ =food"),
            ("家賃 八万五千円 11月1日", "85000 JPY 2026-11-01 :家賃 =housing"),
            ("タクシー ￥２，３００ 一昨日 カード", "2300 JPY 2026-11-21 :タクシー =transportation /card"),
            ("1万2千円 服 2026年10月3日", "12000 JPY 2026-10-03 :服 =miscellaneous"),
            ("3日前 電気代 6,540円", "6540 JPY 2026-11-20 :電気代 =utilities"),
            ("給料 25万円", "250000 JPY income :給料"),
            ("土曜日に映画 1900円", "1900 JPY 2026-11-21 :映画 =entertainment"),
        ],
    );
}

#[test]
fn what_is_unclear_is_asked() {
    let asked = |tag, currency, text| {
        let all = read(tag, currency, text).ambiguous;
        let Some(ambiguity) = all.first() else { return "nothing".to_owned() };
        let ways = match &ambiguity.alternatives {
            Alternatives::Amounts(all) => all.iter().map(|amount| amount.to_decimal()).collect::<Vec<_>>(),
            Alternatives::Currencies(all) => all.iter().map(|currency| currency.code().to_owned()).collect(),
            Alternatives::Dates(all) => all.iter().map(|day| day.0.to_string()).collect(),
            Alternatives::Kinds(all) => all.iter().map(|kind| kind.as_str().to_owned()).collect(),
            Alternatives::Categories(all) => all.iter().map(ToString::to_string).collect(),
        };
        format!("{:?} at {}: {}", ambiguity.reason, &text[ambiguity.start..ambiguity.end], ways.join(" "))
    };
    for (tag, currency, text, expected) in [
        ("en-US", Currency::USD, "rent 1.200", "DecimalMark at 1.200: 1.20 1200.00"),
        ("de-DE", Currency::EUR, "rent 1.200", "DecimalMark at 1.200: 1200.00 1.20"),
        ("de-DE", Currency::EUR, "Miete 1.200", "nothing"),
        ("de-DE", Currency::EUR, "Miete 1,200", "DecimalMark at 1,200: 1.20 1200.00"),
        ("en-US", Currency::USD, "rent 1,200", "nothing"),
        ("de-DE", Currency::JPY, "taxi 1.200 ¥", "nothing"),
        ("de-DE", Currency::EUR, "taxi 1.200 ¥", "CurrencySign at ¥: JPY CNY"),
        ("en-US", Currency::KWD, "taxi 1.200", "DecimalMark at 1.200: 1.200 1200.000"),
        ("de-DE", Currency::EUR, "Bus 20 kr", "CurrencySign at kr: SEK NOK DKK ISK CZK"),
        ("en-US", Currency::CAD, "bus $3", "CurrencySign at $: CAD USD"),
        ("en-CA", Currency::CAD, "bus $3", "nothing"),
        ("en-US", Currency::USD, "gym 30 01/02", "DayOrMonth at 01/02: 2026-01-02 2026-02-01"),
        ("de-DE", Currency::EUR, "Sport 30 01/02", "DayOrMonth at 01/02: 2026-02-01 2026-01-02"),
        ("de-DE", Currency::EUR, "Sport 30 am 1.2.", "nothing"),
        ("en-US", Currency::USD, "gym 30 10/31/25", "nothing"),
        ("en-US", Currency::USD, "gym 30 1 Dec", "Year at 1 Dec: 2025-12-01 2026-12-01"),
        ("en-US", Currency::USD, "gym 30 Feb 29", "nothing"),
        ("en-US", Currency::USD, "gym 30 yesterday Nov 1", "SeveralDates at yesterday Nov 1: 2026-11-22 2026-11-01"),
        ("en-US", Currency::USD, "gym 30 monday", "Weekday at monday: 2026-11-23 2026-11-16"),
        ("en-US", Currency::USD, "lunch 12.50 coffee 3.20", "SeveralAmounts at 12.50 coffee 3.20: 12.50 3.20 15.70"),
        ("en-US", Currency::USD, "lunch 12 table 4", "SeveralAmounts at 12 table 4: 12.00 4.00 16.00"),
        ("en-US", Currency::USD, "taxes 2025 340", "SeveralAmounts at 2025 340: 340.00 2025.00 2365.00"),
        ("en-US", Currency::USD, "taxes 2025 340.00", "nothing"),
        ("en-US", Currency::USD, "3 beers @ 6.50", "PriceOfEach at @ 6.50: 19.50 6.50"),
        ("en-US", Currency::USD, "2 tickets $12.99 each", "PriceOfEach at $12.99 each: 25.98 12.99"),
        ("de-DE", Currency::EUR, "3 Bier à 4,50", "PriceOfEach at à 4,50: 13.50 4.50"),
        (
            "de-DE",
            Currency::EUR,
            "Hotel 120 € letzten Monat",
            "VagueDay at letzten Monat: 2026-10-23 2026-10-01 2026-10-31",
        ),
        ("en-US", Currency::USD, "-12.50 coffee", "Sign at -12.50: refund expense"),
        ("en-US", Currency::USD, "+50 from mom", "Sign at +50: income refund expense"),
        ("en-US", Currency::USD, "+3200 salary", "nothing"),
        ("en-US", Currency::USD, "taxi to doctor 20", "SeveralCategories at taxi to doctor: transportation healthcare"),
        ("hi-IN", Currency::INR, "परसों चाय 20", "PastOrFuture at परसों: 2026-11-21 2026-11-25"),
    ] {
        assert_eq!(asked(tag, currency, text), expected, "{tag} {text}");
    }
}

#[test]
fn pieces_say_where() {
    let text = "lunch 12,50 € gestern bei Joe's #work";
    let entry = read("de-DE", Currency::EUR, text);
    let pieces: Vec<(&str, Field)> =
        entry.pieces.iter().map(|piece| (&text[piece.start..piece.end], piece.field)).collect();
    assert_eq!(
        pieces,
        [
            ("lunch", Field::Description),
            ("lunch", Field::Category),
            ("12,50 €", Field::Amount),
            ("€", Field::Currency),
            ("gestern", Field::Date),
            ("Joe's", Field::Merchant),
            ("#work", Field::Tag),
        ]
    );
    let json = serde_json::to_string(&entry).unwrap();
    assert_eq!(serde_json::from_str::<Entry>(&json).unwrap(), entry, "{json}");
}

fn any_locale() -> impl Strategy<Value = Locale> {
    prop::sample::select(Locale::all().collect::<Vec<_>>())
}

/// Lines of words that mean something, numbers and signs in any order.
fn any_line() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "lunch",
            "at",
            "Joe's",
            "gestern",
            "bei",
            "vor",
            "3",
            "Tagen",
            "ago",
            "on",
            "the",
            "1st",
            "Nov",
            "1.",
            "November",
            "x",
            "*",
            "+",
            "-",
            "/",
            "€",
            "$",
            "EUR",
            "kr",
            "12,50",
            "1.200",
            "01/02",
            "2026-11-22",
            "22.11.",
            "#work",
            "#",
            "कल",
            "से",
            "२०",
            "रुपये",
            "昨日",
            "スタバで",
            "三千円",
            "11月3日",
            "refund",
            "salary",
            "card",
            "@",
            "(",
            ")",
            "12€50",
            ",",
            "50",
            "cents",
            "हज़ार",
            "%",
            ":",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,4}",
        "[0-9.,]{1,6}",
    ];
    (prop::collection::vec(word, 0..10), prop::sample::select(vec![" ", ""]))
        .prop_map(|(words, between)| words.join(between))
}

proptest! {
    #[test]
    fn whatever_is_typed(text in any_line(), locale in any_locale(), currency in prop::sample::select(Currency::ALL)) {
        let context = Context { today: TODAY, locale, currency, merchants: &["Joe's"] };
        let entry = parse(&text, &context);
        prop_assert!(entry.draft.amount.is_none_or(|amount| amount.minor() > 0 && amount.currency() == entry.draft.currency));
        let inner = |field| matches!(field, Field::Category | Field::Kind | Field::Currency);
        let mut end = 0;
        for piece in &entry.pieces {
            prop_assert!(text.get(piece.start..piece.end).is_some_and(|piece| !piece.is_empty()), "{:?}", piece);
            if !inner(piece.field) {
                prop_assert!(piece.start >= end, "{:?}", entry.pieces);
                end = piece.end;
            }
        }
        for ambiguity in &entry.ambiguous {
            prop_assert!(text.get(ambiguity.start..ambiguity.end).is_some_and(|place| !place.is_empty()));
            let (ways, is_first) = match &ambiguity.alternatives {
                Alternatives::Amounts(all) => (all.len(), all.first() == entry.draft.amount.as_ref()),
                Alternatives::Currencies(all) => (all.len(), all.first() == Some(&entry.draft.currency)),
                Alternatives::Dates(all) => (all.len(), all.first().map(|day| day.0) == Some(entry.draft.date)),
                Alternatives::Kinds(all) => (all.len(), all.first() == Some(&entry.draft.kind)),
                Alternatives::Categories(all) => (all.len(), all.first() == entry.draft.category.as_ref()),
            };
            prop_assert!(ways > 1 && is_first, "{:?}", ambiguity);
        }
    }

    #[test]
    fn amounts_are_exact(locale in any_locale(), minor in 1_i64..100_000_000, currency in prop::sample::select(Currency::ALL)) {
        let money = Money::new(minor, currency);
        let text = format!("zzz {} zzz", locale.format_money(money));
        let entry = parse(&text, &Context { today: TODAY, locale, currency, merchants: &[] });
        prop_assert_eq!(entry.draft.amount, Some(money), "{}", text);
    }

    #[test]
    fn dates_are_read_as_they_are_written(locale in any_locale(), days in 0_i64..3000) {
        let day = TODAY - jiff::Span::new().days(days);
        for written in [day.to_string(), locale.format_date(day)] {
            let entry = parse(&format!("zzz {written}"), &Context { today: TODAY, locale, currency: Currency::EUR, merchants: &[] });
            prop_assert_eq!(entry.draft.date, day, "{}", written);
            prop_assert!(entry.draft.amount.is_none(), "{}", written);
        }
    }

    #[test]
    fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), locale in any_locale()) {
        let text = String::from_utf8_lossy(&bytes);
        parse(&text, &Context { today: Date::MIN, locale, currency: Currency::EUR, merchants: &[&text] });
        parse(&text, &Context { today: Date::MAX, locale, currency: Currency::EUR, merchants: &[] });
    }
}
