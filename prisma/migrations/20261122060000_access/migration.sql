-- Why: groups, service accounts and policies become principals and rules of access, and every process keeps an
-- index of it in memory that follows what changes here.
-- How: assignments name exactly one of three principals; triggers count a version of the organization up, write
-- what changed and notify. No code path can forget it.
-- Locks: ALTER TABLE takes ACCESS EXCLUSIVE for a moment; no table is rewritten.

-- AlterTable
ALTER TABLE "Role" ADD COLUMN     "resourceIds" TEXT[];

-- AlterTable
ALTER TABLE "RoleAssignment" ADD COLUMN     "groupId" TEXT,
ADD COLUMN     "serviceAccountId" TEXT,
ALTER COLUMN "membershipId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "accessVersion" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "externalId" TEXT;

-- CreateTable
CREATE TABLE "Group" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "resourceId" TEXT,
    "isAdmin" BOOLEAN NOT NULL DEFAULT false,
    "externalId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupMember" (
    "organizationId" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "membershipId" TEXT NOT NULL,
    "addedByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GroupMember_pkey" PRIMARY KEY ("groupId","membershipId")
);

-- CreateTable
CREATE TABLE "ServiceAccount" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "isSuspended" BOOLEAN NOT NULL DEFAULT false,
    "externalId" TEXT,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ServiceAccount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Policy" (
    "organizationId" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "savedByName" TEXT NOT NULL DEFAULT '',
    "savedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Policy_pkey" PRIMARY KEY ("organizationId","ownerId")
);

-- CreateTable
CREATE TABLE "PolicyVersion" (
    "organizationId" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "savedByName" TEXT NOT NULL DEFAULT '',
    "savedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PolicyVersion_pkey" PRIMARY KEY ("organizationId","ownerId","version")
);

-- CreateTable
CREATE TABLE "PolicyTest" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "principalId" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "resourceType" TEXT NOT NULL,
    "resourceId" TEXT NOT NULL,
    "isAllowed" BOOLEAN NOT NULL,

    CONSTRAINT "PolicyTest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessModelVersion" (
    "organizationId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "savedByName" TEXT NOT NULL DEFAULT '',
    "savedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AccessModelVersion_pkey" PRIMARY KEY ("organizationId","version")
);

-- CreateTable
CREATE TABLE "AccessChange" (
    "organizationId" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "row" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AccessChange_pkey" PRIMARY KEY ("organizationId","version","ordinal")
);

-- CreateIndex
CREATE INDEX "Group_organizationId_name_idx" ON "Group"("organizationId", "name");

-- CreateIndex
CREATE INDEX "Group_organizationId_resourceId_idx" ON "Group"("organizationId", "resourceId");

-- CreateIndex
CREATE UNIQUE INDEX "Group_organizationId_id_key" ON "Group"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Group_organizationId_externalId_key" ON "Group"("organizationId", "externalId");

-- CreateIndex
CREATE INDEX "GroupMember_organizationId_membershipId_idx" ON "GroupMember"("organizationId", "membershipId");

-- CreateIndex
CREATE UNIQUE INDEX "ServiceAccount_organizationId_id_key" ON "ServiceAccount"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ServiceAccount_organizationId_name_key" ON "ServiceAccount"("organizationId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "ServiceAccount_organizationId_externalId_key" ON "ServiceAccount"("organizationId", "externalId");

-- CreateIndex
CREATE INDEX "PolicyTest_organizationId_ownerId_idx" ON "PolicyTest"("organizationId", "ownerId");

-- CreateIndex
CREATE INDEX "AccessChange_createdAt_idx" ON "AccessChange"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "RoleAssignment_organizationId_groupId_roleId_scopeId_key" ON "RoleAssignment"("organizationId", "groupId", "roleId", "scopeId");

-- CreateIndex
CREATE UNIQUE INDEX "RoleAssignment_organizationId_serviceAccountId_roleId_scope_key" ON "RoleAssignment"("organizationId", "serviceAccountId", "roleId", "scopeId");

-- CreateIndex
CREATE UNIQUE INDEX "Membership_organizationId_externalId_key" ON "Membership"("organizationId", "externalId");

-- AddForeignKey
ALTER TABLE "RoleAssignment" ADD CONSTRAINT "RoleAssignment_organizationId_groupId_fkey" FOREIGN KEY ("organizationId", "groupId") REFERENCES "Group"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleAssignment" ADD CONSTRAINT "RoleAssignment_organizationId_serviceAccountId_fkey" FOREIGN KEY ("organizationId", "serviceAccountId") REFERENCES "ServiceAccount"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Group" ADD CONSTRAINT "Group_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Group" ADD CONSTRAINT "Group_organizationId_resourceId_fkey" FOREIGN KEY ("organizationId", "resourceId") REFERENCES "Resource"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_organizationId_groupId_fkey" FOREIGN KEY ("organizationId", "groupId") REFERENCES "Group"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_organizationId_membershipId_fkey" FOREIGN KEY ("organizationId", "membershipId") REFERENCES "Membership"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ServiceAccount" ADD CONSTRAINT "ServiceAccount_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Policy" ADD CONSTRAINT "Policy_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PolicyVersion" ADD CONSTRAINT "PolicyVersion_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PolicyTest" ADD CONSTRAINT "PolicyTest_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessModelVersion" ADD CONSTRAINT "AccessModelVersion_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "RoleAssignment" ADD CONSTRAINT "RoleAssignment_principal_check"
  CHECK (num_nonnulls("membershipId", "groupId", "serviceAccountId") = 1);

