/** Why a group that was made with its resource stays as it is. */
export const LOCKED = 'Made with its resource by the access model; only its members can change'
