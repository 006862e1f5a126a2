-- Why: directories (Okta, Entra) bring people and groups over SCIM, with tokens of their own. What they decide about must be
--   marked, so that nobody changes it here only to see it changed back, and so that a token reaches nothing else.
-- How: a directory outlives its tokens; memberships and groups name the directory that decides about them, roles the
--   mapping they came from. What SCIM shows of a person beyond the account is kept with the membership.
-- Locks: ALTER TABLE takes ACCESS EXCLUSIVE on "RoleAssignment", "Group" and "Membership" for a moment (constant defaults,
--   no rewrite); the new check reads "Membership" once; CREATE INDEX takes SHARE: writes wait, reads do not.

-- AlterTable
ALTER TABLE "RoleAssignment" ADD COLUMN     "mappingId" TEXT;

-- AlterTable
ALTER TABLE "Group" ADD COLUMN     "directoryId" TEXT,
ADD COLUMN     "modifiedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "profile" JSONB,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "directoryId" TEXT,
ADD COLUMN     "modifiedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "profile" JSONB,
ADD COLUMN     "userName" TEXT;

-- CreateTable
CREATE TABLE "Directory" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'other',
    "leaverKeys" TEXT NOT NULL DEFAULT 'revoke',
    "handoverToId" TEXT,
    "sendsInvitations" BOOLEAN NOT NULL DEFAULT true,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastRequestAt" TIMESTAMPTZ(3),
    "lastChangeAt" TIMESTAMPTZ(3),

    CONSTRAINT "Directory_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScimToken" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "directoryId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "publicId" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),
    "rotatedFromId" TEXT,
    "lastUsedAt" TIMESTAMPTZ(3),
    "lastUsedAddress" TEXT,

    CONSTRAINT "ScimToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProvisioningMapping" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "directoryId" TEXT NOT NULL,
    "matchBy" TEXT NOT NULL DEFAULT 'name',
    "value" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,
    "scopeId" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProvisioningMapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProvisioningRequest" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "directoryId" TEXT NOT NULL,
    "tokenId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "scimType" TEXT,
    "detail" TEXT NOT NULL DEFAULT '',
    "request" JSONB,
    "answer" JSONB,
    "milliseconds" INTEGER NOT NULL DEFAULT 0,
    "requestId" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "ProvisioningRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Directory_organizationId_id_key" ON "Directory"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ScimToken_publicId_key" ON "ScimToken"("publicId");

-- CreateIndex
CREATE UNIQUE INDEX "ScimToken_rotatedFromId_key" ON "ScimToken"("rotatedFromId");

