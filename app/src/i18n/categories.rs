//! Names of the ten categories.
use domain::category::Category;

/// Names of the ten categories, and of what has none.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Categories {
    names: [&'static str; domain::category::COUNT],
    hints: [&'static str; domain::category::COUNT],
    pub uncategorised: &'static str,
    pub category: &'static str,
}

impl Categories {
    /// What people call it.
    pub const fn name(&self, category: Category) -> &'static str {
        self.names[category.index()]
    }

    /// What belongs there, in a few words.
    pub const fn hint(&self, category: Category) -> &'static str {
        self.hints[category.index()]
    }

    /// The name, or the word for none.
    pub const fn name_or_none(&self, category: Option<Category>) -> &'static str {
        match category {
            Some(category) => self.name(category),
            None => self.uncategorised,
        }
    }
}

/// English, in the order of [`Category::ALL`].
pub const EN: Categories = Categories {
    names: [
        "Housing",
        "Food",
        "Transport",
        "Utilities",
        "Health",
        "Leisure",
        "Savings",
        "Emergency fund",
        "Investments",
        "Everything else",
    ],
    hints: [
        "Rent, mortgage, repairs, furniture",
        "Groceries, restaurants, coffee",
        "Fuel, tickets, car, bicycle",
        "Electricity, water, internet, phone",
        "Doctor, pharmacy, insurance",
        "Films, books, sport, travel",
        "Money put aside for later",
        "For what nobody can plan",
        "Shares, funds, pension",
        "Gifts, fees, and what fits nowhere else",
    ],
    uncategorised: "No category",
    category: "Category",
};

/// German, in the order of [`Category::ALL`].
pub const DE: Categories = Categories {
    names: [
        "Wohnen",
        "Essen",
        "Unterwegs",
        "Nebenkosten",
        "Gesundheit",
        "Freizeit",
        "Sparen",
        "Notgroschen",
        "Anlegen",
        "Sonstiges",
    ],
    hints: [
        "Miete, Kredit, Reparaturen, Möbel",
        "Einkauf, Restaurant, Kaffee",
        "Tanken, Fahrkarten, Auto, Fahrrad",
        "Strom, Wasser, Internet, Telefon",
        "Arzt, Apotheke, Versicherung",
        "Filme, Bücher, Sport, Reisen",
        "Geld für später",
        "Für alles, was niemand planen kann",
        "Aktien, Fonds, Altersvorsorge",
        "Geschenke, Gebühren und was sonst nirgends passt",
    ],
    uncategorised: "Ohne Kategorie",
    category: "Kategorie",
};
