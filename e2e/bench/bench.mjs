// How fast the console is: `npm run bench`. Vite runs the TypeScript, as for the mock.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
process.chdir(root)
// Else Vite would build React's slow development version.
process.env.NODE_ENV = 'production'
const { module } = await runnerImport('./e2e/bench/main.ts', { root, configFile: false })
// What is imported in there goes through Vite; what is measured must not.
await module.main(process.argv.slice(2), (url) => import(url))
