// Finds the browser for the E2E tests: for `npm test`, and for Playwright started directly.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

// The same engine without the browser's own interface, which takes nearly half the time of a
// headless run. Its scrolling differs from a browser's.
const shell = 'chromium-headless-shell'
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** The folders in which installers put a browser that is not on the PATH. */
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

/** False for a placeholder, such as Ubuntu's script that only names the package to install. */
function answers(file) {
  // On Windows `--version` opens a window instead.
  if (process.platform === 'win32') return true
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  return status === 0 && /\d+\.\d+/.test(stdout)
}

/**
 * The path of a Chrome or Chromium, or `undefined`. A path from the environment must exist:
 * ignoring a wrong one would test another browser than requested.
 * @param {{ whole?: boolean }} [wanted] `whole` for a complete browser, otherwise the fastest one
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
