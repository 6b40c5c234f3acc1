import { type HttpHandler, http } from 'msw'
import type { Backend } from './backend.ts'
import { type Role, roles } from './gitlab/model.ts'
import {
  type AuthorizationRequest,
  applicationName,
  deny,
  grant,
  issueToken,
  readAuthorization,
  revokeToken,
} from './gitlab/oauth.ts'
import type { Input } from './gitlab/params.ts'
import { fromPairs, readBody } from './request.ts'

/**
 * GitLab's OAuth addresses: the consent page, on which a person chooses who signs in unless the
 * dial `as` does, and the requests of the application. Faults apply to the latter, by addresses
 * such as `/oauth/token`.
 */
export function createOAuthHandlers(backend: Backend): HttpHandler[] {
  const answer = (path: string, operate: (input: Input) => unknown) =>
    http.post(`*${path}`, ({ request }) =>
      backend.serve(request, path, async () => ({
        status: 200,
        body: await operate(await readBody(request)),
        headers: { 'cache-control': 'no-store' },
      })),
    )
  return [
    http.get('*/oauth/authorize', ({ request }) => {
      const input = fromPairs(new URL(request.url).searchParams)
      return answerAuthorization(input, (asked) => page(consentForm(backend, asked)))
    }),
    http.post('*/oauth/authorize', async ({ request }) => {
      const input = fromPairs(new URL(request.url).searchParams)
      const { answer: said, as } = await readBody(request)
      const { gitlab, dials } = backend
      const role = dials.as ?? roles.find((name) => name === as) ?? 'maintainer'
      return answerAuthorization(input, (asked) =>
        sendTo(said === 'authorize' ? grant(gitlab, asked, gitlab.roles[role]) : deny(asked)),
      )
    }),
    answer('/oauth/token', (input) => issueToken(backend.gitlab, input)),
    answer('/oauth/revoke', (input) => revokeToken(backend.gitlab, input)),
  ]
}

function answerAuthorization(
  input: Input,
  ask: (request: AuthorizationRequest) => Response,
): Response {
  const authorization = readAuthorization(input)
  switch (authorization.kind) {
    case 'ask':
      return ask(authorization.request)
    case 'send-back':
      return sendTo(authorization.address)
    case 'refuse':
      return page(`<h1>An error has occurred</h1><p>${escapeHtml(authorization.text)}</p>`, 401)
  }
}

const sendTo = (location: string) => new Response(null, { status: 302, headers: { location } })

const scopeWords = {
  api: 'Access the API on your behalf: read and write everything that you may.',
  read_api: 'Read the API on your behalf.',
} as const

/**
 * A form without an action: it posts to its own address, which contains the authorization request.
 */
function consentForm({ dials, gitlab }: Backend, { scope, redirectUri }: AuthorizationRequest) {
  const nameOf = (role: Role) => {
    const { name, username } = gitlab.roles[role]
    return escapeHtml(`${name} (@${username}), ${role}`)
  }
  const options = roles
    .map((role) => {
      const chosen = role === 'maintainer' ? ' selected' : ''
      return `<option value="${role}"${chosen}>${nameOf(role)}</option>`
    })
    .join('')
  const who = dials.as
    ? `<p>You are ${nameOf(dials.as)}.</p>`
    : `<p><label>You are <select name="as">${options}</select></label></p>`
  return `<h1>Authorize ${escapeHtml(applicationName)} to use your account?</h1>
<p>It will be able to: ${scopeWords[scope]}</p>
<p>It is at ${escapeHtml(new URL(redirectUri).origin)}.</p>
<form method="post">
${who}
<button name="answer" value="authorize">Authorize</button>
<button name="answer" value="deny">Deny</button>
</form>`
}

const page = (body: string, status = 200) =>
  new Response(
    `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Simulated GitLab</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 32rem; margin: 3rem auto; padding: 0 1rem }
h1 { font-size: 1.375rem; line-height: 1.3 }
button, select { font: inherit; padding: 0.25rem 0.75rem }
</style>
</head>
<body>
<main>
<p>Simulated GitLab</p>
${body}
</main>
</body>
</html>
`,
    {
      status,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    },
  )

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
