/**
 * Asks for what the panel shows while the console itself is still on its way. A file of its own, a
 * hundredth of the console's size: it imports nothing, or the build would make one file of both. Its
 * answers wait for `api/http.ts`, which takes them for its own questions if those are the same ones.
 */
import type { HeadStart } from '../api/http.ts'

/** GitLab's own limit of 200 entries of a kind, and the project itself. */
const mostPages = 3

/** What a tab keeps of a connection; `api/connection.ts` writes it. */
function readTab(): { address: string; authorization: string } | undefined {
  try {
    const { address, token, oauth } = JSON.parse(sessionStorage.getItem('connection') ?? 'null')
    // A token that has to be renewed first is not worth a refusal; nor is one of a session that is over.
    if (oauth && !(oauth.expiresAt > Date.now() + 60_000)) return undefined
    if (Date.now() > Number(sessionStorage.getItem('idle-end') ?? Infinity)) return undefined
    return { address, authorization: `Bearer ${token}` }
  } catch {
    return undefined
  }
}

/** As much of an answer as `api/http.ts` reads, in bytes. One that is longer it asks for again, and refuses. */
const mostBytes = 10_000_000

/**
 * With the body, which would otherwise be read when the console has better things to do. As
 * `api/http.ts` does it, which nothing here may import.
 */
async function whole(asked: Promise<Response>): Promise<Response> {
  const answer = await asked
  if (answer.body === null) return answer
  const text = await textOf(answer.body).catch((error) => {
    // A refusal stays one, without words.
    if (!answer.ok) return ''
    throw error
  })
  return new Response(text || null, answer)
}

async function textOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength
    if (bytes > mostBytes) {
      reader.cancel().catch(() => {})
      throw new Error()
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}

/** @param id of a project, or its path as it stands in the address */
function start(id: string): void {
  const kept = readTab()
  if (!kept) return
  const { address, authorization } = kept
  const answers: HeadStart['answers'] = new Map()
  globalThis.headStart = { authorization, answers }

  function ask(path: string) {
    const url = `${address}/api/v4/${path}`
    const headers = fetch(url, {
      headers: { authorization },
      credentials: 'omit',
      // The page that says so may not have been read so far.
      referrerPolicy: 'no-referrer',
    })
    const answer = whole(headers)
    answer.catch(() => {}) // whoever takes the answer hears of it
    answers.set(url, answer)
    return { headers, answer }
  }

  async function askForList(path: string): Promise<void> {
    const page = (number: number) => `${path}?per_page=100&page=${number}`
    const first = await ask(page(1)).headers
    const pages = Number(first.headers.get('x-total-pages') ?? 1)
    for (let next = 2; next <= Math.min(pages, mostPages); next += 1) ask(page(next))
  }

  function askForScope(project: string): void {
    const scope = `projects/${project}/job_token_scope`
    ask(scope)
    // Where REST does not tell an entry's permissions, its lists are not asked for.
    if (sessionStorage.getItem(`server-kind ${address}`) === 'stock') return
    for (const list of ['allowlist', 'groups_allowlist']) {
      askForList(`${scope}/${list}`).catch(() => {})
    }
  }

  ask('metadata')
  const project = ask(`projects/${id}`)
  if (/^\d+$/.test(id)) askForScope(id)
  else {
    project.answer
      .then(async (answer) => answer.ok && askForScope((await answer.clone().json()).id))
      .catch(() => {})
  }
}

const [, project] = /\/projects\/([^/]+)\/settings\/ci_cd\/?$/.exec(location.pathname) ?? []
if (project) start(project)
