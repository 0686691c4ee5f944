//! Every form that a page can post, by name. A handler makes the typed text plain (amounts in the person's locale),
//! calls one use-case, and says what came of it.
mod account;
mod auth;
mod budget;
mod budgets;
mod bulk;
mod expense;
mod identity;
mod import;
mod month;
mod recurring;
mod rights;
mod rules;
mod security;
mod settings;
mod sharing;
mod timeline;
mod transfer;
mod typed;
mod wizard;

pub use expense::{Places, expense_page, expense_table, others, places};
pub(crate) use rules::typed_rule;
pub use settings::trash_item;

use super::{Caller, Handled, Submitted, errors};
use crate::{
    forms::{Outcome, Toast, Undo},
    i18n::{Messages, messages},
};
use std::{
    future::{Future, ready},
    pin::Pin,
};

/// A handler at work.
pub type Working = Pin<Box<dyn Future<Output = Handled> + Send>>;

/// Starts the handler of a form; `None` where there is no form of that name.
pub fn dispatch(name: &str, caller: Caller, sent: Submitted) -> Option<Working> {
    Some(match name {
        "sign-up" => Box::pin(auth::sign_up(caller, sent)),
        "sign-in" => Box::pin(auth::sign_in(caller, sent)),
        "password-forgot" => Box::pin(auth::forgot_password(caller, sent)),
        "password-reset" => Box::pin(auth::reset_password(caller, sent)),
        "email-verify" => Box::pin(auth::verify_email(caller, sent)),
        "email-resend" => Box::pin(auth::resend_verification(caller, sent)),
        "email-change" => Box::pin(auth::change_email(caller, sent)),
        "demo-enter" if caller.services.settings.demo => Box::pin(auth::enter_demo(caller, sent)),
        "sign-out" => Box::pin(auth::sign_out(caller)),
        "theme" => Box::pin(settings::theme(caller, sent)),
        "language" => Box::pin(settings::language(caller, sent)),
        "profile" => Box::pin(settings::profile(caller, sent)),
        "picture" => Box::pin(rights::picture(caller, sent)),
        "picture-drop" => Box::pin(rights::drop_picture(caller, sent)),
        "switches" => Box::pin(rights::switches(caller, sent)),
        "account-leave" => Box::pin(rights::leave(caller, sent)),
        "account-keep" => Box::pin(rights::keep(caller, sent)),
        "preferences" => Box::pin(settings::preferences(caller, sent)),
        "password-change" => Box::pin(security::change_password(caller, sent)),
        "second-step-begin" => Box::pin(security::begin_second_step(caller, sent)),
        "second-step-confirm" => Box::pin(security::confirm_second_step(caller, sent)),
        "second-step-end" => Box::pin(security::end_second_step(caller, sent)),
        "session-end" => Box::pin(security::end_session(caller, sent)),
        "sessions-end" => Box::pin(security::end_other_sessions(caller, sent)),
        "key-create" => Box::pin(security::create_key(caller, sent)),
        "key-revoke" => Box::pin(security::revoke_key(caller, sent)),
        "identity-sign-up" => Box::pin(identity::sign_up(caller, sent)),
        "identity-code" => Box::pin(identity::code(caller, sent)),
        "identity-link" => Box::pin(identity::link(caller, sent)),
        "identity-unlink" => Box::pin(identity::unlink(caller, sent)),
        "activity-undo" => Box::pin(timeline::undo(caller, sent)),
        "undo-last" => Box::pin(timeline::undo_last(caller, sent)),
        "trash-restore" => Box::pin(settings::restore(caller, sent)),
        "wizard-income" => Box::pin(ready(wizard::income(&caller, &sent))),
        "wizard-household" => Box::pin(wizard::household(caller, sent)),
        "wizard-save" => Box::pin(wizard::save(caller, sent)),
        "proposal-accept" => Box::pin(wizard::accept(caller, sent)),
        "budget-create" => Box::pin(budget::create(caller, sent)),
        "budget-update" => Box::pin(budget::update(caller, sent)),
        "budget-delete" => Box::pin(budget::delete(caller, sent)),
        "budget-restore" => Box::pin(budget::restore(caller, sent)),
        "invite-create" => Box::pin(sharing::invite(caller, sent)),
        "invite-withdraw" => Box::pin(sharing::withdraw(caller, sent)),
        "invite-accept" => Box::pin(sharing::accept(caller, sent)),
        "invite-decline" => Box::pin(sharing::decline(caller, sent)),
        "member-change" | "member-remove" => Box::pin(sharing::change(caller, sent)),
        "budget-hand-over" => Box::pin(sharing::hand_over(caller, sent)),
        "budget-default" => Box::pin(budgets::make_default(caller, sent)),
        "budget-archive" => Box::pin(budgets::archive(caller, sent)),
        "budget-version-restore" => Box::pin(budgets::restore_version(caller, sent)),
        "budget-move" => Box::pin(month::move_money(caller, sent)),
        "budget-move-back" => Box::pin(month::move_back(caller, sent)),
        "budget-month" => Box::pin(month::change(caller, sent)),
        "budget-month-copy" => Box::pin(month::copy(caller, sent)),
        "expense-line" => Box::pin(expense::line(caller, sent)),
        "expense-create" => Box::pin(expense::create(caller, sent)),
        "expense-cell" => Box::pin(expense::cell(caller, sent)),
        "expense-update" => Box::pin(expense::update(caller, sent)),
        "expense-delete" => Box::pin(expense::delete(caller, sent)),
        "expense-bulk" => Box::pin(bulk::apply(caller, sent)),
        "expense-restore" => Box::pin(expense::restore(caller, sent)),
        "expense-file" => Box::pin(rules::file_one(caller, sent)),
        "rule-save" => Box::pin(rules::save(caller, sent)),
        "rule-delete" => Box::pin(rules::delete(caller, sent)),
        "rule-offer" => Box::pin(ready(rules::offered(&caller, &sent))),
        "transfer-join" => Box::pin(transfer::join(caller, sent)),
        "transfer-part" => Box::pin(transfer::part(caller, sent)),
        "transfer-refuse" => Box::pin(transfer::refuse(caller, sent)),
        "review-file" => Box::pin(rules::file_group(caller, sent)),
        "import-file" => Box::pin(rules::file_import(caller, sent)),
        "recurring-update" => Box::pin(recurring::update(caller, sent)),
        "recurring-skip" => Box::pin(recurring::skip(caller, sent)),
        "recurring-change" => Box::pin(recurring::change(caller, sent)),
        "recurring-pause" => Box::pin(recurring::pause(caller, sent)),
        "recurring-resume" => Box::pin(recurring::resume(caller, sent)),
        "recurring-end" => Box::pin(recurring::end(caller, sent)),
        "recurring-accept" => Box::pin(recurring::accept(caller, sent)),
        "recurring-dismiss" => Box::pin(recurring::dismiss(caller, sent)),
        "account-create" => Box::pin(account::create(caller, sent)),
        "account-update" => Box::pin(account::update(caller, sent)),
        "account-delete" => Box::pin(account::delete(caller, sent)),
        "import-upload" => Box::pin(import::upload(caller, sent)),
        "import-answer" => Box::pin(import::answer(caller, sent)),
        "import-commit" => Box::pin(import::commit(caller, sent)),
        "import-revert" => Box::pin(import::revert(caller, sent)),
        _ => return None,
    })
}

