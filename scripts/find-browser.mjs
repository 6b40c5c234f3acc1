// Finds the browser for the E2E tests: for `npm test` and for a Playwright started by itself.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

// The same engine without a browser's own interface, which costs a headless run nearly half of its
// time. It does not scroll as a browser does.
const shell = 'chromium-headless-shell'
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Where installers put it when they do not put it on the PATH. */
function usualPlaces() {
  const { env, platform } = process
  if (platform === 'darwin') {
    const apps = [
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Chromium.app/Contents/MacOS/Chromium',
    ]
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      apps.map((app) => join(folder, app)),
    )
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    const apps = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe']
    return folders.flatMap((folder) => (folder ? apps.map((app) => join(folder, app)) : []))
  }
  return ['/opt/google/chrome/chrome', '/snap/bin/chromium']
}

function onPath(commands) {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return commands.flatMap((command) => folders.map((folder) => join(folder, command + suffix)))
}

/** False for a stand-in such as Ubuntu's script that only says which package to install. */
function answers(file) {
  // On Windows `--version` opens a window instead.
  if (process.platform === 'win32') return true
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  return status === 0 && /\d+\.\d+/.test(stdout)
}

/**
 * The path of a Chrome or Chromium, or `undefined`. One named in the environment must exist: silence
 * about a wrong path would test another browser than the one asked for.
 * @param {{ whole?: boolean }} [wanted] `whole` for one as people have it, else the quickest
 */
export function findBrowser({ whole = false } = {}) {
  const named = process.env.CHROMIUM_PATH || process.env.PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`)
  }
  const commands = whole ? browsers : [shell, ...browsers]
  const candidates = [...onPath(commands), ...usualPlaces(), chromium.executablePath()]
  return candidates.find((file) => existsSync(file) && answers(file))
}
