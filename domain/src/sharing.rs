//! Who has part in a budget besides its owner, how they come to it, and what one member may do to another.
use crate::{
    budget::Budget,
    ids::{BudgetId, InviteId, UserId},
    input::{self, Reader, Value},
    problem::{Problem, Problems},
    role::Role,
    user::read_email,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// So many members and open invitations a budget may have, its owner not counted.
pub const MEMBERS_MAX: usize = 50;

/// Somebody who has part in another one's budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Collaborator {
    /// Who.
    pub user_id: UserId,
    /// As what; never the owner.
    pub role: Role,
    /// Since when.
    #[serde(with = "crate::wire::timestamp")]
    pub added_at: Timestamp,
}

impl Budget {
    /// What somebody may do with it; none: nothing, not even know of it.
    pub fn role_of(&self, user: UserId) -> Option<Role> {
        if user == self.user_id {
            return Some(Role::Owner);
        }
        self.collaborators.iter().find(|member| member.user_id == user).map(|member| member.role)
    }

    /// Everybody who may see it, its owner first.
    pub fn members(&self) -> impl Iterator<Item = UserId> {
        std::iter::once(self.user_id).chain(self.collaborators.iter().map(|member| member.user_id))
    }

    /// Whether somebody besides the owner has part in it.
    pub fn is_shared(&self) -> bool {
        !self.collaborators.is_empty()
    }

    /// In the order in which they came.
    pub fn sort_members(&mut self) {
        self.collaborators.sort_by_key(|member| (member.added_at, member.user_id));
    }

    /// Who would be its owner if the owner went: the admin who has been there longest.
    pub fn heir(&self) -> Option<UserId> {
        let admins = self.collaborators.iter().filter(|member| member.role == Role::Admin);
        admins.min_by_key(|member| (member.added_at, member.user_id)).map(|member| member.user_id)
    }

    /// Makes one of the members the owner; the old one stays as an admin from `now` on. False: nobody of that id has part
    /// in it.
    pub fn hand_over(&mut self, to: UserId, now: Timestamp) -> bool {
        let Some(place) = self.collaborators.iter().position(|member| member.user_id == to) else { return false };
        self.collaborators.remove(place);
        let before = std::mem::replace(&mut self.user_id, to);
        self.collaborators.push(Collaborator { user_id: before, role: Role::Admin, added_at: now });
        self.sort_members();
        true
    }
}

/// Where an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InviteStatus {
    /// Waits for an answer, until it expires.
    Open,
    /// They are a member.
    Accepted,
    /// They don't want to.
    Declined,
    /// Somebody has taken it back.
    Withdrawn,
}

impl InviteStatus {
    /// The word in the store and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl FromStr for InviteStatus {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Open, Self::Accepted, Self::Declined, Self::Withdrawn]
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or(())
    }
}

/// An invitation to a budget, to an address with or without an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invite {
    /// Which.
    pub id: InviteId,
    /// To which budget.
    pub budget_id: BudgetId,
    /// As it was typed.
    pub email: String,
    /// As what.
    pub role: Role,
    /// SHA-256 of the secret in the mail's link.
    pub token_hash: [u8; 32],
    /// By whom.
    pub invited_by: UserId,
    /// When.
    #[serde(with = "crate::wire::timestamp")]
    pub created_at: Timestamp,
    /// It counts until then.
    #[serde(with = "crate::wire::timestamp")]
    pub expires_at: Timestamp,
    /// Where it stands.
    pub status: InviteStatus,
}

impl Invite {
    /// Whether it can still be answered.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.status == InviteStatus::Open && now < self.expires_at
    }
}

/// What is to become of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberChange {
    /// Another role.
    Role(Role),
    /// They are one no longer.
    Remove,
    /// Another role, if they still have the one that it is to take the place of.
    Back {
        /// the role that they have
        from: Role,
        /// the role that they get
        to: Role,
    },
}

impl MemberChange {
    /// The role that they have then; none: they are no member any more.
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Role(role) | Self::Back { to: role, .. } => Some(role),
            Self::Remove => None,
        }
    }
}

/// Why a member can't be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It takes another role.
    Forbidden,
    /// A budget has an owner as long as it is there.
    OwnerStays,
    /// Nobody of that id has part in it.
    NotAMember,
    /// They have another role by now, or none.
    Changed,
}

/// Whether somebody of `role` may invite somebody as `wanted`: nobody gives more than they have.
pub fn may_invite(role: Role, wanted: Role) -> bool {
    role >= Role::Admin && wanted < Role::Owner && wanted <= role
}

