// Serves a build as static files for the E2E tests:
// `node scripts/serve-build.mjs demo 4174 /folder/`. Builds it first when it is missing or older
// than its sources, so that `npm run e2e` never tests an outdated build.

import { fileURLToPath } from 'node:url'
import { preview } from 'vite'
import { buildUnlessFresh } from './fresh-build.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const [mode = 'production', port = '4173', base = '/'] = process.argv.slice(2)
await buildUnlessFresh(mode)

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
