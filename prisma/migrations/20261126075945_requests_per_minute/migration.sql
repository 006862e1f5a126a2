-- Why: an organization may allow each of its credentials fewer requests a minute than the installation does.
-- How: a column without default; without a value the installation's own limit counts.
-- Locks: ACCESS EXCLUSIVE on the table for a moment, since nothing is rewritten.

-- AlterTable
ALTER TABLE "CredentialPolicy" ADD COLUMN "requestsPerMinute" INTEGER;
