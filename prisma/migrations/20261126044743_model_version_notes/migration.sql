-- Why: versions of an access model are told apart by what they were saved for.
-- How: a text, empty for those there are; a constant default rewrites no row.
-- Locks: ALTER TABLE takes ACCESS EXCLUSIVE on "AccessModelVersion" for a moment.

-- AlterTable
ALTER TABLE "AccessModelVersion" ADD COLUMN     "note" TEXT NOT NULL DEFAULT '';
