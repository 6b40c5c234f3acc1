/**
 * Asks for what the panel shows while the console itself is still on its way. The build makes a script
 * of its own of it (`vite.config.ts`), so what it imports is in both and must stay small. Its answers
 * wait for `take.ts`.
 */
import { whole } from '../answer-text.ts'
import type { Connection } from '../check-connection.ts'
import {
  listAddress,
  metadataAddress,
  pageAddress,
  projectAddress,
  scopeAddress,
} from '../rest/addresses.ts'
import { renewalMargin, tabKeys } from '../tab-keys.ts'
import { dropHeadStart, type HeadStart, oldest } from './take.ts'

/** GitLab's own limit of 200 entries of a kind, and the project itself. */
const mostPages = 3

/** Where GitLab answers and as whom, if this tab keeps that and it is of use as it is. */
function readTab(): { address: string; authorization: string } | undefined {
  try {
    // What another version has written is asked with in vain, at worst.
    const kept: Connection | null = JSON.parse(sessionStorage.getItem(tabKeys.connection) ?? 'null')
    if (!kept) return undefined
    // A token that has to be renewed first is not worth a refusal; nor is one of a session that is over.
    if (kept.oauth && !(kept.oauth.expiresAt > Date.now() + renewalMargin)) return undefined
    if (Date.now() > Number(sessionStorage.getItem(tabKeys.idleEnd) ?? Infinity)) return undefined
    return { address: kept.address, authorization: `Bearer ${kept.token}` }
  } catch {
    return undefined
  }
}

/** @param id of a project, or its path as it stands in the address */
function start(id: string): void {
  const kept = readTab()
  if (!kept) return
  const { address, authorization } = kept
  const answers: HeadStart['answers'] = new Map()
  globalThis.headStart = { authorization, answers }
  // Whatever page this becomes: the token must not stay here unseen.
  setTimeout(dropHeadStart, oldest)

  function ask(path: string) {
    const url = `${address}/api/v4/${path}`
    const headers = fetch(url, {
      headers: { authorization },
      credentials: 'omit',
      // The page that says so may not have been read so far.
      referrerPolicy: 'no-referrer',
    })
    // With the body, which would otherwise be read when the console has better things to do.
    const answer = whole(headers)
    answer.catch(() => {}) // whoever takes the answer hears of it
    answers.set(url, answer)
    return { headers, answer }
  }

  async function askForList(list: string): Promise<void> {
    const first = await ask(pageAddress(list, 1)).headers
    const pages = Number(first.headers.get('x-total-pages') ?? 1)
    for (let page = 2; page <= Math.min(pages, mostPages); page += 1) ask(pageAddress(list, page))
  }

  function askForScope(project: string): void {
    ask(scopeAddress(project))
    // Where REST does not tell an entry's permissions, its lists are not asked for.
    if (sessionStorage.getItem(tabKeys.serverKind(address)) === 'stock') return
    for (const kind of ['project', 'group'] as const) {
      askForList(listAddress(project, kind)).catch(() => {})
    }
  }

  ask(metadataAddress)
  const project = ask(projectAddress(id))
  if (/^\d+$/.test(id)) askForScope(id)
  else {
    project.answer
      .then(async (answer) => answer.ok && askForScope((await answer.clone().json()).id))
      .catch(() => {})
  }
}

// The panel's address, as `app/router.tsx` has it.
const [, project] = /\/projects\/([^/]+)\/settings\/ci_cd\/?$/.exec(location.pathname) ?? []
if (project) start(project)
