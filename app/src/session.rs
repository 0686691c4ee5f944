//! What every part of a page can ask for: the page's context, the words, and the signal that data should be read again.
use crate::{context::PageContext, forms::Toast, i18n::I18n, ui::toast::Toasts};
use domain::{Date, currency::Currency, locale::Locale, user::Theme};
use leptos::{prelude::*, server::codee::string::JsonSerdeCodec};

/// Raised whenever something was changed from this page: resources that depend on it are read again.
#[derive(Debug, Clone, Copy)]
pub struct Refresh(RwSignal<u32>);

impl Refresh {
    /// Call this in a resource's source, so that it is read again after a change.
    pub fn track(self) -> u32 {
        self.0.get()
    }

    /// Says that something was changed.
    pub fn bump(self) {
        self.0.update(|count| *count = count.wrapping_add(1));
    }
}

/// Puts the page's context into Leptos' context: on the server the host's, in the browser the one that came in the page.
pub(crate) fn provide() {
    let page = SharedValue::<PageContext, JsonSerdeCodec>::new(|| use_context::<PageContext>().unwrap_or_else(neutral))
        .into_inner();
    provide_context(I18n::new(page.locale(), page.today));
    provide_context(Refresh(RwSignal::new(0)));
    let toasts = Toasts::new();
    if let Some(toast) = page.flash.as_ref().and_then(|flash| flash.outcome.toast.clone()) {
        toasts.push(toast);
    }
    provide_context(toasts);
    provide_context(page);
}

/// Who looks at the page, in which language, on which day.
pub fn use_page() -> PageContext {
    use_context::<PageContext>().unwrap_or_else(neutral)
}

/// The signal that data should be read again.
pub fn use_refresh() -> Refresh {
    use_context::<Refresh>().unwrap_or_else(|| Refresh(RwSignal::new(0)))
}

/// Shows a quiet word at the edge of the page.
pub fn use_toast() -> impl Fn(Toast) + Copy + Send + Sync + 'static {
    let toasts = use_context::<Toasts>().unwrap_or_default();
    move |toast| toasts.push(toast)
}

/// A page that nobody looks at: Leptos runs the pages once without a request, to learn the routes.
fn neutral() -> PageContext {
    PageContext {
        viewer: None,
        locale: Locale::from_tag("en").tag().to_owned(),
        currency: Currency::EUR,
        theme: Theme::System,
        today: Date::constant(2026, 1, 1),
        seed: String::new(),
        flash: None,
        development: false,
        version: String::new(),
        demo: false,
        mail: false,
        places: Vec::new(),
    }
}
