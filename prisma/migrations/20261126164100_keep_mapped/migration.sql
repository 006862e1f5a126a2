-- Why: a role or a resource that a group mapping of a connection names took the mapping with it, unseen; whoever signed in
-- next got nothing. Mappings of directories have always held theirs.
-- How: the two foreign keys restrict as those of "ProvisioningMapping" do. The operations say which mapping it is first.
-- Locks: SHARE ROW EXCLUSIVE on "GroupMapping", "Role" and "Resource" while the keys are checked anew: as long as it takes
-- to read the mappings, of which there are few.

ALTER TABLE "GroupMapping" DROP CONSTRAINT "GroupMapping_organizationId_roleId_fkey";
ALTER TABLE "GroupMapping" DROP CONSTRAINT "GroupMapping_organizationId_scopeId_fkey";
ALTER TABLE "GroupMapping" ADD CONSTRAINT "GroupMapping_organizationId_roleId_fkey" FOREIGN KEY ("organizationId", "roleId") REFERENCES "Role"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "GroupMapping" ADD CONSTRAINT "GroupMapping_organizationId_scopeId_fkey" FOREIGN KEY ("organizationId", "scopeId") REFERENCES "Resource"("organizationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
