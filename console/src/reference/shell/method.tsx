import css from './method.module.css'

/** The method of an operation, with a colour that only repeats it. */
export function Method({ method }: { readonly method: string }) {
  return <span className={`${css.method} ${css[method.toLowerCase()] ?? ''}`}>{method}</span>
}
