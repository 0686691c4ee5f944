//! What a page gets instead of its data.
use crate::api::codec::JsonText;
use domain::problem::Problems;
use leptos::{prelude::FromServerFnError, server_fn::error::ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// An error as pages and the REST API show it: nothing of the inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{code}")]
pub struct ApiError {
    /// `NOT_FOUND`, `UNAUTHORIZED`, …: the codes of the REST API.
    pub code: String,
    /// What is wrong, by field.
    pub problems: Problems,
    /// For whoever reports a fault.
    pub request_id: String,
}

impl ApiError {
    /// An error without fields.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), problems: Problems::default(), request_id: String::new() }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // The request never arrived, or its answer never came.
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::new("OFFLINE"),
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::new("BAD_REQUEST"),
            _ => Self::new("INTERNAL_ERROR"),
        }
    }
}
