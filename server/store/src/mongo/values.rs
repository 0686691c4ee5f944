//! Between BSON values and the types of `domain`, both ways.
//!
//! - Ids are `ObjectId`s: the same twelve bytes, in the same order.
//! - Money is a 64-bit whole number of minor units.
//! - Civil dates are ISO text (`2026-11-22`) and months `2026-11`: from the year 0 on such text has the order of the
//!   calendar, can be read by eye, and no time zone can shift it as it can a BSON date.
//! - Instants are microseconds since 1970: a BSON date has only milliseconds, and what is kept must come back as it was.
//! - Words with few values are text, as in JSON; so are nested parts, through the same serde as JSON.
use super::failure::{Failure, Outcome};
use domain::category::Category;
use jiff::Timestamp;
use mongodb::bson::{Binary, Bson, Document, oid::ObjectId, spec::BinarySubtype};
use serde::Serialize;

/// What stands for the lack of a category, where a text must.
pub(super) const NO_CATEGORY: &str = "none";

/// An id of ours.
pub(super) const fn oid(id: [u8; 12]) -> ObjectId {
    ObjectId::from_bytes(id)
}

/// Microseconds since 1970.
pub(super) fn instant(at: Timestamp) -> i64 {
    at.as_microsecond()
}

pub(super) fn to_instant(micros: i64) -> Outcome<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(Failure::corrupt)
}

pub(super) fn optional_instant(micros: Option<i64>) -> Outcome<Option<Timestamp>> {
    micros.map(to_instant).transpose()
}

pub(super) fn binary(bytes: &[u8]) -> Binary {
    Binary { subtype: BinarySubtype::Generic, bytes: bytes.to_vec() }
}

/// A SHA-256.
pub(super) fn hash(binary: Binary) -> Outcome<[u8; 32]> {
    binary.bytes.try_into().map_err(|_| Failure::corrupt("a hash of another length"))
}

pub(super) const fn category(category: Option<Category>) -> &'static str {
    match category {
        Some(category) => category.as_str(),
        None => NO_CATEGORY,
    }
}

/// A nested part.
pub(super) fn nested<T: Serialize>(value: &T) -> Outcome<Bson> {
    Ok(mongodb::bson::serialize_to_bson(value)?)
}

/// An update: fields to a value, or away where there is none.
#[derive(Default)]
pub(super) struct Fields {
    set: Document,
    unset: Document,
}

impl Fields {
    pub(super) fn set(mut self, name: &str, value: impl Into<Bson>) -> Self {
        self.set.insert(name, value);
        self
    }

    pub(super) fn optional(mut self, name: &str, value: Option<impl Into<Bson>>) -> Self {
        match value {
            Some(value) => self.set.insert(name, value),
            None => self.unset.insert(name, ""),
        };
        self
    }

    /// As the operators of an update; an empty one would be refused.
    pub(super) fn update(self) -> Document {
        let mut update = Document::new();
        if !self.set.is_empty() {
            update.insert("$set", self.set);
        }
        if !self.unset.is_empty() {
            update.insert("$unset", self.unset);
        }
        update
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Date;

    #[test]
    fn text_has_the_order_of_dates() {
        let dates =
            [Date::MIN, Date::constant(0, 1, 1), Date::constant(1900, 1, 1), Date::constant(2026, 9, 30), Date::MAX];
        assert!(dates.windows(2).all(|pair| pair[0].to_string() < pair[1].to_string()));
    }

    #[test]
    fn ids_keep_their_bytes() {
        let id = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xab, 0xff];
        assert_eq!(oid(id).bytes(), id);
    }

    #[test]
    fn what_is_missing_goes() {
        let update = Fields::default().set("a", 1).optional("b", None::<i64>).optional("c", Some(2_i64)).update();
        assert_eq!(update, mongodb::bson::doc! { "$set": { "a": 1, "c": 2_i64 }, "$unset": { "b": "" } });
    }
}
