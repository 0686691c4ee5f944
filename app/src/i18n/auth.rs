//! Sign-in and sign-up.

/// Sign-in and sign-up.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English texts are the documentation")]
pub struct Auth {
    pub sign_in_title: &'static str,
    pub sign_in_lead: &'static str,
    pub sign_in: &'static str,
    pub sign_up_title: &'static str,
    pub sign_up_lead: &'static str,
    pub sign_up: &'static str,
    pub name: &'static str,
    pub name_help: &'static str,
    pub email: &'static str,
    pub email_help: &'static str,
    pub password: &'static str,
    pub password_help: &'static str,
    pub terms: &'static str,
    pub terms_help: &'static str,
    pub read_terms: &'static str,
    pub read_privacy: &'static str,
    pub no_account: &'static str,
    pub has_account: &'static str,
    pub sign_in_needed: &'static str,
}

/// English.
pub const EN: Auth = Auth {
    sign_in_title: "Sign in",
    sign_in_lead: "Good to see you again.",
    sign_in: "Sign in",
    sign_up_title: "Create your account",
    sign_up_lead: "Three fields, then your first budget. It takes about two minutes.",
    sign_up: "Create account",
    name: "Name",
    name_help: "What we call you, and what people see who share a budget with you.",
    email: "E-mail",
    email_help: "You sign in with it.",
    password: "Password",
    password_help: "At least 8 characters. A few words in a row are easier to remember and harder to guess.",
    terms: "I accept the terms of use",
    terms_help: "Your figures stay on this server.",
    read_terms: "Read the terms",
    read_privacy: "Read what is kept",
    no_account: "No account yet?",
    has_account: "Already have an account?",
    sign_in_needed: "Sign in to see that page. You will go straight to it.",
};

/// German.
pub const DE: Auth = Auth {
    sign_in_title: "Anmelden",
    sign_in_lead: "Schön, dass du wieder da bist.",
    sign_in: "Anmelden",
    sign_up_title: "Konto anlegen",
    sign_up_lead: "Drei Felder, dann dein erstes Budget. Das dauert etwa zwei Minuten.",
    sign_up: "Konto anlegen",
    name: "Name",
    name_help: "So sprechen wir dich an, und so sehen dich alle, mit denen du ein Budget teilst.",
    email: "E-Mail",
    email_help: "Damit meldest du dich an.",
    password: "Passwort",
    password_help: "Mindestens 8 Zeichen. Ein paar Wörter hintereinander merkst du dir leichter, und sie sind schwerer zu erraten.",
    terms: "Ich nehme die Nutzungsbedingungen an",
    terms_help: "Deine Zahlen bleiben auf diesem Server.",
    read_terms: "Bedingungen lesen",
    read_privacy: "Lesen, was gespeichert wird",
    no_account: "Noch kein Konto?",
    has_account: "Schon ein Konto?",
    sign_in_needed: "Melde dich an, um diese Seite zu sehen. Danach geht es direkt dorthin.",
};
