//! A part of a page that a browser takes over in a task of its own, after what stands above it. Taking a whole page over in
//! one task keeps a phone from answering for a third of a second, most of which it spends compiling what runs for the first
//! time; in many tasks, a touch is answered between two of them. Until its turn comes, the part is what the server sent:
//! links and forms work. On the way from page to page nothing waits.
use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::*,
    tachys::{
        hydration::Cursor,
        renderer::types::{Element, Node},
        ssr::StreamBuilder,
        view::{
            Mountable, Position, PositionState, Render,
            any_view::{AnyView, AnyViewState},
        },
    },
};
use std::{cell::RefCell, rc::Rc};

/// An element whose content is taken over later.
pub struct Later {
    /// The element, without content.
    element: AnyView,
    content: Content,
}

/// The server makes it at once, a browser when its turn comes.
enum Content {
    Made(AnyView),
    Waits(Children),
}

impl Content {
    fn make(self) -> AnyView {
        match self {
            Self::Made(view) => view,
            Self::Waits(make) => make(),
        }
    }
}

/// Puts the content into the element, which is an HTML element without content and always of the same kind. What asks the
/// server for data stands in one such part of a page at most: several would be made in another order than on the server.
pub fn later(element: impl IntoView, content: impl FnOnce() -> AnyView + Send + 'static) -> Later {
    let element = element.into_any();
    let content = if cfg!(feature = "ssr") { Content::Made(content()) } else { Content::Waits(Box::new(content)) };
    Later { element, content }
}

/// What is on the page.
pub struct LaterState {
    element: AnyViewState,
    /// None: its turn has not come.
    content: Rc<RefCell<Option<AnyViewState>>>,
}

impl LaterState {
    fn element(&self) -> Option<Element> {
        self.element.elements().into_iter().next()
    }
}

impl Render for Later {
    type State = LaterState;

    fn build(self) -> LaterState {
        let state = LaterState { element: self.element.build(), content: Rc::default() };
        let mut content = self.content.make().build();
        if let Some(element) = state.element() {
            content.mount(&element, None);
        }
        *state.content.borrow_mut() = Some(content);
        state
    }

    fn rebuild(self, state: &mut LaterState) {
        self.element.rebuild(&mut state.element);
        let content = self.content.make();
        let mut old = state.content.borrow_mut();
        if let Some(old) = &mut *old {
            content.rebuild(old);
        } else if let Some(element) = state.element.elements().first() {
            // What the server sent has become old before its turn came.
            #[cfg(feature = "hydrate")]
            element.set_text_content(None);
            let mut content = content.build();
            content.mount(element, None);
            *old = Some(content);
        }
    }
}

impl Mountable for LaterState {
    fn unmount(&mut self) {
        self.element.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.element.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.element.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.element.elements()
    }
}

impl AddAnyAttr for Later {
    type Output<Other: Attribute> = Self;

    fn add_any_attr<Other: Attribute>(self, attribute: Other) -> Self
    where
        Self: RenderHtml,
    {
        Self { element: self.element.add_any_attr(attribute).into_any(), content: self.content }
    }
}

impl RenderHtml for Later {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {
        if let Content::Made(view) = &mut self.content {
            view.dry_resolve();
        }
    }

    async fn resolve(self) -> Self {
        Self { element: self.element, content: Content::Made(self.content.make().resolve().await) }
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        let end = begin(self.element, buf, position, extra_attrs);
        self.content.make().to_html_with_buf(buf, position, escape, mark_branches, Vec::new());
        buf.push_str(&end);
        *position = Position::NextChild;
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        let mut start = String::new();
        let end = begin(self.element, &mut start, position, extra_attrs);
        buf.push_sync(&start);
        let content = self.content.make();
        content.to_html_async_with_buf::<OUT_OF_ORDER>(buf, position, escape, mark_branches, Vec::new());
        buf.push_sync(&end);
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> LaterState {
        let state =
            LaterState { element: self.element.hydrate::<FROM_SERVER>(cursor, position), content: Rc::default() };
        #[cfg(feature = "hydrate")]
        if let Some(element) = state.element() {
            turns::queue(&state.content, element, self.content);
        }
        state
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// Writes the element's beginning. Answers its end.
fn begin(element: AnyView, buf: &mut String, position: &mut Position, attributes: Vec<AnyAttribute>) -> String {
    let from = buf.len();
    element.to_html_with_buf(buf, position, true, false, attributes);
    let end = buf[from..].rfind("</").map_or_else(String::new, |end| buf.split_off(from + end));
    *position = Position::FirstChild;
    end
}

#[cfg(feature = "hydrate")]
pub use turns::{pause, take_over};

/// What waits, in the order of the page.
#[cfg(feature = "hydrate")]
mod turns {
    use super::{AnyViewState, Content, Element, Position};
    use leptos::prelude::*;
    use std::{cell::RefCell, collections::VecDeque, rc::Rc};
    use wasm_bindgen_futures::JsFuture;

    /// How long a task may have run for another part to be taken over in it, in milliseconds. With a part of the usual size
    /// it ends well within the 50 ms after which a task counts as long.
    const TASK: f64 = 8.0;

    thread_local! {
        static WAITING: RefCell<VecDeque<Box<dyn FnOnce()>>> = RefCell::default();
    }

    pub(super) fn queue(place: &Rc<RefCell<Option<AnyViewState>>>, element: Element, content: Content) {
        let Some(owner) = Owner::current() else { return };
        let place = Rc::downgrade(place);
        let turn = move || {
            // Gone with its page, or made anew in the meantime.
            let Some(place) = place.upgrade().filter(|place| place.borrow().is_none()) else { return };
            let state = owner.with(|| content.make().hydrate_from_position::<true>(&element, Position::FirstChild));
            *place.borrow_mut() = Some(state);
        };
        WAITING.with_borrow_mut(|waiting| waiting.push_back(Box::new(turn)));
    }

    /// Takes over what waits, in tasks between which the browser draws and answers. Ends when all of the page is taken over.
    pub async fn take_over() {
        let now = || window().performance().map_or(f64::INFINITY, |clock| clock.now());
        loop {
            pause().await;
            let begun = now();
            loop {
                let Some(turn) = WAITING.with_borrow_mut(VecDeque::pop_front) else { return };
                turn();
                if now() - begun > TASK {
                    break;
                }
            }
        }
    }

    /// Until the browser has done what it has to do.
    pub async fn pause() {
        let pause = js_sys::Promise::new(&mut |go, _| {
            let _ = window().set_timeout_with_callback(&go);
        });
        let _ = JsFuture::from(pause).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_sends_it_whole() {
        let owner = Owner::new();
        let html = owner.with(|| {
            let list = later(view! { <ul class="list"></ul> }, || view! { <li></li> <hr /> }.into_any());
            view! { <div>{list} <p></p></div> }.to_html()
        });
        // Without what marks the places of views for a browser.
        assert_eq!(html.replace("<!>", ""), "<div><ul class=\"list\"><li></li><hr></ul><p></p></div>");
    }
}
