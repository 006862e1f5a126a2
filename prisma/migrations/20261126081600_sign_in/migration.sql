-- Why: people come in through the identity provider of their organization: connections, the domains they may speak for,
-- roles mapped from groups, attempts under way, codes for the day the provider is out of order. A session tells
-- through which connection it was opened, and which one organization it opens.
-- How: new tables; columns without default or with a constant one. A mapped assignment is marked in a table of its own,
-- so that the triggers which tell the index of assignments stay as they are. Names of connections are unique without regard to case.
-- Locks: ALTER TABLE takes ACCESS EXCLUSIVE on "Session" and "Organization" for a moment, no row is rewritten; the index on
-- "Session" holds up writing to it while it is built; the foreign keys take SHARE ROW EXCLUSIVE on the tables they point at.

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "connectionId" TEXT,
ADD COLUMN     "organizationId" TEXT;

-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "autoprovisionRoleId" TEXT,
ADD COLUMN     "isAutoprovisioned" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "isSsoOnly" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "SsoConnection" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "settings" JSONB NOT NULL DEFAULT '{}',
    "clientSecret" TEXT,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "allowedDomains" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "isIdpInitiated" BOOLEAN NOT NULL DEFAULT false,
    "testedAt" TIMESTAMPTZ(3),
    "testedById" TEXT,
    "testedByName" TEXT NOT NULL DEFAULT '',
    "testedSessionId" TEXT,
    "isTestedAsSelf" BOOLEAN NOT NULL DEFAULT false,
    "testResult" JSONB,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSignInAt" TIMESTAMPTZ(3),

    CONSTRAINT "SsoConnection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VerifiedDomain" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "verifiedAt" TIMESTAMPTZ(3),
    "checkedAt" TIMESTAMPTZ(3),
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "VerifiedDomain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupMapping" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,
    "scopeId" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GroupMapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MappedAssignment" (
    "organizationId" TEXT NOT NULL,
    "assignmentId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,

    CONSTRAINT "MappedAssignment_pkey" PRIMARY KEY ("organizationId","assignmentId")
);

-- CreateTable
CREATE TABLE "ConnectionIdentity" (
    "organizationId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "membershipId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSignInAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConnectionIdentity_pkey" PRIMARY KEY ("organizationId","connectionId","subject")
);

-- CreateTable
CREATE TABLE "SignInAttempt" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT,
    "connectionId" TEXT,
    "purpose" TEXT NOT NULL,
    "browserHash" TEXT NOT NULL,
    "sessionId" TEXT,
    "sealed" TEXT NOT NULL DEFAULT '',
    "next" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SignInAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BreakGlassCode" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "membershipId" TEXT NOT NULL,
    "publicId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BreakGlassCode_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SsoConnection_organizationId_id_key" ON "SsoConnection"("organizationId", "id");

-- CreateIndex
CREATE INDEX "VerifiedDomain_domain_idx" ON "VerifiedDomain"("domain");

-- CreateIndex
CREATE UNIQUE INDEX "VerifiedDomain_organizationId_id_key" ON "VerifiedDomain"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "VerifiedDomain_organizationId_domain_key" ON "VerifiedDomain"("organizationId", "domain");

-- CreateIndex
CREATE INDEX "GroupMapping_organizationId_roleId_idx" ON "GroupMapping"("organizationId", "roleId");

-- CreateIndex
CREATE INDEX "GroupMapping_organizationId_scopeId_idx" ON "GroupMapping"("organizationId", "scopeId");

-- CreateIndex
CREATE UNIQUE INDEX "GroupMapping_organizationId_connectionId_group_roleId_scope_key" ON "GroupMapping"("organizationId", "connectionId", "group", "roleId", "scopeId");

-- CreateIndex
CREATE INDEX "MappedAssignment_organizationId_connectionId_idx" ON "MappedAssignment"("organizationId", "connectionId");

