/** What a page of the demo looks like, as the gallery, the tests and the pictures turn it from outside. */
export type Look = { readonly lang?: string; readonly theme?: string }

/** The event on a page's window that turns its language or theme, without storing them: its detail is a `Look`. */
export const lookEvent = 'demo-look'
