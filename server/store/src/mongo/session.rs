//! Where a statement runs: by itself, or in a transaction. All that is asked of the driver goes through here.
use super::failure::{Failure, Outcome};
use mongodb::{
    ClientSession, Collection, Database,
    bson::{Document, doc},
    options::{FindOptions, ReturnDocument},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Statements that are sent together.
const BATCH: usize = 1_000;

/// What is kept in a collection.
pub(super) trait Kept: Serialize + DeserializeOwned + Send + Sync {}
impl<T: Serialize + DeserializeOwned + Send + Sync> Kept for T {}

/// A transaction that is running, or none.
pub(super) struct Session(pub(super) Option<ClientSession>);

/// Runs an action of the driver in the transaction, if there is one.
macro_rules! within {
    ($session:expr, $action:expr) => {{
        let action = $action;
        match &mut $session.0 {
            Some(session) => action.session(session).await?,
            None => action.await?,
        }
    }};
}

impl Session {
    /// One document.
    pub(super) async fn first<D: Kept>(&mut self, of: &Collection<D>, filter: Document) -> Outcome<Option<D>> {
        Ok(within!(self, of.find_one(filter)))
    }

    /// One document: the first in an order.
    pub(super) async fn first_by<D: Kept>(
        &mut self,
        of: &Collection<D>,
        filter: Document,
        order: Document,
    ) -> Outcome<Option<D>> {
        Ok(within!(self, of.find_one(filter).sort(order)))
    }

    /// Whether there is one.
    pub(super) async fn exists<D: Kept>(&mut self, of: &Collection<D>, filter: Document) -> Outcome<bool> {
        let of = of.clone_with_type::<Document>();
        Ok(within!(self, of.find_one(filter).projection(doc! { "_id": 1 })).is_some())
    }

    /// Each document, one at a time.
    pub(super) async fn each<D: Kept>(
        &mut self,
        of: &Collection<D>,
        filter: Document,
        options: FindOptions,
        mut read: impl FnMut(D) -> Outcome<()> + Send,
    ) -> Outcome<()> {
        let find = of.find(filter).with_options(options);
        if let Some(session) = &mut self.0 {
            let mut cursor = find.session(&mut *session).await?;
            while cursor.advance(session).await? {
                read(cursor.deserialize_current()?)?;
            }
        } else {
            let mut cursor = find.await?;
            while cursor.advance().await? {
                read(cursor.deserialize_current()?)?;
            }
        }
        Ok(())
    }

    /// All documents.
    pub(super) async fn all<D: Kept>(
        &mut self,
        of: &Collection<D>,
        filter: Document,
        options: FindOptions,
    ) -> Outcome<Vec<D>> {
        let mut found = Vec::new();
        self.each(of, filter, options, |document| {
            found.push(document);
            Ok(())
        })
        .await?;
        Ok(found)
    }

    /// What a pipeline gives.
    pub(super) async fn aggregate<D: Kept, T: Kept>(
        &mut self,
        of: &Collection<D>,
        pipeline: impl IntoIterator<Item = Document>,
    ) -> Outcome<Vec<T>> {
        let aggregate = of.aggregate(pipeline).allow_disk_use(true).with_type::<T>();
        let mut found = Vec::new();
        if let Some(session) = &mut self.0 {
            let mut cursor = aggregate.session(&mut *session).await?;
            while cursor.advance(session).await? {
                found.push(cursor.deserialize_current()?);
            }
        } else {
            let mut cursor = aggregate.await?;
            while cursor.advance().await? {
                found.push(cursor.deserialize_current()?);
            }
        }
        Ok(found)
    }

    pub(super) async fn count<D: Kept>(&mut self, of: &Collection<D>, filter: Document) -> Outcome<u64> {
        Ok(within!(self, of.count_documents(filter)))
    }

    pub(super) async fn insert<D: Kept>(&mut self, of: &Collection<D>, document: &D) -> Outcome<()> {
        within!(self, of.insert_one(document));
        Ok(())
    }

    pub(super) async fn insert_all<D: Kept>(&mut self, of: &Collection<D>, documents: &[D]) -> Outcome<()> {
        for batch in documents.chunks(BATCH) {
            within!(self, of.insert_many(batch));
        }
        Ok(())
    }

    /// Puts a document in the place of the one that the filter finds. How many it found.
    pub(super) async fn replace<D: Kept>(
        &mut self,
        of: &Collection<D>,
        filter: Document,
        document: &D,
    ) -> Outcome<u64> {
        Ok(within!(self, of.replace_one(filter, document)).matched_count)
    }

    /// The same, or a new one.
    pub(super) async fn put<D: Kept>(&mut self, of: &Collection<D>, filter: Document, document: &D) -> Outcome<()> {
        within!(self, of.replace_one(filter, document).upsert(true));
        Ok(())
    }

    /// Changes one document. How many the filter found.
    pub(super) async fn update<D: Kept>(
        &mut self,
        of: &Collection<D>,
        filter: Document,
        update: Document,
    ) -> Outcome<u64> {
        Ok(within!(self, of.update_one(filter, update)).matched_count)
    }

    /// Changes the first document in an order, and gives it as it is then.
    pub(super) async fn change<D: Kept>(
        &mut self,
        of: &Collection<D>,
        filter: Document,
        update: Document,
        order: Document,
    ) -> Outcome<Option<D>> {
        let change = of.find_one_and_update(filter, update).sort(order).return_document(ReturnDocument::After);
        Ok(within!(self, change))
    }

    /// Changes one document, or makes it of the filter's fields and the update's.
    pub(super) async fn upsert<D: Kept>(
        &mut self,
        of: &Collection<D>,
        filter: Document,
        update: Document,
    ) -> Outcome<()> {
        self.upsert_found(of, filter, update).await.map(drop)
    }

    /// The same; whether the filter found one.
    pub(super) async fn upsert_found<D: Kept>(
        &mut self,
        of: &Collection<D>,
        filter: Document,
        update: Document,
    ) -> Outcome<bool> {
        Ok(within!(self, of.update_one(filter, update).upsert(true)).matched_count > 0)
    }

    pub(super) async fn update_all<D: Kept>(
        &mut self,
        of: &Collection<D>,
        filter: Document,
        update: Document,
    ) -> Outcome<u64> {
        Ok(within!(self, of.update_many(filter, update)).matched_count)
    }

    /// Takes out what the filter finds. How many it were.
    pub(super) async fn delete<D: Kept>(&mut self, of: &Collection<D>, filter: Document) -> Outcome<u64> {
        Ok(within!(self, of.delete_many(filter)).deleted_count)
    }

    /// Many updates at once (statements of the command `update`): the driver has no such call for servers before 8.0.
    pub(super) async fn update_each(
        &mut self,
        database: &Database,
        collection: &str,
        statements: &[Document],
    ) -> Outcome<()> {
        for batch in statements.chunks(BATCH) {
            let answer = within!(self, database.run_command(doc! { "update": collection, "updates": batch.to_vec() }));
            let answer: Updated = mongodb::bson::deserialize_from_document(answer)?;
            if let Some(error) = answer.write_errors.first() {
                return Err(Failure::Statement(error.code));
            }
        }
        Ok(())
    }
}

/// The server's answer to `update`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Updated {
    #[serde(default)]
    write_errors: Vec<StatementError>,
}

#[derive(Deserialize)]
struct StatementError {
    code: i32,
}
