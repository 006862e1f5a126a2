-- Why: service accounts get keys, application tokens are principals of their own, keys can be narrowed, rotated and
-- suspended, outside issuers can be trusted, and an organization says what it demands of credentials.
-- How: keys of members and of service accounts share one table with exactly one owner, so that a person's key can be
-- handed over and goes on working. Narrowing to a role or scope has no foreign key: were it set to null when the role
-- goes, the key would be widened; were it restricted, a forgotten key would keep the role. A role that is gone allows nothing.
-- Locks: ALTER TABLE takes ACCESS EXCLUSIVE on "ApiKey" for a moment (no rewrite: defaults are constant), its CHECK
-- reads the table once, and CREATE INDEX holds up writes of keys meanwhile.

-- DropIndex
DROP INDEX "ApiKey_organizationId_membershipId_idx";

-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "addresses" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "createdByName" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "purpose" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "remindedDays" INTEGER,
ADD COLUMN     "resumedAt" TIMESTAMPTZ(3),
ADD COLUMN     "revokedReason" TEXT,
ADD COLUMN     "roleId" TEXT,
ADD COLUMN     "rotatedFromId" TEXT,
ADD COLUMN     "scopeId" TEXT,
ADD COLUMN     "secretKind" TEXT NOT NULL DEFAULT 'key',
ADD COLUMN     "serviceAccountId" TEXT,
ADD COLUMN     "suspendedAt" TIMESTAMPTZ(3),
ADD COLUMN     "suspendedReason" TEXT,
ADD COLUMN     "tokensValidFrom" TIMESTAMPTZ(3),
ALTER COLUMN "membershipId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "ApplicationToken" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "publicId" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "status" "CredentialStatus" NOT NULL DEFAULT 'active',
    "roleId" TEXT NOT NULL,
    "scopeId" TEXT NOT NULL,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),
    "suspendedAt" TIMESTAMPTZ(3),
    "suspendedReason" TEXT,
    "resumedAt" TIMESTAMPTZ(3),
    "rotatedFromId" TEXT,
    "tokensValidFrom" TIMESTAMPTZ(3),
    "remindedDays" INTEGER,
    "lastUsedAt" TIMESTAMPTZ(3),
    "lastUsedAddress" TEXT,

    CONSTRAINT "ApplicationToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TrustedIssuer" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "serviceAccountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "conditions" JSONB NOT NULL DEFAULT '[]',
    "status" "CredentialStatus" NOT NULL DEFAULT 'active',
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tokensValidFrom" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "lastUsedAddress" TEXT,

    CONSTRAINT "TrustedIssuer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CredentialPolicy" (
    "organizationId" TEXT NOT NULL,
    "maxLifetimeDays" INTEGER,
    "defaultLifetimeDays" INTEGER,
    "reminderDays" INTEGER[] DEFAULT ARRAY[14, 3]::INTEGER[],
    "suspendUnusedDays" INTEGER,
    "apiKeyMakers" TEXT NOT NULL DEFAULT 'holders',
    "serviceAccountKeyMakers" TEXT NOT NULL DEFAULT 'holders',
    "tokenMakers" TEXT NOT NULL DEFAULT 'holders',
    "onLeak" TEXT NOT NULL DEFAULT 'revoke',
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedByName" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "CredentialPolicy_pkey" PRIMARY KEY ("organizationId")
);

-- CreateIndex
CREATE UNIQUE INDEX "ApplicationToken_publicId_key" ON "ApplicationToken"("publicId");

-- CreateIndex
CREATE UNIQUE INDEX "ApplicationToken_rotatedFromId_key" ON "ApplicationToken"("rotatedFromId");

-- CreateIndex
CREATE INDEX "ApplicationToken_organizationId_roleId_idx" ON "ApplicationToken"("organizationId", "roleId");

-- CreateIndex
CREATE INDEX "ApplicationToken_organizationId_scopeId_idx" ON "ApplicationToken"("organizationId", "scopeId");

