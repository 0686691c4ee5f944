-- Something that goes from one budget to another stands in the feeds of both. also_in: the one that it went out of.
ALTER TABLE activity ADD COLUMN also_in BLOB REFERENCES budgets (id) ON DELETE SET NULL;
CREATE INDEX activity_by_other ON activity (also_in, at, id) WHERE also_in IS NOT NULL;
