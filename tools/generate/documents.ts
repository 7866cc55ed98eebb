import { readFileSync } from 'node:fs';
import { mosquittoAcl } from '#contract/uplink/acl.ts';
import { asyncApi } from './asyncapi.ts';
import { entriesSchema } from './entries.ts';
import { prettyJson } from './json.ts';
import { problemsPage } from './problems.ts';
import { rightsPage } from './rights.ts';
import { visitPage } from './visit.ts';

/** What `docs/contract/` holds besides its README: file name -> text. */
export function documents(): Record<string, string> {
  return {
    'asyncapi.json': prettyJson(asyncApi(version())),
    'entries.schema.json': prettyJson(entriesSchema()),
    'mosquitto.acl': mosquittoAcl(),
    'rights.md': rightsPage(),
    'problems.md': problemsPage(),
    'visit.md': visitPage(),
  };
}

function version(): string {
  const text = readFileSync(`${import.meta.dirname}/../../package.json`, 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
