//! Where it was: typed, or asked of the device.
use super::start::Start;
use crate::{
    i18n::{entry, use_i18n},
    ui::TextField,
};
use leptos::prelude::*;

/// Address and coordinates; a device that knows where it is fills them in when it is asked to.
#[component]
pub(super) fn PlaceFields(start: Start) -> impl IntoView {
    let words = entry::words(use_i18n().locale.language());
    let (lat, lng) = (RwSignal::new(start.text("location.lat")), RwSignal::new(start.text("location.lng")));
    let failed = RwSignal::new(false);
    let ask = move |_| {
        failed.set(false);
        #[cfg(feature = "hydrate")]
        super::browser::locate(lat, lng, failed);
    };
    view! {
        <TextField name="location.address" label=words.address value=start.text("location.address") optional=true autocomplete="off" />
        <div class="fields close">
            <TextField name="location.lat" label=words.lat bind=lat optional=true inputmode="decimal" autocomplete="off" class="figure" />
            <TextField name="location.lng" label=words.lng bind=lng optional=true inputmode="decimal" autocomplete="off" class="figure" />
        </div>
        <button type="button" class="button quiet needs-js" on:click=ask>{words.here}</button>
        <p class="help" role="status">{move || failed.get().then_some(words.no_place)}</p>
    }
}
