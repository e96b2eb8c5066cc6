-- One text for SQLite and PostgreSQL. Times are UTC milliseconds, yes and no are 1 and 0, states are JSON
-- text; everything that pages or searches need has a column of its own.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- `feed_position` is the shop's lock: it is counted up inside each writing transaction, so that the
-- order of positions is the order of commits.
CREATE TABLE shops (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    operator TEXT NOT NULL,
    currency TEXT NOT NULL,
    country TEXT NOT NULL,
    address TEXT NOT NULL,
    feed_position BIGINT NOT NULL DEFAULT 0,
    orders_taken BIGINT NOT NULL DEFAULT 0,
    created_ms BIGINT NOT NULL
);

CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    shop_id TEXT REFERENCES shops (id),
    office TEXT,
    created_ms BIGINT NOT NULL
);

-- Only hashes of what a browser or a laptop holds are kept.
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL
);

CREATE TABLE laptops (
    shop_id TEXT NOT NULL REFERENCES shops (id),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    signed_in_ms BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL,
    revoked_ms BIGINT,
    PRIMARY KEY (shop_id, id)
);

CREATE TABLE device_grants (
    device_hash TEXT PRIMARY KEY,
    user_code TEXT NOT NULL UNIQUE,
    laptop_id TEXT NOT NULL,
    laptop_name TEXT NOT NULL,
    status TEXT NOT NULL,
    shop_id TEXT,
    expires_ms BIGINT NOT NULL,
    polled_ms BIGINT NOT NULL
);

CREATE TABLE token_families (
    id TEXT PRIMARY KEY,
    shop_id TEXT NOT NULL,
    laptop_id TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    revoked_ms BIGINT
);
CREATE INDEX token_families_of_laptop ON token_families (shop_id, laptop_id);

CREATE TABLE access_tokens (
    token_hash TEXT PRIMARY KEY,
    family_id TEXT NOT NULL REFERENCES token_families (id),
    expires_ms BIGINT NOT NULL
);
CREATE INDEX access_tokens_by_end ON access_tokens (expires_ms);

CREATE TABLE refresh_tokens (
    token_hash TEXT PRIMARY KEY,
    family_id TEXT NOT NULL REFERENCES token_families (id),
    issued_ms BIGINT NOT NULL,
    used_ms BIGINT
);
CREATE INDEX refresh_tokens_of_family ON refresh_tokens (family_id);

-- Every intent that was answered for good; `refused` is the code of a refusal.
CREATE TABLE intents (
    shop_id TEXT NOT NULL,
    id TEXT NOT NULL,
    laptop_id TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    digest TEXT NOT NULL,
    refused TEXT,
    present_kind TEXT,
    present_id TEXT,
    received_ms BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
);
CREATE UNIQUE INDEX intents_by_seq ON intents (shop_id, laptop_id, epoch, seq);

CREATE TABLE feed (
    shop_id TEXT NOT NULL REFERENCES shops (id),
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (shop_id, kind, record_id)
);
CREATE UNIQUE INDEX feed_by_position ON feed (shop_id, position);

CREATE TABLE products (
    id TEXT PRIMARY KEY,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    state TEXT NOT NULL,
    visible BIGINT NOT NULL,
    title TEXT NOT NULL,
    branch TEXT NOT NULL,
    price_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    unique_piece BIGINT NOT NULL,
    on_hand BIGINT NOT NULL DEFAULT 0,
    search_text TEXT NOT NULL,
    shown_ms BIGINT NOT NULL
);
CREATE INDEX products_of_shop ON products (shop_id);
CREATE INDEX products_shown ON products (visible, shown_ms);
CREATE INDEX products_by_branch ON products (visible, branch, shown_ms);

CREATE TABLE movements (
    id TEXT PRIMARY KEY,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    product_id TEXT NOT NULL REFERENCES products (id),
    delta BIGINT NOT NULL,
    order_id TEXT,
    at_ms BIGINT NOT NULL
);
CREATE INDEX movements_of_product ON movements (product_id);

-- `checkout_id` is in the form, so that a form sent twice buys once.
CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    checkout_id TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    placed_ms BIGINT NOT NULL
);
CREATE UNIQUE INDEX orders_by_number ON orders (shop_id, number);
CREATE UNIQUE INDEX orders_of_checkout ON orders (checkout_id, shop_id);

CREATE TABLE order_lines (
    order_id TEXT NOT NULL REFERENCES orders (id),
    product_id TEXT NOT NULL REFERENCES products (id),
    quantity BIGINT NOT NULL,
    PRIMARY KEY (order_id, product_id)
);
CREATE INDEX order_lines_of_product ON order_lines (product_id);

CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    provider TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    at_ms BIGINT NOT NULL
);
CREATE INDEX payments_of_order ON payments (order_id);

CREATE TABLE parcels (
    id TEXT PRIMARY KEY,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    order_id TEXT NOT NULL REFERENCES orders (id),
    s10 TEXT NOT NULL UNIQUE,
    drop_off_id TEXT,
    state TEXT NOT NULL
);
CREATE INDEX parcels_of_order ON parcels (order_id);
CREATE INDEX parcels_of_drop_off ON parcels (drop_off_id);

CREATE TABLE drop_offs (
    id TEXT PRIMARY KEY,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    number TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    state TEXT NOT NULL
);

-- What clerks decided, for the list of the day.
CREATE TABLE counter_entries (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    parcel_id TEXT NOT NULL REFERENCES parcels (id),
    s10 TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_ms BIGINT NOT NULL
);
CREATE INDEX counter_entries_of_office ON counter_entries (office, at_ms);

-- Serial numbers given out so far of one indicator and country, counted from a random origin.
CREATE TABLE serials (
    indicator TEXT NOT NULL,
    country TEXT NOT NULL,
    origin BIGINT NOT NULL,
    used BIGINT NOT NULL,
    PRIMARY KEY (indicator, country)
);

CREATE TABLE leases (
    id TEXT PRIMARY KEY,
    shop_id TEXT NOT NULL REFERENCES shops (id),
    laptop_id TEXT NOT NULL,
    indicator TEXT NOT NULL,
    country TEXT NOT NULL,
    first_serial BIGINT NOT NULL,
    end_serial BIGINT NOT NULL,
    issued_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL
);
CREATE INDEX leases_of_laptop ON leases (shop_id, laptop_id);

CREATE TABLE photos (
    hash TEXT PRIMARY KEY,
    bytes BIGINT NOT NULL,
    completed_ms BIGINT NOT NULL
);

-- Chunks are kept by shop until the whole is known to be what its name says.
CREATE TABLE uploads (
    shop_id TEXT NOT NULL REFERENCES shops (id),
    hash TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    started_ms BIGINT NOT NULL,
    PRIMARY KEY (shop_id, hash)
);

CREATE TABLE upload_chunks (
    shop_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (shop_id, hash, n)
);

CREATE TABLE basket_lines (
    visitor TEXT NOT NULL,
    product_id TEXT NOT NULL REFERENCES products (id),
    quantity BIGINT NOT NULL,
    added_ms BIGINT NOT NULL,
    PRIMARY KEY (visitor, product_id)
);
CREATE INDEX basket_lines_by_age ON basket_lines (added_ms);
