// Finds Debian's nginx, for the E2E tests that run behind docs/deploy/nginx.conf.template.
import { existsSync } from 'node:fs'

const command = '/usr/sbin/nginx'
/** Other system files that the configuration and its tests need. */
const needed = ['/etc/nginx/mime.types', '/etc/ssl/certs/ca-certificates.crt']

/** The path of nginx, or `undefined` where it, or a file that it needs, is missing. */
export const findNginx = () => ([command, ...needed].every(existsSync) ? command : undefined)
