import { openCluster } from '@/lib/database/cluster'
import { dataPlaces } from '@/lib/database/places'

/**
 * A process of its own that joins the cluster in the folder given as its argument, prints the address, and leaves
 * when its input ends. Tests run several, and kill them.
 */
const { dataDir, binariesDir } = dataPlaces(process.argv[2])
const cluster = await openCluster({ dataDir, binariesDir: process.argv[3] || binariesDir, isDurable: false })
process.stdout.write(`${cluster.url}\n`)
process.stdin.resume()
process.stdin.once('end', () => void cluster.close())
