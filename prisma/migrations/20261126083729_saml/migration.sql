-- Why: a SAML connection has a key of its own, and room for the next one; an assertion must be accepted once, whichever
--   process it comes to, and reaches the browser that began in a second request.
-- How: one row a key, its private part sealed, at most one of each role; one row an accepted assertion, found by keyed
--   hashes of its id, of the request it answers and of the ticket the browser carries, each unique.
-- Locks: the foreign keys take SHARE ROW EXCLUSIVE on "SsoConnection" for a moment; both tables are new.

-- CreateTable
CREATE TABLE "SamlKey" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "certificate" TEXT NOT NULL,
    "privateKey" TEXT NOT NULL,
    "notAfter" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SamlKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SamlArrival" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "requestHash" TEXT,
    "ticketHash" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SamlArrival_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SamlKey_organizationId_connectionId_role_key" ON "SamlKey"("organizationId", "connectionId", "role");

-- CreateIndex
CREATE UNIQUE INDEX "SamlArrival_requestHash_key" ON "SamlArrival"("requestHash");

-- CreateIndex
CREATE UNIQUE INDEX "SamlArrival_ticketHash_key" ON "SamlArrival"("ticketHash");

-- CreateIndex
CREATE INDEX "SamlArrival_organizationId_connectionId_idx" ON "SamlArrival"("organizationId", "connectionId");

-- CreateIndex
CREATE INDEX "SamlArrival_expiresAt_idx" ON "SamlArrival"("expiresAt");

-- AddForeignKey
ALTER TABLE "SamlKey" ADD CONSTRAINT "SamlKey_organizationId_connectionId_fkey" FOREIGN KEY ("organizationId", "connectionId") REFERENCES "SsoConnection"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SamlArrival" ADD CONSTRAINT "SamlArrival_organizationId_connectionId_fkey" FOREIGN KEY ("organizationId", "connectionId") REFERENCES "SsoConnection"("organizationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