-- CreateIndex
CREATE INDEX "ApplicationToken_organizationId_expiresAt_idx" ON "ApplicationToken"("organizationId", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "ApplicationToken_organizationId_id_key" ON "ApplicationToken"("organizationId", "id");

-- CreateIndex
CREATE INDEX "TrustedIssuer_organizationId_serviceAccountId_id_idx" ON "TrustedIssuer"("organizationId", "serviceAccountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "TrustedIssuer_organizationId_id_key" ON "TrustedIssuer"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_rotatedFromId_key" ON "ApiKey"("rotatedFromId");

-- CreateIndex
CREATE INDEX "ApiKey_organizationId_membershipId_id_idx" ON "ApiKey"("organizationId", "membershipId", "id");

-- CreateIndex
CREATE INDEX "ApiKey_organizationId_serviceAccountId_id_idx" ON "ApiKey"("organizationId", "serviceAccountId", "id");

-- CreateIndex
CREATE INDEX "ApiKey_organizationId_expiresAt_idx" ON "ApiKey"("organizationId", "expiresAt");

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_organizationId_serviceAccountId_fkey" FOREIGN KEY ("organizationId", "serviceAccountId") REFERENCES "ServiceAccount"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApplicationToken" ADD CONSTRAINT "ApplicationToken_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApplicationToken" ADD CONSTRAINT "ApplicationToken_organizationId_roleId_fkey" FOREIGN KEY ("organizationId", "roleId") REFERENCES "Role"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApplicationToken" ADD CONSTRAINT "ApplicationToken_organizationId_scopeId_fkey" FOREIGN KEY ("organizationId", "scopeId") REFERENCES "Resource"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrustedIssuer" ADD CONSTRAINT "TrustedIssuer_organizationId_serviceAccountId_fkey" FOREIGN KEY ("organizationId", "serviceAccountId") REFERENCES "ServiceAccount"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CredentialPolicy" ADD CONSTRAINT "CredentialPolicy_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_owner_check" CHECK (num_nonnulls("membershipId", "serviceAccountId") = 1);

-- Lists are searched by name.
CREATE INDEX "ApiKey_name_idx" ON "ApiKey" USING GIN ("organizationId", "name" gin_trgm_ops);

-- What every process follows: never the hash of a secret.
CREATE OR REPLACE FUNCTION access_row(kind text, whole jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE kind
    WHEN 'Membership' THEN jsonb_build_object('id', whole->'id', 'status', whole->'status', 'email', whole->'email', 'externalId', whole->'externalId')
    WHEN 'ApiKey' THEN jsonb_build_object('id', whole->'id', 'publicId', whole->'publicId', 'membershipId', whole->'membershipId',
      'serviceAccountId', whole->'serviceAccountId', 'status', whole->'status', 'expiresAt', whole->'expiresAt', 'roleId', whole->'roleId',
      'scopeId', whole->'scopeId', 'addresses', whole->'addresses', 'tokensValidFrom', whole->'tokensValidFrom')
    WHEN 'ApplicationToken' THEN jsonb_build_object('id', whole->'id', 'publicId', whole->'publicId', 'status', whole->'status',
      'expiresAt', whole->'expiresAt', 'roleId', whole->'roleId', 'scopeId', whole->'scopeId', 'tokensValidFrom', whole->'tokensValidFrom')
    WHEN 'TrustedIssuer' THEN jsonb_build_object('id', whole->'id', 'serviceAccountId', whole->'serviceAccountId', 'status', whole->'status',
      'tokensValidFrom', whole->'tokensValidFrom')
    ELSE whole
  END
$$;

-- Credentials are touched when they are used (last used); only what decides counts. The hash decides too, though it is not told.
DROP TRIGGER access_apikey_updated ON "ApiKey";
DROP FUNCTION access_key_updated();
CREATE FUNCTION access_credential_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF access_row(TG_TABLE_NAME, to_jsonb(OLD)) IS DISTINCT FROM access_row(TG_TABLE_NAME, to_jsonb(NEW))
    OR to_jsonb(OLD)->'secretHash' IS DISTINCT FROM to_jsonb(NEW)->'secretHash' THEN
    PERFORM access_note(NEW."organizationId", TG_TABLE_NAME, 'UPDATE', ARRAY[access_row(TG_TABLE_NAME, to_jsonb(NEW))]);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER access_apikey_updated AFTER UPDATE ON "ApiKey" FOR EACH ROW EXECUTE FUNCTION access_credential_updated();
CREATE TRIGGER access_applicationtoken_inserted AFTER INSERT ON "ApplicationToken" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_applicationtoken_deleted AFTER DELETE ON "ApplicationToken" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_applicationtoken_updated AFTER UPDATE ON "ApplicationToken" FOR EACH ROW EXECUTE FUNCTION access_credential_updated();
CREATE TRIGGER access_trustedissuer_inserted AFTER INSERT ON "TrustedIssuer" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_trustedissuer_deleted AFTER DELETE ON "TrustedIssuer" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION access_changed();
CREATE TRIGGER access_trustedissuer_updated AFTER UPDATE ON "TrustedIssuer" FOR EACH ROW EXECUTE FUNCTION access_credential_updated();
