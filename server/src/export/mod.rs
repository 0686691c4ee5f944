//! All of somebody's data as one archive, written while it is sent: however much it is, only some hundred rows are in
//! memory at a time, and no copy of it is kept here that would have to be guarded and removed.
mod archive;
mod csv;
pub mod expenses;
mod views;
mod xlsx;

use crate::http::views::{
    account::AccountView,
    activity::ActivityView,
    budget::BudgetView,
    expense::ExpenseView,
    import::{ImportView, RowView},
    month::MonthView,
    other::CategoryView,
    recurring::RecurringView,
    rule::RuleView,
    user::OneUser,
};
use app::i18n::{export as words, fill};
use archive::{Archive, Cut};
use axum::body::Body;
use domain::{budget::Budget, category::Category, locale::Locale};
use jiff::tz::TimeZone;
use serde::Serialize;
use service::{
    Actor, Error, Services,
    export::{self, Walk},
    ports::{
        activity::ActivityCursor,
        store::{Import, ImportStatus},
    },
};
use std::collections::BTreeMap;
use views::{SecurityView, VersionView};

/// Why it was not written to its end.
enum Failure {
    /// The client has left, or packing failed.
    Cut,
    /// A part of ours did.
    Ours(Error),
}

impl Failure {
    fn log(&self) {
        match self {
            Self::Cut => tracing::debug!("an export was not taken to its end"),
            Self::Ours(error) => tracing::warn!(%error, "an export is cut off"),
        }
    }
}

impl From<Cut> for Failure {
    fn from(Cut: Cut) -> Self {
        Self::Cut
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Ours(Error::Internal(format!("a row of an export: {error}")))
    }
}

/// The archive, written as the body is taken. A failure in the middle cuts it off, so that nobody takes a part for the
/// whole.
pub fn all_of(services: Services, actor: Actor) -> Body {
    let now = TimeZone::UTC.to_datetime(services.now());
    let (archive, body) = Archive::new(now);
    tokio::spawn(async move {
        match (Export { services: &services, actor: &actor, archive: &archive }).write().await {
            Ok(()) => drop(archive.finish().await),
            Err(failure) => failure.log(),
        }
    });
    body
}

/// What it is called when it is kept.
pub fn filename(services: &Services, actor: &Actor) -> String {
    format!("wealthwise-{}.zip", services.today(actor))
}

struct Export<'a> {
    services: &'a Services,
    actor: &'a Actor,
    archive: &'a Archive,
}

