-- Why: at sign-in we ask which invitations wait for a person's address, in all organizations.
-- How: a partial index holds the pending rows only, so that it stays small beside 100,000 members.
-- Locks: CREATE INDEX takes SHARE on "Membership": writes wait, reads do not.
CREATE INDEX "Membership_pending_email_idx" ON "Membership" ("email") WHERE "status" = 'invited';
