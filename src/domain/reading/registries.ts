/** Package managers that keep an address and a login: Helm, NuGet and Conan. */
import {
  type Credential,
  carriesJobToken,
  credentialIn,
  strongest,
  urlCredential,
  userCredential,
} from './calls.ts'
import { docker } from './docker.ts'
import { keep, type Tool } from './job.ts'
import { readOptions } from './options.ts'

const helmValued =
  'username password ca-file cert-file key-file repo version n/namespace f/values d/destination'

/** `helm repo add`, which reads the index of charts; signing in to a registry is Docker's. */
export const helm: Tool = (command, job) => {
  const [group, deed, ...words] = command.words.slice(1)
  if (group !== 'repo' || deed !== 'add') return docker(command, job)
  const options = readOptions(words, helmValued)
  const [, url] = options.rest
  if (!url) return []
  const password = options.has('password-stdin')
    ? (command.input ?? '').trim()
    : (options.last('password') ?? '')
  const token = strongest([
    urlCredential(url),
    userCredential(options.last('username') ?? '', password),
  ])
  return [{ what: 'request', method: 'GET', url: `${url.replace(/\/+$/, '')}/index.yaml`, token }]
}

const nugetValued =
  'u/username p/password n/name s/source k/api-key configfile valid-authentication-types timeout ' +
  'Name Source Username Password ApiKey ConfigFile'

/** `dotnet nuget` and `nuget`: `add source` and `push`. */
export const nuget: Tool = ({ words }, job) => {
  const args = words.slice(words[1] === 'nuget' ? 2 : 1)
  const at = args[0] === 'sources' ? 1 : 0
  const options = readOptions(
    args.slice(at).map((word) => word.replace(/^-(?=[A-Z][a-z])/, '--')),
    nugetValued,
  )
  const last = (...names: string[]) =>
    names.map((name) => options.last(name)).find((value) => value !== undefined)
  const [deed = '', ...rest] = options.rest
  const sources = job.settings('nuget source')
  const logins = job.settings('nuget login')
  if (deed.toLowerCase() === 'add') {
    const url = last('Source', 'source') ?? rest.find((word) => /^https?:|^\$/.test(word))
    if (!url) return []
    const name = last('name', 'Name') ?? url
    const token = userCredential(
      last('username', 'Username') ?? '',
      last('password', 'Password') ?? '',
    )
    keep(sources, name, url)
    keep(logins, name, token)
    return carriesJobToken(token) ? [{ what: 'request', method: 'GET', url, token }] : []
  }
  if (deed !== 'push') return []
  const source = last('source', 'Source') ?? ''
  const url = sources.get(source) ?? source
  const key = last('api-key', 'ApiKey') ?? ''
  const given = credentialIn(logins.get(source))
  const token: Credential =
    given === 'none' && carriesJobToken(userCredential('gitlab-ci-token', key)) ? 'job' : given
  if (!/^https?:|^\$/.test(url)) return carriesJobToken(token) ? [{ what: 'unclear', token }] : []
  return [{ what: 'request', method: 'PUT', url: url.replace(/\/index\.json$/, '/'), token }]
}

const conanValued =
  'r/remote p/password u/user build pr/profile o/options s/settings c/conf lockfile f/format'

/** Conan 2: a remote, its login, and what is uploaded to or installed from it. */
export const conan: Tool = (command, job) => {
  const { words, env } = command
  const options = readOptions(words.slice(1), conanValued)
  const [deed, first, second, third] = options.rest
  const find = (name: string) => env.get(name) ?? job.get(name) ?? ''
  if (deed === 'remote' && first === 'add' && second && third) {
    keep(job.settings('conan remote'), second, third)
    return []
  }
  const isLogin = deed === 'user' || (deed === 'remote' && first === 'login')
  if (isLogin) {
    const remote = deed === 'user' ? (options.last('remote') ?? '') : (second ?? '')
    const user = (deed === 'user' ? first : third) ?? ''
    keep(job.settings('conan login'), remote, userCredential(user, options.last('password') ?? ''))
    return []
  }
  const remotes = job.settings('conan remote')
  const remote = options.last('remote') ?? remotes.keys()[0] ?? ''
  const url = remotes.get(remote)
  const name = remote.toUpperCase().replace(/\W/g, '_')
  const user = find(`CONAN_LOGIN_USERNAME_${name}`) || find('CONAN_LOGIN_USERNAME')
  const password = find(`CONAN_PASSWORD_${name}`) || find('CONAN_PASSWORD')
  const token = strongest([
    credentialIn(job.settings('conan login').get(remote)),
    userCredential(user, password),
  ])
  if (!url || token === 'none') return []
  const recipe = `${url.replace(/\/+$/, '')}/v2/conans/\${name}/\${version}/\${user}/\${channel}`
  if (deed === 'upload') {
    return [
      {
        what: 'request',
        method: 'PUT',
        url: `${recipe}/revisions/\${revision}/files/\${file}`,
        token,
      },
    ]
  }
  return /^(?:install|create|download|build)$/.test(deed ?? '')
    ? [{ what: 'request', method: 'GET', url: `${recipe}/latest`, token }]
    : []
}

/** Programs that may fetch with a token from Git's settings or from variables of their own. */
export const handsOn =
  /^(?:go|cargo|composer|php|bundle|bundler|gem|mix|swift|pod|nix|cmake|make|just|task|gradle|gradlew|mvn|mvnw|flutter|dart|sbt|pre-commit|ansible-galaxy|terragrunt|packer|docker|podman|buildah|buildctl|kaniko|executor|west|repo|vcs|rebar3|stack|cabal|terraform|tofu|npm|yarn|pnpm|pip|pip3|poetry|uv|pipenv|pdm|hatch|bazel|renovate|semantic-release|lerna|changeset|release-it)$/
