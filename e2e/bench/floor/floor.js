// The same table as the console's, from the same answers, without any framework: as fast as a page
// can be that has to ask the same questions and draw the same rows.

const connection = JSON.parse(sessionStorage.getItem('connection'))
const projectId = Number(location.pathname.split('/')[2])
const base = `${connection.address}/api/v4`
const headers = { 'PRIVATE-TOKEN': connection.token }

const get = (path) => fetch(`${base}/${path}`, { headers, credentials: 'omit' })
const json = async (path) => (await get(path)).json()

async function all(path) {
  const page = (number) => get(`${path}?per_page=100&page=${number}`)
  const first = await page(1)
  const others = Array.from({ length: Number(first.headers.get('x-total-pages')) - 1 }, (_, n) =>
    page(n + 2).then((response) => response.json()),
  )
  return (await Promise.all([first.json(), ...others])).flat()
}

const scopePath = `projects/${projectId}/job_token_scope`
const asked = Promise.all([
  json(`projects/${projectId}`),
  json(scopePath),
  all(`${scopePath}/groups_allowlist`),
  all(`${scopePath}/allowlist`),
  json('metadata'),
])
const parsed = new Promise((resolve) => {
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', resolve, { once: true })
  } else resolve()
})

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text) => text.replace(/[&<>"]/g, (character) => entities[character])
const icon = (name) =>
  `<svg width="16" height="16" fill="currentColor" aria-hidden="true" focusable="false"><use href="/icons.svg#${name}"></use></svg>`
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })
const order = new Intl.Collator('en', { numeric: true })

const resources = {
  BADGES: 'Badges',
  DEPLOYMENTS: 'Deployments',
  ENVIRONMENTS: 'Environments',
  JOBS: 'Jobs',
  MERGE_REQUESTS: 'Merge requests',
  PACKAGES: 'Packages',
  PIPELINES: 'Pipelines',
  RELEASES: 'Releases',
  REPOSITORIES: 'Repositories',
  SECURE_FILES: 'Secure files',
  TERRAFORM_STATE: 'Terraform state',
  WORK_ITEMS: 'Work items',
}

function words({ default_permissions: byDefault, job_token_policies: policies }) {
  if (byDefault) return 'User membership and role'
  if (policies.length === 0) return 'No resources selected (minimal access only)'
  const lines = policies.map((policy) => {
    const [, scope, resource] = /^(ADMIN|READ)_(.+)$/.exec(policy) ?? []
    const label = resources[resource] ?? policy
    return `<li>${scope === 'ADMIN' ? 'Read and write' : 'Read'} to ${escaped(label)}</li>`
  })
  return `<ul>${lines.join('')}</ul>`
}

function button(name, iconName, label) {
  return `<button type="button" data-do="${name}" aria-label="${label}"><span>${icon(iconName)}</span></button>`
}

function row({ kind, path, item, own }) {
  const shown = escaped(path)
  const address = item.accessible && /^https?:/.test(item.web_url) ? escaped(item.web_url) : ''
  const named = `<bdi>${shown}</bdi>`
  return `<tr role="row">
<td role="cell" class="target">${icon(kind)}<span class="avatar" data-color="${item.id % 7}" aria-hidden="true">${escaped(item.name[0].toUpperCase())}</span><span class="path">${address ? `<a href="${address}" rel="noopener noreferrer">${named}</a>` : named}${own ? '<span class="badge">Current project</span>' : ''}${item.accessible ? '' : `<span class="badge">${icon('eye-slash')}Hidden from you</span>`}</span></td>
<td role="cell" class="words">${words(item)}</td>
<td role="cell" class="added">${item.added_by ? `<bdi title="@${escaped(item.added_by.username)}">${escaped(item.added_by.name)}</bdi>` : ''}${item.added_at ? `<time datetime="${item.added_at}">${dates.format(new Date(item.added_at))}</time>` : ''}</td>
<td role="cell" class="actions">${button('edit', 'pencil', `Edit ${shown}`)}${own ? '' : button('remove', 'remove', `Remove ${shown}`)}</td>
</tr>`
}

const [[project, scope, groups, projects, metadata]] = await Promise.all([asked, parsed])

const entries = [
  ...groups.map((item) => ({ kind: 'group', path: item.full_path, item, own: false })),
  ...projects.map((item) => ({
    kind: 'project',
    path: item.path_with_namespace,
    item,
    own: item.id === projectId,
  })),
].sort((a, b) => Number(b.own) - Number(a.own) || order.compare(a.path, b.path))

document.getElementById('project').textContent =
  `${project.path_with_namespace}, GitLab ${metadata.version}`
document.getElementById('mode').textContent = scope.inbound_enabled
  ? 'Only this project and any groups and projects in the allowlist'
  : 'All groups and projects'
document.getElementById('counts').textContent =
  `${groups.length}/200 groups, ${projects.length - 1}/200 projects`

const body = document.createElement('tbody')
body.setAttribute('role', 'rowgroup')
body.innerHTML = entries.map(row).join('')
body.addEventListener('click', ({ target }) => {
  const pressed = target.closest('button')
  if (pressed) pressed.dataset.pressed = pressed.dataset.do
})
document.querySelector('table').append(body)
