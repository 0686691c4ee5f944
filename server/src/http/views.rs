//! What the REST API answers: the entities as JSON, and the envelope around them.
pub mod account;
pub mod activity;
pub mod analysis;
pub mod budget;
pub mod entry;
pub mod expense;
pub mod import;
pub mod month;
pub mod number;
pub mod other;
pub mod proposal;
pub mod recurring;
pub mod rights;
pub mod rule;
pub mod security;
pub mod sharing;
pub mod user;
pub mod version;

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// The envelope of a success.
#[derive(Debug, Serialize, ToSchema)]
pub struct Data<T> {
    /// Always true.
    success: bool,
    /// What was asked for.
    data: T,
}

/// The envelope of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// Always true.
    success: bool,
    /// The entries.
    data: Vec<T>,
    /// How much there is.
    meta: Meta,
}

/// How much there is, and where it goes on.
#[derive(Debug, Default, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    /// Entries in all.
    pub total: u64,
    /// The most that one answer has.
    pub limit: u64,
    /// For `cursor`, to go on; null = that was all.
    pub next_cursor: Option<String>,
}

impl<T> Data<T> {
    /// 200 with `data`.
    pub fn new(data: T) -> Self {
        Self { success: true, data }
    }
}

impl<T: Serialize> IntoResponse for Data<T> {
    fn into_response(self) -> Response {
        Json(self).into_response()
    }
}

impl<T> List<T> {
    /// A list with its own figures.
    pub fn new(data: Vec<T>, meta: Meta) -> Self {
        Self { success: true, data, meta }
    }

    /// A list that is always whole.
    pub fn whole(data: Vec<T>) -> Self {
        let total = data.len() as u64;
        Self::new(data, Meta { total, limit: total, next_cursor: None })
    }
}

impl<T: Serialize> IntoResponse for List<T> {
    fn into_response(self) -> Response {
        Json(self).into_response()
    }
}

/// 201 with `data`.
pub struct Created<T>(pub T);

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Json(Data::new(self.0))).into_response()
    }
}

/// 202 with `data`.
pub struct Accepted<T>(pub T);

impl<T: Serialize> IntoResponse for Accepted<T> {
    fn into_response(self) -> Response {
        (StatusCode::ACCEPTED, Json(Data::new(self.0))).into_response()
    }
}
