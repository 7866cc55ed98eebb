import {
  maxBatchBytes,
  maxBatchEntries,
  maxEntryBytes,
  maxMessageBytes,
  maxSealedBytes,
} from '#contract/uplink/limits.ts';
import { LeaseClaims, type MessageName, messageSchemas, Question } from '#contract/uplink/messages.schema.ts';
import { SealedRecord } from '#contract/uplink/record.schema.ts';
import { idPattern, requestKinds, type TopicName, topics } from '#contract/uplink/topics.ts';

const MQTT_BINDING = '0.2.0';
const names = Object.keys(topics) as TopicName[];
const ref = (path: string) => ({ $ref: `#/${path}` });

/** The seven topics as an AsyncAPI 3.0 document, seen from the kiosk: it sends what central receives. */
export function asyncApi(version: string): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Anjungan: kiosk and central',
      version,
      description: about,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(names.map((name) => [name, channel(name)])),
    operations: Object.fromEntries(names.flatMap((name) => operation(name))),
    components: { parameters, messages: Object.fromEntries(names.map((name) => [name, message(name)])), schemas },
  };
}

const about = [
  'MQTT 3.1.1 is only the carrier: any message may be lost, repeated, late or out of order, and no guarantee rests on QoS,',
  'retained messages, broker sessions or persistence. A kiosk sends its journal from the entry after the last',
  `acknowledged one, at most ${maxBatchEntries} entries or ${maxBatchBytes} bytes of text in a batch; central commits them contiguously and`,
  'acknowledges with (term, epoch, seq, hash). The reply to a request goes to the asker’s own topic, never to one that a',
  `message names. A payload of more than ${maxMessageBytes} bytes closes the link. Client id, user name and kiosk id are the`,
  'same; the access list is mosquitto.acl beside this file.',
].join(' ');

function channel(name: TopicName): object {
  const row = topics[name];
  const used = Object.keys(parameters).filter((parameter) => row.path.includes(`{${parameter}}`));
  return {
    address: row.path,
    description: row.says,
    messages: { [name]: ref(`components/messages/${name}`) },
    parameters: Object.fromEntries(used.map((parameter) => [parameter, ref(`components/parameters/${parameter}`)])),
  };
}

function operation(name: TopicName): [string, object][] {
  const { from, qos, retain, says } = topics[name];
  const action = from === 'kiosk' ? 'send' : 'receive';
  if (name === 'rep') return []; // it stands as the reply of `req`
  const reply = name === 'req' && {
    reply: { channel: ref('channels/rep'), messages: [ref('channels/rep/messages/rep')] },
  };
  const body = {
    action,
    channel: ref(`channels/${name}`),
    summary: says,
    messages: [ref(`channels/${name}/messages/${name}`)],
    ...reply,
    bindings: { mqtt: { qos, retain, bindingVersion: MQTT_BINDING } },
  };
  return [[`${action}-${name}`, body]];
}

function message(name: MessageName): object {
  return {
    name,
    contentType: 'application/json',
    summary: topics[name].says,
    payload: ref(`components/schemas/${name}`),
    ...(name === 'req' || name === 'rep' ? { correlationId: { location: '$message.payload#/reqId' } } : {}),
  };
}

const parameters = {
  shard: {
    description: `Which part of the fleet; central ignores a kiosk in a wrong one. Matches ${idPattern.source}`,
  },
  kiosk: { description: `The kiosk: its client id and user name. Matches ${idPattern.source}` },
  kind: { description: 'What is asked', enum: [...requestKinds] },
};

/** What is sealed inside a message is described too: an office that is not TypeScript must be able to open it. */
const schemas = {
  ...messageSchemas,
  'sealed-question': { description: 'In `req.sealed`, a JWE to central’s key', ...Question },
  'sealed-record': {
    description: `In \`rep.sealed\`, a JWE to the reply key, at most ${maxSealedBytes} bytes`,
    ...SealedRecord,
  },
  'lease-claims': { description: 'In `rep.lease`, a JWS (Ed25519) of central', ...LeaseClaims },
  'entry-text': {
    description: 'One of `evt.evs`: JSON in UTF-8 by entries.schema.json, hashed exactly as written',
    type: 'string',
    maxLength: maxEntryBytes,
  },
};
