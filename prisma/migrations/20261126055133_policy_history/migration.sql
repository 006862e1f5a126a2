-- Why: the history says why a policy was saved although a test failed, and a test can bring the address and the time of its question.
-- How: two columns with constant defaults; rows that are there get them without being rewritten.
-- Locks: ACCESS EXCLUSIVE on both tables for a moment, since a column with a constant default rewrites nothing.

-- AlterTable
ALTER TABLE "PolicyVersion" ADD COLUMN "overrideReason" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "PolicyTest" ADD COLUMN "context" JSONB NOT NULL DEFAULT '{}';
