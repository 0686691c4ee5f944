//! What texts of six languages are found by.
use super::*;
use proptest::prelude::*;

fn joined(text: &str) -> String {
    tokens(text).join(" ")
}

#[test]
fn words_of_six_languages() {
    for (text, words) in [
        ("", ""),
        ("  –, .", ""),
        ("Lunch at Joe's #work", "lunch at joe s joes work"),
        ("REWE 4711, Köln", "rewe 4711 koln koeln"),
        ("Bäckerei Weiß & Söhne", "backerei baeckerei weiss sohne soehne"),
        ("Café CAFE café", "cafe"),
        ("l'eau de l’été", "l eau leau de ete lete"),
        ("Año nuevo, niño 2x", "ano nuevo nino 2x"),
        ("œuvre Ærø", "oeuvre aero"),
        ("ÉCOLE İstanbul ırmak", "ecole istanbul irmak"),
        ("चाय और समोसा १२५ रुपये", "चाय और समोसा 125 रुपये"),
        ("फ़ोन माँ", "फोन मां"),
        ("東京都", "東京 京都 都"),
        ("ラーメン屋で昼食", "らー ーめ めん ん屋 屋で で昼 昼食 食"),
        ("ｽﾀﾊﾞ １２００円", "すた たば ば 1200 円"),
        ("スーパー ABC店", "すー ーぱ ぱー ー abc 店"),
        ("咖啡 30元", "咖啡 啡 30 元"),
        ("서울 커피", "서울 커피"),
        ("Ηλεκτρισμός Кофе й", "ηλεκτρισμος кофе и"),
        ("12,50 €", "12 50"),
    ] {
        assert_eq!(joined(text), words, "{text}");
    }
}

#[test]
fn what_finds_what() {
    for (text, asked) in [
        ("Lunch at Joe's", "joes"),
        ("Lunch at Joe's", "joe's"),
        ("Lunch at Joe's", "Joe’s lun"),
        ("Lunch at Joe's", "joe"),
        ("Bäckerei Müller", "baeckerei"),
        ("Bäckerei Müller", "backer"),
        ("Bäckerei Müller", "BÄCK"),
        ("Bäckerei Müller", "muller bäckerei "),
        ("l'eau", "eau"),
        ("electricité", "électricite"),
        ("東京都港区", "京都"),
        ("東京都港区", "区"),
        ("東京都港区", "都 区"),
        ("ラーメン", "らーめん"),
        ("ﾗｰﾒﾝ", "ラーメ"),
        ("चाय", "चा"),
        ("फ़ोन बिल", "फोन"),
        ("नंबर १२", "12"),
        ("REWE", "ＲＥＷＥ"),
    ] {
        assert!(is_found(text, asked), "{text} by {asked}");
    }
    for (text, asked) in [
        ("Lunch", "unch"),
        ("Lunch", "lun "),
        ("Lunch", "lun joe"),
        ("Lunch", ""),
        ("Lunch", "?"),
        ("चाय", "चय"),
        ("か", "が"),
        ("東京", "京東"),
    ] {
        assert!(!is_found(text, asked), "{text} by {asked}");
    }
}

#[test]
fn the_last_word_may_be_unfinished() {
    let terms = |text| query(text).into_iter().map(|term| (term.word, term.prefix)).collect::<Vec<_>>();
    let term = |word: &str, prefix| (word.to_owned(), prefix);
    assert_eq!(terms("crème bru"), [term("creme", false), term("bru", true)]);
    assert_eq!(terms("crème bru "), [term("creme", false), term("bru", false)]);
    assert_eq!(terms("a b a"), [term("a", false), term("b", false)]);
    assert_eq!(terms("京 x"), [term("京", true), term("x", true)]);
    assert_eq!(terms("東京"), [term("東京", false)]);
    assert_eq!(query(&"a b c d e f g ".repeat(99)).len(), 7);
    let many = (0..99).map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
    assert_eq!(query(&many).len(), MOST);
}

/// Texts as people write them, in several scripts.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9äöüßéñçÉ'’ ,.#-]{0,40}",
        "[अ-ह\\x{93e}-\\x{94d}\\x{901}\\x{902}\\x{93c}०-९ ]{0,20}",
        "[ぁ-んァ-ヶー一-十東京都港区０-９a-z ]{0,20}",
        "\\PC{0,30}",
    ]
}

#[test]
fn marks_of_what_is_dropped_begin_no_word() {
    assert_eq!(tokens("ᰤ\u{ccd}"), [""; 0]);
    assert_eq!(tokens("ᰤ\u{ccd}a"), ["a"]);
}

proptest! {
    #[test]
    fn a_text_is_found_by_itself(text in any_text()) {
        prop_assert!(query(&text).is_empty() || is_found(&text, &text), "{:?}", tokens(&text));
        prop_assert_eq!(query(&text).is_empty(), tokens(&text).is_empty());
    }

    #[test]
    fn a_text_is_found_by_each_of_its_words(text in any_text(), before in any_text()) {
        let all = format!("{before} {text}");
        for word in text.split_whitespace().filter(|word| !query(word).is_empty()) {
            prop_assert!(is_found(&all, word), "{:?} by {}", tokens(&all), word);
        }
    }

    #[test]
    fn a_text_is_found_by_the_beginnings_of_its_words(text in any_text()) {
        for token in tokens(&text) {
            let mut beginning = String::new();
            for letter in token.chars() {
                beginning.push(letter);
                // A mark of the next letter makes another letter of the one before it.
                if query(&beginning).iter().all(|term| term.prefix && token.starts_with(&term.word)) {
                    prop_assert!(query(&beginning).is_empty() || is_found(&text, &beginning), "{token} by {beginning}");
                }
            }
        }
    }

    #[test]
    fn tokens_are_their_own_tokens(text in any_text()) {
        for token in tokens(&text) {
            let again = tokens(&token);
            prop_assert_eq!(again.first(), Some(&token));
        }
    }

    #[test]
    fn tokens_have_no_blanks_and_come_once(text in "\\PC{0,60}") {
        let all = tokens(&text);
        for (index, token) in all.iter().enumerate() {
            prop_assert!(!token.is_empty() && !token.contains(char::is_whitespace), "{:?}", token);
            prop_assert!(token.chars().count() <= LONGEST);
            prop_assert!(!all[..index].contains(token));
        }
    }

    #[test]
    fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        let (_, _) = (tokens(&text), query(&text));
    }
}
