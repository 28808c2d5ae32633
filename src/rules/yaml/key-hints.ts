/** What to write where people put keys that other tools have, by the section they put them into. */
const hints: Readonly<Record<string, ReadonlyArray<readonly [keys: RegExp, hint: string]>>> = {
  RuleSection: [
    [
      /^(exclude|excludes|except|unless|ignore|exceptions?)$/,
      'write it below match: match: { except: { … } }',
    ],
    [/^(types?|fields|where)$/, 'write it below match: match: { types: […], fields: { … } }'],
    [
      /^(conditions?|any|all|when|if|filters?)$/,
      'write match: { fields: { … } }, or a condition as match: { where: { … } }',
    ],
    [
      /^(count|within|distinct|sequence|missing|new|threshold|timeframe)$/,
      'write it below window: window: { within: 10m, count: 20 }',
    ],
    [/^(runbook_url|link|url)$/, 'write runbook: URL'],
  ],
  MatchSection: [
    [/^(any|all)$/, 'write where: { $key: [ { fact: ip, operator: equal, value: x } ] }'],
    [/^(not|exclude|excludes|unless|ignore)$/, 'write except: { … }, with the keys of match'],
    [/^(fact|operator|value|path)$/, 'write where: { fact: ip, operator: equal, value: x }'],
    [
      /^(ip|user_agent|user_id|user_name|client_id|client_name|connection(_id)?|hostname|description|details|scope|audience|tenant_name|security_context|data)(\..+)?$/,
      'write it below fields: fields: { $key: … }',
    ],
  ],
  ChannelSection: [
    [
      /^(slack_|bot_|api_|auth_?)?token$/i,
      'put the token into SLACK_BOT_TOKEN, and write slack: C0123456789 here',
    ],
    [/^(url|uri|webhook_?url|hook)$/i, 'write webhook: "${SLACK_WEBHOOK_URL}"'],
    [/^(channel|channel_?id|id|name|room)$/i, 'write slack: C0123456789, with SLACK_BOT_TOKEN set'],
  ],
  ThrottleSection: [[/^(within|for|period|interval)$/, 'write every: 1h']],
  GroupSection: [[/^(within|every|for|period)$/, 'write wait: 30s']],
};

/** The hint for a key that the section doesn't have, where it is one that people bring from elsewhere. */
export function keyHint(section: string, key: string): string | undefined {
  const found = hints[section === 'SequenceStepSection' ? 'MatchSection' : section]?.find(([keys]) =>
    keys.test(key),
  );
  return found?.[1].replaceAll('$key', () => key);
}
