//! `GET /api/openapi.json`: the description of the API, made from the code that answers.
use super::{
    error::{ErrorBody, Result},
    json::NoQuery,
    state::AppState,
};
use crate::assets::matches_tag;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use utoipa::{
    OpenApi, ToSchema,
    openapi::{
        Content, HttpMethod, InfoBuilder, ObjectBuilder, Ref, RefOr, ResponseBuilder,
        path::{Operation, ParameterBuilder, ParameterIn},
        schema::{SchemaType, Type},
        security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Routes that nobody has to sign in for.
pub const PUBLIC: [&str; 13] = [
    "/api/auth/forgot-password",
    "/api/auth/google",
    "/api/auth/google/callback",
    "/api/auth/login",
    "/api/auth/oidc",
    "/api/auth/oidc/callback",
    "/api/auth/register",
    "/api/auth/reset-password",
    "/api/auth/verify-email",
    "/api/currencies",
    "/api/currencies/rates",
    "/api/health",
    "/api/health/live",
];

#[derive(OpenApi)]
#[openapi(components(schemas(ErrorBody)))]
struct Head;

/// Title and components that no single route owns.
pub fn head() -> utoipa::openapi::OpenApi {
    let mut head = Head::openapi();
    let about = "Personal and household finance. Amounts are plain decimal numbers with the decimals of their currency; \
        ids have 24 hexadecimal digits; every failure has the shape of `ErrorBody`.";
    head.info =
        InfoBuilder::new().title("WealthWise").version(env!("CARGO_PKG_VERSION")).description(Some(about)).build();
    head
}

/// The description's own route.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(document))
}

/// This description
#[utoipa::path(get, path = "/api/openapi.json", tag = "about", responses((status = 200, description = "OpenAPI 3.1")))]
async fn document(State(app): State<AppState>, NoQuery: NoQuery, request: HeaderMap) -> Result<Response> {
    let mut response = if matches_tag(&request, &app.openapi_tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], app.openapi.clone()).into_response()
    };
    response.headers_mut().insert(header::ETAG, app.openapi_tag.clone());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// Adds what is the same for every route: who may, how to do it once, how it fails.
pub fn complete(description: &mut utoipa::openapi::OpenApi) {
    if let Some(components) = &mut description.components {
        let cookie = ApiKey::Cookie(ApiKeyValue::with_description("ww", "The session (`__Host-ww` over https)."));
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
        let key = ApiKey::Header(ApiKeyValue::with_description(
            "x-api-key",
            "A key of one's own, or `Authorization: Bearer KEY`.",
        ));
        components.add_security_scheme("key", SecurityScheme::ApiKey(key));
    }
    for (path, item) in &mut description.paths.paths {
        let operations = [
            (HttpMethod::Get, &mut item.get),
            (HttpMethod::Post, &mut item.post),
            (HttpMethod::Put, &mut item.put),
            (HttpMethod::Delete, &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                complete_operation(path, &method, operation);
            }
        }
    }
}

/// What proves who one is: no key may ask for it.
fn for_people(path: &str) -> bool {
    let for_keys = ["/api/auth/me", "/api/auth/update-profile", "/api/auth/avatar"];
    path.starts_with("/api/auth/") && !for_keys.contains(&path)
}

/// A text of a form.
fn text(pattern: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).pattern(Some(pattern))
}

fn complete_operation(path: &str, method: &HttpMethod, operation: &mut Operation) {
    let public = PUBLIC.contains(&path) || path == "/api/openapi.json";
    operation.security = Some(if public {
        Vec::new()
    } else {
        let schemes = if for_people(path) { &["session"][..] } else { &["session", "key"] };
        schemes.iter().map(|scheme| SecurityRequirement::new::<_, _, String>(*scheme, [])).collect()
    });
    if *method != HttpMethod::Get && path != "/api/auth/login" && path != "/api/auth/logout" {
        let key = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .description(Some("The same key within 24 hours gives the first answer again and does nothing twice."))
            .schema(Some(text("^[!-~]{1,128}$")))
            .build();
        operation.parameters.get_or_insert_default().push(key.into());
    }
    for parameter in operation.parameters.iter_mut().flatten() {
        let RefOr::T(parameter) = parameter else { continue };
        match parameter.name.as_str() {
            "id" => parameter.schema = Some(text("^[0-9a-f]{24}$").into()),
            "month" => parameter.schema = Some(text("^[0-9]{4}-(0[1-9]|1[0-2])$").into()),
            _ => {}
        }
    }
    if path != "/api/health/live" {
        let content = Content::new(Some(Ref::from_schema_name(ErrorBody::name())));
        let failure = ResponseBuilder::new().description("A failure").content("application/json", content).build();
        operation.responses.responses.insert("default".to_owned(), failure.into());
    }
}
