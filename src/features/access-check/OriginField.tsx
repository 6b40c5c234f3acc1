import type { ComponentProps } from 'react'
import { m } from '../../i18n/paraglide/messages.js'
import { TargetPicker } from '../target-picker/TargetPicker.tsx'

type OriginFieldProps = Pick<
  ComponentProps<typeof TargetPicker>,
  'text' | 'picked' | 'search' | 'settled' | 'onText' | 'onPick' | 'onLeave'
>

/** The field for the project whose job makes the calls. */
export function OriginField({ search, settled, ...rest }: OriginFieldProps) {
  const { resolution } = search
  const isGroup = resolution.state === 'found' && resolution.target.kind === 'group'
  return (
    <TargetPicker
      {...rest}
      label={m.check_origin()}
      description={m.check_origin_help()}
      kinds={['project']}
      search={search}
      settled={settled}
      missing={m.check_origin_missing()}
      error={settled && isGroup && m.check_origin_group()}
    />
  )
}
