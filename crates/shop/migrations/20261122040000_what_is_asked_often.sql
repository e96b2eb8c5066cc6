-- What every step of syncing asks for may not cost a walk through all pieces, or through all that was ever said.
CREATE INDEX outbox_refused ON outbox (decided_ms) WHERE status = 'refused';
CREATE INDEX outbox_decided ON outbox (status, decided_ms);
CREATE INDEX products_oversold ON products (on_hand) WHERE on_hand < 0 AND deleted = 0;
