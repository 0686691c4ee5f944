//! Who somebody is: their picture, or one letter.
use leptos::prelude::*;

/// A picture, or the first letter of a name, in a circle; the name itself stands beside it.
#[component]
pub fn Avatar(
    /// The name.
    #[prop(into)]
    name: String,
    /// Where the picture is, if there is one.
    #[prop(optional_no_strip)]
    picture: Option<&'static str>,
) -> impl IntoView {
    if let Some(picture) = picture {
        return view! { <img src=picture class="avatar" alt="" width="28" height="28" /> }.into_any();
    }
    let letter = name.chars().find(|letter| letter.is_alphanumeric());
    let letter = letter.map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    view! { <span class=format!("avatar hue-{}", hue(&name)) aria-hidden="true">{letter}</span> }.into_any()
}

/// One of the ten hues, always the same for a name.
fn hue(name: &str) -> u32 {
    name.chars().fold(0, |sum: u32, letter| sum.wrapping_mul(31).wrapping_add(u32::from(letter))) % 10
}

#[cfg(test)]
mod tests {
    use super::hue;

    #[test]
    fn a_name_keeps_its_hue() {
        assert_eq!(hue("Anna"), hue("Anna"));
        assert!(["Anna", "Ben", "Carla", "Dirk"].iter().map(|name| hue(name)).any(|of| of != hue("Anna")));
        assert!(hue("") < 10);
    }
}
