import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type ParsedQuery, parseQuery} from '../../../source/core/query/parse.ts';
import type {Query, QueryColumn, QueryError} from '../../../source/core/query/query.ts';

const columns: readonly QueryColumn[] = [
	{id: 'name', title: 'NAME'},
	{id: 'ready', title: 'READY'},
	{id: 'status', title: 'STATUS', type: 'text'},
	{id: 'restarts', title: 'RESTARTS', type: 'count'},
	{id: 'cpu', title: 'CPU'},
	{id: 'mem', title: 'MEM'},
	{id: 'cpu/r', title: 'CPU/R', type: 'percent'},
	{id: 'age', title: 'AGE'},
	{id: 'node', title: 'NODE'},
];

/** The tree in one line. */
function draw(query: Query): string {
	switch (query.type) {
		case 'and':
		case 'or':
			return `(${query.parts.map(draw).join(query.type === 'and' ? ' & ' : ' | ')})`;
		case 'not':
			return `!${draw(query.part)}`;
		case 'text':
			return `${query.match.mode}:${query.match.pattern}`;
		case 'label':
			return `label ${query.key} ${query.operator} [${query.values}]`;
		case 'contains':
			return `${query.column}~${query.match.mode}:${query.match.pattern}`;
		case 'set':
			return `${query.column}${query.negated ? ' notin' : ' in'} [${query.tests.map(one => one.pattern)}]`;
		case 'compare':
			return `${query.column}${query.operator}${query.value}`;
	}
}

function tree(text: string): string {
	const parsed: ParsedQuery = parseQuery(text, columns);
	return 'error' in parsed ? `error ${parsed.error.message}` : draw(parsed.query);
}

function errorOf(text: string): QueryError {
	const parsed = parseQuery(text, columns);
	assert.ok('error' in parsed, text);
	return parsed.error;
}

test('every form of a term', () => {
	const cases: ReadonlyArray<readonly [string, string]> = [
		['', '()'],
		['web', 'substring:web'],
		['10.244.2.37', 'substring:10.244.2.37'],
		['/^web-\\d/', 'regex:^web-\\d'],
		['/two words/i', 'regex:two words'],
		['/a\\/b/', 'regex:a\\/b'],
		['fred|blee', 'regex:fred|blee'],
		['^web-(a|b)$', 'regex:^web-(a|b)$'],
		['~wbkq', 'fuzzy:wbkq'],
		['-f wbkq', 'fuzzy:wbkq'],
		['"a b"', 'substring:a b'],
		["'web['", 'substring:web['],
		['!web', '!substring:web'],
		['!/^web/', '!regex:^web'],
		['!~wbkq', '!fuzzy:wbkq'],
		['!(a OR b)', '!(substring:a | substring:b)'],
		['!app=web', '!label app in [web]'],
		['app=web', 'label app in [web]'],
		['app==web', 'label app in [web]'],
		['app!=web', 'label app notin [web]'],
		['app in (a,b)', 'label app in [a,b]'],
		['app notin (a, "b")', 'label app notin [a,b]'],
		['app.kubernetes.io/name=web', 'label app.kubernetes.io/name in [web]'],
		['-l app=web', 'label app in [web]'],
		['-l app=web,tier!=db,!old,env in (a, b)', '(label app in [web] & label tier notin [db] & label old absent [] & label env in [a,b])'],
		['-l app web', '(label app exists [] & substring:web)'],
		['app=web,tier!=db', '(label app in [web] & label tier notin [db])'],
		['cpu>500m', 'cpu>500m'],
		['mem>=1Gi', 'mem>=1Gi'],
		['age<5m', 'age<5m'],
		['restarts>0', 'restarts>0'],
		['ready<1', 'ready<1'],
		['cpu%req>80', 'cpu/r>80'],
		['CPU > 500m', 'cpu>500m'],
		['status = Running web', '(status=Running & substring:web)'],
		['status!=Running', 'status!=Running'],
		['status="Running, 1 unready"', 'status=Running, 1 unready'],
		['status in (Running,Pending)', 'status in [Running,Pending]'],
		['node=n1', 'node=n1'],
		['ns=shop', 'namespace=shop'],
		['image~nginx', 'label image contains [nginx]'],
		['node~n1', 'node~substring:n1'],
		['node~^n[12]', 'node~regex:^n[12]'],
		['node~/^N/i', 'node~regex:^N'],
		['node!~n1', '!node~substring:n1'],
		['label:status=x', 'label status in [x]'],
		['label:status in (x)', 'label status in [x]'],
		['cpu=-', 'cpu=-'],
	];
	for (const [text, expected] of cases) assert.equal(tree(text), expected, text);
});

