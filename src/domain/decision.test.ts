import { describe, expect, test } from 'vitest'
import {
  createDice,
  type Dice,
  listed,
  questionOf,
  randomEndpoint,
  randomWorld,
} from '../../test-support/random-worlds.ts'
import type { AllowlistEntry } from './allowlist.ts'
import {
  type Action,
  decide,
  type Question,
  type Remedy,
  type Rules,
  type Verdict,
} from './decision.ts'
import { endpointsOf } from './endpoints.ts'

const endpoints = endpointsOf({ major: 99, minor: 0 })

function call(line: string): Extract<Action, { kind: 'endpoint' }> {
  const endpoint = endpoints.find(({ method, path }) => `${method} ${path}` === line)
  if (!endpoint) throw new Error(`No endpoint ${line}`)
  return { kind: 'endpoint', endpoint }
}

/** An action on an endpoint whose required policies are marked as unconfirmed. */
function unconfirmed(line: string): Extract<Action, { kind: 'endpoint' }> {
  const { endpoint } = call(line)
  return { kind: 'endpoint', endpoint: { ...endpoint, uncertain: true } }
}

const jobs = call('GET /projects/:id/jobs')
const deploy = call('POST /projects/:id/deployments')
const packages = call('GET /projects/:id/packages')
const ping = call('GET /projects/:id/packages/conan/v1/ping')
const registry = call('GET /projects/:id/registry/repositories')
const tag = unconfirmed('GET /projects/:id/repository/tags/:tag_name')

const project = (id: number, path: string, ...policies: string[]) =>
  listed('project', id, path, policies)
const group = (id: number, path: string, ...policies: string[]) =>
  listed('group', id, path, policies)
const trusting = (entry: AllowlistEntry): AllowlistEntry => ({
  ...entry,
  permissions: { defaultPermissions: true, policies: [] },
})
const impliedOwn: AllowlistEntry = { ...trusting(project(1, 'acme/shop')), addedAt: null }

const rules: Rules = {
  mode: { inboundEnabled: true, enforced: false },
  entries: [impliedOwn],
  complete: true,
  fineGrainedAllowed: true,
  push: { own: false, crossProject: false },
}
const base: Question = {
  action: jobs,
  origin: { id: 2, fullPath: 'acme/web/site' },
  accessed: { id: 1, fullPath: 'acme/shop', visibility: 'private' },
  rules,
  version: { major: 19, minor: 1 },
}
/** Asks whether project 2, `acme/web/site`, may access the private project 1, `acme/shop`. */
const ask = (
  { rules: changed, ...question }: Partial<Omit<Question, 'rules'>> & { rules?: Partial<Rules> },
  entries: readonly AllowlistEntry[] = rules.entries,
) => decide({ ...base, ...question, rules: { ...rules, entries, ...changed } })
const ownJob = { origin: { id: 1, fullPath: 'acme/shop' } }
const off = { inboundEnabled: false, enforced: false }

