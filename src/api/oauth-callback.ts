/** Where GitLab sends people back to after they were asked, and what it says there. */

/** The redirect URI that an OAuth application of this console has to name. */
export const callbackAddress = (): string => `${location.origin}${import.meta.env.BASE_URL}connect`

const pendingKey = 'oauth-pending'
let caught: URLSearchParams | undefined

/**
 * Takes what GitLab says out of the address, before anything else of the console sees it: a code
 * must not stay in the history, nor travel on in links.
 */
export function catchCallback(): void {
  const { origin, pathname, search } = location
  const parameters = new URLSearchParams(search)
  const answers = parameters.has('state') && (parameters.has('code') || parameters.has('error'))
  if (answers && origin + pathname === callbackAddress()) {
    caught = parameters
    history.replaceState(history.state, '', pathname)
  } else {
    // Came back without an answer: what was kept for one is of no more use.
    forgetPending()
  }
}

export const hasCallback = (): boolean => caught !== undefined

/** Returns GitLab's answer and forgets it: a code is good for one use. */
export function takeCallback(): URLSearchParams | undefined {
  const callback = caught
  caught = undefined
  return callback
}

/**
 * Keeps what is needed when GitLab sends the person back: in this tab, and only until then.
 * @throws where storage is switched off
 */
export const keepPending = (text: string): void => sessionStorage.setItem(pendingKey, text)

/** Returns the text that `keepPending` kept, and forgets it. */
export function takePending(): string | undefined {
  try {
    return sessionStorage.getItem(pendingKey) ?? undefined
  } catch {
    return undefined
  } finally {
    forgetPending()
  }
}

function forgetPending(): void {
  try {
    sessionStorage.removeItem(pendingKey)
  } catch {
    // Nothing was kept where storage is switched off.
  }
}
