//! HTTP: what comes in, what goes out, and what stands between.
mod body;
mod compress;
mod cookies;
mod edge;
mod error;
mod forms;
mod functions;
mod headers;
mod json;
mod openapi;
mod origin;
mod pages;
mod rest;
pub mod router;
pub mod starting;
mod state;
mod views;
mod visitor;
