/** A 64-bit integer: a number where that is exact, else a bigint, so that equal ones are `===`. */
export type Long = number | bigint

const MIN = -(2n ** 63n)
const MAX = 2n ** 63n - 1n

/** @returns null when it does not fit in 64 bits */
export function longOf(value: bigint): Long | null {
  if (value < MIN || value > MAX) return null
  const near = Number(value)
  return Number.isSafeInteger(near) ? near : value
}

type Operation = (left: Long, right: Long) => Long | null

/** A sum within 2^53 is exact; any other is made again with bigints. */
export const add: Operation = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right
    if (Number.isSafeInteger(sum)) return sum
  }
  return longOf(BigInt(left) + BigInt(right))
}

export const subtract: Operation = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') {
    const difference = left - right
    if (Number.isSafeInteger(difference)) return difference
  }
  return longOf(BigInt(left) - BigInt(right))
}

export const multiply: Operation = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right
    // the sum turns -0 into 0
    if (Number.isSafeInteger(product)) return product + 0
  }
  return longOf(BigInt(left) * BigInt(right))
}

/** Cuts towards zero. */
export const divide = (left: Long, right: number): Long =>
  typeof left === 'number' ? Math.trunc(left / right) + 0 : (longOf(left / BigInt(right)) ?? 0)

/** Never negative. */
export const remainder = (left: Long, right: number): number =>
  typeof left === 'number' ? ((left % right) + right) % right : Number(((left % BigInt(right)) + BigInt(right)) % BigInt(right))
