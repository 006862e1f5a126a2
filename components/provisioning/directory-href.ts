/** The address of a directory's part of the Provisioning page. */
export const directoryHref = (org: string, id: string): string => `/${org}/settings/provisioning?directory=${id}`
