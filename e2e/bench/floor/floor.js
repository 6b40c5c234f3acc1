// The lower bound of the benchmark: a page without any framework that sends the console's requests
// and renders the same table from the answers.

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
// From @gitlab/svgs (MIT licence). Inlined, which is faster than a shared sprite and <use>.
const icons = {
  'eye-slash':
    '<path fill-rule="evenodd" clip-rule="evenodd" d="M14.776 2.284a.75.75 0 00-1.06-1.06l-1.953 1.953C10.707 2.499 9.44 2 8 2 5.506 2 3.533 3.49 2.24 4.86A14.615 14.615 0 00.226 7.576a5.39 5.39 0 00-.028.052l-.008.014-.003.005v.002L.85 8l-.663-.35L.002 8l.185.35L.85 8l-.663.35v.002l.002.002.004.007.012.023c.01.02.026.047.046.082a14.417 14.417 0 00.82 1.262c.47.647 1.13 1.447 1.96 2.18L1.22 13.72a.75.75 0 101.06 1.06L14.776 2.284zm-10.681 8.56l1.32-1.32a3 3 0 014.109-4.109l1.148-1.147C9.864 3.8 8.969 3.5 8 3.5c-1.88 0-3.483 1.134-4.67 2.39A13.114 13.114 0 001.716 8c.13.213.32.508.567.846a11.98 11.98 0 001.811 1.998zm9.42-5.166a.75.75 0 011.053.122c.447.564.901 1.2 1.245 1.85l.185.35-.185.35L15.15 8l.663.351-.001.002-.003.005-.008.014a9.81 9.81 0 01-.53.865 14.62 14.62 0 01-1.51 1.903C12.467 12.51 10.494 14 8 14a6.939 6.939 0 01-1.021-.08l-.02-.002-.006-.001h-.002l.12-.741-.12.74a.75.75 0 01.239-1.48h.002l.011.001a6.024 6.024 0 00.235.03c.158.017.362.033.562.033 1.88 0 3.483-1.134 4.67-2.39a13.11 13.11 0 001.616-2.115 12.33 12.33 0 00-.893-1.263.75.75 0 01.121-1.054z"/>',
  group:
    '<path fill-rule="evenodd" clip-rule="evenodd" d="M6 4a1.5 1.5 0 11-3 0 1.5 1.5 0 013 0zm1.5 0a3 3 0 11-6 0 3 3 0 016 0zm4 5.5a1.5 1.5 0 100-3 1.5 1.5 0 000 3zm0 1.5a3 3 0 100-6 3 3 0 000 6zm-7 2.5a1.5 1.5 0 100-3 1.5 1.5 0 000 3zm0 1.5a3 3 0 100-6 3 3 0 000 6z"/>',
  information:
    '<path d="M14.5 8a6.5 6.5 0 11-13 0 6.5 6.5 0 0113 0zM16 8A8 8 0 110 8a8 8 0 0116 0zm-9.75 2.5a.75.75 0 000 1.5h3.5a.75.75 0 000-1.5h-1V7H7a.75.75 0 000 1.5h.25v2h-1zM8 6a1 1 0 100-2 1 1 0 000 2z"/>',
  pencil:
    '<path fill-rule="evenodd" clip-rule="evenodd" d="M2.5 13.5v-1.879l7.28-7.28 1.88 1.879-7.28 7.28H2.5zm10.22-8.341l.805-.805a.5.5 0 000-.708l-1.171-1.171a.5.5 0 00-.708 0l-.805.805 1.879 1.88zM1 13.5V11l9.586-9.586a2 2 0 012.828 0l1.172 1.172a2 2 0 010 2.828L5 15H1v-1.5z"/>',
  project:
    '<path fill-rule="evenodd" clip-rule="evenodd" d="M9.5 14.5l-6-2.5V4l6-2.5v13zm-6.885-1.244A1 1 0 012 12.333V3.667a1 1 0 01.615-.923L8.923.115A1.5 1.5 0 0111 1.5V2h1.25c.966 0 1.75.783 1.75 1.75v8.5A1.75 1.75 0 0112.25 14H11v.5a1.5 1.5 0 01-2.077 1.385l-6.308-2.629zM11 12.5h1.25a.25.25 0 00.25-.25v-8.5a.25.25 0 00-.25-.25H11v9z"/>',
  remove:
    '<path fill-rule="evenodd" clip-rule="evenodd" d="M5.75 3V1.5h4.5V3h-4.5zm-1.5 0V1a1 1 0 011-1h5.5a1 1 0 011 1v2h2.5a.75.75 0 010 1.5h-.365l-.743 9.653A2 2 0 0111.148 16H4.852a2 2 0 01-1.994-1.847L2.115 4.5H1.75a.75.75 0 010-1.5h2.5zm-.63 1.5h8.76l-.734 9.538a.5.5 0 01-.498.462H4.852a.5.5 0 01-.498-.462L3.62 4.5z"/>',
}
const icon = (name) =>
  `<svg width="16" height="16" fill="currentColor" aria-hidden="true" viewBox="0 0 16 16">${icons[name]}</svg>`
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

