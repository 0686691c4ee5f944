//! A page's data on its way: the skeleton while it is loading, the page once it is there, and what to do when it isn't.
use crate::{
    error::ApiError,
    i18n::{errors, t, use_i18n},
    pages::status::{Failed, NotFound},
    ui::{Skeleton, later},
};
use leptos::prelude::*;

/// Waits for data. The old view stays while newer data is on its way (another month, or after a change).
#[component]
pub fn Load<T, V>(
    /// What the page asks for.
    data: Resource<Result<T, ApiError>>,
    /// Pale lines in the place of what comes.
    #[prop(default = 6)]
    lines: usize,
    /// Shows it.
    view: V,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    let whole = view! {
        <Transition fallback=move || view! { <Skeleton lines=lines rows=true /> }>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match data.await {
                        Ok(found) => view(found),
                        Err(error) => view! { <NotLoaded error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    };
    // It has its place among what asks for data from now on, and its turn later.
    let whole = whole.into_any();
    later(view! { <div class="loaded"></div> }, move || whole)
}

/// What stands there instead of data that couldn't be had.
#[component]
pub fn NotLoaded(
    /// Why.
    error: ApiError,
) -> impl IntoView {
    let words = t();
    let language = use_i18n().locale.language();
    let failed = |status: u16, message: String| {
        let request_id = (status >= 500 && !error.request_id.is_empty()).then(|| error.request_id.clone());
        view! { <Failed message=message request_id=request_id status=status /> }.into_any()
    };
    match error.code.as_str() {
        "NOT_FOUND" => view! { <NotFound /> }.into_any(),
        "OFFLINE" => failed(503, words.status.offline_text.to_owned()),
        "UNAUTHORIZED" => {
            #[cfg(feature = "hydrate")]
            Effect::new(|_| to_sign_in());
            failed(401, errors::error(language, "UNAUTHORIZED").to_owned())
        }
        code @ "FORBIDDEN" => failed(403, errors::error(language, code).to_owned()),
        code @ "UNAVAILABLE" => failed(503, errors::error(language, code).to_owned()),
        _ => failed(500, words.status.error_text.to_owned()),
    }
}

/// The session has ended: the whole page goes, and comes back after signing in.
#[cfg(feature = "hydrate")]
fn to_sign_in() {
    let location = window().location();
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let _ = location.assign(&crate::paths::sign_in_then(&path));
}
