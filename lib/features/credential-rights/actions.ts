'use server'

import { defineReadAction } from '@/lib/boundary/read-action'
import { findRights, listRoleOptions, searchPlaces } from './queries'
import { AccountRightsInput, PlaceSearchInput, RightsInput, RoleOptionsInput } from './schema'

/** For a key of one's own. */
export const findKeyRightsAction = defineReadAction('key:self', RightsInput, findRights)
export const listKeyRolesAction = defineReadAction('key:self', RoleOptionsInput, (ctx) => listRoleOptions(ctx))
export const searchKeyPlacesAction = defineReadAction('key:self', PlaceSearchInput, (ctx, { q }) => searchPlaces(ctx, q))

/** For a key of a service account, which is narrowed in the same words. */
export const findAccountRightsAction = defineReadAction('service-account:write', AccountRightsInput, findRights)
export const listAccountRolesAction = defineReadAction('service-account:write', RoleOptionsInput, (ctx) => listRoleOptions(ctx))
export const searchAccountPlacesAction = defineReadAction('service-account:write', PlaceSearchInput, (ctx, { q }) => searchPlaces(ctx, q))

/** For an application token, which holds exactly one role. */
export const findTokenRightsAction = defineReadAction('token:write', RightsInput, findRights)
export const listTokenRolesAction = defineReadAction('token:write', RoleOptionsInput, (ctx) => listRoleOptions(ctx))
export const searchTokenPlacesAction = defineReadAction('token:write', PlaceSearchInput, (ctx, { q }) => searchPlaces(ctx, q))
