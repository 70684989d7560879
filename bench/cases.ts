/** One kind of question, as the paths that ask it. */
export interface Case {
  readonly name: string
  readonly paths: readonly string[]
}

/** Different pages, so that few of them can be remembered. */
const PAGES = 1000

/** The questions every size is asked. Pages have 100 users and an exact total unless the name says otherwise. */
export async function cases(get: (path: string) => Promise<ListAnswer>, users: number): Promise<readonly Case[]> {
  const offset = Math.floor(users / 2)
  return [
    { name: 'first page', paths: ['/v1/users?limit=100'] },
    { name: `deep by cursor, ${PAGES} pages`, paths: await cursorPages(get) },
    { name: `deep by offset ${offset.toLocaleString('en')}`, paths: [`/v1/users?limit=100&offset=${offset}`] },
    { name: 'sorted by family name, given name', paths: ['/v1/users?limit=100&sort=familyName,givenName'] },
    { name: 'infix wildcard', paths: ['/v1/users?limit=100&familyName=*son*'] },
    { name: 'typo search', paths: TYPOS.map((typo) => `/v1/users?limit=100&search=${encodeURIComponent(typo)}`) },
    { name: 'subtree of a customer', paths: ['/v1/users?limit=100&customerId=1234&includeSubsidiaries=true'] },
    {
      name: 'exact count of a filter',
      paths: [`/v1/users?limit=1&filter=${encodeURIComponent('status eq "active" and userType eq "user"')}`],
    },
  ]
}

/** What a benchmark needs of a list. */
export interface ListAnswer {
  readonly users: readonly { readonly givenName: string | null; readonly familyName: string | null }[]
  readonly page: { readonly next?: string | null }
}

// Cursors are places in the list, so they are found by walking it, in strides that end deep inside.
async function cursorPages(get: (path: string) => Promise<ListAnswer>): Promise<readonly string[]> {
  const paths: string[] = []
  let cursor = (await get('/v1/users?limit=100')).page.next
  while (cursor && paths.length < PAGES) {
    paths.push(`/v1/users?limit=100&cursor=${cursor}`)
    cursor = (await get(`/v1/users?limit=100&count=none&cursor=${cursor}`)).page.next
  }
  return paths
}

// One edit away from names the demo data has many of.
const TYPOS = ['jhonson', 'garica', 'kowalsk', 'muler', 'schmitd', 'rossii', 'andersn', 'ivanvo', 'martinx', 'nguyne']
