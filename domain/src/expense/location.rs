//! Where money was spent: an address, a point, or both.
use crate::{
    input::{self, Reader, Value},
    money,
    problem::Problem,
};
use serde::{Deserialize, Serialize};

/// The decimals of a degree that are kept: 11 centimetres.
pub const DECIMALS: u8 = 6;
const DEGREE: i64 = 1_000_000;

/// A place on earth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// Where it is; none where only the address is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
    /// As somebody wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// A point in WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// millionths of a degree, north is positive; -90 to 90 degrees
    pub lat: i64,
    /// millionths of a degree, east is positive; -180 to 180 degrees
    pub lng: i64,
}

impl Point {
    /// From latitude and longitude as decimals of degrees; none where these are no point.
    pub fn from_decimals(lat: &str, lng: &str) -> Option<Self> {
        let read = |text: &str, most| degrees(&Value::Number(text.to_owned()), most).ok();
        Some(Self { lat: read(lat, 90)?, lng: read(lng, 180)? })
    }

    /// Latitude and longitude as decimals of degrees.
    pub fn to_decimals(self) -> (String, String) {
        (money::format_minor(self.lat, DECIMALS), money::format_minor(self.lng, DECIMALS))
    }
}

/// Reads `{lat, lng, address}`; with nothing in it there is no place.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Location> {
    let lat = reader.optional("lat", |value| degrees(value, 90));
    let lng = reader.optional("lng", |value| degrees(value, 180));
    let address = reader.optional("address", input::text);
    for (missing, other, name, of) in [(lat, lng, "lat", "lng"), (lng, lat, "lng", "lat")] {
        if missing.is_none() && other.is_some() && !reader.has_problem(name) && !reader.has_problem(of) {
            reader.problem(name, Problem::Required);
        }
    }
    let point = lat.zip(lng).map(|(lat, lng)| Point { lat, lng });
    (point.is_some() || address.is_some()).then_some(Location { point, address })
}

fn degrees(value: &Value, most: i64) -> Result<i64, Problem> {
    let text = input::number_text(value)?;
    // What devices say beyond that is no place, but noise.
    let end = text.find('.').map_or(text.len(), |mark| text.len().min(mark + 1 + usize::from(DECIMALS)));
    let (kept, beyond_that) = text.split_at_checked(end).ok_or(Problem::NotANumber)?;
    if !beyond_that.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(Problem::NotANumber);
    }
    let minor = money::parse_minor(kept, DECIMALS).map_err(|error| match error {
        money::AmountError::OutOfRange => beyond(most),
        _ => Problem::NotANumber,
    })?;
    if minor.abs() <= most * DEGREE { Ok(minor) } else { Err(beyond(most)) }
}

fn beyond(most: i64) -> Problem {
    Problem::OutOfRange { min: format!("-{most}"), max: most.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(fields: &[(&str, &str)]) -> Result<Option<Location>, Vec<String>> {
        let fields =
            fields.iter().map(|(name, text)| ((*name).to_owned(), Value::Number((*text).to_owned()))).collect();
        let value = Value::Object(vec![("location".to_owned(), Value::Object(fields))]);
        let mut reader = Reader::new(&value);
        let found = reader.object("location", read).flatten();
        reader.finish().map(|()| found).map_err(|problems| problems.0.into_keys().collect())
    }

    #[test]
    fn points_are_whole_and_on_earth() {
        let zoo = place(&[("lat", "52.508"), ("lng", "-13.337500")]).unwrap().unwrap();
        assert_eq!(zoo.point, Some(Point { lat: 52_508_000, lng: -13_337_500 }));
        assert_eq!(zoo.point.map(Point::to_decimals), Some(("52.508000".to_owned(), "-13.337500".to_owned())));
        assert_eq!(place(&[]), Ok(None));
        let fine = place(&[("lat", "1.23456789012345"), ("lng", "0")]).unwrap().unwrap();
        assert_eq!(fine.point, Some(Point { lat: 1_234_567, lng: 0 }));
        for (fields, wrong) in [
            (&[("lat", "52")][..], "location.lng"),
            (&[("lng", "52")], "location.lat"),
            (&[("lat", "90.000001"), ("lng", "0")], "location.lat"),
            (&[("lat", "0"), ("lng", "-180.1")], "location.lng"),
            (&[("lat", "0.1234567x"), ("lng", "0")], "location.lat"),
            (&[("lat", "north"), ("lng", "0")], "location.lat"),
            (&[("lat", "0"), ("lng", "0"), ("height", "3")], "location.height"),
        ] {
            assert_eq!(place(fields), Err(vec![wrong.to_owned()]), "{fields:?}");
        }
    }
}
