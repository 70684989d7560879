/** What an operator may choose of the dialects. */
export interface DialectSettings {
  readonly alvys: {
    /** The letter case of members: as on the published page, or as on the vendor's current wire. */
    readonly fieldCase: 'camel' | 'pascal'
    /** Whether the list and the search have deleted users too, with the status `Deleted`. */
    readonly deletedUsers: 'left-out' | 'listed'
  }
  readonly nameshield: {
    /** IANA zone in whose offset dates are written. */
    readonly timeZone: string
  }
  readonly devrev: {
    /** What precedes `:sysu/<number>` in an id: `don:identity:dvrv-us-1:devo/<org>`. */
    readonly donPrefix: string
  }
}

/** What holds where the operator says nothing. */
export const DEFAULT_DIALECT_SETTINGS: DialectSettings = {
  alvys: { fieldCase: 'camel', deletedUsers: 'left-out' },
  nameshield: { timeZone: 'Europe/Paris' },
  devrev: { donPrefix: 'don:identity:dvrv-us-1:devo/rollcall' },
}
