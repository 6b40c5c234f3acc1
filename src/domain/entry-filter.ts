/**
 * Finding entries of an allowlist: a search, filters and orders, as an address contains them. Pure, and
 * used by parts that are fetched when needed.
 */
import {
  type AllowlistEntry,
  entryKey,
  isImplied,
  isOwnProject,
  type TargetKind,
} from './allowlist.ts'
import type { LastUses } from './authentication-log.ts'
import { refusedPolicies } from './change.ts'
import type { Standing } from './covering.ts'
import { type ListSort, type SortColumn, sortColumns } from './list-sorts.ts'
import { type ResourceName, resourceOffers } from './permission-catalogue.ts'

/** What is selected in an entry; `nothing` stands for fine-grained permissions without a policy. */
export const configurations = ['default', 'fine-grained', 'nothing'] as const
export type ConfigurationFilter = (typeof configurations)[number]

/** Remarks on an entry. An entry needs `attention` for any of the reasons in `needsAttention`. */
export const marks = [
  'attention',
  'hidden',
  'overrides',
  'overridden',
  'refused',
  'unused',
] as const
export type Mark = (typeof marks)[number]

/** A scope of a resource that an entry has at least. */
export type Grant = { readonly resource: ResourceName; readonly scope: 'read' | 'read-write' }

/** A search and filters; an entry has to match all of them. */
export type EntryFilter = {
  /** The search text as typed. */
  readonly search: string
  readonly kind: TargetKind | undefined
  readonly configuration: ConfigurationFilter | undefined
  readonly grant: Grant | undefined
  /** The username of whoever added the entry. */
  readonly addedBy: string | undefined
  readonly marks: readonly Mark[]
}

/** The search parameters of a filter in an address. */
export type FilterSearch = {
  readonly list_q?: string | undefined
  readonly list_kind?: string | undefined
  readonly list_permissions?: string | undefined
  /** A policy, such as `READ_PACKAGES`. */
  readonly list_grants?: string | undefined
  readonly list_by?: string | undefined
  /** Marks, separated by commas. */
  readonly list_only?: string | undefined
}

/** All search parameters of an address that narrow or order the list. */
export type ListSearch = FilterSearch & { readonly list_sort?: ListSort | undefined }

const oneOf = <Value extends string>(values: readonly Value[], text: string | undefined) =>
  values.find((value) => value === text)

const kinds: readonly TargetKind[] = ['group', 'project']

/** Reads a filter from the parameters of an address. Values that it does not know are ignored. */
export function parseFilter(search: FilterSearch): EntryFilter {
  const named = search.list_only?.split(',')
  return {
    search: search.list_q ?? '',
    kind: oneOf(kinds, search.list_kind),
    configuration: oneOf(configurations, search.list_permissions),
    grant: parseGrant(search.list_grants),
    addedBy: search.list_by || undefined,
    marks: marks.filter((mark) => named?.includes(mark)),
  }
}

function parseGrant(policy: string | undefined): Grant | undefined {
  const [, verb, name] = /^(READ|ADMIN)_(\w+)$/.exec(policy ?? '') ?? []
  const offer = resourceOffers.find((offer) => offer.name === name)
  if (!offer || (verb === 'ADMIN' && !offer.writeSince)) return undefined
  return { resource: offer.name, scope: verb === 'ADMIN' ? 'read-write' : 'read' }
}

/** The policy by which an address names a grant. */
export const grantPolicy = ({ resource, scope }: Grant): string =>
  `${scope === 'read' ? 'READ' : 'ADMIN'}_${resource}`

/** All parameters of a filter; undefined for those that are not set. */
export const filterSearch = (filter: EntryFilter): Required<FilterSearch> => ({
  list_q: filter.search.trim() || undefined,
  list_kind: filter.kind,
  list_permissions: filter.configuration,
  list_grants: filter.grant && grantPolicy(filter.grant),
  list_by: filter.addedBy,
  list_only: filter.marks.join(',') || undefined,
})

/** One condition of a filter, which can be taken away by itself. */
export type FilterPart =
  | { readonly part: 'search'; readonly value: string }
  | { readonly part: 'kind'; readonly value: TargetKind }
  | { readonly part: 'configuration'; readonly value: ConfigurationFilter }
  | { readonly part: 'grant'; readonly value: Grant }
  | { readonly part: 'addedBy'; readonly value: string }
  | { readonly part: 'mark'; readonly value: Mark }

