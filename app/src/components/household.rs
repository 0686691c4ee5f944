//! What a household says of itself: in the profile, and on the way to a budget.
use crate::{
    i18n::rights::{Rights, rights},
    ui::{Choice, Select, TextField},
};
use domain::user::{AGE_RANGES, Profile};
use leptos::prelude::*;

/// The largest household that there is a choice for.
const FAMILY_MAX: u8 = 20;

/// City, country, size, age, occupation, each optional; sent as `profile.…`.
#[component]
pub fn HouseholdFields(
    /// What they begin with.
    profile: Profile,
    /// Code and name of the countries to choose from.
    countries: Vec<(String, String)>,
    /// Why each of the five is asked, where it has to be said.
    #[prop(optional)]
    whys: [&'static str; 5],
) -> impl IntoView {
    let words: &Rights = rights();
    let [city_why, country_why, size_why, age_why, occupation_why] = whys;
    let ages = AGE_RANGES.iter().zip(words.ages).map(|(value, label)| Choice::new(*value, label)).collect();
    let country = profile.country.unwrap_or_default();
    let mut countries: Vec<_> = countries.into_iter().map(|(code, name)| Choice::new(code, name)).collect();
    // A program may have set one that is not in the list.
    if !country.is_empty() && countries.iter().all(|choice| choice.value != country) {
        countries.push(Choice::new(country.clone(), country.clone()));
    }
    let sizes = (1..=FAMILY_MAX).map(|size| Choice::new(size.to_string(), size.to_string())).collect();
    view! {
        <TextField
            name="profile.city"
            label=words.city
            value=profile.city.unwrap_or_default()
            help=city_why
            optional=true
            autocomplete="address-level2"
        />
        <Select
            name="profile.country"
            label=words.country
            choices=countries
            value=country
            help=country_why
            empty=words.unsaid
        />
        <Select
            name="profile.familySize"
            label=words.family_size
            choices=sizes
            value=profile.family_size.map(|size| size.to_string()).unwrap_or_default()
            help=size_why
            empty=words.unsaid
        />
        <Select
            name="profile.ageRange"
            label=words.age
            choices=ages
            value=profile.age_range.unwrap_or_default()
            help=age_why
            empty=words.unsaid
        />
        <TextField
            name="profile.occupation"
            label=words.occupation
            value=profile.occupation.unwrap_or_default()
            help=occupation_why
            optional=true
            autocomplete="organization-title"
        />
    }
}
