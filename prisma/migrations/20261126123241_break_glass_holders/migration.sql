-- Why: administrators choose who may hold break-glass codes, and whoever was chosen makes their own; so a code belongs to
--   a holder, is found among theirs by its first group, and goes when they are no holder any more.
-- How: no version of Gatehouse has made a code before this, so there is none to keep; the DELETE is for the new column.
-- Locks: ACCESS EXCLUSIVE on "BreakGlassCode", which is empty, and SHARE ROW EXCLUSIVE on "Membership" for the new key, for an instant.

DELETE FROM "BreakGlassCode";

-- DropForeignKey
ALTER TABLE "BreakGlassCode" DROP CONSTRAINT "BreakGlassCode_organizationId_membershipId_fkey";

-- DropIndex
DROP INDEX "BreakGlassCode_organizationId_membershipId_idx";

-- DropIndex
DROP INDEX "BreakGlassCode_organizationId_publicId_key";

-- AlterTable
ALTER TABLE "BreakGlassCode" DROP COLUMN "createdById",
DROP COLUMN "createdByName",
DROP COLUMN "publicId",
ADD COLUMN     "label" TEXT NOT NULL;

-- CreateTable
CREATE TABLE "BreakGlassHolder" (
    "organizationId" TEXT NOT NULL,
    "membershipId" TEXT NOT NULL,
    "chosenById" TEXT,
    "chosenByName" TEXT NOT NULL DEFAULT '',
    "chosenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BreakGlassHolder_pkey" PRIMARY KEY ("organizationId","membershipId")
);

-- CreateIndex
CREATE UNIQUE INDEX "BreakGlassCode_organizationId_membershipId_label_key" ON "BreakGlassCode"("organizationId", "membershipId", "label");

-- AddForeignKey
ALTER TABLE "BreakGlassHolder" ADD CONSTRAINT "BreakGlassHolder_organizationId_membershipId_fkey" FOREIGN KEY ("organizationId", "membershipId") REFERENCES "Membership"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BreakGlassCode" ADD CONSTRAINT "BreakGlassCode_organizationId_membershipId_fkey" FOREIGN KEY ("organizationId", "membershipId") REFERENCES "BreakGlassHolder"("organizationId", "membershipId") ON DELETE CASCADE ON UPDATE CASCADE;
