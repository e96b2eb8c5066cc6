-- What the person did to a photo of a piece at the editing table: imaging's look as JSON, with the scores of the
-- pictures made by it. The photo's own pictures stay what `photos` names.
CREATE TABLE photo_looks (
    product_id TEXT NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    hash       TEXT NOT NULL,
    look       TEXT NOT NULL,
    -- What it made: when the piece shows another picture, another laptop has changed it since.
    large      TEXT NOT NULL,
    scores     TEXT NOT NULL,
    PRIMARY KEY (product_id, hash)
) STRICT;

-- Which of the shots it is: front, detail, scale, back, in_use, maker, or ''.
ALTER TABLE product_photos ADD COLUMN shot TEXT NOT NULL DEFAULT '';

-- 64 bits that stay nearly the same when the picture is made smaller, brighter or compressed again. Nothing for
-- photos that came from another laptop or from an earlier version.
ALTER TABLE photos ADD COLUMN likeness INTEGER;

-- What went out today is counted against the day's cap.
CREATE INDEX uploads_sent ON uploads (sent_ms) WHERE sent_ms IS NOT NULL;
