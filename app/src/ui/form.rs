//! The one form of all pages: posts to `/_fn/form/NAME`, with and without JavaScript (see [`crate::forms`]).
//!
//! Fields inside read what is wrong with them, and what was typed, from the [`FormState`] in the context.
use crate::{
    forms::{FORM_PREFIX, Flash, Outcome, hidden},
    i18n::{I18n, plural, problems::problem, t, use_i18n},
    session::{Refresh, use_page, use_refresh},
    ui::toast::Toasts,
};
use domain::problem::Problems;
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use std::{collections::BTreeMap, rc::Rc};

/// What the fields of a form share.
#[derive(Debug, Clone, Copy)]
pub struct FormState {
    id: StoredValue<String>,
    problems: RwSignal<Problems>,
    typed: StoredValue<BTreeMap<String, String>>,
    sent: StoredValue<BTreeMap<String, String>>,
    labels: StoredValue<Vec<(String, String)>>,
    error: RwSignal<Option<String>>,
    code: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
    i18n: I18n,
}

impl FormState {
    fn new(id: String, outcome: Outcome, i18n: I18n) -> Self {
        Self {
            id: StoredValue::new(id),
            error: RwSignal::new(whole(&outcome)),
            code: RwSignal::new(outcome.code),
            problems: RwSignal::new(outcome.problems),
            sent: StoredValue::new(outcome.typed.clone()),
            typed: StoredValue::new(outcome.typed),
            labels: StoredValue::new(Vec::new()),
            pending: RwSignal::new(false),
            i18n,
        }
    }

    /// A form with something wrong in it, outside of any [`Form`].
    pub(crate) fn with_problems(id: &str, problems: Problems, i18n: I18n) -> Self {
        Self::new(id.to_owned(), Outcome { problems, ..Outcome::default() }, i18n)
    }

    /// The element id of a field of this form.
    pub fn field_id(self, name: &str) -> String {
        self.id.with_value(|id| format!("{id}.{name}"))
    }

    /// Makes a field's label known to the summary of problems.
    pub fn register(self, name: &str, label: &str) {
        self.labels.update_value(|labels| labels.push((name.to_owned(), label.to_owned())));
    }

    /// What is wrong with a field, in words; none while nothing is.
    pub fn message(self, name: &str) -> Option<String> {
        self.problems.with(|problems| problems.0.get(name).map(|found| problem(self.i18n.locale.language(), found)))
    }

    /// Whether something was wrong with a field when the page was made: for what is decided once.
    pub fn came_back_wrong(self, name: &str) -> bool {
        self.problems.with_untracked(|problems| problems.0.contains_key(name))
    }

    /// Whether something is wrong with a field, or with one inside it.
    pub fn is_wrong_below(self, name: &str) -> bool {
        let inside =
            |known: &String| known.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.problems.with(|problems| problems.0.keys().any(inside))
    }

    /// Whether something is wrong with a field as the page is made; not followed later.
    pub fn is_wrong_now(self, name: &str) -> bool {
        self.problems.with_untracked(|problems| problems.0.contains_key(name))
    }

    /// What was typed into a field before the page came back.
    pub fn typed(self, name: &str) -> Option<String> {
        self.typed.with_value(|typed| typed.get(name).cloned())
    }

    /// What stood in a field when the form was last sent and refused, with JavaScript or without.
    pub fn sent(self, name: &str) -> Option<String> {
        self.sent.with_value(|sent| sent.get(name).cloned())
    }

    /// Whether this page shows a form that was sent without JavaScript and came back.
    pub fn came_back(self) -> bool {
        self.typed.with_value(|typed| !typed.is_empty())
    }

    /// Forgets what was wrong with a field, since it is being changed.
    pub fn clear(self, name: &str) {
        if self.problems.with_untracked(|problems| problems.0.contains_key(name)) {
            self.problems.update(|problems| drop(problems.0.remove(name)));
        }
    }

