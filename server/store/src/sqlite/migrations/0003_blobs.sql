-- The files of bank imports are blobs now. Drafts that are open would have lost theirs: they go, their owners can send
-- the file again.
DELETE FROM import_rows WHERE import_id IN (SELECT id FROM imports WHERE status = 'draft');
DELETE FROM imports WHERE status = 'draft';
DROP TABLE import_files;
-- For asking whether a blob is still needed.
CREATE INDEX imports_by_blob ON imports (details ->> 'sha256') WHERE status = 'draft';
