//! Names dressed up as banks print them: capitals, processors, numbers of stores, places, and cut at 22 characters.
//! Repeatable: what is made follows from the name and the number of the dress.

const PLACES: [&str; 24] = [
    "BERLIN",
    "SEATTLE WA",
    "LONDON GB",
    "PARIS",
    "MUENCHEN",
    "KRAKOW PL",
    "MADRID ES",
    "MILANO IT",
    "TORONTO ON",
    "SYDNEY AU",
    "SPRINGFIELD IL",
    "BAD HOMBURG",
    "AUSTIN TX",
    "WIEN AT",
    "UTRECHT NL",
    "GOETTINGEN",
    "LYON FR",
    "SAN JOSE CA",
    "BOISE ID",
    "LEEDS",
    "GENT BE",
    "PRAHA CZ",
    "ROCKVILLE MD",
    "KASSEL DE",
];

/// Repeatable pseudorandom numbers (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    /// The next one.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
    /// Below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.roll() % limit.max(1) as u64).unwrap_or(0)
    }
}

/// A print of the name.
pub fn dress(name: &str, dice: &mut Dice) -> String {
    let number = 100 + dice.below(99_000);
    let place = PLACES[dice.below(PLACES.len())];
    let name = if name.is_ascii() || dice.below(2) == 0 { name.to_uppercase() } else { plain(name).to_uppercase() };
    let short: String = name.chars().take(22).collect();
    match dice.below(10) {
        0 => format!("SQ *{short}"),
        1 => format!("PAYPAL *{}", name.replace(' ', "")),
        2 => format!("TST* {short} {number:05}"),
        3 => format!("{name} #{number} {place}"),
        4 => format!("{name} SAGT DANKE {number} {place}"),
        5 => format!("{short} {place}"),
        6 => format!("POS PURCHASE {name} {number} {place}"),
        7 => format!("{name} {number}//{place}/DE"),
        8 => short,
        _ => format!("{name} {place}"),
    }
}

/// As old banks print it: without marks on letters.
fn plain(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            'ä' | 'Ä' => out.push_str("ae"),
            'ö' | 'Ö' => out.push_str("oe"),
            'ü' | 'Ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            c => out.push(c),
        }
    }
    out
}
