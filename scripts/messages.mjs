// Compiles the message catalogues into typed functions, as Vite does by itself on the way. Needed
// before whatever reads them without Vite: tsc, knip and Playwright.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '@inlang/paraglide-js'
import { paraglideOptions } from './paraglide-options.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
// In place, as Vite's plugin does: a server or a test run that is reading them goes on undisturbed.
await compile({ ...paraglideOptions, cleanOutdir: false })

// Paraglide compiles nothing, with no more than a warning, when it cannot load its plugin.
const index = join(paraglideOptions.outdir, 'messages', '_index.js')
if (!existsSync(index) || !readFileSync(index, 'utf8').includes('export ')) {
  console.error('Paraglide compiled no message: see src/i18n/project.inlang/settings.json')
  process.exit(1)
}
