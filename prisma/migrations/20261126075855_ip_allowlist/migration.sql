-- Why: an organization may be reached from listed addresses only, and every process has to know the list without a query.
-- How: settings, entries, and who came from elsewhere. Triggers tell AccessChange of entries as they do of roles; a statement
-- that touches thousands of them tells only that the list is to be read anew, since reading it once is cheaper than
-- following each row. A change that waits to be confirmed marks the rows it touches, so that taking it back needs no copy.
-- Locks: new tables only; CREATE INDEX on them waits for nobody.

-- CreateTable
CREATE TABLE "Allowlist" (
    "organizationId" TEXT NOT NULL,
    "mode" TEXT NOT NULL DEFAULT 'off',
    "coversData" BOOLEAN NOT NULL DEFAULT false,
    "revertAt" TIMESTAMPTZ(3),
    "revertMode" TEXT,
    "revertCoversData" BOOLEAN,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedByName" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "Allowlist_pkey" PRIMARY KEY ("organizationId")
);

-- CreateTable
CREATE TABLE "AllowlistEntry" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "cidr" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "surfaces" TEXT[],
    "expiresAt" TIMESTAMPTZ(3),
    "pending" TEXT,
    "previous" JSONB,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AllowlistEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AllowlistSighting" (
    "organizationId" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "reported" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "untold" INTEGER NOT NULL DEFAULT 0,
    "toldAt" TIMESTAMPTZ(3),
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "actorType" TEXT NOT NULL DEFAULT '',
    "actorId" TEXT NOT NULL DEFAULT '',
    "actorName" TEXT NOT NULL DEFAULT '',
    "credentialId" TEXT,

    CONSTRAINT "AllowlistSighting_pkey" PRIMARY KEY ("organizationId","address","surface")
);

-- CreateIndex
CREATE UNIQUE INDEX "AllowlistEntry_organizationId_id_key" ON "AllowlistEntry"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AllowlistEntry_organizationId_cidr_key" ON "AllowlistEntry"("organizationId", "cidr");

-- CreateIndex
CREATE INDEX "AllowlistSighting_organizationId_lastAt_idx" ON "AllowlistSighting"("organizationId", "lastAt");

-- CreateIndex
CREATE INDEX "AllowlistSighting_lastAt_idx" ON "AllowlistSighting"("lastAt");

-- AddForeignKey
ALTER TABLE "Allowlist" ADD CONSTRAINT "Allowlist_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AllowlistEntry" ADD CONSTRAINT "AllowlistEntry_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AllowlistSighting" ADD CONSTRAINT "AllowlistSighting_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Constraints speak: what is none of these words was written by something else than Gatehouse.
ALTER TABLE "Allowlist" ADD CONSTRAINT "Allowlist_mode_check" CHECK ("mode" IN ('off', 'report', 'enforced') AND "revertMode" IN ('off', 'report', 'enforced'));
ALTER TABLE "Allowlist" ADD CONSTRAINT "Allowlist_revert_check" CHECK (num_nonnulls("revertAt", "revertMode", "revertCoversData") IN (0, 3));
ALTER TABLE "AllowlistEntry" ADD CONSTRAINT "AllowlistEntry_surfaces_check" CHECK (coalesce(cardinality("surfaces"), 0) > 0 AND "surfaces" <@ ARRAY['console', 'api', 'data']);
ALTER TABLE "AllowlistEntry" ADD CONSTRAINT "AllowlistEntry_pending_check" CHECK ("pending" IN ('added', 'changed', 'removed') AND ("pending" = 'changed') = ("previous" IS NOT NULL) OR "pending" IS NULL AND "previous" IS NULL);

-- Finds what covers an address or a range, and what overlaps it. The cast refuses what is no address.
CREATE INDEX "AllowlistEntry_range_idx" ON "AllowlistEntry" USING GIST (("cidr"::inet) inet_ops);
CREATE INDEX "AllowlistEntry_pending_idx" ON "AllowlistEntry" ("organizationId") WHERE "pending" IS NOT NULL;
CREATE INDEX "AllowlistSighting_untold_idx" ON "AllowlistSighting" ("organizationId", "address") WHERE "untold" > 0;

-- What every process follows of an entry.
CREATE FUNCTION allowlist_row(whole jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('id', whole->'id', 'cidr', whole->'cidr', 'surfaces', whole->'surfaces', 'expiresAt', whole->'expiresAt',
    'pending', whole->'pending', 'previous', whole->'previous')
$$;

CREATE FUNCTION allowlist_entries_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE each record;
BEGIN
  FOR each IN SELECT changed."organizationId" AS org, count(*) AS size FROM changed GROUP BY 1 ORDER BY 1 LOOP
    IF each.size > 1000 THEN
      PERFORM access_note(each.org, 'AllowlistAnew', TG_OP, ARRAY[jsonb_build_object('entries', each.size)]);
    ELSE
      PERFORM access_note(each.org, 'AllowlistEntry', TG_OP,
        (SELECT array_agg(allowlist_row(to_jsonb(changed))) FROM changed WHERE changed."organizationId" = each.org));
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE TRIGGER access_allowlistentry_inserted AFTER INSERT ON "AllowlistEntry" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION allowlist_entries_changed();
CREATE TRIGGER access_allowlistentry_deleted AFTER DELETE ON "AllowlistEntry" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION allowlist_entries_changed();
CREATE TRIGGER access_allowlistentry_updated AFTER UPDATE ON "AllowlistEntry" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION allowlist_entries_changed();
CREATE TRIGGER access_allowlist_inserted AFTER INSERT ON "Allowlist" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_allowlist_deleted AFTER DELETE ON "Allowlist" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_allowlist_updated AFTER UPDATE ON "Allowlist" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
