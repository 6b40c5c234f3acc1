// Serves a build as static files for the E2E tests:
// `node scripts/serve-build.mjs demo 4174 /folder/`. Builds it first when it is missing or older
// than its sources, so that `npm run e2e` never tests an outdated build.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'

const sources = ['src', 'mocks', 'public', 'index.html', 'vite.config.ts', 'package-lock.json']
const generated = join('src', 'i18n', 'paraglide')

/** The time of the last change at or below `path`. */
function changedAt(path) {
  if (path === generated || !existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name))))
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const [mode = 'production', port = '4173', base = '/'] = process.argv.slice(2)
// Playwright sets NODE_ENV to `test`, with which Vite would build React's slow development version.
process.env.NODE_ENV = 'production'

const page = mode === 'demo' ? 'dist-demo/index.html' : 'dist/index.html'
if (changedAt(page) < Math.max(...sources.map(changedAt))) {
  await build({ mode, logLevel: 'error' })
}

/** Vite would compress each file again for each request, which costs more than a test's own work with it. */
const uncompressed = {
  name: 'uncompressed',
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      delete request.headers['accept-encoding']
      next()
    })
  },
}
const server = await preview({
  mode,
  base,
  plugins: [uncompressed],
  preview: { port: Number(port), strictPort: true },
})
server.printUrls()
