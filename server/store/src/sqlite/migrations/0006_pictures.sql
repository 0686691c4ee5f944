-- For asking whether a blob is still somebody's picture.
CREATE INDEX users_by_picture ON users (standing ->> 'avatar');
