//! From what a mail says to how it reads: words of the catalogue, as text and as a little HTML that any mail program shows.
use app::{
    i18n::{
        fill,
        mail::{DE, EN, Letter as Words, Letters},
    },
    paths,
};
use domain::locale::{Language, Locale};
use service::{
    mail::{Letter, Mail},
    ports::mail::Message,
};

/// The longest name that is greeted.
const NAME_MAX: usize = 40;
/// The page's own colours (`style/00-tokens.css`), as mail programs know them: the second ones where all is dark.
const STYLE: &str = ":root{color-scheme:light dark;supported-color-schemes:light dark}\
    body{background:#faf8f5;color:#25211c}.card{background:#fff;border:1px solid #e4dfd8}.soft{color:#615b53}\
    @media (prefers-color-scheme:dark){body{background:#151310!important;color:#efece8!important}\
    .card{background:#1e1b18!important;border-color:#35312c!important}.soft,.soft a{color:#b0aaa2!important}\
    .button{background:#8fb4f7!important;color:#0c1426!important}}";

/// The mail in its language, with links to `site` (`https://money.example.org`).
pub fn worded(mail: &Mail, id: String, site: &str) -> Message {
    let locale = Locale::from_tag(&mail.language);
    let (letters, tag) = match locale.language() {
        Language::En => (&EN, "en"),
        Language::De => (&DE, "de"),
    };
    let (words, path) = words(letters, &mail.letter);
    let link = words.link.zip(path).map(|(label, path)| (label, format!("{site}{path}")));
    let date = match &mail.letter {
        Letter::AccountEnding { on } => locale.format_date(*on),
        _ => String::new(),
    };
    let by = match &mail.letter {
        Letter::Invited { by, .. } if is_greeted(by) => by,
        _ => letters.somebody,
    };
    let lines = words.text.iter().map(|part| fill(part, &[("date", &date), ("by", by)])).collect();
    let greeting = if is_greeted(&mail.name) {
        fill(letters.greeting, &[("name", &mail.name)])
    } else {
        letters.greeting_nobody.to_owned()
    };
    let page = Page { tag, greeting, words, lines, link, from: fill(letters.from, &[("site", site)]) };
    Message { id, to: mail.to.clone(), subject: words.subject.to_owned(), text: page.text(), html: page.html() }
}

/// Anybody can sign up with somebody else's address and a name of their choice: what looks like a message or a link is
/// not carried there.
fn is_greeted(name: &str) -> bool {
    let dots = name.match_indices('.').all(|(at, _)| matches!(name[at + 1..].chars().next(), None | Some(' ')));
    !name.trim().is_empty()
        && name.chars().count() <= NAME_MAX
        && dots
        && !name.contains(|c: char| c.is_control() || ":/\\@<>&".contains(c))
}

/// The words, and where the link leads.
fn words<'a>(letters: &'a Letters, letter: &Letter) -> (&'a Words, Option<String>) {
    match letter {
        Letter::Verify { token } => (&letters.verify, Some(paths::verify_email(token))),
        Letter::ChangeEmail { token } => (&letters.change_email, Some(paths::verify_email(token))),
        Letter::ResetPassword { token } => (&letters.reset, Some(paths::reset_password(token))),
        Letter::AddressTaken => (&letters.address_taken, Some(paths::SIGN_IN.to_owned())),
        Letter::PasswordChanged => (&letters.password_changed, Some(paths::FORGOT_PASSWORD.to_owned())),
        Letter::EmailChanged => (&letters.email_changed, None),
        Letter::IdentityLinked => (&letters.identity_linked, Some(paths::SECURITY.to_owned())),
        Letter::AccountEnding { .. } => (&letters.account_ending, Some(paths::SIGN_IN.to_owned())),
        Letter::AccountGone => (&letters.account_gone, None),
        Letter::Invited { token, .. } => (&letters.invited, Some(paths::invite(token))),
    }
}

/// A mail before it is laid out.
struct Page<'a> {
    tag: &'static str,
    greeting: String,
    words: &'a Words,
    /// What it says, filled in.
    lines: Vec<String>,
    /// What it says, where it leads.
    link: Option<(&'a str, String)>,
    from: String,
}