describe('a job is', () => {
  const site = project(2, 'acme/web/site', 'READ_JOBS')
  test.each<readonly [string, Verdict['outcome'], Verdict['rule'], Verdict]>([
    ['let in by default permissions', 'allowed', 'default-permissions', ask({}, [trusting(site)])],
    ['let in by the policy', 'allowed', 'policies-granted', ask({}, [site])],
    [
      'let in to read by the policy to write',
      'allowed',
      'policies-granted',
      ask({}, [project(2, '', 'ADMIN_JOBS')]),
    ],
    ['refused without the policy', 'denied', 'missing-policies', ask({}, [project(2, '')])],
    ['refused without an entry', 'denied', 'not-listed', ask({})],
    [
      'refused with an entry of a neighbour whose path begins alike',
      'denied',
      'not-listed',
      ask({}, [group(9, 'acme/we'), group(2, 'acme/web-x'), project(3, 'acme/web/site2')]),
    ],
    [
      'let in by a group, however written',
      'allowed',
      'policies-granted',
      ask({}, [group(9, 'ACME', 'READ_JOBS')]),
    ],
    [
      'let in everywhere while the list is off',
      'allowed',
      'mode-all',
      ask({ rules: { mode: off } }),
    ],
    [
      'refused while the instance enforces the list',
      'denied',
      'not-listed',
      ask({ rules: { mode: { inboundEnabled: false, enforced: true } } }),
    ],
    [
      'let in where no permission counts',
      'allowed',
      'not-controllable',
      ask({ action: ping }, [site]),
    ],
    ['refused there without an entry', 'denied', 'not-listed', ask({ action: ping })],
    [
      'let in without an entry where no project is named',
      'allowed',
      'no-project',
      ask({ action: call('GET /groups/:id/-/packages/pypi/simple') }),
    ],
    [
      'refused at the registry of another project, even with the list off',
      'denied',
      'registry-of-another-project',
      ask({ action: registry, rules: { mode: off } }, [trusting(site)]),
    ],
    ['let in at its own registry', 'allowed', 'own-project', ask({ action: registry, ...ownJob })],
    ['let in at its own project', 'allowed', 'own-project', ask(ownJob)],
    [
      'let in at its own project, found by path',
      'allowed',
      'own-project',
      ask({ origin: { fullPath: 'Acme/Shop' } }),
    ],
    [
      'refused at its own project by its own entry',
      'denied',
      'missing-policies',
      ask(ownJob, [project(1, 'acme/shop', 'READ_PACKAGES')]),
    ],
    [
      'refused at its own project by an entry of its group',
      'denied',
      'missing-policies',
      ask(ownJob, [impliedOwn, group(9, 'acme')]),
    ],
    [
      'let in there once its own entry has default permissions',
      'allowed',
      'default-permissions',
      ask(ownJob, [trusting(project(1, 'acme/shop')), group(9, 'acme')]),
    ],
    [
      'let in at its own project whatever its entry says before 18.3',
      'allowed',
      'own-project',
      ask({ ...ownJob, action: deploy, version: { major: 18, minor: 2 } }, [group(9, 'acme')]),
    ],
    [
      'let in by any entry while the switch of the group is off',
      'allowed',
      'fine-grained-off',
      ask({ rules: { fineGrainedAllowed: false } }, [project(2, '')]),
    ],
    [
      'refused by an older release',
      'denied',
      'not-yet',
      ask({ version: { major: 18, minor: 2 } }, [trusting(site)]),
    ],
    ['refused by GraphQL', 'denied', 'no-job-tokens', ask({ action: { kind: 'no-job-tokens' } })],
    [
      'let in to what asks for no policy',
      'allowed',
      'not-controllable',
      ask({ action: { kind: 'without-policies' } }, [project(2, '')]),
    ],
    [
      'refused by fine-grained permissions where nothing is declared',
      'denied',
      'needs-default-permissions',
      ask({ action: { kind: 'undeclared' } }, [site]),
    ],
    [
      'let in there by default ones',
      'allowed',
      'default-permissions',
      ask({ action: { kind: 'undeclared' } }, [trusting(site)]),
    ],
    [
      'not judged by what is uncertain',
      'unknown',
      'needs-unconfirmed',
      ask({ action: tag }, [site]),
    ],
    ['judged where that does not matter', 'denied', 'not-listed', ask({ action: tag })],
  ])('%s', (_name, outcome, rule, verdict) => {
    expect(verdict).toMatchObject({ outcome, rule })
  })
})

test('of several entries the nearest decides, and names those that it shadows', () => {
  const [site, web, acme] = [
    project(2, 'acme/web/site', 'READ_PACKAGES'),
    group(8, 'acme/web', 'READ_JOBS'),
    trusting(group(9, 'acme')),
  ]
  const others = [project(8, 'acme/web/other'), group(2, 'b')]
  expect(ask({}, [acme, ...others, web, site])).toMatchObject({
    outcome: 'denied',
    deciding: site,
    missing: ['READ_JOBS'],
    shadowed: [web, acme],
  })
  expect(ask({}, [acme, ...others, web])).toMatchObject({
    outcome: 'allowed',
    deciding: web,
    shadowed: [acme],
  })
})