-- CreateIndex
CREATE INDEX "ScimToken_organizationId_directoryId_id_idx" ON "ScimToken"("organizationId", "directoryId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ScimToken_organizationId_id_key" ON "ScimToken"("organizationId", "id");

-- CreateIndex
CREATE INDEX "ProvisioningMapping_organizationId_directoryId_priority_idx" ON "ProvisioningMapping"("organizationId", "directoryId", "priority");

-- CreateIndex
CREATE INDEX "ProvisioningMapping_organizationId_roleId_idx" ON "ProvisioningMapping"("organizationId", "roleId");

-- CreateIndex
CREATE INDEX "ProvisioningMapping_organizationId_scopeId_idx" ON "ProvisioningMapping"("organizationId", "scopeId");

-- CreateIndex
CREATE UNIQUE INDEX "ProvisioningMapping_organizationId_id_key" ON "ProvisioningMapping"("organizationId", "id");

-- CreateIndex
CREATE INDEX "ProvisioningRequest_organizationId_directoryId_id_idx" ON "ProvisioningRequest"("organizationId", "directoryId", "id");

-- CreateIndex
CREATE INDEX "RoleAssignment_organizationId_mappingId_idx" ON "RoleAssignment"("organizationId", "mappingId");

-- CreateIndex
CREATE INDEX "Group_organizationId_directoryId_idx" ON "Group"("organizationId", "directoryId");

-- CreateIndex
CREATE INDEX "Membership_organizationId_directoryId_idx" ON "Membership"("organizationId", "directoryId");

-- AddForeignKey
ALTER TABLE "RoleAssignment" ADD CONSTRAINT "RoleAssignment_organizationId_mappingId_fkey" FOREIGN KEY ("organizationId", "mappingId") REFERENCES "ProvisioningMapping"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Group" ADD CONSTRAINT "Group_organizationId_directoryId_fkey" FOREIGN KEY ("organizationId", "directoryId") REFERENCES "Directory"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_organizationId_directoryId_fkey" FOREIGN KEY ("organizationId", "directoryId") REFERENCES "Directory"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Directory" ADD CONSTRAINT "Directory_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScimToken" ADD CONSTRAINT "ScimToken_organizationId_directoryId_fkey" FOREIGN KEY ("organizationId", "directoryId") REFERENCES "Directory"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProvisioningMapping" ADD CONSTRAINT "ProvisioningMapping_organizationId_directoryId_fkey" FOREIGN KEY ("organizationId", "directoryId") REFERENCES "Directory"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProvisioningMapping" ADD CONSTRAINT "ProvisioningMapping_organizationId_roleId_fkey" FOREIGN KEY ("organizationId", "roleId") REFERENCES "Role"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProvisioningMapping" ADD CONSTRAINT "ProvisioningMapping_organizationId_scopeId_fkey" FOREIGN KEY ("organizationId", "scopeId") REFERENCES "Resource"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProvisioningRequest" ADD CONSTRAINT "ProvisioningRequest_organizationId_directoryId_fkey" FOREIGN KEY ("organizationId", "directoryId") REFERENCES "Directory"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A person is found by what the directory calls them, whatever the case; without such a name the address is theirs.
CREATE INDEX "Membership_organizationId_scim_name_idx" ON "Membership" ("organizationId", lower(coalesce("userName", "email")));
CREATE UNIQUE INDEX "Membership_organizationId_lower_userName_key" ON "Membership" ("organizationId", lower("userName")) WHERE "userName" IS NOT NULL;
-- SCIM lists page in the order of ids.
CREATE INDEX "Group_organizationId_lower_name_idx" ON "Group" ("organizationId", lower("name"));

-- Why: a directory may close the door to somebody who has not come yet.
-- How: suspended without an account; active always has one, invited never.
ALTER TABLE "Membership" DROP CONSTRAINT "Membership_account_check";
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_account_check"
  CHECK (("status" <> 'active' OR "accountId" IS NOT NULL) AND ("status" <> 'invited' OR "accountId" IS NULL));

-- Why: `meta.lastModified` and entity tags tell that something changed, whoever changed it. Visits do not count.
CREATE FUNCTION membership_modified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."modifiedAt" := greatest(now(), OLD."modifiedAt");
  RETURN NEW;
END $$;
CREATE TRIGGER membership_modified BEFORE UPDATE OF "status", "email", "name", "externalId", "userName", "profile", "directoryId" ON "Membership" FOR EACH ROW
  WHEN (OLD."status" IS DISTINCT FROM NEW."status" OR OLD."email" IS DISTINCT FROM NEW."email" OR OLD."name" IS DISTINCT FROM NEW."name"
    OR OLD."externalId" IS DISTINCT FROM NEW."externalId" OR OLD."userName" IS DISTINCT FROM NEW."userName" OR OLD."profile" IS DISTINCT FROM NEW."profile")
  EXECUTE FUNCTION membership_modified();

CREATE FUNCTION group_modified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."modifiedAt" := greatest(now(), OLD."modifiedAt");
  NEW."revision" := OLD."revision" + 1;
  RETURN NEW;
END $$;
CREATE TRIGGER group_modified BEFORE UPDATE OF "name", "externalId", "profile" ON "Group" FOR EACH ROW
  WHEN (OLD."name" IS DISTINCT FROM NEW."name" OR OLD."externalId" IS DISTINCT FROM NEW."externalId" OR OLD."profile" IS DISTINCT FROM NEW."profile")
  EXECUTE FUNCTION group_modified();

-- Who is in a group belongs to what SCIM shows of it. A group that is being deleted has no row left to touch.
CREATE FUNCTION group_members_modified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Group" g SET "revision" = g."revision" + 1, "modifiedAt" = greatest(now(), g."modifiedAt")
    FROM (SELECT DISTINCT "organizationId", "groupId" FROM changed) c WHERE g."organizationId" = c."organizationId" AND g."id" = c."groupId";
  RETURN NULL;
END $$;
CREATE TRIGGER group_members_added AFTER INSERT ON "GroupMember" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION group_members_modified();
CREATE TRIGGER group_members_removed AFTER DELETE ON "GroupMember" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION group_members_modified();

-- What decides of a group does not change when somebody joins it (its members are told by themselves).
DROP TRIGGER access_group_updated ON "Group";
CREATE FUNCTION access_group_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM access_note(NEW."organizationId", 'Group', 'UPDATE', ARRAY[to_jsonb(NEW) - 'profile']);
  RETURN NULL;
END $$;
CREATE TRIGGER access_group_updated AFTER UPDATE OF "name", "resourceId", "isAdmin", "externalId" ON "Group" FOR EACH ROW
  WHEN (OLD."name" IS DISTINCT FROM NEW."name" OR OLD."resourceId" IS DISTINCT FROM NEW."resourceId" OR OLD."isAdmin" IS DISTINCT FROM NEW."isAdmin"
    OR OLD."externalId" IS DISTINCT FROM NEW."externalId")
  EXECUTE FUNCTION access_group_updated();
