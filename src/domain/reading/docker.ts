/**
 * The container registry, where a job token signs in, pulls what lists its project, and pushes to its
 * own: https://docs.gitlab.com/user/packages/container_registry/authenticate_with_container_registry/
 */
import { type Attempt, credentialIn, isJobToken, userCredential } from './calls.ts'
import { keep, type Tool } from './job.ts'
import { readOptions } from './options.ts'

/** `docker login`, `pull` and `push`, and the same of programs that imitate it. */
export const docker: Tool = (command, job) => {
  const { words, input } = command
  const at = words.indexOf('login')
  // `docker --config x login`, `helm registry login`, `crane auth login`.
  if (at < 1 || at > 4) return images(words, credentialIn(job.settings('docker').get('token')))
  const options = readOptions(words.slice(at + 1), 'u/username p/password authfile cert-dir')
  const user = options.last('username') ?? ''
  const password = options.has('password-stdin')
    ? (input ?? '').trim()
    : (options.last('password') ?? '')
  const host = options.rest[0] ?? ''
  // GitLab's own, however it is reached; a password that is no job token goes to any registry.
  const isGitlabs = /\$\{CI_(?:REGISTRY|SERVER|DEPENDENCY_PROXY)/.test(host)
  if (!isJobToken(password) && !isGitlabs) return []
  const token = userCredential(user, password)
  keep(job.settings('docker'), 'token', token)
  return [{ what: 'registry-login', token }]
}

const valued =
  't/tag f/file platform build-arg target label cache-from cache-to secret ssh output network a/arch'
/** Of `docker run`, where `-t` is none. */
const runValued =
  'v/volume e/env env-file w/workdir u/user p/publish name network entrypoint platform mount l/label ' +
  'm/memory c/cpu-shares cpus h/hostname add-host device gpus ulimit tmpfs pull restart ipc pid ' +
  'cap-add cap-drop security-opt shm-size volumes-from log-driver log-opt a/attach'

/** Images that a command names; where nobody has signed in, the job token is what the runner gives. */
function images(words: readonly string[], login: ReturnType<typeof credentialIn>): Attempt[] {
  const token = login === 'none' ? 'job' : login
  const options = readOptions(words.slice(1), valued)
  const deeds = options.rest.filter((word) => !/^(?:image|buildx|manifest)$/.test(word))
  const [deed, ...rest] = deeds
  const of = (what: 'image-pull' | 'image-push', image: string | undefined): Attempt[] =>
    image ? [{ what, image: image.replace(/^docker:\/\//, ''), token }] : []
  if (deed === 'run' || deed === 'create') {
    const all = readOptions(words.slice(words.indexOf(deed) + 1), runValued)
    const passes = all.all('env').some(isJobToken)
    const handedOn = passes ? [{ what: 'unclear', token: 'job' } as const] : []
    return [...of('image-pull', all.rest[0]), ...handedOn]
  }
  if (deed === 'pull') return of('image-pull', rest[0])
  if (deed === 'push') return of('image-push', rest.at(-1))
  if (deed === 'build' && options.has('push')) {
    return options.all('tag').flatMap((image) => of('image-push', image))
  }
  if (deed === 'copy' || deed === 'cp')
    return [...of('image-pull', rest[0]), ...of('image-push', rest[1])]
  return []
}
