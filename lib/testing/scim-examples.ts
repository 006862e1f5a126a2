/** Bodies that RFC 7643 and RFC 7644 give as examples. Ids in them are the RFCs'; tests put those of people and groups here in their place. */
export const USER_URN = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const GROUP_URN = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const ENTERPRISE_URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const PATCH_URN = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const SEARCH_URN = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'
export const LIST_URN = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
export const ERROR_URN = 'urn:ietf:params:scim:api:messages:2.0:Error'

const CERTIFICATE = [
  'MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAwTjELMAkGA1UEBhMCVVMx', 'EzARBgNVBAgMCkNhbGlmb3JuaWExFDASBgNVBAoMC2V4YW1wbGUuY29tMRQwEgYD',
  'VQQDDAtleGFtcGxlLmNvbTAeFw0xMTEwMjIwNjI0MzFaFw0xMjEwMDQwNjI0MzFa', 'MH8xCzAJBgNVBAYTAlVTMRMwEQYDVQQIDApDYWxpZm9ybmlhMRQwEgYDVQQKDAtl',
  'eGFtcGxlLmNvbTEhMB8GA1UEAwwYTXMuIEJhcmJhcmEgSiBKZW5zZW4gSUlJMSIw', 'IAYJKoZIhvcNAQkBFhNiamVuc2VuQGV4YW1wbGUuY29tMIIBIjANBgkqhkiG9w0B',
].join('')

const address = {
  work: { streetAddress: '100 Universal City Plaza', locality: 'Hollywood', region: 'CA', postalCode: '91608', country: 'USA', formatted: '100 Universal City Plaza\nHollywood, CA 91608 USA', type: 'work' },
  home: { streetAddress: '456 Hollywood Blvd', locality: 'Hollywood', region: 'CA', postalCode: '91608', country: 'USA', formatted: '456 Hollywood Blvd\nHollywood, CA 91608 USA', type: 'home' },
}

const meta = { resourceType: 'User', created: '2010-01-23T04:56:22Z', lastModified: '2011-05-13T04:42:34Z', location: 'https://example.com/v2/Users/2819c223-7f76-453a-919d-413861904646' }

/** RFC 7643 §8.1 */
export const minimalUser = { schemas: [USER_URN], id: '2819c223-7f76-453a-919d-413861904646', userName: 'bjensen@example.com', meta: { ...meta, version: 'W/"3694e05e9dff590"' } }

/** RFC 7643 §8.2 */
export const fullUser = {
  schemas: [USER_URN], id: '2819c223-7f76-453a-919d-413861904646', externalId: '701984', userName: 'bjensen@example.com',
  name: { formatted: 'Ms. Barbara J Jensen, III', familyName: 'Jensen', givenName: 'Barbara', middleName: 'Jane', honorificPrefix: 'Ms.', honorificSuffix: 'III' },
  displayName: 'Babs Jensen', nickName: 'Babs', profileUrl: 'https://login.example.com/bjensen',
  emails: [{ value: 'bjensen@example.com', type: 'work', primary: true }, { value: 'babs@jensen.org', type: 'home' }],
  addresses: [{ ...address.work, primary: true }, address.home],
  phoneNumbers: [{ value: '555-555-5555', type: 'work' }, { value: '555-555-4444', type: 'mobile' }],
  ims: [{ value: 'someaimhandle', type: 'aim' }],
  photos: [{ value: 'https://photos.example.com/profilephoto/72930000000Ccne/F', type: 'photo' }, { value: 'https://photos.example.com/profilephoto/72930000000Ccne/T', type: 'thumbnail' }],
  userType: 'Employee', title: 'Tour Guide', preferredLanguage: 'en-US', locale: 'en-US', timezone: 'America/Los_Angeles', active: true, password: 't1meMa$heen',
  groups: [{ value: 'e9e30dba-f08f-4109-8486-d5c6a331660a', $ref: 'https://example.com/v2/Groups/e9e30dba-f08f-4109-8486-d5c6a331660a', display: 'Tour Guides' }],
  x509Certificates: [{ value: CERTIFICATE }],
  meta: { ...meta, version: 'W/"a330bc54f0671c9"' },
}

/** RFC 7643 §8.3 */
export const enterpriseUser = {
  ...fullUser, schemas: [USER_URN, ENTERPRISE_URN],
  [ENTERPRISE_URN]: {
    employeeNumber: '701984', costCenter: '4130', organization: 'Universal Studios', division: 'Theme Park', department: 'Tour Operations',
    manager: { value: '26118915-6090-4610-87e4-49d8ca9f808d', $ref: '../Users/26118915-6090-4610-87e4-49d8ca9f808d', displayName: 'John Smith' },
  },
}

