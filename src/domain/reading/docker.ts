/**
 * Logging in to the container registry, which is all that a job token can be asked for there:
 * https://docs.gitlab.com/user/packages/container_registry/authenticate_with_container_registry/
 */
import { isJobToken, userCredential } from './calls.ts'
import { readOptions } from './options.ts'
import type { Tool } from './script.ts'

/** `docker login`, and the same of programs that imitate it. */
export const docker: Tool = ({ words, input }) => {
  const at = words.indexOf('login')
  // `docker --config x login`, `helm registry login`, `crane auth login`.
  if (at < 1 || at > 4) return []
  const options = readOptions(words.slice(at + 1), 'u/username p/password authfile cert-dir')
  const user = options.last('username') ?? ''
  const password = options.has('password-stdin') ? (input ?? '') : (options.last('password') ?? '')
  const host = options.rest[0] ?? ''
  // GitLab's own, however it is reached; a password that is no job token goes to any registry.
  const isGitlabs = /\$\{CI_(?:REGISTRY|SERVER|DEPENDENCY_PROXY)/.test(host)
  if (!isJobToken(password) && !isGitlabs) return []
  return [{ what: 'registry-login', token: userCredential(user, password) }]
}
