// Builds the console or the demo when the build is missing or older than its sources.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const sources = ['src', 'mocks', 'public', 'index.html', 'vite.config.ts', 'package-lock.json']
const generated = join('src', 'i18n', 'paraglide')

/** The time of the last change at or below `path`. */
function changedAt(path) {
  if (path === generated || !existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name))))
}

/**
 * Builds unless there is an up-to-date build. To be called at the root of the repository.
 * @param {'demo' | 'production'} mode
 */
export async function buildUnlessFresh(mode) {
  // Playwright sets NODE_ENV to `test`, with which Vite would build React's slow development version.
  process.env.NODE_ENV = 'production'
  const page = mode === 'demo' ? 'dist-demo/index.html' : 'dist/index.html'
  if (changedAt(page) < Math.max(...sources.map(changedAt))) {
    await build({ mode, logLevel: 'error' })
  }
}
