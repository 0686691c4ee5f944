//! Where values come from: the environment, files that it names, a TOML file. Everything is gathered before anything is
//! judged, so that all that is wrong can be said at once.
use super::{
    Wrong,
    keys::{self, KEYS, Key},
};
use std::{collections::BTreeMap, fmt};

/// A value, and where it was found.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// As text.
    pub text: String,
    /// Where.
    pub origin: Origin,
}

/// Where a value was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// An environment variable.
    Environment,
    /// A file that `NAME_FILE` in the environment names.
    EnvironmentFile,
    /// The TOML file.
    Toml,
    /// A file that `NAME_FILE` in the TOML file names.
    TomlFile,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "environment",
            Self::EnvironmentFile => "file named in the environment",
            Self::Toml => "configuration file",
            Self::TomlFile => "file named in the configuration file",
        })
    }
}

/// The world that a configuration is read from; tests bring their own.
pub struct World<'a> {
    /// An environment variable.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// The text of a file.
    pub read: &'a dyn Fn(&str) -> std::io::Result<String>,
}

/// Everything that was set, by name.
#[derive(Default)]
pub struct Values(pub BTreeMap<&'static str, Found>);

/// Gathers values: the environment goes before the TOML file, empty ones count as not set.
pub fn gather(world: &World<'_>, toml: Option<&str>, wrong: &mut Vec<Wrong>) -> Values {
    let mut values = Values::default();
    if let Some(text) = toml {
        let table = read_toml(text, wrong);
        let of = |name: &str| table.get(name).cloned();
        collect(world, &of, (Origin::Toml, Origin::TomlFile), &mut values, wrong);
    }
    collect(world, world.variable, (Origin::Environment, Origin::EnvironmentFile), &mut values, wrong);
    values
}

fn collect(
    world: &World<'_>,
    source: &dyn Fn(&str) -> Option<String>,
    (plain, by_file): (Origin, Origin),
    values: &mut Values,
    wrong: &mut Vec<Wrong>,
) {
    let set = |name: &str| source(name).filter(|text| !text.trim().is_empty());
    for key in KEYS {
        let direct = set(key.name);
        let file = if key.secret { set(&format!("{}_FILE", key.name)) } else { None };
        match (direct, file) {
            (Some(_), Some(_)) => wrong.push(Wrong::new(key.name, "set together with its _FILE", "one of the two")),
            (Some(text), None) => {
                values.0.insert(key.name, Found { text: text.trim().to_owned(), origin: plain });
            }
            (None, Some(path)) => match (world.read)(path.trim()) {
                Ok(text) => {
                    values.0.insert(key.name, Found { text: text.trim().to_owned(), origin: by_file });
                }
                Err(error) => {
                    wrong.push(Wrong::new(
                        &format!("{}_FILE", key.name),
                        format!("can't be read: {error}"),
                        "a readable file",
                    ));
                }
            },
            (None, None) => {}
        }
    }
}

/// The file's values as text. Names may be written in small letters; a name that nobody knows is wrong.
fn read_toml(text: &str, wrong: &mut Vec<Wrong>) -> BTreeMap<String, String> {
    let table = match text.parse::<toml::Table>() {
        Ok(table) => table,
        Err(error) => {
            let place = error.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
            wrong.push(Wrong::new("--config", format!("line {place}: {}", error.message()), "a TOML file"));
            return BTreeMap::new();
        }
    };
    let mut values = BTreeMap::new();
    for (written, value) in table {
        let name = written.to_ascii_uppercase();
        let key = keys::find(&name).or_else(|| secret_of_file(&name));
        match (key, as_text(&value)) {
            (None, _) => wrong.push(Wrong::new(&written, "is no name of this program", nearest(&name))),
            (Some(_), None) => wrong.push(Wrong::new(
                &name,
                "has a value of a kind that can't be used",
                "text, a number, or a list of texts",
            )),
            (Some(_), Some(text)) => {
                if values.insert(name.clone(), text).is_some() {
                    wrong.push(Wrong::new(&name, "is there twice", "once, in capitals or in small letters"));
                }
            }
        }
    }
    values
}

fn secret_of_file(name: &str) -> Option<&'static Key> {
    name.strip_suffix("_FILE").and_then(keys::find).filter(|key| key.secret)
}

fn as_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(value) => Some(value.to_string()),
        toml::Value::Array(entries) => {
            entries.iter().map(as_text).collect::<Option<Vec<_>>>().map(|texts| texts.join(","))
        }
        _ => None,
    }
}

/// The known name that is most alike, as a hint: by the letters that both begin and end with.
fn nearest(name: &str) -> String {
    fn alike(a: impl Iterator<Item = u8>, b: impl Iterator<Item = u8>) -> usize {
        a.zip(b).take_while(|(a, b)| a == b).count()
    }
    let shared = |key: &Key| alike(key.name.bytes(), name.bytes()) + alike(key.name.bytes().rev(), name.bytes().rev());
    match KEYS.iter().max_by_key(|key| shared(key)) {
        Some(key) if shared(key) >= 4 => format!("the names of the configuration page, perhaps {}", key.name),
        _ => "the names of the configuration page".to_owned(),
    }
}
