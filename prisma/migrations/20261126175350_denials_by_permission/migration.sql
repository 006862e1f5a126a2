-- Why: denials of one permission are listed newest first; without an index the list reads past those of all others.
-- How: as the index by principal. What is kept is bounded by rate and age, so it stays small.
-- Locks: CREATE INDEX takes SHARE on "DecisionDenial": writes wait, reads do not.

-- CreateIndex
CREATE INDEX "DecisionDenial_organizationId_permission_id_idx" ON "DecisionDenial"("organizationId", "permission", "id");
