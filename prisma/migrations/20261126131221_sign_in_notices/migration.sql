-- Why: people are told once for each notice that a certificate ends and that the record of a verified domain is gone, and a
-- change of group mappings tells beforehand whose roles it changes, by the groups that the last sign-in named.
-- How: a row for each certificate that was told of; times beside the domain; groups beside the link to a provider's subject.
-- Locks: none that matter: the table is new, and columns with a constant default are added without rewriting rows.

-- AlterTable
ALTER TABLE "VerifiedDomain" ADD COLUMN     "missingSince" TIMESTAMPTZ(3),
ADD COLUMN     "missingToldAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ConnectionIdentity" ADD COLUMN     "groups" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "groupsAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "CertificateNotice" (
    "organizationId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "days" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CertificateNotice_pkey" PRIMARY KEY ("organizationId","connectionId","fingerprint")
);

-- AddForeignKey
ALTER TABLE "CertificateNotice" ADD CONSTRAINT "CertificateNotice_organizationId_connectionId_fkey" FOREIGN KEY ("organizationId", "connectionId") REFERENCES "SsoConnection"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
