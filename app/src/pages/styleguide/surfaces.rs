//! Colours, type, buttons; and what things stand on.
use super::{Part, words};
use crate::ui::{
    Avatar, Badge, Breadcrumb, Button, ButtonLink, Card, Crumb, Empty, Glyph, Icon, Look, Notice, Pagination, Progress,
    Skeleton, Stepper, Tab, Tabs, Tone,
};
use leptos::prelude::*;

const LOOKS: [(Look, &str); 4] = [
    (Look::Primary, words::ADD),
    (Look::Plain, words::SAVE),
    (Look::Quiet, words::CANCEL),
    (Look::Danger, words::DELETE),
];

#[component]
pub(super) fn Basics() -> impl IntoView {
    let colours = words::COLOURS.map(|name| {
        view! {
            <li>
                <span class=format!("swatch of-{name}") aria-hidden="true"></span>
                <code>{name}</code>
            </li>
        }
    });
    let hues = (0..10).map(|hue| {
        view! {
            <li>
                <span class=format!("swatch hue hue-{hue}") aria-hidden="true"></span>
                <code>{format!("hue-{hue}")}</code>
            </li>
        }
    });
    let sizes = words::TYPE.map(|(class, text)| view! { <p class=class>{text}</p> });
    let nothing = Callback::new(|()| ());
    view! {
        <Part name="tokens">
            <ul class="swatches">{colours.into_iter().collect_view()} {hues.collect_view()}</ul>
        </Part>
        <Part name="type">
            <div class="stack">{sizes.into_iter().collect_view()}</div>
        </Part>
        <Part name="Button, ButtonLink, Submit" keys=words::KEYS_BUTTON>
            <div class="row">
                {LOOKS.map(|(look, text)| view! { <Button look=look on_click=nothing>{text}</Button> }).into_iter().collect_view()}
            </div>
            <div class="row">
                <Button on_click=nothing disabled=true>{words::RESTS}</Button>
                <button type="button" class="button primary" disabled=true aria-busy="true">{words::BUSY}</button>
                <ButtonLink href="/styleguide"><Icon glyph=Glyph::Import /> {words::LEADS}</ButtonLink>
                <button type="button" class="icon-button" aria-label=words::CANCEL><Icon glyph=Glyph::Close /></button>
            </div>
        </Part>
        <Part name="ThemeSwitch, LanguageSwitch" keys=words::KEYS_SEGMENTS>
            <div class="row">
                <crate::components::account::ThemeSwitch />
                <crate::components::account::LanguageSwitch />
            </div>
        </Part>
    }
}

#[component]
pub(super) fn Surfaces() -> impl IntoView {
    const TONES: [Tone; 4] = [Tone::Neutral, Tone::Good, Tone::Caution, Tone::Over];
    let tones = || TONES.into_iter().zip(words::TONES);
    let crumbs = words::TABS.map(|label| Crumb::new(label, words::PATH)).to_vec();
    let tabs = words::TABS
        .map(|label| Tab { label: label.to_owned(), href: words::PATH.to_owned(), current: label == words::TABS[0] })
        .to_vec();
    let aside = view! { <a href=words::PATH>{words::LINK}</a> };
    view! {
        <Part name="Card">
            <Card title=words::CARD aside=aside.into_any()>{words::SENTENCE}</Card>
        </Part>
        <Part name="Badge">
            <div class="row">{tones().map(|(tone, text)| view! { <Badge tone=tone>{text}</Badge> }).collect_view()}</div>
        </Part>
        <Part name="Notice">
            {tones().map(|(tone, _)| view! { <Notice tone=tone><p>{words::SENTENCE}</p></Notice> }).collect_view()}
        </Part>
        <Part name="Empty">
            <Empty title=words::EMPTY text=words::SENTENCE>
                <ButtonLink href=words::PATH look=Look::Primary>{words::ADD}</ButtonLink>
            </Empty>
        </Part>
        <Part name="Skeleton">
            <div class="grid-2"><Skeleton /> <Skeleton rows=true /></div>
        </Part>
        <Part name="Progress">
            <Progress percent=40 label=words::UPLOAD />
        </Part>
        <Part name="Stepper">
            {(0..=words::STEPS.len()).map(|now| view! { <Stepper steps=words::STEPS.to_vec() now=now /> }).collect_view()}
        </Part>
        <Part name="Breadcrumb">
            <Breadcrumb crumbs=crumbs />
        </Part>
        <Part name="Tabs" keys=words::KEYS_TABS>
            <Tabs label=words::TITLE tabs=Signal::stored(tabs) />
        </Part>
        <Part name="Pagination">
            <Pagination offset=50 shown=50 total=1234 previous=words::PATH.to_owned() next=words::PATH.to_owned() />
        </Part>
        <Part name="Avatar">
            <div class="row">
                {words::PEOPLE.map(|name| view! { <span class="row"><Avatar name=name />{name}</span> }).into_iter().collect_view()}
            </div>
        </Part>
    }
}
