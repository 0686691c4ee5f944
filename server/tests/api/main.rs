//! The REST API, the forms and what stands around them, tried on the real router: each test starts the program on a
//! port of its own with a fresh store. The modules mirror the addresses.
#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
mod helpers;

mod access;
mod accounts;
mod activity;
mod analytics;
mod auth;
mod bad_input;
mod budgets;
mod bulk;
mod edges;
mod entry;
mod events;
mod expenses;
mod export;
mod fakes;
mod forms;
mod histories;
mod household;
mod idempotency;
mod identities;
mod imports;
mod issuer;
mod joint;
mod limits;
mod months;
mod openapi;
mod origin;
mod pages;
mod pictures;
mod proposals;
mod recovery;
mod recurring;
mod reference;
mod rights;
mod rules;
mod several;
mod sharing;
mod statements;
mod transfers;
mod trash;
mod trust;
mod versions;
mod work;
