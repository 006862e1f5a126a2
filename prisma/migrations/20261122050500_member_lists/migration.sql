-- Why: the list of members is filtered by status and sorted by one of four columns. With the status in front,
-- every combination is a merge of at most three index walks of one page each, whatever the number of members.
-- How: four indexes take the place of three; an unfiltered list merges the statuses too.
-- Locks: CREATE INDEX takes SHARE on "Membership": writes wait, reads do not.
CREATE INDEX "Membership_organizationId_status_sortName_id_idx" ON "Membership"("organizationId", "status", "sortName", "id");
CREATE INDEX "Membership_organizationId_status_email_idx" ON "Membership"("organizationId", "status", "email");
CREATE INDEX "Membership_organizationId_status_lastSeenAt_id_idx" ON "Membership"("organizationId", "status", "lastSeenAt", "id");
CREATE INDEX "Membership_organizationId_status_createdAt_id_idx" ON "Membership"("organizationId", "status", "createdAt", "id");
DROP INDEX "Membership_organizationId_sortName_id_idx";
DROP INDEX "Membership_organizationId_lastSeenAt_id_idx";
DROP INDEX "Membership_organizationId_status_id_idx";