/// The words for this caller.
fn words(caller: &Caller) -> &'static Messages {
    messages(caller.locale.language())
}

/// It was done; a toast says so.
fn done(text: impl Into<String>) -> Outcome {
    Outcome { ok: true, toast: Some(Toast { text: text.into(), undo: None }), ..Outcome::default() }
}

/// With a form that takes it back.
fn undoable(text: impl Into<String>, form: &str, fields: &[(&str, String)]) -> Outcome {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let undo = Some(Undo { form: form.to_owned(), fields, label: None });
    Outcome { ok: true, toast: Some(Toast { text: text.into(), undo }), ..Outcome::default() }
}

/// And now to another page.
fn then(outcome: Outcome, path: impl Into<String>) -> Outcome {
    Outcome { redirect: Some(path.into()), ..outcome }
}

/// The outcome of a use-case, or what is wrong with it: fields, words and what was typed.
fn finish<T>(caller: &Caller, sent: &Submitted, result: service::Result<T>, ok: impl FnOnce(T) -> Outcome) -> Handled {
    let outcome = match result {
        Ok(value) => {
            let outcome = ok(value);
            // Where the form wants to go, else where its handler leads.
            Outcome { redirect: sent.next.clone().or(outcome.redirect), ..outcome }
        }
        Err(error) => failed(caller, sent, &error),
    };
    Handled { outcome, ..Handled::default() }
}

fn failed(caller: &Caller, sent: &Submitted, error: &service::Error) -> Outcome {
    errors::log(error, &caller.request_id);
    let language = caller.locale.language();
    let code = errors::code(error);
    let text = match errors::detail(error) {
        Some((name, detail)) if matches!(error, service::Error::File(_)) => {
            crate::i18n::import::file_error(language, name, &detail)
        }
        Some((name, _)) => {
            let known = crate::i18n::identities::words(language).conflict(name);
            let known = known.or_else(|| crate::i18n::timeline::sentences(language).conflict(name));
            known.unwrap_or_else(|| words(caller).outcome.conflict(name)).to_owned()
        }
        None => crate::i18n::errors::error(language, code).to_owned(),
    };
    Outcome {
        problems: errors::problems(error),
        error: Some(text),
        code: Some(code.to_owned()),
        typed: typed::texts(&sent.fields),
        ..Outcome::default()
    }
}
