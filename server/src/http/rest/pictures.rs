//! One's picture: taken in, shown, taken away.
use crate::http::{
    error::{ApiError, Result},
    forms::read::{Sending, sending},
    json::NoQuery,
    state::AppState,
    views::{Data, user::OneUser},
    visitor::Person,
};
use axum::{
    extract::{FromRequest, Request, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use domain::{input::Reader, problem::Problem};
use serde::Deserialize;
use service::{Error, pictures};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show, set, remove))
}

/// Parts of the upload.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read part by part")]
struct PictureParts {
    /// JPEG, PNG or WebP of at most 5 MiB and 25 megapixels: judged by its content, whatever it is called.
    #[schema(value_type = String, format = Binary)]
    file: String,
}

/// The file of an upload.
struct Picture(Vec<u8>);

impl FromRequest<AppState> for Picture {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &AppState) -> Result<Self> {
        let Sending { fields, file, .. } = sending(pictures::FILE_MAX, request).await?;
        let mut reader = Reader::new(&fields);
        if file.is_none() {
            reader.problem("file", Problem::Required);
        }
        reader.finish()?;
        Ok(Self(file.map(|file| file.bytes).unwrap_or_default()))
    }
}

/// Sets one's picture
///
/// Cut to a square of 256 pixels and written anew: nothing else of the file is kept. 415 for what is no picture.
#[utoipa::path(post, path = "/api/auth/avatar", tag = "auth",
    request_body(content = PictureParts, content_type = "multipart/form-data"),
    responses((status = 200, description = "The person, with the picture", body = Data<OneUser>)))]
async fn set(
    State(app): State<AppState>,
    person: Person,
    NoQuery: NoQuery,
    Picture(file): Picture,
) -> Result<Data<OneUser>> {
    match pictures::set(&app.services, &person.actor, file).await {
        Err(Error::Validation(problems)) if problems.0.get("file") == Some(&Problem::NotAPicture) => {
            Err(ApiError::with("UNSUPPORTED_MEDIA_TYPE", "This is no whole JPEG, PNG or WebP picture."))
        }
        user => Ok(Data::new(user?.into())),
    }
}

/// One's picture
#[utoipa::path(get, path = "/api/auth/avatar", tag = "auth",
    responses((status = 200, description = "The picture", content_type = "image/jpeg", body = Vec<u8>)))]
async fn show(State(app): State<AppState>, person: Person, NoQuery: NoQuery) -> Result<Response> {
    let picture = pictures::get(&app.services, &person.actor).await?;
    // Pages show it all the same; somebody who goes to its address gets a file and no page.
    let kind =
        [(header::CONTENT_TYPE, "image/jpeg"), (header::CONTENT_DISPOSITION, "attachment; filename=\"picture.jpg\"")];
    Ok((kind, picture).into_response())
}

/// Takes one's picture away
#[utoipa::path(delete, path = "/api/auth/avatar", tag = "auth",
    responses((status = 200, description = "The person, without a picture", body = Data<OneUser>)))]
async fn remove(State(app): State<AppState>, person: Person, NoQuery: NoQuery) -> Result<Data<OneUser>> {
    Ok(Data::new(pictures::remove(&app.services, &person.actor).await?.into()))
}