/** The conditions of a filter, each by itself; the search first. */
export function partsOf(filter: EntryFilter): FilterPart[] {
  const { kind, configuration, grant, addedBy } = filter
  const search = filter.search.trim()
  return [
    ...(search ? [{ part: 'search', value: search } as const] : []),
    ...(kind ? [{ part: 'kind', value: kind } as const] : []),
    ...(configuration ? [{ part: 'configuration', value: configuration } as const] : []),
    ...(grant ? [{ part: 'grant', value: grant } as const] : []),
    ...(addedBy ? [{ part: 'addedBy', value: addedBy } as const] : []),
    ...filter.marks.map((value) => ({ part: 'mark', value }) as const),
  ]
}

/** The filter with another condition; of the same kind there is one, but for marks. */
export function withPart(filter: EntryFilter, { part, value }: FilterPart): EntryFilter {
  if (part !== 'mark') return { ...filter, [part]: value }
  const marked = [...filter.marks, value]
  return { ...filter, marks: marks.filter((mark) => marked.includes(mark)) }
}

/** The filter without one of its conditions. */
export function withoutPart(filter: EntryFilter, { part, value }: FilterPart): EntryFilter {
  if (part === 'search') return { ...filter, search: '' }
  if (part !== 'mark') return { ...filter, [part]: undefined }
  return { ...filter, marks: filter.marks.filter((mark) => mark !== value) }
}

/** What is known of a list beyond its entries. */
export type ListFacts = {
  readonly projectId: number
  /** By `entryKey`; empty where a part of the list is missing. */
  readonly standings: ReadonlyMap<string, Standing>
  /** Undefined unless the whole authentication log was read: then nothing counts as unused. */
  readonly uses: LastUses | undefined
}

/** Letters that Unicode does not decompose into a letter and an accent. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
}

/** A text for comparison: without regard to case, accents, widths, and characters that nobody sees. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}]/gu, '')
    .replace(/[ßæœøłđðþħıς]/g, (letter) => plainLetters[letter] ?? letter)

const folded = new WeakMap<AllowlistEntry, string>()

/** All of an entry that a search looks at. */
function searchTextOf(entry: AllowlistEntry): string {
  const known = folded.get(entry)
  if (known !== undefined) return known
  const { target, addedBy } = entry
  const texts = [target.fullPath, target.name, addedBy?.name ?? '', addedBy?.username ?? '']
  const text = fold(texts.join('\n'))
  folded.set(entry, text)
  return text
}

type Test = (entry: AllowlistEntry) => boolean

/** Whether an entry matches all conditions of a filter; undefined for a filter without any. */
export function matcher(filter: EntryFilter, facts: ListFacts): Test | undefined {
  const tests = partsOf(filter).flatMap((part) => testsOf(part, facts))
  return tests.length === 0 ? undefined : (entry) => tests.every((test) => test(entry))
}

function testsOf(part: FilterPart, facts: ListFacts): Test[] {
  switch (part.part) {
    case 'search':
      return fold(part.value)
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => (entry) => searchTextOf(entry).includes(word))
    case 'kind':
      return [({ target }) => target.kind === part.value]
    case 'configuration':
      return [(entry) => configurationOf(entry, facts) === part.value]
    case 'grant':
      return [(entry) => grants(entry, part.value, facts)]
    case 'addedBy':
      return [(entry) => entry.addedBy?.username === part.value]
    case 'mark':
      return [(entry) => isMarked(entry, part.value, facts)]
  }
}

/** Undefined for the own project's row while it has no entry. */
function configurationOf(
  entry: AllowlistEntry,
  { projectId }: Pick<ListFacts, 'projectId'>,
): ConfigurationFilter | undefined {
  if (isImplied(entry, projectId)) return undefined
  const { defaultPermissions, policies } = entry.permissions
  if (defaultPermissions) return 'default'
  return policies.length === 0 ? 'nothing' : 'fine-grained'
}

/** Default permissions count as everything, because they limit no resource. */
function grants(entry: AllowlistEntry, { resource, scope }: Grant, facts: ListFacts): boolean {
  if (isImplied(entry, facts.projectId)) return false
  const { defaultPermissions, policies } = entry.permissions
  if (defaultPermissions || policies.includes(`ADMIN_${resource}`)) return true
  return scope === 'read' && policies.includes(`READ_${resource}`)
}

