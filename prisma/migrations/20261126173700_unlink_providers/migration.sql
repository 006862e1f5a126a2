-- Why: a person sees which provider of the installation opens their account, as whom, and can unlink it for good.
-- How: an unlinked row stays and says since when, so that a verified address alone does not link the account again. Which
-- provider an issuer was is told by the issuer: Google has one, and the only other provider so far is Okta.
-- Locks: ACCESS EXCLUSIVE on "AccountIdentity" for a moment; the UPDATE rewrites its rows, one a linked account.

-- AlterTable
ALTER TABLE "AccountIdentity" ADD COLUMN     "email" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "provider" TEXT NOT NULL DEFAULT 'okta',
ADD COLUMN     "unlinkedAt" TIMESTAMPTZ(3);

UPDATE "AccountIdentity" SET "provider" = 'google' WHERE "issuer" = 'https://accounts.google.com';

ALTER TABLE "AccountIdentity" ALTER COLUMN "provider" DROP DEFAULT;