/** The grants in GitLab's words, and in short as the row shows them. */
function words({ default_permissions: byDefault, job_token_policies: policies }) {
  if (byDefault) return { lines: ['User membership and role'], short: 'Default permissions' }
  if (policies.length === 0) {
    return { lines: ['No resources selected (minimal access only)'], short: 'None' }
  }
  const grants = policies.map((policy) => {
    const [, scope, resource] = /^(ADMIN|READ)_(.+)$/.exec(policy) ?? []
    return {
      label: resources[resource] ?? policy,
      scope: scope === 'ADMIN' ? 'Read and write' : 'Read',
    }
  })
  return {
    lines: grants.map(({ scope, label }) => `${scope} to ${label}`),
    short: grants.map(({ scope, label }) => `${label}: ${scope}`).join(' · '),
  }
}

function permissions(item) {
  const { lines, short } = words(item)
  const whole =
    lines.length === 1
      ? escaped(lines[0])
      : `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`
  return `<div class="line" data-line="${escaped(short)}" title="${escaped(lines.join('\n'))}"><div class="hidden">${whole}</div></div>`
}

function button(name, iconName, label) {
  return `<button type="button" data-do="${name}" aria-label="${label}">${icon(iconName)}</button>`
}

const badge = (text, title = '') =>
  `<span class="badge"${title && ` title="${escaped(title)}"`}>${text}</span>`

/** Which listed group is the closest above each entry, and how many entries each group is that for. */
function marksOf(entries) {
  const groups = new Set(entries.filter(({ kind }) => kind === 'group').map(({ path }) => path))
  const closest = new Map()
  const below = new Map()
  for (const { path } of entries) {
    let parent = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    while (parent && !groups.has(parent)) {
      parent = parent.slice(0, Math.max(0, parent.lastIndexOf('/')))
    }
    if (!parent) continue
    closest.set(path, parent)
    below.set(parent, [...(below.get(parent) ?? []), path])
  }
  return ({ path }) => {
    const above = closest.get(path)
    const under = below.get(path)
    return `${above ? badge(`Overrides ${escaped(above)}`, above) : ''}${under ? badge(`Overridden by ${under.length}`, under.join(', ')) : ''}`
  }
}

function row({ kind, path, item, own }, marks) {
  const shown = escaped(path)
  const address = item.accessible && /^https?:/.test(item.web_url) ? escaped(item.web_url) : ''
  const named = `<bdi>${shown.replaceAll('/', '/<wbr>')}</bdi>`
  const badges = `${own ? badge('Current project') : ''}${item.accessible ? '' : badge(`${icon('eye-slash')}Hidden from you`)}${marks}`
  const cells = [
    `<td role="cell" class="target"><input type="checkbox" value="${kind}-${item.id}" aria-label="Select ${shown}">${icon(kind)}<span class="hidden">${kind === 'group' ? 'Group' : 'Project'}</span><span class="avatar" data-color="${item.id % 7}" aria-hidden="true">${escaped(item.name[0].toUpperCase())}</span><span class="path">${address ? `<a href="${address}" rel="noopener noreferrer">${named}</a>` : named}${badges && `<span class="marks">${badges}</span>`}</span></td>`,
    `<td role="cell" class="permissions">${permissions(item)}${button('rights', 'information', `What can ${shown} do here?`)}</td>`,
    '<td role="cell"><span title="The authentication log is still loading.">…</span></td>',
    `<td role="cell" class="added">${item.added_by ? `<bdi title="@${escaped(item.added_by.username)}">${escaped(item.added_by.name)}</bdi>` : ''}${item.added_at ? `<time datetime="${item.added_at}">${dates.format(new Date(item.added_at))}</time>` : ''}</td>`,
    `<td role="cell" class="actions">${button('edit', 'pencil', `Edit ${shown}`)}${own ? '' : button('remove', 'remove', `Remove ${shown}`)}</td>`,
  ]
  return `<tr role="row">${cells.join('')}</tr>`
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
const marks = marksOf(entries)
body.innerHTML = entries.map((entry) => row(entry, marks(entry))).join('')
body.addEventListener('click', ({ target }) => {
  const pressed = target.closest('button')
  if (pressed) pressed.dataset.pressed = pressed.dataset.do
})
document.querySelector('table').append(body)
