-- Why: an administrator wants to see what a sync would change before it does: with a token that rehearses, what a request
-- would have done is noted on the request and taken back.
-- How: a flag on the token, off for all there are, and what was noted beside the answer.
-- Locks: ALTER TABLE takes ACCESS EXCLUSIVE on "ScimToken" and "ProvisioningRequest" for a moment; a constant default
-- rewrites no rows.
ALTER TABLE "ScimToken" ADD COLUMN     "rehearses" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "ProvisioningRequest" ADD COLUMN     "rehearsal" JSONB;
