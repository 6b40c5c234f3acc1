import type { ChangeEvent, ComponentPropsWithRef, MouseEvent } from 'react'
import { beforeNextInput } from './defer.ts'

/** What a form library hands to a native control, as by `register('name')`. */
export type Registration = Pick<InputProps, 'ref' | 'name' | 'onChange' | 'onBlur'>

type InputProps = ComponentPropsWithRef<'input'>

/** Either a form library keeps the choice, or the owner does. */
export type Choosing<Value extends string> =
  | { registration: Registration; value?: undefined; onValueChange?: undefined }
  | { registration?: undefined; value: Value | undefined; onValueChange: (value: Value) => void }

/** The attributes of one native radio, whoever keeps the choice. */
export function radio<Value extends string>(
  choosing: Choosing<Value>,
  value: Value,
  fallbackName: string,
) {
  if (choosing.registration) {
    const { onChange, ...registration } = choosing.registration
    return {
      ...registration,
      // What follows from a choice must not hold up the frame that shows it.
      onChange: (event: ChangeEvent<HTMLInputElement>) =>
        beforeNextInput(() => void onChange?.(event)),
    }
  }
  return {
    name: fallbackName,
    checked: choosing.value === value,
    onChange: () => choosing.onValueChange(value),
  }
}

/**
 * Keeps a checkbox or radio as it is although it can be focused: with the native `disabled` a
 * keyboard would never reach it to hear why, and form libraries drop a disabled control's value.
 */
export const refuseChoice = {
  onClick: (event: MouseEvent<HTMLInputElement>) => {
    event.preventDefault()
    // React remembers the state at the click; it has to see the undoing, or the first click
    // after the control is enabled would go unnoticed.
    event.currentTarget.checked = !event.currentTarget.checked
  },
  onChange: (_event: ChangeEvent<HTMLInputElement>) => {},
}
