//! The way to a budget in three steps, and what a proposal says for itself.
//! Not in [`super::Messages`]: only pages of one part of the program need these words.
use super::{Plural, fill, use_i18n};
use domain::{
    category::Category,
    currency::Currency,
    locale::{Language, Locale},
    money::Money,
    propose::{Evidence, Fit, Level, Line, Place, Region, Rule},
};

/// The way to a budget, and proposals.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Wizard {
    /// `{name}`: the person's
    pub greeting: &'static str,
    pub greeting_lead: &'static str,
    pub steps: [&'static str; 3],
    pub next: &'static str,
    pub straight: &'static str,
    pub straight_help: &'static str,
    pub back: &'static str,
    pub skip: &'static str,
    pub import_first: &'static str,
    pub again: Plural,
    pub again_text: &'static str,
    pub household: &'static str,
    pub household_lead: &'static str,
    pub about: &'static str,
    pub city_why: &'static str,
    pub country_why: &'static str,
    pub family_size_why: &'static str,
    pub age_why: &'static str,
    pub occupation_why: &'static str,
    pub kept: &'static str,
    pub proposal: &'static str,
    pub proposal_lead: &'static str,
    /// `{income}`
    pub of_income: &'static str,
    pub based_on: &'static str,
    /// `{n}` months
    pub by_months: &'static str,
    /// `{who}`
    pub by_others: &'static str,
    pub by_rules: &'static str,
    pub fit_nearest: &'static str,
    pub fit_currency: &'static str,
    pub no_level: &'static str,
    pub move_shares: &'static str,
    pub plain_shares: &'static str,
    pub create: &'static str,
    pub create_note: &'static str,

    /// `{n}` months, `{amount}`
    own: &'static str,
    /// `{who}`, `{share}`
    others: &'static str,
    /// Households …
    who: &'static str,
    size: Plural,
    levels: [&'static str; 5],
    regions: [&'static str; 6],
    rules: [&'static str; 7],
    rest: &'static str,
    rest_put_by: &'static str,

    /// `{name}`: the budget's
    pub diff_of: &'static str,
    pub diff_lead: &'static str,
    pub diff_lines: &'static str,
    /// `{category}`, `{today}`, `{then}` percent
    pub diff_line: &'static str,
    /// `{today}`, `{then}`, `{change}` amounts
    pub diff_amounts: &'static str,
    /// `{category}`, `{share}`
    pub diff_same: &'static str,
    pub diff_none: &'static str,
    pub diff_rest: &'static str,
    pub diff_profile: &'static str,
    pub diff_to_profile: &'static str,
    pub take_over: &'static str,
    /// `{name}`
    pub taken_over: &'static str,
    pub see_proposal: &'static str,
}

impl Wizard {
    /// Why a category gets what it gets, in a sentence or two.
    pub fn rationale(&self, locale: Locale, currency: Currency, line: &Line) -> String {
        let why = match line.evidence {
            Evidence::OwnMedian { months, amount } => {
                let amount = locale.format_money(Money::new(amount, currency));
                fill(self.own, &[("n", &locale.format_count(months.into())), ("amount", &amount)])
            }
            Evidence::HouseholdShare { place, level, size, share } => {
                let who = self.such_households(locale, place, level, size);
                fill(self.others, &[("who", &who), ("share", &percent(locale, share.0))])
            }
            Evidence::CapOf { rule } => self.rule(rule).to_owned(),
            Evidence::Rest if line.category == Category::Savings => self.rest_put_by.to_owned(),
            Evidence::Rest => self.rest.to_owned(),
        };
        match line.adjusted {
            Some(rule) => format!("{why} {}", self.rule(rule)),
            None => why,
        }
    }

    /// Households of three in the middle fifth of incomes in the EU.
    pub fn such_households(&self, locale: Locale, place: Place, level: Option<Level>, size: Option<u8>) -> String {
        let mut words = vec![self.who.to_owned()];
        if let Some(size) = size {
            let (one, other) = self.size;
            words.push(fill(if size == 1 { one } else { other }, &[("n", &locale.format_count(size.into()))]));
        }
        words.extend(level.map(|level| self.levels[level as usize].to_owned()));
        words.push(self.region(place.region).to_owned());
        words.join(" ")
    }

    /// What has to be known of whose figures these are; nothing where they are of one's own country.
    pub fn fit(&self, fit: Fit) -> Option<&'static str> {
        match fit {
            Fit::Own => None,
            Fit::Nearest => Some(self.fit_nearest),
            Fit::ByCurrency => Some(self.fit_currency),
        }
    }

    fn region(&self, region: Region) -> &'static str {
        self.regions[region as usize]
    }

    fn rule(&self, rule: Rule) -> &'static str {
        self.rules[rule as usize]
    }
}