test('only the policies that are missing are named', () => {
  const { missing } = ask({ action: deploy }, [
    project(2, '', 'ADMIN_DEPLOYMENTS', 'READ_ENVIRONMENTS'),
  ])
  expect(missing).toEqual(['ADMIN_ENVIRONMENTS'])
})

describe('the least that helps is', () => {
  const fine = (...policies: string[]) => ({ defaultPermissions: false, policies })
  const inherit = { defaultPermissions: true, policies: [] }
  const site = project(2, 'acme/web/site', 'READ_DEPLOYMENTS', 'READ_NEW_THINGS')

  test.each<readonly [string, Verdict, readonly Remedy[] | undefined]>([
    ['nothing where it is allowed', ask({}, [trusting(site)]), []],
    [
      'an entry for the project',
      ask({ action: deploy }),
      [{ kind: 'add-entry', permissions: fine('ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS') }],
    ],
    [
      'an entry without permissions',
      ask({ action: ping }),
      [{ kind: 'add-entry', permissions: fine() }],
    ],
    [
      'an entry with default permissions where there are no others',
      ask({ rules: { fineGrainedAllowed: false } }),
      [{ kind: 'add-entry', permissions: inherit }],
    ],
    [
      'more in the entry that decides, which keeps what it has',
      ask({ action: deploy }, [site]),
      [
        {
          kind: 'raise-entry',
          entry: site,
          permissions: fine('READ_NEW_THINGS', 'ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS'),
        },
      ],
    ],
    [
      'an entry for the project alone, which keeps what its group has',
      ask({}, [group(9, 'acme', 'READ_PACKAGES')]),
      [{ kind: 'add-entry', permissions: fine('READ_PACKAGES', 'READ_JOBS') }],
    ],
    [
      'the own row with default permissions where a group caught the project',
      ask(ownJob, [impliedOwn, group(9, 'acme', 'READ_PACKAGES')]),
      [{ kind: 'add-entry', permissions: inherit }],
    ],
    ['nothing at the registry of another project', ask({ action: registry }), undefined],
    ['nothing at GraphQL', ask({ action: { kind: 'no-job-tokens' } }), undefined],
    ['not known where the needs are not', ask({ action: tag }), undefined],
  ])('%s', (_name, { least }, expected) => {
    expect(least).toEqual(expected)
  })
})

describe('what is public may still be allowed', () => {
  const open = (changes: Partial<Question['accessed']> = {}): Pick<Question, 'accessed'> => ({
    accessed: { ...base.accessed, visibility: 'public', ...changes },
  })
  test.each<readonly [string, Verdict['outcome'], Verdict]>([
    ['to read without an entry', 'may-be-allowed', ask(open())],
    ['to read without the policy', 'may-be-allowed', ask(open(), [project(2, '')])],
    ['of an internal project', 'may-be-allowed', ask(open({ visibility: 'internal' }))],
    ['to clone', 'may-be-allowed', ask({ ...open(), action: { kind: 'clone' } })],
    ['where no permission counts', 'may-be-allowed', ask({ ...open(), action: ping })],
    [
      'where the feature alone is',
      'may-be-allowed',
      ask({
        ...open({ visibility: 'private', features: { package_registry: 'public' } }),
        action: packages,
      }),
    ],
    ['but not to write', 'denied', ask({ ...open(), action: deploy })],
    [
      'but not where the feature is for members',
      'denied',
      ask(open({ features: { builds: 'private' } })),
    ],
    [
      'but not what is never public',
      'denied',
      ask({ ...open(), action: call('GET /projects/:id/secure_files') }),
    ],
    ['but not in a private project', 'denied', ask(open({ visibility: 'private' }))],
  ])('%s', (_name, outcome, verdict) => {
    expect(verdict.outcome).toBe(outcome)
  })

  test('also where the visibility is not known', () => {
    const accessed = { id: 1, fullPath: 'acme/shop' }
    expect(ask({ accessed })).toMatchObject({ outcome: 'may-be-allowed', rule: 'not-listed' })
  })
})

