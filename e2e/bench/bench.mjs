// The benchmark: `npm run bench`. Vite runs the TypeScript, as it does for the mock.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
process.chdir(root)
// Otherwise Vite would build React's slow development version.
process.env.NODE_ENV = 'production'
const { module } = await runnerImport('./e2e/bench/main.ts', { root, configFile: false })
// Modules imported by main.ts go through Vite. The measured code must not, and is imported
// natively.
await module.main(process.argv.slice(2), (url) => import(url))
