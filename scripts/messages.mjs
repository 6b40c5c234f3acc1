// Compiles the message catalogues into typed functions. Vite does so by itself; tools that read the
// messages without Vite (tsc, knip, Playwright) need this script first.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '@inlang/paraglide-js'
import { paraglideOptions } from './paraglide-options.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
// Without emptying the folder, as Vite's plugin does: running servers and tests read these files.
await compile({ ...paraglideOptions, cleanOutdir: false })

// If Paraglide cannot load its plugin, it compiles nothing and only prints a warning.
const index = join(paraglideOptions.outdir, 'messages', '_index.js')
if (!existsSync(index) || !readFileSync(index, 'utf8').includes('export ')) {
  console.error('Paraglide compiled no message: see src/i18n/project.inlang/settings.json')
  process.exit(1)
}
