import type { ScenarioName } from '../../../mocks/scenarios/scenarios.ts'
import { m } from '../../i18n/paraglide/messages.js'

/** The purpose of each scenario of the simulated GitLab, in the reader's language. */
export const scenarioPurposes: Readonly<Record<ScenarioName, () => string>> = {
  default: m.demo_purpose_default,
  contract: m.demo_purpose_contract,
  empty: m.demo_purpose_empty,
  single: m.demo_purpose_single,
  open: m.demo_purpose_open,
  enforced: m.demo_purpose_enforced,
  'enforced-19': m.demo_purpose_enforced_19,
  'below-limit': m.demo_purpose_below_limit,
  'at-limit': m.demo_purpose_at_limit,
  large: m.demo_purpose_large,
  mixed: m.demo_purpose_mixed,
  conflicts: m.demo_purpose_conflicts,
  refusals: m.demo_purpose_refusals,
  legacy: m.demo_purpose_legacy,
  shadowed: m.demo_purpose_shadowed,
  'own-ancestor': m.demo_purpose_own_ancestor,
  'group-off': m.demo_purpose_group_off,
  'gitlab-18-0': m.demo_purpose_gitlab_18_0,
  'gitlab-19-1': m.demo_purpose_gitlab_19_1,
  'gitlab-17-5': m.demo_purpose_gitlab_17_5,
  hostile: m.demo_purpose_hostile,
  'log-empty': m.demo_purpose_log_empty,
  'log-1000': m.demo_purpose_log_1000,
}