    /// The machine code of what went wrong (`STALE_VERSION`), for forms that have more to say about one of them.
    pub fn code(self) -> Option<String> {
        self.code.get()
    }

    /// Whether the form is on its way.
    pub fn pending(self) -> bool {
        self.pending.get()
    }

    /// Whether anything is wrong.
    pub fn has_problems(self) -> bool {
        self.problems.with(|problems| !problems.is_empty()) || self.error.with(Option::is_some)
    }

    /// Shows what came of it. Not on a form that has gone in the meantime.
    #[cfg(feature = "hydrate")]
    pub(crate) fn show(self, outcome: &Outcome) {
        let _ = self.sent.try_set_value(outcome.typed.clone());
        let _ = self.problems.try_set(outcome.problems.clone());
        let _ = self.error.try_set(whole(outcome));
        let _ = self.code.try_set(outcome.code.clone());
    }

    /// Marks the form as sent (and says whether it may be) or as come back.
    #[cfg(feature = "hydrate")]
    pub(crate) fn set_pending(self, pending: bool) -> bool {
        let changed = self.pending.try_get_untracked().is_some_and(|now| now != pending);
        let _ = self.pending.try_set(pending);
        changed
    }
}

/// What is wrong with the whole: not said twice where the fields say it.
fn whole(outcome: &Outcome) -> Option<String> {
    outcome.error.clone().filter(|_| outcome.problems.is_empty())
}

/// The form around this part of the page; outside of one, a state in which nothing is wrong.
pub fn use_form() -> FormState {
    use_context::<FormState>().unwrap_or_else(|| FormState::new(String::new(), Outcome::default(), use_i18n()))
}

/// What is needed to send a form from the browser.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser sends"))]
#[derive(Clone)]
pub(crate) struct Sending {
    pub state: FormState,
    pub id: String,
    pub action: String,
    pub seed: String,
    pub upload: bool,
    pub reset: bool,
    pub on_done: Option<Callback<Outcome>>,
    pub navigate: Rc<dyn Fn(&str)>,
    pub refresh: Refresh,
    pub toasts: Toasts,
    pub i18n: I18n,
}

