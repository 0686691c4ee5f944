//! What comes above the page: menus, popovers, dialogs, toasts, the palette.
use super::{Part, words};
use crate::{
    components::palette::PaletteButton,
    forms::Toast,
    session::use_toast,
    ui::{Button, ButtonLink, Dialog, Menu, Popover},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub(super) fn Overlays() -> impl IntoView {
    let query = use_query_map();
    let open = Signal::derive(move || query.with(|query| query.get("dialog").is_some()));
    let here = format!("{}?part=overlays", words::PATH);
    let close = Signal::stored(here.clone());
    let toast = use_toast();
    let show = Callback::new(move |()| toast(Toast { text: words::DONE.to_owned(), undo: None }));
    view! {
        <Part name="Menu" keys=words::KEYS_MENU>
            <div class="row">
                <Menu button=words::MENU.into_any()>
                    {words::ITEMS.map(|item| view! { <a href=words::PATH>{item}</a> }).into_iter().collect_view()}
                </Menu>
            </div>
        </Part>
        <Part name="Popover" keys=words::KEYS_POPOVER>
            <div class="row">{words::ABOUT} <Popover id="guide-about" label=words::ABOUT>{words::SENTENCE}</Popover></div>
        </Part>
        <Part name="Dialog" keys=words::KEYS_DIALOG>
            <ButtonLink href=format!("{here}&dialog=1")>{words::DIALOG}</ButtonLink>
            <Dialog id="guide-dialog" open=open close=close title=Signal::stored(words::CARD.to_owned())>
                <p>{words::SENTENCE}</p>
            </Dialog>
        </Part>
        <Part name="ToastRegion">
            <Button on_click=show>{words::TOAST}</Button>
        </Part>
        <Part name="Palette" keys=words::KEYS_PALETTE>
            <PaletteButton />
        </Part>
    }
}
