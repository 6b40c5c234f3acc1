import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { type ButtonVariant, buttonAttributes } from '../../ui/button-class.ts'

type AnchorProps = Omit<ComponentProps<'a'>, 'className' | 'style'> & {
  variant?: ButtonVariant | undefined
}

/** A link to another page of the console that looks like a button. */
export const PageLink = createLink(({ variant, ...rest }: AnchorProps) => (
  <a {...rest} {...buttonAttributes(variant)} />
))
