-- Why: Google and Okta can stand for the whole installation. Who a person is there is the subject and not the address, which
-- may change hands; and a second step after such a sign-in must open a session that says how it was opened.
-- How: one row for each issuer and subject, at most one an account and issuer. A sign-in under way keeps its first step.
-- Locks: none that matter: the table is new, and a column with a constant default is added without rewriting rows.

-- AlterTable
ALTER TABLE "PendingSignIn" ADD COLUMN     "method" TEXT NOT NULL DEFAULT 'password';

-- CreateTable
CREATE TABLE "AccountIdentity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSignInAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AccountIdentity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateIndex
CREATE UNIQUE INDEX "AccountIdentity_accountId_issuer_key" ON "AccountIdentity"("accountId", "issuer");

-- AddForeignKey
ALTER TABLE "AccountIdentity" ADD CONSTRAINT "AccountIdentity_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
