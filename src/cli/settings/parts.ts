import type { DialectSettings } from '../../dialects/settings.ts'
import type { ServerSettings } from '../../http/settings.ts'
import type { EffectiveSettings } from './resolution.ts'

/** What the HTTP server is told. */
export function serverSettings(settings: EffectiveSettings): ServerSettings {
  return {
    host: settings.host.value,
    port: settings.port.value,
    publicUrl: settings.publicUrl.value?.replace(/\/$/, '') ?? null,
    trustedProxies: settings.trustedProxies.value,
    bodyBytesMax: settings.bodyBytesMax.value,
    urlLengthMax: settings.urlLengthMax.value,
    headBytesMax: settings.headBytesMax.value,
    queryParametersMax: settings.queryParametersMax.value,
    rateLimits: {
      profile: settings.rateLimits.value,
      requestsPerMinute: settings.requestsPerMinute.value,
      failuresPerMinute: settings.failuresPerMinute.value,
    },
    answerCacheBytes: settings.answerCacheBytes.value,
    inFlightMax: settings.inFlightMax.value,
    timeouts: {
      headMs: settings.headTimeoutMs.value,
      requestMs: settings.requestTimeoutMs.value,
      keepAliveMs: settings.keepAliveMs.value,
      idleMs: settings.idleTimeoutMs.value,
      drainNoticeMs: settings.drainNoticeMs.value,
      drainMs: settings.drainMs.value,
      countMs: settings.countMs.value,
    },
    tokenLifetimeS: settings.tokenLifetimeS.value,
    serverTiming: settings.serverTiming.value,
  }
}

/** What the dialects are told. */
export function dialectSettings(settings: EffectiveSettings): DialectSettings {
  return {
    alvys: { fieldCase: settings.alvysFieldCase.value, deletedUsers: settings.alvysDeletedUsers.value },
    nameshield: { timeZone: settings.nameshieldTimeZone.value },
    devrev: { donPrefix: settings.devrevDonPrefix.value },
  }
}
