import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tomlLine} from '../../source/system/toml-line.ts';

const text = `# settings
theme = "dark"
text = """
theme = "not a key"
"""
[table]
"g k" = ":pods -n kube-system"
'x' = "object.yaml"   # [not.a.header]
sort.by = "age"

[contexts."prod eu"]
danger = true
colours = {error = "red"}
`;

test('keys are found on their lines', () => {
	const cases: ReadonlyArray<readonly [readonly string[], number | undefined]> = [
		[['theme'], 2],
		[['text'], 3],
		[['table'], 6],
		[['table', 'g k'], 7],
		[['table', 'x'], 8],
		[['table', 'sort', 'by'], 9],
		[['contexts', 'prod eu', 'danger'], 12],
		[['contexts', 'prod eu', 'colours', 'error'], 13],
		[['contexts', 'prod eu', 'nothing'], 11],
		[['nothing'], undefined],
	];
	for (const [keys, line] of cases) assert.equal(tomlLine(text, keys), line, keys.join('.'));
});
