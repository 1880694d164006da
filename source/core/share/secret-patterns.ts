/**
 * How a secret looks in running text. `kind` is what the mask says of it; the group `secret` is what is replaced, the whole match where there is
 * none. Patterns run in this order, and what an earlier one has masked a later one does not see.
 */
export type SecretPattern = Readonly<{kind: string; pattern: RegExp}>;

/** What the name of a field, flag or variable ends with when its value is nobody's business. */
const secretName = `(?:token|passw(?:or)?d|passcode|pwd|passphrase|secret|api[-_]?key|(?:secret[-_]?)?access[-_]?key(?:[-_]?id)?|account[-_]?key|shared[-_]?key|signing[-_]?key|encryption[-_]?key|private[-_]?key|client[-_]?key(?:[-_]?data)?|credentials?|(?:proxy[-_]?)?authorization|x[-_]auth|cookie|session[-_]?id)`;
/** A value in quotes, with the quotes of its kind escaped inside, or up to the next blank or separator. */
const value = String.raw`(?:\\{0,3}"(?<quoted>(?:\\[^"\\]|[^"\\])+)\\{0,3}"|'(?<single>[^']+)'|(?<bare>(?!(?:true|false|null|none|nil|undefined|~)\b)[^\s"'{}[\],;&|>][^\s"',;&}\]]*))`;
/** Tokens that say by their beginning whose they are: GitHub, GitLab, Slack, Stripe, Google, npm, PyPI, Docker, Vault, SendGrid and others. */
const prefixed = [
	'gh[pousr]_[A-Za-z0-9]{16,}',
	String.raw`github_pat_\w{20,}`,
	String.raw`gl(?:pat|dt|rt|cbt|ptt|soat)-[\w.-]{16,}`,
	String.raw`xox[abeoprs]-[\w-]{10,}`,
	String.raw`xapp-\d-[\w-]{10,}`,
	String.raw`[sr]k_(?:live|test)_\w{10,}`,
	String.raw`whsec_\w{16,}`,
	String.raw`sk-(?:ant|proj|svcacct)?-?[\w-]{20,}`,
	String.raw`AIza[\w-]{30,}`,
	String.raw`ya29\.[\w-]{20,}`,
	String.raw`GOCSPX-[\w-]{20,}`,
	String.raw`SG\.[\w-]{16,}\.[\w-]{16,}`,
	'npm_[A-Za-z0-9]{30,}',
	String.raw`pypi-[\w-]{20,}`,
	String.raw`dckr_(?:pat|oat)_[\w-]{16,}`,
	String.raw`hv[sbr]\.[\w-]{16,}`,
	'do[op]_v1_[0-9a-f]{32,}',
	'shp(?:at|ca|pa|ss)_[0-9a-f]{24,}',
	String.raw`sq0(?:atp|csp)-[\w-]{20,}`,
	'AGE-SECRET-KEY-1[0-9A-Z]{40,}',
	'key-[0-9a-f]{32}',
	'SK[0-9a-f]{32}',
	'dapi[0-9a-f]{32}',
	String.raw`lin_api_\w{20,}`,
	String.raw`K10[0-9a-f]{40,}::[\w-]+:[\w-]+`,
].join('|');

export const secretPatterns: readonly SecretPattern[] = [
	{kind: 'private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g},
	{kind: 'token', pattern: /(?<![A-Za-z0-9])eyJ[\w-]{10,}(?:\.[\w-]*){0,4}/g},
	{kind: 'password', pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"']*:(?<secret>[^\s/?#"']+)@/gi},
	{kind: 'token', pattern: /\b[a-z][a-z0-9+.-]*:\/\/(?<secret>[^\s:/?#@"']{12,})@/gi},
	{kind: 'password', pattern: /\b[\w.-]+:(?<secret>[^\s:@/"']{3,})@(?:tcp|unix)\(/g},
	{kind: 'token', pattern: /\bhooks\.slack\.com\/services\/(?<secret>[\w/]+)/g},
	{kind: 'token', pattern: new RegExp(`(?<![A-Za-z0-9])(?:${prefixed})`, 'gi')},
	{kind: 'cloud key', pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/gi},
	{kind: 'header', pattern: /\b(?:proxy-)?authorization["']?\s*[:=]\s*["']?(?<secret>(?:[A-Za-z][\w-]*\s+)?[^\s"',;]+)/gi},
	{kind: 'header', pattern: /\b(?:set-)?cookie["']?\s*[:=]\s*["']?(?<secret>[^\r\n"']+)/gi},
	{kind: 'token', pattern: /\bbearer\s+(?<secret>[\w.~+/=-]{6,})/gi},
	{kind: 'token', pattern: /\b(?:basic|negotiate|digest|apikey)\s+(?<secret>(?=[\w.~+/-]*[\d=A-Z])[\w.~+/-]{8,}=*)/g},
	{kind: 'token', pattern: /\b(?:Basic|Negotiate|ApiKey)\s+(?<secret>(?=[\w.~+/-]*[\d=])[\w.~+/-]{8,}=*)/g},
	{kind: 'signature', pattern: /[?&](?:sig|x-amz-signature|x-amz-security-token|x-amz-credential|signature|x-goog-signature)=(?<secret>[^\s&"']+)/gi},
	{kind: 'hash', pattern: /\$(?:2[abxy]|5|6|y|argon2(?:id|i|d)|apr1|1)\$[\w./$=,+-]{12,}/g},
	{kind: 'token', pattern: /(?<![\w.-])\d{8,10}:AA[\w-]{32,}/g},
	{kind: 'token', pattern: /(?<![\w.-])[a-z0-9]{6}\.[a-z0-9]{16}(?![\w.-])/g},
	{kind: 'token', pattern: /(?<![\w.-])[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,}/g},
	{kind: 'value', pattern: new RegExp(String.raw`(?<![A-Za-z0-9])[\w.-]{0,40}?${secretName}(?:[-_]?\d+)?\\{0,3}["']?\s*(?:=>|[:=])\s*${value}`, 'gi')},
	{kind: 'value', pattern: new RegExp(String.raw`(?<!\S)--?[a-z0-9-]{0,40}?${secretName}\s+(?!-)${value}`, 'gi')},
	{kind: 'value', pattern: new RegExp(String.raw`\b(?:password|passphrase|passcode|secret key|api key|token)\s+(?:is|was|set to|for \S+ is)\s+${value}`, 'gi')},
	{kind: 'value', pattern: /\b(?:password|passphrase|secret|token)\s+(?:"(?<quoted>[^"]{3,})"|'(?<single>[^']{3,})')/gi},
];
