import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parse} from 'yaml';
import {plainYaml} from '../../../source/core/net/plain-yaml.ts';
import {seededRandom} from '../../tools/random.ts';

const texts = [
	'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nmode: ""\nconntrack: {maxPerCore: 0, tcp: 0s}\niptables:\n  masqueradeAll: false # no\n  minSyncPeriod: 1s\n',
	'clusterDNS:\n- 10.96.0.10\n- "fd00::10"\nclusterDomain: cluster.local\nauthentication:\n  x509: {clientCAFile: /etc/pki/ca.crt}\n',
	'networking:\n  dnsDomain: cluster.local\n  podSubnet: 10.244.0.0/16,fd00::/56\n',
	'items:\n  - name: a\n    value: "1"\n  - name: b\nlast: x\n',
	'{"Network": "10.244.0.0/16", "EnableNFTables": false, "Backend": {"Type": "vxlan", "Port": 8472}}',
	'a: [x, "y, z", {b: c}]\n',
	"a: 'it''s'\nb: \"c:\\\\d\"\n",
	'list:\n  - [a, b]\n  - c\n',
];

/** Every scalar as text, as plainYaml has it. */
function asTexts(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(asTexts);
	if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asTexts(inner)]));
	return value === null ? '' : String(value);
}

test('configurations of components are read as a whole YAML parser reads them', () => {
	for (const text of texts) assert.deepEqual(plainYaml(text), asTexts(parse(text)), text);
});

test('blocks of text, comments, a second document and a key without a value', () => {
	assert.deepEqual(plainYaml('# first\na: |\n  one\n  two\nb:\nc: 1\n---\nd: 2\n'), {a: 'one\ntwo', b: '', c: '1'});
});

test('nothing makes it throw', () => {
	const random = seededRandom(5);
	const parts = ['a: ', '- ', '{', '}', '[', ']', ',', '"', "'", '\n', '  ', '#', '|', ':', 'x', '__proto__: 1'];
	for (let run = 0; run < 3000; run++) assert.doesNotThrow(() => plainYaml(Array.from({length: random.below(25)}, () => random.pick(parts)).join('')));
	assert.equal(Object.getPrototypeOf(plainYaml('__proto__: 1\n')), Object.prototype);
});
