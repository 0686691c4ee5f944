//! Codes, and the model inside of the program.
use super::*;

#[test]
fn codes_are_filed() {
    let table = [
        ("5411", Some((Category::Food, true))),
        ("5541", Some((Category::Transportation, true))),
        ("5912", Some((Category::Healthcare, true))),
        ("3000", Some((Category::Transportation, true))),
        ("4900", Some((Category::Utilities, true))),
        ("5552", Some((Category::Miscellaneous, false))),
        ("9999", Some((Category::Miscellaneous, false))),
        ("541", None),
        ("54 1", None),
        ("५४११", None),
        ("", None),
    ];
    for (code, wanted) in table {
        assert_eq!(category_of_code(code).map(|coded| (coded.category, coded.clear)), wanted, "{code}");
    }
}

#[test]
fn every_code_has_an_answer() {
    for code in 0..10_000 {
        assert!(category_of_code(&format!("{code:04}")).is_some());
    }
}

#[cfg(feature = "merchants-data")]
mod embedded_model {
    use super::super::*;
    use proptest::prelude::*;

    #[test]
    fn it_is_whole_and_small() {
        assert!(embedded().is_some());
        assert!(include_bytes!("../../data/merchants.bin").len() <= 1_000_000);
    }

    #[test]
    fn words_of_many_languages_tell_the_kind() {
        let table = [
            ("Bäckerei Schmidt", Category::Food),
            ("BOULANGERIE DUPONT LYON", Category::Food),
            ("Panadería La Espiga", Category::Food),
            ("Löwen-Apotheke", Category::Healthcare),
            ("FARMACIA CENTRALE ROMA", Category::Healthcare),
            ("Аптека на Садовой", Category::Healthcare),
            ("SHELL TANKSTELLE 4711 KASSEL", Category::Transportation),
            ("Stadtwerke Neustadt", Category::Utilities),
            ("Möbelhaus Winter", Category::Housing),
            ("Kino am Markt Cinema", Category::Entertainment),
            ("山田歯科医院", Category::Healthcare),
        ];
        for (printed, category) in table {
            let guess = classify(printed, None).expect("a guess");
            assert_eq!(guess.category, category, "{printed}: {guess:?}");
        }
    }

    #[test]
    fn a_clear_code_is_believed_and_an_unclear_one_is_not() {
        let guess = classify("QQQ 17", Some("5411")).expect("a guess");
        assert_eq!((guess.category, guess.sure), (Category::Food, true));
        assert_eq!(classify("Bäckerei Schmidt", Some("0000")), classify("Bäckerei Schmidt", None));
        assert_eq!(classify("4711", None), None);
        assert_eq!(classify("", Some("")), None);
    }

    proptest! {
        #[test]
        fn any_print_and_code(printed in any::<String>(), code in any::<Option<String>>()) {
            let guess = classify(&printed, code.as_deref());
            prop_assert!(guess.is_none_or(|guess| guess.confidence <= 100));
            prop_assert_eq!(guess, classify(&printed, code.as_deref()));
        }

        #[test]
        fn any_bytes_are_a_model_or_none(
            at in 0_usize..400, bytes in proptest::collection::vec(any::<u8>(), 0..64), keep in 0_usize..2_000,
        ) {
            let mut mangled = include_bytes!("../../data/merchants.bin")[..keep].to_vec();
            for (old, new) in mangled.iter_mut().skip(at).zip(&bytes) {
                *old = *new;
            }
            prop_assert!(model::Model::read(&mangled).is_none_or(|model| model.probabilities("a b").len() == 10));
            prop_assert!(model::Model::read(&bytes).is_none());
        }

        #[test]
        fn probabilities_sum_to_one(key in "[a-zа-я가-힣 ]{0,40}") {
            let all = embedded().expect("whole").probabilities(&key);
            prop_assert!((all.iter().sum::<f32>() - 1.0).abs() < 1e-3);
        }
    }
}