impl Export<'_> {
    async fn write(&self) -> Result<(), Failure> {
        let Self { services, actor, .. } = *self;
        self.readme().await?;
        let person = export::person(services, actor).await?;
        let security = SecurityView::new(export::sessions(services, actor).await?, person.secrets);
        self.one("profile.json", &OneUser::from(person.user)).await?;
        self.one("security.json", &security).await?;
        let budgets = export::budgets(services, actor).await?;
        let accounts = export::accounts(services, actor).await?;
        let names = csv::Names::new(&accounts, &budgets);
        self.versions(&budgets).await?;
        self.months(&budgets).await?;
        let views: Vec<_> = budgets.into_iter().map(|budget| BudgetView::new(budget, actor.user.id)).collect();
        self.one("budgets.json", &views).await?;
        self.one("accounts.json", &accounts.into_iter().map(AccountView::from).collect::<Vec<_>>()).await?;
        let rules = export::rules(services, actor).await?;
        self.one("rules.json", &rules.into_iter().map(RuleView::from).collect::<Vec<_>>()).await?;
        self.one("categories.json", &Category::ALL.map(CategoryView::from)).await?;
        let today = services.today(actor);
        let series = export::recurring(services, actor).await?;
        let views: Vec<_> = series.into_iter().map(|series| RecurringView::new(series, today)).collect();
        self.one("recurring.json", &views).await?;
        self.expenses(&names).await?;
        self.imports().await?;
        self.activities().await?;
        self.receipts().await?;
        if let Some(picture) = export::picture(services, actor).await? {
            self.archive.file("files/picture.jpg").await?;
            self.archive.write(picture).await?;
        }
        Ok(())
    }

    /// What is what, in the person's language.
    async fn readme(&self) -> Result<(), Failure> {
        let locale = Locale::from_tag(&self.actor.user.preferences.language);
        let date = locale.format_date(self.services.today(self.actor));
        let text = words::readme(locale.language());
        let text = fill(text, &[("name", &self.actor.user.name), ("date", &date)]);
        self.archive.file("README.txt").await?;
        Ok(self.archive.write(text.replace('\n', "\r\n")).await?)
    }

    /// A file with one value.
    async fn one(&self, name: &str, value: &impl Serialize) -> Result<(), Failure> {
        let mut json = serde_json::to_vec_pretty(value)?;
        json.push(b'\n');
        self.archive.file(name).await?;
        Ok(self.archive.write(json).await?)
    }

    async fn versions(&self, budgets: &[Budget]) -> Result<(), Failure> {
        let mut list = List::begin(self.archive, "budget-versions.json").await?;
        for budget in budgets {
            let versions = export::versions(self.services, self.actor, budget.id).await?;
            list.add(versions.into_iter().map(VersionView::from)).await?;
        }
        list.end().await
    }

    async fn months(&self, budgets: &[Budget]) -> Result<(), Failure> {
        let mut list = List::begin(self.archive, "budget-months.json").await?;
        for budget in budgets {
            let currency = budget.plan.currency;
            let months = export::months(self.services, self.actor, budget.id).await?;
            list.add(months.into_iter().map(|month| MonthView::new(month, currency))).await?;
        }
        list.end().await
    }

    /// Twice: as JSON with all there is, and as a table for spreadsheets.
    async fn expenses(&self, names: &csv::Names) -> Result<(), Failure> {
        let mut list = List::begin(self.archive, "expenses.json").await?;
        let mut walk = Walk::default();
        loop {
            let rows = export::expenses(self.services, self.actor, &mut walk).await?;
            if rows.is_empty() {
                break;
            }
            list.add(rows.into_iter().map(ExpenseView::from)).await?;
        }
        list.end().await?;
        self.archive.file("expenses.csv").await?;
        self.archive.write(csv::head()).await?;
        let mut walk = Walk::default();
        loop {
            let rows = export::expenses(self.services, self.actor, &mut walk).await?;
            if rows.is_empty() {
                return Ok(());
            }
            self.archive.write(csv::rows(&rows, names)).await?;
        }
    }

    /// The files that prove expenses: each named after the id by which the rows name it.
    async fn receipts(&self) -> Result<(), Failure> {
        for receipt in export::receipts(self.services, self.actor).await? {
            if let Some(bytes) = export::receipt(self.services, &receipt).await? {
                let extension = receipt.content_type.extension();
                self.archive.file(format!("files/receipts/{}.{extension}", receipt.file_id)).await?;
                self.archive.write(bytes).await?;
            }
        }
        Ok(())
    }

    /// The bank files; of those that are not booked yet the rows and the bytes, too.
    async fn imports(&self) -> Result<(), Failure> {
        let mut list = List::begin(self.archive, "imports.json").await?;
        let (mut after, mut drafts) = (None, Vec::new());
        loop {
            let imports = export::imports(self.services, self.actor, after).await?;
            let Some(last) = imports.last() else { break };
            after = Some(last.id);
            drafts.extend(imports.iter().filter(|import| import.status == ImportStatus::Draft).cloned());
            list.add(imports.into_iter().map(|import| ImportView::new(import, Vec::new()))).await?;
        }
        list.end().await?;
        for draft in drafts {
            self.draft(&draft).await?;
        }
        Ok(())
    }

    /// What they have done.
    async fn activities(&self) -> Result<(), Failure> {
        let mut list = List::begin(self.archive, "activity.json").await?;
        let names = BTreeMap::from([(self.actor.user.id, self.actor.user.name.clone())]);
        let (mut after, now) = (None, self.services.now());
        loop {
            let told = export::activities(self.services, self.actor, after).await?;
            let Some(last) = told.last() else { return list.end().await };
            after = Some(ActivityCursor { at: last.at, id: last.id });
            list.add(told.into_iter().map(|told| ActivityView::new(told, &names, now))).await?;
        }
    }

    async fn draft(&self, draft: &Import) -> Result<(), Failure> {
        let mut list = List::begin(self.archive, &format!("imports/{}.json", draft.id)).await?;
        let mut offset = 0;
        loop {
            let rows = export::staged(self.services, self.actor, draft, offset).await?;
            if rows.is_empty() {
                break;
            }
            offset += u32::try_from(rows.len()).unwrap_or(u32::MAX);
            list.add(rows.into_iter().map(RowView::from)).await?;
        }
        list.end().await?;
        if let Some(bytes) = export::file(self.services, draft).await? {
            // By its id: what somebody called it may be no name for a file.
            self.archive.file(format!("files/import-{}", draft.id)).await?;
            self.archive.write(bytes).await?;
        }
        Ok(())
    }
}

/// A file with a JSON list, one entry on each line.
struct List<'a> {
    archive: &'a Archive,
    any: bool,
}

impl<'a> List<'a> {
    async fn begin(archive: &'a Archive, name: &str) -> Result<Self, Failure> {
        archive.file(name).await?;
        archive.write(*b"[").await?;
        Ok(Self { archive, any: false })
    }

    async fn add<T: Serialize>(&mut self, entries: impl Iterator<Item = T>) -> Result<(), Failure> {
        let mut json = Vec::new();
        for entry in entries {
            json.extend_from_slice(if self.any { b",\n" } else { b"\n" });
            serde_json::to_writer(&mut json, &entry)?;
            self.any = true;
        }
        Ok(self.archive.write(json).await?)
    }

    async fn end(self) -> Result<(), Failure> {
        Ok(self.archive.write(*b"\n]\n").await?)
    }
}
