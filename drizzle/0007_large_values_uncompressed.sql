-- Postgres compresses values beyond 2 kB by pglz, which takes milliseconds for a body of 40 kB: more than everything else
-- that happens to it. Where the server has lz4 it takes that; where not, what is large is stored as it is.
DO $$
BEGIN
	ALTER TABLE domain_events ALTER COLUMN data SET COMPRESSION lz4;
	ALTER TABLE delivery_attempts ALTER COLUMN response_body SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
	ALTER TABLE domain_events ALTER COLUMN data SET STORAGE EXTERNAL;
	ALTER TABLE delivery_attempts ALTER COLUMN response_body SET STORAGE EXTERNAL;
END
$$;
