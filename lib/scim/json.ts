/** What JSON can hold, as SCIM bodies do. */
export type Json = string | number | boolean | null | Json[] | JsonObject
export type JsonObject = { [name: string]: Json }

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The name under which an object holds an attribute, whatever the case (RFC 7643 §2.1). */
export function keyOf(object: JsonObject, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name
  const lower = name.toLowerCase()
  return Object.keys(object).find((key) => key.toLowerCase() === lower)
}

/** The value of an attribute, whatever the case of its name. */
export function valueOf(object: JsonObject, name: string): Json | undefined {
  const key = keyOf(object, name)
  return key === undefined ? undefined : object[key]
}

/** What an object itself holds under exactly this name: never what its prototype has, such as `constructor`. */
export const ownValue = (object: JsonObject, name: string): Json | undefined => (Object.hasOwn(object, name) ? object[name] : undefined)

/** Sets a member without ever touching the object's prototype: a name such as `__proto__` comes from outside. */
export function setMember(object: JsonObject, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}

/** Whether a value counts as absent: null and the empty list are the same as nothing (RFC 7643 §2.5). */
export const isAbsent = (value: Json | undefined): boolean => value === undefined || value === null || (Array.isArray(value) && value.length === 0)

export const asList = (value: Json | undefined): Json[] => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value])

/** Equal as JSON, the order of members ignored. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((each, index) => isSame(each, other[index]))
  if (!isObject(one) || !isObject(other)) return false
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]))
}
