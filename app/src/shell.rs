//! The document around the pages. Server only: the browser finds it there.
use crate::{App, context::AssetPaths, i18n::direction, session::use_page};
use domain::user::Theme;
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

/// The whole HTML document. Asks the context for [`crate::PageContext`] and [`AssetPaths`], which the host provides.
pub fn shell() -> impl IntoView {
    let page = use_page();
    let assets = use_context::<AssetPaths>().unwrap_or_default();
    let locale = page.locale();
    let script = script(&assets);
    let font = assets.font.map(|font| {
        view! { <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="anonymous" /> }
    });
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag().to_owned() dir=direction(locale) data-theme=page.theme.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content=scheme(page.theme) />
                {theme_colors(page.theme)}
                <link rel="stylesheet" href=assets.css />
                {font}
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <script type="module" nonce=use_nonce()>
                    {script}
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

/// Tells the styles whether there is a network (`data-offline`).
const OFFLINE: &str = "const d=document.documentElement,n=()=>d.toggleAttribute('data-offline',!navigator.onLine);\
    addEventListener('online',n);addEventListener('offline',n);n();";

/// Starts `s` once the page has been painted, so that what is seen never waits for the program; at once in a tab that
/// nobody looks at, which is not painted.
const AFTER_PAINT: &str = "document.hidden?s():requestAnimationFrame(()=>setTimeout(s));";

/// The script of a page. Paths are our own, never a person's.
fn script(assets: &AssetPaths) -> String {
    let AssetPaths { js, wasm, charts, program, parts, .. } = assets;
    if !program {
        // Only read: the program is fetched once somebody turns to where it is needed, and this page never waits for it.
        // What is only read is in the same part as the way in.
        let files: Vec<&str> =
            [wasm].into_iter().chain(parts.iter().map(|(_, file)| file)).map(String::as_str).collect();
        let warm = format!(
            "const w=e=>{{if(e.target.closest?.('a[href^=\"/auth/\"]')){{\
             for(const[r,h]of[['modulepreload',{js:?}],...{files:?}.map(f=>['prefetch',f])])\
             d.querySelector('head').append(Object.assign(document.createElement('link'),{{rel:r,href:h}}));\
             removeEventListener('pointerover',w);removeEventListener('focusin',w)}}}};\
             addEventListener('pointerover',w);addEventListener('focusin',w);"
        );
        return format!("{OFFLINE}{warm}d.dataset.ready=''");
    }
    // ECharts is large: it comes when a mouse first rests on a chart, which until then is the server's SVG.
    let drawn = format!(
        "const c=new WeakSet;addEventListener('pointerover',e=>{{const t=e.pointerType==='mouse'&&e.target.closest?.('[data-chart]');\
         if(t&&!c.has(t)){{c.add(t);import({charts:?}).then(m=>m.draw(t)).catch(()=>c.delete(t))}}}});"
    );
    // The page's own part is fetched beside the main file, not after it.
    let files: Vec<&str> = parts.iter().map(|(_, file)| file.as_str()).collect();
    format!(
        "{OFFLINE}{drawn}const s=()=>{{\
         for(const href of{files:?})d.querySelector('head').append(Object.assign(document.createElement('link'),\
         {{rel:'preload',as:'fetch',crossOrigin:'anonymous',href}}));\
         const w=fetch({wasm:?});\
         import({js:?}).then(m=>m.default({{module_or_path:w}}).then(m.hydrate)).then(()=>{{d.dataset.ready=''}})}};{AFTER_PAINT}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_only_read_loads_no_program() {
        let read = script(&AssetPaths { program: false, ..AssetPaths::default() });
        assert!(!read.contains("m.hydrate") && read.contains("data-offline"));
        let parts = vec![("parts/account.wasm".to_owned(), "/pkg/account-1.wasm".to_owned())];
        let read = script(&AssetPaths { program: false, parts, ..AssetPaths::default() });
        assert!(read.contains("\"/pkg/account-1.wasm\"].map("), "the way in is fetched with its part: {read}");
        let used = script(&AssetPaths::default());
        assert!(used.contains("import(\"/pkg/wealthwise.js\")") && used.ends_with(AFTER_PAINT), "{used}");
    }
}
