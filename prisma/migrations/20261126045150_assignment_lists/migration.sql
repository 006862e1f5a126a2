-- Why: role assignments are listed in pages: all of an organization, those of a role, those at a resource and above it
-- (up to 300,000, of which 100,000 at the organization itself). A page must not sort what comes before it.
-- How: the indexes by role and by scope go on with the id, in whose order pages run; the one by organization and id
-- serves the whole list and finds one assignment within its organization.
-- Locks: CREATE INDEX takes SHARE on "RoleAssignment": writes wait, reads do not. DROP INDEX takes ACCESS EXCLUSIVE for a
-- moment.

-- DropIndex
DROP INDEX "RoleAssignment_organizationId_roleId_idx";

-- DropIndex
DROP INDEX "RoleAssignment_organizationId_scopeId_idx";

-- CreateIndex
CREATE INDEX "RoleAssignment_organizationId_roleId_id_idx" ON "RoleAssignment"("organizationId", "roleId", "id");

-- CreateIndex
CREATE INDEX "RoleAssignment_organizationId_scopeId_id_idx" ON "RoleAssignment"("organizationId", "scopeId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "RoleAssignment_organizationId_id_key" ON "RoleAssignment"("organizationId", "id");
