import styles from './Button.module.css'

/** How much a button asks for attention. */
export type ButtonVariant = 'default' | 'confirm' | 'danger' | 'quiet' | 'link'

/** Small is 24 pixels high, for a card's header; all else is 32. */
export type ButtonSize = 'medium' | 'small'

/** The looks of a button for another element, such as a router's link. */
export function buttonAttributes(variant: ButtonVariant = 'default', size: ButtonSize = 'medium') {
  return {
    className: styles.button,
    // What needs no style of its own is not said: a long list has hundreds of buttons.
    'data-variant': variant === 'default' ? undefined : variant,
    'data-size': size === 'medium' ? undefined : size,
  }
}
