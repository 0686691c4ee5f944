//! Prints of banks and the names in them.
use super::*;
use proptest::prelude::*;

#[test]
fn the_shop_in_the_print() {
    let table = [
        ("REWE SAGT DANKE 4711 BERLIN", "REWE", "rewe"),
        ("SQ *JOE'S COFFEE #1234 SEATTLE WA", "Joe's Coffee", "joes coffee"),
        ("Joe's Coffee", "Joe's Coffee", "joes coffee"),
        ("PAYPAL *SPOTIFY", "Spotify", "spotify"),
        ("PayPal Europe S.a.r.l. Ihr Einkauf bei Spotify AB", "Spotify", "spotify"),
        ("TST* THE GRAIN HOUSE 00012345 PORTLAND OR", "The Grain House", "the grain house"),
        ("STARBUCKS STORE 01234 NEW YORK NY", "Starbucks", "starbucks"),
        ("POS PURCHASE TRADER JOE'S #552 SAN DIEGO CA", "Trader Joe's", "trader joes"),
        ("Kartenzahlung EDEKA MEIER//HAMBURG/DE", "Edeka Meier", "edeka meier"),
        ("NETFLIX.COM AMSTERDAM NL", "Netflix", "netflix"),
        ("WWW.ALIEXPRESS.COM LONDON GB", "Aliexpress", "aliexpress"),
        ("CB BOULANGERIE PAUL PARIS 24/12", "Boulangerie Paul", "boulangerie paul"),
        ("REWE Markt GmbH 0815 Köln", "REWE Markt", "rewe markt"),
        ("dm-drogerie markt GmbH + Co. KG", "dm-drogerie markt", "dm drogerie markt"),
        ("Deutsche Telekom AG", "Deutsche Telekom", "deutsche telekom"),
        ("Zabka Polska Sp. z o.o.", "Zabka", "zabka"),
        ("UBER *TRIP HELP.UBER.COM CA", "Uber Trip", "uber trip"),
        ("EREF+12345MREF+88SVWZ+Stadtwerke Kassel ABWA+X", "Stadtwerke", "stadtwerke"),
        ("AMAZON.DE*2K4LD8FG4 LUXEMBOURG", "Amazon", "amazon"),
        ("7-ELEVEN 34567 DALLAS TX", "7-Eleven", "7 eleven"),
        ("MOTEL 6", "Motel 6", "motel 6"),
        ("H&M", "H&M", "h m"),
        ("KFC 1234", "KFC", "kfc"),
        ("BURGER HOUSE F1234", "Burger House", "burger house"),
        ("Do It", "Do It", "do it"),
        ("ALDI SUED", "Aldi Sued", "aldi sued"),
        ("12.03. 18:22 Kaufland", "Kaufland", "kaufland"),
        ("那覇市", "那覇市", "那覇市"),
        ("4711", "4711", "4711"),
        ("", "", ""),
    ];
    for (printed, name, key) in table {
        let got = clean(printed);
        assert_eq!((got.name.as_str(), got.key.as_str()), (name, key), "{printed}");
    }
}

proptest! {
    #[test]
    fn any_text_has_a_key_if_it_has_a_letter(text in any::<String>()) {
        let got = clean(&text);
        let seen: String = text.chars().take(LONGEST).collect();
        if seen.contains(|c: char| c.is_ascii_alphanumeric()) {
            prop_assert!(!got.key.is_empty(), "{text:?}");
        }
        prop_assert!(got.key.chars().count() <= 80);
    }

    #[test]
    fn a_clean_name_stays(words in proptest::collection::vec("[A-Za-z0-9#*./' &-]{1,10}", 1..6)) {
        let once = clean(&words.join(" "));
        prop_assert_eq!(clean(&once.name).key, once.key);
    }

    #[test]
    fn numbers_and_places_behind_a_name_change_nothing(
        name in proptest::sample::select(vec!["Joe's Coffee", "Edeka Meier", "Boulangerie Paul", "Trader Joe's", "Kaufland"]),
        number in 100_u32..99_999, place in proptest::sample::select(vec!["BERLIN", "SEATTLE WA", "LONDON GB", "Paris FR"]),
    ) {
        let key = clean(name).key;
        prop_assert_eq!(&clean(&format!("{} {number} {place}", name.to_uppercase())).key, &key);
        prop_assert_eq!(&clean(&format!("SQ *{name} #{number}")).key, &key);
        prop_assert_eq!(&clean(&format!("{name} {place}")).key, &key);
    }
}
