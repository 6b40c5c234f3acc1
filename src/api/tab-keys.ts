/** Under which names a tab keeps what its next page takes up, in session storage. */
export const tabKeys = {
  /** A connection, in JSON. */
  connection: 'connection',
  /** When a kept session ends without further input, in milliseconds since 1970. */
  idleEnd: 'idle-end',
  /** What was pasted into the access check, with whose it is, in JSON. */
  question: 'question',
  /** The changes that were made in this tab, and sets that are not finished; with whose they are, in JSON. */
  history: 'change-history',
  changeSets: 'change-sets',
  /** The kind of the server at this address, as detected: `stock` or `extended`. */
  serverKind: (address: string) => `server-kind ${address}`,
} as const

/** A token that ends within this time is renewed before it is sent, in milliseconds. */
export const renewalMargin = 60_000
