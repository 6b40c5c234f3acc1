// Builds `kit/dist`, the contents of the package in `kit`: JavaScript for Node that needs nothing but
// Playwright, the types, the demo, and the licences. `npm pack ./kit` runs this script first.

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import { build } from 'vite'
import { buildUnlessFresh } from './fresh-build.mjs'
import { paraglideOptions } from './paraglide-options.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const folder = join('kit', 'dist')
const types = join(folder, 'types')

function fail(message) {
  console.error(`Kit: ${message}`)
  process.exit(1)
}

await buildUnlessFresh('demo')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  plugins: [paraglideVitePlugin({ ...paraglideOptions, cleanOutdir: false })],
  // All that is not Playwright's or Node's own is built in: whoever installs the kit installs no more.
  ssr: { noExternal: true, external: ['@playwright/test'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: folder,
    emptyOutDir: false,
    license: { fileName: 'licenses.txt' },
    rolldownOptions: {
      input: ['kit/test.ts', 'kit/mock.ts', 'kit/job-token-mock.ts'],
      output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js' },
    },
  },
})
chmodSync(join(folder, 'job-token-mock.js'), 0o755)
cpSync('dist-demo', join(folder, 'demo'), { recursive: true })
writeFileSync(
  join(folder, 'licenses.txt'),
  `# Job Token Console\n\n${readFileSync('LICENSE', 'utf8')}\n${readFileSync(join(folder, 'licenses.txt'), 'utf8')}`,
)

const { bin } = JSON.parse(readFileSync('node_modules/typescript/package.json', 'utf8'))
const { status } = spawnSync(
  process.execPath,
  [join('node_modules', 'typescript', bin.tsc), '--project', 'kit'],
  { stdio: 'inherit' },
)
if (status !== 0) fail('the types cannot be written')
keepReached(['kit/test.d.ts', 'kit/mock.d.ts'])

/** Deletes the types that the entries do not lead to, and names the others as Node would. */
function keepReached(entries) {
  const reached = new Set()
  const follow = (path) => {
    if (reached.has(path)) return
    reached.add(path)
    const file = join(types, path)
    const text = readFileSync(file, 'utf8').replace(
      /(?<=(?:from |import\()["'])(\.[^"']+)\.ts(?=["'])/g,
      (_, name) => {
        follow(join(dirname(path), `${name}.d.ts`))
        return `${name}.js`
      },
    )
    writeFileSync(file, text)
  }
  for (const entry of entries) follow(entry)
  for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !reached.has(path.slice(types.length + 1))) rmSync(path)
  }
}
