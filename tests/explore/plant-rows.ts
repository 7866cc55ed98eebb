/** One rule of the promises, broken by changing a text of the product. The text must stand there exactly once. */
export interface Plant extends Edit {
  rule: string;
  name: string;
  scenario: string;
  /** Where one text is not enough. */
  also?: readonly Edit[];
}

export interface Edit {
  file: string;
  find: string;
  replace: string;
}

const job = 'controller/jobs/job.ts';
const heldCard = 'controller/jobs/held-card.ts';
const verdicts = 'controller/jobs/verdicts.ts';
const recover = 'controller/jobs/recover.ts';
const facts = 'controller/jobs/facts.ts';
const intake = 'central/intake/intake.ts';
const generations = 'central/generations/generations.ts';

export const plants: readonly Plant[] = [
  {
    ...{ rule: '2', name: 'the intent is written after the feed', scenario: 'issued', file: job },
    find: '    return { attempt: writeIntended(',
    replace: '    await printer.feed({ signal });\n    return { attempt: writeIntended(',
    also: [{ file: job, find: '    await ports.printer.feed({ signal });\n', replace: '' }],
  },
  {
    ...{ rule: '2', name: 'inking is written after the second panel', scenario: 'issued', file: job },
    find: '    writeInking(ports.journal, attempt);\n    return null;',
    replace: '    return null;',
    also: [
      {
        file: job,
        find: "onProgress: (fraction) => onPhase('printing', fraction)",
        replace:
          "onProgress: (fraction) => {\n if (fraction > 0.3 && fraction < 0.5) writeInking(ports.journal, attempt);\n onPhase('printing', fraction);\n }",
      },
    ],
  },
  {
    ...{ rule: '2', name: 'presenting is written after the eject', scenario: 'issued', file: heldCard },
    find: '      writePresenting(journal, attempt, offer);\n',
    replace: '',
    also: [
      {
        file: heldCard,
        find: '        await printer.present({ signal });\n',
        replace: '        await printer.present({ signal });\n        writePresenting(journal, attempt, offer);\n',
      },
    ],
  },
  {
    ...{ rule: '1', name: 'absence is taken as not issued', scenario: 'issued', file: verdicts },
    find: "      outcome: 'issued',\n      place: 'hand',\n      blanko: 'issued',",
    replace: "      outcome: 'unused',\n      place: 'hopper-never-left',\n      blanko: 'hopper',",
  },
  {
    ...{ rule: '3', name: 'what left the path is in the box, whoever stands at the open door', scenario: 'not-taken' },
    file: heldCard,
    find: '    if (watch.doorOpened) return doubt(',
    replace: '    if (watch.doorOpened && watch.exit.standing) return doubt(',
  },
  {
    ...{ rule: '3', name: 'retaining restores the right', scenario: 'not-taken', file: 'contract/uplink/rights.ts' },
    find: "    'outcome:retained': 'held',\n    'outcome:in-doubt': 'in-doubt',\n    'epoch.closed': 'fenced-inked',\n  },\n  held",
    replace:
      "    'outcome:retained': 'usable',\n    'outcome:in-doubt': 'in-doubt',\n    'epoch.closed': 'fenced-inked',\n  },\n  held",
  },
  {
    ...{ rule: '4', name: 'generation g+1 is opened beside g', scenario: 'second-generation', file: generations },
    find: '  if (!over.includes(state)) throw',
    replace: '  if (over.length === 0) throw',
    also: [
      {
        file: 'central/migrations/0004-epochs.sql',
        find: 'CREATE UNIQUE INDEX print_right_open',
        replace: 'CREATE INDEX print_right_open',
      },
    ],
  },
  {
    ...{ rule: '7', name: 'what was presented is presented again after a restart', scenario: 'issued', file: recover },
    find: '  for (const attempt of attempts) await decide(',
    replace:
      "  if (attempts.some(({ phase }) => phase === 'presenting') && (await printer.locate({ signal })) === 'inside') {\n    await panel.openShutter({ signal });\n    await printer.present({ signal });\n  }\n  for (const attempt of attempts) await decide(",
  },
  {
    rule: '8',
    name: 'a stale OK is believed',
    scenario: 'issued',
    file: 'drivers/card-printer/evolis/driver/sighting.ts',
    find: 'const atExit = parseSensor(bezel);',
    replace: 'const atExit = parseSensor(bezel) ?? false;',
    also: [
      {
        file: 'drivers/card-printer/evolis/driver/sighting.ts',
        find: 'const fits = serial === talk.serial && talk.strayReplies === straysBefore;',
        replace: 'const fits = serial !== position && straysBefore >= 0;',
      },
    ],
  },
  {
    ...{ rule: '9', name: 'a dead sensor says empty', scenario: 'two-citizens' },
    file: 'drivers/panel/firmata/evidence.ts',
    find: "if (!report || nowMs - report.atMs > TOO_OLD_MS) return 'unknown';",
    replace:
      "if (!report) return 'unknown';\n    if (nowMs - report.atMs > TOO_OLD_MS) return name === 'cardAtExit' ? false : report.high;",
    also: [
      {
        file: 'drivers/panel/firmata/panel.ts',
        find: '    await this.#shutterReports.until((count) => count > reportsBefore, signal);\n',
        replace: '    void reportsBefore;\n',
      },
    ],
  },
  {
    ...{ rule: '11', name: 'a void leaves no tombstone', scenario: 'late-question', file: 'central/rights/follow.ts' },
    find: '    voidRequest(db, place, entry.data.reqId);\n',
    replace: '',
  },
  {
    ...{ rule: '11', name: 'a start frees a lease that was used', scenario: 'issued' },
    file: 'controller/leases/ending.ts',
    find: " AND (l.lease_id IS NULL OR l.state IN ('live', 'revoked'))\n       AND NOT EXISTS (SELECT 1 FROM offline_lease",
    replace: '\n       AND NOT EXISTS (SELECT 1 FROM offline_lease',
  },
  {
    ...{ rule: '12', name: 'the acknowledgement is the highest number seen', scenario: 'issued', file: intake },
    find: 'if (evt.first > mark.seq + 1) return ack(evt.epoch, mark, { gap: true });',
    replace: '',
    also: [
      {
        file: intake,
        find: 'if (!start || !sameBytes(start, hash))',
        replace: 'if (start && !sameBytes(start, hash))',
      },
    ],
  },
  {
    ...{ rule: '12', name: 'entries are told apart by number, not by hash', scenario: 'old-disk', file: intake },
    find: 'if (known && !sameBytes(known, hash))',
    replace: 'if (known && known.length === 0)',
    also: [
      { file: intake, find: 'if (!start || !sameBytes(start, hash))', replace: 'if (!start)' },
      { file: intake, find: 'known && !sameBytes(known, hashBytes(state.head.hash))', replace: 'known?.length === 0' },
      {
        file: 'controller/uplink/sender.ts',
        find: 'if (!own || !sameBytes(own, hash))',
        replace: 'if (!own)',
      },
    ],
  },
  {
    ...{ rule: '12', name: 'reported is said before the acknowledgement', scenario: 'link-cut' },
    file: 'controller/kiosk/visit-book.ts',
    find: 'outcome !== null && ackedSeq >= outcome.seq',
    replace: 'outcome !== null && ackedSeq >= 0',
  },
  {
    ...{ rule: '15', name: 'a right is freed by time', scenario: 'not-taken', file: 'central/rights/grant.ts' },
    find: "if (right.state !== 'usable') return refusalFor(",
    replace: "if (right.state !== 'usable' && nowMs - right.changed_ms < 2_000) return refusalFor(",
    also: [
      {
        file: 'central/requests/requests.ts',
        find: "    if (right.state !== 'usable') return store.read(",
        replace: "    if (right.state !== 'usable' && clock.wallMs() - right.changed_ms < 2_000) return store.read(",
      },
      {
        file: 'central/requests/requests.ts',
        find: "if (right && right.state !== 'usable') return notFree(",
        replace: "if (right && right.state !== 'usable' && clock.wallMs() - right.changed_ms < 2_000) return notFree(",
      },
    ],
  },
  {
    ...{ rule: '14', name: 'the grant is answered before the second medium has it', scenario: 'issued' },
    file: 'central/rights/grant.ts',
    find: '    logGrant(db, options.log, { person: right.person, generation: right.generation, claims });\n',
    replace: '',
  },
  {
    ...{ rule: '17', name: 'a job goes on after its disk has failed', scenario: 'issued', file: job },
    find: '    if (error instanceof StoreBroken || signal.aborted) throw error;\n    const reason = error instanceof IntentRefused',
    replace: '    if (signal.aborted) throw error;\n    const reason = error instanceof IntentRefused',
  },
  {
    ...{ rule: '18', name: 'outcome and movement are two transactions', scenario: 'issued', file: facts },
    find: "    moveBlanko(append, db, { from: 'in-process', to: blanko,",
    replace: "    if (count(blanko) > 99) moveBlanko(append, db, { from: 'in-process', to: blanko,",
    also: [
      {
        file: facts,
        find: "  return journal.record('print.outcome', (append, db) => {",
        replace: "  const entry = journal.record('print.outcome', (append, db) => {",
      },
      {
        file: facts,
        find: '    return entry;\n  });\n}\n\n/** Where the lease goes;',
        replace:
          "    return entry;\n  });\n  journal.record('blanko.moved', (append, db) => moveBlanko(append, db, { from: 'in-process', to: blanko, count: 1, evidence, ...(kind && { kind }) }, whereOf(attempt)));\n  return entry;\n}\n\nconst count = (account: string) => account.length;\n\n/** Where the lease goes;",
      },
    ],
  },
  {
    ...{
      rule: '5',
      name: 'a blank that was found inside counts as one in the hopper',
      scenario: 'issued',
      file: verdicts,
    },
    find: "      blanko: 'spoiled',\n      kind: 'blank',\n      evidence: 'found inside at the start, without ink",
    replace: "      blanko: 'hopper',\n      kind: 'blank',\n      evidence: 'found inside at the start, without ink",
  },
  {
    ...{ rule: '6', name: 'a card is spoiled before it lies in the box', scenario: 'spoiled' },
    file: 'controller/jobs/clearing.ts',
    find: '      await printer.reject({ signal });\n      return exitIsSafe(panel) ? inTheBox',
    replace: '      return exitIsSafe(panel) ? inTheBox',
  },
  {
    ...{ rule: '6', name: 'the limit of new cards is counted in one visit alone', scenario: 'spoiled' },
    file: 'controller/kiosk/printing.ts',
    find: 'ports.store.read((db) => printerSpoils(db) || rightSpoils(db, what.lease.rightId))',
    replace: 'number > 1',
    also: [{ file: 'controller/jobs/spoiled.ts', find: 'return n >= most;', replace: 'return false;' }],
  },
  {
    ...{ rule: '13', name: 'the ribbon is no witness', scenario: 'link-cut-old-disk', file: recover },
    find: "const inked = attempt.phase === 'intended' && (ribbonUsedSince(before, now) || unseen);",
    replace: "const inked = attempt.phase === 'intended' && unseen;",
    also: [
      {
        file: 'controller/jobs/counter.ts',
        find: '?? inkBeyond(known, now.ribbonPrintsLeft);',
        replace: '?? (known.mayInk < 0 ? inkBeyond(known, now.ribbonPrintsLeft) : null);',
      },
    ],
  },
  {
    ...{ rule: '13', name: 'a disk is believed after another start of the board', scenario: 'not-taken-old-disk' },
    file: recover,
    find: 'return boardBoot === null || boardBoot !== journal.boardBoot;',
    replace: "return boardBoot === '' && journal.boardBoot === '';",
  },
  {
    ...{ rule: '13', name: 'a printer is not remembered before its first card', scenario: 'offline-old-disk' },
    file: 'controller/jobs/counter.ts',
    find: "  if (store.read(knownIn) === null) journal.record('counter.met', (_, db) => know(db, now, 0));\n",
    replace: '',
  },
  {
    ...{
      rule: '13',
      name: 'a start calls leases unused before it has asked the printer',
      scenario: 'link-cut-old-disk',
    },
    file: 'controller/controller.ts',
    find: '    authority.begin(wasClean && ',
    replace: "    leases.voidAllUnused('restart');\n    authority.begin(wasClean && ",
  },
  {
    ...{ rule: '19', name: 'a NIK stands in a log line', scenario: 'issued', file: 'controller/kiosk/effects.ts' },
    find: "        tell({\n          type: 'identified',",
    replace:
      "        ports.log.info({ about: answer.record.card.nik }, 'identified');\n        tell({\n          type: 'identified',",
  },
  {
    ...{
      rule: '19',
      name: 'a strip of a face stands in a log line',
      scenario: 'issued',
      file: 'controller/kiosk/effects.ts',
    },
    find: '      session.face = await ports.renderer.render(session.record.card, { signal: session.stop.signal });\n',
    replace:
      "      session.face = await ports.renderer.render(session.record.card, { signal: session.stop.signal });\n      ports.log.info({ strip: Buffer.from(session.face.colour.subarray(900_001, 920_000)).toString('base64') }, 'drawn');\n",
  },
  {
    ...{ rule: '19', name: 'a name stands in an entry', scenario: 'not-taken', file: facts },
    find: 'data: { rightId, leaseId, outcome, reason, place } });',
    replace:
      "data: { rightId, leaseId, outcome, reason, place } });\n    append({ type: 'operator.acted', data: { action: 'noted', reason: 'SITI RAHAYU' } });",
  },
  {
    ...{ rule: '10', name: 'a lease is granted in a closed epoch', scenario: 'epoch-closed' },
    file: 'central/rights/grant.ts',
    find: "    if (epochIsOver(db, request)) return refuse('right/epoch-closed');\n",
    replace: '',
    also: [
      {
        file: 'central/central.ts',
        find: 'const rep = closed ? refusal : await',
        replace: 'const rep = closed && refusal.ok ? refusal : await',
      },
    ],
  },
  {
    ...{ rule: '10', name: 'a new epoch frees what the old one held', scenario: 'epoch-change' },
    file: 'contract/uplink/rights.ts',
    find: "'epoch.closed': 'fenced-inked',\n  },\n  presenting",
    replace: "'epoch.closed': 'usable',\n  },\n  presenting",
    also: [
      {
        file: 'contract/uplink/rights.ts',
        find: "'epoch.closed': 'fenced-inked',\n  },\n  held",
        replace: "'epoch.closed': 'usable',\n  },\n  held",
      },
    ],
  },
  {
    ...{ rule: '14', name: 'a restored office grants without its log', scenario: 'central-restored' },
    file: 'central/restore/apply-log.ts',
    find: '  for (const line of last) applyGrant(db, line, nowMs);\n',
    replace: '',
    also: [
      {
        file: 'central/restore/apply-log.ts',
        find: "  for (const { claims } of grants) insertLease(db, claims, 'ended'); // all that another one followed\n",
        replace: '',
      },
    ],
  },
  {
    ...{ rule: '14', name: 'a restored office waits for no kiosk', scenario: 'central-restored-without-log' },
    file: 'central/restore/restoring.ts',
    find: '  adoptListed(db, nowMs);\n',
    replace: '',
    also: [
      {
        file: 'central/restore/restoring.ts',
        find: '  if (awaited(db).length > 0) return true;\n',
        replace: '',
      },
    ],
  },
  {
    ...{ rule: '16', name: 'a revocation is confirmed and kept nowhere', scenario: 'revocation-race' },
    file: 'controller/commands/ends.ts',
    find: "const verdict = endLease(append, db, leaseId, { reason: 'revoked', until: 'always', cmdId, hold });",
    replace:
      "const verdict = hold ? endLease(append, db, leaseId, { reason: 'revoked', until: 'always', cmdId, hold }) : ('ended' as EndVerdict);",
  },
  {
    ...{ rule: '16', name: 'a second card follows a spoiled one that was revoked', scenario: 'revocation-race' },
    file: 'controller/commands/ends.ts',
    find: "{ reason: 'revoked', until: 'always', cmdId, hold });",
    replace: "{ reason: 'revoked', until: 'before-ink', cmdId, hold });",
  },
];