/// A form of the page.
///
/// When it worked: a toast, if there is one; then the outcome's redirect, or else `on_done`, and the page's data is read again.
/// When it didn't: what is wrong stands at the fields, the first of them gets the focus, and what was typed stays.
#[component]
pub fn Form(
    /// The form's name on the server.
    #[prop(into)]
    name: String,
    /// For one of several forms of this name: a hidden field and its value, which tells them apart.
    #[prop(optional, into)]
    about: Option<(&'static str, String)>,
    /// The same, where no field tells them apart: only makes the element ids differ.
    #[prop(optional, into)]
    key: Option<String>,
    /// Has files.
    #[prop(optional)]
    upload: bool,
    /// Where to go when it worked (an own path), instead of where the server would lead.
    #[prop(optional, into)]
    next: Option<String>,
    /// Empties the fields when it worked (a form that stays open for the next entry).
    #[prop(optional)]
    reset: bool,
    /// Called when it worked.
    #[prop(optional, into)]
    on_done: Option<Callback<Outcome>>,
    /// Shows what is wrong with the whole, and a summary of many problems, at its top.
    #[prop(default = true)]
    summary: bool,
    /// Classes.
    #[prop(optional, into)]
    class: String,
    /// What it is for, for screen readers, where no heading says it.
    #[prop(optional, into)]
    label: Option<String>,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let page = use_page();
    let i18n = use_i18n();
    let id = match about.as_ref().map(|(_, value)| value).or(key.as_ref()) {
        Some(value) => format!("{name}-{}", plain(value)),
        None => name.clone(),
    };
    let outcome = page.flash.filter(|flash| is_for(flash, &name, about.as_ref())).map(|flash| flash.outcome);
    let state = FormState::new(id.clone(), outcome.unwrap_or_default(), i18n);
    let location = use_location();
    let back = move || match location.search.get() {
        search if search.is_empty() => location.pathname.get(),
        search => format!("{}?{search}", location.pathname.get()),
    };
    let navigate = use_navigate();
    let here = location.pathname;
    let sending = Sending {
        state,
        id: id.clone(),
        action: format!("{FORM_PREFIX}{name}"),
        seed: page.seed.clone(),
        upload,
        reset,
        on_done,
        navigate: Rc::new(move |path| {
            // Back to the page on which one is (a sheet that closes): stay where one has scrolled to.
            let scroll = path.split(['?', '#']).next() != Some(here.get_untracked().as_str());
            navigate(path, NavigateOptions { scroll, ..NavigateOptions::default() });
        }),
        refresh: use_refresh(),
        toasts: use_context::<Toasts>().unwrap_or_default(),
        i18n,
    };
    let action = sending.action.clone();
    provide_context(state);
    let fields = children(); // before the summary, which asks for the labels of all fields
    view! {
        <form
            id=id.clone()
            class=class
            method="post"
            action=action
            enctype=upload.then_some("multipart/form-data")
            aria-label=label
            novalidate=true
            on:submit=move |event| submit(&event, &sending)
        >
            <input type="hidden" name=hidden::IDEMPOTENCY_KEY value=format!("{}.{id}", page.seed) />
            <input type="hidden" name=hidden::BACK value=back />
            {next.map(|next| view! { <input type="hidden" name=hidden::NEXT value=next /> })}
            {about.map(|(field, value)| view! { <input type="hidden" name=field value=value /> })}
            {summary.then(|| view! { <FormError /> })}
            {fields}
        </form>
    }
}

#[allow(unused_variables, reason = "only the browser sends")]
fn submit(event: &SubmitEvent, sending: &Sending) {
    #[cfg(feature = "hydrate")]
    super::client::submit(event, sending);
}

/// A text as a part of an element's id and of a key: without blanks and signs, and short.
fn plain(value: &str) -> std::borrow::Cow<'_, str> {
    if value.len() <= 48 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return value.into();
    }
    // FNV-1a: tells names apart, and guards nothing.
    let fold = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    format!("{:x}", value.bytes().fold(0xcbf2_9ce4_8422_2325, fold)).into()
}

/// Whether what the last form had to say is about this one.
fn is_for(flash: &Flash, name: &str, about: Option<&(&'static str, String)>) -> bool {
    flash.form == name
        && !flash.outcome.ok
        && about.is_none_or(|(field, value)| flash.outcome.typed.get(*field) == Some(value))
}

/// What is wrong with the whole, and all problems where there are several. [`Form`] puts it at its top by itself.
#[component]
pub fn FormError() -> impl IntoView {
    let state = use_form();
    let words = t();
    let error = move || state.error.get().map(|text| view! { <p class="form-error">{text}</p> });
    let summary = move || {
        let mut found: Vec<String> = state.problems.with(|problems| problems.0.keys().cloned().collect());
        let labels = state.labels.get_value();
        // In the order in which the fields stand on the page.
        found.sort_by_key(|name| labels.iter().position(|(field, _)| field == name));
        let label = |name: &str| labels.iter().find(|(field, _)| field == name).map(|(_, label)| label.clone());
        let needed = found.len() > 1 || found.iter().any(|name| label(name).is_none());
        (needed && !found.is_empty()).then(|| {
            let lines = found.iter().map(|name| {
                let message = state.message(name).unwrap_or_default();
                match label(name) {
                    Some(label) => view! {
                        <li>
                            <a href=format!("#{}", state.field_id(name)) rel="external">{label}</a>
                            " " {message}
                        </li>
                    }
                    .into_any(),
                    None => view! { <li>{message}</li> }.into_any(),
                }
            });
            view! {
                <p>{plural(state.i18n, words.forms.summary, found.len())}</p>
                <ul>{lines.collect_view()}</ul>
            }
        })
    };
    view! {
        <div class="form-alert" role="alert" tabindex="-1" hidden=move || !state.has_problems()>
            {error}
            {summary}
        </div>
    }
}
