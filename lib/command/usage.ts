/** The command was called wrongly: told with where to find help, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const HELP = `Usage: npm run --silent gatehouse -- <command> [options]

Works on the database of this installation (DATABASE_URL, or the embedded one), beside a running
server too. What it changes is in the audit log, with "local command" as actor.

  org create --name N --slug S --admin-email E [--model M | --model-file F] [--password-stdin]
             [--key-days D]
      Makes an organization with an administrator and a first API key (24 hours, or D days).
      M is an access model that comes along (standard, rockset, celerdata, rocketadmin,
      cockroachdb, astra), F a file with one of your own in JSON.
      The password is read from standard input with --password-stdin, else made. Somebody who
      has an account keeps their password.
  api-key create --org S --email E --name N [--days D]
      Issues an API key to an active member; without --days it does not expire.
  scim-token create --org S --name N [--days D]
      Makes a token for /scim/v2, with a directory of that name; without --days it does not expire.
  allowlist disable --org S
      Switches the IP allowlist of an organization off, for when nobody gets in any more.
      Its entries are kept.
  audit verify --org S
      Checks the audit log of an organization. Exit code 1 when it was tampered with.
  second-factor reset --email E
      Takes all second factors off an account and ends its sessions, for somebody who has lost them.
  migrate
      Brings the database forward to this version.
  outbox list [--all]
      Mails that wait or are kept; with --all the sent ones too. Newest first, at most 200.
  outbox show ID
      The text of a mail with its link.
  sso-only disable --org S
      Lets sessions of every kind in again when the identity provider is out of order.
  set-up link
      A new one-time set-up link, while there is no organization.

  --json    Answer in JSON on standard output.
  --help    Show this.

Exit codes: 0 done, 1 refused or failed, 2 called wrongly.
`
