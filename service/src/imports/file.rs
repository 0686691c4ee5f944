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
    let import = open_draft(services, actor, id).await?;
    let mut reader = Reader::new(input);
    let merchant = reader.required("merchant", input::text);
    let words = Category::ALL.map(Category::as_str);
    let category = reader.change_optional("category", |value| input::word(value, &words));
    if category == Change::Keep {
        reader.problem("category", domain::problem::Problem::Required);
    }
    let subcategory = reader.optional("subcategory", input::text);
    reader.finish()?;
    let (merchant, category) = (merchant.unwrap_or_default(), category.or(None));
    let mut prints = Prints::default();
    let (wanted, _) = prints.keys(&merchant);
    let (mut rows, mut found) = (all_rows(services, actor, id).await?, false);
    for staged in rows.iter_mut().filter(|staged| staged.row.amount < 0) {
        if prints.keys(&merchant_of(&staged.row).unwrap_or_default()).0 != wanted {
            continue;
        }
        found = true;
        staged.category = category;
        staged.judged = Judged {
            by: Some(FiledBy::User),
            confidence: 100,
            rule: None,
            proposal: None,
            subcategory: subcategory.clone().filter(|_| category.is_some()),
            ..std::mem::take(&mut staged.judged)
        };
    }
    if !found {
        return Err(Error::field("merchant", domain::problem::Problem::NotFound));
    }
    services.store.restage_import(&write(services, actor, key), &import, &rows).await
}

async fn all_rows(services: &Services, actor: &Actor, id: ImportId) -> Result<Vec<StagedRow>> {
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
