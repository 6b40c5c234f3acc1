import { longestPath } from '../../domain/reference.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'

/** Why a text was not sent to GitLab to look something up by it. */
export const tooLongText = (): string => m.target_too_long({ limit: formatNumber(longestPath) })
