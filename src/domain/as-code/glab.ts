/**
 * An allowlist as a Bash script of calls to `glab api`, which sends nothing unless it is told to.
 *
 * Sources: https://docs.gitlab.com/cli/api/ for the options of `glab api`;
 * https://docs.gitlab.com/api/project_job_token_scopes/ for membership and mode, and
 * https://docs.gitlab.com/api/graphql/reference/ for what REST lacks.
 */
import { type AllowlistEntry, isOwnProject } from '../allowlist.ts'
import { type ListExport, visible } from './list-file.ts'

/** The calls in the order in which nobody is locked out meanwhile: the mode comes last. */
export function toGlabScript(list: ListExport): string {
  const { server, project, at, extent } = list
  const about = [
    `CI/CD job token allowlist of ${project.fullPath} (project ${project.id})`,
    `at ${server}, ${at}`,
    '',
    'Adds the entries below, or changes those that are listed with other permissions.',
    'Removes nothing. Without --apply it only prints what it would send.',
    'Permissions are sent by GraphQL, which finds groups and projects by the paths of that time.',
  ]
  return [
    '#!/usr/bin/env bash',
    ...about.map((text) => (text ? `# ${visible(text)}` : '#')),
    'set -u',
    '',
    `host=${quote(new URL(server).host)}`,
    functions,
    ...list.entries.map((entry) => entryCall(list, entry)),
    ...(extent === 'whole' ? settingCalls(list) : []),
    '',
    'if [ "$failed" -gt 0 ]; then',
    '  echo "$failed failed" >&2',
    '  exit 1',
    'fi',
    '',
  ].join('\n')
}

const functions = `
apply=false
case "\${1:---dry-run}" in
  --dry-run) ;;
  --apply) apply=true ;;
  *)
    echo "Usage: bash $0 [--dry-run | --apply]" >&2
    exit 2
    ;;
esac
failed=0

# report NAME STATUS ANSWER: says what became of a call.
report() {
  if [ "$2" -eq 0 ]; then
    printf 'done: %s\\n' "$1"
  else
    failed=$((failed + 1))
    printf 'FAILED: %s: %s\\n' "$1" "$3" >&2
  fi
}

# rest NAME METHOD ADDRESS FIELD: one call of the REST API.
rest() {
  if ! $apply; then
    printf 'would send: %s %s %s (%s)\\n' "$2" "$3" "$4" "$1"
    return
  fi
  local answer
  answer=$(glab api --hostname "$host" --method "$2" --field "$4" "$3" 2>&1)
  report "$1" $? "$answer"
}

# graphql MUTATION INPUT: one call of the GraphQL API. GitLab tells refusals in "errors" of its answer.
graphql() {
  local answer status
  answer=$(printf '{"query":"%s","variables":{"input":%s}}' "$1" "$2" |
    glab api --hostname "$host" --method POST --header 'Content-Type: application/json' --input - graphql 2>&1)
  status=$?
  printf '%s' "$answer"
  [ "$status" -eq 0 ] || return 1
  case "\${answer//[[:space:]]/}" in
    *'"errors":[]'*) return 0 ;;
    *) return 1 ;;
  esac
}
add='mutation($input: CiJobTokenScopeAddGroupOrProjectInput!) { result: ciJobTokenScopeAddGroupOrProject(input: $input) { errors } }'
update='mutation($input: CiJobTokenScopeUpdatePoliciesInput!) { result: ciJobTokenScopeUpdatePolicies(input: $input) { errors } }'
settings='mutation($input: ProjectCiCdSettingsUpdateInput!) { result: projectCiCdSettingsUpdate(input: $input) { errors } }'

# entry NAME INPUT: adds an entry, or changes it where it is listed already.
entry() {
  if ! $apply; then
    printf 'would send: GraphQL, add or change %s\\n' "$1"
    return
  fi
  local answer status
  answer=$(graphql "$add" "$2")
  status=$?
  case "$answer" in
    *'already in the job token allowlist'*)
      answer=$(graphql "$update" "$2")
      status=$?
      ;;
  esac
  report "$1" "$status" "$answer"
}

# member NAME LIST FIELD INPUT: adds an entry with default permissions, or changes it to these.
member() {
  if ! $apply; then
    printf 'would send: POST %s %s (%s)\\n' "$2" "$3" "$1"
    return
  fi
  local answer status
  answer=$(glab api --hostname "$host" --method POST --field "$3" "$2" 2>&1)
  status=$?
  case "$answer" in
    *'already in the job token allowlist'*)
      answer=$(graphql "$update" "$4")
      status=$?
      ;;
  esac
  report "$1" "$status" "$answer"
}

# setting NAME INPUT: one setting that REST lacks.
setting() {
  if ! $apply; then
    printf 'would send: GraphQL, %s\\n' "$1"
    return
  fi
  local answer
  answer=$(graphql "$settings" "$2")
  report "$1" $? "$answer"
}
`

function entryCall({ project }: ListExport, entry: AllowlistEntry): string {
  const { target, permissions } = entry
  const { defaultPermissions, policies } = permissions
  const name = quote(visible(`${target.kind} ${target.fullPath}`))
  const input = quote(
    asciiJson({
      projectPath: project.fullPath,
      targetPath: target.fullPath,
      defaultPermissions,
      jobTokenPolicies: policies,
    }),
  )
  // REST adds with default permissions only, and in older releases not the project itself.
  if (!defaultPermissions || policies.length > 0 || isOwnProject(entry, project.id)) {
    return `entry ${name} ${input}`
  }
  const list = target.kind === 'group' ? 'groups_allowlist' : 'allowlist'
  const address = `projects/${project.id}/job_token_scope/${list}`
  return `member ${name} ${address} target_${target.kind}_id=${target.id} ${input}`
}

function settingCalls({ project, settings }: ListExport): string[] {
  const { inboundEnabled, pushAllowed, crossProjectPushAllowed } = settings
  return [
    ...(pushAllowed === undefined
      ? []
      : [
          `rest 'Git push requests' PUT projects/${project.id} ci_push_repository_for_job_token_allowed=${pushAllowed}`,
        ]),
    ...(crossProjectPushAllowed === undefined
      ? []
      : [
          `setting 'cross-project Git push requests' ${quote(
            asciiJson({
              fullPath: project.fullPath,
              crossProjectPushForJobTokenAllowed: crossProjectPushAllowed,
            }),
          )}`,
        ]),
    ...(inboundEnabled === undefined
      ? []
      : [`rest mode PATCH projects/${project.id}/job_token_scope enabled=${inboundEnabled}`]),
  ]
}

/** A word of Bash, to the letter. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** JSON in which every other letter is escaped, so that no terminal or editor shows it otherwise than it is. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[^ -~]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