/// Basis points as people read them.
pub fn percent(locale: Locale, points: u32) -> String {
    let decimals = if points.is_multiple_of(100) { 0 } else { 2 - u8::from(points.is_multiple_of(10)) };
    locale.format_percent(points.into(), decimals)
}

/// The words of the page's language.
pub fn wizard() -> &'static Wizard {
    of(use_i18n().locale.language())
}

/// The words of a language.
pub fn of(language: Language) -> &'static Wizard {
    match language {
        Language::En => &EN,
        Language::De => &DE,
    }
}

static EN: Wizard = Wizard {
    greeting: "Hello {name}. What comes in each month?",
    greeting_lead: "One figure is enough for a budget that you can change at any time.",
    steps: ["Income", "Household", "Proposal"],
    next: "Continue",
    straight: "Straight to the proposal",
    straight_help: "The next step asks who lives on it. You can leave it out.",
    back: "Back",
    skip: "Skip this step",
    import_first: "Import a statement first",
    again: ("You have a budget already", "You have {n} budgets already"),
    again_text: "Here you can make another, for a second household or a project.",
    household: "Who lives on it?",
    household_lead: "What you say here makes the proposal fit. All of it can be left out.",
    about: "Your household",
    city_why: "In some countries town and country spend differently.",
    country_why: "Rents and food cost different shares in different countries.",
    family_size_why: "More people need more for food, and a larger part of what comes in.",
    age_why: "Health costs more with age.",
    occupation_why: "Kept in your profile. No figures tell by it yet.",
    kept: "It is kept in your profile, where you can change or remove it. Nobody else sees it.",
    proposal: "This is where it could go",
    proposal_lead: "A proposal with a reason for each line. Change what doesn't fit.",
    of_income: "{income} a month",
    based_on: "What this goes by",
    by_months: "What you spent in the last {n} full months.",
    by_others: "What others spend: {who}.",
    by_rules: "Rules of thumb: half for needs, 30% for wants, 20% put by, where that can be met.",
    fit_nearest: "There are no figures of your country here. These are the nearest.",
    fit_currency: "Your country isn't known, so the currency decides whose figures these are.",
    no_level: "There is no exchange rate to compare your income with theirs, so the middle is taken.",
    move_shares: "Move one share and the others give way; a lock keeps one as it is.",
    plain_shares: "Change what you like; together the shares make 100%.",
    create: "Create budget",
    create_note: "You can change all of it later. Past months keep the plan that they had.",

    own: "You spent {amount} in the middle of your last {n} months.",
    others: "{who} spend {share} of their income on it.",
    who: "Households",
    size: ("of one", "of {n}"),
    levels: [
        "in the lowest fifth of incomes",
        "in the second fifth of incomes",
        "in the middle fifth of incomes",
        "in the fourth fifth of incomes",
        "in the highest fifth of incomes",
    ],
    regions: ["in the US", "in Canada", "in the EU", "in the UK", "in India", "in Japan"],
    rules: [
        "A reserve comes first: up to 5%, until three months of what you need are put by.",
        "After the reserve, up to 10% for what you plan: holidays, a new washing machine.",
        "What you can put by beyond that may grow: a pension, funds, shares.",
        "Kept within the half of the income that needs should take.",
        "Wants get what needs leave, up to 30%.",
        "Cut to what your own spending leaves.",
        "All you spend is more than comes in, so each gives way in proportion.",
    ],
    rest: "What is left, for what fits nowhere else: clothes, repairs, presents.",
    rest_put_by: "What your spending leaves over.",

    diff_of: "A proposal for {name}",
    diff_lead: "Take over what you like. Nothing changes before you do.",
    diff_lines: "Lines of the proposal",
    diff_line: "{category}: {today} → {then}",
    diff_amounts: "{today} → {then} ({change})",
    diff_same: "{category} stays at {share}",
    diff_none: "Your budget is what would be proposed. There is nothing to take over.",
    diff_rest: "What you don't tick gives way in proportion to its share today, so that all of it stays 100%.",
    diff_profile: "It goes by what your profile says of your household.",
    diff_to_profile: "Look at your profile",
    take_over: "Take over what is ticked",
    taken_over: "Proposal taken over for {name}",
    see_proposal: "See a proposal",
};

