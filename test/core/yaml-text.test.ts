import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parse} from 'yaml';
import {yamlLines} from '../../source/core/yaml-text.ts';
import {fuzzPlan, type Random, seededRandom} from '../tools/random.ts';

test('an object is laid out as kubectl prints it', () => {
	const object = {
		kind: 'Pod',
		apiVersion: 'v1',
		metadata: {name: 'web', labels: {app: 'web', on: 'true'}, finalizers: []},
		spec: {containers: [{name: 'app', args: ['-c', 'a: b', 'x\ny\n'], env: [{name: 'PORT', value: '8080'}]}], nodeSelector: {}, priority: 0},
	};
	assert.deepEqual(yamlLines(object), [
		'apiVersion: v1',
		'kind: Pod',
		'metadata:',
		'  finalizers: []',
		'  labels:',
		'    app: web',
		'    "on": "true"',
		'  name: web',
		'spec:',
		'  containers:',
		'  - args:',
		'    - -c',
		"    - 'a: b'",
		'    - |',
		'      x',
		'      y',
		'    env:',
		'    - name: PORT',
		'      value: "8080"',
		'    name: app',
		'  nodeSelector: {}',
		'  priority: 0',
	]);
});

test('texts that YAML would read as something else are quoted', () => {
	for (const text of [
		'',
		'~',
		'null',
		'True',
		'no',
		'Off',
		'y',
		'1',
		'-1.5e3',
		'0x1f',
		'0o17',
		'1_000',
		'1:30',
		'2026-01-02',
		'2026-01-02T03:04:05Z',
		'.inf',
		'<<',
	])
		assert.equal(yamlLines({a: text})[0], `a: "${text}"`, text);
});

test('texts with signs of the syntax come back word for word', () => {
	const texts = [
		'- a',
		'-',
		'?',
		'? x',
		': x',
		'a: b',
		'a:',
		'a #b',
		'#a',
		'@a',
		'`a',
		'%a',
		"it's",
		'"q"',
		'[a]',
		'{a}',
		'*a',
		'&a',
		'!a',
		'|',
		'>',
		' a',
		'a ',
		'--- a',
		'... a',
		'\tb',
		'a\tb',
		'a\r\nb',
	];
	for (const text of texts)
		assert.deepEqual(parse(`${yamlLines({[text]: text, list: [text]}).join('\n')}\n`), {[text]: text, list: [text]}, JSON.stringify(text));
});

test('texts of several lines keep every line and every trailing newline', () => {
	for (const text of ['a\nb', 'a\nb\n', 'a\nb\n\n\n', '  a\nb', '\na', 'a\n\n b\n', '\n', '\n\n', 'a\n\tb', '- a\n- b', '# a\nb', 'a \nb', '\n \na'])
		assert.deepEqual(parse(`${yamlLines({key: text, list: [text, 'end']}).join('\n')}\n`), {key: text, list: [text, 'end']}, JSON.stringify(text));
});

test('no byte that a terminal would act on stands in a line as it is', () => {
	const lines = yamlLines({a: '\u001b[31mred\u0007\u009b', b: 'x\u2028y\ufeff'});
	assert.deepEqual(lines, ['a: "\\u001b[31mred\\u0007\\u009b"', 'b: "x\\u2028y\\ufeff"']);
});

const alphabet = [
	'a',
	'B',
	'0',
	'9',
	' ',
	'\n',
	'\t',
	':',
	'-',
	'#',
	'"',
	"'",
	'\\',
	'{',
	']',
	',',
	'&',
	'*',
	'!',
	'|',
	'>',
	'%',
	'@',
	'`',
	'.',
	'_',
	'~',
	'é',
	'日',
	'😀',
	'\u0000',
	'\u007f',
	'\ud800',
	'\r',
	'=',
	'<',
	'?',
];

function randomText(random: Random): string {
	return Array.from({length: random.below(8)}, () => random.pick(alphabet)).join('');
}

function randomValue(random: Random, depth: number): unknown {
	const choice = random.below(depth > 3 ? 4 : 6);
	if (choice === 0) return random.pick([null, true, false, 0, -7, 1.5, 1e21]);
	if (choice < 4) return randomText(random);
	const size = random.below(4);
	if (choice === 4) return Array.from({length: size}, () => randomValue(random, depth + 1));
	return Object.fromEntries(Array.from({length: size}, () => [randomText(random), randomValue(random, depth + 1)]));
}

test('parsing the lines of any value gives it back', () => {
	const {runs, seed} = fuzzPlan(2000);
	const random = seededRandom(seed);
	for (let run = 0; run < runs; run++) {
		const value = {top: randomValue(random, 0)};
		assert.deepEqual(parse(`${yamlLines(value).join('\n')}\n`), value, `seed ${seed} run ${run}: ${JSON.stringify(value)}`);
	}
});
