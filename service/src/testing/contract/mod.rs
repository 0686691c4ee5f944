//! What every store must do: one list of tests, stamped out for each store by [`store_contract!`](crate::store_contract).
//! A test gets a fresh store and nothing but the ports to look at it with.
#![allow(missing_docs, reason = "a test's name says what it asks for")]
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "these are tests, though they live in a library")]
#![allow(clippy::assigning_clones, reason = "a test assigns plainly and needn't be fast")]

pub mod accounts;
pub mod activity;
pub mod atomicity;
pub mod blobs;
pub mod budgets;
pub mod bulk;
pub mod expenses;
pub mod filters;
pub mod household;
pub mod idempotency;
pub mod imports;
pub mod jobs;
pub mod lists;
pub mod met;
mod model;
pub mod months;
pub mod plans;
pub mod recurring;
pub mod reverts;
pub mod rights;
pub mod rules;
pub mod secrets;
pub mod sessions;
pub mod sharing;
pub mod tenants;
pub mod totals;
pub mod transfers;
pub mod upkeep;
pub mod users;
pub mod versions;
mod world;

use super::Faults;
use crate::ports::{
    blobs::{BlobId, Blobs},
    sessions::SessionStore,
    store::Store,
};
use domain::ids::UserId;
use std::{
    any::Any,
    collections::BTreeMap,
    io::Write as _,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

/// A future in a box.
pub type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Closes the store and opens the same data again.
pub type Reopen = Box<dyn Fn(Arc<dyn Store>) -> Boxed<Arc<dyn Store>> + Send + Sync>;

/// Where somebody's id still stands.
pub type Mentions = Box<dyn Fn(UserId) -> Boxed<Vec<String>> + Send + Sync>;

/// A store with nothing in it, for one test.
pub struct TestStore {
    /// The store.
    pub store: Arc<dyn Store>,
    /// Its sessions, or those of a store of their own.
    pub sessions: Arc<dyn SessionStore>,
    /// The faults that it passes.
    pub faults: Faults,
    /// For stores that keep data beyond the process.
    pub reopen: Option<Reopen>,
    /// The tables or collections in which the person's id still stands, however it is written: a look past the ports.
    pub mentions: Mentions,
    /// Leaves all rows without the words by which search finds them, as an earlier program had: past the ports, too.
    pub forget_words: Box<dyn Fn() -> Boxed<()> + Send + Sync>,
    /// Kept until the test is over: a temporary folder, a process.
    pub keep: Box<dyn Any + Send>,
}

/// What keeps blobs, with nothing in it, for one test.
pub struct TestBlobs {
    /// It.
    pub blobs: Arc<dyn Blobs>,
    /// Moves its clock on, if that stands still by itself.
    pub pass: Box<dyn Fn() + Send + Sync>,
    /// Puts other bytes in the place of those that it keeps.
    pub damage: Box<dyn Fn(BlobId) -> Boxed<()> + Send + Sync>,
    /// Kept until the test is over.
    pub keep: Box<dyn Any + Send + Sync>,
}

/// Runs one test of the contract, and says on standard error (past the capture of test output) how many there were
/// when the last one has run.
pub fn run<S, F: Future<Output = S>, T: Future<Output = ()>>(
    store: &'static str,
    count: usize,
    fresh: impl FnOnce() -> F,
    test: impl FnOnce(S) -> T,
) {
    static RAN: Mutex<BTreeMap<&str, usize>> = Mutex::new(BTreeMap::new());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(async { test(fresh().await).await });
    let mut ran = RAN.lock().unwrap_or_else(PoisonError::into_inner);
    let done = ran.entry(store).or_default();
    *done += 1;
    if *done == count {
        let _ = writeln!(std::io::stderr(), "store contract: {count} tests ran for {store}");
    }
}

/// Stamps out the contract for a store: its name and the path of `async fn() -> TestStore`.
///
/// ```ignore
/// service::store_contract!("sqlite", fresh);
/// ```
#[macro_export]
macro_rules! store_contract {
    ($store:literal, $fresh:path) => {
        $crate::store_contract! { @each STORE_CONTRACT $store, $fresh;
            users {
                found_by_id_and_folded_address, addresses_are_unique_whatever_their_case,
                a_refused_sign_up_leaves_nothing, an_update_keeps_password_address_and_epoch,
                a_default_budget_must_be_ones_own,
            }
            secrets {
                kept_to_the_last_field, found_by_each_handle_and_by_no_old_one, of_twenty_changes_one_wins,
                nobody_shares_an_identity_or_an_address, an_edit_of_the_profile_keeps_them,
            }
            jobs {
                kept_with_what_they_follow_from, one_process_has_a_job_at_a_time, a_lost_lease_is_taken_up_again,
                tried_again_and_given_up, one_is_open_for_a_key, seen_by_whom_it_was_asked,
            }
            budgets {
                listed_newest_first, the_first_becomes_the_default, the_default_moves_on, an_update_needs_the_next_version,
                of_twenty_writers_one_wins, into_the_trash_and_back, expenses_outlive_the_trash,
            }
            plans { each_month_keeps_the_plan_it_had, the_newest_version_counts, only_those_that_count }
            months {
                kept_to_the_last_field, a_change_needs_the_next_version, of_twenty_first_moves_one_wins,
                they_go_with_their_budget, nobody_else_sees_them, spent_month_by_month, spent_by_subcategory,
            }
            versions {
                listed_newest_first_with_their_makers, one_says_what_made_it, only_who_sees_the_budget_sees_them,
                a_refused_update_leaves_none,
            }
            expenses {
                kept_to_the_last_field, an_update_needs_the_next_version, of_twenty_writers_one_wins,
                into_the_trash_and_back, moved_with_its_totals, foreign_budgets_and_accounts_are_refused,
                nothing_comes_into_a_budget_in_the_trash, rows_without_a_rate_stand_apart,
            }
            bulk {
                all_of_them_told_once, where_one_is_refused_none_is_written, totals_equal_the_sum_there_and_back,
                what_a_list_comes_to,
            }
            lists {
                every_order_is_walked_without_gaps, inserts_do_not_shift_a_walk, windows_by_offset,
                totals_and_more, cursors_fit_their_order, equal_values_are_told_apart_by_id,
            }
            filters {
                one_by_one, any_combination, search_finds_beginnings_of_words, search_speaks_all_languages,
                search_finds_what_many_have, signs_in_a_search_are_literal,
                a_tag_is_matched_whole, splits_are_found_by_their_categories,
            }
            accounts {
                made_changed_and_listed_by_name, an_update_needs_the_next_version, deleted_only_when_unused,
            }
            imports {
                a_draft_is_kept_with_its_rows, a_draft_can_be_read_again, a_commit_books_what_is_new,
                of_ten_commits_one_wins, the_same_file_again_adds_nothing, what_was_entered_by_hand_gets_no_twin,
                an_account_made_meanwhile_is_shared, only_open_drafts_are_committed, foreign_references_are_refused,
                prints_are_those_of_the_days, a_file_is_booked_at_once,
            }
            met {
                the_bank_has_the_last_word_until_it_is_taken_back, the_nearest_first_and_each_once,
                what_somebody_changed_meanwhile_stays, whatever_comes_a_revert_leaves_what_was_there,
            }
            transfers {
                both_legs_are_kept_to_the_last_field, one_goes_where_the_other_goes, rows_are_joined_and_parted,
                a_file_that_is_taken_back_leaves_no_half, a_leg_that_one_does_not_see_stays,
            }
            reverts {
                exactly_what_was_added_goes, changed_moved_and_trashed_rows_go_too, an_account_in_use_stays,
                only_committed_imports_are_reverted, the_file_can_come_again,
            }
            activity {
                each_write_is_told_once, what_comes_back_is_marked, taken_back_once, newest_first_and_filtered,
                seen_by_whom_it_concerns, forgotten_with_its_budget_and_after_two_years,
            }
            household {
                months_are_told, members_are_told, a_role_goes_back_once, what_goes_elsewhere_is_told_in_both_places,
                a_place_that_goes_for_good, names_are_told_of_who_shows_them,
            }
            recurring {
                kept_to_the_last_field_with_its_expense, an_update_needs_the_next_version, of_twenty_workers_one_makes_it,
                both_or_neither, what_is_due_comes_first, seen_and_changed_by_whom_it_concerns,
                what_is_done_to_it_is_told, a_budget_that_goes_leaves_its_series, who_has_left_only_takes_theirs_out,
                the_history_is_what_counts_and_is_of_none,
            }
            idempotency {
                twenty_in_parallel_make_one_row, another_request_is_a_conflict, the_answer_stays_after_later_changes,
                keys_are_each_users_own, a_refused_write_leaves_no_key, an_answer_lasts_a_day,
                every_write_answers_again,
            }
            atomicity {
                single_writes_are_whole_or_nothing, an_import_is_whole_or_nothing, a_revert_is_whole_or_nothing,
            }
            rights {
                lists_that_leave_nothing_out, nothing_is_left_of_somebody, a_part_forgets_whose_it_was,
                an_end_is_whole_or_nothing, pictures_are_in_use,
            }
            rules {
                rules_are_kept_to_the_last_field, rules_are_their_owners_alone, there_is_an_end_to_rules,
                many_rows_are_filed_at_once, of_many_rows_all_are_filed_or_none, where_rows_are_filed,
            }
            sharing {
                each_sees_and_does_what_their_role_allows, invitations_are_answered_once, members_change_and_leave,
                rows_stay_where_who_entered_them_sees_them, members_write_at_once,
                a_role_that_was_taken_away_does_not_pass, a_shared_budget_outlives_its_owner,
                a_member_goes_and_their_rows_stay, a_budget_that_goes_for_good_scatters_its_rows,
            }
            tenants { nothing_is_seen, nothing_is_changed, same_ids_in_lists_never_mix }
            totals { equal_the_sum_after_any_sequence, a_split_counts_in_each_of_its_categories, nothing_is_left_of_zero }
            upkeep {
                what_has_had_its_time_goes, a_budget_that_goes_leaves_its_expenses, it_answers, data_outlive_the_process,
                the_files_of_drafts_are_in_use, words_of_an_earlier_program_are_renewed,
            }
        }
    };
    (@each $count:ident $store:literal, $fresh:path; $($module:ident { $($test:ident),+ $(,)? })+) => {
        const $count: usize = [$($(stringify!($test)),+),+].len();
        $(mod $module {
            #[allow(unused_imports, reason = "where the constructor is found")]
            use super::*;
            $(
                #[test]
                fn $test() {
                    $crate::testing::contract::run($store, $count, $fresh, $crate::testing::contract::$module::$test);
                }
            )+
        })+
    };
}

/// The same for what keeps sessions: a store, or a store of their own.
#[macro_export]
macro_rules! session_contract {
    ($store:literal, $fresh:path) => {
        $crate::store_contract! { @each SESSION_CONTRACT $store, $fresh;
            sessions {
                found_by_hash_with_their_user, touching_never_revives_and_never_goes_back, only_ones_own_can_be_ended,
                a_flash_is_taken_once, an_expired_flash_is_gone, it_answers,
            }
        }
    };
}

/// The same for what keeps blobs; the path is that of `async fn() -> TestBlobs`.
#[macro_export]
macro_rules! blobs_contract {
    ($store:literal, $fresh:path) => {
        $crate::store_contract! { @each BLOBS_CONTRACT $store, $fresh;
            blobs {
                bytes_come_back_as_they_were, what_is_not_there_is_no_error, the_same_bytes_are_kept_once_with_a_new_time,
                listed_in_the_order_of_ids, deleted_only_when_older, twenty_puts_of_the_same_bytes,
                damaged_bytes_are_said_and_mended, what_is_whole_is_not_unfinished, it_answers,
            }
        }
    };
}
