-- Why: the GiST index on ranges made an import of 100,000 entries take most of the 15 seconds a transaction has, and served
--   three look-ups that the unique index serves too: a range that holds an address is one of 33 (IPv6: 129) spellings.
-- How: it is dropped; queries ask for those spellings by "AllowlistEntry_organizationId_cidr_key".
-- Locks: ACCESS EXCLUSIVE on "AllowlistEntry", for an instant.

DROP INDEX "AllowlistEntry_range_idx";
