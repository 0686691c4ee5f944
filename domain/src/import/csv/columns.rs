//! The columns of a sheet: what their names say, corrected by what is in them.
use super::{
    profile::{Profile, sample},
    roles::Role,
    sheet::Sheet,
};

/// All columns, each looked at once.
pub(super) struct Columns<'s, 't> {
    pub(super) sheet: &'s Sheet<'t>,
    /// The records by which they are judged.
    pub(super) sample: Vec<usize>,
    profiles: Vec<Profile>,
    roles: Vec<Role>,
}

impl<'s, 't> Columns<'s, 't> {
    pub(super) fn of(sheet: &'s Sheet<'t>) -> Self {
        let sample = sample(sheet);
        let profiles: Vec<Profile> = (0..sheet.names.len()).map(|column| Profile::of(sheet, &sample, column)).collect();
        let roles = sheet.names.iter().zip(&profiles).map(|(name, profile)| corrected(name.role, profile)).collect();
        Self { sheet, sample, profiles, roles }
    }

    pub(super) fn profile(&self, column: usize) -> &Profile {
        &self.profiles[column]
    }

    pub(super) fn all(&self) -> std::ops::Range<usize> {
        0..self.profiles.len()
    }

    pub(super) fn role(&self, column: usize) -> Role {
        self.roles[column]
    }

    /// Whether nothing speaks against what the name says: the column is empty, or there are no rows.
    pub(super) fn is_empty(&self, column: usize) -> bool {
        self.profiles[column].filled == 0
    }

    /// How many of the sampled records have something in the column.
    pub(super) fn filled(&self, column: usize) -> usize {
        self.profiles[column].filled
    }

    /// Whether the column has something in nearly every record.
    pub(super) fn is_full(&self, column: usize) -> bool {
        self.filled(column) * 10 >= self.sample.len() * 9
    }

    /// Columns of such a role, from the left.
    pub(super) fn of_role(&self, is: impl Fn(Role) -> bool) -> Vec<usize> {
        self.all().filter(|column| is(self.roles[*column])).collect()
    }

    /// The first column of such a role, one that is not empty if there is one.
    pub(super) fn first(&self, is: impl Fn(Role) -> bool) -> Option<usize> {
        let all = self.of_role(is);
        all.iter().copied().find(|column| !self.is_empty(*column)).or_else(|| all.first().copied())
    }
}

/// Names that mean different things in different languages (`Valuta`, `Valor`, `Movimiento`) are what their values are.
fn corrected(role: Role, profile: &Profile) -> Role {
    let amounts = profile.nearly_all(profile.amounts) && profile.marked * 2 >= profile.filled;
    let texts = profile.filled > 0 && profile.amounts + profile.dates == 0;
    match role {
        Role::Date(_) if profile.is_currency() => Role::Currency,
        Role::Date(_) if amounts => Role::Amount(1),
        Role::Amount(_) | Role::Currency if profile.nearly_all(profile.dates) => Role::Date(1),
        Role::Amount(_) if profile.is_currency() => Role::Currency,
        Role::Amount(_) if profile.is_direction() => Role::Direction,
        Role::Amount(_) if texts => Role::Memo,
        Role::Direction if amounts => Role::Amount(0),
        Role::Debit | Role::Credit if texts && profile.is_direction() => Role::Direction,
        Role::Debit | Role::Credit | Role::Balance if texts => Role::None,
        other => other,
    }
}
