import { idPattern, parseTopic, requestKinds, type Side, topics } from './topics.ts';

/** Who is speaking: central itself, or the kiosk whose id is both client id and user name. */
export type Speaker = { side: 'central' } | { side: 'kiosk'; kiosk: string };

/**
 * The access list, as one pure function of the topic rows. aedes asks it at every publish and delivery;
 * `mosquittoAcl` writes the same rules out. A kiosk reaches its own topics in any shard; central ignores a wrong shard.
 */
export function may(speaker: Speaker, action: 'publish' | 'read', topic: string): boolean {
  const parsed = parseTopic(topic);
  if (!parsed) return false;
  const writer: Side = topics[parsed.name].from;
  const isWriter = writer === speaker.side;
  if (action === 'publish' ? !isWriter : isWriter) return false;
  if (speaker.side === 'central' || parsed.name === 'center') return true;
  return parsed.place.kiosk === speaker.kiosk;
}

/** Whether a subscription may be asked for: a kiosk's filter must name the kiosk itself, or be the office's `center`. */
export function maySubscribe(speaker: Speaker, filter: string): boolean {
  const [k, version, , third, fourth, kind, ...rest] = filter.split('/');
  if (k !== 'k' || version !== '1' || rest.length > 0) return false;
  if (speaker.side === 'central') return true;
  if (third === 'center') return fourth === undefined;
  const readable = Object.entries(topics)
    .filter(([, row]) => row.from === 'central')
    .map(([name]) => name);
  return (
    third === speaker.kiosk &&
    readable.includes(fourth ?? '') &&
    (kind === undefined || kind === '+' || parseTopic(filter.replace('+', 'x')) !== null)
  );
}

/** The same rules in the words of Mosquitto's `acl_file`; `%u` is the user name, which is the kiosk id. */
export function mosquittoAcl(): string {
  const lines = ['# Generated from contract/uplink/topics.ts by `npm run generate`. Do not edit.', '', 'user central'];
  for (const row of Object.values(topics)) {
    const right = row.from === 'central' ? 'write' : 'read';
    lines.push(...spelledOut(row.path, '+').map((topic) => `topic ${right} ${topic}`));
  }
  lines.push('', '# Every kiosk: user name = client id = kiosk id');
  for (const row of Object.values(topics)) {
    const right = row.from === 'kiosk' ? 'write' : 'read';
    lines.push(...spelledOut(row.path, '%u').map((topic) => `pattern ${right} ${topic}`));
  }
  return `${lines.join('\n')}\n`;
}

/** One line per kind of request: a `+` would open kinds that nobody has thought of. */
function spelledOut(path: string, kiosk: string): string[] {
  const filter = path.replace('{shard}', '+').replace('{kiosk}', kiosk);
  return filter.includes('{kind}') ? requestKinds.map((kind) => filter.replace('{kind}', kind)) : [filter];
}

export const isKioskId = (id: string): boolean => idPattern.test(id) && id !== 'central' && id !== 'center';
