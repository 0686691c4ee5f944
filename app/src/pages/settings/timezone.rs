//! The time zone: typed with suggestions, or taken from the device.
use crate::{
    i18n::{fill, t},
    ui::{Field, Glyph, Icon},
};
use leptos::prelude::*;

/// Where most people live. Others can be typed: the server knows all of the IANA's.
const ZONES: [&str; 66] = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "America/Anchorage",
    "America/Argentina/Buenos_Aires",
    "America/Bogota",
    "America/Caracas",
    "America/Chicago",
    "America/Denver",
    "America/Edmonton",
    "America/Halifax",
    "America/Lima",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Phoenix",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Toronto",
    "America/Vancouver",
    "Asia/Baghdad",
    "Asia/Bangkok",
    "Asia/Dhaka",
    "Asia/Dubai",
    "Asia/Ho_Chi_Minh",
    "Asia/Hong_Kong",
    "Asia/Jakarta",
    "Asia/Jerusalem",
    "Asia/Karachi",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Kuala_Lumpur",
    "Asia/Manila",
    "Asia/Riyadh",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Taipei",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Atlantic/Reykjavik",
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Perth",
    "Australia/Sydney",
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Berlin",
    "Europe/Brussels",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Rome",
    "Europe/Vienna",
    "Europe/Warsaw",
    "Europe/Zurich",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "UTC",
];

/// The list that the field suggests from.
const LIST: &str = "zones";

#[component]
pub(super) fn TimezoneField(
    /// The person's own.
    value: String,
) -> impl IntoView {
    let words = &t().settings;
    let node = NodeRef::<leptos::html::Input>::new();
    // Known once the program runs, so that the page is taken over as the server wrote it.
    let device = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| device.set(crate::ui::client::timezone()));
    let other = {
        let value = value.clone();
        move || device.with(|zone| !zone.is_empty() && *zone != value)
    };
    let take = move |_| {
        if let Some(input) = node.get_untracked() {
            input.set_value(&device.get_untracked());
        }
    };
    view! {
        <Field name="timezone" label=words.timezone help=words.timezone_help.to_owned() control=move |control| {
            let changed = control.changed();
            view! {
                <input
                    node_ref=node
                    id=control.id.clone()
                    name=control.name.clone()
                    type="text"
                    list=LIST
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    required=true
                    aria-describedby=control.described_by.clone()
                    aria-invalid=control.invalid()
                    value=control.value(Some(value))
                    on:input=move |_| changed()
                />
                <datalist id=LIST>{ZONES.map(|zone| view! { <option value=zone></option> }).into_iter().collect_view()}</datalist>
                <button type="button" class="button quiet take" hidden=move || !other() on:click=take>
                    <Icon glyph=Glyph::Globe />
                    {move || fill(words.timezone_device, &[("zone", &device.get())])}
                </button>
            }
            .into_any()
        } />
    }
}
