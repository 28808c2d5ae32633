// The application's settings are validated when its module is imported, so tests fix the environment before that.
for (const name of Object.keys(process.env)) {
  if (
    /^(AUTH0_|SLACK_|ADMIN_TOKEN|RULES_|DATABASE_URL|PORT|HOST|MAX_BODY|LOG_LEVEL|RATE_LIMIT|METRICS_TOKEN|TRUST_PROXY|WATCH_RULES)/.test(
      name,
    )
  ) {
    delete process.env[name];
  }
}
process.env['NODE_ENV'] = 'test';
