//! The decimal mark, decided once for a whole file by what its amounts show.
use serde::{Deserialize, Serialize};

/// What stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecimalMark {
    /// `1,234.56`
    Point,
    /// `1.234,56`
    Comma,
}

impl DecimalMark {
    /// The mark itself.
    pub const fn char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// What the amounts of a file show about its decimal mark.
#[derive(Debug, Default, Clone)]
pub(super) struct Evidence {
    point: u32,
    comma: u32,
    /// `1.234`: the mark may be either; counted by what it is if it is the decimal one.
    maybe_point: u32,
    maybe_comma: u32,
    /// Some of the amounts that can be read in two ways.
    pub(super) samples: Vec<String>,
}

/// What one amount shows.
enum Shown {
    Nothing,
    Mark(DecimalMark),
    Either(DecimalMark),
}

impl Evidence {
    /// Looks at the digits of one more amount ([`super::amount::Written::core`]).
    pub(super) fn see(&mut self, core: &str) {
        match shown(core) {
            Shown::Nothing => {}
            Shown::Mark(DecimalMark::Point) => self.point += 1,
            Shown::Mark(DecimalMark::Comma) => self.comma += 1,
            Shown::Either(mark) => {
                *(if mark == DecimalMark::Point { &mut self.maybe_point } else { &mut self.maybe_comma }) += 1;
                if self.samples.len() < 5 {
                    self.samples.push(core.to_owned());
                }
            }
        }
    }

    /// The mark that the amounts prove, if they do. Where they contradict each other the majority has it: the others
    /// are refused, since their groups are no groups.
    pub(super) fn proven(&self) -> Option<DecimalMark> {
        match self.point.cmp(&self.comma) {
            std::cmp::Ordering::Greater => Some(DecimalMark::Point),
            std::cmp::Ordering::Less => Some(DecimalMark::Comma),
            std::cmp::Ordering::Equal if self.point > 0 => Some(DecimalMark::Point),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Whether amounts were seen that can be read in two ways.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.proven().is_none() && self.maybe_point + self.maybe_comma > 0
    }

    /// The likelier reading of ambiguous amounts: three digits behind a mark are a group.
    pub(super) fn guess(&self) -> DecimalMark {
        if self.maybe_point > self.maybe_comma { DecimalMark::Comma } else { DecimalMark::Point }
    }
}

fn shown(core: &str) -> Shown {
    let points = core.matches('.').count();
    let commas = core.matches(',').count();
    let (mark, times) = match (points, commas) {
        (0, 0) => return Shown::Nothing,
        (0, times) => (DecimalMark::Comma, times),
        (times, 0) => (DecimalMark::Point, times),
        _ if core.rfind('.') > core.rfind(',') && points == 1 => return Shown::Mark(DecimalMark::Point),
        _ if core.rfind(',') > core.rfind('.') && commas == 1 => return Shown::Mark(DecimalMark::Comma),
        _ => return Shown::Nothing,
    };
    let groups: Vec<&str> = core.split(mark.char()).collect();
    if times > 1 {
        let whole = groups.iter().skip(1).all(|group| group.len() == 3);
        return if whole { Shown::Mark(mark.other()) } else { Shown::Nothing };
    }
    let (before, behind) = (groups[0], groups[1]);
    let is_group = behind.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    if is_group { Shown::Either(mark) } else { Shown::Mark(mark) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn see(all: &[&str]) -> Evidence {
        let mut evidence = Evidence::default();
        for core in all {
            evidence.see(core);
        }
        evidence
    }

    #[test]
    fn decided_once_per_file() {
        let table: [(&[&str], Option<DecimalMark>); 9] = [
            (&["1.234", "5,6"], Some(DecimalMark::Comma)),
            (&["1,234", "5.60"], Some(DecimalMark::Point)),
            (&["1,234,567"], Some(DecimalMark::Point)),
            (&["1.234,50"], Some(DecimalMark::Comma)),
            (&["0.125", "4.750"], Some(DecimalMark::Point)),
            (&["1 234,567"], Some(DecimalMark::Comma)),
            (&["1234.567"], Some(DecimalMark::Point)),
            (&["1.234", "12"], None),
            (&["12..34", "12.5"], Some(DecimalMark::Point)),
        ];
        for (all, mark) in table {
            assert_eq!(see(all).proven(), mark, "{all:?}");
        }
        assert!(see(&["1.234"]).is_ambiguous());
        assert_eq!(see(&["1.234"]).guess(), DecimalMark::Comma);
        assert_eq!(see(&["1,234"]).guess(), DecimalMark::Point);
        assert!(!see(&["12"]).is_ambiguous());
    }
}
