-- Why: a row that somebody puts into the log by hand would be sealed like any other.
-- How: whoever writes an event adds an HMAC under a key from outside the database; verification recomputes it.
-- Locks: ADD COLUMN with a constant default takes ACCESS EXCLUSIVE for a moment, without rewriting the table.
ALTER TABLE "AuditEvent" ADD COLUMN "proof" TEXT NOT NULL DEFAULT '';

-- Why: the log is filtered by the actor's name, by outcome and by request, also at a million rows.
-- How: each index ends with the id, which orders a page; a request has few events.
-- Locks: CREATE INDEX takes SHARE on "AuditEvent": writes wait while it is built, reads do not.
CREATE INDEX "AuditEvent_organizationId_actorName_id_idx" ON "AuditEvent"("organizationId", "actorName", "id");
CREATE INDEX "AuditEvent_organizationId_outcome_id_idx" ON "AuditEvent"("organizationId", "outcome", "id");
CREATE INDEX "AuditEvent_organizationId_requestId_idx" ON "AuditEvent"("organizationId", "requestId");

-- Why: a chain whose anchor went could be cut and given a fitting new one.
-- How: the anchor is made with its organization, only grows, and is never removed by the application.
CREATE TRIGGER audit_anchor_stays BEFORE DELETE OR TRUNCATE ON "AuditAnchor"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION audit_anchor_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."organizationId" <> OLD."organizationId" OR NEW."count" < OLD."count" THEN
    RAISE EXCEPTION 'AuditAnchor only grows' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER audit_anchor_grows BEFORE UPDATE ON "AuditAnchor"
  FOR EACH ROW EXECUTE FUNCTION audit_anchor_grows();
