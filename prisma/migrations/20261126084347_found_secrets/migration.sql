-- Why: a secret that somebody found and reported is acted on once, however often it is reported, and is known again when
-- its credential is gone.
-- How: one row for each secret and place. The secret itself is never stored, only its keyed hash; places are long, so their
-- digest is what is unique.
-- Locks: none that matter: the table is new. The foreign key takes SHARE ROW EXCLUSIVE on "Organization" for a moment.

-- CreateTable
CREATE TABLE "FoundSecret" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "credentialType" TEXT NOT NULL,
    "credentialId" TEXT NOT NULL,
    "placeHash" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "foundAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FoundSecret_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "FoundSecret_secretHash_idx" ON "FoundSecret"("secretHash");

-- CreateIndex
CREATE UNIQUE INDEX "FoundSecret_organizationId_secretHash_placeHash_key" ON "FoundSecret"("organizationId", "secretHash", "placeHash");

-- AddForeignKey
ALTER TABLE "FoundSecret" ADD CONSTRAINT "FoundSecret_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
