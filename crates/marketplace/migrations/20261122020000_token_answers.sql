-- Whether the answer that brought a refresh token arrived: its own use, or the first use of the access token that came
-- with it, is the proof. While there is none, the token before it may be used again: the answer got lost.
ALTER TABLE refresh_tokens ADD COLUMN parent_hash TEXT;
ALTER TABLE refresh_tokens ADD COLUMN proven_ms BIGINT;
ALTER TABLE access_tokens ADD COLUMN refresh_hash TEXT;
CREATE INDEX refresh_tokens_by_parent ON refresh_tokens (parent_hash);