/// Whether `actor` may do that to `target`. Everybody may leave but the owner; admins change and remove all but the owner.
pub fn judge(budget: &Budget, actor: UserId, target: UserId, change: MemberChange) -> Result<(), Refusal> {
    let own = budget.role_of(actor).ok_or(Refusal::Forbidden)?;
    let leaves = actor == target && change == MemberChange::Remove;
    if let MemberChange::Back { from, .. } = change
        && own >= Role::Admin
        && budget.role_of(target) != Some(from)
    {
        return Err(Refusal::Changed);
    }
    if target == budget.user_id {
        return Err(if own == Role::Owner { Refusal::OwnerStays } else { Refusal::Forbidden });
    }
    if budget.role_of(target).is_none() {
        return Err(if own >= Role::Admin { Refusal::NotAMember } else { Refusal::Forbidden });
    }
    let given = match change.role() {
        Some(role) => may_invite(own, role),
        None => own >= Role::Admin,
    };
    if leaves || given { Ok(()) } else { Err(Refusal::Forbidden) }
}

/// An address, and what it is invited as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvite {
    /// looks like an address
    pub email: String,
    /// view, edit or admin
    pub role: Role,
}

/// Reads {email, role}.
pub fn read_invite(value: &Value) -> Result<NewInvite, Problems> {
    let mut reader = Reader::new(value);
    let email = reader.required("email", read_email);
    let role = reader.required("role", read_role);
    reader.finish()?;
    email.zip(role).map(|(email, role)| NewInvite { email, role }).ok_or_else(Problems::default)
}

fn read_role(value: &Value) -> Result<Role, Problem> {
    input::word(value, &Role::GIVEN)
}

/// Reads {userId, role} or {userId, remove: true}.
pub fn read_member_change(value: &Value) -> Result<(UserId, MemberChange), Problems> {
    let mut reader = Reader::new(value);
    let user = reader.required("userId", input::id);
    let remove = reader.optional("remove", input::boolean).unwrap_or(false);
    let change = if remove {
        if reader.has("role") {
            reader.problem("role", Problem::MustBeEmpty);
        }
        reader.raw("role");
        Some(MemberChange::Remove)
    } else {
        reader.required("role", read_role).map(MemberChange::Role)
    };
    reader.finish()?;
    user.zip(change).ok_or_else(Problems::default)
}

/// Reads {userId}.
pub fn read_heir(value: &Value) -> Result<UserId, Problems> {
    let mut reader = Reader::new(value);
    let user = reader.required("userId", input::id);
    reader.finish()?;
    user.ok_or_else(Problems::default)
}

