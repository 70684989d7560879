import css from './initials.module.css'

/** A round sign for a person: their initials on one of six grounds. Pictures kept elsewhere are never fetched. */
export function Initials({ name, size = 'small' }: { readonly name: string; readonly size?: 'small' | 'large' }) {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => (word === undefined ? '' : (Array.from(word)[0] ?? '')))
    .join('')
    .toUpperCase()
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 6
  return (
    <span aria-hidden className={`${css.initials} ${css[size] ?? ''} ${css[`ground${sum}`] ?? ''}`}>
      {letters}
    </span>
  )
}
