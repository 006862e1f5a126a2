import { cedarDecision } from '@/lib/access/cedar'

/*
 * Asks Cedar often enough for the calls to be optimized, then makes V8 give that code up in the middle of one: an attribute is
 * a getter that changes what the code relied on. Run as a process of its own, which must live to its last line.
 */
const relied: { value: unknown } = { value: 1 }
let isCalm = true
const ref = { type: 'U', id: '1' }
const attrs = {
  get a() {
    if (!isCalm) relied.value = {}
    return 1
  },
}

const ask = () => {
  const entities = [{ uid: ref, attrs, parents: [] }]
  const { decision } = cedarDecision('permit(principal, action, resource);', { principal: ref, action: ref, resource: ref, context: {}, entities })
  return relied.value === 1 ? decision : 'changed'
}

for (let asked = 0; asked < 10_000; asked++) ask()
isCalm = false
console.info(ask())
