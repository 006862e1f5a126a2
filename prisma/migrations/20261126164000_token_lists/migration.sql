-- Why: with 100,000 application tokens in an organization a page, a search or a filter must cost what it costs with 1,000.
-- How: as of API keys (20261126133500): each order of the list has an index over the tokens that are not revoked, and
-- suspended ones, few among many, one of their own; the two infinities stand for never used and for without end. What
-- search looks in is the description alone, so an index over it in small letters does.
-- Locks: CREATE INDEX takes SHARE on "ApplicationToken": writes wait, reads do not.

-- Search: any part of the description, and the beginning of a secret's public part.
CREATE INDEX "ApplicationToken_search_idx" ON "ApplicationToken" USING GIN ("organizationId", lower("description") gin_trgm_ops);
CREATE INDEX "ApplicationToken_publicId_prefix_idx" ON "ApplicationToken" ("organizationId", "publicId" text_pattern_ops);

-- Orders of the list.
CREATE INDEX "ApplicationToken_by_created_idx" ON "ApplicationToken" ("organizationId", "createdAt", "id") WHERE "status" <> 'revoked';
CREATE INDEX "ApplicationToken_by_last_used_idx" ON "ApplicationToken" ("organizationId", coalesce("lastUsedAt", '-infinity'), "id") WHERE "status" <> 'revoked';
CREATE INDEX "ApplicationToken_by_expires_idx" ON "ApplicationToken" ("organizationId", coalesce("expiresAt", 'infinity'), "id") WHERE "status" <> 'revoked';

-- Few among many.
CREATE INDEX "ApplicationToken_suspended_idx" ON "ApplicationToken" ("organizationId", "createdAt", "id") WHERE "status" = 'suspended';