describe('Git', () => {
  const clone: Action = { kind: 'clone' }
  const push: Action = { kind: 'push' }
  const on = { push: { own: true, crossProject: true } }
  const pusher = project(2, '', 'ADMIN_REPOSITORIES')
  const add = {
    kind: 'add-entry',
    permissions: { defaultPermissions: false, policies: ['ADMIN_REPOSITORIES'] },
  }
  test.each<readonly [string, Verdict['outcome'], Verdict['rule'], Verdict]>([
    [
      'clones with any entry',
      'allowed',
      'not-controllable',
      ask({ action: clone }, [project(2, '')]),
    ],
    ['clones nothing without', 'denied', 'not-listed', ask({ action: clone })],
    [
      'clones its own project whatever its entry grants',
      'allowed',
      'own-project',
      ask({ action: clone, ...ownJob }, [project(1, 'acme/shop')]),
    ],
    [
      'pushes to its own project if that says so',
      'allowed',
      'push-on',
      ask({ action: push, ...ownJob, rules: on }),
    ],
    ['does not push if not', 'denied', 'push-off', ask({ action: push, ...ownJob })],
    [
      'pushes to another one with all four',
      'allowed',
      'policies-granted',
      ask({ action: push, rules: on }, [pusher]),
    ],
    [
      'pushes by default permissions',
      'allowed',
      'default-permissions',
      ask({ action: push, rules: on }, [trusting(pusher)]),
    ],
    [
      'does not push without the setting for other projects',
      'denied',
      'push-off',
      ask({ action: push, rules: { push: { own: true, crossProject: false } } }, [pusher]),
    ],
    [
      'does not push without the setting for the own one',
      'denied',
      'push-off',
      ask({ action: push, rules: { push: { own: false, crossProject: true } } }, [pusher]),
    ],
    [
      'does not push while the list is off',
      'denied',
      'push-needs-allowlist',
      ask({ action: push, rules: { ...on, mode: off } }, [pusher]),
    ],
    ['does not push without an entry', 'denied', 'not-listed', ask({ action: push, rules: on })],
    [
      'does not push by a right to read',
      'denied',
      'missing-policies',
      ask({ action: push, rules: on }, [project(2, '', 'READ_REPOSITORIES')]),
    ],
    [
      'does not push to another project before 19.0',
      'denied',
      'not-yet',
      ask({ action: push, rules: on, version: { major: 18, minor: 11 } }, [pusher]),
    ],
    [
      'is not judged where the settings are not known',
      'unknown',
      'rules-unreadable',
      ask({ action: push, rules: { push: { own: true, crossProject: undefined } } }, [pusher]),
    ],
  ])('%s', (_name, outcome, rule, verdict) => {
    expect(verdict).toMatchObject({ outcome, rule })
  })

  test('needs every setting and the entry together', () => {
    expect(ask({ action: push, rules: { mode: off } }).least).toEqual([
      { kind: 'allow-push' },
      { kind: 'allow-cross-project-push' },
      { kind: 'use-allowlist' },
      add,
    ])
    expect(ask({ action: push, rules: on }).least).toEqual([add])
    expect(ask({ action: push, ...ownJob }).least).toEqual([{ kind: 'allow-push' }])
  })
})