static DE: Wizard = Wizard {
    greeting: "Hallo {name}. Was kommt im Monat herein?",
    greeting_lead: "Eine Zahl genügt für ein Budget, das du jederzeit ändern kannst.",
    steps: ["Einkommen", "Haushalt", "Vorschlag"],
    next: "Weiter",
    straight: "Direkt zum Vorschlag",
    straight_help: "Der nächste Schritt fragt, wer davon lebt. Du kannst ihn auslassen.",
    back: "Zurück",
    skip: "Diesen Schritt auslassen",
    import_first: "Zuerst einen Kontoauszug importieren",
    again: ("Du hast schon ein Budget", "Du hast schon {n} Budgets"),
    again_text: "Hier kannst du ein weiteres anlegen, für einen zweiten Haushalt oder ein Vorhaben.",
    household: "Wer lebt davon?",
    household_lead: "Was du hier sagst, macht den Vorschlag passend. Du kannst alles auslassen.",
    about: "Dein Haushalt",
    city_why: "In manchen Ländern wird in der Stadt anders ausgegeben als auf dem Land.",
    country_why: "Wohnen und Essen kosten nicht in jedem Land den gleichen Anteil.",
    family_size_why: "Mehr Menschen brauchen mehr fürs Essen und einen größeren Teil des Einkommens.",
    age_why: "Gesundheit kostet mit dem Alter mehr.",
    occupation_why: "Steht in deinem Profil. Noch gibt es keine Zahlen dazu.",
    kept: "Es steht in deinem Profil, wo du es ändern oder entfernen kannst. Niemand sonst sieht es.",
    proposal: "Dorthin könnte es gehen",
    proposal_lead: "Ein Vorschlag mit einem Grund für jede Zeile. Ändere, was nicht passt.",
    of_income: "{income} im Monat",
    based_on: "Wonach sich das richtet",
    by_months: "Was du in den letzten {n} vollen Monaten ausgegeben hast.",
    by_others: "Was andere ausgeben: {who}.",
    by_rules: "Faustregeln: die Hälfte für Nötiges, 30 % für Wünsche, 20 % beiseite, wo das geht.",
    fit_nearest: "Zu deinem Land gibt es hier keine Zahlen. Diese sind die nächsten.",
    fit_currency: "Dein Land ist nicht bekannt, deshalb richtet sich das nach der Währung.",
    no_level: "Es gibt keinen Kurs, um dein Einkommen mit ihrem zu vergleichen; deshalb gilt die Mitte.",
    move_shares: "Verschieb einen Anteil, und die anderen geben nach; ein Schloss hält einen fest.",
    plain_shares: "Ändere, was du willst; zusammen ergeben die Anteile 100 %.",
    create: "Budget anlegen",
    create_note: "Du kannst später alles ändern. Vergangene Monate behalten ihren Plan.",

    own: "In der Mitte deiner letzten {n} Monate waren es {amount}.",
    others: "{who} geben {share} ihres Einkommens dafür aus.",
    who: "Haushalte",
    size: ("mit einer Person", "mit {n} Personen"),
    levels: [
        "im untersten Fünftel der Einkommen",
        "im zweiten Fünftel der Einkommen",
        "im mittleren Fünftel der Einkommen",
        "im vierten Fünftel der Einkommen",
        "im obersten Fünftel der Einkommen",
    ],
    regions: ["in den USA", "in Kanada", "in der EU", "im Vereinigten Königreich", "in Indien", "in Japan"],
    rules: [
        "Zuerst kommt eine Reserve: bis zu 5 %, bis drei Monate des Nötigen beiseite liegen.",
        "Nach der Reserve bis zu 10 % für Geplantes: Urlaub, eine neue Waschmaschine.",
        "Was du darüber hinaus beiseite legen kannst, darf wachsen: Altersvorsorge, Fonds, Aktien.",
        "Begrenzt auf die Hälfte des Einkommens, die Nötiges kosten sollte.",
        "Wünsche bekommen, was Nötiges übrig lässt, bis zu 30 %.",
        "Gekürzt auf das, was deine eigenen Ausgaben übrig lassen.",
        "Du gibst insgesamt mehr aus, als hereinkommt; deshalb gibt jede Zeile im Verhältnis nach.",
    ],
    rest: "Was übrig ist, für alles, was nirgends sonst passt: Kleidung, Reparaturen, Geschenke.",
    rest_put_by: "Was deine Ausgaben übrig lassen.",

    diff_of: "Ein Vorschlag für {name}",
    diff_lead: "Übernimm, was du magst. Vorher ändert sich nichts.",
    diff_lines: "Zeilen des Vorschlags",
    diff_line: "{category}: {today} → {then}",
    diff_amounts: "{today} → {then} ({change})",
    diff_same: "{category} bleibt bei {share}",
    diff_none: "Dein Budget ist schon so, wie es vorgeschlagen würde. Es gibt nichts zu übernehmen.",
    diff_rest: "Was du nicht ankreuzt, gibt im Verhältnis zu seinem heutigen Anteil nach, damit alles 100 % bleibt.",
    diff_profile: "Er richtet sich danach, was dein Profil über deinen Haushalt sagt.",
    diff_to_profile: "Zum Profil",
    take_over: "Angekreuztes übernehmen",
    taken_over: "Vorschlag für {name} übernommen",
    see_proposal: "Einen Vorschlag ansehen",
};

