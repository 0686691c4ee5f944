//! The words for what is wrong with a field. Short, plain, and saying what is right.
use domain::{locale::Language, problem::Problem};

/// What is wrong, in a sentence.
pub fn problem(language: Language, problem: &Problem) -> String {
    match language {
        Language::De => german(problem),
        Language::En => english(problem),
    }
}

fn english(problem: &Problem) -> String {
    match problem {
        Problem::Required => "This is needed.".to_owned(),
        Problem::Unknown => "This field isn't known here.".to_owned(),
        Problem::Duplicate => "This field was given twice.".to_owned(),
        Problem::WrongType { expected } => format!("This should be {}.", english_type(expected)),
        Problem::TooShort { min } => format!("At least {min} characters."),
        Problem::TooLong { max } => format!("At most {max}."),
        Problem::ControlCharacters => "Only letters, digits and signs: something invisible is in here.".to_owned(),
        Problem::NotAnEmail => "An e-mail address looks like name@example.org.".to_owned(),
        Problem::CommonPassword => {
            "This password is one of the first that others would try. Choose another.".to_owned()
        }
        Problem::WrongPassword => "This is not your password.".to_owned(),
        Problem::NoPassword => "Your account has no password yet. Set one first.".to_owned(),
        Problem::CodeNeeded => "Enter the code that your app shows.".to_owned(),
        Problem::WrongCode => "This code doesn't count. Take the one that is shown now.".to_owned(),
        Problem::NotAPicture => "This is no picture that we can read. Take a JPEG, PNG or WebP.".to_owned(),
        Problem::TooManyPixels { max_megapixels } => format!("A picture of at most {max_megapixels} megapixels."),
        Problem::NotAReceipt => {
            "This is no receipt that we can read. Take a JPEG, PNG or WebP picture, or a PDF.".to_owned()
        }
        Problem::FilesFull { max_mebibytes } => {
            format!("Your receipts fill the {max_mebibytes} MiB that we keep. Remove some that you don't need.")
        }
        Problem::NotANumber => "This should be a number, such as 12.50.".to_owned(),
        Problem::TooManyDecimals { max, unit } => english_decimals(*max, unit),
        Problem::NotPositive => "This should be more than zero.".to_owned(),
        Problem::Negative => "This should be zero or more.".to_owned(),
        Problem::OutOfRange { min, max } => format!("From {min} to {max}."),
        Problem::NotADate => "There is no such date. Dates are written as 2026-11-22.".to_owned(),
        Problem::NotAMonth => "There is no such month. Months are written as 2026-11.".to_owned(),
        Problem::NotAnId => "An id has 24 digits from 0 to 9 and a to f.".to_owned(),
        Problem::UnknownCurrency => "Currencies are three capital letters in use today, such as EUR.".to_owned(),
        Problem::NotOneOf { allowed } => format!("One of: {}.", allowed.join(", ")),
        Problem::SumNot100 { sum } => format!("The shares should sum to 100 %. They sum to {sum} %."),
        Problem::SplitsDontBalance { difference } => {
            format!("The parts should sum to the amount. The difference is {difference}.")
        }
        Problem::PartsExceed { sum, whole } => format!("The parts come to {sum}, and there are {whole} for them."),
        Problem::NotEnough { left } => format!("Only {left} are left there."),
        Problem::SameCategory => "Choose two different categories.".to_owned(),
        Problem::NoPair => "A transfer takes the same amount out of one account and into another.".to_owned(),
        Problem::StartAfterEnd => "The start should not be after the end.".to_owned(),
        Problem::NotFound => "This doesn't exist, or isn't yours.".to_owned(),
        Problem::Taken => "This is taken already.".to_owned(),
        Problem::TermsNotAccepted => "An account needs the terms to be accepted.".to_owned(),
        Problem::MustBeEmpty => "This stays empty here.".to_owned(),
        Problem::BadCursor => "This cursor doesn't belong to this list.".to_owned(),
    }
}

fn english_type(expected: &str) -> &str {
    match expected {
        "text" => "text",
        "number" => "a number",
        "list" => "a list",
        "object" => "an object",
        other => other,
    }
}

fn english_decimals(max: u8, unit: &str) -> String {
    let what = if unit == "%" { "Percentages".to_owned() } else { format!("Amounts in {unit}") };
    match max {
        0 => format!("{what} have no decimals."),
        1 => format!("{what} have at most 1 decimal."),
        _ => format!("{what} have at most {max} decimals."),
    }
}

