//! What is moved and comes in within a month of a budget, and what goes on into the next.

/// What is moved and comes in within a month of a budget, and what goes on into the next.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Months {
    pub tools: &'static str,
    pub move_out: &'static str,
    /// `{category}`: for screen readers
    pub move_out_of: &'static str,
    /// `{category}`: the one that gives
    pub cover_from: &'static str,
    /// `{category}`: the one that is over, `{from}`: for screen readers
    pub cover_with: &'static str,
    pub move_title: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    /// `{category}`, `{amount}`
    pub has_left: &'static str,
    /// `{category}`, `{amount}`
    pub is_over: &'static str,
    pub amount: &'static str,
    pub move_do: &'static str,
    /// `{amount}`, `{from}`, `{to}`
    pub moved: &'static str,
    pub moves_title: &'static str,
    /// `{amount}`, `{from}`, `{to}`
    pub moved_so_far: &'static str,
    pub take_back: &'static str,
    /// `{from}`, `{to}`: for screen readers
    pub take_back_of: &'static str,
    /// `{amount}`, with its sign
    pub carried_in: &'static str,
    /// `{amount}`, with its sign
    pub moved_in: &'static str,
    pub carried_total: &'static str,
    pub month_title: &'static str,
    pub planned_income: &'static str,
    /// `{amount}`
    pub planned_help: &'static str,
    pub received_income: &'static str,
    /// `{amount}`
    pub received_help: &'static str,
    pub income_save: &'static str,
    pub income_saved: &'static str,
    /// `{month}`
    pub copy_title: &'static str,
    pub copy_text: &'static str,
    /// `{month}`
    pub copy_do: &'static str,
    /// `{month}`
    pub copied: &'static str,
    pub detail_title: &'static str,
    pub detail_lead: &'static str,
    /// `{category}`
    pub rollover: &'static str,
    pub rollover_label: &'static str,
    pub rollover_none: &'static str,
    pub rollover_surplus: &'static str,
    pub rollover_both: &'static str,
    /// `{category}`
    pub parts: &'static str,
    pub parts_help: &'static str,
    /// `{n}`
    pub part_name: &'static str,
    /// `{n}`
    pub part_amount: &'static str,
}

/// English.
pub const EN: Months = Months {
    tools: "Move money",
    move_out: "Move",
    move_out_of: "Move money from {category}",
    cover_from: "Cover from {category}",
    cover_with: "Cover {category} from {from}",
    move_title: "Move money",
    from: "From",
    to: "To",
    has_left: "{category}: {amount} left",
    is_over: "{category}: {amount} over",
    amount: "Amount",
    move_do: "Move",
    moved: "{amount} moved from {from} to {to}",
    moves_title: "Moved this month",
    moved_so_far: "{amount} from {from} to {to}",
    take_back: "Take back",
    take_back_of: "Take back what was moved from {from} to {to}",
    carried_in: "{amount} from last month",
    moved_in: "{amount} moved",
    carried_total: "{amount} carried in",
    month_title: "This month's income",
    planned_income: "Planned",
    planned_help: "Empty: {amount}, as the plan says.",
    received_income: "Received",
    received_help: "Empty: {amount}, as it was booked.",
    income_save: "Save income",
    income_saved: "Income saved",
    copy_title: "Like {month}",
    copy_text: "Takes over what was moved and planned then, as far as there is money for it.",
    copy_do: "Copy {month}",
    copied: "Copied from {month}",
    detail_title: "Category by category",
    detail_lead: "What becomes of the rest at the month's end, and what a category is made of. All of it is optional.",
    rollover: "What is left of {category} at the month's end",
    rollover_label: "At the month's end",
    rollover_none: "Begin each month with the plan",
    rollover_surplus: "Take what is left into the next month",
    rollover_both: "Take what is left, or what is missing, into the next month",
    parts: "Subcategories of {category}",
    parts_help: "Together at most what the category has. Clear a name and its amount to take one away.",
    part_name: "Name {n}",
    part_amount: "Amount {n}",
};

/// German.
pub const DE: Months = Months {
    tools: "Geld verschieben",
    move_out: "Verschieben",
    move_out_of: "Geld aus {category} verschieben",
    cover_from: "Mit {category} ausgleichen",
    cover_with: "{category} mit {from} ausgleichen",
    move_title: "Geld verschieben",
    from: "Von",
    to: "Nach",
    has_left: "{category}: {amount} übrig",
    is_over: "{category}: {amount} darüber",
    amount: "Betrag",
    move_do: "Verschieben",
    moved: "{amount} von {from} nach {to} verschoben",
    moves_title: "In diesem Monat verschoben",
    moved_so_far: "{amount} von {from} nach {to}",
    take_back: "Zurücknehmen",
    take_back_of: "Zurücknehmen, was von {from} nach {to} verschoben wurde",
    carried_in: "{amount} aus dem Vormonat",
    moved_in: "{amount} verschoben",
    carried_total: "{amount} übernommen",
    month_title: "Einkommen des Monats",
    planned_income: "Geplant",
    planned_help: "Leer: {amount}, wie im Plan.",
    received_income: "Erhalten",
    received_help: "Leer: {amount}, wie gebucht.",
    income_save: "Einkommen speichern",
    income_saved: "Einkommen gespeichert",
    copy_title: "Wie im {month}",
    copy_text: "Übernimmt, was damals verschoben und geplant wurde, soweit Geld dafür da ist.",
    copy_do: "{month} übernehmen",
    copied: "Aus {month} übernommen",
    detail_title: "Kategorie für Kategorie",
    detail_lead: "Was am Monatsende mit dem Rest geschieht, und woraus eine Kategorie besteht. Alles davon ist freiwillig.",
    rollover: "Was am Monatsende von {category} übrig ist",
    rollover_label: "Am Monatsende",
    rollover_none: "Jeden Monat mit dem Plan beginnen",
    rollover_surplus: "Was übrig ist, in den nächsten Monat mitnehmen",
    rollover_both: "Was übrig ist oder fehlt, in den nächsten Monat mitnehmen",
    parts: "Unterkategorien von {category}",
    parts_help: "Zusammen höchstens so viel, wie die Kategorie hat. Leere Namen und Betrag, um eine wegzunehmen.",
    part_name: "Name {n}",
    part_amount: "Betrag {n}",
};
