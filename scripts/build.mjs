// `npm run build`: what `npm start` does before it starts.
import { prepare } from './prepare.mjs'
import { main } from './say.mjs'

await main(() => prepare('pages'))
