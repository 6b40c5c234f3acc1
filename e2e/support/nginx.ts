import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNginx } from '../../scripts/find-nginx.mjs'
import { freePort } from './servers.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const build = join(root, 'dist')

export type Nginx = {
  readonly address: string
  /** The access log so far. */
  log(): string
  stop(): Promise<void>
}

export type NginxOptions = {
  /** The origin of the GitLab that the console is configured for. */
  readonly gitlab: string
  /** Whether nginx proxies the console's API requests to that GitLab. */
  readonly proxy: boolean
  /** The contents of `config.json`; without it the file is left out. */
  readonly config?: object
  /** Whether to serve HTTPS, with a self-signed certificate. */
  readonly encrypted?: boolean
}

/** Serves the real build by an nginx of its own, configured by the template in `docs/deploy`. */
export async function startNginx({
  gitlab,
  proxy,
  config,
  encrypted = false,
}: NginxOptions): Promise<Nginx> {
  const results = join(root, 'test-results', 'nginx')
  mkdirSync(results, { recursive: true })
  const folder = mkdtempSync(join(results, 'run-'))
  const port = await freePort()
  const listen = `127.0.0.1:${port}`
  const template = readFileSync(join(root, 'docs', 'deploy', 'nginx.conf.template'), 'utf8')
  const log = join(folder, 'access.log')
  const site = filled(template, {
    CONSOLE_LISTEN: encrypted ? `${listen} ssl` : listen,
    CONSOLE_LOG: log,
    CONSOLE_ROOT: config ? withConfig(config, join(folder, 'site')) : build,
    GITLAB_URL: gitlab,
    GITLAB_PROXY: proxy ? 'on' : 'off',
  })
  writeFileSync(join(folder, 'console.conf'), site)
  writeFileSync(join(folder, 'nginx.conf'), around(folder, encrypted ? certificateIn(folder) : ''))

  const nginx = findNginx()
  if (!nginx) throw new Error('there is no nginx: install nginx-light and ca-certificates')
  const child = spawn(nginx, ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await answering(child, port)
  return {
    address: `${encrypted ? 'https' : 'http'}://${listen}`,
    log: () => readFileSync(log, 'utf8'),
    async stop() {
      const exited = once(child, 'exit')
      child.kill()
      await exited
      rmSync(folder, { recursive: true })
    },
  }
}

/** Makes a folder with the build and a config.json beside it, as in a deployment. */
function withConfig(config: object, folder: string): string {
  mkdirSync(folder)
  for (const name of readdirSync(build)) symlinkSync(join(build, name), join(folder, name))
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  return folder
}

/** Fills in the template as `envsubst` does, which the instructions use. */
const filled = (template: string, values: Readonly<Record<string, string>>) =>
  template.replace(/\$\{(\w+)\}/g, (text, name: string) => values[name] ?? text)

/** The surroundings of a site in Debian's nginx.conf, with all paths in a folder of its own. */
const around = (folder: string, certificate: string) => `
  daemon off;
  ${process.getuid?.() === 0 ? 'user root;' : ''}
  worker_processes 1;
  pid ${folder}/nginx.pid;
  error_log stderr;
  events { worker_connections 256; }
  http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path ${folder}/body;
    proxy_temp_path ${folder}/proxy;
    fastcgi_temp_path ${folder}/fastcgi;
    uwsgi_temp_path ${folder}/uwsgi;
    scgi_temp_path ${folder}/scgi;
    ${certificate}
    include ${folder}/console.conf;
  }
`

/** Creates a certificate and its directives. OpenSSL is installed with ca-certificates. */
function certificateIn(folder: string): string {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=127.0.0.1', '-days', '2']
  execFileSync('openssl', ['req', ...made, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  })
  return `ssl_certificate ${certificate}; ssl_certificate_key ${key};`
}

/** Waits until nginx listens; rejects with its output if it exits instead. */
async function answering(nginx: ChildProcess, port: number): Promise<void> {
  let said = ''
  nginx.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  while (nginx.exitCode === null) {
    if (await isListening(port)) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`nginx ended:\n${said}`)
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}
