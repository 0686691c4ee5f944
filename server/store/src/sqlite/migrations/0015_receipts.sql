-- The file that proves an expense (JSON, as in domain::expense::Receipt); its bytes are a blob.
ALTER TABLE expenses ADD COLUMN receipt TEXT;
CREATE INDEX expenses_by_file ON expenses (receipt ->> 'fileId') WHERE receipt IS NOT NULL;
CREATE INDEX expenses_by_blob ON expenses (receipt ->> 'sha256') WHERE receipt IS NOT NULL;
CREATE INDEX expenses_by_receipt ON expenses (user_id, receipt ->> 'fileId') WHERE receipt IS NOT NULL;

-- Blobs that a change of the timeline took away or brought: kept for as long as it can be taken back.
CREATE TABLE kept_blobs (
    sha256   TEXT NOT NULL,
    activity BLOB NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
    until    INTEGER NOT NULL,
    PRIMARY KEY (sha256, activity)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_blobs_by_activity ON kept_blobs (activity);