impl Page<'_> {
    fn text(&self) -> String {
        let mut parts = vec![self.greeting.as_str()];
        parts.extend(self.lines.iter().map(String::as_str));
        let link = self.link.as_ref().map(|(label, address)| format!("{label}:\n{address}"));
        parts.extend(link.as_deref());
        parts.extend(self.words.after);
        let signature = format!("-- \n{}", self.from);
        parts.push(&signature);
        parts.join("\n\n") + "\n"
    }

    fn html(&self) -> String {
        let small = "margin:0 0 12px;font-size:14px";
        let mut body = paragraph("", "margin:0 0 16px", &escaped(&self.greeting));
        body.extend(self.lines.iter().map(|text| paragraph("", "margin:0 0 16px", &escaped(text))));
        if let Some((label, address)) = &self.link {
            let (label, address) = (escaped(label), escaped(address));
            let shape = "background:#28509f;color:#fcfcff;display:inline-block;padding:12px 20px;border-radius:8px;text-decoration:none;font-weight:600";
            let button = format!("<a class=\"button\" href=\"{address}\" style=\"{shape}\">{label}</a>");
            body += &paragraph("", "margin:24px 0", &button);
            body += &paragraph("soft", &format!("{small};word-break:break-all"), &address);
        }
        body.extend(self.words.after.iter().map(|text| paragraph("soft", small, &escaped(text))));
        let from = paragraph("soft", "max-width:480px;margin:16px auto 0;font-size:13px", &escaped(&self.from));
        let font = "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
             <title>{}</title><style>{STYLE}</style></head>\n<body style=\"margin:0;padding:24px 12px;{font}\">\
             <div class=\"card\" style=\"max-width:480px;margin:0 auto;padding:24px 24px 12px;border-radius:12px;box-sizing:border-box\">\n\
             {body}</div>\n{from}</body></html>\n",
            self.tag,
            escaped(self.words.subject)
        )
    }
}

/// A paragraph of its own line: no line of a mail may be longer than 998 bytes (RFC 5322).
fn paragraph(class: &str, style: &str, html: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!("<p{class} style=\"{style}\">{html}</p>\n")
}

/// For HTML text and attributes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(language: &str, name: &str, letter: Letter) -> Message {
        let mail =
            Mail { to: "ada@example.org".to_owned(), name: name.to_owned(), language: language.to_owned(), letter };
        worded(&mail, "1".to_owned(), "https://money.example.org")
    }

    #[test]
    fn a_link_in_text_and_html_of_the_site_that_is_configured() {
        let letter = Letter::ResetPassword { token: "abc_-".to_owned() };
        let message = mail("de-AT", "Ada", letter);
        assert_eq!(message.subject, "Wähle ein neues Passwort");
        for form in [&message.text, &message.html] {
            assert!(form.contains("https://money.example.org/auth/reset-password?token=abc_-"), "{form}");
        }
        assert!(message.text.starts_with("Hallo Ada,\n\njemand hat"), "{}", message.text);
    }

    #[test]
    fn a_date_is_written_as_people_write_it() {
        let letter = Letter::AccountEnding { on: jiff::civil::date(2026, 12, 7) };
        let message = mail("de-DE", "Ada", letter);
        assert!(message.text.contains("Am 7. Dez. 2026 geht alles endgültig"), "{}", message.text);
        assert!(message.html.contains("href=\"https://money.example.org/auth/signin\""), "{}", message.html);
    }

    #[test]
    fn an_invitation_names_nobody_who_looks_like_a_message() {
        for (by, begins) in [("Ada", "Ada would like"), ("Call 0900, see evil.example", "Somebody would like")] {
            let letter = Letter::Invited { token: "abc".to_owned(), by: by.to_owned() };
            let message = mail("en-US", "", letter);
            assert!(message.text.starts_with(&format!("Hello,\n\n{begins}")), "{}", message.text);
            assert!(message.html.contains("href=\"https://money.example.org/invites?token=abc\""), "{}", message.html);
        }
    }

    #[test]
    fn a_name_is_text_and_no_message() {
        for (name, greeting) in [
            ("Ada Lovelace-King", "Hello Ada Lovelace-King,"),
            ("J. R. \"Bob\" Núñez", "Hello J. R. &quot;Bob&quot; Núñez,"),
            ("Martin Luther King Jr.", "Hello Martin Luther King Jr.,"),
            ("you won, see evil.example", "Hello,"),
            ("https://evil", "Hello,"),
            ("Ada\r\n\r\nYour account is blocked", "Hello,"),
            ("<b>Ada</b>", "Hello,"),
            ("Your account is blocked. Call us at 0900 123456", "Hello,"),
        ] {
            let message = mail("en-US", name, Letter::EmailChanged);
            assert!(message.html.contains(&format!(">{greeting}<")), "{name}: {}", message.html);
            assert!(message.text.starts_with(&greeting.replace("&quot;", "\"")), "{name}: {}", message.text);
        }
    }
}