/// Reads {token?}: the secret of a mail's link, of somebody whose address is another one.
pub fn read_token(value: &Value) -> Result<Option<String>, Problems> {
    let mut reader = Reader::new(value);
    let token = reader.optional("token", input::text);
    reader.finish()?;
    Ok(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> UserId {
        UserId([n; 12])
    }

    fn member(n: u8, role: Role, at: i64) -> Collaborator {
        Collaborator { user_id: id(n), role, added_at: Timestamp::new(at, 0).unwrap() }
    }

    fn budget() -> Budget {
        let fields = [("name", "Home"), ("monthlyIncome", "3000"), ("currency", "EUR")];
        let pairs = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let new = crate::budget::read_new(&Value::from_form(pairs)).expect("it is valid");
        let at = Timestamp::UNIX_EPOCH;
        Budget {
            id: BudgetId([9; 12]),
            user_id: id(1),
            kind: new.kind,
            plan: crate::budget::Plan {
                rollover: crate::budget::Rollovers::default(),
                subcategories: crate::budget::Subcategories::default(),
                name: new.name,
                monthly_income: new.monthly_income,
                currency: new.currency,
                allocations: new.allocations,
                effective_from: crate::period::Month { year: 2026, month: 11 },
            },
            ai_generated: false,
            month_start_day: crate::period::MonthStartDay::default(),
            collaborators: vec![
                member(2, Role::Admin, 20),
                member(3, Role::Edit, 5),
                member(4, Role::View, 6),
                member(5, Role::Admin, 10),
            ],
            version: 1,
            is_active: true,
            created_at: at,
            updated_at: at,
            deleted_at: None,
        }
    }

    #[test]
    fn who_may_do_what_to_whom() {
        use MemberChange::{Remove, Role as To};
        use Refusal::{Changed, Forbidden, NotAMember, OwnerStays};
        let budget = budget();
        let back = |from, to| MemberChange::Back { from, to };
        for (actor, target, change, expected) in [
            (1, 2, Remove, Ok(())),
            (1, 4, To(Role::Admin), Ok(())),
            (1, 1, Remove, Err(OwnerStays)),
            (1, 1, To(Role::View), Err(OwnerStays)),
            (1, 4, To(Role::Owner), Err(Forbidden)),
            (1, 8, Remove, Err(NotAMember)),
            (2, 1, Remove, Err(Forbidden)),
            (2, 1, To(Role::View), Err(Forbidden)),
            (2, 3, To(Role::Admin), Ok(())),
            (2, 5, Remove, Ok(())),
            (2, 2, To(Role::View), Ok(())),
            (2, 2, Remove, Ok(())),
            (3, 4, Remove, Err(Forbidden)),
            (3, 3, To(Role::Admin), Err(Forbidden)),
            (3, 3, To(Role::View), Err(Forbidden)),
            (3, 3, Remove, Ok(())),
            (3, 8, Remove, Err(Forbidden)),
            (4, 4, Remove, Ok(())),
            (4, 3, To(Role::View), Err(Forbidden)),
            (8, 4, Remove, Err(Forbidden)),
            (2, 3, back(Role::Edit, Role::View), Ok(())),
            (2, 3, back(Role::View, Role::Edit), Err(Changed)),
            (1, 8, back(Role::View, Role::Edit), Err(Changed)),
            (1, 1, back(Role::View, Role::Edit), Err(Changed)),
            (4, 3, back(Role::Edit, Role::View), Err(Forbidden)),
        ] {
            assert_eq!(judge(&budget, id(actor), id(target), change), expected, "{actor} {target} {change:?}");
        }
    }

    #[test]
    fn nobody_gives_more_than_they_have() {
        for (role, wanted, may) in [
            (Role::Owner, Role::Admin, true),
            (Role::Admin, Role::Admin, true),
            (Role::Admin, Role::View, true),
            (Role::Owner, Role::Owner, false),
            (Role::Edit, Role::View, false),
            (Role::View, Role::View, false),
        ] {
            assert_eq!(may_invite(role, wanted), may, "{role:?} {wanted:?}");
        }
    }

    #[test]
    fn the_longest_standing_admin_is_the_heir() {
        let mut budget = budget();
        assert_eq!(budget.heir(), Some(id(5)));
        assert!(!budget.hand_over(id(8), Timestamp::UNIX_EPOCH));
        assert!(budget.hand_over(id(3), Timestamp::new(30, 0).unwrap()));
        assert_eq!((budget.user_id, budget.role_of(id(1))), (id(3), Some(Role::Admin)));
        assert_eq!(budget.members().collect::<Vec<_>>(), [3, 4, 5, 2, 1].map(id));
        budget.collaborators.retain(|member| member.role < Role::Admin);
        assert_eq!(budget.heir(), None);
    }

    #[test]
    fn input_is_read_whole() {
        let value = |pairs: &[(&str, &str)]| {
            Value::from_form(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
        };
        let who = id(7).to_string();
        let invite = read_invite(&value(&[("email", "ada@example.org"), ("role", "edit")]));
        assert_eq!(invite, Ok(NewInvite { email: "ada@example.org".to_owned(), role: Role::Edit }));
        for (pairs, fields) in [
            (&[("email", "ada"), ("role", "owner")][..], &["email", "role"][..]),
            (&[("email", "ada@example.org"), ("role", "view"), ("userId", "1")], &["userId"]),
            (&[], &["email", "role"]),
        ] {
            let problems = read_invite(&value(pairs)).unwrap_err();
            assert_eq!(problems.0.keys().map(String::as_str).collect::<Vec<_>>(), fields);
        }
        let changed = |pairs: &[(&str, &str)]| read_member_change(&value(pairs));
        assert_eq!(changed(&[("userId", &who), ("remove", "true")]), Ok((id(7), MemberChange::Remove)));
        assert_eq!(changed(&[("userId", &who), ("role", "view")]), Ok((id(7), MemberChange::Role(Role::View))));
        for (pairs, field) in [
            (&[("userId", who.as_str())][..], "role"),
            (&[("userId", &who), ("remove", "true"), ("role", "view")], "role"),
            (&[("userId", &who), ("role", "owner")], "role"),
            (&[("userId", "x"), ("role", "view")], "userId"),
            (&[("userId", &who), ("role", "view"), ("bogus", "1")], "bogus"),
        ] {
            assert!(changed(pairs).unwrap_err().0.contains_key(field), "{pairs:?}");
        }
    }
}
