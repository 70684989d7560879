import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import css from './button.module.css'

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** What it looks like: the one main action, an ordinary one, one without a frame, one that destroys. */
  readonly look?: 'main' | 'plain' | 'quiet' | 'danger'
  readonly icon?: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button with words. While `aria-busy` it says that it works. */
export function Button({ look = 'plain', icon, className = '', children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className={`${css.button} ${css[look] ?? ''} ${className}`}>
      {icon}
      {children}
    </button>
  )
}

type IconButtonProps = Omit<ButtonProps, 'children' | 'icon'> & { readonly label: string; readonly children: ReactNode }

/** A button of one icon; its label is read out and shown on hover. */
export function IconButton({
  label,
  look = 'quiet',
  className = '',
  type = 'button',
  children,
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className={`${css.button} ${css.square} ${css[look] ?? ''} ${className}`}
    >
      {children}
    </button>
  )
}
