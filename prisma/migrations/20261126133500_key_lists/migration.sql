-- Why: with 100,000 keys in an organization a page, a search or a filter must cost what it costs with 1,000.
-- How: one column holds what search looks in, kept by triggers as of members (20261122043100): the key's name, and its
-- owner's name and address. Each order of the list has an index over the keys that are not revoked, which is what lists
-- show unless asked otherwise; keys that are few among many (suspended, revoked, narrowed) have one of their own. A key
-- never used sorts before all others, one without end after all others: the indexes hold the two infinities for them.
-- Locks: ALTER TABLE takes ACCESS EXCLUSIVE on "ApiKey" for a moment (no rewrite: the default is constant); the UPDATE
-- rewrites each key once, and CREATE INDEX holds up writes of keys meanwhile.

-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "searchText" TEXT NOT NULL DEFAULT '';

CREATE FUNCTION apikey_derive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."searchText" := lower(NEW."name" || ' ' || coalesce(
    (SELECT m."email" || ' ' || m."name" FROM "Membership" m WHERE m."organizationId" = NEW."organizationId" AND m."id" = NEW."membershipId"),
    (SELECT s."name" FROM "ServiceAccount" s WHERE s."organizationId" = NEW."organizationId" AND s."id" = NEW."serviceAccountId"), ''));
  RETURN NEW;
END $$;
CREATE TRIGGER apikey_derive BEFORE INSERT OR UPDATE OF "name", "membershipId", "serviceAccountId" ON "ApiKey"
  FOR EACH ROW EXECUTE FUNCTION apikey_derive();

-- Naming the column is what makes the trigger above look again.
CREATE FUNCTION membership_copy_to_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ApiKey" SET "name" = "name" WHERE "organizationId" = NEW."organizationId" AND "membershipId" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER membership_copy_to_keys AFTER UPDATE ON "Membership"
  FOR EACH ROW WHEN (OLD."email" IS DISTINCT FROM NEW."email" OR OLD."name" IS DISTINCT FROM NEW."name")
  EXECUTE FUNCTION membership_copy_to_keys();

CREATE FUNCTION serviceaccount_copy_to_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ApiKey" SET "name" = "name" WHERE "organizationId" = NEW."organizationId" AND "serviceAccountId" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER serviceaccount_copy_to_keys AFTER UPDATE ON "ServiceAccount"
  FOR EACH ROW WHEN (OLD."name" IS DISTINCT FROM NEW."name") EXECUTE FUNCTION serviceaccount_copy_to_keys();

UPDATE "ApiKey" SET "name" = "name";

-- Search: any part of those texts, and the beginning of a secret's public part.
DROP INDEX "ApiKey_name_idx";
CREATE INDEX "ApiKey_search_idx" ON "ApiKey" USING GIN ("organizationId", "searchText" gin_trgm_ops);
CREATE INDEX "ApiKey_publicId_prefix_idx" ON "ApiKey" ("organizationId", "publicId" text_pattern_ops);

-- Orders of the list.
CREATE INDEX "ApiKey_by_name_idx" ON "ApiKey" ("organizationId", "name", "id") WHERE "status" <> 'revoked';
CREATE INDEX "ApiKey_by_created_idx" ON "ApiKey" ("organizationId", "createdAt", "id") WHERE "status" <> 'revoked';
CREATE INDEX "ApiKey_by_last_used_idx" ON "ApiKey" ("organizationId", coalesce("lastUsedAt", '-infinity'), "id") WHERE "status" <> 'revoked';
CREATE INDEX "ApiKey_by_expires_idx" ON "ApiKey" ("organizationId", coalesce("expiresAt", 'infinity'), "id") WHERE "status" <> 'revoked';

-- Few among many.
CREATE INDEX "ApiKey_suspended_idx" ON "ApiKey" ("organizationId", "createdAt", "id") WHERE "status" = 'suspended';
CREATE INDEX "ApiKey_revoked_idx" ON "ApiKey" ("organizationId", "createdAt", "id") WHERE "status" = 'revoked';
CREATE INDEX "ApiKey_narrowed_idx" ON "ApiKey" ("organizationId", "createdAt", "id")
  WHERE "status" <> 'revoked' AND ("roleId" IS NOT NULL OR "scopeId" IS NOT NULL OR "addresses" <> '{}');
