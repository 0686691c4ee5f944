//! The pages that are not in the main file, each with the name of its part.
#![cfg_attr(feature = "split", allow(unsafe_code, reason = "generated: how one file of the program calls another"))]
use crate::ui::later;
use leptos::{prelude::*, wasm_split::SplitLoaderError};
use leptos_router::ChooseView;
use std::{future::Future, pin::Pin};

/// A page or the news that its part can't be fetched.
type Loaded = Result<AnyView, SplitLoaderError>;

/// A page that may be in a part; stands where a route takes its view.
#[derive(Clone, Copy)]
pub(crate) struct LazyPage(fn() -> Pin<Box<dyn Future<Output = Loaded>>>);

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        #[cfg(feature = "hydrate")]
        let way = super::browser::Way::here();
        match (self.0)().await {
            Ok(view) => view,
            #[cfg(feature = "hydrate")]
            Err(_) => way.load_whole().await,
            #[cfg(not(feature = "hydrate"))]
            Err(_) => ().into_any(),
        }
    }

    async fn preload(&self) {}
}

/// A page in a turn of its own, after the router's.
pub(crate) fn in_turn<V: IntoView + 'static>(page: fn() -> V) -> AnyView {
    later(view! { <div></div> }, move || page().into_any()).into_any()
}

/// For each part one function that makes its pages (so that it is either there for all of them or for none), and for each
/// page what stands in the table of routes.
macro_rules! lazy_pages {
    ($($part:ident { $($name:ident = $view:path;)* })*) => {
        $(
            pub(super) mod $part {
                use super::Loaded;

                #[allow(non_camel_case_types, reason = "called like the pages")]
                #[repr(u32)]
                pub(in crate::parts) enum Page { $($name),* }

                #[cfg(feature = "split")]
                #[leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible, preload(load))]
                pub(in crate::parts) fn $part(page: Page) -> Loaded {
                    Ok(match page { $(Page::$name => super::in_turn($view)),* })
                }

                #[cfg(not(feature = "split"))]
                #[allow(clippy::unused_async, reason = "as if it were fetched")]
                pub(in crate::parts) async fn $part(page: Page) -> Loaded {
                    Ok(match page { $(Page::$name => super::in_turn($view)),* })
                }

                #[cfg(not(feature = "split"))]
                #[allow(dead_code, clippy::unused_async, reason = "as if it were fetched")]
                pub(in crate::parts) async fn load() -> Result<(), leptos::wasm_split::SplitLoaderError> {
                    Ok(())
                }
            }
        )*

        /// The views of the routes.
        pub(crate) mod page {
            use super::LazyPage;
            $($(
                pub(crate) fn $name() -> LazyPage {
                    LazyPage(|| Box::pin(super::$part::$part(super::$part::Page::$name)))
                }
            )*)*
        }
    };
}

lazy_pages! {
    account {
        landing = crate::pages::landing::Landing;
        sign_in = crate::pages::auth::SignIn;
        sign_up = crate::pages::auth::SignUp;
        forgot_password = crate::pages::auth::ForgotPassword;
        check_mail = crate::pages::auth::CheckMail;
        reset_password = crate::pages::auth::ResetPassword;
        verify_email = crate::pages::auth::VerifyEmail;
        continue_sign_in = crate::pages::auth::Continue;
        terms = crate::pages::legal::Terms;
        privacy = crate::pages::legal::Privacy;
        profile = crate::pages::settings::Profile;
        preferences = crate::pages::settings::Preferences;
        security = crate::pages::settings::Security;
        accounts = crate::pages::settings::Accounts;
        trash = crate::pages::settings::Trash;
        data = crate::pages::settings::Data;
        leaving = crate::pages::settings::Leaving;
    }
    budgets {
        welcome = crate::pages::welcome::Welcome;
        budgets = crate::pages::budgets::Budgets;
        new_budget = crate::pages::welcome::NewBudget;
        month = crate::pages::budgets::Month;
        edit_budget = crate::pages::budgets::EditBudget;
        share = crate::pages::budgets::Share;
        invites = crate::pages::budgets::Invites;
        activity = crate::pages::budgets::Activity;
        budget_proposal = crate::pages::budgets::BudgetProposal;
        budget_history = crate::pages::budgets::History;
    }
    expenses {
        expenses = crate::pages::expenses::Expenses;
        import = crate::pages::expenses::Import;
        review = crate::pages::expenses::Review;
        rules = crate::pages::rules::Rules;
        new_rule = crate::pages::rules::NewRule;
        recurring = crate::pages::recurring::Recurring;
    }
    styleguide {
        guide = crate::pages::styleguide::Styleguide;
    }
}
