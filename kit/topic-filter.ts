/** True where an MQTT topic is covered by a filter with `+` and `#` (MQTT 3.1.1, section 4.7). */
export function topicMatches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const given = topic.split('/');
  for (const [index, part] of wanted.entries()) {
    if (part === '#') return true;
    if (index >= given.length || (part !== '+' && part !== given[index])) return false;
  }
  return wanted.length === given.length;
}
