-- Why: the tree of resources is made and changed in the console and over the API. Its levels and lists are read a page at
-- a time in the order of names, found by any part of a name or by the platform's own id; two folders "Prod" and
-- "prod" side by side are one folder to a reader; who made a resource may be protected on it.
-- How: one unique index serves both the rule and the levels; two more serve lists of one type and of all; a trigram
-- index serves the search. The index over names as they are written goes, since nothing sorts by them. Exactly the
-- root lies under nothing, so no resource can fall out of the tree.
-- Locks: ALTER TABLE takes ACCESS EXCLUSIVE for a moment, and on "Resource" reads it once for the check; CREATE INDEX
-- takes SHARE: writes wait, reads do not. No table is rewritten.

ALTER TABLE "RoleAssignment" ADD COLUMN "isCreator" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "Resource" ADD CONSTRAINT "Resource_parent_check" CHECK (("parentId" IS NULL) = ("id" = "organizationId") AND "parentId" IS DISTINCT FROM "id");

CREATE UNIQUE INDEX "Resource_organizationId_parentId_type_lower_name_key" ON "Resource" ("organizationId", "parentId", "type", lower("name"));
CREATE INDEX "Resource_organizationId_type_lower_name_id_idx" ON "Resource" ("organizationId", "type", lower("name"), "id");
CREATE INDEX "Resource_organizationId_lower_name_id_idx" ON "Resource" ("organizationId", lower("name"), "id");
CREATE INDEX "Resource_search_idx" ON "Resource" USING GIN ("organizationId", lower("name") gin_trgm_ops);
CREATE INDEX "Resource_organizationId_externalId_idx" ON "Resource"("organizationId", "externalId");
DROP INDEX "Resource_organizationId_parentId_name_idx";
