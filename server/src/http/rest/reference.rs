//! What things are counted in and sorted by: currencies, rates, the ten categories.
use crate::http::{
    error::{ApiError, Result},
    json::{NoQuery, Query},
    state::AppState,
    views::{
        Data, List,
        other::{CategoryView, CurrencyView, RatesView},
    },
    visitor::Person,
};
use axum::extract::State;
use domain::{
    category::Category,
    currency::Currency,
    input::{self, Reader},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(currencies))
        .routes(routes!(rates))
        .routes(routes!(categories))
        .routes(routes!(expense_categories))
}

/// All active currencies of ISO 4217
#[utoipa::path(get, path = "/api/currencies", tag = "reference",
    responses((status = 200, description = "By code", body = List<CurrencyView>)))]
async fn currencies(NoQuery: NoQuery) -> Result<List<CurrencyView>> {
    Ok(List::whole(Currency::ALL.iter().copied().map(CurrencyView::from).collect()))
}

/// Which rates.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field")]
struct OfDay {
    /// ISO 4217; left out: EUR.
    base: Option<String>,
    /// Left out: today.
    #[param(format = Date)]
    date: Option<String>,
}

/// Exchange rates of a day
#[utoipa::path(get, path = "/api/currencies/rates", tag = "reference", params(OfDay),
    responses((status = 200, description = "The last rates up to that day", body = Data<RatesView>)))]
async fn rates(State(app): State<AppState>, Query(query): Query) -> Result<Data<RatesView>> {
    let mut reader = Reader::new(&query);
    let base = reader.optional("base", input::currency);
    let date = reader.optional("date", input::date);
    reader.finish()?;
    let today = app.services.zones.date_in(app.services.now(), "UTC");
    let sheet = service::rates::rates(base, date, today).ok_or_else(|| ApiError::new("NOT_FOUND"))?;
    Ok(Data::new(sheet.into()))
}

/// The ten categories
#[utoipa::path(get, path = "/api/categories", tag = "reference",
    responses((status = 200, description = "In their order", body = List<CategoryView>)))]
async fn categories(_: Person, NoQuery: NoQuery) -> Result<List<CategoryView>> {
    Ok(List::whole(Category::ALL.into_iter().map(CategoryView::from).collect()))
}

/// The ten categories, by their other address
#[utoipa::path(get, path = "/api/expenses/categories", tag = "reference",
    responses((status = 200, description = "In their order", body = List<CategoryView>)))]
async fn expense_categories(person: Person, no_query: NoQuery) -> Result<List<CategoryView>> {
    categories(person, no_query).await
}
