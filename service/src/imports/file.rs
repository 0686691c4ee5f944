//! Where the rows of a draft are filed: corrected before they are booked, and counted once they are.
use super::{CHUNK, build::merchant_of, open_draft};
use crate::{
    Actor, Error, Idempotency, Result, Services,
    budgets::{replayed, write},
    ports::{
        rules::{FiledBy, Hits, Judged},
        store::{Import, StagedRow, Verdict},
    },
};
use domain::{
    category::Category,
    ids::{ImportId, RuleId},
    input::{self, Change, Reader, Value},
    rule::Prints,
};
use std::collections::BTreeMap;

/// So often a draft is read anew where somebody stages it between the look and the write.
const TRIES: u32 = 4;

/// Files the rows of a draft that are of one merchant, whatever the bank prints around its name. `input`: merchant,
/// category (null: uncategorised), subcategory?
pub async fn file(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: ImportId,
    input: &Value,
) -> Result<Import> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut reader = Reader::new(input);
    let merchant = reader.required("merchant", input::text);
    let words = Category::ALL.map(Category::as_str);
    let category = reader.change_optional("category", |value| input::word(value, &words));
    if category == Change::Keep {
        reader.problem("category", domain::problem::Problem::Required);
    }
    let subcategory = reader.optional("subcategory", input::text);
    reader.finish()?;
    let mut prints = Prints::default();
    let (wanted, _) = prints.keys(&merchant.unwrap_or_default());
    let filed = BTreeMap::from([(wanted, (category.or(None), subcategory))]);
    let mut tries = 1;
    loop {
        let mut import = open_draft(services, actor, id).await?;
        let mut rows = all_rows(services, actor, id).await?;
        if !file_by(&filed, &mut rows) {
            return Err(Error::field("merchant", domain::problem::Problem::NotFound));
        }
        import.revision += 1;
        match services.store.restage_import(&write(services, actor, key.clone()), &import, &rows).await {
            // Somebody has filed other rows of it between the look and the write.
            Err(Error::StaleVersion { .. }) if tries < TRIES => tries += 1,
            done => return done,
        }
    }
}

/// Where merchants are filed by hand, by their keys: the category, and the name below it.
type Filed = BTreeMap<String, (Option<Category>, Option<String>)>;

/// Files the money out of those merchants; whether there was any.
fn file_by(filed: &Filed, rows: &mut [StagedRow]) -> bool {
    let (mut prints, mut found) = (Prints::default(), false);
    for staged in rows.iter_mut().filter(|staged| staged.row.amount < 0) {
        let (merchant, _) = prints.keys(&merchant_of(&staged.row).unwrap_or_default());
        let Some((category, subcategory)) = filed.get(&merchant) else { continue };
        found = true;
        staged.category = *category;
        staged.judged = Judged {
            by: Some(FiledBy::User),
            confidence: 100,
            rule: None,
            proposal: None,
            subcategory: subcategory.clone().filter(|_| category.is_some()),
            ..std::mem::take(&mut staged.judged)
        };
    }
    found
}

/// What was filed by hand stays so when the same file is read in another way.
pub(super) fn keep_filed(before: &[StagedRow], rows: &mut [StagedRow]) {
    let mut prints = Prints::default();
    let by_hand = before.iter().filter(|staged| staged.judged.by == Some(FiledBy::User));
    let filed: Filed = by_hand
        .map(|staged| {
            let (merchant, _) = prints.keys(&merchant_of(&staged.row).unwrap_or_default());
            (merchant, (staged.category, staged.judged.subcategory.clone()))
        })
        .collect();
    if !filed.is_empty() {
        file_by(&filed, rows);
    }
}

pub(super) async fn all_rows(services: &Services, actor: &Actor, id: ImportId) -> Result<Vec<StagedRow>> {
    let mut rows = Vec::new();
    loop {
        let offset = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let chunk = services.store.staged_rows(actor.user.id, id, offset, CHUNK).await?;
        let last = chunk.len() < CHUNK as usize;
        rows.extend(chunk);
        if last {
            return Ok(rows);
        }
    }
}

/// Adds up what rules have done with new rows.
pub(super) fn count_hits(hits: &mut BTreeMap<RuleId, i64>, rows: &[StagedRow]) {
    for staged in rows.iter().filter(|staged| staged.verdict == Verdict::New) {
        for rule in &staged.judged.rules {
            *hits.entry(*rule).or_default() += 1;
        }
    }
}

/// Keeps it, once the rows are in. Nothing depends on it: what fails is only logged.
pub(super) async fn keep_hits(services: &Services, actor: &Actor, hits: BTreeMap<RuleId, i64>) {
    let hits: Vec<Hits> = hits.into_iter().map(|(rule, more)| Hits { rule, more }).collect();
    if hits.is_empty() {
        return;
    }
    if let Err(error) = services.store.count_hits(&write(services, actor, None), &hits).await {
        tracing::warn!(%error, "what rules have filed is not counted");
    }
}