test('and, or, groups', () => {
	const cases: ReadonlyArray<readonly [string, string]> = [
		['a b', '(substring:a & substring:b)'],
		['a AND b', '(substring:a & substring:b)'],
		['a OR b', '(substring:a | substring:b)'],
		['a b OR c', '((substring:a & substring:b) | substring:c)'],
		['a (b OR c)', '(substring:a & (substring:b | substring:c))'],
		['((a))', 'substring:a'],
		['(web|api)', 'regex:web|api'],
		['a or b', '(substring:a & substring:or & substring:b)'],
		['(a)(b)', 'error A blank is missing after the bracket, or this is a regex'],
		['(status=Running)', 'status=Running'],
	];
	for (const [text, expected] of cases) assert.equal(tree(text), expected, text);
});

test('terms know where they stand', () => {
	const parsed = parseQuery('restarts>50  (app=checkout OR b)', columns);
	assert.ok('query' in parsed && parsed.query.type === 'and');
	assert.deepEqual(
		parsed.query.parts.map(part => part.text),
		['restarts>50', '(app=checkout OR b)'],
	);
	const selector = parseQuery('x app=web,tier!=db', columns);
	assert.ok('query' in selector && selector.query.type === 'and' && selector.query.parts[1]?.type === 'and');
	assert.deepEqual(
		selector.query.parts[1].parts.map(part => part.text),
		['app=web', 'tier!=db'],
	);
});

test('errors point and propose', () => {
	const cases: ReadonlyArray<readonly [string, string, string]> = [
		['status!=Completed cpu>500x', '500x', '500x is not a CPU quantity. Try 500m or 0.5'],
		['mem>lots', 'lots', 'lots is not a memory quantity. Try 1Mi or 1Gi'],
		['age<5', '5', '5 is not a duration. Try 5m or 5h'],
		['restarts>many', 'many', 'many is not a number. Try 5'],
		['ready<all', 'all', 'all is not a ratio. Try 1 or 1/2'],
		['cpu%req>80x', '80x', '80x is not a percentage. Try 80'],
		['cpu>', '', 'A value is missing: a CPU quantity. Try 500m or 0.5'],
		['cpux>5', 'cpux', 'There is no column cpux here. Try cpu'],
		['weight>5', 'weight', 'There is no column weight here. The columns are name, ready, status, restarts, cpu, mem, cpu/r, age, node, namespace'],
		['/^web', '/^web', 'A regex ends with /. Try /^web/'],
		['a web[', 'web[', 'web[ is not a regex. Try "web[" to find it as it stands'],
		['status="Run', '"Run', 'The quote " is not closed. Try "Run"'],
		['(a b', '(', 'This ( is not closed. Try (a b)'],
		['a )', ')', 'This ) closes nothing. Try (a )'],
		['(web|api)-\\d+', '(web|api)-\\d+', 'A blank is missing after the bracket, or this is a regex. Try /(web|api)-\\d+/'],
		['app in (a', 'app in (a', 'The list is not closed. Try app in (a)'],
		['-l', '-l', '-l needs a label selector. Try -l app=web'],
		['-f ', '-f', '-f needs letters. Try -f wbkq'],
		['-l app=web,=', 'app=web,=', 'app=web,= is not a label selector. Try app=web,tier!=db'],
	];
	for (const [text, part, proposal] of cases) {
		const error = errorOf(text);
		assert.equal(text.slice(error.from, error.to), part, text);
		assert.equal(error.proposal, proposal, text);
		assert.ok(error.proposal?.startsWith(error.message), text);
	}
	const bare: ReadonlyArray<readonly [string, string]> = [
		['a OR', 'OR needs a term on both sides'],
		['OR a', 'OR needs a term on both sides'],
		['a AND', 'AND needs a term on both sides'],
		['AND a', 'AND needs a term on both sides'],
		['()', 'Something is missing between the brackets'],
		['a !(', 'Something is missing between the brackets'],
		['node~', '~ needs a text after it'],
		['app in ()', 'There is nothing in the list of app'],
		['status>', 'A value is missing after >'],
	];
	for (const [text, message] of bare) assert.equal(errorOf(text).message, message, text);
});

test('the caret of the specified error stands under the value', () => {
	const error = errorOf('status!=Completed cpu>500x');
	assert.equal(error.from, 'status!=Completed cpu>'.length);
	assert.equal(error.replacement, '500m');
});
