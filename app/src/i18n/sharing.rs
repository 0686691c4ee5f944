//! Who has part in a budget: members, roles, invitations.
use domain::role::Role;

/// Who has part in a budget: members, roles, invitations.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Sharing {
    /// `{name}`: the budget
    pub title: &'static str,
    pub lead: &'static str,
    pub open: &'static str,
    pub members: &'static str,
    pub you: &'static str,
    /// `{date}`
    pub since: &'static str,
    pub change: &'static str,
    /// view, edit, admin, owner
    roles: [&'static str; 4],
    /// The same, with what they mean.
    offers: [&'static str; 3],
    pub role: &'static str,
    pub save_role: &'static str,
    pub remove: &'static str,
    pub remove_help: &'static str,
    pub invite: &'static str,
    pub invite_mail: &'static str,
    pub invite_no_mail: &'static str,
    pub email: &'static str,
    pub send: &'static str,
    pub invited: &'static str,
    /// `{date}`
    pub until: &'static str,
    pub withdraw: &'static str,
    pub only_admins: &'static str,
    pub leave: &'static str,
    pub leave_text: &'static str,
    pub hand_over: &'static str,
    pub hand_over_text: &'static str,
    pub hand_over_to: &'static str,
    pub invites: &'static str,
    pub invites_lead: &'static str,
    /// `{name}`
    pub from: &'static str,
    pub accept: &'static str,
    pub decline: &'static str,
    pub none_title: &'static str,
    pub none_text: &'static str,
    pub none_verify: &'static str,
    pub to_budgets: &'static str,
    /// `{name}`
    pub shared_by: &'static str,
    /// `{email}`
    pub done_invited: &'static str,
    pub done_withdrawn: &'static str,
    /// `{name}`
    pub done_accepted: &'static str,
    pub done_declined: &'static str,
    pub done_role: &'static str,
    pub done_removed: &'static str,
    /// `{name}`
    pub done_left: &'static str,
    pub done_handed_over: &'static str,
}

impl Sharing {
    /// What somebody may do, in a word or two.
    pub const fn role(&self, role: Role) -> &'static str {
        self.roles[role as usize]
    }

    /// What a role that can be given means.
    pub fn offers(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        Role::GIVEN.into_iter().zip(self.offers)
    }
}

/// English.
pub const EN: Sharing = Sharing {
    title: "Who shares {name}",
    lead: "Everybody here sees all of this budget and what is spent in it. Private expenses and accounts stay your own.",
    open: "Share",
    members: "Members",
    you: "you",
    since: "since {date}",
    change: "Change",
    roles: ["May look", "May edit", "Admin", "Owner"],
    offers: ["May look", "May edit: the plan and all expenses", "Admin: may also invite and change roles"],
    role: "Role",
    save_role: "Save role",
    remove: "Take out",
    remove_help: "What they have entered stays in the budget.",
    invite: "Invite somebody",
    invite_mail: "They get a mail, and become a member when they accept. The invitation counts for 14 days.",
    invite_no_mail: "This server sends no mail: tell them yourself. They find the invitation once they sign in or sign up with this address, within 14 days.",
    email: "E-mail address",
    send: "Invite",
    invited: "Invited",
    until: "until {date}",
    withdraw: "Take back",
    only_admins: "The owner and admins can invite others and change roles.",
    leave: "Leave this budget",
    leave_text: "You will not see it any more. What you have entered stays in it.",
    hand_over: "Hand it over",
    hand_over_text: "Somebody else becomes the owner, who alone can delete it. You stay as an admin.",
    hand_over_to: "New owner",
    invites: "Invitations",
    invites_lead: "Others would like to share a budget with you. You see it once you accept.",
    from: "from {name}",
    accept: "Accept",
    decline: "Decline",
    none_title: "No invitation waits",
    none_text: "If somebody told you of one: it counts for 14 days, and for the address it was sent to.",
    none_verify: "Your address is not confirmed yet. Confirm it first, in the settings under Security.",
    to_budgets: "Your budgets",
    shared_by: "shared by {name}",
    done_invited: "{email} is invited",
    done_withdrawn: "Invitation taken back",
    done_accepted: "You share {name} now",
    done_declined: "Invitation declined",
    done_role: "Role saved",
    done_removed: "Taken out",
    done_left: "You have left {name}",
    done_handed_over: "Handed over",
};

/// German.
pub const DE: Sharing = Sharing {
    title: "Wer {name} teilt",
    lead: "Alle hier sehen das ganze Budget und was darin ausgegeben wird. Private Ausgaben und Konten bleiben deine eigenen.",
    open: "Teilen",
    members: "Mitglieder",
    you: "du",
    since: "seit {date}",
    change: "Ändern",
    roles: ["Darf ansehen", "Darf bearbeiten", "Verwaltet mit", "Inhaber"],
    offers: [
        "Darf ansehen",
        "Darf bearbeiten: den Plan und alle Ausgaben",
        "Verwaltet mit: darf auch einladen und Rollen ändern",
    ],
    role: "Rolle",
    save_role: "Rolle speichern",
    remove: "Herausnehmen",
    remove_help: "Was eingetragen wurde, bleibt im Budget.",
    invite: "Jemanden einladen",
    invite_mail: "Es geht eine Mail hinaus; Mitglied wird, wer annimmt. Die Einladung gilt 14 Tage.",
    invite_no_mail: "Dieser Server verschickt keine Mail: sag selbst Bescheid. Die Einladung ist da, sobald sich jemand mit dieser Adresse anmeldet oder ein Konto anlegt, innerhalb von 14 Tagen.",
    email: "E-Mail-Adresse",
    send: "Einladen",
    invited: "Eingeladen",
    until: "bis {date}",
    withdraw: "Zurücknehmen",
    only_admins: "Wem das Budget gehört und wer es mitverwaltet, kann andere einladen und Rollen ändern.",
    leave: "Dieses Budget verlassen",
    leave_text: "Du siehst es dann nicht mehr. Was du eingetragen hast, bleibt darin.",
    hand_over: "Übergeben",
    hand_over_text: "Jemand anderem gehört es dann, und nur wem es gehört, der kann es löschen. Du verwaltest es weiter mit.",
    hand_over_to: "Gehört künftig",
    invites: "Einladungen",
    invites_lead: "Andere möchten ein Budget mit dir teilen. Du siehst es, sobald du annimmst.",
    from: "von {name}",
    accept: "Annehmen",
    decline: "Ablehnen",
    none_title: "Keine Einladung wartet",
    none_text: "Wenn dir jemand von einer erzählt hat: sie gilt 14 Tage, und für die Adresse, an die sie ging.",
    none_verify: "Deine Adresse ist noch nicht bestätigt. Bestätige sie zuerst, in den Einstellungen unter Sicherheit.",
    to_budgets: "Deine Budgets",
    shared_by: "geteilt von {name}",
    done_invited: "{email} ist eingeladen",
    done_withdrawn: "Einladung zurückgenommen",
    done_accepted: "Du teilst jetzt {name}",
    done_declined: "Einladung abgelehnt",
    done_role: "Rolle gespeichert",
    done_removed: "Herausgenommen",
    done_left: "Du hast {name} verlassen",
    done_handed_over: "Übergeben",
};