-- CreateIndex
CREATE INDEX "ConnectionIdentity_organizationId_membershipId_idx" ON "ConnectionIdentity"("organizationId", "membershipId");

-- CreateIndex
CREATE UNIQUE INDEX "ConnectionIdentity_organizationId_connectionId_membershipId_key" ON "ConnectionIdentity"("organizationId", "connectionId", "membershipId");

-- CreateIndex
CREATE INDEX "SignInAttempt_organizationId_connectionId_idx" ON "SignInAttempt"("organizationId", "connectionId");

-- CreateIndex
CREATE INDEX "SignInAttempt_expiresAt_idx" ON "SignInAttempt"("expiresAt");

-- CreateIndex
CREATE INDEX "BreakGlassCode_organizationId_membershipId_idx" ON "BreakGlassCode"("organizationId", "membershipId");

-- CreateIndex
CREATE UNIQUE INDEX "BreakGlassCode_organizationId_publicId_key" ON "BreakGlassCode"("organizationId", "publicId");

-- CreateIndex
CREATE INDEX "Session_organizationId_connectionId_idx" ON "Session"("organizationId", "connectionId");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_id_autoprovisionRoleId_fkey" FOREIGN KEY ("id", "autoprovisionRoleId") REFERENCES "Role"("organizationId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SsoConnection" ADD CONSTRAINT "SsoConnection_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VerifiedDomain" ADD CONSTRAINT "VerifiedDomain_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupMapping" ADD CONSTRAINT "GroupMapping_organizationId_connectionId_fkey" FOREIGN KEY ("organizationId", "connectionId") REFERENCES "SsoConnection"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupMapping" ADD CONSTRAINT "GroupMapping_organizationId_roleId_fkey" FOREIGN KEY ("organizationId", "roleId") REFERENCES "Role"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupMapping" ADD CONSTRAINT "GroupMapping_organizationId_scopeId_fkey" FOREIGN KEY ("organizationId", "scopeId") REFERENCES "Resource"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MappedAssignment" ADD CONSTRAINT "MappedAssignment_organizationId_assignmentId_fkey" FOREIGN KEY ("organizationId", "assignmentId") REFERENCES "RoleAssignment"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MappedAssignment" ADD CONSTRAINT "MappedAssignment_organizationId_connectionId_fkey" FOREIGN KEY ("organizationId", "connectionId") REFERENCES "SsoConnection"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConnectionIdentity" ADD CONSTRAINT "ConnectionIdentity_organizationId_connectionId_fkey" FOREIGN KEY ("organizationId", "connectionId") REFERENCES "SsoConnection"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConnectionIdentity" ADD CONSTRAINT "ConnectionIdentity_organizationId_membershipId_fkey" FOREIGN KEY ("organizationId", "membershipId") REFERENCES "Membership"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignInAttempt" ADD CONSTRAINT "SignInAttempt_organizationId_connectionId_fkey" FOREIGN KEY ("organizationId", "connectionId") REFERENCES "SsoConnection"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BreakGlassCode" ADD CONSTRAINT "BreakGlassCode_organizationId_membershipId_fkey" FOREIGN KEY ("organizationId", "membershipId") REFERENCES "Membership"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Closed sets
ALTER TABLE "SsoConnection" ADD CONSTRAINT "SsoConnection_kind_check" CHECK ("kind" IN ('google', 'okta', 'oidc', 'saml'));
ALTER TABLE "SsoConnection" ADD CONSTRAINT "SsoConnection_status_check" CHECK ("status" IN ('draft', 'tested', 'enabled', 'disabled'));
ALTER TABLE "Session" ADD CONSTRAINT "Session_connection_check" CHECK ("connectionId" IS NULL OR "organizationId" IS NOT NULL);

-- Two connections "Okta" and "okta" are one to a reader.
CREATE UNIQUE INDEX "SsoConnection_organizationId_lower_name_key" ON "SsoConnection" ("organizationId", lower("name"));
