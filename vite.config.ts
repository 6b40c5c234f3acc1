import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import react from '@vitejs/plugin-react'
import { build, type Plugin, type ResolvedConfig } from 'vite'
import { defineConfig } from 'vitest/config'
import { paraglideOptions } from './scripts/paraglide-options.mjs'

/**
 * Serves MSW's worker from the package, in demo mode only: the real build must not carry a mock. What
 * is not asked of GitLab's API or of the mock itself passes by: the page would otherwise compare each file of its own with
 * every route of the mock. A page whose mock starts is claimed: where the page before was the worker's last one,
 * the worker is signing off meanwhile, is taken back, and then serves pages to come alone.
 */
function mockWorker(): Plugin {
  const prelude = `addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url)
  if (!/\\/(api\\/(v4\\/|graphql$)|-\\/mock$)/.test(pathname)) event.stopImmediatePropagation()
})
addEventListener('message', (event) => {
  if (event.data === 'MOCK_ACTIVATE') event.waitUntil(self.clients.claim())
})
`
  const source = () =>
    prelude +
    readFileSync(createRequire(import.meta.url).resolve('msw/mockServiceWorker.js'), 'utf8')
  const fileName = 'mockServiceWorker.js'
  return {
    name: 'mock-worker',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (!request.url?.split('?')[0]?.endsWith(`/${fileName}`)) return next()
        response.setHeader('Content-Type', 'text/javascript')
        response.end(source())
      })
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: source() })
    },
  }
}

/**
 * Puts the head start into the page of the real console: a script that is built by itself, so that it
 * shares modules with the console and yet runs while that is being fetched. A file, because the policy
 * takes no script that stands in a page. The demo asks a worker that is not there yet.
 */
function headStart(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'head-start',
    apply: 'build',
    configResolved(resolved) {
      config = resolved
    },
    async buildStart() {
      const { target, minify } = config.build
      const built = await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        build: {
          write: false,
          target,
          minify,
          modulePreload: false,
          rolldownOptions: { input: 'src/api/head-start/ask.ts' },
        },
      })
      const files = 'output' in built ? built.output : []
      const [file, ...others] = files
      if (file?.type !== 'chunk' || others.length > 0) throw new Error('The head start is one file')
      this.emitFile({ type: 'asset', name: 'head-start.js', source: file.code })
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const file = Object.keys(bundle).find((name) => /\/head-start-.*\.js$/.test(name))
        if (!file) throw new Error('The build has no head start')
        const attrs = { type: 'module', async: true, crossorigin: true, src: config.base + file }
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' }]
      },
    },
  }
}

/**
 * The policy that the real console brings along, for servers that send none. It knows no GitLab, so it
 * lets the page call any; docs/deploy has a stricter one, and both count. Who may frame the page can
 * only be said by a header: https://www.w3.org/TR/CSP3/#meta-element
 */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "worker-src 'self'",
  "img-src 'self' https: http:",
  "connect-src 'self' https: http:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types job-token-console',
].join('; ')

/** Puts that policy before everything that it is to hold for. To be listed after what adds scripts. */
function metaPolicy(): Plugin {
  return {
    name: 'meta-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler() {
        const attrs = { 'http-equiv': 'Content-Security-Policy', content: contentPolicy }
        return [{ tag: 'meta', attrs, injectTo: 'head-prepend' }]
      },
    },
  }
}

/**
 * Vite writes the licences of the packages that a build holds. To these it adds the console's own, those
 * of what was copied from packages, and those of what the tools put into a build.
 */
function moreLicenses(): Plugin {
  const fileName = 'licenses.txt'
  const contained = [
    ['Job Token Console (MIT)', 'LICENSE'],
    ['GitLab Sans (OFL-1.1)', 'src/ui/fonts/LICENSE.txt'],
    ['Icons and colours of GitLab (MIT)', 'src/ui/third-party-licenses.txt'],
    ['@inlang/paraglide-js (MIT)', 'node_modules/@inlang/paraglide-js/LICENSE'],
    ['rolldown (MIT)', 'node_modules/rolldown/LICENSE'],
    ['vite (MIT)', 'node_modules/vite/LICENSE.md'],
  ] as const
  const sections = contained.map(([title, file]) => {
    // Vite's file goes on with those of its own tools, of which a build holds nothing.
    const [text = ''] = readFileSync(file, 'utf8').split('\n# Licenses of bundled dependencies')
    return `\n## ${title}\n\n${text.trim()}\n`
  })
  return {
    name: 'more-licenses',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const file = bundle[fileName]
        if (file?.type !== 'asset') throw new Error(`The build has no ${fileName}`)
        file.source = `${file.source}${sections.join('')}`
      },
    },
  }
}