#[cfg(test)]
mod tests {
    use super::*;
    use domain::allocation::{Allocation, BasisPoints};

    #[test]
    fn reasons_are_sentences() {
        let place = Place { region: Region::Europe, fit: Fit::Own };
        let line = |evidence, adjusted| Line {
            category: Category::Food,
            allocation: Allocation::default(),
            evidence,
            adjusted,
        };
        let share =
            Evidence::HouseholdShare { place, level: Some(Level::Middle), size: Some(3), share: BasisPoints(1_350) };
        let own = Evidence::OwnMedian { months: 6, amount: 41_200 };
        for (tag, evidence, adjusted, words) in [
            (
                "en-US",
                share,
                None,
                "Households of 3 in the middle fifth of incomes in the EU spend 13.5% of their income on it.",
            ),
            ("en-US", own, None, "You spent €412.00 in the middle of your last 6 months."),
            (
                "en-US",
                own,
                Some(Rule::Room),
                "You spent €412.00 in the middle of your last 6 months. Cut to what your own spending leaves.",
            ),
            (
                "de-DE",
                share,
                None,
                "Haushalte mit 3 Personen im mittleren Fünftel der Einkommen in der EU geben 13,5\u{a0}% ihres Einkommens dafür aus.",
            ),
        ] {
            let locale = Locale::from_tag(tag);
            let words_of = of(locale.language());
            assert_eq!(words_of.rationale(locale, Currency::EUR, &line(evidence, adjusted)), words);
        }
    }
}
