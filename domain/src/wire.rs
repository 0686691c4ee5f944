//! How days and instants stand in JSON: ISO 8601, as jiff writes them. Read by code of our own, since jiff's reader
//! brings the texts of all its errors along, which is 30 KB more (compressed) for every browser to load.
//!
//! For `#[serde(with = "crate::wire::date")]`; `…::optional` for those that may be null or absent.
use crate::Date;
use jiff::{Timestamp, civil::Time, tz::Offset};
use serde::{
    Deserialize as _, Deserializer,
    de::{Error as _, Unexpected},
};
use std::borrow::Cow;

/// `2026-11-22`
pub(crate) fn read_date(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    Date::new(number(year, 4)?, number(month, 2)?, number(day, 2)?).ok()
}

/// `2026-11-22T16:04:05.123456Z`: in UTC, with up to nine decimals.
fn read_timestamp(text: &str) -> Option<Timestamp> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let (time, decimals) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = time.split(':');
    let mut part = || number(parts.next()?, 2);
    let (hour, minute, second) = (part()?, part()?, part()?);
    let nanosecond = match decimals.len() {
        1..=9 => number::<i32>(decimals, decimals.len())? * 10_i32.pow(9 - u32::try_from(decimals.len()).ok()?),
        _ => return None,
    };
    let time = Time::new(hour, minute, second, nanosecond).ok().filter(|_| parts.next().is_none())?;
    Offset::UTC.to_timestamp(read_date(date)?.to_datetime(time)).ok()
}

/// So many digits and nothing else.
fn number<T: std::str::FromStr>(text: &str, digits: usize) -> Option<T> {
    (text.len() == digits && text.bytes().all(|digit| digit.is_ascii_digit())).then(|| text.parse().ok())?
}

fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    read: fn(&str) -> Option<T>,
    expected: &'static str,
) -> Result<T, D::Error> {
    let text = Cow::<'de, str>::deserialize(deserializer)?;
    read(&text).ok_or_else(|| D::Error::invalid_value(Unexpected::Str(&text), &expected))
}

fn read_optional<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    read: fn(&str) -> Option<T>,
    expected: &'static str,
) -> Result<Option<T>, D::Error> {
    let Some(text) = Option::<Cow<'de, str>>::deserialize(deserializer)? else { return Ok(None) };
    read(&text).map(Some).ok_or_else(|| D::Error::invalid_value(Unexpected::Str(&text), &expected))
}

macro_rules! wire {
    ($(#[$doc:meta])* $name:ident: $type:ty, $read:ident, $expected:literal) => {
        $(#[$doc])*
        pub mod $name {
            use super::*;
            use serde::{Serialize as _, Serializer};

            /// As jiff writes it.
            pub fn serialize<S: Serializer>(value: &$type, serializer: S) -> Result<S::Ok, S::Error> {
                value.serialize(serializer)
            }

            /// Of text.
            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                read(deserializer, $read, $expected)
            }

            /// Null for none.
            pub mod optional {
                use super::*;

                /// As jiff writes it.
                pub fn serialize<S: Serializer>(value: &Option<$type>, serializer: S) -> Result<S::Ok, S::Error> {
                    value.serialize(serializer)
                }

                /// Of text or null.
                pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<$type>, D::Error> {
                    read_optional(deserializer, $read, $expected)
                }
            }
        }
    };
}

wire!(
    /// A civil day.
    date: Date, read_date, "a day as 2026-11-22"
);
wire!(
    /// An instant.
    timestamp: Timestamp, read_timestamp, "an instant as 2026-11-22T16:04:05Z"
);

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn what_is_none_is_refused() {
        for text in
            ["", "2026-02-30", "2026-2-3", "26-02-03", "2026-02-03 ", "2026-02-03-1", "+026-02-03", "2026-02-3x"]
        {
            assert_eq!(read_date(text), None, "{text}");
        }
        for text in [
            "2026-02-03T04:05:06",
            "2026-02-03T04:05:06+01:00",
            "2026-02-03 04:05:06Z",
            "2026-02-03T24:00:00Z",
            "2026-02-03T04:05Z",
            "2026-02-03T04:05:06:07Z",
            "2026-02-03T04:05:06.Z",
            "2026-02-03T04:05:06.1234567891Z",
            "2026-02-30T04:05:06Z",
        ] {
            assert_eq!(read_timestamp(text), None, "{text}");
        }
        assert_eq!(read_date("2024-02-29"), Some(date(2024, 2, 29)));
    }

    proptest! {
        #[test]
        fn what_jiff_writes_is_read(nanoseconds in -62_000_000_000_000_000_000_i128..250_000_000_000_000_000_000, digits in 0_u32..10) {
            let unit = 10_i128.pow(digits);
            let instant = Timestamp::from_nanosecond(nanoseconds / unit * unit).unwrap();
            prop_assert_eq!(read_timestamp(&instant.to_string()), Some(instant));
            let day = Offset::UTC.to_datetime(instant).date();
            prop_assert_eq!(read_date(&day.to_string()), Some(day));
        }
    }
}
