/** The kinds of question a kiosk may ask. */
export const requestKinds = ['status', 'identify', 'lease'] as const;
export type RequestKind = (typeof requestKinds)[number];

export type Side = 'kiosk' | 'central';

/** One row per topic: the only seven there are. `{shard}` and `{kiosk}` are filled in; `{kind}` is a request kind. */
export const topics = {
  evt: {
    path: 'k/1/{shard}/{kiosk}/evt',
    from: 'kiosk',
    qos: 1,
    retain: false,
    says: 'a batch of journal entries, with their exact texts',
  },
  ack: {
    path: 'k/1/{shard}/{kiosk}/ack',
    from: 'central',
    qos: 1,
    retain: false,
    says: 'everything up to seq is committed at central',
  },
  state: {
    path: 'k/1/{shard}/{kiosk}/state',
    from: 'kiosk',
    qos: 1,
    retain: true,
    says: 'a whole snapshot of the kiosk; also its last will',
  },
  req: { path: 'k/1/{shard}/{kiosk}/req/{kind}', from: 'kiosk', qos: 1, retain: false, says: 'a question' },
  rep: {
    path: 'k/1/{shard}/{kiosk}/rep/{kind}',
    from: 'central',
    qos: 1,
    retain: false,
    says: 'the answer to one question',
  },
  cmd: { path: 'k/1/{shard}/{kiosk}/cmd', from: 'central', qos: 1, retain: false, says: 'a command with an expiry' },
  center: {
    path: 'k/1/{shard}/center',
    from: 'central',
    qos: 1,
    retain: true,
    says: 'central is there; also its last will',
  },
} as const satisfies Record<string, { path: string; from: Side; qos: 0 | 1; retain: boolean; says: string }>;

export type TopicName = keyof typeof topics;

export interface Place {
  shard: string;
  kiosk: string;
}

/** Ids that stand in a topic: letters, digits and dashes, so that none can be a wildcard or a level. */
export const idPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/;

export function topicOf(name: TopicName, place: Place, kind?: RequestKind): string {
  return topics[name].path
    .replace('{shard}', place.shard)
    .replace('{kiosk}', place.kiosk)
    .replace('{kind}', kind ?? '');
}

/** Reads a topic back; null where it is none of ours. */
export function parseTopic(topic: string): { name: TopicName; place: Place; kind?: RequestKind } | null {
  const [k, version, shard = '', third = '', fourth, kind, ...rest] = topic.split('/');
  if (k !== 'k' || version !== '1' || rest.length > 0 || !idPattern.test(shard)) return null;
  if (third === 'center' && fourth === undefined) return { name: 'center', place: { shard, kiosk: '' } };
  const place = { shard, kiosk: third };
  if (!idPattern.test(third)) return null;
  if (fourth === 'req' || fourth === 'rep') {
    const known = requestKinds.find((row) => row === kind);
    return known ? { name: fourth, place, kind: known } : null;
  }
  const plain = (['evt', 'ack', 'state', 'cmd'] as const).find((name) => name === fourth);
  return plain && kind === undefined ? { name: plain, place } : null;
}

/** Topics that central, or one kiosk, subscribes to. The shard is `+`: whoever moves a kiosk need not move its rights. */
export function filtersOf(side: Side, place?: Place): string[] {
  return Object.values(topics)
    .filter((row) => row.from !== side)
    .map((row) =>
      row.path
        .replace('{shard}', place?.shard ?? '+')
        .replace('{kiosk}', place?.kiosk ?? '+')
        .replace('{kind}', '+'),
    );
}
