//! Where one is signed in.
use crate::{
    api::views::Device,
    i18n::{fill, t, use_i18n},
    ui::{Badge, Card, Form, Look, Submit},
};
use leptos::prelude::*;

#[component]
pub(super) fn Devices(devices: Vec<Device>) -> impl IntoView {
    let words = &t().security;
    let several = devices.len() > 1;
    view! {
        <Card title=words.devices>
            <p class="help">{words.devices_lead}</p>
            <ul class="lines">
                {devices.into_iter().map(|device| view! { <Line device=device /> }).collect_view()}
            </ul>
            {several.then(|| view! {
                <Form name="sessions-end" summary=false>
                    <Submit look=Look::Plain>{words.devices_end}</Submit>
                </Form>
            })}
        </Card>
    }
}

#[component]
fn Line(device: Device) -> impl IntoView {
    let words = &t().security;
    let i18n = use_i18n();
    let name = if device.name.is_empty() { words.device_unknown.to_owned() } else { device.name };
    let seen = fill(words.device_seen, &[("date", &i18n.locale.format_date_relative(device.seen_on, i18n.today))]);
    let end = fill(words.device_end_of, &[("device", &name)]);
    let tool = if device.current {
        view! { <Badge>{words.device_current}</Badge> }.into_any()
    } else {
        view! {
            <Form name="session-end" about=("id", device.id) summary=false label=end>
                <Submit look=Look::Quiet>{words.device_end}</Submit>
            </Form>
        }
        .into_any()
    };
    view! {
        <li>
            <div>
                <span class="name">{name}</span>
                <p class="help">{[seen, device.address].join(" · ")}</p>
            </div>
            {tool}
        </li>
    }
}