-- Two groups "Ops" and "ops" of one resource are one group to a reader.
CREATE UNIQUE INDEX "Group_organizationId_resourceId_lower_name_key"
  ON "Group" ("organizationId", coalesce("resourceId", ''), lower("name"));
CREATE UNIQUE INDEX "Role_organizationId_lower_title_key" ON "Role" ("organizationId", lower("title"));

-- One version a statement and organization: the organization's row is locked until commit, so versions are
-- committed in their order.
CREATE FUNCTION access_note(org text, kind text, operation text, changed jsonb[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE next bigint;
BEGIN
  UPDATE "Organization" SET "accessVersion" = "accessVersion" + 1 WHERE "id" = org RETURNING "accessVersion" INTO next;
  IF next IS NULL THEN RETURN; END IF;
  INSERT INTO "AccessChange" ("organizationId", "version", "kind", "operation", "row")
    SELECT org, next, kind, operation, each FROM unnest(changed) AS each;
  PERFORM pg_notify('gatehouse_access', org || ':' || next);
END $$;

-- Only what the index needs of a membership; addresses and names stay where they are.
CREATE FUNCTION access_row(kind text, whole jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE kind
    WHEN 'Membership' THEN jsonb_build_object('id', whole->'id', 'status', whole->'status', 'email', whole->'email', 'externalId', whole->'externalId')
    ELSE whole
  END
$$;

CREATE FUNCTION access_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE each record;
BEGIN
  FOR each IN
    SELECT changed."organizationId" AS org, array_agg(access_row(TG_TABLE_NAME, to_jsonb(changed))) AS rows
    FROM changed GROUP BY 1 ORDER BY 1
  LOOP
    PERFORM access_note(each.org, TG_TABLE_NAME, TG_OP, each.rows);
  END LOOP;
  RETURN NULL;
END $$;

-- A membership is touched at every visit (last seen); only what decides counts.
CREATE FUNCTION access_membership_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM access_note(NEW."organizationId", 'Membership', 'UPDATE', ARRAY[access_row('Membership', to_jsonb(NEW))]);
  RETURN NULL;
END $$;

CREATE FUNCTION access_model_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM access_note(NEW."id", 'Organization', 'UPDATE', ARRAY[jsonb_build_object('id', NEW."id", 'accessModel', NEW."accessModel")]);
  RETURN NULL;
END $$;

CREATE TRIGGER access_membership_inserted AFTER INSERT ON "Membership" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_membership_deleted AFTER DELETE ON "Membership" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_membership_updated AFTER UPDATE OF "status", "email", "externalId" ON "Membership" FOR EACH ROW
  WHEN (OLD."status" IS DISTINCT FROM NEW."status" OR OLD."email" IS DISTINCT FROM NEW."email" OR OLD."externalId" IS DISTINCT FROM NEW."externalId")
  EXECUTE FUNCTION access_membership_updated();
CREATE TRIGGER access_role_inserted AFTER INSERT ON "Role" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_role_deleted AFTER DELETE ON "Role" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_role_updated AFTER UPDATE ON "Role" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_resource_inserted AFTER INSERT ON "Resource" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_resource_deleted AFTER DELETE ON "Resource" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_resource_updated AFTER UPDATE ON "Resource" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_roleassignment_inserted AFTER INSERT ON "RoleAssignment" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_roleassignment_deleted AFTER DELETE ON "RoleAssignment" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_roleassignment_updated AFTER UPDATE ON "RoleAssignment" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_group_inserted AFTER INSERT ON "Group" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_group_deleted AFTER DELETE ON "Group" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_group_updated AFTER UPDATE ON "Group" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_groupmember_inserted AFTER INSERT ON "GroupMember" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_groupmember_deleted AFTER DELETE ON "GroupMember" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_groupmember_updated AFTER UPDATE ON "GroupMember" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_serviceaccount_inserted AFTER INSERT ON "ServiceAccount" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_serviceaccount_deleted AFTER DELETE ON "ServiceAccount" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_serviceaccount_updated AFTER UPDATE ON "ServiceAccount" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_policy_inserted AFTER INSERT ON "Policy" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_policy_deleted AFTER DELETE ON "Policy" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_policy_updated AFTER UPDATE ON "Policy" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_accessmodelversion_inserted AFTER INSERT ON "AccessModelVersion" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_accessmodelversion_deleted AFTER DELETE ON "AccessModelVersion" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_accessmodelversion_updated AFTER UPDATE ON "AccessModelVersion" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_organization_updated AFTER UPDATE OF "accessModel" ON "Organization" FOR EACH ROW
  WHEN (OLD."accessModel" IS DISTINCT FROM NEW."accessModel") EXECUTE FUNCTION access_model_changed();
