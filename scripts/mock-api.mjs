// The mock GitLab as an HTTP server: `npm run mock-api -- --port 4010 --scenario default`. Vite
// runs the TypeScript, so that Node 20 needs no other tool.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const { module } = await runnerImport('./mocks/main.ts', { root, configFile: false })
await module.main(process.argv.slice(2))