describe('where something is not known, the verdict is', () => {
  const unread = { ...base, rules: undefined }
  const web = group(8, 'acme/web', 'READ_JOBS')
  test.each<readonly [string, Verdict['outcome'], Verdict['rule'], Verdict]>([
    ['unknown without the rules', 'unknown', 'rules-unreadable', decide(unread)],
    [
      'unknown for the own project without the rules',
      'unknown',
      'rules-unreadable',
      decide({ ...unread, ...ownJob }),
    ],
    [
      'none where they do not matter',
      'denied',
      'registry-of-another-project',
      decide({ ...unread, action: registry }),
    ],
    [
      'unknown if a nearer entry may be hidden',
      'unknown',
      'entries-unknown',
      ask({ rules: { complete: false } }, [web]),
    ],
    [
      'sure if nothing is nearer',
      'allowed',
      'policies-granted',
      ask({ rules: { complete: false } }, [web, project(2, '', 'READ_JOBS')]),
    ],
    [
      'unknown if the project is listed twice, and only one of the rows lets it in',
      'unknown',
      'entries-unknown',
      ask({}, [project(2, '', 'READ_JOBS'), project(2, '')]),
    ],
    [
      'unknown if its nearest group is, too',
      'unknown',
      'entries-unknown',
      ask({}, [group(8, 'acme/web'), web]),
    ],
    [
      'sure if both of the rows let it in',
      'allowed',
      'policies-granted',
      ask({}, [project(2, '', 'READ_JOBS'), project(2, '', 'ADMIN_JOBS')]),
    ],
    [
      'sure if a group further away is listed twice',
      'allowed',
      'policies-granted',
      ask({}, [web, group(9, 'acme', 'READ_JOBS'), group(9, 'acme')]),
    ],
    [
      'unknown without the groups of the origin project',
      'unknown',
      'entries-unknown',
      ask({ origin: { id: 2 } }, [web]),
    ],
    [
      'sure without them if no group would help',
      'denied',
      'not-listed',
      ask({ origin: { id: 2 } }, [group(8, 'acme/web', 'READ_PACKAGES')]),
    ],
    [
      'sure by path alone',
      'allowed',
      'policies-granted',
      ask({ origin: { fullPath: 'Acme/Web/Site' } }, [project(2, 'acme/web/site', 'READ_JOBS')]),
    ],
    [
      'unknown for a nameless origin that may be listed',
      'unknown',
      'entries-unknown',
      ask({ origin: {} }, [project(2, 'acme/web/site', 'READ_JOBS')]),
    ],
    [
      'unknown if the origin project limits its tokens',
      'unknown',
      'outbound-limit',
      ask({ origin: { ...base.origin, outboundEnabled: true } }, [web]),
    ],
    [
      'sure if they could not come in anyway',
      'denied',
      'not-listed',
      ask({ origin: { ...base.origin, outboundEnabled: true } }),
    ],
  ])('%s', (_name, outcome, rule, verdict) => {
    expect(verdict).toMatchObject({ outcome, rule })
  })
})

