//! The browser's half of [`super::form::Form`]: sends it, reads the outcome, shows it.
use super::form::Sending;
use crate::{
    forms::{FORM_PREFIX, Outcome, hidden},
    i18n::messages,
};
use domain::locale::Language;
use leptos::{ev::SubmitEvent, prelude::*};
use std::sync::atomic::{AtomicU32, Ordering};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{FormData, HtmlButtonElement, HtmlElement, HtmlFormElement, RequestInit, Response, UrlSearchParams};

/// Counts the keys made on this page: each form as it is sent gets one, and keeps it until it worked.
static KEYS: AtomicU32 = AtomicU32::new(0);

/// Where a form keeps its key between tries.
const KEY_ATTRIBUTE: &str = "data-key";

/// Takes over from the browser: sends the form once, and shows what came of it.
pub(crate) fn submit(event: &SubmitEvent, sending: &Sending) {
    if event.default_prevented() {
        return;
    }
    let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
    event.prevent_default();
    if !sending.state.set_pending(true) {
        return;
    }
    let Some(data) = form_data(event, &form, sending) else {
        sending.state.set_pending(false);
        return;
    };
    let sending = sending.clone();
    spawn_local(async move {
        let outcome = send(&data, &sending).await;
        sending.state.set_pending(false);
        if outcome.ok {
            done(outcome, &form, &sending);
        } else {
            failed(&outcome, form, &sending);
        }
    });
}

fn form_data(event: &SubmitEvent, form: &HtmlFormElement, sending: &Sending) -> Option<FormData> {
    let data = FormData::new_with_form(form).ok()?;
    if let Some(button) = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok())
        && !button.name().is_empty()
    {
        data.append_with_str(&button.name(), &button.value()).ok()?;
    }
    let key = form.get_attribute(KEY_ATTRIBUTE).unwrap_or_else(|| {
        let key = format!("{}.{}.{}", sending.seed, sending.id, KEYS.fetch_add(1, Ordering::Relaxed));
        let _ = form.set_attribute(KEY_ATTRIBUTE, &key);
        key
    });
    data.set_with_str(hidden::IDEMPOTENCY_KEY, &key).ok()?;
    Some(data)
}

async fn send(data: &FormData, sending: &Sending) -> Outcome {
    let body = if sending.upload {
        Ok(AsRef::<JsValue>::as_ref(data).clone())
    } else {
        UrlSearchParams::new_with_str_sequence_sequence(data).map(JsValue::from)
    };
    said(post(body, &sending.action).await, sending.i18n.locale.language())
}

/// Sends what stands in no form of the page, under the name of one. The same key twice does it once.
pub(crate) async fn send_fields(name: &str, fields: &[(&str, &str)], key: &str, language: Language) -> Outcome {
    let body = UrlSearchParams::new().map(|body| {
        for (name, text) in fields.iter().chain([&(hidden::IDEMPOTENCY_KEY, key)]) {
            body.append(name, text);
        }
        JsValue::from(body)
    });
    said(post(body, &format!("{FORM_PREFIX}{name}")).await, language)
}

/// What an answer says, or why there is none.
fn said(answer: Result<(u16, String), JsValue>, language: Language) -> Outcome {
    let words = &messages(language).forms;
    match answer {
        Err(_) => failure(words.offline),
        Ok((status, text)) => serde_json::from_str(&text).unwrap_or_else(|_| {
            failure(match status {
                401 => words.signed_out,
                413 => words.too_large,
                502..=504 => words.offline,
                _ => words.unreadable,
            })
        }),
    }
}

async fn post(body: Result<JsValue, JsValue>, action: &str) -> Result<(u16, String), JsValue> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&body?);
    let headers = web_sys::Headers::new()?;
    headers.set("Accept", "application/json")?;
    init.set_headers(&headers);
    let response: Response = JsFuture::from(window().fetch_with_str_and_init(action, &init)).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}

fn failure(text: &str) -> Outcome {
    Outcome { error: Some(text.to_owned()), ..Outcome::default() }
}

