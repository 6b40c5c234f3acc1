// Finds nginx as Debian installs it, for the E2E tests that run behind docs/deploy/nginx.conf.template.
import { existsSync } from 'node:fs'

const command = '/usr/sbin/nginx'
/** What the configuration and its tests take from the system besides. */
const needed = ['/etc/nginx/mime.types', '/etc/ssl/certs/ca-certificates.crt']

/** The path of nginx, or `undefined` where it or what it needs is missing. */
export const findNginx = () => ([command, ...needed].every(existsSync) ? command : undefined)