describe('in 2,000 random questions', () => {
  const asked = Array.from({ length: 2000 }, (_, i) => {
    const dice = createDice(i)
    const world = randomWorld(dice)
    const accessed = dice.pick(world.projects)
    const origin = dice.one(5) ? accessed : dice.pick(world.projects)
    const action = randomAction(dice)
    const question = questionOf(world, origin, accessed, action)
    const other = questionOf(world, dice.pick(world.projects), accessed, action)
    return { seed: i, question, other, verdict: decide(question) }
  })
  type Asked = (typeof asked)[number] & { readonly dice: Dice }
  /** Rules that no setting of the accessed project can change. */
  const never = new Set(['not-yet', 'no-job-tokens', 'registry-of-another-project'])

  /**
   * Checks a rule on the questions that it applies to (not `undefined`); a failure names the seed.
   */
  function holds(rule: (one: Asked) => boolean | undefined, atLeast = 100) {
    const results = asked.map((one) => ({
      seed: one.seed,
      result: rule({ ...one, dice: createDice(-one.seed) }),
    }))
    expect(results.filter(({ result }) => result === false).map(({ seed }) => seed)).toEqual([])
    expect(results.filter(({ result }) => result === true).length).toBeGreaterThan(atLeast)
  }

  test('every sure outcome and most rules come up', () => {
    const rulesSeen = new Set(asked.map(({ verdict }) => verdict.rule))
    const outcomes = new Set(asked.map(({ verdict }) => verdict.outcome))
    expect([...outcomes]).toEqual(expect.arrayContaining(['allowed', 'denied', 'may-be-allowed']))
    expect(rulesSeen.size).toBeGreaterThanOrEqual(15)
  })

  test('one more policy in any entry takes nothing away', () => {
    holds(({ question, verdict, dice }) => {
      const fine = entriesOf(question).filter(({ permissions }) => !permissions.defaultPermissions)
      if (fine.length === 0) return undefined
      const chosen = dice.pick(fine)
      const policy = dice.pick(dice.pick(endpoints.filter((one) => one.resource)).policies)
      const after = decide(withEntry(question, chosen, [...chosen.permissions.policies, policy]))
      return rank(after) >= rank(verdict)
    })
  })

  test('writing instead of reading takes nothing away', () => {
    holds(({ question, verdict }) => {
      const changed = mapEntries(question, (entry) => ({
        ...entry,
        permissions: {
          ...entry.permissions,
          policies: entry.permissions.policies.map((name) => name.replace('READ_', 'ADMIN_')),
        },
      }))
      return rank(decide(changed)) >= rank(verdict)
    })
  })

  test('what is shadowed, or covers others, does not count', () => {
    holds(({ question, verdict }) => {
      if (!verdict.deciding) return undefined
      const alone = decide(mapEntries(question, (entry) => entry === verdict.deciding && entry))
      return alone.outcome === verdict.outcome && alone.rule === verdict.rule
    })
  })

  test('the deciding entry and the shadowed ones are all that cover the origin project', () => {
    holds(({ question, verdict }) => {
      if (!verdict.deciding) return undefined
      const { id, fullPath = '' } = question.origin
      const covers = ({ target, addedAt }: AllowlistEntry) =>
        target.kind === 'project'
          ? target.id === id && addedAt !== null
          : fullPath.startsWith(`${target.fullPath}/`)
      const named = new Set([verdict.deciding, ...verdict.shadowed])
      return entriesOf(question).every((entry) => covers(entry) === named.has(entry))
    })
  })

  test('an entry of the project decides before any of its groups, a closer group before a farther', () => {
    holds(({ verdict: { deciding, shadowed } }) => {
      if (!deciding || shadowed.length === 0) return undefined
      const length = deciding.target.fullPath.length
      return shadowed.every(
        ({ target }) => target.kind === 'group' && target.fullPath.length < length,
      )
    })
  })

  test('default permissions in the deciding entry let everything in that can be let in', () => {
    holds(({ question, verdict }) => {
      if (!verdict.deciding || question.action.kind === 'push') return undefined
      const { deciding } = verdict
      const after = decide(mapEntries(question, (e) => (e === deciding ? trusting(e) : e)))
      return after.outcome === 'allowed'
    })
  })

  test('the own project is let in, but for an entry that says otherwise', () => {
    holds(({ question, verdict }) => {
      const { origin, accessed, action } = question
      if (origin.id !== accessed.id || action.kind === 'push') return undefined
      if (never.has(verdict.rule)) return undefined
      return verdict.outcome === 'allowed' || verdict.deciding !== undefined
    })
  })

  test('with the list off everything is let in that can be let in', () => {
    holds(({ question }) => {
      if (!question.rules || question.action.kind === 'push') return undefined
      const after = decide({ ...question, rules: { ...question.rules, mode: off } })
      return after.outcome === 'allowed' || never.has(after.rule)
    })
  })

  test('the least change lets the job in', () => {
    holds(({ question, verdict }) => {
      if (!verdict.least || verdict.outcome === 'allowed') return undefined
      return decide(applied(question, verdict.least)).outcome === 'allowed'
    }, 500)
  })

  test('no smaller one does', () => {
    holds(({ question, verdict }) => {
      const { least, missing } = verdict
      if (!least || verdict.outcome === 'allowed') return undefined
      const smaller = least.flatMap((change, i) => [
        least.toSpliced(i, 1),
        ...('permissions' in change && !change.permissions.defaultPermissions
          ? missing.map((policy) => {
              const policies = change.permissions.policies.filter((name) => name !== policy)
              const permissions = { defaultPermissions: false, policies }
              return least.toSpliced(i, 1, { ...change, permissions })
            })
          : []),
      ])
      return smaller.every((changes) => decide(applied(question, changes)).outcome !== 'allowed')
    }, 500)
  })

  test('an entry is the least for nobody else', () => {
    holds(({ question, other, verdict }) => {
      const { least } = verdict
      if (!least?.length || other.origin.id === question.origin.id) return undefined
      if (!least.every(({ kind }) => kind.endsWith('-entry'))) return undefined
      const after = decide({ ...other, rules: applied(question, least).rules })
      return after.outcome === decide(other).outcome
    })
  })

  test('nothing helps only where nothing can', () => {
    holds(({ verdict: { least, rule } }) =>
      least ? undefined : never.has(rule) || rule === 'needs-unconfirmed' || rule === 'not-listed',
    )
  })
  test('a verdict that is sure in spite of hidden entries stands, whatever they are', () => {
    holds(({ question, dice }) => {
      if (!question.rules) return undefined
      const less = { ...question, rules: { ...question.rules, complete: false } }
      const verdict = decide(less)
      if (verdict.outcome === 'unknown') return undefined
      const { id = 0, fullPath = '' } = question.origin
      const hidden = listed('project', id, fullPath, dice.one(2) ? null : [])
      const known = entriesOf(question).some(
        ({ target, addedAt }) => target.kind === 'project' && target.id === id && addedAt,
      )
      if (known) return decide(question).outcome === verdict.outcome
      const rules = { ...question.rules, entries: [...question.rules.entries, hidden] }
      return decide({ ...question, rules }).outcome === verdict.outcome
    })
  })

  test('a verdict that is sure without the path of the origin project is the same with it', () => {
    holds(({ question, verdict }) => {
      const { id } = question.origin
      const blind = decide({ ...question, origin: id === undefined ? {} : { id } })
      return blind.rule === 'entries-unknown' ? undefined : blind.outcome === verdict.outcome
    })
  })

  test('letter case of paths means nothing', () => {
    holds(({ question, verdict }) => {
      const { fullPath = '' } = question.origin
      const loud = decide({ ...question, origin: { fullPath: fullPath.toUpperCase() } })
      return loud.outcome === verdict.outcome && loud.rule === verdict.rule
    })
  })
})