fn done(outcome: Outcome, form: &HtmlFormElement, sending: &Sending) {
    let _ = form.remove_attribute(KEY_ATTRIBUTE);
    sending.state.show(&outcome);
    if sending.reset {
        form.reset();
    }
    if outcome.reload {
        let location = window().location();
        let _ = match &outcome.redirect {
            Some(path) => location.assign(path),
            None => location.reload(),
        };
        return;
    }
    if let Some(toast) = outcome.toast.clone() {
        sending.toasts.push(toast);
    }
    let redirect = outcome.redirect.clone();
    if let Some(on_done) = &sending.on_done {
        let _ = on_done.try_run(outcome);
    }
    sending.refresh.bump();
    if let Some(path) = redirect {
        (sending.navigate)(&path);
    }
}

fn failed(outcome: &Outcome, form: HtmlFormElement, sending: &Sending) {
    sending.state.show(outcome);
    request_animation_frame(move || {
        let wrong = form.query_selector("[aria-invalid=true]").ok().flatten();
        let target = wrong.or_else(|| form.query_selector("[role=alert]").ok().flatten());
        if let Some(element) = target.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// Keeps an input and a signal equal. What was typed before the program came stays: the signal takes it over.
pub(crate) fn keep_equal(node: NodeRef<leptos::html::Input>, bind: RwSignal<String>) {
    Effect::new(move |seen: Option<bool>| {
        let text = bind.get();
        let Some(element) = node.get() else { return false };
        if element.value() != text {
            if seen == Some(true) {
                element.set_value(&text);
            } else {
                bind.set(element.value());
            }
        }
        true
    });
}

/// Closes an open menu on Escape, on a click elsewhere, and when one of its links was followed.
pub(crate) fn closes_by_itself(node: NodeRef<leptos::html::Details>) {
    let close = move |focus: bool| {
        if let Some(menu) = node.try_get_untracked().flatten()
            && menu.has_attribute("open")
        {
            let _ = menu.remove_attribute("open");
            if focus && let Ok(Some(summary)) = menu.query_selector("summary") {
                let _ = summary.dyn_into::<HtmlElement>().map(|summary| summary.focus());
            }
        }
    };
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" {
            close(true);
        }
    });
    let clicks = window_event_listener(leptos::ev::click, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let inside = node
            .try_get_untracked()
            .flatten()
            .zip(target.clone())
            .is_some_and(|(menu, target)| menu.contains(Some(&target)));
        let link = target.and_then(|target| target.closest("a").ok().flatten()).is_some();
        if !inside || link {
            close(false);
        }
    });
    on_cleanup(move || {
        keys.remove();
        clicks.remove();
    });
}

