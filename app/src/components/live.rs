//! A page that follows what others change: while it is looked at, its data is read again as soon as another device, or
//! another member, has changed something that it shows. Without JavaScript a page is as old as it was sent.
//!
//! The events carry ids only (`GET /api/events`). The browser itself comes back after a lost line, and says which event it
//! heard last; a page that was not looked at has closed its line, and reads once when it is looked at again.
use leptos::prelude::*;

/// Reads the page's data again when an event names `of`, an id; an empty one: at any event. Call it once in a page whose
/// data follows [`crate::session::use_refresh`].
#[allow(unused_variables, reason = "only a browser hears")]
pub fn follow(of: Signal<String>) {
    #[cfg(feature = "hydrate")]
    browser::follow(of, crate::session::use_refresh());
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::{components::shortcuts::is_busy, session::Refresh};
    use leptos::prelude::*;
    use std::time::Duration;
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Event, EventSource, HtmlElement, MessageEvent};

    /// Where it is told.
    const EVENTS: &str = "/api/events";
    /// Several changes at once are read once.
    const GATHER: Duration = Duration::from_millis(150);
    /// While somebody types, it is looked so often whether they are done.
    const LOOK: Duration = Duration::from_millis(500);
    /// A line that was refused is tried again then.
    const AGAIN: Duration = Duration::from_secs(15);

    type Heard = Closure<dyn Fn(Event)>;

    /// An open line; closed when it is dropped.
    struct Line {
        source: EventSource,
        _heard: [Heard; 2],
    }

    impl Drop for Line {
        fn drop(&mut self) {
            self.source.close();
        }
    }

    /// One page that listens.
    #[derive(Clone, Copy)]
    struct Page {
        of: Signal<String>,
        refresh: Refresh,
        line: StoredValue<Option<Line>, LocalStorage>,
        /// Whether something has changed that the page doesn't show yet.
        behind: StoredValue<bool>,
        /// The form into which something was typed and that was not sent yet.
        typed: StoredValue<Option<HtmlElement>, LocalStorage>,
    }

    pub(super) fn follow(of: Signal<String>, refresh: Refresh) {
        let page = Page {
            of,
            refresh,
            line: StoredValue::new_local(None),
            behind: StoredValue::new(false),
            typed: StoredValue::new_local(None),
        };
        Effect::new(move |_| page.look());
        let seen = window_event_listener_untyped("visibilitychange", move |_| {
            page.look();
            if !document().hidden() {
                page.changed();
            }
        });
        let typing = window_event_listener_untyped("input", move |event| {
            if let Some(form) = changing(&event) {
                page.typed.set_value(Some(form));
            }
        });
        let sent = window_event_listener_untyped("submit", move |event| {
            if changing(&event).is_some() {
                page.typed.set_value(None);
            }
        });
        on_cleanup(move || {
            let _ = page.line.try_set_value(None);
            [seen, typing, sent].into_iter().for_each(WindowListenerHandle::remove);
        });
    }

    /// The form that changes something, or the open cell of a table, in which that happened; filters and searches don't.
    fn changing(event: &Event) -> Option<HtmlElement> {
        let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
        target.closest("form[method=post], .cell").ok()??.dyn_into().ok()
    }

    impl Page {
        /// A line while the page is looked at, none while it isn't.
        fn look(self) {
            let open = self.line.with_value(Option::is_some);
            if document().hidden() {
                self.line.set_value(None);
            } else if !open {
                self.line.set_value(self.listen());
            }
        }

        fn listen(self) -> Option<Line> {
            let source = EventSource::new(EVENTS).ok()?;
            let heard = Heard::new(move |event: Event| {
                let data = event.dyn_ref::<MessageEvent>().and_then(|message| message.data().as_string());
                let named = self.of.try_with_untracked(|of| data.is_some_and(|data| data.contains(of.as_str())));
                if event.type_() == "reset" || named == Some(true) {
                    self.changed();
                }
            });
            for name in ["change", "reset"] {
                let _ = source.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
            }
            let line = source.clone();
            let lost = Heard::new(move |_| {
                // A line that broke comes back by itself; one that was refused doesn't.
                if line.ready_state() == EventSource::CLOSED {
                    set_timeout(move || self.again(), AGAIN);
                }
            });
            let _ = source.add_event_listener_with_callback("error", lost.as_ref().unchecked_ref());
            Some(Line { source, _heard: [heard, lost] })
        }

        fn again(self) {
            if self.line.try_update_value(|line| *line = None).is_some() {
                self.look();
                self.changed();
            }
        }

        /// Something that the page shows has changed.
        fn changed(self) {
            if self.behind.try_update_value(|behind| std::mem::replace(behind, true)) == Some(false) {
                set_timeout(move || self.catch_up(), GATHER);
            }
        }

        /// Reads the data again, but not from under somebody's hands.
        fn catch_up(self) {
            // A form that is gone, or stands in a sheet that was closed, holds nothing up.
            let waits = |form: &Option<HtmlElement>| form.as_ref().is_some_and(|form| form.offset_parent().is_some());
            let Some(typed) = self.typed.try_with_value(waits) else { return };
            if typed || is_busy() {
                set_timeout(move || self.catch_up(), LOOK);
                return;
            }
            self.behind.set_value(false);
            self.refresh.bump();
        }
    }
}
