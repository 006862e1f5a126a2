-- Why: decisions are answered without a query, so every process must know which API keys are good, and a key that is
-- revoked or suspended must stop within the same time as any other change of access.
-- How: changes of keys are written to AccessChange like those of roles. The hash of the secret is never copied there:
-- a process checks a secret against the key's own row once, and again after any change of that row.
-- Locks: CREATE TRIGGER takes SHARE ROW EXCLUSIVE for a moment; no table is rewritten.

CREATE OR REPLACE FUNCTION access_row(kind text, whole jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE kind
    WHEN 'Membership' THEN jsonb_build_object('id', whole->'id', 'status', whole->'status', 'email', whole->'email', 'externalId', whole->'externalId')
    WHEN 'ApiKey' THEN jsonb_build_object('id', whole->'id', 'publicId', whole->'publicId', 'membershipId', whole->'membershipId', 'status', whole->'status', 'expiresAt', whole->'expiresAt')
    ELSE whole
  END
$$;

-- A key is touched when it is used (last used); only what decides counts.
CREATE FUNCTION access_key_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM access_note(NEW."organizationId", 'ApiKey', 'UPDATE', ARRAY[access_row('ApiKey', to_jsonb(NEW))]);
  RETURN NULL;
END $$;

CREATE TRIGGER access_apikey_inserted AFTER INSERT ON "ApiKey" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_apikey_deleted AFTER DELETE ON "ApiKey" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_apikey_updated AFTER UPDATE ON "ApiKey" FOR EACH ROW
  WHEN (OLD."status" IS DISTINCT FROM NEW."status" OR OLD."expiresAt" IS DISTINCT FROM NEW."expiresAt" OR OLD."secretHash" IS DISTINCT FROM NEW."secretHash"
    OR OLD."publicId" IS DISTINCT FROM NEW."publicId" OR OLD."membershipId" IS DISTINCT FROM NEW."membershipId")
  EXECUTE FUNCTION access_key_updated();