/// Opens a dialog above the page (and closes it) as the address says; Escape goes to the address with it closed.
pub(crate) fn shows_as_modal(node: NodeRef<leptos::html::Dialog>, open: Signal<bool>, close: Signal<String>) {
    let navigate = leptos_router::hooks::use_navigate();
    Effect::new(move |_| {
        let open = open.get();
        let Some(dialog) = node.get() else { return };
        if open {
            if !dialog.matches(":modal").unwrap_or(false) {
                dialog.close();
                let _ = dialog.show_modal();
                focus_first_field(dialog, 40);
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    let leave = move || {
        if open.try_get_untracked() == Some(true)
            && let Some(path) = close.try_get_untracked()
        {
            navigate(&path, leptos_router::NavigateOptions { scroll: false, ..Default::default() });
        }
    };
    Effect::new(move |done: Option<bool>| {
        let Some(dialog) = node.get() else { return false };
        if done != Some(true) {
            // Escape asks (`cancel`); where the browser insists, it closes without asking (`close`).
            for name in ["cancel", "close"] {
                let (leave, element) = (leave.clone(), dialog.clone());
                let heard =
                    wasm_bindgen::closure::Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
                        event.prevent_default();
                        if name == "cancel" || !element.open() {
                            leave();
                        }
                    });
                let _ = dialog.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
                heard.forget(); // lives as long as the element
            }
        }
        true
    });
}

/// Shows a dialog above the page while the signal says so; whoever closes it otherwise (Escape) lowers the signal.
pub(crate) fn shows_while(node: NodeRef<leptos::html::Dialog>, open: RwSignal<bool>) {
    Effect::new(move |_| {
        let open = open.get();
        let Some(dialog) = node.get() else { return };
        if open && !dialog.open() {
            let _ = dialog.show_modal();
            focus_first_field(dialog, 10);
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    // A click on the veil around it is one on the dialog itself.
    let clicks = window_event_listener(leptos::ev::click, move |event| {
        let hit = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok());
        if hit.is_some() && hit == node.try_get_untracked().flatten() {
            open.set(false);
        }
    });
    on_cleanup(move || clicks.remove());
}

/// Gives the focus to an element, and scrolls nowhere.
pub(crate) fn focus_quietly(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// Brings an element into view within what scrolls around it.
pub(crate) fn scroll_to(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Brings the current one of a row of links, which scrolls sideways where it is narrow, into its middle.
pub(crate) fn scroll_to_current(row: &HtmlElement) {
    let current = row.query_selector("[aria-current]").ok().flatten();
    if let Some(current) = current.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let before = (row.client_width() - current.offset_width()) / 2;
        row.set_scroll_left(current.offset_left() - row.offset_left() - before);
    }
}

/// Lets `rested` be what `text` is, once it has not changed for a moment.
pub(crate) fn follows_at_rest(text: RwSignal<String>, rested: RwSignal<String>) {
    Effect::new(move |before: Option<Option<TimeoutHandle>>| {
        let now = text.get();
        if let Some(Some(waiting)) = before {
            waiting.clear();
        }
        let settle = move || {
            let _ = rested.try_set(now);
        };
        set_timeout_with_handle(settle, std::time::Duration::from_millis(150)).ok()
    });
}

/// The first field of a dialog gets the focus as soon as it is there: what is asked for may still be on its way. Not if
/// somebody was quicker.
fn focus_first_field(dialog: web_sys::HtmlDialogElement, tries: u8) {
    let busy = dialog.matches(":has(:is(input, select, textarea):focus)").unwrap_or(true);
    if tries == 0 || busy || !dialog.open() {
        return;
    }
    match dialog.query_selector("input:not([type=hidden]), select, textarea") {
        Ok(Some(first)) => {
            let _ = first.dyn_into::<HtmlElement>().map(|first| first.focus());
        }
        _ => set_timeout(move || focus_first_field(dialog, tries - 1), std::time::Duration::from_millis(50)),
    }
}

/// Lets a toast go after some seconds, but not from under somebody's pointer or focus.
pub(crate) fn goes_away(node: NodeRef<leptos::html::Div>, dismiss: impl Fn() + Clone + 'static, has_undo: bool) {
    fn wait(node: NodeRef<leptos::html::Div>, dismiss: impl Fn() + Clone + 'static, seconds: u64) {
        set_timeout(
            move || {
                let busy = node
                    .try_get_untracked()
                    .flatten()
                    .is_some_and(|toast| toast.matches(":hover, :focus-within").unwrap_or(false));
                if busy { wait(node, dismiss, 2) } else { dismiss() }
            },
            std::time::Duration::from_secs(seconds),
        );
    }
    Effect::new(move |_| wait(node, dismiss.clone(), if has_undo { 12 } else { 6 }));
}

/// Sends the form around the input that an event happened to, as its button would.
pub(crate) fn send_form_of(event: &web_sys::Event) {
    let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(form) = input.and_then(|input| input.form()) {
        let _ = form.request_submit();
    }
}

/// The browser's time zone by its IANA name; empty where it keeps that to itself.
pub(crate) fn timezone() -> String {
    let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
    js_sys::Reflect::get(&format.resolved_options(), &JsValue::from_str("timeZone"))
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_default()
}
