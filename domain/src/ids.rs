//! Identifiers: 12 bytes, 24 hex digits in JSON, a type of its own for each entity so that they can't be mixed up.
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// Why a text is no identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is 24 hexadecimal digits")]
pub struct IdError;

fn parse_hex(text: &str) -> Result<[u8; 12], IdError> {
    let digits = text.as_bytes();
    if digits.len() != 24 {
        return Err(IdError);
    }
    let mut bytes = [0; 12];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
    }
    Ok(bytes)
}

fn hex_digit(digit: u8) -> Result<u8, IdError> {
    (digit as char).to_digit(16).and_then(|value| u8::try_from(value).ok()).ok_or(IdError)
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 12]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                parse_hex(text).map(Self)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    )+};
}

id! {
    /// A person with an account here.
    UserId,
    /// A signed-in device, as its user sees it in the list of sessions (never the cookie's secret).
    SessionId,
    /// A budget.
    BudgetId,
    /// An expense, refund, income or one leg of a transfer.
    ExpenseId,
    /// A place where money is: a bank account, a card, cash.
    AccountId,
    /// A bank file on its way in, or already in.
    ImportId,
    /// A key for a program.
    ApiKeyId,
    /// A sign-in at another place that counts here.
    IdentityId,
    /// Work that is done later.
    JobId,
    /// An invitation to a budget.
    InviteId,
    /// Something that somebody did, in the timeline.
    ActivityId,
    /// Money moved from one category of a month to another.
    MoveId,
    /// A rule that files expenses.
    RuleId,
    /// A series of recurring expenses.
    SeriesId,
    /// A file that somebody has attached.
    FileId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_both_ways() {
        let id = UserId([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xab, 0xff]);
        assert_eq!(id.to_string(), "00010203040506070809abff");
        assert_eq!("00010203040506070809ABFF".parse(), Ok(id));
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"00010203040506070809abff\"");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "0001", "00010203040506070809abfg", "00010203040506070809abff0", "é0010203040506070809abff"] {
            assert_eq!(text.parse::<UserId>(), Err(IdError), "{text}");
        }
    }
}
