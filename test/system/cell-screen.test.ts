import assert from 'node:assert/strict';
import {test} from 'node:test';
import {CellScreen, type CursorPlace} from '../../source/system/cell-screen.ts';

const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';

/** A screen that shows these lines; what it is given next answers with the bytes that are sent, ESC as `^`. */
function shows(lines: readonly string[], columns = 20, rows = 4) {
	const screen = new CellScreen(columns, rows);
	screen.take(`\x1b[?1049h${begin}${lines.join('\n')}${end}`);
	screen.draw(undefined);
	const sent = (text: string, place?: () => CursorPlace): string => {
		const passed = screen.take(text);
		const {cells, cursor} = screen.draw(place);
		return (passed + cells + cursor).replaceAll('\x1b', '^');
	};
	// The cursor goes home, so that no test has to know where the frame before has left it.
	const home = (): CursorPlace => ({row: 0, column: 0, visible: false});
	sent('\x1b[?25l');
	screen.touch();
	sent('', home);
	return {
		screen,
		sent,
		/** The next frame, drawn as a whole. */
		frame: (...next: string[]) => sent(`${begin}\x1b[H\x1b[J${next.join('\n')}${end}`, home),
	};
}

test('only what differs is sent', () => {
	const {frame} = shows(['web-0  Running', 'web-1  Running']);
	assert.equal(frame('web-0  Running', 'web-1  Running'), '');
	assert.equal(frame('web-0  Running', 'web-2  Running'), '^[2;5H2^[H');
	assert.equal(frame('web-0  Pending', 'web-2  Pending'), '^[8GPend^[2;8HPend^[H');
});

test('few unchanged cells are written again where that is shorter than a move', () => {
	assert.equal(shows(['a b c']).frame('x b y'), 'x b y\r');
	assert.equal(shows(['aXXXXXXXXb']).frame('1XXXXXXXX2'), '1^[8C2\r');
	assert.equal(shows(['a\x1b[31mb\x1b[0mc']).frame('1\x1b[31mb\x1b[0m2'), '1^[C2\r');
});

test('blanks at the end are erased, those with a background written', () => {
	assert.equal(shows(['a long line of text']).frame('a'), '^[3G^[K\r');
	assert.equal(shows(['abc']).frame('a'), '^[C  \r');
	assert.equal(shows(['']).frame('\x1b[44m    \x1b[0m'), '^[44m    ^[m\r');
	assert.equal(shows(['\x1b[44mtext     \x1b[0m']).frame('\x1b[44mtext\x1b[0m'), '^[5G^[K\r');
	assert.equal(shows(['\x1b[44mtext      \x1b[0m']).frame('\x1b[44mnext\x1b[0m'), '^[44mn^[5G^[m^[K\r');
});

test("looks change by the shortest sequence, and the last one is the terminal's own", () => {
	const {frame} = shows(['']);
	assert.equal(frame('\x1b[1m\x1b[38;5;78ma\x1b[22mb\x1b[0mc'), '^[1;38;5;78ma^[22mb^[mc\r');
	assert.equal(frame('\x1b[1m\x1b[38;5;78mx\x1b[0m'), '^[1;38;5;78mx  ^[m\r');
	assert.equal(frame('\x1b[4m\x1b[44my\x1b[0;31mz\x1b[0m'), '^[4;44my^[0;31mz^[m\r');
});

test('nobody sees the colour of a blank', () => {
	assert.equal(shows(['a b']).frame('a\x1b[31m \x1b[0mb'), '');
	assert.equal(shows(['']).frame('\x1b[31ma   \x1b[32mb\x1b[0m'), '^[31ma   ^[32mb^[m\r');
	assert.equal(shows(['a b']).frame('a\x1b[4m \x1b[0mb'), '^[C^[4m ^[m\r');
});

