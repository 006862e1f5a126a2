import { openDatabase } from '@/lib/database/open-database'

/**
 * A process of its own that opens the embedded database in the folder given as its argument, prints the address,
 * and then fails without closing it when its input ends. Tests send it signals.
 */
const database = await openDatabase({ dataDir: process.argv[2] })
process.stdout.write(`${database.url}\n`)
process.stdin.resume()
process.stdin.once('end', () => process.exit(1))
