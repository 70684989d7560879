/** What a setting's value may be, and how it is read from a command line, the environment or a JSON file. */
export interface Kind<T> {
  /** What is allowed, to follow `must be`. */
  readonly allowed: string
  /** The value a text on the command line or in the environment stands for; undefined where it cannot. */
  readonly fromText: (text: string) => T | undefined
  /** The value a member of the configuration file stands for; undefined where it cannot. */
  readonly fromJson: (value: unknown) => T | undefined
}

/** A text that fulfils a condition. */
export function text(allowed: string, isAllowed: (value: string) => boolean = () => true): Kind<string> {
  const read = (value: unknown) => (typeof value === 'string' && isAllowed(value) ? value : undefined)
  return { allowed, fromText: read, fromJson: read }
}

/** A whole number in a range. */
export function integer(min: number, max: number): Kind<number> {
  const within = (value: unknown) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined
  return {
    allowed: `a whole number from ${min} to ${max}`,
    fromText: (value) => (/^\d{1,16}$/.test(value) ? within(Number(value)) : undefined),
    fromJson: within,
  }
}

/** True or false; `true`, `false`, `1` or `0` where only text can be given. */
export const boolean: Kind<boolean> = {
  allowed: 'true or false',
  fromText: (value) =>
    value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : undefined,
  fromJson: (value) => (typeof value === 'boolean' ? value : undefined),
}

/** One of a closed list of words. */
export function choice<const V extends string>(of: readonly V[]): Kind<V> {
  const read = (value: unknown) => of.find((one) => one === value)
  return { allowed: `one of ${of.join(', ')}`, fromText: read, fromJson: read }
}

/** The value, or nothing: null in the file. */
export function nullable<T>(kind: Kind<T>): Kind<T | null> {
  return {
    allowed: kind.allowed,
    fromText: kind.fromText,
    fromJson: (value) => (value === null ? null : kind.fromJson(value)),
  }
}

/** Values of a kind, separated by commas where only text can be given. */
export function list<T>(kind: Kind<T>): Kind<readonly T[]> {
  const whole = (values: readonly (T | undefined)[]) =>
    values.every((value) => value !== undefined) ? values : undefined
  return {
    allowed: `${kind.allowed}, or several`,
    fromText: (value) => whole(value.split(',').map((one) => kind.fromText(one.trim()))),
    fromJson: (value) => (Array.isArray(value) ? whole(value.map((one: unknown) => kind.fromJson(one))) : undefined),
  }
}