test('wide characters are never drawn in part', () => {
	const {frame} = shows(['\u4e2d\u6587ab']);
	assert.equal(frame('\u4e2d\u5b57ab'), '^[3G\u5b57\r');
	assert.equal(frame('x\u4e2d\u5b57b'), 'x\u4e2d\u5b57\r');
	assert.equal(frame('x\u4e2d\u5b57'), '^[6G \r');
	assert.equal(frame('xy'), '^[Cy   \r');
});

test('after a cluster of several characters the cursor is where the terminal thinks, so it is placed', () => {
	assert.equal(shows(['abc']).frame('e\u0301xy'), 'e\u0301^[;2Hxy\r');
	// The base came with another look.
	assert.equal(shows(['']).frame('e\x1b[31m\u0301\x1b[0mx'), 'e\u0301^[;2Hx\r');
});

test('after the last column the next place is absolute', () => {
	const {frame} = shows(['', ''], 5, 2);
	assert.equal(frame('12345', 'ab'), '12345\r\nab^[H');
	assert.equal(frame('1234x', 'ab cd'), '^[5Gx^[2;4Hcd^[H');
	assert.equal(frame('1234y', 'ab ce'), '^[5Gy^[2;5He^[H');
});

test('what is not known goes through, and every row is drawn anew without erasing the display', () => {
	const {sent, screen} = shows(['one', 'two'], 10, 3);
	const bytes = sent('\x1b[2;3r');
	assert.match(bytes, /^\^\[2;3r\^\[H\^\[m?one/);
	assert.match(bytes, /two\^\[K/);
	assert.doesNotMatch(bytes, /\^\[\d?J/);
	assert.match(sent('\t'), /^\t.*one.*two/s);
	screen.forget();
	assert.match(sent(''), /one.*two/s);
	assert.equal(sent(''), '');
});

test('strings and modes go through and change nothing', () => {
	const {sent} = shows(['one']);
	for (const text of ['\x1b]52;c;YQ==\x07', '\x1b]0;title\x1b\\', '\x1b[?2004h', '\x1b[>1u', '\x07']) assert.equal(sent(text), text.replaceAll('\x1b', '^'));
});

test('after another size everything is drawn, but not before there is something', () => {
	const {sent, screen} = shows(['one'], 10, 3);
	screen.resize(12, 2);
	screen.touch();
	assert.equal(sent(''), '');
	assert.equal(sent('\x1b[2K\x1b[1A\x1b[2K\x1b[G'), '', 'Ink erases what it has drawn before it draws anew');
	assert.equal(sent(`${begin}two${end}`), '^[H^[mtwo^[K\r\n^[K^[;4H');
});

test('outside of frames text is drawn, an erased screen is not until text comes', () => {
	const {sent} = shows(['one']);
	assert.equal(sent('\x1b[2K\x1b[G'), '');
	assert.equal(sent('once'), '^[3Gce');
	assert.equal(sent(begin), '');
	assert.equal(sent('\rtwo '), '', 'half a frame is not drawn');
	assert.equal(sent(end), '\rtwo ');
});

test('the cursor is seen only where it is asked for', () => {
	const {sent} = shows(['one']);
	const field = (): CursorPlace => ({row: 2, column: 5, visible: true});
	assert.equal(sent(begin + end, field), '^[3;6H^[?25h');
	assert.equal(sent(begin + end, field), '');
	assert.equal(
		sent(begin + end, () => ({row: 2, column: 5, visible: false})),
		'^[?25l',
	);
	assert.equal(
		sent(begin + end, () => ({row: 99, column: 99, visible: false})),
		'^[4;20H',
		'never beyond the screen',
	);
});

test('outside of the alternate screen everything goes through', () => {
	const {sent} = shows(['one']);
	assert.equal(sent(`${begin}lost${end}\x1b[?25h\x1b[?1049lbye\n${begin}\x1b[J${end}`), '^[?25h^[?1049lbye\n^[J');
	assert.equal(sent('again'), 'again');
	assert.match(sent(`\x1b[?1049h${begin}two${end}`), /^\^\[\?1049h\^\[H\^\[mtwo\^\[K/);
});
