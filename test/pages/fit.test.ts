import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain, span} from '../../source/core/line.ts';
import {blank, fitPage, joined, line, rule, safeLine, still, timeText, wrap, wrapWhole} from '../../source/pages/fit.ts';
import {now, setting} from './page-fixture.ts';

test('a line that is too long is cut with a mark, wherever the cut falls', () => {
	assert.equal(plain(safeLine(line('abcdef'), 5, '~')), ' abc~');
	assert.equal(plain(safeLine([span('abc'), span('def')], 3, '~')), 'ab~', 'the cut falls between two spans');
	assert.equal(plain(safeLine([span('abc'), span('def')], 6, '~')), 'abcdef');
	assert.equal(plain(safeLine([span('日本語')], 5, '~')), '日本~');
	assert.equal(plain(safeLine([span('日本語')], 4, '~')), '日 ~', 'a wide character across the edge becomes a blank');
});

test('control bytes are shown as text before anything is measured', () => {
	assert.equal(plain(safeLine([span('a\u001b[31mb')], 20, '~')), 'a\\x1b[31mb');
	assert.equal(plain(safeLine([span('a\u001b[31mb')], 4, '~')), 'a\\x~');
});

test('a page keeps the length of lines that scroll and cuts the others', () => {
	const long = 'x'.repeat(100);
	const page = fitPage(
		{crumb: 'a\u0007', head: [], fixed: [line(long)], lines: [still(long), {line: line(`${long}\u0007`), scrolls: true}], status: line(long), hints: []},
		setting(40, 10),
	);
	assert.equal(page.crumb, 'a\\x07');
	assert.deepEqual(
		[page.fixed[0], page.lines[0]?.line, page.status].map(one => plain(one ?? []).length),
		[40, 40, 40],
	);
	assert.equal(plain(page.lines[1]?.line ?? []), ` ${long}\\x07`);
});

test('words are broken at blanks, a long word stands alone', () => {
	assert.deepEqual(wrap('one two three', 7), ['one two', 'three']);
	assert.deepEqual(wrap('a verylongword b', 6), ['a', 'verylongword', 'b']);
	assert.deepEqual(wrap('', 5), ['']);
});

test('blocks are parted by one blank line, empty ones leave none', () => {
	const [a, b] = [still('a'), still('b')];
	assert.deepEqual(joined([[], [a], [], [b], []]), [a, blank, b]);
	assert.deepEqual(joined([[], []]), []);
});

test('a moment as the user has chosen to see it', () => {
	const at = setting(80, 24);
	assert.equal(timeText(now - 540_000, at), '9m');
	assert.equal(timeText(now - 540_000, {...at, times: 'utc'}), '13:53:31Z');
	assert.equal(timeText(now - 540_000, {...at, times: 'local', offsetMinutes: 120}), '15:53:31+02');
	assert.equal(timeText(undefined, at), '-');
});

test('a rule leaves the margins free', () => {
	assert.equal(plain(rule(setting(10, 24))), ` ${'-'.repeat(8)}`);
});

test('wrapWhole cuts nothing: a long word goes on in the next line, a wide sign stays whole', () => {
	assert.deepEqual(wrapWhole('apply abcdefghij x', 5), ['apply', 'abcde', 'fghij', 'x']);
	assert.deepEqual(wrapWhole('ab\u65e5\u672c\u8a9e', 3), ['ab', '\u65e5', '\u672c', '\u8a9e']);
	assert.deepEqual(wrapWhole('short', 20), ['short']);
});
