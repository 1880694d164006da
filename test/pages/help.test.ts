import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import {helpPage} from '../../source/pages/help.ts';
import {help} from './other-fixture.ts';
import {assertFits, setting, textOf} from './page-fixture.ts';

const small = setting(80, 24);
const large = setting(140, 40);

test('help: the keys of the screen first, why one is off, narrowed by typing', () => {
	const screen = {type: 'help', about: 'table', filter: '', top: 0} as const;
	assert.deepEqual(textOf(helpPage(help, screen, small)), [
		' KEYS OF TABLE',
		'  object',
		'   d       Describe',
		'   Ctrl-D  Delete (READ-ONLY)',
		'  sort',
		'   N       Sort by name',
		'',
		' KEYS EVERYWHERE',
		'  go',
		'   :       Go to a kind or a screen',
		'  general',
		'   ?       Help',
	]);
	const narrowed = helpPage(help, {...screen, filter: 'sort name'}, small);
	assert.deepEqual(textOf(narrowed), [' KEYS OF TABLE', '  sort', '   N  Sort by name']);
	assert.equal(plain(narrowed.head), '1 of 5 keys');
	assert.deepEqual(textOf(helpPage(help, {...screen, filter: 'zzz'}, small)), [' No key matches zzz.']);
});

test('help at 140 columns has two columns', () => {
	assert.deepEqual(textOf(helpPage(help, {type: 'help', about: 'table', filter: '', top: 0}, large)).slice(0, 5), [
		' KEYS OF TABLE',
		'  object',
		'   d       Describe                                                    Ctrl-D  Delete (READ-ONLY)',
		'  sort',
		'   N       Sort by name',
	]);
});

test('every line fits every size', () => assertFits(at => helpPage(help, {type: 'help', about: 'table', filter: '', top: 0}, at)));
