/** Places of the panel and its dialogs, for states of several flows. */
import { m } from '../../../i18n/paraglide/messages.js'
import { dialog, type Place, region, type Words } from './state.ts'

/** The address of the panel, with more search parameters, such as `dialog=add`. */
export const panelAt = (search: string) => `/projects/1/settings/ci_cd?${search}`

export const mode = { within: region(m.mode_title) }
export const allowlist = { within: region(m.allowlist_title) }
export const push = { within: region(m.push_title) }
export const toasts = { within: region(m.toasts_region) }
export const inDialog = { within: dialog() }

/** One of None, Read, Read and write for a resource, in the form of an entry. */
export const scopeOf = (resource: Words, scope: Words): Place => ({
  role: 'radio',
  name: scope,
  within: { role: 'radiogroup', name: resource, ...inDialog },
})
