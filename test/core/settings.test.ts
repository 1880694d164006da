import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parse} from 'smol-toml';
import {noSettings, readSettings, validateSettings} from '../../source/core/settings.ts';
import {validateKeys} from '../../source/core/settings-keys.ts';

/** Finds a key by its last part: enough for these small texts. */
function lineOf(text: string): (keys: readonly string[]) => number | undefined {
	return keys => {
		const at = text.split('\n').findIndex(line => line.includes(keys.at(-1) ?? ''));
		return at < 0 ? undefined : at + 1;
	};
}
const validated = (text: string) => validateSettings(parse(text), lineOf(text), ['dark', 'light', 'mono']);

test('every setting is read', () => {
	const text = `theme = "light"
ascii = true
motion = false
times = "utc"
digits = "count"
namespaces = ["shop", "data"]
[contexts."prod-eu1"]
danger = true
level = "read"
namespaces = ["shop"]
[contexts.lab]
level = "write"
[aliases]
dep = "deployments.apps"
ks = ":pods kube-system"
[columns]
pods = ["name", "status"]
[sort]
pods = "-restarts"
nodes = "name"
[logs]
lines = 50_000
`;
	assert.deepEqual(validated(text), {
		settings: {
			theme: 'light',
			ascii: true,
			motion: false,
			times: 'utc',
			digits: 'count',
			masks: [],
			logLines: 50_000,
			namespaces: ['shop', 'data'],
			contexts: {'prod-eu1': {danger: true, level: 'read', namespaces: ['shop']}, lab: {danger: false, level: 'write', namespaces: []}},
			aliases: {dep: 'deployments.apps', ks: 'pods kube-system'},
			columns: {pods: ['name', 'status']},
			sorts: {pods: {by: 'restarts', descending: true}, nodes: {by: 'name', descending: false}},
		},
		errors: [],
	});
	const {keys: _, ...empty} = noSettings;
	assert.deepEqual(validated(''), {settings: empty, errors: []});
});

test('mistakes are named with their line and cost only themselves', () => {
	const cases: ReadonlyArray<readonly [string, string]> = [
		['motoin = true', 'There is no setting motoin. Did you mean motion?'],
		[
			'wibble = 1',
			'There is no setting wibble. There are theme, ascii, motion, times, digits, namespaces, contexts, aliases, columns, sort, prometheus, masks, logs, probes',
		],
		['theme = "drak"', 'theme is one of dark, light, mono. Did you mean dark?'],
		['theme = 3', 'theme is one of dark, light, mono'],
		['ascii = "yes"', 'ascii is true or false'],
		['digits = "vim"', 'digits is one of namespaces, count'],
		['namespaces = "shop"', 'namespaces is a list of texts: ["a", "b"]'],
		['aliases = 3', 'aliases is a table: [aliases]'],
		['[aliases]\ndep = 3', 'aliases.dep is a text in quotes'],
		['[columns]\npods = [1]', 'columns.pods is a list of texts: ["a", "b"]'],
		['[contexts]\nprod = 1', 'contexts.prod is a table: [contexts."NAME"]'],
		['[contexts.prod]\nlevel = "admin"', 'contexts.prod.level is one of read, probe, write'],
		['[logs]\nlines = 50', 'logs.lines is a whole number from 100 to 200,000'],
		['[logs]\nlines = 1000.5', 'logs.lines is a whole number from 100 to 200,000'],
		['[logs]\nlines = "many"', 'logs.lines is a whole number from 100 to 200,000'],
		['[logs]\nlimes = 1000', 'There is no setting limes in [logs]. Did you mean lines?'],
		['logs = 1000', 'logs is a table: [logs]'],
		['[contexts.prod]\ndangre = true', 'There is no setting dangre in [contexts.prod]. Did you mean danger?'],
	];
	for (const [text, message] of cases) {
		const {errors, settings} = validated(`times = "local"\n${text}`);
		assert.deepEqual(
			errors.map(error => error.message),
			[message],
			text,
		);
		assert.ok((errors[0]?.line ?? 0) >= 2, text);
		assert.equal(settings.times, 'local');
	}
	const many = validated(`namespaces = [${'"a",'.repeat(11)}]`);
	assert.equal(many.settings.namespaces.length, 9);
	assert.equal(many.errors.length, 1);
});