fn german(problem: &Problem) -> String {
    match problem {
        Problem::Required => "Das wird gebraucht.".to_owned(),
        Problem::Unknown => "Dieses Feld gibt es hier nicht.".to_owned(),
        Problem::Duplicate => "Dieses Feld kommt zweimal vor.".to_owned(),
        Problem::WrongType { expected } => format!("Hier gehört {} hin.", german_type(expected)),
        Problem::TooShort { min } => format!("Mindestens {min} Zeichen."),
        Problem::TooLong { max } => format!("Höchstens {max}."),
        Problem::ControlCharacters => "Nur Buchstaben, Ziffern und Zeichen: Hier steckt etwas Unsichtbares.".to_owned(),
        Problem::NotAnEmail => "Eine E-Mail-Adresse sieht aus wie name@example.org.".to_owned(),
        Problem::CommonPassword => {
            "Dieses Passwort würden andere als eines der ersten probieren. Nimm ein anderes.".to_owned()
        }
        Problem::WrongPassword => "Das ist nicht dein Passwort.".to_owned(),
        Problem::NoPassword => "Dein Konto hat noch kein Passwort. Setz zuerst eines.".to_owned(),
        Problem::CodeNeeded => "Gib den Code ein, den deine App anzeigt.".to_owned(),
        Problem::WrongCode => "Dieser Code zählt nicht. Nimm den, der gerade angezeigt wird.".to_owned(),
        Problem::NotAPicture => "Das ist kein Bild, das wir lesen können. Nimm ein JPEG, PNG oder WebP.".to_owned(),
        Problem::TooManyPixels { max_megapixels } => format!("Ein Bild mit höchstens {max_megapixels} Megapixeln."),
        Problem::NotAReceipt => {
            "Das ist kein Beleg, den wir lesen können. Nimm ein Bild (JPEG, PNG, WebP) oder ein PDF.".to_owned()
        }
        Problem::FilesFull { max_mebibytes } => {
            format!(
                "Deine Belege füllen die {max_mebibytes} MiB, die wir aufheben. Entferne welche, die du nicht brauchst."
            )
        }
        Problem::NotANumber => "Hier gehört eine Zahl hin, zum Beispiel 12,50.".to_owned(),
        Problem::TooManyDecimals { max, unit } => german_decimals(*max, unit),
        Problem::NotPositive => "Das sollte mehr als null sein.".to_owned(),
        Problem::Negative => "Das sollte null oder mehr sein.".to_owned(),
        Problem::OutOfRange { min, max } => format!("Von {min} bis {max}."),
        Problem::NotADate => "Dieses Datum gibt es nicht. Geschrieben wird es so: 2026-11-22.".to_owned(),
        Problem::NotAMonth => "Diesen Monat gibt es nicht. Geschrieben wird er so: 2026-11.".to_owned(),
        Problem::NotAnId => "Eine Kennung hat 24 Stellen aus 0 bis 9 und a bis f.".to_owned(),
        Problem::UnknownCurrency => {
            "Währungen sind drei Großbuchstaben, die heute gelten, zum Beispiel EUR.".to_owned()
        }
        Problem::NotOneOf { allowed } => format!("Eines von: {}.", allowed.join(", ")),
        Problem::SumNot100 { sum } => {
            format!("Die Anteile sollten zusammen 100 % ergeben. Sie ergeben {} %.", sum.replace('.', ","))
        }
        Problem::SplitsDontBalance { difference } => {
            format!("Die Teile sollten zusammen den Betrag ergeben. Es fehlen {difference}.")
        }
        Problem::PartsExceed { sum, whole } => {
            format!("Die Teile ergeben {}, und dafür sind {} da.", german_decimal(sum), german_decimal(whole))
        }
        Problem::NotEnough { left } => format!("Dort sind nur noch {} übrig.", german_decimal(left)),
        Problem::SameCategory => "Wähle zwei verschiedene Kategorien.".to_owned(),
        Problem::NoPair => "Eine Umbuchung nimmt denselben Betrag von einem Konto auf ein anderes.".to_owned(),
        Problem::StartAfterEnd => "Der Anfang sollte nicht nach dem Ende liegen.".to_owned(),
        Problem::NotFound => "Das gibt es nicht, oder es gehört dir nicht.".to_owned(),
        Problem::Taken => "Das ist schon vergeben.".to_owned(),
        Problem::TermsNotAccepted => "Für ein Konto musst du die Bedingungen annehmen.".to_owned(),
        Problem::MustBeEmpty => "Das bleibt hier leer.".to_owned(),
        Problem::BadCursor => "Diese Marke gehört nicht zu dieser Liste.".to_owned(),
    }
}

fn german_type(expected: &str) -> &str {
    match expected {
        "text" => "Text",
        "number" => "eine Zahl",
        "list" => "eine Liste",
        "object" => "ein Objekt",
        "true or false" => "wahr oder falsch",
        other => other,
    }
}

fn german_decimal(text: &str) -> String {
    text.replace('.', ",")
}

fn german_decimals(max: u8, unit: &str) -> String {
    let what = if unit == "%" { "Prozentwerte".to_owned() } else { format!("Beträge in {unit}") };
    match max {
        0 => format!("{what} haben keine Nachkommastellen."),
        1 => format!("{what} haben höchstens 1 Nachkommastelle."),
        _ => format!("{what} haben höchstens {max} Nachkommastellen."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(max: u8, unit: &str) -> Problem {
        Problem::TooManyDecimals { max, unit: unit.to_owned() }
    }

    #[test]
    fn decimals_read_well() {
        for (given, en, de) in [
            (
                decimals(2, "USD"),
                "Amounts in USD have at most 2 decimals.",
                "Beträge in USD haben höchstens 2 Nachkommastellen.",
            ),
            (decimals(0, "JPY"), "Amounts in JPY have no decimals.", "Beträge in JPY haben keine Nachkommastellen."),
            (
                decimals(2, "%"),
                "Percentages have at most 2 decimals.",
                "Prozentwerte haben höchstens 2 Nachkommastellen.",
            ),
        ] {
            assert_eq!(problem(Language::En, &given), en);
            assert_eq!(problem(Language::De, &given), de);
        }
    }
}
