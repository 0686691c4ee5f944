-- For comparing a bank file with what is there: by the key that a row came with, whatever has been mended in it since.
CREATE INDEX expenses_by_print ON expenses (user_id, dedupe_key, id) WHERE deleted_at IS NULL;