test('a mistyped danger is danger', () => {
	assert.equal(validated('[contexts.prod]\ndanger = "yes"').settings.contexts['prod']?.danger, true);
});

const known = {screens: ['table', 'object'], actions: ['object.yaml', 'table.wide']};
const keysOf = (text: string) => validateKeys(parse(text), lineOf(text), known);

test('keys are remapped, taken away and given a line', () => {
	assert.deepEqual(keysOf('[table]\n"x" = "object.yaml"\n"g k" = ":pods -n kube-system"\n"Ctrl-K" = false\n[any]\n"S-Tab" = "table.wide"'), {
		remaps: [
			{on: 'table', keys: 'x', action: 'object.yaml'},
			{on: 'table', keys: 'g k', action: ':pods -n kube-system'},
			{on: 'table', keys: 'ctrl-k', action: false},
			{on: 'any', keys: 'shift-tab', action: 'table.wide'},
		],
		errors: [],
	});
});

test('mistakes in keys', () => {
	const cases: ReadonlyArray<readonly [string, string]> = [
		['x = "object.yaml"', 'x stands outside a screen. Put it below [any] or [table]'],
		['[tabel]\nx = false', 'There is no screen tabel. Did you mean table?'],
		['[table]\nwibble = false', 'wibble is not a key. Write it as x, X, ctrl-k, alt-x or g k'],
		['[table]\nx = "object.yml"', 'There is no action object.yml. Did you mean object.yaml?'],
		['[table]\nx = "zzz"', 'There is no action zzz. There are object.yaml, table.wide'],
		['[table]\nx = true', 'x needs an action, a line like ":pods", or false'],
		['[any]\nEsc = "table.wide"', 'esc cannot be changed: it is the way out of everything'],
		['[any]\n"ctrl-m" = false', 'ctrl-m cannot be changed: it is the way out of everything'],
	];
	for (const [text, message] of cases) {
		const {errors, remaps} = keysOf(text);
		assert.deepEqual(
			errors.map(error => error.message),
			[message],
			text,
		);
		assert.deepEqual(remaps, []);
	}
});

test('both files make one set of settings and sentences', () => {
	const config = 'theme = "light"\nmotoin = 1';
	const keys = '[table]\nwibble = false';
	const {settings, problems} = readSettings({
		config: {path: 'config.toml', values: parse(config), lineOf: lineOf(config)},
		keys: {path: 'keys.toml', values: parse(keys), lineOf: lineOf(keys)},
	});
	assert.equal(settings.theme, 'light');
	assert.deepEqual(problems, [
		'config.toml line 2: There is no setting motoin. Did you mean motion?',
		'keys.toml line 2: wibble is not a key. Write it as x, X, ctrl-k, alt-x or g k',
	]);
	assert.deepEqual(readSettings({}), {settings: noSettings, problems: []});
});

test('probes: the image and the namespace of what the Network screen makes', () => {
	assert.deepEqual(validateSettings({probes: {image: 'registry/tools:1', namespace: 'debug'}}, () => 1).settings.probes, {
		image: 'registry/tools:1',
		namespace: 'debug',
	});
	const {settings, errors} = validateSettings({probes: {image: 3, pod: 'x'}}, () => 1);
	assert.deepEqual(settings.probes, {});
	assert.equal(errors.length, 2);
	assert.equal(validateSettings({}, () => 1).settings.probes, undefined);
});

test('prometheus is a Service, with or without its port', () => {
	for (const service of ['monitoring/prometheus', 'monitoring/prometheus-server:80', 'o11y/thanos.query:http'])
		assert.equal(validateSettings({prometheus: service}, () => 3).settings.prometheus, service);
	for (const wrong of ['prometheus', 'http://prometheus:9090', 'a/b/c', 'a/b:']) {
		const {settings, errors} = validateSettings({prometheus: wrong}, () => 3);
		assert.equal(settings.prometheus, undefined);
		assert.deepEqual(errors, [{line: 3, message: `prometheus is a Service: "namespace/name" or "namespace/name:port", not ${wrong}`}]);
	}
});
