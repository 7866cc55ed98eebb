import { describe, expect, test } from 'vitest';
import { type IssuanceClass, issuanceClasses } from '#central/gateway/gateway.ts';
import { citizenWords as english } from '#contract/problems/citizen.en.ts';
import { decide, rowInForce } from './decide.ts';
import { type PolicyRow, policyRows, type SiteKind } from './policy-rows.ts';

const today = '2026-11-23';
const sites: SiteKind[] = ['HUB', 'KECAMATAN', 'MOBILE'];
const person = (cls: IssuanceClass, printableFrom = '2020-01-01') => ({ class: cls, printableFrom });

describe('the table in force', () => {
  test.each(issuanceClasses)('has one answer for %s at a kecamatan, with its law and its rule', (cls) => {
    const row = rowInForce(cls, 'KECAMATAN', today) as PolicyRow;
    expect(row.legal).toMatch(/Perpres 96\/2018|UU 24\/2013/);
    expect(row.rule).toMatch(/^kec-/);
    expect(row.verdict.print).toBe(cls === 'FIRST');
  });

  test('names every rule once, so that a print can be traced to it', () => {
    expect(new Set(policyRows.map(({ rule }) => rule)).size).toBe(policyRows.length);
  });

  test('refers everybody else with an office, an address, hours and what to bring', () => {
    for (const cls of issuanceClasses.filter((one) => one !== 'FIRST')) {
      const decision = decide(person(cls), 'KECAMATAN', today);
      if (decision.print) throw new Error(`${cls} would be printed`);
      const { office, address, hours, documents } = decision.params;
      for (const word of [office, address, hours, documents]) expect(String(word)).toMatch(/\w{4}/);
      expect(english).toHaveProperty([decision.code]);
    }
  });

  test('prints nothing where no row is in force: another kind of site, or before the first law', () => {
    for (const cls of issuanceClasses) {
      for (const site of sites.filter((one) => one !== 'KECAMATAN'))
        expect(decide(person(cls), site, today)).toMatchObject({ print: false, code: 'class/no-policy' });
      expect(decide(person(cls), 'KECAMATAN', '2010-01-01')).toMatchObject({ print: false, code: 'class/no-policy' });
    }
  });

  test('a first card is printed from the day on which it may be, not a day before', () => {
    expect(decide(person('FIRST', today), 'KECAMATAN', today)).toMatchObject({ print: true });
    expect(decide(person('FIRST', '2026-11-24'), 'KECAMATAN', today)).toEqual({
      ...{ print: false, code: 'record/too-young', params: { from: '2026-11-24' } },
    });
  });
});

test('of two rows the later law wins, from its first day to its last', () => {
  const [first] = policyRows as [PolicyRow];
  const rows = [first, { ...first, rule: 'newer', from: '2027-01-01', to: '2027-06-30' }];
  const ruleOn = (day: string) => rowInForce('FIRST', 'KECAMATAN', day, rows)?.rule;
  expect(['2026-12-31', '2027-01-01', '2027-06-30', '2027-07-01'].map(ruleOn)).toEqual([
    'kec-first-1',
    'newer',
    'newer',
    'kec-first-1',
  ]);
});