/** RFC 7643 §8.4 */
export const groupOf = (...members: { value: string; display: string }[]) => ({
  schemas: [GROUP_URN], id: 'e9e30dba-f08f-4109-8486-d5c6a331660a', displayName: 'Tour Guides',
  members: members.map(({ value, display }) => ({ value, $ref: `https://example.com/v2/Users/${value}`, display })),
  meta: { resourceType: 'Group', created: '2010-01-23T04:56:22Z', lastModified: '2011-05-13T04:42:34Z', version: 'W/"3694e05e9dff592"', location: 'https://example.com/v2/Groups/e9e30dba-f08f-4109-8486-d5c6a331660a' },
})

/** RFC 7644 §3.3 */
export const createdUser = { schemas: [USER_URN], userName: 'bjensen', externalId: 'bjensen', name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara' } }

/** RFC 7644 §3.5.1 */
export const replacedUser = {
  schemas: [USER_URN], id: '2819c223-7f76-453a-919d-413861904646', userName: 'bjensen', externalId: 'bjensen',
  name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara', middleName: 'Jane' }, roles: [], emails: [{ value: 'bjensen@example.com' }, { value: 'babs@jensen.org' }],
}

/** RFC 7644 §3.4.3 */
export const searchRequest = { schemas: [SEARCH_URN], attributes: ['displayName', 'userName'], filter: 'displayName sw "smith"', startIndex: 1, count: 10 }

const patch = (...Operations: object[]) => ({ schemas: [PATCH_URN], Operations })
const memberOf = (value: string, display: string) => ({ display, $ref: `https://example.com/v2/Users/${value}`, value })

/** RFC 7644 §3.5.2.1 to §3.5.2.3, in their order. */
export const patches = {
  addMember: (id: string) => patch({ op: 'add', path: 'members', value: [memberOf(id, 'Babs Jensen')] }),
  addWithoutPath: patch({ op: 'add', value: { emails: [{ value: 'babs@jensen.org', type: 'home' }], nickname: 'Babs' } }),
  removeMember: (id: string) => patch({ op: 'remove', path: `members[value eq "${id}"]` }),
  removeMembers: patch({ op: 'remove', path: 'members' }),
  removeChosenEmails: patch({ op: 'remove', path: 'emails[type eq "work" and value ew "example.com"]' }),
  exchangeMember: (gone: string, come: string) => patch({ op: 'remove', path: `members[value eq "${gone}"]` }, { op: 'add', path: 'members', value: [memberOf(come, 'James Smith')] }),
  exchangeMembers: (...come: string[]) => patch({ op: 'remove', path: 'members' }, { op: 'add', path: 'members', value: come.map((id) => memberOf(id, 'James Smith')) }),
  replaceMembers: (...ids: string[]) => patch({ op: 'replace', path: 'members', value: ids.map((id) => memberOf(id, 'Babs Jensen')) }),
  replaceAddress: patch({ op: 'replace', path: 'addresses[type eq "work"]', value: { type: 'work', streetAddress: '911 Universal City Plaza', locality: 'Hollywood', region: 'CA', postalCode: '91608', country: 'US', formatted: '911 Universal City Plaza\nHollywood, CA 91608 US', primary: true } }),
  replaceStreet: patch({ op: 'replace', path: 'addresses[type eq "work"].streetAddress', value: '1010 Broadway Ave' }),
  replaceWithoutPath: patch({ op: 'replace', value: { emails: [{ value: 'bjensen@example.com', type: 'work', primary: true }, { value: 'babs@jensen.org', type: 'home' }], nickname: 'Babs' } }),
}

/** RFC 7644 §3.4.2.2, figure 2. */
export const filters = [
  'userName Eq "john"', 'Username eq "john"', 'userName eq "bjensen"', 'name.familyName co "O\'Malley"', 'userName sw "J"', 'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"', 'title pr',
  'meta.lastModified gt "2011-05-13T04:42:34Z"', 'meta.lastModified ge "2011-05-13T04:42:34Z"', 'meta.lastModified lt "2011-05-13T04:42:34Z"', 'meta.lastModified le "2011-05-13T04:42:34Z"',
  'title pr and userType eq "Employee"', 'title pr or userType eq "Intern"', 'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
  'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")', 'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
  'userType eq "Employee" and (emails.type eq "work")', 'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
  'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
]
