import type { Wish } from './entry-form.ts'

/** How an address names what it asks for; for the form, and for whoever links to it. */
export const wishSearch = ({ policies, draft }: Wish) => ({
  policies: policies.join() || 'none',
  ...(draft && { draft: '1', configuration: draft }),
})
