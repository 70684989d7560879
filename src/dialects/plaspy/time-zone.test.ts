import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isTimeZone, timeZones } from './time-zone.ts'

describe('timeZones', () => {
  it('lists only names that are time zones, each with words for it', async () => {
    const zones = Object.entries(await timeZones())
    assert.ok(zones.length > 400)
    for (const [zone, words] of zones) {
      assert.ok(isTimeZone(zone), zone)
      assert.notEqual(words, '')
    }
    assert.equal((await timeZones())['America/New_York'], 'Eastern Time')
    assert.ok('UTC' in (await timeZones()))
  })
})

describe('isTimeZone', () => {
  it('knows names in use under another name too, but no offset and no invention', () => {
    for (const zone of ['Asia/Kolkata', 'Asia/Calcutta', 'UTC', 'Europe/Paris']) assert.ok(isTimeZone(zone), zone)
    for (const zone of ['', '+01:00', 'Mars/Olympus', 'Europe/Paris ', 'EuropeParis'])
      assert.ok(!isTimeZone(zone), zone)
  })
})