function isMarked(entry: AllowlistEntry, mark: Mark, facts: ListFacts): boolean {
  const key = entryKey(entry.target)
  switch (mark) {
    case 'attention':
      return needsAttention(entry, facts)
    case 'hidden':
      return !entry.accessible
    case 'overrides':
      return facts.standings.get(key)?.before !== undefined
    case 'overridden':
      return (facts.standings.get(key)?.behind.length ?? 0) > 0
    case 'refused':
      return refusedPolicies(entry.permissions.policies).length > 0
    case 'unused':
      return (
        facts.uses !== undefined &&
        !isOwnProject(entry, facts.projectId) &&
        !facts.uses.at.has(key) &&
        !facts.uses.unsure.has(entry.target.kind)
      )
  }
}

/** The own project's default permissions are as they should be. */
function needsAttention(entry: AllowlistEntry, facts: ListFacts): boolean {
  const isOwn = isOwnProject(entry, facts.projectId)
  return (
    (!isOwn && entry.permissions.defaultPermissions) ||
    (['hidden', 'overridden', 'refused'] as const).some((mark) => isMarked(entry, mark, facts))
  )
}

/** How many entries match a filter. */
export function countOf(
  entries: readonly AllowlistEntry[],
  filter: EntryFilter,
  facts: ListFacts,
): number {
  const test = matcher(filter, facts)
  return test ? entries.filter(test).length : entries.length
}

/** Those who added entries, by name; each once. */
export function addersOf(
  entries: readonly AllowlistEntry[],
): { readonly username: string; readonly name: string }[] {
  const byUsername = new Map(
    entries.flatMap(({ addedBy }) => (addedBy ? [[addedBy.username, addedBy] as const] : [])),
  )
  return [...byUsername.values()].sort((a, b) => a.name.localeCompare(b.name))
}

/** What the orders of a list depend on, beyond its entries. */
export type OrderFacts = {
  readonly projectId: number
  readonly uses: LastUses | undefined
  /** The number of endpoints that policies open; undefined until the catalogue has been read. */
  readonly opened: ((policies: readonly string[]) => number) | undefined
}

/**
 * Compares entries for an order; undefined for the panel's own order, by path. The own project stays
 * first both ways. Entries that are equal in it keep their order, so that a stable sort leaves them by
 * path.
 */
export function comparing(
  sort: ListSort,
  facts: OrderFacts,
): ((a: AllowlistEntry, b: AllowlistEntry) => number) | undefined {
  if (sort === 'path') return undefined
  const descending = isDescending(sort)
  const value = valueFor(sortColumnOf(sort), facts)
  const isOwn = (entry: AllowlistEntry) => (isOwnProject(entry, facts.projectId) ? 0 : 1)
  return (a, b) => {
    const own = isOwn(a) - isOwn(b)
    if (own !== 0) return own
    const order = compareValues(value(a), value(b))
    return descending ? -order : order
  }
}

const byText = new Intl.Collator('en', { numeric: true })

/** Infinite values are equal to themselves, which their difference does not say. */
function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'string' && typeof b === 'string') return byText.compare(a, b)
  return a === b ? 0 : a < b ? -1 : 1
}

/** The column of an order. */
export const sortColumnOf = (sort: ListSort): SortColumn =>
  sortColumns.find((column) => column === sort || `-${column}` === sort) ?? 'path'

export const isDescending = (sort: ListSort): boolean => sort.startsWith('-')

type SortValue = (entry: AllowlistEntry) => string | number

/** From the widest permissions to none. */
const widths: Record<ConfigurationFilter, number> = { default: 0, 'fine-grained': 1, nothing: 2 }

function valueFor(column: SortColumn, { projectId, uses, opened }: OrderFacts): SortValue {
  switch (column) {
    case 'path':
      return ({ target }) => target.fullPath
    case 'permissions':
      return (entry) => widths[configurationOf(entry, { projectId }) ?? 'default']
    case 'endpoints':
      return ({ permissions: { defaultPermissions, policies } }) =>
        defaultPermissions ? Number.POSITIVE_INFINITY : (opened?.(policies) ?? 0)
    case 'used':
      return ({ target }) => timeOf(uses?.at.get(entryKey(target)))
    case 'added':
      return ({ addedAt }) => timeOf(addedAt)
  }
}

/** What has no date comes before all others. */
function timeOf(iso: string | null | undefined): number {
  const time = iso ? Date.parse(iso) : Number.NaN
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time
}
