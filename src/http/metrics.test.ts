import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Store } from '../core/store.ts'
import { openMetrics, type Metrics } from './metrics.ts'

describe('metrics', () => {
  let metrics: Metrics
  before(() => {
    const store: Pick<Store, 'revision'> = { revision: () => Promise.resolve(7) }
    metrics = openMetrics(store as Store)
  })
  after(() => metrics.close())

  const valueOf = async (series: string): Promise<number | undefined> => {
    const line = (await metrics.render()).split('\n').find((one) => one.startsWith(`${series} `))
    return line === undefined ? undefined : Number(line.slice(series.length))
  }

  it('count every request of a route once, however many come between two looks', async () => {
    const route = metrics.forRoute('rollcall', 'listUsers')
    const labels = 'dialect="rollcall",operation="listUsers"'
    for (const requests of [1, 3_000, 2]) {
      for (let asked = 0; asked < requests; asked += 1) route.answered(200, 2)
    }
    route.answered(404, 20)
    route.servedAgain()
    assert.equal(await valueOf(`rollcall_http_requests_total{${labels},status="200"}`), 3_003)
    assert.equal(await valueOf(`rollcall_http_requests_total{${labels},status="404"}`), 1)
    assert.equal(await valueOf(`rollcall_http_request_duration_seconds_bucket{le="0.003",${labels}}`), 3_003)
    assert.equal(await valueOf(`rollcall_http_request_duration_seconds_count{${labels}}`), 3_004)
    assert.equal(await valueOf(`rollcall_answer_cache_hits_total{${labels}}`), 1)
    route.answered(200, 2)
    assert.equal(await valueOf(`rollcall_http_requests_total{${labels},status="200"}`), 3_004)
  })

  it('leave the revision out while the store does not answer', async () => {
    assert.equal(await valueOf('rollcall_store_revision'), 7)
    const away = openMetrics({ revision: () => Promise.reject(new Error('away')) } as unknown as Store)
    assert.doesNotMatch(await away.render(), /^rollcall_store_revision /m)
    away.close()
  })
})