function randomAction(dice: Dice): Action {
  if (!dice.one(5)) return { kind: 'endpoint', endpoint: randomEndpoint(dice) }
  return { kind: dice.pick(['clone', 'push', 'without-policies', 'undeclared', 'no-job-tokens']) }
}

const rank = ({ outcome, rule }: Verdict) =>
  // "Needs unconfirmed" ranks as neither better nor worse than "denied".
  rule === 'needs-unconfirmed' ? 0 : ['denied', 'may-be-allowed', 'allowed'].indexOf(outcome)

const entriesOf = ({ rules: { entries } = rules }: Question) => entries

/** The question with each entry replaced by the result of `map`; false removes the entry. */
function mapEntries(
  question: Question,
  map: (entry: AllowlistEntry) => AllowlistEntry | false,
): Question {
  if (!question.rules) return question
  const entries = question.rules.entries.map(map).filter((entry) => entry !== false)
  return { ...question, rules: { ...question.rules, entries } }
}

const withEntry = (question: Question, changed: AllowlistEntry, policies: readonly string[]) =>
  mapEntries(question, (entry) =>
    entry === changed ? { ...entry, permissions: { defaultPermissions: false, policies } } : entry,
  )

/** The question after a maintainer has followed these remedies. */
function applied(question: Question, remedies: readonly Remedy[]): Question {
  let after = question
  for (const remedy of remedies) after = withRemedy(after, remedy)
  return after
}

function withRemedy(question: Question, remedy: Remedy): Question {
  const { rules: before, origin } = question
  if (!before) return question
  switch (remedy.kind) {
    case 'allow-push':
      return { ...question, rules: { ...before, push: { ...before.push, own: true } } }
    case 'allow-cross-project-push':
      return { ...question, rules: { ...before, push: { ...before.push, crossProject: true } } }
    case 'use-allowlist':
      return { ...question, rules: { ...before, mode: { inboundEnabled: true, enforced: false } } }
    case 'add-entry': {
      const entry = listed('project', origin.id ?? 0, origin.fullPath ?? '', [])
      const added = { ...entry, permissions: remedy.permissions }
      return { ...question, rules: { ...before, entries: [...before.entries, added] } }
    }
    case 'raise-entry':
      return mapEntries(question, (entry) =>
        entry === remedy.entry ? { ...entry, permissions: remedy.permissions } : entry,
      )
  }
}
