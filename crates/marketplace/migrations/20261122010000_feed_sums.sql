-- Each record's digest (api::parity; 64 bits, read as a signed number) and the sum of a shop's. -1 in `urgency`: written
-- before there were digests, and completed when the marketplace opens.
ALTER TABLE feed ADD COLUMN digest BIGINT NOT NULL DEFAULT 0;
ALTER TABLE shops ADD COLUMN feed_sum BIGINT NOT NULL DEFAULT 0;

-- Which part of a first reading a record comes in: 0 is what a laptop needs first.
ALTER TABLE feed ADD COLUMN urgency BIGINT NOT NULL DEFAULT -1;
CREATE INDEX feed_by_urgency ON feed (shop_id, urgency, position);

-- Serials that may have been leased between a backup and the day that it was put back: nobody gets them, and a parcel
-- that has one is taken (`marketplace restored`).
CREATE TABLE lost_serials (
    indicator TEXT NOT NULL,
    country TEXT NOT NULL,
    first_serial BIGINT NOT NULL,
    end_serial BIGINT NOT NULL
);
