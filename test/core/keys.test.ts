import assert from 'node:assert/strict';
import {test} from 'node:test';
import {flushKeys, type KeyFlags, type Key, parseChord, splitKeys} from '../../source/core/keys.ts';

test('chunks as Ink delivers them', () => {
	const cases: ReadonlyArray<readonly [string, KeyFlags, readonly Key[]]> = [
		['j', {}, ['j']],
		['jjj', {}, ['j', 'j', 'j']],
		[':po\r', {}, [':', 'p', 'o', 'enter']],
		['G', {shift: true}, ['G']],
		[' ', {}, ['space']],
		['\n', {}, ['enter']],
		['a\r\nb', {}, ['a', 'enter', 'b']],
		['j\x04\tk\x7f', {}, ['j', 'ctrl-d', 'tab', 'k', 'backspace']],
		['\u00e4', {}, ['\u00e4']],
		['\u4e2de\u0301', {}, ['\u4e2d', 'e\u0301']],
		['', {upArrow: true}, ['up']],
		['', {leftArrow: true, shift: true}, ['shift-left']],
		['', {rightArrow: true, ctrl: true}, ['ctrl-right']],
		['', {tab: true, shift: true}, ['shift-tab']],
		['', {tab: true}, ['tab']],
		['\r', {return: true}, ['enter']],
		['', {escape: true}, ['esc']],
		['', {escape: true, meta: true}, ['esc', 'esc']],
		['', {backspace: true}, ['backspace']],
		['', {delete: true}, ['delete']],
		['', {pageDown: true}, ['pagedown']],
		['', {home: true}, ['home']],
		['d', {ctrl: true}, ['ctrl-d']],
		[' ', {ctrl: true}, ['ctrl-space']],
		['x', {meta: true}, ['alt-x']],
		['X', {meta: true, shift: true}, ['alt-X']],
		['[?62;4c', {}, []],
		['[24;80R', {}, []],
		['[I', {}, []],
		['[[', {}, ['[', '[']],
		['[a-z]', {}, ['[', 'a', '-', 'z', ']']],
		['', {}, []],
		['j', {eventType: 'release'}, []],
		['rm -rf /\r\n\x1b[A', {paste: true}, [{paste: 'rm -rf /\n[A'}]],
	];
	for (const [chunk, flags, chords] of cases)
		assert.deepEqual(splitKeys(chunk, flags), {chords, pending: ''}, `${JSON.stringify(chunk)} ${JSON.stringify(flags)}`);
});

test('raw terminal bytes', () => {
	const cases: ReadonlyArray<readonly [string, readonly Key[], string]> = [
		['\x1b[A\x1b[B', ['up', 'down'], ''],
		['\x1bOC\x1bOM', ['right', 'enter'], ''],
		['\x1b[1;2D', ['shift-left'], ''],
		['\x1b[1;5C', ['ctrl-right'], ''],
		['\x1b[1;3A', ['alt-up'], ''],
		['\x1b[5~\x1b[6~\x1b[3~', ['pageup', 'pagedown', 'delete'], ''],
		['\x1b[Z', ['shift-tab'], ''],
		['\x1bOP\x1b[15~j', ['j'], ''],
		['\x1bx', ['alt-x'], ''],
		['\x1b\x1b[A', ['esc', 'up'], ''],
		['\x1b', [], '\x1b'],
		['j\x1b[', ['j'], '\x1b['],
		['\x1b[1;', [], '\x1b[1;'],
		['\x1b[200~:pods\rq\x1b[201~k', [{paste: ':pods\nq'}, 'k'], ''],
		['\x1b[200~half', [], '\x1b[200~half'],
		['\x1b]11;rgb:ffff/ffff/ffff\x07j', ['j'], ''],
		['\x1b]11;rgb:ffff/ffff/ffff\x1b\\j', ['j'], ''],
		['\x1bP1$r0m\x1b\\j', ['j'], ''],
		['\x1b]11;rgb:ff', [], '\x1b]11;rgb:ff'],
		['\x1b[?2026;2$yj', ['j'], ''],
		['\x1b[<0;10;10Mj', ['j'], ''],
		['\x1b]x', ['alt-]', 'x'], ''],
		['\x1bPq', ['alt-P', 'q'], ''],
		['\x1b]1:q\r', ['alt-]', '1', ':', 'q', 'enter'], ''],
	];
	for (const [bytes, chords, pending] of cases) assert.deepEqual(splitKeys(bytes), {chords, pending}, JSON.stringify(bytes));
});

test('an answer of the terminal that Ink cuts in pieces is dropped', () => {
	// ESC ] comes as Alt-], then the text, then ESC \ as Alt-\.
	const first = splitKeys(']', {meta: true});
	assert.deepEqual(first, {chords: [], pending: '\x1b]'});
	const second = splitKeys('11;rgb:1111/2222/3333', {}, first.pending);
	assert.deepEqual(second.chords, []);
	assert.deepEqual(splitKeys('\\', {meta: true}, second.pending), {chords: [], pending: ''});
	assert.deepEqual(splitKeys('', {upArrow: true}, first.pending).chords, ['alt-]', 'up']);
	assert.deepEqual(splitKeys('d', {ctrl: true}, first.pending).chords, ['alt-]', 'ctrl-d']);
	assert.deepEqual(splitKeys('text', {paste: true}, first.pending).chords, ['alt-]', {paste: 'text'}]);
});

test('a string without an end is thrown away, a long paste is not', () => {
	assert.deepEqual(splitKeys(`\x1b]11;${'x'.repeat(5000)}`), {chords: [], pending: ''});
	const paste = `\x1b[200~${'x'.repeat(5000)}`;
	assert.equal(splitKeys(paste).pending, paste);
});

test('what is pending when nothing follows', () => {
	assert.deepEqual(flushKeys('\x1b'), ['esc']);
	assert.deepEqual(flushKeys('\x1b]'), ['alt-]']);
	assert.deepEqual(flushKeys('\x1b[1;'), []);
	assert.deepEqual(flushKeys(''), []);
});

test('keys as people write them', () => {
	const cases: ReadonlyArray<readonly [string, string | undefined]> = [
		['x', 'x'],
		['X', 'X'],
		['Ctrl-K', 'ctrl-k'],
		['ctrl+k', 'ctrl-k'],
		['C-k', 'ctrl-k'],
		['S-Tab', 'shift-tab'],
		['shift-g', 'G'],
		['Alt-X', 'alt-X'],
		['PgDn', 'pagedown'],
		['Escape', 'esc'],
		['ctrl-space', 'ctrl-space'],
		['-', '-'],
		['+', '+'],
		['ctrl--', 'ctrl--'],
		['hyper-k', undefined],
		['wibble', undefined],
		['', undefined],
	];
	for (const [text, expected] of cases) assert.equal(parseChord(text), expected, text);
});
