//! Which locale (and which currency) suits what a browser says about its user.
use super::Locale;
use crate::{currency::Currency, money::parse_minor};

mod regions;

/// The locale for a language tag, or for its language.
pub(super) fn lookup(tag: &str) -> Option<Locale> {
    let tag = tag.trim().replace('_', "-");
    let exact = Locale::all().find(|locale| locale.tag().eq_ignore_ascii_case(&tag));
    exact.or_else(|| {
        let language = tag.split('-').next()?.to_ascii_lowercase();
        let region = region_of(&tag);
        let nearest = match (language.as_str(), region.as_deref()) {
            // CLDR: the English of regions that are not the States' own is the world's, which is written like Britain's.
            ("en", None | Some("US" | "AS" | "GU" | "MH" | "MP" | "PH" | "PR" | "UM" | "VI")) => "en-US",
            ("en", Some("IN")) => "en-IN",
            ("en", Some("CA")) => "en-CA",
            ("en", Some(_)) => "en-GB",
            ("de", Some("AT")) => "de-AT",
            ("de", Some("CH" | "LI")) => "de-CH",
            ("de", _) => "de-DE",
            ("fr", _) => "fr-FR",
            ("es", _) => "es-ES",
            ("hi", _) => "hi-IN",
            ("ja", _) => "ja-JP",
            _ => return None,
        };
        Locale::all().find(|locale| locale.tag() == nearest)
    })
}

/// The best locale that the message catalogue has words for. A page must not mix two languages, hence no others.
pub(super) fn best(accept_language: &str) -> Option<Locale> {
    ranges(accept_language).into_iter().find_map(|tag| lookup(tag).filter(|locale| locale.is_translated()))
}

/// What the user is most likely paid in, by the first region that an `Accept-Language` header or a tag names: `fr-CA` is
/// CAD although the page is in English. A language alone counts where it is spoken in few places: English tells nothing.
/// None if the header names nothing that we know.
pub fn currency_of(accept_language: &str) -> Option<Currency> {
    ranges(accept_language).into_iter().find_map(|tag| match region_of(tag) {
        Some(region) => regions::currency(&region),
        None if tag.split(['-', '_']).next().is_some_and(|language| language.eq_ignore_ascii_case("en")) => None,
        None => lookup(tag).map(Locale::guess_currency),
    })
}

/// The language ranges of the header from most to least wanted (RFC 9110, 12.5.4), those with q=0 left out.
fn ranges(header: &str) -> Vec<&str> {
    let mut ranges: Vec<(i64, &str)> = header
        .split(',')
        .take(64)
        .filter_map(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let tag = parts.next()?;
            let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            let thousandths = quality.map_or(1000, |q| parse_minor(q, 3).map_or(0, |value| value.min(1000)));
            (!tag.is_empty() && thousandths > 0).then_some((thousandths, tag))
        })
        .collect();
    ranges.sort_by_key(|&(quality, _)| std::cmp::Reverse(quality));
    ranges.into_iter().map(|(_, tag)| tag).collect()
}

/// The region subtag: two letters that are not the first subtag (`zh-Hant-TW` → `TW`).
fn region_of(tag: &str) -> Option<String> {
    let is_region = |part: &&str| part.len() == 2 && part.bytes().all(|letter| letter.is_ascii_alphabetic());
    tag.split(['-', '_']).skip(1).find(is_region).map(str::to_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_fall_back_by_language() {
        for (tag, found) in [
            ("de-AT", "de-AT"),
            ("DE_at", "de-AT"),
            ("de", "de-DE"),
            ("de-LU", "de-DE"),
            ("de-LI", "de-CH"),
            ("en", "en-US"),
            ("en-AU", "en-GB"),
            ("en-Latn-IN", "en-IN"),
            ("ja", "ja-JP"),
            ("pt-BR", "en-US"),
            ("", "en-US"),
            ("🦀", "en-US"),
        ] {
            assert_eq!(Locale::from_tag(tag).tag(), found, "{tag}");
        }
    }

    #[test]
    fn the_best_that_is_translated() {
        for (header, found) in [
            ("de-CH,de;q=0.9,en;q=0.8", "de-CH"),
            ("en;q=0.5, de-AT;q=0.8", "de-AT"),
            ("fr-FR,fr;q=0.9,en-GB;q=0.8,en;q=0.7", "en-GB"),
            ("de;q=0, en-GB;q=0.1", "en-GB"),
            ("de;q=x, en-GB;q=0.1", "en-GB"),
            ("de;q=0.4;x=1, en-GB", "en-GB"),
            ("fr-FR", "en-US"),
            ("*", "en-US"),
            ("", "en-US"),
            (",,;q=1,", "en-US"),
        ] {
            assert_eq!(Locale::negotiate(header).tag(), found, "{header}");
        }
    }

    #[test]
    fn currencies_by_region() {
        for (header, currency) in [
            ("fr-CA,fr;q=0.9", Some(Currency::CAD)),
            ("fr,fr-FR;q=0.9", Some(Currency::EUR)),
            ("en-AU", Some(Currency::AUD)),
            ("zh-Hant-TW", Some(Currency::TWD)),
            ("bg-BG", Some(Currency::EUR)),
            ("de,en-US;q=0.7,en;q=0.3", Some(Currency::EUR)),
            ("en,de-CH;q=0.7", Some(Currency::CHF)),
            ("en", None),
            ("en-001", None),
        ] {
            assert_eq!(currency_of(header), currency, "{header}");
        }
    }
}
