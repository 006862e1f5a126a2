-- Why: decisions answered to programs are counted, and denials kept, for reviews and for whoever asks why not.
-- How: three new tables, written by a job in batches, never on the way of a decision.
-- Locks: only what a new foreign key takes on "Organization" for a moment.

-- CreateTable
CREATE TABLE "DecisionCount" (
    "organizationId" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "principalId" TEXT NOT NULL,
    "permission" TEXT NOT NULL,
    "allowed" INTEGER NOT NULL,
    "denied" INTEGER NOT NULL,

    CONSTRAINT "DecisionCount_pkey" PRIMARY KEY ("organizationId","minute","principalId","permission")
);

-- CreateTable
CREATE TABLE "DecisionUse" (
    "organizationId" TEXT NOT NULL,
    "principalId" TEXT NOT NULL,
    "permission" TEXT NOT NULL,
    "allowed" BIGINT NOT NULL DEFAULT 0,
    "denied" BIGINT NOT NULL DEFAULT 0,
    "lastAllowedAt" TIMESTAMPTZ(3),
    "lastDeniedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DecisionUse_pkey" PRIMARY KEY ("organizationId","principalId","permission")
);

-- CreateTable
CREATE TABLE "DecisionDenial" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "because" TEXT NOT NULL,
    "principalId" TEXT NOT NULL,
    "permission" TEXT NOT NULL,
    "resourceId" TEXT NOT NULL,
    "askedSubjectType" TEXT NOT NULL,
    "askedSubjectId" TEXT NOT NULL,
    "askedResourceType" TEXT NOT NULL,
    "askedResourceId" TEXT NOT NULL,
    "address" TEXT,
    "callerId" TEXT NOT NULL,
    "credentialId" TEXT NOT NULL,

    CONSTRAINT "DecisionDenial_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DecisionCount_minute_idx" ON "DecisionCount"("minute");

-- CreateIndex
CREATE INDEX "DecisionDenial_organizationId_id_idx" ON "DecisionDenial"("organizationId", "id");

-- CreateIndex
CREATE INDEX "DecisionDenial_organizationId_principalId_id_idx" ON "DecisionDenial"("organizationId", "principalId", "id");

-- CreateIndex
CREATE INDEX "DecisionDenial_at_idx" ON "DecisionDenial"("at");

-- AddForeignKey
ALTER TABLE "DecisionCount" ADD CONSTRAINT "DecisionCount_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DecisionUse" ADD CONSTRAINT "DecisionUse_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DecisionDenial" ADD CONSTRAINT "DecisionDenial_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
