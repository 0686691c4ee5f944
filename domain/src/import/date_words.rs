//! Names of months in the languages that bank files come in.

/// By month: what its name begins with, folded to small letters. Longer beginnings where the first three letters are
/// also those of another month, in any of the languages.
const NAMES: [&[&str]; 12] = [
    &["jan", "ene", "gen", "sty", "led", "oca", "янв", "січ", "sau"],
    &["feb", "fev", "fév", "lut", "uno", "úno", "şub", "sub", "фев", "лют", "vas"],
    &["mar", "mär", "mae", "mrz", "mrt", "maa", "bre", "bře", "мар", "бер", "kov", "már"],
    &["apr", "avr", "abr", "kwi", "dub", "nis", "апр", "кві", "bal", "ápr"],
    &["may", "mai", "maj", "mag", "mei", "máj", "kve", "kvě", "мая", "май", "тра", "geg"],
    &["jun", "jui", "juin", "giu", "cze", "čvn", "haz", "июн", "чер", "bir", "jún"],
    &["jul", "juil", "lug", "lip", "čvc", "tem", "июл", "лип", "lie", "júl"],
    &["aug", "aou", "aoû", "ago", "sie", "srp", "ağu", "agu", "авг", "сер", "rgp", "rugp"],
    &["sep", "set", "wrz", "zar", "zář", "eyl", "сен", "вер", "rgs", "rugs"],
    &["oct", "okt", "ott", "out", "paz", "paź", "rij", "říj", "eki", "окт", "жов", "spa"],
    &["nov", "lis", "kas", "ноя", "лис", "lap"],
    &["dec", "dez", "dic", "déc", "dés", "gru", "pro", "ara", "дек", "гру", "gruo"],
];

/// 1 to 12, for a name or its first letters.
pub(super) fn month(name: &str) -> Option<u8> {
    if !(3..=24).contains(&name.len()) {
        return None;
    }
    let name = name.to_lowercase();
    // French juin and juillet share three letters.
    let best = |beginnings: &[&str]| {
        beginnings.iter().filter(|start| name.starts_with(**start)).map(|start| start.len()).max()
    };
    let (index, _) =
        NAMES.iter().enumerate().filter_map(|(index, all)| Some((index, best(all)?))).max_by_key(|(_, len)| *len)?;
    u8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months() {
        for (name, number) in [
            ("Jan", 1),
            ("août", 8),
            ("März", 3),
            ("juin", 6),
            ("juillet", 7),
            ("SEPT", 9),
            ("Dezember", 12),
            ("grudnia", 12),
            ("października", 10),
            ("mei", 5),
            ("listopadu", 11),
            ("diciembre", 12),
            ("ottobre", 10),
            ("déc", 12),
        ] {
            assert_eq!(month(name), Some(number), "{name}");
        }
        assert_eq!(month("T"), None);
        assert_eq!(month("xyz"), None);
    }
}
