-- Why: accounts get second factors (codes that change with time, passkeys, recovery codes); what is dangerous asks for a
-- recent proof; organizations may demand a second factor and limit how long a session lives or may lie unused.
-- How: factors belong to the account, never to an organization. "Account"."hasSecondFactor" says at sign-in and in lists
-- of members whether there is one, and is kept by triggers, so that no code path can forget it. The organization's policy
-- is columns of "Organization", which the gate reads with every request anyway. A session that lay unused too long is
-- closed to an organization by a row of "SessionExclusion", as an administrator closes it; `reason` tells them apart.
-- Locks: the ALTER TABLEs take ACCESS EXCLUSIVE for a moment each: all defaults are constant or stable, so no table is rewritten.

-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "hasSecondFactor" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "confirmedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "secondFactor" TEXT;

-- AlterTable
ALTER TABLE "SessionExclusion" ADD COLUMN     "reason" TEXT NOT NULL DEFAULT 'administrator';

-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "connectionsAreStrong" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "secondFactorFrom" TIMESTAMPTZ(3),
ADD COLUMN     "sessionIdleMinutes" INTEGER,
ADD COLUMN     "sessionLifetimeMinutes" INTEGER;

-- CreateTable
CREATE TABLE "TotpFactor" (
    "accountId" TEXT NOT NULL,
    "sealedSeed" TEXT NOT NULL,
    "lastStep" BIGINT NOT NULL DEFAULT 0,
    "confirmedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TotpFactor_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "Passkey" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "credentialId" TEXT NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL DEFAULT 0,
    "transports" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "isSynced" BOOLEAN NOT NULL DEFAULT false,
    "lastUsedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PasskeyChallenge" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PasskeyChallenge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecoveryCode" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PendingSignIn" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PendingSignIn_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Passkey_credentialId_key" ON "Passkey"("credentialId");

-- CreateIndex
CREATE INDEX "Passkey_accountId_id_idx" ON "Passkey"("accountId", "id");

-- CreateIndex
CREATE INDEX "PasskeyChallenge_accountId_idx" ON "PasskeyChallenge"("accountId");

-- CreateIndex
CREATE INDEX "PasskeyChallenge_expiresAt_idx" ON "PasskeyChallenge"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "RecoveryCode_accountId_label_key" ON "RecoveryCode"("accountId", "label");

-- CreateIndex
CREATE UNIQUE INDEX "PendingSignIn_secretHash_key" ON "PendingSignIn"("secretHash");

-- CreateIndex
CREATE INDEX "PendingSignIn_accountId_idx" ON "PendingSignIn"("accountId");

-- CreateIndex
CREATE INDEX "PendingSignIn_expiresAt_idx" ON "PendingSignIn"("expiresAt");

-- AddForeignKey
ALTER TABLE "TotpFactor" ADD CONSTRAINT "TotpFactor_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passkey" ADD CONSTRAINT "Passkey_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PasskeyChallenge" ADD CONSTRAINT "PasskeyChallenge_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PendingSignIn" ADD CONSTRAINT "PendingSignIn_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whether an account has a second factor: a confirmed TOTP or a passkey. Recovery codes alone are none.
CREATE FUNCTION keep_has_second_factor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  concerned TEXT := CASE WHEN TG_OP = 'DELETE' THEN OLD."accountId" ELSE NEW."accountId" END;
BEGIN
  -- Two factors that go at the same moment must not each see the other still there.
  PERFORM 1 FROM "Account" WHERE "id" = concerned FOR NO KEY UPDATE;
  UPDATE "Account" SET "hasSecondFactor" = NOT "hasSecondFactor"
  WHERE "id" = concerned AND "hasSecondFactor" <> (
    EXISTS (SELECT 1 FROM "TotpFactor" WHERE "accountId" = concerned AND "confirmedAt" IS NOT NULL)
    OR EXISTS (SELECT 1 FROM "Passkey" WHERE "accountId" = concerned));
  RETURN NULL;
END $$;

CREATE TRIGGER second_factor_totp AFTER INSERT OR DELETE OR UPDATE OF "confirmedAt" ON "TotpFactor"
  FOR EACH ROW EXECUTE FUNCTION keep_has_second_factor();

CREATE TRIGGER second_factor_passkey AFTER INSERT OR DELETE ON "Passkey"
  FOR EACH ROW EXECUTE FUNCTION keep_has_second_factor();

-- Settings of the gate: a limit of nothing would close the organization to everybody.
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_session_limits"
  CHECK (coalesce("sessionLifetimeMinutes", 1) > 0 AND coalesce("sessionIdleMinutes", 1) > 0);
