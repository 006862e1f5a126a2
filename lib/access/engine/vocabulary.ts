import type { AccessModel, RoleGrant } from '@/lib/access/models/access-model'
import { askableTypes } from '@/lib/access/models/resource-types'
import { CORE_PREFIX } from '@/lib/access/models/role-permissions'
import { corePermissionNames } from '@/lib/access/permissions'
import { MaskTable } from './masks'

/** Instead of the index of a type: a node that only others speak of, and one whose type the model does not have. */
export const ABSENT = -1
export const UNKNOWN_TYPE = -2

/** What a role holds before the place it is held at is known: bits of the model, and Gatehouse's own, by scope type. */
export type RoleContents = { ownAt(type: number): number; coreAt(type: number): number; anywhere: number }

type Named = { name: string; heldAt: readonly string[] | null }

/** An access model as numbers: permissions are bits, resource types indexes. */
export class Vocabulary {
  readonly masks: MaskTable
  readonly typeNames: readonly string[]
  readonly permissionNames: readonly string[]
  private readonly bits: ReadonlyMap<string, number>
  private readonly types: ReadonlyMap<string, number>
  /** By type: permissions that may be asked there, and those that apply to it directly; Gatehouse's own are in both. */
  private readonly askable: readonly number[]
  private readonly applying: readonly number[]
  private readonly core: number
  /** By bit: the permissions of the model that come with it, itself included, and Gatehouse's own. */
  private readonly included: readonly number[]
  private readonly implied: readonly number[]
  private readonly expansions = new Map<number, number>()

  constructor(readonly model: AccessModel) {
    const own = model.permissions.map(({ name }) => name)
    const names = [...own, ...corePermissionNames.map((name) => CORE_PREFIX + name)]
    this.permissionNames = names
    this.bits = new Map(names.map((name, bit) => [name, bit]))
    this.typeNames = model.resourceTypes.map(({ name }) => name)
    this.types = new Map(this.typeNames.map((name, type) => [name, type]))
    this.masks = new MaskTable(names.length)
    const core = names.flatMap((name, bit) => (bit >= model.permissions.length && name ? [bit] : []))
    this.core = this.masks.of(core)
    const askable = askableTypes(model)
    const bitsWhere = (test: (name: string, appliesTo: readonly string[]) => boolean) =>
      model.permissions.flatMap(({ name, appliesTo }, bit) => (test(name, appliesTo) ? [bit] : []))
    this.askable = this.typeNames.map((type) =>
      this.masks.of([...core, ...bitsWhere((name) => askable.get(name)?.has(type) ?? false)]))
    this.applying = this.typeNames.map((type) =>
      this.masks.of([...core, ...bitsWhere((_, appliesTo) => appliesTo.includes(type))]))
    this.included = model.permissions.map(({ name }) => this.masks.of(this.closure(name)))
    this.implied = model.permissions.map(({ implies }) => this.maskOf(implies.map((name) => CORE_PREFIX + name)))
  }

  /** The bit of a permission of the model, or of Gatehouse's own with prefix; -1 when there is none. */
  bitOf(permission: string): number {
    return this.bits.get(permission) ?? -1
  }

  /** The index of a resource type, or -1. */
  typeOf(name: string): number {
    return this.types.get(name) ?? -1
  }

  /** Permissions that may be asked about resources of this type; of a type the model lost, Gatehouse's own only. */
  askableAt(type: number): number {
    return this.askable[type] ?? (type === UNKNOWN_TYPE ? this.core : 0)
  }

  /** Permissions that apply to resources of this type themselves. */
  applyingTo(type: number): number {
    return this.applying[type] ?? 0
  }

  /** A set of the model's own bits with all of Gatehouse's that they imply. */
  expand(own: number): number {
    const found = this.expansions.get(own)
    if (found !== undefined) return found
    const expanded = this.masks.bitsOf(own).reduce((mask, bit) => this.masks.union(mask, this.implied[bit] ?? 0), own)
    this.expansions.set(own, expanded)
    return expanded
  }

  maskOf(names: Iterable<string>): number {
    return this.masks.of([...names].map((name) => this.bitOf(name)).filter((bit) => bit >= 0))
  }

  /** What a role of the model holds; undefined when the model has no such role. */
  builtIn(roleName: string): RoleContents | undefined {
    const role = this.model.roles.find(({ name }) => name === roleName)
    return role && this.contents(role.permissions.map(named), role.core.map(named))
  }

  /** What a role made of these permissions holds. */
  custom(permissions: readonly string[]): RoleContents {
    const list = permissions.map(named)
    const isCore = ({ name }: Named) => name.startsWith(CORE_PREFIX)
    const bare = ({ name }: Named): Named => ({ name: name.slice(CORE_PREFIX.length), heldAt: null })
    return this.contents(list.filter((grant) => !isCore(grant)), list.filter(isCore).map(bare))
  }

  private contents(own: readonly Named[], core: readonly Named[]): RoleContents {
    const counting = (list: readonly Named[], type: number) =>
      list.filter(({ heldAt }) => heldAt === null || heldAt.includes(this.typeNames[type] ?? ''))
    const ownMask = (list: readonly Named[]) =>
      list.reduce((mask, { name }) => this.masks.union(mask, this.included[this.bitOf(name)] ?? 0), 0)
    const coreMask = (list: readonly Named[]) => this.maskOf(list.map(({ name }) => CORE_PREFIX + name))
    const ownByType = this.typeNames.map((_, type) => ownMask(counting(own, type)))
    const coreByType = this.typeNames.map((_, type) => coreMask(counting(core, type)))
    return {
      ownAt: (type) => ownByType[type] ?? 0,
      coreAt: (type) => coreByType[type] ?? 0,
      anywhere: this.masks.union(this.expand(ownMask(own)), coreMask(core)),
    }
  }

  private closure(name: string): number[] {
    const found = new Set<number>()
    const add = (next: string): void => {
      const bit = this.bitOf(next)
      if (bit < 0 || found.has(bit)) return
      found.add(bit)
      this.model.permissions[bit]?.includes?.forEach(add)
    }
    add(name)
    return [...found]
  }
}

const named = (grant: RoleGrant): Named =>
  typeof grant === 'string' ? { name: grant, heldAt: null } : { name: grant.permission, heldAt: grant.heldAt }
