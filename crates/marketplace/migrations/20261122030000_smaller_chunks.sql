-- Chunks are smaller now: what was half sent is offered again.
DELETE FROM upload_chunks;
DELETE FROM uploads;
