/** A React key for each item; repeated keys get a suffix, because React needs unique ones. */
export function uniqueKeys<Item>(items: readonly Item[], keyOf: (item: Item) => string): string[] {
  const counts = new Map<string, number>()
  return items.map((item) => {
    const key = keyOf(item)
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    return count === 0 ? key : `${key}~${count}`
  })
}
