-- With a million waiting for a dead endpoint, a vacuum after every 5,000 rows would read all indexes of the queue all the
-- time. Dead rows may be a tenth of it: what is read skips them (the low bound of a lane).
ALTER TABLE delivery_queue SET (autovacuum_vacuum_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.1);