/**
 * Tells V8 to compile whole files beside the main thread while they are fetched, instead of function by
 * function when each is called first: those of the first view, and of the dialog that a press opens. Other
 * engines see a comment.
 * https://v8.dev/blog/explicit-compile-hints
 */
function compileAhead(names: readonly string[]): Plugin {
  return {
    name: 'compile-ahead',
    apply: 'build',
    generateBundle: {
      // After Vite's own first line: the hint must come before any code.
      order: 'post',
      handler(_options, bundle) {
        for (const name of names) {
          const file = Object.values(bundle).find((file) => file.name === name)
          if (file?.type !== 'chunk') throw new Error(`The build has no ${name}`)
          file.code = `//# allFunctionsCalledOnLoad\n${file.code}`
        }
      },
    },
  }
}

/**
 * Two builds of one source: the real console (mode `production`) and the demo (mode `demo`).
 * The demo carries the mock and keeps its addresses behind `#`, so that it works from any folder
 * of any static host; the real console has addresses of its own below `base`.
 */
export default defineConfig(({ mode, command }) => {
  const demo = mode === 'demo'
  return {
    base: demo && command === 'build' ? './' : '/',
    define: {
      __DEMO__: JSON.stringify(demo),
      __HASH_ADDRESSES__: JSON.stringify(demo && command === 'build'),
    },
    plugins: [
      react(),
      paraglideVitePlugin(paraglideOptions),
      ...(demo ? [mockWorker()] : [headStart(), metaPolicy()]),
      compileAhead(['react', 'first-view', 'EntryDialog', 'OpenedEndpoints']),
      moreLicenses(),
    ],
    resolve: {
      // What React 18 and later have built in need not be fetched (0.5 kB of the first view).
      alias: {
        'use-sync-external-store/shim/with-selector': 'use-sync-external-store/with-selector',
      },
    },
    worker: { format: 'es' },
    server: { host: '127.0.0.1', port: 5173 },
    preview: { host: '127.0.0.1' },
    build: {
      outDir: demo ? 'dist-demo' : 'dist',
      target: ['chrome123', 'firefox120', 'safari17.5'],
      // Keeps light-dark() as written: lowered, it would ignore a theme chosen by hand.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: {
          codeSplitting: {
            // Few files instead of the fifty that parts and pages happen to share: fewer requests,
            // and they compress better. The first view is two, which are compiled side by side, without
            // main.tsx: what it loads while it starts must not wait for it in turn.
            groups: [
              {
                name: 'react',
                tags: ['$initial'],
                test: /node_modules\/(react|react-dom|scheduler)\//,
                priority: 1,
              },
              {
                name: 'first-view',
                tags: ['$initial'],
                test: /^(?!.*(\/src\/app\/main\.tsx|\/index\.html))/,
              },
              // What is drawn and said in several of the parts and pages that come later; what
              // endpoints do, only with those that show endpoints.
              {
                name: 'kit',
                minShareCount: 2,
                test: /\/src\/(ui|i18n(?!\/endpoint-summaries)|features\/(shared|entry-dialog|target-picker|pasted-text))\/|\/react-hook-form\//,
              },
            ],
          },
        },
      },
      license: { fileName: 'licenses.txt' },
      manifest: true,
    },
    test: {
      include: ['src/**/*.test.ts', 'mocks/**/*.test.ts', 'scripts/**/*.test.ts'],
      environment: 'node',
      pool: 'threads',
      // Vitest leaves one core to others, which is half of a machine with two.
      maxWorkers: '100%',
    },
  }
})
