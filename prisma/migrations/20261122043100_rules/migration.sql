-- What Prisma's schema language cannot say: copies kept by triggers, text search, append-only rows.

-- Why: lists of 100,000 members are sorted and searched by address and name, which belong to the account.
-- How: the membership keeps a copy; a trigger on the account renews it in the same transaction.
CREATE FUNCTION membership_derive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."accountId" IS NOT NULL AND (TG_OP = 'INSERT' OR NEW."accountId" IS DISTINCT FROM OLD."accountId") THEN
    SELECT "email", "name" INTO NEW."email", NEW."name" FROM "Account" WHERE "id" = NEW."accountId";
  END IF;
  NEW."sortName" := lower(CASE WHEN NEW."name" = '' THEN NEW."email" ELSE NEW."name" END);
  NEW."searchText" := lower(NEW."email" || ' ' || NEW."name");
  RETURN NEW;
END $$;

CREATE TRIGGER membership_derive BEFORE INSERT OR UPDATE OF "accountId", "email", "name" ON "Membership"
  FOR EACH ROW EXECUTE FUNCTION membership_derive();

CREATE FUNCTION account_copy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Membership" SET "email" = NEW."email", "name" = NEW."name" WHERE "accountId" = NEW."id";
  RETURN NULL;
END $$;

CREATE TRIGGER account_copy AFTER UPDATE OF "email", "name" ON "Account"
  FOR EACH ROW WHEN (OLD."email" IS DISTINCT FROM NEW."email" OR OLD."name" IS DISTINCT FROM NEW."name")
  EXECUTE FUNCTION account_copy();

-- Why: search finds any part of an address or name without reading every row.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE INDEX "Membership_search_idx" ON "Membership" USING GIN ("organizationId", "searchText" gin_trgm_ops);

-- Why: a membership is an invitation without an account, or a member with one; nothing in between.
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_account_check"
  CHECK (("status" = 'invited') = ("accountId" IS NULL));
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_email_lower_check" CHECK ("email" = lower("email"));
ALTER TABLE "Account" ADD CONSTRAINT "Account_email_lower_check" CHECK ("email" = lower("email"));

-- Why: the audit log is append only, for the application's own mistakes too.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditSeal"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Why: writers must not queue for the chain. The event waits here until the sealer takes it, in order, after commit.
CREATE FUNCTION audit_enqueue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "AuditQueue" ("eventId", "organizationId") VALUES (NEW."id", NEW."organizationId");
  RETURN NULL;
END $$;

CREATE TRIGGER audit_enqueue AFTER INSERT ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION audit_enqueue();
