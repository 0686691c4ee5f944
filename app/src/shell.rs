//! The document around the pages. Server only: the browser finds it there.
use crate::{App, context::AssetPaths, i18n::direction, session::use_page};
use domain::user::Theme;
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

/// The whole HTML document. Asks the context for [`crate::PageContext`] and [`AssetPaths`], which the host provides.
pub fn shell() -> impl IntoView {
    let page = use_page();
    let assets = use_context::<AssetPaths>().unwrap_or_else(|| AssetPaths {
        css: "/pkg/app.css".to_owned(),
        js: "/pkg/app.js".to_owned(),
        wasm: "/pkg/app.wasm".to_owned(),
    });
    let locale = page.locale();
    let loader = loader(&assets);
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag().to_owned() dir=direction(locale) data-theme=page.theme.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content=scheme(page.theme) />
                {theme_colors(page.theme)}
                <link rel="stylesheet" href=assets.css />
                <link rel="modulepreload" href=assets.js nonce=use_nonce() />
                <link rel="preload" href=assets.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <script type="module" nonce=use_nonce()>
                    {loader}
                </script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

fn scheme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// The browser's own bars in the colour of the page (`--paper` of the styles): by the device, or as chosen.
fn theme_colors(theme: Theme) -> impl IntoView {
    [
        (Theme::Light, "#faf8f5", "(prefers-color-scheme: light)"),
        (Theme::Dark, "#171512", "(prefers-color-scheme: dark)"),
    ]
    .into_iter()
    .filter(move |(of, ..)| theme == Theme::System || theme == *of)
    .map(move |(_, color, media)| {
        let media = (theme == Theme::System).then_some(media);
        leptos::html::meta().name("theme-color").content(color).attr("media", media)
    })
    .collect_view()
}

/// Loads the program and lets it take over. Paths are our own, never a person's.
fn loader(assets: &AssetPaths) -> String {
    format!(
        "import init,{{hydrate}} from {:?};init({{module_or_path:{:?}}}).then(()=>{{hydrate();document.documentElement.dataset.ready=''}})",
        assets.js, assets.wasm
    )
}
